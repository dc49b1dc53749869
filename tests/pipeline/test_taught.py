"""Weights from judgements, as a run learns them."""

from pathlib import Path

import pyarrow as pa
import pytest
from event_tables import event_table, troubled_year

from marsad.engines.local import LocalEngine
from marsad.evaluate.event_table import Linked, read_event_table
from marsad.link.learn import learned
from marsad.link.likeness import likenesses
from marsad.link.stages import BLOCKS
from marsad.link.tellings import telling_row
from marsad.link.weights import Weights, default_weights
from marsad.model.schema_linking import TELLING
from marsad.pipeline.taught import ENOUGH, taught


@pytest.fixture
def year(tmp_path: Path) -> Linked:
    """The tellings of a made-up year: more than 300 pairs, from which on they count as many."""
    return read_event_table(event_table(tmp_path / "year.csv", troubled_year(60)))


def after(year: Linked, between: dict[tuple[str, str], bool]) -> Weights:
    """Return what these judgements teach on an engine."""
    tellings = pa.Table.from_pylist([telling_row(telling) for telling in year.tellings], schema=TELLING)
    with LocalEngine(1) as engine:
        engine.register("block", engine.apply(BLOCKS, tellings)[0])
        return taught(engine, tellings, between, default_weights())


def test_judged_pairs_teach_what_they_are_in_the_crowd_they_stand_in(year: Linked) -> None:
    """Judgements among many tellings: the weights are those learnt from the pairs as all tellings together give them.

    The judgements say the contrary of the truth, so that the shipped weights rank them far worse than what they teach.
    """
    every = list(likenesses(year.tellings))
    some = [each for n, each in enumerate(every) if n % 16]
    between = {(each.a, each.b): year.truth[each.a] != year.truth[each.b] for each in some}
    assert ENOUGH <= len(between) < len(every)
    assert len(set(between.values())) == 2
    expected = learned([(each.levels, each.crowd, between[each.a, each.b]) for each in some], default_weights())
    assert after(year, between) == expected


def test_few_judgements_or_all_alike_teach_nothing(year: Linked) -> None:
    """Below ENOUGH, where everybody always said yes, and where answers follow nothing, the shipped weights stay."""
    every = list(likenesses(year.tellings))
    pairs = [(each.a, each.b) for each in every]
    assert after(year, {pair: n % 2 == 0 for n, pair in enumerate(pairs[: ENOUGH - 1])}) == default_weights()
    assert after(year, dict.fromkeys(pairs, True)) == default_weights()
    assert after(year, {pair: n % 2 == 0 for n, pair in enumerate(pairs)}) == default_weights()
    contrary = {(each.a, each.b): year.truth[each.a] != year.truth[each.b] for each in every}
    assert after(year, contrary) != default_weights()


def test_pairs_that_no_run_compares_teach_nothing(year: Linked) -> None:
    """Judgements about reports of January and July are kept by decisions, not by weights."""
    winter = [t.telling_id for t in year.tellings if t.telling_id.startswith("r0-") or t.telling_id.startswith("r1-")]
    summer = [
        t.telling_id
        for t in year.tellings
        if t.day_from and year.tellings[0].day_from and t.day_from > year.tellings[0].day_from + 90
    ]
    far = [(a, b) for a in winter for b in summer if a < b][: 2 * ENOUGH]
    assert len(far) == 2 * ENOUGH
    assert after(year, {pair: n % 2 == 0 for n, pair in enumerate(far)}) == default_weights()
