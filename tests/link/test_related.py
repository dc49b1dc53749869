"""Outlets that channels say are related: whose voice is whose, and that the order in which it is told changes nothing."""

import random

import pyarrow as pa
import pytest

from marsad.engines.local import LocalEngine
from marsad.link.credits import CREDITS, credit_in, crediting
from marsad.link.related import NETWORK, OWNED, REPUBLISHES, Tie, ties
from marsad.model import ReportId, Text
from marsad.model.schema import TEXT
from marsad.text.tokens import form_of


def tied(*relations: tuple[str, str, str]) -> dict[str, Tie]:
    return ties(relations)


@pytest.mark.parametrize(
    ("relations", "outlet", "expected"),
    [
        ([("Euphrates Desk", "republishes", "Reuters")], "Euphrates Desk", Tie("Reuters", REPUBLISHES)),
        ([("Euphrates Desk", "republishes", "رويترز")], "EUPHRATES DESK", Tie("Reuters", REPUBLISHES)),
        (
            [("Euphrates Desk", "republishes", "Reuters"), ("Euphrates Desk", "republishes", "AFP")],
            "Euphrates Desk",
            Tie("news agencies", REPUBLISHES),
        ),
        ([("Euphrates Desk", "owned by", "River Media")], "Euphrates Desk", Tie("River Media", OWNED)),
        ([("Tigris Desk", "same network", "Euphrates Desk")], "Tigris Desk", Tie("Euphrates Desk", NETWORK)),
        (
            [("Tigris Desk", "same network", "Euphrates Desk"), ("Euphrates Desk", "owned by", "River Media")],
            "Tigris Desk",
            Tie("River Media", NETWORK),
        ),
        (
            [
                ("A Desk", "same network", "B Desk"),
                ("C Desk", "same network", "B Desk"),
                ("B Desk", "republishes", "AFP"),
            ],
            "C Desk",
            Tie("A Desk", NETWORK),
        ),
    ],
)
def test_whose_voice(relations: list[tuple[str, str, str]], outlet: str, expected: Tie) -> None:
    """An agency, an owner, or one name for a whole network; an agency that has several names has one here."""
    for seed in range(6):
        random.Random(seed).shuffle(relations)  # noqa: S311
        assert ties(relations)[form_of(outlet)] == expected


@pytest.mark.parametrize(
    "relation", [("A Desk", "owned by", "a desk"), ("", "owned by", "X"), ("A Desk", "republishes", " ")]
)
def test_no_tie(relation: tuple[str, str, str]) -> None:
    """To oneself, or to nobody, nobody is tied; nor is the first name of a network, which speaks for all."""
    assert tied(relation) == {}
    assert form_of("A Desk") not in tied(("A Desk", "same network", "B Desk"))


def test_two_owners_are_no_voice() -> None:
    """An outlet of two owners speaks for neither."""
    assert tied(("A Desk", "owned by", "X"), ("A Desk", "owned by", "Y")) == {}


def credited(relations: list[tuple[str, str, str]], *texts: tuple[str, str]) -> list[tuple[str, str]]:
    rows = [{"report_id": f"r{n}", "text": text, "outlet": outlet} for n, (outlet, text) in enumerate(texts)]
    with LocalEngine(1) as engine:
        made, lost = engine.apply(crediting(ties(relations)), pa.Table.from_pylist(rows, schema=TEXT))
    assert lost.num_rows == 0
    return [(row["wire"], row["rule"]) for row in made.to_pylist()]


TOLD = "Nine people were killed in the market."


def test_what_a_report_credits_itself_comes_first() -> None:
    """A dateline outweighs what the channel says of its outlet; without one, the channel's word counts."""
    relations = [("Euphrates Desk", "republishes", "Reuters")]
    dated = f"HARBOUR TOWN (AFP) - {TOLD}"
    assert credited(relations, ("Euphrates Desk", dated), ("Euphrates Desk", TOLD), ("Another Desk", TOLD)) == [
        (next(credit_in(Text(ReportId("r"), dated))).wire, "dateline"),
        ("Reuters", REPUBLISHES),
    ]


def test_who_counts_for_itself_is_nobody_elses_voice() -> None:
    """A monitor that somebody owns still counts by itself; what it republishes it has from others."""
    monitor = "Syrian Observatory for Human Rights"
    assert credited([(monitor, "owned by", "River Media")], (monitor, TOLD)) == []
    assert credited([(monitor, "republishes", "AFP")], (monitor, TOLD))[0][1] == REPUBLISHES


def test_without_relations_nothing_changes() -> None:
    """No ties, the same stage; another tie, another version, so that reports are read again."""
    assert crediting({}) is CREDITS
    versions = {crediting(tied(("A Desk", "owned by", name))).version for name in ("X", "Y")}
    assert len(versions | {CREDITS.version}) == 3
