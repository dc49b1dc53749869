"""marsad's own tables of places, read into sites and laid beside those of GeoNames and Natural Earth."""

from dataclasses import replace

import pytest

from marsad.model import Wrong
from marsad.text.gazetteer_build import Site
from marsad.text.place_tables import own_places, own_provinces, province_sites, with_own

BANKI = "village\tBanki\t11.27\t14.14\tBorno\tبانكي\tBanki town|Bankii"


def lies_nowhere(country: str, latitude: float, longitude: float) -> str | None:
    return None


def lies_in_borno(country: str, latitude: float, longitude: float) -> str | None:
    return "Borno State" if country == "NG" else None


def site(name: str, latitude: float, longitude: float, kind: str = "city", **also: object) -> Site:
    plain = Site(f"gn:{name}", name, None, "NG", "Borno State", latitude, longitude, kind, 0, 1, (name,))
    return replace(plain, **also)  # type: ignore[arg-type]


def test_a_row_is_a_place_with_its_names() -> None:
    """Kind, point, Arabic name and spellings are those of the row, the province the one drawn around the point."""
    (banki,) = own_places([BANKI, "# a remark", ""], "NG", {}, lies_in_borno)
    assert (banki.name, banki.name_ar, banki.kind, banki.precision) == ("Banki", "بانكي", "village", 1)
    assert (banki.latitude, banki.longitude, banki.admin1) == (11.27, 14.14, "Borno State")
    assert banki.names == ("Banki", "بانكي", "Banki town", "Bankii")
    assert banki.place_id == "marsad:ng/village/banki"


def test_the_province_of_the_row_stands_where_none_is_drawn() -> None:
    """And where it is one of marsad's own, drawn otherwise on an old map, whatever is drawn there."""
    (nowhere,) = own_places([BANKI], "NG", {}, lies_nowhere)
    (own,) = own_places([BANKI], "NG", {"borno": "Borno (new)"}, lies_in_borno)
    assert nowhere.admin1 == "Borno"
    assert own.admin1 == "Borno (new)"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("village\tBanki\t11.27\t14.14", "has 4 columns, not 7"),
        (BANKI.replace("village", "hamlet"), "is called a 'hamlet'"),
    ],
)
def test_a_row_of_another_form_is_named(row: str, rule: str) -> None:
    """An error names the file and the row, and says which rule it breaks."""
    with pytest.raises(Wrong, match=rule):
        list(own_places([row], "NG", {}, lies_nowhere))


def test_a_place_that_geonames_has_keeps_its_point_and_takes_the_names_on() -> None:
    """Within fifteen kilometres and under one of its names it is one place; farther off it is another one."""
    (banki,) = own_places([BANKI], "NG", {}, lies_in_borno)
    near, far = site("Banki", 11.3, 14.2), site("Bankii", 10.0, 12.0)
    merged, other = list(with_own([near], [banki])), list(with_own([far], [banki]))
    assert [(s.place_id, s.latitude, s.name_ar) for s in merged] == [("gn:Banki", 11.3, "بانكي")]
    assert "Banki town" in merged[0].names
    assert [s.place_id for s in other] == ["gn:Bankii", "marsad:ng/village/banki"]


def test_a_town_and_the_district_around_it_are_two_places() -> None:
    """They bear one name and lie at one point, and a report may mean either."""
    (district,) = own_places(["district\tBama\t11.52\t13.69\tBorno\t\t"], "NG", {}, lies_in_borno)
    found = list(with_own([site("Bama", 11.52, 13.69)], [district]))
    assert [(s.kind, s.precision) for s in found] == [("city", 1), ("district", 3)]


def test_what_only_the_table_calls_a_province_is_a_stretch_of_land() -> None:
    """ "Jubaland" spans provinces: it lies in none of them. A province that is drawn takes the table's names on."""
    (land,) = own_places(["admin1\tBorno\t11.5\t13.0\tBorno\tبورنو\tBornu"], "NG", {}, lies_in_borno)
    drawn = site("Borno State", 11.6, 13.1, "admin1", precision=4, names=("Borno State", "Borno"))
    assert (land.kind, land.precision, land.admin1) == ("area", 4, None)
    assert [(s.kind, "Bornu" in s.names) for s in with_own([drawn], [land])] == [("admin1", True)]


def test_a_province_lies_amid_its_cities() -> None:
    """Its point is the mean of theirs; a code that no city has is an error that names it."""
    (ituri,) = own_provinces(["CD.17\tIturi\tإيتوري\tIturi Province"])
    (made,) = province_sites([ituri], {"CD.17": [(1.0, 30.0), (2.0, 31.0)]})
    assert (made.country, made.admin1, made.latitude, made.longitude) == ("CD", "Ituri", 1.5, 30.5)
    with pytest.raises(Wrong, match=r"CD\.17"):
        list(province_sites([ituri], {}))
