"""Who is who: what a name means on a day, to whom somebody belongs, on whose side, and what others call him."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from marsad.text.normal import fold

LONGEST = 200
"""Characters of a name that are looked at."""


@dataclass(frozen=True, slots=True)
class Name:
    """It is called `words` from `first` to `last`, both days included; None leaves that end open."""

    words: str
    lang: str | None = None
    first: date | None = None
    last: date | None = None

    def holds(self, on: date | None) -> bool:
        """Whether it was called so on that day; None asks for no day, so that every name holds.

        >>> Name("ISIL", None, date(2013, 4, 9), date(2014, 6, 28)).holds(date(2014, 11, 26))
        False
        """
        return _within(on, self.first, self.last)


@dataclass(frozen=True, slots=True)
class Tie:
    """From `first` to `last` it stood to the actor `other` as `kind` says: part_of, member_of, follows or side."""

    kind: str
    other: str
    first: date | None = None
    last: date | None = None

    def holds(self, on: date | None) -> bool:
        """Whether it held on that day."""
        return _within(on, self.first, self.last)


@dataclass(frozen=True, slots=True)
class Known:
    """The actor `name` is of this `type`; it bears arms if `armed`, and was there from `first` to `last`.

    `countries` are ISO codes of where it acts, empty where anywhere. `names` are all it is called, its own first. `role` is
    rescue, medical or aid of those who come to help, else None. `codes` hold, by data set (ucdp, acled), the name there and
    a number where one is known. `ours` says that the observatory's own file told of it.
    """

    name: str
    type: str
    name_ar: str | None = None
    armed: bool = False
    countries: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    names: tuple[Name, ...] = ()
    ties: tuple[Tie, ...] = ()
    role: str | None = None
    codes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    ours: bool = False

    def there(self, on: date | None) -> bool:
        """Whether it existed on that day, as far as is known."""
        return _within(on, self.first, self.last)


@dataclass(frozen=True, slots=True)
class Short:
    """These words mean one of several actors, in these countries alone where some are named."""

    means: tuple[str, ...]
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom words mean: `actor`, None where that cannot be told or nobody is known by them; `among` those they may mean.

    `why` is the rule that told: named, named_then (by the name it had on that day), only_one_there, by_act, named_last,
    by_country, ambiguous, unknown.
    """

    actor: Known | None
    among: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Register:
    """All actors by name, and by every word that means one of them."""

    actors: Mapping[str, Known]
    by_words: Mapping[str, tuple[tuple[str, Name], ...]]
    shorts: Mapping[str, Short]

    def meant(
        self,
        words: str,
        *,
        on: date | None = None,
        act: str | None = None,
        country: str | None = None,
        named: Sequence[str] = (),
    ) -> Meant:
        """Return whom these words mean.

        `on` is the day that is spoken of, `act` the kind of context in which the words stand, `country` where it happened,
        `named` whom the report named in full before them, in the order of its text. A name that was somebody's alone on
        that day decides; words that mean one of several are told apart by who was there, by what is done (who bears no
        arms bombs nobody), by who of them was named last, by country; where none of these tells, nobody is meant.

        >>> two = {"Harbour": Known("Harbour", "civilian body"), "Air": Known("Air", "state", armed=True)}
        >>> register = Register(two, {}, {"coalition": Short(("Harbour", "Air"))})
        >>> [register.meant("the coalition", act=a, named=["Harbour"]).actor.name for a in ("event", "statement")]
        ['Air', 'Harbour']
        """
        key = key_of(words)
        hits = self.by_words.get(key, ())
        short = self.shorts.get(key)
        if short is not None and short.countries and country is not None and country not in short.countries:
            short = None
        then = [name for name, called in hits if called.holds(on)]
        if len(set(then)) == 1 and short is None:
            dated = any(called.first or called.last for name, called in hits if name == then[0] and called.holds(on))
            return Meant(self.actors[then[0]], (then[0],), "named_then" if dated else "named")
        among = (*(then or [name for name, _ in hits]), *(short.means if short else ()))
        return self._one_of(tuple(dict.fromkeys(among)), on, act, country, named)

    def _one_of(
        self, among: tuple[str, ...], on: date | None, act: str | None, country: str | None, named: Sequence[str]
    ) -> Meant:
        if not among:
            return Meant(None, (), "unknown")
        left = [name for name in among if self.actors[name].there(on)] or list(among)
        left = [name for name in left if not any(self.whole(part, on) == name != part for part in left)] or left
        if len(left) == 1:
            return Meant(self.actors[left[0]], among, "only_one_there")
        if act in ARMED_ACTS:
            left = [name for name in left if self.actors[name].armed] or left
        if len(left) == 1:
            return Meant(self.actors[left[0]], among, "by_act")
        last = next((name for name in reversed(named) if name in left), None)
        if last is not None:
            return Meant(self.actors[last], among, "named_last")
        home = [name for name in left if country and country in self.actors[name].countries]
        if len(home) == 1:
            return Meant(self.actors[home[0]], among, "by_country")
        return Meant(None, tuple(left), "ambiguous")

    def may_mean(self, words: str) -> frozenset[str]:
        """Return the names of all whom words may mean on some day, in some place; empty where they mean nobody."""
        key = key_of(words)
        short = self.shorts.get(key)
        return frozenset((*(name for name, _ in self.by_words.get(key, ())), *(short.means if short else ())))

    def named(self, words: str, on: date | None = None) -> Known | None:
        """Return the actor that these words name without doubt, None where there is none."""
        return self.meant(words, on=on).actor

    def side(self, name: str, on: date | None = None) -> list[str]:
        """Return by whose side an actor stood on that day, in order of names."""
        return sorted(t.other for t in self.actors[name].ties if t.kind == "side" and t.holds(on))

    def whole(self, name: str, on: date | None = None) -> str:
        """Return the name of what an actor was part of on that day, outermost; its own where it was part of nothing."""
        seen = {name}
        while True:
            above = next((t.other for t in self.actors[name].ties if t.kind == "part_of" and t.holds(on)), None)
            if above is None or above in seen or above not in self.actors:
                return name
            seen.add(above)
            name = above

    def members(self, name: str, on: date | None = None) -> list[str]:
        """Return who is part or a member of an actor on that day, in order of names."""
        belongs = ("part_of", "member_of")
        return sorted(
            k.name
            for k in self.actors.values()
            if any(t.kind in belongs and t.other == name and t.holds(on) for t in k.ties)
        )


ARMED_ACTS = frozenset({"event", "control", "arms_transfer"})
"""Kinds of context in which somebody who bears no arms is not the one who acts."""


def key_of(words: str) -> str:
    """Return words as the register compares them: letters folded, without an article before or an abbreviation behind.

    >>> key_of("The Coalition"), key_of("Islamic State (IS)")
    ('coalition', 'islamic state')
    """
    plain = words[:LONGEST].partition(" (")[0]
    folded = fold(plain)
    return folded.removeprefix("the ").strip()


def _within(on: date | None, first: date | None, last: date | None) -> bool:
    return on is None or ((first is None or first <= on) and (last is None or on <= last))
