"""Which language a text is in, as far as the lexicons reach."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib import resources

from marsad.text.lexicon import languages, lexicon
from marsad.text.sentences import sentences
from marsad.text.tokens import tokens

_ENOUGH = 4000
"""Characters that suffice to tell."""

_FEWEST, _LEAD = 4, 1.5
"""How many small words tell a language at a glance, and how many times as many as of any other."""

_WORDS = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """Return the code of the lexicon most of whose small words stand in the text; "en" where nothing tells.

    >>> language_of("The raids killed nine people in the market, and the group said so.")
    'en'
    """
    seen = at_a_glance(text)
    if seen in languages():
        return seen
    opening = text[:_ENOUGH]
    lines = [tokens(opening, s.start, s.end) for s in sentences(opening)]
    scores = {lang: sum(map(lexicon(lang).known_in, lines)) for lang in languages()}
    best = max(scores, key=lambda lang: (scores[lang], lang == "en", lang), default="en")
    return best if scores.get(best) else "en"


def at_a_glance(text: str) -> str | None:
    """Return the language whose small words fill the beginning of a text, None where they do not tell.

    It opens no lexicon, and knows some languages that have none: a report in one of them can be refused by name.

    >>> at_a_glance("Bei den Angriffen auf den Markt wurden neun Menschen getötet, und das Haus ist zerstört.")
    'de'
    >>> at_a_glance("Raqqa, 95") is None
    True
    """
    told = _small_words()
    counts: Counter[str] = Counter()
    for word in _WORDS.findall(text[:_ENOUGH].lower()):
        counts.update(told.get(word, ()))
    (first, most), (_, second) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return first if most >= _FEWEST and most >= _LEAD * second else None


@cache
def _small_words() -> Mapping[str, tuple[str, ...]]:
    """Return each small word with the languages that have it, of resources/languages.toml."""
    table = tomllib.loads((resources.files("marsad.resources") / "languages.toml").read_text("utf-8"))
    out: dict[str, tuple[str, ...]] = {}
    for lang, entry in table.items():
        for word in dict.fromkeys(entry["words"]):
            out[word] = (*out.get(word, ()), lang)
    return out
