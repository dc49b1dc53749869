"""PDF as text: its text layer by pdftotext, Arabic set right with pypdf's reading beside it; pages without one by OCR.

Run in a worker: it starts pdftotext, pdftoppm and tesseract, which have the worker's limits.
"""

import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from marsad.model import Wrong
from marsad.text.pdf_lines import needs_comparing, readable, untied

MOST_PAGES: Final = 2_000
_MOST_READ: Final = 40
"""Pages without text that are read by OCR, if nothing else is said: each takes some seconds."""
_FEWEST_LETTERS: Final = 12
"""A page with fewer letters has no text layer worth the name: a stamp, a page number."""
_DOTS: Final = 200
_LETTER: Final = re.compile(r"[^\W\d_]")
_ERRORS: Final = {1: "cannot be opened", 3: "is locked with a password"}
_COPY: Final = "in.pdf"
_MISSING: Final = "install poppler-utils (tools/documents.sh)"


def pages(stream: BinaryIO, name: str, ocr: str = "ara+eng", most_read: int = _MOST_READ) -> Iterator[dict[str, Any]]:
    """Yield each page: number, text, and `by`, the program that read it; text is "" where nothing can be read.

    `ocr` names tesseract's languages, "" for no OCR. Raises Wrong for what is no PDF, is locked, or where pdftotext is
    not installed.
    """
    if not stream.read(1024).lstrip()[:4].startswith(b"%PDF"):
        raise Wrong(name, None, "is no PDF", "look at how it was saved")
    stream.seek(0)
    with open(_COPY, "wb") as copy:  # noqa: PTH123 - a name in the worker's folder; programs are given a file, not a buffer
        shutil.copyfileobj(stream, copy)
    read = 0
    witness = _Witness()
    for number, page in enumerate(_text_layer(name), 1):
        text = "\n".join(readable(page.split("\n"))).strip("\n")
        by = "pdftotext"
        if needs_comparing(text):
            text, by = untied(text, witness.words(number - 1)), "pdftotext and pypdf"
        if len(_LETTER.findall(text)) < _FEWEST_LETTERS and ocr and read < most_read:
            seen = _seen(number, ocr)
            if seen:
                read += 1
                text, by = seen, f"tesseract ({ocr})"
        yield {"number": number, "text": text, "by": by}


def _text_layer(name: str) -> list[str]:
    program = shutil.which("pdftotext")
    if program is None:
        raise Wrong(name, None, "needs pdftotext, which is not installed", _MISSING)
    told = [program, "-q", "-enc", "UTF-8", "-l", str(MOST_PAGES), _COPY, "-"]
    done = subprocess.run(told, capture_output=True, check=False)
    if done.returncode and not done.stdout.strip(b"\f\n "):
        raise Wrong(name, None, _ERRORS.get(done.returncode, "is damaged"), "save it anew without a password")
    found = done.stdout.decode("utf-8", "replace").split("\f")
    return found[:-1] if found and not found[-1].strip() else found


class _Witness:
    """pypdf's reading of the same file: its words, letters in their plain forms."""

    def __init__(self) -> None:
        self._reader: Any = None

    def words(self, page: int) -> list[str]:
        """Return the words of a page (from 0) in the order in which pypdf has them; none where it fails."""
        try:
            if self._reader is None:
                import logging

                import pypdf

                logging.getLogger("pypdf").setLevel(logging.CRITICAL)
                self._reader = pypdf.PdfReader(_COPY)
            text = self._reader.pages[page].extract_text()
        except Exception:  # noqa: BLE001 - a second opinion that fails is none; the text layer stands without it
            return []
        return unicodedata.normalize("NFKC", text[:200_000]).split()


def _seen(number: int, languages: str) -> str:
    """Return what tesseract reads on the picture of a page; "" where it is not installed or reads nothing."""
    draw, read = shutil.which("pdftoppm"), shutil.which("tesseract")
    if draw is None or read is None:
        return ""
    page = [
        draw,
        "-q",
        "-gray",
        "-r",
        str(_DOTS),
        "-scale-to",
        "2400",
        "-f",
        str(number),
        "-l",
        str(number),
        _COPY,
        "page",
    ]
    subprocess.run(page, capture_output=True, check=False)
    drawn = [entry for entry in os.listdir() if entry.startswith("page")]  # noqa: PTH208 - names in the worker's folder
    if not drawn:
        return ""
    text = ocr_text(drawn[0], languages)
    os.remove(drawn[0])  # noqa: PTH107 - the worker's own folder
    return text


def ocr_text(picture: str, languages: str) -> str:
    """Return what tesseract reads on a picture in this folder, in those of the languages that it has."""
    read = shutil.which("tesseract")
    if read is None:
        return ""
    listed = subprocess.run([read, "--list-langs"], capture_output=True, check=False, text=True).stdout.split()
    known = "+".join(one for one in languages.split("+") if one in listed)
    if not known:
        return ""
    told = [read, picture, "-", "-l", known, "--psm", "3"]
    # One thread: several are slower on a busy machine, and each takes memory of its own out of the worker's 512 MB.
    done = subprocess.run(told, capture_output=True, check=False, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    lines = done.stdout.decode("utf-8", "replace").replace("\f", "").split("\n")
    plain = [line.replace("\u200e", "").replace("\u200f", "").strip() for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(plain)).strip()
