"""The write service: everything kept is sealed, once, and whoever comes second is told."""

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.collect.incoming import Incoming
from marsad.model import Conflict, DecisionKind, Report, Sha256, Wrong
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import Checkpoint, Receipt, WriteService
from marsad.pipeline.verify import verify_observatory
from marsad.preserve.vault import Vault
from marsad.stage import Rejection

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MANIFEST = Sha256("ab" * 32)


class Desk:
    """An observatory with its write service, for a test to work with."""

    def __init__(self, path: Path) -> None:
        self.obs = Observatory.init(path, "test", NOW)
        self.kept = self.obs.kept()
        self.service = WriteService(self.kept, self.obs.vault, os.urandom)

    def counts(self) -> tuple[int, int, int]:
        """Return how many reports, leaves and files of evidence there are."""
        with self.kept.read() as reading:
            files = sum(1 for path in (self.obs.path / "vault").rglob("*") if path.is_file())
            return reading.report_count(), reading.tree_size(), files

    def differences(self) -> list[str]:
        """Return what `marsad verify` says."""
        found = [str(difference) for difference in verify_observatory(self.obs.path)]
        return [difference for difference in found if not difference.startswith("public.db: found no file")]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "obs")
    yield made
    made.kept.close()


def item(text: str = "95 killed", outlet: str = "Radio", key: str | None = None) -> Incoming:
    return Incoming(f"{outlet}.txt", text.encode(), outlet, date(2014, 11, 26), "en", None, key)


def test_a_report_is_kept_with_its_leaf(desk: Desk) -> None:
    """A new report is one file, one piece of evidence, one report, and a leaf for each of the two."""
    (receipt,) = desk.service.receive([item()], NOW)
    sha256 = Sha256(hashlib.sha256(b"95 killed").hexdigest())
    expected = Report.identity(sha256, "Radio", date(2014, 11, 26), None)
    assert receipt == Receipt("Radio.txt", expected, new=True)
    assert desk.counts() == (1, 3, 1)
    with desk.kept.read() as reading:
        assert reading.report(expected) == Report(expected, sha256, "Radio", date(2014, 11, 26), "en", None, NOW)
    assert desk.obs.vault.get(sha256) == b"95 killed"
    assert desk.differences() == []


def test_the_same_again_costs_nothing(desk: Desk) -> None:
    """A report that is known, alone or twice in one batch, gets its id and changes no file and no table."""
    first = desk.service.receive([item(), item()], NOW)
    assert [receipt.new for receipt in first] == [True, False]
    before = {p: p.stat().st_mtime_ns for p in desk.obs.path.rglob("*") if "-shm" not in p.name}
    again = desk.service.receive([item()], NOW + timedelta(days=1))
    assert [receipt.new for receipt in again] == [False]
    assert again[0].report_id == first[0].report_id
    assert {p: p.stat().st_mtime_ns for p in desk.obs.path.rglob("*") if "-shm" not in p.name} == before


def test_two_outlets_share_evidence(desk: Desk) -> None:
    """The same words from two outlets are two reports resting on one piece of evidence."""
    desk.service.receive([item(), item(outlet="Agency")], NOW)
    assert desk.counts() == (2, 5, 1)
    assert desk.differences() == []


def test_a_key_used_for_something_else(desk: Desk) -> None:
    """A key sent with other content is a conflict on that receipt; nothing of it is kept, its neighbours are."""
    (first,) = desk.service.receive([item(key="k1")], NOW)
    receipts = desk.service.receive([item("96 killed", key="k1"), item("97 killed"), item(key="k1")], NOW)
    assert [receipt.new for receipt in receipts] == [False, True, False]
    assert receipts[0].report_id == first.report_id
    assert receipts[0].conflict is not None
    assert f"was used for report {first.report_id}" in str(receipts[0].conflict)
    assert receipts[2].conflict is None
    assert desk.counts() == (2, 6, 2)
    assert desk.differences() == []


def test_lost_evidence_comes_back(desk: Desk) -> None:
    """If the file of a known report is gone, sending the report again restores it."""
    desk.service.receive([item()], NOW)
    sha256 = Sha256(hashlib.sha256(b"95 killed").hexdigest())
    Vault(desk.obs.path / "vault").path(sha256).unlink()
    assert len(desk.differences()) == 1
    (receipt,) = desk.service.receive([item()], NOW)
    assert not receipt.new
    assert desk.differences() == []


def test_no_receipt_without_a_commit(desk: Desk) -> None:
    """If the transaction fails, there is no receipt and nothing in the store; the same again succeeds."""

    def no_randomness(size: int) -> bytes:
        raise OSError("no random bytes")

    broken = WriteService(desk.kept, desk.obs.vault, no_randomness)
    with pytest.raises(OSError, match="no random"):
        broken.receive([item()], NOW)
    with desk.kept.read() as reading:
        assert (reading.report_count(), reading.tree_size(), reading.count("evidence")) == (0, 0, 0)
    assert [receipt.new for receipt in desk.service.receive([item()], NOW)] == [True]
    assert desk.differences() == []


@pytest.mark.long
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1), st.sampled_from([None, "k0", "k1"])), max_size=6),
        max_size=5,
    )
)
def test_any_sequence_of_batches(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[tuple[int, int, str | None]]]
) -> None:
    """Whatever is sent in whatever batches, reports are kept once, keys stay with their report, and all is sealed."""
    desk = Desk(tmp_path_factory.mktemp("desk") / "obs")
    kept: set[tuple[int, int]] = set()
    keys: dict[str, tuple[int, int]] = {}
    for batch in batches:
        sent = [item(f"{text} killed", f"Outlet {outlet}", key) for text, outlet, key in batch]
        for (text, outlet, key), receipt in zip(batch, desk.service.receive(sent, NOW), strict=True):
            report = (text, outlet)
            clash = key is not None and keys.get(key, report) != report
            assert (receipt.conflict is not None) == clash
            assert receipt.new == (not clash and report not in kept)
            if receipt.new:
                kept.add(report)
                if key is not None:
                    keys[key] = report
    texts = {text for text, _ in kept}
    assert desk.counts() == (len(kept), 2 * len(kept) + len(texts), len(texts))
    assert desk.differences() == []
    desk.kept.close()


def test_batches_and_rejections_in_their_places(desk: Desk) -> None:
    """Many reports go in in several commits; receipts and rejections come in the order of what was found."""
    bad = Rejection("bad.txt", "collect", "no")
    found: list[Incoming | Rejection] = [item("1"), bad, item("2"), item("1"), bad, item("3")]
    times = iter(NOW + timedelta(minutes=n) for n in range(9))
    answers = list(desk.service.receive_all(iter(found), lambda: next(times), batch=2))
    assert [answer if isinstance(answer, Rejection) else answer.new for answer in answers] == [
        True,
        bad,
        True,
        False,
        bad,
        True,
    ]
    with desk.kept.read() as reading:
        assert [report.recorded_at.minute for report in reading.reports()] == [0, 1, 2]
    assert list(desk.service.receive_all([], lambda: NOW)) == []


def test_two_services_at_once(desk: Desk) -> None:
    """A second process that received the same reports in between is met with duplicates, not with an error."""
    with desk.obs.kept() as other_kept:
        other = WriteService(other_kept, desk.obs.vault, os.urandom)
        assert [r.new for r in other.receive([item("1"), item("2")], NOW)] == [True, True]
        assert [r.new for r in desk.service.receive([item("2"), item("3")], NOW)] == [False, True]
        assert [r.new for r in other.receive([item("3"), item("4")], NOW)] == [False, True]
    assert desk.differences() == []


def test_decisions_have_versions(desk: Desk) -> None:
    """Decisions on the same words and of one kind count up; the last stands, all are kept and sealed."""
    (receipt,) = desk.service.receive([item()], NOW)
    anchor = f"{receipt.report_id}:0-9"
    for version in range(2):
        made = desk.service.decide(
            anchor=anchor,
            kind=DecisionKind.GRADE,
            body={"grade": ["fair", "weak"][version]},
            actor="reader-1",
            reason="two origins",
            expected_version=version,
            now=NOW,
        )
        assert made.version == version + 1
    with desk.kept.read() as reading:
        assert reading.standing_decisions() == [made]
        assert len(list(reading.decisions())) == 2
    assert desk.differences() == []


def test_the_second_of_two_readers_is_told(desk: Desk) -> None:
    """Two people decide on the same version: the first stands, the second sees both, and nothing is overwritten."""
    (receipt,) = desk.service.receive([item()], NOW)

    def decide(actor: str, grade: str, version: int) -> None:
        desk.service.decide(
            anchor=f"{receipt.report_id}:0-9",
            kind=DecisionKind.GRADE,
            body={"grade": grade},
            actor=actor,
            reason=f"reason of {actor}",
            expected_version=version,
            now=NOW,
        )

    decide("reader-1", "fair", 0)
    with pytest.raises(Conflict) as conflict:
        decide("reader-2", "weak", 0)
    for part in ("version 1 by reader-1", "fair", "reason of reader-1", "by reader-2", "weak", "reason of reader-2"):
        assert part in str(conflict.value)
    with pytest.raises(Conflict, match="nothing was decided yet"):
        desk.service.decide(
            anchor=f"{receipt.report_id}:0-2",
            kind=DecisionKind.REJECT,
            body={},
            actor="reader-2",
            reason="r",
            expected_version=3,
            now=NOW,
        )
    decide("reader-1", "fair", 0)  # a retry whose answer was lost
    with desk.kept.read() as reading:
        assert [d.actor for d in reading.decisions()] == ["reader-1"]


def test_a_decision_says_who_and_why(desk: Desk) -> None:
    """Without an actor or a reason there is no decision."""
    (receipt,) = desk.service.receive([item()], NOW)
    for actor, reason in (("", "r"), ("a", " ")):
        with pytest.raises(Wrong, match="is empty"):
            desk.service.decide(
                anchor=f"{receipt.report_id}:0-2",
                kind=DecisionKind.REJECT,
                body={},
                actor=actor,
                reason=reason,
                expected_version=0,
                now=NOW,
            )


def test_releases_count_up_and_rest_on_the_ledger(desk: Desk) -> None:
    """A release gets the next number, with the ledger as it stood; sent again it is recognised."""
    desk.service.receive([item()], NOW)
    point = desk.service.checkpoint()
    desk.service.receive([item("96 killed")], NOW)
    release = desk.service.record_release(
        number=1, manifest=MANIFEST, policy="ucdp", as_known_on=date(2026, 11, 22), checkpoint=point, now=NOW
    )
    assert (release.tree_size, release.root) == (point.size, point.root)
    again = desk.service.record_release(
        number=1, manifest=MANIFEST, policy="ucdp", as_known_on=date(2026, 11, 22), checkpoint=point, now=NOW
    )
    assert again == release
    with desk.kept.read() as reading:
        assert reading.releases() == [release]
        assert reading.tree_size() == 7
    assert desk.differences() == []


@pytest.mark.parametrize(
    ("number", "checkpoint", "said"),
    [
        (2, None, "is not the next number after 0; publish again as release 1"),
        (0, None, "is not the next number"),
        (1, Checkpoint(2, Sha256("00" * 32)), "is not the ledger's root at 2 leaves"),
        (1, Checkpoint(99, Sha256("00" * 32)), "is not the ledger's root at 99 leaves"),
    ],
)
def test_releases_out_of_order_or_of_another_ledger(
    desk: Desk, number: int, checkpoint: Checkpoint | None, said: str
) -> None:
    """A number out of turn and a checkpoint of no past of this ledger are refused, and nothing is kept."""
    desk.service.receive([item()], NOW)
    with pytest.raises(Wrong, match=said):
        desk.service.record_release(
            number=number,
            manifest=MANIFEST,
            policy="ucdp",
            as_known_on=date(2026, 11, 22),
            checkpoint=checkpoint or desk.service.checkpoint(),
            now=NOW,
        )
    assert desk.counts() == (1, 3, 1)


def test_an_empty_ledger_has_a_root(desk: Desk) -> None:
    """Before anything is kept, the checkpoint is the root of the empty tree."""
    assert desk.service.checkpoint() == Checkpoint(0, Sha256(hashlib.sha256(b"").hexdigest()))
