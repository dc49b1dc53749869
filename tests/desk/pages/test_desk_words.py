"""What the desk says, in each language: every sentence is there, with the same gaps, and a page says it."""

import re
import string
from pathlib import Path

import pytest

from marsad.desk.pages.tongue import Tongue
from marsad.text.words import LANGUAGES, catalogue

DESK = Path(__file__).parents[3] / "src" / "marsad" / "desk"
VIEWS = DESK.parent / "pipeline" / "views"
PLURALS = {"zero", "one", "two", "few", "many", "other"}
ARABIC = re.compile(r"[\u0600-\u06ff]")


def base(key: str) -> str:
    """Return the key without its plural form."""
    stem, _, last = key.rpartition(".")
    counted = {stem_of(one) for one in catalogue("desk", "ar") if one.endswith(".many")}
    return stem if last in PLURALS and stem in counted else key


def stem_of(key: str) -> str:
    """Return a key without its last part."""
    return key.rpartition(".")[0]


def gaps(sentence: str) -> set[str]:
    """Return the names of the gaps."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_say_the_same_things() -> None:
    """No sentence is missing in one of them."""
    keys = {lang: {base(key) for key in catalogue("desk", lang)} for lang in LANGUAGES}
    assert keys["ar"] ^ keys["en"] == set()


def test_every_sentence_has_the_gaps_that_the_page_fills() -> None:
    """A plural form may leave the number out, nothing else."""
    english: dict[str, set[str]] = {}
    for key, sentence in catalogue("desk", "en").items():
        english[base(key)] = english.get(base(key), set()) | gaps(sentence)
    for key, sentence in catalogue("desk", "ar").items():
        wanted = english[base(key)]
        assert gaps(sentence) <= wanted | {"n"}, key
        spared = set() if base(key) == key else {"n"} if not key.endswith(".zero") else wanted
        assert wanted - gaps(sentence) <= spared, key


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("n", [1, 2, 3, 10, 11, 99, 100, 101, 1000])
def test_every_count_has_its_form(lang: str, n: int) -> None:
    """Whatever the number, there is a sentence that agrees with it."""
    tongue = Tongue(lang)
    for key in {base(key) for key in catalogue("desk", "ar") if base(key) != key}:
        assert tongue.counted(key, n, judgements=4, people=2)


def test_arabic_is_written_in_arabic() -> None:
    """Every Arabic sentence has Arabic letters, but for dashes and names of keys."""
    bare = [key for key, sentence in catalogue("desk", "ar").items() if not ARABIC.search(sentence)]
    assert bare == ["slot.unsaid"]


def test_every_sentence_is_said_somewhere() -> None:
    """A sentence that no page says would rot: its key, or what it begins with, stands in a template or in the code."""
    files = [*DESK.rglob("*.html"), *DESK.rglob("*.py"), *VIEWS.rglob("*.py")]
    code = "\n".join(path.read_text("utf-8") for path in files)
    loose = []
    for key in {base(key) for key in catalogue("desk", "en")}:
        group = key.partition(".")[0]
        prefixes = [".".join(key.split(".")[: n + 1]) + "." for n in range(key.count("."))]
        said = f'"{key}"' in code or any(
            f'"{one}"' in code or f'"{one}" ~' in code or f'f"{one}' in code for one in prefixes
        )
        if (
            not said
            and f'term("{group}"' not in code
            and group not in ("scope", "modality", "bound", "status", "measure")
        ):
            loose.append(key)
    assert loose == []
