"""Who acts in an article's sentences, which days it names, and how exactly it means a number."""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib import resources

from marsad.extract.parties import told_by_cue
from marsad.model import Claim, Text
from marsad.text.dates import dates_in
from marsad.text.lexicon import Lexicon, languages, lexicon
from marsad.text.numbers import quantity_at
from marsad.text.phrases import Line
from marsad.text.sentences import sentences
from marsad.text.tokens import tokens

_ACTS = 4
"""How many words behind a party its deed may begin: "CODECO militiamen of the north killed"."""

_BY = 3
"""How many words before a party "by" may stand: "by suspected fighters of CODECO"."""

_BEHIND, _ENDS = 60, frozenset(".;:()،؛")
"""Characters behind a number in which it may stand ("19 morts exactement"), and the marks that end them."""

_AHEAD = 4
"""How many words before a number "exactly" may stand."""


def acting_in(report: Text, starts: Iterable[int]) -> list[str]:
    """Return the parties that an article says killed or hurt people in the sentences of the counts that begin there.

    "CODECO militiamen killed 36", "36 were killed by CODECO": who only is named, holds a town or speaks, does not act.
    """
    if report.lang not in languages():
        return []
    known, told = lexicon(report.lang), sorted(starts)
    out: list[str] = []
    for sentence in sentences(report.text):
        if any(sentence.start <= start < sentence.end for start in told):
            out += _acting(known, known.counting_line(report.text, sentence.body, sentence.end))
    return list(dict.fromkeys(out))


def _acting(known: Lexicon, line: Line) -> Iterator[str]:
    by = known.section("perpetrators.by")
    for actor, first, after in known.actors.find(line):
        if actor.origin.party is None or not actor.public:
            continue
        if first and known.people.match(line, first - 1) is not None:
            continue  # "three fighters | of Hezbollah were killed": whose they were
        if told_by_cue(known, line, first):
            continue  # "which according to the KIA killed nine"
        deeds = (end for _, _, end in known.harm.find(line, after, after + _ACTS))
        killed = any(quantity_at(known, line, k) is not None for end in deeds for k in (end, end + 1))
        if killed or by.find(line, first - _BY, first):
            yield actor.origin.party


def days_named(report: Text) -> frozenset[date]:
    """Return the single days that an article names by date: "20 April", not "two days later"."""
    if report.lang not in languages() or report.published is None:
        return frozenset()
    known, out = lexicon(report.lang), set[date]()
    for sentence in sentences(report.text):
        line = known.counting_line(report.text, sentence.body, sentence.end)
        named = dates_in(known, line, report.text, report.published)
        days = (found.when for found in named if found.when.precision == 1)
        out |= {day.start for day in days if any(char.isdigit() for char in day.words or "")}
    return frozenset(out)


def is_exactly(report: Text, claim: Claim) -> bool:
    """Tell whether an article insists on a number: "exactly 38"."""
    if report.lang not in languages():
        return False
    line = [t.form for t in tokens(report.text[max(0, claim.start - 60) : claim.end])]
    own = len(tokens(claim.text))
    ahead = line[max(0, len(line) - own - _AHEAD) :]
    behind = [t.form for t in tokens(report.text[claim.end : claim.end + _BEHIND])]
    behind = behind[: next((k for k, form in enumerate(behind) if form in _ENDS), len(behind))][:_AHEAD]
    return not _exactly(report.lang or "").isdisjoint((*ahead, *behind)) or _insists(report, claim)


def _insists(report: Text, claim: Claim) -> bool:
    """Tell whether the sentence of a number, or a short one behind it, says that there is no more to it: "not one more"."""
    every = sentences(report.text)
    at = next((k for k, s in enumerate(every) if s.start <= claim.start < s.end), None)
    if at is None:
        return False
    said = [every[at], *(s for s in every[at + 1 : at + 2] if s.end - s.body <= _BEHIND)]
    forms = [t.form for s in said for t in tokens(report.text, s.body, s.end)]
    for phrase in _insisting(report.lang or ""):
        for k in range(len(forms) - len(phrase) + 1):
            if tuple(forms[k : k + len(phrase)]) == phrase and not _DENIES.intersection(forms[max(0, k - _BY) : k]):
                return True
    return False


_DENIES = frozenset(
    {
        "not",
        "no",
        "never",
        "yet",
        "any",
        "without",
        "ليس",
        "ليست",
        "لم",
        "لا",
        "غير",
        "sin",
        "ningún",
        "pas",
        "sans",
        "aucun",
        "non",
        "senza",
        "nessun",
    }
)
"""Words ahead of "final count" that take it back."""


@cache
def _insisting(lang: str) -> tuple[tuple[str, ...], ...]:
    data = tomllib.loads((resources.files("marsad.resources") / "checking.toml").read_text("utf-8"))
    return tuple(tuple(t.form for t in tokens(phrase)) for phrase in data.get(lang, {}).get("insists", ()))


@cache
def _exactly(lang: str) -> frozenset[str]:
    data = tomllib.loads((resources.files("marsad.resources") / "checking.toml").read_text("utf-8"))
    return frozenset(t.form for word in data.get(lang, {}).get("exactly", ()) for t in tokens(word))
