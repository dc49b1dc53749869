"""A folder of MUC texts and keys, read and judged."""

from collections.abc import Callable
from pathlib import Path

import pytest
from muc_made import TEXTS, muc_folder

from marsad.model import Wrong
from marsad.pipeline.evaluate_muc import evaluate_muc


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One part of two texts, one of them with a template: 4 killed, 6 injured."""
    return muc_folder(tmp_path / "muc")


def test_a_wire_report_in_capitals_is_read_and_judged(folder: Path) -> None:
    """Both facts of the key are right; the clash abroad that the key leaves out is spurious among all facts alone."""
    judged = evaluate_muc(folder, processes=1)
    assert list(judged.scores) == ["all"]
    tally, figures = judged.scores["all"].tally, judged.scores["all"].figures
    assert (tally["texts", "all"], tally["templates", "found"]) == (2, 1)
    assert (figures["matched.f1"], figures["day.right"], figures["place.right"]) == (1, 1, 1)
    assert (tally["all", "right"], tally["all", "missed"], tally["all", "spurious"]) == (2, 0, 1)
    assert [(e.kind, e.read) for e in judged.errors] == [("beside", "3 killed")]


def spare(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / "dev" / name).write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda folder: (folder / "dev" / "key-dev-9001").unlink(), "key-"),
        (lambda folder: (folder / "dev" / "dev-muc3-9001").unlink(), "has no texts"),
        (spare("dev-muc3-mixed", TEXTS), "DEV-MUC3-9001"),
        (spare("key-dev-2", "nothing"), None),
        (lambda folder: (folder / "dev" / "key-dev-9001").write_bytes(b"\xff"), "key-dev-9001"),
    ],
)
def test_what_is_no_such_folder_is_refused(folder: Path, spoil: Callable[[Path], object], says: str | None) -> None:
    """The message names what is missing, or the file; other files with nothing in them do no harm."""
    spoil(folder)
    if says is None:
        assert evaluate_muc(folder, processes=1).scores
        return
    with pytest.raises(Wrong) as refused:
        evaluate_muc(folder)
    assert says in str(refused.value)


def test_a_part_that_is_not_there_is_refused(folder: Path) -> None:
    """The message names it."""
    with pytest.raises(Wrong, match="tst9"):
        evaluate_muc(folder, ["tst9"])
