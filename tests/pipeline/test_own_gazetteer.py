"""An observatory's own places: kept as received, made into one gazetteer, and read with; whatever is refused leaves no trace."""

import itertools
import os
from datetime import UTC, date, datetime
from pathlib import Path

import made_places
import pytest
from place_lines import dump_line
from small_world import NOW, Story, receive

from marsad.model import ListKind, Wrong
from marsad.pipeline.again import rederived
from marsad.pipeline.gazetteer import (
    FILE,
    Imported,
    drop_list,
    find,
    fresh_places_file,
    import_lists,
    listed,
    places_file,
    used_lists,
)
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.verify import verify_observatory
from marsad.preserve.vault import Vault

DUMP = "".join(
    [
        dump_line(1, "Kafr Nuran", population="41000"),
        dump_line(90, "Bir Lawz", others="بئر لوز", latitude="36.4", longitude="38.6"),
        dump_line(91, "Tell Qarra", latitude="36.9", longitude="38.9"),
        dump_line(92, "A School", feature="S.SCH"),
        dump_line(93, "Bad", latitude="95"),
    ]
)
NAMES = "1\t90\tar\tبئر اللوز\t1\t\t\t\t\t\n2\t90\ten\tAlmond Well\t\t\t\t1\t\t\n3\t999\ten\tElsewhere\t\t\t\t\t\t\n"
PCODES = """ADM1_EN,ADM1_AR,ADM1_PCODE,ADM2_EN,ADM2_AR,ADM2_PCODE
Ar-Rumman,الرمان,SY07,Lawzah,لوزة,SY0701
Ar-Rumman,الرمان,SY07,Bir Lawz,بئر لوز,SY0702
"""
OWN = "name,name_ar,lat,lon,country,kind\nDayr Hamam Camp,مخيم دير حمام,36.2,38.2,SY,camp\nBir Lawz,,36.41,38.61,SY,village\n"
TEXT = (
    "Shells killed 9 people in the Syrian village of Bir Lawz on Tuesday, 25 November 2014. "
    "Another 4 people were killed in Dayr Hamam camp on Tuesday, 25 November 2014."
)


class Ground:
    """An observatory over the made-up gazetteer, and files to import."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.base = made_places.file(folder)
        self.obs = Observatory.init(folder / "obs", "places", NOW)

    def file(self, name: str, text: str) -> Path:
        """Write a file to import."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def take(self, *given: tuple[str, str], country: str | None = None) -> list[Imported]:
        """Import files of these names and texts."""
        files = [self.file(name, text) for name, text in given]
        done = import_lists(self.obs, files, country, NOW, os.urandom, base=self.base)
        assert fresh_places_file(self.obs, self.base) == self.obs.path / FILE
        return done

    def means(self, words: str, country: str | None = "SY") -> str | None:
        """Return the id of the place that words mean."""
        return find(self.obs, words, country, self.base).answer.place.place_id

    def run(self) -> int:
        """Run; return how many reports were read."""
        return run(self.obs, processes=1, gazetteer=self.base).read

    def differences(self) -> list[tuple[str, bool]]:
        """Return what `marsad verify` finds: subjects, and whether harmless."""
        found = verify_observatory(self.obs.path, lambda: rederived(self.obs, 1, self.base), gazetteer=self.base)
        return [(difference.subject, difference.harmless) for difference in found]

    def trace(self) -> dict[str, bytes]:
        """Return every file of the observatory with its bytes."""
        return {str(path): path.read_bytes() for path in sorted(self.obs.path.rglob("*")) if path.is_file()}


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return Ground(tmp_path)


def counts(imported: Imported) -> tuple[int, int, int, int]:
    part = imported.part
    return part.laid.known, part.laid.new, part.passed_over, len(part.rejections)


# --- importing ------------------------------------------------------------------------------------------------------


def test_a_dump_is_taken_in_with_what_became_of_each_row(ground: Ground) -> None:
    """One known, two new, one passed over, one rejected; the names find the places."""
    [done] = ground.take(("SY.txt", DUMP))
    assert (done.part.given.kind, done.new, counts(done)) == (ListKind.GEONAMES, True, (1, 2, 1, 1))
    assert done.part.rejections[0].reason.startswith('SY.txt line 5, latitude: "95" is not within')
    assert [ground.means(words) for words in ("Bir Lawz", "بئر لوز", "Kafr Nuran", "Nowhere")] == [
        "gn:90",
        "gn:90",
        "gn:1",
        None,
    ]


def test_all_kinds_together_know_one_another(ground: Ground) -> None:
    """Further names go to the dump's place, a p-code to its district, and one's own row to the hamlet that it is."""
    done = ground.take(("SY.txt", DUMP), ("names.txt", NAMES), ("adm2.csv", PCODES), ("own.csv", OWN))
    assert [counts(one)[:2] for one in done] == [(1, 2), (1, 0), (1, 0), (1, 1)]
    assert ground.means("Almond Well") == "gn:90"
    assert ground.means("Dayr Hamam camp", None) == ground.means("Dayr Hamam Camp")
    found = find(ground.obs, "Bir Lawz", "SY", ground.base)
    assert found.answer.entry is not None
    assert (found.answer.entry.name_ar, found.answer.entry.curated) == ("بئر اللوز", True)
    assert found.pcodes == {}
    assert find(ground.obs, "Rumman province", "SY", ground.base).pcodes == {"ne:1": "SY07"}


def test_units_without_points_wait_for_a_dump_that_has_them(ground: Ground) -> None:
    """Alone, the table's districts cannot be placed; with the dump's districts, both are, and the dump keeps the points."""
    [alone] = ground.take(("adm2.csv", PCODES))
    assert counts(alone) == (1, 0, 0, 2)
    dump = dump_line(80, "Lawzah", feature="A.ADM2") + dump_line(81, "Bir Lawz", feature="A.ADM2", latitude="36.4")
    ground.take(("SY.txt", dump))
    assert {given.name: (told["known"], told["rejected"]) for given, told in listed(ground.obs, ground.base)} == {
        "adm2.csv": (3, 0),
        "SY.txt": (0, 0),
    }
    assert find(ground.obs, "Lawzah district", "SY", ground.base).pcodes == {"gn:80": "SY0701"}


@pytest.mark.long
def test_the_order_of_imports_changes_nothing(tmp_path: Path) -> None:
    """Dump, names, table and own list in any order: the same gazetteer to the byte."""
    files = [("SY.txt", DUMP), ("names.txt", NAMES), ("adm2.csv", PCODES), ("own.csv", OWN)]
    orders = [order for order in itertools.permutations(files) if order.index(files[0]) < order.index(files[1])]
    made = set()
    for number, order in enumerate(orders[::3]):
        (tmp_path / str(number)).mkdir()
        ground = Ground(tmp_path / str(number))
        for given in order:
            ground.take(given)
        made.add((ground.obs.path / FILE).read_bytes())
    assert len(made) == 1


@pytest.mark.long
def test_importing_again_changes_nothing(ground: Ground) -> None:
    """The second time is known: no leaf, no byte, and the run has nothing to do."""
    ground.take(("SY.txt", DUMP))
    receive(ground.obs, [story()], NOW)
    assert ground.run() == 1
    before = ground.trace()
    [again] = ground.take(("SY.txt", DUMP))
    assert (again.new, counts(again)) == (False, (1, 2, 1, 1))
    assert ground.trace() == before
    assert ground.run() == 0


def test_a_newer_edition_comes_first_and_the_older_one_is_named(ground: Ground) -> None:
    """Row 7 of a table moved: it lies where the newer table has it, and the import says that the older one is still there."""
    older = "id,name,lat,lon,country,kind\n7,Dayr Hamam,36.2,38.2,SY,camp\n"
    ground.take(("camps.csv", older))
    [newer] = ground.take(("camps.csv", older.replace("36.2", "36.6")))
    assert [given.evidence for given in newer.earlier] == [used_lists(ground.obs)[0].evidence]
    found = find(ground.obs, "Dayr Hamam", "SY", ground.base)
    assert (found.answer.place.place_id, found.answer.place.latitude) == ("own:camps/7", 36.6)
    assert len(found.candidates) == 1


@pytest.mark.long
def test_one_dump_for_two_countries(ground: Ground) -> None:
    """--country reads one country's rows; the same file for another country is another list, its bytes kept once."""
    dump = DUMP + dump_line(95, "Tell Nahr", country="IQ", latitude="33.3", longitude="44.1")
    ground.take(("all.txt", dump), country="SY")
    assert (ground.means("Bir Lawz"), ground.means("Tell Nahr", "IQ")) == ("gn:90", None)
    ground.take(("all.txt", dump), country="Iraq")
    assert (ground.means("Bir Lawz"), ground.means("Tell Nahr", "IQ")) == ("gn:90", "gn:95")
    assert [given.country for given in used_lists(ground.obs)] == ["SY", "IQ"]
    assert sum(path.is_file() for path in (ground.obs.path / "vault").rglob("*")) == 1


@pytest.mark.long
@pytest.mark.parametrize(
    ("files", "country", "said"),
    [
        ([("SY.txt", DUMP), ("x.csv", "killed,injured\n1,2\n")], None, "x.csv line 1: .*no list of places"),
        (
            [("SY.txt", DUMP), ("own.csv", "name,lat,lon,country\nBir,95,36,SY\n")],
            None,
            "own.csv: has no row that can be",
        ),
        (
            [("names.txt", NAMES)],
            None,
            "names.txt: names no place of a dump that was imported; import the GeoNames dump",
        ),
        ([("SY.txt", DUMP)], "IQ", "SY.txt: has no place of IQ in it"),
        ([("SY.txt", DUMP)], "Atlantis", '--country: "Atlantis" is no country that marsad knows'),
        ([("own.csv", OWN), ("empty.csv", "")], None, "empty.csv: is empty"),
        ([("SY.txt", "".join(dump_line(n, "=x") for n in range(10_002)))], None, "more than 10,000 rows that cannot"),
    ],
)
def test_what_is_refused_leaves_no_trace(
    ground: Ground, files: list[tuple[str, str]], country: str | None, said: str
) -> None:
    """Of several files all or none: nothing kept, no gazetteer, no leaf."""
    before = ground.trace()
    with pytest.raises(Wrong, match=said):
        ground.take(*files, country=country)
    assert ground.trace() == before
    assert used_lists(ground.obs) == []


@pytest.mark.long
def test_a_list_is_dropped_and_put_back(ground: Ground) -> None:
    """Its names are gone and its bytes are not; imported again it stands as before."""
    ground.take(("SY.txt", DUMP), ("own.csv", OWN))
    made = (ground.obs.path / FILE).read_bytes()
    [own] = [given for given in used_lists(ground.obs) if given.kind is ListKind.OWN]
    [gone] = drop_list(ground.obs, own.evidence[:8], NOW, os.urandom, ground.base)
    assert (gone.name, ground.means("Dayr Hamam camp"), ground.means("Bir Lawz")) == ("own.csv", None, "gn:90")
    assert ground.obs.vault.get(own.evidence) == OWN.encode()
    ground.take(("own.csv", OWN))
    assert (ground.obs.path / FILE).read_bytes() == made
    for given in used_lists(ground.obs):
        drop_list(ground.obs, given.evidence, NOW, os.urandom, ground.base)
    assert places_file(ground.obs, ground.base) == ground.base
    assert not (ground.obs.path / FILE).exists()
    assert ground.differences() == []


@pytest.mark.long
def test_a_list_put_back_is_the_newest(ground: Ground) -> None:
    """Of two editions the one last taken in comes first, whichever was received first."""
    older = "id,name,lat,lon,country,kind\n7,Dayr Hamam,36.2,38.2,SY,camp\n"
    for text in (older, older.replace("36.2", "36.6")):
        ground.take(("camps.csv", text))
    drop_list(ground.obs, used_lists(ground.obs)[0].evidence, NOW, os.urandom, ground.base)
    ground.take(("camps.csv", older))
    assert find(ground.obs, "Dayr Hamam", "SY", ground.base).answer.place.latitude == 36.2
    assert ground.differences() == []


@pytest.mark.parametrize("begins", ["", "zz"])
def test_only_a_hash_that_means_one_list_drops_it(ground: Ground, begins: str) -> None:
    """Nothing, or no list: refused with where to look."""
    ground.take(("SY.txt", DUMP))
    with pytest.raises(
        Wrong, match=r"is the beginning of the hash of .* lists in use, not one; see `marsad gazetteer list"
    ):
        drop_list(ground.obs, begins, NOW, os.urandom, ground.base)


# --- reading, and proving -------------------------------------------------------------------------------------------


def story() -> Story:
    """Return a report that names two places which only lists have."""
    return Story("Gulf Gate", date(2014, 11, 26), TEXT)


def places_of(obs: Observatory) -> set[str | None]:
    with obs.derived(read_only=True) as derived:
        return set(derived.table("claim").column("place_id").to_pylist())


@pytest.mark.long
def test_a_list_makes_the_run_read_again(ground: Ground) -> None:
    """Claims get the places that were not found before; without a new list nothing is read again."""
    receive(ground.obs, [story()], NOW)
    assert ground.run() == 1
    assert places_of(ground.obs) == {None}
    ground.take(("SY.txt", DUMP), ("own.csv", OWN))
    assert ground.run() == 1
    assert places_of(ground.obs) == {"gn:90", ground.means("Dayr Hamam camp")}
    assert ground.run() == 0


@pytest.mark.long
def test_everything_can_be_made_again_bit_for_bit(ground: Ground) -> None:
    """Derived store and gazetteer removed: the next run makes both, to the same bytes and the same digest."""
    receive(ground.obs, [story()], NOW)
    ground.take(("SY.txt", DUMP), ("own.csv", OWN))
    ground.run()
    gazetteer = (ground.obs.path / FILE).read_bytes()
    with ground.obs.derived(read_only=True) as derived:
        digest = derived.digest()
    assert ground.differences() == []
    for name in (FILE, "derived.db"):
        (ground.obs.path / name).unlink()
    told: list[str] = []
    assert run(ground.obs, lambda what, _done, _of: told.append(what), 1, ground.base).read == 1
    assert told[0] == "places"
    assert (ground.obs.path / FILE).read_bytes() == gazetteer
    with ground.obs.derived(read_only=True) as derived:
        assert derived.digest() == digest
    assert ground.differences() == []


@pytest.mark.long
def test_verify_finds_a_gazetteer_that_does_not_follow_from_the_lists(ground: Ground) -> None:
    """A changed point is a difference; a missing or outdated file only waits for the next run."""
    ground.take(("SY.txt", DUMP))
    ground.run()
    path = ground.obs.path / FILE
    whole = path.read_bytes()
    at = whole.find(b"Bir Lawz")
    path.write_bytes(whole[:at] + b"Far" + whole[at + 3 :])
    assert (FILE, False) in ground.differences()
    path.unlink()
    assert (FILE, True) in ground.differences()
    assert fresh_places_file(ground.obs, ground.base) is None
    assert not path.exists()
    path.write_bytes(b"not arrow")
    assert {harmless for subject, harmless in ground.differences() if subject == FILE} == {True}
    ground.run()
    assert path.read_bytes() == whole
    assert ground.differences() == []


@pytest.mark.long
def test_verify_finds_a_damaged_list(ground: Ground) -> None:
    """The bytes of a list are evidence like those of a report."""
    ground.take(("SY.txt", DUMP))
    [given] = used_lists(ground.obs)
    stored = Vault(ground.obs.path / "vault").path(given.evidence)
    stored.chmod(0o600)
    stored.write_text(DUMP.replace("Lawz", "Lawx"), "utf-8")
    serious = {subject for subject, harmless in ground.differences() if not harmless}
    assert {f"vault/{given.evidence[:2]}/{given.evidence[2:4]}/{given.evidence}", FILE} <= serious


def test_another_shipped_gazetteer_makes_it_anew(ground: Ground) -> None:
    """The next marsad ships other places: the observatory's own gazetteer follows."""
    ground.take(("own.csv", OWN))
    before = (ground.obs.path / FILE).read_bytes()
    other = ground.base.with_name("other.arrow")
    batch = made_places.batch().replace_schema_metadata({"made": "again"})
    made_places.write(other, batch)
    assert fresh_places_file(ground.obs, other) is None
    places_file(ground.obs, other)
    assert (ground.obs.path / FILE).read_bytes() != before


def test_without_lists_the_shipped_gazetteer_is_used(ground: Ground) -> None:
    """Nothing is written for an observatory that brings nothing."""
    before = ground.trace()
    assert places_file(ground.obs, ground.base) == ground.base
    assert ground.means("Kafr Nuran") == "gn:1"
    assert ground.trace() == before


@pytest.mark.long
def test_what_is_said_of_a_list_is_sealed(ground: Ground) -> None:
    """One leaf for the bytes, one for each thing said; the time is that of the import."""
    ground.take(("SY.txt", DUMP))
    later = datetime(2026, 12, 1, tzinfo=UTC)
    drop_list(ground.obs, used_lists(ground.obs)[0].evidence, later, os.urandom, ground.base)
    with ground.obs.kept(read_only=True) as kept, kept.read() as reading:
        said = [(content["version"], content["used"]) for _, _, content in reading.things("place_list")]
        [standing] = reading.place_lists()
        assert reading.tree_size() == 3
    assert said == [(1, 1), (2, 0)]
    assert (standing.used, standing.recorded_at) == (False, later)
    assert ground.differences() == []
