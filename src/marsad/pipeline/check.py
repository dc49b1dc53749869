"""An article checked: each of its claims against the record, its sums, its dates, its confirmations and its superlatives.

Nothing is stored, and nothing of a war is concluded from an article: it is only compared.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from datetime import date

from marsad.assess.checking.adding_up import adding_up
from marsad.assess.checking.against import against, checkable, dated, wrong_day
from marsad.assess.checking.confirmed import confirmed
from marsad.assess.checking.ranks import Ranked, ranked
from marsad.assess.checking.reckoned import reckoned
from marsad.assess.voices import category_of
from marsad.collect.incoming import Incoming
from marsad.collect.text_of import text_of
from marsad.extract.asserted import additions_in, confirmations_in, superlatives_in
from marsad.extract.listed import listed
from marsad.extract.spelled_out import misreckoned
from marsad.link.compare import kilometres
from marsad.link.facets import facet_of
from marsad.link.speakers import origin_named
from marsad.link.tellings import telling_of, tellings_of
from marsad.link.weights import default_weights
from marsad.model import (
    Bound,
    Case,
    Category,
    Checked,
    Claim,
    ClaimId,
    Measure,
    Place,
    ReportId,
    Scope,
    Step,
    Superlative,
    Text,
    Verdict,
)
from marsad.model.telling import Telling, Trait
from marsad.pipeline.assets import gazetteer_path
from marsad.pipeline.candidates import Candidate, candidates_among
from marsad.pipeline.cases import cases
from marsad.pipeline.check_ranks import Entry, by_day, numbered
from marsad.pipeline.known import state_of
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.reading import read_reports
from marsad.store.derived import Derived
from marsad.text.actors import actor_called
from marsad.text.gazetteer import Gazetteer
from marsad.text.language import language_of
from marsad.text.lexicon import languages, lexicon
from marsad.text.numbers import quantity_at
from marsad.text.words import say

LIKELY = 0.5
"""Probability from which an article is taken to speak of an incident of the record."""

_AWAY_DAYS, _SAME_TOWN_KM, _SAYS = 400, 10.0, 20
"""How far off a known incident may be dated wrongly, how near its place must be, and from which number on that and the place
are enough to know it again; below, something else must agree, too."""

_OTHER_DAYS, _TELLING = 60, 5
"""Within how many days another incident may be the one whose toll an article gives, and from which number on."""

_SETTLED = 3

_OTHERS = 10
"""A number from which on it and its speaker in one town are no chance."""


@dataclass(frozen=True, slots=True)
class Article:
    """What checking found in an article, in the order of its text; `lang` is its language, None where it tells nothing.

    `measures` says what is counted by the words from start to end, where that is one thing.
    """

    name: str
    text: str
    lang: str | None
    found: tuple[Checked, ...]
    measures: Mapping[tuple[int, int], Measure]


def checked(observatory: Observatory, incoming: Incoming) -> Article:
    """Return what an article says, each thing with its verdict. Raises Wrong where the observatory was never run."""
    text, _ = text_of(incoming.data, incoming.name)
    lang = incoming.lang or language_of(text)
    report = Text(ReportId("article"), text, incoming.published, incoming.outlet, lang)
    superlatives = superlatives_in(report, Gazetteer.open(gazetteer_path()))
    claims = _read(incoming, text, superlatives)
    asked = list(_asked(observatory, claims, incoming.published))
    scene = {claim: str(n) for n, one in enumerate(asked) for claim in one.telling.claims}
    known = {case.incident.code: case for one in asked if (case := one.case or one.misdated) is not None}
    added, parts = list(additions_in(report)), listed(report, claims)
    scene |= {part.claim_id: scene[part.subset_of] for part in parts if part.subset_of in scene}
    found = [hit for one in asked for hit in _against(one, added, lang)]
    borne_out = {(hit.start, hit.end) for hit in found if hit.verdict is Verdict.AGREES}
    whole = [_as_news(c) for c in (*claims, *parts) if not _is_added(c, added)]
    sums = adding_up(whole, text, scene, added)
    found += (hit for hit in sums if not _two_tolls(hit, whole, borne_out))
    found += map(reckoned, misreckoned(report))
    found += (hit for c in confirmations_in(report) if (hit := confirmed(c, list(known.values()))) is not None)
    found += (_ranked(observatory, said, asked) for said in superlatives)
    return Article(
        incoming.name,
        text,
        lang,
        tuple(sorted(found, key=lambda f: (f.start, f.end, f.verdict))),
        _measures(claims),
    )


def _measures(claims: Iterable[Claim]) -> dict[tuple[int, int], Measure]:
    """Return what is counted by the words start..end of an article, where that is one thing."""
    found: dict[tuple[int, int], set[Measure]] = {}
    for claim in claims:
        found.setdefault((claim.start, claim.end), set()).add(claim.measure)
    return {at: next(iter(measures)) for at, measures in found.items() if len(measures) == 1}


def _read(incoming: Incoming, text: str, superlatives: Sequence[Superlative]) -> Sequence[Claim]:
    """Return the claims of an article, read without the clauses of its superlatives.

    "… was the deadliest raid in Yemen since 2015": that place and that time are of the comparison, not of the raid. A
    clause that counts somebody itself is left as it is.
    """
    [read] = read_reports([("article", incoming)], 1)
    masked = text
    for said in superlatives:
        if not any(said.start < claim.end and claim.start < said.clause for claim in read.claims):
            masked = masked[: said.start] + " " * (said.clause - said.start) + masked[said.clause :]
    if masked == text:
        return read.claims
    [again] = read_reports([("article", replace(incoming, data=masked.encode(), name="article.txt"))], 1)
    before = {(c.start, c.end, c.measure): c.place for c in read.claims}
    return [_placed(c, before.get((c.start, c.end, c.measure)), masked) for c in again.claims]


def _placed(claim: Claim, before: Place | None, masked: str) -> Claim:
    """Return a claim with the town that it had before the clauses went, if the town is named outside them: of which country
    it is, a clause alone may have told."""
    lost = before is not None and before.found and (claim.place is None or not claim.place.found)
    settled = before is not None and before.precision is not None and before.precision <= _SETTLED
    return replace(claim, place=before) if lost and settled and before is not None and before.words in masked else claim


def told(step: Step, lang: str) -> str:
    """Return a reason as a sentence; organisations go by their names in that language where one is known."""
    values = dict(step.values)
    for gap in ("origin", "outlet"):
        actor = actor_called(str(values.get(gap) or ""))
        if lang == "ar" and actor is not None and actor.name_ar:
            values[gap] = actor.name_ar
    return say("check", lang, step.rule, values)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an article tells of one incident: its claims, the incident that it is, and one that it is but for its day."""

    telling: Telling
    claims: tuple[Claim, ...]
    case: Case | None
    misdated: Case | None
    elsewhere: Mapping[ClaimId, tuple[tuple[str, str], ...]]


def _asked(observatory: Observatory, claims: Sequence[Claim], published: date | None) -> Iterator[_Asked]:
    by_id = {claim.claim_id: _as_news(claim) for claim in claims}
    printed = published.toordinal() if published else None
    counted = [f for claim in claims for f in facet_of(_as_news(claim)) if f.counts]
    facets = [{**asdict(f), "rank": 0, "printed": printed} for f in counted]
    with observatory.derived(read_only=True) as derived:
        for telling in tellings_of(facets):
            mine = tuple(by_id[c] for c in telling.claims)
            likely = next((c for c in candidates_among(derived, telling, default_weights())), None)
            linked = likely is not None and likely.probability >= LIKELY
            other = (
                None if linked else _misdated(derived, telling, {origin_named(c).name for c in mine if c.attribution})
            )
            yield _Asked(
                telling,
                mine,
                _case(observatory, likely.code) if linked and likely is not None else None,
                _case(observatory, other) if other is not None else None,
                _elsewhere(derived, telling, mine, likely if linked else None),
            )


def _as_news(claim: Claim) -> Claim:
    """Return an earlier matter that an article tells with its day as what it was then: the news of that day."""
    told = claim.scope is Scope.BACKGROUND and claim.occurred is not None and claim.occurred.precision == 1
    return replace(claim, scope=Scope.INCIDENT) if told else claim


def _case(observatory: Observatory, code: str) -> Case:
    return next(cases(observatory, incident=code))


def _misdated(derived: Derived, telling: Telling, speakers: Set[str]) -> str | None:
    """Return the code of the incident that a telling is but for its day: the same town, the same dead, and more that agrees,
    be it one of the `speakers`, by the names of their origins.
    """
    killed = telling.figures.get(Measure.KILLED)
    if killed is None or killed[1] is None or telling.day_from is None or telling.day_to is None:
        return None
    if telling.precision is None or telling.precision > _SETTLED:
        return None
    near = derived.tellings_near(telling.country, telling.day_from - _AWAY_DAYS, telling.day_to + _AWAY_DAYS)
    for other in map(telling_of, near.to_pylist()):
        theirs, apart = other.figures.get(Measure.KILLED), kilometres(telling, other)
        here = other.precision is not None and other.precision <= _SETTLED
        if theirs is None or theirs[1] != killed[1] or apart is None or apart > _SAME_TOWN_KM or not here:
            continue
        shared = sum(1 for m, f in telling.figures.items() if m != Measure.KILLED and f == other.figures.get(m))
        shared += sum(
            1 for t in Trait if telling.traits.get(t, frozenset()) & other.traits.get(t, frozenset()) - _said(killed[1])
        )
        said = killed[1] >= _OTHERS and _origin(derived, other.telling_id) in speakers
        if killed[1] >= _SAYS or shared or said:
            return _code(derived, other.telling_id)
    return None


def _said(number: int) -> frozenset[str]:
    return frozenset({f"killed||{number}"})


def _code(derived: Derived, claim: str) -> str | None:
    rows = derived.table("membership", claim_id=[claim]).to_pylist()
    if not rows:
        return None
    found = derived.table("incident", incident_id=[rows[0]["incident_id"]]).to_pylist()
    return str(found[0]["code"]) if found else None


def _elsewhere(
    derived: Derived, telling: Telling, claims: Sequence[Claim], linked: Candidate | None
) -> dict[ClaimId, tuple[tuple[str, str], ...]]:
    """Return for each claim the other incidents of the time whose toll its number is, each with who says so."""
    wanted = {c.value for c in claims if c.bound is Bound.EXACT and c.value is not None and c.value >= _TELLING}
    if not wanted or linked is None:
        return {}
    first = None if telling.day_from is None else telling.day_from - _OTHER_DAYS
    last = None if telling.day_to is None else telling.day_to + _OTHER_DAYS
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for other in map(telling_of, derived.tellings_near(telling.country, first, last).to_pylist()):
        for measure, figure in other.figures.items():
            if figure[1] in wanted:
                code = _code(derived, other.telling_id)
                if code is not None and code != linked.code:
                    found.setdefault((measure, figure[1] or 0), (code, _origin(derived, other.telling_id)))
    return {
        c.claim_id: (found[c.measure, c.value],)
        for c in claims
        if c.value is not None and (c.measure, c.value) in found and category_of(c) is Category.TOTAL
    }


def _origin(derived: Derived, claim: str) -> str:
    rows = derived.table("fold", claim_id=[claim]).to_pylist()
    return str(rows[0]["origin"]) if rows else ""


def _against(one: _Asked, added: Sequence[tuple[int, int, int]], lang: str | None) -> Iterator[Checked]:
    """Yield the verdicts on the claims of one incident; `added` are people added to a toll, who are nobody's toll."""
    claims = [c for c in one.claims if checkable(c) and not _is_added(c, added) and not _of_some(c, lang)]
    if one.misdated is not None:
        day = next((c for c in claims if c.occurred and c.occurred.words and c.occurred.precision == 1), None)
        if day is not None and day.occurred is not None:
            yield wrong_day(day, one.misdated, day.occurred.start.isoformat())
    case = one.case or one.misdated
    if case is None:
        for claim in claims:
            yield Checked(claim.start, claim.end, claim.text, Verdict.UNKNOWN, (Step("check.no-incident"),))
        return
    off = next((hit for claim in claims if (hit := dated(claim, case)) is not None), None) if one.case else None
    if off is not None:
        yield off
    said = [against(c, case, one.elsewhere.get(c.claim_id, ())) for c in claims if c.same_as is None]
    up_to_date = any(hit.verdict is Verdict.AGREES for hit in said)
    for hit in said:
        # "He first spoke of 50, later of 57": who gives today's number beside the older one gives both rightly.
        earlier = up_to_date and any(step.rule == "check.earlier" for step in hit.why)
        yield replace(hit, verdict=Verdict.AGREES) if earlier and hit.verdict is Verdict.DIFFERS else hit


def _is_added(claim: Claim, added: Sequence[tuple[int, int, int]]) -> bool:
    return any(start <= claim.start < end for start, end, _ in added)


def _of_some(claim: Claim, lang: str | None) -> bool:
    """Tell whether a number is of some among others, whom nothing names: "six of the nine people"; it is nobody's toll."""
    if lang not in languages() or claim.subset_of is not None or claim.bound is Bound.FRACTION:
        return False
    known = lexicon(lang)
    line = known.counting_line(claim.text, 0, len(claim.text))
    found = quantity_at(known, line, 0)
    rest = range(found.after, len(line)) if found is not None else ()
    return any(more is not None and more.value for more in (quantity_at(known, line, at) for at in rest))


def _two_tolls(clash: Checked, claims: Sequence[Claim], borne_out: Set[tuple[int, int]]) -> bool:
    """Tell whether numbers clash only because they are two tolls: as it was and as it is, where the record has both; or of
    two places, where nobody knows which: "sixteen in Harem and nine in Salqin"."""
    told = [c for c in claims if c.claim_id in clash.why[0].claims]
    if clash.why[0].values.get("n") != len(told):
        return False  # "rose from 8 to 12 after three more died"
    same = len({(c.measure, category_of(c)) for c in told}) == 1
    lost = any(c.place is None or not c.place.found for c in told)
    return same and len(told) > 1 and (lost or all((c.start, c.end) in borne_out for c in told))


def _ranked(observatory: Observatory, said: Superlative, asked: Sequence[_Asked]) -> Checked:
    """Return whether the record bears a superlative out: of the first incident that the article tells of and the record has."""
    state = state_of(observatory)
    leading = next((one for one in asked if one.case is not None), None) or next(iter(asked), None)
    every = list(numbered(state, observatory.policies))
    if leading is None or not every:
        step = Step("check.no-incident")
        return Checked(said.start, said.end, said.text, Verdict.SUPERLATIVE_UNSURE, (step,))
    mine = _mine(leading, every)
    if mine is None:
        step = Step("check.no-toll")
        return Checked(said.start, said.end, said.text, Verdict.SUPERLATIVE_UNSURE, (step,))
    day = mine.ranked.day
    since = said.since.start if said.since else None
    there = [e for e in every if e.within(said) and mine.beside(e, said)]
    within = [e for e in there if (said.still or e.ranked.day <= day) and (since is None or e.ranked.day >= since)]
    begins = min(e.ranked.day for e in every)
    if said.of_day:
        days = by_day([*within, mine])
        return ranked(said, days[day], list(days.values()), begins)
    return ranked(said, mine.ranked, [e.ranked for e in within], begins)


def _mine(leading: _Asked, every: Sequence[Entry]) -> Entry | None:
    """Return what is ranked: the record's incident with its toll there, else the article's own number."""
    code = leading.case.incident.code if leading.case else None
    known = next((e for e in every if e.ranked.code == code), None)
    if known is not None:
        return known
    killed = leading.telling.figures.get(Measure.KILLED)
    if killed is None or leading.telling.day_from is None:
        return None
    low, best, high = killed
    entry = Ranked("", date.fromordinal(leading.telling.day_from), low or best or 0, best, high)
    return Entry(entry, None, leading.telling.admin1, leading.telling.country)
