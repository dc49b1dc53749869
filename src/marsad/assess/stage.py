"""Assessing as a stage: an incident's docket to its tolls under every policy, and its grade."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from marsad.assess.grading import grade_of, independent
from marsad.assess.method import figures_of
from marsad.assess.policies import chosen_policies
from marsad.assess.policy import Policy
from marsad.model import Category, Grade, IncidentId, Measure, Role, Step, Toll
from marsad.model.heard import Docket, docket_of
from marsad.model.rows import canonical_json, toll_row
from marsad.model.schema import ASSESSED, DOCKET
from marsad.stage import RowStage


@dataclass(frozen=True, slots=True)
class Assessed:
    """The tolls of one incident under every policy, its grade, and how many independent origins stand behind it."""

    incident_id: IncidentId
    grade: Grade
    origins: int
    why: Step
    tolls: tuple[Toll, ...]


def assessed(docket: Docket, policies: Sequence[Policy]) -> Iterator[Assessed]:
    """Yield the assessment of one incident: tolls by policy, measure and category in that order."""
    grade, why = grade_of(docket)
    tolls = tuple(toll for policy in policies for toll in tolls_of(docket, policy))
    yield Assessed(docket.incident_id, grade, len(independent(docket)), why, tolls)


def tolls_of(docket: Docket, policy: Policy) -> Iterator[Toll]:
    """Yield the tolls of one incident under one policy, by measure and category in that order.

    The killed are always answered for, if only to say that nobody told.
    """
    measures = {w.heard.claim.measure for w in docket.weighed if w.role is Role.COUNTED} | {Measure.KILLED}
    if policy.value("deaths_only"):
        measures = {Measure.KILLED}
    for measure in (m for m in Measure if m in measures):
        voices, figures = figures_of(docket, measure, policy)
        for category in (c for c in Category if c in figures):
            figure, speakers = figures[category], sum(1 for voice in voices if category in voice.said)
            yield Toll(
                docket.incident_id, policy.name, measure, category, figure.count, figure.standing, speakers, figure.why
            )


def assessment(policies: Sequence[str | Policy]) -> RowStage[Docket, Assessed]:
    """Return the stage that assesses incidents under these policies; raises Wrong for a policy that does not exist."""
    chosen = chosen_policies(policies)
    version = "2+" + ",".join(policy.stamp for policy in chosen)
    function = partial(assessed, policies=chosen)
    return RowStage("assess", version, "incident_id", DOCKET, ASSESSED, docket_of, function, _row)


def _row(result: Assessed) -> dict[str, Any]:
    return {
        "incident_id": result.incident_id,
        "grade": result.grade.value,
        "origins": result.origins,
        "why": canonical_json(result.why.as_json()),
        "tolls": [toll_row(toll) for toll in result.tolls],
    }
