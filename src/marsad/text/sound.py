"""A name by its sound: one for every spelling of it that reports use, coarser than its consonants."""

import re
from functools import lru_cache

from marsad.text.normal import bare, fold, skeleton

_FEWEST = 3
"""Consonants from which on they tell a name: of two, every second village has some."""

_SAME = str.maketrans({"S": "T", "D": "T", "C": "T", "H": "", "W": "", "Y": ""})
"""Consonants that spellings of one name exchange: s z, d t, sh ch; h, w and y come and go."""

_VOWELS = dict(zip("aeiouywاويآ", "aiiuuiuauia", strict=True))
"""Vowels in three classes, which is all that Arabic writes of them."""

_ASPIRATED = "hه"
"""Letters that are no consonant of a name where they end it."""

_HELD = re.compile(r"\b[xX](?=[aeiouAEIOU])")
"""An x that begins a name is an h or sh in all romanisations: Xamar, Hamar."""

_CLASSES = ("a", "i", "u")
_REMEMBERED = 20_000


@lru_cache(maxsize=_REMEMBERED)
def sound(name: str) -> str:
    """Return how a name sounds: its consonants in classes that Latin and Arabic share; in another script as it is spelled.

    Of a short name the vowels count, too, as far as they are written. Two names of one sound may be one name: many others
    sound alike.

    >>> sound("Vuhesi") == sound("Vuhezi") == sound("Vuessi"), sound("Lodza") == sound("Lotsa")
    (True, True)
    >>> sound("Xaramka") == sound("Haramka") == sound("حرمكا")
    True
    >>> sound("Tamboul") == sound("تمبول"), sound("Zaina") == sound("زاينا")
    (True, True)
    """
    bones = consonants(name)
    if len(bones) >= _FEWEST:
        return bones
    folded = bare(fold(_HELD.sub("h", name)))
    if not bones:
        return folded
    out = ""
    for letter in folded:
        vowel = _VOWELS.get(letter)
        if vowel is None:
            out += skeleton(letter).translate(_SAME).lower()
        elif not out.endswith(_CLASSES):  # of vowels in a row the first: Suwaida, سويداء
            out += vowel
    return _once(out)


@lru_cache(maxsize=_REMEMBERED)
def consonants(name: str) -> str:
    """Return the consonants of a name in the classes of `sound`, however few.

    >>> consonants("Hkyet"), consonants("Munglai Hkyet")
    ('KT', 'MNJLKT')
    """
    return _once(skeleton(_HELD.sub("h", name)).translate(_SAME))


@lru_cache(maxsize=_REMEMBERED)
def letters(name: str) -> str:
    """Return a name letter by letter, consonants and vowels in the classes that Latin and Arabic share.

    >>> letters("Al Hasaheisa"), letters("الحصاحيصا")
    ('hasahisa', 'hsahisa')
    """
    out = ""
    for letter in bare(fold(name)):
        vowel = _VOWELS.get(letter)
        out += vowel if vowel else skeleton(letter).lower() or ("h" if letter in _ASPIRATED else "")
    return _once(out)


def _once(spelled: str) -> str:
    return "".join(letter for k, letter in enumerate(spelled) if not k or letter != spelled[k - 1])
