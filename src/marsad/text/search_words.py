"""Words as a search compares them: one form for every spelling, Arabic ones without article and what is written onto it."""

import re

from marsad.text.normal import fold

LONGEST = 1_000_000
"""Characters of a text that are searched."""

_MOST_WORDS = 12
"""Words of a question that are looked for: nobody types more, and each costs time."""

_DIGITS = {ord(mark): str(n % 10) for n, mark in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_ONTO_ARTICLE = re.compile(r"(?<!\w)(?:[وف]?(?:[بك]?ال|لل))(?=\w{2})")
"""And, so, in, like and for are written onto the article: "والرقة", "بالرقة", "للرقة" all are Raqqa."""

_ASKED = re.compile(r'"([^"]*)"|(\S+)')


def search_words(text: str) -> str:
    """Return the text as it is searched: letters folded (ة is ه, ى is ي, أ is ا, no tashkeel), digits 0 to 9, no article.

    >>> search_words("قُتِلَ ٩٥ في الرَّقّة") == search_words("قتل 95 فى الرقه")
    True
    >>> search_words("وبالرقة وللرقة الرقة").split() == ["رقه", "رقه", "رقه"]
    True
    """
    return _ONTO_ARTICLE.sub("", fold(text[:LONGEST]).translate(_DIGITS)).replace("_", " ")


def asked_words(question: str) -> list[str]:
    """Return what a question looks for: each word, or words in quotation marks together, as they are searched.

    >>> asked_words('"Raqqa market" strikes')
    ['raqqa market', 'strikes']
    """
    found = [search_words(phrase or word) for phrase, word in _ASKED.findall(question[:400])]
    return [words for words in found if words][:_MOST_WORDS]
