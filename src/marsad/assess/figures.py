"""The rules of policies at work: what several origins say of one category becomes one figure, with the step that explains it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.assess.policy import Policy
from marsad.assess.support import DIRECT, supported
from marsad.assess.voices import Said, Voice, closed
from marsad.model import Category, Count, OriginKind, Standing, Step

Values = dict[str, str | int | None]
SIDES = (Category.CIVILIANS, Category.COMBATANTS)
_RANK = {
    **dict.fromkeys(DIRECT, 0),
    OriginKind.OFFICIAL: 1,
    OriginKind.ACTIVISTS: 1,
    OriginKind.MEDIA: 2,
    OriginKind.UNNAMED: 3,
    OriginKind.PARTY: 4,
}
"""How near an origin stands to the dead: those who count or treat them, then those on the spot, then who passes on."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A policy's count for one category, and the step that explains it; `count` is None where nothing bounds it."""

    count: Count | None
    standing: Standing
    why: Step


def figure(policy: Policy, category: Category, voices: Sequence[Voice], perpetrator: str | None = None) -> Figure:
    """Return the policy's figure for one category of what the origins say; `perpetrator` is who is said to have done it."""
    heard = listened_to(policy, voices, perpetrator)
    if policy.value("counts") == "civilians":
        if category is Category.COMBATANTS:
            return Figure(None, Standing.NOT_STATED, Step("policy.civilians-only", {"policy": policy.title}))
        heard = _civilians_for(heard) if category in (Category.TOTAL, Category.CIVILIANS) else heard
        category = Category.CIVILIANS if category is Category.TOTAL else category
    if not policy.value("split") and category in SIDES:
        return Figure(None, Standing.NOT_STATED, Step("policy.no-split", {"policy": policy.title}))
    if policy.value("contested_zero") and category in SIDES and (contested := _contested(heard)):
        return _nought(category, heard, contested)
    if policy.value("presume_civilian") and policy.value("counts") == "everybody" and _presumes(category, heard):
        total = figure(policy, Category.TOTAL, voices, perpetrator)
        if total.count is not None:
            ends: Values = {"low": total.count.low, "high": total.count.high}
            step = Step(f"{policy_words(policy)}.presumed", ends, (), (total.why,))
            return Figure(total.count, Standing.DERIVED, step)
    said = [(v, v.said[category]) for v in heard if category in v.said and v.said[category].bounded]
    if not said:
        return silent(policy, category, heard)
    return _RULED[policy.value("conflict")](policy, said)


def listened_to(policy: Policy, voices: Sequence[Voice], perpetrator: str | None = None) -> list[Voice]:
    """Return the voices that the policy listens to: by its rule for parties to the fighting.

    A party's own count of the fighters it hit is context, not evidence, unless nobody else speaks. Where a party's
    confirmation counts, it is that of whoever is said to have done it.
    """
    rule = policy.value("parties")
    if rule == "equal":
        return list(voices)
    if rule == "confirm":
        return [
            v
            for v in voices
            if v.origin.kind is not OriginKind.PARTY or (perpetrator is not None and v.origin.party == perpetrator)
        ]
    return [v for v in voices if v.origin.kind is not OriginKind.PARTY] or list(voices)


def policy_words(policy: Policy) -> str:
    """Return under which name the catalogue has the sentences for this policy's steps."""
    return policy.name if policy.name in ("airwars", "ucdp") else "policy"


def silent(policy: Policy, category: Category, voices: Sequence[Voice]) -> Figure:
    """Return the figure where nobody bounds the number: not stated, or stated to be unknown, which is not the same."""
    unknown = [v.said[category] for v in voices if category in v.said]
    standing = Standing.STATED_UNKNOWN if unknown else Standing.NOT_STATED
    claims = tuple(c for said in unknown for c in said.claims)
    if policy.value("silent") == "zero" and category is Category.TOTAL:
        return Figure(Count(0, 0, 0), Standing.DERIVED, Step("policy.silent-zero", {"policy": policy.title}, claims))
    return Figure(None, standing, Step(f"{policy_words(policy)}.not-stated", {}, claims))


def _presumes(category: Category, heard: Sequence[Voice]) -> bool:
    return category is Category.CIVILIANS and not any(s in v.said for v in heard for s in SIDES)


def _civilians_for(heard: Sequence[Voice]) -> list[Voice]:
    """Return the voices as a count of civilians hears them: whoever is not said to have been a fighter is a civilian."""
    out = []
    for voice in heard:
        total, fighters = voice.said.get(Category.TOTAL), voice.said.get(Category.COMBATANTS)
        mine = voice.said.get(Category.CIVILIANS)
        said = dict(voice.said)
        if (mine is None or mine.standing is Standing.DERIVED) and total is not None and total.bounded:
            said[Category.CIVILIANS] = _rest(total, fighters)
        out.append(Voice(voice.origin, voice.since, said))
    return out


def _rest(total: Said, fighters: Said | None) -> Said:
    if fighters is None or not fighters.bounded or fighters.standing is Standing.DERIVED:
        step = Step("policy.presumed", {"low": total.floor, "high": total.top}, total.claims)
        return Said(total.low, total.high, total.best, Standing.DERIVED, total.claims, (*total.steps, step))
    claims = tuple(dict.fromkeys((*total.claims, *fighters.claims)))
    left = closed(total).minus(closed(fighters))
    step = Step("policy.without-fighters", {"low": left.low, "high": left.high}, claims)
    return Said(left.low, left.high, left.best, Standing.DERIVED, claims, (*total.steps, step))


def _contested(heard: Sequence[Voice]) -> tuple[Voice, Voice] | None:
    """Return two voices that give the same people to either side, None where none do.

    That is so where one's civilians and the other's fighters do not fit into the highest total that either of them gives.
    Where neither gives a total of its own, it is so for equal numbers alone: five civilians and five fighters may be the
    same five called differently, five and three are eight people.
    """
    for one in heard:
        mine = one.said.get(Category.CIVILIANS)
        if mine is None or not mine.floor or mine.standing is Standing.DERIVED:
            continue
        for other in heard:
            theirs = other.said.get(Category.COMBATANTS)
            if other is one or theirs is None or not theirs.floor or theirs.standing is Standing.DERIVED:
                continue
            totals = [t for v in (one, other) if (t := v.said.get(Category.TOTAL)) is not None and t.bounded]
            told = [t for t in totals if t.standing is not Standing.DERIVED]
            room = max([t.top for t in told or totals], default=0)
            if (told and mine.floor + theirs.floor > room) or (not told and mine.floor == theirs.floor):
                return one, other
    return None


def _nought(category: Category, heard: Sequence[Voice], contested: tuple[Voice, Voice]) -> Figure:
    one, other = contested
    said = [v.said[category] for v in heard if category in v.said and v.said[category].bounded]
    high = max((s.top for s in said), default=0)
    claims = tuple(dict.fromkeys(c for v in (one, other) for s in SIDES if s in v.said for c in v.said[s].claims))
    ends: Values = {"high": high, "one": one.origin.name, "other": other.origin.name}
    return Figure(Count(0, None, high), Standing.DERIVED, Step("policy.contested-status", ends, claims))


Pairs = Sequence[tuple[Voice, Said]]


def _ends(said: Pairs) -> tuple[int, int]:
    """Return the lowest and the highest number; where nobody bounds it from below, nobody is the lowest."""
    lows = [s.floor for _, s in said if s.low is not None] or [0]
    return min(lows), max([min(lows), *(s.top for _, s in said)])


def _edge(rule: str, said: Pairs, number: int, *, low: bool) -> Step:
    """Return the step that names who set the lower or the upper end of a range."""
    for voice, word in said:
        if (word.floor if low else word.top) == number and (not low or word.low is not None):
            return Step(rule, {"n": number, "origin": voice.origin.name}, word.claims, word.steps)
    return Step(rule, {"n": number, "origin": None})


def _standing(said: Pairs) -> Standing:
    order = (Standing.STATED, Standing.STATED_NONE, Standing.STATED_UNKNOWN, Standing.DERIVED)
    return min((s.standing for _, s in said), key=order.index)


def _ranged(policy: Policy, said: Pairs) -> Figure:
    low, high = _ends(said)
    words, names = policy_words(policy), ("min", "max") if policy.name == "airwars" else ("low", "high")
    steps = [_edge(f"{words}.{names[0]}", said, low, low=True), _edge(f"{words}.{names[1]}", said, high, low=False)]
    best: int | None = None
    rule = policy.value("best")
    stated = [(v, s) for v, s in said if s.best is not None]
    if rule == "nearest" and stated:
        voice, word = min(stated, key=_nearest)
        best = min(max(closed(word).best or 0, low), high)
        chosen: Values = {"n": best, "origin": voice.origin.name, "kind": voice.origin.kind.value}
        steps.insert(0, Step(f"{words}.best" if len(said) > 1 else f"{words}.only", chosen, word.claims, word.steps))
    elif rule in ("lowest", "highest"):
        best = low if rule == "lowest" else high
    few = _too_few(policy, said)
    values: Values = {"low": low, "high": high, "origins": len(said)}
    if best is not None or policy.name == "ucdp":
        values["best"] = best
    name = "range-best" if words == "policy" and best is not None else "range"
    return Figure(Count(low, best, high), _standing(said), Step(f"{words}.{name}", values, (), (*steps, *few)))


def _too_few(policy: Policy, said: Pairs) -> list[Step]:
    """Return the step that marks a figure of fewer origins than the policy asks for."""
    asked = policy.value("origins")
    if len(said) >= asked:
        return []
    return [Step("policy.single-source", {"n": len(said), "asked": asked, "origin": said[0][0].origin.name})]


def _nearest(pair: tuple[Voice, Said]) -> tuple[int, int, int, str]:
    voice, said = pair
    return _RANK[voice.origin.kind], -voice.since.toordinal(), said.best or 0, voice.origin.name


def _one(policy: Policy, said: Pairs) -> Figure:
    """Return the lowest, or the highest, number alone; a policy that names no best has it as both ends."""
    low, high = _ends(said)
    lowest = policy.value("conflict") == "lowest"
    number = low if lowest else high
    step = _edge("policy.lowest" if lowest else "policy.highest", said, number, low=lowest)
    few = _too_few(policy, said)
    values: Values = {"n": number, "origins": len(said)}
    best = None if policy.value("best") == "none" else number
    return Figure(Count(number, best, number), _standing(said), Step("policy.one-number", values, (), (step, *few)))


def _agreed(policy: Policy, said: Pairs) -> Figure:
    """Return the number that enough origins support, with what more anybody says as its upper end; none where too few do."""
    number, backing = supported(
        [(v.origin, s.floor, s.claims) for v, s in said if s.low is not None or s.best is not None],
        origins=policy.value("origins"),
        types=policy.value("types"),
        direct=policy.value("direct"),
    )
    _, high = _ends(said)
    needs: Values = {"origins": policy.value("origins"), "types": policy.value("types")}
    if number is None:
        claims = tuple(c for _, s in said for c in s.claims)
        if policy.value("below") == "mark":
            marked = _ranged(policy, said)
            step = Step("policy.not-agreed", needs | {"high": high}, claims, (marked.why,))
            return Figure(marked.count, marked.standing, step)
        return Figure(None, Standing.NOT_STATED, Step("policy.unverified", needs | {"high": high}, claims))
    names = ", ".join(sorted(origin.name for origin, _ in backing))
    claims = tuple(c for _, of in backing for c in of)
    values: Values = {"n": number, "names": names, "more": high - number}
    best = number if policy.value("best") == "agreed" else None
    return Figure(Count(number, best, max(high, number)), _standing(said), Step("policy.agreed", values, claims))


_RULED: Mapping[Any, Callable[[Policy, Pairs], Figure]] = {
    "range": _ranged,
    "lowest": _one,
    "highest": _one,
    "agreed": _agreed,
    "reckoned": _ranged,
}
"""What each way of dealing with different numbers makes of them; reckoning takes all claims together, in assessed.py."""
