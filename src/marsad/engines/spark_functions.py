"""Functions that the stages' SQL asks of every engine and that Spark has under another name, or not at all."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def made_known(spark: "SparkSession") -> None:
    """Make `hash64` (of a text) and `damerau_levenshtein` (of two) known to a session; once is enough, twice no harm."""
    spark.sql("create or replace temporary function hash64(words string) returns bigint return xxhash64(words)")
    spark.udf.register("damerau_levenshtein", edits, "int")


def edits(one: str | None, other: str | None) -> int | None:
    """Return how many letters were changed, added, left out or exchanged with their neighbour: 0, 1, or 2 for more.

    None where one of them is missing. More than 2 is nowhere asked for.

    >>> [edits(*pair) for pair in (("omar", "omar"), ("omar", "oamr"), ("omar", "oma"), ("omar", "ali"))]
    [0, 1, 1, 2]
    """
    if one is None or other is None:
        return None
    if one == other:
        return 0
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    exchanged = len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    return 1 if exchanged or a[1:] == b[1:] or a[1:] == b or a == b[1:] else 2
