"""`marsad publish` and `marsad serve`, as a person or a script meets them."""

import json
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from marsad.cli.intake_commands import add, init
from marsad.cli.publish_command import publish
from marsad.cli.run_command import run as run_command
from marsad.cli.serve_command import serve, serving
from marsad.cli.verify_command import verify

WORDS = (
    "At least 11 people were killed in government air strikes on the Syrian city of Raqqa on Tuesday, "
    "25 November 2014, the Syrian Observatory for Human Rights said.\n"
)


def run(*words: object) -> Result:
    """Run `marsad publish`."""
    return CliRunner().invoke(publish, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def obs(tmp_path: Path) -> Path:
    """Return an observatory with one incident."""
    (tmp_path / "a.txt").write_text(WORDS)
    told = ["--outlet", "Radio Furat", "--published", "2014-11-26", "--address", "https://radio-furat.example/1"]
    assert CliRunner().invoke(init, [str(tmp_path / "obs")]).exit_code == 0
    assert CliRunner().invoke(add, [str(tmp_path / "obs"), str(tmp_path / "a.txt"), *told]).exit_code == 0
    assert CliRunner().invoke(run_command, [str(tmp_path / "obs"), "--processes", "1"]).exit_code == 0
    return tmp_path / "obs"


@pytest.mark.long
def test_publish_tells_what_it_did_and_what_to_do_next(obs: Path, tmp_path: Path) -> None:
    """In words, and again as published before; verify then finds nothing."""
    out = tmp_path / "out"
    first, again = run(obs, out), run(obs, out)
    assert first.exit_code == 0
    assert "Release 1: 1 incidents shown, 0 withheld" in first.output
    assert f"marsad serve {out}" in first.output
    assert "as published before" in again.output
    assert CliRunner().invoke(verify, [str(out)]).exit_code == 0
    assert CliRunner().invoke(verify, [str(out), "--observatory", str(obs)]).exit_code == 0


def test_publish_as_json(obs: Path, tmp_path: Path) -> None:
    """One object with what a script needs."""
    told = json.loads(run(obs, tmp_path / "out", "--json").output)
    assert told.keys() == {"number", "out", "incidents", "withheld", "files", "manifest", "new"}
    assert (told["number"], told["incidents"], told["new"]) == (1, 1, True)


def test_publish_refuses_what_is_not_there(tmp_path: Path) -> None:
    """Exit code 2, and no folder is made."""
    result = run(tmp_path / "nothing", tmp_path / "out")
    assert result.exit_code == 2
    assert "is not an observatory" in result.output
    assert not (tmp_path / "out").exists()


def test_verify_names_a_published_file_that_changed(obs: Path, tmp_path: Path) -> None:
    """One number on one page: exit code 1, and the page is named."""
    out = tmp_path / "out"
    run(obs, out)
    page = out / "index.html"
    page.write_text(page.read_text().replace("11", "17", 1))
    result = CliRunner().invoke(verify, [str(out)])
    assert result.exit_code == 1
    assert "index.html: found SHA-256" in result.output


def test_serve_refuses_a_folder_that_is_not_published(tmp_path: Path) -> None:
    """Exit code 2, with what to do."""
    result = CliRunner().invoke(serve, [str(tmp_path)])
    assert result.exit_code == 2
    assert "marsad publish" in result.output


def test_what_is_served_has_its_type_and_keeps_to_itself(tmp_path: Path) -> None:
    """Right types, a tight policy, no listing of folders, nothing outside the folder."""
    out = tmp_path / "out"
    (out / "web").mkdir(parents=True)
    (out / "web" / "map.mjs").write_text("export default 1")
    (out / "index.html").write_text("<p>")
    (tmp_path / "secret.txt").write_text("x")
    with serving(out, 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        found = {}
        for path in ("/", "/web/map.mjs", "/web/", "/../secret.txt", "/%2e%2e/secret.txt"):
            connection = HTTPConnection("127.0.0.1", server.server_port, timeout=120)
            connection.request("GET", path)
            answer = connection.getresponse()
            found[path] = (answer.status, answer.headers["Content-Type"], answer.headers["Content-Security-Policy"])
            connection.close()
        server.shutdown()
    assert found["/"][:2] == (200, "text/html; charset=utf-8")
    assert found["/web/map.mjs"][:2] == (200, "text/javascript; charset=utf-8")
    assert str(found["/"][2]).startswith("default-src 'self'")
    assert [found[path][0] for path in ("/web/", "/../secret.txt", "/%2e%2e/secret.txt")] == [404, 404, 404]


@pytest.mark.long
def test_where_nothing_stands_the_record_says_so_in_the_language_that_was_asked_for(tmp_path: Path) -> None:
    """Its own page with status 404, for any method of asking; without one, a bare refusal that names no folder."""
    (tmp_path / "ar").mkdir()
    (tmp_path / "404.html").write_text("nothing")
    (tmp_path / "ar" / "404.html").write_text("لا شيء")
    (tmp_path / "bare").mkdir()
    asked = [
        ("GET", "/x"),
        ("GET", "/ar/incident/x.html"),
        ("GET", "/fr/x"),
        ("HEAD", "/x"),
        ("GET", "/..%2f..%2fetc/x"),
    ]
    found = {}
    with serving(tmp_path, 0) as server, serving(tmp_path / "bare", 0) as bare:
        for one in (server, bare):
            Thread(target=one.serve_forever, daemon=True).start()
            for method, path in asked:
                connection = HTTPConnection("127.0.0.1", one.server_port, timeout=10)
                connection.request(method, path)
                answer = connection.getresponse()
                found[one is bare, method, path] = (answer.status, answer.read().decode(), answer.headers["Server"])
                connection.close()
            one.shutdown()
    assert {status for status, _, _ in found.values()} == {404}
    assert [found[False, *one][1] for one in asked] == ["nothing", "لا شيء", "nothing", "", "nothing"]
    assert not any(str(tmp_path) in words or "Python" in server for _, words, server in found.values())


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    """Exit code 2 and another way to go."""
    (tmp_path / "SHA256SUMS").write_text("")
    with serving(tmp_path, 0) as server:
        result = CliRunner().invoke(serve, [str(tmp_path), "--port", str(server.server_port)])
    assert result.exit_code == 2
    assert "name another" in result.output
