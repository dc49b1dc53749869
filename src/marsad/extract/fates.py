"""What befell the people of a count beyond what stands beside it: in the end, in another place, by another verb."""

import re
from collections.abc import Iterator, Sequence

from marsad.extract.chunks import Chunk
from marsad.model import Measure
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line

Found = dict[int, tuple[Measure, str, float]]
"""What befell the people of a chunk, by which rule, and how surely."""

SETTINGS = (Measure.DISPLACED, Measure.POPULATION)
"""What words may also tell of people who are among the dead: "among the dead was a family who had fled"."""

OTHER_FATES = (*SETTINGS, Measure.DETAINED, Measure.ABDUCTED)
"""What words tell of people among the dead beyond their death: "three of those killed had been detained"."""

OF_THE_LIVING = (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED)

_THEN = re.compile("QB{1,3}V[xXIORH]{0,6}AB{0,2}V(?![RQqz])")
"""What befell people first and in the end: "nine men were abducted and later killed"."""

_ELSEWHERE_REACH = 8
"""How many chunks before "six in Harasta" the count stands whose word of harm it shares."""


def settle(words: Lexicon, line: Line, chunks: Sequence[Chunk], tags: str, found: Found) -> None:
    """Give each count what befell its people in the end: the wounded who died, those abducted and later killed."""
    for i, (measure, by, score) in list(found.items()):
        if measure is Measure.INJURED and (died := _died(words, line, chunks, tags, i)):
            found[i] = (died, by, score)
    for i, (measure, by, score) in list(found.items()):
        if measure in OTHER_FATES and (then := _THEN.match(tags, i)) and (last := chunks[then.end() - 1].harm):
            found[i] = (last.measure if last.measure in OF_THE_LIVING else measure, by, score)


def elsewhere(
    words: Lexicon, line: Line, chunks: Sequence[Chunk], tags: str, found: Found
) -> Iterator[tuple[int, int]]:
    """Yield the numbers that say how many more were harmed in another place, each with the count before it.

    "Nine people were killed in Douma, six in Harasta and four in Zamalka": a number without a noun, then a place.
    """
    if not found or ("z" not in tags and "Q" not in tags):
        return
    strong, prefixes = words.forms("places.strong"), words.place_prefixes
    told = sorted(i for i in found if found[i][0] in OF_THE_LIVING)
    for i, tag in enumerate(tags):
        if tag not in "zQ" or i in found or chunks[i].people is not None or not chunks[i].quantity or i == 0:
            continue
        joined = tags[i - 1] in "AC" or line[chunks[i].first].form.startswith("و")
        at = chunks[i].after
        led = at + 1 < len(line) and line[at].form in strong and line[at + 1].name
        led = led or (at < len(line) and bool(prefixes) and line[at].form.startswith(prefixes) and line[at].name)
        like = next((k for k in reversed(told) if k < i and i - k <= _ELSEWHERE_REACH), None)
        if joined and led and like is not None and _placed(line, chunks, like, i, strong, prefixes):
            told.append(i)
            yield i, like


def _placed(
    line: Line, chunks: Sequence[Chunk], like: int, i: int, strong: frozenset[str], prefixes: tuple[str, ...]
) -> bool:
    """Tell whether the count before has a place of its own."""
    between = line[chunks[like].after : chunks[i].first]
    return any(t.form in strong or (bool(prefixes) and t.name and t.form.startswith(prefixes)) for t in between)


def _died(words: Lexicon, line: Line, chunks: Sequence[Chunk], tags: str, i: int) -> Measure | None:
    """Return what befell the wounded of a count in the end: "a score of the wounded have died"; None where nothing did."""
    at = i + 1 + (tags[i + 1 : i + 3] == "VB")  # "three wounded have died"
    while tags[at : at + 1] == "B":
        at += 1
    harm = chunks[at].harm if tags[at : at + 1] == "D" else None
    ended = at > i + 1 or finite(words, line, chunks, tags, at)
    return harm.measure if harm is not None and ended and harm.measure is Measure.KILLED else None


def finite(words: Lexicon, line: Line, chunks: Sequence[Chunk], tags: str, at: int) -> bool:
    """Tell whether a chunk says what people did and not what they are: "died", not "dead"."""
    return tags[at : at + 1] == "D" and line[chunks[at].first].form not in words.forms("parts.states")
