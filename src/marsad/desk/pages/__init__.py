"""The pages of the desk."""

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """Return the routers of all pages."""
    # Here and not above: what answers faults shows a page of this folder.
    from marsad.desk.pages import (
        account_pages,
        deciding,
        evidence_pages,
        front,
        incident_acts,
        incident_pages,
        overview_pages,
        people_pages,
        queue_pages,
        report_pages,
        request_pages,
        setting_pages,
        team_pages,
    )

    rooms = (queue_pages, report_pages, deciding, evidence_pages, incident_pages, incident_acts, people_pages)
    rest = (front, overview_pages, setting_pages, account_pages, request_pages, team_pages)
    return [room.router for room in (*rooms, *rest)]
