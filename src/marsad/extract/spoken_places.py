"""Where an article names a place only to say whose somebody is who speaks."""

from collections.abc import Iterator
from dataclasses import replace

from marsad.model import Text
from marsad.text.lexicon import Lexicon, languages, lexicon
from marsad.text.phrases import Line
from marsad.text.sentences import sentences

_CUE_REACH = 8
"""How many words behind "according to" the place may stand."""


def places_of_speakers(report: Text) -> list[tuple[int, int]]:
    """Return the characters of such places, with the word that leads to them, in order; [] in a language without a lexicon.

    "the governor of the Far North said", "according to the diocese of Mamfe": nothing is said to have happened there. Only
    capitals tell such a name.
    """
    if report.lang is None or report.lang not in languages():
        return []
    known = lexicon(report.lang)
    lines = (known.counting_line(report.text, s.body, s.end) for s in sentences(report.text))
    return [span for line in lines for span in _in_line(known, line)]


def besides(report: Text) -> Text:
    """Return a report with blanks for such places, every other character where it was."""
    text = report.text
    for start, end in places_of_speakers(report):
        text = text[:start] + " " * (end - start) + text[end:]
    return replace(report, text=text)


def _in_line(words: Lexicon, line: Line) -> Iterator[tuple[int, int]]:
    say, cue = words.section("attribution.say"), words.section("attribution.cue")
    offices = {after for _, _, after in words.actors.find(line)}
    cued = [after for _, _, after in cue.find(line)]
    for at in range(1, len(line)):
        joint = words.tags.match(line, at)
        if joint is None or joint[0] != "O":
            continue
        first = joint[1]
        while first < len(line) and line[first].form in words.data["articles"]:
            first += 1
        end = first
        while end < len(line) and line[end].kind == "word" and line[end].capital:
            end += 1
        led = any(0 < at - k <= _CUE_REACH and all(t.kind == "word" for t in line[k:at]) for k in cued)
        if end > first and (at in offices or led or say.match(line, end)):
            yield line[at].start, line[end - 1].end
