"""The noun that a number counts: whether it is people, which people, and what befell them."""

from functools import cache

from marsad.model import Group, Status
from marsad.text.calendar_dates import counts_in_month
from marsad.text.lexicon import Harm, Lexicon, People
from marsad.text.numbers import Quantity, quantity_at
from marsad.text.organs import body_noun
from marsad.text.phrases import Line
from marsad.text.tokens import Token, form_of
from marsad.text.writing import writing

MODIFIERS = 4
"""How many nouns may share a number, and words stand behind "no": "no civilian or military deaths"."""

_SIDE_REACH = 5
_OLDEST, _DAYS = 120, 31
_FIRST_YEAR, _LAST_YEAR = 1900, 2100

NOBODY = People(Status.UNKNOWN, None)
"""Whom a number counts of whom no noun tells anything."""


def counted_noun(words: Lexicon, line: Line, at: int, *, article: bool = False) -> tuple[People, int] | None:
    """Return the noun for people that a number before `at` counts, a few adjectives looked past, and the token after it.

    How far it looks is the language's: "nine of his young Syrian cousins", but "una operación militar" is no soldier.
    """
    reach = words.data["counted"]["article_reach" if article else "reach"]
    for i in range(_past_age(line, at), min(len(line), at + reach + 1)):
        if i not in line.marked:  # no list has the word
            if line[i].form in words.stops or (line[i].kind != "word" and line[i].form not in writing().quotes):
                return None
            continue
        if i > at and line[i].form in words.stops:
            return None  # "28 wounded | when gunmen stormed the hotel"
        hit = words.people.match(line, i)
        if hit and words.place_prefixes and _led_to(words.place_prefixes, words.people.firsts, line[i].form):
            return None  # "مخيم المية ومية | للاجئين": a camp for them
        if hit:
            return joined(words, line, _whose(words, line, _compound(words, line, hit)))
        harm = words.harm.match(line, i)
        if harm is not None and (harmed := _harmed(words, line, i, harm)) is not None:
            return joined(words, line, harmed)
        stops = harm is not None and harm[0].tag != "V"
        if line[i].kind != "word" or stops or words.weapons.match(line, i):
            return None
        tag = words.tags.match(line, i)
        if tag and tag[0] not in "OR" and not letters_alone(line, i):
            return None
    return None


def _harmed(words: Lexicon, line: Line, at: int, harm: tuple[Harm, int]) -> tuple[People, int] | None:
    """Return the people of a noun that a word of harm describes: "nine | dead fighters", listed as one phrase or as two words."""
    told, after = harm
    if told.tag == "N" and after - at > 1:
        noun = words.people.match(line, after - 1)
        return noun if noun is not None and noun[1] == after else None
    return words.people.match(line, after) if told.tag == "D" and after - at == 1 else None


def letters_alone(line: Line, at: int) -> bool:
    """Tell whether a word is letters that stand for a name, in a sentence not set in capitals: "IS fighters" are no "is"."""
    text = line[at].text
    return len(text) > 1 and text.isupper() and not line.shouts


def _past_age(line: Line, at: int) -> int:
    """Return the token behind an age that describes the noun: "a 7-year-old girl", "a 12- year-old" where a line broke."""
    hyphened = at + 2 < len(line) and line[at].kind == "number" and line[at + 1].form == "-"
    return at + 3 if hyphened and line[at + 1].start == line[at].end else at


def _compound(words: Lexicon, line: Line, hit: tuple[People, int]) -> tuple[People, int]:
    """Return a noun that a second one completes ("UN staff members"), the more telling of the two meanings.

    One word that no list has may stand between: "15 civilian army volunteers".
    """
    at = hit[1]
    if words.lang == "en" and at + 1 < len(line) and _no_grammar(words, line, at):
        at += 1
    further = words.people.match(line, at)
    if further is None or line[at].form not in words.people.firsts:
        return hit
    told = hit[0] if further[0].status is Status.UNKNOWN and further[0].group is None else further[0]
    return told, further[1]


def _no_grammar(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a word may stand between two nouns of one: no verb, no preposition, nothing that befalls anybody."""
    small = line[at].kind == "word" and not line[at].capital
    return small and not any(table.match(line, at) for table in (words.tags, words.harm, words.weapons, words.people))


def _whose(words: Lexicon, line: Line, hit: tuple[People, int]) -> tuple[People, int]:
    """Return a noun for dead bodies with whose they were, where the words say so: "nine bodies of children"."""
    bodies = any(harm.bodies for harm, _, _ in words.harm.find(line, hit[1] - 1, hit[1]))
    joint = words.tags.match(line, hit[1]) if bodies else None
    whose = words.people.match(line, joint[1]) if joint and joint[0] == "O" else None
    return whose if whose and _specific(whose[0]) else hit


def joined(words: Lexicon, line: Line, hit: tuple[People, int]) -> tuple[People, int]:
    """Return a noun with those that share its number: "12 women and children", "rebels, soldiers and civilians"."""
    nouns, end = [hit[0]], hit[1]
    while len(nouns) <= MODIFIERS:
        further = _next_noun(words, line, end, comma=len(nouns) == 1 and _specific(hit[0]))
        if further is None:
            break
        nouns.append(further[0])
        end = further[1]
    if len(nouns) == 1:
        return hit
    statuses = {noun.status for noun in nouns}
    both = {Status.CIVILIAN, Status.COMBATANT} <= statuses
    status = Status.MIXED if both else statuses.pop() if len(statuses) == 1 else Status.UNKNOWN
    groups = {noun.group for noun in nouns}
    return People(status, groups.pop() if len(groups) == 1 else None, all(noun.displaced for noun in nouns)), end


def _specific(people: People) -> bool:
    return people.status is not Status.UNKNOWN or people.group is not None


def _next_noun(words: Lexicon, line: Line, at: int, *, comma: bool) -> tuple[People, int] | None:
    """Return the noun that "and", "or" or a comma before a further "and" joins to the one before token `at`."""
    if at + 1 >= len(line):
        return None
    tag = words.tags.match(line, at)
    hit = words.people.match(line, at + 1)
    if hit is None or words.bare.match(line, at + 1) or line[at + 1].form not in words.people.firsts:
        return None
    if tag is not None and tag[0] == "A" and tag[1] == at + 1:
        befell = words.harm.match(line, at + 1)
        if befell and befell[0].tag in "VG" and quantity_at(words, line, hit[1]):
            return None  # "killed 90 people and displaced 2,000"
        return hit if _specific(hit[0]) else None
    behind = words.tags.match(line, hit[1]) if comma and line[at].form in ",،" else None
    last = words.people.match(line, hit[1] + 1) if behind and behind[0] == "A" else None
    return hit if last else None


def sided(words: Lexicon, line: Line, first: int, noun: tuple[People, int]) -> People:
    """Return the noun's meaning; "members" of an armed party are combatants, and so are "two of its men" behind its name."""
    people, after = noun
    if people.status is not Status.UNKNOWN or people.group not in (None, Group.MEN):
        return people
    if line[after - 1].form not in words.forms("sided.words"):
        return people
    own = any(token.form in words.forms("sided.own") for token in line[first:after])
    if people.group is not None and not own:
        return people
    if own and people.group is Group.MEN and _fights(words, line, first, after):
        return People(Status.COMBATANT, None)
    near = words.actors.find(line, 0 if own else first, first if own else after + _SIDE_REACH)
    return People(Status.COMBATANT, None) if any(actor.armed for actor, _, _ in near) else people


def _fights(words: Lexicon, line: Line, first: int, after: int) -> bool:
    """Tell whether men who are somebody's fight for him: "four of our men", "the army says that none of its men"."""
    ours = any(token.form in words.forms("attribution.own") for token in line[first:after])
    army = words.section("perpetrators.generic_state").find(line, 0, first) or any(
        body_noun(token.form) == "army" for token in line[:first]
    )
    return ours or bool(army)


def harm_before_noun(words: Lexicon, line: Line, first: int, after: int) -> Harm | None:
    """Return the harm that stands between number and noun ("three wounded civilians") or is the noun ("nine bodies")."""
    for at in range(first, after):
        hit = words.harm.match(line, at)  # it may go on behind the noun: "cinq autres blessés | par balle"
        if hit is not None and hit[0].tag in "VDNY":
            return hit[0]
    return None


def among_whom(words: Lexicon, line: Line, at: int) -> People:
    """Return among whom there were none, said right behind: "no casualties among civilians", "in the ranks of the army"."""
    among = words.section("none.among").match(line, at)
    if among is None:
        return NOBODY
    start = among[1]
    while start < len(line) and line[start].form in words.data["articles"]:
        start += 1
    people = words.people.match(line, start)
    if people is not None:
        return People(people[0].status, people[0].group)
    forces = words.section("perpetrators.state").match(line, start) or words.section(
        "perpetrators.generic_state"
    ).match(line, start)
    return People(Status.COMBATANT, None) if forces else NOBODY


def is_plural(words: Lexicon, token: Token) -> bool:
    """Tell whether a noun stands in the plural, so that no article can make it one person."""
    endings, others = words.data["plural"]["endings"], words.data["plural"]["not_endings"]
    regular = token.form.endswith(tuple(endings)) and not token.form.endswith(tuple(others))
    return regular or token.form in words.forms("plural.words")


_APART = 3
"""Words before a number among which "a difference of" makes it none of people."""

_AGED_REACH = 4
"""How many words behind "the youngest" an age may stand."""

_ORDINALS = frozenset({"st", "nd", "rd", "th", "º", "°"})


@cache
def _two_words(words: Lexicon) -> frozenset[str]:
    """Return the names of months that are two words, spelled as tokens are: "كانون الثاني"."""
    named = (" ".join(map(form_of, name.split())) for name in words.data["dates"]["months"])
    return frozenset(name for name in named if " " in name)


def not_people(words: Lexicon, line: Line, quantity: Quantity) -> bool:
    """Tell whether a bare number is a date, a time, an age, a sum or a share."""
    first, after = quantity.first, quantity.after
    before = line[first - 1] if first else None
    following = line[after] if after < len(line) else None
    dates = words.data["dates"]
    if following:
        weekday = after + 1 < len(line) and line[after + 1].form in dates["weekdays"]  # "أكثر من 70 | يوم الخميس"
        if (
            (following.form in dates["units"] and not weekday)
            or following.form in dates["months"]
            or f"{following.form} {line[after + 1].form if after + 1 < len(line) else ''}" in _two_words(words)
            or following.form in "/°"
        ):
            return True
        others = words.section("other_numbers.after")
        led = _led_to(words.place_prefixes, others.firsts, following.form)
        if others.match(line, after) and not led:
            return True
        behind = line[after + 1] if after + 1 < len(line) else None
        if following.form in dates["day_endings"] and behind is not None and behind.form in dates["months"]:
            return True  # "le 1er juin"
        of_month = after + (following.form in _ORDINALS)  # "el 9 de marzo", "the 9th of March"
        if (
            of_month + 1 < len(line)
            and line[of_month].form in dates["of"]
            and line[of_month + 1].form in dates["months"]
        ):
            return True
        clock = behind and following.form == ":" and behind.kind == "number" and behind.start == following.end
        if clock or (behind and _hyphened(line, after)):
            return True
    if before:
        touching = before.end == line[first].start and before.form in "/:-"
        dated = before.form in dates["months"] and not _after_date(words, line, quantity)
        dated = dated and not counts_in_month(words, line, first - 1, after)
        if dated or touching or before.form in words.forms("other_numbers.before"):
            return True
        if any(token.form in words.forms("other_numbers.difference") for token in line[max(0, first - _APART) : first]):
            return True
        joined_to = words.tags.match(line, first - 1)
        if (
            joined_to
            and joined_to[0] == "A"
            and first > 2
            and line[first - 3].form in words.forms("other_numbers.before")
        ):
            aged = line[first - 2]
            return aged.kind == "number" or words.numbers.opens(aged.form)  # "aged 17 and 22"
    return (
        _year(words, line, quantity)
        or _years(words, line, quantity)
        or _age(line, quantity)
        or _of_the_youngest(words, line, quantity)
    )


def _led_to(prefixes: tuple[str, ...], own: frozenset[str], form: str) -> bool:
    """Tell whether a preposition is written onto a word behind a number, which it then does not count: "14 | بقذائف"."""
    return bool(prefixes) and form not in own and form.startswith(prefixes)


def _after_date(words: Lexicon, line: Line, quantity: Quantity) -> bool:
    """Tell whether a number stands behind a date and counts people: "on 24 November three men were killed".

    Behind a month alone it does so where it is no day of it: "in September 212 people", "in March three people".
    """
    day = quantity.first > 1 and line[quantity.first - 2].kind == "number"
    spelled = line[quantity.first].kind == "word"
    harmed = words.harm.match(line, quantity.after)  # "منذ الرابع من أبريل 487 | قتيلا"
    people = words.people.match(line, quantity.after) is not None or (harmed is not None and harmed[0].tag == "N")
    value = quantity.value or 0
    year = _FIRST_YEAR <= value <= _LAST_YEAR and not spelled  # "in June 2014 people"
    return (day or spelled or (value > _DAYS and not year)) and people


def _hyphened(line: Line, at: int) -> bool:
    """Tell whether a number is joined to the next word: "a 200-student school", "59-year-old"."""
    mark, word = line[at], line[at + 1]
    joined_on = word.start == mark.end or "-" in word.form  # "12- year-old", torn by a line break
    return mark.form == "-" and word.kind == "word" and mark.start == line[at - 1].end and joined_on


def _age(line: Line, quantity: Quantity) -> bool:
    """Tell whether a number alone between commas is somebody's age: "Garcia, 56, was killed"."""
    first, after = quantity.first, quantity.after
    alone = after == first + 1 and line[first].kind == "number" and (quantity.value or 0) <= _OLDEST
    apart = first > 1 and after < len(line) and line[first - 1].form in ",،" and line[after].form in ",،"
    return alone and apart and line[first - 2].name


def _of_the_youngest(words: Lexicon, line: Line, quantity: Quantity) -> bool:
    """Tell whether a bare number is the age of the youngest or oldest: "the youngest of them 7"."""
    aged, near = (
        words.data["other_numbers"].get("aged", ()),
        line[max(0, quantity.first - _AGED_REACH) : quantity.first],
    )
    return bool(aged) and (quantity.value or 0) <= _OLDEST and any(token.form in aged for token in near)


def _years(words: Lexicon, line: Line, quantity: Quantity) -> bool:
    """Tell whether a range is one of years ("between 1960 and 1996"), unless it counts people."""
    low, high = quantity.low, quantity.high
    if low is None or high is None or low == high or words.people.match(line, quantity.after):
        return False
    bare = all(token.text.isdigit() for token in line[quantity.first : quantity.after] if token.kind == "number")
    return bare and _FIRST_YEAR <= low < high <= _LAST_YEAR


def _year(words: Lexicon, line: Line, quantity: Quantity) -> bool:
    """Tell whether a bare number of four digits is a year, unless it counts people."""
    token, value = line[quantity.first], quantity.value
    if not (token.text.isdigit() and len(token.text) == 4) or value is None:
        return False
    return _FIRST_YEAR <= value <= _LAST_YEAR and words.people.match(line, quantity.after) is None
