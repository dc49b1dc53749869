"""Weights that follow from judgements."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.link.learn import Judged, average_precision, learned, learned_if_better
from marsad.link.weights import Weights, probability

SHIPPED = Weights(-1.0, -0.5, {"time": {"same-day": 1.0, "far-off": -3.0}, "place": {"same-point": 2.0}})

judgements = st.lists(
    st.tuples(
        st.fixed_dictionaries({"time": st.sampled_from(["same-day", "far-off", "unknown"])}),
        st.integers(0, 9),
        st.booleans(),
    ),
    max_size=12,
)


def penalised(judged: list[Judged], weights: Weights, spread: float) -> float:
    """Return minus the logarithm of how probable judgements and weights are, written from the definition."""
    out = 0.0
    for levels, crowd, same in judged:
        p = probability(weights.score(levels, crowd))
        out -= math.log(p if same else 1 - p)
    pairs = [(weights.base, SHIPPED.base), (weights.crowd, SHIPPED.crowd)]
    pairs += [
        (w, SHIPPED.of.get(name, {}).get(level, 0.0)) for name, of in weights.of.items() for level, w in of.items()
    ]
    return out + sum((a - b) ** 2 for a, b in pairs) / (2 * spread**2)


def test_nothing_is_learnt_from_nothing() -> None:
    """Without a judgement the shipped weights come back."""
    assert learned([], SHIPPED) == SHIPPED


@settings(max_examples=50)
@given(judgements, st.sampled_from([0.25, 1.0]), st.floats(-0.2, 0.2), st.floats(-0.2, 0.2))
def test_no_weights_nearby_fit_better(judged: list[Judged], spread: float, base: float, day: float) -> None:
    """What is learnt is the least of the penalised loss: a step away in any direction loses."""
    best = learned(judged, SHIPPED, spread)
    times = {**best.of["time"], "same-day": best.of["time"]["same-day"] + day}
    other = Weights(best.base + base, best.crowd, {**best.of, "time": times})
    assert penalised(judged, best, spread) <= penalised(judged, other, spread) + 1e-6


def test_a_level_that_nobody_judged_keeps_its_weight() -> None:
    """A hundred judgements about days say nothing about places, nor about a side that one of the two lacks."""
    new = learned([({"time": "same-day", "place": "unknown"}, 0, False)] * 100, SHIPPED)
    assert new.of["place"] == SHIPPED.of["place"]
    assert new.of["time"]["far-off"] == -3.0
    assert new.of["time"]["same-day"] < 1.0


def test_many_judgements_outweigh_what_was_shipped() -> None:
    """Of ten thousand alike pairs a tenth is one incident: that is what is said of the next one."""
    pair = {"time": "same-day", "place": "same-point"}
    new = learned([(pair, 3, n % 10 == 0) for n in range(10_000)], SHIPPED)
    assert probability(new.score(pair, 3)) == pytest.approx(0.1, abs=0.005)


def test_answers_that_contradict_everything_shipped_do_not_overshoot() -> None:
    """Shipped weights that are sure and wrong, thousands of times: the weights stay finite, and say what was answered."""
    sure = Weights(-30.0, 0.0, {"time": {"same-day": -30.0}})
    new = learned([({"time": "same-day"}, 0, True)] * 5000, sure)
    assert math.isfinite(new.base)
    assert probability(new.score({"time": "same-day"}, 0)) > 0.9


@given(judgements)
def test_the_order_of_answers_changes_nothing(judged: list[Judged]) -> None:
    """Two people's answers, in whichever order they came."""
    turned = list(reversed(judged))
    assert learned(judged, SHIPPED) == learned(turned, SHIPPED)


def test_weights_that_fit_stay() -> None:
    """Answers that the shipped weights rank rightly already teach nothing that would be worth a change."""
    fitting = [({"time": "same-day"}, 0, True)] * 40 + [({"time": "far-off"}, 0, False)] * 40
    assert learned_if_better(fitting, SHIPPED) == SHIPPED
    assert learned(fitting, SHIPPED) != SHIPPED


def test_weights_that_answers_contradict_are_learnt() -> None:
    """Where same days are seldom one incident and far ones are, the answers win over what was shipped."""
    contrary = [({"time": "same-day"}, 0, False)] * 200 + [({"time": "far-off"}, 0, True)] * 200
    found = learned_if_better(contrary, SHIPPED, 1.0)
    assert found == learned(contrary, SHIPPED, 1.0)
    assert found.of["time"]["far-off"] > found.of["time"]["same-day"]


@settings(max_examples=20)
@given(judgements, st.randoms(use_true_random=False))
def test_whether_to_learn_hangs_on_no_order(judged: list[Judged], dice: random.Random) -> None:
    """The same judgements in any order: the same weights."""
    shuffled = list(judged)
    dice.shuffle(shuffled)
    assert learned_if_better(shuffled, SHIPPED) == learned_if_better(judged, SHIPPED)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=8))
def test_average_precision_by_its_definition(scores: list[tuple[float, bool]]) -> None:
    """The mean, over what is true, of the share of truth among all ranked no later; equal scores with the worst first."""
    true = [score for score, same in scores if same]
    shares = [
        (k + sum(s > score for s in true))
        / (k + sum(s > score for s in true) + sum(s >= score for s, t in scores if not t))
        for score in sorted(set(true))
        for k in range(1, true.count(score) + 1)
    ]
    assert average_precision(scores) == pytest.approx(sum(shares) / len(shares) if shares else 0.0)
