"""Which reports repeat one another once a few more came in: only those that the new ones' marks lead to are looked at.

What a report copies hangs on the first bearer of each of its marks. So a new report touches others only where it comes before
the first, and whoever is of a family with whom it touches.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from marsad.link.copies import NEAR, TWINS
from marsad.link.leads import MANY
from marsad.link.reworded import REWORDING
from marsad.model import Report, ReportId
from marsad.model.schema import COPY
from marsad.model.schema_state import LEAD
from marsad.pipeline.copies import families, rank_key, register_reports
from marsad.stage import Engine, run_table
from marsad.store.derived import Derived
from marsad.store.kept import Reading

_MOST = 2000
"""Reports that may be touched before it is quicker to begin anew."""


class TooMuch(Exception):
    """What is new touches so much that everything is derived anew."""


@dataclass
class Words:
    """The marks that reports bear, looked up as they are asked for; `fresh` are the reports that came in."""

    derived: Derived
    reading: Reading
    fresh: Collection[str]
    reports: dict[str, Report] = field(default_factory=dict)

    def known(self, ids: Iterable[str]) -> None:
        """Look these reports up, so that `reports` has them."""
        missing = set(ids) - self.reports.keys()
        if missing:
            self.reports |= {r.report_id: r for r in self.reading.reports_named(map(ReportId, missing))}

    def first(self, ids: Iterable[str]) -> str | None:
        """Return the earliest of these reports, None if there are none."""
        ids = list(ids)
        self.known(ids)
        return min(ids, key=lambda i: rank_key(self.reports[i]), default=None)

    def marks(self, kind: str, ids: Iterable[str]) -> pa.Table:
        """Return the marks (SKETCH) of these reports."""
        return self.derived.table(kind, report_id=list(ids))

    def leads(self, kind: str, marks: Iterable[int]) -> dict[int, str | None]:
        """Return whom those of the marks lead to that many bear."""
        rows = self.derived.table("lead", kind=kind, mark=list(marks)).to_pylist()
        return {row["mark"]: row["report_id"] for row in rows}

    def bearers(self, kind: str, marks: Iterable[int]) -> dict[int, set[str]]:
        """Return who bears each of the marks."""
        out: dict[int, set[str]] = {}
        for row in self.derived.table(kind, mark=list(marks)).to_pylist():
            out.setdefault(row["mark"], set()).add(row["report_id"])
        return out


def renew_copies(engine: Engine, words: Words) -> tuple[set[str], set[str]]:
    """Put right who copies whom, and who tells whom again; return the families touched, and in them who changed.

    Raises TooMuch where the new reports come before reports without number.
    """
    members = _led_anew(words)
    while True:
        members = _closed(words, members)
        targets = _targets(engine, words, members) - members
        if not targets:
            break
        members |= targets
    old = {row["report_id"]: row["leader"] for row in words.derived.table("copy", report_id=list(members)).to_pylist()}
    found = {row["report_id"]: row["leader"] for row in families(engine).to_pylist() if row["report_id"] in members}
    rows = [{"report_id": i, "leader": leader} for i, leader in found.items()]
    words.derived.renew("copy", pa.Table.from_pylist(rows, schema=COPY), report_id=list(members))
    changed = {i for i in members if old.get(i) != found[i]}
    led = {i for i in changed if (old.get(i) == i) != (found[i] == i)}
    return members, changed | _reworded(engine, words, led | set(words.fresh), old)


def _led_anew(words: Words) -> set[str]:
    """Return the new reports and those whose marks lead elsewhere because of them; write down what many bear now."""
    marks: dict[int, set[str]] = {}
    for row in words.marks("sketch", words.fresh).to_pylist():
        if row["mark"] >= 0:
            marks.setdefault(row["mark"], set()).add(row["report_id"])
    leads = words.leads("sketch", marks)
    bearers = words.bearers("sketch", marks.keys() - leads.keys())
    out, written = set(words.fresh), []
    for mark, new in marks.items():
        lead = leads.get(mark)
        others = bearers[mark] - new if mark in bearers else {lead} if lead is not None else set()
        first = words.first(new | others)
        if others and first in new:
            if mark in leads:
                raise TooMuch
            out |= others
        if mark not in leads and len(bearers[mark]) > MANY:
            written.append({"kind": "sketch", "mark": mark, "report_id": first})
    words.derived.put("lead", pa.Table.from_pylist(written, schema=LEAD))
    return out


def _closed(words: Words, members: set[str]) -> set[str]:
    """Return the reports with all who have the same words as one of them, or are of its family."""
    while True:
        if len(members) > _MOST:
            raise TooMuch
        same = [row["mark"] for row in words.marks("sketch", members).to_pylist() if row["mark"] < 0]
        more = members.union(*words.bearers("sketch", same).values()) if same else set(members)
        more = families_of(words.derived, more)
        if more == members:
            return members
        members = more


def families_of(derived: Derived, ids: Collection[str]) -> set[str]:
    """Return the reports with all who are of a family with one of them."""
    leaders = derived.table("copy", report_id=list(ids)).column("leader").to_pylist()
    return {*ids, *derived.table("copy", leader=leaders).column("report_id").to_pylist()} if leaders else set(ids)


def _targets(engine: Engine, words: Words, members: set[str]) -> set[str]:
    """Return whom the members' words are nearest to; leaves on the engine what families need to be found."""
    sketch = words.marks("sketch", members)
    marks = {row["mark"] for row in sketch.to_pylist() if row["mark"] >= 0}
    beside = _leaders(words, marks) - members
    words.known(members | beside)
    engine.register("sketch", pa.concat_tables([sketch, words.marks("sketch", beside)]) if beside else sketch)
    register_reports(engine, [words.reports[i] for i in (*members, *beside)])
    run_table(TWINS, engine, {"sketch": "sketch", "report": "report"}, "twin")
    near = run_table(NEAR, engine, {"sketch": "sketch", "report": "report", "twin": "twin"}, "near").to_pylist()
    return {row["b"] for row in near if row["a"] in members}


def _leaders(words: Words, marks: Collection[int]) -> set[str]:
    leads = words.leads("sketch", marks)
    bearers = words.bearers("sketch", set(marks) - leads.keys())
    found = {words.first(of) for of in bearers.values()} | set(leads.values())
    return {i for i in found if i is not None}


def _reworded(engine: Engine, words: Words, led: set[str], old: Mapping[str, str]) -> set[str]:
    """Put right who tells whom again; `led` came in, began to lead a family or ceased to. Return for whom it changed.

    `old` is whom the members copied before.
    """
    marks: dict[int, set[str]] = {}
    for row in words.marks("outline", led).to_pylist():
        marks.setdefault(row["mark"], set()).add(row["report_id"])
    leads = words.leads("outline", marks)
    bearers = words.bearers("outline", marks.keys() - leads.keys())
    everyone = {i for of in bearers.values() for i in of} | led | {i for i in leads.values() if i is not None}
    words.known(everyone)
    now = {r["report_id"]: r["leader"] for r in words.derived.table("copy", report_id=list(everyone)).to_pylist()}
    before = {**{i: leader for i, leader in now.items() if i not in words.fresh}, **old}
    lead_now = {i for i in everyone if now.get(i) == i and words.reports[i].published is not None}
    lead_then = {i for i in everyone if before.get(i) == i and words.reports[i].published is not None}
    touched, written = set(led), []
    for mark, mine in marks.items():
        if mark in leads:
            lead = leads[mark]
            known = set() if lead is None else {lead}
            if (lead in led and lead not in lead_now) or words.first((mine & lead_now) | known) != lead:
                raise TooMuch
            continue
        first = words.first(bearers[mark] & lead_now)
        if first != words.first(bearers[mark] & lead_then):
            touched |= bearers[mark]
        if len(bearers[mark]) > MANY:
            written.append({"kind": "outline", "mark": mark, "report_id": first})
    words.derived.put("lead", pa.Table.from_pylist(written, schema=LEAD))
    if len(touched) > _MOST:
        raise TooMuch
    return _rewording(engine, words, touched)


def _rewording(engine: Engine, words: Words, touched: set[str]) -> set[str]:
    outline = words.marks("outline", touched)
    marks = set(outline.column("mark").to_pylist())
    leads = words.leads("outline", marks)
    bearers = words.bearers("outline", marks - leads.keys())
    everyone = {i for of in bearers.values() for i in of} | touched | {i for i in leads.values() if i is not None}
    words.known(everyone)
    copy = words.derived.table("copy", report_id=list(everyone))
    able = {
        r["report_id"]
        for r in copy.to_pylist()
        if r["leader"] == r["report_id"] and words.reports[r["report_id"]].published is not None
    }
    first = {words.first(of & able) for of in bearers.values()} | set(leads.values())
    beside = {i for i in first if i is not None} - touched
    engine.register("outline", pa.concat_tables([outline, words.marks("outline", beside)]) if beside else outline)
    engine.register("copy", copy)
    register_reports(engine, [words.reports[i] for i in (*touched, *beside)])
    names = {"outline": "outline", "report": "report", "copy": "copy"}
    rows = [r for r in run_table(REWORDING, engine, names, "reworded").to_pylist() if r["report_id"] in touched]
    stored = words.derived.table("reworded", report_id=list(touched))
    then = {row["report_id"]: row for row in stored.to_pylist()}
    now = {row["report_id"]: row for row in rows}
    words.derived.renew("reworded", pa.Table.from_pylist(rows, schema=stored.schema), report_id=list(touched))
    return {i for i in touched if then.get(i) != now.get(i)}
