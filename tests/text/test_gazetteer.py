"""The gazetteer finds the place a report means, says so when it cannot tell, and stays quick on hostile names."""

import os
import pickle
import shutil
import tomllib
from importlib import resources
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import marsad
from marsad.model import Wrong
from marsad.text.gazetteer import Gazetteer
from marsad.text.gazetteer_build import Site, gazetteer_batch
from marsad.text.likeliest import kilometres
from marsad.text.normal import bare, fold, skeleton
from marsad.text.place_words import kind_and_name

ASSET = Path(marsad.__file__).parent / "assets" / "gazetteer.arrow"


def site(place_id: str, name: str, country: str, point: tuple[float, float], **other: object) -> Site:
    """Return a city with sensible defaults; what differs is named."""
    given: dict[str, object] = {
        "name_ar": None,
        "admin1": None,
        "kind": "city",
        "population": 0,
        "precision": 1,
        "names": (),
        **other,
    }
    return Site(place_id=place_id, name=name, country=country, latitude=point[0], longitude=point[1], **given)  # type: ignore[arg-type]


SITES = [
    site("iso:SY", "Syria", "SY", (35.0, 38.5), name_ar="سوريا", kind="country", precision=6, names=("سوريا",)),
    site("iso:US", "United States", "US", (40.0, -98.0), kind="country", precision=6, names=("US", "U.S.")),
    site("iso:JO", "Jordan", "JO", (31.2, 36.8), kind="country", precision=6),
    site("ne:1", "Raqqa", "SY", (36.0, 38.9), kind="admin1", precision=4, names=("الرقة",)),
    site("ne:2", "East", "CM", (4.0, 14.0), kind="admin1", precision=4),
    site("gn:1", "Ar Raqqah", "SY", (35.95, 39.01), name_ar="الرقة", population=177_636, names=("الرقة", "Raqqa")),
    site("gn:2", "Deir ez-Zor", "SY", (35.34, 40.14), population=242_565, names=("دير الزور", "Dayr az-Zawr")),
    site("gn:3", "Tripoli", "LB", (34.43, 35.84), population=229_398),
    site("gn:4", "Tripoli", "LY", (32.89, 13.19), population=1_150_989),
    site("gn:5", "Şūrān", "SY", (36.57, 37.21)),
    site("gn:6", "Şūrān", "SY", (35.29, 36.75)),
    site("gn:7", "London", "GB", (51.5, -0.1), population=8_900_000, names=("City",)),
    site("gn:8", "London", "CA", (42.98, -81.2), population=346_765),
    site("gn:9", "Jordan", "US", (44.7, -93.6), population=6_000),
    site("gn:10", "March", "GB", (52.5, 0.1), population=22_000),
    site("m:1", "Zamzam", "SD", (13.48, 25.31), kind="camp", curated=True),
    site("m:2", "Zamzam", "SD", (13.0, 25.0), population=900),
]
SMALL = Gazetteer(gazetteer_batch(SITES, {"Syria": "SY", "Syrian": "SY", "سورية": "SY", "US": "US", "Lebanon": "LB"}))


@pytest.fixture(scope="module")
def world() -> Gazetteer:
    """The gazetteer marsad ships, where it has been built."""
    if not ASSET.is_file():
        pytest.skip("assets/gazetteer.arrow is not built here")
    return Gazetteer.open(ASSET)


# --- names ----------------------------------------------------------------------------------------------------------


@given(st.text())
def test_folding_twice_changes_nothing(name: str) -> None:
    """A folded name is its own fold, whatever the text."""
    assert fold(fold(name)) == fold(name)


@settings(max_examples=5, deadline=10_000)
@given(st.text(alphabet="\u0301\u0323\u064b\ufdfaa ", min_size=20, max_size=60))
def test_hostile_runs_of_marks_cost_linear_time(piece: str) -> None:
    """Half a million combining marks, or letters that stand for whole sentences, are folded at once."""
    assert len(fold(piece * 10_000)) <= 8 * len(piece) * 10_000


@pytest.mark.parametrize("name", ["Raqqa", "الرَّقَّة", "Maʿarrat an-Nuʿmān", "Bojayá", "ALEPPO", "ｒａｑｑａ"])
def test_case_marks_and_letter_forms_do_not_matter(name: str) -> None:
    """Spellings that differ only in marks, case or width fold alike."""
    assert fold(name) == fold(name.upper()) == fold(name.lower())


@pytest.mark.parametrize(
    "same",
    [
        ("Deir Ezzor", "Dayr az-Zawr", "Deir al-Zour", "دير الزور"),
        ("Khan Sheikhoun", "Khān Shaykhūn", "خان شيخون"),
        ("Kafranbel", "Kafr Nabl", "كفر نبل"),
        ("Tal Rifaat", "Tall Rif‘at", "تل رفعت"),
        ("Raqa", "ar-Raqqah", "الرقة", "رقة"),
    ],
)
def test_spellings_of_one_name_share_their_consonants(same: tuple[str, ...]) -> None:
    """Both scripts and every newsroom's spelling come to one skeleton."""
    assert len({skeleton(name) for name in same}) == 1


def test_a_name_in_another_script_has_no_skeleton() -> None:
    """Consonant classes are defined for Latin and Arabic letters only."""
    assert skeleton("Раqqa") == skeleton("拉卡") == ""


def test_article_is_optional() -> None:
    """Leading al- in any assimilated form, or ال, can be left out."""
    assert {bare(fold(name)) for name in ("Ash Shaddadi", "al-Shaddadi", "Shaddadi")} == {"shaddadi"}
    assert bare(fold("الرقة")) == fold("رقة")


@given(st.text(max_size=40))
def test_kind_words_never_fail_and_keep_the_name_first(words: str) -> None:
    """The words as they stand are always the first reading."""
    assert kind_and_name(words)[0] == (None, words)


# --- which place ----------------------------------------------------------------------------------------------------


def test_found_place_keeps_the_words_of_the_report() -> None:
    """What the report wrote stays beside what the gazetteer calls the place."""
    place = SMALL.resolve("Raqqa", ["SY"])
    assert (place.words, place.place_id, place.name, place.name_ar) == ("Raqqa", "gn:1", "Ar Raqqah", "الرقة")
    assert (place.country, place.precision) == ("SY", 1)


def test_unknown_name_is_an_honest_not_found() -> None:
    """A name that nobody knows keeps its words and gets no coordinates."""
    place = SMALL.resolve("Dahyan", ["YE"])
    assert not place.found
    assert (place.words, place.latitude, place.precision) == ("Dahyan", None, None)


def test_namesakes_abroad_are_told_apart_by_the_country_of_the_report() -> None:
    """Tripoli is the one in the country the report speaks of; without a country it is not decided."""
    assert SMALL.resolve("Tripoli", ["LB"]).place_id == "gn:3"
    assert SMALL.resolve("Tripoli", ["LY"]).place_id == "gn:4"
    assert SMALL.resolve("Tripoli, Lebanon").place_id == "gn:3"
    assert not SMALL.resolve("Tripoli").found


def test_a_city_far_larger_than_its_namesakes_needs_no_country() -> None:
    """London without more is the one everybody means."""
    assert SMALL.resolve("London").place_id == "gn:7"


def test_small_towns_and_by_names_abroad_are_not_taken() -> None:
    """A month is no town in England, a city is not the City, and the east is no province of Cameroon."""
    assert not any(SMALL.resolve(words, ["SY"]).found for words in ("March", "City", "East"))


def test_two_villages_of_one_name_need_a_point_nearby() -> None:
    """Where two are as likely and far apart nobody is guessed; a point close to one decides."""
    assert not SMALL.resolve("Suran", ["SY"]).found
    assert SMALL.resolve("Suran", ["SY"], near=(36.2, 37.16)).place_id == "gn:5"


def test_kind_words_choose_between_a_city_and_its_province() -> None:
    """The bare name is the city, "province" the province, in both languages."""
    assert SMALL.resolve("Raqqa province", ["SY"]).place_id == "ne:1"
    assert SMALL.resolve("محافظة الرقة", ["SY"]).place_id == "ne:1"
    assert SMALL.resolve("the city of Raqqa", ["SY"]).place_id == "gn:1"
    assert SMALL.resolve("بالرقة", ["SY"]).place_id == "gn:1"


def test_a_province_comes_before_a_town_that_its_name_is_short_for() -> None:
    """ "Antioquia" is the department, not Santa Fe de Antioquia in it; the town by its whole name is the town."""
    sites = [
        site("ne:9", "Antioquia", "CO", (7.0, -75.5), kind="admin1", precision=4),
        site("gn:9", "Santa Fe de Antioquia", "CO", (6.56, -75.83), population=14_000, names=("Antioquia",)),
    ]
    small = Gazetteer(gazetteer_batch(sites, {}))
    assert small.resolve("Antioquia", ["CO"]).place_id == "ne:9"
    assert small.resolve("Santa Fe de Antioquia", ["CO"]).place_id == "gn:9"


def test_words_for_surroundings_lower_the_precision() -> None:
    """The outskirts of a city are near it, not in it."""
    assert SMALL.resolve("the outskirts of Raqqa", ["SY"]).precision == 2


def test_curated_camp_comes_before_a_village_of_the_same_name() -> None:
    """What stands on marsad's own list is what reports of wars mean."""
    assert SMALL.resolve("Zamzam", ["SD"]).place_id == "m:1"
    assert SMALL.resolve("Zamzam camp").place_id == "m:1"


def test_consonants_find_another_spelling_only_inside_the_country() -> None:
    """Deir Ezzor is found in a report about Syria and nowhere else."""
    assert SMALL.resolve("Deir Ezzor", ["SY"]).place_id == "gn:2"
    assert not SMALL.resolve("Deir Ezzor").found
    assert not SMALL.resolve("Deir Ezzor", ["IQ"]).found


def test_a_country_comes_before_a_town_of_its_name() -> None:
    """Jordan is the country, also in an American report."""
    assert SMALL.resolve("Jordan", ["US"]).place_id == "iso:JO"


def test_countries_are_known_by_name_adjective_and_abbreviation() -> None:
    """Capitals matter for abbreviations: "us" is a pronoun."""
    assert [SMALL.country_of(w) for w in ("Syrian", "السورية", "US", "U.S.", "us", "Martian")] == [
        "SY",
        "SY",
        "US",
        "US",
        None,
        None,
    ]
    assert SMALL.country_name("SY") == "Syria"
    assert SMALL.country_name("ZZ") == "ZZ"


def test_the_codes_of_its_countries_are_worked_out_once() -> None:
    """Every row of a table may ask for them."""
    codes = SMALL.country_codes()
    assert {"SY", "LB", "LY"} <= codes
    assert SMALL.country_codes() is codes


def test_candidates_come_largest_first() -> None:
    """Every namesake is listed, the most populous first."""
    assert [entry.country for entry in SMALL.candidates("TRIPOLI")] == ["LY", "LB"]
    assert SMALL.candidates("") == SMALL.candidates("x" * 10_000) == []


@given(st.text(max_size=80), st.lists(st.sampled_from(["SY", "LB", "US"]), max_size=2))
def test_any_words_give_a_place_that_keeps_them(words: str, countries: list[str]) -> None:
    """Resolving never fails, and whatever comes out was asked for by these words."""
    place = SMALL.resolve(words, countries)
    assert place.words == words
    assert place.found or place.name == words


# --- the file -------------------------------------------------------------------------------------------------------


def written(tmp_path: Path) -> Path:
    """Return a file that holds the small gazetteer."""
    batch = gazetteer_batch(SITES, {"Syria": "SY"})
    with pa.OSFile(str(tmp_path / "g.arrow"), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return tmp_path / "g.arrow"


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """The gazetteer is reproducible."""
    first = written(tmp_path).read_bytes()
    assert written(tmp_path).read_bytes() == first


def test_gazetteer_pickles_as_its_path(tmp_path: Path) -> None:
    """A worker process opens the file itself; no place travels."""
    pickled = pickle.dumps(Gazetteer.open(written(tmp_path)))
    assert len(pickled) < 500
    assert pickle.loads(pickled).resolve("Raqqa", ["SY"]).place_id == "gn:1"  # noqa: S301 - our own bytes


def test_missing_and_foreign_files_are_refused_with_what_to_do(tmp_path: Path) -> None:
    """A message names the file and the tool that makes it."""
    with pytest.raises(Wrong, match=r"absent\.arrow.*tools/gazetteer\.py"):
        Gazetteer.open(tmp_path / "absent.arrow")
    for content in (b"", b"not arrow at all", written(tmp_path).read_bytes()[:-100]):
        (tmp_path / "foreign.arrow").write_bytes(content)
        with pytest.raises(Wrong, match="cannot be read"):
            Gazetteer.open(tmp_path / "foreign.arrow")


def test_impossible_places_cannot_be_built() -> None:
    """A point off the globe, or a kind nobody knows, is refused."""
    with pytest.raises(ValueError, match="globe"):
        site("x", "Nowhere", "SY", (91.0, 0.0))
    with pytest.raises(ValueError, match="kind"):
        site("x", "Nowhere", "SY", (0.0, 0.0), kind="planet")


# --- marsad's own lists ---------------------------------------------------------------------------------------------


def own(file: str, table: str) -> list[dict[str, object]]:
    """Return the entries of one of marsad's lists of places."""
    text = (resources.files("marsad.resources") / "places" / f"{file}.toml").read_text("utf-8")
    entries: list[dict[str, object]] = tomllib.loads(text)[table]
    return entries


def test_every_alias_has_an_example_that_uses_it() -> None:
    """An entry without a sentence that shows it is not an entry."""
    for entry in own("aliases", "place"):
        names = [entry["name"], *entry["names"]]  # type: ignore[misc]
        assert any(fold(str(name)) in fold(str(entry["example"])) for name in names), entry["place_id"]


def test_every_country_has_an_example_that_uses_it() -> None:
    """So with adjectives."""
    for entry in own("countries", "country"):
        assert any(str(word) in str(entry["example"]) for word in entry["people"]), entry["code"]  # type: ignore[attr-defined]


def test_aliases_agree_with_the_world(world: Gazetteer) -> None:
    """Each name of the list finds its place in its own country, within 30 km of where the list puts it (cities)."""
    for entry in own("aliases", "place"):
        words = str(entry["name"]) + (" province" if entry["kind"] == "admin1" else "")
        place = world.resolve(words, [str(entry["country"])])
        assert place.place_id == entry["place_id"], (words, place)
        assert place.latitude is not None
        assert place.longitude is not None
        apart = kilometres((place.latitude, place.longitude), (entry["latitude"], entry["longitude"]))  # type: ignore[arg-type]
        assert apart < 30, (words, apart)


@pytest.mark.parametrize(
    ("words", "country", "point"),
    [
        ("Raqa", "SY", (35.95, 39.01)),
        ("Deir Ezzor", "SY", (35.34, 40.14)),
        ("Maaret al-Noman", "SY", (35.64, 36.67)),
        ("Douma", "LB", (34.20, 35.84)),
        ("الفلوجة", "IQ", (33.35, 43.78)),
        ("Shejaiya", "PS", (31.50, 34.47)),
        ("El Fasher", "SD", (13.63, 25.35)),
        ("Bojayá", "CO", (6.56, -76.89)),
    ],
)
def test_places_of_real_reports_are_found(
    world: Gazetteer, words: str, country: str, point: tuple[float, float]
) -> None:
    """Wire spellings, quarters and Arabic names come to the right point, 25 km at most away."""
    place = world.resolve(words, [country])
    assert place.country == country
    assert place.latitude is not None
    assert place.longitude is not None
    assert kilometres((place.latitude, place.longitude), point) < 25


@pytest.mark.skipif(not ASSET.is_file(), reason="assets/gazetteer.arrow is not built here")
def test_a_file_is_opened_once_while_it_is_the_same(tmp_path: Path) -> None:
    """What was looked up is kept, and held once, however often a newsroom checks an article; another file is read anew."""
    one, other = tmp_path / "one.arrow", tmp_path / "other.arrow"
    for path in (one, other):
        shutil.copyfile(ASSET, path)
    assert Gazetteer.open(one) is Gazetteer.open(str(one))
    assert Gazetteer.open(one) is not Gazetteer.open(other)
    before = Gazetteer.open(one)
    os.utime(one, (1, 1))
    assert Gazetteer.open(one) is not before
