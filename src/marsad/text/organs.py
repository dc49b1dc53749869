"""What a body's name is made of: common nouns known in several languages, proper names by their consonants."""

import re
import tomllib
from collections.abc import Mapping, Sequence
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
    """What a name is made of: `nouns` as concepts ("hospital", "country LB"), `proper` the consonants of all other words.

    `institution` tells that one of the nouns is something that a town has one of in the reports of one incident. `person`
    are the consonants of whoever holds the office that the name tells: "Ali Hassan (head of Bost hospital)" is Bost hospital.
    """

    nouns: frozenset[str]
    proper: frozenset[str]
    institution: bool
    person: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Organs:
    concepts: Mapping[str, str]
    institutions: frozenset[str]
    domains: frozenset[str]
    dropped: frozenset[str]
    nobody: frozenset[str]
    at: frozenset[str]
    spelled: Mapping[str, tuple[str, ...]]
    same: tuple[tuple[frozenset[str], frozenset[str]], ...]


@cache
def _organs() -> _Organs:
    data = tomllib.loads((resources.files("marsad.resources") / "organs.toml").read_text("utf-8"))
    concepts: dict[str, str] = {}
    for name, entry in data["concept"].items():
        for word in entry["words"]:
            concepts.setdefault(form_of(word), name)
    kept, domains = (
        frozenset(name for name, entry in data["concept"].items() if entry.get(kind))
        for kind in ("institution", "domain")
    )
    dropped, nobody, at = (frozenset(map(form_of, data[name])) for name in ("dropped", "nobody", "at"))
    spelled = {form_of(short): tuple(words) for short, words in data["spelled"].items()}
    same = tuple((frozenset(entry["words"]), frozenset(entry["means"])) for entry in data["same"])
    return _Organs(concepts, kept, domains, dropped, nobody, at, spelled, same)


@cache
def country_words() -> Mapping[str, str]:
    """Return the code of each country by every word that means it or its people, in all languages."""
    text = (resources.files("marsad.resources") / "places" / "country_words.tsv").read_text("utf-8")
    return dict(line.split("\t") for line in text.splitlines())


@lru_cache(maxsize=_REMEMBERED)
def made_of(name: str, places: tuple[str, ...] = ()) -> Made:
    """Return what a name is made of, without small words, titles, and the words of these places.

    Whoever holds an office of a body speaks for it: what stands in brackets behind his name. Other brackets say nothing.

    >>> made_of("Karari emergency room") == made_of("غرفة طوارئ كرري")
    True
    >>> sorted(made_of("Vale Teaching Hospital", ("Vale",)).nouns), made_of("Vale Hospital", ("Vale",)).proper
    (['hospital', 'teaching'], frozenset())
    >>> made_of("Aden hospital") == made_of("Sanaa hospital")
    False
    >>> sorted(made_of("le ministère libanais de la Santé").nouns) == sorted(made_of("Lebanon's health ministry").nouns)
    True
    >>> made = made_of("Ali Hassan (head of Bost hospital)")
    >>> sorted(made.nouns), len(made.proper), len(made.person)
    (['hospital'], 1, 2)
    """
    near = frozenset(skeleton(word) for place in places for word in _WORD.findall(place)) - {""}
    outside, office = parted(name[:_LONGEST])
    held = _made(office, near) if office else None
    if held is not None and held.institution:
        holder = _made(outside, near)
        return Made(held.nouns, held.proper, institution=True, person=holder.proper)
    return _made(outside, near)


def parted(name: str) -> tuple[str, str]:
    """Return a name without its brackets, and what stands in the last of them, empty where there are none."""
    inside = _BRACKETED.findall(name)
    return " ".join(_BRACKETED.sub(" ", name).split()), inside[-1].strip("()") if inside else ""


def _made(name: str, near: frozenset[str]) -> Made:
    known = _organs()
    nouns, proper = set(), set()
    words = [part for word in _WORD.findall(name) for part in known.spelled.get(form_of(word), (word,))]
    if len(words) > MOST_PARTS:
        return Made(frozenset(), frozenset(), institution=False)
    at = 0
    while at < len(words):
        country, after = _country(words, at)
        if country is not None:
            nouns.add(f"{_OF_COUNTRY}{country}")
            at = after
            continue
        word, at = words[at], at + 1
        form = form_of(word)
        bare = _without_joined(form)
        concept = known.concepts.get(form) or known.concepts.get(bare)
        if concept is not None:
            nouns.add(concept)
        elif form not in known.dropped and bare not in known.dropped:
            consonants = skeleton(word)
            if consonants and consonants not in near:
                proper.add(consonants)
    if "ministry" in nouns:
        seats = {part for part in proper if part in _seats()}  # "ministero della Sanità di Beirut"
        nouns |= {_seats()[part] for part in seats}
        proper -= seats
    nouns = nouns if proper and not nouns - _countries(nouns) else _as_one(nouns)
    return Made(frozenset(nouns), frozenset(proper), bool(nouns & known.institutions))


_OF_COUNTRY = "country "


def _country(words: Sequence[str], at: int) -> tuple[str | None, int]:
    """Return the country that words from `at` on mean, and the word behind them; None where they mean none."""
    known = country_words()
    for size in range(min(_LONGEST_COUNTRY, len(words) - at), 0, -1):
        form = " ".join(form_of(word) for word in words[at : at + size])
        code = known.get(form) or known.get(_ARTICLE.sub("", form))
        if code is not None:
            return code, at + size
    return None, at


_LONGEST_COUNTRY = 3


@cache
def _seats() -> Mapping[str, str]:
    """Return the country of each capital by the consonants of its name: its ministries are called by it."""
    data = tomllib.loads((resources.files("marsad.resources") / "capitals.toml").read_text("utf-8"))
    return {skeleton(name): f"{_OF_COUNTRY}{code}" for code, name in data["capitals"].items() if " " not in name}


_AT_WAR: tuple[set[str], ...] = (set(), {"government"}, {"defence"}, {"defence", "army"})
"""Nouns of those who speak for a state at war, beside its country's."""


def _countries(nouns: set[str]) -> set[str]:
    return {noun for noun in nouns if noun.startswith(_OF_COUNTRY)}


def _as_one(nouns: set[str]) -> set[str]:
    """Return the nouns of a body with those in their place that mean the same of it: a health office is the health ministry.

    Of a ministry its domain and its country alone count: its emergency centre is the ministry.
    """
    known = _organs()
    for parts, means in known.same:
        if parts <= nouns:
            nouns = (nouns - parts) | means
    of_country = _countries(nouns)
    if nouns == {"government"} or (of_country and nouns - of_country in _AT_WAR):  # "Israel said"
        nouns = {
            *of_country,
            "army",
        }  # who speaks for a state at war: "Israel Defense Forces", "the Israeli government"
    if len(nouns) > 1:
        nouns = nouns - {"directorate"}  # "direzione delle dogane" is what a "directeur des douanes" speaks for
    if "ministry" in nouns and nouns & known.domains:
        nouns = {noun for noun in nouns if noun == "ministry" or noun in known.domains or noun.startswith(_OF_COUNTRY)}
    return nouns


def names_a_kind(word: str) -> bool:
    """Tell whether a word is a common noun of bodies' names: "Rights" tells no committee from another.

    >>> names_a_kind("Rights"), names_a_kind("Majengo")
    (True, False)
    """
    return form_of(word) in _organs().concepts


def body_noun(word: str) -> str | None:
    """Return the concept of a word for what a town has one of, None for other words.

    >>> body_noun("hôpital"), body_noun("national")
    ('hospital', None)
    """
    concept = _organs().concepts.get(form_of(word))
    return concept if concept in _organs().institutions else None


def names_a_body(word: str) -> bool:
    """Tell whether a word is what a town has one of: "hospital", "governor", not "national".

    >>> names_a_body("hospital"), names_a_body("national")
    (True, False)
    """
    return body_noun(word) is not None


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
        elif form in country_words():
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
