"""`marsad gazetteer`, as a person or a script meets it."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from place_lines import dump_line
from small_world import NOW

import marsad
from marsad.cli.extract_command import extract
from marsad.cli.gazetteer_command import gazetteer
from marsad.pipeline.observatory import Observatory

OWN = "name,lat,lon,country,kind\nBir Lawz,36.4,38.6,SY,village\nBad,95,36,SY,city\n"


def run(*words: object) -> Result:
    return CliRunner().invoke(gazetteer, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def obs(tmp_path: Path) -> Path:
    """An empty observatory; places are looked up in the gazetteer that marsad ships, where it has been built."""
    if not (Path(marsad.__file__).parent / "assets" / "gazetteer.arrow").is_file():
        pytest.skip("assets/gazetteer.arrow is not built here")
    return Observatory.init(tmp_path / "obs", "places", NOW).path


def file(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def test_import_says_what_was_taken_and_what_was_not(obs: Path, tmp_path: Path) -> None:
    """Counts on standard output, rejections on standard error, and the next step."""
    result = run("import", obs, file(tmp_path, "own.csv", OWN))
    assert result.exit_code == 0
    assert "): 1 new places, 0 known, 1 rejected.\n" in result.stdout
    assert result.stdout.endswith(f"Next: marsad run {obs}\n")
    assert result.stderr.startswith('own.csv line 3, latitude: "95" is not within -90 to 90 degrees; correct it')


def test_import_again_and_of_a_newer_edition(obs: Path, tmp_path: Path) -> None:
    """Known already; a file of the same name is named with the command that drops it."""
    first = run("import", obs, file(tmp_path, "own.csv", OWN))
    assert "in use already; 1 new places" in run("import", obs, tmp_path / "own.csv").stdout
    sha = first.stdout.partition("(own, ")[2][:12]
    newer = run("import", obs, file(tmp_path, "own.csv", OWN.replace("36.4", "36.5")))
    assert f"marsad gazetteer drop {obs} {sha}" in newer.stderr


def test_json_is_one_object_a_list(obs: Path, tmp_path: Path) -> None:
    """Every rejection on standard error, every list a line; list says the same with its time."""
    bad = "".join(dump_line(n, "=x") for n in range(2, 20))
    files = [file(tmp_path, "own.csv", OWN), file(tmp_path, "SY.txt", dump_line(172955, "Raqqa") + bad)]
    result = run("import", obs, *files, "--json")
    own, dump = (json.loads(line) for line in result.stdout.splitlines())
    assert (own["name"], own["kind"], own["imported"], own["new"], own["rejected"]) == ("own.csv", "own", True, 1, 1)
    assert (dump["kind"], dump["country"], dump["known"], dump["passed_over"], dump["rejected"]) == (
        "geonames",
        None,
        1,
        0,
        18,
    )
    assert result.stderr.count("SY.txt line ") == 18
    told = [json.loads(line) for line in run("list", obs, "--json").stdout.splitlines()]
    assert [{**one, "imported": True} for one in told] == [
        {**one, "recorded_at": at["recorded_at"]} for one, at in zip((own, dump), told, strict=True)
    ]


def test_many_rejections_are_counted(obs: Path, tmp_path: Path) -> None:
    """Ten are told, the others counted."""
    lines = dump_line(172955, "Raqqa") + "".join(dump_line(n, "=x") for n in range(2, 20))
    result = run("import", obs, file(tmp_path, "SY.txt", lines))
    assert result.stderr.count("SY.txt line ") == 10
    assert "… and 8 more (all of them with --json)" in result.stderr


def test_list_shows_what_is_in_use(obs: Path, tmp_path: Path) -> None:
    """Nothing at first, with how to go on; then hash, day, name, kind and counts."""
    assert "No lists: places are looked up in the gazetteer that marsad ships." in run("list", obs).stdout
    run("import", obs, file(tmp_path, "own.csv", OWN), "--country", "syria")
    assert "own.csv (own, SY): 1 new, 0 known, 1 rejected" in run("list", obs).stdout


def test_find_says_which_place_and_why(obs: Path, tmp_path: Path) -> None:
    """The place with its kind, point and id, the reason, and the namesakes that are not meant."""
    table = (
        "name,name_ar,lat,lon,country,kind,pcode\nBir Lawz,بئر لوز,36.4,38.6,SY,village,C9\nRumman,,33,36,SY,village,\n"
    )
    run("import", obs, file(tmp_path, "own.csv", table))
    said = run("find", obs, "بئر لوز", "--country", "SY").stdout
    assert said.startswith("بئر لوز: Bir Lawz (بئر لوز), village in SY, at 36.4, 38.6 [own:own/")
    assert "C9], where_prec 1\n  because it lies in the country that the report speaks of\n" in said
    both = run("find", obs, "Raqqa", "--country", "SY").stdout
    assert both.startswith("Raqqa: Raqqa (الرقة), city in ")
    assert re.search(r"  not .* \(محافظة الرقة\), admin1 in .*, SY, at .* \[ne:", both)


@pytest.mark.long
@pytest.mark.parametrize(
    ("words", "because"),
    [
        (("Dahr Wasimnur", "--country", "SY"), "no place has this name, nor one of its sound in SY"),
        (("Dahr Wasimnur",), "no place has this name"),
        (("Tell Qarranur", "--country", "SY"), "2 places in SY have this name, and none is likelier than a far one"),
        (("Bir Lawz",), "none outweighs all others; name its country"),
        (("Bir Lawz", "--country", "IQ"), "the places that have this name are outside IQ, and none outweighs"),
    ],
)
def test_find_says_honestly_that_none_is_meant(obs: Path, tmp_path: Path, words: tuple[str, ...], because: str) -> None:
    """Not found, exit code 0, and why not."""
    hamlets = [("Tell Qarranur", "33"), ("Tell Qarranur", "36"), ("Bir Lawz", "36.4")]
    dump = "".join(dump_line(90 + n, name, latitude=at) for n, (name, at) in enumerate(hamlets))
    run("import", obs, file(tmp_path, "SY.txt", dump))
    result = run("find", obs, *words)
    assert (result.exit_code, result.stdout.split("\n")[0]) == (0, f"{words[0]}: not found")
    assert because in result.stdout
    told = json.loads(run("find", obs, *words, "--json").stdout)
    assert told["found"] is None
    assert because in told["because"]


def test_find_as_json(obs: Path) -> None:
    """One object with the place, the reason and every place of the name."""
    told = json.loads(run("find", obs, "outskirts of Raqqa", "--country", "SY", "--json").stdout)
    assert (told["words"], told["found"]["place_id"], told["found"]["precision"]) == (
        "outskirts of Raqqa",
        "gn:172955",
        2,
    )
    assert "gn:172955" in [one["place_id"] for one in told["candidates"]]
    assert told["found"].keys() == told["candidates"][0].keys()


def test_drop_takes_a_list_out_of_use(obs: Path, tmp_path: Path) -> None:
    """By the beginning of its hash, as list shows it."""
    run("import", obs, file(tmp_path, "own.csv", OWN))
    sha = run("list", obs).stdout.split()[0]
    assert run("drop", obs, sha).stdout == f"own.csv: used no longer. Next: marsad run {obs}\n"
    assert "No lists" in run("list", obs).stdout


def test_a_packed_dump_whose_readme_is_beside_it(obs: Path, tmp_path: Path) -> None:
    """As GeoNames packs its countries."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "read me")
        archive.writestr("SY.txt", dump_line(90, "Bir Lawz"))
    (tmp_path / "SY.zip").write_bytes(sink.getvalue())
    assert "SY.zip (geonames" in run("import", obs, tmp_path / "SY.zip").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "none.csv"), "none.csv: is not a file"),
        (("import", "other.csv"), 'other.csv line 1: "killed" is the first line of no list of places'),
        (("find", "Bir Lawz", "--country", "Atlantis"), '--country: "Atlantis" is no country that marsad knows'),
        (("drop", "ab"), 'gazetteer: "ab" is the beginning of the hash of 0 lists in use, not one'),
    ],
)
def test_wrong_input(
    obs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    """Exit code 2, subject, value, rule and remedy on standard error, and nothing changed."""
    file(tmp_path, "other.csv", "killed\n9\n")
    monkeypatch.chdir(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in obs.rglob("*")}
    result = run(words[0], obs, *words[1:])
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert {path: path.stat().st_mtime_ns for path in obs.rglob("*")} == before


def test_extract_reads_with_the_gazetteer_it_is_given(obs: Path, tmp_path: Path) -> None:
    """A report is placed with an observatory's lists, without touching the observatory."""
    run("import", obs, file(tmp_path, "own.csv", OWN))
    report = file(tmp_path, "report.txt", "Nine people were killed in the Syrian village of Bir Lawz.")
    placed = []
    for more in ([], ["--gazetteer", str(obs / "gazetteer.arrow")]):
        said = CliRunner().invoke(extract, [str(report), "--format", "jsonl", *more], catch_exceptions=False).stdout
        placed += [claim["place"]["latitude"] for claim in json.loads(said)["claims"]]
    assert placed == [None, 36.4]


@pytest.mark.parametrize("command", ["import", "list", "find", "drop"])
def test_help_has_an_example(command: str) -> None:
    """The help shows how each part is used and what its exit codes mean."""
    said = run(command, "--help").stdout
    assert f"marsad gazetteer {command} obs/" in said
    assert "Exit codes:" in said
