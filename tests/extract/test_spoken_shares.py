"""Shares spoken of beside a part and its whole: what does not come out is found, what may be meant otherwise is not."""

from datetime import date

import pytest

from marsad.extract.spelled_out import misreckoned
from marsad.model import ReportId, Text


def shares(lang: str, text: str) -> list[str]:
    """Return the shares of an article that do not come out."""
    report = Text(ReportId("r"), text, date(2024, 3, 1), "A paper", lang)
    found = [one for one in misreckoned(report) if one.rule == "share"]
    assert all(one.values["share"] == one.text for one in found)  # in the article's own words
    return [one.text for one in found]


WRONG = (
    ("en", "Of the 20 dead, nine, more than half, were children.", "more than half"),
    ("en", "Fourteen children were hit, and ten of them, more than eight in every ten, died.", "more than eight in every ten"),
    ("en", "Of the 1,486 civilians it counted, 612 -- well over half -- died in air strikes.", "well over half"),
    ("en", "The shells killed 20 people. Twelve of them, less than half, were children.", "less than half"),
    ("es", "De los 20 muertos, nueve, más de la mitad, eran niños.", "más de la mitad"),
    ("fr", "Sur les 20 morts, neuf, soit plus de la moitié, étaient des enfants.", "plus de la moitié"),
    ("it", "Dei 20 morti nove, più della metà, erano bambini.", "più della metà"),
    ("ar", "من بين 20 قتيلا تسعة أطفال، أي أكثر من النصف.", "أكثر من النصف"),
)  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "share"), WRONG)
def test_a_share_that_part_and_whole_do_not_make_is_found(lang: str, text: str, share: str) -> None:
    """Nine of 20 are .45, ten of 14 .71, 612 of 1,486 .41, twelve of 20 .6."""
    assert shares(lang, text) == [share]


RIGHT = (
    ("en", "Of the 20 dead, eleven, more than half, were children."),
    ("en", "Of the 20 dead, nine, less than half, were children."),
    ("en", "Of the 412 deaths it lays 309 at their door, three in every four."),
    ("en", "Nine people died and 20 were hurt, more than half of them children."),
    (
        "en",
        "By Saturday the count stood at nine. By Tuesday it was a third higher, for three had died; 14 were in hospital.",
    ),
    ("fr", "Des dix personnes atteintes, six sont mortes ; un tiers d'entre elles étaient catéchistes."),
    ("en", "In the first half of the year 412 died; of them 247 were killed by jihadists."),
    ("es", "De los 20 muertos, once, más de la mitad, eran niños."),
    ("ar", "من بين 20 قتيلا 11 طفلا، أي أكثر من النصف."),
)


@pytest.mark.parametrize(("lang", "text"), RIGHT)
def test_what_comes_out_or_says_something_new_is_left_alone(lang: str, text: str) -> None:
    """A share of others, a rise by a share, a share of a year and one of those just told are no sums of these two numbers."""
    assert shares(lang, text) == []
