"""Report text to what it says beside counts: one pure function, `contexts_in`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from marsad.extract.armed import armed, may_be_armed
from marsad.extract.atlas import Atlas
from marsad.extract.attacks import ATTACKS
from marsad.extract.building import Frame
from marsad.extract.cast import UNNAMED
from marsad.extract.found import Found
from marsad.extract.meetings import MEETINGS
from marsad.extract.page import Page
from marsad.extract.places import places_in
from marsad.extract.rulings import RULINGS
from marsad.extract.sayings import statements_in
from marsad.extract.takings import TAKINGS
from marsad.extract.tellings import TELLINGS
from marsad.extract.ties import tied
from marsad.extract.topic import is_elsewhere
from marsad.extract.voices import LONGEST_QUOTATION, voices_in
from marsad.extract.wars import WARS
from marsad.model import Context, ContextKind, Place, Stance, Text
from marsad.stage import Rejection
from marsad.text.gazetteer import Gazetteer
from marsad.text.language import language_of
from marsad.text.lexicon import Lexicon, languages, lexicon
from marsad.text.phrases import Line
from marsad.text.sentences import sentences

STAGE, VERSION = "context", "3"
LONGEST = 1_000_000
"""Characters of a report beyond which it is not read, as for counts."""

_MOST = 2_000
"""Contexts of one report that are kept: no report has more, and a hostile one costs no more."""

FRAMES: Mapping[str, Frame] = {**TAKINGS, **ATTACKS, **MEETINGS, **WARS, **TELLINGS, **RULINGS}
"""How a sentence is read around a trigger, by the name that entries of the lexicon use; statements ("says") apart."""


def contexts_in(report: Text, gazetteer: Gazetteer) -> Iterator[Context | Rejection]:
    """Yield what a report says beside counts of people, in the order of its text.

    Only a report that speaks of armed violence is read, and of it only sentences with a word that triggers something. A
    report that no reader of counts could read either is passed over: its rejection is that of extraction; so is one in a
    language whose lexicon has no entries for context yet. No more than 2,000 contexts are read of one report. The same text,
    day and gazetteer give the same contexts everywhere.
    """
    lang = report.lang or language_of(report.text)
    if len(report.text) > LONGEST or lang not in languages():
        return
    words = lexicon(lang)
    if not words.beside.triggers.entries or not may_be_armed(words, report.text):
        return
    page = _opened(report, words, gazetteer)
    if page is not None:
        yield from tied(_placed_once([_made(page, found) for found in islice(_found(page), _MOST)]))


def _opened(report: Text, words: Lexicon, gazetteer: Gazetteer) -> Page | None:
    """Return the report opened for reading, None where it tells nothing of the kind."""
    parts = [(s, words.line(report.text, s.body, s.end)) for s in sentences(report.text)]
    lines = [line for _, line in parts]
    if not any(armed(words, line) for line in lines):
        return None
    triggered = [bool(words.beside.hits(line)) for line in lines]
    if not any(triggered) or is_elsewhere(words, lines):
        return None
    home, endings = words.data["places"]["home"], words.data["places"]["endings"]
    atlas = Atlas(gazetteer, lines, words.forms("attribution.not_names"), words.countries, home, endings)
    if not atlas.countries:
        fought = {p.country for line in lines for p, _, _ in words.beside.parties.find(line) if p.country}
        atlas = atlas.among(atlas.country(code) for code in sorted(fought))
    if not atlas.countries:
        atlas = atlas.among(place for line in lines for place, _ in places_in(words, atlas, line, report.text))
    spoken = [s for s, _ in parts]
    last = max(k for k, line in enumerate(lines) if triggered[k] or _goes_on(line))
    heard = voices_in(words, atlas, spoken, lines, last + 1 + LONGEST_QUOTATION)
    return Page(words, atlas, report, spoken, lines, heard)


def _goes_on(line: Line) -> bool:
    """Tell whether a sentence may go on with what somebody said: it begins with a mark."""
    return len(line) > 0 and line[0].kind == "mark"


def _found(page: Page) -> Iterator[Found]:
    said: list[Found] = []
    shown: Found | None = None
    quoted_until = 0
    for k, line in enumerate(page.lines):
        if not page.hits(k) and not _goes_on(line):
            continue
        told = _held_once(list(_of_sentence(page, k)))
        if page.sentences[k].start >= quoted_until:
            statements = list(statements_in(page, k, said))
            said = [*said[-4:], *statements]
            quoted_until = max([quoted_until, *(f.end for f in statements)])
            told += statements
        used = {f.at for f in told if f.trigger.kind is not ContextKind.STATEMENT}
        spoken = [f for f in told if f.trigger.kind is ContextKind.STATEMENT]
        for found in told:
            shown = found if found.trigger.kind is ContextKind.EVIDENCE else shown
            yield _shown(found, shown) if found.seen and shown else _voiced(page, found, used, spoken)


def _held_once(told: list[Found]) -> list[Found]:
    """Return what a sentence tells, each once: what was gained is not held as well, who is seized is no place.

    "fell on Monday into the hands of the rebels", "seized dozens of pupils from a school in the town".
    """
    gained = [f for f in told if f.act == "gained"]
    taken = {f.at for f in told if f.act == "abduction"}
    if not gained:
        return told

    def again(f: Found) -> bool:
        held = f.act == "holds" and any(
            g.start <= f.start <= g.end and g.place == f.place and g.actor == f.actor for g in gained
        )
        return held or (f.act == "gained" and f.at in taken)

    return [f for f in told if not again(f)]


def _shown(found: Found, shown: Found) -> Found:
    """Return what "could be seen" in the footage of a sentence before, with its place and who spread it."""
    return replace(found, chain=shown.chain, place=found.place or shown.place)


def _voiced(page: Page, found: Found, used: set[int], spoken: Sequence[Found]) -> Found:
    """Return what a clause tells with who says it: a speaker whose words reach to it.

    No speaker is one whose word of saying tells something else ("declared it their capital"); that something is reported
    by nobody named holds of its own clause alone.
    """
    if found.chain is not None:
        return found
    line = page.lines[found.sentence]
    voices = [(f.at, f.leads, f.chain or ()) for f in spoken]
    voices += [
        (s.first, s.leads, s.chain)
        for s in page.voices[found.sentence]
        if not s.carried
        and not used & set(range(s.first, s.after))
        and (s.chain != (UNNAMED,) or found.start <= line[s.first].start < found.end)
    ]
    voices.sort(key=lambda voice: voice[0])
    behind = next((chain for at, leads, chain in voices if (at > found.at and not leads) or chain == (UNNAMED,)), None)
    before = next((chain for at, leads, chain in reversed(voices) if at < found.at and leads), None)
    return replace(found, chain=behind or before or ())


def _of_sentence(page: Page, k: int) -> Iterator[Found]:
    for trigger, first, after in page.hits(k):
        if trigger.kind is not ContextKind.STATEMENT:
            yield from FRAMES[trigger.frame](page, k, trigger, first, after)


def _made(page: Page, found: Found) -> Context:
    chain = found.chain or ()
    stance = found.stance
    if chain == (UNNAMED,) and stance is Stance.ASSERTED:
        stance = Stance.REPORTED
    # what parts contexts of one span: the places of a list, those who speak together
    which = found.actor if found.trigger.kind is ContextKind.STATEMENT else found.place and found.place.words
    return Context(
        context_id=Context.identity(
            page.report.report_id, found.start, found.end, found.trigger.kind, found.act, which or ""
        ),
        report_id=page.report.report_id,
        start=found.start,
        end=found.end,
        text=page.report.text[found.start : found.end],
        kind=found.trigger.kind,
        act=found.act,
        actor=found.actor,
        others=found.others,
        content=found.content,
        extent=found.extent,
        occurred=found.when,
        place=found.place,
        attribution=chain,
        modality=stance,
        polarity=found.polarity,
        weapon=found.trigger.weapon,
        flags=found.flags,
        relation=None,
        target=None,
        rule=found.trigger.name,
        score=found.score,
    )


def _placed_once(contexts: Sequence[Context]) -> list[Context]:
    """Return the contexts in the order of the text, each once."""
    once = {context.context_id: context for context in contexts}
    return sorted(once.values(), key=lambda c: (c.start, c.end, c.kind.value, c.act, _words(c.place)))


def _words(place: Place | None) -> str:
    return place.words if place else ""
