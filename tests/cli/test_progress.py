"""The bar on standard error: patient, out of the way, and gone at the end."""

import io

import pytest
from rich.console import Console

from marsad.cli import progress as module
from marsad.cli.progress import Bar, progress


def bar(terminal: bool, monkeypatch: pytest.MonkeyPatch, patience: float) -> tuple[Bar, io.StringIO]:
    monkeypatch.setattr(module, "PATIENCE", patience)
    out = io.StringIO()
    return Bar("Adding reports", 20, Console(file=out, force_terminal=terminal, width=100)), out


def test_a_quick_task_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done within two seconds draws no bar."""
    shown, out = bar(True, monkeypatch, 2.0)
    for _ in range(20):
        shown()
    shown.close()
    assert out.getvalue() == ""


def test_a_slow_task_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """After that the bar names the task and counts its steps; a message goes above it."""
    shown, out = bar(True, monkeypatch, -1.0)
    for _ in range(7):
        shown()
    shown.say("bad.txt: holds no words.")
    shown.close()
    assert "Adding reports" in out.getvalue()
    assert "7/20" in out.getvalue()
    assert "bad.txt: holds no words." in out.getvalue()


def test_without_a_terminal_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log file gets no bar, however long it takes."""
    shown, out = bar(False, monkeypatch, -1.0)
    shown()
    shown.close()
    assert out.getvalue() == ""


def test_messages_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a bar, a message is a line on standard error."""
    with progress("Adding reports", None) as shown:
        shown.say("one line")
    assert capsys.readouterr() == ("", "one line\n")
