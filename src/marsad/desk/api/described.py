"""The description of the API (OpenAPI 3.1), for those who have signed in."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse

from marsad.desk.actor import Actor
from marsad.desk.roles import Action
from marsad.desk.routes import may

router = APIRouter(prefix="/api", include_in_schema=False)


@router.get("/openapi.json")
def described(request: Request, actor: Annotated[Actor, Depends(may(Action.SEE_API))]) -> JSONResponse:
    """Return what can be asked of the API, and what it answers."""
    del actor
    told: dict[str, Any] = request.app.openapi()
    return JSONResponse(told)
