"""Older numbers told beside the ones that replaced them: "rose from 63 to 95", "95, up from 63"."""

from collections.abc import Sequence

from marsad.extract.chunks import Chunk
from marsad.model import Bound
from marsad.text.lexicon import Lexicon
from marsad.text.numbers import Quantity, plain_at, quantity_at
from marsad.text.phrases import Line

_VERB_REACH = 4
"""How many words before "from 63" the verb may stand that says that it changed; of "to 95 from 63" twice as many."""

_OPENING = 3
"""Among how many chunks at the beginning of a sentence an older number may stand whose change is told behind it."""

_JOINT_REACH = 3
_TOLL_REACH = 24
"""How many words before "from 30 to 22" a verb of change may stand whose toll is told of between them."""

_NEWER_REACH = 30
"""How many chunks may stand between an older number and the one that replaced it."""

_PERIOD_REACH = 3
"""How many words behind a number may say that it is of another month or year, and no older count of these people."""

_UNCOUNTED = (Bound.NONE, Bound.UNKNOWN, Bound.FRACTION)

Older = dict[int, Chunk]
"""The older number that each chunk replaced, by the index of the chunk."""


def changes(words: Lexicon, line: Line, chunks: Sequence[Chunk]) -> tuple[list[Chunk], Older]:
    """Return the chunks with older numbers taken out of them, and those numbers.

    What led from an older number to the newer one becomes one word before the newer: "rose | from 63 to | 95". So an older
    number is never taken for a toll, and the rules find the newer one as if it stood alone.
    """
    cues = [words.section(f"relations.{name}") for name in ("changed", "up_from", "older_after")]
    if line.finds.keys().isdisjoint([cue.slot for cue in cues]):
        return list(chunks), {}
    out: list[Chunk] = []
    older: Older = {}
    waiting: Chunk | None = None
    ahead = _fronted(words, line, chunks)
    for i, chunk in enumerate(chunks):
        if ahead is not None and chunk is ahead:
            out.append(Chunk("H", chunk.first, chunk.after))
            continue
        if (
            ahead is not None
            and chunk.first > ahead.first
            and chunk.quantity is not None
            and _joined(words, line, chunk)
        ):
            older[len(out)] = ahead
            out.append(_unbounded(words, line, chunk))
            ahead = None
            continue
        if waiting is not None and (chunk.quantity is None or not _joined(words, line, chunk)):
            out[-1] = out[-1]._replace(after=chunk.after)  # "from 118 | to"
            continue
        if waiting is not None:
            older[len(out)] = waiting
            out.append(_unbounded(words, line, chunk))
            waiting = None
        elif chunk.quantity is None or chunk.quantity.article or chunk.quantity.bound in _UNCOUNTED:
            out.append(chunk)
        elif pair := _pair(words, line, chunk):
            first, second = pair
            out.append(Chunk("H", chunk.first, second.first))
            older[len(out)] = Chunk("q", first.first, first.after, first)
            out.append(chunk._replace(tag="Q", first=second.first, quantity=second))
        elif _led(words, line, chunk.quantity) and _leads_on(words, line, chunks, i):
            out.append(Chunk("H", chunk.first, chunk.after))
            waiting = chunk
        elif _behind(words, line, chunk) and (newer := _newer(out)) is not None:
            out.append(Chunk("x", chunk.first, chunk.after))
            if not _of_another_period(words, line, chunk):
                older.setdefault(newer, chunk)
        else:
            out.append(chunk)
    return out, older


def _fronted(words: Lexicon, line: Line, chunks: Sequence[Chunk]) -> Chunk | None:
    """Return the older number that opens a sentence, whose change is told behind it: "From 12, the toll has risen to 15"."""
    first = next((k for k, chunk in enumerate(chunks[:_OPENING]) if chunk.quantity is not None), None)
    if first is None or first + 1 >= len(chunks) or chunks[first + 1].tag != "C":
        return None
    chunk = chunks[first]
    quantity = chunk.quantity
    led = quantity is not None and any(
        token.form in words.numbers.changing for token in line[max(0, quantity.first - 1) : quantity.first + 1]
    )
    return chunk if led and words.section("relations.changed").find(line, chunk.after) else None


def _led(words: Lexicon, line: Line, quantity: Quantity, reach: int = _VERB_REACH) -> bool:
    """Tell whether "from" stands before a number and a verb of change before that."""
    first = quantity.first
    led = any(token.form in words.numbers.changing for token in line[max(0, first - 1) : first + 1])
    if not led:
        return False
    changed = words.section("relations.changed")
    if changed.find(line, first - 1 - reach, first):
        return True
    far = first - 1 - _TOLL_REACH  # "lowered the toll of Sunday's bombing of a rally from 30 to 22"
    toll = any(tag == "T" for tag, _, _ in words.tags.find(line, far, first))
    toll = toll or bool(words.section("counting.words").find(line, far, first))
    return toll and bool(changed.find(line, far, first))


def _pair(words: Lexicon, line: Line, chunk: Chunk) -> tuple[Quantity, Quantity] | None:
    """Return the two numbers of what would be a range, if a verb says that the first became the second."""
    quantity = chunk.quantity
    if quantity is None or quantity.bound is not Bound.RANGE or not _led(words, line, quantity):
        return None
    start = quantity.first + (line[quantity.first].form in words.numbers.changing)
    first = plain_at(words, line, start)
    second = plain_at(words, line, first.after + 1) if first else None
    return (first, second) if first and second else None


def _joined(words: Lexicon, line: Line, chunk: Chunk) -> bool:
    """Tell whether "to" stands before the number of a chunk, or is its first word."""
    quantity = chunk.quantity
    near = line[max(0, chunk.first - 1) : quantity.first + 1] if quantity else []
    return any(token.form in words.numbers.range_words or token.form in words.forms("relations.to") for token in near)


def _leads_on(words: Lexicon, line: Line, chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether "to" and another number follow an older one: "from 118 to 70"."""
    for chunk in chunks[i + 1 : i + 1 + _JOINT_REACH]:
        if chunk.tag in "C;.":
            return False
        if chunk.quantity is not None:
            return _joined(words, line, chunk)
    return False


def _unbounded(words: Lexicon, line: Line, chunk: Chunk) -> Chunk:
    """Return the chunk of a newer number without the "to" that would bound it ("з 118 до 70")."""
    quantity = chunk.quantity
    if quantity is None or quantity.bound is not Bound.AT_MOST or not _joined(words, line, chunk):
        return chunk._replace(tag="Q")
    bare = quantity_at(words, line, quantity.first + 1)
    return chunk._replace(tag="Q", quantity=bare._replace(first=quantity.first) if bare else quantity)


def _behind(words: Lexicon, line: Line, chunk: Chunk) -> bool:
    """Tell whether words say that a number stood before the one told ahead of it: "up from 63", "to 15 from 12"."""
    quantity = chunk.quantity
    if quantity is None:
        return False
    first = quantity.first
    led = any(after == first for _, _, after in words.section("relations.up_from").find(line, first - 6, first))
    bare = chunk.people is None and chunk.harm is None
    said_behind = bare and words.section("relations.older_after").match(line, chunk.after) is not None
    return led or said_behind or (bare and _led(words, line, quantity, 2 * _VERB_REACH))


def _newer(chunks: Sequence[Chunk]) -> int | None:
    """Return the index of the last chunk that may be the newer number of one that comes behind it."""
    counts = [k for k in range(len(chunks) - 1, -1, -1) if chunks[k].quantity is not None and chunks[k].tag != "q"]
    # a day between them ("to 13 on 1 June, withdrawing 34") is no number of people; "24, nine of them children" are 24
    at = next((k for k in counts if "M" not in [chunk.tag for chunk in chunks[max(0, k - 1) : k + 2]]), None)
    at = at if at is not None else next(iter(counts), None)
    return at if at is not None and chunks[at].tag in "Qz" and len(chunks) - at <= _NEWER_REACH else None


def _of_another_period(words: Lexicon, line: Line, chunk: Chunk) -> bool:
    """Tell whether a number behind the newer one is of another time: "95, up from 63 last year"."""
    dates = words.data["dates"]
    near = line[chunk.after : chunk.after + _PERIOD_REACH]
    return any(t.form in dates["units"] or t.form in dates["months"] or t.form in dates["last"] for t in near)
