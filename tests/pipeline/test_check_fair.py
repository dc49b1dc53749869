"""An article is held to what was known on its day, to who did it, and to how exactly it means a number."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from marsad.collect.incoming import Incoming, incoming
from marsad.collect.particulars import Particulars
from marsad.model import FAULTS, Verdict
from marsad.pipeline.check import checked
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService

NOW = datetime(2014, 12, 20, tzinfo=UTC)
STRIKE = "in an air strike on the market of Raqqa on 25 November 2014"
RAID = "Islamic State fighters killed nine people in Hasakah on 20 November 2014"
RECORD = (
    ("Wire", "2014-11-26", f"At least 12 people were killed {STRIKE}, the hospital said."),
    ("Wire", "2014-11-29", f"The hospital said that 15 people had been killed {STRIKE}."),
    ("Post", "2014-11-22", f"{RAID}, the governor said."),
    ("Daily", "2014-11-23", f"{RAID}, the Post reported, citing the governor."),
)


def sent(name: str, outlet: str, published: str, text: str) -> Incoming:
    given = Particulars(outlet=outlet, published=date.fromisoformat(published), lang="en")
    return incoming(name, text.encode(), given)


@pytest.fixture(scope="module")
def observatory(tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    """An observatory with a toll that rose, and a raid of which one paper counted and another repeated."""
    made = Observatory.init(Path(tmp_path_factory.mktemp("fair")) / "obs", "Made up", NOW)
    with made.kept() as kept:
        items = [sent(f"r{n}", *row) for n, row in enumerate(RECORD)]
        WriteService(kept, made.vault, os.urandom).receive(items, NOW)
    run(made, processes=1)
    return made


def faults(observatory: Observatory, published: str, text: str) -> set[Verdict]:
    """Return what an article of that day is accused of."""
    found = checked(observatory, sent("a", "Fact Sheet", published, text)).found
    return {hit.verdict for hit in found} & FAULTS


TWELVE = f"Twelve people were killed {STRIKE}, the hospital says."


def test_a_number_is_held_to_what_was_known_on_its_day(observatory: Observatory) -> None:
    """Twelve is what the hospital said until the 29th; who writes it a week later has missed the fifteen."""
    assert faults(observatory, "2014-11-27", TWELVE) == set()
    assert faults(observatory, "2014-12-05", TWELVE) == {Verdict.DIFFERS}


@pytest.mark.parametrize("exactly", ["no more and no fewer", "not one more", "a final count"])
def test_at_least_is_no_exact_number(observatory: Observatory, exactly: str) -> None:
    """The hospital said "at least 12": who has it say that there were no more has it say more than it did."""
    text = f"Twelve people, {exactly}, were killed {STRIKE}, the hospital said."
    assert faults(observatory, "2014-11-27", text) == {Verdict.DIFFERS}


def test_who_did_it_is_compared(observatory: Observatory) -> None:
    """Everybody in the record names Islamic State; an article that has others do it, and never names it, differs."""
    raid = "Nine people died in Hasakah on 20 November 2014 when {} fighters opened fire on a bus, the governor said."
    assert faults(observatory, "2014-11-24", raid.format("Islamic State")) == set()
    assert faults(observatory, "2014-11-24", raid.format("Ahrar al-Sham")) == {Verdict.DIFFERS}


def test_days_between_are_no_wrong_day(observatory: Observatory) -> None:
    """ "On Sunday, three days after": the day told is that of the funeral, and three days before it is the raid's."""
    told = "Hasakah buried its dead on Sunday, 23 November 2014, three days after the raid."
    told = f"{told} Nine people were killed in it, the governor said."
    assert faults(observatory, "2014-11-24", told) == set()


@pytest.mark.parametrize(
    "claimed",
    [
        "The nine dead of Hasakah no longer rest on one source: the Daily, by inquiries of its own, arrives at nine as well.",
        "Two papers that do not depend on one another, the Post and the Daily, established the same number in Hasakah: nine.",
    ],
)
def test_whoever_repeats_confirms_nothing(observatory: Observatory, claimed: str) -> None:
    """The Daily has it from the Post, in whatever words it is called a second source."""
    text = f"Nine people were killed in Hasakah on 20 November 2014, the governor said. {claimed}"
    assert Verdict.NO_CONFIRMATION in faults(observatory, "2014-11-24", text)
