"""Originals as pixels: a page of a PDF drawn by pdftoppm, a picture drawn anew by Pillow. What comes out is a PNG made here.

Run in a worker: nothing of the file itself reaches whoever looks at it, neither a script nor a link nor a decoder's flaw.
"""

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from marsad.model import Wrong

LONGEST: Final = 1_600
"""Pixels of the longer side of what is drawn."""
_MOST_PIXELS: Final = 100_000_000
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "MPO")
_COPY: Final = "in.pdf"
_PAGES: Final = re.compile(rb"^Pages:\s+(\d{1,9})\s*$", re.MULTILINE)
_REMEDY: Final = "download it, and open it on a machine kept for that"


def page_of_pdf(stream: BinaryIO, name: str, number: int = 1) -> Iterator[dict[str, Any]]:
    """Yield one item: `png`, the page of this number (from 1) as a picture, and `pages`, how many there are.

    Raises Wrong for what is no PDF, is locked or damaged, has no such page, or where poppler is not installed.
    """
    draw, count = shutil.which("pdftoppm"), shutil.which("pdfinfo")
    if draw is None or count is None:
        raise Wrong(name, None, "needs pdftoppm, which is not installed", "install poppler-utils (tools/documents.sh)")
    if not stream.read(1024).lstrip()[:4].startswith(b"%PDF"):
        raise Wrong(name, None, "is no PDF", _REMEDY)
    stream.seek(0)
    with open(_COPY, "wb") as copy:  # noqa: PTH123 - a name in the worker's folder; programs are given a file, not a buffer
        shutil.copyfileobj(stream, copy)
    told = _PAGES.search(subprocess.run([count, _COPY], capture_output=True, check=False).stdout)
    if told is None:
        raise Wrong(name, None, "cannot be opened: it is damaged, or locked with a password", _REMEDY)
    if not 1 <= number <= int(told[1]):
        raise Wrong(name, number, f"is no page: there are {int(told[1])}", "name one of them")
    asked = ["-q", "-png", "-singlefile", "-scale-to", str(LONGEST), "-f", str(number), "-l", str(number)]
    subprocess.run([draw, *asked, _COPY, "page"], capture_output=True, check=False)
    if not os.path.exists("page.png"):  # noqa: PTH110 - the worker's own folder
        raise Wrong(name, number, "is a page that cannot be drawn", _REMEDY)
    with open("page.png", "rb") as drawn:  # noqa: PTH123 - the worker's own folder
        yield {"png": drawn.read(), "pages": int(told[1])}


def picture(stream: BinaryIO, name: str) -> Iterator[dict[str, Any]]:
    """Yield one item: `png`, a picture (of several the first) drawn anew as its camera was held, and `pages`, 1.

    Raises Wrong for what is no picture, and for more than 100 million pixels.
    """
    try:
        from PIL import Image, ImageOps
    except ImportError as fault:
        raise Wrong(name, None, "needs Pillow, which is not installed", "pip install 'marsad[collect]'") from fault

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS // 2  # Pillow refuses at twice of it
    try:
        with Image.open(stream, formats=_FORMATS) as opened:
            opened.draft("RGB", (LONGEST, LONGEST))  # a JPEG is opened smaller at once
            shown = ImageOps.exif_transpose(opened).convert("RGBA" if _clear(opened) else "RGB")
            shown.thumbnail((LONGEST, LONGEST))
            out = io.BytesIO()
            Image.frombytes(shown.mode, shown.size, shown.tobytes()).save(
                out, "PNG"
            )  # the pixels, and nothing beside them
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise Wrong(name, None, f"has more than {_MOST_PIXELS:,} pixels", _REMEDY) from fault
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, ZeroDivisionError, OverflowError) as fault:
        raise Wrong(name, None, "is no picture that can be opened", _REMEDY) from fault
    yield {"png": out.getvalue(), "pages": 1}


def _clear(opened: Any) -> bool:
    return "A" in opened.mode or "transparency" in opened.info
