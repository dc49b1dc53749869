"""Where, when, by whom and with what: the scene a sentence sets for the counts in it and after it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from marsad.model import Place, When
from marsad.text.dates import Mention as DateMention
from marsad.text.dates import dates_in
from marsad.text.gazetteer import Gazetteer
from marsad.text.lexicon import Lexicon
from marsad.text.tokens import Token

_NAME_WORDS = 4
_SETTLED = 3
"""Place precision up to which a place is a scene by itself; a province or a country is a setting."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a sentence tells of the event itself; None where it does not tell."""

    when: When | None = None
    place: Place | None = None
    perpetrator: str | None = None
    weapon: str | None = None

    def over(self, earlier: "Scene") -> "Scene":
        """Return this scene, with what it leaves open taken from an earlier one; words stay with their sentence."""
        when = self.when or (earlier.when and replace(earlier.when, words=None))
        place = self.place or earlier.place
        if self.place and earlier.place and _wider(self.place) and not _wider(earlier.place):
            place = earlier.place if self.place.country in (None, earlier.place.country) else self.place
        return Scene(when, place, self.perpetrator or earlier.perpetrator, self.weapon or earlier.weapon)


def countries_of(gazetteer: Gazetteer, text: Sequence[Token]) -> list[str]:
    """Return the countries a report speaks of, most often named first, first named first among equals."""
    counts: Counter[str] = Counter()
    for token in text:
        if token.kind == "word" and (token.capital or not token.text.isascii()):
            country = gazetteer.country_of(token.text.removesuffix("'s").removesuffix("’s"))
            if country:
                counts[country] += 1
    return [country for country, _ in counts.most_common()]


def scene_of(
    words: Lexicon,
    gazetteer: Gazetteer,
    text: Sequence[Token],
    source: str,
    published: date | None,
    countries: Sequence[str],
) -> tuple[Scene, list[DateMention]]:
    """Return the scene that a sentence sets, and every time it names."""
    dates = dates_in(words, text, source, published)
    weapon = words.weapons.find(text)
    scene = Scene(
        when=_day(words, text, dates),
        place=_place(words, gazetteer, text, source, countries),
        perpetrator=_perpetrator(words, gazetteer, text, countries),
        weapon=weapon[0][0] if weapon else None,
    )
    return scene, dates


def _day(words: Lexicon, text: Sequence[Token], dates: Sequence[DateMention]) -> When | None:
    """Return the day of the event: the one nearest to a word of harm or attack, days of saying left aside.

    "The group said on Wednesday that nine people were killed on Tuesday" speaks of a Tuesday.
    """
    say, that = words.section("attribution.say"), frozenset(words.data["dates"]["that"])
    days = []
    for mention in dates:
        said = any(say.match(text, k) for k in range(max(0, mention.first - 2), mention.first))
        reported = mention.after < len(text) and text[mention.after].form in that
        if mention.when.precision <= 2 and not mention.since and not said and not reported:
            days.append(mention)
    acts = [at for _, at, _ in (*words.harm.find(text), *words.weapons.find(text))]
    if not days:
        return None
    return min(days, key=lambda d: min((abs(at - d.first) for at in acts), default=0)).when


def setting(gazetteer: Gazetteer, text: Sequence[Token], source: str) -> Place | None:
    """Return the country that a sentence speaks of, by name or by adjective ("the Syrian conflict"); None if none."""
    for token in text:
        code = gazetteer.country_of(token.text.removesuffix("'s").removesuffix("’s")) if token.kind == "word" else None
        if code:
            place = gazetteer.resolve(gazetteer.country_name(code), (code,))
            return replace(place, words=source[token.start : token.end])
    return None


def undated(published: date | None) -> When | None:
    """Return when an event happened that a report tells as news without a date: within three days before it."""
    if published is None:
        return None
    return When(published - timedelta(days=3), published, 2)


def _wider(place: Place) -> bool:
    return place.precision is None or place.precision > _SETTLED


def _place(
    words: Lexicon, gazetteer: Gazetteer, text: Sequence[Token], source: str, countries: Sequence[str]
) -> Place | None:
    """Return the likeliest place of the event: a settlement after a strong preposition, then any, then a wider place."""
    found = _places(words, gazetteer, text, source, countries)
    if not found:
        return None
    return min(enumerate(found), key=lambda item: (item[1][1] is False, _wider(item[1][0]), item[0]))[1][0]


def _places(
    words: Lexicon, gazetteer: Gazetteer, text: Sequence[Token], source: str, countries: Sequence[str]
) -> list[tuple[Place, bool]]:
    """Return every place the sentence names, with whether a strong preposition ("in") led to it."""
    spec = words.data["places"]
    before, strong, skip = frozenset(spec["before"]), frozenset(spec["strong"]), frozenset(spec["skip"])
    actors = {k for _, first, after in words.actors.find(text) for k in range(first, after)}
    out: list[tuple[Place, bool]] = []
    at = 0
    while at < len(text):
        token = text[at]
        prefixed = next(
            (p for p in spec.get("prefixes", []) if token.form.startswith(p) and len(token.form) > len(p) + 2), ""
        )
        if token.form not in before and not prefixed and not (at == 0 and token.capital):
            at += 1
            continue
        k = at if prefixed or (at == 0 and token.form not in before) else at + 1
        while (
            k < len(text) and text[k].form in skip and not (text[k].capital and text[k].text.isascii() and k > at + 1)
        ):
            k += 1
        hit = _named(words, gazetteer, text, source, k, countries, prefixed, actors)
        if hit:
            place, end = hit
            out.append((place, token.form in strong or bool(prefixed)))
            at = end
        else:
            at += 1
    return out


def _named(
    words: Lexicon,
    gazetteer: Gazetteer,
    text: Sequence[Token],
    source: str,
    at: int,
    countries: Sequence[str],
    prefix: str,
    actors: set[int],
) -> tuple[Place, int] | None:
    """Return the place named from token `at` on, longest name first; an unknown capitalised name is an honest miss."""
    stop = frozenset(words.data["places"]["not_places"])
    months, weekdays = words.data["dates"]["months"], words.data["dates"]["weekdays"]
    end = at
    while end < len(text) and end - at < _NAME_WORDS and text[end].kind == "word" and end not in actors:
        form = text[end].form
        if (
            form in months
            or form in weekdays
            or form in stop
            or not (text[end].capital or not text[end].text.isascii())
        ):
            break
        end += 1
    for last in range(end, at, -1):
        name = source[text[at].start : text[last - 1].end].removesuffix("'s").removesuffix("’s")
        place = gazetteer.resolve(name[len(prefix) :] if prefix else name, countries)
        if place.found:
            return replace(place, words=name), last
        if gazetteer.country_of(name):
            return None
    generic = frozenset(words.data["places"]["generic"])
    latin = at < end and text[at].text.isascii()
    if latin and ((at >= 1 and text[at - 1].form in generic) or (end < len(text) and text[end].form in generic)):
        name = source[text[at].start : text[end - 1].end]
        return Place(name, None, name), end
    return None


def _perpetrator(words: Lexicon, gazetteer: Gazetteer, text: Sequence[Token], countries: Sequence[str]) -> str | None:
    """Return the party that the sentence says did it: it acts ("army shelling"), or something was done by it."""
    spec = words.data["perpetrators"]
    against, by = frozenset(spec["against"]), frozenset(spec["by"])
    acts = words.section("perpetrators.acts")
    for name, first, after in _parties(words, gazetteer, text, countries):
        lead = {t.form for t in text[max(0, first - 6) : first]}
        near = {t.form for t in text[max(0, first - 2) : first]}
        if near & against and not near & by:
            continue
        if lead & by or acts.find(text, first, min(len(text), after + 4)):
            return name
    return None


def _parties(
    words: Lexicon, gazetteer: Gazetteer, text: Sequence[Token], countries: Sequence[str]
) -> list[tuple[str, int, int]]:
    """Return the warring parties a sentence names, with the tokens that name them."""
    out = [
        (actor.origin.party, first, after)
        for actor, first, after in words.actors.find(text)
        if actor.origin.party and actor.public
    ]
    state = words.section("perpetrators.state")
    for k, token in enumerate(text[:-1]):
        country = gazetteer.country_of(token.text.removesuffix("'s")) if token.capital else None
        hit = state.match(text, k + 1) if country else None
        if country and hit:
            out.append((government(gazetteer, country), k, hit[1]))
    if countries:
        own = government(gazetteer, countries[0])
        out += [(own, first, after) for _, first, after in words.section("perpetrators.generic_state").find(text)]
    return sorted(out, key=lambda party: party[1])


def government(gazetteer: Gazetteer, country: str) -> str:
    """Return how marsad names the government of a country given by its ISO 3166-1 alpha-2 code."""
    return f"Government of {gazetteer.country_name(country)}"
