"""Which tellings are compared."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tellings_made import DUMA, named, telling, tellings

from marsad.link.compare import GAP_DAYS, REACH_KM, compared, gap_days, kilometres
from marsad.link.light import around
from marsad.link.pairs import Shelves, blocks_of, candidates, scored
from marsad.link.stages import Block, _pairs_of
from marsad.link.weights import default_weights
from marsad.model.telling import Telling

SETS = st.lists(tellings(), max_size=25).map(named)


def _found(drawn: list[Telling]) -> set[frozenset[str]]:
    return {frozenset((a.telling_id, b.telling_id)) for a, b in candidates(drawn)}


@pytest.mark.long
@settings(max_examples=60)
@given(SETS)
def test_what_is_near_is_found_and_only_once(drawn: list[Telling]) -> None:
    """Against all pairs: every two spots of one country near in time and place are candidates, and none twice."""
    found = [frozenset((a.telling_id, b.telling_id)) for a, b in candidates(drawn)]
    assert len(found) == len(set(found))
    for a, b in combinations(drawn, 2):
        spots = all(t.precision is not None and t.precision < 4 for t in (a, b))
        short = all(t.day_from is not None and (t.day_to or 0) - t.day_from < 8 for t in (a, b))
        gap, apart = gap_days(a, b), kilometres(a, b)
        if spots and short and gap is not None and gap <= GAP_DAYS and apart is not None and apart <= REACH_KM:
            assert frozenset((a.telling_id, b.telling_id)) in found


@pytest.mark.long
@settings(max_examples=60)
@given(SETS, st.randoms(use_true_random=False))
def test_the_order_of_tellings_does_not_matter(drawn: list[Telling], dice: object) -> None:
    """The same tellings in any order: the same pairs with the same scores."""
    shuffled = list(drawn)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert set(scored(drawn, default_weights())) == set(scored(shuffled, default_weights()))


def test_tellings_of_one_report_are_no_pair() -> None:
    """What a report tells apart is apart before anything is compared."""
    assert not list(candidates([telling("r", name="a"), telling("r", name="b")]))


def test_a_telling_number_finds_its_like_across_places() -> None:
    """Ninety-five dead "in the east", no place known: compared with the ninety-five of a town."""
    lost = telling(killed=95, key="~east", at=None, country=None, admin1=None)
    town = telling(killed=95)
    assert _found([lost, town])
    assert not _found([replace(lost, figures={"killed": (40, 40, 40)}), town])


@pytest.mark.long
@settings(max_examples=60)
@given(SETS)
def test_blocks_hold_every_pair_once(drawn: list[Telling]) -> None:
    """Block by block, each pair comes out of exactly one block."""
    blocks: dict[str, list[Telling]] = {}
    for one in drawn:
        for block in blocks_of(one):
            blocks.setdefault(block, []).append(one)
    found = [
        (p.a, p.b) for name, told in blocks.items() for p in _pairs_of(default_weights(), Block(name, tuple(told)))
    ]
    assert len(found) == len(set(found))


def test_a_crowd_is_who_tells_of_the_spot_and_day() -> None:
    """Five reports of one spot and day: each of them stands in a crowd of four, a lone pair in one of one.

    But where no more than two places and days are told of at all, nothing has to be told apart from more than one other.
    """
    crowd = [telling() for _ in range(5)]
    elsewhere = [telling(key=f"town{n}", at=(40.0 + n, 40.0)) for n in range(9)]
    told = around([*crowd, *elsewhere])
    assert told.crowd_of(crowd[0], crowd[1]) == 4
    assert told.crowd_of(elsewhere[0], elsewhere[1]) == 0
    alone = around([*crowd[:2], *elsewhere])
    assert alone.crowd_of(crowd[0], crowd[1]) == 1
    two = around([*crowd, elsewhere[0]])
    assert two.crowd_of(crowd[0], crowd[1]) == 1


def test_a_crowd_of_another_day_is_none() -> None:
    """A lone telling of Monday beside the five of Tuesday: it stands in no crowd, so neither do the two compared."""
    crowd, lone = [telling() for _ in range(5)], telling(on=99)
    told = around([*crowd, lone])
    assert told.crowd_of(crowd[0], crowd[1]) > 0
    assert told.crowd_of(crowd[0], lone) == told.crowd_of(lone, crowd[0]) == 0


def test_one_more_in_a_crowd_seldom_changes_it() -> None:
    """Crowds are counted in steps: forty reports of one spot and day, or forty-one, are the same crowd."""
    elsewhere = [telling(key=f"town{n}", at=(40.0 + n, 40.0)) for n in range(60)]
    told = [telling() for _ in range(41)]
    few, more = around([*told[:40], *elsewhere]), around([*told, *elsewhere])
    assert few.crowd_of(told[0], told[1]) == more.crowd_of(told[0], told[1]) == 32


@pytest.mark.long
@settings(max_examples=60)
@given(SETS)
def test_every_pair_is_found_from_either_end(drawn: list[Telling]) -> None:
    """A telling's pairs, asked for as the later and as the earlier of two, are those of the whole block that it is in."""
    shelves, every = Shelves(drawn), list(candidates(drawn))
    for n, one in enumerate(shelves.ordered):
        found = [(a.telling_id, b.telling_id) for a, b in (*shelves.before(n), *shelves.after(n))]
        assert len(found) == len(set(found))
        assert set(found) == {(a.telling_id, b.telling_id) for a, b in every if one in (a, b)}


@pytest.mark.long
def test_work_grows_with_neighbours_and_not_with_the_square() -> None:
    """Ten times the reports of one strike are not a hundred times the pairs."""
    few = sum(1 for _ in candidates([telling(killed=None, rank=n) for n in range(200)]))
    many = sum(1 for _ in candidates([telling(killed=None, rank=n) for n in range(2000)]))
    assert many < 15 * few


def test_places_where_little_or_the_same_happens_are_known() -> None:
    """Two days told of a place make it quiet; the same number on three days makes the number say nothing."""
    told = around([telling(on=100), telling(on=101), telling(on=103, key="b", killed=3)])
    assert told.quiet == {"duma", "b"}
    daily = around([telling(on=100 + n, killed=3) for n in range(3)])
    assert ("duma", "killed", 3) in daily.everyday
    assert "duma" not in daily.quiet
    assert compared(telling(killed=3), telling(killed=3), daily)["killed"] == "same-everyday"


def test_a_place_of_another_sentence_keeps_nobody_from_being_compared() -> None:
    """Two reports of the same rare number, one with a capital's name from its dateline."""
    told = telling(killed=57), telling(killed=57, at=(20.0, 30.0), key="capital", country="SY")
    assert not list(candidates(told))
    loose = telling(killed=57, at=(20.0, 30.0), key="capital", country="SY", inferred=True)
    assert len(list(candidates((told[0], loose)))) == 1


def test_of_a_telling_without_a_country_every_comparison_is_kept() -> None:
    """A pair below the floor is kept where one tells of no known country: what is not there was not compared."""
    on = [telling(killed=3, on=100, key="one"), telling(killed=90, on=102, key="other", at=(DUMA[0] + 0.1, DUMA[1]))]
    assert not list(scored(on, default_weights(), floor=-2.0))
    [pair] = scored([on[0], replace(on[1], country=None, admin1=None)], default_weights(), floor=-2.0)
    assert (pair.loose_a, pair.loose_b).count(True) == 1
