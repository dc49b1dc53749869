"""A toll: the count that a policy makes of the claims of one incident, and every step that led to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from marsad.model.claim import Measure
from marsad.model.count import Count
from marsad.model.ids import ClaimId, IncidentId


class Category(StrEnum):
    """Whom a toll counts; `total` is everybody."""

    TOTAL = "total"
    CIVILIANS = "civilians"
    COMBATANTS = "combatants"
    CHILDREN = "children"
    WOMEN = "women"
    MEN = "men"
    ELDERLY = "elderly"
    MEDICS = "medics"
    JOURNALISTS = "journalists"
    AID_WORKERS = "aid_workers"
    POLICE = "police"
    FAMILY = "family"


class Standing(StrEnum):
    """Why a toll is what it is. Four kinds of not knowing are four values."""

    STATED = "stated"
    DERIVED = "derived"
    """By arithmetic from what was stated."""
    STATED_UNKNOWN = "stated_unknown"
    """A source says that nobody knows; bounds, if any, are arithmetic."""
    STATED_NONE = "stated_none"
    NOT_STATED = "not_stated"


class Grade(StrEnum):
    """How well an incident is attested. Source: Airwars, grading of civilian harm."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an explanation: a rule, applied to figures, resting on claims and on earlier steps.

    `rule` is a key into the catalogue of sentences, so a step reads in English and in Arabic; `values` fill its gaps.
    """

    rule: str
    values: Mapping[str, str | int | None] = field(default_factory=dict)
    claims: tuple[ClaimId, ...] = ()
    steps: tuple["Step", ...] = ()

    def walk(self) -> Iterator["Step"]:
        """Yield this step and every step below it, parents first."""
        yield self
        for step in self.steps:
            yield from step.walk()

    def as_json(self) -> dict[str, object]:
        """Return the step as plain lists and dicts, empty parts left out."""
        out: dict[str, object] = {"rule": self.rule}
        if self.values:
            out["values"] = dict(self.values)
        if self.claims:
            out["claims"] = list(self.claims)
        if self.steps:
            out["steps"] = [step.as_json() for step in self.steps]
        return out

    @staticmethod
    def from_json(data: Mapping[str, object]) -> "Step":
        """Return the step that `as_json` wrote.

        >>> step = Step("ucdp.best", {"n": 95}, (ClaimId("c1"),), (Step("single_origin"),))
        >>> Step.from_json(step.as_json()) == step
        True
        """
        values, claims, steps = data.get("values", {}), data.get("claims", []), data.get("steps", [])
        assert isinstance(values, dict)  # noqa: S101 - the shape is ours
        assert isinstance(claims, list)  # noqa: S101
        assert isinstance(steps, list)  # noqa: S101
        return Step(
            str(data["rule"]), dict(values), tuple(ClaimId(c) for c in claims), tuple(Step.from_json(s) for s in steps)
        )


@dataclass(frozen=True, slots=True)
class Toll:
    """Under `policy`, between low and high persons of `category` were killed (or hurt, …) in this incident.

    `count` is None only where nothing bounds the number; `origins` is how many independent origins stand behind it.
    `why` explains it down to the claims. Bounds of a category never exceed those of the total.
    """

    incident_id: IncidentId
    policy: str
    measure: Measure
    category: Category
    count: Count | None
    standing: Standing
    origins: int
    why: Step
