"""A name written in the other script: as it is usually spelled, or as its letters suggest."""

import re

from marsad.names.given import bound, known_as, usual_latin
from marsad.names.letters import is_arabic, letters

_TO_LATIN = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگ",
        "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y p ch zh g".split(),  # noqa: SIM905
        strict=True,
    )
)
_TO_ARABIC = {
    "kh": "خ",
    "gh": "غ",
    "dj": "ج",
    "sh": "ش",
    "ch": "ش",
    "th": "ث",
    "dh": "ذ",
    "ph": "ف",
    "ck": "ك",
    "x": "كس",
}
_TO_ARABIC |= dict(zip("bcdfghjklmnpqrstvwyz", "بكدفجهجكلمنبقرستفويز", strict=True))
_TO_ARABIC |= {
    "ou": "و",
    "oo": "و",
    "ee": "ي",
    "aa": "ا",
    "ai": "ي",
    "ei": "ي",
    "ay": "ي",
    "ey": "ي",
    "au": "و",
    "aw": "و",
}
_PIECE = re.compile(r"([b-df-hj-np-tvwxz])\1|kh|gh|dj|sh|ch|th|dh|ph|ck|ou|oo|ee|aa|ai|ei|ay|ey|au|aw|[a-z]")
_VOWELS = "aeiou"
_WEAK = "اوي"


def romanised(name: str) -> str:
    """Return an Arabic name in Latin letters, each word capitalised; other words come out as they are.

    A known given name has its commonest spelling. Of others the short vowels are not written, so an "a" stands between
    two consonants: a way to show a name, and no evidence of how its bearer spells it.

    >>> romanised("محمد هاني الزهار")
    'Mohammed Hani al-Zahar'
    """
    return " ".join(_romanised_word(word) for word in letters(name).split())


def _romanised_word(word: str) -> str:
    if not is_arabic(word):
        return word.capitalize()
    usual = usual_latin(bound(word))
    if usual is not None:
        return usual
    if word.startswith("ال") and len(word) >= 4:
        return "al-" + _spelled(word[2:]).capitalize()
    return _spelled(word).capitalize()


def _spelled(word: str) -> str:
    out: list[str] = []
    for at, char in enumerate(word):
        sound = _TO_LATIN.get(char, "")
        if char == "ه" and at == len(word) - 1 and at > 1:
            sound = "a" if word[at - 1] not in _WEAK else "h"
        elif at and char == "و" and at + 1 < len(word) and word[at + 1] not in _WEAK:
            sound = "u"
        elif at and char == "ي":
            sound = "i"
        voiced = out and out[-1][-1:] in _VOWELS
        if out and not voiced and sound[:1] not in _VOWELS and sound:
            out.append("a")
        if not (voiced and sound == "a" and out[-1] == "a"):
            out.append(sound)
    return "".join(out)


def arabicised(word: str) -> str:
    """Return the Arabic letters (folded, bound) of one Latin word in `letters` form: the known name, or the likeliest letters.

    Vowels become letters where Arabic writes them: doubled or in two letters, an i or u before a last consonant, an a
    there too, and at the end. Arabic words come out bound, otherwise unchanged.

    >>> arabicised("mahmoud"), arabicised("kafrawi"), arabicised("zamil")
    ('محمود', 'كفروي', 'زميل')
    """
    if is_arabic(word):
        return bound(word)
    known = known_as(word)
    return known if known is not None else _guessed(word)


def _guessed(word: str) -> str:
    pieces = [match.group(1) or match.group(0) for match in _PIECE.finditer(word)]
    out: list[str] = []
    for at, piece in enumerate(pieces):
        last = at == len(pieces) - 1
        before_last = at == len(pieces) - 2 and piece in _VOWELS and pieces[-1] not in _VOWELS
        if piece not in _VOWELS:
            out.append(_TO_ARABIC.get(piece, ""))
        elif at == 0:
            out.append("ا")
        elif last:
            out.append({"a": "ه", "e": "ه", "i": "ي"}.get(piece, "و"))
        elif before_last and pieces[-1] == "h" and piece in "ae":
            continue
        elif before_last:
            out.append({"a": "ا", "i": "ي", "u": "و"}.get(piece, ""))
    return "".join(out)
