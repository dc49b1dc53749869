"""What an article tells of one incident, claim by claim, against what the record has of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from marsad.assess.checking.against import against, checkable
from marsad.assess.checking.days import dated, names_its_day, tells_a_day, wrong_day
from marsad.assess.checking.otherwise import accused_otherwise, no_single_day, wrong_place
from marsad.assess.voices import category_of
from marsad.extract.acting import acting_in, days_named, is_exactly
from marsad.extract.spelled_out import exact_numbers
from marsad.extract.spoken_places import besides
from marsad.model import (
    Bound,
    Case,
    Category,
    Checked,
    Claim,
    Finding,
    Flag,
    Measure,
    Modality,
    Role,
    Scope,
    Step,
    Text,
    Verdict,
    When,
)
from marsad.pipeline.check_meant import Asked
from marsad.text.lexicon import languages, lexicon
from marsad.text.normal import fold
from marsad.text.numbers import quantity_at
from marsad.text.sentences import sentences
from marsad.text.tokens import tokens

_DAY_OR_MONTH = (1, 4)
"""Precisions of a day and of a month."""

_BESIDE = 120
"""Characters within which two numbers may be the two parts of one."""

_PARTS = 3
"""Numbers that are looked at for those that make up another one."""

_ABOUT = 10
"""What share of a sum "about fifty" may be off: a tenth."""

_NEAR_DAYS, _CODE, _ISO = 4, 3, 10
"""Days within which a report without a place may be of the incident that is meant; dashes in a code, letters of its day."""

_CAMP_REACH, _CAMP_ENDS = 60, re.compile(r"[,.;:()،؛]")
"""How many characters behind a number say of whom they were: "six members | of the Frontier Commandos"; what ends them."""

_STATE, _STEM = "Government of ", 4
"""How the names of states begin as those who did it; letters by which a country's adjective is known: "Turk|ish"."""

_MOST_NUMBERS, _MOST_PARTS = 8, 5
"""Numbers among which a sum is looked for, and of how many: of more some always add up."""

_ONE = frozenset({"one", "un", "une", "uno", "una", "a", "an", "1", "واحد", "واحدة"})
_SOON = 220
"""Within how many characters of a number that was taken back the new one stands."""

_EARLIER = frozenset({"check.earlier", "check.withdrawn"})


def claims_against(
    one: Asked, added: Sequence[tuple[int, int, int]], report: Text, every: Sequence[Claim]
) -> Iterator[Checked]:
    """Yield the verdicts on the claims of one incident; `added` are people added to a toll, who are nobody's toll.

    A number that sums up others of the article, told apart by day or place, is the toll of none: `every` are all its claims.
    """
    claims = [c for c in one.claims if checkable(c) and not is_added(c, added) and not _of_some(c, report.lang)]
    case = one.case or one.misdated or one.misplaced
    if case is None:
        for claim in claims:
            total = one.totals.get(claim.claim_id)
            unknown = Checked(claim.start, claim.end, claim.text, Verdict.UNKNOWN, (Step("check.no-incident"),))
            yield unknown if total is None else no_single_day(claim, *total)
        return
    yield from _off(one, claims, report)
    parties = acting_in(report, [c.start for c in claims]) or _states_told(claims, case, report)
    parties = parties or _accused(claims, case, report)
    by = accused_otherwise(parties, claims, case)
    if by is not None:
        yield by
    claims = [c for c in claims if c.same_as is None]
    judged = [(claim, _judged(claim, case, one, report)) for claim in claims]
    rightly = {
        (c.attribution[0], c.measure, category_of(c))
        for c, hit in judged
        if hit.verdict is Verdict.AGREES and c.attribution
    }
    up_to_date = {_counted(c) for c, hit in judged if hit.verdict is Verdict.AGREES}
    for claim, hit in judged:
        spoken = (claim.attribution[0], claim.measure, category_of(claim)) if claim.attribution else None
        if hit.verdict is Verdict.DIFFERS and spoken in rightly:
            # One speaker with two numbers, one of them his: the other is told in another's words, or in the article's own.
            hit = _judged(replace(claim, attribution=()), case, one, report)
        named = _told_of(claim, case, report) if hit.verdict is Verdict.DIFFERS else None
        if named is not None:
            hit = _judged(replace(claim, attribution=(named,)), case, one, report)
        total = one.totals.get(claim.claim_id)
        if hit.verdict in (Verdict.DIFFERS, Verdict.UNKNOWN) and total is not None:
            yield no_single_day(claim, *total)
            continue
        # "He first spoke of 50, later of 57": who gives today's number beside the older one gives both rightly.
        earlier = _counted(claim) in up_to_date and any(s.rule in _EARLIER for s in hit.why)
        if hit.verdict is Verdict.DIFFERS and one.case is None:
            continue  # what is off in its day and in its number, too, is another incident
        if hit.verdict is Verdict.DIFFERS and (_sums_up(claim, every) or _is_part(claim, judged, case)):
            continue
        if hit.verdict is Verdict.DIFFERS and _sums_up_numbers(claim, report):
            continue
        if hit.verdict is Verdict.DIFFERS and (_is_somebody(claim) or _is_others_none(claim, hit)):
            continue
        other = _names_the_other(one, claim, report) or _may_be_of_it(one, claim, case)
        still = _was_so(claim, case, report) and not any(s.rule == "check.at-least" for s in hit.why)
        fair = hit.verdict is Verdict.DIFFERS and (earlier or other or still or _gives_the_new_one(claim, case, report))
        yield replace(hit, verdict=Verdict.AGREES) if fair else hit


def _states_told(claims: Sequence[Claim], case: Case, report: Text) -> list[str]:
    """Return the states that an article has do it ("an American drone"), where it speaks nowhere of one that the record names.

    Only in Latin letters, by which a state's name is known again in its adjective.
    """
    told = [c.perpetrator for c in claims if c.perpetrator is not None and c.perpetrator.startswith(_STATE)]
    harmed = fold(" ".join(c.text for c in claims))  # "40 Russian soldiers" were not killed by Russia
    told = [name for name in told if fold(name.removeprefix(_STATE))[:_STEM] not in harmed]
    named = {f.claim.perpetrator for f in case.findings if f.claim.perpetrator is not None}
    text = fold(report.text)
    stems = [fold(name.removeprefix(_STATE))[:_STEM] for name in named if name]
    if not text.isascii() or not all(name and name.startswith(_STATE) for name in named):
        return []
    return [] if any(stem in text for stem in stems) else list(dict.fromkeys(told))


def _accused(claims: Sequence[Claim], case: Case, report: Text) -> list[str]:
    """Return who an article says did it, where it names none of those who did in the record."""
    told = dict.fromkeys(c.perpetrator for c in claims if c.perpetrator is not None)
    named = {f.claim.perpetrator for f in case.findings if f.claim.perpetrator is not None}
    spoken = {token.form for token in tokens(report.text)}
    if any({token.form for token in tokens(name)} <= spoken for name in named if name):
        return []
    return [] if any(name.startswith(_STATE) for name in told) else list(told)


def _counted(claim: Claim) -> tuple[Measure, Category | None]:
    """Return whom a claim counts: all, where it is no part, whatever it calls them."""
    whole = claim.group is None and claim.subset_of is None
    return claim.measure, Category.TOTAL if whole else category_of(claim)


def _judged(claim: Claim, case: Case, one: Asked, report: Text) -> Checked:
    behind = _CAMP_ENDS.split(report.text[claim.end : claim.end + _CAMP_REACH], maxsplit=1)[0]
    return against(
        claim,
        case,
        one.elsewhere.get(claim.claim_id, ()),
        exactly=is_exactly(report, claim),
        published=report.published,
        words=claim.text + behind,
    )


def _told_of(claim: Claim, case: Case, report: Text) -> str | None:
    """Return whose number a claim is, if the sentence of the claim names him as well: of two speakers he was meant."""
    if not claim.attribution or claim.value is None:
        return None
    said = {token.form for token in tokens(_sentence(report, claim))}
    for finding in case.findings:
        other = finding.claim
        if other.measure is claim.measure and other.value == claim.value and category_of(other) is category_of(claim):
            for name in (*other.attribution[:1], finding.fold.origin.name):
                if {token.form for token in tokens(name)} <= said and name != claim.attribution[0]:
                    return name
    return None


def _off(one: Asked, claims: Sequence[Claim], report: Text) -> Iterator[Checked]:
    """Yield what is one off in the scene, the day or the town; an article that names the right one as well tells of both."""
    case = one.case or one.misdated or one.misplaced
    known = case.incident.when if case is not None else None
    if case is None or not claims:
        return
    if one.misplaced is not None:
        places = {name for f in case.findings if (p := f.claim.place) for name in (p.words, p.name, p.name_ar) if name}
        if Flag.PLACE_INFERRED in claims[0].flags and _names_a_place(claims[0], besides(report)):
            return  # its own sentence names another place, which no list has
        if not any(words in besides(report).text for words in places):
            yield wrong_place(claims[0], case)
        return
    if known is not None and known.precision == 1 and known.start in days_named(report):
        return
    if one.misdated is not None:
        days = (c for c in claims if c.occurred and c.occurred.words and c.occurred.precision in _DAY_OR_MONTH)
        days = (c for c in days if c.occurred and (c.occurred.precision == 1 or not c.occurred.carried))
        day = next((c for c in days if c.occurred and known and tells_a_day(c.occurred, known.start)), None)
        if day is not None and (_is_of_print(day, case, report) or _steps_to(day, known, report)):
            return
        if day is not None and day.occurred is not None and names_its_day(case):
            told = day.occurred
            named = told.start.isoformat() if told.precision == 1 else f"{told.start:%Y-%m}"
            yield wrong_day(day, case, named)
        return
    hits = (
        hit
        for claim in claims
        if (hit := dated(claim, case)) is not None
        and not _is_of_print(claim, case, report)
        and not _steps_to(claim, known, report)
    )
    yield from (hit for hit in [next(hits, None)] if hit is not None)


def _names_a_place(claim: Claim, report: Text) -> bool:
    """Tell whether the sentence of a claim has a name behind a word that leads to a place."""
    if report.lang not in languages():
        return False
    before, line = lexicon(report.lang).forms("places.before"), tokens(_sentence(report, claim))
    led = [k for k, token in enumerate(line) if token.form in before]
    return any(token.capital for k in led for token in line[k + 1 : k + 3])


def _is_of_print(claim: Claim, case: Case, report: Text) -> bool:
    """Tell whether the day told is the one on which somebody gave the number: "on 21 October we reported 33 deaths"."""
    when, lang = claim.occurred, report.lang
    if when is None or when.words is None or lang not in languages() or lang is None:
        return False
    if when.start not in {f.published for f in case.findings}:
        return False
    said = _sentence(report, claim)
    if when.words not in said:
        return False
    between = said[said.find(when.words) + len(when.words) : max(0, said.find(claim.text))]
    return bool(lexicon(lang).section("attribution.say").find(lexicon(lang).counting_line(between, 0, len(between))))


def _steps_to(claim: Claim, known: When | None, report: Text) -> bool:
    """Tell whether an article names as many days as lie between the day told and the known one: "on Monday, three days after"."""
    told, lang = claim.occurred, report.lang
    if told is None or known is None or told.precision > 1 or lang not in languages() or lang is None:
        return False
    off, words = abs((told.start - known.start).days), lexicon(lang)
    line = words.counting_line(report.text, 0, len(report.text))
    for at in range(len(line) - 1):
        many = quantity_at(words, line, at)
        unit = words.data["dates"]["units"].get(line[many.after].form) if many and many.after < len(line) else None
        if unit and many is not None and many.value and off > 1 and many.value * unit == off:
            return True
    return False


def _sums_up(claim: Claim, every: Sequence[Claim]) -> bool:
    """Tell whether a number is the sum of the two or three told next to it, of other days or places."""
    told = [c for c in every if c.measure is claim.measure and c.value and c.group is None and c.start != claim.start]
    behind = [c for c in told if c.start > claim.start][:_PARTS]
    before = [c for c in told if c.start < claim.start][-_PARTS:]
    for near in (behind, before[::-1]):
        for k in range(2, len(near) + 1):
            apart = {
                (c.occurred and c.occurred.start, c.place and (c.place.place_id or c.place.words)) for c in near[:k]
            }
            made = sum(c.value or 0 for c in near[:k])
            about = claim.bound is Bound.ABOUT and abs(made - (claim.value or 0)) * _ABOUT <= made
            if (made == claim.value or about) and len(apart) == k:
                return True
    return False


def _sums_up_numbers(claim: Claim, report: Text) -> bool:
    """Tell whether a number is the sum of two to five others of its sentence and the one before it: "27 lives in five weeks"."""
    spans = [(s.start, s.end) for s in sentences(report.text)]
    at = next((k for k, (start, end) in enumerate(spans) if start <= claim.start < end), None)
    if at is None or claim.value is None or report.lang not in languages() or claim.subset_of is not None:
        return False
    told = [n for start, end in spans[max(0, at - 1) : at + 1] for n in exact_numbers(report, start, end)]
    parts = [n for n, start in told if start != claim.start and 1 < n < (claim.value or 0)][:_MOST_NUMBERS]
    return any(sum(some) == claim.value for k in range(2, _MOST_PARTS + 1) for some in combinations(parts, k))


def _is_part(claim: Claim, judged: Sequence[tuple[Claim, Checked]], case: Case) -> bool:
    """Tell whether a number and the one beside it make up a toll that the record bears out: "nine at once, four later", or
    that it has: "six adults and two children" of its eight."""
    right = {c.value for c, hit in judged if hit.verdict is Verdict.AGREES and c.measure is claim.measure and c.value}
    whole = [f.claim for f in case.findings if f.role is Role.COUNTED and f.claim.scope is Scope.INCIDENT]
    right |= {
        c.value for c in whole if c.measure is claim.measure and c.group is None and c.subset_of is None and c.value
    }
    near = [c for c, _ in judged if c.measure is claim.measure and c.value and c.start != claim.start]
    return any((c.value or 0) + (claim.value or 0) in right for c in near if abs(c.start - claim.start) < _BESIDE)


def _is_somebody(claim: Claim) -> bool:
    """Tell whether one person is told of without a number, "his brother": no toll is meant by him."""
    return claim.value == 1 and not _ONE.intersection(token.form for token in tokens(claim.text))


def _is_others_none(claim: Claim, hit: Checked) -> bool:
    """Tell whether somebody of whom the record has no number says that nobody was harmed: of his own, it may be."""
    return claim.value == 0 and bool(claim.attribution) and not any(s.rule == "check.source-differs" for s in hit.why)


def _was_so(claim: Claim, case: Case, report: Text) -> bool:
    """Tell whether a number stood when the article appeared: who gave it gave another one only on a later day."""
    day, last = report.published, dict[str, Finding]()
    if day is None or claim.value is None:
        return False
    told = [f for f in case.findings if f.claim.measure is claim.measure and f.claim.scope is Scope.INCIDENT]
    told = [f for f in told if f.published is not None and f.claim.value is not None and f.role is not Role.REJECTED]
    told = [
        f for f in told if category_of(f.claim) is category_of(claim) and f.claim.modality is not Modality.RETRACTED
    ]
    for finding in sorted(told, key=lambda f: (f.published or day, f.claim.value or 0)):
        if (finding.published or day) <= day:
            last[finding.fold.origin.name] = finding
    revised = {f.fold.origin.name for f in case.findings if f.published is not None and f.published > day}
    return any(f.claim.value == claim.value and name in revised for name, f in last.items())


def _gives_the_new_one(claim: Claim, case: Case, report: Text) -> bool:
    """Tell whether an article that gives a number which was taken back or replaced gives the one instead, too, near it."""
    old = (f for f in case.findings if f.claim.modality is Modality.RETRACTED or f.role is Role.SUPERSEDED)
    back = {f.claim.value for f in old}
    if claim.value not in back:
        return False
    current = {f.claim.value for f in case.findings if f.role is Role.COUNTED and f.claim.measure is claim.measure}
    near = [s for s in sentences(report.text) if s.start <= claim.end + _SOON and s.end >= claim.start - _SOON]
    said = {n for s in near for n, at in exact_numbers(report, s.start, s.end) if abs(at - claim.start) <= _SOON}
    return bool(said & (current - back))


def _may_be_of_it(one: Asked, claim: Claim, case: Case) -> bool:
    """Tell whether the number is told, within days, of an incident without a place: a report that may be of the one meant."""
    known = case.incident.when
    for code, _ in one.elsewhere.get(claim.claim_id, ()):
        place, *day = code.rsplit("-", 3) if code.count("-") >= _CODE else [code]
        if place == "UNPLACED" and known is not None:
            told = date.fromisoformat("-".join(day)[:_ISO])
            return abs((told - known.start).days) <= _NEAR_DAYS
    return False


def _sentence(report: Text, claim: Claim) -> str:
    return next((report.text[s.start : s.end] for s in sentences(report.text) if s.start <= claim.start < s.end), "")


def _names_the_other(one: Asked, claim: Claim, report: Text) -> bool:
    """Tell whether the sentence of a claim names the place of the other incident whose toll its number is: it tells of both."""
    said = _sentence(report, claim)
    codes = (code.rsplit("-", 3)[0].replace("-", " ") for code, _ in one.elsewhere.get(claim.claim_id, ()))
    names = {name.casefold() for name in (*codes, one.elsewhere_named.get(claim.claim_id, ""))} - {"", "unplaced"}
    case = one.case or one.misdated or one.misplaced
    own = case.incident.place if case is not None else None
    if own is not None:  # "Mogadishu" names the market and the hotel alike
        names -= {name.casefold() for name in (own.name, own.words) if name}
    return any(name in said.casefold() for name in names)


def is_added(claim: Claim, added: Sequence[tuple[int, int, int]]) -> bool:
    """Tell whether a claim stands within one of these spans, each with its number: "two more"."""
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
