"""Captures that others made, as files: pages become reports, what is broken is refused."""

import gzip
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from test_warc_read import http, record

from marsad.collect.files import gather
from marsad.collect.incoming import Found, Incoming
from marsad.collect.particulars import Particulars
from marsad.model import Wrong
from marsad.stage import Rejection

pytest.importorskip("trafilatura", reason="needs the extra `collect`")

PAGE = """<html lang="ar"><head><title>قصف السوق</title><meta property="og:site_name" content="مرصد الميناء">
<meta property="article:published_time" content="2014-11-26T01:00:00+03:00"></head><body><article>
<p>قُتل تسعة أشخاص على الأقل في قصف طال سوق المدينة مساء الثلاثاء، وفق ما قاله أطباء في المشفى.</p></article></body></html>"""


def write(path: Path, warc: bytes) -> Path:
    if path.suffix == ".wacz":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("archive/data.warc.gz", warc)
            archive.writestr("datapackage.json", "{}")
        warc = out.getvalue()
    path.write_bytes(warc)
    return path


def read(path: Path, outlet: str | None = None) -> list[Found]:
    return list(gather(path, Particulars(outlet)))


@pytest.mark.long
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.wacz"])
def test_pages_become_reports(name: str, tmp_path: Path) -> None:
    """Two pages, one of them empty: a report with day, outlet, language, address and original, and a rejection."""
    warc = record(http(PAGE.encode())) + record(http(b"<html></html>"))
    path = write(tmp_path / name, warc if name == "a.warc" else gzip.compress(warc))
    found, refused = read(path)
    assert isinstance(found, Incoming)
    assert "تسعة أشخاص" in found.data.decode()
    assert (found.outlet, found.published, found.lang) == ("مرصد الميناء", date(2014, 11, 26), "ar")
    assert found.address == "https://e.example/"
    assert found.original is not None
    assert found.original.evidence.size == path.stat().st_size
    assert isinstance(refused, Rejection)
    assert "no text of its own" in refused.reason


def test_a_broken_capture_is_refused_after_its_whole_pages(tmp_path: Path) -> None:
    """A file cut off in its second page gives the first one, and then the reason."""
    path = write(tmp_path / "a.warc", record(http(PAGE.encode())) + record(http(PAGE.encode()))[:-300])
    found, refused = read(path, "Desk")
    assert isinstance(found, Incoming)
    assert isinstance(refused, Rejection)
    assert "breaks off" in refused.reason


def test_what_is_no_capture_is_refused(tmp_path: Path) -> None:
    """An archive with nothing in it, and bytes that only claim to be a capture."""
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0\r\nnonsense")
    with pytest.raises(Wrong, match="WARC"):
        read(tmp_path / "a.warc")
