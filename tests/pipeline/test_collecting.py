"""Collecting: what channels bring is taken in once, gone on with, and never lost."""

import io
import os
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from servers import answer, dripping, redirect, serving

from marsad.collect.channels import Channel
from marsad.collect.particulars import Particulars
from marsad.collect.web.addresses import Reach
from marsad.collect.workers import Limits, Workers
from marsad.model import Sha256
from marsad.pipeline.collecting import Collector, Event, Note
from marsad.pipeline.custody import chain
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.refusals import refusals_of
from marsad.pipeline.same_things import same_things
from marsad.pipeline.service import Receipt, WriteService
from marsad.pipeline.verify import verify_observatory
from marsad.stage import Rejection
from marsad.store.collecting import Collecting

pytest.importorskip("feedparser", reason="needs the extra `collect`")

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS = "Nine people were killed when shells fell on the market of Harbour Town on Tuesday evening, doctors said."


class Desk:
    """An observatory that collects, with a clock that a test moves."""

    def __init__(self, path: Path, stack: ExitStack) -> None:
        self.obs = Observatory.init(path, "test", START)
        self.now = START
        self.kept = stack.enter_context(self.obs.kept())
        self.state = stack.enter_context(Collecting(path / "collecting.db"))
        self.workers = stack.enter_context(Workers(1, Limits(seconds=10)))

    def collect(self, channel: Channel, *places: str, due_only: bool = True) -> list[Event]:
        """Return what a visit brings; places are what may be asked."""
        return list(self.collector(*places).collect(channel, due_only))

    def collector(self, *places: str) -> Collector:
        """Return a collector that may ask these places and never rests."""
        service = WriteService(self.kept, self.obs.vault, os.urandom)
        return Collector(
            service, self.state, self.workers, lambda: self.now, Reach(frozenset(places)), rest=lambda _: None
        )

    def texts(self) -> list[str]:
        """Return the texts of all reports, in the order in which they came."""
        with self.kept.read() as reading:
            return [text.text for text in self.obs.texts(list(reading.reports()))]

    def quarantined(self) -> list[str]:
        """Return why things are in quarantine."""
        with self.kept.read() as reading:
            return [row["reason"] for row in reading.quarantined()]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with ExitStack() as stack:
        yield Desk(tmp_path / "obs", stack)


def entry(number: int, address: str | None = None) -> str:
    link = "" if address is None else f"<link>{address}</link>"
    words = WORDS.replace("Nine", f"{number}")
    return (
        f"<item><title>Shells, {number}</title>{link}<guid isPermaLink='false'>g{number}</guid>"
        f"<pubDate>Tue, 25 Nov 2014 23:30:00 +0300</pubDate><description>{words}</description></item>"
    )


def feed(*entries: str) -> bytes:
    return f"<rss version='2.0'><channel><title>Desk</title>{''.join(entries)}</channel></rss>".encode()


def page(words: str) -> bytes:
    return f"<html><head><title>Raid</title></head><body><article><p>{words}</p><p>{words}</p></article></body></html>".encode()


def outcome(events: list[Event]) -> tuple[int, int, int]:
    """Return how many reports were new, known, and refused."""
    receipts = [event for event in events if isinstance(event, Receipt)]
    refused = sum(isinstance(event, Rejection) for event in events)
    return sum(r.new for r in receipts), sum(not r.new for r in receipts), refused


def channel(server_url: str, **more: object) -> Channel:
    told: dict[str, object] = {"name": "desk", "publisher": "Harbour Desk", "kind": "feed", "address": server_url}
    return Channel(**(told | more))  # type: ignore[arg-type]


def test_a_feed_is_taken_in_once(desk: Desk) -> None:
    """Two entries are two reports of the publisher, of the day in the zone it wrote; the next visit brings nothing."""
    said = answer(feed(entry(1), entry(2)), "application/rss+xml", ETag='"v1"')
    with serving({"/feed": said}) as server:
        watched = channel(server.url("/feed"), capture=False)
        assert outcome(desk.collect(watched, server.place)) == (2, 0, 0)
        assert desk.collect(watched, server.place) == []
        assert b'If-None-Match: "v1"' in server.requests[-1]
        server.answers["/feed"] = answer(b"", status="304 Not Modified")
        assert desk.collect(watched, server.place) == []
        server.answers["/feed"] = answer(feed(entry(1), entry(2), entry(3)))
        assert outcome(desk.collect(watched, server.place)) == (1, 0, 0)
    with desk.kept.read() as reading:
        reports = list(reading.reports())
    assert {(r.outlet, str(r.published)) for r in reports} == {("Harbour Desk", "2014-11-25")}
    assert desk.texts()[0].startswith("Shells, 1\n\n1 people were killed")


@pytest.mark.long
def test_pages_of_a_feed_are_captured(desk: Desk) -> None:
    """An entry's page is a report with its capture as original, which holds the page as it was answered."""
    with serving({"/1": answer(page(WORDS))}) as server:
        server.answers["/feed"] = answer(feed(entry(1, server.url("/1?utm_source=rss"))))
        assert outcome(desk.collect(channel(server.url("/feed")), server.place)) == (1, 0, 0)
    with desk.kept.read() as reading:
        (report,) = reading.reports()
        (tie,) = reading.originals([report.report_id])
        (event, *_) = chain(reading, report.evidence)
    headers = event.detail["headers"]
    assert isinstance(headers, list)
    assert headers[0] == [":status", "200"]
    assert ["content-type", "text/html; charset=utf-8"] in headers
    assert event.detail["fetched"]
    assert report.address is not None
    assert report.address.endswith("/1")
    with zipfile.ZipFile(io.BytesIO(desk.obs.vault.get(Sha256(tie["evidence"])))) as archive:
        assert "archive/data.warc.gz" in archive.namelist()
    assert [d for d in verify_observatory(desk.obs.path) if "public.db" not in str(d)] == []


@pytest.mark.long
def test_what_a_page_does_not_say_the_feed_does(desk: Desk) -> None:
    """Where a page cannot be had yet, the entry's own words are kept at once, and the page is asked for again."""
    with serving({}) as server:
        server.answers["/feed"] = answer(feed(entry(1, server.url("/1"))), ETag='"1"')
        server.answers["/1"] = answer(b"", status="503 Busy")
        watched = channel(server.url("/feed"))
        assert outcome(desk.collect(watched, server.place)) == (1, 0, 1)
        server.answers["/1"] = answer(page(WORDS))
        assert outcome(desk.collect(watched, server.place)) == (1, 0, 0)
        assert len(desk.texts()) == 2


@pytest.mark.long
def test_a_visit_that_was_broken_off_is_gone_on_with(desk: Desk) -> None:
    """After the third of six pages somebody stops it: three are kept; the next visit asks for the other three alone."""
    with serving({f"/{n}": answer(page(f"{n} of them. {WORDS}")) for n in range(6)}) as server:
        addresses = tuple(server.url(f"/{n}") for n in range(6))
        watched = channel("", kind="list", addresses=addresses)
        visit = desk.collector(server.place).collect(watched)
        for _ in range(3):
            assert isinstance(next(visit), Receipt)
        visit.close()  # type: ignore[attr-defined]
        assert len(desk.texts()) == 3
        assert outcome(desk.collect(watched, server.place)) == (3, 0, 0)
        assert [path for path in server.paths() if path != "/robots.txt"] == [f"/{n}" for n in range(6)]


@pytest.mark.long
def test_a_sitemap_is_gone_through_in_portions(desk: Desk) -> None:
    """An index of two sitemaps with three pages, two a visit: all come, none twice; a changed page comes again."""
    with serving({f"/{n}": answer(page(f"{n} of them. {WORDS}")) for n in range(3)}) as server:
        url = server.url
        first = f"<urlset><url><loc>{url('/0')}</loc></url><url><loc>{url('/1')}</loc></url></urlset>"
        second = f"<urlset><url><loc>{url('/2')}</loc><lastmod>1</lastmod></url></urlset>"
        index = f"<sitemapindex><sitemap><loc>{url('/a')}</loc></sitemap><sitemap><loc>{url('/b')}</loc></sitemap></sitemapindex>"
        for path, text in (("/a", first), ("/b", second), ("/map", index)):
            server.answers[path] = answer(text.encode(), "application/xml")
        watched = channel(url("/map"), kind="sitemap", limit=2)
        assert [outcome(desk.collect(watched, server.place)) for _ in range(3)] == [(2, 0, 0), (1, 0, 0), (0, 0, 0)]
        server.answers["/b"] = answer(second.replace("<lastmod>1", "<lastmod>2").encode(), "application/xml")
        server.answers["/2"] = answer(page(f"12 of them. {WORDS}"))
        assert outcome(desk.collect(watched, server.place)) == (1, 0, 0)


@pytest.mark.long
def test_hostile_servers_stop_nothing(desk: Desk) -> None:
    """Among eight addresses, seven hostile: one report, seven refusals, no server inside asked, within seconds."""
    slow = dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", b"", 0.05)
    with serving({"/": answer(b"secret")}) as canary, serving({"/good": answer(page(WORDS))}) as server:
        server.answers |= {
            "/inside": redirect("http://169.254.169.254/"),
            "/canary": redirect(canary.url("/")),
            "/file": redirect("file:///etc/passwd"),
            "/short": b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx",
            "/loop": redirect("/loop"),
            "/empty": answer(b"<html></html>"),
            "/nest": answer(b"<div>" * 50_000),
        }
        assert callable(slow)
        watched = channel("", kind="list", addresses=tuple(server.url(path) for path in server.answers))
        assert outcome(desk.collect(watched, server.place)) == (1, 0, 7)
        assert canary.requests == []
    assert len(desk.quarantined()) == 2  # the pages that came and could not be read
    with desk.kept.read() as reading:
        assert len(list(refusals_of(reading, desk.state))) == 7


def test_a_feed_that_is_none_is_in_quarantine(desk: Desk) -> None:
    """A bomb in place of a feed is kept as it came, with the reason, and asked for again: it may have been a slip."""
    bomb = b'<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"><channel><title>&a;</title></channel></rss>'
    with serving({"/feed": answer(bomb)}) as server:
        watched = channel(server.url("/feed"))
        assert outcome(desk.collect(watched, server.place)) == (0, 0, 1)
        assert "entities" in desk.quarantined()[0]
        server.answers["/feed"] = answer(feed(entry(1)))
        assert outcome(desk.collect(watched, server.place)) == (1, 0, 0)


def test_a_channel_that_fails_rests_longer_each_time(desk: Desk) -> None:
    """One minute, then two; nothing is asked meanwhile unless somebody says so; an answer ends it."""
    with serving({"/feed": answer(b"", status="500 Broken")}) as server:
        watched = channel(server.url("/feed"))
        assert outcome(desk.collect(watched, server.place)) == (0, 0, 1)
        assert [event.words for event in desk.collect(watched, server.place) if isinstance(event, Note)] == [
            "rests until 2026-11-22T12:01:00Z after 1 failures"
        ]
        desk.now += timedelta(seconds=61)
        desk.collect(watched, server.place)
        assert desk.state.channel("desk")["next_at"].startswith("2026-11-22T12:03:01")
        server.answers["/feed"] = answer(feed(entry(1)))
        assert outcome(desk.collect(watched, server.place, due_only=False)) == (1, 0, 0)
        assert desk.state.channel("desk")["failures"] == 0


@pytest.mark.long
def test_a_paused_channel_is_left_alone_also_within_a_visit(desk: Desk) -> None:
    """Paused after the first page, a visit ends; resumed, the next one goes on."""
    with serving({f"/{n}": answer(page(f"{n} of them. {WORDS}")) for n in range(3)}) as server:
        watched = channel("", kind="list", addresses=tuple(server.url(f"/{n}") for n in range(3)))
        visit = desk.collector(server.place).collect(watched)
        next(visit)
        desk.state.set_channel("desk", paused=1)
        assert [type(event) for event in visit] == [Note]
        assert [event.words for event in desk.collect(watched, server.place) if isinstance(event, Note)] == [
            "is paused"
        ]
        desk.state.set_channel("desk", paused=0)
        assert outcome(desk.collect(watched, server.place)) == (2, 0, 0)


@pytest.mark.long
def test_a_channel_that_floods_or_dries_up_is_said(desk: Desk) -> None:
    """More than the most on one day, then a whole day without any: a warning each."""
    with serving({"/feed": answer(feed(*map(entry, range(3))))}) as server:
        watched = channel(server.url("/feed"), capture=False, least=1, most=2)
        warnings = [event.words for event in desk.collect(watched, server.place) if isinstance(event, Note)]
        assert warnings == ["floods: 3 items today, at most 2 are expected"]
        desk.now += timedelta(days=1)
        assert [e for e in desk.collect(watched, server.place) if isinstance(e, Note)] == []
        desk.now += timedelta(days=1)
        warnings = [event.words for event in desk.collect(watched, server.place) if isinstance(event, Note)]
        assert warnings == ["has dried up: 0 items on the last whole day, at least 1 are expected"]


@pytest.mark.long
def test_a_folder_is_watched(desk: Desk, tmp_path: Path) -> None:
    """Files are taken in once they rest, once each; a bad one is in quarantine; a changed one comes again."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(WORDS, encoding="utf-8")
    (inbox / "b.txt").write_bytes(b"\xff\xfe\x00")
    (inbox / "c.xyz").write_bytes(b"what is this")
    (inbox / "link.txt").symlink_to("/etc/passwd")
    given = Particulars("Harbour Desk")
    desk.now = datetime.now(UTC)
    assert outcome(list(desk.collector().watch(inbox, given))) == (0, 0, 1)  # the link; the files are still warm
    desk.now += timedelta(seconds=3)
    assert outcome(list(desk.collector().watch(inbox, given))) == (1, 0, 2)
    assert list(desk.collector().watch(inbox, given)) == []
    assert len(desk.quarantined()) == 2
    (inbox / "a.txt").write_text(f"{WORDS} A tenth died later.", encoding="utf-8")
    desk.now = datetime.now(UTC) + timedelta(seconds=3)
    assert outcome(list(desk.collector().watch(inbox, given))) == (1, 0, 0)


def test_a_folder_channel_is_collected(desk: Desk, tmp_path: Path) -> None:
    """A folder that is described as a channel has its publisher on every report."""
    (tmp_path / "a.txt").write_text(WORDS, encoding="utf-8")
    os.utime(tmp_path / "a.txt", (0, 0))
    assert outcome(desk.collect(channel(str(tmp_path), kind="folder")))[0] == 1
    with desk.kept.read() as reading:
        assert [report.outlet for report in reading.reports()] == ["Harbour Desk"]


@pytest.mark.long
def test_a_picture_that_two_pages_show_links_them(desk: Desk) -> None:
    """Two outlets show one photograph, one of them smaller and in another format: linked by its looks, both kept."""
    image = pytest.importorskip("PIL.Image", reason="needs the extra `collect`")
    gradient = image.linear_gradient("L").resize((512, 512)).rotate(30).convert("RGB")
    gradient.paste((200, 30, 30), (60, 80, 260, 300))
    saved: dict[str, bytes] = {}
    for kind, size in (("PNG", 512), ("JPEG", 300)):
        out = io.BytesIO()
        gradient.resize((size, size)).save(out, kind)
        saved[kind] = out.getvalue()
    with serving(
        {"/p.png": answer(saved["PNG"], "image/png"), "/p.jpg": answer(saved["JPEG"], "image/jpeg")}
    ) as server:
        for number, picture in enumerate(("/p.png", "/p.jpg")):
            words = page(f"{number} of them. {WORDS}").decode()
            head = f"<head><meta property='og:image' content='{server.url(picture)}'>"
            server.answers[f"/{number}"] = answer(words.replace("<head>", head).encode())
        addresses = tuple(server.url(f"/{number}") for number in range(2))
        assert outcome(desk.collect(channel("", kind="list", addresses=addresses), server.place)) == (2, 0, 0)
    with desk.kept.read() as reading, desk.obs.derived() as derived:
        found = list(same_things(reading, derived, desk.obs.vault, desk.state, desk.workers))
        order = [report.report_id for report in reading.reports()]
    assert [(same.earlier, same.later, same.way) for same in found] == [(order[0], order[1], "picture")]
    assert found[0].apart is not None
    assert found[0].apart <= 31


def listing(token: str, *keys: str) -> bytes:
    objects = "".join(f"<Contents><Key>{key}</Key><ETag>&quot;{key}&quot;</ETag></Contents>" for key in keys)
    following = f"<NextContinuationToken>{token}</NextContinuationToken>" if token else ""
    return answer(f"<ListBucketResult>{following}{objects}</ListBucketResult>".encode(), "application/xml")


@pytest.mark.long
def test_a_bucket_is_taken_in_object_by_object(desk: Desk) -> None:
    """Two pages of a listing: a text becomes a report, a bad file and one with a hostile name stand in quarantine, once each."""
    with serving({}) as server:
        pages = iter([listing("t1", "in/a.txt", "in/"), listing("", "in/b.xyz", "../../evil.txt")] * 2)
        server.answers["/b"] = lambda connection: connection.sendall(next(pages))
        server.answers["/b/in/a.txt"] = answer(WORDS.encode(), "text/plain")
        server.answers["/b/in/b.xyz"] = answer(b"?", "text/plain")
        server.answers["/b/../../evil.txt"] = answer(b"\xff\xfe\x00", "text/plain")
        watched = channel(server.url("/b?prefix=in/"), kind="bucket")
        assert outcome(desk.collect(watched, server.place)) == (1, 0, 2)
        assert desk.collect(watched, server.place) == []
        listed = [request.split()[1].decode() for request in server.requests if b"list-type" in request]
        assert listed[:2] == ["/b?list-type=2&prefix=in/", "/b?list-type=2&prefix=in/&continuation-token=t1"]
    assert len(desk.quarantined()) == 2
    with desk.kept.read() as reading:
        assert [report.address for report in reading.reports()] == [server.url("/b/in/a.txt")]
