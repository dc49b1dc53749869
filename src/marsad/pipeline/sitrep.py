"""Situation reports: the public state of an observatory now and before the days asked for, composed and written to a file."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from marsad.model import Wrong
from marsad.pipeline.assets import asset
from marsad.pipeline.control_told import control_told
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.publication import publication_policy
from marsad.pipeline.publish import STORE, Progress, compose_release
from marsad.publish.public import PublicRelease
from marsad.publish.record import from_json
from marsad.publish.sitrep.blocks import Sitrep
from marsad.publish.sitrep.compose import situation
from marsad.publish.sitrep.docx import NeedsPythonDocx, docx_bytes
from marsad.publish.sitrep.html import html_bytes
from marsad.publish.sitrep.pdf import NeedsWeasyPrint, pdf_bytes
from marsad.publish.sitrep.question import Question
from marsad.publish.steady import steadied
from marsad.store.public import PublicStore

__all__ = ["FORMS", "Written", "composed", "form_of", "sitrep"]

FORMS: Mapping[str, Callable[[Sitrep, Mapping[str, bytes]], bytes]] = {
    ".html": html_bytes,
    ".docx": lambda report, _fonts: docx_bytes(report),
    ".pdf": pdf_bytes,
}
"""What makes the file, by how its name ends."""


def _unseen(_name: str, _steps: int | None) -> AbstractContextManager[Callable[[], None]]:
    return nullcontext(lambda: None)


@dataclass(frozen=True, slots=True)
class Written:
    """A situation report in its file: how many bytes, blocks and notes it has."""

    report: Sitrep
    size: int


def sitrep(
    path: Path, out: Path, question: Question, now: datetime, known_on: date | None = None, progress: Progress = _unseen
) -> Written:
    """Compose the situation report that the question asks for from the observatory at `path`, and write it to `out`.

    Raises Wrong, writing nothing, where the policy is not counted, nothing may be told, or the file cannot be made.
    """
    make = form_of(out)
    report = composed(path, question, now, known_on, progress)
    try:
        data = make(report, fonts())
    except NeedsPythonDocx as fault:
        raise Wrong(str(out), None, "needs python-docx", "pip install 'marsad[sitrep]', or ask for .html") from fault
    except NeedsWeasyPrint as fault:
        remedy = "pip install 'marsad[sitrep]' and, on Debian, apt-get install libpango-1.0-0; or ask for .html"
        raise Wrong(str(out), None, "needs WeasyPrint and Pango", remedy) from fault
    try:
        out.write_bytes(data)
    except OSError as fault:
        raise Wrong(str(out), None, f"cannot be written: {fault.strerror}", "name another file") from fault
    return Written(report, len(data))


def form_of(out: Path) -> Callable[[Sitrep, Mapping[str, bytes]], bytes]:
    """Return what makes this file; raises Wrong for an ending that says nothing."""
    make = FORMS.get(out.suffix.lower())
    if make is None:
        raise Wrong("--out", out.name, f"ends in none of {', '.join(FORMS)}", "name the file report.html, say")
    return make


def composed(
    path: Path, question: Question, now: datetime, known_on: date | None = None, progress: Progress = _unseen
) -> Sitrep:
    """Return the situation report, composed from what may be told at `now` as known at the end of the day `known_on`.

    What it is compared with is what may be told now of what was known at the end of the day before the first one.
    """
    observatory = Observatory.open(path)
    policy = publication_policy(observatory, now)
    if known_on is not None and known_on < question.last:
        raise Wrong("--as-known-on", known_on, f"lies before --to {question.last}", "write a day on or after it")
    present = _public(observatory, path, now, known_on, progress)
    before = question.first - timedelta(days=1)
    earlier = _public(observatory, path, now, before, progress).incidents if _knew(observatory, before) else ()
    control = control_told(observatory, policy, now, known_on)
    return situation(question, present, earlier, control)


def _knew(observatory: Observatory, day: date) -> bool:
    """Return whether any report had been received by the end of that day."""
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        return next(iter(reading.reports(known_on=day)), None) is not None


def _public(
    observatory: Observatory, path: Path, now: datetime, known_on: date | None, progress: Progress
) -> PublicRelease:
    """Return what may be told, held steady against the last release so that no difference singles anybody out."""
    fresh = compose_release(observatory, publication_policy(observatory, now), now, known_on, progress).release
    if not (path / STORE).exists():
        return fresh
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        releases = reading.releases()
    with PublicStore(path / STORE) as store:
        record = store.record(releases[-1].manifest) if releases else None
    return fresh if record is None else steadied(fresh, from_json(record))


def fonts() -> Mapping[str, bytes]:
    """Return the files of the type that marsad ships, by name; none where they are not built."""
    try:
        folder = asset("web") / "fonts"
    except Wrong:
        return {}
    return {path.name: path.read_bytes() for path in _files(folder)}


def _files(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.glob("*.woff2"))) if folder.is_dir() else iter(())
