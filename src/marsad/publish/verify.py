"""Is a published folder what was published? Every file against its checksum, every page and table against the record."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marsad.publish.manifest import (
    MANIFEST,
    RECORD,
    SUMS,
    Checkpoint,
    Listed,
    is_safe,
    listed,
    manifest_json,
    read_sums,
)
from marsad.publish.public import PublicIncident, PublicRelease
from marsad.publish.record import from_json
from marsad.publish.release import open_data
from marsad.publish.site.pages import DataFile
from marsad.publish.site.render import LAND, site_files

Recompute = Callable[[PublicRelease], PublicRelease]
"""Makes the release anew from what the observatory keeps, for the same number and the same day."""

_RESTORE = "take the release again from where it was published, or publish it again"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something published is not what it should be: where, what was found, what was expected, and what to do.

    `harmless` marks what could not be compared and changes no content.

    >>> print(Difference("index.html", "no file", "a file", "publish again"))
    index.html: found no file, expected a file; publish again.
    """

    subject: str
    found: str
    expected: str
    remedy: str
    harmless: bool = False

    def __str__(self) -> str:
        note = " (harmless)" if self.harmless else ""
        return f"{self.subject}: found {self.found}, expected {self.expected}; {self.remedy}{note}."


def verify_release(path: Path, software: str, recompute: Recompute | None = None) -> list[Difference]:
    """Return everything that differs in the release at `path`; empty if all is well.

    Checks SHA256SUMS strictly, every file against it, the manifest against the files, and tables and pages against the
    record by making them again; pages only where `software` is the version that made them. With `recompute`, the
    record itself against the observatory. A damaged file is a difference, never an exception.
    """
    found, there, faults = _read(path)
    if found is None:
        return faults
    faults += _checksums(found, there)
    faults += list(_contents(path, there, software, recompute))
    return sorted(faults, key=lambda fault: (fault.harmless, fault.subject))


def _read(path: Path) -> tuple[dict[str, str] | None, dict[str, Listed], list[Difference]]:
    """Return the checksums, every file there is, and what is wrong with either; no checksums where they cannot be read."""
    faults: list[Difference] = []
    try:
        found = read_sums((path / SUMS).read_bytes())
    except OSError as fault:
        return None, {}, [Difference(SUMS, fault.strerror or "no file", "a list of checksums", _RESTORE)]
    except ValueError as fault:
        return None, {}, [Difference(SUMS, str(fault), "a checksum, two blanks and a path on each line", _RESTORE)]
    there: dict[str, Listed] = {}
    for name, entry in _entries(path):
        if entry.is_symlink() or not entry.is_file():
            faults.append(Difference(name, "a link or a device", "a file", _RESTORE))
            continue
        try:
            there[name] = listed(name, entry.read_bytes())
        except OSError as fault:
            faults.append(Difference(name, fault.strerror or "an error", "a file that can be read", _RESTORE))
    there.pop(SUMS, None)
    return found, there, faults


def _entries(path: Path) -> Iterator[tuple[str, Path]]:
    for folder, names, files in os.walk(path):
        links = [name for name in names if (Path(folder) / name).is_symlink()]
        for name in (*files, *links):
            entry = Path(folder) / name
            yield entry.relative_to(path).as_posix(), entry


def _checksums(found: Mapping[str, str], there: Mapping[str, Listed]) -> list[Difference]:
    faults = [Difference(name, "no file", "a file", _RESTORE) for name in found if name not in there]
    for name, one in there.items():
        if name not in found:
            shown = name if is_safe(name) else ascii(name)
            faults.append(Difference(shown, "a file", "nothing: it is not part of the release", "remove it"))
        elif one.sha256 != found[name]:
            faults.append(Difference(name, f"SHA-256 {one.sha256}", f"SHA-256 {found[name]}", _RESTORE))
    return faults


def _contents(
    path: Path, there: Mapping[str, Listed], software: str, recompute: Recompute | None
) -> Iterator[Difference]:
    """Yield where manifest, tables, pages and the observatory do not agree with the record."""
    try:
        record = (path / RECORD).read_bytes()
        release = from_json(record)
    except (OSError, ValueError, RecursionError) as fault:
        yield Difference(RECORD, _said(fault), "a record that can be read", _RESTORE)
        return
    try:
        manifest = (path / MANIFEST).read_bytes()
        told = json.loads(manifest)
        languages = tuple(str(one) for one in told["languages"])
        ledger = Checkpoint(int(told["ledger"]["size"]), str(told["ledger"]["root"]))
    except (OSError, KeyError, ValueError, TypeError, RecursionError) as fault:
        yield Difference(MANIFEST, _said(fault), "a manifest that can be read", _RESTORE)
        return
    others = [one for name, one in there.items() if name != MANIFEST]
    if manifest_json(release, others, languages, ledger) != manifest:
        yield Difference(MANIFEST, "other words", "what follows from the record and the files", _RESTORE)
    yield from _made_again(path, release, record, there, languages, software)
    if recompute is not None:
        yield from _recomputed(release, recompute)


def _made_again(
    path: Path,
    release: PublicRelease,
    record: bytes,
    there: Mapping[str, Listed],
    languages: tuple[str, ...],
    software: str,
) -> Iterator[Difference]:
    """Yield tables and pages that are not what the record makes them."""
    offered = []
    for name, expected in open_data(release, record):
        offered.append(DataFile.of(name, expected))
        yield from _compared(name, expected, there)
    if release.software != software:
        rule = f"pages that marsad {software} can make again"
        yield Difference(
            "pages", f"pages made by marsad {release.software}", rule, "their checksums were compared", True
        )
        return
    try:
        for name, expected in site_files(release, (path / LAND).read_bytes(), offered, languages):
            yield from _compared(name, expected, there)
    except (OSError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as fault:
        yield Difference("pages", _said(fault), "a record they can be made from", _RESTORE)


def _compared(name: str, expected: bytes, there: Mapping[str, Listed]) -> Iterator[Difference]:
    if there.get(name) != listed(name, expected):
        was = "no file" if name not in there else f"{there[name].size} bytes"
        yield Difference(name, was, f"the {len(expected)} bytes that follow from {RECORD}", _RESTORE)


def _said(fault: Exception) -> str:
    return str(fault.strerror) if isinstance(fault, OSError) else f"{type(fault).__name__}: {fault}"


def _recomputed(release: PublicRelease, recompute: Recompute) -> Iterator[Difference]:
    """Yield where the record is not what the observatory gives for the same day."""
    again = recompute(release)
    published = {str(one.code): one for one in release.incidents}
    computed = {str(one.code): one for one in again.incidents}
    remedy = "look at what was decided or upgraded since; publish a new release if the new figures stand"
    for code in sorted(published.keys() | computed.keys()):
        if published.get(code) != computed.get(code):
            shown = _killed(published.get(code)), _killed(computed.get(code))
            yield Difference(f"incident {code}", f"{shown[0]} published", f"{shown[1]} from what is kept", remedy)
    rest: list[tuple[str, Any, Any]] = [
        ("withheld", release.withheld, again.withheld),
        ("publication policy", release.policy, again.policy),
    ]
    if release.context != again.context:
        told, made = len(release.context.knowledge), len(again.context.knowledge)
        yield Difference("context", f"{told} statements published", f"{made} from what is kept", remedy)
    for name, was, now in rest:
        if was != now:
            yield Difference(name, str(was), str(now), remedy)


def _killed(incident: PublicIncident | None) -> str:
    if incident is None:
        return "no incident"
    told = {
        f"{f.policy} {f.low}-{f.best}-{f.high}"
        for f in incident.figures
        if f.measure == "killed" and f.category == "total"
    }
    return f"killed {', '.join(sorted(told)) or 'not stated'}"
