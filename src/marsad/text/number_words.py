"""A language's words for numbers, shares and bounds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from marsad.model import Bound
from marsad.text.phrases import Phrases, bits_of

Meaning = TypeVar("Meaning")


class Listing(Protocol):
    """What files a list of phrases in a lexicon's index."""

    def __call__(self, pairs: Iterable[tuple[str, Meaning]]) -> Phrases[Meaning]:
        """Return the list, filed."""


@dataclass(frozen=True, eq=False)
class NumberWords:
    """`vague` means (low, high) of what the word bounds, 0 for a side it leaves open; `rounded` are words for about a number
    ("une vingtaine"); `fractions` (numerator, denominator); `majority` more than half; `ratio` what joins the two numbers of
    "one in five"; `more` stands before a number and adds nothing ("a further 12"); `before` and `after` the bound words on
    either side of a number. `joins` go on with a number from a hundred on ("two hundred and five"), `tens_joins` from twenty
    on ("treinta y cuatro"). `teens` are words for ten that follow a digit ("ثلاثة عشر"); `glued` are what stands for a number
    word inside one that is written in one word ("vent" in "ventuno"), empty where none is; `more_behind` stand behind a
    number and mean others than those counted before ("80 more"), `more_alone` are one more ("another was injured");
    `changing` stands before the number that a toll has left behind ("rose from 12 to 15"); `perhaps` lead to the larger of
    two numbers ("20, perhaps 30, people"); `half` adds half of the last scale ("two million and a half");
    `households` are nouns that a number of people may follow ("a family of eight");
    `starts` are the single words that a quantity may begin with, `bare_articles` the articles that are no number word,
    `leads` the phrases that may lead a quantity, `lead_bits` the bits of their lists in a line's marks.
    """

    units: Mapping[str, int]
    times: Mapping[str, int]
    vague: Phrases[tuple[int, int]]
    fractions: Phrases[tuple[int, int]]
    majority: Phrases[str]
    ratio: Phrases[str]
    more: Phrases[str]
    exact: Phrases[int]
    rounded: Phrases[int]
    before: Phrases[Bound]
    after: Phrases[Bound]
    more_behind: frozenset[str]
    more_alone: frozenset[str]
    changing: frozenset[str]
    households: frozenset[str]
    between: frozenset[str]
    range_words: frozenset[str]
    perhaps: frozenset[str]
    half: Phrases[str]
    written_on: tuple[str, ...]
    joins: frozenset[str]
    tens_joins: frozenset[str]
    glued: Mapping[str, int]
    articles: frozenset[str]
    teens: frozenset[str]
    prefixes: tuple[str, ...]
    starts: frozenset[str]
    leads: tuple[Phrases[Any], ...]
    lead_bits: int
    bare_articles: frozenset[str] = field(init=False)
    opens: Callable[[str], bool] = field(init=False)
    """Tells whether a word by itself begins a number: "two", "twenty-two", "وعشرون", also "a" in "a dozen"."""

    def __post_init__(self) -> None:
        numbers = {
            *self.units,
            *self.between,
            *(article for article in self.articles if self.compound(article) is not None),
        }
        unprefixed = (article for article in self.articles if self.unprefixed(article) is None)
        object.__setattr__(self, "bare_articles", frozenset(unprefixed) - numbers)
        object.__setattr__(
            self, "opens", _Opening(self).__getitem__
        )  # asked of every word: a method takes twice the time

    def unprefixed(self, form: str) -> str | None:
        """Return the number word that stands in a word behind a joining particle ("وعشرون"), None if there is none."""
        for prefix in self.prefixes:
            if form.startswith(prefix) and form[len(prefix) :] in self.units:
                return form[len(prefix) :]
        return None

    def led(self, form: str) -> str | None:
        """Return the number word that stands in a word behind a preposition ("بتسعة"), None if there is none."""
        for prefix in self.written_on:
            if len(form) > _SHORTEST_LED and form.startswith(prefix) and form[len(prefix) :] in self.units:
                return form[len(prefix) :]
        return None

    def compound(self, form: str) -> int | None:
        """Return the number that one word says in several: "vingt-deux", "quatre-vingt-dix-sept", "duecentotrenta"."""
        if "-" in form:
            return _hyphened(self.units, form)
        if not self.glued or len(form) > _LONGEST_GLUED:
            return None
        pieces = _pieces(self.glued, form)
        return _valued([self.glued[piece] for piece in pieces]) if pieces else None


class _Opening(dict[str, bool]):
    """Whether the words that were met so far begin a number; asked for another one it asks the number words."""

    def __init__(self, numbers: NumberWords) -> None:
        super().__init__()
        self._numbers = numbers

    def __missing__(self, form: str) -> bool:
        numbers = self._numbers
        prefixed = any(form.startswith(p) and form[len(p) :] in numbers.starts for p in numbers.prefixes)
        known = (
            form in numbers.starts or prefixed or numbers.compound(form) is not None or numbers.led(form) is not None
        )
        if len(self) < _REMEMBERED and len(form) <= _LONGEST_REMEMBERED:
            self[form] = known
        return known


_REMEMBERED, _LONGEST_REMEMBERED = 65_536, 64
"""How many words are kept at hand that begin a number or do not, and of what length."""

_SHORTEST_LED = 3
"""Letters of words that are more often something else: "لست", "بست"."""

_LONGEST_GLUED = 48
_HUNDRED, _THOUSAND = 100, 1000


def _hyphened(units: Mapping[str, int], form: str) -> int | None:
    """Return the sum of number words joined by hyphens, some of which have hyphens themselves ("quatre-vingt")."""
    parts, total, at = form.split("-", maxsplit=5), 0, 0
    while at < len(parts):
        size = next((n for n in range(len(parts) - at, 0, -1) if "-".join(parts[at : at + n]) in units), 0)
        if not size:
            return None
        total += units["-".join(parts[at : at + size])]
        at += size
    return total


def _glued(number: Mapping[str, Any]) -> Mapping[str, int]:
    """Return every piece that a number in one word may be made of; empty for a language that writes none so."""
    return {**number["units"], **number["times"], **number["glued"]} if number["glued"] else {}


def _pieces(known: Mapping[str, int], form: str) -> list[str] | None:
    """Return a word taken apart into known pieces, longest first, None where that cannot be done."""
    if not form:
        return []
    for size in range(min(len(form), 12), 0, -1):
        rest = _pieces(known, form[size:]) if form[:size] in known else None
        if rest is not None:
            return [form[:size], *rest]
    return None


def _valued(numbers: Sequence[int]) -> int:
    """Return what numbers said one after the other mean: 2 100 30 is 230, 100 1000 a hundred thousand."""
    total, current = 0, 0
    for number in numbers:
        if number == _HUNDRED and 0 < current < 10:
            current *= _HUNDRED
        elif number == _THOUSAND:
            total, current = total + max(current, 1) * _THOUSAND, 0
        else:
            current += number
    return total + current


def number_words(data: Mapping[str, Any], listed: Listing) -> NumberWords:
    """Return the number words of a lexicon's data, their phrases filed with `listed`."""
    number, bounds = data["numbers"], data["bound"]
    vague = listed(_pairs(number["vague"]))
    fractions = listed(_pairs(number["fractions"]))
    majority = listed((word, word) for word in number["majority"]["words"])
    ratio = listed((word, word) for word in number["ratio"])
    more = listed((word, word) for word in number["more"])
    before = listed((word, Bound(entry["kind"])) for entry in bounds for word in entry["before"])
    exact = listed(number["exact"].items())
    rounded = listed(number["rounded"].items())
    leads = (vague, fractions, majority, exact, rounded, before, more)
    return NumberWords(
        units=dict(number["units"]),
        times=dict(number["times"]),
        vague=vague,
        fractions=fractions,
        majority=majority,
        ratio=ratio,
        more=more,
        exact=exact,
        rounded=rounded,
        before=before,
        after=listed((word, Bound(entry["kind"])) for entry in bounds for word in entry["after"]),
        more_behind=frozenset(number["more_behind"]),
        more_alone=frozenset(number["more_alone"]),
        changing=frozenset(number["changing"]),
        households=frozenset(number["households"]),
        between=frozenset(number["between"]),
        range_words=frozenset(number["range_words"]),
        perhaps=frozenset(number["perhaps"]),
        half=listed((word, word) for word in number["half"]),
        written_on=tuple(number["written_on"]),
        joins=frozenset(number["joins"]),
        tens_joins=frozenset(number["tens_joins"]),
        glued=_glued(number),
        articles=frozenset(number["articles"]),
        teens=frozenset(number["teens"]),
        prefixes=tuple(data["prefixes"]),
        starts=frozenset((*number["units"], *number["times"], *number["between"], *number["articles"])),
        leads=leads,
        lead_bits=bits_of(leads),
    )


def _pairs(table: Mapping[str, list[int]]) -> Iterator[tuple[str, tuple[int, int]]]:
    return ((word, (first, second)) for word, (first, second) in table.items())
