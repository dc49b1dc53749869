"""Forms and sheets: submissions of KoBo and ODK, our own forms, a saved mapping, the auto-archiver's sheet there and back."""

import csv
import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from read_claims import claims, found_in, head, numbers, reports, words

from marsad.cli import main
from marsad.collect.form_service import submissions
from marsad.collect.how import How
from marsad.collect.mappings import columns_of, saved
from marsad.collect.particulars import Particulars
from marsad.collect.workbook import sheet_rows
from marsad.collect.workbook_written import workbook_bytes
from marsad.collect.xlsform import FORMS, form_sheets, xlsform
from marsad.model import Scope, Wrong

UUID = "11111111-2222-3333-4444-555555555555"
ANSWERS = {
    "incident_date": "2014-11-25",
    "place": "الرقة",
    "province": "Raqqa",
    "what_happened": "Two aircraft struck the market. Five people were killed.",
    "killed_min": "5",
    "killed_max": "7",
    "killed_children_min": "2",
    "weapon": "air_strike",
    "told_by": "a_witness",
}
META = {
    "_id": "7",
    "_uuid": UUID,
    "_submission_time": "2014-11-26T08:00:00",
    "_index": "1",
    "_validation_status": "",
    "__version__": "v1",
}


POINT = {"point": "35.95 39.01 250 5"}
CENTRAL = {"SubmissionDate": "2014-11-26T08:00:00.000Z", "instanceID": f"uuid:{UUID}"}


def as_workbook(row: dict[str, str]) -> bytes:
    """Return an export of one submission as a workbook."""
    return workbook_bytes({"form": [list(row), list(row.values())]})


def as_csv(*rows: dict[str, str], delimiter: str = ",", groups: str = "") -> bytes:
    """Return an export of submissions as CSV, questions below the names of their groups."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow([name if name in META else groups + name for name in names])
    writer.writerows([[row.get(name, "") for name in names] for row in rows])
    return out.getvalue().encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("export.csv", as_csv(ANSWERS | POINT | META, delimiter=";", groups="group_a/")),
        ("export.json", json.dumps([{f"group_a/{k}": v for k, v in (ANSWERS | POINT).items()} | META]).encode()),
        ("export.json", json.dumps({"count": 1, "next": None, "results": [ANSWERS | POINT | META]}).encode()),
        ("export.xlsx", as_workbook(ANSWERS | {"_point_latitude": "35.95", "_point_longitude": "39.01"} | META)),
        ("central.csv", as_csv(ANSWERS | {"point-Latitude": "35.95", "point-Longitude": "39.01"} | CENTRAL)),
    ],
)
def test_our_own_form(tmp_path: Path, name: str, data: bytes) -> None:
    """CSV with groups, JSON, a page of the service, a workbook, ODK Central's CSV: the same claims and the same words."""
    row, told = reports(found_in(tmp_path, name, data, outlet="Field team"))
    assert numbers(row) == {"killed_min": (None, 5, 7), "killed_children_min": (2, 2, None)}
    claim = claims(row)[0]
    assert (claim.weapon, claim.attribution, claim.scope) == ("air strike", ("a witness",), Scope.INCIDENT)
    assert claim.place is not None
    assert (claim.place.latitude, claim.place.longitude) == (35.95, 39.01)
    assert words(told) == ANSWERS["what_happened"]
    assert (row.protected, told.protected, str(row.published)) == (True, True, "2014-11-26")


def test_what_an_export_adds_makes_no_new_report(tmp_path: Path) -> None:
    """The number in the export and the state of review change from export to export; the submission is the same."""
    [one, _] = reports(found_in(tmp_path, "a.csv", as_csv(ANSWERS | META), outlet="T"))
    [other, _] = reports(
        found_in(
            tmp_path, "b.csv", as_csv(ANSWERS | META | {"_index": "9", "_validation_status": "Approved"}), outlet="T"
        )
    )
    assert one.key == other.key
    assert json.loads(head(other)["aside"])["_index"] == "9"


@pytest.mark.parametrize("name", FORMS)
def test_forms_are_valid(name: str) -> None:
    """pyxform makes a form of our workbook without a complaint; every question has a label in both languages."""
    convert = pytest.importorskip("pyxform.xls2xform").convert
    result = convert(xlsx := io.BytesIO(xlsform(name)), file_type=".xlsx")
    assert "<h:html" in result.xform
    assert not [warning for warning in result.warnings if "IANA" not in warning]
    assert xlsx is not None
    for question in form_sheets(name)["survey"][1:]:
        assert question[0] == "calculate" or (question[2] and question[3]), question


@pytest.mark.parametrize("name", FORMS)
def test_forms_come_back_without_a_mapping(name: str) -> None:
    """Every question that counts people or says where and when is a column that the shipped mapping knows."""
    from marsad.collect.mappings import shipped_as

    known = {column for names in shipped_as("kobo")[0].columns.values() for column in names}
    asked = {row[1] for row in form_sheets(name)["survey"][1:]}
    assert asked - known <= {"outcome", "consent"}


def test_a_workbook_that_is_written_is_read() -> None:
    """What is written is what comes back: quotes, signs of XML, spaces, Arabic, a formula that is none."""
    cells = [["a", '<b> & "c"', "", " d "], ["=1+1", "قتل\nأربعة", "\u200f", "007"]]
    title, *parts = sheet_rows(io.BytesIO(workbook_bytes({"A & B": cells})), "x")
    assert title == "A & B"
    assert [row for part in parts for _, row in part] == cells


class _Service(BaseHTTPRequestHandler):
    pages: dict[str, bytes] = {}  # noqa: RUF012 - one for each test, set by it
    seen: list[str | None] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.seen.append(self.headers.get("Authorization"))
        body = self.pages.get(self.path)
        self.send_response(404 if body is None else 200)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[HTTPServer]:
    """Run a service like KoBo's on this machine."""
    server = HTTPServer(("127.0.0.1", 0), _Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _Service.pages, _Service.seen = {}, []
    yield server
    server.shutdown()
    server.server_close()


def test_pull_from_a_service(tmp_path: Path, service: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pages of submissions are taken in with the token; pulled again, nothing is new."""
    here = f"127.0.0.1:{service.server_port}"
    second = ANSWERS | META | {"_uuid": UUID.replace("1", "9"), "place": "Tabqa"}
    _Service.pages = {
        "/data/?format=json": json.dumps(
            {"count": 2, "next": f"http://{here}/data/?start=1", "results": [ANSWERS | META]}
        ).encode(),
        "/data/?start=1": json.dumps({"count": 2, "next": None, "results": [second]}).encode(),
    }
    monkeypatch.setenv("MARSAD_FORMS_TOKEN", "invented")
    run = CliRunner()
    assert run.invoke(main, ["init", str(tmp_path / "obs")]).exit_code == 0
    told = [
        "pull-forms",
        str(tmp_path / "obs"),
        f"http://{here}/data/?format=json",
        "--outlet",
        "Team",
        "--allow",
        here,
    ]
    first, again = run.invoke(main, told), run.invoke(main, told)
    assert first.output.splitlines()[-1] == "4 new, 0 known already, 0 refused."
    assert again.output.splitlines()[-1] == "0 new, 4 known already, 0 refused."
    assert set(_Service.seen) == {"Token invented"}


def test_a_service_that_leads_elsewhere() -> None:
    """A page that names another host, or itself, is not followed: the token stays where it belongs."""
    for onward, why in (("https://other.example/x", "another host"), ("https://a.example/data", "leads back")):
        page = json.dumps({"results": [ANSWERS | META], "next": onward}).encode()
        with pytest.raises(Wrong, match=why):
            list(submissions(lambda _, page=page: page, "https://a.example/data", Particulars("T")))  # type: ignore[misc]


MAPPING = """
name = "Our incident sheet"
outlet = "Field team"
[columns]
id = "No"
date = "اليوم"
place = "Town"
killed = ["Dead", "القتلى"]
killed_civilians = "Civilians"
text = "Report"
"""


def test_a_saved_mapping(tmp_path: Path) -> None:
    """A team's sheet with its own columns in two languages; a column of words is a report to be read."""
    path = tmp_path / "ours.toml"
    path.write_text(MAPPING, "utf-8")
    data = (
        "No,اليوم,Town,القتلى,Civilians,Report,Colour\n1,26/11/2014,Raqqa,10+,?,Ten people were killed.,red\n".encode()
    )
    row, told = reports(found_in(tmp_path, "sheet.csv", data, how=How(mapping=saved(path))))
    assert numbers(row) == {"killed": (10, 10, None), "killed_civilians": (None, None, None)}
    assert "- Colour: red" in words(row)
    assert (words(told), told.outlet) == ("Ten people were killed.", "Field team")
    assert json.loads(head(told)["cells"])["Colour"] == "red"


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"columns": {"dead": "Dead"}}, "dead"),
        ({"colums": {}}, "colums"),
        ({"columns": {"killed": 3}}, "no name"),
        ({"columns": {}}, "maps no column"),
        ({"columns": {"killed": "D"}, "sums": {"place": ["a"]}}, "counts nobody"),
    ],
)
def test_mappings_that_cannot_be(told: dict[str, object], why: str) -> None:
    """A slip in a mapping is named, not passed over."""
    with pytest.raises(Wrong, match=why):
        columns_of(told, "ours.toml")


ARCHIVED = (
    b"Link,Archive status,Destination folder,Archive location,Archive date,Thumbnail,Upload timestamp,Upload title,Text content,"
    b"Screenshot,Hash,Perceptual hashes,WACZ,ReplayWebpage,Our note\r\n"
    b"https://t.example/1,twitter: success,folder,https://s.example/a,2014-11-27T10:00:00,,2014-11-26 09:00:00+00:00,A raid,"
    b'"Nine people were killed.\nMore soon, ""inshallah"".",https://s.example/s.png,0d2f,"[a, b]",https://s.example/w.wacz,,seen\r\n'
    b"https://www.t.example/2,nothing archived,,,,,,,,,,,,,\r\n"
    b"https://t.example/3,,,,,,,Only a title,,,,,,,\r\n"
)


def test_auto_archiver_sheet(tmp_path: Path) -> None:
    """Title and text are the words, the link the address, its host the outlet; a link without words is kept all the same."""
    first, second, third = reports(found_in(tmp_path, "sheet.csv", ARCHIVED))
    assert words(first) == 'A raid\n\nNine people were killed.\nMore soon, "inshallah".'
    assert (first.address, first.outlet, str(first.published)) == ("https://t.example/1", "t.example", "2014-11-26")
    assert json.loads(head(first)["cells"])["WACZ"] == "https://s.example/w.wacz"
    assert (second.outlet, claims(second)) == ("t.example", [])
    assert words(third) == "Only a title\n\n"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_auto_archiver_round_trip(tmp_path: Path, suffix: str) -> None:
    """Taken in and written out, the sheet is the same, cell by cell; links of other reports wait in it to be archived."""
    (tmp_path / "in.csv").write_bytes(ARCHIVED)
    (tmp_path / "post.txt").write_bytes(b"Two people were killed.")
    run, obs, out = CliRunner(), str(tmp_path / "obs"), tmp_path / f"out{suffix}"
    post = ["add", obs, str(tmp_path / "post.txt"), "--outlet", "Post", "--address", "https://p.example/4"]
    for told in (["init", obs], ["add", obs, str(tmp_path / "in.csv")], post, ["links-sheet", obs, str(out)]):
        assert run.invoke(main, told).exit_code == 0, told
    if suffix == ".csv":
        table = list(csv.reader(io.StringIO(out.read_text("utf-8"), newline="")))
    else:
        _, *parts = sheet_rows(io.BytesIO(out.read_bytes()), "out")
        table = [cells for part in parts for _, cells in part]
    wanted = list(csv.reader(io.StringIO(ARCHIVED.decode(), newline="")))
    width = len(wanted[0])
    assert [(row + [""] * width)[:width] for row in table[:-1]] == wanted
    assert [cell for cell in table[-1] if cell] == ["https://p.example/4"]
    again = run.invoke(main, ["add", obs, str(out)])
    assert again.output.splitlines()[-1] == "1 new, 3 known already, 0 refused."
