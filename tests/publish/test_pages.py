"""The pages: whole, linked, tight, and the same numbers as the record."""

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from posixpath import dirname, join, normpath

import cases
import pytest
from made import files_of, published, release_of, told

from marsad.publish.public import PublicReason, PublicRelease, PublicWithheld, compose
from marsad.publish.site.pages import LISTED
from marsad.publish.site.speaker import Speaker

RELEASE, FILES = published()
PAGES = sorted(path for path in FILES if path.endswith(".html"))
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Reader(HTMLParser):
    """Reads a page: its ids, its links, its words, and whether each element is closed."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(page.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element."""
        about = dict(attrs)
        self.tags.append((tag, about))
        self.ids += [value for key in ("id",) if (value := about.get(key)) is not None]
        self.links += [
            value for key in ("href", "src", "data-land", "data-marks") if (value := about.get(key)) is not None
        ]
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element of a drawing that is closed at once."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Match it with the element that is open."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note the words."""
        self.words.append(data)


@cache
def read(path: str) -> Reader:
    """Return a page of the release, read."""
    return Reader(FILES[path])


@pytest.mark.parametrize("path", PAGES)
def test_every_link_leads_somewhere_and_no_id_stands_twice(path: str) -> None:
    """To a file of the release or a place on the page; only addresses of reports lead out."""
    page = read(path)
    assert len(page.ids) == len(set(page.ids))
    for link in page.links:
        if link.startswith(("https://", "data:")):
            continue
        file, _, place = link.partition("#")
        target = normpath(join(f"/{dirname(path)}", file)).lstrip("/") if file else path
        assert target in FILES, f"{path} -> {link}"
        assert not place or place in read(target).ids, f"{path} -> {link}"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_its_language_and_where_the_other_is(path: str) -> None:
    """Language, direction, and each page in each language."""
    page = read(path)
    [html] = [about for tag, about in page.tags if tag == "html"]
    arabic = path.startswith("ar/")
    assert (html["lang"], html["dir"]) == (("ar", "rtl") if arabic else ("en", "ltr"))
    other = {about["hreflang"]: about["href"] for tag, about in page.tags if tag == "link" and "hreflang" in about}
    assert set(other) == {"en", "ar"}
    assert normpath(join(f"/{dirname(path)}", str(other["en"]))) == "/" + path.removeprefix("ar/")
    assert normpath(join(f"/{dirname(path)}", str(other["ar"]))) == "/ar/" + path.removeprefix("ar/")


def test_the_page_for_what_is_not_there_speaks_every_language_and_is_right_in_any_folder() -> None:
    """A host has one such page for every address: both languages stand on it, its own first, and links begin at the root."""
    for path, first in (("404.html", "en"), ("ar/404.html", "ar")):
        page = read(path)
        told = [about["lang"] for tag, about in page.tags if tag == "section"]
        assert told[0] == first
        assert set(told) == {"en", "ar"}
        assert {link[0] for link in page.links if not link.startswith("data:")} == {"/"}
        assert {"/index.html", "/ar/index.html"} <= set(page.links)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_keeps_to_itself(path: str) -> None:
    """A tight policy, no style or script in the page, and only the map's page runs a script."""
    page = read(path)
    [policy] = [about["content"] for tag, about in page.tags if about.get("http-equiv") == "Content-Security-Policy"]
    assert str(policy).startswith("default-src 'none'")
    assert "unsafe" not in str(policy)
    assert "style" not in {tag for tag, _ in page.tags}
    assert not [about for _, about in page.tags if "style" in about or any(name.startswith("on") for name in about)]
    scripts = [about.get("src") for tag, about in page.tags if tag == "script"]
    assert bool(scripts) == (path.endswith("index.html"))
    assert ("script-src" in str(policy)) == bool(scripts)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_an_incident_page_says_every_figure_of_the_record(lang: str) -> None:
    """Each policy's range, each statement's number, each origin that may be named."""
    speaker = Speaker(lang)
    for incident in RELEASE.incidents:
        words = " ".join(Reader(FILES[("" if lang == "en" else "ar/") + f"incident/{incident.code}.html"]).words)
        for figure in incident.figures:
            assert speaker.figure(figure) in words
        for statement in incident.statements:
            assert speaker.said(statement) in words
        for origin in incident.origins:
            assert speaker.origin(origin) in words


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_what_is_withheld_is_counted_with_its_reason(lang: str) -> None:
    """On the overview and with the methods; nothing is dropped in silence."""
    held = tuple(PublicWithheld(reason, n) for n, reason in enumerate(PublicReason, 2))
    files = files_of(replace(RELEASE, withheld=held))
    for name in ("index.html", "methods.html"):
        words = " ".join("".join(Reader(files[("" if lang == "en" else "ar/") + name]).words).split())
        for one in held:
            assert re.sub(r"\s+", " ", Speaker(lang).counted_plain(f"withheld.{one.reason}", one.count)) in words


def test_an_incident_page_is_light() -> None:
    """Twenty-one statements with their pictures and explanations: page and style sheet below 64 kB, fonts apart."""
    page = FILES["incident/RAQQA-2014-11-25.html"]
    assert len(page) + len(FILES["web/record.css"]) < 64_000


def test_hostile_words_are_words() -> None:
    """Markup in a name is shown, not run."""
    incident = told(cases.nowhere())
    hostile = compose("<script>alert(1)</script>&\"'", 80)
    statement = replace(incident.statements[0], outlet=hostile, words=hostile, quotation=hostile)
    origin = replace(incident.origins[0], name=hostile, name_ar=hostile)
    bad = replace(incident, statements=(statement,), origins=(origin,), perpetrator=hostile, weapon=hostile)
    files = files_of(replace(RELEASE, observatory=hostile, incidents=(bad,)))
    for path, data in files.items():
        if path.endswith(".html"):
            assert b"<script>" not in data
            Reader(data)


def test_an_empty_record_says_what_is_missing() -> None:
    """No incident: no map, no chart, no table, and a sentence that says so."""
    files = files_of(release_of([]))
    assert Speaker("en").plain("overview.nothing") in files["index.html"].decode()
    assert b"<svg" not in files["index.html"]
    assert b"<script" not in files["index.html"]


def many(n: int) -> PublicRelease:
    """Return a release of n incidents over three years."""
    one = told(cases.nowhere())
    day = cases.DAY.start
    incidents = [
        replace(
            one, code=compose(f"X-{k}"), occurred_from=day.replace(year=2012 + k % 3, month=k % 12 + 1), occurred_to=day
        )
        for k in range(n)
    ]
    return replace(RELEASE, incidents=tuple(incidents))


def test_many_incidents_are_listed_by_month_and_the_overview_stays_small() -> None:
    """The overview lists the latest; every incident stands in exactly one month's list."""
    release = many(LISTED + 40)
    files = files_of(release)
    assert len(Reader(files["index.html"]).words) < 6000
    listed = [
        link
        for path, data in files.items()
        if path.startswith("when/")
        for link in Reader(data).links
        if link.startswith("../incident/") and "#" not in link
    ]
    assert sorted(listed) == sorted(f"../incident/{one.code}.html" for one in release.incidents)
    assert not [path for path in FILES if path.startswith("when/")]
