"""Lists of victims from files to persons, and what is written of them; two editions of a list side by side."""

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from marsad.collect.victim_files import cells_in, victims_in
from marsad.link.persons.changes import Changed, changes
from marsad.link.persons.clusters import Link, Zone
from marsad.link.persons.comparisons import RELATED
from marsad.model import VictimRecord, Wrong, content_id
from marsad.model.identifier import identifier
from marsad.names import unnamed
from marsad.pipeline.persons import Linked, Said, link
from marsad.stage import Rejection
from marsad.text.words import say

_DECISION = ("a_list", "a_record", "b_list", "b_record", "decision")


@dataclass(frozen=True, slots=True)
class Files:
    """Lists to be linked: each file is one list, named by its stem, with its columns; `scheme` checks identity numbers."""

    paths: Sequence[Path]
    columns: Mapping[str, Mapping[str, str]]
    scheme: str = "ps"

    def names(self) -> list[str]:
        """Return the lists' names; raises Wrong where two files have one."""
        names = [path.stem for path in self.paths]
        for name in names:
            if names.count(name) > 1:
                raise Wrong("FILE", name, "names two lists", "rename one of the files")
        return names


@dataclass
class Passed:
    """Rows that are no persons to be linked: `unnamed` of them name nobody, `rejections` could not be used."""

    unnamed: int
    rejections: list[Rejection]


def records_of(files: Files, passed: Passed) -> Iterator[VictimRecord]:
    """Yield the records of all files that name somebody; what is passed over is counted in `passed`."""
    for path, name in zip(files.paths, files.names(), strict=True):
        for record in victims_in(path, name, files.columns.get(name, files.columns.get("", {})), files.scheme):
            if isinstance(record, Rejection):
                passed.rejections.append(record)
            elif all(unnamed(written) for written in record.names):
                passed.unnamed += 1
            else:
                yield record


def decisions_in(path: Path) -> list[Said]:
    """Return the decisions of a table a_list, a_record, b_list, b_record, decision (same, apart, or empty: not decided)."""
    rows = csv.DictReader(io.StringIO(_read(path)))
    if not set(_DECISION) <= set(rows.fieldnames or ()):
        raise Wrong(path.name, None, "is no table of decisions", f"its columns must be {', '.join(_DECISION)}")
    out = []
    for number, row in enumerate(rows, 2):
        told = (row["decision"] or "").strip().lower()
        if told not in ("same", "apart", ""):
            raise Wrong(
                f"{path.name}, line {number}", told, "is not same or apart", "write one of them, or leave it empty"
            )
        if told:
            out.append(Said((row["a_list"], row["a_record"]), (row["b_list"], row["b_record"]), told == "same"))
    return out


def known_in(path: Path) -> dict[str, str]:
    """Return the person ids of an earlier linkage, from its persons.csv: list, record, person."""
    rows = csv.DictReader(io.StringIO(_read(path)))
    if not {"list", "record", "person"} <= set(rows.fieldnames or ()):
        raise Wrong(
            path.name, None, "is no persons.csv of an earlier linkage", "its columns must be list, record, person"
        )
    return {content_id("person", row["list"], row["record"]): row["person"] for row in rows}


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise Wrong(path.name, None, "cannot be read", "check the name, and that it is UTF-8") from fault


def reasons(agreements: Sequence[str], one: Link, lang: str) -> str:
    """Return in words what speaks for and against a link."""
    told = [say("persons", lang, f"reason.{key.removeprefix(RELATED)}") for key in agreements]
    told += [say("persons", lang, f"conflict.{key}") for key in one.conflicts]
    return ("؛ " if lang == "ar" else "; ").join(told)


def link_rows(linked: Linked, lang: str) -> Iterator[dict[str, object]]:
    """Yield each link as a row: the two records, chance, zone, whether joined, reasons. No name stands in it."""
    for one, agreements in zip(linked.links, linked.agreements, strict=True):
        (a_list, a_record), (b_list, b_record) = linked.records[one.left], linked.records[one.right]
        yield {
            "a_list": a_list,
            "a_record": a_record,
            "b_list": b_list,
            "b_record": b_record,
            "chance": round(one.chance, 4),
            "zone": one.zone.value,
            "joined": one.joined,
            "conflicts": " ".join(one.conflicts),
            "reasons": reasons(agreements, one, lang),
        }


def person_rows(linked: Linked) -> Iterator[dict[str, object]]:
    """Yield each record's person, and its persons in the further linkages."""
    for at, (name, record) in enumerate(linked.records):
        row: dict[str, object] = {"list": name, "record": record, "person": linked.persons[at]}
        yield row | {f"draw_{number}": draw[at] for number, draw in enumerate(linked.draws, 1)}


def questions(linked: Linked, count: int, lang: str) -> list[dict[str, object]]:
    """Return pairs for people to decide about: two in three the most doubtful, the others taken evenly from the rest.

    Only doubtful ones would teach nothing about how often the sure are right.
    """
    rows = sorted(link_rows(linked, lang), key=lambda r: (abs(float(str(r["chance"])) - 0.5), *map(str, r.values())))
    doubtful = [r for r in rows if r["zone"] == Zone.UNSURE.value][: max(1, count * 2 // 3)]
    rest = [r for r in rows if r not in doubtful] if len(rows) < 5000 else rows[len(doubtful) :]
    wanted = max(0, count - len(doubtful))
    step = max(1, len(rest) // max(1, wanted))
    return [{**row, "decision": ""} for row in (*doubtful, *rest[::step][:wanted])]


def write_rows(path: Path, rows: Iterator[dict[str, object]] | list[dict[str, object]], header: Sequence[str]) -> int:
    """Write rows as CSV and return how many; the file is readable by its owner alone and whole or not there."""
    beside = path.with_suffix(".part")
    count = 0
    with beside.open("w", encoding="utf-8", newline="") as stream:
        beside.chmod(0o600)
        writer = csv.DictWriter(stream, header, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow(row)
            count += 1
    beside.replace(path)
    return count


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions of a list: who is only in the newer, only in the older, in both, and what cannot be said surely."""

    added: Sequence[VictimRecord]
    removed: Sequence[VictimRecord]
    kept: Sequence[Changed]
    unsure: Sequence[tuple[VictimRecord, VictimRecord, float]]


def compare(
    older: Sequence[VictimRecord],
    newer: Sequence[VictimRecord],
    *,
    processes: int | None = None,
    told: Callable[[str], None] = lambda _step: None,
    decisions: Collection[Said] = (),
) -> Comparison:
    """Return what became of a list between two editions; their list names must differ."""
    linked = link([*older, *newer], processes=processes, told=told, decisions=decisions)
    everybody = [*older, *newer]
    kept, found = [], set()
    unsure = []
    for one in linked.links:
        a, b = sorted((one.left, one.right))
        if one.joined and a < len(older) <= b:
            kept.append(Changed(everybody[a], everybody[b], one.chance, changes(everybody[a], everybody[b])))
            found |= {a, b}
    for one in linked.links:
        a, b = sorted((one.left, one.right))
        if one.zone is Zone.UNSURE and a not in found and b not in found:
            unsure.append((everybody[a], everybody[b], one.chance))
    added = [everybody[at] for at in range(len(older), len(everybody)) if at not in found]
    removed = [everybody[at] for at in range(len(older)) if at not in found]
    return Comparison(added, removed, kept, unsure)


def truth_in(files: Files, column: str, scheme: str | None) -> dict[tuple[str, str], str]:
    """Return for each record the person that a column of its list says it is; with a scheme, only by numbers that check."""
    out: dict[tuple[str, str], str] = {}
    for path, name in zip(files.paths, files.names(), strict=True):
        columns = files.columns.get(name, files.columns.get("", {}))
        for number, cells in enumerate(cells_in(path, columns, (column,)), 1):
            told = cells[column].strip()
            if scheme is not None and told:
                checked = identifier(scheme, told)
                told = checked.value if checked is not None and checked.believed else ""
            if told:
                out[name, cells.get("record_id", "").strip() or str(number)] = told
    return out
