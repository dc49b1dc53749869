"""Tables of displacement: UNHCR's and IDMC's by year, and any with HXL tags, become stocks and flows of their places."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from marsad.collect.files import gather
from marsad.collect.particulars import Particulars
from marsad.context.people import Flow, People
from marsad.model import Count
from marsad.pipeline.control import asked_place, opened_gazetteer
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.people import everybody, lived
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService
from marsad.stage import Rejection

NOW = datetime(2016, 1, 1, tzinfo=UTC)
UNHCR_ORIGIN = """year,coo_iso,coo_name,refugees,asylum_seekers,returned_refugees,idps,returned_idps
2013.0,SYR,Syrian Arab Rep.,2400000,0,140000,6500000,0
2014.0,SYR,Syrian Arab Rep.,3800000,0,0,7600000,0
"""
UNHCR_ASYLUM = """Year,Country of Origin,Country of Asylum,Refugees under UNHCR's mandate,Asylum-seekers
2014,Syrian Arab Rep.,Lebanon,1150000,0
2014,Iraq,Lebanon,8000,1500
"""
IDMC = """ISO3,Name,Year,Conflict Total Displacement,Conflict Internal Displacements
SYR,Syria,2013,6500000,3500000
SYR,Syria,2014,7600000,1100000
"""
HXL = """Town,Day,IDPs,New families,Refugees
#adm3+name,#date,#affected+idps+ind,#affected+idps+new+hh,#affected+refugees
Idlib,2014-11-30,45000,120,
Qamishli,2014-11-30,,,9000
"""
Ask = Callable[[str], list[People]]


@pytest.fixture(scope="module")
def obs(tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    """An observatory that has taken in all four tables."""
    folder = tmp_path_factory.mktemp("tables")
    made = Observatory.init(folder / "obs", "tables", NOW)
    tables = {"origin": UNHCR_ORIGIN, "asylum": UNHCR_ASYLUM, "idmc": IDMC, "hxl": HXL}
    with made.kept() as kept:
        service = WriteService(kept, made.vault, bytes)
        for name, text in tables.items():
            (folder / f"{name}.csv").write_text(text, "utf-8")
            given = Particulars(outlet="A Cluster", published=date(2014, 12, 1)) if name == "hxl" else Particulars()
            received = service.receive_all(gather(folder / f"{name}.csv", given), lambda: NOW)
            assert not [r for r in received if isinstance(r, Rejection)]
    run(made, processes=1)
    return made


@pytest.fixture
def ask(obs: Observatory) -> Ask:
    """Ask for everything told of the people of a place."""

    def everything(place: str) -> list[People]:
        with obs.derived(read_only=True) as derived:
            return everybody(derived, asked_place(derived, opened_gazetteer(obs), place))

    return everything


def _said(people: list[People]) -> set[tuple[str, str, int, str]]:
    return {(p.source, p.flow.value, p.persons.low, p.last.isoformat()) for p in people if p.persons}


@pytest.mark.long
def test_two_publishers_of_one_country_stand_side_by_side(ask: Ask) -> None:
    """Stocks of the end of the year, flows of the year; a 0 that means "not counted" is nothing."""
    assert _said(ask("Syria")) == {
        ("UNHCR", "abroad", 2_400_000, "2013-12-31"),
        ("UNHCR", "abroad", 3_800_000, "2014-12-31"),
        ("UNHCR", "present", 6_500_000, "2013-12-31"),
        ("UNHCR", "present", 7_600_000, "2014-12-31"),
        ("UNHCR", "repatriated", 140_000, "2013-12-31"),
        ("IDMC", "present", 6_500_000, "2013-12-31"),
        ("IDMC", "present", 7_600_000, "2014-12-31"),
        ("IDMC", "new", 3_500_000, "2013-12-31"),
        ("IDMC", "new", 1_100_000, "2014-12-31"),
    }


def test_flows_explain_a_stock_or_do_not(obs: Observatory) -> None:
    """1.1 million more are the 1.1 million newly displaced: IDMC's stock is explained, UNHCR's has no flow."""
    with obs.derived(read_only=True) as derived:
        found = lived(obs, derived, asked_place(derived, opened_gazetteer(obs), "Syria"), "ucdp")
    told = {(b.source, b.flow): (b.grew, b.unexplained) for b in found.balances}
    assert told["IDMC", Flow.PRESENT] == ((1_100_000, 1_100_000), (0, 0))
    assert told["UNHCR", Flow.PRESENT] == ((1_100_000, 1_100_000), None)


def test_refugees_are_told_apart_by_where_they_are_from(ask: Ask) -> None:
    """In Lebanon: from Syria and from Iraq."""
    told = {(p.origin, p.flow, p.persons.low) for p in ask("Lebanon") if p.persons}
    assert told == {
        ("Syria", Flow.REFUGEES, 1_150_000),
        ("Iraq", Flow.REFUGEES, 8_000),
        ("Iraq", Flow.ASYLUM_SEEKERS, 1_500),
    }


def test_hashtags_tell_stock_flow_and_households(ask: Ask) -> None:
    """+idps are there, +new have come, +hh are households."""
    told = {p.flow: p for p in ask("Idlib")}
    assert told[Flow.PRESENT].persons == Count(45_000, None, 45_000)
    assert told[Flow.NEW].households == Count(120, None, 120)
    assert told[Flow.NEW].persons == Count(480, 600, 840)
    assert [(p.flow, p.persons) for p in ask("Qamishli")] == [(Flow.REFUGEES, Count(9_000, None, 9_000))]
