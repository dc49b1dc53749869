"""Every entry that context is read by says what it says: its example, read as a report, tells it."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from war_ground import told

from marsad.extract.context import FRAMES
from marsad.model import ContextKind
from marsad.model.context import ACTS
from marsad.text.context_words import parties, spelled
from marsad.text.lexicon import languages, lexicon
from marsad.text.tokens import form_of

LANGUAGES = [lang for lang in languages() if lexicon(lang).data.get("context")]
ENTRIES = [
    pytest.param(lang, entry, id=f"{lang}-{entry['kind']}-{entry['act']}-{entry['frame']}-{number}")
    for lang in LANGUAGES
    for number, entry in enumerate(lexicon(lang).data["context"])
]


@pytest.mark.parametrize(("lang", "entry"), ENTRIES)
def test_an_entry_tells_what_it_is_for(lang: str, entry: Mapping[str, Any]) -> None:
    """The example uses a word of its entry and is read as this kind and act."""
    example = form_of(entry["example"])
    words = spelled([*entry.get("words", ()), *entry.get("participles", ())])
    assert any(form_of(word).lstrip("-") in example for word in words)
    assert (entry["kind"], entry["act"]) in {(c.kind.value, c.act) for c in told(entry["example"], lang)}


@pytest.mark.parametrize(("lang", "entry"), ENTRIES)
def test_an_entry_speaks_the_model_s_words(lang: str, entry: Mapping[str, Any]) -> None:
    """Its act is one of its kind, and its frame one that marsad has."""
    assert entry["act"] in ACTS[ContextKind(entry["kind"])], lang
    assert entry["frame"] in {*FRAMES, "says"}, lang


def test_the_main_kinds_are_read_in_three_languages() -> None:
    """English has every kind; Spanish and Arabic have control, statements, attacks and meetings."""
    kinds = {lang: {entry["kind"] for entry in lexicon(lang).data["context"]} for lang in LANGUAGES}
    assert kinds["en"] == {kind.value for kind in ContextKind}
    assert all({"control", "statement", "event", "meeting"} <= kinds[lang] for lang in ("es", "ar"))


@pytest.mark.parametrize("lang", [lang for lang in languages() if lang not in LANGUAGES])
def test_a_language_may_leave_context_out(lang: str) -> None:
    """Its lists are then empty, and nothing is told beside its counts."""
    beside = lexicon(lang).beside
    assert not beside.triggers.entries
    assert beside.forms("joints") == frozenset()
    assert not beside.phrases("wars").entries


def test_every_list_that_reading_asks_for_is_in_english() -> None:
    """A name that is misspelled would be an empty list; other languages have no list that English lacks."""
    rooms = Path(__file__).parents[2] / "src" / "marsad" / "extract"
    asked = {
        name
        for path in rooms.glob("*.py")
        for name in re.findall(r"beside\.(?:phrases|forms)\(\"(\w+)\"", path.read_text("utf-8"))
    }
    english = set(lexicon("en").data["beside"])
    assert len(asked) > 40
    assert asked <= english
    assert all(set(lexicon(lang).data["beside"]) <= english for lang in LANGUAGES)


def test_a_spelling_means_one_party() -> None:
    """No two parties share a name, in any language."""
    seen: dict[str, str] = {}
    for alias, party in parties():
        assert seen.setdefault(alias, party.name) == party.name, alias


@pytest.mark.parametrize("alias", ["IS", "RSF", "Houthis", "M23", "FARC", "Arakan Army"])
def test_a_party_is_known_by_its_name(alias: str) -> None:
    """Whatever it is called, the one name of it is who acts."""
    [attack] = told(f"{alias} attacked Nawa.")
    assert attack.actor == {name: party.name for name, party in parties()}[alias]
