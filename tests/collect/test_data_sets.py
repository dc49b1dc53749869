"""The field's data sets: each row a report, each number a claim, with the set's own codes and where it was found."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_tables import ACLED, CLASH, RAQQA, UCDP, table
from read_claims import claims, found_in, head, numbers, reports, said, words

from marsad.collect.incoming import Incoming
from marsad.collect.row_hooks import hooked
from marsad.model import Bound, Scope, Status, Wrong
from marsad.stage import Rejection
from marsad.text.row_lines import Cell, row_cells, row_text


def restored(item: Incoming) -> dict[str, str]:
    """Return the cells of the row that a report was made of, by the names of their columns."""
    cells = [found.cell for found in row_cells(words(item))]
    return {c.column: c.theirs or c.value for c in cells if c.made_of is None}


def test_ucdp_best_low_high(tmp_path: Path) -> None:
    """Best, low and high are one claim; civilians may be as many more as are unknown, never more than there are."""
    [row] = reports(found_in(tmp_path, "ged.csv", table(UCDP, RAQQA)))
    assert (row.outlet, head(row)["row"], head(row)["set"]) == ("Uppsala Conflict Data Program", "2", "UCDP GED")
    assert numbers(row) == {
        "killed": (95, 60, 120),
        "killed_civilians": (48, 48, 92),
        "killed_combatants": (3, 3, 47),
        "killed_unknown": (44, 44, 44),
    }
    whole, *parts = claims(row)
    assert whole.bound is Bound.RANGE
    assert [c.subset_of for c in parts] == [whole.claim_id] * 3
    assert whole.attribution == ("Syrian Observatory for Human Rights",)
    assert whole.occurred is not None
    assert (str(whole.occurred.start), str(whole.occurred.end), whole.occurred.precision) == ("2014-11-25",) * 2 + (1,)
    assert whole.place is not None
    assert (whole.place.latitude, whole.place.longitude, whole.place.precision) == (35.95, 39.01, 1)
    assert whole.place.country == "SY"


@pytest.mark.parametrize(
    ("codes", "precision", "scope"),
    [
        ({"date_prec": "4", "date_start": "2014-11-01", "date_end": "2014-11-30"}, 4, Scope.INCIDENT),
        ({"event_clarity": "2", "date_prec": "2", "date_end": "2014-11-27"}, 2, Scope.AGGREGATE),
    ],
)
def test_ucdp_codes(tmp_path: Path, codes: dict[str, str], precision: int, scope: Scope) -> None:
    """The set's own date precision is kept, and an event that cannot be undone from its aggregate is none."""
    [row] = reports(found_in(tmp_path, "ged.csv", table(UCDP, RAQQA | codes)))
    whole = claims(row)[0]
    assert whole.occurred is not None
    assert (whole.occurred.precision, whole.scope) == (precision, scope)


def test_ucdp_candidate_without_header(tmp_path: Path) -> None:
    """A Candidate file without its header gives the very same reports as one with it, its first row included."""
    second = RAQQA | {
        "id": "70002",
        "best": "5",
        "low": "5",
        "high": "5",
        "deaths_unknown": "0",
        "deaths_civilians": "2",
    }
    with_header = reports(found_in(tmp_path, "a.csv", table(UCDP, RAQQA, second)))
    without = reports(found_in(tmp_path, "b.csv", table(UCDP, RAQQA, second, header=False)))
    assert [words(r) for r in without] == [words(r) for r in with_header]
    assert [r.key for r in without] == [r.key for r in with_header]
    assert [head(r)["row"] for r in without] == ["1", "2"]


def test_ucdp_older_names(tmp_path: Path) -> None:
    """Older releases call the numbers best_est, high_est and low_est."""
    columns = [{"best": "best_est", "high": "high_est", "low": "low_est"}.get(name, name) for name in UCDP]
    row = {columns[UCDP.index(name)]: value for name, value in RAQQA.items()}
    [made] = reports(found_in(tmp_path, "old.csv", table(columns, row)))
    assert numbers(made)["killed"] == (95, 60, 120)


def test_ucdp_one_sided(tmp_path: Path) -> None:
    """In one-sided violence side A is who killed; in a battle nobody is named."""
    one_sided = RAQQA | {"type_of_violence": "3", "side_a": "IS", "side_b": "Civilians"}
    [row] = reports(found_in(tmp_path, "ged.csv", table(UCDP, one_sided)))
    assert {c.perpetrator for c in claims(row)} == {"IS"}
    [battle] = reports(found_in(tmp_path, "b.csv", table(UCDP, RAQQA)))
    assert {c.perpetrator for c in claims(battle)} == {None}


def test_ucdp_no_civilians_is_no_statement(tmp_path: Path) -> None:
    """A zero of deaths_civilians beside unknown dead does not say that no civilian died."""
    [row] = reports(
        found_in(tmp_path, "ged.csv", table(UCDP, RAQQA | {"deaths_civilians": "0", "deaths_unknown": "92"}))
    )
    assert "killed_civilians" not in numbers(row)


@pytest.mark.parametrize(
    "inter",
    [
        {},
        {"inter1": "3", "inter2": "7", "interaction": "37"},
        {"civilian_targeting": "Civilians targeted", "interaction": "Political militia - Civilians"},
    ],
)
def test_acled_in_either_style(tmp_path: Path, inter: dict[str, str]) -> None:
    """Numbers or words for the actors, a byte order mark or none: the same claim."""
    for mark in (True, False):
        [row] = reports(found_in(tmp_path, "acled.csv", table(ACLED, CLASH | inter, mark=mark)))
        [claim] = claims(row)
        assert (claim.value, claim.low, claim.high, claim.status) == (12, 12, 12, Status.CIVILIAN)
        assert claim.perpetrator == "Unidentified Armed Group (Syria)"
        assert claim.attribution == ()
        assert str(row.published) == "2014-11-27"
        assert restored(row)["inter1"] == (inter.get("inter1") or "Political militia")


@pytest.mark.parametrize(
    ("code", "days", "precision"),
    [
        ("1", ("2014-11-25", "2014-11-25"), 1),
        ("2", ("2014-11-22", "2014-11-28"), 3),
        ("3", ("2014-11-01", "2014-11-30"), 4),
    ],
)
def test_acled_time_precision(tmp_path: Path, code: str, days: tuple[str, str], precision: int) -> None:
    """A middle day stands for its week or its month; the code itself stays in the row."""
    [row] = reports(found_in(tmp_path, "acled.csv", table(ACLED, CLASH | {"time_precision": code})))
    when = claims(row)[0].occurred
    assert when is not None
    assert ((str(when.start), str(when.end)), when.precision) == (days, precision)
    assert restored(row)["time_precision"] == code


def test_acled_no_fatalities_told(tmp_path: Path) -> None:
    """0 fatalities means that no source told of any: no claim, and no zero."""
    [row] = reports(found_in(tmp_path, "acled.csv", table(ACLED, CLASH | {"fatalities": "0"})))
    assert claims(row) == []
    assert restored(row)["fatalities"] == "0"


def test_acled_remote_violence(tmp_path: Path) -> None:
    """Where one actor is civilians, the other one did it; the kind of event names the weapon."""
    strike = {"event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike"}
    [row] = reports(found_in(tmp_path, "acled.csv", table(ACLED, CLASH | strike)))
    [claim] = claims(row)
    assert (claim.weapon, claim.perpetrator, claim.status) == (
        "air strike",
        "Unidentified Armed Group (Syria)",
        Status.UNKNOWN,
    )


def test_airwars_minima_maxima_grade(tmp_path: Path) -> None:
    """Published minimum and maximum are a range, and nothing where both are 0; the grade is kept."""
    data = (
        b"unique_reference_code,date,location_name,civilian_non_combatants_killed_min,civilian_non_combatants_killed_max,"
        b"children_killed_min,children_killed_max,women_killed_min,women_killed_max,belligerents_killed_min,"
        b"belligerents_killed_max,civilian_harm_status,latitude,longitude,geolocation_accuracy\n"
        b"XX0001,2017-03-17,Harbour quarter,0,5,2,2,0,0,1,4,Contested,36.34,43.13,Neighbourhood/area\n"
    )
    [row] = reports(found_in(tmp_path, "airwars.csv", data))
    assert numbers(row) == {
        "killed_civilians_min": (None, 0, 5),
        "killed_children_min": (2, 2, 2),
        "killed_combatants_min": (None, 1, 4),
    }
    by_status = {(c.status, c.group): c for c in claims(row)}
    assert by_status[Status.COMBATANT, None].low == 1
    assert "grade (civilian_harm_status): Contested" in words(row)
    assert by_status[Status.COMBATANT, None].place.precision == 2  # type: ignore[union-attr]
    assert not any("women" in c.text for c in claims(row))


def test_iraq_body_count(tmp_path: Path) -> None:
    """Notes before the header are passed over; an entry with an x is one number for many incidents."""
    data = (
        b"Invented notes before the table\n\n"
        b"IBC code,Start Date,End Date,Location,Target,Weapons,Reported Minimum,Reported Maximum,Sources\n"
        b'k00001,20 Mar 2003,20 Mar 2003,"Harbour, Baghdad",market,gunfire,2,4,"Invented Wire; Made-up Post"\n'
        b"x00002a,1 Mar 2003,31 Mar 2003,Baghdad,,,10,10,Invented Morgue\n"
    )
    first, second = reports(found_in(tmp_path, "ibc.csv", data))
    [one], [other] = claims(first), claims(second)
    assert (one.value, one.low, one.high, one.status, one.weapon) == (None, 2, 4, Status.CIVILIAN, "gunfire")
    assert (one.scope, other.scope) == (Scope.INCIDENT, Scope.AGGREGATE)
    assert other.attribution == ("Invented Morgue",)
    assert other.occurred is not None
    assert other.occurred.days == 31
    assert head(first)["row"] == "4"


def test_tech_for_palestine_days_as_json(tmp_path: Path) -> None:
    """A day's number is of all incidents of its hours, a total runs since the war began; filled-in columns claim nothing."""
    day = {
        "report_date": "2023-12-02",
        "report_source": "mohtel",
        "report_period": 48,
        "killed": 7,
        "killed_cum": 15_000,
    }
    more = {"killed_children_cum": 6_000, "ext_killed": 9, "ext_killed_cum": 15_001, "med_killed_cum": 250}
    quiet = {
        "report_date": "2023-12-03",
        "report_source": "missing",
        "report_period": 0,
        "ext_killed": 5,
        "ext_killed_cum": 15_006,
    }
    data = json.dumps([day | more, quiet]).encode()
    first, second = reports(found_in(tmp_path, "casualties_daily.json", data))
    assert numbers(first) == {
        "killed": (7, 7, 7),
        "total_killed": (15_000, 15_000, 15_000),
        "total_killed_children": (6_000, 6_000, 6_000),
        "total_killed_medics": (250, 250, 250),
    }
    by_field = {c.text.split(" ")[0]: c for c in claims(first)}
    assert by_field["killed"].scope is Scope.AGGREGATE
    assert str(by_field["killed"].occurred.start) == "2023-12-01"  # type: ignore[union-attr]
    assert by_field["total_killed"].scope is Scope.CUMULATIVE
    assert str(by_field["total_killed"].occurred.start) == "2023-10-07"  # type: ignore[union-attr]
    assert by_field["total_killed_children"].subset_of == by_field["total_killed"].claim_id
    assert by_field["killed"].attribution == ("Gaza Ministry of Health",)
    assert claims(second) == []
    assert restored(second)["ext_killed"] == "5"


def test_tech_for_palestine_nested(tmp_path: Path) -> None:
    """In the West Bank what is verified stands in an object of its own; without it the bulletin's total is taken."""
    rows = [
        {
            "report_date": "2024-01-02",
            "verified": {"killed": 2, "killed_cum": 300},
            "killed_cum": 310,
            "flash_source": "un",
        },
        {"report_date": "2024-01-03", "killed_cum": 311, "flash_source": "un"},
    ]
    first, second = reports(found_in(tmp_path, "west_bank_daily.json", json.dumps(rows).encode()))
    assert numbers(first) == {"killed": (2, 2, 2), "total_killed": (300, 300, 300)}
    assert numbers(second) == {"total_killed": (311, 311, 311)}


def test_tech_for_palestine_names(tmp_path: Path) -> None:
    """A name is one dead of a total: a claim of one person, in the background, of no incident."""
    rows = [
        {
            "id": "900000001",
            "name": "اسم مخترع",
            "en_name": "Invented Name",
            "age": 7,
            "dob": "",
            "sex": "f",
            "source": "h",
        }
    ]
    [row] = reports(found_in(tmp_path, "killed-in-gaza.json", json.dumps(rows).encode()))
    [claim] = claims(row)
    assert (claim.value, claim.scope, claim.attribution) == (1, Scope.BACKGROUND, ("Gaza Ministry of Health",))
    assert "name (name): اسم مخترع" in words(row)


def test_ohchr_updates(tmp_path: Path) -> None:
    """Running totals of civilians since 24 February 2022; girls, boys and children of unknown sex are added up, as it says."""
    data = (
        b"as_of,published,casualties,killed,injured,k_men,k_women,k_girls,k_boys,k_children_unk,k_adults_unk\n"
        b"2022-03-01,2022-03-02,30,20,10,9,5,1,2,1,2\n"
    )
    [row] = reports(found_in(tmp_path, "ohchr.csv", data))
    assert numbers(row)["total_killed_children"] == (4, 4, 4)
    assert numbers(row)["total_killed_or_injured"] == (30, 30, 30)
    assert {c.scope for c in claims(row)} == {Scope.CUMULATIVE}
    assert {c.status for c in claims(row)} == {Status.CIVILIAN}
    assert "total_killed_children = k_girls + k_boys + k_children_unk: 4" in words(row)


@pytest.mark.parametrize("header", ["Place,Date,Dead,Hurt (f),Lat,Lon,Code\n", ""])
def test_hxl_row_of_tags(tmp_path: Path, header: str) -> None:
    """Tags say what the columns are, under a header or without one; codes of places are no names of places."""
    tags = "#loc +name,#date+start,#affected+killed,#affected +injured +f,#geo+lat,#geo+lon,#adm2+code\n"
    [row] = reports(
        found_in(
            tmp_path,
            "hxl.csv",
            (header + tags + "Tabqa,2014-11-25,3,1,35.83,38.55,SY1101\n").encode(),
            outlet="Field team",
        )
    )
    assert numbers(row) == {"killed": (3, 3, 3), "injured_women": (1, 1, 1)}
    place = claims(row)[0].place
    assert place is not None
    assert (place.name, place.latitude) == ("Tabqa", 35.83)
    assert restored(row)["Code" if header else "#adm2+code"] == "SY1101"


def test_the_same_row_again(tmp_path: Path) -> None:
    """A row that stands in two releases has one key; one that was revised has another."""
    revised = RAQQA | {"best": "96"}
    [first] = reports(found_in(tmp_path, "a.csv", table(UCDP, RAQQA)))
    _, again = reports(found_in(tmp_path, "b.csv", table(UCDP, revised, RAQQA)))
    other, _ = reports(found_in(tmp_path, "c.csv", table(UCDP, revised, RAQQA)))
    assert first.keyed_by_content
    assert first.key == again.key != other.key


def test_numbers_that_are_none(tmp_path: Path) -> None:
    """A cell that is no number, and a least that is above its most, are each one rejection; the others stand."""
    [row] = reports(found_in(tmp_path, "ged.csv", table(UCDP, RAQQA | {"best": "many", "deaths_civilians": "1"})))
    refused = [r for r in said(row) if isinstance(r, Rejection)]
    assert [r.value for r in refused] == ["many"]
    assert "killed_civilians" in numbers(row)
    [turned] = reports(found_in(tmp_path, "b.csv", table(UCDP, RAQQA | {"low": "130"})))
    assert any(isinstance(r, Rejection) and "130" in r.reason for r in said(turned))


def test_unknown_columns_are_refused(tmp_path: Path) -> None:
    """A table nobody knows is refused with the columns it has and what to do; nothing is guessed."""
    with pytest.raises(Wrong, match=r"Colour, Shape.*--mapping"):
        found_in(tmp_path, "x.csv", b"Colour,Shape\nred,round\n", outlet="X")


def test_bad_rows_stop_nothing(tmp_path: Path) -> None:
    """Too many cells, bytes that are no UTF-8, a NUL: each is one rejection with its row, and the rest comes in."""
    good = table(UCDP, RAQQA)
    row = good.splitlines(keepends=True)[1]
    data = (
        good
        + row.rstrip(b"\r\n")
        + b",1,2\r\n"
        + row.replace(b"Raqqa town", b"\xff\xfe")
        + row.replace(b"IS", b"I\0S")
        + row
    )
    found = found_in(tmp_path, "ged.csv", data)
    assert [isinstance(item, Incoming) for item in found] == [True, False, False, False, True]
    assert ["row 3" in str(i.record_id) for i in found if isinstance(i, Rejection)] == [True, False, False]


@given(
    st.dictionaries(
        st.sampled_from(UCDP), st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=30)
    )
)
def test_nothing_of_a_row_is_lost(row: dict[str, str]) -> None:
    """Every cell that is not empty comes back from the report's text, by the name of its column."""
    from marsad.collect.incoming import Original
    from marsad.collect.mappings import shipped_as
    from marsad.collect.particulars import Particulars
    from marsad.collect.row_reports import Place, RowReader
    from marsad.model import Evidence, Sha256

    original = Original(Evidence(Sha256("0" * 64), 0, "text/csv", "0" * 128))
    reader = RowReader(UCDP, shipped_as("ucdp")[0], Place("x", original), Particulars())
    made = [r for r in reader.reports(1, [row.get(name, "") for name in UCDP]) if isinstance(r, Incoming)]
    wanted = {name: value.strip() for name, value in row.items() if value.strip()}
    assert {k: v.strip() for k, v in (restored(made[0]) if made else {}).items()} == wanted


@given(st.lists(st.tuples(st.text(max_size=10), st.text(max_size=40))))
def test_cells_come_back(cells: list[tuple[str, str]]) -> None:
    """Text of cells read again gives the cells, whatever stands in them: colons, line ends, lines that look like cells."""
    from marsad.text.row_lines import column_label

    made = [
        Cell("", column_label(name) or "c", value.replace("\r\n", "\n").replace("\r", "\n")) for name, value in cells
    ]
    assert [found.cell for found in row_cells(row_text(made))] == made


def test_hooks_by_the_codebook() -> None:
    """No kind of people has more of the fewest dead than there are."""
    cells = [Cell("killed_civilians", "deaths_civilians", "48"), Cell("killed_min", "low", "20")]
    assert Cell("killed_civilians_min", "", "20", made_of="low") in hooked("ucdp", cells, {})


def test_refusals_show_nothing_that_a_terminal_obeys(tmp_path: Path) -> None:
    """Found by fuzzing: a table whose header is a NUL was refused with that NUL in the message."""
    with pytest.raises(Wrong) as refused:
        found_in(tmp_path, "x.csv", b"\0,\x1b[2J\n1,2\n", outlet="X")
    assert str(refused.value).isprintable()
