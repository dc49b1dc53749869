"""A table of one's own: few columns, plain rules, and a reason for each row left out."""

import pytest
from place_lines import countries, parted

from marsad.collect.own_places import own_places
from marsad.collect.place_rows import cells
from marsad.model import Wrong
from marsad.text.listed import Listed


def read(text: str, only: str | None = None) -> tuple[list[Listed], list[str], int]:
    """Return what a table says."""
    return parted(own_places(cells(text.splitlines(keepends=True), "camps.csv"), countries(only), "camps.csv"))


def test_a_row_with_everything() -> None:
    """Every column has its place."""
    [place], reasons, _ = read(
        "id,name,name_ar,lat,lon,country,kind,aliases,admin1,population,precision,pcode\n"
        "7,Nuran Camp,مخيم نوران,36.1,38.2,Syria,camp,Nouran | Camp Nuran,Rumman,1200,2,SYC07\n"
    )
    assert reasons == []
    assert (place.place_id, place.name, place.name_ar, place.country) == (
        "own:camps/7",
        "Nuran Camp",
        "مخيم نوران",
        "SY",
    )
    assert place.names == ("Nuran Camp", "مخيم نوران", "Nouran", "Camp Nuran")
    assert (place.kind, place.precision, place.population, place.pcode) == ("camp", 2, 1200, "SYC07")
    assert (place.point, place.province, place.curated) == ((36.1, 38.2), "name:Rumman", True)


def test_the_fewest_columns() -> None:
    """Name and point, the country from the command; a city of its own id, the same for the same row."""
    [place], _, _ = read("Name;Latitude;Long\nNuran;36.1;38.2\n", "SY")
    assert (place.kind, place.precision, place.country) == ("city", 1, "SY")
    assert read("name,lat,lon\nNuran,36.1,38.2\n", "SY")[0][0].place_id == place.place_id
    assert read("name,lat,lon\nNuran,36.1,38.3\n", "SY")[0][0].place_id != place.place_id


@pytest.mark.parametrize("mark", ["|", ";", "؛"])
def test_names_are_parted_as_people_part_them(mark: str) -> None:
    """A bar or a semicolon, in either script."""
    [place], _, _ = read(f"name,lat,lon,country,aliases\nNuran,36.1,38.2,SY,Nouran{mark} نوران\n")
    assert place.names == ("Nuran", "Nouran", "نوران")


def test_an_arabic_name_alone_is_a_name() -> None:
    """A list need not be in Latin letters."""
    [place], _, _ = read("name_ar,lat,lon,country\nبئر لوز,36,38,سوريا\n")
    assert (place.name, place.name_ar, place.country) == ("بئر لوز", "بئر لوز", "SY")


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("name,lattitude,lon,country", '"lattitude" is no column marsad knows; call it latitude'),
        ("name,lon,country", "lacks a column lat; write name,lat,lon"),
        ("name,lat,lon", "lacks a column country"),
        ("name,lat,latitude,lon,country", '"latitude" is a second column for latitude'),
    ],
)
def test_a_header_that_cannot_be_used_refuses_the_table(header: str, said: str) -> None:
    """A slip, a missing column and one that stands twice are told before any row is read."""
    with pytest.raises(Wrong) as refusal:
        read(f"{header}\nNuran,36,38,SY,1\n")
    assert str(refusal.value).startswith("camps.csv line 1: ")
    assert said in str(refusal.value)


def test_columns_of_other_names_are_left_alone() -> None:
    """A table may hold notes."""
    assert len(read("name,lat,lon,country,remark\nNuran,36,38,SY,=x\n")[0]) == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,Nuran,95,38,SY,city,,", 'latitude: "95" is not within -90 to 90'),
        ("1,Nuran,,,SY,city,,", 'latitude: "" is no number of degrees'),
        ("1,Nuran,36,38,Atlantis,city,,", '"Atlantis" is no country that marsad knows'),
        ("1,Nuran,36,38,,city,,", "is no country that marsad knows"),
        ("1,Nuran,36,38,SY,planet,,", '"planet" is not one of admin1, city'),
        ("1,Nuran,36,38,SY,country,,", '"country" is not one of admin1, city'),
        ("1,Nuran,36,38,SY,city,8,", '"8" is not 1 to 7'),
        ("9,Nuran,36,38,SY,city,,", "is the id of camps.csv line 2 already"),
        ("1 1,Nuran,36,38,SY,city,,", "is no id"),
        ("1,=Nuran,36,38,SY,city,,", "begins like a formula"),
        ("1,Nur\u2067an,36,38,SY,city,,", "invisible character U+2067"),
        ("1,Nuran,36,38,SY,city,,C9", "is the id of camps.csv line 2 already"),
        ("1,Nuran", '"2 cells" is not the 8 of the header'),
    ],
)
def test_a_row_that_cannot_be_used_says_why(row: str, reason: str) -> None:
    """One rejection with file, line and value; the other rows stay."""
    text = f"id,name,lat,lon,country,kind,precision,pcode\n9,Bir Lawz,36,38,SY,city,,C9\n{row}\n8,Hazm,36,38,SY,,,\n"
    places, reasons, _ = read(text)
    assert [place.name for place in places] == ["Bir Lawz", "Hazm"]
    assert len(reasons) == 1
    assert reasons[0].startswith("camps.csv line 3")
    assert reason in reasons[0]


def test_rows_of_another_country_than_the_one_wanted_are_passed_over() -> None:
    """--country narrows a table, too."""
    places, reasons, passed = read("name,lat,lon,country\nNuran,36,38,SY\nBir,33,43,IQ\nHazm,34,37,\n", "SY")
    assert ([place.name for place in places], reasons, passed) == (["Nuran", "Hazm"], [], 1)
