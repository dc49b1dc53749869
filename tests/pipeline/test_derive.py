"""From claims to tolls: what is derived agrees with itself, table by table."""

from datetime import date

import pytest
from many import many
from small_world import NOW, Story, derived, killed
from told import MSF, SNHR, SOHR, TUESDAY, Prints, at_least, civilians, day, fighters

from marsad.engines.local import LocalEngine
from marsad.model import Measure, Wrong
from marsad.model.schema import COPY, FOLD, GRADING, INCIDENT, LINEAGE, MEMBERSHIP, REJECTION, REWORDED, TOLL
from marsad.model.schema_linking import GROUPED, LINKED, PAIR, PROPOSAL, RANGE, TELLING
from marsad.model.schema_state import LEAD, NUMBERED, WEIGHT
from marsad.pipeline.derive import Tables, derivation_version
from marsad.stage import Query

SHAPES = {
    "copy": COPY,
    "reworded": REWORDED,
    "fold": FOLD,
    "lineage": LINEAGE,
    "incident": INCIDENT,
    "membership": MEMBERSHIP,
    "toll": TOLL,
    "grading": GRADING,
    "telling": TELLING,
    "proposal": PROPOSAL,
    "range": RANGE,
    "rejection": REJECTION,
    "pair": PAIR,
    "grouped": GROUPED,
    "linked": LINKED,
    "lead": LEAD,
    "numbered": NUMBERED,
    "weight": WEIGHT,
}


@pytest.fixture(scope="module")
def tables() -> Tables:
    """What is derived from three hundred reports of many kinds."""
    return many(11, 300).derived()


def column(tables: Tables, table: str, name: str) -> list[str]:
    values: list[str] = tables[table].column(name).to_pylist()
    return values


@pytest.mark.long
def test_tables_have_their_schemas(tables: Tables) -> None:
    """Names, types and what may be null are the model's."""
    assert {name: table.schema for name, table in tables.items()} == SHAPES


def test_a_claim_has_one_incident_and_one_fold(tables: Tables) -> None:
    """No claim is in two incidents, and every member's origin is told."""
    members = column(tables, "membership", "claim_id")
    assert len(members) == len(set(members))
    assert sorted(members) == column(tables, "fold", "claim_id")


def test_incidents_are_graded_and_have_tolls(tables: Tables) -> None:
    """Members, tolls and grades name incidents that are there, and each incident has all three."""
    incidents = column(tables, "incident", "incident_id")
    assert incidents == sorted(set(incidents))
    for table in ("membership", "toll", "grading"):
        assert set(column(tables, table, "incident_id")) == set(incidents)
    assert len(column(tables, "grading", "incident_id")) == len(incidents)
    codes = column(tables, "incident", "code")
    assert len(codes) == len(set(codes))


def test_every_report_has_a_leader_that_leads_itself(tables: Tables) -> None:
    """Families do not point at members of other families."""
    leader = dict(zip(column(tables, "copy", "report_id"), column(tables, "copy", "leader"), strict=True))
    assert len(leader) == 300
    assert all(leader[one] == one for one in leader.values())


def test_nothing_in_nothing_out() -> None:
    """No reports: every table is there, and empty."""
    tables = Prints().derived()
    assert {name: table.num_rows for name, table in tables.items()} == dict.fromkeys(SHAPES, 0)
    assert {name: table.schema for name, table in tables.items()} == SHAPES


def test_reports_without_claims_are_reports() -> None:
    """They have a leader, and nothing else."""
    made = Prints()
    made.add("A", TUESDAY)
    tables = made.derived()
    assert [tables[name].num_rows for name in ("copy", "incident", "rejection")] == [1, 0, 0]


@pytest.mark.long
def test_the_engine_may_be_used_again() -> None:
    """Nothing of one derivation shows in the next on the same engine."""
    with LocalEngine(1, threads=1) as engine:
        first = many(12, 40).derived(engine=engine)
        many(13, 60).derived(engine=engine)
        again = many(12, 40).derived(engine=engine)
    assert all(again[name].equals(first[name]) for name in first)


def test_an_incident_that_cannot_be_assessed_is_one_rejection() -> None:
    """A number too large for any table is refused with its incident; the other incident is what it was."""
    made = Prints()
    made.add("A", day(26), {**civilians(2**62), "by": SOHR}, {**fighters(2**62), "by": SOHR})
    made.add("B", day(20), {"value": 12, "on": day(20)})
    tables = made.derived()
    assert [r["stage"] for r in tables["rejection"].to_pylist()] == ["assess"]
    assert column(tables, "incident", "code") == ["DUMA-2014-11-20"]
    assert tables["membership"].num_rows == 1


def test_the_version_names_every_stage_and_policy() -> None:
    """Another stage, version or policy is another way of deriving."""
    version = derivation_version(["ucdp"])
    for name in (
        "sketch",
        "twins",
        "near",
        "families",
        "facets",
        "tellings",
        "blocks",
        "pairs",
        "groups",
        "linking",
        "weigh",
        "assess",
        "ucdp-2.0",
    ):
        assert name in version
    assert version != derivation_version(["airwars", "ucdp"])
    with pytest.raises(Wrong):
        derivation_version(["undp"])


@pytest.mark.long
def test_a_story_from_text_to_toll() -> None:
    """Three monitors, a reprint, a revision: from sentences to low, best and high."""
    strike = date(2014, 11, 25)
    told = [
        Story("Gulf Gate", day(25), killed("Duma", strike, 63, "the Syrian Observatory for Human Rights")),
        Story(
            "Wire", day(26), killed("Duma", strike, 95, "the Syrian Observatory for Human Rights", "A market was hit.")
        ),
        Story(
            "World Desk", day(26), killed("Duma", strike, 120, "the Syrian Network for Human Rights", "Shops burnt.")
        ),
        Story("Digest", day(27), killed("Duma", strike, 95, None, "So it was told in the capital on Thursday.")),
    ]
    with LocalEngine(1, threads=1) as engine:
        tables = derived([(story, NOW) for story in told], engine)
    [grading] = tables["grading"].to_pylist()
    assert (grading["grade"], grading["origins"]) == ("fair", 2)
    totals = {
        r["policy"]: (r["low"], r["best"], r["high"]) for r in tables["toll"].to_pylist() if r["category"] == "total"
    }
    assert totals == {"airwars": (95, None, 120), "ucdp": (95, 95, 120)}


@pytest.mark.long
def test_one_incident_counts_each_measure_and_part_once() -> None:
    """Totals, parts and the injured of several origins stand side by side, nothing is added up."""
    made = Prints()
    made.add("A", day(26), {**at_least(95), "by": SOHR}, {**civilians(52), "by": SOHR})
    made.add("B", day(26), {"value": 120, "by": SNHR}, {"value": 200, "measure": Measure.INJURED, "by": SNHR})
    made.add("C", day(27), {"value": 80, "by": MSF})
    assert (made.toll(), made.toll(category="civilians")) == ((80, 80, 120), (52, 52, 52))
    assert made.toll(measure="injured") == (200, 200, 200)
    assert made.origins() == [3]


@pytest.mark.long
def test_more_reports_ask_no_more_queries() -> None:
    """The work grows with rows, not with queries: linking ten times the reports asks no more than a few rounds more."""
    asked = []
    for size in (20, 200):
        engine = _Counting()
        with engine:
            many(14, size).derived(engine=engine)
        asked.append(engine.ran)
    assert asked[1] <= asked[0] + 24


class _Counting(LocalEngine):
    """The local engine, counting queries."""

    def __init__(self) -> None:
        super().__init__(1, threads=1)
        self.ran = 0

    def run(self, query: Query) -> list[tuple[object, ...]]:
        """Count and run the query."""
        self.ran += 1
        return super().run(query)
