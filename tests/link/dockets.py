"""Dockets as tests tell them: weighed claims of one incident."""

from collections.abc import Mapping
from typing import Any

from told import claim, day, heard

from marsad.link.origins import origin_named, outlet_origin
from marsad.model import Fold, IncidentId, Role
from marsad.model.heard import Docket, Weighed

Told = tuple[str, Mapping[str, Any]]
"""Who says it, and what."""


def docket(
    *told: Told, perpetrator: str | None = "Government of Syria", weapon: str | None = "air strike", printed: int = 26
) -> Docket:
    """Return an incident in which each of these is counted, a report each; a day later each where `printed` is 0."""
    weighed = []
    for number, (name, one) in enumerate(told):
        role = one.get("role", Role.COUNTED)
        made = claim(f"r{number:02}", **{**one, "by": (name,), "perpetrator": one.get("perpetrator", perpetrator)})
        origin = outlet_origin(name) if one.get("own") else origin_named(made)
        item = heard(made, f"Outlet {number}", day(printed or 24 + number), decided=one.get("decided", {}))
        weighed.append(Weighed(item, role, "test", Fold(made.claim_id, origin, "named", None, copy=False)))
    return Docket(IncidentId("i"), perpetrator, weapon, tuple(weighed))
