"""GeoNames dumps: every place that a report may name, and each row that cannot be used with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from place_lines import countries, dump_line, parted

from marsad.collect.geonames import dump, features, further_names
from marsad.text.gazetteer_build import KINDS


def test_a_settlement_with_all_its_names() -> None:
    """Name, plain name and alternatives in every script; the Arabic one stands apart."""
    line = dump_line(7, "Kafr Nūrān", ascii="Kafr Nuran", others="كفر نوران,Kefer Nuran,,كفرنوران", population="900")
    [place], reasons, passed = parted(dump([line], "SY.txt", countries()))
    assert (reasons, passed) == ([], 0)
    assert (place.where, place.place_id, place.name, place.name_ar) == (
        "SY.txt line 1",
        "gn:7",
        "Kafr Nūrān",
        "كفرنوران",
    )
    assert place.names == ("Kafr Nūrān", "Kafr Nuran", "كفر نوران", "Kefer Nuran", "كفرنوران")
    assert (place.point, place.country, place.province) == ((36.0, 38.0), "SY", "gn:SY.04")


@pytest.mark.parametrize(
    ("feature", "people", "kind", "precision"),
    [
        ("P.PPL", "0", "village", 1),
        ("P.PPL", "499", "village", 1),
        ("P.PPL", "500", "city", 1),
        ("P.PPLA3", "0", "city", 1),
        ("P.PPLX", "0", "quarter", 1),
        ("P.PPLQ", "0", "village", 1),
        ("S.CMPRF", "0", "camp", 1),
        ("A.ADM1", "0", "admin1", 4),
        ("A.ADM2", "0", "district", 3),
        ("L.RGN", "0", "area", 5),
    ],
)
def test_features_are_kinds(feature: str, people: str, kind: str, precision: int) -> None:
    """A hamlet is no city, a seat is one however small, and units are as fine as they are."""
    [place], _, _ = parted(dump([dump_line(1, "Nuran", feature=feature, population=people)], "SY.txt", countries()))
    assert (place.kind, place.precision) == (kind, precision)


def test_every_feature_is_of_a_known_kind_and_has_an_example() -> None:
    """The table in resources says only what a gazetteer can hold."""
    assert {feature.kind for feature in features().values()} <= set(KINDS)
    assert all(1 <= feature.precision <= 7 for feature in features().values())


def test_what_no_report_names_and_other_countries_are_passed_over() -> None:
    """Schools and streams, and, with a country wanted, the rows of others; they are counted, not rejected."""
    lines = [dump_line(1, "A School", feature="S.SCH"), dump_line(2, "Bir", country="IQ"), dump_line(3, "Bir Lawz")]
    places, reasons, passed = parted(dump(lines, "all.txt", countries("SY")))
    assert ([place.place_id for place in places], reasons, passed) == (["gn:3"], [], 2)


def test_a_header_is_no_row() -> None:
    """Some tools write the names of the columns above a dump."""
    header = "\t".join(["geonameid", "name", *["x"] * 17]) + "\n"
    places, reasons, _ = parted(dump([header, dump_line(1, "Bir Lawz")], "SY.txt", countries()))
    assert ([place.where for place in places], reasons) == (["SY.txt line 2"], [])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (dump_line(1, "Bir", latitude="95"), 'SY.txt line 2, latitude: "95" is not within -90 to 90 degrees'),
        (dump_line(1, "Bir", longitude="nan"), 'SY.txt line 2, longitude: "nan" is not within -180 to 180'),
        (dump_line(1, "Bir", latitude="36,0"), 'SY.txt line 2, latitude: "36,0" is no number of degrees'),
        (dump_line(9, "Bir"), 'SY.txt line 2: "gn:9" is the id of SY.txt line 1 already; keep one'),
        (dump_line(1, "B" * 121), "is longer than 120 characters"),
        (dump_line(1, "=HYPERLINK(1)"), "begins like a formula"),
        (dump_line(1, "Bir\x07"), "holds the invisible character U+0007; remove it."),
        (dump_line(1, "Bir\u202eLawz"), "holds the invisible character U+202E"),
        (dump_line(1, "بئر\u200f لوز"), "holds the invisible character U+200F"),
        (dump_line(1, ""), "holds no letter"),
        (dump_line(1, "Bir", country="ZZ"), '"ZZ" is no country that marsad knows'),
        (dump_line(1, "Bir", population="-5"), 'population: "-5" is no number of people'),
        (dump_line(1, "Bir", population="9" * 10), "is no number of people"),
        ("1\tBir\n", '"2 columns" is not the 19 columns of a GeoNames dump'),
        (dump_line(1, "Bir").replace("1\t", "x\t", 1), '"x" is no number of GeoNames'),
    ],
)
def test_a_row_that_cannot_be_used_is_one_rejection_and_stops_nothing(line: str, reason: str) -> None:
    """File, line, value, rule and what to do; the rows around it are read."""
    lines = [dump_line(9, "Bir Lawz"), line, dump_line(8, "Tell Qarra")]
    places, reasons, _ = parted(dump(lines, "SY.txt", countries()))
    assert [place.place_id for place in places] == ["gn:9", "gn:8"]
    assert len(reasons) == 1
    assert reasons[0].startswith("SY.txt line 2")
    assert reason in reasons[0]


def test_a_further_name_that_cannot_be_used_leaves_the_place() -> None:
    """One address among the names of a hamlet costs the address."""
    line = dump_line(7, "Bir Lawz", others="https://example.org/bir,Beer Loz," + "x" * 130)
    [place], reasons, _ = parted(dump([line], "SY.txt", countries()))
    assert place.names == ("Bir Lawz", "Beer Loz")
    assert [reason.endswith("; the place is taken without this name.") for reason in reasons] == [True, True]


def test_names_without_end_are_cut() -> None:
    """A place has 500 names at most."""
    others = ",".join(f"Name {chr(97 + n % 26)}{n}" for n in range(2000))
    [place], [reason], _ = parted(dump([dump_line(7, "Bir Lawz", others=others)], "SY.txt", countries()))
    assert len(place.names) == 500
    assert "is the first name beyond 500" in reason


@given(st.lists(st.text(st.characters(exclude_characters="\n\r"), max_size=60), max_size=5))
def test_any_lines_give_places_or_reasons(lines: list[str]) -> None:
    """Nothing is raised and no row is passed over in silence."""
    places, reasons, passed = parted(dump(lines, "SY.txt", countries()))
    headers = sum(line.startswith("geonameid") for line in lines[:1])
    assert len(reasons) + passed + len(places) >= len(lines) - headers


def test_further_names_of_wanted_places() -> None:
    """The preferred Arabic name wins; codes, links and other places are passed over; older files have two columns less."""
    rows = [
        ("7", "ar", "بئر اللوز", "", ""),
        ("7", "ar", "بئر لوز", "1", ""),
        ("7", "en", "Almond Well", "", "1"),
        ("7", "link", "https://example.org/bir", "", ""),
        ("8", "en", "Tell Qarra", "", ""),
    ]
    lines = [
        f"{n}\t{i}\t{lang}\t{name}\t{first}\t\t\t{old}\t\t\n" for n, (i, lang, name, first, old) in enumerate(rows)
    ]
    found, bad, passed = further_names(lines, "names.txt", {"gn:7": None})
    assert (list(found), bad, passed) == (["gn:7"], [], 2)
    assert (found["gn:7"].names, found["gn:7"].name_ar) == (["بئر اللوز", "بئر لوز", "Almond Well"], "بئر لوز")
    old = [line.removesuffix("\t\t\n") + "\n" for line in lines]
    assert further_names(old, "names.txt", {"gn:7": None})[0].keys() == found.keys()
    [rejection] = further_names(["1\t2\n"], "names.txt", {"gn:7": None})[1]
    assert rejection.reason.startswith('names.txt line 1: "2 columns" is not the 10 of alternateNamesV2')
