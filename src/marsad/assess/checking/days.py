"""The day on which an article tells an incident, against the day on which the record has it."""

from datetime import date
from functools import cache

from marsad.model import Case, Checked, Claim, Finding, Role, Step, Verdict, When
from marsad.text.lexicon import languages, lexicon
from marsad.text.tokens import tokens

_OUT = (Role.REJECTED, Role.CONTEXT)
_MOST_NAMED = 4
_WEEK = 8
"""Days before a text up to which "on Friday" is a day of it."""

_SAME_WEEKDAY = 7
"""Days between two days of one name."""

_MONTH = 4
_UNITS = frozenset(
    {"month", "months", "mois", "mes", "meses", "mese", "mesi", "شهر", "الشهر", "أشهر", "weeks", "semaines"}
)
"""Words by which a month is counted ("last month"), not named."""


def dated(claim: Claim, case: Case) -> Checked | None:
    """Return that an article puts an incident on a day on which nobody in the record puts it; None where it does not.

    Only a day that the article names counts: one that was taken from its day of publication says nothing.
    """
    when, known = claim.occurred, case.incident.when
    if when is None or known is None or when.words is None or when.precision > 1 or known.precision > 1:
        return None
    if not tells_a_day(when, known.start):
        return None  # "on Friday", in a text of a month later
    if not by_date(when) and abs((when.start - known.start).days) == _SAME_WEEKDAY:
        return None  # "last Thursday" may be either
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
    spelled = when.precision == 1 and not _month_words().isdisjoint(token.form for token in tokens(words))
    return when.against is None or month or spelled or any(char.isdigit() for char in words)


@cache
def _month_words() -> frozenset[str]:
    """Return the words of the names of months, in every language that can be read."""
    return frozenset(w for lang in languages() for name in lexicon(lang).data["dates"]["months"] for w in name.split())


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
    why = (step, *(_says(f) for f in counting[:1]))
    return Checked(claim.start, claim.end, claim.text, Verdict.WRONG_DATE, why, case.incident.code)


def _says(finding: Finding) -> Step:
    day = finding.published.isoformat() if finding.published else None
    words = " ".join(finding.claim.text.split())
    values = {"origin": finding.fold.origin.name, "words": words, "outlet": finding.outlet, "day": day}
    return Step("check.says", values, (finding.claim.claim_id,))
