"""The words of a language as reports use them, read once from resources/lang/ and resources/actors.toml."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources
from typing import Any, TypeVar

from marsad.model import Group, Measure, Origin, OriginKind, Status
from marsad.text.actors import Actor, actors
from marsad.text.context_words import ContextWords, spelled
from marsad.text.number_words import number_words
from marsad.text.phrases import Index, Line, Phrases, bits_of
from marsad.text.sieve import Sieve
from marsad.text.tokens import form_of, tokens

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class People:
    """A noun for people, and what it says about them: civilians or not, which group, whether they were driven out.

    `others` marks a noun that means more of those counted before ("30 others").
    """

    status: Status
    group: Group | None
    displaced: bool = False
    others: bool = False


@dataclass(frozen=True, slots=True)
class Harm:
    """A word for what befell people: its part in a sentence (`tag`) and what it counts.

    `needs_after` are the phrases one of which must follow ("forced … from their homes"); empty where none is needed.
    `bodies` marks a noun for dead bodies, which footage shows without counting a toll.
    """

    tag: str
    measure: Measure
    needs_after: tuple[tuple[str, ...], ...] = ()
    bodies: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over tagged chunks: `q` is the quantity, `t` the word of harm; `score` is a ranking signal.

    `told_by` are the tags one of which `t` is; where none stands in a sentence, the pattern need not be tried. `opens` are
    the tags that the pattern begins with, the only places where it need be tried; empty where it may begin with others.
    `needs` are tags without any of which it never matches.
    """

    name: str
    tags: str
    score: float
    told_by: frozenset[str]
    opens: frozenset[str]
    needs: frozenset[str]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first tried: a language that is not read costs no time at the start."""
        return _compiled(self.tags)


_PHRASED = frozenset(
    (
        *(
            "attribution.accused",
            "attribution.adverbs",
            "attribution.back",
            "attribution.citing",
            "attribution.cue",
            "attribution.ours",
            "attribution.papers",
            "attribution.quoted",
            "attribution.say",
            "attribution.same",
            "attribution.told",
        ),
        *(
            "attribution.unnamed",
            "bystanders.share_of",
            "bystanders.spared",
            "bystanders.times",
            "counting.words",
            "dates.since",
            "dates.last_week",
            "dates.later",
            "dates.earlier",
            "dates.after",
            "dates.after_before",
            "dates.to_the_day",
            "modality.denied",
            "modality.hypothetical",
            "modality.hypothetical_after",
        ),
        *("modality.reported", "modality.retracted", "modality.retracted_after", "none.alone", "none.any"),
        *(
            "none.among",
            "none.negations",
            "none.words",
            "other_numbers.after",
            "parts.degrees",
            "parts.totals",
            "perpetrators.acts",
            "perpetrators.accused",
            "perpetrators.claimed",
            "perpetrators.possible",
            "perpetrators.by",
        ),
        *(
            "relations.changed",
            "relations.lowered",
            "relations.older",
            "relations.older_after",
            "relations.raised",
            "relations.several",
            "relations.up_from",
        ),
        *(
            "perpetrators.generic_state",
            "perpetrators.state",
            "scope.aggregate",
            "scope.background",
            "scope.cumulative",
            "seen.words",
        ),
        *(
            "telling.words",
            "telling.late",
            "telling.until",
            "topic.accident",
            "topic.animals",
            "topic.armed",
            "topic.crime",
            "topic.disaster",
            "topic.drill",
            "topic.fiction",
            "topic.hints",
            "topic.as_if",
            "topic.money",
            "topic.sport",
        ),
        *("unknown.asking", "unknown.marks", "unknown.words", "whole.construct", "whole.pointing", "whole.words"),
    )
)
"""Lists that hold phrases; the words of all others are looked up one by one."""


class Lexicon:
    """Everything that reading needs to know of one language.

    `data` is its file as it stands on disk, words that are looked up one by one spelled as tokens are. The lists of
    phrases are looked for in a `line`, which knows where each of them stands.
    """

    def __init__(self, lang: str, data: Mapping[str, Any]) -> None:
        self.lang, self.data = lang, data
        self._lists: list[Phrases[Any]] = []
        self.people = self._listed(_people(data))
        self.bare = self._listed(_bare(data))
        self.harm = self._listed(_harm(data))
        self.tags = self._listed(_kinds(data["tags"]))
        self.weapons = self._listed(_kinds(data["weapons"]))
        self.actors = self._listed(_actors(data), cased=True)
        self.days = self._listed((word, (span[0], span[1])) for word, span in data["dates"]["days"].items())
        self.steps = self._listed(data["dates"]["steps"].items())
        self.numbers = number_words(data, self._listed)
        sections = dict(_sections(data))
        self._sections = {name: self._listed((w, w) for w in spelled(sections[name])) for name in _PHRASED}
        self._forms = {name: frozenset(map(form_of, sections[name])) for name in sections if name not in _PHRASED}
        self.section: Callable[[str], Phrases[str]] = self._sections.__getitem__  # a method would take twice the time
        """Returns the phrases listed under a dotted name ("attribution.cue"), each meaning itself.

        Raises KeyError for a name that is no list of phrases.
        """
        self.forms: Callable[[str], frozenset[str]] = self._forms.__getitem__
        """Returns the words listed under a dotted name, spelled as tokens are; for words looked up one by one.

        Raises KeyError for a name that is no list of single words.
        """
        self._before_words = (*data["prefixes"], *data["clitics"])
        self._counting = Index(self._lists, self._before_words)
        self._glance(self._before_words)
        self.rules = tuple(sorted(map(_rule, data["rule"]), key=lambda rule: -rule.score))
        self.monitors = frozenset(
            form_of(actor.origin.name)
            for _, actor, _ in self.actors.entries
            if actor.origin.kind is OriginKind.MONITOR and not actor.public
        )
        self.bodies = frozenset(
            form_of(actor.origin.name) for _, actor, _ in self.actors.entries if actor.body and not actor.public
        )
        joints = {forms for forms, tag, _ in self.tags.entries if tag == "O"}
        clauses = self._forms["attribution.clause"] | self._forms["places.before"]
        self.stops = frozenset(form for form in clauses if (form,) not in joints)
        """Words behind which no noun belongs to a number before them: what opens a clause, prepositions but "of"."""
        self.countries: Mapping[str, str] = _countries(data)
        self.prefixes: tuple[str, ...] = tuple(data["prefixes"])
        self.place_prefixes: tuple[str, ...] = tuple(data["places"]["prefixes"])
        self.subject_first = bool(data["subject_first"])
        self.subject_behind = bool(data["subject_behind"])
        self.subject_dropped = bool(data["subject_dropped"])

    def _glance(self, prefixes: Sequence[str]) -> None:
        """Prepare what tells at a glance that a text, a sentence or a word of it can be passed over.

        The sieves are for texts: one for words of harm, one also for words that point at a toll told before. `told_by` and
        `numbered_by` are the slots of lists one of which stands in a sentence that states a count; `chunk_bits` are the
        bits of lists that make a word more than a word of grammar, `uncounted_bits` of lists for none and for nobody knows.
        """
        uncounted = [self._sections[name] for name in ("unknown.words", "unknown.asking", "none.words", "none.any")]
        counting = self._sections["counting.words"]
        pointing = [self._sections["whole.words"], self._sections["whole.construct"], counting]
        harmful = [*self.harm.phrases, *(forms for forms, tag, _ in self.tags.entries if tag in "TJ")]
        common = self._common()
        self.harm_sieve = Sieve(harmful, prefixes, common)
        self.count_sieve = Sieve([*harmful, *(forms for each in pointing for forms in each.phrases)], prefixes, common)
        told: list[Phrases[Any]] = [self.harm, *pointing]
        denied = self._sections["modality.denied"]
        numbered: list[Phrases[Any]] = [self.bare, denied, *uncounted, *self.numbers.leads]
        self.uncounted_bits = bits_of(uncounted)
        self.told_by = frozenset(phrases.slot for phrases in told)
        self.numbered_by = frozenset(phrases.slot for phrases in numbered)
        self.chunk_bits = bits_of([self.actors, self.bare, self.harm, counting, *uncounted, *self.numbers.leads])

    def _common(self) -> frozenset[str]:
        """Return the small words, by which a sieve could let every text pass: "left", "with", "their"."""
        small = {forms[0] for forms, tag, _ in self.tags.entries if len(forms) == 1 and tag not in "TJ"}
        named = (
            "attribution.located",
            "attribution.behind",
            "attribution.clause",
            "attribution.not_names",
            "places.before",
        )
        small |= {forms[0] for forms in self.people.phrases if len(forms) == 1}
        return frozenset(small.union(*(self._forms[name] for name in named), self.data["articles"]))

    @cached_property
    def _with_beside(self) -> tuple[ContextWords, Index]:
        """The words for contexts and the phrases of all lists, opened when first asked for: counts need neither."""
        beside = ContextWords(self.data, self._listed)
        return beside, Index(self._lists, self._before_words)

    @cached_property
    def beside(self) -> ContextWords:
        """The words that tell of more than counts."""
        return self._with_beside[0]

    def line(self, text: str, start: int = 0, end: int | None = None) -> Line:
        """Return text[start:end], a sentence, read against every list of this lexicon."""
        return Line(text, start, end, self._with_beside[1])

    def counting_line(self, text: str, start: int = 0, end: int | None = None) -> Line:
        """Return text[start:end], a sentence, read against the lists that counts need: `beside` finds nothing in it.

        Most words that stand in a list stand in one of those for contexts; to mark them would take as long as all else.
        """
        return Line(text, start, end, self._counting)

    def known_in(self, text: str, start: int, end: int) -> int:
        """Return how many small words and words of harm of this language begin in text[start:end], a sentence."""
        return sum(map(len, Line(text, start, end, _small(self)).finds.values()))

    def _listed(self, pairs: Iterable[tuple[str, Meaning]], *, cased: bool = False) -> Phrases[Meaning]:
        phrases = Phrases(len(self._lists), pairs, cased=cased)
        self._lists.append(phrases)
        return phrases


def _rule(entry: Mapping[str, Any]) -> Rule:
    """Return a rule with what its pattern shows at a glance; raises ValueError where it has no plain group t."""
    told_by, opens = _TOLD_BY.search(entry["tags"]), _OPENS.match(entry["tags"])
    if told_by is None:
        raise ValueError(f"rule {entry['name']}: {entry['tags']} has no group t of tags; write it (?P<t>[VD])")
    opening = frozenset(opens[1] if opens else "")
    needs = frozenset(_NEEDED.findall(_INNER.sub("_", entry["tags"])))
    return Rule(entry["name"], entry["tags"], entry["score"], frozenset(told_by[1]), opening, needs)


_compiled = cache(re.compile)

_TOLD_BY = re.compile(r"\(\?P<t>\[?([A-Z]+)\]?\)")
_INNER = re.compile(r"\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]")
"""A group with at most one level of groups in it, or a class: what a pattern may match by more than one tag."""
_NEEDED = re.compile(r"[A-Za-z](?![?*]|\{0)")
"""A tag that stands in a pattern by itself and has to be there."""
_OPENS = re.compile(r"(?:\(\?<[=!]\[?[A-Za-z]+\]?\))?\(\?P<[tq]>\[?([A-Za-z]+)\]?\)(?![?*{])")


def _kinds(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the words of a table of lists, each with the name of its list."""
    return ((word, kind) for kind, words in table.items() if isinstance(words, list) for word in words)


def _people(data: Mapping[str, Any]) -> Iterator[tuple[str, People]]:
    for entry in data["people"]:
        group = Group(entry["group"]) if "group" in entry else None
        people = People(Status(entry["status"]), group, entry.get("displaced", False), entry.get("others", False))
        words = {*entry["words"], *entry.get("one", ()), *entry.get("two", ())}
        yield from ((word, people) for word in sorted(words))


def _bare(data: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the nouns that count without a number: a singular one, an Arabic dual two."""
    for entry in data["people"]:
        yield from ((word, 1) for word in entry.get("one", ()))
        yield from ((word, 2) for word in entry.get("two", ()))


def _harm(data: Mapping[str, Any]) -> Iterator[tuple[str, Harm]]:
    for entry in data["harm"]:
        needs = tuple(tuple(t.form for t in tokens(phrase)) for phrase in entry.get("needs_after", ()))
        harm = Harm(entry["tag"], Measure(entry["measure"]), needs, entry.get("bodies", False))
        yield from ((word, harm) for word in spelled(entry["words"]))


def _actors(data: Mapping[str, Any]) -> Iterator[tuple[str, Actor]]:
    """Yield named actors in every spelling, and this language's words for roles ("activists", "doctors").

    A role in another language than English goes by the English name that its entry gives it, as a known actor does.
    """
    latin = data["latin"]
    for actor in actors():
        yield from ((alias, actor) for alias in actor.aliases if not latin or _is_latin(alias))
        yield from ((alias, replace(actor, seat=True)) for alias in actor.seats if not latin or _is_latin(alias))
    for entry in data["role"]:
        for word in spelled(entry["words"]):
            gloss = entry.get("name")
            origin = Origin(gloss or without_article(data, word), OriginKind(entry["kind"]))
            yield word, Actor(origin, None, public=False, body=entry.get("body", False), glossed=gloss is not None)


_LATIN_ENDS = "\u024f"
"""The last letter of the blocks for Latin script: letters of other scripts stand behind it."""


def _is_latin(name: str) -> bool:
    """Tell whether a name is spelled in Latin letters: in a language of those no text has it in others."""
    return all(not letter.isalpha() or letter <= _LATIN_ENDS for letter in name)


def _countries(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what this language calls countries and peoples, spelled as tokens are, each with its ISO 3166-1 code."""
    table = {code: words for code, words in data["countries"].items() if isinstance(words, list)}
    return {" ".join(t.form for t in tokens(word)): code for code, words in table.items() for word in words}


def without_article(data: Mapping[str, Any], words: str) -> str:
    """Return words without the article that leads them.

    >>> without_article({"articles": ["the", "a"]}, "the health ministry")
    'health ministry'
    """
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in data["articles"] else words


def _sections(data: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield every list of words of the file with its dotted name."""
    for name, table in data.items():
        if isinstance(table, Mapping):
            yield from ((f"{name}.{part}", words) for part, words in table.items() if isinstance(words, list))


@cache
def _small(words: Lexicon) -> Index:
    return Index([words.tags, words.harm], (*words.data["prefixes"], *words.data["clitics"]))


@cache
def lexicon(lang: str) -> Lexicon:
    """Return the lexicon of a language, an ISO 639-1 code; raises KeyError naming the languages there are."""
    path = resources.files("marsad.resources") / "lang" / f"{lang}.toml"
    if not path.is_file():
        raise KeyError(f"no lexicon for language {lang!r}; there are {', '.join(languages())}")
    data = tomllib.loads(path.read_text("utf-8"))
    return Lexicon(lang, {**data, **{section: _folded(data[section]) for section in _FOLDED}})


_FOLDED = ("numbers", "dates")
"""Sections whose words are looked up one by one, and so must be spelled as tokens are."""


def _folded(node: Any) -> Any:
    """Return a part of the lexicon with every word spelled as tokens spell it."""
    if isinstance(node, str):
        return form_of(node)
    if isinstance(node, list):
        return [_folded(item) for item in node]
    if isinstance(node, dict):
        return {form_of(k): v if k.startswith("example") else _folded(v) for k, v in node.items()}
    return node


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a lexicon, in alphabetical order."""
    folder = resources.files("marsad.resources") / "lang"
    return tuple(sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml")))
