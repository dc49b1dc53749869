"""Feeds: entries of every dialect come out alike; bombs do not."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.collect.web.feed import declares_entities, entries
from marsad.collect.workers import Limits, Workers
from marsad.model import Wrong

feedparser = pytest.importorskip("feedparser", reason="needs the extra `collect`")

RSS = """<?xml version="1.0" encoding="windows-1256"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>مرصد الفرات</title><language>ar</language>
<item><title>قصف على السوق</title><link>https://e.example/1?utm_source=rss</link><guid isPermaLink="false">tag:1</guid>
<pubDate>Tue, 25 Nov 2014 23:30:00 +0300</pubDate><description>موجز</description>
<content:encoded><![CDATA[<p>قتل 95 شخصا في الرقة</p>]]></content:encoded></item>
<item><title>no date, no id</title><link>/2</link></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Desk</title>
<link rel="next" href="https://e.example/feed?page=2"/>
<entry><id>urn:1</id><title>Raid</title><link href="https://e.example/1"/><updated>2014-11-26T01:00:00+03:00</updated>
<content type="html">&lt;p&gt;Nine were killed&lt;/p&gt;</content></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://e.example/"><title>Old</title></channel>
<item rdf:about="https://e.example/1"><title>One</title><link>https://e.example/1</link></item></rdf:RDF>"""

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMBS = [
    f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss version="2.0"><channel><title>&l9;</title>',
    f'<!DOCTYPE rss [<!ENTITY a "{"x" * 50_000}">]><rss version="2.0"><channel><title>{"&a;" * 50_000}</title>',
    '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&x;</title></channel></rss>',
    '<!DOCTYPE rss SYSTEM "http://127.0.0.1/evil.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1/">%p;]><rss version="2.0"/>',
]


def read(text: str, encoding: str = "utf-8", base: str = "") -> list[dict[str, Any]]:
    return list(entries(io.BytesIO(text.encode(encoding)), base))


def test_an_arabic_feed_in_an_old_encoding() -> None:
    """Letters, the longest form of the content, the address, and the time in the zone in which it was told."""
    about, first, second = read(RSS, "windows-1256", "https://e.example/feed")
    assert about == {"feed": "مرصد الفرات", "lang": "ar", "next": None}
    assert first == {
        "id": "tag:1",
        "address": "https://e.example/1?utm_source=rss",
        "title": "قصف على السوق",
        "published": "2014-11-25T23:30:00+03:00",
        "lang": "ar",
        "html": "<p>قتل 95 شخصا في الرقة</p>",
        "text": "قتل 95 شخصا في الرقة",
        "author": None,
    }
    assert (second["address"], second["id"], second["published"]) == (
        "https://e.example/2",
        "https://e.example/2",
        None,
    )


def test_atom_and_rdf_come_out_alike() -> None:
    """An Atom feed with a further page, and the oldest dialect."""
    about, first = read(ATOM)
    assert about == {"feed": "Desk", "lang": "en", "next": "https://e.example/feed?page=2"}
    assert (first["published"], first["html"]) == ("2014-11-26T01:00:00+03:00", "<p>Nine were killed</p>")
    assert [item.get("address") for item in read(RDF)] == [None, "https://e.example/1"]


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_entities_are_refused_before_anything_is_read(bomb: str, encoding: str) -> None:
    """A billion laughs, quadratic blow-up, a file, a parameter entity: in any encoding, refused."""
    with pytest.raises(Wrong, match="entities"):
        read(bomb, encoding)


@pytest.mark.parametrize("text", ["", "hello", "<html><body>page</body></html>", "{}", "<rss"])
def test_what_is_no_feed_is_refused(text: str) -> None:
    """A page, JSON or nothing where a feed should be is Wrong, with what to look for."""
    with pytest.raises(Wrong, match="no RSS"):
        read(text)


@pytest.mark.parametrize("text", ["<item<link<channel<item//</link>", f"{RSS[:300]}<item<link<channel<item//</link>"])
def test_a_feed_of_tags_within_tags_is_refused(text: str) -> None:
    """The parser trips over a link that ends in another place than it began; whoever asked is told, not struck."""
    with pytest.raises(Wrong, match="broken"):
        read(text)


def test_a_document_type_without_entities_is_harmless() -> None:
    """RSS 0.91 names its document type; that alone is no bomb."""
    assert not declares_entities(b'<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//N//DTD" "x.dtd"><rss>[1]</rss>')


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, Limits(seconds=10)) as made:
        yield made


def test_a_feed_is_read_in_a_worker(workers: Workers) -> None:
    """What comes out of a worker is what comes out here."""
    found = list(workers.read("marsad.collect.web.feed:entries", ATOM.encode(), name="feed"))
    assert found == read(ATOM)


_PIECES = st.sampled_from(
    [
        "<item>",
        "</item>",
        "<title>",
        "&#x0;",
        "&lt;",
        "<![CDATA[",
        "]]>",
        "رقة",
        "\x00",
        "<pubDate>",
        "9" * 40,
        "<link",
        "<item",
        "//",
        "</link>",
    ]
)


@given(st.lists(_PIECES, max_size=25))
def test_any_feed_is_entries_or_wrong(pieces: list[str]) -> None:
    """However a feed is broken, it gives values of JSON or Wrong."""
    try:
        for item in read(f'<rss version="2.0"><channel>{"".join(pieces)}</channel></rss>'):
            assert all(value is None or isinstance(value, str) for value in item.values())
    except Wrong:
        pass
