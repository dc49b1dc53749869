"""OCHA's tables: every unit once, with its p-code, its names in every script and the units it lies in."""

import pytest
from place_lines import countries, parted

from marsad.collect.pcodes import units
from marsad.collect.place_rows import cells
from marsad.model import Wrong
from marsad.text.listed import Listed

OLD = """ADM0_EN,ADM0_PCODE,ADM1_EN,ADM1_AR,ADM1_PCODE,ADM2_EN,ADM2_AR,ADM2_PCODE,validOn
Syria,SY,Ar-Rumman,الرمان,SY07,Lawz,لوز,SY0701,2026-01-01
Syria,SY,Ar-Rumman,الرمان,SY07,Qarra,قرة,SY0702,2026-01-01
Syria,SY,Wadi-Sham,وادي شام,SY02,Hazm,حزم,SY0200,2026-01-01
"""
NEW = """adm2_name,adm2_name1,adm2_pcode,adm1_name,adm1_name1,adm1_pcode,adm0_name,adm0_name1,adm0_pcode,iso2,center_lat,\
center_lon,area_sqkm
Lawz,لوز,SY0701,Ar-Rumman,الرمان,SY07,Syria,سوريا,SY,SY,36.1,38.2,12.5
Qarra,قرة,SY0702,Ar-Rumman,الرمان,SY07,Syria,سوريا,SY,SY,36.3,38.4,9
Hazm,حزم,SY0200,Wadi-Sham,وادي شام,SY02,Syria,سوريا,SY,SY,33.5,36.5,7
"""
OLDEST = """admin0Name;admin0Pcod;admin1Name;admin1Na_1;admin1Pcod;admin2Name;admin2Na_1;admin2Pcod
Syria;SY;Ar-Rumman;الرمان;SY07;Lawz;لوز;SY0701
Syria;SY;Ar-Rumman;الرمان;SY07;Qarra;قرة;SY0702
Syria;SY;Wadi-Sham;وادي شام;SY02;Hazm;حزم;SY0200
"""


def read(text: str, only: str | None = None) -> tuple[list[Listed], list[str], int]:
    """Return what a table says."""
    return parted(units(cells(text.splitlines(keepends=True), "adm.csv"), countries(only)))


@pytest.mark.parametrize("text", [OLD, NEW, OLDEST], ids=["ADM1_PCODE", "adm1_pcode", "admin1Pcod"])
def test_three_generations_of_column_names_say_the_same(text: str) -> None:
    """Units of each level, those above first, each once."""
    places, reasons, _ = read(text)
    assert reasons == []
    assert [(p.pcode, p.name, p.name_ar, p.kind, p.precision, p.parent, p.province) for p in places] == [
        ("SY", "Syria", "سوريا" if "سوريا" in text else None, "country", 6, None, None),
        ("SY07", "Ar-Rumman", "الرمان", "admin1", 4, "pcode:SY", "pcode:SY07"),
        ("SY0701", "Lawz", "لوز", "district", 3, "pcode:SY07", "pcode:SY07"),
        ("SY0702", "Qarra", "قرة", "district", 3, "pcode:SY07", "pcode:SY07"),
        ("SY02", "Wadi-Sham", "وادي شام", "admin1", 4, "pcode:SY", "pcode:SY02"),
        ("SY0200", "Hazm", "حزم", "district", 3, "pcode:SY02", "pcode:SY02"),
    ]
    assert {p.country for p in places} == {"SY"}
    assert all(p.place_id == f"pcode:{p.pcode}" for p in places)


def test_coordinates_are_those_of_the_deepest_unit() -> None:
    """The row's middle is the district's, not the province's."""
    at = {p.pcode: p.point for p in read(NEW)[0]}
    assert (at["SY0701"], at["SY07"], at["SY"]) == ((36.1, 38.2), None, None)
    assert {p.point for p in read(OLD)[0]} == {None}


@pytest.mark.parametrize(
    ("top", "cells_", "only", "country"),
    [
        ("ADM0_EN,ADM0_PCODE,", "Syria,SYR,", None, "SY"),
        ("ADM0_EN,ADM0_PCODE,", "Nowhere,IQ,", None, "IQ"),
        ("", "", None, "SY"),
        ("", "", "SY", "SY"),
    ],
    ids=["by name", "by code", "by the p-code's letters", "as given"],
)
def test_the_country_of_a_row(top: str, cells_: str, only: str | None, country: str) -> None:
    """The table's own country column, else the first letters of its codes, else what the command says."""
    places, reasons, _ = read(f"{top}ADM1_EN,ADM1_PCODE\n{cells_}Rumman,SY07\n", only)
    assert (reasons, {p.country for p in places}) == ([], {country})


def test_a_country_that_nobody_can_tell_is_asked_for() -> None:
    """Codes that begin with no country's letters need --country."""
    _, [reason], _ = read("ADM1_EN,ADM1_PCODE\nRumman,QQ07\n")
    assert "is no country that marsad knows; write its ISO code, such as SY, or give --country" in reason
    assert read("ADM1_EN,ADM1_PCODE\nRumman,QQ07\n", "SY")[0][0].country == "SY"
    assert read(OLD, "IQ")[2] == 3


def test_a_row_of_tags_is_no_unit() -> None:
    """HXL writes a row of hashtags below the header."""
    lines = OLD.splitlines(keepends=True)
    tagged = "".join(
        [lines[0], "#country+name,#country+code,#adm1+name,,#adm1+code,#adm2+name,,#adm2+code,\n", *lines[1:]]
    )
    places, reasons, passed = read(tagged)
    assert (len(places), reasons, passed) == (6, [], 1)


def test_a_quoted_name_over_two_lines_keeps_the_count_of_lines() -> None:
    """Lines are those of the file, also behind a cell with a line break."""
    _, reasons, _ = read('ADM1_EN,ADM1_PCODE\n"Ru\nmman",SY07\nWadi,SY 02\n')
    assert [reason.split(":")[0] for reason in reasons] == ["adm.csv line 3, name of SY07", "adm.csv line 4, level 1"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Syria,SY,Ar-Rumman,,SY07,Lawz,,SY0701,", '"SY0701" is the p-code of adm.csv line 2 already'),
        ("Syria,SY,Rumman!,,SY07,Nahr,,SY0703,", "is called Ar-Rumman on adm.csv line 2 and Rumman! here"),
        ("Syria,SY,Ar-Rumman,,SY07,Nahr,,SY 0703,", "is no p-code: letters, digits, dots"),
        ("Syria,SY,Ar-Rumman,,SY07,,,SY0703,", "holds no letter"),
        ("Syria,SY,Ar-Rumman,,SY07,@Nahr,,SY0703,", "begins like a formula"),
        ("Syria,SY,Ar-Rumman", '"3 cells" is not the 9 of the header'),
    ],
)
def test_a_row_that_cannot_be_used_says_why(row: str, reason: str) -> None:
    """Codes that stand twice, units of two names, empty names, formulas and torn rows."""
    places, reasons, _ = read(OLD + row + "\n")
    assert len(reasons) == 1
    assert reason in reasons[0]
    assert reasons[0].startswith("adm.csv line 5")
    assert {"SY0701", "SY0702", "SY0200"} <= {p.pcode for p in places}


def test_a_bad_unit_does_not_take_those_above_with_it() -> None:
    """The province of a torn first row stands, and the districts below find it."""
    places, reasons, _ = read(OLD.replace("SY0701", "SY 0701"))
    assert [p.pcode for p in places] == ["SY", "SY07", "SY0702", "SY02", "SY0200"]
    assert len(reasons) == 1


def test_a_table_without_names_is_refused() -> None:
    """P-codes alone are no list of places."""
    with pytest.raises(Wrong, match="has no level with a p-code and a name; keep columns such as ADM1_PCODE"):
        read("ADM1_PCODE,area\nSY07,9\n")
