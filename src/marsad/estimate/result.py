"""What every estimator returns: an estimate with its doubts, or the reason why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from marsad.estimate import words
from marsad.estimate.caution import Caution, Severity, forbids
from marsad.estimate.table import CaptureTable
from marsad.model.errors import Wrong

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Floats = NDArray[np.float64]


class Status(StrEnum):
    """What became of an estimate. Only `ok` may carry a headline number."""

    OK = "ok"
    NOT_CONVERGED = "not_converged"
    NOT_IDENTIFIABLE = "not_identifiable"
    LOWER_BOUND_ONLY = "lower_bound_only"


@dataclass(frozen=True, slots=True)
class Model:
    """One of several models behind an estimate, and what it says alone. `n` is the total N; None where it says nothing.

    `weight` is its share of an average (0 to 1; None where nothing is averaged). `code` tells of its maximum likelihood
    estimate: 0 exists and is unique, 1 does not exist, 2 not identifiable, 3 both.
    """

    name: str
    n: float | None
    error: float | None = None
    low: float | None = None
    high: float | None = None
    aic: float | None = None
    bic: float | None = None
    deviance: float | None = None
    df: int | None = None
    weight: float | None = None
    code: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often this method's interval held the truth in simulation, for tables of a like shape.

    `covered` of `replicates` intervals held it, among those where the method did not abstain; it abstained in `abstained`
    of them all. `shape` says which tables, `design` which worlds were simulated.
    """

    method: str
    shape: str
    design: str
    nominal: float
    covered: float
    replicates: int
    abstained: float = 0.0

    def __str__(self) -> str:
        held = f"held the truth in {self.covered:.0%} of those given"
        tables = f"{self.replicates:,} simulated tables ({self.shape}; {self.design})"
        silent = f"; it gave no interval for {self.abstained:.0%}" if self.abstained else ""
        return f"In simulation the nominal {self.nominal:.0%} interval of {self.method} {held} for {tables}{silent}."


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """By `method`, between `low` and `high` persons were in this stratum, recorded or not, with probability `level`.

    `n` persons are documented: the floor. `point`, `low`, `high` and `error` (standard deviation) are numbers of persons, of
    N and not of those missing; None means that the method says nothing (never zero, never infinity: an interval that is
    open above has `high` None). `status` other than `ok` means that `point` may not be quoted. What spreads an estimate is
    one of: `draws` of N, shape (chains, draws); `density`, the exact posterior as (values of N, probabilities); or
    `log_error`, the standard deviation of ln(N - n). `spec` holds every setting that could change the figure, `models` what
    several models say alone, `diagnostics` numbers by name (`rhat`, `ess_bulk`, `share_above_cap` …).
    """

    method: str
    status: Status
    n: int
    point: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    error: float | None = None
    log_error: float | None = None
    draws: Floats | None = None
    density: tuple[Floats, Floats] | None = None
    models: tuple[Model, ...] = ()
    cautions: tuple[Caution, ...] = ()
    diagnostics: Mapping[str, float] = field(default_factory=dict)
    spec: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None
    lists: tuple[str, ...] = ()
    table_hash: str = ""
    stratum: Mapping[str, str] = field(default_factory=dict)
    provenance: Mapping[str, str] = field(default_factory=dict)
    coverage: Coverage | None = None

    @classmethod
    def of(cls, table: CaptureTable, method: str, status: Status, **rest: Any) -> "Result":
        """Return a result about a table, with its name, hash, floor and notes filled in."""
        cautions = (*table.notes, *rest.pop("cautions", ()))
        return cls(method, status, table.n, lists=table.lists, table_hash=table.hash, stratum=table.stratum,
                   provenance=table.provenance, cautions=cautions, **rest)  # fmt: skip

    @property
    def headline(self) -> tuple[float, float, float] | None:
        """Low, point and high that may be quoted; None where nothing may."""
        if self.status is not Status.OK or forbids(self.cautions):
            return None
        if self.point is None or self.low is None or self.high is None:
            return None
        return self.low, self.point, self.high

    def with_cautions(self, *more: Caution, status: Status | None = None) -> "Result":
        """Return the result with further doubts, and another status if one is given."""
        return replace(self, cautions=(*self.cautions, *more), status=status or self.status)

    def sample(self, size: int, rng: np.random.Generator) -> Floats:
        """Return `size` draws of N, shape (size,): for sums over strata. Raises Wrong where the result has no spread.

        From `draws` with replacement, from `density` by inversion, else N = n + exp(normal) with `log_error`.
        """
        if self.draws is not None:
            return rng.choice(self.draws.ravel(), size)
        if self.density is not None:
            values, mass = self.density
            at = np.searchsorted(np.cumsum(mass), rng.random(size) * mass.sum())
            return np.asarray(values[np.minimum(at, len(values) - 1)])
        if self.point is None or self.log_error is None:
            raise Wrong(
                self.method, self.status, "has no draws of N", "leave it out of sums, or add its documented persons"
            )
        missing = max(self.point - self.n, 1e-9)
        return np.asarray(self.n + missing * np.exp(self.log_error * rng.standard_normal(size)))

    def summary(self) -> str:
        """Return the result in words, one sentence a line: the headline, or that there is none and why."""
        lines = words.summary(self.row(), self.headline, self.stratum)
        order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
        doubts = sorted(self.cautions, key=lambda caution: order[caution.severity])
        lines += [] if self.coverage is None else [str(self.coverage)]
        return "\n".join([*lines, *(f"  {caution}" for caution in doubts)])

    def row(self) -> dict[str, Any]:
        """Return the result as one flat row: strata as columns `stratum_…`, doubts as codes joined by spaces."""
        row: dict[str, Any] = {f"stratum_{key}": value for key, value in self.stratum.items()}
        row |= {"method": self.method, "status": str(self.status), "n": self.n, "point": self.point, "low": self.low,
                "high": self.high, "level": self.level, "error": self.error, "headline": self.headline is not None,
                "cautions": " ".join(dict.fromkeys(str(caution.code) for caution in self.cautions)),
                "lists": "; ".join(self.lists), "n_lists": len(self.lists), "table_hash": self.table_hash}  # fmt: skip
        return row

    def to_arrow(self) -> "pa.Table":
        """Return the result as an Arrow table of one row (see `row`)."""
        return to_arrow([self])

    def to_pandas(self) -> "pd.DataFrame":
        """Return the result as a pandas frame of one row. Needs pandas."""
        return to_arrow([self]).to_pandas()

    def models_arrow(self) -> "pa.Table":
        """Return what each model says alone as an Arrow table, a row a model."""
        import pyarrow as pa

        names = Model.__dataclass_fields__
        return pa.table({name: [getattr(model, name) for model in self.models] for name in names})

    def to_arviz(self) -> Any:
        """Return the draws as ArviZ keeps them (a DataTree from version 1 on, else InferenceData): N and n0.

        Needs arviz. Raises Wrong where the method made no draws; an exact posterior is drawn from at fixed seed 0.
        """
        import arviz

        draws = self.draws
        if draws is None:
            draws = self.sample(4000, np.random.default_rng(0)).reshape(4, 1000)
        groups = {"posterior": {"N": draws, "n0": draws - self.n}}
        newer = int(arviz.__version__.split(".")[0]) >= 1  # version 1 needs Python 3.12, so both are met
        make: Any = arviz.from_dict
        kept = make(groups) if newer else make(**groups)
        kept.attrs.update(method=self.method, status=str(self.status), table_hash=self.table_hash)
        return kept


def to_arrow(results: Sequence[Result]) -> "pa.Table":
    """Return results as one tidy Arrow table, a row a result; a stratum's key that some lack is null there."""
    import pyarrow as pa

    rows = [result.row() for result in results]
    names = dict.fromkeys(name for row in rows for name in row)
    order = [*(n for n in names if n.startswith("stratum_")), *(n for n in names if not n.startswith("stratum_"))]
    return pa.table({name: [row.get(name) for row in rows] for name in order})
