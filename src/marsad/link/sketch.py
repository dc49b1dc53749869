"""A report's sketch: a few hashes of its word runs, alike for texts that copy one another, and one of all its words.

Source: Broder, On the resemblance and containment of documents (1997): the smallest hashes of a set are a fair sample of
it, so the share of them that two texts have in common estimates the share of their word runs.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from marsad.model import ReportId, Text
from marsad.model.rows import text_of
from marsad.model.schema import SKETCH, TEXT
from marsad.stage import RowStage
from marsad.text.tokens import form_of

RUN = 4
"""Words in a run: short enough to survive a cut sentence, long enough not to be a common phrase."""
MARKS = 24
"""Hashes kept: with 24, a text that shares four fifths of its runs passes the half that `copies` asks for all but always."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the smallest hashes of the report's word runs; a negative one is the hash of all its words."""

    report_id: ReportId
    mark: int


def marks_in(text: Text) -> Iterator[Mark]:
    """Yield the mark of all the report's words, then those of its runs, smallest first; none for a text without words.

    Case, marks and spacing do not count: only words and their order do.
    """
    words = [form_of(w) for w in _WORD.findall(text.text)]
    if not words:
        return
    yield Mark(text.report_id, -1 - hash_of(" ".join(words)))
    runs = {" ".join(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))}
    for value in sorted(map(hash_of, runs))[:MARKS]:
        yield Mark(text.report_id, value)


def hash_of(words: str) -> int:
    """Return 63 bits, so that a mark and its negative fit a signed column everywhere."""
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big") >> 1


def mark_row(mark: Mark) -> dict[str, Any]:
    """Return the mark as a row of schema SKETCH."""
    return {"report_id": mark.report_id, "mark": mark.mark}


SKETCHING: RowStage[Text, Mark] = RowStage("sketch", "1", "report_id", TEXT, SKETCH, text_of, marks_in, mark_row)
"""Sketching as a stage."""
