"""Who in the record says what an article says of one incident: whose number it is, and whether he still stands by it."""

from collections.abc import Iterator, Sequence
from datetime import date

from marsad.assess.checking.speakers import camp_of, names_a_side, same_speaker
from marsad.assess.people import ABOUT, ends
from marsad.assess.voices import category_of
from marsad.model import Bound, Case, Category, Claim, Finding, Measure, Modality, RelationKind, Role, Scope, Status
from marsad.text.actors import actor_called
from marsad.text.language import language_of
from marsad.text.lexicon import languages, lexicon
from marsad.text.numbers import quantity_at
from marsad.text.tokens import form_of

_OUT = (Role.REJECTED, Role.CONTEXT)
_HARMED = (Measure.KILLED, Measure.KILLED_OR_INJURED)

_GUESSED = frozenset({"same-number", "nameless-same-number"})
"""Rules by which a number that names nobody is thought to be somebody's."""

_TOLD_BESIDE = frozenset({"beside-a-larger-number"})

LEAST = (Bound.AT_LEAST, Bound.MORE_THAN)
"""Bounds that leave open how many more there are."""

_OPEN = (Bound.AT_LEAST, Bound.MORE_THAN, Bound.ABOUT, Bound.AT_MOST, Bound.LESS_THAN)


def voices_of(claim: Claim, case: Case) -> Iterator[Finding]:
    """Yield who counted these people; where nobody did, who gives a whole toll that they must fit into."""
    told = [f for f in case.findings if f.claim.measure is claim.measure and f.role not in _OUT]
    told = [f for f in told if f.claim.scope is Scope.INCIDENT and f.claim.bound is not Bound.UNKNOWN]
    same = [f for f in told if category_of(f.claim) is category_of(claim)]
    if same or not is_whole(claim):
        yield from same
        return
    against = {Status.CIVILIAN: Status.COMBATANT, Status.COMBATANT: Status.CIVILIAN}.get(claim.status)
    wholes = [f for f in told if is_whole(f.claim) and f.claim.status is not against]
    if claim.status is Status.UNKNOWN or not names_a_side(claim.text) or beyond(claim, wholes):
        yield from wholes
    else:  # "14 civilians" of "20 people": some of them may have been no civilians
        yield from (f for f in wholes if fits(claim, f.claim))


def is_whole(claim: Claim) -> bool:
    """Tell whether a claim counts all, and no part that words single out."""
    return claim.group is None and claim.subset_of is None


def as_corrected(
    theirs: Sequence[Finding], voices: Sequence[Finding], case: Case, speaker: str | None
) -> list[Finding]:
    """Return a speaker's numbers with the one in whose favour he took another back, and without that."""
    back = [f for f in case.findings if f.claim.modality is Modality.RETRACTED and f.claim.value is not None]
    back = [f for f in back if speaker is not None and is_his(f, speaker)]
    if not back:
        return list(theirs)
    old, reports = {f.claim.value for f in back}, {f.claim.report_id for f in back}
    new = [v for v in voices if v.claim.report_id in reports and v.claim.value not in old and v not in theirs]
    return [*(v for v in theirs if v.claim.value not in old), *new] or list(theirs)


def said_by_him(claim: Claim, case: Case, speaker: str) -> Finding | None:
    """Return where a speaker gives this number all the same: of people called otherwise, or by a guess at whose it was.

    A number without a name that is thought to be his does not make his word an older one.
    """
    told = [f for f in case.findings if f.claim.measure is claim.measure and f.claim.value == claim.value]
    told = [f for f in told if claim.value is not None and f.role is not Role.REJECTED and is_whole(f.claim)]
    told = [f for f in told if is_whole(claim) and is_his(f, speaker) and (stands(f.claim) or is_lone(f, case))]
    return next((f for f in told if f.role is Role.COUNTED or f.fold.rule in _GUESSED or is_lone(f, case)), None)


def said_none(claim: Claim, case: Case, speaker: str) -> Finding | None:
    """Return where a speaker says that nobody was harmed, or no civilian, of whom an article has him count some."""
    if not claim.value or claim.measure not in _HARMED or claim.status is Status.COMBATANT:
        return None
    none = [f for f in case.findings if f.claim.value == 0 and f.claim.measure in _HARMED and stands(f.claim)]
    none = [f for f in none if f.role is not Role.REJECTED and f.claim.status in (Status.UNKNOWN, claim.status)]
    return next((f for f in none if is_his(f, speaker)), None)


def told_beside(claim: Claim, case: Case) -> Finding | None:
    """Return where a report tells this number that the record counts for nobody: beside a larger one, or as if taken back,
    though the report gives no other instead."""
    told = [f for f in case.findings if f.claim.measure is claim.measure and f.claim.scope is Scope.INCIDENT]
    told = [f for f in told if is_whole(f.claim) and is_whole(claim) and f.role is Role.CONTEXT]
    told = [f for f in told if f.claim.value is not None and f.claim.value == claim.value]
    return next((f for f in told if (stands(f.claim) and f.rule in _TOLD_BESIDE) or is_lone(f, case)), None)


def called_otherwise(claim: Claim, case: Case) -> Finding | None:
    """Return where somebody counts so many people, called otherwise: "four soldiers" are his "four members".

    Who counts civilians counts no fighters.
    """
    against = {Status.CIVILIAN: Status.COMBATANT, Status.COMBATANT: Status.CIVILIAN}.get(claim.status)
    told = (f for f in case.findings if f.role is Role.COUNTED and f.claim.measure is claim.measure)
    told = (f for f in told if f.claim.value is not None and f.claim.value == claim.value and is_whole(f.claim))
    return next((f for f in told if is_whole(claim) and f.claim.status is not against and stands(f.claim)), None)


def in_its_sentences(claim: Claim, case: Case) -> Finding | None:
    """Return a finding in whose sentence this number stands though no claim of the incident has it: it may have been misread."""
    if claim.value is None or any(f.claim.value == claim.value for f in case.findings):
        return None
    for finding in case.findings:
        lang = language_of(finding.sentence)
        if finding.claim.measure is not claim.measure or lang not in languages() or lang is None:
            continue
        known = lexicon(lang)
        line = known.counting_line(finding.sentence, 0, len(finding.sentence))
        said = (quantity_at(known, line, at) for at in range(len(line)))
        if any(number is not None and number.value == claim.value for number in said):
            return finding
    return None


def is_lone(finding: Finding, case: Case) -> bool:
    """Tell whether a number is marked as taken back in a report that puts none in its place: it is the new one itself."""
    if finding.claim.modality is not Modality.RETRACTED:
        return False
    beside = [f.claim for f in case.findings if f.claim.report_id == finding.claim.report_id]
    beside = [c for c in beside if c.measure is finding.claim.measure and c.claim_id != finding.claim.claim_id]
    return not any(is_whole(c) and c.value is not None for c in beside)


def of_the_other_side(claim: Claim, case: Case) -> Finding | None:
    """Return whoever counts as civilians so many people as the article has killed as fighters, or the other way round."""
    sides = {Status.CIVILIAN: Status.COMBATANT, Status.COMBATANT: Status.CIVILIAN}
    other = sides.get(claim.status)
    if other is None or claim.value is None or claim.group is not None:
        return None
    told = (f for f in case.findings if f.claim.measure is claim.measure and f.claim.value == claim.value)
    told = (f for f in told if f.role not in _OUT and f.claim.group is None and f.claim.scope is Scope.INCIDENT)
    return next((f for f in told if f.claim.status is other), None)


def of_the_other_camp(words: str, claim: Claim, case: Case) -> Finding | None:
    """Return whoever counts as the state's forces so many as the article has killed of those who fight it, or the other way
    round: "four separatist fighters" of his "four soldiers". None where anybody counts them as the article does."""
    mine = camp_of(words)
    if mine is None or claim.value is None:
        return None
    told = [f for f in case.findings if f.claim.measure is claim.measure and f.claim.value == claim.value]
    told = [f for f in told if f.role not in _OUT and f.claim.scope is Scope.INCIDENT]
    camps = [(f, camp_of(f.claim.text)) for f in told]
    if any(camp == mine for _, camp in camps):
        return None
    return next((f for f, camp in camps if camp is not None), None)


def as_one_side(claim: Claim, case: Case) -> Finding | None:
    """Return whoever gives just this number as a whole toll of civilians, or of fighters: "36 dead" of his "36 civilians"."""
    if category_of(claim) is not Category.TOTAL or claim.value is None or claim.bound is not Bound.EXACT:
        return None
    told = (f for f in case.findings if f.claim.measure is claim.measure and f.claim.value == claim.value)
    told = (f for f in told if f.role not in (*_OUT, Role.SUPERSEDED) and f.claim.group is None)
    return next((f for f in told if f.claim.subset_of is None and f.claim.scope is Scope.INCIDENT), None)


def withdrawn(claim: Claim, case: Case, published: date | None = None) -> Finding | None:
    """Return who took an exact number back that this claim gives, None where nobody did, or somebody still says it later.

    A number that only rose ("12, up from 8") was never wrong: its report gives a higher one.
    """
    if claim.value is None or claim.bound is not Bound.EXACT or claim.modality is Modality.RETRACTED:
        return None
    told = [f for f in case.findings if f.claim.measure is claim.measure and f.claim.value is not None]
    told = [f for f in told if f.role is not Role.REJECTED]
    alike = [f for f in told if category_of(f.claim) is category_of(claim)]
    told = [f for f in told if is_whole(f.claim)] if is_whole(claim) else alike
    lower = {f.claim.report_id for f in told if (f.claim.value or 0) < claim.value and stands(f.claim)}
    back = [f for f in told if f.claim.modality is Modality.RETRACTED and f.claim.value == claim.value]
    back = [f for f in back if f.claim.report_id in lower]
    still = [f.published for f in told if f.claim.value == claim.value and stands(f.claim) and f.published]
    back = [f for f in back if published is None or f.published is None or f.published <= published]
    found = [f for f in back if f.published and all(day <= f.published for day in still)]
    return found[0] if found else None


def is_current(finding: Finding, voices: Sequence[Finding], published: date | None) -> bool:
    """Tell whether nobody had said something else when the article was printed; two numbers of one report that does not call
    one old both stand."""
    if finding.role is not Role.SUPERSEDED:
        return True
    his = [v for v in voices if v.fold.origin.name == finding.fold.origin.name and v is not finding]
    newer = [v for v in his if (v.published or date.min) > (finding.published or date.min)]
    if published is not None and newer and all((v.published or date.min) > published for v in newer):
        return True
    beside = [v.claim for v in voices if v.claim.report_id == finding.claim.report_id]
    replaced = {r.target for c in beside for r in c.relations if r.kind is RelationKind.UPDATES}
    others = [v for v in voices if v.role is not Role.SUPERSEDED]
    later = any((v.published or date.min) > (finding.published or date.min) for v in others)
    return len(beside) > 1 and finding.claim.claim_id not in replaced and stands(finding.claim) and not later


def stands(claim: Claim) -> bool:
    """Tell whether a report stands by a number."""
    return claim.modality in (Modality.ASSERTED, Modality.REPORTED)


def beyond(claim: Claim, voices: Sequence[Finding]) -> bool:
    """Tell whether a number lies far above every number that anybody gave: "at least 38" bears out no 60."""
    said = [v.claim.value or v.claim.low or 0 for v in voices]
    low, _ = ends(claim)
    return low is not None and bool(said) and low * ABOUT > max(said) * (ABOUT + 1)


def is_his(finding: Finding, speaker: str) -> bool:
    """Tell whether a finding is this speaker's number, by its origin or by who is named."""
    names = [finding.fold.origin.name, *finding.claim.attribution]
    return any(same_speaker(speaker, called(name)) for name in names if name)


def is_called_so(finding: Finding, speaker: str | None) -> bool:
    """Tell whether a finding is of somebody who goes by just this name."""
    names = [finding.fold.origin.name, *finding.claim.attribution]
    return any(form_of(called(name)) == form_of(speaker or "") for name in names if name)


def called(name: str) -> str:
    """Return the name that a speaker goes by, one for all its spellings."""
    actor = actor_called(name)
    return actor.origin.name if actor is not None else name


def same_number(claim: Claim, other: Claim) -> bool:
    """Tell whether two claims say the same number, as the same speaker would: "at least 95" is 95, "about 60" may be 63."""
    if claim.bound is Bound.ABOUT and other.value is not None:
        low, high = ends(claim)
        return (low or 0) <= other.value <= (high or other.value)
    if claim.value is not None and other.value is not None:
        return claim.value == other.value
    return _overlap(claim, other)


def fits(claim: Claim, other: Claim) -> bool:
    """Tell whether what the article says can be what this source says."""
    if claim.bound is Bound.EXACT and other.bound in (Bound.EXACT, *_OPEN) and other.value is not None:
        return claim.value == other.value
    if claim.value is not None and claim.value == other.value:
        return True
    return _overlap(claim, other)


def _overlap(claim: Claim, other: Claim) -> bool:
    (low, high), (other_low, other_high) = ends(claim), ends(other)
    below = high is not None and other_low is not None and high < other_low
    above = low is not None and other_high is not None and low > other_high
    return not below and not above
