"""Lists of addresses: sitemaps and plain texts."""

import gzip
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.collect.web.lists import addresses, bucket, sitemap
from marsad.model import Wrong

MAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> https://e.example/1 </loc><lastmod>2014-11-26</lastmod></url><url><loc>https://e.example/2</loc></url><url/></urlset>"""
INDEX = b"<sitemapindex><sitemap><loc>https://e.example/a.xml.gz</loc></sitemap></sitemapindex>"


def test_pages_and_further_lists() -> None:
    """A sitemap lists pages, an index further sitemaps; packed ones are unpacked."""
    pages = [
        {"address": "https://e.example/1", "kind": "page", "changed": "2014-11-26"},
        {"address": "https://e.example/2", "kind": "page", "changed": None},
    ]
    assert list(sitemap(io.BytesIO(MAP))) == pages
    assert list(sitemap(io.BytesIO(gzip.compress(MAP)))) == pages
    assert [item["kind"] for item in sitemap(io.BytesIO(INDEX))] == ["sitemap"]


@pytest.mark.long
def test_bombs_are_refused() -> None:
    """Entities, a packed bomb and a list without end are Wrong."""
    endless = b"<urlset>" + b"<url><loc>https://e.example/</loc></url>" * 50_001
    for bomb in (b'<!DOCTYPE a [<!ENTITY b "c">]><urlset/>', gzip.compress(bytes(60 << 20)), endless, b"<urlset>", b""):
        with pytest.raises(Wrong, match="sitemap"):
            list(sitemap(io.BytesIO(bomb)))


def test_a_list_of_addresses_names_the_line_that_is_none() -> None:
    """Comments and empty lines are passed over, a bad line stops nothing."""
    found = list(addresses("# ours\nhttps://e.example/1\n\nfile:///etc/passwd\n  http://e.example/أ\n"))
    assert found[0] == "https://e.example/1"
    assert isinstance(found[1], Wrong)
    assert found[1].subject == "line 4"
    assert found[2] == "http://e.example/%D8%A3"


@given(st.binary(max_size=200))
def test_any_bytes_are_addresses_or_wrong(data: bytes) -> None:
    """Whatever the bytes, nothing but Wrong is raised."""
    with suppress(Wrong):
        assert all(item["address"] for item in sitemap(io.BytesIO(b"<urlset>" + data)))


LISTING = b"""<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name>
<NextContinuationToken>t/1=</NextContinuationToken><Contents><Key>in/a b.txt</Key><ETag>"e1"</ETag><Size>5</Size></Contents>
</ListBucketResult>"""


def test_a_bucket_lists_its_objects() -> None:
    """Keys, marks and sizes, then where the listing goes on; other XML and bombs are Wrong."""
    assert list(bucket(io.BytesIO(LISTING))) == [{"key": "in/a b.txt", "mark": "e1", "size": "5"}, {"next": "t/1="}]
    for bad in (b"<Error/>", b"{}", b'<!DOCTYPE a [<!ENTITY b "c">]><ListBucketResult/>', b"x" * (6 << 20)):
        with pytest.raises(Wrong, match="bucket"):
            list(bucket(io.BytesIO(bad)))
