"""Which language a text is in, as far as the lexicons reach."""

from marsad.text.lexicon import languages, lexicon
from marsad.text.sentences import sentences
from marsad.text.tokens import tokens

_ENOUGH = 4000
"""Characters that suffice to tell."""


def language_of(text: str) -> str:
    """Return the code of the lexicon most of whose small words stand in the text; "en" where nothing tells.

    >>> language_of("The raids killed nine people in the market, and the group said so.")
    'en'
    """
    opening = text[:_ENOUGH]
    lines = [tokens(opening, s.start, s.end) for s in sentences(opening)]
    scores = {lang: sum(map(lexicon(lang).known_in, lines)) for lang in languages()}
    best = max(scores, key=lambda lang: (scores[lang], lang == "en", lang), default="en")
    return best if scores.get(best) else "en"
