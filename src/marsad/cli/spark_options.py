"""Options of the commands that may run on Spark."""

from collections.abc import Callable
from typing import Any

import click

from marsad.model import Wrong

_OPTIONS = (
    click.option(
        "--master", help="Where Spark runs: 'local[2]', spark://HOST:7077, yarn; what spark-submit says if not given."
    ),
    click.option("--shuffles", type=click.IntRange(1), help="Partitions of Spark's joins; Spark's 200 if not given."),
    click.option("--conf", metavar="KEY=VALUE", multiple=True, help="A setting of Spark; may be given more than once."),
)


def spark_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of Spark."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def spark_settings(engine: str, master: str | None, conf: tuple[str, ...]) -> dict[str, str]:
    """Return the settings given as KEY=VALUE; raises Wrong for others, and where Spark was not asked for."""
    if engine != "spark" and (master is not None or conf):
        raise Wrong("--master", master or conf[0], "is an option of Spark", "add --engine spark")
    out = {}
    for pair in conf:
        key, is_set, value = pair.partition("=")
        if not is_set or not key.strip():
            raise Wrong("--conf", pair, "is no KEY=VALUE", "write --conf spark.executor.memory=4g")
        out[key.strip()] = value.strip()
    return out
