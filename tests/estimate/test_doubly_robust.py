"""Two lists and covariates: right where either model is, and never silent where it cannot be."""

import numpy as np
import pytest

from marsad.estimate import Code, Status
from marsad.estimate.doubly_robust import doubly_robust, logistic
from marsad.model.errors import Wrong


def world(seed: int, size: int = 3000, slope: float = 0.6) -> tuple[np.ndarray, np.ndarray]:
    """Marks of those on a list and their covariate, X ~ N(3, 1.5^2); both chances rise with it (as in drpop's simulations)."""
    rng = np.random.default_rng(seed)
    x = rng.normal(3, 1.5, size)
    chance = 1 / (1 + np.exp(-(slope * (x[:, None] - 3) + np.array([-0.6, -0.2]))))
    marks = rng.random((size, 2)) < chance
    known = marks.any(axis=1)
    return marks[known], x[known]


@pytest.mark.long
def test_heterogeneity_that_fools_lincoln_petersen_is_removed() -> None:
    """Over twelve worlds the median answer is within 5 % of N, where Lincoln-Petersen is too low; most intervals hold N."""
    points, naive, held = [], [], 0
    for seed in range(12):
        marks, x = world(seed)
        result = doubly_robust(marks[:, 0], marks[:, 1], x)
        points.append(result.point or 0.0)
        naive.append(marks[:, 0].sum() * marks[:, 1].sum() / marks.all(axis=1).sum())
        held += (result.low or 0) < 3000 < (result.high or 0)
    assert np.median(points) == pytest.approx(3000, rel=0.05)
    assert np.median(naive) < 0.95 * 3000
    assert held >= 9


@pytest.mark.long
def test_without_a_bearing_covariate_it_is_lincoln_petersen() -> None:
    """Where chances do not depend on x, the answer is that of Lincoln and Petersen, nearly."""
    marks, _ = world(3, slope=0.0)
    noise = np.random.default_rng(0).normal(size=len(marks))
    petersen = marks[:, 0].sum() * marks[:, 1].sum() / marks.all(axis=1).sum()
    assert doubly_robust(marks[:, 0], marks[:, 1], noise).point == pytest.approx(petersen, rel=0.03)


@pytest.mark.long
def test_neither_seed_order_nor_scale_move_it_far() -> None:
    """Other units of x change nothing; another seed changes the splits only; the same seed gives the same number."""
    marks, x = world(5)
    one, again = (doubly_robust(marks[:, 0], marks[:, 1], x, seed=2) for _ in range(2))
    assert one.point == again.point
    assert doubly_robust(marks[:, 0], marks[:, 1], x * 1000 - 7, seed=2).point == pytest.approx(one.point, rel=1e-3)
    assert doubly_robust(marks[:, 0], marks[:, 1], x, seed=3).point == pytest.approx(one.point, rel=0.1)
    assert doubly_robust(marks[:, 1], marks[:, 0], x, seed=2).point == pytest.approx(one.point, rel=0.02)


def test_a_learner_of_ones_own_is_used() -> None:
    """A learner that says the shares of the whole, whoever is asked of, makes it Lincoln-Petersen."""
    marks, x = world(7)

    def shares(_known: np.ndarray, outcome: np.ndarray, asked: np.ndarray) -> np.ndarray:
        return np.tile(np.bincount(outcome.astype(int), minlength=3) / len(outcome), (len(asked), 1))

    petersen = marks[:, 0].sum() * marks[:, 1].sum() / marks.all(axis=1).sum()
    result = doubly_robust(marks[:, 0], marks[:, 1], x, learner=shares)
    assert result.point == pytest.approx(petersen, rel=0.01)
    assert result.spec["learner"] == "shares"


def test_chances_of_the_learner_are_chances() -> None:
    """The default learner's three chances sum to one and follow the covariate."""
    marks, x = world(9)
    outcome = np.where(marks.all(axis=1), 2, np.where(marks[:, 0], 0, 1)).astype(float)
    told = logistic(x[:, None], outcome, np.array([[0.0], [3.0], [6.0]]))
    assert told.sum(axis=1) == pytest.approx(1.0)
    assert told[0, 2] < told[1, 2] < told[2, 2]


def test_too_few_shared_persons_are_no_estimate() -> None:
    """Fewer than ten persons on both lists: no number, and why."""
    first = np.array([1] * 200 + [0] * 200 + [1] * 5)
    second = np.array([0] * 200 + [1] * 200 + [1] * 5)
    result = doubly_robust(first, second, np.arange(405.0))
    assert (result.status, result.point) == (Status.NOT_IDENTIFIABLE, None)
    assert Code.SMALL_OVERLAP in {caution.code for caution in result.cautions}


ODD = [([0, 1], [1.0, 2.0], "neither list"), ([2, 1], [1.0, 2.0], "neither 0 nor 1"), ([1, 1], [1.0], "row for each"),
       ([1, 1], [1.0, float("nan")], "missing")]  # fmt: skip


@pytest.mark.parametrize(("first", "x", "says"), ODD)
def test_rows_that_cannot_be_are_named(first: list[int], x: list[float], says: str) -> None:
    """Rows on neither list, marks other than 0 and 1, too few covariates and gaps in them are refused."""
    with pytest.raises(Wrong, match=says):
        doubly_robust(first, [0, 1], x)
