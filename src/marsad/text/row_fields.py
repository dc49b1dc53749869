"""What the cells of a table can say: the fields that a column can be mapped to, counts among them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from marsad.model import Group, Measure, Scope, Status

PLAIN = (
    *("id", "date", "date_from", "date_to", "date_precision", "since", "published", "scope", "status"),
    *("origin", "place", "admin1", "country", "latitude", "longitude", "point", "place_precision"),
    *("perpetrator", "weapon", "speaker", "grade", "name", "age", "sex"),
    *("outlet", "address", "lang", "title", "text", "notes"),
)
"""Fields that are no counts, in the order in which a row's text has them."""

_GROUPS = {
    "civilians": (Status.CIVILIAN, None),
    "combatants": (Status.COMBATANT, None),
    "unknown": (Status.UNKNOWN, None),
} | {group.value: (None, group) for group in Group}

FLOWS = ("present", "new", "returned", "repatriated", "refugees", "abroad", "asylum_seekers")
"""Of people displaced, what they are counted as: living displaced in the place; newly displaced there; come home from within the
country or from abroad; refugees from elsewhere living there; refugees from there living abroad; seeking asylum there. They are
never parts of each other. With `_households`, households are counted."""

_TOTAL = "total_"
_MEASURES = sorted((measure.value for measure in Measure), key=len, reverse=True)
_COUNT = re.compile(
    rf"(?P<total>{_TOTAL})?(?P<measure>{'|'.join(_MEASURES)})(?:_(?P<flow>{'|'.join(FLOWS)}))?(?P<households>_households)?"
    rf"(?:_(?P<group>{'|'.join(_GROUPS)}))?(?:_(?P<end>min|max))?"
)


@dataclass(frozen=True, slots=True)
class CountField:
    """A column with a number of people: `measure` of the people of this status or group.

    `end` is "min" or "max" where the column holds one end of a range, None where it holds the number. `status` is None
    where the column does not say whether they were civilians; `total` marks a running total. `part` tells a column about
    some of the people from one about all of them. `flow` is one of FLOWS where the column says what displaced people it counts;
    `households` marks a column that counts households.
    """

    measure: Measure
    status: Status | None
    group: Group | None
    total: bool
    part: str
    end: str | None
    flow: str | None = None
    households: bool = False

    @property
    def scope(self) -> Scope | None:
        """The scope that the column's name tells, None where it tells none."""
        return Scope.CUMULATIVE if self.total else None


@lru_cache(maxsize=4096)
def count_field(name: str) -> CountField | None:
    """Return what a field that counts people counts; None for a field that counts nobody.

    >>> count_field("total_killed_children_min").group.value, count_field("place")
    ('children', None)
    """
    found = _COUNT.fullmatch(name)
    if found is None or (found["flow"] and found["measure"] != Measure.DISPLACED):
        return None
    if found["households"] and found["measure"] not in (Measure.DISPLACED, Measure.POPULATION):
        return None
    part = found["group"] or ""
    status, group = _GROUPS[part] if part else (None, None)
    measure, total = Measure(found["measure"]), bool(found["total"])
    return CountField(measure, status, group, total, part, found["end"], found["flow"], bool(found["households"]))


def is_field(name: str) -> bool:
    """Tell whether a column can be mapped to this."""
    return name in PLAIN or count_field(name) is not None


@lru_cache(maxsize=4096)
def field_order(name: str) -> tuple[int, int, str]:
    """Return what sorts fields as a row's text has them: number, min and max of one count side by side."""
    if name in PLAIN:
        return (0, PLAIN.index(name), "")
    count = count_field(name)
    if count is None:
        return (2, 0, name)
    stem = name.removesuffix("_min").removesuffix("_max")
    measures = [measure.value for measure in Measure]
    return (1, measures.index(count.measure.value), f"{count.total} {stem} {('', 'min', 'max').index(count.end or '')}")
