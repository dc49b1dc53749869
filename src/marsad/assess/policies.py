"""Policies: how a published method turns what origins say into one toll. The same claims, two rules, side by side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from marsad.assess.voices import Said, Voice, closed
from marsad.model import Category, Count, OriginKind, Standing, Step

_DIRECT = (OriginKind.MONITOR, OriginKind.MEDICAL, OriginKind.INTERNATIONAL, OriginKind.WITNESS)
Values = dict[str, str | int | None]
_STATUSES = (Category.CIVILIANS, Category.COMBATANTS)
_RANK = {
    **dict.fromkeys(_DIRECT, 0),
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


@dataclass(frozen=True, slots=True)
class Policy:
    """A method under a name and a version; `figure` applies it to one category of what the origins say."""

    name: str
    version: str
    source: str
    figure: Callable[[Category, Sequence[Voice]], Figure]


def _range(category: Category, voices: Sequence[Voice]) -> tuple[list[tuple[Voice, Said]], int, int]:
    said = [(v, v.said[category]) for v in voices if category in v.said]
    counts = [closed(s) for _, s in said]
    lows = [c.low for c, (_, s) in zip(counts, said, strict=True) if s.low is not None] or [0]
    highs = [c.high for c in counts if c.high is not None]
    return said, min(lows), max([*highs, min(lows)])


def _disinterested(voices: Sequence[Voice]) -> list[Voice]:
    """Return the voices that are no party to the fighting, all of them if there is no other: a party's own count of the
    fighters it hit is context, not evidence."""
    return [v for v in voices if v.origin.kind is not OriginKind.PARTY] or list(voices)


def _edge(rule: str, said: Sequence[tuple[Voice, Said]], number: int, *, low: bool) -> Step:
    """Return the step that names who set the lower or the upper end of a range."""
    for voice, word in said:
        count = closed(word)
        if (count.low if low else count.high) == number:
            return Step(rule, {"n": number, "origin": voice.origin.name}, word.claims, word.steps)
    return Step(rule, {"n": number, "origin": None})


def _standing(said: Sequence[Said]) -> Standing:
    order = (Standing.STATED, Standing.STATED_NONE, Standing.STATED_UNKNOWN, Standing.DERIVED)
    return min((s.standing for s in said), key=order.index)


def airwars(category: Category, voices: Sequence[Voice]) -> Figure:
    """Return Airwars' minimum and maximum: the lowest and the highest number that an independent origin gives.

    There is no best figure. Where nobody says whether the dead were civilians or fighters they are presumed civilians.
    Source: Airwars, Methodology, civilian and belligerent casualty ranges (min–max), presumption of civilian status.
    """
    if category is Category.CIVILIANS and not any(s in v.said for v in voices for s in _STATUSES):
        total = airwars(Category.TOTAL, voices)
        if total.count is not None:
            presumed: Values = {"low": total.count.low, "high": total.count.high}
            return Figure(total.count, Standing.DERIVED, Step("airwars.presumed", presumed, (), (total.why,)))
    said, low, high = _range(category, _disinterested(voices))
    if not said:
        return _silent("airwars.not-stated")
    steps = (_edge("airwars.min", said, low, low=True), _edge("airwars.max", said, high, low=False))
    ends: Values = {"low": low, "high": high, "origins": len(said)}
    return Figure(Count(low, None, high), _standing([s for _, s in said]), Step("airwars.range", ends, (), steps))


def ucdp(category: Category, voices: Sequence[Voice]) -> Figure:
    """Return UCDP's low, best and high: the lowest and highest reliable numbers, and the most reliable one between them.

    The best figure is that of the origin nearest to the dead; among equals the one whose number appeared last, then the
    lower. A party to the fighting is used only where nobody else speaks. A share or a vague word sets bounds and gives
    no best figure. Source: UCDP GED codebook, best, high and low estimates of fatalities.
    """
    said, low, high = _range(category, _disinterested(voices))
    if not said:
        return _silent("ucdp.not-stated")
    stated = [(v, s) for v, s in said if s.best is not None]
    best: int | None = None
    steps = [_edge("ucdp.low", said, low, low=True), _edge("ucdp.high", said, high, low=False)]
    if stated:
        voice, word = min(stated, key=_nearest)
        best = min(max(closed(word).best or 0, low), high)
        chosen: Values = {"n": best, "origin": voice.origin.name, "kind": voice.origin.kind.value}
        steps.insert(0, Step("ucdp.best" if len(said) > 1 else "ucdp.only", chosen, word.claims, word.steps))
    values: Values = {"low": low, "best": best, "high": high, "origins": len(said)}
    return Figure(Count(low, best, high), _standing([s for _, s in said]), Step("ucdp.range", values, (), tuple(steps)))


def _nearest(pair: tuple[Voice, Said]) -> tuple[int, int, int, str]:
    voice, said = pair
    return _RANK[voice.origin.kind], -voice.since.toordinal(), said.best or 0, voice.origin.name


def _silent(rule: str) -> Figure:
    return Figure(None, Standing.NOT_STATED, Step(rule))


POLICIES: Mapping[str, Policy] = {
    "airwars": Policy("airwars", "1.0", "Airwars, Methodology (airwars.org/about/methodology)", airwars),
    "ucdp": Policy("ucdp", "1.0", "UCDP Georeferenced Event Dataset Codebook, fatality estimates", ucdp),
}
"""The policies there are, by name."""
