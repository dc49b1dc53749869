"""The frame of every page: language and direction, what a person may do, the token of forms, and nothing unescaped."""

from functools import cache
from typing import Any

from fastapi import Request
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from marsad.desk.accounts import actor_of
from marsad.desk.actor import Actor
from marsad.desk.forms import FIELD
from marsad.desk.pages.tongue import Tongue
from marsad.desk.roles import Action

LANGUAGE_COOKIE = "marsad_language"

_MENU = (
    ("/queue", "menu.queue", Action.SEE_QUEUE),
    ("/incidents", "menu.incidents", Action.SEE_INCIDENT),
    ("/people", "menu.people", Action.SEE_PEOPLE),
    ("/setting", "menu.setting", Action.SEE_REPORT),
    ("/overview", "menu.overview", Action.SEE_OVERVIEW),
)

_MORE = (
    ("/exports", "more.exports", Action.SEE_EXPORTS),
    ("/sources", "more.sources", Action.SEE_SOURCES),
    ("/openings", "more.openings", Action.APPROVE_OPENING),
    ("/restrictions", "more.restrictions", Action.RESTRICT),
    ("/team", "more.team", Action.MANAGE_ACCOUNTS),
    ("/mode", "more.mode", Action.CHANGE_MODE),
)
"""What is less often needed: beside one's own account."""


@cache
def environment() -> Environment:
    """Return the environment of the desk's templates; everything put into one is escaped.

    The legend of pictures is the public record's.
    """
    made = Environment(
        loader=ChoiceLoader(
            [PackageLoader("marsad.desk", "templates"), PackageLoader("marsad.publish.site", "templates")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    made.filters["kept"] = kept
    return made


def kept(text: str) -> Markup:
    """Return a text escaped so that a browser counts its characters as we do: a carriage return stays one.

    >>> kept("a<b\\r\\n")
    Markup('a&lt;b&#13;\\n')
    """
    return Markup(str(escape(text)).replace("\r", "&#13;"))  # noqa: S704 - escaped the moment before


def language_of(request: Request, actor: Actor | None) -> str:
    """Return the language of a page: as chosen in this browser, else the account's, else the browser's."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in ("en", "ar"):
        return chosen
    return actor.language if actor else _asked_language(request)


def first_page(actor: Actor) -> str:
    """Return the address of the first page that this person may see."""
    return next((where for where, _, action in _MENU if actor.may(action)), "/account")


def page(request: Request, actor: Actor | None, template: str, *, status: int = 200, **model: Any) -> HTMLResponse:
    """Return a page: `template` (a file of templates/) filled with `model`, and with `actor`, `lang`, `dir`, `token`, `mode`.

    `actor` is None where nobody has signed in; `token` goes into the field `csrf_token` of every form; `w` says the
    sentences of the desk in the language of the page.
    """
    language = language_of(request, actor)
    desk = request.app.state.desk
    shared = {
        "actor": actor,
        "lang": language,
        "dir": "rtl" if language == "ar" else "ltr",
        "w": Tongue(language),
        "menu": [entry for entry in _MENU if actor and actor.may(entry[2])],
        "more": [entry for entry in _MORE if actor and actor.may(entry[2])],
        "token": model.pop("token", None) or desk.sessions.form_token(request) or "",
        "token_field": FIELD,
        "mode": desk.mode.value,
        "observatory": desk.observatory.name,
        "path": request.url.path,
        "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
    }
    return HTMLResponse(environment().get_template(template).render(**{**shared, **model}), status)


def problem(request: Request, status: int, template: str, **model: Any) -> HTMLResponse:
    """Return a page about something that was refused or failed."""
    return page(request, reader_of(request), f"{template}.html", status=status, code=status, **model)


def reader_of(request: Request) -> Actor | None:
    """Return who is asking where that was found out already; a page about a fault looks nothing up."""
    session = getattr(request.state, "session", None)
    return actor_of(session.account) if session is not None and session.whole else None


def _asked_language(request: Request) -> str:
    """Return ar where a browser asks for Arabic first, else en."""
    return "ar" if request.headers.get("accept-language", "").casefold().startswith("ar") else "en"
