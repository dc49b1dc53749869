"""Pairs of records weighed by Splink, in the local engine's own database. Needs `marsad[persons]`."""

import logging
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from marsad.engines.local import LocalEngine
from marsad.model import Wrong
from marsad.stage import Query

_QUIET = ("splink",)
"""Loggers that would print rows or SQL: names are private."""


def scored(
    engine: LocalEngine,
    views: str,
    pairs: str,
    model: Mapping[str, Any],
    frequencies: Sequence[str],
    least: float,
    out: str,
) -> None:
    """Make the table `out` of the pairs whose weight is `least` (in bits) or more.

    `views` and `pairs` name tables of the engine: views with a column vid, pairs (join_key_l, join_key_r, match_key).
    `model` is a Splink model; columns `frequencies` get their shares in `views` as tf_… before. `out` has rid_l, rid_r,
    match_weight, and gamma_… for each comparison: the number of its level, 0 for all else, -1 where a value is missing.
    Raises Wrong where Splink is not installed.
    """
    try:
        from splink import DuckDBAPI, Linker, SettingsCreator
    except ImportError as fault:
        raise Wrong("persons", None, "needs Splink", "pip install 'marsad[persons]'") from fault
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    database = engine._db
    api = DuckDBAPI(connection=database)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = api.register(_with_shares(engine, views, frequencies))
        linker = Linker(table, SettingsCreator.from_path_or_dict(dict(model)), log_level=logging.ERROR)
        linker.table_management.register_blocked_pairs_for_predict(api.register(pairs))
        predicted = linker.inference.predict(threshold_match_weight=least, warning_mode="never")
        columns = "rid_l, rid_r, match_weight, columns('^gamma_')"
        engine.run(Query(f"select {columns} from {predicted.physical_name}", out))
        predicted.drop_table_from_database_and_remove_from_cache()


def _with_shares(engine: LocalEngine, views: str, frequencies: Sequence[str]) -> str:
    """Make a table of the views with a column tf_… for each column: how many of its filled rows have its value too.

    Too, because the two records of a pair are not counted: that somebody is on two lists does not make a name commoner.
    A value that only these two have counts as one record: a brother may have it who stands on neither list.
    """
    out = f"{views}_shares"
    parts = []
    for c in frequencies:
        others = f"greatest(count(*) over (partition by {c}) - 2, 1)"
        parts.append(f"case when {c} is not null then {others} / count({c}) over () end as tf_{c}")
    shares = ", ".join(parts)
    engine.run(Query(f"select *, {shares} from {views}", out))
    return out
