"""A report read sentence by sentence, before its counts are put together: what each sentence says by itself."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from marsad.extract.atlas import Atlas
from marsad.extract.log_entries import entry_scene
from marsad.extract.mentions import Mention
from marsad.extract.names import acting
from marsad.extract.places import place_from, placed_in, places_in
from marsad.extract.places_together import is_wide
from marsad.extract.scenes import Scene, days_of_events, scene_of
from marsad.model import Measure, Origin, OriginKind, Place, Text, When
from marsad.text.dates import Mention as DateMention
from marsad.text.dates import dates_in
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line
from marsad.text.sentences import Sentence

_COUNTRY = 6
_HEAD, _STROKED = 3, 8
"""Sentences at the head that may be a dateline with a stroke, and the words of one."""

_HEADING = 80
"""Characters of a heading at most."""

_WRITTEN, _LOGGED = 3, 400
"""Days before publication up to which a heading's day is that of writing, and beyond which it is no day of the report."""

_DAYS = 2
"""The precision of a time of a few days at most."""

_NO_SCENE = Scene()
_OF_FLIGHT = (Measure.DISPLACED, Measure.POPULATION)
"""Measures of people whose country of refuge is where they are counted."""


class Read(NamedTuple):
    """A sentence that has been read: its tokens, counts, scene and times. `telling` marks one about an attack or a toll."""

    sentence: Sentence
    line: Line
    mentions: list[Mention]
    scene: Scene
    dates: list[DateMention]
    telling: bool
    places: Mapping[int, Place] = MappingProxyType({})
    """Where the people of single counts were harmed, by their number, in a sentence that tells of several places."""
    days: Mapping[int, When] = MappingProxyType({})
    """When they were, in a sentence that tells of several days."""


def read_sentence(
    words: Lexicon,
    atlas: Atlas,
    report: Text,
    sentence: Sentence,
    line: Line,
    mentions: list[Mention],
    told: When | None = None,
    before: Read | None = None,
) -> Read:
    """Return what a sentence with these counts says by itself; only one that counts or tells of an attack sets a scene.

    Who is arrested, tried or buried after an attack is so on another day, which is no day of the attack: "a suspect was
    released on Friday". `told` is the last day that the report named before, from which "the next day" is counted. `before`
    is the sentence as it was read with another atlas, which tells no other times.
    """
    if before is not None and not before.telling:
        return before
    if mentions or words.weapons.stands_in(line) or words.section("telling.words").stands_in(line):
        known = before.dates if before is not None else None
        scene, dates = scene_of(words, atlas, line, report.text, report.published, told, known)
        if _fled_there(words, line, mentions, scene.place):
            scene = scene._replace(place=None)
        if not mentions and not line.forms.isdisjoint(words.forms("telling.afterwards")):
            scene, dates = scene._replace(when=None), []
        places = _own_places(words, atlas, line, report.text, mentions) if len(mentions) > 1 else MappingProxyType({})
        days = _own_days(words, line, dates, mentions) if len(mentions) > 1 and len(dates) > 1 else MappingProxyType({})
        return Read(sentence, line, mentions, scene, dates, telling=True, places=places, days=days)
    if (entry := entry_scene(words, atlas, report, sentence, line)) is not None:
        return Read(sentence, line, [], entry[0], entry[1], telling=True)
    return Read(sentence, line, [], _NO_SCENE, [], telling=False)


def _fled_there(words: Lexicon, line: Line, mentions: Sequence[Mention], place: Place | None) -> bool:
    """Tell whether a country is only whither somebody went who tells of it: "said a teacher who fled to Niger"."""
    if place is None or place.precision != _COUNTRY or line.forms.isdisjoint(words.forms("places.fled")):
        return False
    return not any(mention.measure in _OF_FLIGHT for mention in mentions)


def _own_days(
    words: Lexicon, line: Line, dates: Sequence[DateMention], mentions: Sequence[Mention]
) -> Mapping[int, When]:
    """Return the day of each count where a sentence counts on several days: "nine were killed on Friday and six on Sunday".

    Days behind their counts are read so, unless one opens the sentence: then each stands before its counts. Parts of a count
    were harmed on its day.
    """
    wholes = [k for k, mention in enumerate(mentions) if mention.parent is None and not mention.older]
    days = days_of_events(words, line, dates)
    if len(wholes) == 1:  # "21 in all: 17 on Saturday and four on Sunday"
        wholes = [k for k, mention in enumerate(mentions) if mention.parent == wholes[0]]
    if len(wholes) < 2 or len({day.when.start for day in days}) < 2:
        return {}
    ahead = days[0].first < mentions[wholes[0]].first
    own: dict[int, When] = {}
    for k in wholes:
        if ahead:
            own[k] = [day for day in days if day.first < mentions[k].first][-1].when
        else:
            own[k] = next((day for day in days if day.first >= mentions[k].after), days[-1]).when
    if len({when.start for when in own.values()}) < 2:
        return {}
    parts = {k: own[m.parent] for k, m in enumerate(mentions) if m.parent is not None and m.parent in own}
    return {**parts, **own}


def _own_places(
    words: Lexicon, atlas: Atlas, line: Line, source: str, mentions: Sequence[Mention]
) -> Mapping[int, Place]:
    """Return the place right behind each count where several counts have one: "nine were killed in Douma and six in Harasta".

    Parts of a count were harmed where it was.
    """
    wholes = [k for k, mention in enumerate(mentions) if mention.parent is None and not mention.older]
    if len(wholes) < 2:
        return {}
    named = [
        (p, at)
        for p, strong, at, _ in placed_in(words, atlas, line, source)
        if strong and (not is_wide(p) or not p.found)
    ]
    if len({place.place_id or place.name for place, _ in named}) < 2:
        return {}
    own: dict[int, Place] = {}
    begins = 0
    for k, further in zip(wholes, [*wholes[1:], None], strict=True):
        end = mentions[further].first if further is not None else len(line)
        behind = next((place for place, at in named if mentions[k].after <= at < end), None)
        if behind is not None:
            own[k] = behind
        elif own:  # "five in Taiz, and after the raid on a camp in Marib in which | five were killed"
            ahead = [place for place, at in named if begins <= at < mentions[k].first]
            taken = next(reversed(own.values()))
            if ahead and ahead[-1].place_id != taken.place_id:
                own[k] = ahead[-1]
        begins = mentions[k].after
    if len({place.place_id or place.name for place in own.values()}) < 2:
        return {}
    parts = {k: own[m.parent] for k, m in enumerate(mentions) if m.parent is not None and m.parent in own}
    return {**parts, **own}


def day_named(reads: Sequence[Read]) -> When | None:
    """Return the last single day that the last of these sentences names; None if it names none."""
    if not reads or not reads[-1].dates:
        return None
    days = [d.when for d in reads[-1].dates if d.when.precision == 1]
    return days[-1] if days else None


def leading_scene(reads: Sequence[Read]) -> Scene:
    """Return the scene that these sentences are about: what the first counting ones say, then other telling ones."""
    scene = Scene()
    telling = sorted((r for r in reads if r.telling and not r.sentence.headline), key=lambda r: not r.mentions)
    for read in telling:
        scene = scene.over(_without_weeks(read.scene))
    for read in telling:
        scene = scene._replace(when=scene.when or read.scene.when)
    for read in (r for r in reads if r.sentence.headline):
        by = read.scene if read.scene.perpetrator else scene
        weapon = scene.weapon or read.scene.weapon
        scene = Scene(
            scene.when or read.scene.when, scene.place or read.scene.place, by.perpetrator, weapon, by.certainty
        )
    return scene


def _without_weeks(scene: Scene) -> Scene:
    """Return a scene without a time of several days ("three weeks ago"): a day told later is rather that of the report."""
    return scene if scene.when is None or scene.when.precision <= _DAYS else scene._replace(when=None)


def quiet_scene(words: Lexicon, atlas: Atlas, report: Text, reads: Sequence[Read]) -> Scene:
    """Return where and when it was by sentences that count nobody and tell of no attack.

    "Troops landed in the town of Saraqib on Monday" sets the scene of "Three people were killed" in the next paragraph:
    the first that names more than a country does. "The priests were murdered on 16 November" dates an earlier count of them.
    This is for a report in which no telling sentence names a place, or none a day.
    """
    place: Place | None = None
    beside: When | None = None
    harmed: When | None = None
    for read in reads:
        if read.telling or not read.line.forms.isdisjoint(words.forms("telling.talks")):
            continue
        there = places_in(words, atlas, read.line, report.text) if place is None else []
        there = [(p, strong) for p, strong in there if p.precision != _COUNTRY]
        named = any(strong for _, strong in there) or (bool(there) and _dated(words, read.line, report))
        harms = harmed is None and words.harm.stands_in(read.line)
        if named or harms:
            scene, _ = scene_of(words, atlas, read.line, report.text, report.published)
            if named:
                place, beside = scene.place, scene.when
            if harms:
                harmed = scene.when
    return Scene(harmed or beside, place)


def heading_day(words: Lexicon, report: Text, reads: Sequence[Read]) -> When | None:
    """Return the day that a heading names, long before the report: the entry of a log, "Ob 171 - December 10 2010".

    One of the days around publication is that of writing.
    """
    for read in reads[:_HEAD]:
        if read.mentions or read.sentence.end - read.sentence.start > _HEADING or report.published is None:
            continue
        line = words.counting_line(report.text, read.sentence.start, read.sentence.end)
        for day in dates_in(words, line, report.text, report.published):
            back = (report.published - day.when.end).days
            if day.when.precision == 1 and day.when.against is None and not day.since and _WRITTEN < back <= _LOGGED:
                return day.when
    return None


def _dated(words: Lexicon, line: Line, report: Text) -> bool:
    """Tell whether a sentence names a day."""
    if report.published is None:
        return False
    return any(d.when.precision == 1 for d in dates_in(words, line, report.text, report.published))


def dateline_place(report: Text, words: Lexicon, reads: Sequence[Read], atlas: Atlas) -> Place | None:
    """Return the place of the dateline, for a report that names no other: "RAQQA, Syria - "."""
    for read in reads:
        if read.sentence.body > read.sentence.start:
            line = words.counting_line(report.text, read.sentence.start, read.sentence.body)
            return scene_of(words, atlas.narrowed([line]), line, report.text, None)[0].place
    return next(filter(None, (_beside_agency(words, atlas, report, read) for read in reads[:_HEAD])), None)


def _beside_agency(words: Lexicon, atlas: Atlas, report: Text, read: Read) -> Place | None:
    """Return the place that stands beside an agency's name, a stroke between them: "السومرية نيوز / الأنبار"."""
    line = read.line[:_STROKED]
    stroke = next((k for k, token in enumerate(line) if token.form == "/"), None)
    if not stroke or not read.sentence.opens:
        return None
    for at in (stroke + 1, 0):
        hit = place_from(words, atlas, read.line, report.text, at)
        if hit is not None and hit[0].found and (at > stroke or hit[1] == stroke):
            return hit[0]
    return None


def bodies_named(words: Lexicon, atlas: Atlas, lines: Sequence[Line]) -> set[Origin]:
    """Return the organisations and outlets that the report names."""
    return {
        actor.origin
        for line in lines
        if words.actors.stands_in(line)
        for actor, _, _ in acting(words, atlas, line, 0, len(line))
        if actor.public
    }


def only_one(named: Iterable[Origin], *kinds: OriginKind) -> str | None:
    """Return the one of these that is of one of the kinds; None where none is, or several are."""
    names = {origin.name for origin in named if origin.kind in kinds}
    return names.pop() if len(names) == 1 else None
