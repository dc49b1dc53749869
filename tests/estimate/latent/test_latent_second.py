"""The second sampler, against exact sums and against the first."""

from dataclasses import replace

import numpy as np
import pytest
from latent_exact import posterior_of_unseen

from marsad.estimate import CaptureTable, Code, Result, Status
from marsad.estimate.latent.second import missed_by_slices, second_opinion
from marsad.estimate.latent.start import Prior

TINY = {"100": 2, "010": 1, "110": 1, "011": 1, "111": 1}


@pytest.mark.long
def test_slices_meet_the_posterior_summed_exactly() -> None:
    """The mean of those unseen, given draws of p0 under a cap, is that of the exact sum."""
    table = CaptureTable.from_patterns("ABC", TINY)
    exact = posterior_of_unseen(TINY, 2, 25)
    missed = missed_by_slices(table, Prior(2, 25), chains=48, sweeps=200, warm=40).ravel()
    steps = np.arange(26)
    ways = np.cumprod(np.concatenate([[1.0], (table.n + steps[:-1]) / (steps[1:])]))
    chances = ways * missed[:, None] ** steps
    mixed = (chances / chances.sum(axis=1, keepdims=True)).mean(axis=0)
    assert np.abs(mixed - exact).max() < 0.012
    assert mixed @ steps == pytest.approx(exact @ steps, rel=0.05)


@pytest.mark.long
def test_a_result_that_the_second_sampler_denies_loses_its_headline() -> None:
    """A posterior with two and a half times as many missing is found out; the true one is confirmed."""
    pytest.importorskip("numba")
    from marsad.estimate.latent.fit import latent_classes

    table = CaptureTable.from_patterns(
        "ABC", {"100": 60, "010": 56, "001": 50, "110": 22, "101": 19, "011": 17, "111": 8}
    )
    result = latent_classes(table, classes=2, chains=4, sweeps=4000)
    assert isinstance(result, Result)
    right = second_opinion(table, result, sweeps=100)
    assert right.status is result.status
    assert right.diagnostics["second_median"] == pytest.approx(result.point, rel=0.08)
    wrong = second_opinion(table, replace(result, point=table.n + ((result.point or 0) - table.n) * 2.5), sweeps=40)
    assert wrong.status is Status.NOT_CONVERGED
    assert Code.SAMPLERS_DISAGREE in {caution.code for caution in wrong.cautions}
