"""The five-minute tutorial, followed step by step: its commands are run, its keys pressed, and what it says is seen."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_open import PATIENCE

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[3]
TUTORIAL = (ROOT / "docs" / "desk-tutorial.md").read_text("utf-8")
COMMANDS = [line.strip() for line in TUTORIAL.splitlines() if line.startswith("    marsad ")]
STEPS = [
    " ".join(step.split()) for step in re.findall(r"^\d+\. (.*?)(?=\n\n|\n\d+\. )", TUTORIAL, re.MULTILINE | re.DOTALL)
]
ACTS = re.compile(
    r"Press `(?P<press>[^`]+)`"
    r"|Type `(?P<type>[^`]+)` into \*\*(?P<field>[^*]+)\*\*"
    r"|Choose \*\*(?P<option>[^*]+)\*\* in \*\*(?P<list>[^*]+)\*\*"
    r"|Click \*\*(?P<click>[^*]+)\*\*"
    r"|Go to `(?P<go>[^`]+)`"
    r"|Select \*\*(?P<select>[^*]+)\*\*"
    r"|You see \*\*(?P<see>[^*]+)\*\*(?: on claim (?P<claim>\d+))?"
)
PICTURES = {2: "queue", 3: "report", 10: "evidence", 12: "incident", 13: "search", 14: "queue-ar"}
"""After which step each picture of the document is taken; they are kept in docs/desk/ where MARSAD_PICTURES is set."""


def command(line: str) -> list[str]:
    """Return a line of the tutorial as a command that this Python runs."""
    words = shlex.split(line)
    return [sys.executable, "-c", "from marsad.cli import main; main()", *words[1:]]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the commands of the tutorial; give the address that the last one prints, and stop it at the end."""
    folder = tmp_path_factory.mktemp("tutorial")
    (folder / "examples").symlink_to(ROOT / "examples")
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    for line in COMMANDS[:-1]:
        subprocess.run(command(line), cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    served = subprocess.Popen(command(COMMANDS[-1]), cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    assert served.stdout is not None
    lines = [served.stdout.readline(), served.stdout.readline()]
    yield re.findall(r"http://\S+", lines[1])[0]
    served.terminate()
    served.wait(timeout=120)
    served.stdout.close()


def scope(page: Any) -> Any:
    """Return what is in hand: the claim that is open for correction, the new claim, or the page."""
    for chosen in ("#new-claim[open]", ".card.focus"):
        if page.locator(f"{chosen} label:visible").count():
            return page.locator(chosen)
    return page


def do(page: Any, told: re.Match[str], address: str) -> None:
    """Do one thing that the tutorial says, or look for what it says is seen."""
    given = {name: value for name, value in told.groupdict().items() if value is not None}
    if "press" in given:
        page.keyboard.press(given["press"])
    elif "type" in given:
        scope(page).get_by_label(given["field"], exact=True).fill(given["type"])
    elif "option" in given:
        field = scope(page).locator("label").filter(has_text=re.compile(rf"^\s*{re.escape(given['list'])}"))
        field.locator("select").select_option(label=given["option"])
    elif "click" in given:
        page.locator(f":is(a, button, summary):visible:has-text('{given['click']}')").first.click()
    elif "go" in given:
        page.goto(address + given["go"])
    elif "select" in given:
        box = page.locator("#text > *").first.bounding_box()
        page.mouse.move(box["x"] + 1, box["y"] + 8)
        page.mouse.down()
        page.mouse.move(box["x"] + 120, box["y"] + 8, steps=4)
        page.mouse.up()
    elif "claim" in given:
        page.wait_for_selector(f"#claim-{given['claim']} .state:text-is('{given['see']}')", timeout=PATIENCE)
    else:
        page.locator(f":text('{given['see']}'):visible").first.wait_for(timeout=PATIENCE)


@pytest.mark.long
def test_the_tutorial_can_be_followed(browser: Any, begun: str, tmp_path: Path) -> None:
    """Every step does something, and all that it promises is seen; each picture of the document is taken on the way."""
    kept = ROOT / "docs" / "desk" if os.environ.get("MARSAD_PICTURES") else tmp_path
    address = begun.rpartition("/welcome")[0]
    faults: list[str] = []
    page = browser.new_context(viewport={"width": 1100, "height": 700}, locale="en").new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on(
        "request",
        lambda request: faults.append(request.url) if not request.url.startswith((address, "data:")) else None,
    )
    page.goto(begun)
    assert len(STEPS) == 15
    for number, step in enumerate(STEPS, 1):
        acts = list(ACTS.finditer(step))
        assert acts, f"step {number} says nothing to do or to see: {step}"
        for told in acts:
            do(page, told, address)
            page.wait_for_load_state("load")
        if number in PICTURES:
            page.wait_for_timeout(400)
            page.screenshot(path=str(kept / f"{PICTURES[number]}.png"))
    assert faults == []
    assert all((kept / f"{name}.png").stat().st_size > 5_000 for name in PICTURES.values())
    page.context.close()


def test_every_picture_of_the_document_is_taken_by_the_test() -> None:
    """No picture is named that nobody takes, none is taken that is not shown."""
    assert sorted(re.findall(r"\(desk/([\w-]+)\.png\)", TUTORIAL)) == sorted(PICTURES.values())
