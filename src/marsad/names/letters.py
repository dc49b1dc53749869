"""The letters of a name: what spellings vary in folded away, and one ASCII letter for each Arabic one."""

from marsad.text.normal import fold

LONGEST = 200
"""Characters of a name that are looked at: longer ones are no names, and every step here is linear in them."""

_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگ"
_ASCII = "AbtvjHxdVrzscSDTZEgfqklmnhwyPJRG"
_THERE = str.maketrans(_ARABIC, _ASCII)
_BACK = str.maketrans(_ASCII, _ARABIC)


def letters(name: str) -> str:
    """Return the name in the letters that all its spellings share, its words parted by one space.

    Gone are case, diacritics, tatweel, marks of direction, quotes and hyphens; the seats of hamza, the two forms of
    alef, ya and ta marbuta, composed and decomposed letters and presentation forms are one. Idempotent.

    >>> letters("أَحمـد  الأسطـل"), letters("Aḥmad  al-Asṭal")
    ('احمد الاسطل', 'ahmad al astal')
    """
    return fold(name[:LONGEST])


def is_arabic(word: str) -> bool:
    """Tell whether a word in `letters` form is in Arabic script.

    >>> is_arabic("احمد"), is_arabic("ahmad"), is_arabic("")
    (True, False, False)
    """
    return not word.isascii() and any("ء" <= c <= "ۿ" for c in word)


def one_byte(word: str) -> str:
    """Return the letters of an Arabic word in ASCII, one for one; what is no Arabic letter is left out.

    Databases measure strings in bytes: unlike Arabic letters share their first byte and look half alike. The table is
    Buckwalter's, with letters where he has signs. `written_back` undoes it.

    >>> one_byte(letters("محمود")), one_byte(letters("محمد"))
    ('mHmwd', 'mHmd')
    """
    return "".join(c for c in word.translate(_THERE) if c.isascii() and c.isalpha())


def written_back(word: str) -> str:
    """Return the Arabic letters of a word that `one_byte` wrote.

    >>> written_back("mHmwd")
    'محمود'
    """
    return word.translate(_BACK)
