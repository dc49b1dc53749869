"""A desk that is open on this machine: the Raqqa example and a few reports more, three people of a team, and a browser."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import mkdtemp
from typing import Any

import pytest
import uvicorn

from marsad.collect.files import gather
from marsad.collect.particulars import Particulars
from marsad.desk.accounts import add_account
from marsad.desk.app import create_app
from marsad.desk.passwords import Passwords
from marsad.desk.roles import Role
from marsad.desk.serve import listening
from marsad.desk.services import DESK_FILE
from marsad.desk.settings import Costs, DeskSettings
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService
from marsad.pipeline.views.people_view import people_view
from marsad.store.desk import DeskStore

EXAMPLE = Path(__file__).parents[3] / "examples" / "raqqa" / "reports"
MORE = Path(__file__).parent / "reports"
PEOPLE = Path(__file__).parent / "people"
CHEAP = Costs(8, 1, 1)
PASSWORD = "a kettle of grey storks"  # noqa: S105 - of a desk that a test makes
RECORDED = datetime(2014, 12, 1, 12, tzinfo=UTC)
CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-gpu"]
FLAGS += ["--disable-component-update", "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader"]
FLAGS += ["--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
PHONE, WIDE = (390, 844), (1280, 900)
PATIENCE = 120_000
"""Milliseconds that tell a page that hangs from a machine that is busy."""

_SOAK = pytest.mark.soak
EVERYWHERE = pytest.mark.parametrize(
    ("lang", "size"),
    [
        pytest.param("en", WIDE, id="en-wide"),
        pytest.param("ar", PHONE, id="ar-phone"),
        pytest.param("en", PHONE, id="en-phone", marks=_SOAK),
        pytest.param("ar", WIDE, id="ar-wide", marks=_SOAK),
    ],
)
"""Both languages at both widths; the quick proof takes one of each, the long one all."""

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def latin(words: str) -> str:
    """Return words of a page with their digits as the tests write them, whichever script the page has."""
    return words.translate(_DIGITS)


TEAM = {
    "amal": frozenset({Role.RESEARCHER, Role.REVIEWER, Role.ADMIN, Role.SAFETY_LEAD}),
    "basil": frozenset({Role.MONITOR, Role.REVIEWER}),
    "cem": frozenset({Role.READER}),
    "dina": frozenset({Role.MONITOR}),
}


@cache
def made() -> Path:
    """Return an observatory with reports read and linked, made once; copy it before anything is decided in it."""
    folder = Path(mkdtemp(prefix="desk-made-")) / "obs"
    observatory = Observatory.init(folder, "Raqqa, November 2014", RECORDED)
    with observatory.kept() as kept:
        service = WriteService(kept, observatory.vault, bytes)
        arrivals = [*gather(EXAMPLE, Particulars()), *(gather(MORE, Particulars()) if MORE.is_dir() else ())]
        days = iter(RECORDED + timedelta(days=n) for n in range(10_000))
        list(service.receive_all(arrivals, lambda: next(days), batch=5))
    run(observatory, processes=1)
    copytree(PEOPLE, folder / "people")
    people_view(observatory, names=True)  # links them, once
    accounts_on(folder)
    return folder


def accounts_on(folder: Path) -> None:
    """Make an account for each of the team."""
    with DeskStore(Observatory.open(folder).place(DESK_FILE)) as store:
        kept_password = {name: Passwords(CHEAP).hash(PASSWORD, name) for name in TEAM}
        for name, roles in TEAM.items():
            account = add_account(store, name, roles, (), "en", "console", RECORDED, os.urandom)
            with store.write() as writing:
                writing.change("account", {"account_id": account.account_id}, password=kept_password[name])


@dataclass
class Desk:
    """A desk that is served at `address`, of the observatory in `folder`."""

    address: str
    folder: Path

    @property
    def observatory(self) -> Observatory:
        """The observatory behind it."""
        return Observatory.open(self.folder)


@contextmanager
def desk_on(folder: Path, follow: str = "off", **settings: Any) -> Iterator[Desk]:
    """Serve the desk of the observatory in `folder` on a free port of this machine."""
    chosen = replace(DeskSettings(lambda: datetime.now(UTC)), second_factor=False, costs=CHEAP, follow=follow)
    app = create_app(folder, replace(chosen, **settings))
    with listening("127.0.0.1", 0) as socket:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, lifespan="on"))
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
        thread.start()
        try:
            yield Desk(f"http://127.0.0.1:{socket.getsockname()[1]}", folder)
        finally:
            server.should_exit = True
            thread.join(timeout=20)


@contextmanager
def open_desk(folder: Path, **settings: Any) -> Iterator[Desk]:
    """Serve a copy of the made observatory, put into `folder`."""
    copytree(made(), folder / "obs")
    with desk_on(folder / "obs", **settings) as desk:
        yield desk


class Visit:
    """Somebody at the desk in a browser of their own, and everything that went wrong there."""

    def __init__(
        self,
        browser: Any,
        desk: Desk,
        size: tuple[int, int] = WIDE,
        lang: str = "en",
        who: str = "amal",
        **options: Any,
    ) -> None:
        self.faults: list[str] = []
        self.desk = desk
        self.context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("requestfailed", self._failed)
        self.page.on("request", lambda request: self._asked(request.url))
        self.context.add_cookies([{"name": "marsad_language", "value": lang, "url": desk.address}])
        if who:
            self.go("/sign-in")
            self.page.fill("[name=name]", who)
            self.page.fill("[name=password]", PASSWORD)
            self.page.keyboard.press("Enter")
            self.page.wait_for_url(lambda url: not url.endswith("/sign-in"))

    def go(self, path: str) -> Any:
        """Open a page of the desk."""
        return self.page.goto(self.desk.address + path, wait_until="load")

    def _said(self, said: Any) -> None:
        if (
            said.type == "error" and "status of 4" not in said.text
        ):  # a refusal that a test provokes is none of the page's
            self.faults.append(said.text)

    def _failed(self, request: Any) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.desk.address, "data:", "blob:" + self.desk.address)):
            self.faults.append(f"elsewhere: {url}")

    def violations(self) -> list[Any]:
        """Return what axe finds wrong for WCAG 2.2 AA, with the elements."""
        self.page.evaluate(AXE.read_text("utf-8"))
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        found = self.page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", tags)
        return [(v["id"], [node["html"][:160] for node in v["nodes"][:3]]) for v in found["violations"]]

    def sideways(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))

    def __enter__(self) -> "Visit":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


@contextmanager
def chromium() -> Iterator[Any]:
    """Start Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()
