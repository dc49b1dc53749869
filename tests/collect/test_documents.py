"""Documents: the words of a PDF, a Word file, a page, a letter, a picture. The tests make all of them; every word is invented."""

import io
import mailbox
import shutil
import subprocess
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from read_claims import claims, found_in, head, reports, words

from marsad.collect.documents import OCR
from marsad.model import Wrong
from marsad.stage import Rejection

ARABIC = (
    "قال مرصد مخترع إن 95 شخصا على الأقل قتلوا في غارات على حي الميناء يوم الثلاثاء.",
    "وقتل سلام وسالم وعلاء، ولا أحد من الأطفال الآخرين. (12/5)",
    "بلغ العدد 1,200 قتيل بحسب وكالة SANA لاحقا.",
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="needs poppler-utils (tools/documents.sh)"
)
needs_ocr = pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract (tools/documents.sh)")


def printed(folder: Path, lines: tuple[str, ...], font: str) -> bytes:
    """Return a PDF of these lines as Chromium prints it in this font."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    fonts = subprocess.run(["fc-list", ":lang=ar", "family"], capture_output=True, text=True, check=False).stdout
    if font not in fonts:
        pytest.skip(f"needs the font {font}")
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    page = folder / "page.html"
    page.write_text(
        f"<html dir=rtl lang=ar><meta charset=utf-8><body style=\"font:16px '{font}'\">{paragraphs}", "utf-8"
    )
    made = folder / "made.pdf"
    told = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--print-to-pdf={made}",
        str(page),
    ]
    subprocess.run(told, capture_output=True, check=True, timeout=600)
    return made.read_bytes()


@pytest.mark.long
@needs_pdftotext
@pytest.mark.browser
@pytest.mark.parametrize("font", ["DejaVu Sans", "Noto Naskh Arabic", "Noto Sans Arabic", "Noto Kufi Arabic"])
def test_arabic_pdf(tmp_path: Path, font: str) -> None:
    """Words, numbers, stops and brackets in the order in which they are read; lam-alef as it was printed, in every font."""
    [item] = reports(found_in(tmp_path, "a.pdf", printed(tmp_path, ARABIC, font), outlet="X", lang="ar"))
    assert words(item).split("\n") == list(ARABIC)
    assert head(item)["read_by"] == "pdftotext and pypdf"
    assert item.original is not None
    assert item.original.evidence.media_type == "application/pdf"
    assert 95 in [claim.value for claim in claims(item)]


@pytest.mark.long
@needs_pdftotext
@needs_ocr
@pytest.mark.browser
def test_scanned_pdf(tmp_path: Path) -> None:
    """A page that is a picture is read by OCR, and its report says so."""
    image = pytest.importorskip("PIL.Image")
    (tmp_path / "in.pdf").write_bytes(printed(tmp_path, ARABIC[:1], "Noto Naskh Arabic"))
    subprocess.run(["pdftoppm", "-r", "150", "-png", "in.pdf", "scan"], cwd=tmp_path, check=True)
    image.open(next(tmp_path.glob("scan*.png"))).convert("L").save(tmp_path / "scan.pdf")
    [item] = reports(found_in(tmp_path, "b.pdf", (tmp_path / "scan.pdf").read_bytes(), outlet="X"))
    assert head(item)["read_by"] == "tesseract (ara+eng)"
    assert "95" in words(item)
    assert "الثلاثاء" in words(item)


@needs_pdftotext
@pytest.mark.parametrize("data", [b"no pdf at all", b"%PDF-1.4\nbroken", b"%PDF-1.7\n" + b"<<" * 50_000])
def test_broken_pdf(tmp_path: Path, data: bytes) -> None:
    """What cannot be opened is refused in words."""
    with pytest.raises(Wrong, match=r"a\.pdf"):
        found_in(tmp_path, "a.pdf", data, outlet="X")


def word_file(body: str) -> bytes:
    """Return a Word file with this body."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    core = '<c xmlns="x" xmlns:t="y"><t:title>Week 48</t:title><t:created>2014-11-26T08:00:00Z</t:created></c>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        archive.writestr("docProps/core.xml", core)
    return out.getvalue()


def test_word_document(tmp_path: Path) -> None:
    """Paragraphs, pieces of a word, tables row by row; what was deleted with changes tracked is not said."""
    body = (
        "<w:p><w:r><w:t>Three were kil</w:t></w:r><w:r><w:t>led in the harbour.</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>Nine</w:delText></w:r><w:r><w:t>Nine</w:t></w:r></w:del><w:ins><w:r><w:t>Four</w:t></w:r></w:ins>"
        "<w:r><w:t> were hurt.</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Town</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Dead</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>3</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    [item] = reports(found_in(tmp_path, "a.docx", word_file(body), outlet="X"))
    assert words(item) == "Three were killed in the harbour.\nFour were hurt.\nTown\tDead\n\t3"
    assert (head(item)["title"], head(item)["created"]) == ("Week 48", "2014-11-26T08:00:00Z")


def test_word_document_with_entities(tmp_path: Path) -> None:
    """A document that declares entities is an attack."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')
    with pytest.raises(Wrong, match="entities"):
        found_in(tmp_path, "a.docx", out.getvalue(), outlet="X")


def letter(
    text: str | None = "ثلاثة قتلى في الميناء.", page: str | None = None, day: str = "Wed, 26 Nov 2014 01:30:00 +0300"
) -> EmailMessage:
    """Return a letter with this text, this HTML, or both."""
    made = EmailMessage()
    made["From"], made["To"] = "field@team.example", "desk@team.example"
    made["Subject"], made["Date"], made["Message-ID"] = "غارة على الميناء", day, "<1@team.example>"
    if text is not None:
        made.set_content(text)
    if page is not None:
        (made.set_content if text is None else made.add_alternative)(page, subtype="html")
    return made


def test_letter(tmp_path: Path) -> None:
    """Subject and text; attachments by name; protected. 01:30 in Damascus is the day before in UTC, as no zone is given."""
    made = letter()
    made.add_attachment(b"\xff\xd8", maintype="image", subtype="jpeg", filename="photo.jpg")
    [item] = reports(found_in(tmp_path, "a.eml", bytes(made), outlet="Field team"))
    assert words(item) == "غارة على الميناء\n\nثلاثة قتلى في الميناء."
    assert (str(item.published), item.protected) == ("2014-11-25", True)
    assert (head(item)["media"], head(item)["message"]) == ("photo.jpg", "<1@team.example>")


def test_letter_in_html_and_in_windows_letters(tmp_path: Path) -> None:
    """HTML without its marks where there is no plain text; Arabic bytes without a charset are told by themselves."""
    [item] = reports(
        found_in(
            tmp_path, "a.eml", bytes(letter(None, "<style>x</style><p>Four dead</p><p>near the port</p>")), outlet="X"
        )
    )
    assert words(item).endswith("Four dead\nnear the port")
    raw = b"Subject: x\nContent-Type: text/plain\n\n" + "قتل أربعة".encode("windows-1256")
    [item] = reports(found_in(tmp_path, "b.eml", raw, outlet="X"))
    assert words(item) == "x\n\nقتل أربعة"


def test_mailbox(tmp_path: Path) -> None:
    """Each letter of a mailbox is a report; one without words is a rejection; a line that begins with From is text."""
    box = mailbox.mbox(tmp_path / "made.mbox")
    for made in (letter("One dead.\n\nFrom the port to the market."), EmailMessage(), letter("Two dead.")):
        box.add(made)
    box.close()
    found = found_in(tmp_path, "a.mbox", (tmp_path / "made.mbox").read_bytes(), outlet="X")
    assert [isinstance(item, Rejection) for item in found] == [False, True, False]
    assert [words(item).split("\n\n", 1)[1] for item in (found[0], found[2])] == [  # type: ignore[arg-type]
        "One dead.\n\nFrom the port to the market.",
        "Two dead.",
    ]


def test_saved_page(tmp_path: Path) -> None:
    """The text without menus; outlet, day and language as the page says them."""
    pytest.importorskip("trafilatura")
    page = (
        "<!DOCTYPE html><html lang=en><head><title>Raid</title>"
        "<meta property='og:site_name' content='Harbour Post'>"
        "<meta property='article:published_time' content='2014-11-26T08:00:00Z'></head><body>"
        "<nav><a href=/>Home</a><a href=/x>Sport</a></nav>"
        "<article><h1>Raid on the harbour</h1><p>Four people were killed on Tuesday when two aircraft "
        "struck the harbour, the mayor said.</p>"
        "<p>Nine others were taken to the hospital of the town, two of them in a grave condition.</p>"
        "</article><footer>All rights</footer></body></html>"
    )
    [item] = reports(found_in(tmp_path, "a.html", page.encode()))
    assert (item.outlet, str(item.published), item.lang) == ("Harbour Post", "2014-11-26", "en")
    assert "Four people were killed" in words(item)
    assert "Sport" not in words(item)


def test_photograph(tmp_path: Path) -> None:
    """What the camera wrote is kept as cells: when, where, with what; a caption is a report of its own."""
    image = pytest.importorskip("PIL.Image")
    picture = image.new("RGB", (200, 100), "grey")
    exif = image.Exif()
    exif[0x010F], exif[0x010E] = "Invented", "Two killed at the bakery"
    exif.get_ifd(0x8769)[0x9003] = "2014:11:25 09:15:00"
    exif.get_ifd(0x8825).update({1: "S", 2: (35.0, 57.0, 0.0), 3: "E", 4: (39.0, 0.0, 36.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    card, caption = reports(found_in(tmp_path, "a.jpg", out.getvalue(), outlet="Field team"))
    assert "date (DateTimeOriginal): 2014-11-25 09:15:00" in words(card)
    assert "latitude (GPSLatitude): -35.95" in words(card)
    assert "longitude (GPSLongitude): 39.01" in words(card)
    assert "- Make: Invented" in words(card)
    assert claims(card) == []
    assert words(caption) == "Two killed at the bakery"


@needs_ocr
def test_screenshot(tmp_path: Path) -> None:
    """On a picture without a camera the words are read."""
    image, draw, font = (pytest.importorskip(f"PIL.{name}") for name in ("Image", "ImageDraw", "ImageFont"))
    picture = image.new("RGB", (900, 200), "white")
    draw.Draw(picture).text((20, 60), "Seven people were killed", fill="black", font=font.load_default(48))
    out = io.BytesIO()
    picture.save(out, "PNG")
    _, item = reports(found_in(tmp_path, "a.png", out.getvalue(), outlet="X"))
    assert words(item) == "Seven people were killed"
    assert [claim.value for claim in claims(item)] == [7]


def test_pixel_bomb(tmp_path: Path) -> None:
    """A picture of 2,500 million pixels in some kilobytes is refused before it is unfolded."""
    pytest.importorskip("PIL.Image")
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    data = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(Wrong, match="pixels"):
        found_in(tmp_path, "a.png", data, outlet="X")


@pytest.mark.long
@needs_ocr
def test_a_large_scan_is_read_within_a_workers_memory(tmp_path: Path) -> None:
    """A picture of 36 million pixels is made smaller before its words are read: no worker gets more than 512 MB."""
    image, draw, font = (pytest.importorskip(f"PIL.{name}") for name in ("Image", "ImageDraw", "ImageFont"))
    assert OCR.memory <= 512 << 20
    picture = image.new("RGB", (6000, 6000), "white")
    draw.Draw(picture).text((400, 400), "Seven people were killed", fill="black", font=font.load_default(400))
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    *_, item = reports(found_in(tmp_path, "a.png", out.getvalue(), outlet="X"))
    assert words(item) == "Seven people were killed"
