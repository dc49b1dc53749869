"""Pages: their text without menus, and what they are made of."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from processor_time import within

from marsad.collect.web.page import readable, resources
from marsad.collect.web.words import words
from marsad.model import Wrong

pytest.importorskip("trafilatura", reason="needs the extra `collect`")

PAGE = """<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>غارات على الرقة - مرصد الفرات</title>
<meta property="og:site_name" content="مرصد الفرات"><meta property="article:published_time" content="2014-11-26T01:00:00+03:00">
<link rel="stylesheet" href="/s.css"><link rel="canonical" href="/other"><base href="https://e.example/d/"></head><body>
<nav><a href="/">الرئيسية</a><a href="/about">من نحن</a></nav>
<article><h1>غارات على الرقة</h1><p>قُتل ما لا يقل عن 95 شخصًا في غارات جوية على مدينة الرقة يوم الثلاثاء، بحسب المرصد.</p>
<p>وقال شهود إن أكثر من نصف القتلى من المدنيين وإن السوق كان مزدحمًا وقت القصف الذي استمر ساعة كاملة.</p>
<img src="photo.jpg" srcset="photo-2.jpg 2x, /photo-3.jpg 3x"></article>
<footer>حقوق النشر محفوظة</footer><script src="//cdn.example/a.js"></script>
<img src="javascript:1"><img src="data:image/png;base64,x"></body></html>"""


def test_the_text_of_an_arabic_page() -> None:
    """Both paragraphs, no menu, no footer; day, outlet and language as the page says them."""
    (found,) = readable(io.BytesIO(PAGE.encode()), "https://e.example/1")
    assert "95 شخصًا" in found["text"]
    assert "نصف القتلى" in found["text"]
    assert "من نحن" not in found["text"]
    assert (found["published"], found["outlet"], found["lang"]) == ("2014-11-26", "مرصد الفرات", "ar")


def test_what_a_page_is_made_of() -> None:
    """Styles, scripts and every size of a picture, as whole addresses; no links, no data, no scripts as addresses."""
    found = list(resources(io.BytesIO(PAGE.encode()), "https://e.example/1"))
    assert found == [
        "https://e.example/s.css",
        "https://e.example/d/photo.jpg",
        "https://e.example/d/photo-2.jpg",
        "https://e.example/photo-3.jpg",
        "https://cdn.example/a.js",
    ]


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"\x00\x01", b"<div>" * 5_000, b"<" * 500_000])
def test_a_page_without_text_is_refused_at_once(data: bytes) -> None:
    """Empty, nested without end, or nothing but tags: Wrong, in less than a second."""
    with within(1), pytest.raises(Wrong, match="page"):
        list(readable(io.BytesIO(data)))


_TAGS = st.sampled_from(
    [
        "<div>",
        "</div>",
        "<p>",
        "<!--",
        "-->",
        "<img src=",
        "<base href=//[",
        "<table><tr>",
        "&#xD800;",
        "killed ",
        "\x00",
    ]
)


@given(st.lists(_TAGS, max_size=30))
def test_any_page_is_text_or_wrong(tags: list[str]) -> None:
    """However a page is broken, it has a text or is Wrong, and its parts are addresses."""
    data = "".join(tags).encode()
    try:
        for found in readable(io.BytesIO(data)):
            assert found["text"].strip()
    except Wrong:
        pass
    assert all(url.startswith(("http:", "https:")) for url in resources(io.BytesIO(data), "https://e.example/"))


@pytest.mark.parametrize(
    "broken", ["<![CDA[", "<![if x", "<meta charset=u8f-7>", "<meta charset=zlib>", '<base href="//[">']
)
def test_pages_that_broke_the_reader_once(broken: str) -> None:
    """Sections of no known kind, encodings that nobody knows or that are none, hosts that are none: the rest is read."""
    data = f"{broken}<p>a</p><img src='a.png'>".encode()
    assert list(resources(io.BytesIO(data), "https://e.example/"))[:1] in ([], ["https://e.example/a.png"])
    assert [told["pictures"] for told in words(io.BytesIO(data))] in ([[]], [["a.png"]])
