"""The words that tell of more than counts: what triggers a context, and what is looked for around a trigger."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from marsad.model import ContextKind
from marsad.text.phrases import Line, Phrases
from marsad.text.tokens import form_of, tokens


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that may tell of something of this kind, and how its sentence is read (`frame`).

    `does`: who acts stands on the side of the subject, what it is done to on the other. `suffers`: the other way round, who
    acts behind a word such as "by". `noun`: it is named ("shelling of the town by the army"). `held`: it is written behind
    the actor ("rebel-held"). Others name readings of their own (see `marsad.extract.building`).

    `then` are phrases one of which must follow soon, `weak` asks for an actor that bears arms, `again` says that it had
    been otherwise before ("recaptured"), `weapon` is what the word says was used; `close`
    words are as often nouns ("shells"), so who acts must stand right before them. `helped` words are participles, which
    act behind an auxiliary alone ("a repris", "si sono impadroniti"). `name` is the entry, for explanation.
    """

    name: str
    kind: ContextKind
    act: str
    frame: str
    then: tuple[tuple[str, ...], ...] = ()
    weak: bool = False
    again: bool = False
    weapon: str | None = None
    close: bool = False
    helped: bool = False


_HELPED = 3
"""Words before a participle within which its auxiliary stands: "a de nouveau pris"."""


class ContextWords:
    """What a language's lexicon says of contexts: its triggers, lists of phrases, and the parties that fight.

    A language without entries has no triggers: nothing is read beside its counts.
    """

    def __init__(self, data: Mapping[str, Any], listed: Callable[..., Phrases[Any]]) -> None:
        entries = data.get("context", [])
        self.triggers: Phrases[tuple[Trigger, ...]] = listed(_triggers(entries))
        self.endings: Mapping[str, Trigger] = dict(_endings(entries))
        self.parties: Phrases[Party] = listed(parties() if entries else (), cased=True)
        beside = data.get("beside", {}).items()
        table = {name: spelled(words) for name, words in beside if isinstance(words, list)}
        self._phrases: dict[str, Phrases[str]] = {name: listed((w, w) for w in table[name]) for name in table}
        self._forms = {name: frozenset(form_of(w) for w in table[name]) for name in table}
        self.periods: Mapping[str, int] = data.get("beside", {}).get("periods", {})
        self._listed_periods = listed(self.periods.items())
        self._none: Phrases[str] = listed(())
        self._firsts, self._prefixes = self.triggers.firsts, tuple(data.get("prefixes", ()))

    @property
    def jihadists(self) -> frozenset[str]:
        """The parties that "the jihadists" may mean."""
        return frozenset(party.name for _, party in parties() if party.jihadist)

    def plain(self, form: str) -> bool:
        """Tell whether a word is a trigger as it stands, less "and": with an article written onto it it is no verb."""
        return form in self._firsts or any(
            form.startswith(p) and form[len(p) :] in self._firsts for p in self._prefixes
        )

    def hits(self, line: Line) -> list[tuple[Trigger, int, int]]:
        """Return every trigger of a sentence with its first token and the token after it, in order."""
        found = self.triggers.find(line)
        out = [
            (trigger, first, after)
            for triggers, first, after in found
            for trigger in triggers
            if not trigger.helped or self._helped(line, first)
        ]
        if self.endings:
            for at, token in enumerate(line):
                dash = token.form.rfind("-") if "-" in token.text else 0
                if dash > 0 and (ending := self.endings.get(token.form[dash:])):
                    out.append((ending, at, at + 1))
        return sorted(out, key=lambda hit: hit[1])

    def _helped(self, line: Line, first: int) -> bool:
        """Tell whether an auxiliary stands before a participle, in its clause."""
        auxiliaries = self.forms("auxiliaries")
        for at in range(first - 1, max(-1, first - 1 - _HELPED), -1):
            if line[at].kind == "mark":
                return False
            if line[at].form in auxiliaries:
                return True
        return False

    def phrases(self, name: str) -> Phrases[str]:
        """Return a list of phrases of the table `beside`, an empty one where this language leaves it out."""
        return self._phrases.get(name, self._none)

    def forms(self, name: str) -> frozenset[str]:
        """Return a list of single words of the table `beside`, spelled as tokens are; empty where it is left out."""
        return self._forms.get(name, frozenset())

    @property
    def spans(self) -> Phrases[int]:
        """Vague times ("in recent months"), each with how many days before publication it reaches back."""
        return self._listed_periods


@dataclass(frozen=True, slots=True)
class Party:
    """A party to a war by its English name; `state` where it is a government or a coalition of them.

    `jihadist` says that "the jihadists" may mean it, `country` is where it fights (ISO 3166-1), None where in several.
    """

    name: str
    state: bool = False
    jihadist: bool = False
    country: str | None = None


def _triggers(entries: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, tuple[Trigger, ...]]]:
    """Yield every phrase with all the triggers it may be: "imposed" a curfew, or a rule."""
    every: dict[str, list[Trigger]] = {}
    for entry in entries:
        for name, helped in (("words", False), ("participles", True)):
            trigger = _trigger(entry, helped=helped)
            for word in spelled(entry.get(name, ())):
                if not word.startswith("-"):
                    every.setdefault(word, []).append(trigger)
    yield from ((word, tuple(triggers)) for word, triggers in every.items())


def _endings(entries: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Trigger]]:
    for entry in entries:
        yield from ((form_of(word), _trigger(entry)) for word in entry.get("words", ()) if word.startswith("-"))


def spelled(words: Iterable[str]) -> list[str]:
    """Return phrases with every choice in braces written out, so that one entry holds the forms of a word.

    >>> spelled(["emparé{,es} {de,du}", "battle for"])
    ['emparé de', 'emparé du', 'emparées de', 'emparées du', 'battle for']
    """
    out = []
    for word in words:
        head, _, rest = word.partition("{")
        choices, _, tail = rest.partition("}")
        tails = spelled([tail]) if tail else [""]
        out += [head + choice + end for choice in choices.split(",") for end in tails]
    return out


def _trigger(entry: Mapping[str, Any], *, helped: bool = False) -> Trigger:
    return Trigger(
        f"{entry['kind']}.{entry['act']}.{entry['frame']}",
        ContextKind(entry["kind"]),
        entry["act"],
        entry["frame"],
        tuple(tuple(t.form for t in tokens(phrase)) for phrase in spelled(entry.get("then", ()))),
        entry.get("weak", False),
        entry.get("again", False),
        entry.get("weapon"),
        entry.get("close", False),
        helped,
    )


@cache
def parties() -> tuple[tuple[str, Party], ...]:
    """Return every spelling of every party, in all languages: a report may keep the name that a party gives itself."""
    data = tomllib.loads((resources.files("marsad.resources") / "parties.toml").read_text("utf-8"))
    return tuple(
        (alias, _party(entry)) for entry in data["party"] for alias in dict.fromkeys((entry["name"], *entry["aliases"]))
    )


def _party(entry: Mapping[str, Any]) -> Party:
    return Party(entry["name"], entry.get("state", False), entry.get("jihadist", False), entry.get("country"))
