"""A made-up year of an observatory: incidents, revisions, retractions, merges, parts, rejections, late additions."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from small_world import MONITORS, OUTLETS, TOWNS, Story, ground_file, killed, receive

from marsad.model import DecisionKind
from marsad.model.rows import canonical_json
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService

START = date(2014, 1, 1)
FIGURES = ("incident", "membership", "toll", "grading", "range")


def published(tables: dict[str, pa.Table]) -> bytes:
    """Return all figures of a state as bytes: incidents, what each claim is to them, tolls with their reasons, grades."""
    return canonical_json({name: [str(row) for row in tables[name].to_pylist()] for name in FIGURES}).encode()


@dataclass
class Strike:
    """An incident that the year tells of: where, when, and the number that each monitor gives."""

    town: str
    day: date
    said: dict[str, int] = field(default_factory=dict)


@dataclass
class Year:
    """An observatory that lives through a year; `happened` counts what befell its figures."""

    observatory: Observatory
    places: Path
    dice: random.Random
    strikes: list[Strike] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    told: int = 0

    @staticmethod
    def begin(folder: Path, seed: int) -> "Year":
        """Make an empty observatory in a folder."""
        now = datetime(2013, 12, 31, tzinfo=UTC)
        made = Observatory.init(folder / "obs", "A year", now)
        return Year(made, ground_file(folder), random.Random(seed))  # noqa: S311

    def live(self, day: date, events: int) -> bytes:
        """Let so many things happen on a day, run, and return what is then published."""
        now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        stories = [self._story(day) for _ in range(events)]
        receive(self.observatory, stories, now)
        run(self.observatory, processes=1, gazetteer=self.places)
        if self.dice.random() < 0.6:
            self._decide(now + timedelta(hours=1))
            run(self.observatory, processes=1, gazetteer=self.places)
        with self.observatory.derived(read_only=True) as derived:
            return published({name: derived.table(name) for name in FIGURES})

    def _story(self, day: date) -> Story:
        self.told += 1
        tail = f"Dispatch {self.told} came with word number {self.told * 7919}."  # no report is a copy of another
        kind = self.dice.choices(("new", "revision", "retraction", "late", "again"), (4, 3, 2, 1, 2))[0]
        if not self.strikes or kind in ("new", "late"):
            back = self.dice.randint(40, 120) if kind == "late" else self.dice.randint(0, 2)
            strike = Strike(self.dice.choice(TOWNS), day - timedelta(back))
            self.strikes.append(strike)
        else:
            strike = self.dice.choice(self.strikes[-30:])
        monitor = self.dice.choice(sorted(strike.said) or MONITORS) if kind != "again" else self.dice.choice(MONITORS)
        was = strike.said.get(monitor)
        number = max(1, (was or self.dice.randint(1, 60)) + self.dice.randint(-5, 9))
        strike.said[monitor] = number
        if kind == "retraction" and was is not None and was != number:
            tail = f"The toll was {number} and not {was}, it said. {tail}"
        self.happened[kind if was is not None or kind in ("new", "late") else "again"] += 1
        return Story(self.dice.choice(OUTLETS), day, killed(strike.town, strike.day, number, monitor, tail))

    def _decide(self, now: datetime) -> None:
        """Join two incidents, part one, refuse a claim or grade an incident: at random, of those that there are."""
        with self.observatory.derived(read_only=True) as derived:
            members = derived.table("membership", role="counted").to_pylist()
            chosen = self.dice.sample(members, min(2, len(members)))
            rows = derived.table("claim", claim_id=[m["claim_id"] for m in chosen]).to_pylist()
        anchors = [f"{r['report_id']}:{r['start']}-{r['end']}" for r in rows]
        if len(anchors) < 2:
            return
        kind, body = self.dice.choice(
            [
                (DecisionKind.JOIN, {"with": anchors[1]}),
                (DecisionKind.APART, {"name": f"apart {self.told}"}),
                (DecisionKind.REJECT, {}),
                (DecisionKind.GRADE, {"grade": "weak"}),
            ]
        )
        with self.observatory.kept() as kept, kept.read() as reading:
            standing: Any = reading.standing_decision(anchors[0], kind)
        if standing is not None:
            return
        with self.observatory.kept() as kept:
            WriteService(kept, self.observatory.vault, bytes).decide(
                anchor=anchors[0],
                kind=kind,
                body=body,
                actor="lynx",
                reason="seen both",
                expected_version=0,
                now=now,
            )
        self.happened[kind.value] += 1
