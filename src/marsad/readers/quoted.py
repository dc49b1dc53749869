"""What a model says of a report, held against the report: a claim only where the quoted words stand and say the number."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from marsad.model import Bound, Claim, Group, Measure, Modality, Scope, Status, When
from marsad.readers.page import Details, Page, Unread, shown
from marsad.readers.stated import Stated

_SCORE = 0.5
"""A model's finding is worth a person looking at, and no more."""

_LONGEST_QUOTE = 400
_LONGEST_CHAIN = 5
_MOST_PLACES = 50
"""How often a quotation may stand in a report and still be told apart by counting."""

E = TypeVar("E", bound=StrEnum)


def claim_of_item(page: Page, item: Mapping[str, Any]) -> Claim:
    """Return the claim that an item of an answer makes; raises Unread with the reason where it does not hold.

    The quotation must stand in the report, letter by letter, within one sentence; a number that the sentence states
    must lie wholly inside it and be the number that the item gives. Speakers, place and date must stand in the
    report too: where these are, marsad reads them itself.
    """
    start, end = _standing(page.report.text, _text(item, "quote", _LONGEST_QUOTE), item.get("occurrence"))
    said = _said(page, item, start, end)
    details = Details(
        status=_one_of(Status, item, "status"),
        group=None if item.get("group") is None else _one_of(Group, item, "group"),
        attribution=_chain(page, item.get("attribution")),
        occurred=_when(page, item),
        place=None if item.get("place") is None else page.place(_found(page, item, "place")),
        scope=_one_of(Scope, item, "scope"),
        modality=_one_of(Modality, item, "modality"),
    )
    return page.claim(start, end, _one_of(Measure, item, "measure"), said, details, _SCORE)


def _standing(text: str, quote: str, occurrence: object) -> tuple[int, int]:
    """Return where the quotation stands in the text: the one place, or the one that `occurrence` counts to from 1."""
    places: list[int] = []
    at = text.find(quote)
    while at >= 0 and len(places) <= _MOST_PLACES:
        places.append(at)
        at = text.find(quote, at + 1)
    if not places:
        raise Unread("the quotation does not stand in the report")
    if len(places) > _MOST_PLACES:
        raise Unread(f"the quotation stands more than {_MOST_PLACES} times in the report: too short to point at words")
    if len(places) > 1:
        if type(occurrence) is not int or not 1 <= occurrence <= len(places):
            raise Unread(f"the quotation stands {len(places)} times in the report, and none of them is pointed at")
        places = [places[occurrence - 1]]
    return places[0], places[0] + len(quote)


def _said(page: Page, item: Mapping[str, Any], start: int, end: int) -> Stated:
    """Return the number among the quoted words that the item gives."""
    low, high, bound = _number(item, "low"), _number(item, "high"), _one_of(Bound, item, "bound")
    near = page.stated(start, end)
    meant = sorted((n for n in near if n.is_said_as(low, high)), key=lambda n: n.quantity.bound is not bound)
    for number in meant:
        if start <= number.start and number.end <= end:
            return number
    cut = next((n for n in near if not (start <= n.start and n.end <= end)), None)
    if cut is not None:
        raise Unread(f"the quotation cuts through the words of a number, “{_words(page, cut)}”")
    if not near:
        raise Unread("no number can be read in the quoted words")
    said = " and ".join(f"{_interval(n.quantity.low, n.quantity.high)} (“{_words(page, n)}”)" for n in near[:3])
    raise Unread(f"the quoted words say {said}, not {_interval(low, high)}")


def _words(page: Page, number: Stated) -> str:
    return shown(page.report.text[number.start : number.end])


def _interval(low: int | None, high: int | None) -> str:
    return "–".join("?" if n is None else shown(n, 24) for n in (low, high))


def _number(item: Mapping[str, Any], key: str) -> int | None:
    value = item.get(key)
    if value is not None and type(value) is not int:
        raise Unread(f"{key} is {shown(value)}, which is no whole number")
    if value is not None and value < 0:
        raise Unread(f"{key} is {shown(value, 24)}: no number of people is negative")
    return value


def _text(item: Mapping[str, Any], key: str, longest: int) -> str:
    value = item.get(key)
    if not isinstance(value, str) or not value.strip():
        raise Unread(f"{key} holds no words")
    if len(value) > longest:
        raise Unread(f"{key} is longer than {longest} characters")
    return value


def _found(page: Page, item: Mapping[str, Any], key: str) -> str:
    words = _text(item, key, _LONGEST_QUOTE)
    if words not in page.report.text:
        raise Unread(f"{key} is “{shown(words)}”, which does not stand in the report")
    return words


def _when(page: Page, item: Mapping[str, Any]) -> When | None:
    """Return the time that the words of the item name; None where it gives none, or words that tell no day."""
    if item.get("date") is None:
        return None
    words = _found(page, item, "date")
    start = page.report.text.index(words)
    return page.when(start, start + len(words))


def _chain(page: Page, names: object) -> tuple[str, ...]:
    if not isinstance(names, list) or len(names) > _LONGEST_CHAIN:
        raise Unread(f"attribution is no list of at most {_LONGEST_CHAIN} names")
    found = (_found(page, {"attribution": name}, "attribution") for name in names)
    return tuple(dict.fromkeys(page.speaker(name) for name in found))


def _one_of(kinds: type[E], item: Mapping[str, Any], key: str) -> E:
    value = item.get(key)
    known = {kind.value: kind for kind in kinds}
    if not isinstance(value, str) or value not in known:
        raise Unread(f"{key} is {shown(value)}, which is none of {', '.join(known)}")
    return known[value]
