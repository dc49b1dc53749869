"""An article's numbers put where the article puts them, with the places of a record in hand."""

from datetime import date

import pytest

from marsad.extract.grounded import Grounded, grounded, known_places
from marsad.extract.reader import RuleReader
from marsad.extract.scenery import scenery_of
from marsad.model import Place, ReportId, Scope, Text


def place(name: str, number: int, name_ar: str | None = None, *, found: bool = True) -> Place:
    if not found:
        return Place(name, None, name)
    at = float(number)
    return Place(name, f"made:{number}", name, name_ar, "XA", None, at, at, 1)


KNOWN = known_places([place("Vertaine", 1, "فرتين"), place("Ostrel", 2), place("Quimbra", 3, found=False)])


def told(words: str, lang: str = "en") -> list[Grounded]:
    text = Text(ReportId("a"), words, date(2030, 6, 20), None, lang)
    claims = list(RuleReader().read(text))
    return grounded(text, claims, KNOWN)


def scenes(words: str, lang: str = "en") -> list[tuple[int | None, str | None, str | None]]:
    """Return for each number its place and its day, None where it has none."""
    return [
        (
            g.claim.value,
            g.claim.place.name if g.claim.place is not None else None,
            g.claim.occurred.start.isoformat() if g.claim.occurred is not None and g.claim.occurred.words else None,
        )
        for g in told(words, lang)
    ]
