"""Originals at the desk: drawn as pixels behind the rights of their report, never handed to a browser as they are."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from desk_world import Team
from test_pixels import BLUE, RED, colour_of, pdf_of

from marsad.collect.incoming import Incoming, Original
from marsad.desk.roles import Role
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import WriteService

pytestmark = pytest.mark.skipif(
    shutil.which("pdftoppm") is None or shutil.which("pdfinfo") is None,
    reason="needs poppler-utils (tools/documents.sh)",
)
NOW = datetime(2014, 12, 1, 12, tzinfo=UTC)
TEXT = b"At least 12 people were killed in Raqqa, Syria, on Tuesday."
LOUD = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """A desk over three reports: one out of a PDF of seven pages, one out of a broken one, one with a drawing that acts."""
    observatory = Observatory.init(tmp_path_factory.mktemp("drawn") / "obs", "drawn", NOW)
    files = [
        (pdf_of(RED, *[BLUE] * 6), "application/pdf"),
        (b"%PDF-1.4\n?", "application/pdf"),
        (LOUD, "image/svg+xml"),
    ]
    with observatory.kept() as kept:
        items = [
            Incoming(f"{n}", TEXT + b" %d." % n, "Radio Raqqa", date(2014, 11, 26), "en", original=Original.of(*one))
            for n, one in enumerate(files)
        ]
        WriteService(kept, observatory.vault, os.urandom).receive(items, NOW)
    made = Team(observatory.path)
    yield made
    made.close()


def of(team: Team, media: str, turn: int = 0) -> tuple[str, str]:
    """Return a report and its original of this kind."""
    found = []
    with team.desk.kept.read() as reading:
        for report in sorted(reading.reports(), key=lambda r: str(r.report_id)):
            for row in reading.originals([report.report_id]):
                [(_, _, evidence)] = list(reading.things("evidence", sha256=row["evidence"]))
                if evidence["media_type"] == media:
                    found.append((-evidence["size"], str(report.report_id), str(row["evidence"])))
    _, report_id, sha256 = sorted(found)[turn]
    return report_id, sha256


@pytest.mark.long
def test_a_pdf_is_shown_page_by_page(team: Team) -> None:
    """The page of the evidence holds the first five pages and leads to the others; each is a PNG in a cage."""
    client, (report, sha256) = team.as_(Role.RESEARCHER), of(team, "application/pdf")
    first, later = (client.get(f"/reports/{report}/evidence?at={at}").text for at in (1, 6))
    shown = [[n for n in range(1, 9) if f"/pages/{n}" in page] for page in (first, later)]
    assert shown == [[1, 2, 3, 4, 5], [6, 7]]
    colours = []
    for number in (1, 7):
        answer = client.get(f"/reports/{report}/evidence/{sha256}/pages/{number}")
        assert answer.headers["content-type"] == "image/png"
        assert "sandbox" in answer.headers["content-security-policy"]
        colours.append(colour_of(answer.content))
    assert colours == [RED, BLUE]
    assert client.get(f"/reports/{report}/evidence/{sha256}/pages/8").status_code == 415
    assert client.get(f"/reports/{report}/evidence/{sha256}/shown").status_code == 404


def test_what_cannot_be_drawn_can_be_downloaded(team: Team) -> None:
    """A broken file has a page that says so, with its fixity and a way to keep it; nothing of it is shown."""
    client, (report, sha256) = team.as_(Role.RESEARCHER), of(team, "application/pdf", 1)
    page = client.get(f"/reports/{report}/evidence")
    assert page.status_code == 200
    assert "cannot be drawn" in page.text
    assert f"{sha256}/file" in page.text
    assert client.get(f"/reports/{report}/evidence/{sha256}/pages/1").status_code == 415


def test_a_drawing_that_acts_is_not_drawn(team: Team) -> None:
    """SVG can hold scripts: it is neither text nor pixels here."""
    client, (report, sha256) = team.as_(Role.RESEARCHER), of(team, "image/svg+xml")
    for way, status in (("shown", 404), ("pages/1", 415)):
        assert client.get(f"/reports/{report}/evidence/{sha256}/{way}").status_code == status
    assert "<svg xmlns" not in client.get(f"/reports/{report}/evidence").text


def test_pixels_are_behind_the_rights_of_their_report(team: Team) -> None:
    """Who may not see originals, or not this report, or asks through another report, gets none, drawn before or not."""
    (report, sha256), (other, _) = of(team, "application/pdf"), of(team, "image/svg+xml")
    path = f"/reports/{report}/evidence/{sha256}/pages/1"
    assert team.as_(Role.RESEARCHER).get(path).status_code == 200
    assert team.as_(Role.READER).get(path).status_code == 403
    assert team.as_(Role.RESEARCHER).get(path.replace(report, other)).status_code == 404
    team.desk.restrictions.put("report", report, ["north"], "test", team.clock())
    assert team.as_(Role.RESEARCHER).get(path).status_code == 404
    assert team.as_(Role.RESEARCHER, groups=["north"]).get(path).status_code == 200
    team.desk.restrictions.put("report", report, [], "test", team.clock())
