"""The pages of the desk."""

from fastapi import APIRouter

from marsad.desk.pages import (
    account_pages,
    deciding,
    evidence_pages,
    incident_acts,
    incident_pages,
    overview_pages,
    people_pages,
    queue_pages,
    report_pages,
)


def routers() -> list[APIRouter]:
    """Return the routers of all pages."""
    rooms = (queue_pages, report_pages, deciding, evidence_pages, incident_pages, incident_acts, people_pages)
    return [*(room.router for room in rooms), overview_pages.router, account_pages.router]
