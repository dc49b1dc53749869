"""A page caught whole: its redirects, itself, its pictures, styles and scripts, as they were answered."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from marsad.collect.web.addresses import canonical, checked_url
from marsad.collect.web.fetch import Allowance, Exchange, Fetched
from marsad.collect.web.politely import Polite
from marsad.collect.workers import Limits, Workers
from marsad.model import Wrong

_PART: Final = Allowance(seconds=30.0, size=20 << 20)
_STYLE_PARTS: Final = re.compile(rb"""url\(\s*["']?([^"')\s]{1,2000})["']?\s*\)""")
_STYLES: Final = 50


@dataclass(frozen=True, slots=True)
class Whole:
    """What may be had for one page: `parts` of it, `size` bytes in all."""

    parts: int = 100
    size: int = 100 << 20


@dataclass(frozen=True, slots=True)
class Capture:
    """`page` is the page's last answer, `exchanges` all that was asked for it, `missing` the parts not had, with reasons.

    `told` is what `page.readable` says of it, None where it holds no text; then `silent` is why. `picture` is the one that the
    page names as its own, None if it names none or it could not be had.
    """

    page: Fetched
    exchanges: tuple[Exchange, ...] = field(repr=False)
    missing: tuple[tuple[str, str], ...]
    told: dict[str, Any] | None
    silent: Wrong | None
    picture: Fetched | None = None


def capture(
    url: str, asking: Polite, workers: Workers, whole: Whole | None = None, limits: Limits | None = None
) -> Capture:
    """Return a page with everything it is made of; raises as `Polite.get` does where the page itself cannot be had.

    A part that cannot be had is missing, with its reason, and does not stop the others.
    """
    whole = Whole() if whole is None else whole
    page = asking.get(url)
    if page.status != 200:
        raise Wrong("address", url[:200], f"answers {page.status}", "check it in a browser")
    told, silent = _read(page, workers, limits)
    exchanges, missing = list(page.exchanges), list[tuple[str, str]]()
    left = whole.size - len(page.content)
    seen = {canonical(page.url)}
    named = _named(told, page)
    waiting = [*([named] if named else []), *_parts(page, workers, limits, whole.parts)]
    picture: Fetched | None = None
    for number, part in enumerate(waiting):
        if canonical(part) in seen:
            continue
        seen.add(canonical(part))
        if number >= whole.parts or left <= 0:
            missing.append((part, "the capture is large enough"))
            continue
        try:
            answer = asking.get(part, Allowance(_PART.seconds, min(_PART.size, left)), {"Referer": page.url})
        except Wrong as wrong:
            missing.append((part, wrong.rule))
            continue
        exchanges += answer.exchanges
        left -= len(answer.content)
        if part == named and answer.status == 200 and (answer.header("content-type") or "").startswith("image/"):
            picture = answer
        if (answer.header("content-type") or "").startswith("text/css"):
            waiting += _of_style(answer)  # a list may grow while it is gone through
    return Capture(page, tuple(exchanges), tuple(missing), told, silent, picture)


def is_page(answer: Fetched) -> bool:
    """Return whether an answer is an HTML page."""
    kind = (answer.header("content-type") or "").partition(";")[0].strip().lower()
    return kind in ("text/html", "application/xhtml+xml") or (not kind and answer.content.lstrip()[:1] == b"<")


def _named(told: dict[str, Any] | None, page: Fetched) -> str | None:
    """Return the address of the picture that a page names as its own."""
    try:
        return checked_url(told["image"], page.url).geturl() if told and told.get("image") else None
    except Wrong:
        return None


def _read(page: Fetched, workers: Workers, limits: Limits | None) -> tuple[dict[str, Any] | None, Wrong | None]:
    if not is_page(page):
        return None, Wrong(page.url[:200], page.header("content-type"), "is no page", "add the file itself")
    reading = workers.read(
        "marsad.collect.web.page:readable",
        page.content,
        name=page.url[:200],
        options={"address": page.url},
        limits=limits,
    )
    try:
        return next(iter(list(reading))), None
    except Wrong as wrong:
        return None, wrong


def _parts(page: Fetched, workers: Workers, limits: Limits | None, most: int) -> Iterable[str]:
    if not is_page(page):
        return []
    options = {"address": page.url, "most": most}
    found: list[str] = []
    try:
        reading = workers.read(
            "marsad.collect.web.page:resources", page.content, name=page.url[:200], options=options, limits=limits
        )
        found.extend(reading)
    except Wrong:
        pass  # its parts cannot be found; the page itself is there, and what is wrong with it is said by `readable`
    return found


def _of_style(style: Fetched) -> Iterator[str]:
    for number, match in enumerate(_STYLE_PARTS.finditer(style.content)):
        if number >= _STYLES:
            return
        try:
            yield checked_url(match[1].decode("utf-8", "replace"), style.url).geturl()
        except Wrong:
            continue
