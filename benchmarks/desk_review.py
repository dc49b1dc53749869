"""A scripted reviewer at the desk: keys and seconds for each claim that is accepted, corrected or added.

    python -m benchmarks.desk_review [--reports 6] [--table docs/desk-review.md]
    python -m benchmarks.desk_review --reports-from FILE --reports 1000

Works through the reports of the example, or of a file that `marsad add` takes, by keyboard alone, in headless Chromium, against
a desk on this machine, and prints a table beside what the documented flows of Bayanat and Atlos ask for. Seconds are the
machine's answer, from the first key to the page being ready for the next one; a person's reading comes on top and is the same
everywhere. Of the other systems the steps are counted that their documentation and their default states name; neither was run,
so they have no seconds here.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import TimeoutError as Unanswered

from marsad.collect.files import gather
from marsad.collect.particulars import Particulars
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "desk" / "pages"))

_ONWARD = "on to the next report"
ACTS = ("accepted", "corrected", "added")
BAYANAT, ATLOS, MARSAD = "Bayanat 4.0.2", "Atlos (February 2026)", "marsad"
OTHERS = {
    (BAYANAT, "accepted"): (
        "a lead assigns the item", "its analyst opens it", "writes the comment that every save needs", "saves",
        "a lead assigns a second reviewer", "who chooses that no review is needed", "and saves that", "the item is finalized",
    ),
    (BAYANAT, "corrected"): (
        "a lead assigns the item", "its analyst opens it", "edits the text: there is no field for a toll",
        "writes the comment that every save needs", "saves", "a lead assigns a second reviewer",
        "who cannot edit, chooses that it needs review", "and writes why", "the analyst opens it again", "edits", "comments",
        "saves (revisited)", "the item is finalized",
    ),
    (BAYANAT, "added"): (
        "a lead assigns the item", "its analyst opens it", "types the number into the text: it cannot be tied to its words",
        "writes the comment that every save needs", "saves", "a lead assigns a second reviewer",
        "who chooses that no review is needed", "and saves that", "the item is finalized",
    ),
    (ATLOS, "accepted"): ("open the incident", "set it ready for review", "explain the change", "a manager sets it completed"),
    (ATLOS, "corrected"): (
        "open the incident", "edit the attribute", "type the number as text: no attribute is a number", "explain the change",
        "save", "set it ready for review", "a manager sets it completed",
    ),
    (ATLOS, "added"): (
        "open the incident", "edit the attribute", "type the number as text: it replaces the one before, of another source",
        "explain the change", "save", "set it ready for review", "a manager sets it completed",
    ),
    (MARSAD, "accepted"): (
        "open the report", "press accept", "a second person opens the incident", "writes why", "signs its toll off",
    ),
    (MARSAD, "corrected"): (
        "open the report", "open the slots", "type the number", "save", "a second person opens the incident", "writes why",
        "signs its toll off",
    ),
    (MARSAD, "added"): (
        "open the report", "begin a claim", "select or paste its words", "type the number", "save",
        "a second person opens the incident", "writes why", "signs its toll off",
    ),
}  # fmt: skip
"""The steps of the documented flows, until one number of one report stands as reviewed by a second person."""


@dataclass
class Tally:
    """What one kind of act took: seconds each, and keys each."""

    seconds: list[float] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)

    def row(self, name: str) -> str:
        """Return a row of the table."""
        if not self.seconds:
            return f"| {name} | 0 | – | – | – |"
        ordered = sorted(self.seconds)
        tail = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        return f"| {name} | {len(ordered)} | {statistics.median(ordered):.2f} | {tail:.2f} | {statistics.mean(self.keys):.1f} |"


class Reviewer:
    """Somebody who works by keyboard alone, and counts."""

    def __init__(self, page: Any) -> None:
        self.page, self.keys = page, 0

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)
        self.keys += 1

    def type(self, words: str) -> None:
        """Type words, a key a character."""
        self.page.keyboard.type(words)
        self.keys += len(words)

    def timed(self, tally: Tally, act: Callable[[], None]) -> None:
        """Do something, and note what it took."""
        before, began = self.keys, time.perf_counter()
        act()
        tally.seconds.append(time.perf_counter() - began)
        tally.keys.append(self.keys - before)


def review(page: Any, reports: int, refused: list[str]) -> dict[str, Tally]:
    """Work through so many reports; every third claim is corrected, one is added to each, the others are accepted.

    What the desk refused, or did not answer in time, goes into `refused` by its kind; the next report is opened then.
    """
    tallies = {name: Tally() for name in ("accepted", "corrected", "added", "report opened")}
    worker = Reviewer(page)
    page.wait_for_selector(".row.focus")
    anew = True
    for _ in range(reports):
        if not anew and not page.locator("[data-onward]").count():
            page.goto(page.url.split("/reports/")[0] + "/queue", wait_until="load")
            if not page.locator(".row").count():
                refused.remove(_ONWARD)  # after the last report there is none to go on to
                break
            page.wait_for_selector(".row.focus")
            anew = True

        def opened(first: bool = anew) -> None:
            worker.press("Enter" if first else "]")
            page.wait_for_selector(".card.focus")

        kind, anew = "report opened", False
        try:
            worker.timed(tallies[kind], opened)
            count = page.locator(".card[data-claim]").count()
            for n in range(1, count + 1):
                kind = "corrected" if n % 3 == 0 else "accepted"
                worker.timed(tallies[kind], partial(_judge, worker, n, kind))
            if not page.locator(".card.focus").count():
                worker.press("k")
            kind = "added"
            worker.timed(tallies[kind], partial(_add, worker, count))
            kind = _ONWARD
            page.wait_for_selector("[data-onward]")
        except Unanswered:
            refused.append(kind)
    return tallies


def _judge(worker: Reviewer, n: int, kind: str) -> None:
    page = worker.page
    if kind == "accepted":
        worker.press("a")
    else:
        worker.press("e")
        worker.type(str(40 + n))
        worker.press("Enter")
    page.wait_for_selector(f"#claim-{n}[data-state={kind}], .trouble")
    if page.locator(".trouble").count():  # the number was right already: it is accepted as it is
        worker.press("Escape")
        worker.press("a")
        page.wait_for_selector(f"#claim-{n}[data-state=accepted]")


def _add(worker: Reviewer, count: int) -> None:
    page = worker.page
    words = page.evaluate("document.querySelector('#text').textContent.trim().split(/\\s+/).slice(-2).join(' ')")
    worker.press("n")
    page.wait_for_selector("#new-claim[open]")
    page.keyboard.insert_text(words)  # pasted
    worker.keys += 1
    for _ in range(7):
        worker.press("Tab")
    worker.type("5")
    worker.press("Enter")
    page.wait_for_selector(f"#claim-{count + 1}, .trouble")


def table(tallies: dict[str, Tally], refused: Sequence[str] = ()) -> str:
    """Return the table in Markdown."""
    lines = ["| act | how often | median s | p95 s | keys |", "|---|---|---|---|---|"]
    lines += [tally.row(name) for name, tally in tallies.items()]
    lines += ["", f"Not answered in time: {', '.join(refused) or 'none'}.", ""]
    lines += [
        "| until a second person has reviewed one number of one report | accepted | corrected | missed, so added |"
    ]
    lines += ["|---|---|---|---|"]
    for system in (BAYANAT, ATLOS, MARSAD):
        lines.append(f"| {system}: documented steps | {' | '.join(str(len(OTHERS[system, act])) for act in ACTS)} |")
    keys = [f"{statistics.mean(tallies[act].keys):.1f}" if tallies[act].keys else "–" for act in ACTS]
    lines.append(f"| marsad: keys pressed, measured | {' | '.join(keys)} |")
    lines += ["", "The documented steps counted:", ""]
    lines += [f"- {system}, {act}: {'; '.join(steps)}." for (system, act), steps in OTHERS.items()]
    return "\n".join(lines) + "\n"


@contextmanager
def desk_of(reports: Path | None, folder: Path) -> Iterator[Any]:
    """Serve a desk over the example, or over the reports of a file."""
    from desk_open import RECORDED, accounts_on, desk_on, open_desk

    if reports is None:
        with open_desk(folder) as desk:
            yield desk
        return
    observatory = Observatory.init(folder / "obs", "reports", RECORDED)
    with observatory.kept() as kept:
        service = WriteService(kept, observatory.vault, os.urandom)
        list(service.receive_all(gather(reports, Particulars()), lambda: RECORDED))
    run(observatory, processes=1)
    accounts_on(folder / "obs")
    with desk_on(folder / "obs") as desk:
        yield desk


def main() -> None:
    """Print the table."""
    from desk_open import Visit, chromium

    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=6)
    asked.add_argument("--reports-from", type=Path)
    asked.add_argument("--table", type=Path)
    given = asked.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        desk_of(given.reports_from, Path(folder)) as desk,
        chromium() as browser,
        Visit(browser, desk) as visit,
    ):
        visit.go("/queue")
        refused: list[str] = []
        made = table(review(visit.page, given.reports, refused), refused)
    print(made)
    if given.table:
        given.table.write_text(made, "utf-8")


if __name__ == "__main__":
    main()
