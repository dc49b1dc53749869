"""A scripted reviewer at the desk: keys and seconds for each claim that is accepted, corrected or added.

    python -m benchmarks.desk_review [--reports 6] [--table docs/desk-review.md]

Works through the reports of the example by keyboard alone, in headless Chromium, against a desk on this machine, and prints a
table beside what the documented flows of Bayanat and Atlos ask for. Seconds are the machine's answer, from the first key to the
page being ready for the next one; a person's reading comes on top and is the same everywhere. Keys and clicks of the other
systems are counted from their documentation, for one number in one report; neither can hold a number as a claim of its own.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "desk" / "pages"))

OTHERS = (
    (
        "Bayanat",
        "open the item, edit, type the number into a text field, comment, save, have a second person re-open it",
        "none",
    ),
    ("Atlos", "open the incident, edit the attribute, choose or type, explain the change, save", "none"),
)
"""The steps that their documentation describes; neither ties a number to its words, neither has a field for a toll."""


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


def review(page: Any, reports: int) -> dict[str, Tally]:
    """Work through so many reports; every third claim is corrected, one is added to each, the others are accepted."""
    tallies = {name: Tally() for name in ("accepted", "corrected", "added", "report opened")}
    worker = Reviewer(page)
    page.wait_for_selector(".row.focus")
    for turn in range(reports):

        def opened(first: bool = turn == 0) -> None:
            worker.press("Enter" if first else "]")
            page.wait_for_selector(".card.focus")

        if turn and not page.locator("[data-onward]").count():
            break
        worker.timed(tallies["report opened"], opened)
        count = page.locator(".card[data-claim]").count()
        for n in range(1, count + 1):
            kind = "corrected" if n % 3 == 0 else "accepted"
            worker.timed(tallies[kind], partial(_judge, worker, n, kind))
        if not page.locator(".card.focus").count():
            worker.press("k")
        worker.timed(tallies["added"], partial(_add, worker, count))
        page.wait_for_selector("[data-onward]")
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


def table(tallies: dict[str, Tally]) -> str:
    """Return the table in Markdown."""
    lines = ["| act | how often | median s | p95 s | keys |", "|---|---|---|---|---|"]
    lines += [tally.row(name) for name, tally in tallies.items()]
    lines += [
        "",
        "| system | what its documentation asks for, one number of one report | tied to its words |",
        "|---|---|---|",
    ]
    lines += [f"| {name} | {steps} | {tied} |" for name, steps, tied in OTHERS]
    lines += ["| marsad | `a`, or `e` number Enter | the number is its words |"]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table."""
    from desk_open import Visit, chromium, open_desk

    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=6)
    asked.add_argument("--table", type=Path)
    given = asked.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_desk(Path(folder)) as desk,
        chromium() as browser,
        Visit(browser, desk) as visit,
    ):
        visit.go("/queue")
        made = table(review(visit.page, given.reports))
    print(made)
    if given.table:
        given.table.write_text(made, "utf-8")


if __name__ == "__main__":
    main()
