"""Originals drawn as pixels: what is seen is there, and nothing else of the file is."""

import io
import shutil
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from marsad.collect.workers import Limits, Workers
from marsad.model import Wrong

Image = pytest.importorskip("PIL.Image")
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftoppm") is None or shutil.which("pdfinfo") is None,
    reason="needs poppler-utils (tools/documents.sh)",
)
RED, BLUE = (255, 0, 0), (0, 0, 255)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, Limits(memory=768 << 20)) as made:
        yield made


def pdf_of(*colours: tuple[int, int, int], more: str = "") -> bytes:
    """Return a PDF with a page of each of these colours; `more` goes into its catalogue."""
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(colours)))
    objects = [f"<< /Type /Catalog /Pages 2 0 R {more} >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(colours)} >>"]
    for n, colour in enumerate(colours):
        drawn = " ".join(f"{c / 255:g}" for c in colour) + " rg 0 0 200 100 re f"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents {4 + 2 * n} 0 R >>")
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    out, places = "%PDF-1.4\n", []
    for n, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}" + tail).encode()


def drawn(workers: Workers, data: bytes, number: int | None = None) -> dict[str, Any]:
    """Return what is drawn: a picture, or of a PDF the page of this number."""
    options: dict[str, object] = {"name": "x"} | ({} if number is None else {"number": number})
    parser = "picture" if number is None else "page_of_pdf"
    [made] = workers.read(f"marsad.collect.pixels:{parser}", data, name="x", options=options)
    return dict(made)


def colour_of(png: bytes) -> tuple[int, ...]:
    """Return the colour in the middle of a picture."""
    with Image.open(io.BytesIO(png)) as shown:
        assert shown.format == "PNG"
        found: tuple[int, ...] = shown.convert("RGB").getpixel((shown.width // 2, shown.height // 2))
    return found


def chunks_of(png: bytes) -> set[bytes]:
    """Return the names of the parts of a PNG."""
    at, found = 8, set()
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        found.add(png[at + 4 : at + 8])
        at += 12 + length
    return found


@needs_poppler
def test_each_page_is_drawn_by_its_number(workers: Workers) -> None:
    """The first page is red, the second blue, there are two of them; there is no third."""
    data = pdf_of(RED, BLUE)
    assert [colour_of(drawn(workers, data, n)["png"]) for n in (1, 2)] == [RED, BLUE]
    assert drawn(workers, data, 1)["pages"] == 2
    with pytest.raises(Wrong, match="no page: there are 2"):
        drawn(workers, data, 3)


@needs_poppler
def test_nothing_of_a_pdf_but_pixels_comes_through(workers: Workers) -> None:
    """A script that runs on opening, and an address, are in the file and not in what is shown."""
    act = "/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://evil.example'\\)) >>"
    data = pdf_of(RED, more=act)
    assert b"evil.example" in data
    png = drawn(workers, data, 1)["png"]
    assert colour_of(png) == RED
    assert b"evil.example" not in png
    assert chunks_of(png) <= {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"pHYs"}


@needs_poppler
@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.4\nbroken", b"%PDF-1.7\n" + b"<<" * 20_000])
def test_a_broken_pdf_is_refused(workers: Workers, data: bytes) -> None:
    """It is refused with a reason, and the next file is drawn as if nothing had been."""
    with pytest.raises(Wrong):
        drawn(workers, data, 1)
    assert colour_of(drawn(workers, pdf_of(BLUE), 1)["png"]) == BLUE


def test_a_picture_is_drawn_anew(workers: Workers) -> None:
    """Where it was taken, and words hidden beside the picture, stay behind; it stands as the camera was held."""
    made = Image.new("RGB", (40, 20), RED)
    tags = Image.Exif()
    tags[0x0112], tags[0x010E] = 6, "taken at a house in Homs"  # turned by a quarter; a description
    out = io.BytesIO()
    made.save(out, "JPEG", exif=tags, comment=b"a house in Homs")
    assert b"a house in Homs" in out.getvalue()
    png = drawn(workers, out.getvalue() + b"<script>alert(1)</script>")["png"]
    with Image.open(io.BytesIO(png)) as shown:
        assert shown.size == (20, 40)
    assert chunks_of(png) == {b"IHDR", b"IDAT", b"IEND"}
    assert b"Homs" not in png
    assert b"script" not in png


def test_a_picture_that_unfolds_without_end_is_refused(workers: Workers) -> None:
    """A small file that says it is 60,000 pixels wide and high is not opened."""
    head = (60_000).to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)

    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100_000)))
    with pytest.raises(Wrong, match="pixels"):
        drawn(workers, bomb + chunk(b"IEND", b""))
    with pytest.raises(Wrong, match="no picture"):
        drawn(workers, b"GIF89a" + bytes(50))
