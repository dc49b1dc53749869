"""What a toll would be if doubtful links went the other way, as a person or a script reads it."""

from collections.abc import Iterator
from typing import Any

from marsad.cli import shown
from marsad.model import Case, Count, LinkRange, Toll
from marsad.model.case import Ends
from marsad.text.words import say


def links_said(case: Case, toll: Toll, lang: str) -> Iterator[str]:
    """Yield a sentence for each way in which links in doubt would change this toll; none where they would not."""
    for one in _of(case, toll):
        if one.parts > 1 and one.apart != _ends(toll.count):
            yield say("why", lang, "links.apart", {"parts": str(one.parts), "toll": _shown(one.apart)})
        if one.others and one.together != (None, None, None):
            yield say("why", lang, "links.together", {"others": ", ".join(one.others), "toll": _shown(one.together)})


def links_object(case: Case, toll: Toll) -> dict[str, Any] | None:
    """Return {"parts", "apart", "others", "together"}, None where no link of the incident is in doubt."""
    for one in _of(case, toll):
        ends = ("low", "best", "high")
        return {
            "parts": one.parts,
            "apart": dict(zip(ends, one.apart, strict=True)),
            "others": list(one.others),
            "together": dict(zip(ends, one.together, strict=True)),
        }
    return None


def _of(case: Case, toll: Toll) -> Iterator[LinkRange]:
    key = toll.policy, toll.measure, toll.category
    return (one for one in case.ranges if (one.policy, one.measure, one.category) == key)


def _ends(count: Count | None) -> Ends:
    return (None, None, None) if count is None else (count.low, count.best, count.high)


def _shown(ends: Ends) -> str:
    low, best, high = ends
    return shown.count(None if low is None else Count(low, best, high))
