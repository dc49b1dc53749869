"""Politeness: a site is asked as it asks to be asked."""

from datetime import UTC, datetime

import pytest
from servers import answer, serving

from marsad.collect.web.addresses import Reach
from marsad.collect.web.fetch import Later
from marsad.collect.web.politely import Polite
from marsad.model import Wrong

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Time:
    """A time that passes only while somebody rests."""

    def __init__(self) -> None:
        self.now, self.rests = 0.0, list[float]()

    def rest(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self.rests.append(seconds)
        self.now += seconds


def polite(place: str, time: Time) -> Polite:
    return Polite(lambda: NOON, Reach(frozenset({place})), 2.0, rest=time.rest, ticks=lambda: time.now)


def test_between_two_requests_a_site_has_rest() -> None:
    """Two seconds if it asks for nothing, what it asks for if that is more; its robots.txt is asked for once."""
    time = Time()
    with serving({"/a": answer(b"a"), "/b": answer(b"b")}) as server:
        asking = polite(server.place, time)
        for path in ("/a", "/b", "/a"):
            asking.get(server.url(path))
        assert server.paths() == ["/robots.txt", "/a", "/b", "/a"]
        assert time.rests == [2.0, 2.0]
    with serving({"/robots.txt": answer(b"User-agent: *\nCrawl-delay: 9"), "/a": answer(b"a")}) as server:
        asking = polite(server.place, time)
        asking.get(server.url("/a"))
        asking.get(server.url("/a"))
        assert time.rests[-1] == 9.0


def test_what_a_site_forbids_is_not_asked_for() -> None:
    """A page that robots.txt names is refused with the reason, and never asked for."""
    with serving({"/robots.txt": answer(b"User-agent: *\nDisallow: /private")}) as server:
        with pytest.raises(Wrong, match=r"robots\.txt"):
            polite(server.place, Time()).get(server.url("/private/a?b=1"))
        assert server.paths() == ["/robots.txt"]


def test_a_site_that_asks_for_rest_gets_it() -> None:
    """After a 429 with an hour's wait, nothing is asked of that site; other sites are."""
    busy = answer(b"", status="503 Service Unavailable", Retry_After="3600")
    with serving({"/a": busy, "/b": answer(b"b")}) as server:
        asking = polite(server.place, Time())
        for path in ("/a", "/b"):
            with pytest.raises(Later) as caught:
                asking.get(server.url(path))
            assert caught.value.wait == 3600
        assert server.paths() == ["/robots.txt", "/a"]


def test_a_site_whose_robots_cannot_be_had_is_not_asked() -> None:
    """Where robots.txt answers 500, nobody knows what the site wants: later."""
    with serving({"/robots.txt": answer(b"", status="500 Broken"), "/a": answer(b"a")}) as server:
        with pytest.raises(Later):
            polite(server.place, Time()).get(server.url("/a"))
        assert server.paths() == ["/robots.txt"]
