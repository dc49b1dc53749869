"""Report text to claims: one pure function, `claims_in`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from marsad.extract.counts import Mention, mentions_in
from marsad.extract.draft import Draft
from marsad.extract.relations import related
from marsad.extract.scenes import Scene, countries_of, scene_of, setting, undated
from marsad.extract.speakers import speaker_of, speakers_in
from marsad.model import Bound, Claim, Measure, Modality, OriginKind, Place, Scope, Status, Text, When
from marsad.stage import Rejection
from marsad.text.dates import Mention as DateMention
from marsad.text.gazetteer import Gazetteer
from marsad.text.language import language_of
from marsad.text.lexicon import Lexicon, languages, lexicon
from marsad.text.sentences import Sentence, sentences
from marsad.text.tokens import Token, form_of, tokens

STAGE, VERSION = "extract", "1"
LONGEST = 1_000_000
"""Characters of a report beyond which it is not read: no report of an incident is longer."""

_RECENT_DAYS = 45
_VAST = 5000
"""More people than any single incident kills: without a day beside it, such a number is a running total."""

_WHOLE_UNITS = (Measure.DISPLACED, Measure.POPULATION)


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence that has been read: its tokens, counts, scene and times."""

    sentence: Sentence
    text: list[Token]
    mentions: list[Mention]
    scene: Scene
    dates: list[DateMention]
    telling: bool


def claims_in(report: Text, gazetteer: Gazetteer) -> Iterator[Claim | Rejection]:
    """Yield the claims that a report makes, in the order of its text.

    A report in a language without a lexicon, or too long to be one, is one `Rejection`. The same text, day and
    gazetteer give the same claims everywhere: there is no clock here and no chance.
    """
    if len(report.text) > LONGEST:
        reason = f"text has {len(report.text)} characters, more than {LONGEST}: split it into reports"
        yield Rejection(report.report_id, STAGE, reason)
        return
    lang = report.lang or language_of(report.text)
    if lang not in languages():
        reason = f"no lexicon for language {lang!r}; there are {', '.join(languages())}"
        yield Rejection(report.report_id, STAGE, reason, lang)
        return
    words = lexicon(lang)
    if not words.hint.search(form_of(report.text)):
        return
    yield from related(list(_drafts(report, words, gazetteer)))


def _drafts(report: Text, words: Lexicon, gazetteer: Gazetteer) -> Iterator[Draft]:
    reads = _read(report, words, gazetteer)
    first = _leading_scene(reads)
    if first.place is None:
        first = replace(first, place=_dateline_place(report, words, gazetteer, reads))
    monitor = _only_monitor(words, reads)
    current, previous = Scene(), tuple[str, ...]()
    for index, read in enumerate(reads):
        speakers = speakers_in(words, read.text, previous, monitor)
        if read.telling:
            told = read.scene.over(current)
            background = _scope(words, read, report) in (Scope.BACKGROUND, Scope.CUMULATIVE)
            current = current if background else replace(told, perpetrator=told.perpetrator)
        for mention in read.mentions:
            scope = _scope(words, read, report, mention)
            chain = speaker_of(speakers, mention.first)
            if scope in (Scope.INCIDENT, Scope.AGGREGATE):
                scene = read.scene.over(current).over(first)
                scene = replace(scene, when=scene.when or undated(report.published))
            else:
                place = read.scene.place or setting(gazetteer, read.text, report.text)
                scene = Scene(_period(read, report), place or current.over(first).place)
            yield _draft(report, words, read, index, mention, scope, scene, chain)
        if speakers and speakers[-1].chain[0] != "unnamed reports":
            previous = speakers[-1].chain


def _read(report: Text, words: Lexicon, gazetteer: Gazetteer) -> list[_Read]:
    every = [(s, tokens(report.text, s.body, s.end)) for s in sentences(report.text)]
    countries = countries_of(gazetteer, [t for _, text in every for t in text])
    out = []
    for sentence, text in every:
        harmed = words.hint.search(form_of(report.text[sentence.start : sentence.end]))
        mentions = mentions_in(words, text) if harmed else []
        if mentions or words.weapons.find(text) or words.section("telling.words").find(text):
            scene, dates = scene_of(words, gazetteer, text, report.text, report.published, countries)
            out.append(_Read(sentence, text, mentions, scene, dates, telling=True))
        else:
            out.append(_Read(sentence, text, [], Scene(), [], telling=False))
    return out


def _leading_scene(reads: Sequence[_Read]) -> Scene:
    """Return the scene that the report is about: what its first counting sentences say, then other telling ones."""
    scene = Scene()
    telling = sorted((r for r in reads if r.telling and not r.sentence.headline), key=lambda r: not r.mentions)
    for read in telling:
        scene = scene.over(read.scene)
    for read in (r for r in reads if r.sentence.headline):
        scene = Scene(
            scene.when or read.scene.when,
            scene.place or read.scene.place,
            read.scene.perpetrator or scene.perpetrator,
            scene.weapon or read.scene.weapon,
        )
    return scene


def _dateline_place(report: Text, words: Lexicon, gazetteer: Gazetteer, reads: Sequence[_Read]) -> Place | None:
    """Return the place of the dateline, for a report that names no other: "RAQQA, Syria - "."""
    for read in reads:
        if read.sentence.body > read.sentence.start:
            line = tokens(report.text, read.sentence.start, read.sentence.body)
            scene, _ = scene_of(words, gazetteer, line, report.text, None, countries_of(gazetteer, line))
            return scene.place
    return None


def _only_monitor(words: Lexicon, reads: Sequence[_Read]) -> str | None:
    """Return the monitor that the report names, if it names exactly one."""
    named = {
        actor.origin.name
        for read in reads
        for actor, _, _ in words.actors.find(read.text)
        if actor.public and actor.origin.kind is OriginKind.MONITOR
    }
    return named.pop() if len(named) == 1 else None


def _draft(
    report: Text,
    words: Lexicon,
    read: _Read,
    index: int,
    mention: Mention,
    scope: Scope,
    scene: Scene,
    chain: tuple[str, ...],
) -> Draft:
    start, end = read.text[mention.first].start, read.text[mention.after - 1].end
    measure = _measure(words, read, mention)
    quantity, people = mention.quantity, mention.people
    modality = _modality(words, read, mention)
    claim = Claim(
        claim_id=Claim.identity(report.report_id, start, end, measure),
        report_id=report.report_id,
        start=start,
        end=end,
        text=report.text[start:end],
        measure=measure,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        bound=quantity.bound,
        status=people.status if people else Status.UNKNOWN,
        group=people.group if people else None,
        attribution=chain,
        occurred=scene.when,
        place=scene.place,
        perpetrator=scene.perpetrator,
        weapon=scene.weapon,
        scope=scope,
        modality=modality,
        subset_of=None,
        same_as=None,
        derived=False,
        rule=mention.rule,
        score=round(mention.score * (1.0 if people or quantity.bound is not Bound.EXACT else 0.9), 3),
    )
    return Draft(claim, index, mention.parent, mention.points_back, quantity.fraction)


def _measure(words: Lexicon, read: _Read, mention: Mention) -> Measure:
    """Return what befell them; dead bodies on a picture are seen, not counted."""
    shown = words.section("seen.words").find(read.text)
    if mention.measure is Measure.KILLED and mention.rule in ("counted-noun", "noun-of") and shown:
        return Measure.BODIES_SEEN
    return mention.measure


def _period(read: _Read, report: Text) -> When | None:
    """Return the period of a running total or an earlier matter, where its sentence names one."""
    for mention in read.dates:
        if mention.since and report.published and mention.when.start <= report.published:
            days = (report.published - mention.when.start).days + 1
            return When(mention.when.start, report.published, When.precision_of(days), mention.when.words)
    return read.dates[0].when if read.dates else None


def _scope(words: Lexicon, read: _Read, report: Text, mention: Mention | None = None) -> Scope:
    text, measure = read.text, mention and mention.measure
    fresh = [d for d in read.dates if d.when.precision <= 2 and not _old(d, report) and not d.since]
    since = any(d.since for d in read.dates)
    if measure in _WHOLE_UNITS:
        return Scope.CUMULATIVE if words.section("scope.cumulative").find(text) else Scope.BACKGROUND
    told = words.section("scope.cumulative").find(text) or (since and mention is not None and _long(read))
    vast = mention is not None and (mention.quantity.value or 0) >= _VAST
    if (told or vast) and not fresh:
        return Scope.CUMULATIVE
    old = [d for d in read.dates if _old(d, report)]
    if (old and not fresh) or words.section("scope.background").find(text):
        return Scope.BACKGROUND
    month = [d for d in read.dates if d.when.precision >= 4 and not d.since]
    return Scope.AGGREGATE if month and not fresh else Scope.INCIDENT


def _old(mention: DateMention, report: Text) -> bool:
    return report.published is not None and (report.published - mention.when.end).days > _RECENT_DAYS


def _long(read: _Read) -> bool:
    return any(d.since and d.when.precision >= 4 for d in read.dates) or not any(
        d.when.precision == 1 and not d.since for d in read.dates
    )


def _modality(words: Lexicon, read: _Read, mention: Mention) -> Modality:
    before = max(0, mention.first - 8)
    if words.section("modality.denied").find(read.text, before, mention.first):
        return Modality.DENIED
    if words.section("modality.retracted").find(read.text, before, mention.first) or words.section(
        "modality.retracted_after"
    ).find(read.text, mention.after):
        return Modality.RETRACTED
    if mention.quantity.bound is Bound.UNKNOWN:
        return Modality.UNKNOWN
    if words.section("modality.hypothetical").find(read.text, before, mention.first):
        return Modality.HYPOTHETICAL
    if words.section("modality.reported").find(read.text, before, min(len(read.text), mention.after + 5)):
        return Modality.REPORTED
    return Modality.ASSERTED
