"""Damage that lists suffer when they are copied out of a PDF, undone where the undamaged word is certain.

Every rule answers one way in which ligatures and spacing break; none knows a person's name. Words are in `letters` form.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from marsad.names.given import bound, is_given
from marsad.names.letters import is_arabic

_LOST = ("ر", "ن")
"""Last letters that vanish with the ligatures ير and ين: تيسي for تيسير, حسي for حسين."""

_LONE = frozenset("و")
"""A single letter that may be a word of its own."""

_REMEMBERED = 1 << 16
"""Words kept with what became of them: lists of a million people share some ten thousand."""

Known = Callable[[str], bool]


def repaired(words: Sequence[str], known: Known = is_given) -> tuple[str, ...]:
    """Return the words of one name, repaired; Latin words come out as they are. `known` tells words that are names.

    A lone letter joins its neighbour or, where it repeats the neighbour's last, goes; الله and a leading لا written
    backwards are turned; a lam-alef inside is turned only if that makes a known name and the word is none; a lost last
    letter comes back on the same condition. Idempotent.

    >>> repaired("عبد هللا االسطل".split())
    ('عبد', 'الله', 'الاسطل')
    >>> repaired("لي ن تيسي".split()), repaired("ياسمين ن".split()), repaired(["اسالم"])
    (('لين', 'تيسير'), ('ياسمين',), ('اسلام',))
    """
    if min(map(len, words), default=2) > 1:
        return tuple([_word(word, known) for word in words])
    out: list[str] = []
    waiting = ""
    for word in words:
        if len(word) == 1 and is_arabic(word) and word not in _LONE:
            if not out:
                waiting += word
            elif (not out[-1].endswith(word) and is_arabic(out[-1])) or (known(out[-1] + word) and not known(out[-1])):
                out[-1] += word
            continue
        out.append(waiting + word)
        waiting = ""
    if waiting:
        out.append(waiting)
    return tuple(_word(word, known) for word in out)


@lru_cache(maxsize=_REMEMBERED)
def _word(word: str, known: Known) -> str:
    if not is_arabic(word):
        return word
    word = word.replace("هللا", "الله")
    while word.startswith("اال"):
        word = "الا" + word[3:]
    if known(bound(word)):
        return word
    turned = _turned(word, known)
    if turned is not None:
        return turned
    if word.endswith("ي"):
        for letter in _LOST:
            if known(word + letter):
                return word + letter
    return word


def _turned(word: str, known: Known) -> str | None:
    """Return the word with one ال inside or behind turned to لا, if that is a known name; None otherwise."""
    at = word.find("ال", 1)
    while at > 0:
        turned = word[:at] + "لا" + word[at + 2 :]
        if known(bound(turned)):
            return turned
        at = word.find("ال", at + 1)
    return None


def unglued(word: str, known: Known = is_given) -> tuple[str, ...]:
    """Return two names that were written as one word, or the word itself.

    Where both halves are known, or the first is and has four letters or more and three or more are left. Never for a
    word that is itself known.

    >>> unglued("محمداسامه"), unglued("ناصرعواجه"), unglued("محمود")
    (('محمد', 'اسامه'), ('ناصر', 'عواجه'), ('محمود',))
    """
    if known(bound(word)) or not 6 <= len(word) <= 24 or word.startswith(("ال", "ابو", "عبد")):
        return (word,)
    for cut in range(len(word) - 3, 2, -1):
        first, rest = word[:cut], word[cut:]
        if is_given(first) and (known(rest) or (cut >= 4 and len(rest) >= 4 and not rest.startswith(("ي", "ا", "ه")))):
            return (first, rest)
    return (word,)
