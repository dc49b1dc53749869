"""Bodies that speak through many mouths, read once from resources/bodies.toml."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from marsad.model import OriginKind
from marsad.text.actors import Actor, actor_called
from marsad.text.organs import names_a_body, parted
from marsad.text.tokens import form_of

_BRACKETED = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[\w'’-]+")
_ELIDED = re.compile(r"^[LlDd]['’](?=\w{2})")
_REMEMBERED = 20_000
"""Names kept at hand: reports name the same few speakers over and over."""
_LONGEST = 12
"""Words of a name that are looked at; a longer one is no name of a body."""


@dataclass(frozen=True, slots=True)
class Body:
    """An institution that officials, reports and spokesmen speak for; `name` is how marsad calls it."""

    name: str
    kind: OriginKind


@dataclass(frozen=True, slots=True)
class _Bodies:
    bodies: tuple[tuple[tuple[str, ...], Body], ...]
    titles: frozenset[str]
    held: tuple[str, ...]


@cache
def _bodies() -> _Bodies:
    data = tomllib.loads((resources.files("marsad.resources") / "bodies.toml").read_text("utf-8"))
    pairs = [
        (tuple(form_of(word).split()), Body(entry["name"], OriginKind(entry["kind"])))
        for entry in data["body"]
        for word in (entry["name"], *entry["words"])
    ]
    pairs.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return _Bodies(tuple(pairs), frozenset(map(form_of, data["titles"])), tuple(data["held"]))


@lru_cache(maxsize=_REMEMBERED)
def actor_behind(name: str) -> Actor | None:
    """Return the known actor that somebody speaks for or a paper is of, None where none is known.

    >>> actor_behind("UNHCR spokesman").origin.name, actor_behind("an AP investigation").origin.name
    ('UNHCR', 'Associated Press')
    >>> actor_behind("the Harbour Daily") is None
    True
    """
    name = _ELIDED.sub("", name)
    known = actor_called(name)
    if known:
        return known
    words = _words(name)
    while words and form_of(words[0]) in _bodies().titles and actor_called(" ".join(words)) is None:
        words = words[1:]
    while words:
        known = actor_called(" ".join(words))
        if known:
            return known
        if form_of(words.pop()) not in _bodies().titles:
            return None
    return None


@lru_cache(maxsize=_REMEMBERED)
def body_behind(name: str, places: tuple[str, ...] = ()) -> Body | None:
    """Return the body that a name means, if nothing else is in it but titles and words of these places; None otherwise.

    A letter may be joined to the word of a place: "مكتب الصحة بالحديدة".

    >>> body_behind("Sanaa health ministry", ("Sanaa",)).name, body_behind("health officials").name
    ('health ministry', 'health ministry')
    >>> body_behind("Aden health ministry", ("Sanaa",)) is None
    True
    """
    known = _bodies()
    forms = [form_of(word) for word in _words(name)]
    near = {form_of(word) for place in places for word in _WORD.findall(place)}
    for words, body in known.bodies:
        size = len(words)
        for at in range(len(forms) - size + 1):
            if tuple(forms[at : at + size]) == words:
                rest = (*forms[:at], *forms[at + size :])
                if all(w in known.titles or w in near or w[1:] in near or w.endswith(known.held) for w in rest):
                    return body
    return None


def _words(name: str) -> list[str]:
    words = _WORD.findall(_BRACKETED.sub(" ", name[:300]))
    return words if len(words) <= _LONGEST else []


@lru_cache(maxsize=_REMEMBERED)
def untitled(name: str) -> str:
    """Return a name without what stands in brackets and the titles at its end; the whole name where nothing is left.

    >>> untitled("Harbour Prosecutor report"), untitled("the Harbour League (Vale)"), untitled("spokesman")
    ('Harbour Prosecutor', 'the Harbour League', 'spokesman')
    """
    bare = " ".join(_BRACKETED.sub(" ", name[:300]).split())
    words = bare.split()
    while words and form_of(words[-1]) in _bodies().titles:
        words.pop()
    return " ".join(words) or name


@lru_cache(maxsize=_REMEMBERED)
def office_of(name: str) -> str | None:
    """Return the office that a name tells of somebody in brackets, None where it tells none.

    >>> office_of("Ali Hassan (head of Bost hospital)"), office_of("Harbour Prosecutor (Vale)"), office_of("Vale League (VL)")
    ('head of Bost hospital', None, None)
    """
    outside, inside = parted(name[:300])
    held = any(is_title(form_of(word)) or names_a_body(word) for word in _words(inside))
    return inside if outside and held else None


def is_title(form: str) -> bool:
    """Tell whether a word, as tokens spell it, makes a person out of a body: "spokesman", "director", "jefe".

    >>> is_title("spokesman"), is_title("hospital")
    (True, False)
    """
    return form in _offices()


@cache
def _offices() -> frozenset[str]:
    data = tomllib.loads((resources.files("marsad.resources") / "bodies.toml").read_text("utf-8"))
    return frozenset(map(form_of, data["offices"]))
