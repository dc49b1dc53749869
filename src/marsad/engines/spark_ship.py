"""How a stage reaches the executors: pickled once, its gazetteer as a file beside it that every process there maps."""

import io
import pickle
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from marsad.engines.nesting import nested
from marsad.stage import Nest, RowStage
from marsad.text.gazetteer import Gazetteer

if TYPE_CHECKING:
    from pyspark import SparkContext


def shipped(stage: RowStage[Any, Any], context: "SparkContext", sent: set[str]) -> bytes:
    """Return the stage as bytes; files that it maps are sent to every executor, each once, and noted in `sent`."""

    class Packer(pickle.Pickler):
        def reducer_override(self, thing: Any) -> Any:
            if not isinstance(thing, Gazetteer):
                return NotImplemented
            opened, (at,) = thing.__reduce__()
            if not isinstance(at, Path):
                return opened, (at,)
            if str(at) not in sent:
                context.addFile(str(at))
                sent.add(str(at))
            return _there, (at.name,)

    out = io.BytesIO()
    Packer(out, protocol=pickle.HIGHEST_PROTOCOL).dump(stage)
    return out.getvalue()


@lru_cache(4)
def _there(name: str) -> Gazetteer:
    """Open the gazetteer that was sent here under this name: mapped, so that all processes of a machine share it."""
    from pyspark import SparkFiles

    return Gazetteer.open(Path(SparkFiles.get(name)))


@lru_cache(8)
def _stage(packed: bytes) -> RowStage[Any, Any]:
    """Return the stage, made once a process and not once a partition."""
    stage: RowStage[Any, Any] = pickle.loads(packed)  # noqa: S301 - what the driver of this very job packed
    return stage


class Work:
    """What an executor does with the batches of a partition: nest them if need be, and run the stage on each."""

    def __init__(self, packed: bytes, nest: Nest | None) -> None:
        self._packed, self._nest = packed, nest

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield the stage's output for each batch of its input."""
        stage = _stage(self._packed)
        inputs = batches if self._nest is None else nested(batches, self._nest, stage.reads)
        for batch in inputs:
            yield stage.batch(batch)
