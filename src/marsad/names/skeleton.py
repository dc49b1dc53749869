"""The consonants of one word of a name, in classes that Arabic and Latin spellings share."""

import re

from marsad.names.given import bound, known_as
from marsad.names.letters import is_arabic

_ARABIC = dict(zip("بتثجحخدذرزسشصضطظغفقكلمنهپچژگ", "BTTJHXDDRDSCSDTDJFKKLMNHBCDK", strict=True))
_LATIN = {"kh": "X", "gh": "J", "dj": "J", "sh": "C", "ch": "C", "th": "T", "dh": "D", "ph": "F", "ck": "K", "x": "KS"}
_LATIN |= dict(zip("bcdfghjklmnpqrstvz", "BKDFJHJKLMNBKRSTFD", strict=True))
_LATIN |= {"7": "H", "5": "X", "9": "K", "6": "T", "8": "J"}
"""With the digits that stand for Arabic letters in messages: 7 for ح, 5 for خ, 9 for ق, 6 for ط, 8 for غ; 2 and 3 fall away."""

_SOUNDS = re.compile("kh|gh|dj|sh|ch|th|dh|ph|ck|[b-df-hj-np-tvxz56789]|[بتثجحخدذرزسشصضطظغفقكلمنهپچژگ]")
_ARTICLE = re.compile(r"(?:[ae]l(?=[b-df-hj-np-tv-z]..)|[ae]([sdrtnz])(?=\1..))(?=.{4})|[ae]l(?=.{6})")
_HALVES = re.compile(r"(ab[ei]?d|abo?u|umm?)(?:[aeiou]l|[aeiou]([sdrtnz])(?=\2))(?=..)")
_FAITH = re.compile(r"(?<=..)[aeiou](?:l|d)?-?d(?:ee|i|ie)n?e?$|(?<=..)(?:ud|ed|ad)(?:di|dee)ne?$")
_TWICE = re.compile(r"([b-df-gj-np-tv-z])\1+")
_DIGRAPHS = ("kh", "gh", "sh", "ch", "th", "dh", "ph")
_FIRST = {"w": "W", "و": "W", "y": "Y", "ي": "Y"}


def skeleton(word: str) -> str:
    """Return the consonants of a word in `letters` form as ASCII classes; "" for a word without any.

    One class are t ṭ th, d ḍ dh z ẓ, s ṣ, k q, j gh, ḥ h. Vowels, hamza, ayn, doubled letters, the article and a last
    h are left out, w and y kept only in front. A known Latin given name has the skeleton of its Arabic form. A skeleton
    finds what may be one name; it does not tell محمد from محمود, nor سالم from سليم.

    >>> skeleton("mohammed"), skeleton("محمد"), skeleton("الزهار"), skeleton("alzahhar"), skeleton("عبدالرحمن")
    ('MHMD', 'MHMD', 'DHR', 'DHR', 'BDRHMN')
    """
    if not word:
        return ""
    if is_arabic(word):
        return _bones(_without_article(bound(word)))
    arabic = known_as(word)
    return _bones(arabic) if arabic is not None else _bones(_latin(word))


def _without_article(word: str) -> str:
    """Return an Arabic word without its article, unless the word is a name that begins like one (الهام)."""
    return word[2:] if word.startswith("ال") and len(word) >= 4 and known_as(word) is None else word


def _latin(word: str) -> str:
    """Return a Latin word without articles, in front and between its halves."""
    word = _HALVES.sub(r"\1", word, count=1) if _HALVES.match(word) else word
    word = _FAITH.sub("din", word)
    return _ARTICLE.sub("", word, count=1) if _ARTICLE.match(word) else word


def _bones(word: str) -> str:
    if not word:
        return ""
    word = _TWICE.sub(r"\1", word)
    if word[:2] == "ou" and len(word) > 3 and word[2] in "aei":
        word = "w" + word[2:]
    out = _FIRST.get(word[0], "")
    if word[-1] in "hهح" and len(word) > 1 and word[-2:] not in _DIGRAPHS:
        word = word[:-1]  # a last h may be ه, ح or ة, and is left out in Latin as one likes
    for sound in _SOUNDS.findall(word):
        classes = _LATIN.get(sound) or _ARABIC[sound]
        if not out.endswith(classes[0]):
            out += classes
    return out
