"""Two editions of a list: who was added, who is gone, and what became of the others."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from marsad.model import VictimRecord
from marsad.names import columns_of, letters, parts_of

_ALIKE = 0.7
"""From here on two family names are two spellings of one."""


class Change(StrEnum):
    """What differs between two records of one person."""

    NAME_MARKS = "name_marks"
    """Only how the letters are written: hamza, ta marbuta, spaces."""
    NAME_SPELLING = "name_spelling"
    """Another spelling of the same sounds, or a slip."""
    NAME_LONGER = "name_longer"
    NAME_SHORTER = "name_shorter"
    FAMILY_NAME = "family_name"
    NAME_OTHER = "name_other"
    SEX = "sex"
    AGE = "age"
    BORN = "born"
    DIED = "died"
    PLACE = "place"
    ID_ADDED = "id_added"
    ID_REMOVED = "id_removed"
    ID_CORRECTED = "id_corrected"
    """The earlier number was temporary or had a wrong check digit."""
    ID_OTHER = "id_other"
    """Both numbers are right, and differ: look at it."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One person in two editions, with what differs; nothing differs where `kinds` is empty."""

    old: VictimRecord
    new: VictimRecord
    chance: float
    kinds: tuple[Change, ...]


def changes(old: VictimRecord, new: VictimRecord) -> tuple[Change, ...]:
    """Return what differs between two records of one person, in a fixed order.

    What one edition does not tell at all is no change, except in the name and the identity number.
    """
    found = [*_name(old, new)]
    pairs: list[tuple[Change, object, object]] = [
        (Change.SEX, old.sex, new.sex),
        (Change.AGE, old.age, new.age),
        (Change.BORN, old.born, new.born),
        (Change.DIED, old.died, new.died),
        (Change.PLACE, old.place, new.place),
    ]
    found += [change for change, a, b in pairs if a is not None and b is not None and a != b]
    found += _number(old, new)
    return tuple(found)


def _name(old: VictimRecord, new: VictimRecord) -> list[Change]:
    if set(old.names) & set(new.names):
        return []
    was, is_ = old.names[0], new.names[0]
    if letters(was).replace(" ", "") == letters(is_).replace(" ", ""):
        return [Change.NAME_MARKS]
    a, b = parts_of(was), parts_of(is_)
    left, right = columns_of(a), columns_of(b)
    mine = [left.own_sk, left.father_sk, left.grand_sk, left.family_sk]
    theirs = [right.own_sk, right.father_sk, right.grand_sk, right.family_sk]
    if mine == theirs:
        return [Change.NAME_SPELLING]
    had, has = ([part for part in parts if part] for parts in (mine, theirs))
    if len(had) != len(has) and (set(had) <= set(has) or set(has) <= set(had)):
        return [Change.NAME_LONGER if len(has) > len(had) else Change.NAME_SHORTER]
    if mine[:3] == theirs[:3]:
        alike = SequenceMatcher(None, left.family or "", right.family or "").ratio() >= _ALIKE
        return [Change.NAME_SPELLING if alike else Change.FAMILY_NAME]
    return [Change.NAME_SPELLING if sum(x == y for x, y in zip(mine, theirs, strict=True)) == 3 else Change.NAME_OTHER]


def _number(old: VictimRecord, new: VictimRecord) -> list[Change]:
    a, b = (record.ids[0] if record.ids else None for record in (old, new))
    if a is None or b is None:
        return [] if a is b else [Change.ID_ADDED if a is None else Change.ID_REMOVED]
    if a.value == b.value:
        return []
    return [Change.ID_OTHER if a.believed and b.believed else Change.ID_CORRECTED]
