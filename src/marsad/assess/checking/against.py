"""A number and a day of an article against what the sources of one incident say."""

from collections.abc import Iterator, Sequence
from datetime import date

from marsad.assess.checking.speakers import names_a_side, same_speaker
from marsad.assess.people import ABOUT, ends
from marsad.assess.voices import category_of
from marsad.model import (
    Bound,
    Case,
    Category,
    Checked,
    Claim,
    Finding,
    Measure,
    Modality,
    RelationKind,
    Role,
    Scope,
    Status,
    Step,
    Verdict,
    When,
)
from marsad.text.actors import actor_called
from marsad.text.tokens import tokens

_OUT = (Role.REJECTED, Role.CONTEXT)
_MOST_NAMED = 4
_WEEK = 8
"""Days before a text up to which "on Friday" is a day of it."""

_GUESSED = frozenset({"same-number", "nameless-same-number"})
"""Rules by which a number that names nobody is thought to be somebody's."""

_TOLD_BESIDE = frozenset({"beside-a-larger-number"})

_MONTH = 4
_UNITS = frozenset(
    {"month", "months", "mois", "mes", "meses", "mese", "mesi", "شهر", "الشهر", "أشهر", "weeks", "semaines"}
)

_LEAST = (Bound.AT_LEAST, Bound.MORE_THAN)
_OPEN = (Bound.AT_LEAST, Bound.MORE_THAN, Bound.ABOUT, Bound.AT_MOST, Bound.LESS_THAN)


def against(
    claim: Claim,
    case: Case,
    elsewhere: Sequence[tuple[str, str]] = (),
    *,
    exactly: bool = False,
    published: date | None = None,
) -> Checked:
    """Return how a claim of an article stands to the record's incident.

    With a speaker whom the record has, his words there are what counts; else anybody's. `elsewhere` are other incidents
    whose toll the number is: (code, who says so). `exactly` says that the article insists on its number. A number that a
    later report takes back is nobody's any more, unless the article was `published` before that.
    """
    voices = list(_voices(claim, case))
    back = withdrawn(claim, case, published)
    if back is not None:
        steps = [_said(v) for v in _distinct([v for v in voices if not _same(claim, v.claim)])[:_MOST_NAMED]]
        return _checked(claim, Verdict.DIFFERS, case.incident.code, Step("check.withdrawn", _values(back)), *steps)
    speaker = _name(claim.attribution[0]) if claim.attribution else None
    theirs = [v for v in voices if speaker is not None and _is(v, speaker)]
    theirs = _as_corrected(theirs, voices, case, speaker)
    standing = [v for v in theirs if _is_current(v, theirs, published)] or theirs
    current = [v for v in voices if _is_current(v, voices, published)]
    code = case.incident.code
    if (
        not any(category_of(v.claim) is category_of(claim) for v in voices)
        and (other := _of_the_other_side(claim, case)) is not None
    ):
        return _checked(claim, Verdict.DIFFERS, code, Step("check.other-side", {"code": code}), _said(other))
    if not voices:
        step = Step("check.nobody-counted", {"code": code, "measure": claim.measure, "category": _category(claim)})
        return _checked(claim, Verdict.UNKNOWN, code, step)
    if theirs:
        least = next((v for v in standing if _same(claim, v.claim)), None)
        if exactly and least is not None and all(v.claim.bound in _LEAST for v in standing if _same(claim, v.claim)):
            step = Step("check.at-least", _values(least), (least.claim.claim_id,))
            return _checked(claim, Verdict.DIFFERS, code, step)
        if any(_same(claim, v.claim) for v in standing):
            return _checked(claim, Verdict.AGREES, code, _said(next(v for v in standing if _same(claim, v.claim))))
        beside = _told_beside(claim, case)
        loosely = _said_by_him(claim, case, speaker or "") or (beside if beside and _is_lone(beside, case) else None)
        if loosely is not None:
            return _checked(claim, Verdict.AGREES, code, _said(loosely))
        steps = [_said(v) for v in standing[:1]]
        earlier = [v for v in theirs if v not in standing and _same(claim, v.claim)]
        if earlier:
            steps.insert(0, Step("check.earlier", _values(earlier[0]), (earlier[0].claim.claim_id,)))
        else:
            others = [v for v in current if v not in theirs and _same(claim, v.claim)]
            steps += [Step("check.others-number", _values(v), (v.claim.claim_id,)) for v in others[:1]]
        steps += _elsewhere(elsewhere)
        return _checked(claim, Verdict.DIFFERS, code, Step("check.source-differs", {"origin": speaker}), *steps)
    beyond = _beyond(claim, voices)
    agreeing = [v for v in current if _fits(claim, v.claim) and not (beyond and v.claim.bound in _LEAST)]
    if exactly and agreeing and all(v.claim.bound in _LEAST for v in agreeing):
        step = Step("check.at-least", _values(agreeing[0]), (agreeing[0].claim.claim_id,))
        return _checked(claim, Verdict.DIFFERS, code, step)
    if agreeing:
        unheard = [] if speaker is None else [Step("check.speaker-unknown", {"origin": speaker, "code": code})]
        return _checked(claim, Verdict.AGREES, code, _said(agreeing[0]), *unheard)
    side = _as_one_side(claim, case)
    if side is not None:
        return _checked(claim, Verdict.AGREES, code, _said(side))
    beside = [f for f in case.findings if f.claim.measure is claim.measure and f.claim.scope is Scope.INCIDENT]
    beside = [f for f in beside if _whole(f.claim) and _whole(claim) and f.role is Role.CONTEXT and _stands(f.claim)]
    beside = [
        f for f in beside if f.claim.value is not None and f.claim.value == claim.value and f.rule in _TOLD_BESIDE
    ]
    if beside:  # a number that the record counts for nobody, but that one of its reports tells
        return _checked(claim, Verdict.AGREES, code, _said(beside[0]))
    old = [v for v in voices if v.role is Role.SUPERSEDED and _fits(claim, v.claim)]
    steps = [Step("check.earlier", _values(old[0]), (old[0].claim.claim_id,))] if old else []
    steps += [_said(v) for v in _distinct(current)[:_MOST_NAMED]]
    steps += _elsewhere(elsewhere)
    return _checked(claim, Verdict.DIFFERS, code, Step("check.nobody-says", {"code": code}), *steps)


def dated(claim: Claim, case: Case) -> Checked | None:
    """Return that an article puts an incident on a day on which nobody in the record puts it; None where it does not.

    Only a day that the article names counts: one that was taken from its day of publication says nothing.
    """
    when, known = claim.occurred, case.incident.when
    if when is None or known is None or when.words is None or when.precision > 1 or known.precision > 1:
        return None
    if not tells_a_day(when, known.start):
        return None  # "on Friday", in a text of a month later
    days = [f.claim.occurred for f in case.findings if f.role not in _OUT and f.claim.occurred is not None]
    if not names_its_day(case):
        return None
    if any(other.start <= when.end and when.start <= other.end for other in (known, *days)):
        return None
    return wrong_day(claim, case, when.start.isoformat())


def by_date(when: When) -> bool:
    """Tell whether words name a day by its date ("14 November"), not by what it is counted from ("on Friday")."""
    words = when.words or ""
    month = when.precision == _MONTH and not _UNITS & {
        token.form for token in tokens(words)
    }  # "in April", no "last month"
    return when.against is None or month or any(char.isdigit() for char in words)


def tells_a_day(when: When, known: date) -> bool:
    """Tell whether words put something on a day: by its date, or, told within a week of it, by the day of the week."""
    return by_date(when) or (when.against is not None and -1 <= (when.against - known).days <= _WEEK)


def names_its_day(case: Case) -> bool:
    """Tell whether any report names the day of an incident; else the record took it from when reports were printed."""
    days = (f.claim.occurred for f in case.findings if f.role not in _OUT)
    return any(day is not None and day.words is not None and day.precision == 1 for day in days)


def wrong_day(claim: Claim, case: Case, told: str) -> Checked:
    """Return that the record has the incident of this claim on another day than the one told."""
    known = case.incident.when
    counting = [f for f in case.findings if f.role is Role.COUNTED and f.claim.occurred is not None]
    step = Step(
        "check.wrong-day",
        {"code": case.incident.code, "day": known.start.isoformat() if known else None, "told": told},
        tuple(f.claim.claim_id for f in counting[:_MOST_NAMED]),
    )
    return _checked(claim, Verdict.WRONG_DATE, case.incident.code, step, *(_said(f) for f in counting[:1]))


def checkable(claim: Claim) -> bool:
    """Tell whether a claim says a number of an incident that a record can bear out: no total of a war, no denial."""
    counted = claim.measure in (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED)
    stated = claim.modality in (Modality.ASSERTED, Modality.REPORTED)
    speaks = claim.value is not None or claim.low is not None or claim.high is not None
    return counted and stated and speaks and claim.scope is Scope.INCIDENT and claim.bound is not Bound.UNKNOWN


def _voices(claim: Claim, case: Case) -> Iterator[Finding]:
    """Yield who counted these people; where nobody did, who gives a whole toll that they must fit into."""
    told = [f for f in case.findings if f.claim.measure is claim.measure and f.role not in _OUT]
    told = [f for f in told if f.claim.scope is Scope.INCIDENT and f.claim.bound is not Bound.UNKNOWN]
    same = [f for f in told if category_of(f.claim) is category_of(claim)]
    if same or not _whole(claim):
        yield from same
        return
    against = {Status.CIVILIAN: Status.COMBATANT, Status.COMBATANT: Status.CIVILIAN}.get(claim.status)
    wholes = [f for f in told if _whole(f.claim) and f.claim.status is not against]
    if claim.status is Status.UNKNOWN or not names_a_side(claim.text) or _beyond(claim, wholes):
        yield from wholes
    else:  # "14 civilians" of "20 people": some of them may have been no civilians
        yield from (f for f in wholes if _fits(claim, f.claim))


def _whole(claim: Claim) -> bool:
    return claim.group is None and claim.subset_of is None


def _as_corrected(
    theirs: Sequence[Finding], voices: Sequence[Finding], case: Case, speaker: str | None
) -> list[Finding]:
    """Return a speaker's numbers with the one in whose favour he took another back, and without that."""
    back = [f for f in case.findings if f.claim.modality is Modality.RETRACTED and f.claim.value is not None]
    back = [f for f in back if speaker is not None and _is(f, speaker)]
    if not back:
        return list(theirs)
    old, reports = {f.claim.value for f in back}, {f.claim.report_id for f in back}
    new = [v for v in voices if v.claim.report_id in reports and v.claim.value not in old and v not in theirs]
    return [*(v for v in theirs if v.claim.value not in old), *new] or list(theirs)


def _said_by_him(claim: Claim, case: Case, speaker: str) -> Finding | None:
    """Return where a speaker gives this number all the same: of people called otherwise, or by a guess at whose it was.

    A number without a name that is thought to be his does not make his word an older one.
    """
    told = [f for f in case.findings if f.claim.measure is claim.measure and f.claim.value == claim.value]
    told = [f for f in told if claim.value is not None and f.role is not Role.REJECTED and _whole(f.claim)]
    told = [f for f in told if _whole(claim) and _is(f, speaker) and (_stands(f.claim) or _is_lone(f, case))]
    return next((f for f in told if f.role is Role.COUNTED or f.fold.rule in _GUESSED or _is_lone(f, case)), None)


def _told_beside(claim: Claim, case: Case) -> Finding | None:
    """Return where a report tells this number that the record counts for nobody: beside a larger one, or as if taken back,
    though the report gives no other instead."""
    told = [f for f in case.findings if f.claim.measure is claim.measure and f.claim.scope is Scope.INCIDENT]
    told = [f for f in told if _whole(f.claim) and _whole(claim) and f.role is Role.CONTEXT]
    told = [f for f in told if f.claim.value is not None and f.claim.value == claim.value]
    return next((f for f in told if (_stands(f.claim) and f.rule in _TOLD_BESIDE) or _is_lone(f, case)), None)


def _is_lone(finding: Finding, case: Case) -> bool:
    """Tell whether a number is marked as taken back in a report that puts none in its place: it is the new one itself."""
    if finding.claim.modality is not Modality.RETRACTED:
        return False
    beside = [f.claim for f in case.findings if f.claim.report_id == finding.claim.report_id]
    beside = [c for c in beside if c.measure is finding.claim.measure and c.claim_id != finding.claim.claim_id]
    return not any(_whole(c) and c.value is not None for c in beside)


def _of_the_other_side(claim: Claim, case: Case) -> Finding | None:
    """Return whoever counts as civilians so many people as the article has killed as fighters, or the other way round."""
    sides = {Status.CIVILIAN: Status.COMBATANT, Status.COMBATANT: Status.CIVILIAN}
    other = sides.get(claim.status)
    if other is None or claim.value is None or claim.group is not None:
        return None
    told = (f for f in case.findings if f.claim.measure is claim.measure and f.claim.value == claim.value)
    told = (f for f in told if f.role not in _OUT and f.claim.group is None and f.claim.scope is Scope.INCIDENT)
    return next((f for f in told if f.claim.status is other), None)


def _as_one_side(claim: Claim, case: Case) -> Finding | None:
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
    told = [f for f in told if _whole(f.claim)] if _whole(claim) else alike
    lower = {f.claim.report_id for f in told if (f.claim.value or 0) < claim.value and _stands(f.claim)}
    back = [f for f in told if f.claim.modality is Modality.RETRACTED and f.claim.value == claim.value]
    back = [f for f in back if f.claim.report_id in lower]
    still = [f.published for f in told if f.claim.value == claim.value and _stands(f.claim) and f.published]
    back = [f for f in back if published is None or f.published is None or f.published <= published]
    found = [f for f in back if f.published and all(day <= f.published for day in still)]
    return found[0] if found else None


def _is_current(finding: Finding, voices: Sequence[Finding], published: date | None) -> bool:
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
    return len(beside) > 1 and finding.claim.claim_id not in replaced and _stands(finding.claim) and not later


def _stands(claim: Claim) -> bool:
    return claim.modality in (Modality.ASSERTED, Modality.REPORTED)


def _beyond(claim: Claim, voices: Sequence[Finding]) -> bool:
    """Tell whether a number lies far above every number that anybody gave: "at least 38" bears out no 60."""
    said = [v.claim.value or v.claim.low or 0 for v in voices]
    low, _ = ends(claim)
    return low is not None and bool(said) and low * ABOUT > max(said) * (ABOUT + 1)


def _is(finding: Finding, speaker: str) -> bool:
    names = [finding.fold.origin.name, *finding.claim.attribution]
    return any(same_speaker(speaker, _name(name)) for name in names if name)


def _name(name: str) -> str:
    actor = actor_called(name)
    return actor.origin.name if actor is not None else name


def _same(claim: Claim, other: Claim) -> bool:
    """Tell whether two claims say the same number, as the same speaker would: "at least 95" is 95, "about 60" may be 63."""
    if claim.bound is Bound.ABOUT and other.value is not None:
        low, high = ends(claim)
        return (low or 0) <= other.value <= (high or other.value)
    if claim.value is not None and other.value is not None:
        return claim.value == other.value
    return _overlap(claim, other)


def _fits(claim: Claim, other: Claim) -> bool:
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


def _distinct(voices: Sequence[Finding]) -> list[Finding]:
    """Return one finding for each origin, the first; copies behind those who counted."""
    ordered = sorted(voices, key=lambda v: v.role is not Role.COUNTED)
    return list({v.fold.origin.name: v for v in reversed(ordered)}.values())[::-1]


def _said(finding: Finding) -> Step:
    return Step("check.says", _values(finding), (finding.claim.claim_id,))


def _values(finding: Finding) -> dict[str, str | int | None]:
    day = finding.published.isoformat() if finding.published else None
    words = " ".join(finding.claim.text.split())
    return {"origin": finding.fold.origin.name, "words": words, "outlet": finding.outlet, "day": day}


def _elsewhere(elsewhere: Sequence[tuple[str, str]]) -> list[Step]:
    return [Step("check.elsewhere", {"code": code, "origin": origin}) for code, origin in elsewhere[:2]]


def _category(claim: Claim) -> str:
    return category_of(claim) or Category.TOTAL


def _checked(claim: Claim, verdict: Verdict, code: str | None, *why: Step) -> Checked:
    return Checked(claim.start, claim.end, claim.text, verdict, why, code)
