"""Words that would be scripts, in every field that takes words, in a real browser: none runs, none asks for anything."""

import csv
import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from desk_open import PATIENCE, Desk, Visit, accounts_on, desk_on
from test_hostile_api import payloads

from marsad.collect.incoming import Incoming
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService
from marsad.pipeline.views.index import index_of
from marsad.pipeline.views.people_view import people_view

pytestmark = pytest.mark.browser

NOW = datetime(2014, 12, 1, 12, tzinfo=UTC)
WATCH = """
window.ran = [];
for (const name of ['alert', 'confirm', 'prompt']) window[name] = (...words) => window.ran.push(name + words);
document.addEventListener('securitypolicyviolation', (event) => window.ran.push('blocked ' + event.blockedURI));
"""


def hostile(folder: Path, words: Sequence[str]) -> Path:
    """Return an observatory whose reports, outlets, addresses and lists of victims hold these words."""
    observatory = Observatory.init(folder / "obs", words[0].replace("\t", " ")[:60], NOW)
    items = []
    for n in range(0, len(words), 10):
        ten = words[n : n + 10]
        lines = "\n".join(
            f"At least {12 + k} people were killed {word} in Raqqa on Tuesday. {word}" for k, word in enumerate(ten)
        )
        text = f"{ten[0]}\n\n{lines}\n\n{' '.join(ten)}\n"
        outlet = " ".join(ten[1].split())[:100]
        items.append(Incoming(f"report {n}", text.encode(), outlet, date(2014, 11, 26), "en", f"javascript:{ten[2]}"))
    with observatory.kept() as kept:
        WriteService(kept, observatory.vault, os.urandom).receive(items, NOW)
    run(observatory, processes=1)
    (folder / "obs" / "people").mkdir()
    for name in ("<img src=x onerror=alert(1)>", "list two"):
        with (folder / "obs" / "people" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["record_id", "name", "age", "died", "place", "family"])
            for n, word in enumerate(words[:40]):
                writer.writerow([f"{n} {word[:40]}", f"Salim {word}", 40, "2014-11-25", word, words[n % 7]])
    people_view(observatory, names=True)
    accounts_on(folder / "obs")
    return folder / "obs"


def looked_at(visit: Visit, desk: Desk) -> list[str]:
    """Return every page of this desk that shows words of others."""
    with index_of(desk.observatory) as index:
        reports = [row["report_id"] for row in index.reports({}, 1000)]
        codes = [row["code"] for row in index.incidents({}, 1000)]
    pages = [
        "/queue",
        "/queue/links",
        "/queue/again",
        "/incidents",
        "/people?shown=all",
        "/people/families",
        "/overview",
        "/account",
    ]
    pages += [f"/reports/{one}{more}" for one in reports for more in ("", "/evidence", "/candidates")]
    return [*pages, *(f"/incidents/{code}" for code in codes)]


def type_everywhere(visit: Visit, report: str, words: Sequence[str]) -> None:
    """Type words into every field of the report page and of the incident page, and keep them."""
    page = visit.page
    visit.go(f"/reports/{report}")
    page.locator("#claim-1 details.edit").evaluate("box => { box.open = true; }")
    for n, name in enumerate(("weapon", "attribution", "perpetrator", "place", "reason")):
        page.fill(f"#claim-1 [name={name}]", words[n % len(words)])
    page.click("#claim-1 button[value=correct]")
    page.wait_for_load_state("networkidle")
    visit.go(f"/reports/{report}")
    page.click("#new-claim summary")
    page.fill("#new-claim [name=words]", words[5 % len(words)])
    page.click("#new-claim button[value=add]")
    page.wait_for_load_state("networkidle")
    visit.go("/queue")
    page.click(".views details summary")
    page.fill(".views [name=name]", words[6 % len(words)][:80])
    with page.expect_navigation():  # keys typed before it would be the new page's
        page.click(".views details button")
    page.fill("#q", words[7 % len(words)][:300])
    with page.expect_navigation(url="**/search**"):
        page.press("#q", "Enter")


def settled(visit: Visit, pending: set[Any]) -> None:
    """Wait until the page was drawn and what it asks for by itself has come."""
    visit.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
    if pending:
        visit.page.wait_for_load_state("networkidle")


def watched(browser: Any, folder: Path, words: Sequence[str], turns: int) -> None:
    """Look at every page of a desk full of these words; nothing runs, nothing is asked, nothing is even blocked."""
    with desk_on(hostile(folder, words)) as desk, Visit(browser, desk) as visit:
        dialogs: list[str] = []

        def noted(dialog: Any) -> None:
            dialogs.append(dialog.message)
            dialog.dismiss()

        pending: set[Any] = set()

        def asked(request: Any) -> None:
            pending.add(request)

        def answered(request: Any) -> None:
            pending.discard(request)

        visit.page.on("request", asked)
        visit.page.on("requestfinished", answered)
        visit.page.on("requestfailed", answered)
        visit.page.on("dialog", noted)
        visit.context.add_init_script(WATCH)
        with index_of(desk.observatory) as index:
            reports = [row["report_id"] for row in index.reports({"state": "open"}, 100)]
        for turn in range(turns):
            type_everywhere(visit, reports[turn % len(reports)], words[turn * 8 :] or words)
        for path in looked_at(visit, desk):
            visit.go(path)
            settled(visit, pending)
            assert visit.page.evaluate("window.ran") == [], path
        assert dialogs == []
        assert visit.faults == []


@pytest.mark.long
def test_thirty_payloads_in_every_field_stay_words(browser: Any, tmp_path: Path) -> None:
    """Each way in once: 0 executions, 0 requests."""
    watched(browser, tmp_path, payloads()[::17][:30], 1)


@pytest.mark.soak
def test_five_hundred_payloads_in_every_field_stay_words(browser: Any, tmp_path: Path) -> None:
    """All of them: 0 executions, 0 requests."""
    watched(browser, tmp_path, payloads(), 12)


@pytest.mark.long
def test_the_watch_sees_what_runs(browser: Any, desk: Desk) -> None:
    """A page that does let a handler in is noticed: the proof can fail."""
    with Visit(browser, desk) as visit:
        visit.context.add_init_script(WATCH)
        visit.go("/queue")
        visit.page.evaluate("document.querySelector('main').innerHTML += '<img src=x onerror=alert(1)>'")
        visit.page.wait_for_function("window.ran.length > 0", timeout=PATIENCE)
