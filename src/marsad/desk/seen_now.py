"""What somebody sees who signs an aspect of an incident off, and what has changed since."""

from collections.abc import Mapping
from typing import Any

from marsad.desk.edits import ASPECTS
from marsad.desk.services import Desk
from marsad.desk.targets import Target
from marsad.store.instants import instant

_PLACE = ("occurred_from", "occurred_to", "place_name", "place_id", "admin1", "country", "latitude", "longitude")
_ENDS = ("low", "best", "high")


def aspects_of(desk: Desk, incident: Target) -> dict[str, dict[str, Any]]:
    """Return, for each aspect of an incident, what is to be seen of it now."""
    [row] = desk.derived.table("incident", code=incident.name).to_pylist()[:1] or [{}]
    tolls = desk.derived.table("toll", incident_id=row.get("incident_id")).to_pylist() if row else []
    grades = desk.derived.table("grading", incident_id=row.get("incident_id")).to_pylist() if row else []
    toll = {f"{t['policy']} {t['measure']} {t['category']}": [t[end] for end in _ENDS] for t in tolls}
    return {
        "place": {name: _plain(row[name]) for name in _PLACE if name in row},
        "toll": {**toll, "claims": list(incident.anchors)},
        "attribution": {
            "perpetrator": row.get("perpetrator"),
            "weapon": row.get("weapon"),
            "grade": grades[0]["grade"] if grades else None,
        },
    }


def signed_off(desk: Desk, incident: Target) -> dict[str, dict[str, Any]]:
    """Return who signed which aspect off: {aspect: {"by", "at", "reason", "changed"}}.

    `changed` maps what is not as it was seen then to [then, now]; it is empty where all is.
    """
    signs = {aspect: incident.standing(kind) for aspect, kind in ASPECTS.items()}
    if not any(signs.values()):
        return {}
    now, out = aspects_of(desk, incident), {}
    for aspect, standing in signs.items():
        if standing:
            last = standing[-1]
            seen = last.body.get("seen")
            told = seen if isinstance(seen, Mapping) else {}
            names = sorted(told.keys() | now[aspect].keys())
            changed = {
                name: [told.get(name), now[aspect].get(name)]
                for name in names
                if told.get(name) != now[aspect].get(name)
            }
            out[aspect] = {
                "by": last.actor,
                "at": instant(last.recorded_at),
                "reason": last.reason,
                "changed": changed,
            }
    return out


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
