"""Pairs as a run compares them, before they are weighed."""

from pathlib import Path

import pytest
from event_tables import event_table, troubled_year

from marsad.evaluate.event_table import read_event_table
from marsad.link.likeness import Likeness, likenesses
from marsad.link.pairs import Pair, blocks_of
from marsad.link.stages import Block, pairing
from marsad.link.weights import default_weights
from marsad.model.telling import Telling


@pytest.fixture
def tellings(tmp_path: Path) -> tuple[Telling, ...]:
    """The tellings of a made-up year."""
    return read_event_table(event_table(tmp_path / "year.csv", troubled_year())).tellings


def test_pairs_weigh_what_the_stage_says_they_weigh(tellings: tuple[Telling, ...]) -> None:
    """Put into blocks by hand and paired by the stage: the same pairs with the same log odds, each once."""
    weights = default_weights()
    found = {(each.a, each.b): weights.score(each.levels, each.crowd) for each in likenesses(tellings)}
    blocks: dict[str, list[Telling]] = {}
    for telling in tellings:
        for name in blocks_of(telling):
            blocks.setdefault(name, []).append(telling)
    stage = pairing(weights)
    told = [
        pair for name, of in blocks.items() for pair in stage.function(Block(name, tuple(of))) if isinstance(pair, Pair)
    ]
    assert len(told) == len({(pair.a, pair.b) for pair in told}) > 200
    assert all(found[pair.a, pair.b] == pytest.approx(pair.log_odds) for pair in told)
    assert all(found[pair] <= -5 for pair in found.keys() - {(pair.a, pair.b) for pair in told})


def test_the_order_of_tellings_changes_nothing(tellings: tuple[Telling, ...]) -> None:
    """As long as their ranks stay."""

    def ordered(of: tuple[Telling, ...]) -> list[Likeness]:
        return sorted(likenesses(of), key=lambda each: (each.a, each.b))

    assert ordered(tellings) == ordered(tuple(reversed(tellings)))
