"""What a channel on the web brings: its items, each a report with its capture, or refused with what was received."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from marsad.collect.arrival import Arrival
from marsad.collect.channels import Channel
from marsad.collect.incoming import Incoming, Original, Refused
from marsad.collect.web.addresses import canonical
from marsad.collect.web.capture import Capture, capture
from marsad.collect.web.fetch import Fetched, Later
from marsad.collect.web.lists import addresses
from marsad.collect.web.politely import Polite
from marsad.collect.web.wacz import MEDIA_TYPE, write_wacz
from marsad.collect.workers import Workers
from marsad.model import Wrong
from marsad.stage import Rejection

Unseen = Callable[[Iterable[str]], list[str]]
"""Given items in order, returns those that have not been dealt with."""

_SITEMAPS: Final = 50
_WORDS: Final = 80
"""Characters of an entry's own text that make it worth keeping where its page cannot be had."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The channel itself answered, with these marks for asking again; `unchanged` says that it had nothing new."""

    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit to a channel: whom to ask, who parses, what is `unseen`, and what the channel said last time."""

    channel: Channel
    asking: Polite
    workers: Workers
    unseen: Unseen
    last: Heard = field(default_factory=Heard)

    def arrivals(self) -> Iterator[Arrival | Heard]:
        """Yield what is new, one item at a time, at most as many as the channel's limit; then what the channel said.

        Raises Later where the channel itself cannot be had now, Wrong where it may not be asked or is none.
        """
        match self.channel.kind:
            case "feed":
                yield from self._feed()
            case "page":
                yield from self._pages([_Item(self.channel.address, self.channel.address)], again=True)
            case "sitemap":
                yield from self._pages(self._listed())
            case "list":
                yield from self._pages(self._named())
            case other:
                raise Wrong(
                    f"channel {self.channel.name}", other, "is no kind that is fetched from the web", "see its kind"
                )

    def _feed(self) -> Iterator[Arrival | Heard]:
        marks = {"If-None-Match": self.last.etag, "If-Modified-Since": self.last.modified}
        asked = {name: value for name, value in marks.items() if value}
        url = self.channel.address
        found: list[dict[str, Any]] = []
        heard = Heard()
        for _ in range(5):  # a feed may go on in older pages
            answer = self.asking.get(url, headers=asked)
            if answer.status == 304:
                yield Heard(self.last.etag, self.last.modified, unchanged=True)
                return
            try:
                _ok(answer)
                about, *entries = self._read("marsad.collect.web.feed:entries", answer, base=answer.url)
            except Later:
                raise
            except Wrong as wrong:
                yield Arrival(url, self._refused(answer.url, wrong, answer), settled=False)
                return
            if not found:
                heard = Heard(answer.header("etag"), answer.header("last-modified"))
            found += entries
            url, asked = about.get("next") or "", {}
            if not url or not self.unseen(_key(entry) for entry in entries):
                break
        by_key = {_key(entry): entry for entry in reversed(found)}
        new = self.unseen(reversed(by_key))
        yield from self._entries([by_key[key] for key in new[: self.channel.limit]])
        if len(new) <= self.channel.limit:
            yield heard

    def _entries(self, entries: Sequence[dict[str, Any]]) -> Iterator[Arrival]:
        for entry in entries:
            key, address = _key(entry), entry.get("address")
            if self.channel.capture and address:
                item = _Item(key, address, _day(entry.get("published")), entry.get("title"))
                arrival = self._page(item)
                yield arrival
                own = None if isinstance(arrival.found, Incoming) else self._own_words(entry)
                if own is not None:
                    # Posts vanish: what the feed itself says is kept at first sight, also if its page cannot be had yet.
                    yield Arrival(f"{key} in the feed", own)
            else:
                own = self._own_words(entry)
                yield Arrival(key, own or Rejection(key, "collect", f"{key}: has no words of its own."))

    def _own_words(self, entry: dict[str, Any]) -> Incoming | None:
        told = entry.get("text") or ""
        text = _text(entry.get("title"), told)
        if len(text) < _WORDS and not told:
            return None
        return self._report(_key(entry), text, entry.get("address"), _day(entry.get("published")), entry.get("lang"))

    def _listed(self) -> Iterator["_Item"]:
        """Yield the pages of the sitemap and of those that it names."""
        waiting, done = [self.channel.address], set[str]()
        while waiting and len(done) < _SITEMAPS:
            url = waiting.pop(0)
            if url in done:
                continue
            done.add(url)
            answer = self.asking.get(url)
            _ok(answer)
            for told in self._read("marsad.collect.web.lists:sitemap", answer):
                if told["kind"] == "sitemap":
                    waiting.append(told["address"])
                else:
                    yield _Item(f"{told['address']} {told['changed'] or ''}".strip(), told["address"])

    def _named(self) -> Iterator["_Item"]:
        """Yield the pages that the channel lists itself, or the text at its address."""
        yield from (_Item(address, address) for address in self.channel.addresses)
        if self.channel.address:
            answer = self.asking.get(self.channel.address)
            _ok(answer)
            for found in addresses(answer.content.decode("utf-8", "replace")):
                yield _Item(str(found), found if isinstance(found, str) else "")

    def _pages(self, items: Iterable["_Item"], again: bool = False) -> Iterator[Arrival | Heard]:
        """Yield the pages that have not been seen; with `again` also those that have."""
        taken = 0
        batch: list[_Item] = []
        for item in (*items, None):
            if item is not None:
                batch.append(item)
                if len(batch) < 500:
                    continue
            new = {one.key for one in batch} if again else set(self.unseen(one.key for one in batch))
            for one in batch:
                if one.key in new:
                    new.discard(one.key)
                    if taken >= self.channel.limit:
                        return
                    taken += 1
                    yield self._page(one)
            batch = []
        yield Heard()

    def _page(self, item: "_Item") -> Arrival:
        """Return a page as a report taken out of its capture; refused with it, where it has no words."""
        try:
            if not item.address:
                raise Wrong("address", item.key[:200], "is none", "correct the list")
            found = capture(item.address, self.asking, self.workers)
        except Later as later:
            return Arrival(item.key, Rejection(item.address, "collect", str(later)), settled=False)
        except Wrong as wrong:
            return Arrival(item.key, Rejection(item.address or item.key, "collect", str(wrong)))
        original = self._captured(found)
        if found.told is None:
            reason = str(found.silent)
            return Arrival(item.key, Refused(found.page.url, reason, original, self.channel.name))
        told = found.told
        text = _text(item.title or told.get("title"), told["text"])
        day = item.published or _day(told.get("published"))
        report = replace(
            self._report(item.key, text, found.page.url, day, told.get("lang"), original),
            headers=((":status", str(found.page.status)), *found.page.headers),
            fetched=found.page.exchanges[-1].at,
            published_at=_moment(told.get("published")),
        )
        if found.picture is not None:
            kind = (found.picture.header("content-type") or "").partition(";")[0].strip()
            report = replace(report, attached=(_original(found.picture.content, kind),))
        return Arrival(item.key, report)

    def _captured(self, found: Capture) -> Original:
        told = found.told or {}
        at = found.exchanges[0].at
        data = write_wacz(
            found.exchanges, found.page.url, at, title=told.get("title"), text=told.get("text"), missing=found.missing
        )
        return _original(data, MEDIA_TYPE)

    def _report(
        self,
        name: str,
        text: str,
        address: str | None,
        day: date | None,
        lang: str | None,
        original: Original | None = None,
    ) -> Incoming:
        shown = None
        if address is not None:
            try:
                shown = canonical(address)
            except Wrong:
                shown = None
        return Incoming(
            name[:200],
            text.encode("utf-8", "replace"),
            self.channel.publisher,
            day,
            self.channel.language or _lang(lang),
            shown,
            protected=self.channel.protected,
            original=original,
        )

    def _refused(self, name: str, wrong: Wrong, answer: Fetched) -> Refused:
        kind = (answer.header("content-type") or "application/octet-stream").partition(";")[0].strip()[:100]
        return Refused(name[:200], str(wrong), _original(answer.content, kind), self.channel.name)

    def _read(self, parser: str, answer: Fetched, **options: object) -> list[dict[str, Any]]:
        return list(self.workers.read(parser, answer.content, name=answer.url[:200], options=options))


@dataclass(frozen=True, slots=True)
class _Item:
    key: str
    address: str
    published: date | None = None
    title: str | None = None


def _ok(answer: Fetched) -> None:
    if answer.status != 200:
        raise Wrong("address", answer.url[:200], f"answers {answer.status}", "check it in a browser")


def _key(entry: dict[str, Any]) -> str:
    """Return what tells an entry from all others, and from its later self."""
    named = entry.get("id") or entry.get("address")
    if named:
        return f"{named} {entry.get('published') or ''}".strip()[:2_000]
    return hashlib.sha256(repr(sorted(entry.items())).encode("utf-8", "replace")).hexdigest()


def _text(title: str | None, text: str) -> str:
    """Return title and text as one text that comes back from its bytes as it is."""
    first = " ".join((title or "").split())
    whole = text if not first or text.lstrip().startswith(first) else f"{first}\n\n{text}"
    whole = whole.replace("\0", "�").lstrip("\ufeff\n")
    return f"\n{whole}" if whole.startswith("---") else whole  # else it would begin with front matter


def _moment(told: str | None) -> str | None:
    """Return the time of publication as it was told, where it is more than a day."""
    return told[:64] if told and len(told) > len("2014-11-25") else None


def _day(told: str | None) -> date | None:
    try:
        return None if told is None else date.fromisoformat(told[:10])
    except ValueError:
        return None


def _lang(told: str | None) -> str | None:
    short = (told or "")[:2].lower()
    return short if len(short) == 2 and short.isascii() and short.isalpha() else None


def _original(data: bytes, media_type: str) -> Original:
    return Original.of(data, media_type)
