"""A list laid over the gazetteer: what both know is one place, what only the list knows is added, and nothing else moves."""

import random

import made_places
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_places import laid, place

from marsad.text.gazetteer import Gazetteer
from marsad.text.gazetteer_build import CODES, GAZETTEER
from marsad.text.listed import Listed
from marsad.text.normal import fold

SHIPPED = Gazetteer(made_places.batch())
NAMES = ("Kafr Nuran", "Ash Shumeis", "Bir Lawz", "Tell Qarra", "بئر لوز", "كفر نوران", "Dayr Hamam")


def ids(gazetteer: Gazetteer, name: str) -> set[str]:
    """Return the ids of all places of a name."""
    return {entry.place_id for entry in gazetteer.candidates(name)}


# --- one place or two -----------------------------------------------------------------------------------------------


def test_a_place_that_only_the_list_knows_is_found_in_both_scripts() -> None:
    """Its names lead to it, its point and its words stay as given, and it takes no precision that it has not."""
    given = place("gn:90", "Bir Lawz", (36.4, 38.6), name_ar="بئر لوز", names=("بئر لوز", "Beer Loz"))
    gazetteer, [counts], rejected = laid([given])
    assert (counts.new, counts.known, rejected) == (1, 0, [])
    for words in ("Bir Lawz", "بئر لوز", "Beer Loz", "the village of Bir Lawz", "ببئر لوز"):
        found = gazetteer.resolve(words, ["SY"])
        assert (found.place_id, found.words, found.latitude, found.precision) == ("gn:90", words, 36.4, 1), words


@pytest.mark.parametrize(
    "known",
    [
        place("gn:1", "Nuran Town", (36.0, 38.0)),
        place("pcode:C1", "Kafr Nuran", (36.05, 38.02), pcode="C1"),
        place("pcode:C1", "Kafr-Nouran", (36.05, 38.02), names=("كفر نوران",), pcode="C1"),
        place("pcode:C1", "Kafr Nuran", None, pcode="C1"),
        place("own:a/1", "KAFR NURAN", (36.0, 38.0), kind="city", curated=True),
    ],
    ids=["by id", "by name nearby", "by its Arabic name", "without a point", "of one's own"],
)
def test_a_place_that_both_know_is_one_place(known: Listed) -> None:
    """By the id, or by country, name and distance; it keeps name, point and people, and gains the list's names."""
    gazetteer, [counts], _ = laid([known])
    assert (counts.known, counts.new, len(gazetteer)) == (1, 0, len(SHIPPED))
    [entry] = gazetteer.candidates(known.name)
    assert (entry.place_id, entry.name, entry.point, entry.population) == ("gn:1", "Kafr Nuran", (36.0, 38.0), 41_000)
    assert entry.curated is known.curated
    assert gazetteer.pcodes() == ({"gn:1": known.pcode} if known.pcode else {})


@pytest.mark.parametrize(
    "other",
    [
        place("gn:91", "Kafr Nuran", (36.0, 38.0)),
        place("pcode:C1", "Kafr Nuran", (36.3, 38.0), pcode="C1"),
        place("pcode:SY0101", "Kafr Nuran", (36.0, 38.0), kind="district", precision=3, pcode="SY0101"),
        place("own:a/1", "Kafr Nuran", (36.0, 38.0), country="IQ"),
        place("own:a/1", "Kafr Nurun", (36.0, 38.0)),
    ],
    ids=["another number of GeoNames", "33 km away", "a district", "another country", "another name"],
)
def test_what_only_looks_alike_stays_two_places(other: Listed) -> None:
    """Two numbers of one authority, a distance, another kind, country or name keep places apart."""
    gazetteer, [counts], _ = laid([other])
    assert (counts.known, counts.new) == (0, 1)
    assert other.place_id in ids(gazetteer, other.name)


def test_a_province_is_known_by_how_it_sounds() -> None:
    """Rumman and Ar-Roumman are one province, wherever its middle is put; the p-code goes to it and leads to it."""
    unit = place("pcode:SY07", "Roumman", (35.1, 38.0), kind="admin1", precision=4, pcode="SY07", province="pcode:SY07")
    gazetteer, [counts], _ = laid([unit])
    assert counts.known == 1
    assert gazetteer.pcodes() == {"ne:1": "SY07"}
    assert gazetteer.resolve("SY07", ["SY"]).place_id == "ne:1"


def test_a_number_of_geonames_is_one_place_whatever_country_a_list_puts_it_in() -> None:
    """Borders and codes of countries change; an id never stands twice."""
    gazetteer, [counts], _ = laid([place("gn:3", "Tell Lawza", (36.3, 43.1))])
    assert (counts.known, counts.new) == (1, 0)
    assert [entry.country for entry in gazetteer.candidates("Tell Lawza")] == ["IQ"]


def test_two_p_codes_are_two_places_and_one_is_not_given_twice() -> None:
    """The second unit of one name nearby does not become the place that has the first one's code."""
    pair = [place(f"pcode:C{n}", "Kafr Nuran", (36.0, 38.0 + n / 100), pcode=f"C{n}") for n in (1, 2)]
    gazetteer, [counts], _ = laid(pair)
    assert (counts.known, counts.new) == (1, 1)
    assert gazetteer.pcodes() == {"gn:1": "C1", "pcode:C2": "C2"}


def test_lists_know_each_other() -> None:
    """A hamlet that a dump brought gets its p-code from a later list."""
    gazetteer, counts, _ = laid(
        [place("gn:90", "Bir Lawz", (36.4, 38.6))], [place("pcode:C9", "Bir Lawz", (36.41, 38.6), pcode="C9")]
    )
    assert [(c.known, c.new) for c in counts] == [(0, 1), (1, 0)]
    assert gazetteer.pcodes() == {"gn:90": "C9"}


# --- points and provinces -------------------------------------------------------------------------------------------


def test_a_unit_without_a_point_takes_the_middle_of_those_in_it() -> None:
    """A district of two villages lies between them; its province, which nobody knows, lies where the district does."""
    province = place("pcode:SY09", "Qarra", None, kind="admin1", precision=4, pcode="SY09", province="pcode:SY09")
    district = place("pcode:SY0901", "Lawzah", None, kind="district", precision=3, parent="pcode:SY09")
    below = [place(f"pcode:C{n}", f"Tell {n}a", (34.0 + n, 40.0), parent="pcode:SY0901") for n in (0, 1)]
    gazetteer, _, rejected = laid([province, district, *below])
    assert rejected == []
    assert gazetteer.resolve("Lawzah district", ["SY"]).latitude == 34.5
    assert gazetteer.resolve("Qarra province", ["SY"]).latitude == 34.5


def test_a_unit_that_nobody_can_place_is_rejected_with_what_to_do() -> None:
    """No point, no known place of the name, nothing below it."""
    _, [counts], [rejection] = laid([place("pcode:SY0901", "Lawzah", None, kind="district", precision=3)])
    assert (counts.known, counts.new) == (0, 0)
    assert rejection.reason.startswith('made.csv line pcode:SY0901: "Lawzah" has no point, and SY has no known place')
    assert "lat and lon" in rejection.reason


def test_a_unit_without_a_point_is_not_guessed_between_namesakes() -> None:
    """Two known villages of the name: neither gets the code."""
    dump = [place(f"gn:9{n}", "Tell Qarra", (33.0 + n, 38.0)) for n in (0, 1)]
    gazetteer, counts, rejected = laid(dump, [place("pcode:C1", "Tell Qarra", None, pcode="C1")])
    assert (counts[1].known, counts[1].new, len(rejected)) == (0, 0, 1)
    assert gazetteer.pcodes() == {}


def test_provinces_are_called_what_the_gazetteer_calls_them() -> None:
    """A dump's code of a province is learnt from the places that both know, a table's from the province's own row."""
    dump = [
        place("gn:1", "Kafr Nuran", (36.0, 38.0), province="gn:SY.04"),
        place("gn:90", "Bir Lawz", (36.4, 38.6), province="gn:SY.04"),
    ]
    table = [
        place("pcode:SY02", "Wadi-Sham", None, kind="admin1", precision=4, province="pcode:SY02"),
        place("pcode:C9", "Tell Sabbar", (33.4, 36.5), province="pcode:SY02"),
    ]
    own = [
        place("own:a/1", "Dayr Hamam", (36.0, 38.5), province="name:Rumman"),
        place("own:a/2", "Dayr Wasim", (36.0, 38.5), province="name:Our Side"),
    ]
    gazetteer, _, _ = laid(dump, table, own)
    names = ("Bir Lawz", "Tell Sabbar", "Dayr Hamam", "Dayr Wasim")
    assert [gazetteer.resolve(n, ["SY"]).admin1 for n in names] == ["Ar Rumman", "Wadi Sham", "Ar Rumman", None]


# --- which place a name means ---------------------------------------------------------------------------------------


def test_a_hamlet_takes_no_name_from_a_town() -> None:
    """Not in its own country, not by having the article that the report leaves out, and not from a city abroad."""
    hamlets = [
        place("gn:90", "Hazm Sham", (36.5, 39.9)),
        place("gn:91", "Shumeis", (34.0, 39.0)),
        place("gn:92", "Tell Lawza", (34.4, 39.0)),
    ]
    gazetteer, _, _ = laid(hamlets)
    assert gazetteer.resolve("Hazm Sham", ["SY"]).place_id == "gn:4"
    assert gazetteer.resolve("Shumeis", ["SY"]).place_id == "gn:2"
    assert gazetteer.resolve("Tell Lawza", ["SY"]).place_id == "gn:3"


def test_no_arabic_noun_is_a_hamlet_because_it_sounds_like_one() -> None:
    """A word with its preposition needs the hamlet's own spelling; two words, Latin letters and one's own list do not."""
    both = [("gn:90", "Miqatel", "ميقاتل"), ("gn:91", "Kafr Miqatel", "كفر ميقاتل"), ("own:a/1", "Marqaben", "مرقابن")]
    rows = [place(i, n, (36.4, 38.6), name_ar=ar, names=(ar,), curated=i == "own:a/1") for i, n, ar in both]
    gazetteer, _, _ = laid(rows)
    asked = ("بمقتل", "مقتل", "Miqatl", "كفر مقتل", "مرقبن")
    found = [gazetteer.resolve(words, ["SY"]).place_id for words in asked]
    assert found == [None, None, "gn:90", "gn:91", "own:a/1"]


def test_hamlets_of_one_name_far_apart_are_not_guessed_between() -> None:
    """The honest answer is "not found"; a kind or a point nearby does not make it up, a near point decides."""
    gazetteer, _, _ = laid([place(f"gn:9{n}", "Tell Qarra", (33.0 + n, 38.0)) for n in (0, 1)])
    assert not gazetteer.resolve("Tell Qarra", ["SY"]).found
    assert gazetteer.resolve("Tell Qarra", ["SY"], near=(34.1, 38.0)).place_id == "gn:91"


def test_a_hamlet_needs_its_country_and_a_place_of_ones_own_does_not() -> None:
    """What a team put on its list is what its reports mean."""
    gazetteer, _, _ = laid(
        [place("gn:90", "Bir Lawz", (36.4, 38.6))],
        [place("own:a/1", "Dayr Hamam", (36.0, 38.5), kind="camp", curated=True)],
    )
    assert not gazetteer.resolve("Bir Lawz").found
    assert not gazetteer.resolve("Bir Lawz", ["IQ"]).found
    assert gazetteer.resolve("Bir Lawz, Syria").place_id == "gn:90"
    assert gazetteer.resolve("Dayr Hamam").place_id == "own:a/1"


def test_a_district_must_be_called_one_where_a_town_has_its_name() -> None:
    """The bare name is the town, "district" the district with its precision; without a district it is the town, coarser."""
    district = place("pcode:SY0701", "Kafr Nuran", (36.1, 38.1), kind="district", precision=3)
    gazetteer, _, _ = laid([district])
    assert gazetteer.resolve("Kafr Nuran", ["SY"]).place_id == "gn:1"
    found = gazetteer.resolve("Kafr Nuran district", ["SY"])
    assert (found.place_id, found.precision) == ("pcode:SY0701", 3)
    before = SHIPPED.resolve("Kafr Nuran district", ["SY"])
    assert (before.place_id, before.precision) == ("gn:1", 3)


def test_an_answer_says_why() -> None:
    """Each way of being found has its own words."""
    gazetteer, _, _ = laid([place("gn:92", "Tell Lawza", (34.4, 39.0))])
    because = [
        gazetteer.answer(words, ["SY"]).because for words in ("Syria", "Kafr Nuran", "Tell Lawza", "Kefer Nuran")
    ]
    assert [str(said).split()[2] for said in because] == ["the", "in", "so", "the"]
    assert len(set(because)) == 4
    assert gazetteer.answer("Nowhere", ["SY"]).because is None


# --- invariants -----------------------------------------------------------------------------------------------------


@st.composite
def lists(draw: st.DrawFn) -> list[Listed]:
    """A list of settlements of some authority, close together, so that names and points meet often."""
    authority = draw(st.sampled_from(["gn:", "pcode:", "own:a/"]))
    numbers = draw(st.lists(st.integers(1, 12), max_size=6, unique=True))
    return [
        place(
            f"{authority}{n}",
            draw(st.sampled_from(NAMES)),
            (draw(st.sampled_from([36.0, 36.05, 36.4])), 38.0),
            kind=draw(st.sampled_from(["city", "village", "camp"])),
            pcode=f"C{n}" if authority == "pcode:" else None,
            curated=authority == "own:a/",
        )
        for n in numbers
    ]


@pytest.mark.long
@given(st.lists(lists(), max_size=3))
def test_every_name_of_a_list_leads_to_its_place_and_every_shipped_place_stays(many: list[list[Listed]]) -> None:
    """Whatever is laid: ids stay unique, shipped places keep all but names, and a listed name finds a place."""
    gazetteer, counts, rejected = laid(*many)
    assert rejected == []
    assert sum(c.new + c.known for c in counts) == sum(map(len, many))
    assert len(gazetteer) == len(SHIPPED) + sum(c.new for c in counts)
    places = gazetteer.batch.column("places").values.to_pylist()
    assert len({row["place_id"] for row in places}) == len(places)
    for old, new in zip(SHIPPED.batch.column("places").values.to_pylist(), places, strict=False):
        assert {**old, "curated": None} == {**new, "curated": None}
    for listed in (listed for one in many for listed in one):
        assert gazetteer.candidates(listed.name)
    codes = gazetteer.pcodes()
    assert len(set(codes.values())) == len(codes)


@pytest.mark.long
@given(lists())
def test_laying_a_list_twice_is_laying_it_once(once: list[Listed]) -> None:
    """The second time everything is known, and the gazetteer is the same to the byte."""
    first, _, _ = laid(once)
    second, counts, _ = laid(once, once)
    assert counts[1].new == 0
    assert second.batch.equals(first.batch)


def test_the_order_of_rows_does_not_matter_where_no_two_compete() -> None:
    """Places of their own names come to the same answers in any order."""
    rows = [
        place(f"gn:{n}", f"Bir {chr(97 + n % 26)}{chr(97 + n // 26)}lawz", (34.0, 37 + n / 50)) for n in range(100, 160)
    ]
    shuffled = random.Random(3).sample(rows, len(rows))  # noqa: S311
    one, other = laid(rows)[0], laid(shuffled)[0]
    assert [one.resolve(r.name, ["SY"]) for r in rows] == [other.resolve(r.name, ["SY"]) for r in rows]


def test_a_gazetteer_with_lists_has_the_form_of_one_without() -> None:
    """Sorted indexes, each pair once, and one column more."""
    gazetteer, _, _ = laid([place("gn:1", "Kafr Nuran", (36.0, 38.0)), place("gn:90", "Bir Lawz", (36.4, 38.6))])
    assert gazetteer.batch.schema.equals(GAZETTEER.append(CODES))
    for name in ("names", "bare", "skeletons"):
        pairs = [tuple(pair.values()) for pair in gazetteer.batch.column(name).values.to_pylist()]
        assert pairs == sorted(set(pairs))
    assert isinstance(gazetteer.batch, pa.RecordBatch)


def test_a_thousand_namesakes_are_the_most() -> None:
    """More places of one name in one country are rejected: each would be looked at whenever a report names it."""
    _, [counts], rejected = laid([place(f"gn:{n}", "Tell Qarra", (34.0, 38.0)) for n in range(1000, 2010)])
    assert (counts.new, len(rejected)) == (1000, 10)
    assert "is the name of 1,000 places of SY already" in rejected[0].reason


def test_names_are_folded_as_everywhere() -> None:
    """Case, marks and letter forms of a listed name do not matter."""
    gazetteer, _, _ = laid([place("gn:90", "Bi’r Lawz", (36.4, 38.6), names=("بِئر لوز",))])
    assert ids(gazetteer, "BIR LAWZ") == ids(gazetteer, fold("بئر لوز")) == {"gn:90"}
