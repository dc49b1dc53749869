"""One row of a list of victims to one record: what its cells say, and what they only seem to say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from marsad.model import VictimRecord
from marsad.model.identifier import Identifier, identifier
from marsad.stage import Rejection

STAGE = "victims"

_SEX = {
    word: sex
    for sex, words in {
        "female": "f female woman women girl w fem أنثى انثى انثي انثه امرأة أنثي بنت نساء طفلة",
        "male": "m male man men boy mal ذكر رجل ولد رجال طفل",
    }.items()
    for word in words.split()
}
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_YEARS = re.compile(r"(\d{1,3})(?:\.\d+)?(?: *(?:years?|yrs?|y\.?o?\.?|سنة|سنوات|عام|عاما|عاماً|أعوام))?(?: *old)?")
_LITTLE = re.compile(
    r"(?:less than )?(?:a|an|one|\d{1,2}|اقل من|أقل من)? ?"
    r"(?:days?|weeks?|months?|hours?|يوم|ايام|أيام|شهر|شهور|أشهر|اشهر|اسبوع|أسبوع)(?: old)?|newborn|infant|رضيع|رضيعة"
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_TURNED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ].*)?")
_OLDEST = 115

PARTS = ("own", "father", "grandfather", "family_name")
NAMES = ("name", "name_ar", "name_en", "nickname")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list: its number in the file, and its cells by what they are (`victim_files.COLUMNS`)."""

    number: int
    cells: Mapping[str, str]


def victim_record(row: Row, list_name: str, scheme: str = "ps") -> VictimRecord | Rejection:
    """Return the record that a row holds, or why it cannot be used; the reason never repeats a name.

    An age of 0 is unknown unless words or days say so ("5 months"); a birth on 1 January of a round year is a form's
    default and unknown; a birth after death, or an age above 115, is unknown too. Identity numbers of `scheme` are checked.
    """
    cells = {
        k: v.strip()
        for k, v in row.cells.items()
        if v and v.strip() and v.strip().lower() not in ("nan", "null", "none", "-")
    }
    parts = tuple(cells.get(part) for part in PARTS)
    names = tuple(dict.fromkeys(cells[c] for c in NAMES if c in cells))
    if any(parts):
        names = (" ".join(p for p in parts if p), *names)
    record_id = cells.get("record_id") or str(row.number)
    if not names:
        return Rejection(
            f"{list_name}:{record_id}", STAGE, f"row {row.number}: has no name; use 'unknown' as the source writes it"
        )
    died, born = day(cells.get("died", "")), birth(cells.get("born", ""))
    if born is not None and died is not None and born > died:
        born = None
    number = identifier(scheme, cells["id_number"]) if "id_number" in cells else None
    ids: tuple[Identifier, ...] = () if number is None else (number,)
    return VictimRecord(
        record_id,
        list_name,
        names,
        (parts[0], parts[1], parts[2], parts[3]) if any(parts) else None,
        _SEX.get(cells.get("sex", "").lower()),
        age_at_death(cells.get("age", ""), born, died),
        born,
        died,
        cells.get("place"),
        ids,
        cells.get("family"),
        cells.get("incident"),
    )


def age_at_death(written: str, born: date | None, died: date | None) -> int | None:
    """Return the age in years: as written, else from the two days; None where neither tells.

    >>> age_at_death("34", None, None), age_at_death("5 months", None, None), age_at_death("0", None, None)
    (34, 0, None)
    """
    plain = written.translate(_DIGITS).strip().lower()
    lived = None if born is None or died is None else (died - born).days // 365
    if _LITTLE.fullmatch(plain):
        return 0
    years = _YEARS.fullmatch(plain)
    if years is None or int(years[1]) > _OLDEST or (int(years[1]) == 0 and lived != 0):
        return lived if lived is not None and lived <= _OLDEST else None
    return int(years[1])


def birth(written: str) -> date | None:
    """Return a day of birth; None for one that a form fills in by itself: 1 January of a year that ends in 0.

    >>> birth("1990-01-01"), birth("12/03/1987")
    (None, datetime.date(1987, 3, 12))
    """
    found = day(written)
    default = found is not None and (found.month, found.day) == (1, 1) and found.year % 10 == 0
    return None if found is None or default or found.year < 1880 else found


@lru_cache(maxsize=1 << 16)
def day(written: str) -> date | None:
    """Return the day written year first, or day first as Arabic lists have it; month first where only that fits."""
    plain = written.translate(_DIGITS).strip()
    iso, turned = _ISO.fullmatch(plain), _TURNED.fullmatch(plain)
    if iso:
        tries = [(int(iso[1]), int(iso[2]), int(iso[3]))]
    elif turned:
        a, b, year = int(turned[1]), int(turned[2]), int(turned[3])
        tries = [(year, b, a), (year, a, b)]
    else:
        return None
    for year, month, number in tries:
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return None
