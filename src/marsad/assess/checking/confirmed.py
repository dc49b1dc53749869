"""Whether somebody who is said to confirm a number had it from another whom the article counts beside him."""

from collections.abc import Sequence

from marsad.model import Case, Checked, Confirmation, Finding, Role, Scope, Step, Verdict
from marsad.text.actors import actor_called
from marsad.text.tokens import form_of, tokens


def confirmed(confirmation: Confirmation, cases: Sequence[Case]) -> Checked | None:
    """Return that whoever confirms a number in this sentence only repeats somebody else's, None where nobody does.

    He is known by his name in the sentence; he repeats if every number that he gave in the incident is another's.
    """
    said = _spelled(confirmation.text)
    for case in cases:
        by_name: dict[str, list[Finding]] = {}
        for finding in case.findings:
            if _tells_of_it(finding):
                for name in {finding.outlet, *finding.claim.attribution}:
                    by_name.setdefault(name or "", []).append(finding)
        for name, findings in sorted(by_name.items()):
            if not name or not _names(said, name) or _speaks_for_itself(name, findings, case):
                continue
            copied = findings[0]
            values = {"outlet": name, "origin": copied.fold.origin.name, "code": case.incident.code}
            step = Step("check.only-repeats", values, (copied.claim.claim_id,))
            start, end, text = confirmation.start, confirmation.end, confirmation.text
            return Checked(start, end, text, Verdict.NO_CONFIRMATION, (step,), case.incident.code)
    return None


def _tells_of_it(finding: Finding) -> bool:
    """Tell whether a finding is of the incident itself: a month's or a war's total beside it establishes nothing there."""
    return finding.role is not Role.REJECTED and finding.claim.scope is Scope.INCIDENT


def _speaks_for_itself(name: str, findings: Sequence[Finding], case: Case) -> bool:
    """Tell whether any number that goes by this name in the incident was established under it."""
    own = {form_of(name), form_of(_called(name))}
    origins = {form_of(f.fold.origin.name) for f in case.findings if _tells_of_it(f)}
    return bool(own & origins) or any(form_of(f.fold.origin.name) in own for f in findings)


def _called(name: str) -> str:
    actor = actor_called(name)
    return actor.origin.name if actor is not None else name


def _spelled(text: str) -> str:
    return f" {' '.join(t.form for t in tokens(text))} "


def _names(said: str, name: str) -> bool:
    forms = [t.form for t in tokens(name)]
    article = forms[1:] if len(forms) > 1 and forms[0] in ("the", "al", "el", "la", "le", "il") else forms
    return bool(article) and f" {' '.join(article)} " in said
