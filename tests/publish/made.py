"""A release made of the cases, and everything that is published of it."""

from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

import cases

from marsad import __version__
from marsad.model import Case
from marsad.publish.boundaries import land_for
from marsad.publish.disclose import Withheld, disclose, distinct
from marsad.publish.guard import checked
from marsad.publish.history import Decided, continued
from marsad.publish.manifest import MANIFEST, SUMS, Checkpoint, listed, manifest_json, sha256, sums
from marsad.publish.policy import PublicationPolicy
from marsad.publish.public import (
    SCHEMA,
    PublicIncident,
    PublicMethod,
    PublicMethodRule,
    PublicReason,
    PublicRelease,
    PublicRules,
    PublicSetting,
    PublicWithheld,
    compose,
)
from marsad.publish.record import to_json
from marsad.publish.release import release_files, web_files
from marsad.publish.steady import steadied

ASSETS = Path(str(resources.files("marsad") / "assets"))
LEDGER = Checkpoint(57, "ab" * 32)
LANGUAGES = ("en", "ar")
_RULE = PublicMethodRule(
    compose("conflict"), compose("range"), compose("the handbook, page 3"), compose("9 and 12: 9 to 12.")
)
METHODS = tuple(
    PublicMethod(compose(name), compose("2.0"), compose(name.upper()), compose("A range."), (_RULE,))
    for name in ("airwars", "ucdp")
)


def told(case: Case, policy: PublicationPolicy | None = None) -> PublicIncident:
    """Return what is told of a case that may be told."""
    found = disclose(case, policy or cases.policy(), cases.NOW)
    assert isinstance(found, PublicIncident)
    return found


def release_of(found: list[Case], number: int = 3, policy: PublicationPolicy | None = None) -> PublicRelease:
    """Return the release that these cases make."""
    policy = policy or cases.policy()
    outcomes = [disclose(case, policy, cases.NOW) for case in found]
    withheld = [one.reason for one in outcomes if isinstance(one, Withheld)]
    return PublicRelease(
        schema=SCHEMA,
        number=number,
        observatory=compose("marsad"),
        as_known_on=date(2014, 12, 1),
        published=cases.NOW.date(),
        policy=compose(policy.label),
        software=compose(__version__),
        rules=PublicRules(24, 72, policy.min_cell_living, policy.least_change, policy.least_population, 300),
        methods=METHODS,
        settings=(PublicSetting(compose("languages_read"), compose("ar en")),),
        earlier=(),
        untold=0,
        incidents=tuple(
            replace(one, first_told=number, since=number)
            for one in distinct([one for one in outcomes if isinstance(one, PublicIncident)])
        ),
        withheld=tuple(PublicWithheld(r, withheld.count(r)) for r in PublicReason if r in withheld),
        reviews=(),
        history=(),
    )


def following(found: list[Case], before: PublicRelease, day: date, **decided: Decided) -> PublicRelease:
    """Return the release that these cases make after another one, as publishing makes it."""
    fresh = replace(release_of(found, 0), published=day, as_known_on=day)
    steady = steadied(fresh, before)
    checked(steady, before)
    manifest = sha256(dict(files_of(before))[MANIFEST])
    return continued(steady, before, manifest, {code.replace("_", "-"): one for code, one in decided.items()})


def first(found: list[Case], day: date = date(2014, 12, 2)) -> PublicRelease:
    """Return the first release that these cases make."""
    return continued(replace(release_of(found, 0), published=day, as_known_on=day), None)


def files_of(release: PublicRelease) -> dict[str, bytes]:
    """Return every file of the release."""
    land = land_for(release.incidents, ASSETS / "boundaries")
    files = dict(release_files(release, to_json(release), land, web_files(ASSETS / "web"), LANGUAGES))
    files[MANIFEST] = manifest_json(release, [listed(*file) for file in files.items()], LANGUAGES, LEDGER)
    return {**files, SUMS: sums(listed(*file) for file in files.items())}


@cache
def published() -> tuple[PublicRelease, dict[str, bytes]]:
    """Return the release of all cases with its files; made once, not to be changed."""
    release = release_of(cases.every())
    return release, files_of(release)


def write(files: dict[str, bytes], folder: Path) -> None:
    """Write files as they are, without any of the care that publishing takes."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
