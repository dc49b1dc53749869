"""Settings of readers, and the gate before any network: whose words may leave this machine."""

from pathlib import Path

import pytest

from marsad.collect.incoming import Incoming
from marsad.model import Wrong
from marsad.pipeline.reader_settings import ReaderSettings, reader_settings

FAR, HERE = "models.example.org", "127.0.0.1"


def settings(tmp_path: Path, text: str) -> ReaderSettings:
    file = tmp_path / "marsad.toml"
    file.write_text(text, "utf-8")
    return reader_settings(file)


def report(outlet: str = "Meridian Press", address: str | None = None, protected: bool = False) -> Incoming:
    return Incoming("r", b"Nine people died.", outlet, address=address, protected=protected)


def test_without_settings_nothing_is_sent_anywhere_but_here(tmp_path: Path) -> None:
    """Deny by default: even the report of a public page stays, until a team says otherwise."""
    for told in (ReaderSettings(), settings(tmp_path, 'name = "x"\n[reader]\nmodel = "m"\n')):
        objection = told.objection(report(address="https://example.org/news/1"), FAR)
        assert objection is not None
        assert "allow_sending = true" in objection
        assert told.objection(report(), HERE) is None


def test_what_is_not_public_is_not_sent_even_where_sending_is_allowed(tmp_path: Path) -> None:
    """A report with neither a public page nor a listed outlet may be anybody's message."""
    told = settings(tmp_path, 'public = ["Radio Raqqa"]\n[reader]\nallow_sending = true\n')
    assert told.objection(report(address="https://example.org/news/1"), FAR) is None
    assert told.objection(report("Radio Raqqa"), FAR) is None
    for private in (report(), report(address="https://example.org/?token=x"), report(address="http://10.0.0.1/a")):
        objection = told.objection(private, FAR)
        assert objection is not None
        assert "listed under public" in objection


@pytest.mark.parametrize("host", [FAR, HERE, "localhost"])
def test_a_protected_source_is_shown_to_no_endpoint(tmp_path: Path, host: str) -> None:
    """Whether the report says so or the settings do, and however the outlet is spelled; no public page changes that."""
    told = settings(
        tmp_path, 'public = ["Ward Four"]\nprotected = ["Ward Four", "Café Nour"]\n[reader]\nallow_sending = true\n'
    )
    page = "https://example.org/news/1"
    for kept in (
        report(protected=True, address=page),
        report("Ward Four"),
        report("ward  four", page),
        report("CAFE\u0301 NOUR", page),
    ):
        objection = told.objection(kept, host)
        assert objection is not None
        assert "its source is protected" in objection


def test_an_observatory_is_asked_by_its_folder(tmp_path: Path) -> None:
    """The folder stands for its marsad.toml; what is not set is None, and no reader is set up by it."""
    told = settings(tmp_path, '[reader]\nendpoint = "http://127.0.0.1:8000/v1"\nmodel = "m"\n')
    assert reader_settings(tmp_path) == told
    assert told.endpoint is not None
    assert (told.endpoint.port, told.model, told.spacy, told.allow_sending) == (8000, "m", None, False)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('[reader]\nkey = "sk-1"\n', r"\[reader\] key: is no setting"),
        ('[reader]\nallow_sending = "yes"\n', "is not true or false"),
        ("[reader]\nallow_sending = 1\n", "is not true or false"),
        ("[reader]\nmodel = 4\n", "is not words in quotes"),
        ('[reader]\nmodel = ""\n', "is not words in quotes"),
        ('[reader]\nendpoint = "http://models.example.org/v1"\n', "http to another machine"),
        ('reader = "endpoint"\n', "is no table"),
        ('protected = "Ward Four"\n', "protected: .* is not a list of names"),
        ("public = [1]\n", "public: .* is not a list of names"),
        ("[reader\n", "is not TOML"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(tmp_path: Path, text: str, rule: str) -> None:
    """A slip in a setting that guards sources stops everything; a key is refused and not said again."""
    with pytest.raises(Wrong, match=rule) as wrong:
        settings(tmp_path, text)
    assert "sk-1" not in str(wrong.value)


def test_settings_that_are_not_there_are_refused(tmp_path: Path) -> None:
    """The message names the file."""
    with pytest.raises(Wrong, match=r"marsad\.toml: cannot be read"):
        reader_settings(tmp_path)
