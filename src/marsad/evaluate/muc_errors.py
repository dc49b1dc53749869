"""Where reader and key differ, one by one, each with the sentence it stands in where the text shows one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from marsad.evaluate.confusions import sentence_at
from marsad.evaluate.muc_key import KeyFact
from marsad.evaluate.muc_match import Document, Fact
from marsad.text.sentences import sentences


class MucKind(StrEnum):
    """How a reader differs from the key."""

    MISSED = "missed"
    """A fact of a matched template that was not read."""
    NOT_FOUND = "not-found"
    """A fact of a template of whose incident nothing was read."""
    SPURIOUS = "spurious"
    """A claim about a matched template that the key does not have."""
    BESIDE = "beside"
    """A claim about an incident that the key does not have: often right, and left out by guideline."""


@dataclass(frozen=True, slots=True)
class MucError:
    """In this text the key has `marked` and the reader has `read`; None where there is nothing.

    `start`, `end` and `sentence` are where the reader's claim or the key's first target stands; 0, 0 and "" where the
    text does not have the target in these words.
    """

    kind: MucKind
    text_id: str
    start: int
    end: int
    marked: str | None
    read: str | None
    rule: str | None
    sentence: str


def muc_errors(documents: Iterable[tuple[Document, str]]) -> Iterator[MucError]:
    """Yield every difference, text by text; `documents` come with their text."""
    for document, text in documents:
        spans = sentences(text)
        for kind, thing in _differences(document):
            start, end = _where(thing, text)
            sentence = sentence_at(text, spans, start, end) if end else ""
            if isinstance(thing, Fact):
                read, rule = f"{thing.number:,} {thing.measure}", thing.claim.rule
                yield MucError(kind, document.text_id, start, end, None, read, rule, sentence)
            else:
                yield MucError(kind, document.text_id, start, end, _key(thing), None, None, sentence)


def _differences(document: Document) -> Iterator[tuple[MucKind, KeyFact | Fact]]:
    for matched in document.matched:
        yield from ((MucKind.MISSED, key) for key in matched.outcome.missed)
        yield from ((MucKind.SPURIOUS, fact) for fact in matched.outcome.spurious)
    for template in document.not_found:
        yield from ((MucKind.NOT_FOUND, key) for key in template.facts if key.numbers and not key.optional)
    yield from ((MucKind.BESIDE, fact) for fact in document.beside)


def _where(thing: KeyFact | Fact, text: str) -> tuple[int, int]:
    if isinstance(thing, Fact):
        return thing.claim.start, thing.claim.end
    for target in thing.targets:
        words = r"\s+".join(map(re.escape, target.split()))
        found = re.search(words, text, re.IGNORECASE) if words else None
        if found:
            return found.span()
    return 0, 0


def _key(key: KeyFact) -> str:
    numbers, measures = ("/".join(map(str, sorted(each))) for each in (key.numbers, key.measures))
    return f"{numbers} {measures}" + (", named" if key.named else "")
