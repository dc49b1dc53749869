"""What a headline says: whose number it is (before a colon, or behind one or a dash), and of what, which the text tells."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from marsad.extract.atlas import Atlas
from marsad.extract.draft import Draft, number_of
from marsad.extract.names import Named, best_named, role_name, spoken, states_in
from marsad.model import Claim, Flag, Place, Scope, Status
from marsad.text.lexicon import Lexicon
from marsad.text.likeliest import kilometres
from marsad.text.phrases import Line

_PARTING = frozenset(":-–—")
"""Marks that part a headline from who says it."""
_LABEL = 9
"""How many words a headline may have before the colon behind its speaker."""
_TIMED, _HOUR = 6, 3
"""Tokens that a time of day may have before its dash, and letters of a word in it ("h20")."""
_OPENING = 3
"""Within how many words a bulletin's "urgent |" stands."""
_TWO, _COUNTRY = 2, 6
_NEAR_KM = 150.0
"""How far from the place of its headline what a report tells may have been: "south of Misrata" is said of 120 km."""
_ROUND = 100
_NEAR = 20
"""From how many people on a headline may round a number, and by what part of it at most."""


def around_colon(words: Lexicon, atlas: Atlas, line: Line) -> tuple[Named, bool] | None:
    """Return the speaker whom a headline names before a colon, or behind one or a dash, and whether what he says follows.

    "Observatory: 95 killed", "Health ministry in Gaza: 95 killed", "95 killed: monitor", "95 killed - monitor".
    """
    if words.section("attribution.back").match(line, 0):
        return None  # "Source: local committees"
    if line.forms.isdisjoint(_PARTING):
        return (bracketed, False) if ")" in line.forms and (bracketed := _in_brackets(words, line)) else None
    marks = {k for k, token in enumerate(line) if token.form in _PARTING}
    hits = words.actors.find(line)
    last = next((hit for hit in hits if hit[1] - 1 in marks and hit[2] >= len(line) - 1), None)
    if last is not None:
        return Named(role_name(words, last[0], line, *last[1:]), last[1], last[2]), False
    if (signed := _signed(words, atlas, line)) is not None:
        return signed, False
    if (bracketed := _in_brackets(words, line)) is not None:
        return bracketed, False
    start = _past_time(line) or next((k + 1 for k in range(min(_OPENING, len(line))) if line[k].form in "|•-"), 0)
    colon = next((k for k in range(start + 1, min(start + _LABEL, len(line))) if line[k].form == ":"), None)
    if (
        colon is None
        or any(token.kind == "number" for token in line[start:colon])
        or words.harm.find(line, start, colon)
    ):
        return None
    named = best_named(words, atlas, line, start, colon) if _opens_label(words, atlas, line, start, colon) else None
    return (named._replace(name=spoken(words, line, named), first=start, after=colon), True) if named else None


def _signed(words: Lexicon, atlas: Atlas, line: Line) -> Named | None:
    """Return whose name a dash sets behind a quotation: "“Nine dead so far” - Dr Rana Saad, director of Mercy hospital"."""
    for k in range(_OPENING, len(line) - 1):
        if line[k].form in "-–—" and line[k - 1].form in '"”»':
            end = next(
                (j for j in range(k + 1, len(line)) if line[j].kind == "mark" and line[j].form in ',;:()"'), len(line)
            )
            named = best_named(words, atlas, line, k + 1, end)
            return named._replace(first=k) if named else None
    return None


def _past_time(line: Line) -> int:
    """Return the token behind the time of day that opens a live entry, 0 where none does: "17:55 – | Civil defence:"."""
    if not line or line[0].kind != "number":
        return 0
    end = next((k for k in range(1, min(_TIMED, len(line))) if line[k].form in "-–—|"), None)
    timed = end is not None and all(
        token.kind == "number" or token.form in (":", ".") or len(token.form) <= _HOUR for token in line[:end]
    )
    if end is not None and timed:
        return end + 1
    clock = len(line) > _CLOCK and line[1].form in ":." and line[2].kind == "number" and line[_CLOCK].kind == "word"
    return _CLOCK if clock and line[0].end == line[1].start and line[1].end == line[2].start else 0


_CLOCK = 3
"""Tokens of "10:31"."""


def _in_brackets(words: Lexicon, line: Line) -> Named | None:
    """Return who stands in brackets at the end, alone: "14 killed, 61 wounded (acting mayor)", not "(3 children)"."""
    end = len(line) - 1
    while end > 0 and line[end].form in ".!":
        end -= 1
    if end < _OPENING or line[end].form != ")":
        return None
    opening = next((k for k in range(end - 1, max(0, end - _LABEL), -1) if line[k].form == "("), None)
    if opening is None:
        return None
    start = opening + 1
    while start < end and line[start].form in words.data["articles"]:
        start += 1
    hit = words.actors.match(line, start)
    inside = range(start, end)
    counts = words.people.find(line, start, end) or words.harm.find(line, start, end)
    if hit is None or hit[0].armed or counts or any(line[k].kind == "number" for k in inside):
        return None
    return Named(role_name(words, hit[0], line, start, hit[1]), opening, end)


def _opens_label(words: Lexicon, atlas: Atlas, line: Line, start: int, colon: int) -> bool:
    """Tell whether the words before a colon begin with somebody who may speak: "Health ministry in Gaza:", not "In Gaza:"."""
    while start < colon and line[start].form in words.data["articles"]:
        start += 1
    if paper := words.section("attribution.papers").match(line, start):  # "La testimonianza di | un commerciante:"
        start = paper[1]
    hits = words.actors.find(line, start, colon)
    return any(first <= start + 1 for _, first, _ in hits) or bool(states_in(words, atlas, line, start, colon))


def settled(drafts: Sequence[Draft], titles: Collection[int]) -> list[Draft]:
    """Return the counts of a report, those of its headline being of what the text says of the same number.

    "Over 1,100 dead" above "1,153 people have been killed since September" is a running total too: a headline has no room
    to say so. `titles` are the numbers of the sentences that are headlines. One that the text also gives for an incident,
    or does not give at all, stays as it is.
    """
    if not any(draft.sentence in titles and draft.claim.scope is Scope.INCIDENT for draft in drafts):
        return list(drafts)
    told = [draft.claim for draft in drafts if draft.sentence not in titles]
    heads = [draft.claim for draft in drafts if draft.sentence in titles]
    moved = _placed_as_told(heads, told)
    return [
        draft._replace(claim=_as_told(moved.get(draft.claim.place, draft.claim.place), draft.claim, told))
        if draft.sentence in titles
        else draft
        for draft in drafts
    ]


def _placed_as_told(heads: Sequence[Claim], told: Sequence[Claim]) -> dict[Place | None, Place]:
    """Return what the text says of places that a headline tells roughly: "south of Misrata" is Abu Grein, 120 km south of it.

    The text tells of the same number at a place that is found and no wider, and not far from there.
    """
    moved: dict[Place | None, Place] = {}
    for claim in heads:
        if claim.scope is not Scope.INCIDENT or claim.place in moved:
            continue
        same = (o for o in told if o.scope is Scope.INCIDENT and o.measure is claim.measure)
        other = next((o for o in same if number_of(o) == number_of(claim) and o.place is not None), None)
        if other is not None and other.place is not None and _is_nearer(other.place, claim.place):
            moved[claim.place] = other.place
    return moved


def _is_nearer(told: Place, headed: Place | None) -> bool:
    """Tell whether a place of the text says more of where it was than that of a headline, and may be the same."""
    if not told.found or told.precision is None:
        return False
    if headed is None or not headed.found or headed.precision is None:
        return True
    if told.precision > headed.precision or told.country != headed.country or told.place_id == headed.place_id:
        return False
    if headed.precision == _COUNTRY or (headed.precision > _TWO and headed.admin1 == told.admin1):
        return True
    here, there = (told.latitude, told.longitude), (headed.latitude, headed.longitude)
    if None in here or None in there:
        return False
    return kilometres(here, there) <= _NEAR_KM  # type: ignore[arg-type]


def _as_told(place: Place | None, claim: Claim, told: Sequence[Claim]) -> Claim:
    if place is not claim.place:
        return replace(claim, place=place, flags=tuple(dict.fromkeys((*claim.flags, Flag.PLACE_INFERRED))))
    same = [other for other in told if other.measure is claim.measure and _rounds(number_of(claim), number_of(other))]
    if claim.scope is not Scope.INCIDENT or not same or any(other.scope is Scope.INCIDENT for other in same):
        return claim
    other = same[0]
    return replace(
        claim,
        scope=other.scope,
        occurred=other.occurred,
        place=other.place or claim.place,
        status=other.status if claim.status is Status.UNKNOWN else claim.status,
        flags=tuple(flag for flag in claim.flags if flag is not Flag.DATE_ASSUMED),
    )


def _rounds(said: int | None, told: int | None) -> bool:
    """Tell whether a headline's number may be one of the text: the same, or a large one rounded."""
    if said is None or told is None:
        return False
    return said == told or (min(said, told) >= _ROUND and abs(said - told) * _NEAR <= told)
