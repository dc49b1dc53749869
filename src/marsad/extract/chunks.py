"""A sentence as a row of tagged chunks, so that patterns over tags can be data."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from marsad.extract.ages import article_of_age, is_age_before, past_ages
from marsad.extract.nouns import (
    MODIFIERS,
    NOBODY,
    among_whom,
    counted_noun,
    harm_before_noun,
    is_plural,
    joined,
    letters_alone,
    not_people,
    sided,
)
from marsad.model import Bound, Measure, Status
from marsad.text.lexicon import Harm, Lexicon, People
from marsad.text.numbers import Quantity, bounded_after, quantity_at
from marsad.text.phrases import Line
from marsad.text.writing import writing


class Chunk(NamedTuple):
    """Tokens first..after of a sentence, with the one letter that patterns know it by.

    Q is a number of people, z a number without a noun that only a word of counting makes one, q any other number, V G D N
    Y T J F words of harm and of counting, x any other word. `people` is the counted noun, None if there is none; `harm`
    what befell them, where the chunk itself says so ("30 wounded").
    """

    tag: str
    first: int
    after: int
    quantity: Quantity | None = None
    people: People | None = None
    harm: Harm | None = None


_INJURED, _CASUALTIES = Harm("N", Measure.INJURED), Harm("N", Measure.KILLED_OR_INJURED)
_MORE = People(Status.UNKNOWN, None, others=True)
_MARKS = {",": "C", "،": "C", ";": ";", "؛": ";", ".": ".", "(": "C", ")": "C", "—": "C", "–": "C", "-": "C"}
_APOSTROPHES = frozenset("'’‘`")
_NOTE = 3
"""Letters of a mark in square brackets that belongs to no sentence."""

_HELPERS = 2
"""How many helping verbs may stand behind "who": "who have been killed"."""

_SHORTEST_NOTE, _LONGEST_NOTE = 3, 10
"""Words of an editor's note in square brackets: more than the two that may stand for those of somebody quoted."""
_NEEDED_WITHIN = 14
"""How many words on the phrase may stand that a word of harm needs ("forced … from their homes")."""


def chunked(words: Lexicon, line: Line) -> Sequence[Chunk]:
    """Return the sentence's tokens as chunks in order, quotation marks left out; made once for each line."""
    if line.parsed is None:
        line.parsed = tuple(_chunked(words, line))
    chunks: Sequence[Chunk] = line.parsed
    return chunks


def _chunked(words: Lexicon, line: Line) -> list[Chunk]:
    out: list[Chunk] = []
    at, silent = 0, writing().quotes | _APOSTROPHES
    tags, marked, telling, opens = words.tags.all(line), line.marked, words.chunk_bits, words.numbers.opens
    while at < len(line):
        _, _, _, form, kind, capital, _ = line[at]
        if at == 0 and capital and (titled := _titled(words, line)):
            out.append(titled)
            at = titled.after
        elif form == "[" and (after := _past_note(line, at)):
            at = after
        elif form == "(" and (framed := _framed(words, line, at, out)):
            out.append(framed)
            at = framed.after
        elif kind == "mark":
            if form not in silent:
                out.append(Chunk(_MARKS.get(form, "P"), at, at + 1))
            at += 1
        elif (at in marked and marked[at] & telling) or kind == "number" or opens(form):
            led = at > 0 and line[at - 1].form in words.forms("other_numbers.before")  # "aged | nine and 11"
            aged = past_ages(words, line, at) if (kind == "number" or led) and out and out[-1].tag in "QxC" else None
            if aged is None:
                out.append(_chunk(words, line, at, out))
            at = aged or out[-1].after
        else:  # a word of grammar or of no meaning, as most are
            tag, after = tags.get(at, ("x", at + 1))
            aged = past_ages(words, line, after) if tag == "O" and out and out[-1].tag in "Qx" else None
            if aged is not None:  # "sa fille | de trois ans"
                at = aged
                continue
            if capital and tag == "B":
                out.append(_function(words, line, at))
            else:
                out.append(_chunk(words, line, at, out) if tag in "TJ" else _plain(tag, at, after))
            at = out[-1].after
    return out


def _past_note(line: Line, at: int) -> int | None:
    """Return the token behind an editor's note that opens at `at`, None where it is none.

    "[en]", "[3]", and in words without a number "[NOT FURTHER IDENTIFIED]"; "killed [five] people" is no note.
    """
    if at + 2 < len(line) and line[at + 2].form == "]" and len(line[at + 1].form) <= _NOTE:
        return at + 3
    end = next((k for k in range(at + 1, min(len(line), at + _LONGEST_NOTE)) if line[k].form == "]"), None)
    if end is None or end - at <= _SHORTEST_NOTE or any(token.kind != "word" for token in line[at + 1 : end]):
        return None
    return end + 1


def _framed(words: Lexicon, line: Line, at: int, before: Sequence[Chunk]) -> Chunk | None:
    """Return a number in brackets with the people behind it: "مقتل (6) إرهابيين"; "six (6) people" says it twice."""
    if at + 3 >= len(line) or line[at + 1].kind != "number" or line[at + 2].form != ")":
        return None
    if not before or before[-1].quantity is not None or line[at - 1].kind != "word":
        return None
    quantity, noun = quantity_at(words, line, at + 1), counted_noun(words, line, at + 3)
    if quantity is None or noun is None or quantity.after != at + 2:
        return None
    return Chunk("Q", at, noun[1], quantity, noun[0])


def _plain(tag: str, first: int, after: int) -> Chunk:
    """Return a chunk of a tag alone; a chunk's own __new__ would take twice the time."""
    return tuple.__new__(Chunk, (tag, first, after, None, None, None))


def _counts_tolls(words: Lexicon, line: Line, at: int) -> bool:
    hit = words.tags.match(line, at)
    return hit is not None and hit[0] in "TJ"


def _chunk(words: Lexicon, line: Line, at: int, before: Sequence[Chunk]) -> Chunk:
    """Return the chunk that starts with the word or number at `at`."""
    if not line.marked.get(at, 0) & words.chunk_bits and not _counts_tolls(words, line, at):
        return _counted(words, line, at) or _function(words, line, at)
    actor = words.actors.match(line, at)
    if actor and actor[0].public and actor[1] - at > 1:  # whatever words a name is made of
        return Chunk("x", at, actor[1])
    uncounted = line.marked.get(at, 0) & words.uncounted_bits
    return (
        (uncounted and (_unknown(words, line, at) or _none(words, line, at)))
        or _counted(words, line, at)
        or _bare(words, line, at, before)
        or _harmful(words, line, at)
        or _function(words, line, at)
    )


def tags_of(chunks: Sequence[Chunk]) -> str:
    """Return the chunks' tags as one string; character i is chunk i."""
    return "".join([c.tag for c in chunks])


def _unknown(words: Lexicon, line: Line, at: int) -> Chunk | None:
    """Find words that say that nobody knows a number: "unknown how many", "how many … is not known"."""
    hit = words.section("unknown.words").match(line, at)
    if hit is None:
        hit = words.section("unknown.asking").match(line, at)
        if hit is None or not words.section("unknown.marks").find(line):
            return None
    quantity = Quantity(at, hit[1], None, None, None, Bound.UNKNOWN)
    whole = words.section("whole.words").match(line, hit[1])
    if whole:
        return Chunk("Q", at, whole[1], quantity)
    noun = counted_noun(words, line, hit[1])
    return Chunk("Q", at, noun[1] if noun else hit[1], quantity, noun[0] if noun else None)


def _none(words: Lexicon, line: Line, at: int) -> Chunk | None:
    """Find "no one", "no casualties", and "any" after a negation."""
    hit = words.section("none.words").match(line, at)
    if hit is None:
        hit = words.section("none.any").match(line, at)
        if hit is None or not words.section("none.negations").find(line, at - 7, at):
            return None
    quantity = Quantity(at, hit[1], 0, 0, 0, Bound.NONE)
    after = hit[1]
    while after < len(line) and line[after].kind == "word" and after - hit[1] <= MODIFIERS:
        harm, people = words.harm.match(line, after), words.people.match(line, after)
        if harm and (harm[0].tag == "N" or (after == hit[1] and harm[0].tag in "VD")):
            casualties = line[after].form in words.forms("none.casualties")
            told = replace(harm[0], measure=Measure.KILLED_OR_INJURED) if casualties else harm[0]
            return Chunk("Q", at, harm[1], quantity, among_whom(words, line, harm[1]), told)
        if line[after].form in words.forms("none.casualties"):  # "no victims", "aucune perte"
            return Chunk("Q", at, after + 1, quantity, among_whom(words, line, after + 1), _CASUALTIES)
        if people:
            noun, end = joined(words, line, people)
            return Chunk("Q", at, end, quantity, noun)
        tag = words.tags.match(line, after)
        if harm or (tag and tag[0] not in "OR"):
            break
        after += 1
    return Chunk("Q", at, hit[1], quantity, NOBODY) if words.section("none.alone").match(line, at) else None


def _counted(words: Lexicon, line: Line, at: int) -> Chunk | None:
    """Find a number, with the people it counts if it counts any."""
    quantity = quantity_at(words, line, at)
    if quantity is None:
        return None
    quantity = article_of_age(words, line, quantity) or quantity
    if _describes(words, line, at):
        return Chunk("x", at, quantity.after)
    if quantity.bound is Bound.LESS_THAN and is_age_before(words, line, at, quantity.after):
        return Chunk("x", at, quantity.after)
    after, noun = quantity.after, counted_noun(words, line, quantity.after, article=quantity.article)
    if quantity.article:
        return _single(words, line, quantity, noun)
    counted = quantity.value is not None or quantity.bound is Bound.RANGE
    things = _are_things(words, line, quantity)
    nobody = counted and not_people(words, line, quantity) and not _of_a_toll(words, line, at)
    if things or nobody:  # "several shells fell on the town"
        unit = words.section("other_numbers.after").match(line, after)
        spelled = unit is not None and any(words.numbers.opens(token.form) for token in line[after : unit[1]])
        return Chunk("q", at, unit[1] if unit and spelled else after, quantity)  # "60 por | ciento"
    if noun and quantity.value == 1 and _same_household(words, line, at, noun[1]):
        return Chunk("x", at, noun[1])
    if counted and line[after : after + 1] and line[after].form in words.forms("counted.injuries"):
        return Chunk("Q", at, after + 1, quantity, NOBODY, _INJURED)
    whole = words.section("whole.words").match(line, after)
    if quantity.fraction is not None:
        whole = whole or words.section("whole.construct").match(line, after)
        ordinal = noun is not None and noun[1] == after + 1 and not is_plural(words, line[after])  # "a third person"
        if ordinal or (whole is None and noun is None and not _pointed(words, line, after)):
            ratio = words.numbers.ratio.match(line, at + 1)  # "three out of every five dead": the five count nobody
            return Chunk("x", at, at + 1 if ordinal or ratio is None else after)
        return Chunk("Q", at, whole[1] if whole else noun[1] if noun else after, quantity, noun[0] if noun else None)
    if noun:
        harm, people = harm_before_noun(words, line, after, noun[1]), sided(words, line, after, noun)
        if people.displaced and _befell_displaced(words, line, at, noun[1]):
            harm = None
        quantity, end = bounded_after(words, line, quantity, noun[1])
        return Chunk("Q", at, end, quantity, people, harm)
    if whole and not words.harm.match(line, after):
        return Chunk("Q", at, whole[1], quantity)
    if words.numbers.more.match(line, at) and quantity.value is not None and _may_stand_alone(words, line, after):
        return Chunk("Q", at, after, quantity, _MORE)
    if after < len(line) and line[after].form in words.numbers.more_behind and _may_stand_alone(words, line, after + 1):
        return Chunk("Q", at, after + 1, quantity, _MORE)
    alone = quantity.bound is Bound.VAGUE or _may_stand_alone(words, line, after) or _of_a_toll(words, line, at)
    return Chunk("Q" if alone else "z", at, after, quantity)


def _are_things(words: Lexicon, line: Line, quantity: Quantity) -> bool:
    """Tell whether words count what is no person: "several shells", "une vingtaine de maisons"."""
    joint = words.tags.match(line, quantity.after)
    of = joint is not None and joint[0] == "O"
    at = quantity.after + of
    counts_loosely = quantity.bound is Bound.VAGUE or of
    thing = at < len(line) and line[at].form in words.forms("not_people.words")
    if counts_loosely and thing and words.people.match(line, at) is None:
        return True
    weapon = words.weapons.match(line, quantity.after)  # "killed by | two car bombs"
    whose = words.people.match(line, weapon[1]) if weapon is not None and weapon[1] < len(line) else None
    return weapon is not None and whose is None and line[quantity.after].form in words.weapons.firsts


def _of_a_toll(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a number stands behind "toll of": it counts the dead, whatever follows."""
    joint = words.tags.match(line, at - 1) if at > 1 else None
    ends = (at - 1, at) if joint and joint[0] == "O" else (at,)
    return any(tag == "T" and after in ends for tag, _, after in words.tags.find(line, max(0, at - 4), at))


_BESIDE = 3
"""Words within which what befell displaced people stands before their number, or behind them."""


def _befell_displaced(words: Lexicon, line: Line, at: int, end: int) -> bool:
    """Tell whether more befell displaced people: "22 displaced people were killed", "mataron a 22 desplazados"."""
    joint = words.tags.match(line, at - 1) if at else None
    ahead = () if joint and joint[0] == "A" else words.harm.find(line, max(0, at - _BESIDE), at)
    hits = [harm for harm, _, after in ahead if after >= at - 1 and harm.tag in "VG"]
    hits += [harm for harm, _, _ in words.harm.find(line, end, end + _BESIDE) if harm.tag in "VGD"]
    return any(harm.measure is not Measure.DISPLACED for harm in hits)


def _describes(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether the number one says something of the noun before it that is nobody: "من أسرة واحدة", "في يوم واحد"."""
    if at == 0 or line[at].form not in words.forms("numbers.one_behind") or line[at - 1].kind != "word":
        return False
    return not (words.harm.match(line, at - 1) or words.tags.match(line, at - 1))


def _same_household(words: Lexicon, line: Line, at: int, after: int) -> bool:
    """Tell whether words say of which family they were: "six members of one family", "all of them from one family"."""
    joint = words.tags.match(line, at - 1) if at else None
    led = bool(joint and joint[0] == "O") or (at > 0 and line[at - 1].form in words.forms("attribution.located"))
    return led and line[after - 1].form in words.numbers.households


def _single(words: Lexicon, line: Line, quantity: Quantity, noun: tuple[People, int] | None) -> Chunk:
    """Return "a wounded child" as one person; an article before anything else counts nobody."""
    if (
        noun is None
        and line[quantity.first].form in words.numbers.more_alone
        and _may_stand_alone(words, line, quantity.after)
    ):
        return Chunk("Q", quantity.first, quantity.after, quantity._replace(article=False), _MORE)
    if noun is None or is_plural(words, line[noun[1] - 1]):
        return Chunk("x", quantity.first, quantity.first + 1)
    if line[noun[1] - 1].form in words.numbers.households:
        return _household(words, line, quantity, noun)
    harm = harm_before_noun(words, line, quantity.after, noun[1])
    if (pair := words.bare.match(line, noun[1] - 1)) is not None and pair[0] > 1:
        quantity = quantity._replace(value=pair[0], low=pair[0], high=pair[0])  # "an elderly couple"
    return Chunk("Q", quantity.first, noun[1], quantity, noun[0], harm)


def _household(words: Lexicon, line: Line, quantity: Quantity, noun: tuple[People, int]) -> Chunk:
    """Return "a family of six" as six people; a family of nobody knows how many counts nobody."""
    joint = words.tags.match(line, noun[1])
    members = quantity_at(words, line, joint[1]) if joint and joint[0] == "O" else None
    if members is None or members.value is None or members.article:
        return Chunk("x", quantity.first, noun[1])
    further = counted_noun(words, line, members.after, article=False)  # "une famille de six personnes"
    after = further[1] if further else members.after
    return Chunk("Q", quantity.first, after, members._replace(first=quantity.first), noun[0])


def _bare(words: Lexicon, line: Line, at: int, before: Sequence[Chunk]) -> Chunk | None:
    """Find a noun that counts by itself, where a language lets it: "مقتل طفل" one child, "طفلان" two.

    It counts where it follows a word of harm or of listing, or is joined to a count by "and": written together with it, or,
    in a language that writes "and" by itself, behind it or a comma. There it counts before a word of harm as well.
    """
    number, people = words.bare.match(line, at), words.people.match(line, at)
    if number is None or people is None or not _indefinite(words, line[at].form):
        return None
    count, after = number[0], people[1]
    own, harm = words.harm.match(line, at), words.harm.match(line, after)
    if own and own[0].tag == "N":  # the noun says itself what befell them: "قتيلان"
        harm = own
    told = harm[0] if harm and harm[0].tag == "N" else None
    tag = before[-1].tag if before else ""
    dual = count > 1 and own is not None and own[0].tag == "N"  # "رأى جثتين": two, wherever it stands
    listed = tag == "Q" and line[at].form.startswith(words.prefixes)
    opened = at > 0 and line[at - 1].form in words.forms("parts.listing")  # "تسعة مدنيين هم رجلان وثلاث نساء"
    apart = not words.prefixes and _counts_apart(words, line, after, before)
    apart = apart or (bool(words.prefixes) and _subject_ahead(words, line, at, after))
    row = (
        tag == "P"
        and own is not None
        and line[after : after + 1]
        and line[after].form.startswith(words.prefixes or "-")
    )
    among = tag in ("N", "x") and any(end == at for _, _, end in words.section("whole.words").find(line, at - 3, at))
    near = listed or opened or dual or apart or row or among
    if not (near or (told and harm is not own) or (tag and tag in "GVML")):
        return None
    end = harm[1] if harm and told else after
    quantity = Quantity(at, after, count, count, count, Bound.EXACT)
    spelled = quantity_at(words, line, end)
    if spelled and spelled.value == count and line[end].kind == "word":  # "جريح واحد على الأقل"
        quantity, end = spelled._replace(first=at), spelled.after
    return Chunk("Q", at, end, quantity, people[0], told)


def _titled(words: Lexicon, line: Line) -> Chunk | None:
    """Return one person with whom a title begins, without an article: "Soldier dies, 2 kids hurt in encounter"."""
    noun = words.people.match(line, 0) if words.subject_first and line[0].capital and line[-1].form != "." else None
    if noun is None or is_plural(words, line[noun[1] - 1]):
        return None
    mark = line[noun[1]].form in "," if noun[1] < len(line) else True  # "Woman, two children killed"
    harm = words.harm.find(line, noun[1])[:1] if mark else [hit for hit in [words.harm.match(line, noun[1])] if hit]
    if not harm or harm[0][0].tag not in "VD" or noun[0].others:
        return None
    return Chunk("Q", 0, noun[1], Quantity(0, noun[1], 1, 1, 1, Bound.EXACT), noun[0])


def _subject_ahead(words: Lexicon, line: Line, at: int, after: int) -> bool:
    """Tell whether bare nouns stand before what befell them, one of them two: "إن ضابطا وجنديين قتلوا", "طفلان قتلا".

    One person alone does not: "رجل قتل" may be a man who killed; "that" ahead of him and a verb that only befalls do.
    """
    numbers = [words.bare.match(line, at)]
    further = words.bare.match(line, after) if after < len(line) else None
    if further and line[after].form.startswith(words.prefixes) and words.people.match(line, after):
        numbers.append(further)
        after = further[1]
    led = at > 0 and line[at - 1].form in words.forms("attribution.that")
    alone = led and after < len(line) and line[after].form in words.forms("counted.befell")  # "أن | منتسبا استشهد"
    if alone:
        return True
    harm = words.harm.match(line, after) if any(hit and hit[0] > 1 for hit in numbers) else None
    return harm is not None and harm[0].tag in "VGD" and not line[after].form.startswith(words.prefixes)


def _counts_apart(words: Lexicon, line: Line, after: int, before: Sequence[Chunk]) -> bool:
    """Tell whether a bare noun counts in a language that writes "and" by itself: joined to a count or harm, or before harm.

    "загинули жінка та її син", "чоловік і жінка загинули".
    """
    led = "".join(chunk.tag for chunk in before[-3:]).rstrip("R")
    joint = words.tags.match(line, after)
    further = words.bare.match(line, joint[1]) if joint and joint[0] == "A" else None
    harm = words.harm.match(line, further[1] if further else after)
    return led.endswith(("QA", "QC", "V", "G", "D")) or (harm is not None and harm[0].tag in "VD")


def _indefinite(words: Lexicon, form: str) -> bool:
    """Tell whether a noun stands without an article: "طفل" is a child, "الطفل" one told of before."""
    plain = words.bare.firsts
    return form in plain or any(form.startswith(p) and form[len(p) :] in plain for p in words.prefixes)


def _pointed(words: Lexicon, line: Line, at: int) -> bool:
    return words.section("whole.pointing").match(line, at) is not None


def _may_stand_alone(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a number may count people without a noun: before a verb, a mark, "and", or at the end."""
    if at >= len(line) or line[at].kind == "mark":
        return True
    tag = words.tags.match(line, at)
    if line[at].form.startswith("لل") and line[at].form not in words.harm.firsts:
        return False  # "مخيم المية ومية | للاجئين": a camp for them
    return bool(
        line[at].form in words.forms("counted.alone")
        or words.section("parts.degrees").match(line, at)
        or words.harm.match(line, at)
        or (tag and tag[0] in "BACWMOH")
        or words.section("attribution.cue").match(line, at)
    )


def _harmful(words: Lexicon, line: Line, at: int) -> Chunk | None:
    """Find a word of harm or of counting."""
    number_of = _number_of(words, line, at)
    if number_of:
        return number_of
    counting = words.tags.match(line, at)
    if counting and counting[0] in "TJ":
        harm = Harm(counting[0], Measure.KILLED if counting[0] == "T" else Measure.INJURED)
        return Chunk(counting[0], at, counting[1], harm=harm)
    hit = words.harm.match(line, at)
    if hit is None or (counting and counting[1] > hit[1]):
        return None
    harm, after = hit
    if harm.needs_after and not _needed(harm, line, after):
        return None
    return Chunk(harm.tag, at, after, harm=harm)


def _number_of(words: Lexicon, line: Line, at: int) -> Chunk | None:
    """Find "the number of civilians killed": a word of counting that says whom it counts."""
    hit = words.section("counting.words").match(line, at)
    people = counted_noun(words, line, hit[1]) if hit else None
    told = _past_who(words, line, people[1]) if people else at
    harm = (words.harm.match(line, told) or words.harm.match(line, people[1] - 1)) if people else None
    if people and harm and harm[0].tag in "VDN":  # "soldados fallecidos" is a noun for people as well
        return Chunk("T", at, max(harm[1], people[1]), people=people[0], harm=Harm("T", harm[0].measure))
    if people and people[0].displaced:
        return Chunk("T", at, people[1], people=people[0], harm=Harm("T", Measure.DISPLACED))
    return None


def _past_who(words: Lexicon, line: Line, at: int) -> int:
    """Return the token behind "who were", `at` where no "who" stands: "the number of medics | who were | killed"."""
    who = words.tags.match(line, at)
    if who is None or who[0] != "W":
        return at
    after = who[1]
    for _ in range(_HELPERS):
        helper = words.tags.match(line, after)
        after = helper[1] if helper is not None and helper[0] == "B" else after
    return after


def _needed(harm: Harm, line: Line, after: int) -> bool:
    forms = tuple(t.form for t in line[after : after + _NEEDED_WITHIN])
    return any(forms[k : k + len(n)] == n for n in harm.needs_after for k in range(len(forms)))


def _function(words: Lexicon, line: Line, at: int) -> Chunk:
    """Return a word that holds the sentence together, or any other word."""
    hit = words.tags.match(line, at)
    if hit and hit[0] == "B" and letters_alone(line, at):
        return _plain("x", at, at + 1)
    return _plain(hit[0], at, hit[1]) if hit else _plain("x", at, at + 1)
