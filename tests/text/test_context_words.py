"""Every entry that context is read by says what it says: its example, read as a report, tells it."""

import re
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from war_ground import told

from marsad.extract.context import FRAMES
from marsad.model import ContextKind
from marsad.model.context import ACTS
from marsad.text.context_words import ContextWords, parties, spelled
from marsad.text.lexicon import languages, lexicon
from marsad.text.phrases import Phrases
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


def test_the_main_kinds_are_read_in_every_language() -> None:
    """English has every kind; all others who takes, says, attacks, meets, helps, arms and backs, and what is the worst."""
    kinds = {lang: {entry["kind"] for entry in lexicon(lang).data["context"]} for lang in LANGUAGES}
    assert set(kinds) == {"ar", "en", "es", "fr", "it", "uk"}
    assert kinds["en"] == {kind.value for kind in ContextKind}
    main = {"control", "statement", "event", "meeting", "evidence", "relief", "arms_transfer", "comparison", "conflict"}
    assert all(main | {"relation", "governance"} <= some for some in kinds.values())


def test_a_language_may_leave_context_out() -> None:
    """Its lists are then empty, and nothing is told beside its counts."""
    beside = ContextWords({}, lambda pairs, **how: Phrases(0, pairs, **how))
    assert not beside.triggers.entries
    assert beside.forms("joints") == frozenset()
    assert not beside.phrases("wars").entries


def test_a_choice_in_braces_stands_for_every_form() -> None:
    """Choices are written out left to right, an empty one too; words without braces stay, in order."""
    assert spelled(["захопи{в,ла}", "під час"]) == ["захопив", "захопила", "під час"]
    assert spelled(["pris{,e} {de,d'}"]) == ["pris de", "pris d'", "prise de", "prise d'"]
    assert spelled([]) == []


@given(st.lists(st.lists(st.text("ab ", max_size=3), min_size=1, max_size=4), max_size=4))
def test_a_pattern_has_as_many_forms_as_its_choices_allow(groups: list[list[str]]) -> None:
    """One form for each way to choose."""
    pattern = "x".join("{" + ",".join(choices) + "}" for choices in groups) or "x"
    assert spelled([pattern]) == ["x".join(chosen) for chosen in product(*groups)] or pattern == "x"


@pytest.mark.parametrize(
    ("lang", "words", "acts"),
    [
        ("fr", "l'armée a repris", True),
        ("fr", "l'armée a de nouveau repris", True),
        ("fr", "le village repris", False),
        ("fr", "il a, dit-on, repris", False),
        ("it", "l'esercito ha ripreso", True),
        ("it", "il villaggio ripreso", False),
        ("es", "el ejército ha bloqueado", True),
        ("es", "el convoy bloqueado", False),
    ],
)
def test_a_participle_acts_behind_its_auxiliary_alone(lang: str, words: str, acts: bool) -> None:
    """Within three words, and not over a mark."""
    hits = lexicon(lang).beside.hits(lexicon(lang).line(words))
    assert any(trigger.helped for trigger, _, _ in hits) is acts


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
