"""Made names in both scripts: words built from roots and patterns whose vowels we know, and how projects romanise them.

Nothing here uses `marsad.names`: what is measured must not write its own questions. Given names come with the Latin
spellings of resources/names/given.toml, three in ten are then respelled; families, and three given names in ten, are
made of three consonants that were drawn.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from random import Random

import marsad

_SOUND = {
    "ب": "b", "ت": "t", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s",
    "ض": "d", "ط": "t", "ع": "'", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
}  # fmt: skip
_SUN = set("تدرزسشصضطلن")

# What stands between and behind the three consonants: (Arabic, sound). Capitals are long vowels.
_FAMILY_PATTERNS = (
    ("{0}{1}ا{2}", "{0}a{1}{1}A{2}"),
    ("{0}ا{1}{2}", "{0}A{1}i{2}"),
    ("{0}{1}ي{2}", "{0}a{1}I{2}"),
    ("{0}{1}{2}ان", "{0}a{1}{2}An"),
    ("{0}{1}و{2}", "{0}a{1}U{2}"),
    ("{0}{1}{2}ي", "{0}a{1}{2}I"),
    ("{0}{1}{2}اوي", "{0}i{1}{2}AwI"),
    ("{0}وا{1}{2}ة", "{0}awA{1}{2}a"),
    ("{0}{1}ي{2}ات", "{0}u{1}ay{2}At"),
    ("{0}{1}ا{2}ة", "{0}a{1}A{2}a"),
    ("{0}{1}{2}", "{0}a{1}{2}"),
    ("م{0}{1}و{2}", "ma{0}{1}U{2}"),
)
_GIVEN_PATTERNS = {
    "male": (("{0}ا{1}{2}", "{0}A{1}i{2}"), ("{0}{1}ي{2}", "{0}a{1}I{2}"), ("{0}{1}ا{2}", "{0}i{1}A{2}")),
    "female": (("{0}{1}ي{2}ة", "{0}a{1}I{2}a"), ("{0}{1}{2}اء", "{0}a{1}{2}A"), ("{0}{1}و{2}", "{0}u{1}U{2}")),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A name's Arabic spelling, with the article where it has one, and what a romaniser works from.

    `latin` holds known spellings or, for a made word, none; `sound` then tells consonants and vowels.
    """

    arabic: str
    latin: tuple[str, ...] = ()
    sound: str = ""


def _made(random: Random, pattern: tuple[str, str]) -> tuple[str, str]:
    root = random.sample(sorted(_SOUND), 3)
    return pattern[0].format(*root), pattern[1].format(*(_SOUND[c] for c in root))


def families(random: Random, count: int) -> list[Word]:
    """Return `count` different family names, half of them with the article, one in eight an Abu."""
    out: dict[str, Word] = {}
    while len(out) < count:
        arabic, sound = _made(random, random.choice(_FAMILY_PATTERNS))
        kind = random.random()
        if kind < 0.125:
            arabic, sound = f"أبو {arabic}", f"+{sound}"
        elif kind < 0.6:
            arabic, sound = f"ال{arabic}", f"-{sound}"
        out.setdefault(arabic, Word(arabic, sound=sound))
    return list(out.values())


def given(random: Random, sex: str) -> list[Word]:
    """Return the given names of a sex, the known ones first, made ones mixed in; weights are by place."""
    path = Path(marsad.__file__).parent / "resources" / "names" / "given.toml"
    table = tomllib.loads(path.read_text("utf-8"))
    known = [Word(a, tuple(latin.split())) for a, latin in table[sex].items()]
    made: dict[str, Word] = {}
    while len(made) < len(known) * 4:
        arabic, sound = _made(random, random.choice(_GIVEN_PATTERNS[sex]))
        made.setdefault(arabic, Word(arabic, sound=sound))
    return known + list(made.values())


@dataclass(frozen=True, slots=True)
class Style:
    """How one project writes Arabic names in Latin letters; `slip` is how often it does otherwise."""

    long_i: str = "i"
    long_u: str = "ou"
    short_i: str = "e"
    short_u: str = "u"
    qaf: str = "q"
    shin: str = "sh"
    ayn: str = ""
    ending: str = "a"
    article: str = "Al-"
    assimilates: bool = False
    abu: str = "Abu "
    slip: float = 0.1


STYLES = (
    Style(),
    Style("ee", "oo", "i", "o", "q", "sh", "a", "ah", "al-", False, "Abu "),
    Style("i", "u", "i", "u", "q", "sh", "'", "a", "al-", True, "Abu "),
    Style("i", "ou", "e", "o", "k", "sh", "", "eh", "El ", False, "Abou "),
    Style("i", "ou", "i", "ou", "k", "ch", "a", "a", "Al", False, "Abou "),
    Style("ee", "u", "e", "o", "k", "sh", "", "a", "", False, "Abo "),
)
"""Six ways; the first two are near to what two large projects do, the last drops articles."""


def romanise(word: Word, style: Style, random: Random) -> str:
    """Return the word in Latin letters as this project writes it, this time."""
    if random.random() < style.slip:
        style = random.choice(STYLES)
    if word.latin:
        first = random.choice(word.latin) if random.random() < 0.4 else word.latin[0]
        return _respelled(first, random) if random.random() < 0.3 else first
    sound, front = word.sound, ""
    if sound[0] == "+":
        sound, front = sound[1:], style.abu
    elif sound[0] == "-":
        sound, front = sound[1:], style.article
        if style.assimilates and word.arabic[2] in _SUN and front:
            front = f"a{sound[0] if sound[:2] not in ('sh',) else 'sh'}-"
    out, at = "", 0
    while at < len(sound):
        two = sound[at : at + 2]
        if two in ("kh", "gh", "sh"):
            out, at = out + (style.shin if two == "sh" else two), at + 2
            continue
        char = sound[at]
        last = at == len(sound) - 1
        out += {
            "A": "aa" if random.random() < 0.05 else "a",
            "I": ("i" if random.random() < 0.8 else "y") if last else style.long_i,
            "U": style.long_u,
            "i": style.short_i,
            "u": style.short_u,
            "'": style.ayn,
            "q": style.qaf,
            "a": style.ending if last and at > 2 else ("e" if random.random() < 0.08 else "a"),
        }.get(char, char)
        at += 1
    if random.random() < 0.25:
        out = _undoubled(out)
    return front + out.capitalize()


def _undoubled(word: str) -> str:
    return "".join(c for i, c in enumerate(word) if i == 0 or c != word[i - 1])


def _respelled(word: str, random: Random) -> str:
    """Return a Latin spelling with one vowel, double or h changed, as writers do."""
    swaps = {"a": "e", "e": "i", "i": "e", "o": "u", "u": "o"}
    at = random.randrange(1, len(word))
    char = word[at]
    if char in swaps:
        return word[:at] + swaps[char] + word[at + 1 :]
    if char == word[at - 1] or (char == "h" and at == len(word) - 1):
        return word[:at] + word[at + 1 :]
    return word[:at] + char + word[at:] if char in "lmnsdb" else word
