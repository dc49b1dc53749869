"""Why a number is what it is can be said in every language: each rule has its sentence, each sentence its gaps."""

import re
import string
from enum import StrEnum
from pathlib import Path

import pytest

import marsad
from marsad.model import Flag, Grade, OriginKind, RelationKind
from marsad.text.words import LANGUAGES, catalogue, say

SOURCE = Path(marsad.__file__).parent
ROOMS = ("why", "site")
_STEP = re.compile(r'Step\(\s*(?:rule|"([a-z]+\.[a-z-]+)")')
_RULE = re.compile(r'"((?:ucdp|airwars|arithmetic|grade|whole)\.[a-z-]+)"')


def gaps(sentence: str) -> set[str]:
    """Return the names of the gaps of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def code(room: str) -> str:
    """Return the source of a room."""
    return "\n".join(path.read_text("utf-8") for path in sorted((SOURCE / room).glob("*.py")))


def stem(key: str) -> str:
    """Return a key without its plural form."""
    return re.sub(r"\.(zero|one|two|few|many|other)$", "", key)


@pytest.mark.parametrize("room", ROOMS)
def test_every_language_says_the_same_things(room: str) -> None:
    """No sentence is missing in one of them."""
    keys = {lang: {stem(key) for key in catalogue(room, lang)} for lang in LANGUAGES}
    assert keys["ar"] == keys["en"]


def test_why_has_the_same_gaps_in_every_language() -> None:
    """A value that English tells is told in Arabic too."""
    english, arabic = catalogue("why", "en"), catalogue("why", "ar")
    assert {key: gaps(english[key]) for key in english} == {key: gaps(arabic[key]) for key in arabic}


def test_every_step_of_an_explanation_has_its_sentence() -> None:
    """What assessment may give as a reason can be said."""
    source = code("assess")
    assert _STEP.search(source)
    rules = {found for found in _STEP.findall(source) if found} | set(_RULE.findall(source))
    assert len(rules) >= 10
    assert rules <= set(catalogue("why", "en")), rules - set(catalogue("why", "en"))


def test_every_role_and_every_fold_has_its_sentence() -> None:
    """Why a claim counts or not, and whose statement it is, can be said."""
    known = catalogue("why", "en")
    weigh, origins = code("link"), (SOURCE / "link" / "origins.py").read_text("utf-8")
    roles = set(re.findall(r'Role\.[A-Z_]+, "([a-z-]+)"', weigh))
    folds = set(re.findall(r'Fold\([^)]*?"([a-z-]+)"', origins)) | set(re.findall(r', "([a-z-]+-[a-z-]+)", ', origins))
    assert roles
    assert folds
    assert {f"role.{rule}" for rule in roles | folds} <= set(known)
    assert {f"fold.{rule}" for rule in folds} <= set(known)


_SAID = [
    *(("kind", OriginKind), ("level", Grade)),
    *(("flag", Flag), ("relation", RelationKind), ("relation_to", RelationKind)),
]


@pytest.mark.parametrize(("prefix", "kinds"), _SAID)
def test_every_value_has_its_word(prefix: str, kinds: type[StrEnum]) -> None:
    """Kinds of origins, grades, flags and relations, these from either side, are said in the reader's language."""
    for lang in LANGUAGES:
        assert {f"{prefix}.{kind.value}" for kind in kinds} <= set(catalogue("why", lang))


def test_a_sentence_is_filled() -> None:
    """A value that is a word of the catalogue is said in its language; one that is missing shows as a question mark."""
    assert say("why", "en", "ucdp.only", {"n": 95, "origin": "X"}) == "best 95: X is the only origin"
    assert "?" in say("why", "en", "ucdp.only", {"n": 95, "origin": None})
    assert catalogue("why", "ar")["kind.monitor"] in say(
        "why", "ar", "ucdp.best", {"n": 95, "origin": "X", "kind": "monitor"}
    )


def test_a_missing_sentence_is_a_fault() -> None:
    """It names the catalogue where the sentence belongs."""
    with pytest.raises(KeyError, match=r"why\.en\.toml has no sentence 'grade.nothing'"):
        say("why", "en", "grade.nothing")
    with pytest.raises(FileNotFoundError):
        catalogue("why", "xx")
