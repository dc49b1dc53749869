"""Who held a place on a day: what each source says, set side by side, and the verdict."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from marsad.context.control import Withdrawn, standing
from marsad.context.control_rules import ControlRules
from marsad.context.held import Answer, Holding
from marsad.context.one_source import every_source
from marsad.model.control import Control, ControlState

__all__ = ["Answer", "Holding", "Larger", "held_on"]

Larger = Sequence[tuple[float, Sequence[Control]]]
"""Statements about the larger places that a place lies in, the smallest first, each with how much they say of it."""


def held_on(
    controls: Iterable[Control],
    day: date,
    rules: ControlRules,
    larger: Larger = (),
    refused: Mapping[str, str] | None = None,
    place_key: str = "",
) -> Answer:
    """Return who held the place on the day, from statements in any order; the same statements give the same answer.

    Where nobody says anything of the place itself, statements about the larger places around it are asked, weakened.
    """
    stand, gone = standing(controls, rules, refused)
    found = sorted(every_source(stand, day, rules), key=_strength)
    if not any(h.state is ControlState.HELD and h.sure >= rules.standing for h in found):
        for weight, around in larger:
            beyond = list(every_source(standing(around, rules, refused)[0], day, rules))
            inherited = [_inherited(h, weight) for h in beyond if h.state is ControlState.HELD and not h.partial]
            if inherited:
                found = sorted([*found, *inherited], key=_strength)
                break
    ends = _ends(stand, day)
    found = [_overtaken(holding, ends, rules) for holding in found]
    return _answer(place_key, day, found, gone, rules)


def _strength(holding: Holding) -> tuple[float, str, str, str]:
    return -holding.sure, holding.party, holding.source, holding.state.value


def _inherited(holding: Holding, weight: float) -> Holding:
    return replace(holding, rule="larger-place", sure=round(holding.sure * weight, 4))


def _ends(stand: Iterable[Control], day: date) -> list[Control]:
    """Return, the newest first, what may end a holding by that day: of each source, party and kind the newest alone."""
    newest: dict[tuple[str, str, ControlState, bool], Control] = {}
    for c in stand:
        telling = c.state is ControlState.HELD or (c.state is ControlState.LOST and not c.denies)
        if telling and not c.partial and c.last <= day:
            kind = c.source, c.party, c.state, c.change
            kept = newest.get(kind)
            newest[kind] = c if kept is None or _began(kept) < _began(c) else kept
    return sorted(newest.values(), key=_began, reverse=True)


def _began(control: Control) -> date:
    return control.first or control.last


def _overtaken(holding: Holding, ends: Iterable[Control], rules: ControlRules) -> Holding:
    """Return the holding, marked if another source ends it: by a change since the last word of it, up to that day, or by
    naming another holder so long after that word that both may have been right."""
    if holding.rule not in ("carried-forward", "larger-place") or holding.state is not ControlState.HELD:
        return holding
    said = max(c.last for c in holding.evidence)
    stale = said + timedelta(days=rules.stale_days)
    for c in ends:
        if _began(c) <= said:
            return holding
        against = (c.party != holding.party) is (c.state is ControlState.HELD)
        if against and c.source != holding.source and (c.change or _began(c) > stale):
            return replace(holding, overtaken=True)
    return holding


def _answer(
    place_key: str, day: date, found: Sequence[Holding], gone: Sequence[Withdrawn], rules: ControlRules
) -> Answer:
    alive = [h for h in found if not h.overtaken and h.sure >= rules.standing]
    holders = [h for h in alive if h.state is ControlState.HELD]
    shares = _shares(holders, rules)
    by_source = [{h.party for h in holders if h.source == source} for source in {h.source for h in holders}]
    whole = {h.party for h in holders if not h.partial}
    if not holders:
        verdict = "contested" if any(h.state is ControlState.CONTESTED for h in alive) else "unknown"
    elif any(h.state is ControlState.CONTESTED and h.rule == "stated" for h in alive):
        verdict = "contested"
    elif len({h.party for h in holders}) == 1:
        verdict = "held" if whole else "held in part"
    elif len(whole) <= 1:
        verdict = "divided"
    else:
        verdict = "shared" if all(len(parties) > 1 for parties in by_source) else "disputed"
    return Answer(
        place_key=place_key,
        day=day,
        verdict=verdict,
        besieged=any(h.state is ControlState.BESIEGED for h in alive),
        shares=shares,
        holdings=tuple(found),
        withdrawn=tuple(gone),
    )


def _shares(holders: Iterable[Holding], rules: ControlRules) -> tuple[tuple[str, float], ...]:
    best: dict[tuple[str, str], float] = {}
    for h in holders:
        sure = h.sure * (rules.partial if h.partial else 1.0)
        best[h.party, h.source] = max(sure, best.get((h.party, h.source), 0.0))
    missed: dict[str, float] = {}
    for (party, _), sure in sorted(best.items()):
        missed[party] = missed.get(party, 1.0) * (1 - sure)
    shares = {party: min(0.99, 1 - share) for party, share in missed.items()}
    total = max(1.0, sum(shares.values()))
    return tuple(sorted(((p, round(s / total, 4)) for p, s in shares.items()), key=lambda item: (-item[1], item[0])))
