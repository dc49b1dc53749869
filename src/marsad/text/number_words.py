"""A language's words for numbers, shares and bounds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from marsad.model import Bound
from marsad.text.phrases import Phrases

Meaning = TypeVar("Meaning")


class Listing(Protocol):
    """What files a list of phrases in a lexicon's index."""

    def __call__(self, pairs: Iterable[tuple[str, Meaning]]) -> Phrases[Meaning]:
        """Return the list, filed."""


@dataclass(frozen=True, eq=False)
class NumberWords:
    """`vague` means (low, high) of what the word bounds, 0 for a side it leaves open; `fractions` (numerator,
    denominator); `majority` more than half; `ratio` what joins the two numbers of "one in five"; `more` stands before a
    number and adds nothing ("a further 12"); `before` and `after` the bound words on either side of a number. `teens` are
    words for ten that follow a digit ("ثلاثة عشر"); `households` are nouns that a number of people may follow ("a family
    of eight"); `starts` are the single words that a quantity may begin with, `leads` the phrases that may lead it.
    """

    units: Mapping[str, int]
    times: Mapping[str, int]
    vague: Phrases[tuple[int, int]]
    fractions: Phrases[tuple[int, int]]
    majority: Phrases[str]
    ratio: Phrases[str]
    more: Phrases[str]
    exact: Phrases[int]
    before: Phrases[Bound]
    after: Phrases[Bound]
    households: frozenset[str]
    between: frozenset[str]
    range_words: frozenset[str]
    joins: frozenset[str]
    articles: frozenset[str]
    teens: frozenset[str]
    prefixes: tuple[str, ...]
    starts: frozenset[str]
    leads: tuple[Phrases[Any], ...]

    def unprefixed(self, form: str) -> str | None:
        """Return the number word that stands in a word behind a joining particle ("وعشرون"), None if there is none."""
        for prefix in self.prefixes:
            if form.startswith(prefix) and form[len(prefix) :] in self.units:
                return form[len(prefix) :]
        return None


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
    return NumberWords(
        units=dict(number["units"]),
        times=dict(number["times"]),
        vague=vague,
        fractions=fractions,
        majority=majority,
        ratio=ratio,
        more=more,
        exact=exact,
        before=before,
        after=listed((word, Bound(entry["kind"])) for entry in bounds for word in entry["after"]),
        households=frozenset(number["households"]),
        between=frozenset(number["between"]),
        range_words=frozenset(number["range_words"]),
        joins=frozenset(number["joins"]),
        articles=frozenset(number["articles"]),
        teens=frozenset(number["teens"]),
        prefixes=tuple(data["prefixes"]),
        starts=frozenset((*number["units"], *number["times"], *number["between"], *number["articles"])),
        leads=(vague, fractions, majority, exact, before, more),
    )


def _pairs(table: Mapping[str, list[int]]) -> Iterator[tuple[str, tuple[int, int]]]:
    return ((word, (first, second)) for word, (first, second) in table.items())
