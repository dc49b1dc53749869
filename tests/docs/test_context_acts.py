"""docs/exit-codes-and-json.md lists what claims and context can say."""

import re
from pathlib import Path

from marsad.model import Flag, Polarity, RelationKind, Stance, Tie
from marsad.model.context import ACTS

PAGE = (Path(__file__).parents[2] / "docs" / "exit-codes-and-json.md").read_text("utf-8")


def test_every_act_of_every_kind_is_on_the_page() -> None:
    """The table of acts is the closed vocabulary of the model, and nothing more."""
    rows = re.findall(r"^\| `(\w+)` \| (`\w+`(?:, `\w+`)*) \|$", PAGE.partition("| kind | acts |")[2], re.MULTILINE)
    told = {kind: set(re.findall(r"`(\w+)`", acts)) for kind, acts in rows}
    assert told == {kind.value: set(acts) for kind, acts in ACTS.items()}


def test_every_word_of_how_sure_it_is_is_on_the_page() -> None:
    """Stances, polarities and relations of context are named where they are explained, those of claims above."""
    claims, _, context = PAGE.partition("### Context")
    assert all(f"`{word.value}`" in context for words in (Stance, Polarity, Tie) for word in words)
    assert all(f"`{kind.value}`" in claims for kind in RelationKind)
    assert all(f"`{flag.value}`" in PAGE for flag in Flag)
