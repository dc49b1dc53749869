"""What a situation report is made of, whatever file it becomes: runs of words and numbers, paragraphs, tables, notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


class RunKind(StrEnum):
    """What a piece of a paragraph is."""

    WORDS = "words"
    NUMBER = "number"
    """A number of people, incidents or origins: has a note that explains it."""
    DAY = "day"
    NAME = "name"
    """A name of the record: a place, an origin, a party, a code."""
    QUOTE = "quote"
    """Words of a report, as printed."""
    HASH = "hash"
    LINK = "link"
    """The address of a report: `text` is where it leads, too."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph. A number has a `note`, and the `ends` (low, best, high) that it shows; None: not known.

    `mark` says whether the note's mark is printed behind it; not where the next number has the same one.
    """

    text: str
    kind: RunKind = RunKind.WORDS
    note: int | None = None
    ends: tuple[int | None, int | None, int | None] | None = None
    mark: bool = True


Runs = tuple[Run, ...]


class Style(StrEnum):
    """How a paragraph is set."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    LEAD = "lead"
    TEXT = "text"
    ITEM = "item"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words in one style."""

    style: Style
    runs: Runs

    @property
    def text(self) -> str:
        """The words as plain text, each number followed by the mark of its note."""
        return plain(self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a header; numbers stand in every column but the first."""

    head: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """The explanation under this number: what it explains, and what that rests on, one paragraph a line."""

    number: int
    about: Runs
    lines: tuple[Runs, ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Sitrep:
    """A situation report in one language: blocks in reading order, then notes by number. `title` is its first block's text."""

    lang: str
    title: str
    observatory: str
    issued: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    notes_title: str

    @property
    def rtl(self) -> bool:
        """Whether it is written from right to left."""
        return self.lang == "ar"

    def mark(self, note: int) -> str:
        """Return the mark of a note as it stands behind a number: in brackets, so that 224 and note 1 are never read as 2241."""
        return f"[{self.digits(note)}]"

    def digits(self, note: int) -> str:
        """Return the number of a note in the reader's digits."""
        return str(note).translate(_ARABIC) if self.rtl else str(note)

    def runs(self) -> Iterator[Run]:
        """Yield every run of the report and its notes, in reading order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield from block.runs
            else:
                yield from (run for row in block.rows for cell in row for run in cell)
        for note in self.notes:
            yield from note.about
            yield from (run for line in note.lines for run in line)


def plain(runs: Runs) -> str:
    """Return runs as plain text, numbers with the marks of their notes.

    >>> plain((Run("killed: "), Run("95", RunKind.NUMBER, 3, (95, 95, 95))))
    'killed: 95[3]'
    """
    return "".join(run.text + (f"[{run.note}]" if run.note is not None and run.mark else "") for run in runs)
