"""How well an incident is attested under three schemes, each with the inputs that gave it; a person may overrule each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from marsad.assess.grading import decided_level, grade_of
from marsad.assess.method import figures_of
from marsad.assess.policies import POLICIES
from marsad.assess.support import DIRECT
from marsad.model import Bound, Category, Measure, OriginKind, Role, Step
from marsad.model.heard import Docket, Weighed

OHCHR_LADDER = ("reported", "under-review", "verified", "rejected")
"""From alleged to verified; source: OHCHR, Guidance on Casualty Recording (HR/PUB/19/1), reasonable grounds to believe."""

IBC_LEVELS = ("two-source", "single-source", "no-source")
"""Source: Iraq Body Count, methods: two independent reports, single-source entries tracked apart since December 2007."""


@dataclass(frozen=True, slots=True)
class Graded:
    """Under `scheme` the incident stands at `level`, for the reason `why`; `decided` where a person said so.

    `inputs` are what the rule looked at: how many independent origins, how many of them near the dead, who is accused,
    who accepts, and whether an attack is reported at all.
    """

    scheme: str
    level: str
    why: Step
    inputs: Mapping[str, str | int | None]
    decided: bool = False


def grades_of(docket: Docket) -> list[Graded]:
    """Return the incident's grade under each scheme: airwars, ohchr and ibc, in this order."""
    inputs = inputs_of(docket)
    return [_graded(docket, scheme, inputs) for scheme in _SCHEMES]


def inputs_of(docket: Docket) -> dict[str, str | int | None]:
    """Return what grades are made of, by name; numbers of origins, or names divided by commas, None where there are none."""
    counted = _counted(docket)
    origins = {w.fold.origin.name: w.fold.origin for w in counted}
    independent = {name: o for name, o in origins.items() if o.kind is not OriginKind.PARTY}
    parties = sorted(name for name, o in origins.items() if o.kind is OriginKind.PARTY)
    accused = sorted({w.heard.claim.perpetrator for w in counted if w.heard.claim.perpetrator})
    return {
        "origins": len(independent),
        "names": ", ".join(sorted(independent)) or None,
        "near": sum(1 for o in independent.values() if o.kind in DIRECT),
        "parties": ", ".join(parties) or None,
        "accused": ", ".join(accused) or None,
        "weapon": docket.weapon,
        "rejected": sum(1 for w in docket.weighed if w.role is Role.REJECTED),
    }


def _counted(docket: Docket) -> list[Weighed]:
    return [w for w in docket.weighed if w.role is Role.COUNTED and w.heard.claim.bound is not Bound.UNKNOWN]


Inputs = Mapping[str, str | int | None]


def _graded(docket: Docket, scheme: str, inputs: Inputs) -> Graded:
    decided = decided_level(docket, "grade" if scheme == "airwars" else scheme)
    if decided is not None:
        level, claim = decided
        return Graded(scheme, level, Step("grade.decided", {"level": level}, (claim,)), inputs, decided=True)
    level, why = _SCHEMES[scheme](docket, inputs)
    return Graded(scheme, level, why, inputs)


def _airwars(docket: Docket, _inputs: Inputs) -> tuple[str, Step]:
    grade, why = grade_of(docket)
    return grade.value, why


def _ohchr(docket: Docket, inputs: Inputs) -> tuple[str, Step]:
    """Return where on the ladder an incident stands: verified is what has reasonable grounds, two origins behind it."""
    counted = _counted(docket)
    claims = tuple(w.heard.claim.claim_id for w in counted)
    if not counted and inputs["rejected"]:
        return "rejected", Step("ohchr.rejected", {"n": inputs["rejected"]})
    _, figures = figures_of(docket, Measure.KILLED, POLICIES["ohchr"])
    verified = figures[Category.TOTAL]
    if verified.count is not None:
        return "verified", Step("ohchr.verified", {"n": verified.count.low}, claims, (verified.why,))
    number = inputs["origins"]
    if isinstance(number, int) and number > 1:
        return "under-review", Step("ohchr.under-review", {"n": number}, claims)
    return "reported", Step("ohchr.reported", {"origin": inputs["names"] or inputs["parties"]}, claims)


def _ibc(docket: Docket, inputs: Inputs) -> tuple[str, Step]:
    claims = tuple(w.heard.claim.claim_id for w in _counted(docket))
    number = inputs["origins"]
    if isinstance(number, int) and number > 1:
        return "two-source", Step("ibc.two-source", {"n": number, "origins": inputs["names"]}, claims)
    if not claims:
        return "no-source", Step("ibc.no-source")
    return "single-source", Step("ibc.single-source", {"origin": inputs["names"] or inputs["parties"]}, claims)


_SCHEMES: Mapping[str, Callable[[Docket, Inputs], tuple[str, Step]]] = {
    "airwars": _airwars,
    "ohchr": _ohchr,
    "ibc": _ibc,
}
