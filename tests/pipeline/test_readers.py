"""Readers by name, and reading with one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from little_ground import ground
from model_server import answering, item, listed
from small_world import ground_file

from marsad.collect.incoming import Incoming
from marsad.extract.read import claims_in
from marsad.extract.stage import RulesReader
from marsad.model import Claim, ReportId, Text, Wrong
from marsad.pipeline.reader_settings import ReaderSettings
from marsad.pipeline.readers import read_with, reader_called, said_by, said_of
from marsad.reader import Reader
from marsad.readers.endpoint import EndpointReader
from marsad.stage import Rejection

TEXT = "Air strikes on Raqqa killed at least 12 civilians and wounded dozens, the Syrian Observatory said."
REPORT = Text(ReportId("r"), TEXT, None, "Meridian Press", "en")


@dataclass
class Odd:
    """A reader that does what it was told to do."""

    results: list[Claim | Rejection]
    sends_to: str | None = None
    name: str = "odd"
    version: str = "1"
    shown: int = 0

    def read(self, report: Text) -> Iterator[Claim | Rejection]:
        """Yield what it was given; fail if that is nothing."""
        self.shown += 1
        yield from self.results
        if not self.results:
            raise RuntimeError(f"lost {report.report_id}")


def test_the_rules_are_a_reader_like_any_other() -> None:
    """Through the protocol they find what they find by themselves, and send nothing anywhere."""
    reader: Reader = RulesReader(ground())
    assert said_of(reader, REPORT).claims == list(claims_in(REPORT, ground()))
    assert (reader.name, reader.sends_to) == ("rules", None)


def test_a_reader_that_fails_is_a_rejection() -> None:
    """Its exception stops nothing and is the reason."""
    said = said_of(Odd([]), REPORT)
    assert said.claims == []
    assert [r.reason for r in said.rejections] == ["RuntimeError: lost r"]


def test_a_claim_on_words_that_do_not_stand_there_is_a_rejection() -> None:
    """No reader, whoever wrote it, gets past the rule that a claim points at characters."""
    honest = next(c for c in claims_in(REPORT, ground()) if isinstance(c, Claim))
    other = Text(ReportId("r"), f"Moved: {TEXT}", None, None, "en")
    said = said_of(Odd([honest]), other)
    assert said.claims == []
    assert "quotes words that do not stand" in said.rejections[0].reason


def test_a_reader_that_sends_words_away_is_not_shown_what_it_may_not_have() -> None:
    """The gate stands before every such reader, not inside each of them."""
    reader = Odd([], sends_to="models.example.org")
    said = said_by(reader, Incoming("r", TEXT.encode(), "Ward Four"), ReaderSettings(), "r")
    assert "allow_sending" in said.rejections[0].reason
    assert reader.shown == 0


def test_a_protected_report_never_reaches_an_endpoint(tmp_path: Path) -> None:
    """Two reports, one of them protected: the server is asked about the other one alone."""
    with answering(listed(item())) as server:
        settings = ReaderSettings(endpoint=server.address, model="tiny-1")
        reader = reader_called("endpoint", settings, {}, ground_file(tmp_path))
        items = [
            ("open", Incoming("open", TEXT.encode(), "Meridian Press")),
            ("kept", Incoming("kept", b"A nurse saw at least 12 civilians.", "Ward Four", protected=True)),
        ]
        first, second = read_with(reader, items, settings)
        assert "nurse" not in str(server.asked)
        assert len(server.asked) == 1
    assert (first[0], [c.text for c in first[1]], first[2]) == ("open", ["at least 12 civilians"], None)
    assert second[1] == []
    assert second[2] is not None
    assert "its source is protected" in second[2].reason


def test_the_key_comes_from_the_environment_alone(tmp_path: Path) -> None:
    """The settings name the variable, nothing holds its value; what is no key is refused and not said again."""
    with answering(listed()) as server:
        settings = ReaderSettings(endpoint=server.address, model="m", key_variable="WARD_KEY")
        places = ground_file(tmp_path)
        for environment, key in (({"WARD_KEY": "sk-1"}, "sk-1"), ({"MARSAD_READER_KEY": "sk-2"}, None)):
            reader = reader_called("endpoint", settings, environment, places)
            assert isinstance(reader, EndpointReader)
            assert reader.key == key
        with pytest.raises(Wrong, match="WARD_KEY: holds what no key is made of") as wrong:
            reader_called("endpoint", settings, {"WARD_KEY": "sk-1\r\nHost: x"}, places)
        assert "sk-1" not in str(wrong.value)


@pytest.mark.parametrize(
    ("name", "settings", "rule"),
    [
        ("oracle", ReaderSettings(), '"oracle" is no reader: rules, endpoint, spacy, hf'),
        ("endpoint", ReaderSettings(model="m"), "endpoint: is missing"),
        ("hf", ReaderSettings(), "hf: is missing"),
    ],
)
def test_a_reader_that_cannot_be_made_ready_says_what_it_lacks(
    tmp_path: Path, name: str, settings: ReaderSettings, rule: str
) -> None:
    """The message names the setting."""
    with pytest.raises(Wrong, match=rule):
        reader_called(name, settings, {}, ground_file(tmp_path))
