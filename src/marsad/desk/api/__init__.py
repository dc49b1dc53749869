"""The JSON API of the desk."""

from fastapi import APIRouter

from marsad.desk.api import accounts, deciding, described, exports, looking, own, people, sources


def routers() -> list[APIRouter]:
    """Return the routers of the API."""
    parts = (own, looking, deciding, people, sources, exports, accounts, described)
    return [part.router for part in parts]
