"""The JSON API of the desk, and its ways in and out."""

from fastapi import APIRouter

from marsad.desk.api import deciding, front


def routers() -> list[APIRouter]:
    """Return the routers of the API."""
    return [front.router, deciding.router]
