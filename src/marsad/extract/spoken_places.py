"""Where an article names a place only to say whose somebody is who speaks."""

from marsad.extract.atlas import Atlas
from marsad.extract.places import of_speakers
from marsad.model import Text
from marsad.text.gazetteer import Gazetteer
from marsad.text.lexicon import languages, lexicon
from marsad.text.sentences import sentences


def places_of_speakers(report: Text, gazetteer: Gazetteer) -> list[tuple[int, int]]:
    """Return the characters of such places, with the word that leads to them, in order; [] in a language without a lexicon.

    "the governor of the Far North said", "according to the diocese of Mamfe": nothing is said to have happened there.
    """
    if report.lang is None or report.lang not in languages():
        return []
    known = lexicon(report.lang)
    lines = [known.counting_line(report.text, s.body, s.end) for s in sentences(report.text)]
    never, places = known.forms("attribution.not_names"), known.data["places"]
    atlas = Atlas(gazetteer, lines, never, known.countries, places["home"], places["endings"])
    return [span for line in lines for span in of_speakers(known, atlas, line, report.text)]
