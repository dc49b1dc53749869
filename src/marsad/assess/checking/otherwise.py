"""An incident of the record told with another town, another party, or a total told as one day's toll."""

from collections.abc import Sequence

from marsad.model import Case, Checked, Claim, Role, Scope, Step, Verdict


def wrong_place(claim: Claim, case: Case) -> Checked:
    """Return that the record has the incident of this claim in another town than the one told."""
    told, known = claim.place, case.incident.place
    values = {"code": case.incident.code, "place": known.name if known else None, "told": told.words if told else None}
    return _checked(claim, case.incident.code, Step("check.wrong-place", values))


def no_single_day(claim: Claim, total: Claim, origin: str) -> Checked:
    """Return that the number of this claim, told of one day, is a total over a longer time in the record."""
    since = total.occurred.start.isoformat() if total.occurred else None
    values = {"origin": origin, "words": " ".join(total.text.split()), "day": since}
    return _checked(claim, None, Step("check.running-total", values, (total.claim_id,)))


def accused_otherwise(parties: Sequence[str], claims: Sequence[Claim], case: Case) -> Checked | None:
    """Return that an article has a party do it whom nobody in the record names, while somebody there names another.

    None where the record names nobody, or names one of these parties, be it as one of several who are accused.
    """
    named = [f for f in case.findings if f.role is not Role.REJECTED and f.claim.perpetrator is not None]
    named = [f for f in named if f.claim.scope is Scope.INCIDENT]
    if not parties or not claims or not named or {f.claim.perpetrator for f in named} & set(parties):
        return None
    values = {"party": named[0].claim.perpetrator, "told": parties[0], "origin": named[0].fold.origin.name}
    step = Step("check.other-party", values, (named[0].claim.claim_id,))
    return _checked(claims[0], case.incident.code, step)


def _checked(claim: Claim, code: str | None, *why: Step) -> Checked:
    return Checked(claim.start, claim.end, claim.text, Verdict.DIFFERS, why, code)
