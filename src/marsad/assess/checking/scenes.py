"""Which incident an article's scene is: by place, day, what was hit and how, numbers, speakers; or none of those known.

Each likeness has a weight that stands here with its reason, their sum is the score. What is one off (the day, or the town) can
still be the incident meant, if the rest agrees; what is two off is another incident, and no article is accused by it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import asin, cos, radians, sin, sqrt

from marsad.assess.checking.speakers import same_speaker
from marsad.assess.voices import category_of
from marsad.model import Case, Category, Claim, Measure, Place, Role, Scope, When

ENOUGH = 4.5
"""The score from which on an incident is the one meant: place and day, or one of them and as much again."""

_AHEAD = 0.75
"""By how much the best must lead the second, where neither has both the place and the day."""

_TOWN_KM, _NEAR_KM, _ROUND = 10.0, 30.0, 6371.0
_SETTLED = 3
_COUNTRY = 6
_SOON = 10
"""Days after an incident within which an article that names no day tells of it as news."""

_SAME, _NAMED = 4.0, 2.5
"""What the same town counts, and what one counts that is named near the number though another was read as its place."""

_MONTH = 31
_GREAT, _SOME, _FEW = 20, 8, 4
"""Numbers of dead that two reports share by chance hardly ever, seldom, at times."""

_NAMED_TIMES = (1, 4)
"""Precisions of a time that words name: a day, a month; what lies between is said of when a toll rose, too."""

_OUT = (Role.REJECTED, Role.CONTEXT)

Figures = frozenset[tuple[Measure, Category | None, int]]


@dataclass(frozen=True, slots=True)
class Scene:
    """What an article tells of one incident.

    `day` is None where no words tell it. `near` says that the sentence of a number names the place. `figures` are its exact
    numbers by measure and whom they count. `named` are places of the record that its words name, beside the one read.
    """

    place: Place | None
    day: When | None
    published: date | None
    spots: frozenset[str] = frozenset()
    means: frozenset[str] = frozenset()
    figures: Figures = frozenset()
    speakers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    near: bool = True
    named: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """An incident of the record, and what its reports tell of the scene."""

    case: Case
    spots: frozenset[str] = frozenset()
    means: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """The incident that a scene is, with its score and what it is made of; whether its day, or its town, is another."""

    case: Case
    score: float
    terms: Mapping[str, float]
    day_off: bool
    place_off: bool


def matched(scene: Scene, profiles: Sequence[Profile]) -> Match | None:
    """Return the incident that a scene is, None where it is none of these, or two of them are as likely."""
    found = [m for profile in profiles if (m := _match(scene, profile)) is not None]
    if not found:
        return None
    found.sort(key=lambda m: (-m.score, m.case.incident.code))
    best = found[0]
    sure = best.terms.get("place", 0) > 0 and best.terms.get("day", 0) > 1
    if len(found) > 1 and best.score - found[1].score < _AHEAD and not sure:
        return None
    return replace(best, case=with_strays(best.case, profiles))


def with_strays(case: Case, profiles: Sequence[Profile]) -> Case:
    """Return an incident with what was told on its day, in its country, without a place of its own: it may be told of it.

    A place that only heads a report ("MOGADISHU, May 7") is none. What a record keeps apart for want of words accuses nobody.
    """
    known = case.incident.when
    if known is None or known.precision > 1 or not _has_place(case):
        return case
    country = case.incident.place.country if case.incident.place else None
    mine = {f.claim.value for f in case.findings if f.claim.value is not None}
    out = list(case.findings)
    for profile in profiles:
        other = profile.case.incident
        if (
            other.code == case.incident.code
            or _has_place(profile.case)
            or other.when is None
            or other.when.precision > 1
        ):
            continue
        theirs = other.place.country if other.place else None
        if theirs not in (None, country) or not (other.when.start <= known.end and known.start <= other.when.end):
            continue
        if mine & {f.claim.value for f in profile.case.findings if f.claim.value is not None} or theirs is not None:
            out += profile.case.findings
    return replace(case, findings=tuple(out)) if len(out) > len(case.findings) else case


def _has_place(case: Case) -> bool:
    """Tell whether any report names a town for an incident, other than the one in which it was written."""
    places = [f.claim.place for f in case.findings if f.role not in _OUT and f.claim.place is not None]
    return any(not p.found or (_is_town(p) and not p.words.isupper()) for p in places if p.words)


def _match(scene: Scene, profile: Profile) -> Match | None:
    case = profile.case
    terms = {
        "place": _place(scene, case),
        "day": _day(scene, case),
        "spot": _shared(scene.spots, profile.spots, 2.0, -1.5),
        "means": _shared(scene.means, profile.means, 1.0, -0.5),
        "killed": _killed(scene, case),
        "numbers": _others(scene, case),
        "speaker": _speaker(scene, case),
        "names": 1.5 if scene.names & {n for f in case.findings for n in f.claim.names} else 0.0,
    }
    terms = {name: value for name, value in terms.items() if value}
    score = sum(terms.values())
    named = scene.day is not None and scene.day.precision in _NAMED_TIMES  # "this week" names none
    place_off, day_off = terms.get("place", 0) < 0, named and terms.get("day", 0) < 1
    match = Match(case, score, terms, day_off, place_off)
    if place_off and day_off:
        return None
    number = terms.get("killed", 0) > 0
    more = [t for t in ("spot", "numbers", "speaker", "names") if terms.get(t, 0) > 0]
    if day_off:
        dead = terms.get("killed", 0)
        enough = dead > 1 or (dead >= 1 and bool(more)) or (bool(number) and len(more) > 1)
        known_again = enough and terms.get("place", 0) > 0
        return match if known_again and "spot" not in {t for t, v in terms.items() if v < 0} else None
    if place_off:
        known_again = terms.get("killed", 0) > 0 and terms.get("day", 0) > 1 and bool(more)
        return match if known_again else None
    if (
        scene.day is not None
        and scene.day.precision > 1
        and not (number and terms["killed"] > 1)
        and "spot" not in more
    ):
        return None  # a month has many incidents
    if scene.day is None and not number and not _soon(scene, case):
        # Told long after, without its day, with another number: it must be the same thing said by the same, at that place.
        known_again = terms.get("place", 0) > 0 and "spot" in more
        return match if known_again and score >= ENOUGH else None
    return match if score >= ENOUGH else None


def _place(scene: Scene, case: Case) -> float:
    """Four for the same town, less where it was only spoken of before; as much against another town."""
    theirs = [case.incident.place, *(f.claim.place for f in case.findings if f.role not in _OUT)]
    known = [p for p in theirs if p is not None]
    if not known:
        return 0.0
    told = max(_alike(scene.place, other) for other in known) if scene.place is not None else 0.0
    if told < _NAMED and any(_alike(place, other) >= _SAME for place in scene.named for other in known):
        return _NAMED  # "the station of Chuhuiv, on the line to Kharkiv"
    return told * (1.0 if scene.near else 0.9)


def _alike(told: Place, other: Place) -> float:
    if told.place_id is not None and told.place_id == other.place_id:
        return 0.5 if told.precision == _COUNTRY else 4.0 if _is_town(told) else 2.0
    if told.words.casefold() == other.words.casefold():
        return 4.0
    if not (told.found and other.found):
        return 0.0 if not told.found and not _is_town(other) else -1.0 if not told.found else 0.0
    if told.country != other.country:
        return -6.0
    if _COUNTRY in (told.precision, other.precision):
        return 0.5
    if not (_is_town(told) and _is_town(other)):
        return 1.5 if told.admin1 is not None and told.admin1 == other.admin1 else -2.0
    apart = _kilometres(told, other)
    return 4.0 if apart <= _TOWN_KM else -1.0 if apart <= _NEAR_KM else -4.0


def _is_town(place: Place) -> bool:
    return place.precision is not None and place.precision <= _SETTLED


def _kilometres(a: Place, b: Place) -> float:
    la, lb = radians(a.latitude or 0), radians(b.latitude or 0)
    east = radians((b.longitude or 0) - (a.longitude or 0))
    h = sin((lb - la) / 2) ** 2 + cos(la) * cos(lb) * sin(east / 2) ** 2
    return 2 * _ROUND * asin(sqrt(min(1.0, h)))


def _day(scene: Scene, case: Case) -> float:
    """Three for the same day, one for the day beside it; against it what is further off."""
    known = case.incident.when
    if known is None:
        return 0.0
    days = [known, *(f.claim.occurred for f in case.findings if f.role not in _OUT and f.claim.occurred is not None)]
    days = [d for d in days if d.precision <= known.precision]
    if scene.day is None:
        return 1.5 if _soon(scene, case) else 0.0
    told = scene.day
    if any(d.start <= told.end and told.start <= d.end for d in days):
        return 3.0 if told.precision == 1 else 1.5 if told.precision <= 4 else 0.5
    off = min(max((d.start - told.end).days, (told.start - d.end).days) for d in days)
    if told.precision not in _NAMED_TIMES:
        return 0.0 if off <= _SOON else -1.5
    return 0.5 if off <= 1 and told.precision == 1 else -1.0 if off <= _MONTH else -1.5


def _soon(scene: Scene, case: Case) -> bool:
    known = case.incident.when
    return known is not None and scene.published is not None and 0 <= (scene.published - known.start).days <= _SOON


def _shared(mine: frozenset[str], theirs: frozenset[str], both: float, neither: float) -> float:
    if mine & theirs:
        return both + 0.5 * (len(mine & theirs) > 1)
    return neither if mine and theirs else 0.0


def _figures(case: Case) -> set[tuple[Measure, Category | None, int]]:
    out = set[tuple[Measure, Category | None, int]]()
    for finding in case.findings:
        claim = finding.claim
        if finding.role is not Role.REJECTED and claim.scope is Scope.INCIDENT and claim.value is not None:
            out.add((claim.measure, category_of(claim), claim.value))
            if claim.subset_of is None:
                out.add((claim.measure, Category.TOTAL, claim.value))
    return out


def _killed(scene: Scene, case: Case) -> float:
    mine = [n for m, c, n in scene.figures if m in _DEAD and c in _WHOLES]
    theirs = {n for m, c, n in _figures(case) if m is Measure.KILLED and c in _WHOLES}
    same = max((n for n in mine if n in theirs), default=0)
    return 2.0 if same >= _GREAT else 1.5 if same >= _SOME else 1.0 if same >= _FEW else 0.3 if same else 0.0


_DEAD = (Measure.KILLED, Measure.KILLED_OR_INJURED, Measure.BODIES_SEEN)
"""How an article may count the dead of a report: "eleven were shot"."""

_WHOLES = (Category.TOTAL, Category.CIVILIANS, Category.COMBATANTS)


def _others(scene: Scene, case: Case) -> float:
    theirs = _figures(case)
    told = [(m, c, n) for m, c, n in scene.figures if not (m in _DEAD and c in _WHOLES)]
    return min(2.0, sum(1.0 for one in told if one in theirs))


def _speaker(scene: Scene, case: Case) -> float:
    theirs = {n for f in case.findings for n in (f.fold.origin.name, *f.claim.attribution) if n}
    return 1.0 if any(same_speaker(one, other) for one in scene.speakers for other in theirs) else 0.0


def scene_of(
    claims: Sequence[Claim],
    published: date | None,
    spots: frozenset[str],
    means: frozenset[str],
    *,
    near: bool,
    named: tuple[Place, ...] = (),
) -> Scene:
    """Return the scene that these claims of one telling make."""
    places = [c.place for c in claims if c.place is not None and (c.place.words or c.place.found)]
    places.sort(key=lambda p: (not p.found, p.precision or 9))
    days = [c.occurred for c in claims if c.occurred is not None and c.occurred.words is not None]
    days.sort(key=lambda d: d.precision)
    counted = [c for c in claims if c.value is not None]
    figures = frozenset((c.measure, category_of(c), c.value or 0) for c in counted)
    figures |= {(c.measure, Category.TOTAL, c.value or 0) for c in counted if c.subset_of is None}
    return Scene(
        places[0] if places else None,
        days[0] if days else None,
        published,
        spots,
        means,
        figures,
        frozenset(c.attribution[0] for c in claims if c.attribution),
        frozenset(n for c in claims for n in c.names),
        near,
        named,
    )
