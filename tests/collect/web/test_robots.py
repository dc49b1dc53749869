"""robots.txt: what a site asks of programs is done."""

from urllib.robotparser import RobotFileParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.collect.web.robots import Manners, read_robots

SITE = b"""\xef\xbb\xbf# ours
User-agent: *
Disallow: /private
Allow: /private/list   # but this
Disallow: /*.pdf$
Disallow: /a*b*c
Crawl-delay: 2.5

User-agent: OtherBot
User-agent: marsad
Disallow: /only-for-others
Crawl-delay: 1e9
Sitemap: https://example.org/sitemap.xml
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private", False),
        ("/private/x", False),
        ("/private/list", True),
        ("/report.pdf", False),
        ("/report.pdf?x=1", True),
        ("/a/1/b/2/c/3", False),
        ("/a/1/c/2/b/3", True),
        ("/only-for-others", True),
    ],
)
def test_the_longest_rule_that_fits_is_the_one(path: str, allowed: bool) -> None:
    """Stars are any characters, a dollar is the end, and the longest rule wins over the first."""
    assert read_robots(SITE, "somebody").allows(path) is allowed


def test_a_program_that_is_named_has_rules_of_its_own() -> None:
    """The group of a name replaces that of all; several names share a group; a wait is at most a minute."""
    manners = read_robots(SITE)
    assert not manners.allows("/only-for-others")
    assert manners.allows("/private")
    assert (manners.wait, read_robots(SITE, "x").wait) == (60.0, 2.5)
    assert manners.sitemaps == ("https://example.org/sitemap.xml",)


def test_nothing_asked_is_nothing_forbidden() -> None:
    """No file, an empty one, an empty rule and bytes that are no text forbid nothing."""
    for data in (b"", b"User-agent: *\nDisallow:\n", b"\x00\xff" * 100, b"Disallow: /\n"):
        assert read_robots(data).allows("/private")


_PATHS = st.lists(st.sampled_from(["a", "b", "c/d", "private", "%20"]), max_size=4).map(
    lambda parts: "/" + "/".join(parts)
)


@given(st.lists(_PATHS, min_size=1, max_size=5), _PATHS)
def test_plain_rules_are_read_as_python_reads_them(rules: list[str], path: str) -> None:
    """Where there are neither stars nor exceptions, Python's own reader of robots.txt says the same."""
    text = "\n".join(["User-agent: *", *(f"Disallow: {rule}" for rule in rules)])
    oracle = RobotFileParser()
    oracle.parse(text.splitlines())
    assert read_robots(text.encode()).allows(path) is oracle.can_fetch("marsad", path)


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_are_manners(data: bytes, path: str) -> None:
    """Whatever a site sends, it can be asked whether it allows a path."""
    assert read_robots(data).allows("/" + path) in (True, False)


def test_a_rule_of_many_stars_takes_no_time() -> None:
    """Five thousand rules of a thousand stars against a long path are over at once."""
    manners = Manners(tuple((False, "/" + "*a" * 900 + f"b{n}") for n in range(300)))
    assert manners.allows("/" + "a" * 4000)
