"""Which language a text is in, as far as the lexicons reach."""

from marsad.text.lexicon import languages, lexicon
from marsad.text.sentences import sentences

_ENOUGH = 4000
"""Characters that suffice to tell."""


def language_of(text: str) -> str:
    """Return the code of the lexicon most of whose small words stand in the text; "en" where nothing tells.

    >>> language_of("The raids killed nine people in the market, and the group said so.")
    'en'
    """
    opening = text[:_ENOUGH]
    spans = [(s.start, s.end) for s in sentences(opening)]
    scores = {lang: _known(lang, opening, spans) for lang in languages()}
    best = max(scores, key=lambda lang: (scores[lang], lang == "en", lang), default="en")
    return best if scores.get(best) else "en"


def _known(lang: str, text: str, spans: list[tuple[int, int]]) -> int:
    """Return how many small words and words of harm of a language stand in a text."""
    words = lexicon(lang)
    lines = (words.line(text, start, end) for start, end in spans)
    return sum(len(line.finds.get(phrases.slot, ())) for line in lines for phrases in (words.tags, words.harm))
