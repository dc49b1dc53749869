"""The pages of the desk."""

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """Return the routers of all pages."""
    return []
