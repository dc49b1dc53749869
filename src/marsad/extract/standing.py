"""What a number is about, and how the text stands to it: this incident or a war's total, asserted or denied."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from marsad.extract.mentions import Mention
from marsad.extract.places_together import is_wide
from marsad.extract.reading import Read
from marsad.extract.scenes import is_of_saying
from marsad.model import Bound, Measure, Modality, Scope, Status, Text, When
from marsad.text.dates import SINCE_REACH, usable
from marsad.text.dates import Mention as DateMention
from marsad.text.lexicon import Lexicon
from marsad.text.numbers import plain_at
from marsad.text.phrases import Line

_RECENT_DAYS = 45
"""Days after which a time that a report tells of is not its own event's..."""
_LATE_DAYS = 400
"""... and those after which not even the day that its first sentence names is."""
_WEEK = 7
"""Days after which a "since" tells a running total and not one incident, even beside a fresh day."""
_BEGAN_REACH = 10
"""How many words behind "since" its verb may stand: "since the rebels' assault on the town began"."""
_BEGAN_BEFORE = 3
"""How many words before a day the verb may stand that says that a fight began on it."""

_VAST = 5000
"""More people than any single incident kills: without a day beside it, such a number is a running total."""

_VASTEST = 20_000
"""More than any incident of a day killed in the wars that are read: whatever day stands beside it, it is a running total."""

_THOUSANDS = 1000
"""How many, said only as "thousands", are a war's dead unless a day stands beside it."""

_OF_BOTH_KINDS = 1000
"""A running total of so many dead holds fighters and civilians, whichever a report leaves unsaid."""

_BEFORE = 8
_BEHIND = 5
_BODIES_REACH = 3
"""How many words around a count may hedge it, deny it or take it back."""

_CUE_REACH = 3
"""How many words behind a count "could be" may stand, and behind that the harm."""

_PARTING = frozenset(",;:،؛")

_CHANGE_REACH = 7
"""How many words before a number "the toll rose to" may begin."""

SETTINGS = (Measure.DISPLACED, Measure.POPULATION)
"""Measures that tell of a town or a war, not of one incident."""


_MONTH = 4
"""The precision of a time that is a month."""


def scope_of(words: Lexicon, read: Read, report: Text, mention: Mention | None = None) -> Scope:
    """Return what a number of the sentence, or the sentence itself, is about."""
    line, measure = read.line, mention and mention.measure
    totals = words.section("scope.cumulative").find(line)
    summed = [at for _, at, _ in totals if not _worst_of(words, line, at)]
    if measure in SETTINGS:
        return Scope.CUMULATIVE if summed else Scope.BACKGROUND
    dates = read.dates
    days = [d for d in dates if d.when.precision <= 2 and not d.since and not _old(d, read, report)] if dates else []
    began = [d for d in days if _began(words, line, d, report)]
    days = [d for d in days if d not in began]
    # "killed since March 2011, it said on Thursday" is of no Thursday
    days = [d for d in days if not is_of_saying(words, line, d)]
    fresh = bool(days)
    if mention is not None:
        if dates and _long(read, report):
            summed += [d.first for d in dates if d.since and not _compares(words, read, d)]
        summed += [d.first for d in began] + _since_it_began(words, line)
        fresh = fresh and not _nearer(line, mention, summed, [d.first for d in days])
    number = (mention.quantity.value or mention.quantity.low or 0) if mention is not None else 0
    thousands = mention is not None and mention.quantity.bound is Bound.VAGUE and number >= _THOUSANDS
    if ((summed or number >= _VAST or thousands) and not fresh) or number >= _VASTEST:
        return Scope.CUMULATIVE
    old = bool(dates) and any(_old(d, read, report) and not _compares(words, read, d) for d in read.dates)
    past = old or (bool(dates) and _single_of_a_year(words, read))
    recalls = [at for at in _recalling(words, line) if not any(d.first <= at < d.after for d in days)]
    near = fresh and mention is not None and _nearer(line, mention, recalls, [d.first for d in days])
    if (past and not fresh) or (recalls and (near or not fresh)):
        return Scope.BACKGROUND
    month = bool(dates) and any(d.when.precision >= 4 and not d.since for d in read.dates)
    place = read.scene.place
    daily = words.section("scope.aggregate").stands_in(line) and place is not None and place.found and is_wide(place)
    wide = (month and not fresh and not single_of_a_month(words, read)) or daily
    return Scope.AGGREGATE if wide else Scope.INCIDENT


def single_of_a_month(words: Lexicon, read: Read) -> bool:
    """Tell whether a sentence that names a month and no day tells of one event: "in May nine people died when a boat was hit".

    "A landmine killed nine fishermen in April" does, too: one weapon, with its article. A number of a year never does.
    """
    line, dates = read.line, read.dates
    if not dates or any(d.when.precision != _MONTH or d.since for d in dates) or not read.mentions:
        return False
    counted = min(mention.first for mention in read.mentions)
    single, one = words.forms("scope.single"), words.forms("scope.one")
    if any(token.form in single for token in line[counted:]):
        return True
    return any(at > 0 and line[at - 1].form in one for _, at, _ in words.weapons.find(line))


def _recalling(words: Lexicon, line: Line) -> list[int]:
    """Return where words lead to another time ("in recent months"); not where they say that a number is an older one."""
    found = words.section("scope.background").find(line)
    older = words.section("relations.older").find(line) if found else []
    return [at for _, at, _ in found if not any(first <= at < after for _, first, after in older)]


def _single_of_a_year(words: Lexicon, read: Read) -> bool:
    """Tell whether a sentence that names no more than a year tells of one event of it: "earlier this year a raid killed nine"."""
    if any(d.when.precision <= _MONTH or d.since for d in read.dates):
        return False
    one = words.forms("scope.one")
    return any(at > 0 and read.line[at - 1].form in one for _, at, _ in words.weapons.find(read.line))


def _nearer(line: Line, mention: Mention, summed: Sequence[int], days: Sequence[int]) -> bool:
    """Tell whether words of a running total stand nearer to a count than any day: "ten on Tuesday, 300 since January".

    What a mark parts from the count is farther than anything that none does.
    """

    def gap(at: int) -> tuple[int, int]:
        first, after = (at, mention.first) if at < mention.first else (mention.after, at)
        return sum(token.form in _PARTING for token in line[first:after]), after - first

    return bool(summed) and min(map(gap, summed)) < min(map(gap, days))


def _began(words: Lexicon, line: Line, day: DateMention, report: Text) -> bool:
    """Tell whether a fight began on a day more than a week ago: "the fighting, which erupted on April 15, has killed"."""
    if report.published is None or (report.published - day.when.start).days <= _WEEK:
        return False
    beginning = words.forms("scope.beginning")
    return any(token.form in beginning for token in line[max(0, day.first - _BEGAN_BEFORE) : day.first])


def _since_it_began(words: Lexicon, line: Line) -> list[int]:
    """Return where words count from when a fight began: "more than 550 since the assault on Kobani began"."""
    beginning = words.forms("scope.beginning")
    if line.forms.isdisjoint(beginning):
        return []
    return [
        first
        for _, first, after in words.section("dates.since").find(line)
        if any(token.form in beginning for token in line[after : after + _BEGAN_REACH])
        and not _worst_of(words, line, first, SINCE_REACH)
    ]


def _compares(words: Lexicon, read: Read, mention: DateMention) -> bool:
    """Tell whether a "since" only says what an attack is the worst of: "the deadliest attack since 2011"."""
    return _worst_of(words, read.line, mention.first, SINCE_REACH if mention.since else 0)


def _worst_of(words: Lexicon, line: Line, at: int, further: int = 0) -> bool:
    """Tell whether words ahead of a token rank an attack: "the deadliest attack of the war"."""
    superlative = words.forms("scope.superlative")
    return any(token.form in superlative for token in line[max(0, at - _BEFORE - further) : at])


def _old(mention: DateMention, read: Read, report: Text) -> bool:
    """Tell whether a time is too long before a report to be what it is about.

    A report that opens with a day is about that day, though it was months ago: a monitor documents late.
    """
    if report.published is None:
        return False
    leads = read.sentence.leads and mention.when.precision == 1
    return (report.published - mention.when.end).days > (_LATE_DAYS if leads else _RECENT_DAYS)


def _long(read: Read, report: Text) -> bool:
    """Tell whether a "since" of the sentence spans a long time, or no single day stands beside it."""
    since = [d.when for d in read.dates if d.since]
    if any(
        when.precision >= 4 or (report.published and (report.published - when.start).days > _WEEK) for when in since
    ):
        return True
    return not any(d.when.precision == 1 and not d.since for d in read.dates)


_LONG_TIME = 4
"""The precision of a month: what a total may be of."""


def period_of(read: Read, report: Text) -> When | None:
    """Return the period of a running total or an earlier matter, where its sentence names one."""
    published = usable(report.published)
    for mention in read.dates:
        if mention.since and published and mention.when.start <= published:
            days = (published - mention.when.start).days + 1
            return replace(mention.when, end=published, precision=When.precision_of(days), against=published)
    # "said on Tuesday that 236 had been killed between 1 January and 30 June": the longest time, not the first day
    wide = next((mention.when for mention in read.dates if mention.when.precision >= _LONG_TIME), None)
    return wide or (read.dates[0].when if read.dates else None)


def modality_of(words: Lexicon, read: Read, mention: Mention) -> Modality:
    """Return how the sentence stands to one of its numbers."""
    line, before = read.line, mention.first - _BEFORE
    if line.finds.keys().isdisjoint(_modal(words)):  # as of most sentences: nothing hedges, denies or takes back
        if mention.older:
            return Modality.RETRACTED
        return Modality.UNKNOWN if mention.quantity.bound is Bound.UNKNOWN else Modality.ASSERTED
    if words.section("modality.denied").find(line, before, mention.first):
        return Modality.DENIED
    back = words.section("modality.retracted").find(line, before, mention.first)
    retracted = bool(back) and not any(m.older and back[-1][2] <= m.first < mention.first for m in read.mentions)
    if retracted or is_older(words, read, mention) or _found_alive(words, read, mention):
        return Modality.RETRACTED
    if mention.quantity.bound is Bound.UNKNOWN:
        return Modality.UNKNOWN
    if words.section("modality.hypothetical").find(line, before, mention.first) or _yet_to_come(
        words, line, mention.after
    ):
        return Modality.HYPOTHETICAL
    if words.section("modality.reported").find(line, before, mention.after + _BEHIND):
        return Modality.REPORTED
    return Modality.ASSERTED


def _found_alive(words: Lexicon, read: Read, mention: Mention) -> bool:
    """Tell whether these people turned out to be alive: said behind their number, and ahead of the next one."""
    ends = (m.first for m in read.mentions if m.first > mention.first)
    end = min((*ends, mention.after + 2 * _BEFORE))
    found = words.section("modality.retracted_after").find(read.line, mention.after, end)
    if not found:
        return False
    between = range(mention.after, found[0][1])  # "to 38: | five people thought dead had been found alive"
    return not any(plain_at(words, read.line, at) for at in between)


def _yet_to_come(words: Lexicon, line: Line, after: int) -> bool:
    """Tell whether the harm of a count is told right behind it as what may come: "hundreds could be killed if the town fell"."""
    cues = words.section("modality.hypothetical_after").find(line, after, after + _CUE_REACH)
    return any(
        words.harm.find(line, at, end + _CUE_REACH) and not words.harm.find(line, after, at) for _, at, end in cues
    )


@cache
def _modal(words: Lexicon) -> frozenset[int]:
    """Return the lists one of which stands in a sentence that does more than assert."""
    kinds = ("denied", "retracted", "retracted_after", "hypothetical", "hypothetical_after", "reported")
    return frozenset(words.section(name).slot for name in (*(f"modality.{kind}" for kind in kinds), "relations.older"))


def is_older(words: Lexicon, read: Read, mention: Mention) -> bool:
    """Tell whether a number is told only as what a later one has replaced: "and not 62", "earlier put at 30"."""
    if mention.older:
        return True
    hits = words.section("relations.older").find(read.line, mention.first - _BEFORE, mention.first)
    return bool(hits) and not any(hits[-1][2] <= m.first < mention.first for m in read.mentions)


def change_of(words: Lexicon, read: Read, mention: Mention) -> int:
    """Return 1 where the words say that a toll rose to this number, -1 that it fell to it, 0 where they say neither."""
    start = mention.first - _CHANGE_REACH
    for name, sign in (("relations.raised", 1), ("relations.lowered", -1)):
        if words.section(name).find(read.line, start, mention.first):
            return sign
    return 0


def measure_of(words: Lexicon, read: Read, mention: Mention) -> Measure:
    """Return what befell them; dead bodies on a picture are seen, not counted, and the driven out are no population."""
    if counts_bodies(words, read, mention) and words.section("seen.words").find(read.line):
        return Measure.BODIES_SEEN
    if mention.measure is Measure.POPULATION and mention.people is not None and mention.people.displaced:
        return Measure.DISPLACED
    return mention.measure


def status_of(mention: Mention, scope: Scope) -> Status:
    """Return whom a count is of: as its noun says, else what follows from what befell them.

    Who flees is no fighter (UN Guiding Principles on Internal Displacement, 1998, para. 2, speaks of persons forced to leave
    their homes); a war's dead by the thousand are of both kinds.
    """
    told = mention.people.status if mention.people else Status.UNKNOWN
    if told is not Status.UNKNOWN:
        return told
    if mention.measure is Measure.DISPLACED:
        return Status.CIVILIAN
    many = (mention.quantity.value or mention.quantity.low or 0) >= _OF_BOTH_KINDS
    return Status.MIXED if scope is Scope.CUMULATIVE and mention.measure is Measure.KILLED and many else told


def counts_bodies(words: Lexicon, read: Read, mention: Mention) -> bool:
    """Tell whether a number counts dead bodies: "twenty bodies", "the remains of seven others"."""
    if mention.measure is not Measure.KILLED:
        return False
    near = words.harm.find(read.line, mention.first - _BODIES_REACH, mention.after + 1)
    return any(harm.bodies for harm, _, _ in near)
