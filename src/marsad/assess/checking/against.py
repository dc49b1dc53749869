"""A number of an article against what the sources of one incident say."""

from collections.abc import Sequence
from datetime import date

from marsad.assess.checking.who_said import (
    LEAST,
    as_corrected,
    as_one_side,
    beyond,
    called,
    called_otherwise,
    fits,
    in_its_sentences,
    is_called_so,
    is_current,
    is_his,
    is_lone,
    of_the_other_camp,
    of_the_other_side,
    said_by_him,
    said_none,
    same_number,
    told_beside,
    voices_of,
    withdrawn,
)
from marsad.assess.voices import category_of
from marsad.model import Bound, Case, Category, Checked, Claim, Finding, Measure, Modality, Role, Scope, Step, Verdict

_MOST_NAMED = 4


def against(
    claim: Claim,
    case: Case,
    elsewhere: Sequence[tuple[str, str]] = (),
    *,
    exactly: bool = False,
    published: date | None = None,
    words: str | None = None,
) -> Checked:
    """Return how a claim of an article stands to the record's incident.

    With a speaker whom the record has, his words there are what counts; else anybody's. `elsewhere` are other incidents
    whose toll the number is: (code, who says so). `exactly` says that the article insists on its number. A number that a
    later report takes back is nobody's any more, unless the article was `published` before that. `words` are those of the number
    with what says of whom they were, where that goes beyond the claim.
    """
    voices = list(voices_of(claim, case))
    back = withdrawn(claim, case, published)
    if back is not None:
        steps = [_said(v) for v in _distinct([v for v in voices if not same_number(claim, v.claim)])[:_MOST_NAMED]]
        return _checked(claim, Verdict.DIFFERS, case.incident.code, Step("check.withdrawn", _values(back)), *steps)
    speaker = called(claim.attribution[0]) if claim.attribution else None
    theirs = [v for v in voices if speaker is not None and is_his(v, speaker)]
    theirs = [v for v in theirs if is_called_so(v, speaker)] or theirs  # "the military", not the army that fights it
    spoken = theirs
    theirs = as_corrected(theirs, voices, case, speaker)
    standing = [v for v in theirs if is_current(v, theirs, published)] or theirs
    current = [v for v in voices if is_current(v, voices, published)]
    code = case.incident.code
    if (
        not any(category_of(v.claim) is category_of(claim) for v in voices)
        and (other := of_the_other_side(claim, case)) is not None
    ):
        return _checked(claim, Verdict.DIFFERS, code, Step("check.other-side", {"code": code}), _said(other))
    if (enemy := of_the_other_camp(words or claim.text, claim, case)) is not None:
        return _checked(claim, Verdict.DIFFERS, code, Step("check.other-side", {"code": code}), _said(enemy))
    if not voices:
        step = Step("check.nobody-counted", {"code": code, "measure": claim.measure, "category": _category(claim)})
        return _checked(claim, Verdict.UNKNOWN, code, step)
    if speaker is not None and not theirs and (none := said_none(claim, case, speaker)) is not None:
        return _checked(claim, Verdict.DIFFERS, code, Step("check.source-differs", {"origin": speaker}), _said(none))
    if theirs and speaker is not None:
        return _against_him(claim, case, speaker, spoken, standing, current, elsewhere, exactly=exactly)
    far = beyond(claim, voices)
    agreeing = [v for v in current if fits(claim, v.claim) and not (far and v.claim.bound in LEAST)]
    if exactly and agreeing and all(v.claim.bound in LEAST for v in agreeing):
        step = Step("check.at-least", _values(agreeing[0]), (agreeing[0].claim.claim_id,))
        return _checked(claim, Verdict.DIFFERS, code, step)
    if agreeing:
        unheard = [] if speaker is None else [Step("check.speaker-unknown", {"origin": speaker, "code": code})]
        return _checked(claim, Verdict.AGREES, code, _said(agreeing[0]), *unheard)
    side = as_one_side(claim, case)
    if side is not None:
        return _checked(claim, Verdict.AGREES, code, _said(side))
    beside = told_beside(claim, case) or called_otherwise(claim, case)
    if beside is not None:
        return _checked(claim, Verdict.AGREES, code, _said(beside))
    misread = in_its_sentences(claim, case)
    if misread is not None:
        step = Step("check.nobody-counted", {"code": code, "measure": claim.measure, "category": _category(claim)})
        return _checked(claim, Verdict.UNKNOWN, code, step, _said(misread))
    old = [v for v in voices if v.role is Role.SUPERSEDED and fits(claim, v.claim)]
    steps = [Step("check.earlier", _values(old[0]), (old[0].claim.claim_id,))] if old else []
    steps += [_said(v) for v in _distinct(current)[:_MOST_NAMED]]
    steps += _elsewhere(elsewhere)
    return _checked(claim, Verdict.DIFFERS, code, Step("check.nobody-says", {"code": code}), *steps)


def _against_him(
    claim: Claim,
    case: Case,
    speaker: str,
    spoken: Sequence[Finding],
    standing: Sequence[Finding],
    current: Sequence[Finding],
    elsewhere: Sequence[tuple[str, str]],
    *,
    exactly: bool,
) -> Checked:
    """Return how a claim stands to what its speaker says: `spoken` ever, `standing` now, `current` by all."""
    code = case.incident.code
    least = next((v for v in standing if same_number(claim, v.claim)), None)
    if exactly and least is not None and all(v.claim.bound in LEAST for v in standing if same_number(claim, v.claim)):
        step = Step("check.at-least", _values(least), (least.claim.claim_id,))
        return _checked(claim, Verdict.DIFFERS, code, step)
    if any(same_number(claim, v.claim) for v in standing):
        return _checked(claim, Verdict.AGREES, code, _said(next(v for v in standing if same_number(claim, v.claim))))
    beside = told_beside(claim, case)
    loosely = said_by_him(claim, case, speaker) or (beside if beside and is_lone(beside, case) else None)
    if loosely is not None:
        return _checked(claim, Verdict.AGREES, code, _said(loosely))
    steps = [_said(v) for v in standing[:1]]
    earlier = [v for v in spoken if v not in standing and same_number(claim, v.claim)]
    if earlier:
        steps.insert(0, Step("check.earlier", _values(earlier[0]), (earlier[0].claim.claim_id,)))
    else:
        others = [v for v in current if v not in spoken and same_number(claim, v.claim)]
        steps += [Step("check.others-number", _values(v), (v.claim.claim_id,)) for v in others[:1]]
    steps += _elsewhere(elsewhere)
    return _checked(claim, Verdict.DIFFERS, code, Step("check.source-differs", {"origin": speaker}), *steps)


def checkable(claim: Claim) -> bool:
    """Tell whether a claim says a number of an incident that a record can bear out: no total of a war, no denial."""
    counted = claim.measure in (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED)
    stated = claim.modality in (Modality.ASSERTED, Modality.REPORTED)
    speaks = claim.value is not None or claim.low is not None or claim.high is not None
    return counted and stated and speaks and claim.scope is Scope.INCIDENT and claim.bound is not Bound.UNKNOWN


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
