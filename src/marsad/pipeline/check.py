"""An article checked: each of its claims against the record, its sums, its dates, its confirmations and its superlatives.

Nothing is stored, and nothing of a war is concluded from an article: it is only compared.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta

from marsad.assess.checking.adding_up import adding_up
from marsad.assess.checking.confirmed import confirmed
from marsad.assess.checking.ranks import Ranked, not_first, ranked
from marsad.assess.checking.reckoned import reckoned
from marsad.assess.voices import category_of
from marsad.collect.incoming import Incoming
from marsad.collect.text_of import text_of
from marsad.extract.asserted import additions_in, confirmations_in, superlatives_in
from marsad.extract.listed import listed
from marsad.extract.spelled_out import misreckoned, sums_in
from marsad.extract.spoken_places import besides, places_of_speakers
from marsad.extract.windows import WINDOW
from marsad.model import (
    Case,
    Checked,
    Claim,
    Measure,
    Place,
    ReportId,
    Step,
    Superlative,
    Text,
    Verdict,
)
from marsad.pipeline.assets import gazetteer_path
from marsad.pipeline.cases import cases
from marsad.pipeline.check_claims import claims_against, is_added
from marsad.pipeline.check_meant import Asked, as_news, asked_of, cases_named
from marsad.pipeline.check_ranks import Entry, by_day, current, numbered
from marsad.pipeline.check_totals import totals_against
from marsad.pipeline.known import state_of
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.reading import read_reports
from marsad.text.actors import actor_called
from marsad.text.gazetteer import Gazetteer
from marsad.text.language import language_of
from marsad.text.sentences import sentences
from marsad.text.sound import consonants
from marsad.text.tokens import tokens
from marsad.text.words import say

_MAINLY = 0.6
"""Share of incidents of a record in one country from which it is a record of that country."""

_CLOSE, _ENDS = 30, re.compile(r"[.;!?؟؛]")
"""How near behind a superlative's clause a number is of what it is compared with."""

_DOUBTFUL = 5
"""Incidents that may surpass a superlative, and are looked into for numbers that were replaced."""

_SETTLED = 3
"""Place precision up to which a place is a scene by itself."""


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
    if not any(claim.place is not None and claim.place.country for claim in claims):
        claims = _at_home(observatory, incoming, text, superlatives) or claims
    claims = [c for c in claims if c.rule != WINDOW]  # no article is accused by what is only likely to be a count
    claims = [c for c in claims if not any(_of_the_other(c, said, text) for said in superlatives)]
    sums = sums_in(report)
    claims = [c for c in claims if not any(c.start < end and start < c.end for start, end in sums)]
    asked = list(asked_of(observatory, besides(report), claims, incoming.published))
    scene = {claim: str(n) for n, one in enumerate(asked) for claim in one.telling.claims}
    added, parts = list(additions_in(report)), listed(report, claims)
    scene |= {part.claim_id: scene[part.subset_of] for part in parts if part.subset_of in scene}
    found = [hit for one in asked for hit in claims_against(one, added, report, claims)]
    judged = {(hit.start, hit.end) for hit in found if hit.verdict is not Verdict.UNKNOWN}
    with observatory.derived(read_only=True) as derived:
        totals = [hit for hit in totals_against(claims, derived) if (hit.start, hit.end) not in judged]
    known = {(hit.start, hit.end) for hit in totals}
    found = [*(hit for hit in found if (hit.start, hit.end) not in known), *totals]
    found = [hit for hit in found if not _day_of_another(hit, asked, text)]
    borne_out = {(hit.start, hit.end) for hit in found if hit.verdict is Verdict.AGREES}
    whole = [as_news(c) for c in (*claims, *parts) if not is_added(c, added)]
    clashes = adding_up(whole, text, scene, added)
    found += (hit for hit in clashes if not _two_tolls(hit, whole, borne_out))
    found += map(reckoned, misreckoned(report))
    for c in confirmations_in(report):
        near = sorted(asked, key=lambda one: min((abs(k.start - c.start) for k in one.claims), default=0))
        told = [case for one in near if (case := _met(one)) is not None]
        hit = confirmed(c, told or list(cases_named(observatory, c.text)))
        found += [hit] if hit is not None else []
    found += (_ranked(observatory, said, asked, text) for said in superlatives)
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
    [read] = read_reports([("article", replace(incoming, data=text.encode(), name="article.txt"))], 1)
    read_claims = _without_offices(incoming, text, read.claims)
    masked = text
    for said in superlatives:
        if not any(said.start < claim.end and claim.start < said.clause for claim in read_claims):
            masked = masked[: said.start] + " " * (said.clause - said.start) + masked[said.clause :]
    if masked == text:
        return read_claims
    [again] = read_reports([("article", replace(incoming, data=masked.encode(), name="article.txt"))], 1)
    before = {(c.start, c.end, c.measure): c.place for c in read_claims}
    return [_placed(c, before.get((c.start, c.end, c.measure)), masked) for c in again.claims]


def _without_offices(incoming: Incoming, text: str, claims: Sequence[Claim]) -> Sequence[Claim]:
    """Return the claims of an article, those placed by whose somebody is who speaks with the place that is told besides.

    "… near Limbe. Ten passengers were killed, the diocese of Mamfe said" puts it near Limbe, whoever says so.
    """
    lang = incoming.lang or language_of(text)
    report = Text(ReportId("article"), text, incoming.published, incoming.outlet, lang)
    zones = places_of_speakers(report)
    if not zones:
        return claims
    masked = besides(report).text
    [again] = read_reports([("article", replace(incoming, data=masked.encode(), name="article.txt"))], 1)
    elsewhere = {(c.start, c.end, c.measure): c.place for c in again.claims}
    spoken = {text[start:end] for start, end in zones}

    def placed(claim: Claim) -> Claim:
        lent = claim.place is not None and any(claim.place.words in words for words in spoken)
        key = (claim.start, claim.end, claim.measure)
        return replace(claim, place=elsewhere[key]) if lent and key in elsewhere else claim

    return [placed(claim) for claim in claims]


def _at_home(
    observatory: Observatory, incoming: Incoming, text: str, superlatives: Sequence[Superlative]
) -> Sequence[Claim]:
    """Return the claims of an article that names no country, read as one about the country of the record.

    "Near Marib", says a paper whose readers know that it lies in Yemen. [] where the record is of no one country.
    """
    countries = Counter(state_of(observatory).incidents().column("country").drop_null().to_pylist())
    code, n = next(iter(countries.most_common(1)), ("", 0))
    if n < _MAINLY * max(1, countries.total()):
        return []
    name = Gazetteer.open(gazetteer_path()).country_name(code)
    return [c for c in _read(incoming, f"{text}\n\n{name}.", superlatives) if c.end <= len(text)]


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


def _of_the_other(claim: Claim, said: Superlative, text: str) -> bool:
    """Tell whether a number is of what a superlative counts from: "the deadliest since Sabt in April, when 58 were killed"."""
    if said.compared is not None and said.compared[0] <= claim.start < said.compared[1] <= said.start:
        return True  # "since the winter, when 24 were killed in Dnipro, no strike had claimed so many"
    between = text[said.clause : claim.start] if said.compared is not None and said.clause <= claim.start else None
    return between is not None and len(between) < _CLOSE and _ENDS.search(between) is None


def _day_of_another(hit: Checked, asked: Sequence[Asked], text: str) -> bool:
    """Tell whether the day that an incident is told on is that of another one told in the same sentence."""
    if hit.verdict is not Verdict.WRONG_DATE:
        return False
    said = next((s for s in sentences(text) if s.start <= hit.start < s.end), None)
    day = next((step.values["told"] for step in hit.why if step.rule == "check.wrong-day"), None)
    for one in asked:
        known = one.case.incident.when if one.case is not None else None
        if said is None or known is None or one.case is None or one.case.incident.code == hit.incident:
            continue
        same = day is not None and str(day) in (known.start.isoformat(), f"{known.start:%Y-%m}")
        if same and any(said.start <= c.start < said.end for c in one.claims):
            return True
    return False


def _two_tolls(clash: Checked, claims: Sequence[Claim], borne_out: Set[tuple[int, int]]) -> bool:
    """Tell whether numbers clash only because they are several tolls: as it was and as it is, of two places, of two who count.

    Two numbers of which neither is part of the other may always be: "18 at first, 22 in the end", "nine soldiers, and four of
    its own"; what the record has tells which of them is wrong.
    """
    told = [c for c in claims if c.claim_id in clash.why[0].claims]
    if clash.why[0].values.get("n") != len(told):
        return False  # "rose from 8 to 12 after three more died"
    if len(told) == _PAIR and not any(c.subset_of for c in told):
        return True
    same = len({(c.measure, category_of(c)) for c in told}) == 1
    whole = sum(c.value or 0 for c in told)
    if same and len(told) > 1 and any(c.value == whole and c.measure is told[0].measure for c in claims):
        return True  # "13 in all; nine at once and four later": two parts of one toll
    lost = any(c.place is None or not c.place.found for c in told)
    return same and len(told) > 1 and (lost or all((c.start, c.end) in borne_out for c in told))


_PAIR = 2


def _ranked(observatory: Observatory, said: Superlative, asked: Sequence[Asked], text: str) -> Checked:
    """Return whether the record bears a superlative out: of the incident that the article last told of, if the record has it."""
    state = state_of(observatory)
    leading = _spoken_of(said, asked, text)
    every = list(numbered(state, observatory.policies, said.of))
    named = _named_by(said, every, text) if leading is None or _met(leading) is None else None
    if (leading is None and named is None) or not every:
        step = Step("check.no-incident")
        return Checked(said.start, said.end, said.text, Verdict.SUPERLATIVE_UNSURE, (step,))
    mine = named or (_mine(leading, every) if leading is not None else None)
    if mine is None:
        step = Step("check.no-toll")
        return Checked(said.start, said.end, said.text, Verdict.SUPERLATIVE_UNSURE, (step,))
    if said.named and not any(e.lies_in(said.named) for e in every):
        said = replace(said, named=())  # no place of the record: a country under another name, a month
    day = mine.ranked.day
    since = _since(said, mine, every, text)
    last = said.since.end if said.since else date.max
    there = [e for e in every if e.within(said) and mine.beside(e, said) and e.ranked.day <= last]
    within = [e for e in there if (said.still or e.ranked.day <= day) and (since is None or e.ranked.day >= since)]
    begins = min(e.ranked.day for e in every)
    if said.first:
        return not_first(said, mine.ranked, [e.ranked for e in within], begins)
    if said.of_day:
        days = by_day([*within, mine])
        return ranked(said, days[day], list(days.values()), begins)
    others = [e.ranked for e in within]
    top = mine.ranked.high or mine.ranked.best or mine.ranked.low
    doubtful = sorted(
        (o for o in others if o.low <= top < (o.high or o.best or 0)), key=lambda o: (-(o.high or 0), o.code)
    )
    for one in doubtful[:_DOUBTFUL]:
        if one.code != mine.ranked.code:
            others[others.index(one)] = current(next(cases(observatory, incident=one.code)), one)
    return ranked(said, mine.ranked, others, begins)


def _since(said: Superlative, mine: Entry, every: Sequence[Entry], text: str) -> date | None:
    """Return the first day that a superlative is said of; behind the incident that its words count from, where they name one."""
    start = said.since.start if said.since else None
    if said.compared is None:
        return start
    words = text[slice(*said.compared)].casefold()
    named = [e for e in every if _called_in(e, words) and e.ranked.code != mine.ranked.code]
    named = [
        e for e in named if e.ranked.day < mine.ranked.day and (said.since is None or said.since.start <= e.ranked.day)
    ]
    return max(e.ranked.day for e in named) + timedelta(days=1) if named else start


def _named_by(said: Superlative, every: Sequence[Entry], text: str) -> Entry | None:
    """Return the one incident of the time whose place the sentence of a superlative names, outside of what it compares with."""
    sentence = next((s for s in sentences(text) if s.start <= said.start < s.end), None)
    if sentence is None:
        return None
    start, end = said.compared or (sentence.end, sentence.end)
    words = f"{text[sentence.start : start]} {text[end : sentence.end]}".casefold()
    since = said.since
    there = [e for e in every if _called_in(e, words)]
    there = [e for e in there if since is None or since.start <= e.ranked.day <= since.end]
    return there[0] if len(there) == 1 else None


def _called_in(entry: Entry, words: str) -> bool:
    """Tell whether words name the place of an incident, in whatever script."""
    if any(name.casefold() in words for name in entry.names):
        return True
    spoken = {consonants(token.text) for token in tokens(words) if token.kind == "word"}
    return any(len(bones) > _SETTLED and bones in spoken for bones in map(consonants, entry.names))


def _spoken_of(said: Superlative, asked: Sequence[Asked], text: str) -> Asked | None:
    """Return what a superlative is said of: what its sentence tells, else what was told last before it, else what follows."""
    known = [one for one in asked if _met(one) is not None] or list(asked)
    sentence = next((s for s in sentences(text) if s.start <= said.start < s.end), None)

    def far(one: Asked) -> tuple[bool, bool, int]:
        inside = sentence is not None and any(sentence.start <= c.start < sentence.end for c in one.claims)
        at = min((c.start for c in one.claims), key=lambda start: abs(start - said.start), default=0)
        return not inside, at > said.start, abs(at - said.start)

    return min(known, key=far, default=None)


def _met(one: Asked) -> Case | None:
    return one.case or one.misdated or one.misplaced


def _mine(leading: Asked, every: Sequence[Entry]) -> Entry | None:
    """Return what is ranked: the record's incident with its toll there, else the article's own number."""
    met = _met(leading)
    code = met.incident.code if met else None
    known = next((e for e in every if e.ranked.code == code), None)
    if known is not None:
        return known
    killed = leading.telling.figures.get(Measure.KILLED)
    if killed is None or leading.telling.day_from is None:
        return None
    low, best, high = killed
    entry = Ranked("", date.fromordinal(leading.telling.day_from), low or best or 0, best, high)
    return Entry(entry, None, leading.telling.admin1, leading.telling.country)
