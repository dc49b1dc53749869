"""The links of an observatory's reports as the auto-archiver's sheet."""

from marsad.collect.links_sheet import sheet, sheet_row
from marsad.collect.text_of import text_of
from marsad.pipeline.observatory import Observatory


def links_sheet(observatory: Observatory) -> list[list[str]]:
    """Return the sheet, its header first: a row for each report with an address, in the order in which they came."""
    rows = []
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        for report in reading.reports():
            text, fields = text_of(observatory.vault.get(report.evidence), report.report_id)
            row = sheet_row(text, fields, report.address)
            if row is not None:
                rows.append(row)
    return sheet(rows)
