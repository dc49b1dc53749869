"""How old people were: "aged 7, 9 and 12", "de 7, 9 y 12 años", "de trois ans" count nobody and part no count from its verb."""

from marsad.extract.nouns import counted_noun
from marsad.model import Bound
from marsad.text.lexicon import Lexicon
from marsad.text.numbers import Quantity, plain_at
from marsad.text.phrases import Line

_OLDEST = 120
_A_YEAR, _A_MONTH = 365, 30


def past_ages(words: Lexicon, line: Line, at: int) -> int | None:
    """Return the token behind the ages that begin at token `at`; None where none do.

    Several are ages where a word like "aged" leads to them or "years" follows, one alone only where "years" follows. Months
    count among years: "de 7, 4 años y 7 meses".

    >>> from marsad.text.lexicon import lexicon
    >>> line = lexicon("en").line("Three boys aged 7, 9 and 12 were killed.")
    >>> past_ages(lexicon("en"), line, 3)
    8
    """
    units = words.data["dates"]["units"]
    led = at > 0 and line[at - 1].form in words.forms("other_numbers.before")
    named = at > 1 and line[at - 1].form == "," and line[at - 2].capital  # "Ramil and Dante Oliva, | 21 and 40, were"
    k, count, years = at, 0, False
    while k < len(line) and (number := plain_at(words, line, k)) and (number.value or 0) <= _OLDEST:
        k, count = number.after, count + 1
        unit = units.get(line[k].form, 0) if k < len(line) else 0
        if unit >= _A_MONTH:
            k, years = k + 1, years or unit >= _A_YEAR
        further = _past_joint(words, line, k)
        if further is None or plain_at(words, line, further) is None:
            break
        k = further
    closed = named and k < len(line) and line[k].form == ","
    young = (
        at > 1
        and line[at - 1].form in words.data["dates"]["of"]
        and line[at - 2].form in words.forms("other_numbers.young")
    )
    return k if years or ((led or closed) and count > 1) or (young and count == 1) else None


def _past_joint(words: Lexicon, line: Line, at: int) -> int | None:
    """Return the token behind a comma or an "and", or behind both; None where neither stands here."""
    k = at + 1 if at < len(line) and line[at].form in (",", "،") else at
    joint = words.tags.match(line, k)
    k = joint[1] if joint and joint[0] == "A" else k
    return k if k > at else None


def article_of_age(words: Lexicon, line: Line, quantity: Quantity) -> Quantity | None:
    """Return "56-річна" as the article that it is before a singular noun: the number is an age, the one of age is counted."""
    after = quantity.after
    if after + 1 >= len(line) or line[after].form != "-" or line[after + 1].form not in words.numbers.articles:
        return None
    return Quantity(quantity.first, quantity.after + 2, 1, 1, 1, Bound.EXACT, article=True)


def is_age_before(words: Lexicon, line: Line, at: int, after: int) -> bool:
    """Tell whether "under five" is how old those are whose noun stands before it: "children under five"."""
    if at and plain_at(words, line, at - 1) is not None and counted_noun(words, line, after) is None:
        return True  # "among them three | under 18"
    noun = words.people.match(line, at - 1) if at else None
    return noun is not None and noun[1] == at and counted_noun(words, line, after) is None
