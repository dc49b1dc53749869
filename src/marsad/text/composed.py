"""Composed Unicode (NFC) that no text can make slow."""

import re
import unicodedata
from functools import cache

LONGEST_RUN = 30
"""Marks on one letter; no language needs more. Source: UAX #15, Stream-Safe Text Format."""

_MARKS_END = 0x20000
"""No mark stands beyond the second plane of Unicode: there are ideographs and private letters."""


def safe_nfc(text: str) -> str:
    """Return the text in NFC, every run of more than 30 combining marks cut to its first 30.

    NFC sorts each run of marks, which takes a time that grows with the square of its length: 400 KB of marks alone
    would keep it busy for minutes. Cut to 30, the time is linear in the length of the text.

    >>> safe_nfc("Bojaya\\u0301")
    'Bojayá'
    >>> len(safe_nfc("a" + "\\u0323\\u0301" * 100_000)) <= 1 + 30
    True
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _long_run().sub(r"\1", text))


@cache
def _long_run() -> re.Pattern[str]:
    """Return the pattern of a run of marks that is too long; its first group is what to keep."""
    marks = [code for code in range(_MARKS_END) if _starts_with_mark(chr(code))]
    spans: list[list[int]] = []
    for code in marks:
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    mark = "[" + "".join(f"{chr(low)}-{chr(high)}" for low, high in spans) + "]"
    return re.compile(f"({mark}{{{LONGEST_RUN}}}){mark}+")


def _starts_with_mark(char: str) -> bool:
    """Return whether the character, taken apart, begins with a mark that is sorted."""
    return unicodedata.combining(unicodedata.normalize("NFD", char)[0]) != 0
