"""What a body's name is made of: common nouns known in several languages, proper names by their consonants."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from marsad.text.normal import skeleton
from marsad.text.tokens import form_of

_BRACKETED = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"^(?:[وبلك]?ال|لل)(?=\w{2})")
_JOINED = re.compile(r"^[وبل](?=\w{3})")
_REMEMBERED = 20_000
_LONGEST = 300
"""Characters of a name that are looked at."""

MOST_PARTS = 12
"""A name of more words is a sentence and made of nothing."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a name is made of: `nouns` as concepts ("hospital"), `proper` the consonants of all other words.

    `institution` tells that one of the nouns is something that a town has one of in the reports of one incident.
    """

    nouns: frozenset[str]
    proper: frozenset[str]
    institution: bool


@dataclass(frozen=True, slots=True)
class _Organs:
    concepts: Mapping[str, str]
    institutions: frozenset[str]
    dropped: frozenset[str]
    nobody: frozenset[str]
    at: frozenset[str]


@cache
def _organs() -> _Organs:
    data = tomllib.loads((resources.files("marsad.resources") / "organs.toml").read_text("utf-8"))
    concepts: dict[str, str] = {}
    for name, entry in data["concept"].items():
        for word in entry["words"]:
            concepts.setdefault(form_of(word), name)
    kept = frozenset(name for name, entry in data["concept"].items() if entry.get("institution"))
    lists = (frozenset(map(form_of, data[name])) for name in ("dropped", "nobody", "at"))
    return _Organs(concepts, kept, *lists)


@cache
def _peoples() -> frozenset[str]:
    """Return the adjectives and peoples of all countries: "Syrian" makes nobody somebody."""
    data = tomllib.loads((resources.files("marsad.resources") / "places" / "countries.toml").read_text("utf-8"))
    return frozenset(form_of(word) for entry in data["country"] for word in entry.get("people", ()))


@lru_cache(maxsize=_REMEMBERED)
def made_of(name: str, places: tuple[str, ...] = ()) -> Made:
    """Return what a name is made of, without what stands in brackets, small words, and the words of these places.

    >>> made_of("Karari emergency room") == made_of("غرفة طوارئ كرري")
    True
    >>> sorted(made_of("Vale Teaching Hospital", ("Vale",)).nouns), made_of("Vale Hospital", ("Vale",)).proper
    (['hospital', 'teaching'], frozenset())
    >>> made_of("Aden hospital") == made_of("Sanaa hospital")
    False
    """
    known = _organs()
    near = {skeleton(word) for place in places for word in _WORD.findall(place)} - {""}
    nouns, proper = set(), set()
    words = _WORD.findall(_BRACKETED.sub(" ", name[:_LONGEST]))
    if len(words) > MOST_PARTS:
        return Made(frozenset(), frozenset(), False)
    for word in words:
        form = form_of(word)
        bare = _without_joined(form)
        concept = known.concepts.get(form) or known.concepts.get(bare)
        if concept is not None:
            nouns.add(concept)
        elif form not in known.dropped and bare not in known.dropped:
            consonants = skeleton(word)
            if consonants and consonants not in near:
                proper.add(consonants)
    return Made(frozenset(nouns), frozenset(proper), bool(nouns & known.institutions))


def names_a_kind(word: str) -> bool:
    """Tell whether a word is a common noun of bodies' names: "Rights" tells no committee from another.

    >>> names_a_kind("Rights"), names_a_kind("Majengo")
    (True, False)
    """
    return form_of(word) in _organs().concepts


@lru_cache(maxsize=_REMEMBERED)
def is_nobodys(name: str) -> bool:
    """Tell whether a name is nobody's in particular: a role of many, wherever they are, and no proper name before that.

    >>> is_nobodys("a medical source at Vale hospital"), is_nobodys("متطوعون"), is_nobodys("Syrian opposition")
    (True, True, True)
    >>> is_nobodys("Vale Doctors"), is_nobodys("the governor")
    (False, False)
    """
    known = _organs()
    found = False
    for word in _WORD.findall(_BRACKETED.sub(" ", name[:_LONGEST]))[:MOST_PARTS]:
        form = form_of(word)
        bare = _without_joined(form)
        if found and form in known.at:
            return True
        if form in known.nobody or bare in known.nobody:
            found = True
        elif form in _peoples():
            continue
        elif word[0].isupper() or not (
            word.isascii() or bare in known.concepts or bare in known.dropped or form in known.at
        ):
            return False
    return found


def _without_joined(form: str) -> str:
    """Return an Arabic word without article, and without a joined "and", "in" or "for" where that makes it a known noun."""
    bare = _ARTICLE.sub("", form)
    rest = _JOINED.sub("", bare)
    known = _organs()
    return rest if bare not in known.concepts and (rest in known.concepts or rest in known.dropped) else bare
