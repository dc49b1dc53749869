"""Asking politely: what a site's robots.txt forbids is not asked for, and between two requests it has rest."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlunsplit

from marsad.collect.web.addresses import Reach, Resolver, checked_url, system_resolver
from marsad.collect.web.fetch import Allowance, Clock, Fetched, Later, fetch
from marsad.collect.web.robots import Manners, read_robots
from marsad.model import Wrong

_ROBOTS: Final = Allowance(seconds=20.0, size=512_000)
_FIRST_WAIT: Final = 60.0
_LAST_WAIT: Final = 86_400.0


@dataclass
class Polite:
    """Asks one site after the other, `pause` seconds apart where a site does not ask for more.

    `rest` sleeps, `ticks` counts seconds; a test gives its own. `obey` is false for sites that are the operator's own.
    """

    clock: Clock
    reach: Reach = field(default_factory=Reach)
    pause: float = 1.0
    obey: bool = True
    resolve: Resolver = system_resolver
    rest: Callable[[float], None] = time.sleep
    ticks: Callable[[], float] = time.monotonic
    _manners: dict[str, Manners] = field(default_factory=dict, init=False)
    _next: dict[str, float] = field(default_factory=dict, init=False)

    def get(self, url: str, allowance: Allowance | None = None, headers: Mapping[str, str] | None = None) -> Fetched:
        """Return what an address answers; raises as `fetch` does, and Wrong where the site asks programs to stay away."""
        parts = checked_url(url)
        site = f"{parts.scheme}://{parts.netloc}"
        manners = self._of(site)
        if not manners.allows(urlunsplit(("", "", parts.path, parts.query, ""))):
            raise Wrong(
                "address", url[:200], "is asked to be left alone by its site's robots.txt", "ask the site's owner"
            )
        return self._asked(site, url, allowance, headers, max(self.pause, manners.wait or 0.0))

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """Return the lists of pages that the site of this address names."""
        parts = checked_url(url)
        return self._of(f"{parts.scheme}://{parts.netloc}").sitemaps

    def _of(self, site: str) -> Manners:
        """Return what a site asks for. Where it has no robots.txt, nothing; where it does not answer, raise Later."""
        if not self.obey:
            return Manners()
        if site not in self._manners:
            answer = self._asked(site, f"{site}/robots.txt", _ROBOTS, None, 0.0)
            self._manners[site] = read_robots(answer.content) if answer.status == 200 else Manners()
        return self._manners[site]

    def _asked(
        self, site: str, url: str, allowance: Allowance | None, headers: Mapping[str, str] | None, pause: float
    ) -> Fetched:
        wait = self._next.get(site, 0.0) - self.ticks()
        if wait > _FIRST_WAIT:
            raise Later("address", url[:200], "is a site that asked for rest", wait)
        if wait > 0:
            self.rest(wait)
        try:
            return fetch(url, self.clock, reach=self.reach, allowance=allowance, headers=headers, resolve=self.resolve)
        except Later as later:
            pause = max(pause, later.wait or 0.0)
            raise
        finally:
            self._next[site] = self.ticks() + pause


def next_wait(failures: int, asked: float | None = None) -> float:
    """Return for how many seconds a channel is left alone after so many failures in a row: twice as long each time.

    At most a day, and not less than it `asked` for.

    >>> [next_wait(n) for n in (1, 2, 3, 40)], next_wait(1, 7200.0)
    ([60.0, 120.0, 240.0, 86400.0], 7200.0)
    """
    return max(min(_FIRST_WAIT * float(1 << min(max(failures - 1, 0), 20)), _LAST_WAIT), asked or 0.0)
