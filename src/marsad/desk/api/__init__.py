"""The JSON API of the desk, and its ways in and out."""

from fastapi import APIRouter

from marsad.desk.api import accounts, deciding, described, exports, front, looking, own, people, sources


def routers() -> list[APIRouter]:
    """Return the routers of the API."""
    parts = (front, own, looking, deciding, people, sources, exports, accounts, described)
    return [part.router for part in parts]
