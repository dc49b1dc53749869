"""The words of a language as reports use them, read once from resources/lang/ and resources/actors.toml."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, Generic, TypeVar

from marsad.model import Group, Measure, Origin, OriginKind, Status
from marsad.text.tokens import Token, form_of, tokens

Meaning = TypeVar("Meaning")


class Phrases(Generic[Meaning]):
    """Phrases of one or more words, each with a meaning; finds the longest one that starts at a token."""

    def __init__(self, pairs: Iterable[tuple[str, Meaning]], prefixes: Sequence[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        self._prefixes = tuple(prefixes)
        for phrase, meaning in pairs:
            forms = tuple(t.form for t in tokens(phrase))
            if forms:
                self._by_first.setdefault(forms[0], []).append((forms, meaning))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, words: Sequence[Token], at: int) -> tuple[Meaning, int] | None:
        """Return the meaning of the longest phrase starting at token `at` and the token after it; None if none does.

        A particle that the language writes onto the next word (Arabic "and") is looked past.
        """
        if at >= len(words):
            return None
        form = words[at].form
        found = self._from(form, words, at) if form in self._by_first else None
        if found is None and self._prefixes:
            return self._past_prefix(form, words, at)
        return found

    def _past_prefix(self, form: str, words: Sequence[Token], at: int) -> tuple[Meaning, int] | None:
        for prefix in self._prefixes:
            rest = form[len(prefix) :]
            if form.startswith(prefix) and len(rest) > 1 and rest in self._by_first:
                found = self._from(rest, words, at)
                if found is not None:
                    return found
        return None

    def _from(self, first: str, words: Sequence[Token], at: int) -> tuple[Meaning, int] | None:
        for forms, meaning in self._by_first[first]:
            size = len(forms)
            if size == 1:
                return meaning, at + 1
            if at + size <= len(words) and all(words[at + k].form == forms[k] for k in range(1, size)):
                return meaning, at + size
        return None

    @property
    def firsts(self) -> frozenset[str]:
        """The words that phrases begin with."""
        return frozenset(self._by_first)

    def find(self, words: Sequence[Token], start: int = 0, end: int | None = None) -> list[tuple[Meaning, int, int]]:
        """Return every phrase in words[start:end], leftmost longest, as (meaning, first token, token after)."""
        out, at, stop = [], start, len(words) if end is None else end
        while at < stop:
            hit = self.match(words, at)
            if hit and hit[1] <= stop:
                out.append((hit[0], at, hit[1]))
                at = hit[1]
            else:
                at += 1
        return out


@dataclass(frozen=True, slots=True)
class People:
    """A noun for people, and what it says about them."""

    status: Status
    group: Group | None


@dataclass(frozen=True, slots=True)
class Harm:
    """A word for what befell people: its part in a sentence (`tag`) and what it counts."""

    tag: str
    measure: Measure
    needs_after: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody with a name: who counts, speaks or fights, and whether the name may stand in public."""

    origin: Origin
    name_ar: str | None
    public: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over tagged chunks: `q` is the quantity, `t` the word of harm; `score` is a ranking signal."""

    name: str
    pattern: re.Pattern[str]
    score: float


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Everything that reading needs to know of one language; `data` is its folder of words as it stands on disk."""

    lang: str
    data: Mapping[str, Any]

    def phrases(self, words: Iterable[str]) -> Phrases[str]:
        """Return a finder of these phrases, each meaning itself."""
        return Phrases(((w, w) for w in words), self.prefixes)

    def section(self, *names: str) -> Phrases[str]:
        """Return a finder of the phrases listed under these dotted names."""
        return self._sections(names)

    @cache  # noqa: B019 - lexicons live as long as the process
    def _sections(self, names: tuple[str, ...]) -> Phrases[str]:
        out: list[str] = []
        for name in names:
            node: Any = self.data
            for part in name.split("."):
                node = node[part]
            out += list(node)
        return self.phrases(out)

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Particles written onto the next word."""
        return tuple(self.data["prefixes"])

    @cached_property
    def people(self) -> Phrases[People]:
        """Nouns for people."""
        return Phrases(
            (
                (word, People(Status(entry["status"]), Group(entry["group"]) if "group" in entry else None))
                for entry in self.data["people"]
                for word in entry["words"]
            ),
            self.prefixes,
        )

    @cached_property
    def harm(self) -> Phrases[Harm]:
        """Words for being killed, hurt, missing, displaced, and for living somewhere."""
        return Phrases(
            (
                (
                    word,
                    Harm(
                        entry["tag"],
                        Measure(entry["measure"]),
                        tuple(tuple(t.form for t in tokens(p)) for p in entry.get("needs_after", [])),
                    ),
                )
                for entry in self.data["harm"]
                for word in entry["words"]
            ),
            self.prefixes,
        )

    @cached_property
    def tags(self) -> Phrases[str]:
        """Words that hold a sentence together, by tag letter."""
        return Phrases(((word, tag) for tag, words in self.data["tags"].items() for word in words), self.prefixes)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Patterns over tags, best first."""
        rules = [Rule(r["name"], re.compile(r["tags"]), r["score"]) for r in self.data["rule"]]
        return tuple(sorted(rules, key=lambda rule: -rule.score))

    @cached_property
    def actors(self) -> Phrases[Actor]:
        """Named actors in every spelling, and this language's words for roles ("activists", "doctors")."""
        pairs = [(alias, actor) for actor in actors() for alias in _aliases(actor)]
        for entry in self.data["role"]:
            for word in entry["words"]:
                pairs.append(
                    (
                        word,
                        Actor(
                            Origin(word.removeprefix("the ").removeprefix("a "), OriginKind(entry["kind"])), None, False
                        ),
                    )
                )
        return Phrases(pairs, self.prefixes)

    @cached_property
    def weapons(self) -> Phrases[str]:
        """Words for weapons and attacks, meaning the kind of weapon."""
        return Phrases(((w, kind) for kind, ws in self.data["weapons"].items() for w in ws), self.prefixes)

    @cached_property
    def hint(self) -> re.Pattern[str]:
        """A pattern that finds a word of harm; a text without one holds no claim."""
        words = {form_of(w.split()[0]) for entry in self.data["harm"] for w in entry["words"]}
        words |= {form_of(w) for w in ("toll",)} if self.lang == "en" else set()
        return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


@cache
def lexicon(lang: str) -> Lexicon:
    """Return the lexicon of a language, an ISO 639-1 code; raises KeyError naming the languages there are."""
    path = resources.files("marsad.resources") / "lang" / f"{lang}.toml"
    if not path.is_file():
        raise KeyError(f"no lexicon for language {lang!r}; there are {', '.join(languages())}")
    data = tomllib.loads(path.read_text("utf-8"))
    for section in _FOLDED:
        data[section] = _folded(data[section])
    return Lexicon(lang, data)


_FOLDED = ("numbers", "dates", "places", "perpetrators", "attribution", "sided")
"""Sections whose words are looked up one by one, and so must be spelled as tokens are."""


def _folded(node: Any) -> Any:
    """Return a part of the lexicon with every word spelled as tokens spell it."""
    if isinstance(node, str):
        return form_of(node)
    if isinstance(node, list):
        return [_folded(item) for item in node]
    if isinstance(node, dict):
        return {form_of(key): _folded(value) for key, value in node.items()}
    return node


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a lexicon, in alphabetical order."""
    folder = resources.files("marsad.resources") / "lang"
    return tuple(sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml")))


@cache
def _actor_entries() -> tuple[Mapping[str, Any], ...]:
    path = resources.files("marsad.resources") / "actors.toml"
    return tuple(tomllib.loads(path.read_text("utf-8"))["actor"])


@cache
def actors() -> tuple[Actor, ...]:
    """Return every actor of resources/actors.toml."""
    return tuple(
        Actor(Origin(e["name"], OriginKind(e["kind"]), e.get("party")), e.get("name_ar"), e["public"])
        for e in _actor_entries()
    )


def _aliases(actor: Actor) -> list[str]:
    entry = next(e for e in _actor_entries() if e["name"] == actor.origin.name)
    return [entry["name"], *entry["aliases"]]
