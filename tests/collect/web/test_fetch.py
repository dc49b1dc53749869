"""Asking the web: what servers answer comes back whole or not at all, in time, and nobody inside is asked."""

import gzip
import socket
import time
from datetime import UTC, datetime

import pytest
from servers import Server, answer, dripping, redirect, serving

from marsad.collect.web.addresses import Reach
from marsad.collect.web.fetch import Allowance, Fetched, Later, fetch
from marsad.model import Wrong

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PATIENT = Allowance(seconds=60.0, size=200_000)
HASTY = Allowance(seconds=0.4, size=200_000)
"""For servers that never end; whoever ends is given time, on however busy a machine."""

PAGE = "<p>قُتل 95 شخصًا</p>".encode()


def ask(server: Server, path: str, allowance: Allowance = PATIENT) -> Fetched:
    return fetch(server.url(path), lambda: NOON, reach=Reach(frozenset({server.place})), allowance=allowance)


def refusal(server: Server, path: str, allowance: Allowance = PATIENT) -> str:
    with pytest.raises(Wrong) as caught:
        ask(server, path, allowance)
    return str(caught.value)


def test_what_was_said_is_noted_byte_for_byte() -> None:
    """The content comes out, and beside it the request and the answer as they went over the wire."""
    said = answer(PAGE, ETag='"1"')
    with serving({"/a": said}) as server:
        found = ask(server, "/a")
        assert (found.status, found.content, found.header("etag")) == (200, PAGE, '"1"')
        (exchange,) = found.exchanges
        assert exchange.response == said
        assert exchange.request == server.requests[0]
        assert exchange.asked == "127.0.0.1"


def test_packed_and_chunked_answers_are_unpacked() -> None:
    """Gzip and chunks are taken off the content and stay in what was noted."""
    packed = gzip.compress(PAGE)
    chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    with serving({"/gz": answer(packed, Content_Encoding="gzip"), "/ch": chunks}) as server:
        assert ask(server, "/gz").content == PAGE
        assert ask(server, "/ch").content == b"abcde"
        assert ask(server, "/ch").exchanges[0].response == chunks


def test_redirects_are_followed_and_each_is_noted() -> None:
    """Two redirects, one of them relative, are three exchanges."""
    with serving({"/a": redirect("/b"), "/c": answer(PAGE)}) as server:
        server.answers["/b"] = redirect(server.url("/c"))
        found = ask(server, "/a")
        assert [exchange.url for exchange in found.exchanges] == [server.url(path) for path in ("/a", "/b", "/c")]
        assert found.url == server.url("/c")


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/iam/",
        "http://[::ffff:169.254.169.254]/",
        "http://localhost/",
        "http://2852039166/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:25/_MAIL",
        "//127.0.0.1:22/",
        "http://user@127.0.0.1/",
    ],
)
def test_a_redirect_leads_nowhere_inside(target: str) -> None:
    """A public page that redirects to this machine, its cloud or another scheme is refused at once."""
    with serving({"/a": redirect(target)}) as server:
        start = time.monotonic()
        with pytest.raises(Wrong):
            ask(server, "/a")
        assert time.monotonic() - start < PATIENT.seconds / 2  # who waited for an answer from there waits for all of it
        assert server.paths() == ["/a"]


def test_a_canary_is_never_asked() -> None:
    """A server inside, to which a page redirects by number, name and wrapped number, hears nothing."""
    with serving({"/": answer(b"secret")}) as canary, serving({}) as server:
        for number, host in enumerate(("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1")):
            server.answers[f"/{number}"] = redirect(f"http://{host}:{canary.port}/")
            with pytest.raises(Wrong):
                ask(server, f"/{number}")
        assert canary.requests == []


def test_a_name_is_resolved_once_and_its_checked_number_asked() -> None:
    """A name server that answers a public number first and an inner one after (rebinding) gains nothing."""
    with serving({"/": answer(b"secret")}) as canary:
        answers = iter([["127.0.0.2"], ["127.0.0.1"], ["127.0.0.1"]])
        asked: list[str] = []

        def rebinding(host: str, port: int) -> list[str]:
            asked.append(host)
            return next(answers)

        # The first answer stands for the public one: allowed, and nobody there.
        reach = Reach(frozenset({f"127.0.0.2:{canary.port}"}))
        with pytest.raises(Wrong):
            fetch(canary.url("/", "rebind.example"), lambda: NOON, reach=reach, allowance=PATIENT, resolve=rebinding)
        assert asked == ["rebind.example"]
        with pytest.raises(Wrong, match="not a public web server"):
            fetch(canary.url("/", "rebind.example"), lambda: NOON, reach=reach, allowance=PATIENT, resolve=rebinding)
        assert canary.requests == []


def test_a_redirect_to_a_name_that_changed_its_number_is_refused() -> None:
    """Each step of a row of redirects is resolved and checked for itself."""
    with serving({}) as canary, serving({"/a": redirect("/b")}) as server:
        answers = iter([["127.0.0.1"], ["169.254.169.254"]])
        reach = Reach(frozenset({server.place}))
        with pytest.raises(Wrong, match=r"169\.254\.169\.254"):
            fetch(server.url("/a", "a.example"), lambda: NOON, reach=reach, resolve=lambda *_: next(answers))
        assert (server.paths(), canary.requests) == (["/a"], [])


def test_redirects_end() -> None:
    """A page that redirects to itself is given up after five redirects."""
    with serving({"/a": redirect("/a")}) as server:
        assert "more than 5 times" in refusal(server, "/a")
        assert len(server.requests) == 6


@pytest.mark.long
def test_slow_and_endless_servers_are_left() -> None:
    """One byte now and then, in headers or body, and bodies and headers without end: all are over within the time."""
    ok = b"HTTP/1.1 200 OK\r\n"
    cases: dict[str, tuple[bytes, bytes, float]] = {
        "/silent": (b"", b"", 10),
        "/status": (b"", b"H", 0.2),
        "/headers": (ok, b"X", 0.2),
        "/body": (ok + b"\r\n", b"x", 0.2),
        "/endless": (ok + b"\r\n", b"x" * 65536, 0),
        "/many": (ok, b"X-A: b\r\n" * 1000, 0),
        "/100": (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, 0),
        "/chunks": (ok + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 1000, 0),
        "/chunk": (ok + b"Transfer-Encoding: chunked\r\n\r\n", b"f" * 1000, 0),
    }
    with serving({path: dripping(*case) for path, case in cases.items()}) as server:
        for path in cases:
            start = time.monotonic()
            assert refusal(server, path, HASTY), path
            assert time.monotonic() - start < 30, path


def test_wrong_lengths_are_no_answer() -> None:
    """Fewer bytes than were said, or half of what was packed, is a broken answer and never taken for a page."""
    short = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
    cut = answer(gzip.compress(PAGE * 50)[:-20], Content_Encoding="gzip")
    chunk = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf"
    nonsense = b"\x00\x01\x02 nonsense\r\n\r\n"
    with serving({"/short": short, "/cut": cut, "/chunk": chunk, "/nonsense": nonsense, "/none": b""}) as server:
        for path in ("/short", "/cut", "/chunk", "/nonsense", "/none"):
            with pytest.raises(Later):
                ask(server, path)


def test_a_packed_bomb_is_stopped() -> None:
    """A kilobyte that unpacks to a megabyte where 200 kB are allowed is refused without unpacking it."""
    with serving({"/": answer(gzip.compress(bytes(100 << 20)), Content_Encoding="gzip")}) as server:
        assert "unfolds" in refusal(server, "/")


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks() -> None:
    """429 and 5xx are answered by waiting; 404 is an answer."""
    with serving({"/": answer(b"", status="429 Too Many Requests", Retry_After="30")}) as server:
        with pytest.raises(Later) as caught:
            ask(server, "/")
        assert caught.value.wait == 30
        assert ask(server, "/missing").status == 404


def test_nobody_there_is_later() -> None:
    """A port on which nobody listens is a reason to ask again and no crash."""
    with socket.create_server(("127.0.0.1", 0)) as closing:
        port = closing.getsockname()[1]
    with pytest.raises(Later, match="does not answer"):
        fetch(
            f"http://127.0.0.1:{port}/", lambda: NOON, reach=Reach(frozenset({f"127.0.0.1:{port}"})), allowance=PATIENT
        )
