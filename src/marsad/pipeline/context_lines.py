"""Context in the form of `marsad extract`: one object of JSON each, or one line for people."""

from collections.abc import Mapping
from typing import Any

from marsad.model import Context, ContextId, Place, When


def context_line(context: Context, index: Mapping[ContextId, int]) -> dict[str, Any]:
    """Return a context as JSON; `index` is where the contexts of its report stand in their list."""
    when = context.occurred
    related = context.relation and {"kind": context.relation.value, "context": index.get(context.target)}  # type: ignore[arg-type]
    return {
        "start": context.start,
        "end": context.end,
        "text": context.text,
        "kind": context.kind.value,
        "act": context.act,
        "actor": context.actor,
        "others": list(context.others),
        "status": context.status,
        "extent": context.extent,
        "content": list(context.content) if context.content else None,
        "attribution": list(context.attribution),
        "occurred": [when.start.isoformat(), when.end.isoformat()] if when else None,
        "occurred_by": when_line(when) if when else None,
        "place": place_line(context.place) if context.place else None,
        "weapon": context.weapon,
        "modality": context.modality.value,
        "polarity": context.polarity.value,
        "flags": [flag.value for flag in context.flags],
        "relation": related,
        "rule": context.rule,
        "score": context.score,
    }


def when_line(when: When) -> dict[str, Any]:
    """Return how a time came to be known, as JSON: the words, where they stand, and the day they were counted from."""
    return {
        "words": when.words,
        "precision": when.precision,
        "carried": when.carried,
        "against": when.against.isoformat() if when.against else None,
        "against_words": when.against_words,
    }


def place_line(place: Place) -> dict[str, Any]:
    """Return a place as JSON, every value of it under its own key."""
    return {
        "words": place.words,
        "place_id": place.place_id,
        "name": place.name,
        "name_ar": place.name_ar,
        "country": place.country,
        "admin1": place.admin1,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "precision": place.precision,
    }


def plain_context(context: Context) -> str:
    """Return a context as one line: its span, what it tells, who did it to whom, where and when, and who says so."""
    quoted = f"{context.start}–{context.end} “{' '.join(context.text.split())}”"
    sides = ", ".join(filter(None, (context.actor, *context.others)))
    where = context.place.name if context.place else ""
    when = f"{context.occurred.start}/{context.occurred.end}" if context.occurred else ""
    said = ", ".join(context.attribution) or "own voice"
    sure = (
        ""
        if context.modality == "asserted" and context.polarity == "affirmed"
        else f"{context.modality} {context.polarity}"
    )
    told = "; ".join(filter(None, (sides, where, when, sure)))
    return f"  {quoted}: {context.kind.value} {context.act} ({told}; {said})"
