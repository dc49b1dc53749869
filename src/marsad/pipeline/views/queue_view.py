"""The queue as values: what to read next, with copies folded under what they copy; what a search found; what is in doubt."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.link.say import reasons
from marsad.link.weights import CROWD
from marsad.model.rows import claim_of
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.taught import weights_in
from marsad.pipeline.views.index import readable_text
from marsad.store.search import After, SearchStore
from marsad.text.search_words import asked_words, search_words

Row = Mapping[str, Any]

PAGE = 30
"""Reports on a page of the queue."""
_FOLDED = 5
"""Copies named under a report; the rest is counted."""
_AROUND = 110
"""Characters of a report shown on either side of what was found."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A report of the queue, with its copies: the first few of them, and how many there are in all."""

    row: Row
    copies: tuple[Row, ...]
    copy_count: int
    snippet: tuple[tuple[str, bool], ...] = ()
    """What a search found: pieces of the text, each with whether it is what was looked for."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of entries, and the key of the page after it, None on the last."""

    entries: tuple[Entry, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Is the incident `code` one with `other` (kind "join"), or two (kind "part")? `reasons` weightiest first.

    `ours` and `theirs` are the claims that raise the question most: (anchor, words, outlet of the report is left out).
    """

    kind: str
    code: str
    other: str | None
    probability: float
    stake: int
    ours: tuple[str, str]
    theirs: tuple[str, str]
    reasons: tuple[str, ...]


def queue_page(
    index: SearchStore, where: Mapping[str, str], after: str | None, hidden: Collection[str] = (), most: int = PAGE
) -> Listed:
    """Return the next page of the queue: `where` filters, `after` is the key that the page before gave.

    Reports in `hidden` are passed over: they are not for whoever asks.
    """
    rows = index.reports(where, most + 1, after_of(after))
    shown = [row for row in rows[:most] if row["report_id"] not in hidden]
    return Listed(tuple(_entries(index, shown, hidden)), key_of(rows[most - 1]) if len(rows) > most else None)


def search_page(
    observatory: Observatory,
    index: SearchStore,
    question: str,
    where: Mapping[str, str],
    before: int | None,
    hidden: Collection[str] = (),
    most: int = PAGE,
) -> Listed:
    """Return the reports that hold all words of the question, newest first; `before` is the number the page before gave."""
    words = asked_words(question)
    rows = index.found(words, where, most + 1, before) if words else []
    shown = [row for row in rows[:most] if row["report_id"] not in hidden]
    texts = _texts(observatory, shown)
    entries = tuple(Entry(row, (), 0, snippet(texts.get(row["report_id"], ""), words)) for row in shown)
    return Listed(entries, str(rows[most - 1]["n"]) if len(rows) > most else None)


def doubts_page(
    observatory: Observatory, index: SearchStore, lang: str, after: str | None, most: int = PAGE
) -> tuple[list[Doubt], str | None]:
    """Return the next doubtful links, with reasons in words, and the key of the page after them."""
    rows = index.questions(most + 1, after_of(after))
    told = [json.loads(row["why"]) for row in rows[:most]]
    with observatory.derived(read_only=True) as derived:
        weights = weights_in(derived.table("weight"))
        wanted = sorted({claim for why in told for claim in why["claims"]})
        claims = (
            {r["claim_id"]: claim_of(r) for r in derived.table("claim", claim_id=wanted).to_pylist()} if wanted else {}
        )
    out = []
    for row, why in zip(rows, told, strict=False):
        levels = {name: level for name, level in why.items() if isinstance(level, str)}
        ends = [claims[claim] for claim in why["claims"] if claim in claims]
        if len(ends) < 2:
            continue
        ours, theirs = ((f"{c.report_id}:{c.start}-{c.end}", c.text) for c in ends[:2])
        said = tuple(reasons(weights.terms(levels, why[CROWD]), levels, lang))
        other = row["other_code"] if row["kind"] == "join" else None
        out.append(Doubt(row["kind"], row["code"], other, row["probability"], row["stake"], ours, theirs, said))
    return out, key_of(rows[most - 1]) if len(rows) > most else None


_TOKEN = re.compile(r"\S+")


def snippet(text: str, words: Sequence[str], most: int = 2) -> tuple[tuple[str, bool], ...]:
    """Return what of a text to show for a search: up to `most` places with words around, each piece with whether it was found.

    >>> snippet("The raid on the market killed ten.", ["market"])
    (('The raid on the ', False), ('market', True), (' killed ten.', False))
    >>> snippet("Dead at the market\\n\\nAt least ten.", ["market"])
    (('Dead at the ', False), ('market', True), ('\\n\\nAt least ten.', False))
    """
    wanted = {part for phrase in words for part in phrase.split()}
    last = words[-1].split()[-1] if words and words[-1] else ""
    places: list[tuple[int, int]] = []
    taken = -1
    for found in _TOKEN.finditer(text[:200_000]):
        at, token = found.start(), found[0]
        plain = search_words(token)
        if at > taken and any(one in wanted or (last and one.startswith(last)) for one in plain.split()):
            places.append((at, at + len(token)))
            taken = at + (_AROUND if len(places) > 1 else 0)
        if len(places) >= 40:
            break
    if not places:
        return ((" ".join(text[: 2 * _AROUND].split()), False),)
    out: list[tuple[str, bool]] = []
    shown_to, windows = 0, 0
    for start, end in places:
        first = max(shown_to, start - _AROUND)
        if first > shown_to or not out:
            if windows >= most:
                break
            windows += 1
            out.append((("… " if first else "") + " ".join(text[first:start].split(" ")), False))
        else:
            out.append((text[shown_to:start], False))
        out.append((text[start:end], True))
        shown_to = end
    tail = text[shown_to : shown_to + _AROUND]
    out.append((tail + (" …" if shown_to + _AROUND < len(text) else ""), False))
    return tuple((piece, found) for piece, found in out if piece)


def key_of(row: Row) -> str:
    """Return the key of a row: pages go on after it."""
    return f"{row['rank']!r}~{row['n']}"


def after_of(key: str | None) -> After | None:
    """Return the row that a key names; None for no key, and for one that is none: then the list begins anew."""
    rank, _, n = (key or "").partition("~")
    try:
        return After(float(rank), int(n)) if key else None
    except ValueError:
        return None


def _entries(index: SearchStore, rows: Sequence[Row], hidden: Collection[str]) -> list[Entry]:
    copies: dict[str, list[Row]] = {}
    for copy in index.copies_of([row["report_id"] for row in rows], _FOLDED):
        if copy["report_id"] not in hidden:
            copies.setdefault(copy["leader"], []).append(copy)
    out = []
    for row in rows:
        mine = copies.get(row["report_id"], [])
        out.append(Entry(row, tuple(mine), mine[0]["copies"] if mine else 0))
    return out


def _texts(observatory: Observatory, rows: Sequence[Row]) -> dict[str, str]:
    from marsad.model import ReportId

    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        reports = list(reading.reports_named(ReportId(row["report_id"]) for row in rows))
    return {report.report_id: readable_text(observatory, report) or "" for report in reports}
