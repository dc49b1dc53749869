"""The store of what is derived: what goes in comes out, all at once, and can be made again to the same digest."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.model import ReportId, Wrong
from marsad.store.derived import Derived
from marsad.store.derived_tables import KEYS, SCHEMAS, TABLES
from marsad.store.places import Place, Server

CLAIM: dict[str, Any] = {
    "claim_id": "c1",
    "report_id": "r1",
    "start": 3,
    "end": 20,
    "text": "more than 195,000",
    "measure": "killed",
    "value": 195000,
    "low": 195001,
    "bound": "more_than",
    "status": "unknown",
    "attribution": ["المرصد السوري", "AFP"],
    "occurred_from": date(2014, 11, 25),
    "occurred_to": date(2014, 11, 26),
    "occurred_precision": 2,
    "place_words": "Raqqa",
    "place_id": "gn:1",
    "place_name_ar": "الرقة",
    "latitude": 35.95,
    "longitude": 39.01,
    "place_precision": 1,
    "scope": "cumulative",
    "modality": "asserted",
    "relations": ["contradicts:c9"],
    "flags": ["place_inferred"],
    "derived": False,
    "rule": "n",
    "score": 0.9,
    "names": ["MJNJ:majengo"],
}
TOLL: dict[str, Any] = {
    "incident_id": "i1",
    "policy": "ucdp",
    "measure": "killed",
    "category": "total",
    "low": 95,
    "best": 95,
    "high": 95,
    "standing": "stated",
    "origins": 1,
    "why": '{"rule":"x"}',
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Derived.create(tmp_path / "derived.db")
    return tmp_path / "derived.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Place:
    """Where an empty store lies: what is said here of one holds for both."""
    found: Place = request.getfixturevalue("path" if request.param == "sqlite" else "stores")
    return found


@pytest.fixture
def derived(place: Place) -> Iterator[Derived]:
    with Derived(place) as store:
        yield store


def table(name: str, *rows: dict[str, Any]) -> pa.Table:
    """Return rows as a table; columns that a row does not name are null."""
    return pa.Table.from_pylist([{f: row.get(f) for f in SCHEMAS[name].names} for row in rows], schema=SCHEMAS[name])


def claims(*changes: dict[str, Any]) -> pa.Table:
    return table("claim", *({**CLAIM, **change} for change in changes))


def values(field: pa.Field) -> st.SearchStrategy[Any]:
    """Return any value of a column that no rule between columns can forbid."""
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "string": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
        "int64": st.integers(-(2**63), 2**63 - 1),
        "bool": st.booleans(),
        "date32[day]": st.dates(),
        "double": st.floats(0.001, 1),
    }
    kind = kinds[str(field.type)]
    return st.one_of(st.none(), kind) if field.nullable else kind


@pytest.mark.long
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), name=st.sampled_from(["sketch", "copy", "fold", "membership", "rejection", "reading"]))
def test_what_goes_in_comes_out(data: st.DataObject, name: str, derived: Derived) -> None:
    """Whatever rows are put into a table come out of it, in the order of their key."""
    rows = data.draw(
        st.lists(
            st.fixed_dictionaries({f.name: values(f) for f in SCHEMAS[name]}),
            unique_by=lambda row: tuple(row[key] for key in KEYS[name] or row),
            max_size=6,
        )
    )
    derived.clear()
    derived.put(name, table(name, *rows))
    columns = KEYS[name] or SCHEMAS[name].names
    in_order = sorted(rows, key=lambda row: [(row[c] is not None, row[c]) for c in columns])
    assert derived.table(name).to_pylist() == in_order
    assert derived.count(name) == len(rows)


@pytest.mark.long
@pytest.mark.parametrize("text", ["a\0b", "\0", "\ufdd0", "\ufdd00", "\0\ufdd01\0", "ab\0" * 3])
def test_every_character_is_kept(derived: Derived, text: str) -> None:
    """Words with U+0000, which one of the databases refuses, come out as they went in, are found, and stay apart."""
    rows = claims({"text": text}, {"claim_id": "c2", "text": text.replace("\0", "")})
    derived.put("claim", rows)
    assert derived.table("claim").equals(rows)
    assert derived.table("claim", text=text)["claim_id"][0].as_py() == "c1"


def test_a_claim_in_full(derived: Derived) -> None:
    """Every column of a claim comes out as it went in: days, lists in any script, nulls, truth, numbers."""
    rows = claims({}, {"claim_id": "c2", "attribution": [], "derived": True, "latitude": None, "occurred_words": "x"})
    derived.put("claim", rows)
    assert derived.table("claim").equals(rows)
    assert derived.table("claim").schema.equals(SCHEMAS["claim"])


def test_an_empty_table_has_its_schema(derived: Derived) -> None:
    """Nothing stored is a table without rows, not no table."""
    for name, schema in SCHEMAS.items():
        assert derived.table(name).equals(schema.empty_table())


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("claim", {"low": 96, "high": 95}),
        ("claim", {"start": 20}),
        ("claim", {"start": -1}),
        ("claim", {"score": 1.5}),
        ("claim", {"occurred_to": date(2014, 11, 24)}),
        ("claim", {"occurred_to": None}),
        ("claim", {"occurred_precision": 6}),
        ("claim", {"latitude": 91.0}),
        ("claim", {"place_precision": 0}),
        ("toll", {"best": 94}),
        ("toll", {"best": 96}),
        ("toll", {"low": None}),
        ("toll", {"low": -1}),
        ("toll", {"origins": -1}),
    ],
)
def test_impossible_rows_are_refused(derived: Derived, name: str, change: dict[str, Any]) -> None:
    """The tables refuse what cannot be: low above high, a toll half-known, a place off the globe."""
    good = {"claim": CLAIM, "toll": TOLL}[name]
    with pytest.raises(Wrong, match=r"(?i)check constraint"):
        derived.put(name, table(name, good, {**good, **change}))
    assert derived.count(name) == 0
    derived.put(name, table(name, good))


def test_a_toll_of_nothing_known(derived: Derived) -> None:
    """A toll may have no bounds at all."""
    derived.put("toll", table("toll", {**TOLL, "low": None, "best": None, "high": None}))
    assert derived.table("toll").to_pylist()[0]["low"] is None


def test_the_same_row_twice_is_refused(derived: Derived) -> None:
    """A claim that is there already is not put a second time, and nothing of that batch is."""
    derived.put("claim", claims({}))
    with pytest.raises(Wrong, match=r"(?i)unique"):
        derived.put("claim", claims({"claim_id": "c2"}, {}))
    assert derived.count("claim") == 1


def test_replacing_is_all_or_nothing(derived: Derived) -> None:
    """If one of several tables cannot be replaced, none is; a reader meanwhile sees the old ones."""
    derived.replace({"claim": claims({}), "toll": table("toll", TOLL)})
    before = derived.digest()
    with pytest.raises(Wrong):
        derived.replace({"claim": claims({"claim_id": "c9"}), "toll": table("toll", {**TOLL, "best": 0})})
    assert derived.digest() == before
    with Derived(derived.path) as other, derived.write():
        derived.replace({"claim": claims({"claim_id": "c9"}), "toll": table("toll")})
        assert other.digest() == before
    assert derived.table("claim")["claim_id"].to_pylist() == ["c9"]
    assert derived.count("toll") == 0


def test_reading_marks_and_rows_are_one_commit(derived: Derived) -> None:
    """If putting fails, the report stays unread."""
    with pytest.raises(Wrong), derived.write():
        _read_and_put(derived, claims({}, {}))
    assert list(derived.unread("extract", "1", [ReportId("r1")])) == ["r1"]


def _read_and_put(derived: Derived, table: pa.Table) -> None:
    derived.mark_read("extract", "1", [ReportId("r1")])
    derived.put("claim", table)


def test_unread_by_stage_and_version(derived: Derived) -> None:
    """What is read is read for one stage in one version; the order of the unread is the one given."""
    ids = [ReportId(f"r{n}") for n in range(1200)]
    derived.mark_read("extract", "1", ids[::2])
    derived.mark_read("extract", "1", [])
    assert list(derived.unread("extract", "1", iter(ids))) == ids[1::2]
    assert list(derived.unread("extract", "2", ids)) == ids
    assert list(derived.unread("sketch", "1", reversed(ids))) == ids[::-1]


def test_some_rows_of_a_table(derived: Derived) -> None:
    """Rows are found by one value, by many, by null, and by several columns, in the order of the key."""
    derived.put(
        "claim",
        claims(*({"claim_id": f"c{n:04}", "report_id": f"r{n % 700}", "group": "men"} for n in range(1400)), {}),
    )
    assert derived.table("claim", claim_id="c0007")["report_id"].to_pylist() == ["r7"]
    many = [f"r{n}" for n in range(699, 0, -1)]
    assert derived.table("claim", report_id=many).num_rows == 2 * 699 + 1
    assert derived.table("claim", report_id=many)["claim_id"].to_pylist() == sorted(
        derived.table("claim", report_id=many)["claim_id"].to_pylist()
    )
    assert derived.table("claim", group=None)["claim_id"].to_pylist() == ["c1"]
    assert derived.table("claim", report_id=["r1", "r2"], claim_id=["c0001", "c0003"]).num_rows == 1
    assert derived.table("claim", report_id=[]).num_rows == 0
    with pytest.raises(KeyError):
        derived.table("claim", no_column="x")
    with pytest.raises(KeyError):
        derived.table("no_table")


def test_digest_is_of_content(derived: Derived, tmp_path: Path) -> None:
    """The digest is the same however and whenever rows arrived, and another after any change of any table."""
    first, second = claims({}), claims({"claim_id": "c2"})
    derived.put("claim", second)
    derived.put("claim", first)
    Derived.create(tmp_path / "other.db")
    with Derived(tmp_path / "other.db") as other:
        empty = other.digest()
        other.put("toll", table("toll", TOLL))
        other.clear()
        assert other.digest() == empty
        other.put("claim", pa.concat_tables([first, second]))
        assert other.digest() == derived.digest()
        other.mark_read("extract", "1", [ReportId("r1")])
        assert other.digest() != derived.digest()


def test_a_removed_table_is_told(own_stores: Server) -> None:
    """Every schema of the model has a table on a server, too; one that was dropped, a rule, a column added are told."""
    with Derived(own_stores) as store:
        assert list(store.structure_faults()) == []
        with psycopg.connect(own_stores.conninfo, autocommit=True) as owner:
            owner.execute("DROP TABLE marsad_derived.toll")
            owner.execute("ALTER TABLE marsad_derived.claim DROP CONSTRAINT claim_bounds, ADD COLUMN note text")
        told = list(store.structure_faults())
    assert "table toll is missing" in told
    assert {"rule claim.claim_bounds is missing", "column claim.note is not marsad's"} <= set(told)


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_structure(derived: Derived) -> None:
    """Every schema of the model has a strict table of its columns; a dropped one is told."""
    assert isinstance(derived.path, Path)
    assert list(derived.structure_faults()) == []
    raw = sqlite3.connect(derived.path)
    for name, schema in SCHEMAS.items():
        found = [row[0] for row in raw.execute(f"SELECT name FROM pragma_table_info('{name}')")]  # noqa: S608
        assert found == schema.names
    strict = raw.execute("SELECT min(strict) FROM pragma_table_list WHERE name NOT LIKE 'sqlite_%'").fetchone()
    assert strict == (1,)
    raw.execute("DROP TABLE toll")
    raw.close()
    assert "table toll is missing" in list(derived.structure_faults())
    assert TABLES.keys() == SCHEMAS.keys()


def test_kinds_of_store_are_not_mixed_up(path: Path) -> None:
    """The store of what is kept cannot be opened as this one."""
    from marsad.store.kept import Kept

    with pytest.raises(Wrong, match="is not the mark of this kind"):
        Kept(path)


def test_incidents_of_a_place_by_their_nearness_to_a_day(derived: Derived) -> None:
    """The nearest on either side of the day, by the place's id or, where no gazetteer has it, by its words; each place once."""
    town = {"place_words": "Sabt", "place_id": "gn:1", "place_name": "Sabt", "place_precision": 1}
    town |= {"latitude": 1.0, "longitude": 2.0}
    village = {"place_words": "Marj", "place_name": "Marj"}

    def incident(name: str, day: int, place: dict[str, Any]) -> dict[str, Any]:
        when = {"occurred_from": date(2030, 3, day), "occurred_to": date(2030, 3, day), "occurred_precision": 1}
        return {"incident_id": name, "code": name.upper(), **when, **place}

    derived.put("incident", table("incident", *(incident(f"i{day}", day, town) for day in (1, 5, 9, 20))))
    derived.put("incident", table("incident", incident("v5", 5, village)))
    assert derived.incidents_at("gn:1", "", date(2030, 3, 8), 1) == ["i5", "i9"]
    assert derived.incidents_at("gn:1", "", None, 2) == ["i20", "i9"]
    assert derived.incidents_at(None, "Marj", date(2030, 3, 8), 3) == ["v5"]
    assert [row["place_words"] for row in derived.scenes_of_incidents()] == ["Marj", "Sabt"]
