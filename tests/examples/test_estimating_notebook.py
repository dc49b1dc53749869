"""The tutorial on estimating runs from top to bottom, and its own claims hold."""

import json
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[2] / "examples" / "estimating" / "kosovo.ipynb"


@pytest.mark.long
def test_every_cell_of_the_kosovo_tutorial_runs(monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    """Cells run in order in one namespace, as a kernel runs them; each assertion in them is a claim of the text."""
    monkeypatch.chdir(NOTEBOOK.parent)
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    names: dict[str, object] = {}
    ran = 0
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)  # noqa: S102 - our own notebook
            ran += 1
    assert ran >= 9
    told = capsys.readouterr().out
    assert "[123,14,34] 10356.52 standard error 785.9" in told
    assert "No headline number" in told
