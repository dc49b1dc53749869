"""Parts that stand in a list behind a number, without a verb."""

from dataclasses import replace

import pytest
from little_ground import PUBLISHED, only

from marsad.extract.listed import listed
from marsad.model import Claim, Group, ReportId, Status, Text


def parts(words: str, lang: str, whole: str) -> list[Claim]:
    """Return the parts listed behind the words `whole` of a text, which are the only claim that was read."""
    at = words.index(whole)
    claim = replace(
        only("Air strikes killed 55 people in Raqqa on Tuesday."), start=at, end=at + len(whole), text=whole
    )
    return listed(Text(ReportId("r"), words, PUBLISHED, None, lang), [claim])


@pytest.mark.parametrize(
    ("lang", "words", "whole", "numbers"),
    [
        ("en", "Fifty-five dead, says the Red Cross: 21 children, 19 women and 15 men.", "Fifty-five", [21, 19, 15]),
        ("es", "La explosión dejó 358 muertos: 212 civiles y 146 soldados.", "358", [212, 146]),
        ("it", "Il bilancio è di 43 morti: 30 civili e 13 combattenti.", "43", [30, 13]),
        ("fr", "Sanaa : 140 morts (52 femmes, 61 enfants et 27 hommes).", "140", [52, 61, 27]),
    ],
)
def test_a_list_is_read_as_parts(lang: str, words: str, whole: str, numbers: list[int]) -> None:
    """Behind a colon or in brackets: each part with its number, of whom, and whose part it is."""
    found = parts(words, lang, whole)
    assert [part.value for part in found] == numbers
    assert all(part.derived and part.subset_of is not None for part in found)
    assert all(words[part.start : part.end] == part.text for part in found)
    assert len({(part.group, part.status) for part in found}) == len(numbers)


def test_who_is_listed() -> None:
    """Children and women are groups, soldiers and civilians are sides."""
    found = parts("Twenty dead: 12 children, 8 women.", "en", "Twenty")
    assert [part.group for part in found] == [Group.CHILDREN, Group.WOMEN]
    assert [part.status for part in parts("Twenty dead: 12 civilians, 8 soldiers.", "en", "Twenty")] == [
        Status.CIVILIAN,
        Status.COMBATANT,
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Twenty dead: 12 children.",
        "Twenty dead: 12 lorries and 8 carts were burnt.",
        "Twenty dead. In town: 12 children and 8 women.",
        "Twenty dead: about 12 children and some 8 women.",
    ],
)
def test_what_is_no_list_is_none(words: str) -> None:
    """One part is no list, things are nobody, another sentence tells of others, and guesses add up to nothing."""
    assert parts(words, "en", "Twenty") == []
