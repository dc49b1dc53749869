"""Where, when, by whom and with what: the scene a sentence sets for the counts in it and after it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from marsad.extract.atlas import Atlas
from marsad.extract.parties import perpetrator_in
from marsad.extract.places import place_in
from marsad.extract.places_together import is_wide
from marsad.model import Certainty, Place, When
from marsad.text.dates import Mention as DateMention
from marsad.text.dates import dates_in, usable
from marsad.text.lexicon import Lexicon, lexicon
from marsad.text.phrases import Line

_RECENT = timedelta(days=3)
_WEEK = 3
"""The precision of a time that is a week: "three weeks ago", give or take three days."""

_FARTHEST = 10**6
_COUNTRY = 6
_ADVERBS = 2
"""How many words behind a day the word of saying may stand that it dates: "on Friday strongly condemned"."""

_VISIT = 6
"""Words before a day within which somebody came to see what had happened."""

_WOUNDS_REACH = 8
"""Words around "of wounds" within which the dying is told: "died on Sunday at the hospital | of wounds"."""

_COUNTED = 3
"""Words ahead of a day within which a toll rises or falls on it."""

_MODIFIES = 4
"""Words beside a day within which the attack stands whose day it is."""

_TWO = 2
_OPENS = 2
"""The last word of a sentence with which a day still opens it."""

_THAT_REACH = 10
"""Words behind a word of saying within which "that" stands: "the ministry said in a statement | that"."""

_SAYING_REACH = 3
"""How many words before a day the word of saying may stand that it dates."""

_SAID_SOMEWHERE = 7
"""The same where who speaks, to whom and where stands between: "told the paper by telephone | on Thursday"."""


class Scene(NamedTuple):
    """What a sentence tells of the event itself; None where it does not tell. `certainty` is of the perpetrator."""

    when: When | None = None
    place: Place | None = None
    perpetrator: str | None = None
    weapon: str | None = None
    certainty: Certainty | None = None

    def over(self, earlier: "Scene") -> "Scene":
        """Return this scene, with what it leaves open taken from an earlier one; a time taken over is marked `carried`.

        Who did it and with what stay with their place: what befell another town was another's doing. A place that was
        not found is still another place.
        """
        when = self.when or earlier.when
        if when is not self.when and when is not None and when.words is not None and not when.carried:
            when = replace(when, carried=True)
        place = self.place or earlier.place
        elsewhere = False
        if self.place and earlier.place:
            abroad = self.place.country != earlier.place.country
            if (
                is_wide(self.place)
                and self.place.found
                and not abroad
                and not is_wide(earlier.place)
                and self._may_hold(earlier)
            ):
                place = earlier.place
            settled = not is_wide(self.place) and not is_wide(earlier.place)
            elsewhere = (abroad and self.place.found) or (settled and self.place.place_id != earlier.place.place_id)
        if elsewhere:
            return Scene(when, place, self.perpetrator, self.weapon, self.certainty)
        by = self if self.perpetrator else earlier
        return Scene(when, place, by.perpetrator, self.weapon or earlier.weapon, by.certainty)

    def _may_hold(self, earlier: "Scene") -> bool:
        """Tell whether an earlier town may lie in this wide place: not where it lies in another province."""
        if self.place is None or earlier.place is None or self.place.precision == _COUNTRY:
            return True
        return None in (self.place.admin1, earlier.place.admin1) or self.place.admin1 == earlier.place.admin1

    def in_country(self, code: str | None, province: str | None = None) -> "Scene":
        """Return this scene, a place that no gazetteer has in that country and province: where all of a report plays."""
        if self.place is None or self.place.found or code is None or self.place.country not in (code, None):
            return self
        return self._replace(place=replace(self.place, country=code, admin1=self.place.admin1 or province))

    def settled_by(self, *before: "Scene") -> "Scene":
        """Return this scene without its place where that is a whole country and a report has told of a town before.

        A sentence that counts nobody may speak of any country: of whose army it was, of who condemns it.
        """
        told = any(scene.place is not None and not is_wide(scene.place) for scene in before)
        country = self.place is not None and self.place.precision == _COUNTRY
        return self._replace(place=None) if told and country else self


def scene_of(
    words: Lexicon,
    atlas: Atlas,
    line: Line,
    source: str,
    published: date | None,
    told: When | None = None,
    dates: list[DateMention] | None = None,
) -> tuple[Scene, list[DateMention]]:
    """Return the scene that a sentence sets, and every time it names; `told` is the last day that was named before.

    `dates` are these times where they are known from a reading before.
    """
    dates = dates_in(words, line, source, published, told) if dates is None else dates
    weapon = [hit for hit in words.weapons.find(line) if not _on_foot(words, line, hit, source)]
    perpetrator, certainty = perpetrator_in(words, atlas, line) or (None, None)
    scene = Scene(
        when=_day(words, line, dates, told),
        place=place_in(words, atlas, line, source),
        perpetrator=perpetrator,
        weapon=_nearer([what for what, _, _ in weapon]) if weapon else None,
        certainty=certainty,
    )
    return scene, dates


def _on_foot(words: Lexicon, line: Line, hit: tuple[str, int, int], source: str) -> bool:
    """Tell whether a raid may have been one of soldiers on foot: nothing in the report speaks of the air."""
    _, first, after = hit
    if after - first > 1 or line[first].form not in words.forms("telling.raids"):
        return False
    return not _of_the_air(words.lang, source)


@lru_cache(maxsize=4)
def _of_the_air(lang: str, source: str) -> bool:
    """Tell whether a report speaks of aircraft or bombs; kept for the report that is read: every sentence may ask."""
    return not lexicon(lang).forms("telling.air").isdisjoint(re.findall(r"[a-z]+", source.lower()))


_KINDS_OF = {
    "explosion": frozenset({"car bomb", "suicide bomb", "landmine or ied", "barrel bomb"}),
    "air strike": frozenset({"drone strike", "barrel bomb"}),
}
"""What says more of a weapon than a wider word for it: the explosion of a car bomb, a strike by a drone."""


def _nearer(weapons: Sequence[str]) -> str:
    """Return the first weapon that a sentence names, by its nearer name where a wider one comes first.

    >>> _nearer(["explosion", "car bomb"]), _nearer(["air strike", "shelling"])
    ('car bomb', 'air strike')
    """
    nearer = _KINDS_OF.get(weapons[0], frozenset())
    return next((weapon for weapon in weapons if weapon in nearer), weapons[0])


def days_of_events(words: Lexicon, line: Line, dates: Sequence[DateMention]) -> list[DateMention]:
    """Return the single days on which something happened, days of saying, of late deaths and of burials left aside."""
    days = [d for d in dates if d.when.precision == 1 and not d.since and not is_of_saying(words, line, d)]
    aside = _aside(words, line, days) if len(days) > 1 else []
    return [day for day in days if day not in aside]


def _day(words: Lexicon, line: Line, dates: Sequence[DateMention], told: When | None = None) -> When | None:
    """Return the day of the event: the one nearest to a word of harm or attack, days of saying left aside.

    "The group said on Wednesday that nine people were killed on Tuesday" speaks of a Tuesday. Nor is it the day on which
    somebody died of wounds or was buried, where the sentence or the report (`told`) has another one.
    """
    days = [d for d in dates if d.when.precision <= _WEEK and not d.since and not is_of_saying(words, line, d)]
    if days and _only_counts(words, line, days[0].after):
        return None
    aside = _aside(words, line, days) if days else []
    if aside and (told is not None or len(aside) < len(days)):
        days = [day for day in days if day not in aside]
    if len(days) < 2:
        return days[0].when if days else None
    acts = _acts(words, line)
    modified = [day for day in days if _of_attack(words, line, day)]
    if modified:
        return modified[0].when
    return min(days, key=lambda day: _distance(acts, day.first)).when


def _acts(words: Lexicon, line: Line) -> list[int]:
    """Return where a sentence tells of harm or an attack."""
    return sorted(at for _, at, _ in (*words.harm.find(line), *words.weapons.find(line)))


def _aside(words: Lexicon, line: Line, days: Sequence[DateMention]) -> list[DateMention]:
    """Return the days on which only somebody died of wounds or was buried, or up to which somebody had counted."""
    until = {after for _, _, after in words.section("telling.until").find(line)}
    aside = [d for d in days if d.first in until or d.first - 1 in until or _of_count(words, line, d)]
    late = [(first, after) for _, first, after in words.section("telling.late").find(line)]
    if late:
        reach = [(first - _WOUNDS_REACH, after + _WOUNDS_REACH) for first, after in late]
        acts = [k for k in _acts(words, line) if not any(first <= k < after for first, after in reach)]
        acts += [k for found in (words.weapons, words.section("telling.words")) for _, k, _ in found.find(line)]
        acts.sort()
        aside += [d for d in days if min(abs(k - d.first) for k, _ in late) < _distance(acts, d.first)]
    return aside


def _of_count(words: Lexicon, line: Line, day: DateMention) -> bool:
    """Tell whether a day is that on which a toll rose or fell: "raised on Friday", "the toll rose on Friday to nine"."""
    lists = (words.section("relations.raised"), words.section("relations.lowered"), words.section("relations.changed"))
    start = max(0, day.first - _COUNTED)
    return any(start <= after <= day.first for found in lists for _, _, after in found.find(line, start - 4, day.first))


def _of_attack(words: Lexicon, line: Line, day: DateMention) -> bool:
    """Tell whether a day says which attack is meant: "Thursday's bomb blast", "the blast of 26 February"."""
    hits = words.weapons.find(line, max(0, day.first - _MODIFIES), day.after + _MODIFIES)
    return any(first == day.after or after in (day.first - 1, day.first) for _, first, after in hits)


def _distance(acts: Sequence[int], at: int) -> int:
    """Return how many tokens lie between a token and the nearest of these."""
    behind = bisect_left(acts, at)
    return min((abs(act - at) for act in acts[max(0, behind - 1) : behind + 1]), default=_FARTHEST)


def is_of_saying(words: Lexicon, line: Line, mention: DateMention) -> bool:
    """Tell whether a day is that of saying: "said on Wednesday", "reported officially on Wednesday", "Wednesday that".

    But "the raid on Wednesday that killed nine" tells when the raid was: an attack or harm stands before the day, and
    nobody says anything in between.
    """
    that, say = words.forms("attribution.that"), words.section("attribution.say")
    cleft = words.data["dates"].get("cleft", ())
    if mention.after < len(line) and line[mention.after].form in that:
        if line[0].form in cleft:  # "It was on 19 February that a shell …"
            return False
        begin = next((k + 1 for k in reversed(range(mention.first)) if say.match(line, k)), 0)
        attacks = (words.weapons, words.harm, words.section("telling.words"))
        return not any(found.find(line, begin, mention.first) for found in attacks)
    if mention.first <= _OPENS and _told_that(words, line, mention.after):
        return True  # "On Monday the council, which sits in Tripoli, said that 19 were killed"
    last = line[mention.after - 1]
    if last.bare != last.text:  # "said Tuesday's shelling": the day is the shelling's
        return False
    seen = range(max(0, mention.first - _VISIT), mention.first)
    bids, at = words.forms("attribution.bids"), mention.first
    if any(token.form in bids for token in (*line[max(0, at - _TWO) : at], *line[mention.after : mention.after + 1])):
        return True  # "the governor asked on Monday not to spread rumours"
    came = [k for k in seen if line[k].form in words.forms("attribution.visits")]
    if came and not words.harm.find(line, came[-1], mention.first):
        return True  # "researchers who visited the village on 17 June documented the killing of 15 civilians"
    behind = range(mention.after, min(len(line), mention.after + _ADVERBS))
    if mention.first and line[mention.first - 1].kind == "word" and any(say.match(line, k) for k in behind):
        return True  # "the agency on Friday strongly condemned the raid"
    spoken = (k for k in range(max(0, mention.first - _SAYING_REACH), mention.first) if say.match(line, k))
    if any(not words.harm.find(line, k + 1, mention.first) for k in spoken):
        return True
    # "said in Geneva on Thursday", "خفضت وزارة الصحة بولاية الخرطوم أمس": further off nothing but who and where stands between
    reach = _SAID_SOMEWHERE if words.subject_first else 2 * _SAID_SOMEWHERE
    attacks = (words.weapons, words.harm, words.section("telling.words"))
    far = (k for k in range(max(0, mention.first - reach), mention.first) if say.match(line, k))
    far = (k for k in far if not any(token.form in that for token in line[k + 1 : mention.first]))
    return any(not any(found.find(line, k + 1, mention.first) for found in attacks) for k in far)


def _told_that(words: Lexicon, line: Line, after: int) -> bool:
    """Tell whether what follows is that somebody said that something happened, and no attack before that."""
    spoken = words.section("attribution.say").find(line, after)
    if not spoken:
        return False
    that = words.forms("attribution.that")
    end = spoken[0][2]
    stop = next((k for k in range(end, min(len(line), end + _THAT_REACH)) if line[k].form in that), None)
    attacks = (words.weapons, words.harm, words.section("telling.words"))
    return stop is not None and not any(found.find(line, after, stop) for found in attacks)


def _only_counts(words: Lexicon, line: Line, after: int) -> bool:
    """Tell whether a sentence says no more than that somebody counted: "on Tuesday observers confirmed 40 victims".

    Behind the day stands a word of saying, and nowhere one of harm but nouns ("victims", "bodies"), nor of an attack.
    """
    if not words.section("attribution.say").find(line, after) or words.weapons.stands_in(line):
        return False
    told = words.harm.find(line)
    return bool(told) and all(harm.tag == "N" for harm, _, _ in told)


def setting(atlas: Atlas, line: Line, source: str) -> Place | None:
    """Return the country that a sentence speaks of, by name or by adjective ("the Syrian conflict"); None if none."""
    for token in line:
        code = atlas.country_of(token)
        if code:
            return atlas.country(code).said(source[token.start : token.end])
    return None


def undated(published: date | None) -> When | None:
    """Return when an event happened that a report tells as news without a date: within three days before it."""
    published = usable(published)
    return When(published - _RECENT, published, 2, against=published) if published else None
