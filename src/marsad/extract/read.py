"""Report text to claims: one pure function, `claims_in`."""

import gc
from collections.abc import Iterable, Iterator, Sequence

from marsad.extract.atlas import Atlas
from marsad.extract.beside import Beside
from marsad.extract.capitals import capitals
from marsad.extract.cast import Chain, speaker_of
from marsad.extract.counting import MOST_COUNTS, Counted, Glimpse, counted_in
from marsad.extract.draft import Draft
from marsad.extract.flags import flags_of
from marsad.extract.headlines import settled
from marsad.extract.local_body import own_town
from marsad.extract.mentions import Mention
from marsad.extract.own_voice import own_voice
from marsad.extract.parties import parties_in
from marsad.extract.places import places_in, seat_in
from marsad.extract.reading import (
    Read,
    dateline_place,
    day_named,
    heading_day,
    leading_scene,
    quiet_scene,
    read_sentence,
)
from marsad.extract.relations import related
from marsad.extract.scenes import Scene, setting, undated
from marsad.extract.standing import (
    change_of,
    counts_bodies,
    is_older,
    measure_of,
    modality_of,
    period_of,
    scope_of,
    single_of_a_month,
    status_of,
)
from marsad.extract.told_again import IN_ROW
from marsad.extract.told_country import told_country
from marsad.extract.topic import is_elsewhere, tells_elsewhere
from marsad.extract.voices import hearing, voices_in
from marsad.model import Bound, Certainty, Claim, Modality, Place, Scope, Text, When
from marsad.stage import Rejection
from marsad.text.dates import dates_in
from marsad.text.gazetteer import Gazetteer
from marsad.text.language import at_a_glance, language_of
from marsad.text.lexicon import Lexicon, languages, lexicon, without_article
from marsad.text.phrases import Line
from marsad.text.sentences import Sentence
from marsad.text.sieve import pieces_of
from marsad.text.tokens import form_of

STAGE, VERSION = "extract", "5"
LONGEST = 1_000_000
"""Characters of a report beyond which it is not read: no report of an incident is longer."""

_SHORT = 20_000
"""Characters up to which a report is short: looked at in every language before its own is told."""

_TOLD_NEAR = 2
"""Within how many sentences "of those killed" means the dead that somebody told of."""

_OWN = (Scope.INCIDENT, Scope.AGGREGATE)
"""What a sentence may be about to tell of the report's own event, or of its day."""

_UNSURE = 0.9
"""What a plain number without a noun takes off its score."""


def claims_in(report: Text, gazetteer: Gazetteer) -> Iterator[Claim | Rejection]:
    """Yield the claims that a report makes, in the order of its text.

    A report in a language without a lexicon, or too long to be one, is one `Rejection`. A report about an earthquake,
    an accident or a common crime makes no claims. The same text, day and gazetteer give the same claims everywhere:
    there is no clock here and no chance.
    """
    if len(report.text) > LONGEST:
        reason = f"text has {len(report.text)} characters, more than {LONGEST}: split it into reports"
        yield Rejection(report.report_id, STAGE, reason)
    else:
        yield from _at_once(report, gazetteer)


def _at_once(report: Text, gazetteer: Gazetteer) -> list[Claim | Rejection]:
    """Return what a text says, read without the garbage collector.

    All that is made of a text is needed until its end; the collector, which looks at all of it again and again as it
    grows, would take a fifth of the time of a long one.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return list(_read(report, gazetteer))
    finally:
        if collecting:
            gc.enable()


def _read(report: Text, gazetteer: Gazetteer) -> Iterator[Claim | Rejection]:
    pieces, glimpses = pieces_of(report.text), dict[str, Glimpse]()
    lang = report.lang or _language(report.text, pieces, glimpses)
    if lang is None:
        return
    if lang not in languages():
        reason = f"no lexicon for language {lang!r}; there are {', '.join(languages())}"
        yield Rejection(report.report_id, STAGE, reason, lang)
        return
    words = lexicon(lang)
    counted, found = glimpses.get(lang) or counted_in(words, report.text, pieces)
    if sum(len(mentions) for _, mentions in counted.values()) > MOST_COUNTS:
        reason = f"text counts people more than {MOST_COUNTS} times: it is a list, not a report; split it"
        yield Rejection(report.report_id, STAGE, reason)
    elif counted:
        titles = {k for k in counted if found[k].headline}
        yield from related(settled(list(_drafts(report, words, gazetteer, counted, found)), titles))


def _language(text: str, pieces: set[str], glimpses: dict[str, Glimpse]) -> str | None:
    """Return the language of a text, None where it counts people in no language; `glimpses` keeps what was seen of it.

    Small words tell most reports apart before any lexicon is opened, also one in a language that has none. Of the others
    most count nobody, and seeing that is quicker than telling their language, unless they are long.
    """
    if seen := at_a_glance(text):
        return seen
    if len(text) <= _SHORT:
        for lang in languages():
            glimpses[lang] = counted_in(lexicon(lang), text, pieces)
            if glimpses[lang][0]:
                return language_of(text)
        return None
    return language_of(text)


def _drafts(
    report: Text, words: Lexicon, gazetteer: Gazetteer, counted: Counted, found: list[Sentence]
) -> Iterator[Draft]:
    parts = [
        (s, counted[k][0] if k in counted else words.counting_line(report.text, s.body, s.end))
        for k, s in enumerate(found)
    ]
    lines = [line for _, line in parts]
    if is_elsewhere(words, lines):
        return
    home, endings = words.data["places"]["home"], words.data["places"]["endings"]
    atlas = Atlas(gazetteer, lines, words.forms("attribution.not_names"), words.countries, home, endings)
    if not atlas.countries:
        atlas = atlas.among(place for line in lines for place, _ in places_in(words, atlas, line, report.text))
    if not atlas.countries:
        atlas = atlas.wired_from(_datelines(words, report, found))
    reads = _reads(words, atlas, report, parts, counted)
    unnamed = atlas.unnamed(place for r in reads for place in (r.scene.place, *r.places.values()))
    told: Place | None = None
    if not unnamed and not any(_is_set(r.scene.place) for r in reads):
        # "North of Idlib, on the road to the Afrin area": the towns beside a name that many countries have tell which it is.
        unnamed = atlas.unnamed(place for line in lines for place, _ in places_in(words, atlas, line, report.text))
        if not unnamed and (told := told_country(words, atlas, [*lines, *_datelines(words, report, found)])):
            unnamed = [told]
    town = None if any(_is_set(r.scene.place) for r in reads) else own_town(atlas, report, found, lines)
    if town is not None and not unnamed and not atlas.countries:
        unnamed = [town]
    if unnamed:
        atlas = atlas.among(unnamed)
        reads = _reads(words, atlas, report, parts, counted, reads)
    named = [place for r in reads for place in (r.scene.place, *r.places.values())]
    if (led := atlas.led_by(named)) is not atlas:
        atlas = led
        reads = _reads(words, atlas, report, parts, counted, reads)
    ruled = atlas.ruled(place for r in reads for place in (r.scene.place, *r.places.values()))
    if ruled.own != atlas.own and any(words.section("perpetrators.generic_state").find(line) for line in lines):
        atlas = ruled
        reads = _reads(words, atlas, report, parts, counted, reads)
    first = _first_scene(words, atlas, report, reads)
    if town is not None and (first.place is None or _is_country(first.place)):
        first = first._replace(place=town)
    if first.place is None and told is not None:
        first = first._replace(place=told)
    current = Scene()
    starts = {k: [line[m.first].start for m in mentions] for k, (line, mentions) in counted.items() if mentions}
    beside = Beside(words, atlas, report, lines, starts)
    last = max(k for k, (_, mentions) in counted.items() if mentions)
    province = _only_province(reads, atlas.home)
    told_by: tuple[Chain, int] = (), 0
    listed: tuple[Scope, Scene, Chain] | None = None
    voices = voices_in(words, atlas, found, lines, hearing(words, lines, last + 1))
    own = own_voice(words, atlas, report.outlet, lines, voices)
    rows = _rows(words, report, reads)
    for index, read in enumerate(reads[: last + 1]):
        if index in rows:
            current, first = read.scene._replace(when=rows[index]), Scene()
        elif (
            read.telling
            and not _told_aside(words, read)
            and not single_of_a_month(words, read)
            and not (read.sentence.headline and not read.mentions)
            and scope_of(words, read, report) in _OWN
        ):
            current = (read.scene if read.mentions else read.scene.settled_by(current, first)).over(current)
        if not tells_elsewhere(words, read.line):
            row = any(mention.rule == IN_ROW for mention in read.mentions)
            for n, mention in enumerate(read.mentions):
                if row and listed is not None:
                    yield _in_row(report, words, atlas, read, index, mention, *listed)
                    continue
                scope = scope_of(words, read, report, mention)
                scene = _scene(words, report, read, atlas, scope, current, first)
                if scope is Scope.INCIDENT and n in read.places:
                    scene = scene._replace(place=read.places[n])
                if scope in (Scope.INCIDENT, Scope.BACKGROUND) and n in read.days:
                    scene = scene._replace(when=read.days[n])
                heard = [s for s in voices[index] if not s.carried or scope is Scope.INCIDENT]
                chain = _chain(words, report, speaker_of(heard, mention.first)) or own
                if chain and scope is Scope.INCIDENT:
                    told_by = chain, index
                elif mention.points_back and index - told_by[1] <= _TOLD_NEAR:
                    chain = told_by[0]  # "Of those killed, nine were children": whoever told of them
                scene = scene.in_country(atlas.home, province)
                listed = (scope, scene, chain) if n == 0 else listed
                names = beside.names(index, read.line[mention.first].start)
                yield _draft(report, words, read, index, mention, scope, scene, chain, names)


def _is_set(place: Place | None) -> bool:
    """Tell whether a place is found and no whole country, which may be anybody's who is spoken of."""
    return place is not None and place.found and place.precision != _COUNTRY


_COUNTRY = 6


def _only_province(reads: Sequence[Read], country: str | None) -> str | None:
    """Return the one province of a country in which all places lie that a report tells of; None where they lie in several."""
    places = (place for read in reads for place in (read.scene.place, *read.places.values()) if place is not None)
    provinces = {place.admin1 for place in places if place.country == country and place.admin1}
    return provinces.pop() if len(provinces) == 1 else None


_LEADING, _FEWEST_ROWS = 2, 2
"""Words before the day that a row of a chronicle begins with, and the rows that make one."""


def _rows(words: Lexicon, report: Text, reads: Sequence[Read]) -> dict[int, When]:
    """Return the days with which the rows of a chronicle begin ("Tuesday, 16 July - Bombs fall …"), {} where it is none."""
    rows: dict[int, When] = {}
    for k, read in enumerate(reads):
        if not read.sentence.opens or report.published is None:
            continue
        line = read.line
        if read.sentence.body > read.sentence.start:  # the day stands where a dateline would
            line = words.counting_line(report.text, read.sentence.start, read.sentence.body)
        begins = bool(line) and (line[0].kind == "number" or line[0].form in words.data["dates"]["weekdays"])
        dates = dates_in(words, line, report.text, report.published) if begins else []
        day = dates[0] if dates else None
        if day is None or day.when.precision != 1 or day.first > _LEADING or day.after >= len(line):
            continue
        if line[day.after].form in _SETS_OFF:
            rows[k] = day.when
    return rows if len(rows) >= _FEWEST_ROWS else {}


_SETS_OFF = frozenset("-–—:")


def _in_row(
    report: Text,
    words: Lexicon,
    atlas: Atlas,
    read: Read,
    index: int,
    mention: Mention,
    scope: Scope,
    scene: Scene,
    chain: Chain,
) -> Draft:
    """Return a number of a row with the time, the place and the speaker of what is listed; a party ahead of it did it."""
    party = next((name for name, first, _ in parties_in(words, atlas, read.line) if first < mention.first), None)
    certainty = Certainty.STATED if party is not None else None
    return _draft(
        report, words, read, index, mention, scope, scene._replace(perpetrator=party, certainty=certainty), chain, ()
    )


def _first_scene(words: Lexicon, atlas: Atlas, report: Text, reads: Sequence[Read]) -> Scene:
    """Return where, when and by whom it was that a report is about.

    What it recalls of another time ("earlier this year an airstrike on a market in Mastaba killed 119") tells that only where
    nothing else does, the dateline included.
    """
    own = [r for r in reads if r.telling and not _told_aside(words, r)]
    first = leading_scene([r for r in own if scope_of(words, r, report, *r.mentions[:1]) in _OWN])
    if first.place is None:
        first = first._replace(place=dateline_place(report, words, reads, atlas))
    if first.when is None:
        first = first._replace(when=heading_day(words, report, reads))
    if first.place is None or first.when is None:
        first = first.over(quiet_scene(words, atlas, report, reads))
    first = first if first.place is not None else first.over(leading_scene(own))
    if first.place is None or _is_country(first.place):
        seats = (seat_in(words, atlas, r.line, report.text) for r in own)
        seat = next((place for place in seats if place is not None and not _is_country(place)), None)
        first = first if seat is None else first._replace(place=seat)
    where = dateline_place(report, words, reads, atlas) if _is_country(first.place) else None
    if where is not None and _names_more(where, first.place):
        first = first._replace(place=where)  # "Ma'rib - … in Yemen": who writes from a town writes of it
    return first


def _datelines(words: Lexicon, report: Text, found: Sequence[Sentence]) -> list[Line]:
    return [words.counting_line(report.text, s.start, s.body) for s in found if s.body > s.start]


def _is_country(place: Place | None) -> bool:
    return place is not None and place.precision == _COUNTRY


def _names_more(town: Place, country: Place | None) -> bool:
    """Tell whether a town tells more than its country: its capital does not, where agencies have their offices."""
    there = country is not None and town.found and town.country == country.country and town.precision != _COUNTRY
    return there and town.name != capitals().get(town.country or "")


def _told_aside(words: Lexicon, read: Read) -> bool:
    """Tell whether a sentence speaks of another day's event beside its own: what follows speaks of its own again.

    "The strike came a day after a raid on the camp in which nine people were killed."
    """
    when, begins = read.scene.when, tuple(words.data["dates"].get("asides", ()))
    return (
        when is not None
        and when.against_words is not None
        and bool(begins)
        and (when.words or "").lower().startswith(begins)
    )


def _reads(
    words: Lexicon,
    atlas: Atlas,
    report: Text,
    parts: Iterable[tuple[Sentence, Line]],
    counted: Counted,
    before: Sequence[Read] = (),
) -> list[Read]:
    """Return what each sentence says by itself; `before` is what they said as read with another atlas."""
    reads: list[Read] = []
    told: When | None = None
    for k, (sentence, line) in enumerate(parts):
        told = day_named(reads) or told
        mentions, was = counted[k][1] if k in counted else [], before[k] if before else None
        reads.append(read_sentence(words, atlas, report, sentence, line, mentions, told, was))
    return reads


def _chain(words: Lexicon, report: Text, chain: Chain) -> Chain:
    """Return who says it; an outlet that names itself speaks in its own voice."""
    if not chain or not report.outlet:
        return chain
    own = form_of(without_article(words.data, report.outlet))
    return () if form_of(without_article(words.data, chain[0])) == own else chain


def _scene(words: Lexicon, report: Text, read: Read, atlas: Atlas, scope: Scope, current: Scene, first: Scene) -> Scene:
    """Return where and when the people of a count were harmed, by whom and with what, as far as the report tells."""
    if scope in _OWN:
        scene = read.scene.over(current).over(first)
        if scope is Scope.AGGREGATE:
            period = period_of(read, report) if read.scene.when is None else None
            lent = (
                scene.place if scene.place is None or scene.place.found else None
            )  # a village's month tells of no country
            scene = scene._replace(when=period or scene.when, place=read.scene.place or lent)
        elif single_of_a_month(words, read):  # another event: where the report's own was says nothing of it
            place = read.scene.place or setting(atlas, read.line, report.text)
            scene = Scene(
                period_of(read, report), place, read.scene.perpetrator, read.scene.weapon, read.scene.certainty
            )
        return scene if scene.when else scene._replace(when=undated(report.published))
    place = read.scene.place or setting(atlas, read.line, report.text)
    return Scene(period_of(read, report), place or current.over(first).place)


def _draft(
    report: Text,
    words: Lexicon,
    read: Read,
    index: int,
    mention: Mention,
    scope: Scope,
    scene: Scene,
    chain: Chain,
    names: tuple[str, ...],
) -> Draft:
    start, end = read.line[mention.first].start, read.line[mention.after - 1].end
    measure, quantity, people = measure_of(words, read, mention), mention.quantity, mention.people
    sure = people is not None or quantity.bound is not Bound.EXACT
    modality = modality_of(words, read, mention)
    hedged = modality is Modality.REPORTED and quantity.bound is Bound.EXACT
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
        status=status_of(mention, scope),
        group=people.group if people else None,
        attribution=chain,
        occurred=scene.when,
        place=scene.place,
        perpetrator=scene.perpetrator,
        certainty=scene.certainty if scene.perpetrator else None,
        weapon=scene.weapon,
        scope=scope,
        modality=modality,
        subset_of=None,
        same_as=None,
        flags=tuple(flags_of(words, read, report.text, scene, chain[0] if chain else None, hedged)),
        derived=False,
        rule=mention.rule,
        score=round(mention.score * (1.0 if sure else _UNSURE), 3),
        names=names,
    )
    return Draft(
        claim,
        index,
        mention.parent,
        mention.points_back,
        quantity.fraction,
        bodies=counts_bodies(words, read, mention),
        older=is_older(words, read, mention),
        change=change_of(words, read, mention),
        more=people is not None and people.others,
        several=bool(words.section("relations.several").find(read.line)),
        running=bool(words.section("dates.since").find(read.line)),
    )
