"""Who passes somebody's words on: "AFP quoted the governor as saying", "told Reuters", "نقلت رويترز عن شاهد"."""

from marsad.extract.atlas import Atlas
from marsad.extract.cast import Chain, Speaker, chained
from marsad.extract.cues import led_in
from marsad.extract.introduced import CUE_REACH, introduced, phrase_end, tells
from marsad.extract.names import best_named, spoken
from marsad.extract.subjects import closes
from marsad.extract.unlisted import unlisted_from
from marsad.model import OriginKind
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line

BACK_REACH = 16
"""The same where a sentence only says who told what went before: "Así lo informó este martes en su cuenta el alcalde"."""

_TOLD_REACH = 3
"""How many words behind "told" the agency may stand: "à l'AFP"."""


def relayed_from(words: Lexicon, atlas: Atlas, line: Line, first: int, after: int) -> Speaker | None:
    """Return whom an Arabic verb of passing on takes it from, whoever passes it on behind him: "نقلت رويترز عن شاهد قوله"."""
    if line[first].form not in words.forms("attribution.relays"):
        return None
    source, end = words.forms("attribution.source"), phrase_end(words, line, after, after + CUE_REACH)
    at = next((k for k in range(after, end) if line[k].form in source), None)
    if at is None or at + 1 >= len(line) or any(tells(words, line, k) for k in range(after, at)):
        return None  # "نقلت الطواقم تسعة جرحى عن طريق البر" carries people, no words
    end = phrase_end(words, line, at + 1, at + 1 + CUE_REACH)
    named = introduced(words, atlas, line, at + 1, end) or unlisted_from(words, line, at + 1, end)
    if named is None:
        return None
    relay = best_named(words, atlas, line, after, at)
    chain = chained((spoken(words, line, named),), (relay.name,) if relay else ())
    leads = not (closes(line, first, named.after) or led_in(words, line, first))
    return Speaker(chain, first, named.after, leads, surname=named.surname)


def quoted_as(words: Lexicon, atlas: Atlas, line: Line, first: int) -> Speaker | None:
    """Return whom somebody quotes, whoever quotes him behind him: "Reuters quoted a doctor | as saying"."""
    back = range(first - 1, max(-1, first - 1 - BACK_REACH), -1)
    at = next((k for k in back if line[k].form in words.forms("attribution.relays")), None)
    if at is None:
        return None
    ahead = best_named(words, atlas, line, max(0, at - BACK_REACH), at)
    named = best_named(words, atlas, line, at + 1, first) if at + 1 < first else ahead
    if named is None:
        return None
    relay = (ahead.name,) if ahead and at + 1 < first else ()
    leads = not closes(line, first, first + 2)
    return Speaker(chained((spoken(words, line, named),), relay), first, first + 2, leads, surname=named.surname)


def heard_in(words: Lexicon, line: Line, first: int, after: int, end: int) -> tuple[int, Chain] | None:
    """Return where the agency begins that an Arabic speaker tells it to, and its name: "قال محمد علي | لوكالة رويترز"."""
    informs = line[first].form in words.forms("attribution.informs")
    for k in range(after + 1, end):
        if informs or line[k].form.startswith("ل"):
            hit = words.actors.match(line, k)
            if hit and hit[0].public and hit[0].origin.kind is OriginKind.MEDIA:
                return k, (hit[0].origin.name,)
    return None


def told_to(words: Lexicon, line: Line, first: int, after: int) -> tuple[Chain, int]:
    """Return whom it was told to, if an agency or outlet ("told AFP", "a déclaré à l'AFP"), and the token after that."""
    told = words.section("attribution.told").match(line, first) is not None
    if not told and not words.subject_behind:
        return (), after
    for k in range(after, after + _TOLD_REACH):
        hit = words.actors.match(line, k)
        if hit and hit[0].origin.kind is OriginKind.MEDIA and hit[0].public:
            said_to = told or any(_hears(words, line[j].form) for j in range(after, k))
            return ((hit[0].origin.name,), hit[1]) if said_to else ((), after)
    return (), after


def _hears(words: Lexicon, form: str) -> bool:
    """Tell whether a word leads to whoever hears it: "informó hoy | a Efe"."""
    return form in words.forms("attribution.audience") and form not in words.data["articles"]
