"""What the report page shows of its claims: colours, states, the versions that a decision has to rest on."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from marsad.desk.actor import Actor
from marsad.desk.pages.slots import CHOICES, blank_slots, slots_of
from marsad.desk.roles import Action
from marsad.model import Claim, Decision, Group, Measure, Status
from marsad.pipeline.views.report_view import Card, ReportView, latest
from marsad.text.words import catalogue

_STATES = {"accept": "accepted", "correct": "corrected", "reject": "rejected", "add": "added"}
_JUDGING = ("accept", "correct", "reject", "add")


def claims_model(view: ReportView, actor: Actor, following: str | None, versions: Mapping[str, int]) -> dict[str, Any]:
    """Return what the templates of the report page are filled with."""
    text = view.text or ""
    codes = list(dict.fromkeys(card.home.code for card in view.cards if card.home))
    undecided = sum(state_of(card) == "proposed" for card in view.cards)

    def words_at(anchor: str) -> str:
        start, _, end = anchor.partition(":")[2].partition("-")
        return text[int(start) : int(end)] if start.isdigit() and end.isdigit() else ""

    return {
        "view": view,
        "codes": codes,
        "undecided": undecided,
        "done": bool(view.cards) and not undecided,
        "next": following,
        "may_decide": actor.may(Action.DECIDE_CLAIM),
        "colour": lambda card: colour_of(card.shown),
        "state": state_of,
        "decision": decision_of,
        "versions": versions,
        "slots_of": slots_of,
        "blank": blank_slots(),
        "choices": CHOICES,
        "weapons": _weapons(),
        "words_at": words_at,
        "trouble": None,
        "typed": None,
    }


def colour_of(claim: Claim) -> str:
    """Return the colour of a claim, as the public record has it: by who the people are, else by what happened to them."""
    if claim.status is Status.CIVILIAN or claim.group is Group.CHILDREN:
        return "civilians"
    if claim.status is Status.COMBATANT:
        return "combatants"
    if claim.measure in (Measure.KILLED, Measure.BODIES_SEEN):
        return "killed"
    return "injured" if claim.measure in (Measure.INJURED, Measure.KILLED_OR_INJURED) else "other"


def decision_of(card: Card) -> Decision | None:
    """Return the newest decision by which a person judged this claim, None where nobody has."""
    return latest({kind: d for kind, d in card.decisions.items() if kind in _JUDGING})


def state_of(card: Card) -> str:
    """Return "proposed", or what a person made of it: "accepted", "corrected", "rejected", "added"."""
    decision = decision_of(card)
    return "proposed" if decision is None else _STATES[decision.kind.value]


@cache
def _weapons() -> tuple[str, ...]:
    words: Mapping[str, str] = catalogue("site", "en")
    return tuple(key.removeprefix("weapon.") for key in words if key.startswith("weapon."))
