"""R-hat, effective draws and modes, on draws whose story is known."""

import numpy as np
import pytest

from marsad.estimate.latent.diagnose import ess_bulk, ess_tail, modes, rhat


def autoregressive(rng: np.random.Generator, chains: int, length: int, rho: float) -> np.ndarray:
    """Chains of an AR(1) process with unit variance."""
    draws = rng.standard_normal((chains, length))
    for t in range(1, length):
        draws[:, t] = rho * draws[:, t - 1] + np.sqrt(1 - rho * rho) * draws[:, t]
    return draws


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9])
def test_effective_draws_of_an_autoregression_are_those_of_theory(rho: float) -> None:
    """An AR(1) of correlation rho is worth (1 - rho) / (1 + rho) of its draws."""
    draws = autoregressive(np.random.default_rng(3), 8, 20_000, rho)
    assert ess_bulk(draws) == pytest.approx(draws.size * (1 - rho) / (1 + rho), rel=0.12)
    assert 0 < ess_tail(draws) <= draws.size * 2


def test_rhat_tells_shifted_and_spread_chains_from_agreeing_ones() -> None:
    """R-hat is 1 for chains alike, above 1.01 for one shifted by half a deviation and for one twice as wide."""
    draws = np.random.default_rng(5).standard_normal((4, 2000))
    assert rhat(draws) < 1.005
    shifted, spread = draws.copy(), draws.copy()
    shifted[0] += 0.5
    spread[0] *= 2
    assert rhat(shifted) > 1.01
    assert rhat(spread) > 1.01
    assert rhat(np.exp(draws * 5)) == pytest.approx(rhat(draws), abs=0.01)  # ranks: no transformation matters


@pytest.mark.long
def test_diagnostics_agree_with_arviz() -> None:
    """R-hat and effective draws are those of ArviZ."""
    arviz = pytest.importorskip("arviz")
    draws = autoregressive(np.random.default_rng(9), 4, 1500, 0.7)
    assert rhat(draws) == pytest.approx(float(arviz.rhat(draws)), abs=0.002)
    assert ess_bulk(draws) == pytest.approx(float(arviz.ess(draws)), rel=0.05)


def test_two_humps_are_two_and_one_is_one() -> None:
    """Two groups of draws far apart are two modes with their shares; skewed or discrete draws of one group are one."""
    rng = np.random.default_rng(1)
    one = rng.lognormal(9, 0.2, (8, 500))
    two = np.where(rng.random((8, 500)) < 0.3, rng.lognormal(8, 0.1, (8, 500)), one)
    assert len(modes(one)) == 1
    found = modes(two)
    assert [mode.share for mode in found] == pytest.approx([0.3, 0.7], abs=0.04)
    assert found[0].peak == pytest.approx(np.exp(8), rel=0.1)
    assert len(modes(120.0 + rng.poisson(2, (8, 500)).astype(np.float64))) == 1
