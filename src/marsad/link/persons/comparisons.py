"""What is compared between two records, and in which levels: the conditions, as SQL that Splink runs on any backend.

Levels are tried from the top; the first that holds counts. Conditions use ASCII columns only (`names.columns`). Where a
level has a column of term frequencies, its weight is that of the shared name: to share a rare one says more. Forefathers
and family are one comparison, with the frequency of the whole line: brothers and sisters who died together share all
three, and a line that twelve people on a list share must not weigh as three independent names.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which two records can agree: a key for weights and reasons, a condition, a column of frequencies or None.

    A condition of None is the level for all else; one that ends a comparison for missing values has `null` True.
    """

    key: str
    condition: str | None
    frequency: str | None = None
    null: bool = False


def _same(column: str) -> str:
    return f"{column}_l = {column}_r"


def _near(column: str, least: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}"


def _missing(column: str) -> str:
    return f"({column}_l is null or {column}_r is null)"


def _close(column: str) -> str:
    """One sound, or letters that differ as a slip makes them differ."""
    return f"({_same(column + '_sk')} or {_near(column, 0.9)} or {_slip(column)})"


def _slip(column: str) -> str:
    """One letter wrong, missing, added or exchanged, in a word of four letters or more."""
    return (
        f"(length({column}_l) > 3 and length({column}_r) > 3 and abs(length({column}_l) - length({column}_r)) < 2 "
        f"and damerau_levenshtein({column}_l, {column}_r) = 1)"
    )


_SAME_FAMILY = _same("family_sk")
_SHORTER = "((grand_l is null) <> (grand_r is null))"
_LAST_IS_FORE = (
    "(father_l is null and family_sk_l in (father_sk_r, grand_sk_r) "
    "or father_r is null and family_sk_r in (father_sk_l, grand_sk_l))"
)
_SWAPPED = "(own_sk_l = family_sk_r and family_sk_l = own_sk_r and own_sk_l <> family_sk_l)"
_DROPPED = (
    "(own_sk_l = father_sk_r and father_sk_l = grand_sk_r or own_sk_r = father_sk_l and father_sk_r = grand_sk_l)"
)

OWN = (
    Level("own_missing", _missing("own"), null=True),
    Level("own_same", _same("own"), "own_sk"),
    Level("own_swapped", _SWAPPED),
    Level("own_other_known", "known_l and known_r and own_l <> own_r"),
    Level("own_sound_slip", f"{_same('own_sk')} and ({_slip('own')} or {_near('own', 0.9)})", "own_sk"),
    Level("own_sound", _same("own_sk"), "own_sk"),
    Level("own_slip", f"{_slip('own')} or {_near('own', 0.92)}"),
    Level(
        "own_begins",
        "(starts_with(own_l, own_r) or starts_with(own_r, own_l)) and length(own_l) > 3 and length(own_r) > 3",
    ),
    Level("own_dropped", _DROPPED),
    Level("own_other", None),
)

LINE = (
    Level(
        "line_missing", "(father_l is null and family_l is null) or (father_r is null and family_r is null)", null=True
    ),
    Level("line_swapped", _SWAPPED),
    Level("line_same", f"{_same('father')} and {_same('grand')} and {_same('family')}", "fgh"),
    Level("line_sound", _same("fgh"), "fgh"),
    Level("father_grandfather_family_slip", f"{_same('fg')} and {_close('family')}", "fg"),
    Level("line_close", f"{_close('father')} and {_close('grand')} and {_close('family')}"),
    Level("father_family", f"{_same('fh')} and {_missing('grand')}", "fh"),
    Level("father_family_close", f"{_close('father')} and {_close('family')} and {_missing('grand')}"),
    Level("grandfather_family", f"{_same('tail')} and {_SHORTER}", "tail"),
    Level("father_grandfather", _same("fg"), "fg"),
    Level("father_family_other_grandfather", _same("fh"), "fh"),
    Level("grandfather_family_other_father", _same("tail"), "tail"),
    Level("family_no_father", f"{_SAME_FAMILY} and {_missing('father')}", "family_sk"),
    Level("family_close_no_father", f"{_close('family')} and {_missing('father')}"),
    Level("last_is_forefather", _LAST_IS_FORE),
    Level("father_only", _same("father_sk"), "father_sk"),
    Level("family_only", _SAME_FAMILY, "family_sk"),
    Level("family_close_only", _close("family")),
    Level("grandfather_only", _same("grand_sk")),
    Level("line_other", None),
)

RELATIVES = "(coalesce(tail_l = tail_r, false) or coalesce(fh_l = fh_r, false))"
"""Two records that name the same house: one person, or people who are killed on one day and whose ages lie close."""

RELATED = "related_"
"""Begins the keys of levels for relatives."""


def _and_among_relatives(levels: tuple[Level, ...]) -> tuple[Level, ...]:
    """Return the levels twice: for relatives, with weights of their own, and for strangers.

    That a day of death is shared says much between strangers and little between brothers. The weights of either half are
    chances among such pairs, so that kinship itself, which the line has told, is not counted again.
    """
    nulls = tuple(level for level in levels if level.null)
    rest = levels[len(nulls) :]
    related = (
        Level(RELATED + level.key, f"{RELATIVES} and ({level.condition})" if level.condition else RELATIVES)
        for level in rest
    )
    return (*nulls, *related, *rest)


SEX = _and_among_relatives(
    (
        Level("sex_missing", _missing("sex"), null=True),
        Level("sex_same", _same("sex")),
        Level("sex_other", None),
    )
)

_DAYS = "abs(born_l - born_r)"
_YEARS = "abs(age_l - age_r)"
AGE = _and_among_relatives(
    (
        Level("age_missing", f"{_missing('born')} and {_missing('age')}", null=True),
        Level("born_same", _same("born")),
        Level("born_near", f"{_DAYS} <= 31 or {_DAYS} between 364 and 367 or {_DAYS} between 729 and 732"),
        Level("born_same_age", f"not {_missing('born')} and {_YEARS} <= 1"),
        Level("born_other", f"not {_missing('born')}"),
        Level("age_same", f"{_YEARS} = 0"),
        Level("age_1", f"{_YEARS} = 1"),
        Level("age_2", f"{_YEARS} = 2"),
        Level("age_5", f"{_YEARS} <= 5"),
        Level("age_10", f"{_YEARS} <= 10"),
        Level("age_other", None),
    )
)

_APART = "abs(died_l - died_r)"
DIED = _and_among_relatives(
    (
        Level("died_missing", _missing("died"), null=True),
        Level("died_same", _same("died")),
        Level("died_1", f"{_APART} <= 1"),
        Level("died_7", f"{_APART} <= 7"),
        Level("died_31", f"{_APART} <= 31"),
        Level("died_other", None),
    )
)

PLACE = _and_among_relatives(
    (
        Level("place_missing", _missing("place"), null=True),
        Level("place_same", _same("place")),
        Level("place_other", None),
    )
)

NUMBER = (
    Level("id_missing", _missing("id_ok"), null=True),
    Level("id_same", _same("id_ok")),
    Level("id_near", "damerau_levenshtein(id_ok_l, id_ok_r) = 1"),
    Level("id_other", None),
)

COMPARISONS: Mapping[str, tuple[Level, ...]] = {
    "own": OWN,
    "line": LINE,
    "sex": SEX,
    "age": AGE,
    "died": DIED,
    "place": PLACE,
    "id": NUMBER,
}
"""Every comparison by name, in the order in which reasons are told."""

Weights = Mapping[str, Mapping[str, tuple[float, float]]]
"""Of each comparison and level: the chance among pairs of one person, and among pairs of two."""


SCORED = pa.schema(
    [
        pa.field("rid_l", pa.int32()),
        pa.field("rid_r", pa.int32()),
        pa.field("match_weight", pa.float64()),
        *(pa.field(f"gamma_{name}", pa.int32()) for name in COMPARISONS),
    ]
)
"""A weighed pair, in bits, and of each comparison the number of its level: 0 for all else, -1 where a value is missing."""


def settings(weights: Weights, prior: float) -> dict[str, object]:
    """Return a Splink model as its JSON has it. `prior` is the chance that two records drawn at random are one person.

    Raises KeyError where a level has no weights.
    """
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "vid",
        "probability_two_random_records_match": prior,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
        "additional_columns_to_retain": ["rid"],
        "blocking_rules_to_generate_predictions": [{"blocking_rule": "l.own_sk = r.own_sk", "sql_dialect": "duckdb"}],
        "comparisons": [
            {
                "output_column_name": name,
                "comparison_levels": [dict(_level(level, weights[name])) for level in levels],
                "comparison_description": name,
            }
            for name, levels in COMPARISONS.items()
        ],
    }


def _level(level: Level, weights: Mapping[str, tuple[float, float]]) -> Iterator[tuple[str, object]]:
    yield "sql_condition", level.condition or "ELSE"
    yield "label_for_charts", level.key
    if level.null:
        yield "is_null_level", True
        return
    yield "m_probability", weights[level.key][0]
    yield "u_probability", weights[level.key][1]
    if level.frequency is not None:
        yield "tf_adjustment_column", level.frequency
        yield "tf_adjustment_weight", 1.0
        yield "disable_tf_exact_match_detection", True
