"""The columns by which names are compared: ASCII only, so that a database that counts bytes counts letters."""

from dataclasses import dataclass
from functools import lru_cache

from marsad.names.given import is_given, known_as
from marsad.names.letters import is_arabic, one_byte
from marsad.names.parts import NameParts
from marsad.names.skeleton import skeleton
from marsad.names.transliterate import arabicised

_REMEMBERED = 1 << 17
"""Distinct words of names kept: a million people share a few hundred thousand."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A name's parts as compared: `own`, `father`, `grand`, `family` in one-byte Arabic letters, `…_sk` their skeletons.

    Latin parts are written in the Arabic letters they suggest. None where a part is not told. `known` says that the own
    name is a known given name; `script` is "a" for Arabic, "l" for Latin.
    """

    script: str
    own: str | None
    father: str | None
    grand: str | None
    family: str | None
    own_sk: str | None
    father_sk: str | None
    grand_sk: str | None
    family_sk: str | None
    known: bool
    kunya_sk: str | None


@lru_cache(maxsize=_REMEMBERED)
def word_columns(word: str) -> tuple[str | None, str | None]:
    """Return a word's one-byte letters and its skeleton; each None where nothing is left.

    The skeleton of a word of vowels alone (علاء, Alaa) is its letters, in small ones.

    >>> word_columns("mahmoud"), word_columns("محمود"), word_columns("علا")
    (('mHmwd', 'MHMD'), ('mHmwd', 'MHMD'), ('ElA', 'L'))
    """
    form = one_byte(arabicised(word)) or None
    return form, (skeleton(word) or (form.lower() if form else None))


def columns_of(parts: NameParts) -> Columns:
    """Return the columns of a name's parts.

    >>> from marsad.names.parts import parts_of
    >>> a, b = columns_of(parts_of("محمد هاني محمد الزهار")), columns_of(parts_of("Mohammed Hani Mohammed Al-Zahhar"))
    >>> (a.own_sk, a.father_sk, a.grand_sk, a.family_sk) == (b.own_sk, b.father_sk, b.grand_sk, b.family_sk)
    True
    """
    told = (parts.own, parts.father, parts.grandfather, parts.family)
    forms = [word_columns(part) if part else (None, None) for part in told]
    arabic = any(is_arabic(part) for part in told if part) or is_arabic(parts.kunya or "")
    known = parts.own is not None and is_given(parts.own) and known_as(parts.own) is not None
    kunya = word_columns(parts.kunya)[1] if parts.kunya else None
    own, father, grand, family = (form for form, _ in forms)
    own_sk, father_sk, grand_sk, family_sk = (sound for _, sound in forms)
    return Columns(
        script="a" if arabic else "l",
        own=own,
        father=father,
        grand=grand,
        family=family,
        own_sk=own_sk,
        father_sk=father_sk,
        grand_sk=grand_sk,
        family_sk=family_sk,
        known=known,
        kunya_sk=kunya,
    )
