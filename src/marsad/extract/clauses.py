"""Clauses: how far the words on either side of a trigger belong to it."""

from typing import NamedTuple

from marsad.extract.page import Page
from marsad.model import ContextKind
from marsad.text.phrases import Line

_REACH = 40
"""Words that a clause may have on either side of its trigger."""
_ASIDE = 16
"""Words that may stand between two commas behind a subject."""

_SHORT = 3
"""Letters of words that headlines leave small."""
NOUNS = ("noun", "worst", "talks", "shows")
"""Frames whose triggers are nouns or adjectives, no verbs."""

_ENDS = frozenset('.;:؛()“”"«»!?؟…—–')
_COMMAS = frozenset(",،")
_QUOTES = frozenset('“”"«»')


class Clause(NamedTuple):
    """Tokens start..end of a sentence around a trigger first..after. `shared` says that the subject stands in a clause before."""

    start: int
    first: int
    after: int
    end: int
    shared: bool


def clause_of(page: Page, k: int, first: int, after: int) -> Clause:
    """Return the clause that the trigger first..after of sentence `k` belongs to."""
    line = page.lines[k]
    start = _start(page, line, first)
    shared = all(light(page, line, j) for j in range(start, first))
    if shared and start and line[start - 1].form in page.words.beside.forms("joints"):
        start = _start(page, line, start - 1)
        shared = True
    return Clause(start, first, after, _end(page, k, after), shared)


def subject_of(page: Page, clause: Clause) -> tuple[int, int]:
    """Return the tokens among which the subject of a verb stands: before it, or behind where the verb comes first."""
    return (clause.start, clause.first) if page.words.subject_first else (clause.after, clause.end)


def _start(page: Page, line: Line, first: int) -> int:
    """Return where the words before a trigger begin that belong to its clause."""
    breaks, joints = page.words.beside.forms("breaks"), page.words.beside.forms("joints")
    at = first
    while at > max(0, first - _REACH):
        token = line[at - 1]
        if token.form in _COMMAS:
            before = _over_aside(line, at - 1) if all(light(page, line, j) for j in range(at, first)) else None
            if before is None:
                return at
            at = before
            continue
        if token.form in _ENDS or token.form in breaks:
            return at
        if not page.words.subject_first and is_verb(page, line, at - 1):
            return at
        if token.form in joints and not _joins_names(page, line, at - 1):
            return at
        at -= 1
    return at


def _over_aside(line: Line, comma: int) -> int | None:
    """Return the comma that opens the aside which this one closes: "the rebels, who hold the north, took …"."""
    for at in range(comma - 1, max(0, comma - _ASIDE), -1):
        if line[at].form in _ENDS:
            return None
        if line[at].form in _COMMAS:
            return at
    return None


def light(page: Page, line: Line, at: int) -> bool:
    """Tell whether a word is no more than a helping verb or an adverb: it names nobody."""
    token = line[at]
    if not page.atlas.shouting and page.words.beside.parties.match(line, at):
        return False  # IS is no verb
    tag = page.words.tags.match(line, at)
    return (
        token.form in page.words.beside.forms("light")
        or (tag is not None and tag[0] == "B")
        or page.words.section("attribution.adverbs").match(line, at) is not None
        or token.form in _QUOTES
    )


def _joins_names(page: Page, line: Line, at: int) -> bool:
    """Tell whether "and" joins two names of one subject: nothing before it in its clause is a verb that marsad knows."""
    for j in range(at - 1, max(-1, at - 9), -1):
        if line[j].kind == "mark" or line[j].form in page.words.beside.forms("breaks"):
            return True
        if is_verb(page, line, j):
            return False
    return True


def is_noun(page: Page, k: int, first: int) -> bool:
    """Tell whether a word that may be a verb stands as a noun: behind an article, a number or another verb ("dropped bombs")."""
    line, words = page.lines[k], page.words
    if not first or not words.subject_first:
        return False
    before = line[first - 1]
    if line[first].capital and not page.atlas.shouting and before.kind == "word" and not _titled(line):
        return True  # "the United States"
    counted = before.kind == "number" or before.form in words.data["numbers"]["units"]
    said = words.beside.triggers.match(line, first - 1)
    return (
        counted
        or before.form in words.data["articles"]
        or before.form in words.beside.forms("noun_signs")
        or (said is not None and all(t.kind is ContextKind.STATEMENT for t in said[0]))
        or words.section("perpetrators.acts").match(line, first - 1) is not None
    )


def _titled(line: Line) -> bool:
    """Tell whether a sentence is set as a headline, in capitals from word to word."""
    spelled = [token for token in line if token.kind == "word" and len(token.text) > _SHORT]
    return 2 * sum(token.capital for token in spelled) > len(spelled)


def is_verb(page: Page, line: Line, at: int) -> bool:
    """Tell whether a word is one of the verbs that marsad knows: of helping, of saying, of harm, or a trigger."""
    trigger = page.words.beside.triggers.match(line, at)
    if trigger is not None and not all(t.frame in NOUNS for t in trigger[0]):
        return True
    tag, harm = page.words.tags.match(line, at), page.words.harm.match(line, at)
    return (
        (tag is not None and tag[0] in "B")
        or (harm is not None and harm[0].tag in "VG")
        or page.words.section("attribution.say").match(line, at) is not None
    )


def _end(page: Page, k: int, after: int) -> int:
    """Return where the words behind a trigger end that belong to its clause."""
    line = page.lines[k]
    breaks, joints = page.words.beside.forms("breaks"), page.words.beside.forms("joints")
    goes_on = page.words.beside.forms("goes_on")
    at = after
    while at < min(len(line), after + _REACH):
        token = line[at]
        if token.form in _ENDS or (token.form in breaks and at > after):
            return at
        if token.form in _COMMAS and not (_listed(page, line, at, goes_on) or _in_date(page, k, at)):
            return at
        if token.form in joints and at + 1 < len(line) and _new_clause(page, line, at + 1):
            return at
        if not page.words.subject_first and at > after and is_verb(page, line, at):
            return at  # the verb comes first: another one begins another clause
        at += 1
    return at


def _in_date(page: Page, k: int, at: int) -> bool:
    """Tell whether a comma stands within a date: "February 17, 2024"."""
    return any(m.first < at < m.after for m in page.dates(k))


def _listed(page: Page, line: Line, comma: int, goes_on: frozenset[str]) -> bool:
    """Tell whether what follows a comma belongs to the same clause: a list of names, "including …"."""
    if comma + 1 >= len(line):
        return False
    token = line[comma + 1]
    return token.form in goes_on or (token.capital and token.form not in page.words.forms("attribution.not_names"))


def _new_clause(page: Page, line: Line, at: int) -> bool:
    """Tell whether the words behind "and" begin another clause: a pronoun, or a verb."""
    return line[at].form in page.words.forms("attribution.pronouns") or is_verb(page, line, at)
