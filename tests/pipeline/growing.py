"""A store that grows as an observatory's does: reports come in in any order, people decide, and each time what is new is
put right; and what would have been derived from nothing."""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from many import many
from told import NOW, Prints, claim

from marsad.collect.incoming import Incoming
from marsad.engines.local import LocalEngine
from marsad.link.credits import CREDITS
from marsad.link.outline import OUTLINING
from marsad.link.sketch import SKETCHING
from marsad.model import Claim, DecisionKind, Report, Text
from marsad.model.rows import claim_row, text_row
from marsad.model.schema import CLAIM, TEXT
from marsad.pipeline.derive import derive
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.renew import TooMuch, renew
from marsad.pipeline.service import WriteService
from marsad.stage import RowStage
from marsad.store.derived import Derived
from marsad.store.kept import Kept

POLICIES = ["airwars", "ucdp"]
Told = tuple[str, date | None, str, Sequence[Mapping[str, Any]]]
"""Who printed it, when, its words, and what it claims."""

_BESIDE: dict[str, RowStage[Text, Any]] = {"sketch": SKETCHING, "outline": OUTLINING, "credit": CREDITS}


class Growing:
    """An observatory whose reports come with their claims, so that nothing has to be read."""

    def __init__(self, folder: Path) -> None:
        self.observatory = Observatory.init(folder, "growing", NOW)
        self.claims: list[Claim] = []
        self.known: list[Report] = []
        self.renewed = self.anew = 0
        self._decided = self._reported = 0
        self._now = NOW

    @contextmanager
    def _stores(self) -> Iterator[tuple[Kept, Derived]]:
        with self.observatory.kept() as kept, self.observatory.derived() as derived:
            yield kept, derived

    def take(self, told: Sequence[Told]) -> None:
        """Take in reports: outlet, day of print, words, and what they claim."""
        with self._stores() as (kept, derived):
            service = WriteService(kept, self.observatory.vault, bytes)
            texts = []
            for outlet, published, words, given in told:
                self._now += timedelta(minutes=1)
                item = Incoming("report", words.encode(), outlet, published, lang="en")
                [receipt] = service.receive([item], self._now)
                if not receipt.new:
                    continue
                self.claims += [claim(receipt.report_id, 100 * n, **one) for n, one in enumerate(given)]
                texts.append(Text(receipt.report_id, words, published, outlet, "en"))
            new = {text.report_id for text in texts}
            rows = [claim_row(c) for c in self.claims if c.report_id in new]
            table = pa.Table.from_pylist([text_row(text) for text in texts], schema=TEXT)
            with LocalEngine(1, threads=1) as engine, derived.write():
                derived.put("claim", pa.Table.from_pylist(rows, schema=CLAIM))
                for name, stage in _BESIDE.items():
                    derived.put(name, engine.apply(stage, table)[0])

    def decide(self, anchor: str, kind: DecisionKind, body: Mapping[str, object]) -> None:
        """Decide, whatever stood there."""
        self._now += timedelta(minutes=1)
        with self._stores() as (kept, _):
            with kept.read() as reading:
                standing = reading.standing_decision(anchor, kind)
            WriteService(kept, self.observatory.vault, bytes).decide(
                anchor=anchor,
                kind=kind,
                body=body,
                actor="reader-1",
                reason="read it",
                expected_version=standing.version if standing else 0,
                now=self._now,
            )

    def run(self) -> None:
        """Put right what is new; from nothing where that is not possible, and the first time."""
        with self._stores() as (kept, derived), kept.read() as reading:
            decisions = list(reading.decisions())
            fresh = [r.report_id for r in reading.reports(beyond=self._reported)]
            try:
                if not self._reported:
                    raise TooMuch
                with LocalEngine(1, threads=1) as engine, derived.write():
                    renew(engine, derived, reading, fresh, decisions, self._decided, POLICIES)
                self.renewed += 1
            except TooMuch:
                derived.replace(self.fresh(reading, derived))
                self.anew += 1
            self._decided, self._reported = len(decisions), reading.report_count()

    def fresh(self, reading: Any, derived: Derived) -> dict[str, pa.Table]:
        """Return what is derived from nothing."""
        beside = [derived.table(name) for name in _BESIDE]
        reports, decisions = list(reading.reports()), list(reading.decisions())
        with LocalEngine(1, threads=1) as engine:
            return derive(engine, reports, derived.table("claim"), beside[0], decisions, POLICIES, *beside[1:])

    def differences(self) -> dict[str, tuple[list[Any], list[Any]]]:
        """Return by table which rows stand that would not have been derived from nothing, and which are missing."""
        out = {}
        with self._stores() as (kept, derived), kept.read() as reading:
            for name, table in self.fresh(reading, derived).items():
                stands, would = derived.table(name).to_pylist(), table.to_pylist()
                if sorted(map(str, stands)) != sorted(map(str, would)):
                    out[name] = [r for r in stands if r not in would], [r for r in would if r not in stands]
        return out

    def anchors(self) -> list[str]:
        """Return the words of every claim."""
        return [f"{c.report_id}:{c.start}-{c.end}" for c in self.claims]


def reports_of(made: Prints) -> list[Told]:
    """Return reports as they can be taken in."""
    out: list[Told] = []
    names = ("value", "low", "high", "bound", "text", "measure", "status", "group", "place", "perpetrator", "weapon")
    for report, text in zip(made.reports, made.texts, strict=True):
        told = [
            {
                **{name: getattr(c, name) for name in (*names, "scope")},
                "by": c.attribution,
                "on": c.occurred,
            }
            for c in made.claims
            if c.report_id == report.report_id
        ]
        out.append((report.outlet, report.published, text.text, told))
    return out


def grown(folder: Path, seed: int, size: int, decisions: int = 0, step: int = 3) -> Iterator[Growing]:
    """Yield a store after each run, while so many reports come in in any order, a few at a time, and people decide."""
    dice = random.Random(seed)  # noqa: S311 - the same reports every time
    waiting = reports_of(many(seed, size))
    dice.shuffle(waiting)
    store = Growing(folder)
    first = size // 2
    store.take(waiting[:first])
    store.run()
    waiting = waiting[first:]
    while waiting or decisions:
        n = dice.randrange(step + 1)
        store.take(waiting[:n])
        waiting = waiting[n:]
        if decisions and dice.random() < 0.5:
            decisions -= 1
            _decide(dice, store)
        elif not n:
            continue
        store.run()
        yield store


def _decide(dice: random.Random, store: Growing) -> None:
    one, other = dice.sample(store.anchors(), 2)
    choices: list[tuple[DecisionKind, dict[str, object]]] = [
        (DecisionKind.REJECT, {}),
        (DecisionKind.JOIN, {"with": other}),
        (DecisionKind.JOIN, {"with": other}),
        (DecisionKind.APART, {"name": dice.choice(["first raid", "second raid"])}),
        (DecisionKind.DIFFER, {"from": other}),
        (DecisionKind.DIFFER, {"from": other}),
        (DecisionKind.SETTLE, {"claims": [one, other]}),
        (DecisionKind.GRADE, {"grade": "fair"}),
        (DecisionKind.CORRECT, {"value": 7, "low": 7, "high": 7}),
        (DecisionKind.CORRECT, {"place": None}),
    ]
    kind, body = dice.choice(choices)
    store.decide(one, kind, body)
