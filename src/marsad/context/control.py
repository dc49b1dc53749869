"""From knowledge to statements of control: which party held, lost, besieged or fought for a place, when, and who says so."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from marsad.context.control_rules import ControlRules
from marsad.model import Polarity, Stance
from marsad.model.control import Control, ControlState
from marsad.model.knowledge import Knowledge, knowledge_row

TOPICS = ("control", "governance")
"""Topics of knowledge that say who holds a place: to rule a town is to hold it."""

_ACTS: Mapping[str, tuple[ControlState, bool]] = {
    "gained": (ControlState.HELD, True),
    "holds": (ControlState.HELD, False),
    "declared_capital": (ControlState.HELD, False),
    "governs": (ControlState.HELD, False),
    "lost": (ControlState.LOST, True),
    "contested": (ControlState.CONTESTED, False),
    "besieges": (ControlState.BESIEGED, False),
    "siege_lifted": (ControlState.RELIEVED, True),
}
"""What each act says, and whether it says that something began."""

_NOT: Mapping[str, ControlState] = {
    "gained": ControlState.LOST,
    "holds": ControlState.LOST,
    "governs": ControlState.LOST,
    "lost": ControlState.HELD,
    "besieges": ControlState.RELIEVED,
}
"""What it says that an act was not so; of other acts nothing follows."""

Canonical = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """`control` counts no more, since `by` took it back; `by` is the statement that did, or a decision's words."""

    control: Control
    by: str
    reason: str


def control_of(known: Knowledge, canonical: Canonical = str) -> Control | None:
    """Return what the knowledge says of control; None for what says nothing of it: plans, possibilities, no party or place.

    `canonical` gives the one name of a party that has several.
    """
    return control_of_row(knowledge_row(known), canonical)


def control_of_row(row: Mapping[str, Any], canonical: Canonical = str) -> Control | None:
    """Return what a row of schema KNOWLEDGE, or those columns of it in `COLUMNS`, says of control; as `control_of`."""
    if row["topic"] not in TOPICS or row["act"] is None or row["place_key"] is None or row["party"] is None:
        return None
    if row["stance"] not in _TELLING:
        return None
    denied = row["stance"] == Stance.DENIED or row["polarity"] == Polarity.NEGATED
    state, change = (_NOT.get(row["act"]), False) if denied else _ACTS.get(row["act"], (None, False))
    if state is None:
        return None
    reported: date = row["reported"] or row["recorded"]
    first, last = (None if change else reported), reported
    if row["occurred_from"] is not None:
        first, last = row["occurred_from"], row["occurred_to"]
        if first <= reported < last:
            last = reported  # "this year" is told when the year is not over
    facility, name = row["facility"], row["place_name"]
    return Control(
        knowledge_id=row["knowledge_id"],
        report_id=row["report_id"],
        source=row["source"],
        outlet=row["outlet"],
        party=canonical(row["party"]),
        place_key=row["place_key"],
        place_name=f"{name} {facility}" if facility else name,
        state=state,
        change=change,
        first=first,
        last=last,
        reported=reported,
        text=row["text"],
        start=row["start"],
        partial=row["extent"] is not None and facility is None,
        hedged=row["stance"] == Stance.REPORTED,
        denies=denied,
        dated=row["occurred_from"] is not None,
        before=row["target"] if row["relation"] == "before" else None,
    )


COLUMNS = (
    *("knowledge_id", "report_id", "start", "text", "topic", "act", "party", "extent", "facility", "place_key"),
    *("place_name", "occurred_from", "occurred_to", "source", "outlet", "reported", "recorded", "stance", "polarity"),
    *("relation", "target"),
)
"""The columns of knowledge that a statement of control is made of."""

_TELLING = frozenset({Stance.ASSERTED.value, Stance.REPORTED.value, Stance.DENIED.value})


def bounded(controls: Iterable[Control]) -> list[Control]:
    """Return the statements, each no later than the one that its own report says came after it, in order of days.

    A holding without a day, in a report that tells when the party lost the place or another took it, was before that: "they
    had held it since March".
    """
    by_id = {control.knowledge_id: control for control in controls}
    ends: dict[str, list[Control]] = {}
    for control in by_id.values():
        if control.change and control.dated and not control.partial and not control.denies:
            ends.setdefault(control.report_id, []).append(control)
    out = []
    for control in by_id.values():
        control = _ended(control, ends.get(control.report_id, ()))
        later = by_id.get(control.before or "")
        if later is not None and later.last < control.last and (control.first is None or control.first <= later.last):
            control = replace(control, last=later.last)
        out.append(control)
    return sorted(out, key=lambda c: c.order)


def _ended(control: Control, ends: Iterable[Control]) -> Control:
    if control.state is not ControlState.HELD or control.change or control.dated or control.denies:
        return control
    for end in ends:
        lost = end.state is ControlState.LOST and end.party == control.party
        taken = end.state is ControlState.HELD and end.party != control.party
        if lost or taken:
            day = (end.first or end.last) - timedelta(days=1)
            return replace(control, first=day, last=day)
    return control


def standing(
    controls: Iterable[Control], rules: ControlRules, refused: Mapping[str, str] | None = None
) -> tuple[list[Control], list[Withdrawn]]:
    """Return the statements that stand, in order of days, and those taken back, each with what took it back.

    A source that says that something was not so takes back its own earlier report of it; nobody takes back another's.
    `refused` names the statements that a person refused, by id, with the reason.
    """
    refused = refused or {}
    stand, gone = [], []
    ordered = bounded(controls)
    denials: dict[tuple[str, str], list[Control]] = {}
    for control in ordered:
        if control.denies and control.knowledge_id not in refused:
            denials.setdefault((control.source, control.party), []).append(control)
    for control in ordered:
        if control.knowledge_id in refused:
            gone.append(Withdrawn(control, "decision", refused[control.knowledge_id]))
            continue
        taken = _taken_back(control, denials.get((control.source, control.party), ()), rules)
        if taken is None:
            stand.append(control)
        else:
            gone.append(Withdrawn(control, taken.knowledge_id, taken.text))
    takers = {w.by for w in gone}
    return [c for c in stand if c.knowledge_id not in takers], gone


def _taken_back(control: Control, denials: Iterable[Control], rules: ControlRules) -> Control | None:
    """Return the denial by which the source takes this statement back, None if it stands by it."""
    if not control.change or control.denies:
        return None
    reach = timedelta(days=rules.withdrawal_days)
    for denial in denials:
        contrary = {control.state, denial.state} == {ControlState.HELD, ControlState.LOST}
        if contrary and control.reported <= denial.reported <= control.reported + reach:
            return denial
    return None
