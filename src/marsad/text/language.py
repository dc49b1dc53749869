"""Which language a text is in, as far as the lexicons reach."""

from collections import Counter

from marsad.text.lexicon import languages, lexicon
from marsad.text.tokens import tokens

_ENOUGH = 400
"""Tokens that suffice to tell."""


def language_of(text: str) -> str:
    """Return the code of the lexicon most of whose small words stand in the text; "en" where nothing tells.

    >>> language_of("The raids killed nine people in the market, and the group said so.")
    'en'
    """
    sample = tokens(text, 0, 4000)[:_ENOUGH]
    scores: Counter[str] = Counter()
    for lang in languages():
        words = lexicon(lang)
        scores[lang] = sum(1 for k in range(len(sample)) if words.tags.match(sample, k) or words.harm.match(sample, k))
    best = max(scores, key=lambda lang: (scores[lang], lang == "en", lang), default="en")
    return best if scores[best] else "en"
