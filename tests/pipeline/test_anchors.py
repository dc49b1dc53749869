"""What decisions may point at and say."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from marsad.model import DecisionKind, Report, ReportId, Wrong
from marsad.pipeline.anchors import anchored, checked_body
from marsad.preserve.vault import Vault

ID = ReportId("0123456789abcdef01234567")


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault.create(tmp_path / "vault")


def words(anchor: str, vault: Vault) -> str:
    evidence = vault.put("---\noutlet: Radio\n---\nقُتل 95".encode())
    report = Report(ID, evidence, "Radio", None, None, None, datetime(2026, 11, 22, tzinfo=UTC))
    return anchored(anchor, lambda report_id: report if report_id == ID else None, vault)


def test_the_words_at_an_anchor(vault: Vault) -> None:
    """An anchor counts characters of the text, without front matter."""
    assert words(f"{ID}:0-4", vault) == "قُتل"
    assert words(f"{ID}:5-7", vault) == "95"


@pytest.mark.parametrize(
    ("anchor", "said"),
    [
        ("", "is no place in a report"),
        (f"{ID}:5", "is no place in a report"),
        (f"{ID}:a-b", "is no place in a report"),
        (f"{ID}:٠-٤", "is no place in a report"),
        (f"{ID[:-1]}:0-4", "is no place in a report"),
        (f"{ID}:0-4\n", "is no place in a report"),
        ("f" * 24 + ":0-4", "names a report that is not here"),
        (f"{ID}:4-4", "is no span of a text of 7 characters"),
        (f"{ID}:5-4", "is no span"),
        (f"{ID}:0-8", "is no span"),
    ],
)
def test_anchors_to_nowhere(vault: Vault, anchor: str, said: str) -> None:
    """An anchor that names no words is refused."""
    with pytest.raises(Wrong, match=said):
        words(anchor, vault)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (DecisionKind.REJECT, {}),
        (DecisionKind.CORRECT, {"low": 90, "high": 95}),
        (DecisionKind.JOIN, {"with": f"{ID}:0-4"}),
        (DecisionKind.APART, {"name": "second strike"}),
        (DecisionKind.GRADE, {"grade": "fair"}),
    ],
)
def test_bodies_that_say_what_is_needed(kind: DecisionKind, body: dict[str, object]) -> None:
    """Each kind of decision takes what it needs, as it is."""
    assert checked_body(kind, body) == body


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        (DecisionKind.REJECT, {"why": "x"}, "give nothing"),
        (DecisionKind.CORRECT, {}, "names nothing of a claim"),
        (DecisionKind.CORRECT, {"claim_id": "x"}, "names nothing of a claim"),
        (DecisionKind.CORRECT, {"lo": 3}, "names nothing of a claim"),
        (DecisionKind.JOIN, {}, "give with"),
        (DecisionKind.JOIN, {"with": "there"}, "is no place in a report"),
        (DecisionKind.APART, {"name": " "}, "is no name"),
        (DecisionKind.GRADE, {"grade": "good"}, "is no grade; give one of confirmed"),
        (DecisionKind.GRADE, {"grade": "fair", "note": "x"}, "give grade"),
    ],
)
def test_bodies_that_do_not(kind: DecisionKind, body: dict[str, object], said: str) -> None:
    """A body with too little, too much or the impossible is refused, with what to give."""
    with pytest.raises(Wrong, match=said):
        checked_body(kind, body)
