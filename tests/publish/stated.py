"""A release that tells of what stands beside incidents: Kobani changes hands, people flee, a talk is held."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import cases
from made import release_of

from marsad.model import Place, Polarity, ReportId, Stance, When
from marsad.model.claim import Bound, Scope
from marsad.model.knowledge import Knowledge
from marsad.publish.disclose_context import Held, Shown, Stated, disclose_holding, disclose_statement, with_ids
from marsad.publish.public import PublicContext, PublicRelease

DAY = date(2014, 10, 6)
NOW = datetime(2014, 12, 20, tzinfo=UTC)
NAMES: dict[str, tuple[str | None, str]] = {"Islamic State": ("تنظيم الدولة", "non-state"), "YPG": (None, "non-state")}
KOBANI = Place("Kobani", "gn:1", "Kobani", "عين العرب", "SY", "Aleppo", 36.8912, 38.3534, 1)
OPEN = "https://www.meridian-press.example/1"


def known(topic: str = "control", act: str | None = "gained", **other: object) -> Knowledge:
    """Return a statement of control of Kobani, or whatever else is asked for."""
    made = Knowledge(
        knowledge_id="k", report_id=ReportId("r"), start=0, end=20, text="seized parts of town", sentence=None,
        topic=topic, act=act, party="Islamic State", others=(), content=None, extent=None, place=KOBANI, facility=None,
        occurred=When(DAY, DAY, 1, "on Monday"), source="Meridian Press", outlet="Meridian Press", chain=(),
        reported=date(2014, 10, 7), recorded=date(2014, 10, 8), stance=Stance.ASSERTED, polarity=Polarity.AFFIRMED,
        value=None, low=None, high=None, bound=None, scope=None, status=None, weapon=None, flags=(), relation=None,
        target=None, rule="made", score=0.9,
    )  # fmt: skip
    return replace(made, **other)  # type: ignore[arg-type]


def fled(low: int, value: int, high: int) -> Knowledge:
    """Return a number of displaced people."""
    return known(
        "displaced", None, value=value, low=low, high=high, bound=Bound.EXACT, scope=Scope.INCIDENT, party=None
    )


def told(
    one: Knowledge,
    address: str | None = OPEN,
    party: str | None = "Islamic State",
    now: datetime = NOW,
    others: tuple[str, ...] = (),
) -> Shown | None:
    """Return what the gate lets through."""
    return disclose_statement(Stated(one, address, party, others), cases.policy(), now, NAMES)


def context() -> PublicContext:
    """Return a context of five statements, and of who held Kobani in two runs of days."""
    later = DAY + timedelta(days=20)
    found = [
        told(known()),
        told(known(occurred=When(later, later, 1, "on Sunday"), text="the YPG holds it", end=16), party="YPG"),
        told(fled(130_000, 130_000, 130_000), party=None),
        told(known("meeting", "held_talks"), party="YPG", others=("Islamic State",)),
        told(known("statement", "condemned", text="=cmd|'/c calc'!A1 condemned it", end=30), party="Islamic State"),
    ]
    shown = [one for one in found if one is not None]
    knowledge = with_ids(shown)
    point = next(one.point for one in shown if one.point is not None)
    names = {str(party.name): party.id for one in shown for party in one.parties}
    runs = [
        Held(
            "p",
            DAY,
            later - timedelta(days=1),
            "held in part",
            (("Islamic State", 0.57),),
            0.43,
            True,
            [knowledge[0].id],
        ),
        Held("p", later, later + timedelta(days=5), "held", (("YPG", 0.95),), 0.05, False, [knowledge[1].id]),
    ]
    made = [disclose_holding(run, point.id, None, names, date(2014, 12, 1)) for run in runs]
    return PublicContext(
        points=(point,),
        parties=tuple({party.id: party for one in shown for party in one.parties}.values()),
        knowledge=tuple(knowledge),
        holdings=tuple(one for one in made if one is not None),
        until=later + timedelta(days=5),
        withheld=3,
    )


def release() -> PublicRelease:
    """Return a release of one incident with this context."""
    return replace(release_of([cases.raqqa()]), context=context())
