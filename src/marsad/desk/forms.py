"""The token that every change carries: in a form's field, or in a header of the API."""

from fastapi import Request

from marsad.desk.allowed import Refused
from marsad.desk.armour import SAFE
from marsad.desk.secrets_of import same

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"


async def from_own_form(request: Request) -> None:
    """Return where a change carries the token of its browser; raises Refused where it does not."""
    if request.method in SAFE:
        return
    wanted = request.app.state.desk.sessions.form_token(request)
    given = request.headers.get(HEADER)
    if given is None and "form" in request.headers.get("content-type", ""):
        value = (await request.form()).get(FIELD)
        given = value if isinstance(value, str) else None
    if wanted is None or given is None or not same(wanted, given):
        raise Refused("was not asked from one of its own pages: load the page again")
