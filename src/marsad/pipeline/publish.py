"""Publishing: every case through the one gate, into the public store, onto pages, and into the ledger."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from importlib import resources
from pathlib import Path

from marsad import __version__
from marsad.model import Case, Release, Sha256, Wrong
from marsad.pipeline.assets import SETTINGS, asset
from marsad.pipeline.cases import cases
from marsad.pipeline.observatory import PUBLIC, Observatory
from marsad.pipeline.service import Checkpoint, WriteService
from marsad.publish.boundaries import land_for
from marsad.publish.disclose import Withheld, disclose, distinct
from marsad.publish.manifest import MANIFEST, sha256
from marsad.publish.manifest import Checkpoint as Sealed
from marsad.publish.policy import PublicationPolicy, standing_policy
from marsad.publish.public import (
    SCHEMA,
    PublicIncident,
    PublicReason,
    PublicRelease,
    PublicRules,
    PublicWithheld,
    compose,
)
from marsad.publish.record import from_json, to_json
from marsad.publish.release import check_target, release_files, staged, web_files
from marsad.publish.verify import Difference, verify_release
from marsad.store.public import PublicStore
from marsad.text.actors import actors

__all__ = ["Published", "publish", "verify_published"]

STORE = PUBLIC
"""The public store's file in an observatory's folder."""

Progress = Callable[[str, int | None], AbstractContextManager[Callable[[], None]]]
"""Shows how a part of the work goes on: its name and how many steps it has; gives what is called at each step."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: number, folder, how many incidents are shown and how many withheld; `new` unless it stood already."""

    number: int
    out: Path
    incidents: int
    withheld: int
    files: int
    manifest: str
    new: bool


def _unseen(_name: str, _steps: int | None) -> AbstractContextManager[Callable[[], None]]:
    return nullcontext(lambda: None)


def publish(
    path: Path,
    out: Path,
    now: datetime,
    random_bytes: Callable[[int], bytes],
    known_on: date | None = None,
    progress: Progress = _unseen,
) -> Published:
    """Publish the observatory at `path` into the folder `out`, as known at `now`, or at the end of the day `known_on`.

    What would be published word for word as the last release is that release, written again. Raises Wrong, changing
    nothing, if `out` holds something else or anything needed is missing.
    """
    observatory = Observatory.open(path)
    _check_apart(path, out)
    check_target(out)
    policy = publication_policy(observatory)
    fresh = compose_release(observatory, policy, now, known_on, progress)
    with observatory.kept() as kept, observatory.public() as store:
        service = WriteService(kept, observatory.vault, random_bytes)
        with kept.read() as reading:
            earlier = reading.releases()
        release, ledger, standing = _numbered(fresh, earlier, store, service)
        sealed = Sealed(ledger.size, str(ledger.root))
        record = to_json(release)
        files = release_files(
            release, record, land_for(release, asset("boundaries")), web_files(asset("web")), observatory.languages
        )
        with staged(release, _counted(files, progress), observatory.languages, sealed, out) as stage:
            store.add(stage.manifest, release.number, release.published, record)
            if standing is None or standing.manifest != stage.manifest:
                service.record_release(
                    number=release.number,
                    manifest=Sha256(stage.manifest),
                    policy=str(release.policy),
                    as_known_on=release.as_known_on,
                    checkpoint=ledger,
                    now=now,
                )
            stage.put()
    withheld = sum(one.count for one in release.withheld)
    shown = len(release.incidents)
    return Published(release.number, out, shown, withheld, stage.count, stage.manifest, standing is None)


def verify_published(out: Path, path: Path | None = None) -> list[Difference]:
    """Return everything that differs in the release at `out`; with the observatory at `path`, its figures too."""
    if path is None:
        return verify_release(out, __version__)
    observatory = Observatory.open(path)
    policy = publication_policy(observatory)
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        recorded = {release.number: release for release in reading.releases()}

    def recompute(release: PublicRelease) -> PublicRelease:
        known = recorded.get(release.number)
        at = datetime.combine(release.published, time.max, UTC) if known is None else known.recorded_at
        return compose_release(observatory, policy, at, release.as_known_on, _unseen)

    return verify_release(out, __version__, recompute) + _recorded(out, recorded)


def _recorded(out: Path, recorded: Mapping[int, Release]) -> list[Difference]:
    """Return where the ledger of the observatory knows another manifest for this release, or none."""
    manifest = out / MANIFEST
    if not manifest.is_file():
        return []
    found = sha256(manifest.read_bytes())
    if found in {release.manifest for release in recorded.values()}:
        return []
    known = f"one of the {len(recorded)} manifests that the ledger names"
    return [Difference(MANIFEST, f"SHA-256 {found}", known, "take the release again from this observatory")]


def publication_policy(observatory: Observatory) -> PublicationPolicy:
    """Return the standing policy, knowing the names that stand in public.

    They are the public actors, and those that the settings list as `public = ["Radio Raqqa", …]`: outlets whose reports
    anybody can read. Raises Wrong if that is not a list of names.
    """
    listed = tomllib.loads((observatory.path / SETTINGS).read_text("utf-8")).get("public", [])
    if not isinstance(listed, list) or not all(isinstance(name, str) and name for name in listed):
        raise Wrong(
            f"{observatory.path / SETTINGS}, public", listed, "is not a list of names", 'write public = ["…", "…"]'
        )
    names: dict[str, str | None] = dict.fromkeys(listed)
    names |= {actor.origin.name: actor.name_ar for actor in actors() if actor.public}
    return standing_policy(names.items(), _weapons())


def _weapons() -> set[str]:
    """Return the kinds of weapon that reports are read for: words of a closed list."""
    folder = resources.files("marsad.resources") / "lang"
    return {kind for file in folder.iterdir() for kind in tomllib.loads(file.read_text("utf-8")).get("weapons", {})}


def compose_release(
    observatory: Observatory, policy: PublicationPolicy, now: datetime, known_on: date | None, progress: Progress
) -> PublicRelease:
    """Return what may be published at `now`, as release 0: its number is not given yet."""
    shown, kept_back = _disclosed(cases(observatory, known_on), policy, now, progress)
    return PublicRelease(
        schema=SCHEMA,
        number=0,
        observatory=compose(observatory.name),
        as_known_on=known_on or now.date(),
        published=now.date(),
        policy=compose(policy.label),
        software=compose(__version__),
        rules=PublicRules(
            embargo_hours=round(policy.embargo_incident.total_seconds() / 3600),
            least_living=policy.min_cell_living,
            longest_quotation=policy.quotation_limit,
        ),
        incidents=distinct(shown),
        withheld=tuple(PublicWithheld(reason, kept_back[reason]) for reason in PublicReason if kept_back[reason]),
    )


def _disclosed(
    found: Iterable[Case], policy: PublicationPolicy, now: datetime, progress: Progress
) -> tuple[list[PublicIncident], Counter[PublicReason]]:
    shown: list[PublicIncident] = []
    kept_back: Counter[PublicReason] = Counter()
    with progress("Disclosing incidents", None) as tick:
        for case in found:
            told = disclose(case, policy, now)
            if isinstance(told, Withheld):
                kept_back[told.reason] += 1
            else:
                shown.append(told)
            tick()
    return shown, kept_back


def _counted(files: Iterable[tuple[str, bytes]], progress: Progress) -> Iterator[tuple[str, bytes]]:
    with progress("Writing files", None) as tick:
        for file in files:
            yield file
            tick()


def _numbered(
    fresh: PublicRelease, earlier: list[Release], store: PublicStore, service: WriteService
) -> tuple[PublicRelease, Checkpoint, Release | None]:
    """Return the release under its number with the ledger that seals it: the last one, if that is what it says again."""
    if earlier:
        last = earlier[-1]
        record = store.record(last.manifest)
        if record is not None:
            stood = from_json(record)
            if replace(fresh, number=stood.number, published=stood.published) == stood:
                return stood, Checkpoint(last.tree_size, last.root), last
    return replace(fresh, number=len(earlier) + 1), service.checkpoint(), None


def _check_apart(path: Path, out: Path) -> None:
    """Raise Wrong where public files would lie among private ones, or private ones among public."""
    private, public = path.resolve(), out.resolve()
    if public == private or private in public.parents or public in private.parents:
        raise Wrong(
            str(out), None, f"lies within {path}, or around it", "publish into a folder apart from the observatory"
        )
