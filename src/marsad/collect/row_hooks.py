"""What the rows of a data set say beyond single cells, by the set's own codebook: one small rule for each set."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from marsad.text.cell_values import days
from marsad.text.row_lines import Cell

_CIVILIANS = ("Civilians", "civilians")
_LONGEST_PERIOD = 366 * 24


def hooked(hook: str | None, cells: Sequence[Cell], row: Mapping[str, str]) -> list[Cell]:
    """Return further cells of a row: `cells` are those it has, `row` its columns as they stand."""
    match hook:
        case "ucdp":
            return _ucdp(cells, row)
        case "acled":
            return _acled(row)
        case "period":
            return _period(cells, row)
    return []


def _ucdp(cells: Sequence[Cell], row: Mapping[str, str]) -> list[Cell]:
    """Return who killed civilians one-sidedly, and how many more may have been civilians or fighters.

    `best` is the sum of deaths_a, deaths_b, deaths_civilians and deaths_unknown: the unknown may be of either kind, so
    each kind may be as many more. No kind can have more of the fewest dead than there are.
    """
    more: list[Cell] = []
    if row.get("type_of_violence", "").strip() == "3" and row.get("side_a", "").strip():
        more.append(Cell("perpetrator", "side_a", row["side_a"].strip()))
    numbers = {cell.field: int(cell.value) for cell in cells if cell.value.isascii() and cell.value.isdigit()}
    unknown, fewest = numbers.get("killed_unknown", 0), numbers.get("killed_min")
    parts = {"killed_civilians": "deaths_civilians", "killed_combatants": "deaths_a + deaths_b"}
    for field, columns in parts.items():
        if field not in numbers:
            continue
        if unknown:
            made = f"{columns} + deaths_unknown"
            more.append(Cell(f"{field}_max", "", str(numbers[field] + unknown), made_of=made))
        if fewest is not None and fewest < numbers[field]:
            more.append(Cell(f"{field}_min", "", str(fewest), made_of="low"))
    return more


def _acled(row: Mapping[str, str]) -> list[Cell]:
    """Return who attacked civilians, and that the dead were civilians where the event is violence against them.

    In violence against civilians the target stands second; elsewhere the order of the actors means nothing, and only
    where one of them is "Civilians" is the other one who did it.
    """
    one, other = row.get("actor1", "").strip(), row.get("actor2", "").strip()
    more: list[Cell] = []
    if row.get("event_type", "").strip() == "Violence against civilians":
        more.append(Cell("status", "event_type", "civilian", theirs="Violence against civilians"))
        if one and not one.startswith(_CIVILIANS):
            more.append(Cell("perpetrator", "actor1", one))
    elif other.startswith(_CIVILIANS) and one and not one.startswith(_CIVILIANS):
        more.append(Cell("perpetrator", "actor1", one))
    elif one.startswith(_CIVILIANS) and other and not other.startswith(_CIVILIANS):
        more.append(Cell("perpetrator", "actor2", other))
    return more


def _period(cells: Sequence[Cell], row: Mapping[str, str]) -> list[Cell]:
    """Return the first day of a report that counts the hours before it: a report of 48 hours covers two days.

    0 hours are a report without news of its own, 24 where nothing is said.
    """
    until = next((days(cell.value) for cell in cells if cell.field == "date_to"), None)
    hours = row.get("report_period", "").strip() or "24"
    if until is None or not (hours.isascii() and hours.isdigit()) or not 0 < int(hours) <= _LONGEST_PERIOD:
        return []
    first = until.end - timedelta(days=max(0, int(hours) // 24 - 1))
    return [Cell("date_from", "", first.isoformat(), made_of="report_date - report_period")]
