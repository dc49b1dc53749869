"""Handing evidence over: chosen reports with everything an expert needs to check them without marsad, and without us."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from marsad.model import Act, Collector, Report, ReportId, Sha256, TokenKind, Wrong
from marsad.model.rows import canonical_json
from marsad.pipeline.custody import note
from marsad.pipeline.ledgering import frontier_of
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.timestamps import anchors_of
from marsad.pipeline.witness import HEADING
from marsad.preserve import merkle
from marsad.preserve.bag import bagged
from marsad.preserve.ledger import RandomBytes
from marsad.preserve.shelves import measured
from marsad.preserve.wacz import Capture, write_wacz
from marsad.store.kept import Reading
from marsad.store.preserving_rows import custody_of, token_of

_OPEN_ACTS = (Act.CHECKED.value, Act.CLOCK_BACK.value)
"""Events about the whole vault that every hand-over shows; to whom else something was handed over stays sealed."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The bag holds so many reports and pieces of evidence, up to `size` leaves of the ledger with this root."""

    reports: int
    evidence: int
    size: int
    root: str


def hand_over(
    observatory: Observatory,
    target: Path,
    wanted: Sequence[str],
    to: str,
    by: Collector,
    now: datetime,
    random_bytes: RandomBytes,
) -> HandedOver:
    """Write a bag with the wanted reports (all, where none is named), and keep in the ledger that it was handed over.

    Raises Wrong for a report that is unknown and for evidence that is no longer what was received.
    """
    info = {"Source-Organization": observatory.name, "External-Description": f"Evidence handed over to {to}"}
    info["Bag-Software-Agent"] = by.tool
    with observatory.kept() as kept:
        with kept.read() as reading, bagged(target, info, now.date()) as data:
            reports = chosen(reading, wanted)
            done = _payload(observatory, reading, reports, data)
        _, digest = measured(str(target / "tagmanifest-sha256.txt"))
        named = [report.report_id for report in reports] if wanted else "all"
        detail = {"to": to, "form": "bag", "reports": named, "manifest": digest}
        note(kept, Act.HANDED_OVER, by, now, detail, random_bytes)
    return done


def export_wacz(
    observatory: Observatory,
    target: Path,
    wanted: Sequence[str],
    to: str,
    by: Collector,
    now: datetime,
    random_bytes: RandomBytes,
) -> int:
    """Write the wanted reports (all, where none is named) as a web archive; return how many, and keep that it was done.

    A report without an address stands there under one of its own, `urn:marsad:report:…`. Raises Wrong as `hand_over` does.
    """
    partial = target.with_name(target.name + ".partial")
    if target.exists():
        raise Wrong(str(target), None, "exists already", "name a new file")
    with observatory.kept() as kept:
        with kept.read() as reading:
            reports = chosen(reading, wanted)
            title = f"{observatory.name}: {len(reports)} reports"
            try:
                written = write_wacz(partial, _captures(observatory, reading, reports), title, by.tool, now)
                with partial.open("rb") as file:
                    os.fsync(file.fileno())
                partial.rename(target)
            except OSError as fault:
                raise Wrong(
                    str(target), None, f"cannot be written: {fault.strerror}", "make room or allow it"
                ) from fault
            finally:
                partial.unlink(missing_ok=True)
        _, digest = measured(str(target))
        named = [report.report_id for report in reports] if wanted else "all"
        note(
            kept,
            Act.HANDED_OVER,
            by,
            now,
            {"to": to, "form": "wacz", "reports": named, "manifest": digest},
            random_bytes,
        )
    return written


def _captures(observatory: Observatory, reading: Reading, reports: Sequence[Report]) -> Iterator[Capture]:
    types = {subject: row["media_type"] for _, subject, row in reading.things("evidence")}
    events = {}
    for _, _, row in reading.things("custody", act=Act.RECEIVED.value):
        event = custody_of(row)
        events[event.detail["report"]] = event
    for report in reports:
        event = events[report.report_id]
        headers = [(str(name), str(value)) for name, value in _pairs(event.detail.get("headers"))]
        web = report.address is not None and report.address.startswith(("http://", "https://"))
        url = report.address if web and report.address else f"urn:marsad:report:{report.report_id}"
        title = f"{report.outlet}, {report.published or '?'}"
        yield Capture(url, event.at, observatory.vault.get(report.evidence), types[report.evidence], title, headers)


def _pairs(told: object) -> list[tuple[object, object]]:
    return [(name, value) for name, value in told] if isinstance(told, list) else []


def chosen(reading: Reading, wanted: Sequence[str]) -> list[Report]:
    """Return the wanted reports, all where none is named; an id may be shortened to what is unmistakable."""
    everything = list(reading.reports())
    if not wanted:
        return everything
    out: dict[ReportId, Report] = {}
    for one in wanted:
        found = [report for report in everything if report.report_id.startswith(one)]
        if len(found) != 1 or not one:
            rule = "names no report" if not found else f"begins {len(found)} reports"
            raise Wrong("report", one, rule, "give the id that `marsad add` printed")
        out[found[0].report_id] = found[0]
    return list(out.values())


def _payload(observatory: Observatory, reading: Reading, reports: Sequence[Report], data: Path) -> HandedOver:
    for name in ("evidence", "ledger", "tokens"):
        (data / name).mkdir()
    ids = {report.report_id for report in reports}
    evidence = {report.evidence for report in reports}
    evidence |= _derivatives(reading, evidence)
    for sha256 in sorted(evidence):
        (data / "evidence" / sha256).write_bytes(observatory.vault.get(sha256))
    opened = dict(_openings(reading, ids, evidence))
    salts = {seq: salt for seq, salt in reading.openings() if seq in opened}
    size = 0
    with (
        (data / "ledger/hashes.txt").open("w", encoding="ascii") as hashes,
        (data / "ledger/opened.jsonl").open("w", encoding="utf-8") as lines,
    ):
        hashes.write(HEADING)
        for seq, leaf in reading.leaves():
            hashes.write(f"{merkle.leaf_hash(leaf).hex()}\n")
            size = seq + 1
            if seq in opened:
                one = {"seq": seq, "leaf": leaf.decode(), "salt": salts[seq].hex(), "content": opened[seq]}
                lines.write(canonical_json(one) + "\n")
    root = frontier_of(reading).root.hex()
    (data / "ledger/root.json").write_text(json.dumps({"size": size, "root": root}) + "\n", "ascii")
    _tokens(reading, data / "tokens")
    return HandedOver(len(ids), len(evidence), size, root)


def _openings(reading: Reading, ids: set[ReportId], evidence: set[Sha256]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (number, content) of everything the ledger says of these reports and their evidence."""
    for seq, subject, row in reading.things("evidence"):
        if subject in evidence:
            yield seq, row
    for seq, subject, row in reading.things("report"):
        if subject in ids:
            yield seq, row
    for seq, _, row in reading.things("custody"):
        detail = json.loads(row["detail"])
        ours = row["evidence"] in evidence and detail.get("report", next(iter(ids), None)) in ids
        if ours or (row["evidence"] is None and row["act"] in _OPEN_ACTS):
            yield seq, row
    for kind in ("anchor", "token"):
        for seq, _, row in reading.things(kind):
            yield seq, row


def _derivatives(reading: Reading, evidence: set[Sha256]) -> set[Sha256]:
    """Return what was made of this evidence, and of that in turn."""
    made: set[Sha256] = set()
    for _, _, row in reading.things("custody", act=Act.DERIVED.value):
        if json.loads(row["detail"])["from"] in evidence | made:
            made.add(Sha256(row["evidence"]))
    return made


def _tokens(reading: Reading, folder: Path) -> None:
    anchors = {one.tree_size: one for one in anchors_of(reading)}
    lines = []
    for number, (_, _, row) in enumerate(reading.things("token"), 1):
        token = token_of(row)
        one = anchors[token.tree_size]
        name = f"{number:05}.{'tsr' if token.kind == TokenKind.RFC3161 else 'ots'}"
        (folder / name).write_bytes(token.token)
        told = {"file": name, "authority": token.authority, "kind": token.kind.value}
        lines.append(canonical_json({**told, "tree_size": one.tree_size, "day": one.day, "root": one.root}) + "\n")
    (folder / "anchors.jsonl").write_text("".join(lines), "utf-8")
