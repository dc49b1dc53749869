"""Statements for tests, as short as what they tell: who did what to whom, where, when, and in which report."""

from datetime import date

from marsad.model import Place, Polarity, ReportId, Stance, When
from marsad.model.knowledge import Knowledge

PRINTED = date(2014, 11, 26)


def place(name: str, country: str = "SY", precision: int = 1) -> Place:
    """Return a place that the gazetteer knows."""
    return Place(name, f"geonames:{name}", name, None, country, None, 35.0, 38.0, precision)


def when(first: date, last: date | None = None) -> When:
    """Return a time of one day, or of several."""
    end = last or first
    return When(first, end, When.precision_of((end - first).days + 1))


def statement(
    topic: str,
    act: str,
    party: str | None = None,
    *others: str,
    at: Place | None = None,
    on: When | None = None,
    report: str = "r1",
    start: int = 0,
    text: str = "words",
    reported: date | None = PRINTED,
    source: str | None = None,
    outlet: str = "A Wire",
    stance: Stance = Stance.ASSERTED,
    polarity: Polarity = Polarity.AFFIRMED,
    content: tuple[int, int] | None = None,
    chain: tuple[str, ...] = (),
) -> Knowledge:
    """Return what one report says; its id is made of everything it tells."""
    return Knowledge(
        knowledge_id=f"{report}:{start}:{topic}.{act}:{party}:{at.name if at else ''}",
        report_id=ReportId(report),
        start=start,
        end=start + len(text),
        text=text,
        sentence=None,
        topic=topic,
        act=act,
        party=party,
        others=others,
        content=content,
        extent=None,
        place=at,
        facility=None,
        occurred=on,
        source=source or (chain[0] if chain else outlet),
        outlet=outlet,
        chain=chain,
        reported=reported,
        recorded=PRINTED,
        stance=stance,
        polarity=polarity,
        value=None,
        low=None,
        high=None,
        bound=None,
        scope=None,
        status=None,
        weapon=None,
        flags=(),
        relation=None,
        target=None,
        rule="test",
        score=1.0,
    )
