"""Denials that name no number: "the army denied killing civilians"."""

from collections.abc import Iterator, Sequence

from marsad.extract.chunks import Chunk
from marsad.model import Bound, Measure, Status
from marsad.text.lexicon import Harm, Lexicon, People
from marsad.text.numbers import Quantity
from marsad.text.phrases import Line

DENIAL = "denial"
"""The rule of a claim that denies without a number."""

_REACH = 9
"""How many chunks behind a word of denial may say what is denied."""

_HARMED = (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED)

Denied = tuple[int, int, Quantity, People, Measure]
"""First token, token after, a number that bounds nothing, who and what befell them."""


def denials_in(words: Lexicon, line: Line, chunks: Sequence[Chunk]) -> Iterator[Denied]:
    """Yield what a sentence denies without counting: people of a kind, and that they were killed or hurt."""
    for _, _, after in words.section("modality.denied").find(line):
        harm: tuple[Harm, int, int] | None = None
        people: tuple[People, int, int] | None = None
        behind = [chunk for chunk in chunks if chunk.first >= after][:_REACH]
        for chunk in behind:
            if chunk.tag in "C.;" or chunk.quantity is not None:
                break
            if chunk.harm is not None and chunk.harm.measure in _HARMED and harm is None:
                harm = chunk.harm, chunk.first, chunk.after
            noun = words.people.match(line, chunk.first)
            if noun and noun[0].status is not Status.COMBATANT and people is None and chunk.harm is None:
                people = noun[0], chunk.first, noun[1]
        if harm and people:
            first, end = min(harm[1], people[1]), max(harm[2], people[2])
            yield first, end, Quantity(first, end, None, None, None, Bound.VAGUE), people[0], harm[0].measure
