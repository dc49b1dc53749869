"""What is told about a report besides its words: who printed it, when, in which language, where it was found."""

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from marsad.model import Wrong
from marsad.text.composed import safe_nfc

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-][01]\d:?[0-5]\d)", re.ASCII
)
"""A day with a time and a zone; the day is the one of that zone, as the outlet dated it."""
_LANG = re.compile(r"[a-z]{2}", re.ASCII)
_SYNONYMS = {"source": "outlet", "url": "address"}
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that make a name read other than it is written; right-to-left names need none of them."""
_LONGEST = {"outlet": 200, "address": 2000, "key": 200}


@dataclass(frozen=True, slots=True)
class Particulars:
    """The report was printed by `outlet` on the day `published`, in `lang` (ISO 639-1), and found at `address`.

    None stands for what nobody told. `key` is the name under which the sender will send it again if in doubt; None if
    the report itself tells well enough. `protected` is true where its source is in danger if its words get about: no
    reader may send them anywhere. `published_at` is the time of publication as told, if with a time and a zone.
    """

    outlet: str | None = None
    published: date | None = None
    lang: str | None = None
    address: str | None = None
    key: str | None = None
    protected: bool | None = None
    published_at: str | None = None

    def over(self, others: "Particulars") -> "Particulars":
        """Return these particulars, with the others' where these say nothing."""
        own = {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}
        return replace(others, **own)


_NAMES = tuple(f.name for f in fields(Particulars) if f.name != "published_at")


def read_particulars(given: Mapping[str, str | None], name: str) -> Particulars:
    """Return the particulars that these fields tell; empty ones and fields of other names tell nothing.

    `source` is another word for outlet, `url` for address. Raises Wrong, naming `name`, for a field that says the
    impossible, and for one whose name looks like a slip.
    """
    told: dict[str, str] = {}
    for field, value in given.items():
        known = _SYNONYMS.get(field, field)
        if known in _NAMES:
            if value is not None and value.strip() and told.setdefault(known, value) != value:
                rule = f'contradicts "{_shown(told[known])}"'
                raise Wrong(f"{name}, {field}", _shown(value), rule, "keep one of them")
        elif close := difflib.get_close_matches(field, [*_NAMES, *_SYNONYMS], 1, 0.8):
            raise Wrong(f"{name}", field, "is no field marsad knows", f"write {close[0]}, or leave it out")
    texts = {field: _name(value, field, name) for field, value in told.items() if field in _LONGEST}
    moment = told.get("published", "").strip()
    moment = moment if _MOMENT.fullmatch(moment) else ""
    published = _day(moment[:10] or told["published"], f"{name}, published") if "published" in told else None
    lang = _lang(told["lang"], f"{name}, lang") if "lang" in told else None
    protected = _yes(told["protected"], f"{name}, protected") if "protected" in told else None
    return Particulars(
        texts.get("outlet"), published, lang, texts.get("address"), texts.get("key"), protected, moment or None
    )


def _day(value: str, subject: str) -> date:
    try:
        if not _DAY.fullmatch(value.strip()):
            raise ValueError(value)
        return date.fromisoformat(value.strip())
    except ValueError:
        rule, remedy = "is not a day written YYYY-MM-DD", "write it as 2014-11-26, or leave it out if it is not known"
        raise Wrong(subject, _shown(value), rule, remedy) from None


def _yes(value: str, subject: str) -> bool:
    word = value.strip().lower()
    if word not in ("true", "false", "yes", "no"):
        raise Wrong(subject, _shown(value), "is neither true nor false", "write protected: true")
    return word in ("true", "yes")


def _lang(value: str, subject: str) -> str:
    lang = value.strip().lower()
    if not _LANG.fullmatch(lang):
        raise Wrong(subject, _shown(value), "is not a language code of two letters", "write en, ar, fr, es, uk …")
    return lang


def _name(value: str, field: str, name: str) -> str:
    """Return the name with composed letters and single spaces: one outlet spelt two ways would be two."""
    subject = f"{name}, {field}"
    tidy = " ".join(safe_nfc(value).split())
    if len(tidy) > _LONGEST[field]:
        raise Wrong(subject, f"{tidy[:40]}…", f"is longer than {_LONGEST[field]} characters", "shorten it")
    for char in tidy:
        if unicodedata.category(char) == "Cc" or char in _DIRECTION_MARKS:
            rule = f"holds the invisible character U+{ord(char):04X}"
            raise Wrong(subject, _shown(tidy), rule, "remove it")
    return tidy


def _shown(value: str) -> str:
    """Return the value fit for a message: short, and nothing in it that a terminal obeys."""
    short = value if len(value) <= 60 else f"{value[:60]}…"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in short)
