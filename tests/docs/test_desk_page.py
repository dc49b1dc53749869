"""docs/desk.md says who may do what as the desk itself does."""

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_table_of_roles_is_the_desk_s_own() -> None:
    """The table is what `python tools/desk_roles.py` prints."""
    made = runpy.run_path(str(ROOT / "tools/desk_roles.py"))["table"]()
    page = (ROOT / "docs/desk.md").read_text("utf-8")
    shown = page.partition("<!-- python tools/desk_roles.py -->\n")[2].partition("<!-- end -->")[0]
    assert shown == made


def test_every_test_it_names_is_there() -> None:
    """What is said to be proved by a test names a file that exists."""
    page = (ROOT / "docs/desk.md").read_text("utf-8")
    named = {word for word in page.split("`") if word.startswith("tests/")}
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
