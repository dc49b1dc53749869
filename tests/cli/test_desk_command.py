"""`marsad desk` and `marsad corrections`: from nothing to a decision, and to marks, as a newcomer does it."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from click.testing import CliRunner
from desk_world import small_observatory

from marsad.cli import main
from marsad.desk.forms import FIELD
from marsad.desk.secrets_of import form_token

WORDS = "seven blue lanterns swim"


@contextmanager
def started(folder: Path, *options: str) -> Iterator[tuple[str, str]]:
    """Start a desk; yield its address, and the link of the first account."""
    command = [
        sys.executable,
        "-c",
        "from marsad.cli import main; main()",
        "desk",
        str(folder),
        "--port",
        "0",
        *options,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            first = process.stdout.readline().split()[0].rstrip("/")
            link = process.stdout.readline().split()[-1] if "--add-admin" in options else ""
            yield first, link
        finally:
            process.terminate()
            process.wait(20)


def token_in(page: Any) -> str:
    found = re.search(rf'name="{FIELD}" value="([0-9a-f]{{64}})"', page.text)
    assert found, page.text[:500]
    return found[1]


def followed(browser: Any) -> None:
    """Wait until the figures hold every decision."""
    until = time.monotonic() + 240
    while browser.get("/api/queue").json()["behind"]:
        assert time.monotonic() < until, "figures never followed"
        time.sleep(0.2)


@pytest.mark.long
def test_a_newcomer_is_in_and_decides(tmp_path: Path) -> None:
    """One command, one link, one password: then a claim is accepted, and its report becomes a mark."""
    folder = small_observatory(tmp_path / "world")
    with started(folder, "--add-admin", "Amal") as (address, link), httpx2.Client(base_url=address) as browser:
        page = browser.get(link)
        secret = link.partition("token=")[2]
        entered = browser.post("/welcome", data={FIELD: token_in(page), "invitation": secret, "password": WORDS})
        assert entered.status_code == 303
        me = browser.get("/api/me").json()
        assert {"admin", "reviewer", "researcher"} <= set(me["roles"])
        browser.headers["X-CSRF-Token"] = form_token(browser.cookies["marsad"])
        code = browser.get("/api/incidents").json()[0]["code"]
        anchor = browser.get(f"/api/incidents/{code}").json()["claims"][0]
        report = browser.get(f"/api/reports/{anchor.partition(':')[0]}").json()
        for claim in report["claims"]:
            body = {"kind": "accept", "reason": "read it", "seen": claim["version"]}
            assert browser.post(f"/api/claims/{claim['anchor']}/judgement", json=body).status_code == 200
        assert browser.get(link).status_code == 200
        again = browser.post(
            "/welcome", data={FIELD: token_in(browser.get(link)), "invitation": secret, "password": WORDS}
        )
        assert again.status_code == 403, "the link works once"
        followed(browser)  # a desk that is closed while figures follow leaves the rest to the next run
    out = tmp_path / "marked"
    result = CliRunner().invoke(main, ["corrections", str(folder), str(out)])
    assert result.exit_code == 0, result.output
    assert result.output.startswith("1 reports:")
    gold = [json.loads(line) for line in (out / "gold.jsonl").read_text("utf-8").splitlines()]
    assert [line["report_id"] for line in gold] == [report["id"]]
    assert {report["text"][c["start"] : c["end"]] for c in gold[0]["claims"]} == {c["text"] for c in gold[0]["claims"]}
    judged = CliRunner().invoke(main, ["evaluate", "reading", str(out)])
    assert judged.exit_code == 0, judged.output


def test_a_taken_port_is_said_before_anything_is_made(tmp_path: Path) -> None:
    """A port that is taken, and options that exclude each other, are refused with a message, and no account is made."""
    import socket

    folder = small_observatory(tmp_path / "world")
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = str(held.getsockname()[1])
        result = CliRunner().invoke(main, ["desk", str(folder), "--port", port, "--add-admin", "Amal"])
    assert result.exit_code == 2
    assert "cannot be used" in result.output
    assert not (folder / "desk.db").exists()
    result = CliRunner().invoke(main, ["desk", str(folder), "--read-only", "--closed"])
    assert result.exit_code == 2


@pytest.mark.parametrize("options", [[], ["--add-admin", "Amal"]])
def test_a_folder_that_is_none_is_refused(tmp_path: Path, options: list[str]) -> None:
    """A folder without an observatory gets a message, and stays as it is."""
    result = CliRunner().invoke(main, ["desk", str(tmp_path), "--port", "0", *options])
    assert result.exit_code == 2
    assert "is not an observatory" in result.output
    assert list(tmp_path.iterdir()) == []
