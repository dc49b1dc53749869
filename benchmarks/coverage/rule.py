"""What today's rule for the headline makes of a record: methods are not run again."""

import math
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from marsad.estimate import CaptureTable, Result, Status
from marsad.estimate.caution import Caution, Code, Severity
from marsad.estimate.headline import estimate, methods_for

Row = dict[str, Any]

SLOW = "latent classes"
"""The method that takes most of the time."""


def result_of(table: CaptureTable, said: Row) -> Result:
    """What a method said, as far as the record kept it."""
    error = said["log_error"]
    if error is None and said["low"] is not None and said["high"] is not None and said["low"] > table.n:
        error = math.log((said["high"] - table.n) / (said["low"] - table.n)) / 3.92
    cautions = tuple(Caution(Code(code), Severity(severity), "") for code, severity in said["cautions"])
    ends = {name: said[name] for name in ("point", "low", "high")}
    status = Status(said["status"])
    return Result(said["method"], status, table.n, log_error=error or 0.1, cautions=cautions, lists=table.lists, **ends)


def by_rule(table: CaptureTable, results: Mapping[str, Result], names: Iterable[str]) -> Result:
    """The headline that today's rule makes of what these methods said."""
    asked = {name: partial(_again, results[name]) for name in names}
    return estimate(table, methods=asked, leave_out=False)[0]


def _again(result: Result, _table: CaptureTable, _seed: int) -> Result:
    return result


def closed(table: CaptureTable, results: Mapping[str, Result]) -> bool:
    """Whether the headline is refused whatever latent classes would say.

    Doubts only add up and the hull only widens; but the middle of all methods, against which the documented are held, moves.
    """
    head = by_rule(table, results, [name for name in methods_for(table) if name in results and name != SLOW])
    errors = {caution.code for caution in head.cautions if caution.severity is Severity.ERROR}
    return bool(errors - {Code.SMALL_OVERLAP})
