"""Whether somebody who is said to confirm a number had it from another whom the article counts beside him."""

from collections.abc import Sequence

from marsad.model import Case, Checked, Confirmation, Finding, Measure, Part, Role, Scope, Step, Verdict
from marsad.text.actors import actor_called
from marsad.text.sound import consonants
from marsad.text.tokens import form_of, tokens

_ARTICLES = ("the", "al", "el", "la", "le", "il", "l'", "los", "les", "lo", "gli")
_FEWEST = 4
"""Consonants from which on a name is known by its sound."""

_ADDRESSED = ("to", "told", "à", "ad", "(", "لوكالة", "لـ", "citing", "quoting", "citant", "citando")


def confirmed(confirmation: Confirmation, cases: Sequence[Case]) -> Checked | None:
    """Return that whoever confirms a number in this sentence only repeats somebody else's, None where nobody does.

    He is known by his name in the sentence, or, where that names nobody of the record, in those beside it; he repeats if every
    number that he gave in the incident is another's. `cases` are the incidents that may be meant, likeliest first. Outlets of
    which none is named repeat, if all that the record has repeat one.
    """
    for text in (confirmation.text, confirmation.near):
        said, words = _spelled(text), [t.text for t in tokens(text) if t.kind == "word"]
        for case in cases:
            by_name = _by_name(case)
            named = [name for name in sorted(by_name) if _names(said, name) or _sounds(words, name)]
            copied = [name for name in named if not _speaks_for_itself(name, by_name[name], case)]
            if copied:
                return _only_repeats(confirmation, copied[0], by_name[copied[0]][0], case)
            if named and text is confirmation.text:
                return None  # whoever is named there counted himself
    return _no_outlet_counted(confirmation, cases[0]) if confirmation.press and cases else None


def _no_outlet_counted(confirmation: Confirmation, case: Case) -> Checked | None:
    """Return that "several outlets" confirm nothing where two or more printed a number that each has from one other."""
    told = [f for f in case.findings if _tells_of_it(f) and f.claim.measure is Measure.KILLED]
    outlets, origins = {f.outlet for f in told}, {form_of(f.fold.origin.name) for f in told}
    if len(outlets) > 1 and len(origins) == 1 and not origins & {form_of(outlet) for outlet in outlets}:
        return _only_repeats(confirmation, told[-1].outlet, told[-1], case)
    return None


def _by_name(case: Case) -> dict[str, list[Finding]]:
    out: dict[str, list[Finding]] = {}
    for finding in case.findings:
        if _tells_of_it(finding):
            relays = {hand.name for hand in finding.hands if hand.part is Part.RELAYED}
            for name in {finding.outlet, *finding.claim.attribution, *relays} - {None, ""}:
                out.setdefault(name or "", []).append(finding)
    return out


def _only_repeats(confirmation: Confirmation, name: str, copied: Finding, case: Case) -> Checked:
    values = {"outlet": name, "origin": copied.fold.origin.name, "code": case.incident.code}
    step = Step("check.only-repeats", values, (copied.claim.claim_id,))
    start, end, text = confirmation.start, confirmation.end, confirmation.text
    return Checked(start, end, text, Verdict.NO_CONFIRMATION, (step,), case.incident.code)


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


def _sounds(words: Sequence[str], name: str) -> bool:
    """Tell whether words in another script name somebody by the sound: "تعز برس" is Taiz Press."""
    latin = name.isascii()
    parts = [part for part in name.split() if part.casefold() not in _ARTICLES]
    bones = consonants(" ".join(parts))
    if len(bones) < _FEWEST or not parts:
        return False
    for at in range(len(words)):
        for size in (len(parts) - 1, len(parts), len(parts) + 1):
            some = words[at : at + size] if size > 0 else []
            if some and all(word.isascii() != latin for word in some) and consonants(" ".join(some)) == bones:
                return True
    return False


def _names(said: str, name: str) -> bool:
    """Tell whether a sentence names somebody who may confirm: not him to whom it was said ("the hospital confirmed to AFP")."""
    forms = [t.form for t in tokens(name)]
    article = forms[1:] if len(forms) > 1 and forms[0] in _ARTICLES else forms
    words = f" {' '.join(article)} "
    at = said.find(words) if article else -1
    while at >= 0:
        before = said[:at].split()
        before = before[:-1] if before and before[-1] in _ARTICLES else before
        if not before or before[-1] not in _ADDRESSED:
            return True
        at = said.find(words, at + 1)
    return False
