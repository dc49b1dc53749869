"""Which sentences of a report count people, and how many: what is looked at before anything else is read."""

from collections.abc import Iterable, Iterator, Sequence

from marsad.extract.changes import changes
from marsad.extract.chunks import Chunk, chunked
from marsad.extract.counts import mentions_in
from marsad.extract.glance import may_count
from marsad.extract.mentions import Mention, in_order
from marsad.extract.told_again import is_row, may_tell_again, told_again, told_in_row, toll_of
from marsad.extract.windows import Told, read_by_window
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line
from marsad.text.sentences import Sentence, sentences
from marsad.text.sieve import Needed

MOST_COUNTS = 7_000
"""Counts of people in a report beyond which it is not read: a year's news of a war in one text has fewer."""

_WINDOWED = 400
"""Sentences of a report that are looked at for numbers that no rule reads."""

_SOON = 3
"""Sentences behind a toll in which its words still tell of it."""

Counted = dict[int, tuple[Line, list[Mention]]]
"""The sentences of a report that can count people, by number, each with the counts that it states."""

Glimpse = tuple[Counted, list[Sentence]]


def counted_in(words: Lexicon, text: str, pieces: set[str], *, windows: bool = True) -> Glimpse:
    """Return the sentences that can count people and all sentences; none where no claim can come of the report.

    Most reports tell of something else: those without a word of harm, or with none near a number, go no further. `windows`
    is false for what rules read alone.
    """
    counting = words.count_sieve.among(pieces)
    if not counting or not any(map(words.harm_sieve.among, ({row for rows in counting for row in rows}, pieces))):
        return {}, []  # what was let through once mostly is again, and is looked at first: it is less
    found = sentences(text)
    counted: Counted = {}
    harmed, left, toll, listed = False, MOST_COUNTS, None, None
    for k, sentence in enumerate(found):
        body = text[sentence.body : sentence.end]
        row = listed is not None and is_row(body)
        if left >= 0 and _holds(body, counting):
            line = words.counting_line(text, sentence.body, sentence.end)
            counted[k] = line, mentions_in(words, line) if may_count(words, line) else []
            harmed, left = harmed or _harms(words, line), left - len(counted[k][1])
        if row and listed is not None and left >= 0:
            left -= _tell_again(words, text, sentence, counted, k, listed, row=True)
            continue
        if toll is not None and left >= 0:
            left -= _tell_again(words, text, sentence, counted, k, toll)
        if k in counted and (told := toll_of(counted[k][1])) is not None:
            toll = listed = told
        elif k not in counted or not counted[k][1]:
            toll, listed = None, listed if body.rstrip().endswith(":") else None
    if not harmed or left == MOST_COUNTS:
        return {}, []
    for k, line, chunks, last in unread(words, text, found, counted) if windows else ():
        _, own = counted.setdefault(k, (line, []))  # whoever reads on need not read the line again
        if further := read_by_window(words, line, chunks, own, last):
            counted[k] = line, in_order([*own, *further])
    return counted, found


def unread(
    words: Lexicon, text: str, found: Sequence[Sentence], counted: Counted, *, every: bool = False
) -> Iterator[tuple[int, Line, Sequence[Chunk], Told | None]]:
    """Yield the sentences with more numbers than rules read: their line, their chunks, and what was told before them.

    Those are sentences that may count, or ones soon behind such a sentence; `every` sentence is looked at where it is learned
    what stands around numbers of other things.
    """
    told: Told | None = None
    for k, sentence in enumerate(found[:_WINDOWED]):
        line, own = counted.get(k, (None, []))
        near = told is not None and told.ago < _SOON
        if every or near or (line is not None and may_count(words, line)):
            line = line or words.counting_line(text, sentence.body, sentence.end)
            if every or _numbers(words, line) > len(own):
                yield k, line, changes(words, line, chunked(words, line))[0], told
        toll = toll_of(own)
        if toll is not None:
            told = Told(toll.measure, toll.quantity.value or toll.quantity.low, 1)
        elif told is not None:
            told = told._replace(ago=min(told.ago + 1, _SOON))


def _numbers(words: Lexicon, line: Line) -> int:
    """Return how many words may begin a number of people; an article begins one where any people are named."""
    opens, bare = words.numbers.opens, line.finds.get(words.bare.slot, ())
    articles = frozenset[str]() if words.people.stands_in(line) else words.numbers.bare_articles
    found = 0
    for k, (_, _, _, form, kind, _, _) in enumerate(line):  # a generator for sum() would take twice the time
        if kind == "number" or (opens(form) and form not in articles) or k in bare:
            found += 1
    return found


def _tell_again(
    words: Lexicon, text: str, sentence: Sentence, counted: Counted, k: int, toll: Mention, *, row: bool = False
) -> int:
    """Add to the counts of a sentence those that speak of the toll told before it, or ahead of its list; return how many."""
    line, own = counted.get(k) or (words.counting_line(text, sentence.body, sentence.end), [])
    if row:
        again = [] if own else told_in_row(words, line, toll)
    else:
        again = told_again(words, line, toll, own) if may_tell_again(words, line, own) else []
    counted[k] = line, in_order([*own, *again]) if again else own
    return len(again)


def _holds(body: str, needed: Iterable[Needed]) -> bool:
    for first, *others in needed:  # noqa: SIM110  # a generator for any() would take twice the time
        if first in body and (not others or others[0] in body):
            return True
    return False


def _harms(words: Lexicon, line: Line) -> bool:
    """Tell whether a sentence has a word of harm or of counting; a report without one makes no claim."""
    return words.harm.stands_in(line) or any(tag in "TJ" for tag, _, _ in words.tags.find(line))
