"""No private word reaches the public: a token in each private field, searched for in everything that is published."""

import base64
import gzip
import io
import shutil
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import canary
import cases
import pytest
from made import ASSETS, LANGUAGES, files_of, release_of
from sitreps import read_pdf

from marsad.publish.boundaries import land_for
from marsad.publish.public import PublicRelease, PublicText
from marsad.publish.record import to_json
from marsad.publish.release import release_files, web_files
from marsad.publish.sitrep.blocks import Paragraph, Run, Style
from marsad.publish.sitrep.compose import situation
from marsad.publish.sitrep.docx import docx_bytes
from marsad.publish.sitrep.html import html_bytes
from marsad.publish.sitrep.pdf import pdf_bytes
from marsad.publish.sitrep.question import Question

FEW, MANY = 90, 10_000
SHIPPED = ("web/fonts/", "web/maplibre/", "web/licences/", "map/land.geojson")
"""Files that are the same in every release of every observatory, and the land, which is drawn from the frame alone."""


@cache
def made() -> tuple[PublicRelease, dict[str, bytes], canary.Planted]:
    """Return a release of incidents full of tokens, and its files."""
    found, planted = canary.many(FEW)
    release = release_of(found)
    return release, files_of(release), planted


def outputs(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return one file of each kind that is published, by its path."""
    kinds: dict[str, str] = {}
    for path in sorted(files):
        folder, _, _name = path.rpartition("/")
        deep = ("incident", "when", "said")
        kinds.setdefault(folder if folder.rpartition("/")[2] in deep else path, path)
    return {path: files[path] for path in kinds.values()}


@pytest.mark.long
def test_no_private_word_is_in_anything_that_is_published() -> None:
    """Not in a page, table, map, feed, checksum or file name, in no form that the search knows."""
    release, files, planted = made()
    assert len(release.incidents) == FEW
    assert len(planted.where) > 50 * FEW
    found = {path: canary.leaks(path.encode() + b"\n" + data) for path, data in files.items()}
    assert {path: what for path, what in found.items() if what} == {}


@pytest.mark.long
@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils (Debian)")
def test_no_private_word_is_in_a_situation_report(lang: str, tmp_path: Path) -> None:
    """Of all days and places, as a page, as Word and as PDF (its words, too): what is searched for is found nowhere."""
    pytest.importorskip("docx")
    pytest.importorskip("weasyprint")
    release = release_of(canary.many(6)[0])
    asked = Question(date(2014, 11, 1), date(2014, 11, 30), None, "ucdp", lang)
    report = situation(asked, release, release.incidents[:2])
    assert len(report.notes) > 20
    pdf = pdf_bytes(report, {})
    for data in (html_bytes(report, {}), docx_bytes(report), pdf, read_pdf(pdf, tmp_path).encode()):
        assert canary.leaks(data) == []
    word = Run(f"{canary.LATIN}000007")
    leaking = replace(report, blocks=(*report.blocks, Paragraph(Style.TEXT, (word,))))
    for data in (html_bytes(leaking, {}), docx_bytes(leaking), read_pdf(pdf_bytes(leaking, {}), tmp_path).encode()):
        assert canary.leaks(data) != []


@pytest.mark.soak
def test_no_private_word_of_ten_thousand_incidents_is_in_anything_that_is_published() -> None:
    """The same with 10,000 incidents."""
    found, _ = canary.many(MANY)
    release = release_of(found)
    assert len(release.incidents) == MANY
    faults = {}
    land = land_for(release.incidents, ASSETS / "boundaries")
    for path, data in release_files(release, to_json(release), land, web_files(ASSETS / "web"), LANGUAGES):
        if not path.startswith(SHIPPED) and (what := canary.leaks(path.encode() + b"\n" + data)):
            faults[path] = what
    assert faults == {}


def png(words: bytes) -> bytes:
    """Return a picture of nothing with words in a compressed text chunk."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    return b"\x89PNG\r\n\x1a\n" + chunk(b"zTXt", b"Comment\0\0" + zlib.compress(words)) + chunk(b"IEND", b"")


def zipped(words: bytes) -> bytes:
    """Return an archive that holds an archive that holds the words."""
    for name in ("words.txt", "inner.zip"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, words)
        words = out.getvalue()
    return words


def parquet(words: bytes) -> bytes:
    """Return a compressed table that holds the words."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({"note": [words.decode("utf-8", "replace")]}), out, compression="zstd")
    return out.getvalue()


HIDINGS: dict[str, Callable[[str], bytes]] = {
    "raw": str.encode,
    "upper case": lambda token: token.upper().encode(),
    "backwards": lambda token: token.encode()[::-1],
    "UTF-16": lambda token: b"x" + token.encode("utf-16-le"),
    "UTF-16 big end": lambda token: token.encode("utf-16-be"),
    "hex": lambda token: token.encode().hex().encode(),
    "base64": lambda token: base64.b64encode(token.encode()),
    "base64, one in": lambda token: base64.b64encode(b"a" + token.encode()),
    "base64, two in": lambda token: base64.urlsafe_b64encode(b"ab" + token.encode()),
    "URL": lambda token: "".join(f"%{byte:02X}" for byte in token.encode()).encode(),
    "HTML": lambda token: "".join(f"&#{ord(letter)};" for letter in token).encode(),
    "JSON": lambda token: "".join(f"\\u{ord(letter):04x}" for letter in token).encode(),
    "full width": lambda token: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in token).encode(),
    "marks between": lambda token: "\u200f".join(token).encode(),
    "Arabic marks": lambda token: "ـ\u0651".join(token).encode(),
    "gzip": lambda token: gzip.compress(token.encode()),
    "zip in zip": lambda token: zipped(token.encode()),
    "PNG": lambda token: png(token.encode()),
    "Parquet": lambda token: parquet(token.encode()),
}


@pytest.mark.parametrize("hiding", HIDINGS)
def test_the_search_finds_a_token_however_it_hides(hiding: str) -> None:
    """Latin and Arabic, in every form; the same file without it is clean."""
    for token in (f"{canary.LATIN}000017", f"{canary.ARABIC}000018"):
        assert canary.leaks(HIDINGS[hiding](token)) != [], token
        assert canary.leaks(HIDINGS[hiding]("an ordinary word, كلمة")) == []


def test_the_search_finds_a_private_number_however_it_is_written() -> None:
    """With separators, in Arabic digits, behind a decimal point; not within a checksum."""
    for written in ("739041017", "739,041,017", "٧٣٩٬٠٤١٬٠١٧", "35.739041", "(739041017)"):
        assert canary.leaks(written.encode()) != [], written
    assert canary.leaks(b"ab739041017f") == []


def missed(every: bool) -> list[tuple[str, str]]:
    """Return which output and field were missed when the field's token is put into the middle of the output.

    Each field into each output with `every`, else each field into one of them.
    """
    _, files, planted = made()
    kinds = outputs({path: data for path, data in files.items() if not path.startswith(SHIPPED)})
    fields = sorted({path.split(".", 1)[1]: token for token, path in planted.where.items()}.items())
    assert len(kinds) > 15
    assert len(fields) > 200
    out = []
    for n, (path, data) in enumerate(sorted(kinds.items())):
        assert canary.leaks(data) == []
        middle = data.rfind(b"\n", 0, len(data) // 2) + 1
        for name, token in fields if every else fields[n :: len(kinds)]:
            if not canary.leaks(data[:middle] + f"<!-- {token} -->\n".encode() + data[middle:]):
                out.append((path, name))
    return out


@pytest.mark.long
def test_any_field_in_any_output_is_found() -> None:
    """The token of each private field, put into an output of some kind: never missed."""
    assert missed(every=False) == []


@pytest.mark.soak
def test_every_field_in_every_output_is_found() -> None:
    """The token of each private field, put into every kind of output in turn: never missed."""
    assert missed(every=True) == []


def test_other_private_words_give_the_same_files_to_the_byte() -> None:
    """The same cases with other tokens in every private field: no file of the release differs, nor its name or size."""

    def files(first: int) -> dict[str, bytes]:
        planted = canary.Planted({f"unused{n}": "" for n in range(first)})
        found = [canary.planted(case, "case", planted, mixed=True) for case in (cases.raqqa(), cases.fighters())]
        return files_of(release_of(found))

    assert files(0) == files(5001)


def leaked(value: Any, path: str, words: str) -> Any:
    """Return the public value with the private words in one of its fields, as a careless line of code would put them."""
    name, _, rest = path.partition(".")
    name, _, index = name.partition("[")
    inner = getattr(value, name)
    if index:
        n = int(index[:-1])
        changed = leaked(inner[n], rest, words) if rest else str.__new__(PublicText, words)
        return replace(value, **{name: (*inner[:n], changed, *inner[n + 1 :])})
    return replace(value, **{name: leaked(inner, rest, words) if rest else str.__new__(PublicText, words)})


@pytest.mark.long
def test_private_words_in_any_field_of_the_public_record_are_found() -> None:
    """Each word of the record in turn is replaced by a private one; the files that are made of it give it away.

    What a file gives away can only stand in one that differs from that of the clean release: no other is searched.
    """
    one, _ = canary.many(2)
    release = release_of(one[:1])
    clean = files_of(release)
    assert not any(canary.leaks(data) for path, data in clean.items() if not path.startswith(SHIPPED))
    paths: dict[str, str] = {}
    for path in canary.text_fields(release):
        paths.setdefault("".join(c for c in path if not c.isdigit()), path)
    held = ("statements", "origin", "origins", "id", "schema")
    chosen = [path for path in paths.values() if path.rpartition(".")[2].partition("[")[0] not in held]
    assert len(chosen) > 20
    for path in chosen:
        mutant = leaked(release, path, "Zqcanaryqz000042")
        try:
            files = files_of(mutant)
        except LookupError:
            continue  # a sentence that no catalogue has is refused: nothing is published
        changed = (name.encode() + data for name, data in files.items() if data != clean.get(name))
        assert any(map(canary.leaks, changed)), path
