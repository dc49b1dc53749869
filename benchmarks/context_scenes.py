"""How long a briefing, a timeline and people take among many statements: python -m benchmarks.context_scenes [ROWS]

The statements are those of benchmarks.context_queries, five to a report. Each question is put three times to the place of
which most is told and to one of which little is; printed is the processor's time of the fastest, and the largest memory.
A page or a command about a place gathers what there is around it; one about an actor or a country, everything.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from random import Random

import pyarrow as pa

from benchmarks.context_queries import SEED, made_rows
from marsad.collect.incoming import Incoming
from marsad.context.brief import happened, near
from marsad.context.brief_setting import control
from marsad.context.moving import distinct, flows_of
from marsad.context.saying import Saying
from marsad.context.scene import Here, Scene
from marsad.context.timeline import timeline
from marsad.model import Place, ReportId
from marsad.pipeline.control import Asked
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.people import everybody
from marsad.pipeline.place_scenes import scene_around
from marsad.pipeline.scenes import scene_of
from marsad.pipeline.service import WriteService
from marsad.store.derived import Derived

EACH, NOW = 5, datetime(2016, 1, 1, tzinfo=UTC)
"""Statements of one report."""


def _made(folder: Path, count: int) -> Observatory:
    observatory = Observatory.init(folder / "obs", "asked", NOW)
    items = [
        Incoming(f"{n}", f"Report {n}.\n".encode(), "An Outlet", date(2015, 1, 1), lang="en")
        for n in range(-(-count // EACH))
    ]
    with observatory.kept() as kept:
        WriteService(kept, observatory.vault, bytes).receive(items, NOW)
        with kept.read() as reading:
            ids = [str(report.report_id) for report in reading.reports()]
    chance = Random(SEED)
    with observatory.derived() as derived:
        for done in range(0, count, 50_000):
            rows = made_rows(done, min(50_000, count - done), chance)
            at = rows.schema.get_field_index("report_id")
            of = pa.array([ids[(done + n) // EACH] for n in range(rows.num_rows)], pa.string())
            with derived.write():
                derived.put("knowledge", rows.set_column(at, rows.schema.field(at), of))
        with derived.write():
            derived.mark_read("extract", "1", [ReportId(one) for one in ids])
    return observatory


def _timed(name: str, ask: Callable[[], object]) -> None:
    taken = []
    for _ in range(3):
        begun = time.process_time()
        ask()
        taken.append(time.process_time() - begun)
    print(f"{name:<52} {min(taken) * 1000:9.1f} ms")


def _around(observatory: Observatory, derived: Derived, here: Here) -> Scene:
    return scene_around(observatory, derived, here, "ucdp")


def _briefing(scene: Scene, here: Here, saying: Saying, on: date) -> object:
    return happened(scene, here, on, saying), control(scene, near(scene, here, on), here, here.name, saying, on)


def _people(derived: Derived, asked: Asked) -> object:
    return distinct(flows_of(everybody(derived, asked)))


def main(count: int = 100_000) -> None:
    """Make the statements, ask, and print how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        observatory = _made(Path(folder), count)
        print(f"{count:,} statements, {EACH} to a report; processor's time")
        begun = time.process_time()
        scene = scene_of(observatory, "ucdp")
        print(f"{'gathering everything that is known':<52} {(time.process_time() - begun) * 1000:9.1f} ms")
        saying, on = Saying("en", scene.register), date(2014, 11, 26)
        for name, number in (("told of most", 0), ("told of little", 2_500)):
            here = Here(frozenset([f"gn:{number}"]), f"Place {number}", None, "SY", "Syria")
            with observatory.derived(read_only=True) as derived:
                _timed(f"gathering what is around the place {name}", partial(_around, observatory, derived, here))
            _timed(f"timeline of the place {name}", partial(timeline, scene, here, None, None, None))
            _timed(f"briefing of the place {name}", partial(_briefing, scene, here, saying, on))
            asked = Asked(Place(here.name, f"gn:{number}", here.name, None, "SY", None, 35.0, 38.0, 1), None, ())
            with observatory.derived(read_only=True) as derived:
                _timed(f"people of the place {name}", partial(_people, derived, asked))
    print(f"largest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
