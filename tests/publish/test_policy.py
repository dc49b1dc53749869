"""The publication policy: its words do what they say, and its label tells one set of rules from another."""

import tomllib
from dataclasses import replace
from datetime import timedelta
from importlib import resources

import pytest

from marsad.publish.policy import standing_policy
from marsad.publish.voices import public_address

TOLD = tomllib.loads((resources.files("marsad.resources") / "publication.toml").read_text("utf-8"))
POLICY = standing_policy()


@pytest.mark.parametrize("word", TOLD["sensitive"]["en"] + TOLD["sensitive"]["ar"])
def test_every_listed_word_is_found(word: str) -> None:
    """Alone, in the middle of a sentence, in capitals, and, in Arabic, with article, particle and vowel marks."""
    assert POLICY.is_sensitive(word)
    assert POLICY.is_sensitive(f"shells fell on the {word.upper()}, witnesses said")
    if not word.isascii():
        assert POLICY.is_sensitive(f"قصف ال{word}")
        assert POLICY.is_sensitive(f"قصفوا وال{word} ليلا")
        assert POLICY.is_sensitive("\u064e".join(word))


def test_examples_of_the_policy_are_examples_of_it() -> None:
    """Each list of words comes with an example that it catches."""
    assert POLICY.is_sensitive(TOLD["sensitive"]["example"])
    assert public_address(TOLD["personal"]["example"], POLICY) is None
    assert public_address(TOLD["secret"]["example"], POLICY) is None


@pytest.mark.parametrize(
    "words", ["a schoolboy", "farewell", "Wellington", "al-Raqqa", "the market", "سوق الهال", "بيتنام"]
)
def test_words_within_other_words_are_not_found(words: str) -> None:
    """A policy that withholds everything protects nobody."""
    assert not POLICY.is_sensitive(words)


def test_the_label_names_the_rules_and_not_the_lists_of_names() -> None:
    """Another rule gives another label; a new outlet does not."""
    assert replace(POLICY, min_cell_living=10).label != POLICY.label
    assert replace(POLICY, embargo_incident=timedelta(hours=72)).label != POLICY.label
    assert standing_policy([("Radio Rozana", None)], ["mortar"]).label == POLICY.label
