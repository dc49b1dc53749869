"""Whether two names are of one speaker: the same name, with or without its title, or one office of one place."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from marsad.text.organs import Made, made_of
from marsad.text.sound import sound
from marsad.text.tokens import form_of, tokens

_OF_WHAT = frozenset({"rights", "health", "defence", "interior"})
"""What an office may be of: the ministry of health is not that of defence, and "rights" alone is no office."""

_SHORTEST = 4
"""Letters of the shortest word that tells whose office it is."""


def same_speaker(one: str, other: str) -> bool:
    """Tell whether two names may be of one speaker.

    >>> same_speaker("Anselme Ngoy", "Father Anselme Ngoy"), same_speaker("mayor of Uvira", "town hall in Uvira")
    (True, True)
    >>> same_speaker("mayor of Uvira", "hospital in Uvira"), same_speaker("mayor", "hospital")
    (False, False)
    >>> same_speaker("health ministry", "Adam Nur (porte-parole du ministère de la Santé)")
    True
    """
    if form_of(one) == form_of(other):
        return True
    if _one_body(made_of(one), made_of(other)):
        return True
    words, others = _words(one), _words(other)
    offices = [{_offices()[w] for w in said if w in _offices()} for said in (words, others)]
    names = [
        {sound(w) for w in said if w not in _offices() and w not in _words_of("fill") and len(w) >= _SHORTEST}
        for said in (words, others)
    ]
    bases, kinds = [o - _OF_WHAT for o in offices], [o & _OF_WHAT for o in offices]
    if bases[0] and bases[1]:
        one_kind = bool(kinds[0] & kinds[1]) or not (kinds[0] and kinds[1])
        nameless = not (names[0] and names[1])
        return bool(bases[0] & bases[1]) and one_kind and (nameless or bool(names[0] & names[1]))
    few, many = sorted((name | kind for name, kind in zip(names, kinds, strict=True)), key=len)
    return len(few) > 1 and few <= many  # a name and a surname


def _one_body(one: Made, other: Made) -> bool:
    """Tell whether two names are of one body of a town: the same nouns, or fewer, and no proper name that the other lacks."""
    if not (one.institution and other.institution):
        return False
    few, many = sorted((one, other), key=lambda made: (len(made.nouns), len(made.proper)))
    return few.nouns <= many.nouns and (few.proper <= many.proper or many.proper <= few.proper)


def names_a_side(text: str) -> bool:
    """Tell whether words call people civilians or fighters as such, and not only what they were doing: "14 civilians".

    >>> names_a_side("14 civilians"), names_a_side("14 wedding guests")
    (True, False)
    """
    return not _words_of("sides").isdisjoint(_words(text))


def camp_of(text: str) -> str | None:
    """Return on which side words put armed people, "state" or "against" it; None where they do not say, or say both.

    >>> camp_of("Four soldiers"), camp_of("seven Islamic State fighters"), camp_of("six members of the Lobos")
    ('state', 'against', None)
    """
    said = set(_words(text))
    camps = [camp for camp in ("state", "against") if said & _words_of(camp)]
    return camps[0] if len(camps) == 1 else None


def _words(name: str) -> list[str]:
    return [form for token in tokens(name) for form in [token.form] if token.kind == "word"]


@cache
def _words_of(name: str) -> frozenset[str]:
    data = tomllib.loads((resources.files("marsad.resources") / "checking.toml").read_text("utf-8"))
    return frozenset(t.form for word in data["people"][name] for t in tokens(word))


@cache
def _offices() -> Mapping[str, str]:
    """Return the office that a word means, each by the name of its list."""
    data = tomllib.loads((resources.files("marsad.resources") / "checking.toml").read_text("utf-8"))
    return {t.form: office for office, words in data["offices"].items() for w in words for t in tokens(w)}
