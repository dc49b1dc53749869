"""Which language a text is in, as far as the lexicons reach."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib import resources

from marsad.text.lexicon import languages, lexicon
from marsad.text.sentences import sentences

_ENOUGH = 4000
"""Characters that suffice to tell."""

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

_WORDS = re.compile(r"[^\W\d_]+")


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
        lang: sum(lexicon(lang).known_in(opening, s.start, s.end) for s in found) + 2 * small[lang] / _WHOLE for lang in able
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
    counts = _small_counts(text[:_ENOUGH])
    (first, most), (_, second) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return first if most >= _FEWEST and most >= _LEAD * second else None


def _small_counts(opening: str) -> Counter[str]:
    """Return how many small words of each language stand in a text."""
    told = _small_words()
    counts: Counter[str] = Counter()
    words = Counter(_WORDS.findall(opening.lower()))
    for word in words.keys() & told.keys():  # in any order: whole numbers are added
        share = _WHOLE // len(told[word])
        for lang in told[word]:
            counts[lang] += words[word] * share
    return counts


@cache
def _small_words() -> Mapping[str, tuple[str, ...]]:
    """Return each small word with the languages that have it, of resources/languages.toml."""
    table = tomllib.loads((resources.files("marsad.resources") / "languages.toml").read_text("utf-8"))
    out: dict[str, tuple[str, ...]] = {}
    for lang, entry in table.items():
        for word in dict.fromkeys(entry["words"]):
            out[word] = (*out.get(word, ()), lang)
    return out
