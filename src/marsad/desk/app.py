"""The desk as an application: routers over the services, behind the armour."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import Depends, FastAPI
from starlette.staticfiles import StaticFiles

from marsad.desk import api, errors, pages
from marsad.desk.armour import Armour
from marsad.desk.forms import from_own_form
from marsad.desk.routes import check_routes
from marsad.desk.services import Desk
from marsad.desk.settings import DeskSettings

STATIC = Path(__file__).parent / "static"
ASSETS = Path(__file__).parent.parent / "assets" / "web"


def create_app(folder: Path, settings: DeskSettings) -> FastAPI:
    """Return the desk of the observatory in `folder`.

    Raises Wrong if there is none, RuntimeError if a route names no action.
    """
    desk = Desk.open(folder, settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        desk.follower.warm()
        yield
        desk.close()

    app = FastAPI(
        title="marsad desk",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        dependencies=[Depends(from_own_form)],
    )
    app.state.desk = desk
    for router in (*api.routers(), *pages.routers()):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.mount("/assets", StaticFiles(directory=ASSETS, check_dir=False), name="assets")
    errors.install(app)
    check_routes(app)
    app.add_middleware(Armour, settings=settings, failed=errors.failed)
    return app
