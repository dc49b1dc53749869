"""Pages for those who look after the desk: accounts, exports, sealed sources, restrictions and the switch."""

import re
from typing import Any

import pytest
from desk_world import Team
from starlette.testclient import TestClient
from test_every_route import names_of
from test_sealed_sources import Sealed

from marsad.desk.roles import Role
from marsad.preserve.sealing import opened


def form(client: TestClient, path: str, **fields: Any) -> Any:
    """Send the form of a page as a browser does."""
    return client.post(path, data=fields)


@pytest.mark.long
def test_an_admin_adds_somebody_by_a_link(team: Team) -> None:
    """A new account shows its link once; with it somebody sets a password, and has the roles that were ticked."""
    admin = team.as_(Role.ADMIN)
    shown = form(admin, "/team", name="هالة", roles=["monitor", "reviewer"], groups="north، legal team")
    assert shown.status_code == 200
    link = re.search(r"http://127.0.0.1:8081(/welcome\?token=[\w-]{43})", shown.text)
    assert link
    assert link[1] not in admin.get("/team").text
    people = {one["name"]: one for one in admin.get("/api/accounts").json()}
    assert people["هالة"]["roles"] == ["monitor", "reviewer"]
    assert people["هالة"]["groups"] == ["legal team", "north"]
    account = people["هالة"]["id"]
    assert form(admin, f"/team/{account}", roles=["reader"], version=1).status_code == 303
    assert form(admin, f"/team/{account}", roles=["admin"], version=1).status_code == 422, (
        "somebody changed it meanwhile"
    )
    assert form(admin, f"/team/{account}", disabled="true", version=2).status_code == 303
    assert "disabled" in admin.get("/team").text
    assert form(admin, "/team/nobody", roles=["reader"], version=1).status_code == 404
    assert form(admin, "/team", name="هالة").status_code == 422


def test_an_export_goes_its_way_on_pages(team: Team) -> None:
    """Asked for on a page, approved on another one's, then there is a link to the file."""
    asker, lead = team.as_(Role.RESEARCHER), team.as_(Role.SAFETY_LEAD)
    assert form(asker, "/exports", form="tolls", reason="for a partner").status_code == 303
    assert "/file" not in asker.get("/exports").text
    waiting = re.search(r'action="(/exports/[\w-]{43})"', lead.get("/exports").text)
    assert waiting
    assert form(lead, waiting[1], approved="true").status_code == 303
    link = re.search(r'href="(/api/exports/[\w-]{43}/file)"', asker.get("/exports").text)
    assert link
    assert asker.get(link[1]).text.startswith("code,")


def test_a_source_comes_as_a_file_that_its_reader_opens(team: Team) -> None:
    """The page hands out an age file; the desk's own page shows pseudonyms alone."""
    sealed = Sealed(team)
    assert "lynx-3" in sealed.lead.get("/sources").text
    got = form(sealed.lead, "/sources/lynx-3", reason="to ask about the date")
    assert got.headers["content-disposition"].startswith("attachment")
    assert b"Canary" in opened(got.content, str(sealed.key))
    assert sealed.leaves() == 1
    assert form(sealed.lead, "/openings", source="lynx-4", reason="they are in danger").status_code == 303
    other = team.as_(Role.ADMIN)
    waiting = re.search(r'action="(/openings/[\w-]{43})"', other.get("/openings").text)
    assert waiting
    assert form(other, waiting[1], approved="true").status_code == 303


def test_a_restriction_is_set_and_lifted(team: Team) -> None:
    """An incident that is kept to a group is gone for others, and back when the group is taken away."""
    lead = team.as_(Role.SAFETY_LEAD, groups=["north"])
    reader, names = team.as_(Role.READER), names_of(team, 0)
    assert form(lead, "/restrictions", kind="incident", name=names["name"], groups="north").status_code == 303
    assert reader.get(f"/incidents/{names['name']}").status_code == 404
    assert "north" in lead.get("/restrictions").text
    assert form(lead, "/restrictions", kind="incident", name=names["name"], groups="").status_code == 303
    assert reader.get(f"/incidents/{names['name']}").status_code == 200


def test_the_switch_shuts_and_opens(team: Team) -> None:
    """Shut from its page, the desk shows nothing to anybody; the admin's page opens it again."""
    admin, reader = team.as_(Role.ADMIN), team.as_(Role.READER)
    assert form(admin, "/mode", to="closed").status_code == 303
    assert reader.get("/queue").status_code == 403
    assert admin.get("/mode").status_code == 200
    assert form(admin, "/mode", to="open").status_code == 303
    assert reader.get("/queue").status_code == 200


@pytest.mark.long
@pytest.mark.parametrize("path", ["/team", "/exports", "/sources", "/openings", "/restrictions", "/mode"])
def test_each_page_speaks_arabic(team: Team, path: str) -> None:
    """Every one of them is there from right to left, without a sentence of English."""
    client = team.as_(*Role, name="everything")
    client.post("/language", data={"lang": "ar", "to": path})
    page = client.get(path)
    assert page.status_code == 200
    assert 'dir="rtl"' in page.text
    words = re.sub(r"<[^>]*lang=\"en\"[^>]*>.*?<", "<", page.text)
    shown = re.sub(r"<(script|style|code|bdi|kbd)[^>]*>.*?</\1>|<[^>]+>", " ", words, flags=re.S)
    assert not re.search(r"\b(the|you|approval|reason|groups)\b", shown.casefold())
