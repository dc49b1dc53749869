"""The answer keys of MUC-3 and MUC-4: templates of 25 slots, of which we read date, location and human targets.

Notation (task documents of the conference): a slot has one filler a line; `?` before a filler makes it optional; `/`
parts alternatives; `VALUE: "TARGET" / "ALIAS"` ties a value to a human target; `*` and `-` are empty; `;` opens a
comment. Numbers are written 6, ~6, 6- (at least), -6 (up to), 6-8, or PLURAL where the text has no number.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from marsad.evaluate.muc_texts import day_of, month_of

_SLOT = re.compile(r"^(\d{1,2})\. +[A-Z]+(?: [A-Z]+)*(?:: [A-Z]+(?: [A-Z]+)*)? {2,}(.*)$")
_QUOTED = re.compile(r'"((?:\\"|[^"])*)"')
_DAY = re.compile(r"(\d{1,2}) ([A-Za-z]{3,9}) (\d{2})\b")
_MONTH = re.compile(r"([A-Za-z]{3,9}) (\d{2})\b")
_NUMBER = re.compile(r"~?(\d+)?\s*(?:-\s*(\d+)?)?")
_KIND = re.compile(r"(?<=\w)\s*\([^():]*\)")
_EFFECTS = {"DEATH": "killed", "INJURY": "injured"}

Days = tuple[date | None, date]
"""First day, None for "on or before", and last day."""


@dataclass(frozen=True, slots=True)
class KeyFact:
    """In the key, this many people were killed (or injured): any of `measures`, any of `numbers`.

    More than one only where the key gives alternatives. `numbers` is empty where the text has none (PLURAL, or none
    given). An `optional` fact may be read or not. `targets` are the words of the text for these people; `named` says
    that they are the name of a person.
    """

    measures: frozenset[str]
    numbers: frozenset[int]
    targets: tuple[str, ...]
    optional: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Template:
    """One incident of one text, as the key tells it.

    `days` and `places` list alternatives; a place is its parts from the country inwards. `totals` are sums of the facts
    by measure: the key does not ask for them, and they are not wrong either. `mixed` is the largest number that the key
    gives for people of whom some were killed and some injured, 0 if there is none: how many of each it does not say.
    """

    text_id: str
    number: str
    days: tuple[Days, ...]
    places: tuple[tuple[str, ...], ...]
    facts: tuple[KeyFact, ...]
    totals: frozenset[tuple[str, int]]
    mixed: int


def templates(content: str) -> Iterator[Template]:
    """Yield the templates of a key file, without the empty ones of irrelevant texts."""
    for slots in _records(content):
        if slots.get(1, ["*"])[0] != "*":
            yield _template(slots)


def _records(content: str) -> Iterator[Mapping[int, list[str]]]:
    """Yield the slots of each template: slot number to its fillers."""
    slots: dict[int, list[str]] = {}
    fillers: list[str] = []
    for line in content.splitlines():
        if line.startswith(";") or not line.strip():
            continue
        head = _SLOT.match(line)
        if head is not None:
            number = int(head.group(1))
            if number == 0 and slots:
                yield slots
                slots = {}
            fillers = slots.setdefault(number, [])
        value = (head.group(2) if head else line).strip()
        if value:
            fillers.append(value)
    if slots:
        yield slots


def _template(slots: Mapping[int, list[str]]) -> Template:
    number = slots[1][0]
    facts = _facts(slots, optional="OPTIONAL" in number)
    days = tuple(d for filler in slots.get(2, []) for part in _parts(filler) if (d := _days(part)) is not None)
    places = tuple(p for filler in slots.get(3, []) for part in _parts(_KIND.sub("", filler)) for p in _places(part))
    numbers, effects = ([_filler(line) for line in slots.get(slot, [])] for slot in (21, 23))
    mixed = [n for filler in numbers if _is_for_both(filler, effects, numbers) for n in filler.numbers]
    return Template(slots[0][0].split()[0], number, days, places, facts, _totals(facts), max(mixed, default=0))


def _parts(filler: str) -> list[str]:
    """Return the alternatives of a filler."""
    return [part for part in re.split(r"\s*/\s*", filler) if part]


def _days(filler: str) -> Days | None:
    filler = filler.strip("?() ")
    days = [day for found in _DAY.findall(filler) if (day := day_of(*found)) is not None]
    if len(days) == 2:
        return (days[0], days[1]) if days[0] <= days[1] else None
    if len(days) == 1:
        return (None if filler.startswith("-") else days[0]), days[0]
    month = _MONTH.search(filler)
    return month_of(*month.groups()) if month else None


def _places(filler: str) -> Iterator[tuple[str, ...]]:
    """Yield the place, or both where the key says "between A and B"."""
    chain = [part.strip() for part in filler.strip("?() ").split(":")]
    for last in chain[-1].split(" - "):
        names = [*chain[:-1], last.strip()]
        if all(name not in ("", "-", "*") for name in names):
            yield tuple(names)


def _facts(slots: Mapping[int, list[str]], *, optional: bool) -> tuple[KeyFact, ...]:
    numbers, effects = ([_filler(line) for line in slots.get(slot, [])] for slot in (21, 23))
    names = {name for line in slots.get(18, []) for name in _QUOTED.findall(line)}
    facts = []
    for effect in effects:
        if not effect.measures:
            continue
        tied = [number for number in numbers if number.is_of(effect)]
        counts = frozenset(n for number in tied if not _is_for_both(number, effects, numbers) for n in number.numbers)
        may = optional or effect.optional or any(number.optional for number in tied)
        facts.append(KeyFact(effect.measures, counts, effect.targets, may, bool(names & set(effect.targets))))
    return (*facts, *_stated_total(slots, facts, numbers, optional=optional))


@dataclass(frozen=True, slots=True)
class _Filler:
    values: tuple[str, ...]
    targets: tuple[str, ...]
    optional: bool

    def is_of(self, other: "_Filler") -> bool:
        """Whether both are tied to the same people, under any of their names."""
        return bool(set(self.targets) & set(other.targets))

    @property
    def measures(self) -> frozenset[str]:
        return frozenset(_EFFECTS[word] for word in self.values if word in _EFFECTS)

    @property
    def numbers(self) -> frozenset[int]:
        return frozenset(n for n in map(_number, self.values) if n is not None)


def _filler(line: str) -> _Filler:
    head, _, tail = line.partition(': "')
    optional = head.startswith("?")
    values = tuple(part.strip("?() ") for part in head.split("/"))
    return _Filler(values, tuple(_QUOTED.findall('"' + tail)) if tail else (), optional)


def _is_for_both(number: _Filler, effects: Sequence[_Filler], numbers: Sequence[_Filler]) -> bool:
    """Tell whether the key has people killed on one line and injured on another, and this one number for both."""
    alone = not any(other is not number and other.is_of(number) for other in numbers)
    return alone and len({effect.measures for effect in effects if effect.measures and number.is_of(effect)}) > 1


def _number(value: str) -> int | None:
    """Return the number of people: the lower end where there is one, else the upper; None for PLURAL and the like."""
    found = _NUMBER.fullmatch(value.strip())
    if found is None:
        return None
    low, high = found.groups()
    return int(low or high) if low or high else None


def _stated_total(
    slots: Mapping[int, list[str]], facts: Sequence[KeyFact], numbers: Sequence[_Filler], *, optional: bool
) -> Iterator[KeyFact]:
    """Yield slot 24, the total that the text states, as a fact where all targets met with the same."""
    measures = {fact.measures for fact in facts}
    harmed = {target for fact in facts for target in fact.targets}
    if len(measures) != 1 or any(not set(number.targets) & harmed for number in numbers):
        return
    for filler in map(_filler, slots.get(24, [])):
        if filler.numbers:
            every = tuple(target for fact in facts for target in fact.targets)
            yield KeyFact(next(iter(measures)), filler.numbers, every, optional or filler.optional, named=False)


def _totals(facts: Sequence[KeyFact]) -> frozenset[tuple[str, int]]:
    sums = []
    for measure in _EFFECTS.values():
        counts = [fact.numbers for fact in facts if fact.measures == {measure}]
        if len(counts) > 1 and all(len(numbers) == 1 for numbers in counts):
            sums.append((measure, sum(next(iter(numbers)) for numbers in counts)))
    return frozenset(sums)
