"""The parts of a person's name: own, father's, grandfather's, family's, and what stands beside them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from marsad.names.given import bound, is_given
from marsad.names.letters import LONGEST, is_arabic, letters
from marsad.names.repair import Known, repaired, unglued

_JOINING = frozenset("عبد ابو ابي ابا ام ذو abd abed abdel abdul abdal abu abo abou aboul abul um umm om oum".split())  # noqa: SIM905
"""Words that are one name with the word behind them."""

_TAILS = frozenset("الدين الله din deen dine eldin aldin eddin eddine uddin allah ullah".split())  # noqa: SIM905
"""Words that are one name with the word before them: نور الدين, نصر الله."""

_CHILD_OF = frozenset("بن ابن بنت ابنه نجل bin ibn ben bint son daughter".split())  # noqa: SIM905
"""Between two names: only say that the next is the father. In front: whose own name nobody recorded."""

_PASSED = frozenset("ال al el as ash ad adh at ath an az ar es esh ed edh er et eth en ez of the".split())  # noqa: SIM905
"""Articles written apart, and the "of" of "son of"."""

_TITLES = frozenset(
    "الشهيد الشهيده الطفل الطفله الرضيع الرضيعه الحاج الحاجه المرحوم المرحومه الدكتور دكتور المهندس الاستاذ الشيخ "  # noqa: SIM905
    "dr mr mrs ms haj hajj haji hajja eng sheikh martyr child baby infant".split()
)
"""What somebody is, in front of the name."""

_WIFE_OF = frozenset("زوجه حرم wife".split())  # noqa: SIM905
"""In front: the names that follow are a husband's."""

_KUNYA = ("ابو", "ابي", "ابا", "ام")
_LATIN_KUNYA = frozenset("abu abo abou aboul abul um umm om oum".split())  # noqa: SIM905

_UNKNOWN = re.compile(
    r"(?:ال)?مجهول(?:ه|ي|ين)?\b|غير معروف|بدون اسم|بلا اسم|لا يوجد|مجهوله? الهويه|unknown\b|unidentified\b|unnamed\b|no name\b"
    r"|name (?:not|withheld)|not (?:known|identified)|anonymous\b|n a$|none$|null$|nan$"
)
_BESIDE = re.compile(r"[(\[«\"“]([^()\[\]«»\"“”]{1,60})[)\]»\"”]")


@dataclass(frozen=True, slots=True)
class NameParts:
    """A person's name in `letters` form, by what each part says: a part not told is None.

    `family` is the last part where there are two or more. `more` holds further forefathers between grandfather and
    family, `kunya` what somebody is called after a child ("امياسر"), or a nickname in brackets.
    """

    own: str | None
    father: str | None = None
    grandfather: str | None = None
    family: str | None = None
    more: tuple[str, ...] = ()
    kunya: str | None = None


def unnamed(name: str) -> bool:
    """Tell whether a name says that nobody knows it ("مجهول", "unknown man", "—"): such rows are no persons to link.

    >>> unnamed("مجهول الهوية"), unnamed("Unidentified child 3"), unnamed("؟"), unnamed("منار")
    (True, True, True, False)
    """
    return _unnamed(letters(name))


def _unnamed(plain: str) -> bool:
    return (len(plain) < 8 and sum(map(str.isalpha, plain)) < 2) or _UNKNOWN.match(plain) is not None


def parts_of(name: str, known: Known = is_given) -> NameParts:
    """Return the parts of a name written as one; everything None where it names nobody.

    Damage of PDFs is repaired, names glued together parted, particles joined to the word they belong to (عبد, ابو, ام,
    الدين, الله). Of three parts the last is the family's, the second the father's, or the grandfather's where a wide gap
    behind the first says that the father's is missing. Source of the order: own, father, father's father … family.

    >>> parts_of("محمد هاني محمد الزهار")
    NameParts(own='محمد', father='هاني', grandfather='محمد', family='زهار', more=(), kunya=None)
    >>> parts_of("Umm Yasser Anan").kunya, parts_of("Umm Yasser Anan").own, parts_of("Ali bin Omar al-Harthi").father
    ('ummyasser', None, 'omar')
    """
    name = name[:LONGEST]
    beside = _BESIDE.search(name)
    nick = "".join(letters(beside.group(1)).split()) if beside else None
    plain = _BESIDE.sub(" ", name).strip() if beside else name.strip()
    folded = letters(plain)
    if not folded or _unnamed(folded):
        return NameParts(None, kunya=nick or None)
    words = list(repaired(folded.split(), known))
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    if words[0] in _WIFE_OF and len(words) > 1:
        return NameParts(None, family=_last(joined(words[1:])), kunya=nick or None)
    nameless = words[0] in _CHILD_OF
    kunya_first = words[0] in _KUNYA or (words[0] in _LATIN_KUNYA and len(words) > 1)
    if len(words) <= 4:
        words = [half for word in words for half in unglued(word, known)]
    whole = joined(words)
    if nameless:
        return _roles([None, *whole], nick, gap=False)
    if kunya_first and len(whole) > 1:
        rest: list[str | None] = [*whole[1:]] if len(whole) > 2 else [None, whole[1]]
        return _roles(rest, whole[0], gap=False)
    gap = "  " in plain and len(whole) == 3 and re.match(r"\S+\s{2,}\S+\s\S", plain) is not None
    return _roles(list(whole), nick, gap)


def of_parts(own: str | None, father: str | None, grandfather: str | None, family: str | None) -> NameParts:
    """Return the parts of a name that a list gives in columns of its own; blank ones are None.

    >>> of_parts("محمد", "", "علي", "أبو ماضي")
    NameParts(own='محمد', father=None, grandfather='علي', family='ابوماضي', more=(), kunya=None)
    """
    told = [
        "".join(joined(repaired(letters(part or "").split()))) or None for part in (own, father, grandfather, family)
    ]
    return NameParts(told[0], told[1], told[2], told[3])


def joined(words: Sequence[str]) -> list[str]:
    """Return the words with particles joined to what they belong to, articles and "son of" dropped; Arabic ones bound.

    >>> joined("عبد الله ابو ماضي".split()), joined("abd al rahman bin ali".split()), joined("nour al din".split())
    (['عبدله', 'ابوماضي'], ['abdrahman', 'ali'], ['nourdin'])
    """
    out: list[str] = []
    pending = ""
    for word in words:
        if word in _JOINING:
            pending += word
        elif word in _TAILS and (out or pending):
            if pending:
                out.append(pending + word)
                pending = ""
            else:
                out[-1] += word
        elif word not in _PASSED and word not in _CHILD_OF:
            out.append(pending + word)
            pending = ""
    if pending:
        out.append(pending)
    return [_bare(word) for word in out]


@lru_cache(maxsize=1 << 16)
def _bare(word: str) -> str:
    """Return an Arabic word bound and without its article; Latin ones as they are (`skeleton` knows their articles)."""
    if not is_arabic(word):
        return word
    word = bound(word)
    return word[2:] if word.startswith("ال") and len(word) >= 4 and not is_given(word) else word


def _last(words: Sequence[str]) -> str | None:
    return words[-1] if words else None


def _roles(words: Sequence[str | None], kunya: str | None, gap: bool) -> NameParts:
    """Return the parts of words in order; the first is None where the own name is not told."""
    if not words:
        return NameParts(None, kunya=kunya)
    own, rest = words[0], [word for word in words[1:] if word is not None]
    family = rest.pop() if rest else None
    if gap and len(rest) == 1:
        return NameParts(own, None, rest[0], family, (), kunya)
    father = rest[0] if rest else None
    grandfather = rest[1] if len(rest) > 1 else None
    return NameParts(own, father, grandfather, family, tuple(rest[2:]), kunya)
