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
    """Return who bounds the category, and the lowest and the highest number they give; nobody bounding it, nobody is."""
    said = [(v, v.said[category]) for v in voices if category in v.said and v.said[category].bounded]
    lows = [s.floor for _, s in said if s.low is not None] or [0]
    return said, min(lows), max([min(lows), *(s.top for _, s in said)])


def _disinterested(voices: Sequence[Voice]) -> list[Voice]:
    """Return the voices that are no party to the fighting, all of them if there is no other: a party's own count of the
    fighters it hit is context, not evidence."""
    return [v for v in voices if v.origin.kind is not OriginKind.PARTY] or list(voices)


def _edge(rule: str, said: Sequence[tuple[Voice, Said]], number: int, *, low: bool) -> Step:
    """Return the step that names who set the lower or the upper end of a range."""
    for voice, word in said:
        if (word.floor if low else word.top) == number and (not low or word.low is not None):
            return Step(rule, {"n": number, "origin": voice.origin.name}, word.claims, word.steps)
    return Step(rule, {"n": number, "origin": None})


def _standing(said: Sequence[Said]) -> Standing:
    order = (Standing.STATED, Standing.STATED_NONE, Standing.STATED_UNKNOWN, Standing.DERIVED)
    return min((s.standing for s in said), key=order.index)


def airwars(category: Category, voices: Sequence[Voice]) -> Figure:
    """Return Airwars' minimum and maximum: the lowest and the highest number that an independent origin gives.

    There is no best figure. Where nobody says whether the dead were civilians or fighters they are presumed civilians;
    where a party to the fighting alone says that there were fighters, possibly none was a civilian.
    Source: Airwars, Methodology, civilian and belligerent casualty ranges (min–max), presumption of civilian status.
    """
    heard = _disinterested(voices)
    if category is Category.CIVILIANS and not any(s in v.said for v in heard for s in _STATUSES):
        total = airwars(Category.TOTAL, voices)
        if total.count is not None:
            return _presumed(total, total.count, contested=any(Category.COMBATANTS in v.said for v in voices))
    said, low, high = _range(category, heard)
    if not said:
        return _silent("airwars.not-stated", category, heard)
    steps = (_edge("airwars.min", said, low, low=True), _edge("airwars.max", said, high, low=False))
    ends: Values = {"low": low, "high": high, "origins": len(said)}
    return Figure(Count(low, None, high), _standing([s for _, s in said]), Step("airwars.range", ends, (), steps))


def _presumed(total: Figure, count: Count, *, contested: bool) -> Figure:
    low = 0 if contested else count.low
    rule = "airwars.presumed-contested" if contested else "airwars.presumed"
    ends: Values = {"low": low, "high": count.high}
    return Figure(Count(low, None, count.high), Standing.DERIVED, Step(rule, ends, (), (total.why,)))


def ucdp(category: Category, voices: Sequence[Voice]) -> Figure:
    """Return UCDP's low, best and high: the lowest and highest reliable numbers, and the most reliable one between them.

    The best figure is that of the origin nearest to the dead; among equals the one whose number appeared last, then the
    lower. A party to the fighting is used only where nobody else speaks. A share or a vague word sets bounds and gives
    no best figure. Source: UCDP GED codebook, best, high and low estimates of fatalities.
    """
    heard = _disinterested(voices)
    said, low, high = _range(category, heard)
    if not said:
        return _silent("ucdp.not-stated", category, heard)
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


def _silent(rule: str, category: Category, voices: Sequence[Voice]) -> Figure:
    """Return the figure where nobody bounds the number: not stated, or stated to be unknown, which is not the same."""
    unknown = [v.said[category] for v in voices if category in v.said]
    standing = Standing.STATED_UNKNOWN if unknown else Standing.NOT_STATED
    return Figure(None, standing, Step(rule, {}, tuple(c for said in unknown for c in said.claims)))


POLICIES: Mapping[str, Policy] = {
    "airwars": Policy("airwars", "1.0", "Airwars, Methodology (airwars.org/about/methodology)", airwars),
    "ucdp": Policy("ucdp", "1.0", "UCDP Georeferenced Event Dataset Codebook, fatality estimates", ucdp),
}
"""The policies there are, by name."""
