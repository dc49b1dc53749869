"""The context of one news story, as marked by hand: what is read of it, claim by claim; skipped where it is not at hand."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from marsad.extract.context import contexts_in
from marsad.model import Context, ContextKind, ReportId, Stance, Text
from marsad.pipeline.assets import gazetteer_path
from marsad.text.gazetteer import Gazetteer

SEED = Path(__file__).parents[3] / "shared" / "data" / "seed"
PUBLISHED = date(2014, 11, 26)
SHOULD = 12
"""How many of the fifteen that a reader should find it must."""

pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason="the printed story is not at hand")

SAME_NAME = {
    "Islamic State (IS)": "Islamic State",
    "Syrian Arab Air Force (Government of Syria)": "Government of Syria",
    "Iraqi pro-government forces": "pro-government forces",
}
"""What the marks call somebody whom marsad calls otherwise."""

ACTS = {
    "condemn": "condemned",
    "warn": "warned",
    "say": "said",
    "tell": "said",
    "continue": "said",
    "call_on": "called_on",
    "voice_scepticism": "voiced",
    "gained": "gained",
    "lost": "lost",
    "holds": "holds",
    "governs": "governs",
    "declared_capital": "declared_capital",
}
STANCES = {
    "asserted": Stance.ASSERTED,
    "planned": Stance.PLANNED,
    "expected": Stance.EXPECTED,
    "reported": Stance.REPORTED,
}
OPEN = ("unbounded", "ongoing", "repeated", "relative")
"""Times that name no first day, or none at all: nothing is what marsad should tell of them."""


@cache
def gold() -> Mapping[str, Any]:
    """Return what was marked."""
    marked: Mapping[str, Any] = json.loads((SEED / "seed_gold.json").read_text("utf-8"))
    return marked


@cache
def found() -> tuple[Context, ...]:
    """Return what is read."""
    text = next(SEED.glob("*.txt")).read_text("utf-8")
    report = Text(ReportId("seed"), text, PUBLISHED, "CubaSi", "en")
    read = list(contexts_in(report, Gazetteer.open(gazetteer_path())))
    contexts = tuple(c for c in read if isinstance(c, Context))
    assert len(contexts) == len(read)
    return contexts


def claims(tier: str) -> list[Mapping[str, Any]]:
    """Return the marked claims of one tier that are no counts of people."""
    kinds = {kind.value for kind in ContextKind}
    return [c for c in gold()["claims"] if c["type"] in kinds and c["tier"] == tier]


def faults(claim: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the best reading of a marked claim; empty where one has everything right."""
    near = [c for c in found() if c.kind == claim["type"] and _overlaps(claim, c)]
    if not near:
        return ["not found"]
    return min((_faults(claim, context) for context in near), key=len)


def _overlaps(claim: Mapping[str, Any], context: Context) -> bool:
    """Tell whether the spans overlap by half of the shorter one."""
    start, end = claim["spans"][0]["start"], claim["spans"][0]["end"]
    shared = min(end, context.end) - max(start, context.start)
    return bool(shared * 2 >= min(end - start, context.end - context.start))


def _faults(claim: Mapping[str, Any], context: Context) -> list[str]:
    out = []
    start, end = claim["spans"][0]["start"], claim["spans"][0]["end"]
    if context.end - context.start > 1.5 * (end - start) + 20:
        out.append(f"span {context.start}..{context.end} is far wider than {start}..{end}")
    if claim["modality"] in STANCES and context.modality is not STANCES[claim["modality"]]:
        out.append(f"modality {context.modality}")
    if claim["polarity"] != context.polarity:
        out.append(f"polarity {context.polarity}")
    return [*out, *_time(claim, context), *_place(claim, context), *_chain(claim, context), *_slots(claim, context)]


def _time(claim: Mapping[str, Any], context: Context) -> list[str]:
    """Compare days: exactly where a day, a week, a month or a year is marked; by overlap where the marks are vague."""
    time, when = claim.get("time"), context.occurred
    if time is None or time.get("inherited_from"):
        return []
    first, last = time["start"], time["end"]
    if when is None:
        return [] if first is None or time["granularity"] in OPEN else ["no time"]
    if first is None:
        return [] if last is None or str(when.end) <= last else [f"time {when.start}..{when.end}"]
    if time.get("ambiguous"):
        known = [tuple(pair) for pair in time["ambiguous"]]
        return [] if (str(when.start), str(when.end)) in known else [f"time {when.start}..{when.end}"]
    exact = (str(when.start), str(when.end)) == (first, last)
    vague = time["granularity"] in ("month_range", "months")
    near = abs(when.start - date.fromisoformat(first)) <= timedelta(31) and str(when.end) >= last
    return [] if exact or (vague and near) else [f"time {when.start}..{when.end}"]


def _place(claim: Mapping[str, Any], context: Context) -> list[str]:
    """The place of the event: the settlement, else its country; a ministry may be found as its country."""
    marked = [p["id"] for p in claim.get("place", []) if p["role"] == "event"]
    if not marked:
        return []
    places = gold()["places"]
    if context.place is None:
        return ["no place"]
    for key in marked:
        name, country = places[key]["name"], places[key].get("iso2")
        spelled = {name, *places[key].get("aliases", [])}
        if context.place.name in spelled:
            return []
        coarse = places[key]["feature"] in ("BLDG", "RGN", "PCLI")
        if coarse and context.place.country == country and context.place.precision == 6:
            return []
    return [f"place {context.place.name}"]


def _chain(claim: Mapping[str, Any], context: Context) -> list[str]:
    """Speakers in order, outermost last, in marsad's names; the outlet's own voice is empty."""
    marked = [s["name"] for s in claim.get("source_chain", [])]
    if not marked or marked[0].startswith("publisher"):
        return [] if not context.attribution else [f"attribution {context.attribution}"]
    said = [_plain(name) for name in context.attribution]
    if claim.get("statement", {}).get("act") == "call_on":  # two who speak together are two statements
        together = {
            c.attribution[0] for c in found() if (c.start, c.end, c.act) == (context.start, context.end, context.act)
        }
        said = [_plain(name) for name in together]
        return [] if {_plain(name) for name in marked} == set(said) else [f"attribution {together}"]
    same = len(said) == len(marked) and all(a in b or b in a for a, b in zip(said, map(_plain, marked), strict=True))
    return [] if same else [f"attribution {context.attribution}"]


def _plain(name: str) -> str:
    return name.lower().removeprefix("a ").removeprefix("senior ")


def _slots(claim: Mapping[str, Any], context: Context) -> list[str]:
    out = []
    if control := claim.get("control") if claim["type"] in ("control", "governance") else None:
        out += _unlike("actor", context.actor, SAME_NAME.get(control["actor"], control["actor"]))
        out += _unlike("act", context.act, ACTS[control["change"]])
        out += (
            _unlike("status", context.status, control["status"]) if "unnamed" not in control.get("extent", "") else []
        )
    if (statement := claim.get("statement")) and claim["type"] == "statement":
        out += _unlike("act", context.act, ACTS[statement["act"]])
        out += _content(statement["content"], context)
        told = " ".join(context.others)
        out += [f"addressees {told}" for who in statement.get("addressees", []) if who.split()[0] not in told + "Assad"]
    if event := claim.get("event"):
        out += _unlike("act", context.act, event["class"])
    if doer := claim.get("perpetrator"):
        out += _unlike("actor", context.actor, SAME_NAME.get(doer["name"], doer["name"]))
    if weapon := claim.get("weapon"):
        out += [] if context.weapon == "air strike" and weapon["class"] == "aerial" else [f"weapon {context.weapon}"]
    if meeting := claim.get("meeting"):
        told = " ".join([context.actor or "", *context.others, *([context.place.words] if context.place else [])])
        told = told.replace("United Nations", "UN")
        out += [f"participants {told}" for p in meeting["participants"] if p["name"].split(" (")[0] not in told]
        out += _unlike("act", context.act, "ended_without_agreement") if meeting.get("outcome") else []
    if source := claim.get("source_description"):
        out += _unlike("actor", context.actor, source["source"])
    if relation := claim.get("relation"):
        out += _unlike("actor", context.actor, relation["subject"])
        wanted = SAME_NAME.get(relation["object"], relation["object"])
        out += [] if any(o in wanted for o in context.others) else [f"others {context.others}"]
    if conflict := claim.get("conflict"):
        out += _unlike("act", context.act, conflict["relation"])
    if arms := claim.get("arms"):
        out += _unlike("act", context.act, arms["status"]) + _content(arms["surface"], context)
    if relief := claim.get("relief"):
        out += [] if relief["organisation"] in (context.actor or "") else [f"actor {context.actor}"]
    return out


def _unlike(what: str, said: object, wanted: object) -> list[str]:
    return [] if said == wanted else [f"{what} {said} not {wanted}"]


def _content(marked: Mapping[str, Any], context: Context) -> list[str]:
    """The words said: most of those marked, and little more."""
    if context.content is None:
        return ["no content"]
    start, end = context.content
    shared = min(end, marked["end"]) - max(start, marked["start"])
    whole = max(end, marked["end"]) - min(start, marked["start"])
    return [] if shared / whole >= 0.65 else [f"content {start}..{end}"]


def _report(tier: str) -> tuple[int, list[str]]:
    marked = claims(tier)
    wrong = {c["id"]: faults(c) for c in marked}
    return len(marked), [f"{key}: {'; '.join(what)}" for key, what in wrong.items() if what]


def test_everything_that_must_be_read_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Every marked claim of the first tier that is no count: kind, span, slots, time, place and chain are right."""
    count, wrong = _report("must")
    with capsys.disabled():
        sys.stdout.write(f"\ncontext, must: {count - len(wrong)} of {count}\n")
    assert wrong == []


def test_most_of_what_should_be_read_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Twelve of the fifteen claims of the second tier at least."""
    count, wrong = _report("should")
    with capsys.disabled():
        sys.stdout.write("\n  ".join([f"\ncontext, should: {count - len(wrong)} of {count}", *wrong]) + "\n")
    assert count == 15
    assert count - len(wrong) >= SHOULD, wrong


def _contexts(kind: ContextKind) -> Sequence[Context]:
    return [c for c in found() if c.kind is kind]


def test_no_trap_is_sprung() -> None:
    """Who bombed on Tuesday is the government alone; Tuesday is the 25th; the round of talks keeps its stated year."""
    [bombing] = [c for c in _contexts(ContextKind.EVENT) if c.occurred and c.occurred.words == "Tuesday"]
    assert bombing.occurred is not None
    assert (bombing.actor, str(bombing.occurred.start)) == ("Government of Syria", "2014-11-25")
    [round_of_talks] = [c for c in _contexts(ContextKind.MEETING) if c.act == "ended_without_agreement"]
    assert round_of_talks.occurred is not None
    assert {round_of_talks.occurred.start.year, round_of_talks.occurred.end.year} == {2013}


def test_who_said_it_stays_with_the_one_who_did() -> None:
    """Two coalitions stand in the story: the one that speaks is never the one that bombs."""
    assert all(c.attribution[0] != "US-led coalition" for c in _contexts(ContextKind.STATEMENT))
