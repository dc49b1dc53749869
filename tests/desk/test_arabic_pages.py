"""Whoever reads Arabic is told everything in Arabic: every page, every refusal, every fault; data alone keeps its own script."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_open import made
from desk_world import Team, copied
from read_pages import latin_in
from starlette.testclient import TestClient

from marsad.desk.forms import HEADER
from marsad.desk.pages.refusing import refusal
from marsad.desk.pages.shell import LANGUAGE_COOKIE
from marsad.desk.roles import Role
from marsad.model import Wrong

SRC = Path(__file__).parents[2] / "src" / "marsad"
KNOWN = frozenset(
    {"UTC", "English", "Natural", "Earth", "SHA", "SHA-", "PDF", "localhost", "marsad", "timeline", "TOTP", "JSON"}
)
"""Names that Arabic writes as they are: units, products, commands, and the button that leads to English."""

BEGIN = (
    "/queue", "/queue?state=all", "/queue/links", "/queue/again", "/incidents", "/people", "/people?shown=all", "/setting",
    "/overview", "/exports", "/sources", "/openings", "/restrictions", "/team", "/mode", "/account", "/search?q=حلب",
)  # fmt: skip
ENOUGH = 3
"""Pages of one kind that are looked at."""


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    one = Team(copied(made(), tmp_path_factory.mktemp("arabic")))
    yield one
    one.close()


@pytest.fixture(scope="module")
def reader(team: Team) -> TestClient:
    """Somebody with every role who reads Arabic."""
    client = team.as_(*Role, name="zayd")
    client.cookies.set(LANGUAGE_COOKIE, "ar")
    return client


def kind_of(path: str) -> str:
    """Return what sort of page an address leads to."""
    bare = path.partition("?")[0]
    return re.sub(r"(?<=/)([0-9a-f]{12,}|[A-Z][A-Z-]*-\d{4}-\d\d-\d\d[^/]*)(?=/|$)", "*", bare)


def test_no_page_speaks_english(reader: TestClient, team: Team) -> None:
    """Every page that a link leads to, from the menu on: no Latin letters outside of data, names of things apart."""
    waiting, seen, kinds, found = list(BEGIN), set[str](), dict[str, int](), list[str]()
    data = frozenset(re.findall(r"[A-Za-z'-]+", team.desk.observatory.name))
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if path in seen or (kinds.get(kind, 0) >= ENOUGH and path not in BEGIN):
            continue
        seen.add(path)
        answer = reader.get(path)
        if answer.status_code != 200 or "html" not in answer.headers["content-type"]:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        found += [f"{path}: {words}" for words in latin_in(answer.text, KNOWN | data)]
        links = re.findall(r'(?:href|hx-get)="(/[^"#]*)', answer.text)
        waiting += [one.replace("&amp;", "&") for one in links if not one.startswith(("/assets", "/static", "/api"))]
    assert found == []
    assert len(kinds) > 22, kinds


REFUSED: tuple[tuple[str, str, dict[str, str], int], ...] = (
    ("GET", "/incidents/NOWHERE-2014-01-01", {}, 404),
    ("GET", "/nothing/of/this/name", {}, 404),
    ("DELETE", "/queue", {}, 405),
    ("GET", "/setting/place?name=Nirgendwo", {}, 422),
    ("GET", "/setting/place?name=Raqqa&on=yesterday", {}, 422),
    ("GET", "/setting/actor?name=Nobody", {}, 422),
    ("GET", "/setting/actor?name=coalition", {}, 422),
    ("GET", "/incidents/RAQQA-2014-11-25?known_on=1999-01-01", {}, 200),
    ("GET", "/incidents/RAQQA-2014-11-25?known_on=now", {}, 200),
    ("GET", f"/incidents?after={'x' * 300}", {}, 422),
    ("POST", "/incidents/RAQQA-2014-11-25", {"act": "merge", "into": "NOWHERE-2014-01-01"}, 422),
    ("POST", "/incidents/RAQQA-2014-11-25", {"act": "merge", "into": "RAQQA-2014-11-25"}, 422),
    ("POST", "/incidents/RAQQA-2014-11-25", {"act": "split"}, 422),
    ("POST", "/incidents/RAQQA-2014-11-25", {"act": "scope"}, 422),
    ("POST", "/incidents/RAQQA-2014-11-25", {"act": "juggle"}, 422),
    ("POST", "/incidents/RAQQA-2014-11-25", {"act": "undo-grade"}, 422),
    ("POST", "/exports", {"form": "tolls", "reason": "x"}, 422),
    ("POST", "/exports", {"form": "everything", "reason": "for us"}, 422),
    ("POST", "/exports", {}, 422),
    ("POST", "/exports/nothing", {"approved": "true"}, 404),
    ("POST", "/account/password", {"old": "x", "new": "longer than twelve"}, 422),
    ("POST", "/team", {"name": "\u200b"}, 422),
    ("POST", "/people/pairs", {"a_list": "a", "a_record": "1", "b_list": "b", "b_record": "2", "says": "perhaps"}, 422),
)  # fmt: skip


@pytest.mark.parametrize(("method", "path", "form", "status"), REFUSED)
def test_a_refusal_is_in_arabic(
    reader: TestClient, team: Team, method: str, path: str, form: dict[str, str], status: int
) -> None:
    """What is refused says so in Arabic on its page, whoever refuses it; what was typed is data."""
    answer = reader.request(method, path, data=form or None)
    assert answer.status_code == status
    assert 'dir="rtl"' in answer.text
    data = frozenset(re.findall(r"[A-Za-z'-]+", team.desk.observatory.name))
    assert list(latin_in(answer.text, KNOWN | data)) == []
    assert re.search(r'role="alert"[^>]*>\s*[^<]*[\u0600-\u06ff]{3}', answer.text)


def test_a_form_from_elsewhere_is_refused_in_arabic(team: Team) -> None:
    """Without the token of one's own pages; and somebody whose account reads Arabic needs no cookie for it."""
    client = team.as_(Role.REVIEWER, name="layla")
    assert client.post("/api/me/language", json={"language": "ar"}).status_code == 204
    del client.headers[HEADER]
    answer = client.post("/exports", data={"form": "tolls", "reason": "for us"})
    assert answer.status_code == 403
    assert "صفحة من صفحات المكتب" in answer.text


RAISING = (
    *sorted((SRC / "desk").rglob("*.py")),
    *(SRC / "pipeline" / name for name in ("deciding.py", "dockets.py")),
    *sorted((SRC / "pipeline" / "views").glob("*.py")),
    SRC / "collect" / "pixels.py",
)
"""Where what a page shows is refused. What the command line alone says is not read by anybody at the desk."""
ELSEWHERE = frozenset({"serve.py", "index.py"})


def told(node: ast.expr, names: dict[str, list[ast.expr]]) -> Iterator[str]:
    """Yield every text that an expression may be, "Q" in its gaps; nothing where it is a value that was handed in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(v.value) if isinstance(v, ast.Constant) else "Q" for v in node.values)
    elif isinstance(node, ast.IfExp):
        yield from told(node.body, names)
        yield from told(node.orelse, names)
    elif isinstance(node, ast.Name):
        for one in names.get(node.id, []):
            yield from told(one, names)


def raised() -> Iterator[tuple[str, str, str]]:
    """Yield file, part (desk, subject, rule, remedy) and text of everything that code refuses with."""
    for path in RAISING:
        if path.name in ELSEWHERE:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        names: dict[str, list[ast.expr]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                names.setdefault(node.targets[0].id, []).append(node.value)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
                names.setdefault(node.target.id, []).append(node.value)
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id == "Refused":
                for text in told(node.args[0], names):
                    yield path.name, "desk", text
            elif node.func.id in ("Wrong", "Conflict"):
                for part, given in zip(("subject", "rule", "remedy"), (node.args[0], *node.args[2:]), strict=True):
                    for text in told(given, names):
                        yield path.name, part, text


def test_everything_that_is_refused_has_its_arabic() -> None:
    """The code is read: each subject, rule and remedy that it raises is in Arabic in the catalogue of refusals."""
    every, english = list(raised()), []
    for name, part, text in every:
        fault = Wrong("desk", None, "is none", "add it")
        setattr(fault, part if part != "desk" else "rule", text)
        shown = refusal(fault, "ar") if part != "desk" else answered_in_arabic(text)
        if list(latin_in(shown, KNOWN | {"Q"})) or f"\u2068{text}\u2069" in shown:
            english.append(f"{name}: {part} {text!r}")
    assert english == []
    assert len(every) > 120


def answered_in_arabic(text: str) -> str:
    from marsad.desk.pages.refusing import answered

    return answered(text, "ar")


def test_what_nobody_could_list_is_said_in_english_set_apart() -> None:
    """Words of a library are not lost: they stand as they are, apart, within an Arabic sentence."""
    said = refusal(Wrong("incident", None, "is out of luck", "look at it again"), "ar")
    assert "\u2068is out of luck\u2069" in said
    assert said.startswith("الواقعة")
    assert refusal(Wrong("incident", "X", "is none", "add it"), "en") == 'incident: "X" is none; add it.'


@pytest.mark.parametrize(
    "hostile", ["{0}", "{rule.__class__}", "is at version {n} by now", "x" * 5_000, "\u2069\u202e"]
)
def test_hostile_words_are_only_words(hostile: str) -> None:
    """Braces, marks of direction and long runs in what somebody typed are shown, never understood."""
    assert hostile in refusal(Wrong("incident", hostile, "is not in this observatory", "look at it again"), "ar")
