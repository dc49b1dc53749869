"""Claims of a row of a table: its cells say how many, of whom, where, when and by whom; nothing is read out of prose.

A number of a data set is said by whom the set names as its one source; where it names several, the set weighed them and
speaks in its own voice.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from marsad.extract.row_setting import place_of, weapon_of, when_of
from marsad.model import (
    Bound,
    Certainty,
    Claim,
    ClaimId,
    Group,
    Measure,
    Modality,
    Place,
    ReportId,
    Scope,
    Status,
    Text,
    When,
)
from marsad.stage import Rejection
from marsad.text.cell_values import Amount, amount
from marsad.text.gazetteer import Gazetteer
from marsad.text.row_fields import CountField, count_field
from marsad.text.row_lines import Found, row_cells

VERSION = "1"
_STAGE = "extract"
_MOST_CELLS = 2000
_LONGEST_NAME = 160
_SCORE = 1.0
_RULE = "row"


class _Count(NamedTuple):
    """The cells that say one number: the number itself, its least and its most."""

    field: CountField
    cells: tuple[Found, ...]
    amount: Amount


class _Setting(NamedTuple):
    """What a row says of all its numbers."""

    place: Place | None
    perpetrator: str | None
    weapon: str | None
    attribution: tuple[str, ...]
    scope: Scope
    status: Status


def row_claims(report: Text, places: Gazetteer) -> Iterator[Claim | Rejection]:
    """Yield the claims of a row, the whole before its parts, and a rejection for each number that cannot be read."""
    cells: dict[str, Found] = {}
    for number, found in enumerate(row_cells(report.text)):
        if number >= _MOST_CELLS:
            break
        if found.cell.field:
            cells.setdefault(found.cell.field, found)
    values = {field: found.cell.value for field, found in cells.items()}
    setting = _setting(values, places)
    counts: list[_Count] = []
    for stem, ends in _stems(cells).items():
        told = _amount(ends)
        if isinstance(told, str):
            yield Rejection(report.report_id, _STAGE, f"{stem}: {told}", values.get(stem))
        else:
            field = count_field(stem)
            assert field is not None  # noqa: S101 - for the type checker
            counts.append(_Count(field, tuple(ends.values()), told))
    counts.sort(key=lambda count: (count.field.total, count.field.measure.value, count.field.part))
    wholes = {_kin(c.field): c for c in reversed(counts) if not c.field.part or c.field.part == "civilians"}
    wholes |= {_kin(c.field): c for c in counts if not c.field.part}
    for count in counts:
        whole = wholes.get(_kin(count.field))
        inside = None if whole is None or whole is count else _identity(report.report_id, whole)
        yield _claim(report, count, setting, inside, when_of(values, since=count.field.total))


def _kin(field: CountField) -> tuple[Measure, bool, str | None, bool]:
    return field.measure, field.total, field.flow, field.households


def _stems(cells: Mapping[str, Found]) -> dict[str, dict[str, Found]]:
    """Return the cells of each number by what they say of it: "" the number itself, "min" or "max" an end of it."""
    stems: dict[str, dict[str, Found]] = {}
    for name, found in cells.items():
        field = count_field(name)
        if field is not None:
            end = field.end or ""
            stems.setdefault(name.removesuffix(f"_{end}") if end else name, {})[end] = found
    return stems


def _amount(ends: Mapping[str, Found]) -> Amount | str:
    """Return what the cells of one number say together, or why they say nothing."""
    told = {end: amount(found.cell.value) for end, found in ends.items()}
    for end, found in ends.items():
        if told[end] is None:
            return f'"{found.cell.value[:40]}" is no number of people'
    number, least, most = (told.get(end) for end in ("", "min", "max"))
    if least is None and most is None:
        assert number is not None  # noqa: S101 - a stem has a cell
        return number
    value = number.value if number else None
    low = least.low if least else value
    high = most.high if most else (value if least is None else None)
    if number is not None and least is not None and most is None:
        high = None
    if low is not None and high is not None and low > high:
        return f"its least {low} is more than its most {high}"
    if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
        return f"{value} does not lie between {low} and {high}"
    return _ranged(value, low, high)


def _ranged(value: int | None, low: int | None, high: int | None) -> Amount:
    if low is not None and low == high:
        return Amount(low, low, high, Bound.EXACT if low else Bound.NONE)
    if high is None:
        return Amount(low if value is None else value, low, None, Bound.AT_LEAST if low is not None else Bound.UNKNOWN)
    if low is None:
        return Amount(high if value is None else value, None, high, Bound.AT_MOST)
    return Amount(value, low, high, Bound.RANGE)


def _setting(values: Mapping[str, str], places: Gazetteer) -> _Setting:
    speakers = [name for part in values.get("speaker", "").split(";") if (name := " ".join(part.split()))]
    one = speakers[0] if len(speakers) == 1 and len(speakers[0]) <= _LONGEST_NAME else None
    perpetrator = " ".join(values.get("perpetrator", "").split())
    scope, status = values.get("scope", "").strip().lower(), values.get("status", "").strip().lower()
    return _Setting(
        place_of(values, places),
        perpetrator if 0 < len(perpetrator) <= _LONGEST_NAME else None,
        weapon_of(values.get("weapon", "")),
        () if one is None else (one,),
        Scope(scope) if scope in list(Scope) else Scope.INCIDENT,
        Status(status) if status in list(Status) else Status.UNKNOWN,
    )


def _span(count: _Count) -> tuple[int, int]:
    """Return where the lines of a number stand; lines between them would be quoted with it, so only a run of lines is."""
    start, end = count.cells[0].start, count.cells[0].end
    for found in count.cells[1:]:
        if found.start == end + 1:
            end = found.end
    return start, end


def _identity(report_id: ReportId, count: _Count) -> ClaimId:
    start, end = _span(count)
    return Claim.identity(report_id, start, end, count.field.measure)


def _claim(report: Text, count: _Count, setting: _Setting, inside: ClaimId | None, when: When | None) -> Claim:
    start, end = _span(count)
    group: Group | None = count.field.group
    status = count.field.status or setting.status
    if group is not None and status is Status.UNKNOWN and group in _CIVIL:
        status = Status.CIVILIAN
    return Claim(
        claim_id=_identity(report.report_id, count),
        report_id=report.report_id,
        start=start,
        end=end,
        text=report.text[start:end],
        measure=count.field.measure,
        value=count.amount.value,
        low=count.amount.low,
        high=count.amount.high,
        bound=count.amount.bound,
        status=status,
        group=group,
        attribution=setting.attribution,
        occurred=when,
        place=setting.place,
        perpetrator=setting.perpetrator,
        certainty=Certainty.STATED if setting.perpetrator else None,
        weapon=setting.weapon,
        scope=count.field.scope or setting.scope,
        modality=Modality.UNKNOWN if count.amount.bound is Bound.UNKNOWN else Modality.ASSERTED,
        subset_of=inside,
        same_as=None,
        derived=any(found.cell.made_of not in (None, "always") for found in count.cells),
        rule=_RULE,
        score=_SCORE,
    )


_CIVIL = frozenset({Group.CHILDREN, Group.WOMEN, Group.MEDICS, Group.JOURNALISTS, Group.AID_WORKERS})
"""Groups whose members are civilians unless a row says otherwise, as everywhere in marsad (see extract/)."""
