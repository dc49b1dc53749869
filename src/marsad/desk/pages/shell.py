"""The frame of every page: language and direction, what a person may do, the token of forms, and nothing unescaped."""

from functools import cache
from typing import Any

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from marsad.desk.actor import Actor
from marsad.desk.forms import FIELD


@cache
def environment() -> Environment:
    """Return the environment of the desk's templates; everything put into one is escaped."""
    return Environment(
        loader=PackageLoader("marsad.desk", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def page(request: Request, actor: Actor | None, template: str, *, status: int = 200, **model: Any) -> HTMLResponse:
    """Return a page: `template` (a file of templates/) filled with `model`, and with `actor`, `lang`, `dir`, `token`, `mode`.

    `actor` is None where nobody has signed in; `token` goes into the field `csrf_token` of every form.
    """
    language = actor.language if actor else _asked_language(request)
    desk = request.app.state.desk
    shared = {
        "actor": actor,
        "lang": language,
        "dir": "rtl" if language == "ar" else "ltr",
        "token": model.pop("token", None) or desk.sessions.form_token(request) or "",
        "token_field": FIELD,
        "mode": desk.mode.value,
        "observatory": desk.observatory.name,
        "path": request.url.path,
    }
    return HTMLResponse(environment().get_template(template).render(**shared, **model), status)


def problem(request: Request, status: int, template: str, **model: Any) -> HTMLResponse:
    """Return a page about something that was refused or failed."""
    return page(request, None, f"{template}.html", status=status, code=status, **model)


def _asked_language(request: Request) -> str:
    """Return ar where a browser asks for Arabic first, else en."""
    return "ar" if request.headers.get("accept-language", "").casefold().startswith("ar") else "en"
