"""What a person should know about how one claim was read: its place, its day, its speaker, its number."""

import re
from collections.abc import Iterator

from marsad.extract.reading import Read
from marsad.extract.scenes import Scene
from marsad.model import Flag
from marsad.text.lexicon import Lexicon
from marsad.text.tokens import form_of

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def flags_of(words: Lexicon, read: Read, text: str, scene: Scene, speaker: str | None, hedged: bool) -> Iterator[Flag]:
    """Yield the flags of a claim: of its scene, of who said it, and whether its exact number stands under a hedge."""
    when, place, sentence = scene.when, scene.place, read.sentence
    if when is not None and any(d.conflicts and d.when == when for d in read.dates):
        yield Flag.DATE_CONFLICTS
    if when is not None and when.words is None:
        yield Flag.DATE_ASSUMED
    if place is not None and text.find(place.words, sentence.body, sentence.end) < 0:
        yield Flag.PLACE_INFERRED
    if speaker is not None and _unnamed(words, speaker):
        yield Flag.SPEAKER_UNNAMED
    if hedged:
        yield Flag.HEDGED_NUMBER
    if _BLANK_LINE.search(text, sentence.body, sentence.end):
        yield Flag.BROKEN_PARAGRAPH


def _unnamed(words: Lexicon, speaker: str) -> bool:
    """Tell whether a speaker goes by what he is, and is no institution: "officials" and not "health ministry"."""
    return speaker[:1].islower() and form_of(speaker) not in words.bodies
