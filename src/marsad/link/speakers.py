"""Which origin a name is: a known actor, a body that speaks through many mouths, a house of outlets, or itself."""

from collections.abc import Mapping
from functools import cache, lru_cache

from marsad.model import Claim, Origin, OriginKind
from marsad.text.actors import Actor, actor_called, actors
from marsad.text.bodies import actor_behind, body_behind, office_of, untitled
from marsad.text.lexicon import languages, lexicon
from marsad.text.organs import is_nobodys, made_of
from marsad.text.tokens import form_of
from marsad.text.wires import AGENCIES, house_of

_REMEMBERED = 20_000
STATE = "Government of "
"""How the name of a state's government begins; in brackets behind it stands which of its organs spoke."""
_LONGEST_BODY = 4
"""Words of a body's name at the head of a longer one."""


def origin_named(claim: Claim) -> Origin:
    """Return the origin that a claim's speaker is: a known actor, a kind of speaker, or a name nobody knows yet.

    Whoever speaks for an actor is that actor, an official of a ministry the ministry. It depends on the claim alone:
    what other reports call somebody never changes whose claim this is, so that no report can fold two others into one.
    """
    name = claim.attribution[0]
    known = known_actors().get(form_of(name))
    name = untitled(name) if name.startswith(STATE) else name
    office = office_of(name)
    if known is None:
        behind = actor_behind(name) or (actor_behind(office) if office else None)
        known = behind.origin if behind else None
    if known:
        if known.kind is OriginKind.PARTY and known.party is None:
            return Origin(known.name, known.kind, claim.perpetrator)
        return _housed(known)
    body = body_behind(name, places_of(claim)) or (body_behind(office, places_of(claim)) if office else None)
    if body:
        return Origin(body.name, body.kind)
    role = _role(name)
    if office:
        return Origin(name, role or OriginKind.UNNAMED, claim.perpetrator if role is OriginKind.PARTY else None)
    if role is not None:
        bare = untitled(name)
        name = bare if _role(bare) is role else name
        return _housed(Origin(name, role, claim.perpetrator if role is OriginKind.PARTY else None))
    return _housed(Origin(untitled(name), OriginKind.UNNAMED))


@lru_cache(maxsize=_REMEMBERED)
def outlet_origin(outlet: str) -> Origin:
    """Return the origin that an outlet is when it speaks for itself: its house where it belongs to one.

    A committee, a hospital, a council that prints its own counts is no paper: it counts.
    """
    known = known_actors().get(form_of(outlet))
    if known is None:
        behind = actor_behind(outlet) or _part_of(outlet)
        known = behind.origin if behind else None
    return _housed(known or Origin(outlet, OriginKind.MONITOR if made_of(outlet).institution else OriginKind.MEDIA))


def _part_of(outlet: str) -> Actor | None:
    """Return the international body of which an outlet is a part by its name: "United Nations Assistance Mission in …"."""
    words = outlet.split()
    whole = (actor_called(" ".join(words[:n])) for n in range(min(len(words) - 1, _LONGEST_BODY), 1, -1))
    return next((actor for actor in whole if actor and actor.origin.kind is OriginKind.INTERNATIONAL), None)


def wire_origin(wire: str) -> Origin:
    """Return the origin that a credited agency is."""
    return known_actors().get(form_of(wire)) or Origin(
        wire, OriginKind.UNNAMED if wire == AGENCIES else OriginKind.MEDIA
    )


def relayed_by(name: str) -> str:
    """Return what marsad calls somebody who is named as having passed a number on: as the text does, if nobody known."""
    behind = actor_behind(name)
    return behind.origin.name if behind else name


def counts_for_itself(origin: Origin) -> bool:
    """Tell whether somebody like this counts on its own when it speaks in its own voice; media mostly pass on."""
    return origin.kind not in (OriginKind.MEDIA, OriginKind.UNNAMED)


def is_known_actor(origin: Origin) -> bool:
    """Tell whether an origin is a known actor, which has one name already."""
    return form_of(origin.name) in known_actors()


def says_where(claim: Claim) -> bool:
    """Tell whether what was read as a claim's speaker is the place where people were harmed: a town counts nobody."""
    name = form_of(claim.attribution[0]) if claim.attribution else ""
    return (
        name in {form_of(place) for place in places_of(claim)}
        and name not in known_actors()
        and actor_behind(name) is None
    )


def nameless(origin: Origin) -> bool:
    """Tell whether an origin is nobody in particular: residents, a medical source, the authorities."""
    return not is_known_actor(origin) and is_nobodys(origin.name)


@cache
def known_actors() -> Mapping[str, Origin]:
    """Return every known actor by its name."""
    return {form_of(actor.origin.name): actor.origin for actor in actors()}


def _housed(origin: Origin) -> Origin:
    house = house_of(origin.name)
    return known_actors().get(form_of(house), Origin(house, OriginKind.MEDIA)) if house else origin


def places_of(claim: Claim) -> tuple[str, ...]:
    """Return the words by which the place of a claim is known."""
    place = claim.place
    return () if place is None else tuple(filter(None, (place.words, place.name, place.name_ar, place.admin1)))


@cache
def _roles() -> tuple[tuple[str, OriginKind], ...]:
    pairs = [
        (form_of(word.removeprefix("the ").removeprefix("a ")), OriginKind(entry["kind"]))
        for lang in languages()
        for entry in lexicon(lang).data["role"]
        for word in entry["words"]
    ]
    return tuple(sorted(set(pairs), key=lambda pair: (-len(pair[0]), pair[0])))


@lru_cache(maxsize=_REMEMBERED)
def _role(name: str) -> OriginKind | None:
    form = form_of(name)
    return next((kind for word, kind in _roles() if word in form), None)
