"""Situation reports for tests, and what is read back from each kind of file."""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from marsad.pipeline.sitrep import fonts
from marsad.publish.public import PublicIncident, PublicRelease
from marsad.publish.sitrep.blocks import Paragraph, Sitrep
from marsad.publish.sitrep.compose import situation
from marsad.publish.sitrep.question import Question

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def question(lang: str = "en", policy: str = "ucdp", place: str | None = None) -> Question:
    """Return the question of the last days of November 2014."""
    return Question(date(2014, 11, 20), date(2014, 11, 30), place, policy, lang)


def of(release: PublicRelease, asked: Question, before: tuple[PublicIncident, ...] = ()) -> Sitrep:
    """Return the situation report of a release."""
    return situation(asked, release, before)


@cache
def type_files() -> dict[str, bytes]:
    """Return the files of the type."""
    return dict(fonts())


def numbers(text: str) -> list[int]:
    """Return every whole number written in a text, in either kind of digits, thousands apart or not."""
    plain = text.translate(DIGITS).replace("٬", ",")
    return [int(found.replace(",", "")) for found in re.findall(r"\d{1,3}(?:,\d{3})+|\d+", plain)]


def squeezed(text: str) -> str:
    """Return a text without blanks and direction marks: as it can be compared whatever lines it was broken into."""
    return re.sub(r"\s+", "", _MARKS.sub("", text))


def lines_of(report: Sitrep) -> list[str]:
    """Return each paragraph, table cell and note line as it is printed, with the marks of notes."""
    out: list[str] = []
    for block in report.blocks:
        if isinstance(block, Paragraph):
            out.append(_printed(report, block.runs))
        else:
            out += [*block.head, *(_printed(report, cell) for row in block.rows for cell in row)]
    for note in report.notes:
        out += [_printed(report, note.about), *(_printed(report, line) for line in note.lines)]
    return out


def _printed(report: Sitrep, runs: tuple[object, ...]) -> str:
    return "".join(
        run.text + (report.mark(run.note) if run.note is not None and run.mark else "")  # type: ignore[attr-defined]
        for run in runs
    )


class _Words(HTMLParser):
    """The words of a page, and each number with the note it leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.links, self.ids, self.asked = "", list[tuple[int, str]](), list[str](), list[str]()
        self._skip, self._note, self._in_mark = False, 0, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._skip = tag in ("style", "title")
        self.ids += [told["id"] or ""] if "id" in told else []
        self.asked += [told[name] or "" for name in ("src", "srcset", "data", "action") if name in told]
        if tag == "a" and (told.get("href") or "").startswith("#note-"):
            self._note = int((told["href"] or "").removeprefix("#note-"))
            self.links.append((self._note, ""))
        self._in_mark = tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        self._skip = False
        self._in_mark = False if tag == "sup" else self._in_mark
        self._note = 0 if tag == "a" else self._note

    def handle_data(self, data: str) -> None:
        if self._skip:
            return
        self.words += data
        if self._note and not self._in_mark:
            number, shown = self.links[-1]
            self.links[-1] = (number, shown + data)


def read_html(data: bytes) -> _Words:
    """Return what stands in a page."""
    words = _Words()
    words.feed(data.decode())
    return words


def read_docx(data: bytes) -> tuple[str, list[tuple[int, str]], ElementTree.Element]:
    """Return the words of a Word file, each number with the note it leads to, and its body as XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))  # noqa: S314 - our own file
    words = "".join(text.text or "" for text in body.iter(f"{_W}t"))
    links = []
    for link in body.iter(f"{_W}hyperlink"):
        texts = [run for run in link.iter(f"{_W}r") if run.find(f"{_W}rPr/{_W}vertAlign") is None]
        shown = "".join(text.text or "" for run in texts for text in run.iter(f"{_W}t"))
        links.append((int((link.get(f"{_W}anchor") or "").removeprefix("note_")), shown))
    return words, links, body


def read_pdf(data: bytes, folder: Path) -> str:
    """Return the words of a PDF as poppler reads them."""
    path = folder / "report.pdf"
    path.write_bytes(data)
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def number_runs(report: Sitrep) -> Iterator[tuple[int, str, tuple[int | None, int | None, int | None]]]:
    """Yield each number of the report: its note, as it is shown, and the low, best and high that it stands for."""
    for run in report.runs():
        if run.note is not None:
            assert run.ends is not None
            yield run.note, run.text, run.ends
