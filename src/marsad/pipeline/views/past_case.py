"""The case of one incident as it was known at the end of a past day: its own claims, weighed and assessed as of then."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from marsad.assess.policies import chosen_policies
from marsad.model import Case, Wrong
from marsad.pipeline.cases import findings_of
from marsad.pipeline.methods import methods
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.views.known_then import WeighedThen, known_of, weighed_then


def past_case(observatory: Observatory, code: str, day: date, hidden: Iterable[str] = ()) -> Case:
    """Return the incident called so (code or id) as its claims of now stood at the end of `day` (UTC).

    It keeps the code that it has now. Linking is as it is now, so this has no ranges of doubtful links: what the whole
    observatory would have made of that day is `cases(observatory, day)`. Reports in `hidden` never came. Raises Wrong
    where there is no such incident, or where nothing of it was known yet.
    """
    known = known_of(observatory, code, frozenset(hidden))
    then = weighed_then(known, day, chosen_policies(methods(observatory)))
    if then is None:
        first = min((report.recorded_at.date() for report in known.reports.values()), default=None)
        remedy = f"name {first} or a later day" if first else "look at it as it is known now"
        raise Wrong("known on", day, f"is before anything of {known.code} was known", remedy)
    reports = {str(name): report for name, report in known.reports.items()}
    claims, folds, hands, members = _rows(then)
    incident = replace(then.weighing.incident, code=known.code)
    made = then.assessed
    findings = findings_of(observatory, members, claims, folds, hands, reports)
    return Case(incident, findings, made.tolls, made.grade, made.origins, made.why)


def _rows(then: WeighedThen) -> tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any], list[dict[str, Any]]]:
    """Return the rows of claims, folds, hands by claim, and memberships, as tables of the store hold them."""
    standing = then.weighing.standing
    folds = {
        one["claim_id"]: {
            **{name: one[name] for name in ("claim_id", "origin", "kind", "party", "copy", "probability")},
            "rule": one["fold_rule"], "of": one["fold_of"],
        }
        for one in standing
    }  # fmt: skip
    hands = {one["claim_id"]: [{"claim_id": one["claim_id"], **hand} for hand in one["hands"]] for one in standing}
    members = [{"claim_id": one["claim_id"], "role": one["role"], "rule": one["role_rule"]} for one in standing]
    return then.claims, folds, hands, sorted(members, key=lambda row: row["claim_id"])
