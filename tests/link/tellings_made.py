"""Tellings as tests tell them: twelve killed in Duma on day 100, but for what is given."""

from itertools import count
from typing import Any

from hypothesis import strategies as st

from marsad.model import ReportId
from marsad.model.telling import Telling, Trait

_NUMBER = count()
DUMA = (33.57, 36.40)
"""A point; a degree of latitude is 111 km."""


def telling(report: str | None = None, **given: Any) -> Telling:
    """Return a telling of a report of its own; `on` is a day or a pair of days, `killed` a number, `at` a point."""
    report = report or f"r{next(_NUMBER):05}"
    on = given.get("on", 100)
    first, last = on if isinstance(on, tuple) else (on, on)
    at = given.get("at", DUMA)
    killed = given.get("killed", 12)
    figures = dict(given.get("figures", {}))
    if killed is not None:
        figures["killed"] = killed if isinstance(killed, tuple) else (killed, killed, killed)
    return Telling(
        telling_id=given.get("name", f"t-{report}"),
        report_id=ReportId(report),
        rank=given.get("rank", 0),
        printed=given.get("printed", last),
        place_key=given.get("key", "duma"),
        latitude=at[0] if at else None,
        longitude=at[1] if at else None,
        precision=given.get("precision", 1 if at else None),
        country=given.get("country", "SY"),
        admin1=given.get("admin1", "Rif Dimashq"),
        day_from=first,
        day_to=last,
        figures=figures,
        traits={Trait(name): frozenset(values) for name, values in given.get("traits", {}).items()},
        carried=given.get("carried", False),
        assumed=given.get("assumed", False),
        inferred=given.get("inferred", False),
    )


_NUMBERS = st.one_of(st.none(), st.integers(0, 300))
_SETS = st.dictionaries(st.sampled_from(list(Trait)), st.frozensets(st.sampled_from("abcd"), min_size=1), max_size=4)


@st.composite
def tellings(draw: st.DrawFn) -> Telling:
    """Draw a telling of a small country: a few towns, a fortnight, any figures and traits."""
    town = draw(st.integers(0, 3))
    first = draw(st.one_of(st.none(), st.integers(100, 114)))
    length = draw(st.sampled_from([0, 0, 0, 2, 6, 60]))
    precision = draw(st.sampled_from([1, 1, 1, 3, 4, 6, None]))
    return telling(
        key=f"town{town}" if precision else "",
        at=(33.5 + town / 10, 36.4) if precision else None,
        precision=precision,
        country=draw(st.sampled_from(["SY", "SY", "IQ", None])),
        admin1=draw(st.sampled_from(["A", "B", None])),
        on=(first, first + length) if first is not None else (None, None),
        killed=draw(_NUMBERS),
        traits=draw(_SETS),
        rank=draw(st.integers(0, 50)),
        carried=draw(st.booleans()),
        assumed=first is not None and draw(st.booleans()),
    )


def named(drawn: list[Telling]) -> list[Telling]:
    """Return tellings as they are, each once by its id."""
    return list({one.telling_id: one for one in drawn}.values())
