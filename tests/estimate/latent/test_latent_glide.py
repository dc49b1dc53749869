"""The glide: its slope against differences of its height, and where it must stay."""

import numpy as np
import pytest

pytest.importorskip("numba", reason="the latent class sampler needs the extra `estimate`")

from marsad.estimate import CaptureTable
from marsad.estimate.latent.glide import glide, height, pull
from marsad.estimate.latent.start import Chain, Marks, Prior, from_prior

TABLE = CaptureTable.from_patterns(
    "ABCD", {"1000": 40, "0100": 30, "0010": 9, "0001": 5, "1100": 8, "0110": 4, "1011": 2, "1111": 3}
)
MARKS, PRIOR = Marks.of(TABLE), Prior(5, 10**9, a_lam=0.7, b_lam=2.5)


def height_at(place: np.ndarray, marks: Marks = MARKS, cap: int = PRIOR.cap, alpha: float = 0.8) -> float:
    """The log density of a place of lists + 1 rows."""
    lists, classes = place.shape[0] - 1, place.shape[1]
    rooms = np.empty((lists, classes)), np.empty(classes), np.empty(classes)
    return float(height(place, marks.counts, marks.starts, marks.bits, cap, PRIOR.packed, alpha, *rooms))


def test_the_slope_is_the_difference_of_heights() -> None:
    """In every direction but that of the stick that is not there; at places drawn wide."""
    rng = np.random.default_rng(3)
    for _ in range(5):
        place, slope = rng.normal(-0.5, 1.5, (5, 5)), np.empty((5, 5))
        rooms = np.empty((4, 5)), np.empty(5), np.empty(5), np.empty(5)
        pull(place, MARKS.counts, MARKS.starts, MARKS.bits, TABLE.n, PRIOR.packed, 0.8, *rooms, slope)
        for at in np.ndindex(5, 5):
            if at != (4, 4):
                nudge = np.zeros((5, 5))
                nudge[at] = 1e-5
                difference = (height_at(place + nudge) - height_at(place - nudge)) / 2e-5
                assert slope[at] == pytest.approx(difference, rel=1e-5, abs=1e-4)
        assert slope[4, 4] == 0.0


def test_what_cannot_be_weighed_stays_where_it_is() -> None:
    """A state whose patterns are too unlikely for plain products, and one with chances of nought and one, are left to Gibbs."""
    for odds in (1e-120, 1e120):
        chain = Chain(np.full((4, 5), odds), np.log(np.full(5, 0.2)), np.array([1.0]), np.random.default_rng(1))
        moved = glide(
            chain.rng, MARKS.counts, MARKS.starts, MARKS.bits, 10**6, PRIOR.packed, 1.0, chain.odds, chain.log_pi
        )
        assert not moved
        assert (chain.odds == odds).all()


def test_glides_leave_a_chain_of_shares_that_add_up() -> None:
    """After many glides the shares of the classes still sum to one, most glides were taken, and the chances moved."""
    chain = from_prior(MARKS, PRIOR, np.random.default_rng(5))
    first = chain.odds.copy()
    taken = [
        glide(chain.rng, MARKS.counts, MARKS.starts, MARKS.bits, PRIOR.cap, PRIOR.packed, 0.8, chain.odds, chain.log_pi)
        for _ in range(300)
    ]
    assert np.exp(chain.log_pi).sum() == pytest.approx(1.0)
    assert np.mean(taken) > 0.5
    assert not np.isclose(chain.odds, first).any()
