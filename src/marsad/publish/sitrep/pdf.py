"""A situation report as PDF: the HTML of it, set on A4 pages by WeasyPrint; nothing is fetched."""

import hashlib
from collections.abc import Mapping
from typing import Any, NoReturn

from marsad.publish.sitrep.blocks import Sitrep
from marsad.publish.sitrep.html import html_bytes


class NeedsWeasyPrint(ImportError):
    """WeasyPrint, or Pango which it stands on, is not installed."""


def pdf_bytes(report: Sitrep, fonts: Mapping[str, bytes]) -> bytes:
    """Return the report as PDF; the same bytes for the same report and the same version of WeasyPrint.

    Raises NeedsWeasyPrint without it.
    """
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as fault:
        raise NeedsWeasyPrint(str(fault)) from fault
    page = html_bytes(report, fonts, isolated=True)
    made: Any = HTML(string=page.decode(), url_fetcher=_fetcher(), base_url="about:blank", media_type="print")
    done = made.write_pdf(pdf_identifier=hashlib.sha256(page).digest()[:16], uncompressed_pdf=False)
    assert isinstance(done, bytes)  # noqa: S101 - no target was given
    return done


def _fetcher() -> Any:
    """Return what opens data: addresses, and nothing else."""
    try:
        from weasyprint.urls import URLFetcher
    except ImportError:  # before version 68
        from weasyprint import default_url_fetcher

        return lambda url, *_, **__: default_url_fetcher(url) if url.startswith("data:") else _refuse(url)
    return URLFetcher(allowed_protocols=["data"])


def _refuse(url: str) -> NoReturn:
    raise ValueError(f"{url}: a situation report fetches nothing")
