"""Reports and claims as tests tell them: only what matters is named, everything else is the same each time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa

from marsad.engines.local import LocalEngine
from marsad.link.credits import CREDITS
from marsad.link.outline import OUTLINING
from marsad.link.sketch import SKETCHING
from marsad.model import (
    Bound,
    Claim,
    ClaimId,
    Decision,
    Group,
    Measure,
    Modality,
    Place,
    Report,
    ReportId,
    Scope,
    Sha256,
    Status,
    Text,
    When,
)
from marsad.model.heard import Heard
from marsad.model.rows import claim_row, text_row
from marsad.model.schema import CLAIM, TEXT
from marsad.pipeline.derive import Tables, derive
from marsad.stage import Engine

TUESDAY = date(2014, 11, 25)
NOW = datetime(2014, 12, 1, 12, tzinfo=UTC)
SOHR = ("Syrian Observatory for Human Rights",)
SNHR = ("Syrian Network for Human Rights",)
MSF = ("Médecins Sans Frontières",)
GOVERNMENT = "Government of Syria"

DUMA = Place("Duma", "gn:10", "Duma", "دوما", "SY", "Rif Dimashq", 33.57, 36.4, 1)
DUMA_AR = Place("دوما", "gn:10", "Duma", "دوما", "SY", "Rif Dimashq", 33.57, 36.4, 1)
ZABADANI = Place("Zabadani", "gn:11", "Zabadani", None, "SY", "Rif Dimashq", 33.72, 36.1, 1)
SARAQIB = Place("Saraqib", "gn:12", "Saraqib", None, "SY", "Idlib", 35.86, 36.8, 1)
RIF = Place("Rif Dimashq", "ne:1", "Rif Dimashq", None, "SY", "Rif Dimashq", 33.6, 36.6, 4)
SYRIA = Place("Syria", "iso:SY", "Syria", None, "SY", None, 35.0, 38.5, 6)
LOST = Place("Tell Nowhere", None, "Tell Nowhere")


def day(number: int) -> date:
    """Return a day in November 2014, counted on into December."""
    return date(2014, 11, 1) + timedelta(number - 1)


def when(first: date, last: date | None = None) -> When:
    """Return the interval of these days, one day where one is given."""
    last = last or first
    return When(first, last, When.precision_of((last - first).days + 1))


def claim(report_id: str = "r", start: int = 0, **given: Any) -> Claim:
    """Return a claim: 12 people killed in Duma on Tuesday, in the outlet's own voice, but for what is given.

    `value` sets low and high with it. `by` is the attribution; `on` a day, an interval or None.
    """
    value = given.get("value", 12)
    bound = given.get("bound", Bound.EXACT)
    text = given.get("text", f"{value} people" if value is not None else "many people")
    measure = given.get("measure", Measure.KILLED)
    on = given.get("on", TUESDAY)
    end = start + len(text)
    return Claim(
        claim_id=Claim.identity(ReportId(report_id), start, end, measure),
        report_id=ReportId(report_id),
        start=start,
        end=end,
        text=text,
        measure=measure,
        value=value,
        low=given.get("low", value),
        high=given.get("high", None if bound in (Bound.AT_LEAST, Bound.MORE_THAN) else value),
        bound=bound,
        status=given.get("status", Status.UNKNOWN),
        group=given.get("group"),
        attribution=tuple(given.get("by", ())),
        occurred=when(on) if isinstance(on, date) else on,
        place=given.get("place", DUMA),
        perpetrator=given.get("perpetrator", GOVERNMENT),
        weapon=given.get("weapon", "air strike"),
        scope=given.get("scope", Scope.INCIDENT),
        modality=given.get("modality", Modality.ASSERTED),
        subset_of=given.get("part_of"),
        same_as=given.get("same_as"),
        derived=given.get("derived", False),
        flags=tuple(given.get("flags", ())),
        rule="test",
        score=0.9,
    )


def at_least(value: int) -> dict[str, Any]:
    """Return what says "at least so many"."""
    return {"value": value, "bound": Bound.AT_LEAST, "text": f"at least {value} people"}


def nobody() -> dict[str, Any]:
    """Return what says that there were none."""
    return {"value": 0, "bound": Bound.NONE, "text": "no casualties"}


def unknown(**given: Any) -> dict[str, Any]:
    """Return what says that nobody knows how many."""
    return {"value": None, "low": None, "high": None, "bound": Bound.UNKNOWN, "text": "unknown how many", **given}


def civilians(value: int, **given: Any) -> dict[str, Any]:
    """Return what counts civilians."""
    return {"value": value, "status": Status.CIVILIAN, "text": f"{value} civilians", **given}


def fighters(value: int, **given: Any) -> dict[str, Any]:
    """Return what counts fighters."""
    return {"value": value, "status": Status.COMBATANT, "text": f"{value} fighters", **given}


def children(value: int, **given: Any) -> dict[str, Any]:
    """Return what counts children."""
    return {"value": value, "group": Group.CHILDREN, "text": f"{value} children", **given}


@dataclass
class Prints:
    """Reports in the order in which they reached an observatory, with their claims and words."""

    reports: list[Report] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def add(self, outlet: str, published: date | None, *told: Mapping[str, Any], words: str | None = None) -> str:
        """Add a report that makes these claims, a minute after the last one; return its id.

        `words` is its text, by which copies are found: without it, no two reports have a word in common.
        """
        number = len(self.reports)
        report_id = f"r{(number * 7919) % 1_000_003:07}"  # ids do not follow the order of arrival
        recorded = NOW + timedelta(minutes=number)
        self.reports.append(
            Report(ReportId(report_id), Sha256(f"{number:064}"), outlet, published, "en", None, recorded)
        )
        self.claims += [claim(report_id, 100 * n, **one) for n, one in enumerate(told)]
        text = words or " ".join(f"w{number}x{k}" for k in range(40))
        self.texts.append(Text(ReportId(report_id), text, published, outlet, "en"))
        return report_id

    def claim_of(self, report_id: str, number: int = 0) -> ClaimId:
        """Return the id of a report's claim, the first one where no number is given."""
        return [c.claim_id for c in self.claims if c.report_id == report_id][number]

    def derived(self, decisions: Iterable[Decision] = (), engine: Engine | None = None) -> Tables:
        """Return what is derived from these reports under both policies."""
        claims = pa.Table.from_pylist([claim_row(c) for c in self.claims], schema=CLAIM)
        texts = pa.Table.from_pylist([text_row(t) for t in self.texts], schema=TEXT)
        with LocalEngine(1, threads=1) as local:
            made = [local.apply(stage, texts)[0] for stage in (SKETCHING, OUTLINING, CREDITS)]
            policies = ["airwars", "ucdp"]
            return derive(engine or local, self.reports, claims, made[0], decisions, policies, *made[1:])

    def together(self, decisions: Iterable[Decision] = ()) -> list[set[str]]:
        """Return the incidents as sets of reports, largest first."""
        incidents: dict[str, set[str]] = {}
        reports = {c.claim_id: c.report_id for c in self.claims}
        for row in self.derived(decisions)["membership"].to_pylist():
            incidents.setdefault(row["incident_id"], set()).add(reports[row["claim_id"]])
        return sorted(incidents.values(), key=lambda s: (-len(s), sorted(s)))

    def roles(self) -> dict[str, tuple[str, str]]:
        """Return role and rule of every claim that is in an incident."""
        return {r["claim_id"]: (r["role"], r["rule"]) for r in self.derived()["membership"].to_pylist()}

    def toll(self, policy: str = "ucdp", category: str = "total", measure: str = "killed") -> tuple[int | None, ...]:
        """Return low, best and high of the one incident there is."""
        [row] = [
            r
            for r in self.derived()["toll"].to_pylist()
            if (r["policy"], r["category"], r["measure"]) == (policy, category, measure)
        ]
        return row["low"], row["best"], row["high"]

    def origins(self) -> list[int]:
        """Return how many origins stand behind each incident, most first."""
        return sorted((r["origins"] for r in self.derived()["grading"].to_pylist()), reverse=True)


def heard(one: Claim, outlet: str = "Radio", published: date | None = None, **given: Any) -> Heard:
    """Return the claim as heard from this outlet, on the 26th where no day is given."""
    beside = {name: given[name] for name in ("wire", "reworded", "likeness") if name in given}
    return Heard(one, outlet, published or day(26), given.get("of"), given.get("decided", {}), **beside)


def hear(*told: tuple[str, int, Mapping[str, Any]]) -> list[Heard]:
    """Return claims as one incident hears them: outlet, day of November, and what is claimed; each a report of its own."""
    return [
        heard(claim(f"r{number:02}", **one), outlet, day(printed)) for number, (outlet, printed, one) in enumerate(told)
    ]
