"""Phrases of a lexicon, and a sentence in which every one of them has been found once and for all."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from marsad.text.tokens import Spellings, Token, form_of, shouts, tokens, tokens_told

Meaning = TypeVar("Meaning")

_Entry = tuple[int, tuple[str, ...], Any, int]
"""Which list a phrase is of, its forms, its meaning, and which of its words must be capitalised (-1: none)."""

ACRONYM = 99
"""Stands for the number of that word where the phrase is one word in capitals, which must be so in the text."""

_NOTHING: Mapping[int, tuple[Any, int]] = MappingProxyType({})


class Phrases(Generic[Meaning]):
    """Phrases of one or more words, each with a meaning, that are looked for in a `Line`.

    A list knows nothing of a text: the line was read against all lists of its lexicon at once, and `slot` is where it
    keeps the finds of this one. In a list of names (`cased`) the first capitalised word of a phrase must be so in the
    text too: "the Observatory" is one, "the observatory" is any; an article's capital tells nothing. A name that is
    capitals alone must stand so: "UN", where "Un" is an article in four languages.
    """

    def __init__(self, slot: int, pairs: Iterable[tuple[str, Meaning]], *, cased: bool = False) -> None:
        self.slot = slot
        entries = []
        for phrase, meaning in pairs:
            parts = phrase.split()
            if not cased and all(map(str.isalpha, parts)):  # as most are: what a text makes tokens of is plain
                entries.append((tuple(map(form_of, parts)), meaning, -1))
                continue
            words = tokens(phrase)
            capital = next((k for k, word in enumerate(words) if word.capital), -1) if cased else -1
            if capital == 0 and len(words) == 1 and words[0].text.isupper():
                capital = ACRONYM
            entries.append((tuple(word.form for word in words), meaning, capital))
        self.entries = tuple(entry for entry in entries if entry[0])
        self.firsts = frozenset(forms[0] for forms, _, _ in self.entries)
        """The words that phrases begin with."""

    @property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        """Every phrase, as the forms of its words."""
        return tuple(forms for forms, _, _ in self.entries)

    def match(self, line: "Line", at: int) -> tuple[Meaning, int] | None:
        """Return the meaning of the longest phrase starting at token `at` and the token after it; None if none does."""
        found: dict[int, tuple[Meaning, int]] | None = line.finds.get(self.slot)
        return found.get(at) if found else None

    def stands_in(self, line: "Line") -> bool:
        """Tell whether any of the phrases stands in a line."""
        return self.slot in line.finds

    def all(self, line: "Line") -> Mapping[int, tuple[Meaning, int]]:
        """Return what `match` does for every token of the line at which a phrase starts, by token."""
        return line.finds.get(self.slot, _NOTHING)

    def find(self, line: "Line", start: int = 0, end: int | None = None) -> list[tuple[Meaning, int, int]]:
        """Return every phrase in line[start:end], leftmost longest, as (meaning, first token, token after)."""
        found: dict[int, tuple[Meaning, int]] | None = line.finds.get(self.slot)
        if not found:
            return []
        if start <= 0 and end is None and len(found) == 1:  # as most often
            ((at, (meaning, free)),) = found.items()
            return [(meaning, at, free)]
        stop = len(line) if end is None else min(end, len(line))
        near = range(max(start, 0), stop) if stop - start < len(found) else found
        out, free = [], max(start, 0)
        for at in near:
            if free <= at < stop and at in found and found[at][1] <= stop:
                meaning, free = found[at]
                out.append((meaning, at, free))
        return out


def bits_of(lists: Iterable[Phrases[Any]]) -> int:
    """Return the lists' bits in a line's marks, summed."""
    return sum(1 << phrases.slot for phrases in lists)


class Starting(NamedTuple):
    """The phrases that begin with one word: that word alone, and longer ones by their second word, longest first.

    Of the words alone, `cased` ones must be capitalised in the text; `plain` ones need not, and `bits` are their lists'.
    """

    plain: tuple[tuple[int, Any], ...]
    bits: int
    cased: tuple[_Entry, ...]
    longer: dict[str, tuple[_Entry, ...]]


class Known(NamedTuple):
    """What may begin with a word as texts write it: `every` are the phrases that do, as it stands and without a prefix.

    Where it is no name that one of them needs (`cased`) and none of `seconds` follows, no more of them than the words
    alone can stand there: `plain`, each list once, and the `bits` of these.
    """

    plain: tuple[tuple[int, Any], ...]
    bits: int
    cased: bool
    seconds: frozenset[str]
    every: tuple[Starting, ...]

    @classmethod
    def of(cls, every: tuple[Starting, ...]) -> "Known":
        """Return what the phrases that begin with a word come to; what stands first wins."""
        plain = dict(pair for phrases in reversed(every) for pair in phrases.plain)
        seconds = frozenset(second for phrases in every for second in phrases.longer)
        cased = any(phrases.cased for phrases in every)
        return cls(tuple(plain.items()), sum(1 << slot for slot in plain), cased, seconds, every)


class Index:
    """Every phrase of a language by its first word; `spellings` keep what was found for the words met so far."""

    def __init__(self, lists: Iterable[Phrases[Any]], prefixes: Sequence[str]) -> None:
        self._prefixes = tuple(prefixes)
        self._by_first: dict[str, Starting] = {}
        every: dict[str, list[_Entry]] = {}
        for phrases in lists:
            for forms, meaning, capital in phrases.entries:
                every.setdefault(forms[0], []).append((phrases.slot, forms, meaning, capital))
        for first, entries in every.items():
            longer = sorted((entry for entry in entries if len(entry[1]) > 1), key=lambda entry: -len(entry[1]))
            by_second: dict[str, list[_Entry]] = {}
            for entry in longer:
                by_second.setdefault(entry[1][1], []).append(entry)
            alone = [entry for entry in entries if len(entry[1]) == 1]
            plain = {slot: meaning for slot, _, meaning, capital in reversed(alone) if capital < 0}
            self._by_first[first] = Starting(
                tuple(plain.items()),
                sum(1 << slot for slot in plain),
                tuple(entry for entry in alone if entry[3] >= 0),
                {second: tuple(group) for second, group in by_second.items()},
            )
        self.spellings = Spellings(self.starting)

    def starting(self, form: str) -> Known | None:
        """Return the phrases that begin with this word, then those that do once a prefix is taken off it; None if none do.

        A hyphen inside a word that is known without it hides it from filters, not from readers: "ki-lled".
        """
        bare = (form[len(p) :] for p in self._prefixes if form.startswith(p) and len(form) > len(p) + 1)
        whole = (form.replace("-", ""),) if "-" in form and form not in self._by_first else ()  # "ki-lled"
        every = tuple(self._by_first[word] for word in (form, *bare, *whole) if word in self._by_first)
        return Known.of(every) if every else None


class Line(list[Token]):
    """A sentence's tokens, and where the phrases of a lexicon stand among them.

    `finds` maps a list's slot to {first token: (meaning, token after)}: at each token the longest phrase of each list,
    one that starts with the word as it stands before one that starts with it less a prefix. `marked` maps each token at
    which a phrase begins to the lists that have one there, as the sum of their bits. `forms` are the forms of its tokens.
    `parsed` is what a reader made of it and would make again, None until one did.
    """

    __slots__ = ("_shouts", "finds", "forms", "marked", "parsed")

    def __init__(self, text: str, start: int, end: int | None, index: Index) -> None:
        read, forms, told = tokens_told(text, start, end, index.spellings)
        super().__init__(read)
        self.finds: dict[int, dict[int, tuple[Any, int]]] = {}
        self.marked: dict[int, int] = {}
        self._shouts: bool | None = None
        self.parsed: Any = None
        self.forms = frozenset(forms)
        finds, marked = self.finds, self.marked
        last = len(forms) - 1
        for at, (plain, bits, cased, seconds, every) in told:
            if (seconds and at < last and forms[at + 1] in seconds) or (cased and self[at][6]):
                self._mark(every, at, forms)
            elif bits:
                marked[at] = bits
                for slot, meaning in plain:
                    found = finds.get(slot)
                    if found is None:
                        finds[slot] = {at: (meaning, at + 1)}
                    else:
                        found[at] = meaning, at + 1

    @property
    def shouts(self) -> bool:
        """Whether the sentence is set in capitals throughout."""
        if self._shouts is None:
            self._shouts = shouts(self)
        return self._shouts

    def _mark(self, every: tuple[Starting, ...], at: int, forms: list[str]) -> None:
        """Note which phrases begin at a token, of each list the longest."""
        finds, further = self.finds, forms[at + 1] if at + 1 < len(forms) else None
        for phrases in every:
            if phrases.longer and further is not None:
                for slot, phrase, meaning, capital in phrases.longer.get(further, ()):
                    after = at + len(phrase)
                    if after > at + 2 and (after > len(forms) or forms[at + 2] != phrase[2]):
                        continue
                    spelled = after <= at + 3 or tuple(forms[at + 3 : after]) == phrase[3:]
                    if spelled and (capital < 0 or self[at + capital].name):
                        self._note(slot, at, meaning, after)
            if phrases.plain:
                self.marked[at] = self.marked.get(at, 0) | phrases.bits
                for slot, meaning in phrases.plain:
                    found = finds.get(slot)
                    if found is None:
                        finds[slot] = {at: (meaning, at + 1)}
                    elif at not in found:
                        found[at] = meaning, at + 1
            for slot, _, meaning, capital in phrases.cased:
                if self[at].name and (capital != ACRONYM or self[at].text.isupper()):
                    self._note(slot, at, meaning, at + 1)

    def _note(self, slot: int, at: int, meaning: object, after: int) -> None:
        """Keep a find, unless a better one of its list was made at this token before."""
        self.marked[at] = self.marked.get(at, 0) | 1 << slot
        self.finds.setdefault(slot, {}).setdefault(at, (meaning, after))
