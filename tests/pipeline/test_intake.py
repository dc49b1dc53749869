"""What is kept beside reports: their originals, and originals that nobody could read."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from marsad.collect.incoming import Incoming, Original, Refused
from marsad.model import Sha256, Wrong
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import Receipt, WriteService
from marsad.pipeline.verify import verify_observatory
from marsad.stage import Rejection
from marsad.store.kept import Kept

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def obs(tmp_path: Path) -> Observatory:
    return Observatory.init(tmp_path / "obs", "test", NOW)


@pytest.fixture
def kept(obs: Observatory) -> Iterator[Kept]:
    with obs.kept() as store:
        yield store


@pytest.fixture
def service(obs: Observatory, kept: Kept) -> WriteService:
    return WriteService(kept, obs.vault, os.urandom)


def original(data: bytes, path: Path | None = None) -> Original:
    made = Original.of(data, "application/pdf")
    return replace(made, path=path, data=None) if path else made


def report(text: str, source: Original | None, *attached: Original) -> Incoming:
    return Incoming("a.pdf", text.encode(), "Radio", date(2014, 11, 26), original=source, attached=attached)


def faults(obs: Observatory) -> list[str]:
    return [str(d) for d in verify_observatory(obs.path) if not str(d).startswith("public.db: found no file")]


def test_an_original_is_kept_once_for_all_reports_taken_out_of_it(
    obs: Observatory, kept: Kept, service: WriteService, tmp_path: Path
) -> None:
    """Two reports of one PDF file are tied to the one copy of it in the vault, and everything verifies."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 page one, page two")
    source = original(b"%PDF-1.4 page one, page two", tmp_path / "a.pdf")
    picture = original(b"\x89PNG")
    receipts = service.receive([report("one", source), report("two", source, picture, picture)], NOW)
    with kept.read() as reading:
        ties = [
            (row["report_id"], row["evidence"], row["role"]) for row in reading.originals(r.report_id for r in receipts)
        ]
        assert reading.count("evidence") == 4
    first, second = (receipt.report_id for receipt in receipts)
    assert ties == [
        (first, source.sha256, "source"),
        (second, source.sha256, "source"),
        (second, picture.sha256, "attached"),
    ]
    assert obs.vault.get(source.sha256) == b"%PDF-1.4 page one, page two"
    assert faults(obs) == []


def test_the_same_report_again_brings_nothing_new(kept: Kept, service: WriteService) -> None:
    """Sent twice, a report and its original are kept once."""
    item = report("one", original(b"%PDF"))
    assert [r.new for r in (*service.receive([item], NOW), *service.receive([item], NOW))] == [True, False]
    with kept.read() as reading:
        assert (reading.count("evidence"), reading.count("original")) == (2, 1)


def test_what_could_not_be_read_is_kept_with_its_reason(obs: Observatory, kept: Kept, service: WriteService) -> None:
    """A refused original lies in the vault, is sealed, and is passed on as one rejection; the run goes on."""
    bad = Refused("b.pdf", "b.pdf: broke its reader; look at it.", original(b"%PDF evil"), "watch")
    found = list(service.receive_all([bad, report("one", None)], lambda: NOW))
    assert found[0] == Rejection("b.pdf", "collect", "b.pdf: broke its reader; look at it.")
    assert isinstance(found[1], Receipt)
    with kept.read() as reading:
        (row,) = reading.quarantined()
    assert (row["name"], row["channel"], row["reason"]) == (bad.name, "watch", bad.reason)
    assert obs.vault.get(Sha256(row["evidence"])) == b"%PDF evil"
    assert faults(obs) == []


def test_the_same_refusal_is_said_once(kept: Kept, service: WriteService) -> None:
    """A folder that is watched for a year has each bad file once in quarantine, and twice with a new reason."""
    one = Refused("b.pdf", "is broken", original(b"%PDF evil"))
    for refused in ([one, one], [one], [Refused("b.pdf", "is too long", one.original)]):
        service.quarantine(refused, NOW)
    with kept.read() as reading:
        assert [row["reason"] for row in reading.quarantined()] == ["is broken", "is too long"]
        assert reading.count("evidence") == 1


def test_a_file_that_changed_meanwhile_is_not_kept_as_what_it_was(
    kept: Kept, service: WriteService, tmp_path: Path
) -> None:
    """If a file is no longer what was read, nothing is acknowledged."""
    (tmp_path / "a.pdf").write_bytes(b"other")
    with pytest.raises(Wrong, match="add it again"):
        service.receive([report("one", original(b"%PDF", tmp_path / "a.pdf"))], NOW)
    with kept.read() as reading:
        assert reading.report_count() == 0
