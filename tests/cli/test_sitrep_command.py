"""`marsad sitrep`: from reports to a page that may be shown, in both languages, and what it refuses."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from marsad.cli import main

RAID = (
    "Air strikes by the Syrian air force on Raqqa on 25 November 2014 killed 95 people, more than half of them civilians, "
    "the Syrian Observatory for Human Rights said. Fighters of the Islamic State hold Raqqa."
)
FIRST = "At least 63 people were killed in air strikes on Raqqa on 25 November 2014, the Local Coordination Committees said."
WHISPER = "Four people were killed by shelling in Kobani on 27 November 2014, Zaynab the nurse said."


def marsad(*told: str) -> Result:
    """Return what a command printed and how it left."""
    return CliRunner().invoke(main, list(told))


@pytest.fixture(scope="module")
def observatory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an observatory with two public reports and a private message."""
    folder = tmp_path_factory.mktemp("sitrep")
    obs = folder / "obs"
    assert marsad("init", str(obs)).exit_code == 0
    settings = obs / "marsad.toml"
    settings.write_text(settings.read_text("utf-8").replace("public = []", 'public = ["Reuters"]'), "utf-8")
    for n, (words, outlet) in enumerate([(RAID, "Reuters"), (FIRST, "Reuters"), (WHISPER, "message 7")]):
        (folder / f"{n}.txt").write_text(words, "utf-8")
        done = marsad("add", str(obs), str(folder / f"{n}.txt"), "--outlet", outlet, "--published", "2014-11-28")
        assert done.exit_code == 0, done.output
    assert marsad("run", str(obs)).exit_code == 0
    return obs


DAYS = ("--from", "2014-11-20", "--to", "2014-11-30")


@pytest.mark.long
@pytest.mark.parametrize(("lang", "said"), [("en", "between 67 and 99"), ("ar", "ما بين")])
def test_a_page_in_each_language(observatory: Path, tmp_path: Path, lang: str, said: str) -> None:
    """The toll, who says it, who holds the town; a private source by its kind alone."""
    out = tmp_path / "report.html"
    done = marsad("sitrep", str(observatory), *DAYS, "--language", lang, "--out", str(out))
    assert done.exit_code == 0, done.output
    words = re.sub(r"<[^>]+>", "", out.read_text("utf-8").partition("</style>")[2])
    assert said in words
    assert "95 people" in words
    assert "Reuters" in words
    assert "Zaynab" not in words
    assert "message 7" not in words
    assert re.search(r"[0-9a-f]{64}", words)


@pytest.mark.long
@pytest.mark.parametrize("end", ["docx", "pdf"])
def test_word_and_pdf(observatory: Path, tmp_path: Path, end: str) -> None:
    """Each begins as such a file does; --json tells what was written."""
    pytest.importorskip({"docx": "docx", "pdf": "weasyprint"}[end])
    out = tmp_path / f"r.{end}"
    done = marsad("sitrep", str(observatory), *DAYS, "--place", "الرقة", "--out", str(out), "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["from"], told["to"], told["bytes"]) == ("2014-11-20", "2014-11-30", out.stat().st_size)
    assert out.read_bytes()[:4] == {"docx": b"PK\x03\x04", "pdf": b"%PDF"}[end]


def test_a_month_ends_on_the_day_that_is_named(observatory: Path, tmp_path: Path) -> None:
    """--period and --to give the first day."""
    out = str(tmp_path / "m.html")
    done = marsad("sitrep", str(observatory), "--period", "monthly", "--to", "2014-11-30", "--out", out)
    assert "1–30 November 2014" in done.output


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (("--from", "2014-11-30", "--to", "2014-11-20", "--out", "r.html"), "is before --from"),
        ((*DAYS, "--out", "r.txt"), "ends in none of"),
        ((*DAYS, "--policy", "snhr", "--out", "r.html"), "is not computed here"),
        ((*DAYS, "--place", " ", "--out", "r.html"), "names no place"),
        ((*DAYS, "--as-known-on", "2014-11-25", "--out", "r.html"), "lies before"),
        (("--from", "yesterday", "--out", "r.html"), "is not a day"),
    ],
)
def test_what_is_refused(observatory: Path, tmp_path: Path, told: tuple[str, ...], said: str) -> None:
    """Exit code 2, the reason, and nothing written."""
    told = tuple(str(tmp_path / one) if one.startswith("r.") else one for one in told)
    done = marsad("sitrep", str(observatory), *told)
    assert (done.exit_code, said in done.output) == (2, True), done.output
    assert list(tmp_path.iterdir()) == []
