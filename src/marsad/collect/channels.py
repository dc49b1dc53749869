"""The channels of an observatory: the sources it watches, one YAML file each, written and reviewed by people.

name: euphrates-desk
publisher: Euphrates Desk
kind: feed
address: https://desk.example/feed.xml
language: ar
place: Raqqa
protection: public
reliability:
  - {since: 2014-01-01, grade: usually reliable, because: 40 of 43 claims confirmed by others}
expect: {min per day: 1, max per day: 60}
relations:
  - {republishes: Reuters}
  - {same network: Tigris Desk}
  - {owned by: River Media}
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from marsad.collect.web.addresses import checked_url
from marsad.model import Wrong

KINDS: Final = ("feed", "page", "sitemap", "list", "folder", "bucket")
RELATIONS: Final = ("republishes", "owned by", "same network")
PROTECTIONS: Final = ("public", "protected")
_GRADES: Final = ("reliable", "usually reliable", "fairly reliable", "not usually reliable", "unreliable", "unknown")
"""The scale A to F of the admiralty code, in words."""
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}", re.ASCII)
_BYTES: Final = 100_000
_DEEPEST: Final = 6


@dataclass(frozen=True, slots=True)
class Grading:
    """From the day `since` on, the source was held to be `grade` (words of the admiralty scale), `because` of this."""

    since: date
    grade: str
    because: str


@dataclass(frozen=True, slots=True)
class Channel:
    """Reports printed by `publisher` arrive here, `kind` saying how: as a feed, a page, a list of pages, a folder.

    `address` is where: a web address, or a folder's path for kind folder. `addresses` are those of a list. `protected` says
    that its source is in danger if its words get about. `least` and `most` are the items that a day brings if all is well,
    None where nobody told; `relations` are (how, name of another publisher). `limit` is how many items one run takes, and
    `pause` the seconds between two requests.
    """

    name: str
    publisher: str
    kind: str
    address: str
    addresses: tuple[str, ...] = ()
    language: str | None = None
    place: str | None = None
    protected: bool = False
    reliability: tuple[Grading, ...] = ()
    least: int | None = None
    most: int | None = None
    relations: tuple[tuple[str, str], ...] = ()
    capture: bool = True
    limit: int = 200
    pause: float = 1.0


def read_channel(data: bytes, name: str) -> Channel:
    """Return the channel that a YAML file describes.

    Raises Wrong, naming the file and the field, for what is no YAML, uses anchors, or says the impossible.
    """
    fields = _Fields(_yaml(data, name), name)
    kind = fields.one_of("kind", KINDS, KINDS[0])
    addresses = fields.texts("addresses")
    address = fields.text("address", None if addresses else "")
    for written in (address, *addresses):
        if kind not in ("folder",) and written:
            _address(written, name)
    expect = _Fields(fields.mapping("expect"), f"{name}, expect")
    found = Channel(
        name=fields.matching("name", _SLUG, "small letters, digits and hyphens"),
        publisher=fields.text("publisher", ""),
        kind=kind,
        address=address or "",
        addresses=tuple(addresses),
        language=fields.text("language", None),
        place=fields.text("place", None),
        protected=fields.one_of("protection", PROTECTIONS, PROTECTIONS[0]) == "protected",
        reliability=tuple(_gradings(fields)),
        least=expect.count("min per day"),
        most=expect.count("max per day"),
        relations=tuple(_relations(fields)),
        capture=fields.truth("capture", True),
        limit=fields.count("limit") or 200,
        pause=1.0 if (pause := fields.count("pause")) is None else float(pause),
    )
    expect.nothing_else()
    fields.nothing_else()
    if found.least is not None and found.most is not None and found.least > found.most:
        raise Wrong(
            f"{name}, expect", f"{found.least}–{found.most}", "has more as its min than as its max", "turn them"
        )
    return found


def read_channels(folder: Path) -> Iterator[Channel | Wrong]:
    """Yield the channels of a folder of YAML files in the order of their names; Wrong for a file that is none.

    Two channels of one name are Wrong, too: the second one.
    """
    seen: set[str] = set()
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]):
        try:
            with path.open("rb") as stream:
                found = read_channel(stream.read(_BYTES + 1), str(path))
            if found.name in seen:
                raise Wrong(f"{path}, name", found.name, "is the name of another channel", "give it one of its own")
        except OSError as fault:
            yield Wrong(str(path), None, f"cannot be read: {fault.strerror}", "check that you may read it")
        except Wrong as wrong:
            yield wrong
        else:
            seen.add(found.name)
            yield found


def alarm(channel: Channel, before: int | None, today: int) -> str | None:
    """Return what is odd about a channel's output, None if nothing is.

    `before` is what the last whole day brought, None where it was not watched then; `today` what today has brought so far.

    >>> alarm(Channel("a", "A", "feed", "", least=1, most=9), 0, 3)
    'has dried up: 0 items on the last whole day, at least 1 are expected'
    """
    if channel.most is not None and today > channel.most:
        return f"floods: {today:,} items today, at most {channel.most:,} are expected"
    if channel.least is not None and before is not None and before < channel.least:
        return f"has dried up: {before:,} items on the last whole day, at least {channel.least:,} are expected"
    return None


class _Fields:
    """The fields of a mapping, taken one by one; what is left over at the end is a slip."""

    def __init__(self, told: Mapping[str, Any], name: str) -> None:
        self._told, self._name = dict(told), name

    def text(self, field: str, otherwise: str | None) -> Any:
        """Take a text; `otherwise` if there is none, Wrong if that is empty."""
        value = self._told.pop(field, None)
        if value is None and otherwise != "":
            return otherwise
        if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > 2_000:
            raise Wrong(f"{self._name}, {field}", _said(value), "is no text of one line", f"write {field}: …")
        return value.strip()

    def matching(self, field: str, shape: re.Pattern[str], rule: str) -> str:
        """Take a text of a certain shape."""
        value: str = self.text(field, "")
        if not shape.fullmatch(value):
            raise Wrong(f"{self._name}, {field}", _said(value), f"is not made of {rule}", "change it")
        return value

    def one_of(self, field: str, known: tuple[str, ...], otherwise: str) -> str:
        """Take a text that is one of those known."""
        value: str = self.text(field, otherwise)
        if value not in known:
            raise Wrong(f"{self._name}, {field}", _said(value), f"is none of {', '.join(known)}", "write one of them")
        return value

    def texts(self, field: str) -> list[str]:
        """Take a list of texts."""
        return [_Fields({field: value}, self._name).text(field, "") for value in self.list(field)]

    def list(self, field: str) -> list[Any]:
        """Take a list."""
        value = self._told.pop(field, None) or []
        if not isinstance(value, list) or len(value) > 1_000:
            raise Wrong(f"{self._name}, {field}", _said(value), "is no list of at most 1,000", "write one a line: - …")
        return value

    def mapping(self, field: str) -> dict[str, Any]:
        """Take a mapping."""
        value = self._told.pop(field, None) or {}
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise Wrong(f"{self._name}, {field}", _said(value), "is no list of names with values", "write name: value")
        return value

    def count(self, field: str) -> int | None:
        """Take a whole number that is not below 0."""
        value = self._told.pop(field, None)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**9):
            raise Wrong(f"{self._name}, {field}", _said(value), "is no number of items", "write a whole number")
        return value

    def day(self, field: str) -> date:
        """Take a day."""
        value = self._told.pop(field, None)
        if not isinstance(value, date):
            raise Wrong(f"{self._name}, {field}", _said(value), "is no day", "write it as 2014-11-26")
        return date(value.year, value.month, value.day)

    def truth(self, field: str, otherwise: bool) -> bool:
        """Take a yes or no."""
        value = self._told.pop(field, otherwise)
        if not isinstance(value, bool):
            raise Wrong(f"{self._name}, {field}", _said(value), "is neither yes nor no", f"write {field}: yes")
        return value

    def nothing_else(self) -> None:
        """Raise Wrong for a field that nobody took."""
        for field, value in self._told.items():
            raise Wrong(f"{self._name}, {_said(field)}", _said(value), "is no field of a channel", "leave it out")


def _gradings(fields: _Fields) -> Iterator[Grading]:
    for told in _mappings(fields, "reliability"):
        yield Grading(told.day("since"), told.one_of("grade", _GRADES, ""), told.text("because", ""))
        told.nothing_else()


def _relations(fields: _Fields) -> Iterator[tuple[str, str]]:
    for told in _mappings(fields, "relations"):
        for how in RELATIONS:
            other = told.text(how, None)
            if other is not None:
                yield how, other
        told.nothing_else()


def _mappings(fields: _Fields, field: str) -> Iterator[_Fields]:
    for number, value in enumerate(fields.list(field), 1):
        yield _Fields(_Fields({field: value}, f"line {number}").mapping(field), f"{field} {number}")


def _address(written: str, name: str) -> None:
    try:
        checked_url(written)
    except Wrong as wrong:
        raise Wrong(f"{name}, address", wrong.value, wrong.rule, wrong.remedy) from wrong


def _yaml(data: bytes, name: str) -> dict[str, Any]:
    import yaml

    if len(data) > _BYTES:
        raise Wrong(name, None, f"is longer than {_BYTES:,} bytes", "one file describes one channel")
    depth = 0
    try:
        for event in yaml.parse(data, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise Wrong(name, None, "uses anchors, of which bombs are made", "write it out")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise Wrong(name, None, f"is nested more than {_DEEPEST} deep", "a channel is flat")
        told = yaml.safe_load(data)
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as fault:
        if isinstance(fault, Wrong):
            raise
        raise Wrong(
            name, None, f"is no YAML ({' '.join(str(fault).split())[:120]})", "compare it with an example"
        ) from fault
    if not isinstance(told, dict) or not all(isinstance(key, str) for key in told):
        raise Wrong(name, None, "describes no channel", "write name: …, publisher: …, kind: …, address: …")
    return told


def _said(value: object) -> str:
    return (
        ascii(value)[:60] if not isinstance(value, str) else "".join(c if c.isprintable() else "�" for c in value[:60])
    )
