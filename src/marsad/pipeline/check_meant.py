"""Which incident of the record an article means: by its scene, before its numbers, and else by what is one off: day or town."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from datetime import date

from marsad.assess.checking.scenes import scene_of
from marsad.extract.grounded import Grounded, grounded
from marsad.link.facets import facet_of
from marsad.link.tellings import tellings_of
from marsad.link.weights import default_weights
from marsad.model import Case, Claim, ClaimId, Measure, Scope, Text
from marsad.model.telling import Telling
from marsad.pipeline.candidates import Candidate, candidates_among
from marsad.pipeline.cases import cases
from marsad.pipeline.check_others import Total, others_of, totals_of
from marsad.pipeline.check_record import Record
from marsad.pipeline.known import state_of
from marsad.pipeline.observatory import Observatory
from marsad.store.derived import Derived
from marsad.text.sound import consonants
from marsad.text.tokens import tokens

_PERHAPS = 0.2
"""Probability from which an incident is looked into, however it is told."""

LIKELY = 0.5
"""Probability from which an article is taken to speak of an incident of the record."""

_HERE = frozenset({"same-point", "within-3-km", "same-unlisted-name"})
_AWAY = frozenset({"farther-off", "other-province", "away-from-an-inferred-place"})
_THEN = frozenset({"same-day", "same-span", "ends-together"})
_NAMED = frozenset({"one-shared", "two-shared", "three-shared"})
_NUMBERS = frozenset({*map(str, Measure), "numbers", "crowd", "base", "printed", "delay"})
"""Likenesses that say nothing of the scene: an article with a wrong number means the incident all the same."""

_BONES = 3
"""Consonants from which on a place is known by its sound."""

_FEW = 20
"""Incidents of one place that are looked into for a number."""


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
    scene = scene_of(
        mine,
        published,
        spots,
        means,
        near=any(g.near for g in told),
        named=tuple(dict.fromkeys(p for g in told for p in g.named)),
    )
    found = candidates_among(derived, telling, default_weights())
    match = record.meant(scene, [c.code for c in found if c.probability >= _PERHAPS])
    meant = _meant(found, telling) if match is None else None
    code = meant.code if meant is not None else match.case.incident.code if match is not None else None
    day = match.case if match is not None and match.day_off else None
    town = match.case if match is not None and match.place_off else None
    case = match.case if match is not None and day is None and town is None else None
    if meant is not None:
        case = record.case(meant.code)
        if meant.levels.get("place") in _AWAY and telling.precision == 1 and not telling.inferred:
            case, town = None, case  # known by day and a quarter's name: "the Majengo market in Bukavu"
    others = others_of(derived, telling, mine, code)
    return Asked(
        telling,
        mine,
        case,
        day,
        town,
        {claim: ((code, origin),) for claim, (code, origin, _) in others.items()},
        {claim: place for claim, (_, _, place) in others.items() if place},
        totals_of(derived, mine),
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
    spoken = {consonants(token.text) for token in tokens(words) if token.kind == "word"}
    placed = [row for row in rows if row["place"] and row["occurred_from"]]
    named = [row for row in placed if row["place"].casefold() in said or _sounds(row["place"], spoken)]
    for row in sorted(named, key=lambda row: (row["occurred_from"], row["code"]), reverse=True)[:_FEW]:
        case = next(cases(observatory, incident=row["code"]))
        told = {f.claim.value for f in case.findings if f.claim.measure is Measure.KILLED and f.claim.value}
        if told & numbers:
            yield case


def _sounds(place: str, spoken: Set[str]) -> bool:
    """Tell whether a place is among words by its sound, in whatever script they are."""
    bones = consonants(place)
    return len(bones) >= _BONES and bones in spoken


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
