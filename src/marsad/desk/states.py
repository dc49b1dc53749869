"""What a claim or an incident is at a version, field by field, and three states side by side: base, theirs, yours. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from marsad.model import SIGNS, Decision, DecisionKind
from marsad.model.schema import CLAIM

State = dict[str, Any]
"""Field to value, both as JSON has them; a field that is not there was not decided."""

_NOT_SLOTS = frozenset(
    {"claim_id", "report_id", "rule", "score", "derived", "subset_of", "same_as", "relations", "flags", "names"}
)
SLOTS = tuple(name for name in CLAIM.names if name not in _NOT_SLOTS)
"""Columns of a claim that show in a difference."""

_PLACED = (DecisionKind.JOIN, DecisionKind.APART, DecisionKind.DIFFER)


def claim_state(read: Mapping[str, Any] | None, decisions: Iterable[Decision]) -> State:
    """Return what a claim is after these decisions at its words, in their order; `read` is its row as it was read, if it was."""
    state: State = {name: _plain(read[name]) for name in SLOTS if read is not None and read[name] is not None}
    for kind, decision in _standing(decisions).items():
        if kind in (DecisionKind.ACCEPT, DecisionKind.REJECT):
            state.setdefault("judgement", []).append(kind.value)
        elif kind in (DecisionKind.ADD, DecisionKind.CORRECT):
            state |= {name: _plain(value) for name, value in decision.body.items()}
        elif kind in _PLACED:
            state[kind.value] = _plain(next(iter(decision.body.values())))
    return state


def incident_state(decisions: Iterable[Decision]) -> State:
    """Return what people decided of an incident, after these decisions at the words of its claims or naming them."""
    state: State = {}
    by_anchor: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_anchor.setdefault(decision.anchor, []).append(decision)
    for anchor, mine in sorted(by_anchor.items()):
        for kind, decision in _standing(mine).items():
            if kind is DecisionKind.GRADE:
                state |= {f"grade {scheme}": level for scheme, level in decision.body.items()}
            elif kind is DecisionKind.SETTLE:
                state["settled"] = _plain(decision.body["claims"])
            elif kind in SIGNS:
                state[kind.value] = decision.actor
            else:
                state[f"{kind.value} {anchor}"] = _plain(dict(decision.body))
    return state


def three_way(base: State, theirs: State, yours: State, mine: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Return the fields in which the three differ: {"name", "base", "theirs", "yours", "clash"}, in order of their names.

    Those in `mine`, which one's edit is about, are among them also where all three agree.
    `clash` says that both changed a field, to different values.

    >>> three_way({"low": 59}, {"low": 62}, {"low": 60, "high": 60})[1]
    {'name': 'low', 'base': 59, 'theirs': 62, 'yours': 60, 'clash': True}
    """
    rows, touched = [], set(mine)
    for name in sorted(base.keys() | theirs.keys() | yours.keys()):
        was, they, you = (state.get(name) for state in (base, theirs, yours))
        if name in touched or not was == they == you:
            clash = len([one for one in (they, you) if one != was]) == 2 and they != you
            rows.append({"name": name, "base": was, "theirs": they, "yours": you, "clash": clash})
    return rows


def _standing(decisions: Iterable[Decision]) -> dict[DecisionKind, Decision]:
    latest = {decision.kind: decision for decision in decisions}
    return {kind: latest[kind] for kind in DecisionKind if kind in latest and not latest[kind].undone}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
