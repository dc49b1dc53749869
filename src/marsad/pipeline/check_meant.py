"""Which incident of the record an article means: by its scene, before its numbers, and else by what is one off: day or town."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from marsad.assess.checking.scenes import scene_of
from marsad.assess.voices import category_of
from marsad.extract.grounded import Grounded, grounded
from marsad.link.compare import kilometres
from marsad.link.facets import facet_of
from marsad.link.shared_names import shared_names
from marsad.link.speakers import origin_named
from marsad.link.tellings import telling_of, tellings_of
from marsad.link.weights import default_weights
from marsad.model import Bound, Case, Category, Claim, ClaimId, Measure, Scope, Text
from marsad.model.rows import claim_of
from marsad.model.telling import UNLISTED, Telling, Trait
from marsad.pipeline.candidates import Candidate, candidates_among
from marsad.pipeline.cases import cases
from marsad.pipeline.check_record import Record
from marsad.pipeline.known import state_of
from marsad.pipeline.observatory import Observatory
from marsad.store.derived import Derived

_PERHAPS = 0.2
"""Probability from which an incident is looked into, however it is told."""

LIKELY = 0.5
"""Probability from which an article is taken to speak of an incident of the record."""

_HERE = frozenset({"same-point", "within-3-km", "same-unlisted-name"})
_THEN = frozenset({"same-day", "same-span", "ends-together"})
_NAMED = frozenset({"one-shared", "two-shared", "three-shared"})
_NUMBERS = frozenset({*map(str, Measure), "numbers", "crowd", "base", "printed", "delay"})
"""Likenesses that say nothing of the scene: an article with a wrong number means the incident all the same."""

_AWAY_DAYS, _SAME_TOWN_KM, _SAYS = 400, 10.0, 20
"""How far off a known incident may be dated wrongly, how near its place must be, and from which number on that and the place
are enough to know it again; below, something else must agree, too."""

_ELSEWHERE_KM, _ONE_DAY = 25.0, 1
"""From how far off a known incident is told of a wrong town, and how near in days it must be."""

_OTHER_DAYS, _TELLING = 60, 5
"""Within how many days another incident may be the one whose toll an article gives, and from which number on."""

_FEW = 20
"""Incidents of one place that are looked into for a number."""

_OTHERS = 10
"""A number from which on it and its speaker in one town are no chance."""

_SETTLED, _RUNNING, _LONG = 3, 20, 14
"""The place precision of a scene; from which number on it is known again as a total, and over how many days that runs."""

Total = tuple[Claim, str]
"""A running total of the record and its origin."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an article tells of one incident: its claims, the incident that it is, and one that it is but for its day or town.

    `elsewhere` are for a claim the other incidents whose toll its number is, `elsewhere_named` the place of the first as
    reports write it, `totals` the running total whose number it is.
    """

    telling: Telling
    claims: tuple[Claim, ...]
    case: Case | None
    misdated: Case | None
    misplaced: Case | None
    elsewhere: Mapping[ClaimId, tuple[tuple[str, str], ...]]
    elsewhere_named: Mapping[ClaimId, str]
    totals: Mapping[ClaimId, Total]


def asked_of(
    observatory: Observatory, report: Text, claims: Sequence[Claim], published: date | None
) -> Iterator[Asked]:
    """Yield what an article's claims tell, incident by incident, each with what the record has of it."""
    claims = [_of_its_day(claim, claims) for claim in claims]
    printed = published.toordinal() if published else None
    with observatory.derived(read_only=True) as derived:
        record = Record(observatory, derived)
        told = {g.claim.claim_id: g for g in grounded(report, list(map(as_news, claims)), record.places)}
        counted = [f for g in told.values() for f in facet_of(g.claim) if f.counts]
        facets = [{**asdict(f), "rank": 0, "printed": printed} for f in counted]
        for telling in tellings_of(facets):
            mine = [told[c] for c in telling.claims]
            yield _asked(derived, record, telling, mine, published)


def _asked(
    derived: Derived,
    record: Record,
    telling: Telling,
    told: Sequence[Grounded],
    published: date | None,
) -> Asked:
    mine = tuple(g.claim for g in told)
    spots = frozenset(s for g in told for s in g.scenery.spots)
    means = frozenset(s for g in told for s in g.scenery.means)
    scene = scene_of(mine, published, spots, means, near=any(g.near for g in told))
    found = candidates_among(derived, telling, default_weights())
    match = record.meant(scene, [c.code for c in found if c.probability >= _PERHAPS])
    meant = _meant(found, telling) if match is None else None
    code = meant.code if meant is not None else match.case.incident.code if match is not None else None
    speakers = {origin_named(c).name for c in mine if c.attribution}
    day = town = case = None
    if match is not None:
        day, town = (match.case if match.day_off else None), (match.case if match.place_off else None)
        case = match.case if day is None and town is None else None
    elif meant is not None:
        case = record.case(meant.code)
    else:
        misdated = _misdated(derived, telling, speakers)
        misplaced = _misplaced(derived, telling, speakers) if misdated is None else None
        day = None if misdated is None else record.case(misdated)
        town = None if misplaced is None else record.case(misplaced)
    others = _elsewhere(derived, telling, mine, code)
    return Asked(
        telling,
        mine,
        case,
        day,
        town,
        {claim: ((code, origin),) for claim, (code, origin, _) in others.items()},
        {claim: place for claim, (_, _, place) in others.items() if place},
        _totals(derived, mine),
    )


def _of_its_day(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """Return a number that the article dates by another one ("two days later the toll rose to 12") with the day of that."""
    when = claim.occurred
    if not claim.rule.startswith("toll") or when is None or when.against is None or when.against_words is None:
        return claim
    of = next((c for c in claims if c.occurred is not None and c.occurred.words == when.against_words), None)
    told_again = of is not None and of.measure is claim.measure and of.attribution in ((), claim.attribution)
    speaks_on = of is not None and not claim.attribution and of.measure is claim.measure
    return replace(claim, occurred=of.occurred) if of is not None and (told_again or speaks_on) else claim


def cases_named(observatory: Observatory, words: str) -> Iterator[Case]:
    """Yield the incidents whose place and one of whose numbers of dead a sentence names, the latest ones of a few.

    For a sentence that counts nobody in words that are read as a count: "World at Nine confirms the 17 of Hodeidah".
    """
    said, numbers = words.casefold(), {int(found) for found in re.findall(r"\b\d{1,4}\b", words)}
    rows = state_of(observatory).incidents().select(["code", "place", "occurred_from"]).to_pylist()
    named = [row for row in rows if row["place"] and row["occurred_from"] and row["place"].casefold() in said]
    for row in sorted(named, key=lambda row: (row["occurred_from"], row["code"]), reverse=True)[:_FEW]:
        case = next(cases(observatory, incident=row["code"]))
        told = {f.claim.value for f in case.findings if f.claim.measure is Measure.KILLED and f.claim.value}
        if told & numbers:
            yield case


def as_news(claim: Claim) -> Claim:
    """Return an earlier matter that an article tells with its day as what it was then: the news of that day."""
    told = claim.scope is Scope.BACKGROUND and claim.occurred is not None and claim.occurred.precision == 1
    return replace(claim, scope=Scope.INCIDENT) if told else claim


def _meant(found: Sequence[Candidate], telling: Telling) -> Candidate | None:
    """Return the incident that is meant: that of the article's day and place, whatever its numbers, else a likely one.

    Of several of one day and town it is the likeliest.
    """
    named = not telling.assumed and telling.day_from is not None and telling.day_from == telling.day_to
    scenes = [c for c in found if named and _is_scene(c)]
    if scenes:
        return max(scenes, key=lambda c: (c.levels.get("names") in _NAMED, round(_of_scene(c)), c.probability, c.code))
    return next((c for c in found if c.probability >= LIKELY), None)


def _is_scene(candidate: Candidate) -> bool:
    levels = candidate.levels
    here = levels.get("place") in _HERE or levels.get("names") in _NAMED
    return here and levels.get("time") in _THEN and levels.get("weapon") != "nothing-shared"


def _of_scene(candidate: Candidate) -> float:
    return sum(weight for side, weight in candidate.terms.items() if side not in _NUMBERS)


def _misdated(derived: Derived, telling: Telling, speakers: Set[str]) -> str | None:
    """Return the code of the incident that a telling is but for its day: the same town, the same dead, and more that agrees,
    be it one of the `speakers`, by the names of their origins.
    """
    killed = telling.figures.get(Measure.KILLED)
    if killed is None or killed[1] is None or telling.day_from is None or telling.day_to is None:
        return None
    near = derived.tellings_near(telling.country, telling.day_from - _AWAY_DAYS, telling.day_to + _AWAY_DAYS)
    for other in map(telling_of, near.to_pylist()):
        theirs = other.figures.get(Measure.KILLED)
        if theirs is None or theirs[1] != killed[1] or not _one_town(telling, other):
            continue
        said = killed[1] >= _OTHERS and _origin(derived, other.telling_id) in speakers
        if killed[1] >= _SAYS or said or _shared(telling, other, killed[1]):
            return _code(derived, other.telling_id)
    return None


def _one_town(a: Telling, b: Telling) -> bool:
    """Tell whether two tellings are of one town, be it one that no gazetteer has."""
    apart = kilometres(a, b)
    if apart is None:
        listed = bool(a.place_key) and a.place_key == b.place_key and a.place_key.startswith(UNLISTED)
        return listed or shared_names(a, b) > 0
    return apart <= _SAME_TOWN_KM and all(t.precision is not None and t.precision <= _SETTLED for t in (a, b))


def _shared(telling: Telling, other: Telling, killed: int) -> int:
    """Return how much two tellings share beside their dead: other numbers, and traits."""
    shared = sum(1 for m, f in telling.figures.items() if m != Measure.KILLED and f == other.figures.get(m))
    dead = frozenset({f"killed||{killed}"})
    return shared + sum(
        1 for t in Trait if telling.traits.get(t, frozenset()) & other.traits.get(t, frozenset()) - dead
    )


def _misplaced(derived: Derived, telling: Telling, speakers: Set[str]) -> str | None:
    """Return the code of the incident that a telling is but for its town: the day, the dead, and more that agrees."""
    killed = telling.figures.get(Measure.KILLED)
    if killed is None or killed[1] is None or telling.day_from is None or telling.day_to is None or telling.assumed:
        return None
    if telling.precision is None or telling.precision > _SETTLED or killed[1] < _TELLING:
        return None
    near = derived.tellings_near(telling.country, telling.day_from - _ONE_DAY, telling.day_to + _ONE_DAY)
    for other in map(telling_of, near.to_pylist()):
        theirs, apart = other.figures.get(Measure.KILLED), kilometres(telling, other)
        settled = other.precision is not None and other.precision <= _SETTLED
        if theirs is None or theirs[1] != killed[1] or apart is None or apart < _ELSEWHERE_KM or not settled:
            continue
        injured = telling.figures.get(Measure.INJURED)
        both = injured is not None and injured == other.figures.get(Measure.INJURED)
        said = killed[1] >= _OTHERS and _origin(derived, other.telling_id) in speakers
        if both or said or shared_names(replace(telling, place_key=""), replace(other, place_key="")):
            return _code(derived, other.telling_id)
    return None


def _code(derived: Derived, claim: str) -> str | None:
    rows = derived.table("membership", claim_id=[claim]).to_pylist()
    if not rows:
        return None
    found = derived.table("incident", incident_id=[rows[0]["incident_id"]]).to_pylist()
    return str(found[0]["code"]) if found else None


def _elsewhere(
    derived: Derived, telling: Telling, claims: Sequence[Claim], linked: str | None
) -> dict[ClaimId, tuple[str, str, str]]:
    """Return for each claim another incident of the time whose toll its number is, who says so, and where it was."""
    wanted = {c.value for c in claims if c.bound is Bound.EXACT and c.value is not None and c.value >= _TELLING}
    if not wanted or linked is None:
        return {}
    first = None if telling.day_from is None else telling.day_from - _OTHER_DAYS
    last = None if telling.day_to is None else telling.day_to + _OTHER_DAYS
    found: dict[tuple[str, int], tuple[str, str, str]] = {}
    for other in map(telling_of, derived.tellings_near(telling.country, first, last).to_pylist()):
        for measure, figure in other.figures.items():
            if figure[1] in wanted:
                code = _code(derived, other.telling_id)
                if code is not None and code != linked:
                    found.setdefault((measure, figure[1] or 0), (code, *_told_by(derived, other.telling_id)))
    return {
        c.claim_id: found[c.measure, c.value]
        for c in claims
        if c.value is not None and (c.measure, c.value) in found and category_of(c) is Category.TOTAL
    }


def _totals(derived: Derived, claims: Sequence[Claim]) -> dict[ClaimId, Total]:
    """Return for each claim of one day the total over a longer time whose number it is."""
    out: dict[ClaimId, Total] = {}
    for claim in claims:
        if claim.value is None or claim.value < _RUNNING or claim.occurred is None or claim.occurred.precision > 1:
            continue
        rows = derived.table("claim", value=[claim.value], measure=[claim.measure.value]).to_pylist()
        totals = [row for row in rows if row["scope"] in (Scope.CUMULATIVE, Scope.AGGREGATE) and _is_long(row)]
        if totals:
            out[claim.claim_id] = claim_of(totals[0]), _origin(derived, totals[0]["claim_id"])
    return out


def _is_long(row: Mapping[str, Any]) -> bool:
    first, last = row["occurred_from"], row["occurred_to"]
    return first is not None and last is not None and (last - first).days >= _LONG


def _told_by(derived: Derived, claim: str) -> tuple[str, str]:
    """Return the origin of a claim and the place that it names, "" where it names none."""
    rows = derived.table("claim", claim_id=[claim]).to_pylist()
    return _origin(derived, claim), str(rows[0]["place_words"] or "") if rows else ""


def _origin(derived: Derived, claim: str) -> str:
    rows = derived.table("fold", claim_id=[claim]).to_pylist()
    return str(rows[0]["origin"]) if rows else ""
