"""Sentences out of what was said: a plan of a report, and the report in a language. Plans are what copies copy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from marsad.simulate.dice import Dice
from marsad.simulate.sayings import Said
from marsad.simulate.words import counted, day_said, digits, spoken
from marsad.simulate.world import Country, Outlet, World

_VARIANTS = 3
_LEAD = {"up": "exact", "down": "exact"}
_NUMBERS = frozenset(("killed", "high", "old", "civilians", "children", "women", "injured"))
_WHO = ("civilians", "children", "women", "injured")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence to be: what it does, which of its variants, and what was said (None for what tells of nobody)."""

    role: str
    variant: int
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A report before it has words: its title and sentences in order, of a country and a place in it."""

    country: Country
    town: Mapping[str, str]
    lines: tuple[Line, ...]
    said: tuple[Said, ...]
    total: int


def plan_of(said: Sequence[Said], dice: Dice) -> Plan:
    """Return the plan of a report that tells what was said; of the first, more closely than of the others."""
    main = said[0]
    lines: list[Line] = []
    for each in said:
        if not lines and each.killed is not None:
            lines.append(Line("title", dice.below(_VARIANTS), each))
        elif not lines:
            lines.append(Line("nothing_title", dice.below(_VARIANTS)))
        lines += _told(each, dice)
    if dice.roll() < 0.4:
        lines.append(Line("by", dice.below(_VARIANTS), main))
    if dice.roll() < 0.3:
        lines.append(Line("unknown", dice.below(_VARIANTS)))
    lines += _around(dice, 3)
    if dice.roll() < 0.4:
        lines.append(Line("background", dice.below(_VARIANTS)))
    spot = main.of.spot
    return Plan(main.of.country, _called(spot.latin, spot.arabic), tuple(lines), tuple(said), 11 + main.of.day % 400)


def plan_of_nothing(country: Country, day: int, dice: Dice) -> Plan:
    """Return the plan of a report in which nobody is harmed but in the background."""
    spot = dice.one(country.spots)
    lines = [Line("nothing_title", dice.below(_VARIANTS)), *_around(dice, 6)]
    if dice.roll() < 0.5:
        lines.append(Line("background", dice.below(_VARIANTS)))
    return Plan(country, _called(spot.latin, spot.arabic), tuple(lines), (), 11 + day % 400)


def _called(latin: str, arabic: str | None) -> dict[str, str]:
    return {"ar": arabic or latin, "": latin}


def _told(said: Said, dice: Dice) -> list[Line]:
    out = []
    if said.way in _LEAD:
        out.append(Line("exact", dice.below(_VARIANTS), said))
    out.append(Line(said.way, dice.below(_VARIANTS), said))
    out += [Line(who, dice.below(_VARIANTS), said) for who in _WHO if getattr(said, who) is not None]
    return out


def _around(dice: Dice, count: int) -> list[Line]:
    first = dice.below(12)
    step = (1, 5, 7, 11)[dice.below(4)]  # none shares a divisor with twelve: no line comes twice
    return [Line("around", (first + k * step) % 12) for k in range(count)]


def reworded(plan: Plan) -> Plan:
    """Return the same sentences in the same order, each said another way; what people around said stays as it was."""
    lines = [x if x.role == "around" else replace(x, variant=(x.variant + 1) % _VARIANTS) for x in plan.lines]
    return replace(plan, lines=tuple(lines))


def cut(plan: Plan) -> Plan:
    """Return the plan without its last sentences, but with what was said."""
    kept = list(plan.lines)
    for _ in range(2):
        if kept[-1].role in ("around", "background"):
            kept.pop()
    return replace(plan, lines=tuple(kept))


class _Gaps(dict[str, str]):
    """What fills the gaps of a sentence; what is not there yet is worked out when it is asked for."""

    def __init__(self, lang: str, style: str, said: Said | None, fixed: dict[str, str]) -> None:
        super().__init__(fixed)
        self._lang, self._style, self._said = lang, style, said

    def __missing__(self, gap: str) -> str:
        first, _, rest = gap.partition("_")
        if first not in _NUMBERS:  # a verb that agrees with the number after it
            return counted(self._lang, self._number(rest), first).split(" ", 1)[1]
        if not rest:
            return digits(self._lang, self._number(first), self._style)
        noun = rest.removesuffix("_of")
        return counted(self._lang, self._number(first), noun, self._style, noun != rest)

    def _number(self, name: str) -> int:
        return int(getattr(self._said, name))


def text_of(plan: Plan, outlet: Outlet, published: int, world: World) -> str:
    """Return the report as an outlet prints it on a day: a title, and paragraphs of three sentences."""
    lang = outlet.lang
    language = spoken(lang)
    say: Mapping[str, Any] = language["say"]
    around: Mapping[str, Any] = language["around"]
    fixed = {
        "town": plan.town.get(lang, plan.town[""]),
        "country": plan.country.name[lang],
        "total": language["thousands"].format(n=plan.total),
    }
    out = []
    gaps: _Gaps | None = None
    of: object = plan
    for line in plan.lines:
        if gaps is None or line.said is not of:
            of = line.said
            gaps = _gaps(line.said, outlet, published, world, fixed)
        variants = around["lines" if line.role == "around" else line.role] if line.role in _AROUND else say[line.role]
        sentence = variants[line.variant % len(variants)].format_map(gaps)
        out.append(sentence[0].upper() + sentence[1:])
    title, body = out[0], out[1:]
    return "\n\n".join([title, *(" ".join(body[k : k + 3]) for k in range(0, len(body), 3))]) + "\n"


_AROUND = ("around", "nothing_title")


def _gaps(said: Said | None, outlet: Outlet, published: int, world: World, fixed: dict[str, str]) -> _Gaps:
    lang = outlet.lang
    if said is None:
        return _Gaps(lang, outlet.style, None, fixed)
    of = said.of
    own = {
        "town": of.spot.called(lang),
        "day": day_said(lang, of.day, published, outlet.day),
        "weapon": world.weapons[of.weapon]["words"][lang],
        "by": of.country.sides[of.side][lang],
        "voice": said.voice.said[lang],
    }
    return _Gaps(lang, outlet.style, said, fixed | own)
