"""Reports written to mislead: floods, matches and drills in the words of war, and war on a ferry, in a mine, at a cup final.

The reports are made up (tests/data/topic), with their answers, before they were tried; nothing in them happened.
"""

import json
from pathlib import Path

import pytest

from marsad.extract.topic import is_elsewhere
from marsad.text.lexicon import lexicon
from marsad.text.sentences import sentences

REPORTS = Path(__file__).parents[1] / "data" / "topic" / "reports.jsonl"

pytestmark = pytest.mark.long


def turned_away(*, war: bool) -> list[str]:
    """Return the reports of war, or of other matters, that are taken to be about another matter."""
    rows = [json.loads(line) for line in REPORTS.read_text("utf-8").splitlines()]
    out = []
    for row in rows:
        words, text = lexicon(row["lang"]), row["text"]
        lines = [words.counting_line(text, s.body, s.end) for s in sentences(text)]
        if row["war"] is war and is_elsewhere(words, lines):
            out.append(row["id"])
    return out


def test_war_is_read_wherever_it_plays() -> None:
    """Of 24 reports of war no more than two are lost to their setting."""
    assert len(turned_away(war=True)) <= 2


def test_other_matters_are_left_alone() -> None:
    """Eighteen of 24 are seen for what they are; lists of words alone saw six."""
    assert len(turned_away(war=False)) >= 18
