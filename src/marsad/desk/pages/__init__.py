"""The pages of the desk."""

from fastapi import APIRouter

from marsad.desk.pages import deciding, evidence_pages, incident_acts, incident_pages, queue_pages, report_pages


def routers() -> list[APIRouter]:
    """Return the routers of all pages."""
    return [
        queue_pages.router,
        report_pages.router,
        deciding.router,
        evidence_pages.router,
        incident_pages.router,
        incident_acts.router,
    ]
