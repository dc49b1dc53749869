"""Headings of entries: a place, or a day and a place, and nothing else ("19 March, Baydhaba town. A device was …")."""

from marsad.extract.atlas import Atlas
from marsad.extract.places import place_from
from marsad.extract.scenes import Scene
from marsad.model import Place, Text, When
from marsad.text.dates import Mention as DateMention
from marsad.text.dates import dates_in
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line
from marsad.text.sentences import Sentence

_LONGEST = 9
"""Words and marks of a heading at most."""

_COUNTRY = 6
_WRITTEN = 1
"""Days before publication up to which a day is that of writing: a dateline."""


def entry_scene(
    words: Lexicon, atlas: Atlas, report: Text, sentence: Sentence, line: Line
) -> tuple[Scene, list[DateMention]] | None:
    """Return the scene that the heading of an entry sets for what follows, and its days; None for any other sentence.

    A place alone heads what goes on in its own line ("Kharkiv region. A missile fell"), but not the first one of a report: that
    is a dateline, as a day close to publication is.
    """
    if not sentence.opens or len(line) > _LONGEST or sentence.headline or not any(token.name for token in line):
        return None
    when, place, free = None, None, set[int]()
    days = dates_in(words, line, report.text, report.published)
    for day in days:
        if day.when.precision == 1 and not day.since:
            when = when or day.when
            free.update(range(day.first, day.after))
    at = 0
    while at < len(line):
        hit = _named(words, atlas, line, report.text, at) if line[at].name and at not in free else None
        if hit is not None:
            place = place if place is not None and place.precision == 1 else hit[0]
            free.update(range(at, hit[1]))
        at = max(at + 1, hit[1] if hit else 0)
    small = words.forms("places.before") | words.forms("places.skip") | words.forms("places.generic")
    rest = (token for k, token in enumerate(line) if k not in free and token.kind == "word")
    if place is None or any(token.form not in small for token in rest):
        return None
    if when is None:
        goes_on = report.text[sentence.end : sentence.end + 1] == " " and not sentence.leads
        return (Scene(place=place), days) if goes_on else None
    return (Scene(when=when, place=place), days) if _is_past(when, report) else None


def _named(words: Lexicon, atlas: Atlas, line: Line, source: str, at: int) -> tuple[Place, int] | None:
    hit = place_from(words, atlas, line, source, at)
    return hit if hit is not None and hit[0].found and hit[0].precision != _COUNTRY else None


def _is_past(when: When, report: Text) -> bool:
    return report.published is None or (report.published - when.end).days > _WRITTEN
