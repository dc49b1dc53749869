"""What the pages say, in each language: every sentence is there, with the same gaps."""

import re
import string
from pathlib import Path

import pytest
from many_incidents import many

from marsad.publish.formats import data_files
from marsad.publish.site.speaker import Speaker
from marsad.text.words import LANGUAGES, catalogue

ROOM = Path(__file__).parents[2] / "src" / "marsad" / "publish" / "site"
PLURALS = {"zero", "one", "two", "few", "many", "other"}


def base(key: str) -> str:
    """Return the key without its plural form."""
    stem, _, last = key.rpartition(".")
    return stem if last in PLURALS else key


def gaps(sentence: str) -> set[str]:
    """Return the names of the gaps."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_language_says_the_same_things() -> None:
    """No sentence is missing in one of them."""
    keys = {lang: {base(key) for key in catalogue("site", lang)} for lang in LANGUAGES}
    assert keys["ar"] == keys["en"]


def test_every_sentence_has_the_gaps_that_the_page_fills() -> None:
    """A plural form may leave the number out ("two incidents" is one word in Arabic), nothing else."""
    english = {base(key): gaps(sentence) for key, sentence in catalogue("site", "en").items()}
    for lang in LANGUAGES:
        for key, sentence in catalogue("site", lang).items():
            missing = english[base(key)] - gaps(sentence)
            assert gaps(sentence) <= english[base(key)] | {"n"}, f"{lang} {key}"
            assert missing <= ({"n"} if base(key) != key else set()), f"{lang} {key}"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("n", [0, 1, 2, 3, 10, 11, 99, 100, 101, 103, 1000])
def test_every_count_has_its_form(lang: str, n: int) -> None:
    """Whatever the number, there is a sentence that agrees with it, if the page can come to say it."""
    speaker = Speaker(lang)
    forms = {base(key) for key in catalogue("site", lang) if base(key) != key}
    for key in forms:
        has_zero = f"{key}.zero" in catalogue("site", lang)
        if n > 0 or has_zero or speaker.plural(0) != "zero":
            assert speaker.counted_plain(key, n)


def test_every_sentence_is_said_somewhere() -> None:
    """A sentence that no page says would rot."""
    code = "\n".join(path.read_text("utf-8") for path in ROOM.rglob("*") if path.suffix in (".py", ".html"))
    terms: tuple[str, ...] = (
        "month.",
        "month_short.",
        "term.",
        "weapon.",
        "kind.",
        "kind_only.",
        "category.",
        "measure.",
        "grade.",
    )
    terms += ("grade_means.", "policy.", "policy_short.", "said.", "withheld.", "statement.")
    terms += ("cause.", "setting.", "rule.", "by.", "deed.", "stance.", "verdict.", "facility.", "actor_kind.")
    terms += ("context.told_", "context.clause_")
    made = {"column.killed", "column.civilians", "figure.stated_unknown", "figure.derived", "figure.stated_none"}
    made |= {"strip.denied", "strip.retracted", *(f"methods.unknown_{n}" for n in range(1, 5))}
    made |= {f"downloads.{path.split('/')[-1].replace('.', '_')}" for path, _ in data_files(many(1), b"")}
    made |= {"downloads.errata_csv", "method.yes", "method.no"}
    made |= {"downloads.claimreview_jsonld", "downloads.claimreview_codebook_csv"}  # where a claim was checked
    for key in {base(key) for key in catalogue("site", "en")}:
        assert key.startswith(terms) or key in made or f'"{key}"' in code, key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_days_and_ranges_read_as_that_language_writes_them(lang: str) -> None:
    """Arabic in Arabic digits, without a sign that would turn round."""
    speaker = Speaker(lang)
    for shown in (speaker.range(63, None), speaker.range(1200, 1300), speaker.number(195000)):
        assert bool(re.search("[0-9]", shown)) == (lang == "en")
        assert not (lang == "ar" and set(shown) & set("≥≤<>"))
