"""Assessing as a stage: an incident's docket to its tolls under every policy, and its grade."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from marsad.assess.grading import grade_of, independent
from marsad.assess.policies import POLICIES, Policy
from marsad.assess.voices import voices_of
from marsad.assess.whole import agreeing
from marsad.model import Category, Grade, IncidentId, Measure, Role, Step, Toll, Wrong
from marsad.model.heard import Docket, docket_of
from marsad.model.rows import canonical_json, toll_row
from marsad.model.schema import ASSESSED, DOCKET
from marsad.stage import RowStage

_ALWAYS = (Category.TOTAL, Category.CIVILIANS, Category.COMBATANTS)
"""Categories that every toll of the killed states, if only to say that nobody told."""


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
    tolls = tuple(toll for policy in policies for toll in _tolls(docket, policy))
    yield Assessed(docket.incident_id, grade, len(independent(docket)), why, tolls)


def _tolls(docket: Docket, policy: Policy) -> Iterator[Toll]:
    measures = {w.heard.claim.measure for w in docket.weighed if w.role is Role.COUNTED} | {Measure.KILLED}
    for measure in (m for m in Measure if m in measures):
        voices = voices_of(docket, measure)
        told = {category for voice in voices for category in voice.said}
        always = _ALWAYS if measure is Measure.KILLED else (Category.TOTAL,)
        categories = [c for c in Category if c in told or c in always]
        figures = agreeing({category: policy.figure(category, voices) for category in categories})
        for category in categories:
            figure, speakers = figures[category], sum(1 for voice in voices if category in voice.said)
            yield Toll(
                docket.incident_id, policy.name, measure, category, figure.count, figure.standing, speakers, figure.why
            )


def assessment(names: Sequence[str]) -> RowStage[Docket, Assessed]:
    """Return the stage that assesses incidents under these policies; raises Wrong for a policy that does not exist."""
    for name in names:
        if name not in POLICIES:
            raise Wrong("policies", name, f"is not a policy marsad knows: {', '.join(POLICIES)}", "name one of them")
    chosen = [POLICIES[name] for name in names]
    version = "1+" + ",".join(f"{p.name}-{p.version}" for p in chosen)
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
