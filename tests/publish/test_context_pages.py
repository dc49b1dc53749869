"""What stands beside incidents in a release: pages that rest clause by clause on statements, tables, and the check of both."""

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from made import files_of, write
from stated import context, release

from marsad.publish.public import NO_CONTEXT
from marsad.publish.record import from_json, to_json

POINT = context().points[0].id
PAGES = ["context.html", f"place/{POINT}.html", "actor/islamic-state.html", "actor/ypg.html"]


@cache
def files() -> dict[str, bytes]:
    """Return every file of the release; made once."""
    return files_of(release())


def rows(path: str) -> list[dict[str, str]]:
    """Return the rows of a table of the release."""
    return list(csv.DictReader(io.StringIO(files()[path].decode())))


def test_the_record_comes_back_with_what_stands_beside_incidents() -> None:
    """To the byte."""
    assert from_json(to_json(release())) == release()


@pytest.mark.parametrize("folder", ["", "ar/"])
@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_there_in_each_language_and_every_link_of_it_leads_somewhere(folder: str, name: str) -> None:
    """No clause leads to a statement that is not told: neither within the page nor on another."""
    page = files()[folder + name].decode()
    assert f'lang="{"ar" if folder else "en"}"' in page
    ids = set(re.findall(r'id="([^"]+)"', page))
    base = Path(folder + name).parent
    for link in re.findall(r'href="([^"]+)"', page):
        if link.startswith(("http", "data:")):
            continue
        path, _, at = link.partition("#")
        if not path:
            assert at in ids, link
            continue
        target = Path("/", base, path).resolve().as_posix()[1:]
        assert target in files(), link
        assert not at or f'id="{at}"' in files()[target].decode(), link


def test_no_page_needs_or_allows_a_script() -> None:
    """The slider is made of radio buttons: one for each day, each with its map behind it."""
    for name in PAGES:
        page = files()[name].decode()
        assert "<script" not in page
        assert "script-src" not in page
        assert " style=" not in page
    page = files()["context.html"].decode()
    days = re.findall(r'<input type="radio" name="day" id="day-([0-9-]+)"( checked)?>', page)
    assert [day for day, _ in days] == ["2014-10-06", "2014-10-26", "2014-10-31"]
    assert [bool(checked) for _, checked in days] == [False, False, True]
    assert page.count('class="static-map held"') == 3
    assert page.count('id="land"') == 1


def test_a_place_says_who_holds_it_who_fled_and_what_was_done() -> None:
    """Words of reports are quoted as they stand; the Arabic page says it in Arabic and in Arabic digits."""
    page, arabic = (files()[f"{folder}place/{POINT}.html"].decode() for folder in ("", "ar/"))
    assert "held by YPG" in page
    assert "held in part by Islamic State, and besieged" in page
    assert "130,000" in page
    assert "seized parts of town" in page
    assert "١٣٠٬٠٠٠" in arabic
    assert "تنظيم الدولة" in arabic


def test_the_tables_tell_the_same_and_no_cell_is_run() -> None:
    """One row a statement, one a run of days; what a spreadsheet would run begins with an apostrophe."""
    told = rows("data/context.csv")
    assert len(told) == len(context().knowledge)
    [condemned] = [row for row in told if row["act"] == "condemned"]
    assert condemned["words"].startswith("'=cmd")
    assert {row["latitude"] for row in told} == {"36.9"}
    held = rows("data/control.csv")
    assert [(row["verdict"], row["besieged"]) for row in held] == [("held_in_part", "true"), ("held", "false")]
    made = json.loads(files()["data/control.geojson"])
    assert [f["properties"]["party"] for f in made["features"]] == ["Islamic State", "YPG"]
    assert all(f["geometry"]["coordinates"] == [38.4, 36.9] for f in made["features"])


def test_a_release_that_tells_nothing_beside_incidents_says_so() -> None:
    """The page is there, and empty."""
    bare = files_of(replace(release(), context=NO_CONTEXT))
    assert "Nothing is told beside the incidents yet." in bare["context.html"].decode()
    assert not [path for path in bare if path.startswith(("place/", "actor/"))]


def _verified(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py"), str(folder)], check=False, capture_output=True, text=True
    )
    return done.stdout


def test_the_script_of_the_release_checks_the_tables_against_the_record(tmp_path: Path) -> None:
    """A statement altered, a run of days left out: each is named."""
    write(files(), tmp_path)
    assert "nothing differs" in _verified(tmp_path)
    table = tmp_path / "data" / "context.csv"
    table.write_bytes(table.read_bytes().replace(b"130000", b"13000"))
    held = tmp_path / "data" / "control.csv"
    held.write_bytes(b"\r\n".join(held.read_bytes().split(b"\r\n")[:-2]) + b"\r\n")
    said = _verified(tmp_path)
    assert re.search(r"data/context.csv: k[0-9a-f]{8}: low '13000', expected '130000'", said)
    assert "data/control.csv: not what the record says" in said
