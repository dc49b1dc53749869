"""Numbers that need the toll of the sentence before to mean anything: "Three were children.", "The hospital says twelve."."""

import re
from collections.abc import Sequence

from marsad.extract.chunks import Chunk, chunked, tags_of
from marsad.extract.mentions import Mention
from marsad.extract.parts import predicate
from marsad.extract.totals import said, totals
from marsad.model import Measure, Status
from marsad.text.lexicon import Lexicon, People
from marsad.text.numbers import Quantity
from marsad.text.phrases import Line
from marsad.text.tokens import Token

_OPENING = 6
"""Within how many words of its beginning a sentence tells how many of those told of before were whom."""
_COPULA_REACH = 4
"""How many words behind such a number "were" or "of them" may stand."""
_LEADING = 3
"""How many chunks may stand before that number, none of them more than "and" or "of them"."""
_PREDICATE_REACH = 5
_SHARE, _SAID = 0.8, 0.7
IN_ROW = "row-of-those-told"
"""The name of the rule that reads a row of a list of those told of before."""

_LIVING = (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED)

Share = tuple[int, int, Quantity, People | None]
"""A number of people, tokens first..after, and who they were."""


def may_tell_again(words: Lexicon, line: Line, counted: Sequence[Mention]) -> bool:
    """Tell quickly whether a sentence may speak of the toll before it: most hold no number where it would stand."""
    copulas = words.forms("parts.copulas")
    among = "M" in [tag for tag, _ in words.tags.all(line).values()]
    if among or not line.forms.isdisjoint(copulas):
        bare = line.finds.get(words.bare.slot, ())
        at = next((k for k, token in enumerate(line[:_OPENING]) if k in bare or _number(words, token)), None)
        if at is not None:
            if any(token.form in copulas for token in line[at + 1 : at + 1 + _COPULA_REACH]):
                return True
            if among and any(tag == "M" for tag, _, _ in words.tags.find(line, 0, at + _COPULA_REACH)):
                return True
    if counted:
        return False
    if words.section("parts.totals").stands_in(line):
        return True
    say = words.section("attribution.say")
    if not say.stands_in(line):
        return False
    return any(_number(words, t) for _, _, after in say.find(line) for t in line[after : after + 2])


def _number(words: Lexicon, token: Token) -> bool:
    return token.kind == "number" or (token.kind == "word" and words.numbers.opens(token.form))


def told_again(words: Lexicon, line: Line, toll: Mention, counted: Sequence[Mention]) -> list[Mention]:
    """Return the counts of a sentence that mean something because of the toll told in the sentence before, in order.

    `counted` are those that the sentence states by itself: where it has any, only how many of the dead were whom is added.
    """
    chunks = chunked(words, line)
    tags = tags_of(chunks)
    most = toll.quantity.value or toll.quantity.high
    taken = {k for mention in counted for k in range(mention.first, mention.after)}
    out = [
        Mention(first, after, quantity, people, toll.measure, "of-those-told", _SHARE, None, points_back=True)
        for first, after, quantity, people in _shares(words, line, chunks, tags, most)
        if first not in taken
    ]
    if out or counted:
        return out
    for i in sorted({*totals(words, line, chunks, tags), *said(words, line, chunks, tags)}):
        quantity = chunks[i].quantity
        if quantity is not None and quantity.value != toll.quantity.value:
            out.append(
                Mention(chunks[i].first, chunks[i].after, quantity, None, toll.measure, "said", _SAID, None, False)
            )
    return out


_ROW = re.compile(r"\s*[-–—•*▪◾●⬅➖]\ufe0f?\s*\S[^:]{0,90}:\s*\S")
"""A row of a list: a mark, a few words and a colon, and something behind it."""

_PARTED = re.compile("[zQ]C?M(Q(?:C?A?Q)*)")
"""A number of a row with what is said of some of its people: "219 civilians, including 52 children"."""


def is_row(body: str) -> bool:
    """Tell whether a sentence is a row of a list: "- the regime's forces: 702 civilians"."""
    return _ROW.match(body) is not None


def told_in_row(words: Lexicon, line: Line, toll: Mention) -> list[Mention]:
    """Return the count that a row gives of those told of ahead of the list, and the parts of it.

    Right behind the colon, of people, and no more than were told of.
    """
    chunks = chunked(words, line)
    tags = tags_of(chunks)
    colon = next((i for i, chunk in enumerate(chunks) if line[chunk.first].form == ":"), len(chunks))
    at, most = colon + 1, toll.quantity.value or toll.quantity.high
    if tags[at : at + 1] != "Q" or chunks[at].people is None or chunks[at].harm is not None:
        return []
    quantity = chunks[at].quantity
    if quantity is None or (quantity.value is not None and most is not None and quantity.value > most):
        return []
    out = [
        Mention(
            chunks[at].first, chunks[at].after, quantity, chunks[at].people, toll.measure, IN_ROW, _SAID, None, True
        )
    ]
    parted = _PARTED.match(tags, at)
    for i in range(parted.start(1), parted.end(1)) if parted else ():
        part = chunks[i].quantity
        if tags[i] == "Q" and part is not None and chunks[i].people is not None:
            out.append(
                Mention(chunks[i].first, chunks[i].after, part, chunks[i].people, toll.measure, "part", _SAID, 0, False)
            )
    return out


def toll_of(mentions: Sequence[Mention]) -> Mention | None:
    """Return the count of a sentence that the next one may speak of without saying so; None where there is none."""
    found: Mention | None = None
    for mention in mentions:
        if mention.parent is None and not mention.older and not mention.points_back and mention.measure in _LIVING:
            if mention.measure is Measure.KILLED:
                return mention
            found = found or mention
    return found


def _shares(words: Lexicon, line: Line, chunks: Sequence[Chunk], tags: str, most: int | None) -> list[Share]:
    """Return how many of those told of in the sentence before were whom: "Three were children and two were nurses."

    `most` is the toll; what is more than it is no share of it. Only a noun for some people and no others makes a share.
    """
    out: list[Share] = []
    lead = next((i for i, tag in enumerate(tags) if tag not in "ACPMB"), len(tags))
    if lead > _LEADING or tags[lead : lead + 1] not in ("Q", "z"):
        return []
    if "B" in tags[:lead] and "M" not in tags[:lead]:
        return []
    listed = "M" in tags[:lead]  # "Among them were two women and a boy"
    for i in range(lead, len(tags)):
        if tags[i] in "Qz" and (i == lead or (out and tags[i - 1] in "ACQ")):
            share = _share(words, line, chunks, tags, i, most, listed=listed)
            if share is None:
                break
            out.append(share)
        elif tags[i] in ".;VGDNTJ":
            break
    return out


def _share(
    words: Lexicon, line: Line, chunks: Sequence[Chunk], tags: str, i: int, most: int | None, *, listed: bool
) -> Share | None:
    chunk, quantity = chunks[i], chunks[i].quantity
    if quantity is None or (quantity.value is not None and most is not None and quantity.value > most):
        return None
    if chunk.people is not None:
        return (chunk.first, chunk.after, quantity, chunk.people) if listed and tags[i] == "Q" else None
    at = i + 1
    if tags[at : at + 1] == "O":  # "seven | of the 22 | were soldiers"
        of = at + 1 + (tags[at + 1 : at + 2] == "R")
        again = chunks[of].quantity if of < len(tags) and tags[of] in "Qqz" else None
        if again is None or most is None or again.value != most or chunks[of].people is not None:
            return None
        at = of + 1
    while tags[at : at + 1] in ("M", "C") and at < len(tags):
        at += 1
    copula = at < len(tags) and line[chunks[at].first].form in words.forms("parts.copulas")
    if not (copula or tags[i + 1 : i + 2] == "M"):
        return None
    people = predicate(words, line, chunks[at].after if copula else chunks[i + 1].after, _PREDICATE_REACH)
    named = people is not None and (people.group is not None or people.status is not Status.UNKNOWN)
    return (chunk.first, chunk.after, quantity, people) if named else None
