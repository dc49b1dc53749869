"""What a site asks of programs in its robots.txt (RFC 9309): which pages to leave alone, and how long to wait between two."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_BYTES: Final = 512_000
_RULES: Final = 5_000
_LONGEST: Final = 2_000
_MOST_WAIT: Final = 60.0


@dataclass(frozen=True, slots=True)
class Manners:
    """`rules` are (allowed, path) in the site's order; `wait` the seconds between two requests, None if it says nothing.

    `sitemaps` are the addresses of its lists of pages, as written.
    """

    rules: tuple[tuple[bool, str], ...] = ()
    wait: float | None = None
    sitemaps: tuple[str, ...] = ()

    def allows(self, path: str) -> bool:
        """Return whether a page may be asked for; `path` is with its query. The longest rule that fits is the one.

        >>> Manners(((False, "/private"), (True, "/private/list$"))).allows("/private/list")
        True
        """
        best: tuple[int, bool] = (-1, True)
        for allowed, rule in self.rules:
            if (len(rule), allowed) > best and _fits(rule, path):
                best = (len(rule), allowed)
        return best[1]


def read_robots(data: bytes, agent: str = "marsad") -> Manners:
    """Return what a robots.txt asks of this program, or of all programs where it is not named; nothing of what is no text."""
    groups: dict[str, list[tuple[str, str]]] = {}
    sitemaps: list[str] = []
    current: list[str] = []
    starting = True
    for field, value in _lines(data):
        if field == "sitemap":
            sitemaps.append(value)
        elif field == "user-agent":
            current = [*current, value.lower()] if starting and current else [value.lower()]
            starting = True
            groups.setdefault(value.lower(), [])
        else:
            starting = False
            for name in current:
                groups[name].append((field, value))
    own = groups.get(agent, groups.get("*", []))
    rules = [(field == "allow", value) for field, value in own if field in ("allow", "disallow") and value]
    waits = [_seconds(value) for field, value in own if field == "crawl-delay"]
    wait = next((wait for wait in waits if wait is not None), None)
    return Manners(tuple(rules[:_RULES]), wait, tuple(sitemaps[:100]))


def _lines(data: bytes) -> Iterator[tuple[str, str]]:
    for line in data[:_BYTES].decode("utf-8-sig", "replace").splitlines():
        field, colon, value = line[:_LONGEST].partition("#")[0].partition(":")
        if colon:
            yield field.strip().lower(), value.strip()


def _seconds(value: str) -> float | None:
    try:
        wait = float(value)
    except ValueError:
        return None
    return min(wait, _MOST_WAIT) if wait >= 0 else None


def _fits(rule: str, path: str) -> bool:
    """Return whether a rule fits a path: `*` is any run of characters, `$` at its end is the end. Linear in both."""
    whole = rule.endswith("$")
    first, *others = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, piece in enumerate(others, 1):
        if whole and number == len(others):
            return len(path) - len(piece) >= at and path.endswith(piece)
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not whole or at == len(path)
