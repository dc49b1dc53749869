"""Whose words an outlet prints in its own voice, by how the channels of a team say outlets are related. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from marsad.model.heard import Heard
from marsad.text.tokens import form_of
from marsad.text.wires import AGENCIES, wire_of

REPUBLISHES, OWNED, NETWORK = "channel-republishes", "channel-owned-by", "channel-same-network"
"""Reasons for a tie; all begin like TIED."""

TIED = "channel-"

Relation = tuple[str, str, str]
"""An outlet, how it is related (republishes, owned by, same network), and the other one."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What the outlet says in its own voice is the statement of `name`, for the reason `rule`."""

    name: str
    rule: str


def ties(relations: Iterable[Relation]) -> dict[str, Tie]:
    """Return the tie of each outlet, by the outlet's name as `form_of` spells it.

    Who republishes one agency speaks for it; who republishes several, for agencies. Outlets of one network are one voice:
    that of their only owner, else that of the first of their names. An outlet tied to itself has no tie.

    >>> ties([("Tigris Desk", "owned by", "River Media"), ("Euphrates Desk", "same network", "Tigris Desk")])[
    ...     form_of("Euphrates Desk")]
    Tie(name='River Media', rule='channel-same-network')
    """
    told = sorted({(one.strip(), how, other.strip()) for one, how, other in relations if one.strip() and other.strip()})
    spelt: dict[str, str] = {}
    for one, _, other in told:
        spelt.setdefault(form_of(one), one)
        spelt.setdefault(form_of(other), other)
    owners = _by_outlet(told, "owned by")
    out: dict[str, Tie] = {}
    for group in _networks(told):
        owned = {form_of(owner) for member in group for owner in owners.get(member, ())}
        voice = spelt[min(owned)] if len(owned) == 1 else min(spelt[member] for member in group)
        out |= {member: Tie(voice, NETWORK) for member in group}
    for outlet, names in owners.items():
        if len({form_of(name) for name in names}) == 1:
            out[outlet] = Tie(names[0], OWNED)
    for outlet, names in _by_outlet(told, "republishes").items():
        agencies = sorted({wire_of(name) or name for name in names})
        out[outlet] = Tie(agencies[0] if len(agencies) == 1 else AGENCIES, REPUBLISHES)
    return {outlet: tie for outlet, tie in sorted(out.items()) if form_of(tie.name) != outlet}


def _by_outlet(told: Iterable[Relation], wanted: str) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for one, how, other in told:
        if how == wanted:
            out.setdefault(form_of(one), []).append(other)
    return out


def _networks(told: Iterable[Relation]) -> list[list[str]]:
    """Return the outlets of each network: who is of one with somebody is of one with all of his."""
    parent: dict[str, str] = {}

    def top(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for one, how, other in told:
        if how == "same network":
            low, high = sorted((top(form_of(one)), top(form_of(other))))
            parent[high] = low
    groups: dict[str, list[str]] = {}
    for name in sorted(parent):
        groups.setdefault(top(name), []).append(name)
    return list(groups.values())


def credit_rule(item: Heard) -> str:
    """Return the reason why a claim's report speaks for an agency or another outlet: its own credit, or a tie."""
    return item.wire_rule if item.wire_rule is not None and item.wire_rule.startswith(TIED) else "wire-credit"


def stamp(tied: Mapping[str, Tie]) -> str:
    """Return words that change whenever a tie does; "" for none."""
    return "|".join(f"{outlet}={tie.rule}:{tie.name}" for outlet, tie in sorted(tied.items()))
