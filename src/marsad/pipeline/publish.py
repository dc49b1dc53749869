"""Publishing: every case through the one gate, into the public store, onto pages, and into the ledger."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from marsad import __version__
from marsad.model import Case, Decision, Release, Sha256, Wrong
from marsad.pipeline.assets import asset
from marsad.pipeline.cases import cases
from marsad.pipeline.configuration import methods_of, settings_of
from marsad.pipeline.crowds import crowds_of
from marsad.pipeline.gazetteer import places_file
from marsad.pipeline.observatory import PUBLIC, Observatory
from marsad.pipeline.publication import public_outlets, publication_policy
from marsad.pipeline.publish_decided import by_anchor, decided_on, ruling_on, rulings
from marsad.pipeline.reviews import kept_reviews
from marsad.pipeline.service import Checkpoint, WriteService
from marsad.pipeline.spread import spread_over
from marsad.publish.boundaries import land_for
from marsad.publish.cells import Crowds
from marsad.publish.disclose import Withheld, disclose, distinct
from marsad.publish.guard import checked
from marsad.publish.history import Decided, continued, renumbered
from marsad.publish.manifest import MANIFEST, sha256
from marsad.publish.manifest import Checkpoint as Sealed
from marsad.publish.policy import PublicationPolicy
from marsad.publish.public import (
    SCHEMA,
    PublicIncident,
    PublicReason,
    PublicRelease,
    PublicRules,
    PublicText,
    PublicWithheld,
    compose,
)
from marsad.publish.record import from_json, to_json
from marsad.publish.release import check_target, release_files, staged, web_files
from marsad.publish.reviews import told_reviews
from marsad.publish.steady import steadied
from marsad.publish.verify import Difference, verify_release
from marsad.store.public import PublicStore

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
    policy = publication_policy(observatory, now)
    with observatory.kept() as kept, observatory.public() as store:
        service = WriteService(kept, observatory.vault, random_bytes)
        with kept.read() as reading:
            earlier = reading.releases()
        composed = compose_release(observatory, policy, now, known_on, progress, earlier[-1] if earlier else None)
        release, ledger, standing = _numbered(composed, earlier, store, service)
        sealed = Sealed(ledger.size, str(ledger.root))
        record = to_json(release)
        land, web = land_for(release.incidents, asset("boundaries")), web_files(asset("web"))
        files = release_files(release, record, land, web, observatory.languages, spread_over())
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
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        recorded = {release.number: release for release in reading.releases()}

    def recompute(release: PublicRelease) -> PublicRelease:
        known = recorded.get(release.number)
        at = datetime.combine(release.published, time.max, UTC) if known is None else known.recorded_at
        last = recorded.get(release.number - 1)
        policy = publication_policy(observatory, at)
        composed = compose_release(observatory, policy, at, release.as_known_on, _unseen, last)
        place = observatory.place(PUBLIC)
        if last is None or (isinstance(place, Path) and not place.exists()):
            return _following(composed, None, last)
        with observatory.public() as store:
            return _following(composed, store.record(last.manifest), last)

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


@dataclass(frozen=True, slots=True)
class Composed:
    """What may be published, as release 0: its number is not given yet; and what people decided since the last release."""

    release: PublicRelease
    decided: Mapping[str, Decided]


def compose_release(
    observatory: Observatory,
    policy: PublicationPolicy,
    now: datetime,
    known_on: date | None,
    progress: Progress,
    last: Release | None = None,
) -> Composed:
    """Return what may be published at `now`, and what was decided since the release `last`.

    With `known_on` figures are those of that day; what is kept back is what is kept back now, or an earlier day would
    tell what somebody has withheld since.
    """
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        made = [one for one in reading.decisions() if one.recorded_at <= now]
    seen = [one for one in made if known_on is None or one.recorded_at.date() <= known_on]
    reviews = kept_reviews(seen)
    gate = _Gate(
        policy,
        now,
        crowds_of(places_file(observatory)),
        by_anchor(seen, None if last is None else last.recorded_at, now),
        rulings(made),
        frozenset(anchor for one in reviews for anchor in one.incident),
    )
    with progress("Disclosing incidents", None) as tick:
        for case in cases(observatory, known_on):
            gate.take(case)
            tick()
    shown, kept_back = gate.shown, gate.kept_back
    release = PublicRelease(
        schema=SCHEMA,
        number=0,
        observatory=compose(observatory.name),
        as_known_on=known_on or now.date(),
        published=now.date(),
        policy=compose(policy.label),
        software=compose(__version__),
        rules=rules_of(policy),
        methods=methods_of(observatory),
        settings=settings_of(observatory, policy, public_outlets(observatory)),
        earlier=(),
        untold=0,
        incidents=distinct(shown),
        withheld=tuple(PublicWithheld(reason, kept_back[reason]) for reason in PublicReason if kept_back[reason]),
        reviews=told_reviews(reviews, gate.anchored(), policy),
        history=(),
    )
    return Composed(release, gate.decided)


class _Gate:
    """Lets the cases through one by one, and keeps count of those that are held back."""

    def __init__(
        self,
        policy: PublicationPolicy,
        now: datetime,
        crowds: Crowds,
        since: Mapping[str, list[Decision]],
        ruled: Mapping[str, list[Decision]],
        reviewed: frozenset[str],
    ) -> None:
        self._reviewed = reviewed
        self._policy, self._now, self._crowds, self._since, self._ruled = policy, now, crowds, since, ruled
        self.shown: list[PublicIncident] = []
        self.kept_back: Counter[PublicReason] = Counter()
        self.decided: dict[str, Decided] = {}
        self._words: dict[PublicText, list[str]] = {}

    def take(self, case: Case) -> None:
        """Disclose one case or count why it is not."""
        told = disclose(case, self._policy, self._now, self._crowds, ruling_on(case, self._ruled))
        if isinstance(told, Withheld):
            self.kept_back[told.reason] += 1
            return
        self.shown.append(told)
        anchors = (f"{f.claim.report_id}:{f.claim.start}-{f.claim.end}" for f in case.findings)
        self._words.setdefault(told.code, []).extend(one for one in anchors if one in self._reviewed)
        decided = decided_on(case, self._since, self._policy)
        if decided is not None:
            self.decided[told.code] = decided

    def anchored(self) -> dict[str, str]:
        """Return the codes of the incidents that are told, by words of them that reviews name; of codes that are one's alone."""
        often = Counter(one.code for one in self.shown)
        return {one: str(code) for code, words in self._words.items() if often[code] == 1 for one in words}


def rules_of(policy: PublicationPolicy) -> PublicRules:
    """Return the publication policy in the numbers that readers are told."""
    return PublicRules(
        embargo_hours=round(policy.embargo_incident.total_seconds() / 3600),
        embargo_rescue_hours=round(policy.embargo_rescue.total_seconds() / 3600),
        least_living=policy.min_cell_living,
        least_change=policy.least_change,
        least_population=policy.least_population,
        longest_quotation=policy.quotation_limit,
    )


def _counted(files: Iterable[tuple[str, bytes]], progress: Progress) -> Iterator[tuple[str, bytes]]:
    with progress("Writing files", None) as tick:
        for file in files:
            yield file
            tick()


def _numbered(
    composed: Composed, earlier: list[Release], store: PublicStore, service: WriteService
) -> tuple[PublicRelease, Checkpoint, Release | None]:
    """Return the release under its number with the ledger that seals it: the last one, if that is what it says again."""
    if not earlier:
        return _following(composed, None, None), service.checkpoint(), None
    last = earlier[-1]
    record = store.record(last.manifest)
    release = _following(composed, record, last)
    if record is not None:
        stood = from_json(record)
        if _content(release) == _content(stood):
            return stood, Checkpoint(last.tree_size, last.root), last
    return release, service.checkpoint(), None


def _following(composed: Composed, record: bytes | None, last: Release | None) -> PublicRelease:
    """Return the release that follows the one with this record; numbered after `last` also where its record is lost."""
    before = None if record is None else from_json(record)
    if before is not None and last is not None and before.number != last.number:
        before = replace(before, number=last.number)
    steady = steadied(composed.release, before)
    checked(steady, before)
    made = continued(steady, before, None if last is None else last.manifest, composed.decided)
    return made if last is None or before is not None else renumbered(made, last.number + 1)


def _content(release: PublicRelease) -> PublicRelease:
    """Return the release without what says when it was published and what came before."""
    told = tuple(replace(one, first_told=0, since=0) for one in release.incidents)
    day = release.as_known_on
    return replace(release, number=0, published=day, earlier=(), history=(), untold=0, incidents=told)


def _check_apart(path: Path, out: Path) -> None:
    """Raise Wrong where public files would lie among private ones, or private ones among public."""
    private, public = path.resolve(), out.resolve()
    if public == private or private in public.parents or public in private.parents:
        raise Wrong(
            str(out), None, f"lies within {path}, or around it", "publish into a folder apart from the observatory"
        )
