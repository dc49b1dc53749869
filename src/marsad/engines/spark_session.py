"""A Spark session with the settings that matter. Needs `marsad[spark]` and Java 17 or later."""

import os
import sys
from collections.abc import Mapping
from shutil import which
from typing import TYPE_CHECKING

from marsad.model import Wrong

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROWS_AT_ONCE = 512
"""Rows of a batch that goes to Python: reports of a thousand words make half a megabyte each way."""

_LOCAL = {
    # One machine without a name of its own resolves nothing: the driver is reached where it is.
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "2g",
    # Python does the work: Java that compiles every loop as well as it can, and clears up beside it, costs more than it saves.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
"""Of one machine. Measured on reading 2,000 and 8,000 reports: so Java takes half as many processor seconds."""

SETTINGS: Mapping[str, str] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    # Names in quotation marks are columns, as in every other SQL that the stages run on.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS_AT_ONCE),
    # A mark that a million reports carry is one key: partitions that grow too large are cut in the join.
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.adaptive.skewJoin.enabled": "true",
    "spark.sql.adaptive.coalescePartitions.enabled": "true",
    # A task is tried again elsewhere when its executor dies; results are the same, as stages are pure.
    "spark.task.maxFailures": "8",
    # An executor that is lost is replaced for as long as the work goes on: machines may be taken away many times.
    "spark.deploy.maxExecutorRetries": "-1",
    "spark.sql.parquet.compression.codec": "zstd",
}


def session(
    master: str | None, settings: Mapping[str, str] | None = None, shuffles: int | None = None
) -> "SparkSession":
    """Return a session at `master` ("local[2]", "spark://host:7077", "yarn"), None for what spark-submit says.

    `settings` go before those of marsad. Raises Wrong where pyspark or Java is missing.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as fault:
        raise Wrong("--engine", "spark", "needs pyspark", "pip install 'marsad[spark]'") from fault
    if which("java") is None and not os.environ.get("JAVA_HOME"):
        raise Wrong("--engine", "spark", "needs Java 17", "apt-get install openjdk-17-jre-headless")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    builder = SparkSession.builder.appName("marsad")
    chosen = dict(SETTINGS)
    if master is not None:
        builder = builder.master(master)
        if master.startswith("local"):
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
            chosen |= _LOCAL
    if shuffles is not None:
        chosen["spark.sql.shuffle.partitions"] = str(shuffles)
    for key, value in {**chosen, **(settings or {})}.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark
