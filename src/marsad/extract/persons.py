"""Names of people as a report writes them, particles in small letters included: "Omar al-Sale"."""

from collections.abc import Iterator

from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line
from marsad.text.tokens import Token

_LONGEST = 6
"""Words of the longest name."""


def persons(words: Lexicon, line: Line, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the tokens of every run of two or more name words in line[start:end], titles and countries before it left out."""
    at = start
    while at < end:
        if not line[at].capital:
            at += 1
            continue
        after = at
        while after < min(end, at + _LONGEST) and _may_be(words, line, after, at):
            after += 1
        first = _past_titles(words, line, at, after) if after - at >= 2 else after
        if after - first >= 2 and line[first].capital:
            if line.shouts:
                return  # capitals throughout tell no name
            yield first, after
        at = max(after, at + 1)


def _may_be(words: Lexicon, line: Line, at: int, first: int) -> bool:
    token = line[at]
    dates = words.data["dates"]
    if token.kind != "word" or token.form in dates["weekdays"] or token.form in dates["months"]:
        return False
    if at > first and line[at - 1].text != line[at - 1].bare:
        return False  # "Iraq's Omar Sale": two names
    if token.capital:
        return token.form not in words.forms("attribution.not_names")
    return at > first and (_particled(token) or token.form in words.forms("attribution.particles"))


def _particled(token: Token) -> bool:
    """Tell whether a name is written onto a particle in small letters: "al-Sale"."""
    small, dash, name = token.text.partition("-")
    return bool(dash) and len(small) <= 3 and name[:1].isupper()


def _past_titles(words: Lexicon, line: Line, first: int, after: int) -> int:
    """Return where a name itself begins behind titles: "President Omar Sale"."""
    titles = words.forms("attribution.titles")
    return next((at + 1 for at in range(after - 1, first - 1, -1) if line[at].form in titles), first)
