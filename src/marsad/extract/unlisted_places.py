"""Places that no gazetteer has, by the words around their names: "the village of Nahla", "killed on Friday in Tambur, Sudan"."""

from marsad.extract.atlas import Atlas
from marsad.extract.topic_weights import is_common
from marsad.model import Place
from marsad.text.lexicon import Lexicon
from marsad.text.organs import country_words
from marsad.text.phrases import Line
from marsad.text.tokens import Token

_NAME_WORDS, _TWO = 4, 2
_KIND_REACH, _KIND_BEFORE = 2, 3

_TITLED = 0.6
"""Share of capitalised words from which capitals tell nothing about names."""

_TIME_WORDS = 5
"""How many words may tell the day between what befell and where: "killed | on Saturday, 1 June | in Tambur"."""

_WIDE_REACH = 3
"""How many small words may stand between a name and the country in which it lies: "à Tambur, dans le nord du | Soudan"."""


def unlisted_place(
    words: Lexicon, atlas: Atlas, line: Line, source: str, at: int, named: set[int]
) -> tuple[Place, int] | None:
    """Return a place that the gazetteer does not know but the words call one: "the village of Nahla". No title names one."""
    if words.forms("places.compounds"):
        return _called(words, atlas, line, source, at, named)
    end = end_of_name(words, line, at, named)
    if (
        at == end
        or not _written_as_name(line[at])
        or line[at].form.endswith(HELD)
        or atlas.shouting
        or _titled(line)
        or not (
            _beside_kind(words, line, at, end)
            or _where_harmed(words, line, at, end)
            or _in_a_country(words, atlas, line, at, end)
            or _at_a_distance(words, line, at, end)
        )
    ):
        return None
    name = source[line[at].start : line[end - 1].end]
    return None if atlas.names_country(name) else (Place(name, None, name), end)


def town_of_country(words: Lexicon, atlas: Atlas, line: Line, at: int, end: int) -> tuple[Place, int] | None:
    """Return the town without an entry that stands behind the country whose it is: "in north-east Nigeria's Banki"."""
    owner = line[at]
    if not at or owner.text == owner.bare or end - at != _TWO or atlas.shouting or _titled(line):
        return None
    led = line[at - 1].form in words.forms("places.skip") | words.forms("places.strong")
    town = line[at + 1]
    code = atlas.country_of(owner) if led and town.capital and not town.text.isupper() else None
    return (Place(town.bare, None, town.bare, country=code), end) if code else None


def _called(
    words: Lexicon, atlas: Atlas, line: Line, source: str, at: int, named: set[int]
) -> tuple[Place, int] | None:
    """Return the village or town of a name that no list has, in a script without capitals: "قرية كفر زقلول".

    It stands right behind the word for its kind and is one word, or two where the first one begins such names. A word that
    some list of the language has is none, nor one that agrees with "village" or "town" as an adjective does ("قرية صغيرة").
    """
    if at == 0 or at >= len(line):
        return None
    if line[at - 1].form not in words.forms("places.settlements") and not _struck(words, line, at):
        return None
    opens = line[at].form in words.forms("places.compounds")
    end = at + 2 if opens else at + 1
    if end > len(line) or any(k in named or not _strange(words, line, k) for k in range(end - 1 if opens else at, end)):
        return None
    name = source[line[at].start : line[end - 1].end]
    return None if atlas.names_country(name) else (Place(name, None, name), end)


def _struck(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a word that no report of any matter uses stands behind a strike and its "on": "غارة على | زبقين"."""
    if at < _TWO or line[at - 1].form not in words.forms("places.onto_target") or is_common(words.lang, line[at].form):
        return False
    stop = at - 2 if at > _TWO and line[at - 2].form.removeprefix("ال") in country_words() else at - 1
    told = (words.weapons, words.section("telling.words"))
    return any(after == stop for what in told for _, _, after in what.find(line, max(0, stop - _HARM_WORDS), stop))


def _strange(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether no list has a word, and no ending makes it an adjective of a place or its verb."""
    token, dates = line[at], words.data["dates"]
    if token.kind != "word" or at in line.marked or token.form in dates["months"] or token.form in dates["weekdays"]:
        return False
    definite = token.form.startswith("ال")
    small = token.form in words.forms("places.not_places") or token.form in words.forms("places.before")
    return not small and (definite or not token.form.endswith(tuple(words.data["places"]["adjectives"])))


def _written_as_name(token: Token) -> bool:
    """Tell whether capitals say that a word is a name: "Nahla", "al-Bab"; scripts without them say nothing."""
    return token.capital or (token.name and token.text[0].islower())


def end_of_name(words: Lexicon, line: Line, at: int, named: set[int]) -> int:
    """Return where a name that begins at token `at` ends at the latest; known actors are no places."""
    end, most = at, min(len(line), at + _NAME_WORDS)
    while end < most and end not in named and _may_name(words, line, end):
        end += 1
    return end


def _titled(line: Line) -> bool:
    """Tell whether a sentence is set as a title, most of its words capitalised."""
    spelled = [token for token in line if token.kind == "word"]
    return sum(token.capital for token in spelled) > _TITLED * len(spelled)


def _beside_kind(words: Lexicon, line: Line, at: int, end: int) -> bool:
    """Tell whether a name stands beside a word for a kind of place: "the village of Nahla", "Nahla district"."""
    generic = words.forms("places.generic") | words.forms("places.quarters")
    before = any(token.form in generic for token in line[max(0, at - _KIND_BEFORE) : at])
    return before or (end < len(line) and line[end].form in generic) or _explained(words, line, end)


HELD = ("-run", "-held", "-led", "-controlled", "-backed", "-occupied", "-administered", "-governed")
"""Endings of a word that says whose a place is: "in the Houthi-run city"."""


def _where_harmed(words: Lexicon, line: Line, at: int, end: int) -> bool:
    """Tell whether people are said to have been harmed or attacked in what is named: "nine people were killed in Tambur".

    A preposition stands between the word of harm or attack and the name, and nothing that goes on as somebody's or
    something's name behind it; letters alone ("the PKK") name no village.
    """
    if at < 2 or line[at].text.isupper() or line[at - 1].form not in words.forms("places.strong"):
        return False
    if end < len(line) and line[end].kind == "word" and line[end].capital:
        return False
    if at in line.marked:
        return False
    told = (words.harm, words.weapons, words.section("telling.words"))
    stop = _before_the_day(words, line, at - 1)
    return any(after == stop for what in told for _, _, after in what.find(line, max(0, stop - _HARM_WORDS), stop))


def _before_the_day(words: Lexicon, line: Line, at: int) -> int:
    """Return the token at which words begin that tell the day and end at token `at`: "killed | on Saturday, 1 June | in"."""
    dates, stop = words.data["dates"], at
    small = words.forms("places.before").union(words.data["articles"], dates["of"], dates["day_endings"])
    named = dates["weekdays"].keys() | dates["months"].keys()
    for k in range(at - 1, max(-1, at - 1 - _TIME_WORDS), -1):
        if line[k].form in named:
            stop = k
        elif line[k].kind != "number" and line[k].form not in small:
            break
        elif stop < at:
            stop = k
    while stop < at and line[stop].form in named | {","} and stop and line[stop - 1].form in small:
        stop -= 1
    return stop


def _in_a_country(words: Lexicon, atlas: Atlas, line: Line, at: int, end: int) -> bool:
    """Tell whether a country or a province stands right behind a name, behind a comma or "in": "in Tambur, Sudan, nine died".

    A preposition that leads to a place stands before the name; nobody who speaks stands behind it ("in Congress, Sudan said").
    """
    if at < 1 or line[at - 1].form not in words.forms("places.strong") or line[at].text.isupper() or at in line.marked:
        return False
    comma = end < len(line) and line[end].form in ",،"
    k = end + comma
    led = k < len(line) and line[k].form in words.forms("places.strong")
    if not (comma or led):
        return False
    small = words.forms("places.skip") | words.forms("places.before") | frozenset(words.data["articles"])
    reach = min(len(line), k + _WIDE_REACH)
    while k < reach and line[k].form in small and not line[k].name:
        k += 1
    if k >= len(line) or not line[k].name or words.section("attribution.say").match(line, k + 1):
        return False
    return atlas.country_of(line[k]) is not None or atlas.place(line[k].bare).found


def _at_a_distance(words: Lexicon, line: Line, at: int, end: int) -> bool:
    """Tell whether what follows says how far off a name lies: "at N'Tahaka, some 80 kilometres from Gao"."""
    if at < 1 or line[at - 1].form not in words.forms("places.strong") or line[at].text.isupper() or at in line.marked:
        return False
    beside = words.forms("places.beside")
    near = range(end, min(len(line) - 1, end + _DISTANCE_REACH))
    return any(line[k].kind == "number" and line[k + 1].form in beside for k in near)


_DISTANCE_REACH = 5
"""Words behind a name within which the number of kilometres stands: ", à quelque | 80 kilomètres"."""

_HARM_WORDS = 4
"""Words of the longest word of harm: "lost their lives"."""


def _explained(words: Lexicon, line: Line, end: int) -> bool:
    """Tell whether a comma and a word for a kind of place stand behind a name: "Nahla, a village east of the river"."""
    if end >= len(line) or line[end].form not in (",", "،"):
        return False
    generic = words.forms("places.generic")
    small = words.forms("places.skip").union(words.data["articles"]).difference(generic)
    at = next((k for k in range(end + 1, min(len(line), end + _KIND_REACH + 1)) if line[k].form not in small), end)
    return line[at].form in generic


def _may_name(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a token may be part of a place's name: no weekday, no month, no word that is never one."""
    token, dates = line[at], words.data["dates"]
    if not token.name or token.form in dates["months"] or token.form in dates["weekdays"]:
        return False
    never = words.forms("places.not_places")
    if token.form in never:
        return False
    written_on = (p for p in (*words.data["clitics"], *words.prefixes) if token.form.startswith(p))
    return not any(token.form[len(p) :] in never for p in written_on)  # "ومصادر", "للتحالف"
