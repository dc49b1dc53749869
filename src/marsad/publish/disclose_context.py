"""The gate for what stands beside incidents: what of a statement may be told, and of who held a place on which days.

Like `disclose`, it tells nothing that depends on what is not told: what private reports say is neither told nor weighed.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from marsad.model import Polarity
from marsad.model.knowledge import Knowledge
from marsad.publish.cells import NOBODY_COUNTED, Crowds
from marsad.publish.disclose import EVERYWHERE
from marsad.publish.places import public_place, snap
from marsad.publish.policy import PublicationPolicy
from marsad.publish.public_context import (
    PublicHeld,
    PublicHolding,
    PublicKnowledge,
    PublicParty,
    PublicPoint,
    PublicShare,
    PublicStance,
    PublicTopic,
)
from marsad.publish.public_lists import PublicBound, PublicText, compose
from marsad.publish.statements import digest, fresh_id
from marsad.publish.voices import public_address, reachable

TOPICS = frozenset(topic.value for topic in PublicTopic)

_TACTICAL = frozenset((PublicTopic.CONTROL, PublicTopic.GOVERNANCE, PublicTopic.ARMS_TRANSFER))
"""Told only when the embargo on control is over: who stands where, and who is armed with what."""

_AT_RISK = frozenset((PublicTopic.RELIEF, PublicTopic.MEETING))
"""Told only when the embargo on rescue is over: where helpers work, and where people gather."""

_NEAR = 2
"""UCDP's where_prec: what stands beside incidents is never told finer than near a place."""

_WORDS = 120
"""Characters of a report's words that a statement is shown by, as of a claim."""

_NUMBERS = frozenset((PublicTopic.DISPLACED, PublicTopic.POPULATION))
_DESCRIPTION = re.compile(r"[a-z][a-z' -]{2,39}")
"""Words without a capital or a digit: they describe somebody and name nobody."""

_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_MOST_OTHERS = 5


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement before the gate: its knowledge, the address of its report, and who acts in it by the shipped register."""

    known: Knowledge
    address: str | None
    party: str | None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be told of a statement: it, and the place and parties that it speaks of."""

    told: PublicKnowledge
    point: PublicPoint | None
    parties: tuple[PublicParty, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """Who held a place from `first` to `last`, by what was told in public alone: `by` are the statements it rests on."""

    of: str
    first: date
    last: date
    verdict: str
    shares: Sequence[tuple[str, float]]
    unsure: float
    besieged: bool
    by: Sequence[str]


def last_day(topic: PublicTopic, policy: PublicationPolicy, now: datetime) -> date:
    """Return the last day of which something of this topic may be told at the time `now` (aware)."""
    if now.tzinfo is None:
        raise ValueError(f"now {now}: a time without a zone cannot be compared with the end of a day")
    length = policy.embargo_incident
    if topic in _TACTICAL:
        length = policy.embargo_control
    elif topic in _AT_RISK:
        length = policy.embargo_rescue
    ended = now - EVERYWHERE - length
    return (datetime.combine(ended.date(), time(), UTC) - timedelta(days=1)).date()


def disclose_statement(
    stated: Stated,
    policy: PublicationPolicy,
    now: datetime,
    names: Mapping[str, tuple[str | None, str]],
    crowds: Crowds = NOBODY_COUNTED,
) -> Shown | None:
    """Return what may be told of a statement at the time `now`, None where nothing may be.

    Nothing of a report that not anybody can read; nothing younger than the embargo of its topic, or of days to come; no
    control of a place that may not be named; no party but those of `names` (name to Arabic name and type) and bare descriptions.
    """
    known, topic = stated.known, PublicTopic(stated.known.topic)
    address = public_address(stated.address, policy)
    if known.outlet not in policy.public_names and address is None:
        return None
    if known.day > last_day(topic, policy, now) or known.day.year >= date.max.year:
        return None
    point = _point(known, policy, crowds)
    facility = None if known.facility is None or policy.is_sensitive(known.facility) else compose(known.facility, 40)
    party = _party(stated.party, policy, names)
    if topic in (PublicTopic.CONTROL, PublicTopic.GOVERNANCE):
        hidden = known.facility is not None and facility is None
        if point is None or party is None or hidden or policy.is_sensitive(known.place.words if known.place else ""):
            return None
    if topic in _NUMBERS and point is None:
        return None
    others = tuple(filter(None, (_party(other, policy, names) for other in stated.others[:_MOST_OTHERS])))
    few = topic in _NUMBERS and _few(known, policy.min_cell_living)
    said = PublicKnowledge(
        id=compose(""),
        topic=topic,
        act=None if known.act is None else compose(known.act, 40),
        party=party,
        others=others,
        point=None if point is None else point.id,
        facility=facility,
        first=None if known.occurred is None else known.occurred.start,
        last=None if known.occurred is None else known.occurred.end,
        published=known.reported,
        source=_source(known, policy, names),
        outlet=compose(known.outlet, 80),
        address=address,
        stance=_stance(known),
        low=None if few else known.low,
        value=None if few else known.value,
        high=None if few else known.high,
        bound=None if known.bound is None else PublicBound(known.bound.value),
        suppressed=few,
        words=_words(known, few, policy),
    )
    acting = {str(name) for name in (party, *others) if name is not None and name.startswith("a:")}
    acting |= {str(actor_id(said.source))} if said.source is not None and said.source in names else set()
    parties = tuple(
        _entry(name, *names[name]) for name in sorted(names.keys() & _named(stated)) if actor_id(name) in acting
    )
    return Shown(said, point, parties)


def with_ids(shown: Iterable[Shown]) -> list[PublicKnowledge]:
    """Return the statements with their ids, made of what is told alone; in the order given, of two alike the second "-2"."""
    taken: set[str] = set()
    return [replace(one.told, id=fresh_id("k", [digest(one.told)], taken)) for one in shown]


def disclose_holding(
    held: Held, point: PublicText, facility: PublicText | None, names: Mapping[str, PublicText], last: date
) -> PublicHolding | None:
    """Return who held a place as it may be told; None for days after `last`, and where nobody is said to hold it.

    `names` gives the public id of each party; a share of a party without one would tell by subtraction: then nothing is.
    """
    if held.first > last or held.verdict == "unknown" or any(party not in names for party, _ in held.shares):
        return None
    return PublicHolding(
        point=point,
        facility=facility,
        first=held.first,
        last=min(held.last, last),
        verdict=PublicHeld(held.verdict.replace(" ", "_")),
        shares=tuple(PublicShare(names[party], round(float(share), 2)) for party, share in held.shares),
        unsure=round(float(held.unsure), 2),
        besieged=held.besieged,
        statements=tuple(compose(one) for one in held.by),
    )


def actor_id(name: str) -> PublicText:
    """Return the public id of an actor of the shipped register: "a:" and what its page is called.

    >>> actor_id("People's Protection Units")
    'a:people-s-protection-units'
    """
    slug = _slug(name)
    return compose(f"a:{slug or 'actor-' + hashlib.sha256(name.encode()).hexdigest()[:8]}", 80)


def _named(stated: Stated) -> set[str]:
    return {name for name in (stated.party, *stated.others, stated.known.source) if name is not None}


def _entry(name: str, arabic: str | None, kind: str) -> PublicParty:
    return PublicParty(
        actor_id(name), compose(name, 80), None if arabic is None else compose(arabic, 80), compose(kind, 40)
    )


def _party(
    name: str | None, policy: PublicationPolicy, names: Mapping[str, tuple[str | None, str]]
) -> PublicText | None:
    if name is None or policy.is_sensitive(name):
        return None
    if name in names:
        return actor_id(name)
    return compose(name, 40) if _DESCRIPTION.fullmatch(name) else None


def _source(
    known: Knowledge, policy: PublicationPolicy, names: Mapping[str, tuple[str | None, str]]
) -> PublicText | None:
    told = known.source in policy.public_names or known.source in names or known.source == known.outlet
    return compose(known.source, 80) if told and not policy.is_sensitive(known.source) else None


def _stance(known: Knowledge) -> PublicStance:
    return PublicStance.NEGATED if known.polarity is Polarity.NEGATED else PublicStance(known.stance.value)


def _few(known: Knowledge, least: int) -> bool:
    numbers = [n for n in (known.low, known.value, known.high) if n is not None]
    return any(0 < n < least for n in numbers)


def _words(known: Knowledge, few: bool, policy: PublicationPolicy) -> PublicText | None:
    if few or policy.is_sensitive(known.text) or reachable(known.text):
        return None
    return compose(known.text, _WORDS)


def _point(known: Knowledge, policy: PublicationPolicy, crowds: Crowds) -> PublicPoint | None:
    place = public_place(known.place, True, policy, crowds)
    if place is None or place.name is None:
        return None
    precision = None if place.precision is None else max(place.precision, _NEAR)
    step = 0.0 if precision is None else policy.place_steps[precision - 1]
    latitude = None if place.latitude is None else snap(place.latitude, step)
    longitude = None if place.longitude is None else snap(place.longitude, step)
    told = (place.name, place.country, place.admin1, latitude, longitude)
    where = f"{_slug(place.name) or 'place'}-{(place.country or 'xx').lower()}-{digest(told)[:6]}"
    return PublicPoint(
        compose(where, 80), place.name, place.name_ar, place.country, place.admin1, latitude, longitude, precision
    )


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_ID.sub("-", plain).strip("-")[:50].strip("-")
