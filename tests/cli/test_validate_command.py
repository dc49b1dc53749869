"""`marsad validate`: files of a release are right, a wrong cell is named, other people's tables are read with patience."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))

from many_incidents import many

from marsad.cli import main
from marsad.publish.formats import data_files

FILES = dict(data_files(many(60), b"{}"))


def validated(path: Path, *options: str) -> tuple[int, str]:
    """Return the exit code and what was printed."""
    done = CliRunner().invoke(main, ["validate", str(path), *options])
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("ucdp-ged.csv", "ucdp-ged"),
        ("acled.csv", "acled"),
        ("hxl.csv", "hxl"),
        ("airwars.csv", "airwars"),
        ("ibc.csv", "ibc"),
        ("incidents.geojson", "geojson"),
        ("incidents.geo.parquet", "geoparquet"),
    ],
)
def test_the_files_of_a_release_are_right(tmp_path: Path, name: str, form: str) -> None:
    """Known by their names and headers; nothing found, exit code 0."""
    (tmp_path / name).write_bytes(FILES[f"data/{name}"])
    assert validated(tmp_path / name) == (0, f"{tmp_path / name}: {form}, nothing found.\n")


def test_a_wrong_cell_is_named(tmp_path: Path) -> None:
    """Row, column, value and rule; exit code 1; with --json as an object."""
    lines = FILES["data/acled.csv"].decode().split("\r\n")
    lines[2] = lines[2].replace("Political violence", "Unrest", 1)
    (tmp_path / "acled.csv").write_text("\r\n".join(lines), "utf-8", newline="")
    code, out = validated(tmp_path / "acled.csv", "--as", "acled")
    assert code == 1
    assert "row 3, disorder_type: 'Unrest' is none of" in out
    assert "1 faults" in out
    code, out = validated(tmp_path / "acled.csv", "--json")
    told = json.loads(out.split("\n")[0])
    assert (told["row"], told["column"], told["value"]) == (3, "disorder_type", "Unrest")


def test_a_byte_order_mark_and_semicolons_are_no_faults(tmp_path: Path) -> None:
    """As spreadsheets write tables."""
    data = FILES["data/ibc.csv"].decode()
    assert ";" not in data.split("\r\n")[0]
    (tmp_path / "ibc.csv").write_bytes(b"\xef\xbb\xbf" + data.encode())
    assert validated(tmp_path / "ibc.csv")[0] == 0


def test_what_is_no_known_table_is_refused(tmp_path: Path) -> None:
    """Exit code 2 and what to do; so is a file that is not there."""
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", "utf-8")
    code, out = validated(tmp_path / "x.csv")
    assert (code, "--as" in out) == (2, True)
    assert validated(tmp_path / "none.csv")[0] == 2
    assert validated(tmp_path / "none.csv", "--as", "hxl")[0] == 2
    assert validated(tmp_path, "--as", "geojson")[0] == 2


def test_only_so_many_faults_are_listed(tmp_path: Path) -> None:
    """All are counted."""
    lines = FILES["data/ucdp-ged.csv"].decode().split("\r\n")
    wrong = [lines[0], *[line.replace("Middle East", "Levant") for line in lines[1:]]]
    (tmp_path / "ged.csv").write_text("\r\n".join(wrong), "utf-8", newline="")
    code, out = validated(tmp_path / "ged.csv", "--most", "2")
    assert code == 1
    assert len(out.splitlines()) == 3
    assert "the first 2 listed" in out
