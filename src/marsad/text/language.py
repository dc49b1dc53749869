"""Which language a text is in, as far as the lexicons reach."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from marsad.text.lexicon import languages, lexicon
from marsad.text.sentences import sentences

_FIRST, _ENOUGH = 1000, 4000
"""Characters that mostly suffice to tell, and those that are looked at where they do not."""

_WHOLE = 12
"""What a small word of one language alone weighs; one of several languages weighs its share in each."""

_FEWEST, _LEAD = 3 * _WHOLE, 1.5
"""The weight of small words that tells a language at a glance, and how many times as much as of any other."""

_ALPHABETS = {
    "arabic": re.compile(r"[\u0620-\u064a]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f]"),
}
_LETTERS = {"ar": "arabic", "uk": "cyrillic"}
"""The letters that lexicons not in Latin ones are written in."""


def language_of(text: str) -> str:
    """Return the code of the lexicon most of whose small words stand in the text; "en" where nothing tells.

    A text in letters that one of the languages alone is written in is never taken for another one, however short it is.

    >>> language_of("The raids killed nine people in the market, and the group said so.")
    'en'
    >>> language_of("نفى الجيش ذلك"), language_of("A court in Paris sentenced an officer to life.")
    ('ar', 'en')
    """
    seen = at_a_glance(text)
    if seen in languages():
        return seen
    opening = text[:_ENOUGH]
    written = _letters_of(opening)
    able = [lang for lang in languages() if _LETTERS.get(lang, "latin") == written] or list(languages())
    if len(able) == 1:
        return able[0]
    found = sentences(opening)
    small = _small_counts(opening)
    scores = {
        lang: sum(lexicon(lang).known_in(opening, s.start, s.end) for s in found) + 2 * small[lang] / _WHOLE
        for lang in able
    }
    best = max(scores, key=lambda lang: (scores[lang], lang == "en", lang), default="en")
    return best if scores.get(best) else "en"


def _letters_of(text: str) -> str | None:
    """Return the letters most of a text is written in: arabic, cyrillic or latin; None where it has none of them."""
    counts = {name: len(pattern.findall(text)) for name, pattern in _ALPHABETS.items()}
    name = max(counts, key=lambda n: counts[n])
    return name if counts[name] else None


def at_a_glance(text: str) -> str | None:
    """Return the language whose small words fill the beginning of a text, None where they do not tell.

    It opens no lexicon, and knows some languages that have none: a report in one of them can be refused by name.

    >>> at_a_glance("Bei den Angriffen auf den Markt wurden neun Menschen getötet, und das Haus ist zerstört.")
    'de'
    >>> at_a_glance("Raqqa, 95") is None
    True
    """
    return _told_by(_small_counts(text[:_FIRST])) or (
        _told_by(_small_counts(text[:_ENOUGH])) if len(text) > _FIRST else None
    )


def _told_by(counts: Mapping[str, int]) -> str | None:
    """Return the language whose small words weigh enough, and enough more than those of any other; None if none's do."""
    second, first = [("", 0), ("", 0), *sorted(counts.items(), key=_weight)][-2:]
    return first[0] if first[1] >= _FEWEST and first[1] >= _LEAD * second[1] else None


def _weight(item: tuple[str, int]) -> int:
    return item[1]


def _small_counts(opening: str) -> Mapping[str, int]:
    """Return what the small words of each language weigh that stand between blanks in a text, as whole numbers.

    >>> _small_counts("The army of the town")["en"] == 3 * _WHOLE
    True
    """
    told = _small_words()
    counts = dict.fromkeys(languages(), 0)
    for word in opening.lower().replace("'", " ").replace("’", " ").split():
        if word in told:
            langs, share = told[word]
            for lang in langs:
                counts[lang] = counts.get(lang, 0) + share
    return counts


@cache
def _small_words() -> Mapping[str, tuple[tuple[str, ...], int]]:
    """Return each small word with the languages that have it and its weight in each, of resources/languages.toml."""
    table = tomllib.loads((resources.files("marsad.resources") / "languages.toml").read_text("utf-8"))
    out: dict[str, tuple[str, ...]] = {}
    for lang, entry in table.items():
        for word in dict.fromkeys(entry["words"]):
            out[word] = (*out.get(word, ()), lang)
    return {word: (langs, _WHOLE // len(langs)) for word, langs in out.items()}
