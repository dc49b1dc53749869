"""Latent classes: against exact sums, against published runs, and where there must be no answer."""

import json
from pathlib import Path

import numpy as np
import pytest
from latent_exact import posterior_of_unseen

pytest.importorskip("numba", reason="the latent class sampler needs the extra `estimate`")

from marsad.estimate import CaptureTable, Code, Status
from marsad.estimate.latent.chains import run
from marsad.estimate.latent.fit import latent_classes
from marsad.estimate.latent.posterior import Unseen
from marsad.estimate.latent.start import Marks, Prior, starts
from marsad.model.errors import Wrong

SHARED = Path(__file__).parents[4] / "shared/data/mse"
TINY = {"100": 2, "010": 1, "110": 1, "011": 1, "111": 1}
SMALL = {"100": 30, "010": 28, "001": 25, "110": 9, "101": 8, "011": 7, "111": 4}


def shared(name: str) -> CaptureTable:
    """A table of the reference folder; skips where the folder is absent."""
    file = SHARED / f"{name}.json"
    if not file.exists():
        pytest.skip("needs ../shared, the reference tables")
    found = json.loads(file.read_text())
    return CaptureTable.from_patterns(found["lists"], {row["pattern"]: row["count"] for row in found["patterns"]})


@pytest.mark.long
@pytest.mark.parametrize(
    ("patterns", "classes", "cap"), [(TINY, 2, 25), (TINY, 3, 10), ({"100": 3, "010": 2, "001": 3, "110": 1}, 2, 60)]
)
@pytest.mark.parametrize(("slides", "between"), [(0, 0), (2, 0), (0, 1)])
def test_the_sampler_meets_the_posterior_summed_exactly(
    patterns: dict[str, int], classes: int, cap: int, slides: int, between: int
) -> None:
    """Four chains of 40,000 sweeps give the exact chances of 0, 1, 2 … unseen; with `slide` and `glide`, with one of them
    and without, and under a cap that bites.
    """
    exact = posterior_of_unseen(patterns, classes, cap)
    marks = Marks.of(CaptureTable.from_patterns(("A", "B", "C"), patterns))
    found = []
    for chain in starts(marks, Prior(classes, cap), np.random.SeedSequence(4), 4):
        run(chain, marks, Prior(classes, cap), 500, slides, between)
        found.append(
            np.bincount(run(chain, marks, Prior(classes, cap), 40_000, slides, between).unseen[0], minlength=cap + 1)
            / 40_000
        )
    assert np.abs(np.mean(found, axis=0) - exact).max() < 0.005
    ladder = np.arange(cap + 1)
    assert np.mean(found, axis=0) @ ladder == pytest.approx(exact @ ladder, rel=0.03)


def test_a_vanishing_concentration_freezes_nothing() -> None:
    """With alpha near 1e-15 all draws stay finite and chains still move: the sum of a tiny number and a large one is
    where it once broke.
    """
    marks, prior = (
        Marks.of(CaptureTable.from_patterns(("A", "B", "C"), SMALL)),
        Prior(5, 2000, a_alpha=0.02, b_alpha=200.0),
    )
    (chain,) = starts(marks, prior, np.random.SeedSequence(1), 1)
    chain.alpha[:] = 1e-15
    trace = run(chain, marks, prior, 2000)
    assert np.isfinite(trace.missed).all()
    assert np.isfinite(chain.odds).all()
    assert len(np.unique(trace.unseen)) > 20


def test_no_draw_is_above_the_cap_and_the_result_says_when_it_binds() -> None:
    """A cap inside the posterior cuts it, all draws lie under it, and there is no headline but CAP_BINDS."""
    table = CaptureTable.from_patterns(("A", "B", "C"), SMALL)
    free, cut = (
        latent_classes(table, chains=2, sweeps=2000),
        latent_classes(table, chains=2, sweeps=2000, unseen_at_most=90),
    )
    assert cut.draws is not None
    assert cut.draws.max() <= table.n + 90
    assert Code.CAP_BINDS in [caution.code for caution in cut.cautions]
    assert cut.headline is None
    assert cut.high is not None
    assert free.high is not None
    assert cut.high <= free.high  # a wider prior never narrows


def test_neither_workers_nor_order_change_a_run() -> None:
    """One seed gives one result, with one thread or three, and in whatever order lists and patterns come."""
    table = CaptureTable.from_patterns(("A", "B", "C"), SMALL)
    turned = CaptureTable.from_patterns(("C", "A", "B"), {p[2] + p[:2]: c for p, c in reversed(SMALL.items())})
    runs = [
        latent_classes(t, chains=3, sweeps=2000, seed=7, workers=w) for t, w in ((table, 1), (table, 3), (turned, 2))
    ]
    for other in runs[1:]:
        assert (other.low, other.point, other.high) == (runs[0].low, runs[0].point, runs[0].high)
        assert np.array_equal(other.draws, runs[0].draws)  # type: ignore[arg-type]


def test_patterns_given_twice_add() -> None:
    """Counts in two rows of one pattern are the count in one row."""
    rows = [(1, 30), (2, 28), (4, 25), (3, 9), (5, 8), (6, 7), (7, 4)]
    split = [(p, c - 2) for p, c in rows] + [(p, 2) for p, _ in rows]
    one, two = (CaptureTable(("A", "B", "C"), [p for p, _ in r], [c for _, c in r]) for r in (rows, split))
    assert latent_classes(one, chains=2, sweeps=1000).high == latent_classes(two, chains=2, sweeps=1000).high


def test_quantiles_are_those_of_averaged_negative_binomials() -> None:
    """The quantile of N from draws of p0 is the one that simulation of n0 finds."""
    rng = np.random.default_rng(2)
    missed = rng.beta(30, 20, (4, 400))
    drawn = rng.negative_binomial(120, 1 - np.repeat(missed.ravel(), 200))
    posterior = Unseen(missed, 120, 100_000)
    for share in (0.025, 0.5, 0.975):
        assert posterior.quantile(share) == pytest.approx(np.quantile(drawn, share), abs=2)
    assert posterior.below(posterior.quantile(0.5)) >= 0.5 > posterior.below(posterior.quantile(0.5) - 1)


def test_two_lists_have_no_mixture() -> None:
    """Two lists give a floor and no estimate."""
    result = latent_classes(CaptureTable.from_patterns(("A", "B"), {"10": 30, "01": 20, "11": 10}))
    assert (result.status, result.headline, result.point) == (Status.LOWER_BOUND_ONLY, None, None)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"chains": 1}, "chains"), ({"sweeps": 10}, "sweeps"), ({"a_alpha": 0.0}, "a_alpha"), ({"classes": 1}, "classes")],
)
def test_settings_that_cannot_be_are_named(wrong: dict[str, float], says: str) -> None:
    """A setting that makes no sense is refused by name."""
    with pytest.raises(Wrong, match=says):
        latent_classes(CaptureTable.from_patterns(("A", "B", "C"), SMALL), **wrong)  # type: ignore[arg-type]


@pytest.mark.long
@pytest.mark.parametrize(("name", "effective", "reference"), [
    ("neworleans_5lists", 4368, (565.0, 835.0, 1361.0)),
    ("australia_4lists", 2617, (2216.9, 4147.0, 7932.2)),
])  # fmt: skip
def test_published_runs_are_met_where_chains_mix(
    name: str, effective: float, reference: tuple[float, float, float]
) -> None:
    """The median of the R package's four chains within three Monte Carlo errors of both programs' effective draws, its ends
    within 8 %: a second, small hollow of the Australian table holds a chain now and then.
    """
    result = latent_classes(shared(name), classes=10)
    assert result.error is not None
    error = 1.2533 * result.error * np.sqrt(1 / effective + 1 / result.diagnostics["ess_bulk"])
    assert result.point == pytest.approx(reference[1], abs=3 * error)
    assert 3 * error < 0.06 * reference[1]
    assert result.low == pytest.approx(reference[0], rel=0.08)
    assert result.high == pytest.approx(reference[2], rel=0.08)


@pytest.mark.long
def test_netherlands_has_no_headline() -> None:
    """On the Dutch table chains disagree and pile up under the cap: `not_converged`, with the medians as evidence."""
    result = latent_classes(shared("netherlands_5lists"), chains=4, sweeps=8000)
    assert result.status is Status.NOT_CONVERGED
    assert result.headline is None
    assert {Code.NOT_CONVERGED, Code.CAP_BINDS} & {caution.code for caution in result.cautions}


@pytest.mark.long
def test_many_independent_lists_settle() -> None:
    """Nine lists that know nothing of each other: chains started among many classes find the one there is, and N with it."""
    rng = np.random.default_rng(5)
    marks = rng.random((900, 9)) < 0.2
    table = CaptureTable.from_matrix([f"L{j}" for j in range(9)], marks[marks.any(axis=1)].astype(int))
    result = latent_classes(table, chains=4, sweeps=2000, tempering=False)
    assert result.status is Status.OK
    assert result.diagnostics["occupied"] < 3
    assert result.headline is not None
    assert result.headline[0] < 900 < result.headline[2]
