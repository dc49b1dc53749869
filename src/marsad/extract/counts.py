"""Counts in a sentence: which numbers are numbers of people, and what befell them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from marsad.extract.bystanders import is_bystander, sharing
from marsad.extract.changes import Older, changes
from marsad.extract.chunks import Chunk, chunked, tags_of
from marsad.extract.cues import cited
from marsad.extract.denials import DENIAL, denials_in
from marsad.extract.fates import OF_THE_LIVING, OTHER_FATES, SETTINGS, Found, elsewhere, finite, settle
from marsad.extract.glance import matches
from marsad.extract.mentions import Mention, in_order, likewise, mixed, replaced, specific, status_before
from marsad.extract.parts import out_of, parts_of, predicate
from marsad.extract.totals import bare_told, said, totals
from marsad.model import Bound, Measure, Status
from marsad.text.lexicon import Lexicon, People
from marsad.text.numbers import Quantity
from marsad.text.phrases import Line

_WHOLE_REACH = 9
"""How many words after a count may say that it is a share of a toll told before."""
_BEFORE_REACH = 5
_PREDICATE_REACH = 8
_FORWARD_REACH = 16
"""How many words behind a whole may say what a share of it was: "half of the 60 people killed in raids … were civilians"."""

_UNNAMED = "-unnamed"
"""How the names of rules end that count whom the lexicon has no noun for: "killed 14 bandits"."""

_NAMED = "-named"
"""How the names of rules end that count whoever was killed with somebody named: "killed Ahmed Ali and two others"."""

_BESIDE = "beside"
"""The name of the rule that reads people ahead of what befell them: "12 dead"."""

_WHO = ("who", "who-then", "and-who", "who-and")
"""The rules that read what befell people in a clause of their own, which "that" may also open."""
_WHO_REACH = 8

_COMPANY = "and-company"
"""The name of the rule that reads people harmed with somebody who is not counted: "two soldiers and their driver"."""

_DISTANT = "passive-distant"
"""The name of the rule that reads people far ahead of what befell them: "ten passengers of a bus near Mamfe, in Cameroon, …"."""

_AND_MORE = "and-more"
"""The name of the rule that reads several counts ahead of one word of harm: "a girl and a man were killed"."""

_LISTING = frozenset("QACR")
"""Tags of what a list of parts is made of."""

_LOST = "lost"
"""The name of the rule that reads what somebody lost: "the rebels lost 12 fighters"."""

_LABEL = "label"
"""The name of the rule that reads a bulletin's rows: "Wounded: 12"."""

_SHARE_REACH = 6
"""How many chunks behind "nine" its whole may stand: "of the town's 2,000 residents"."""
_TOLL_REACH = 12
_PREDICATED = ("noun-is", "noun-far-is", "noun-aside-is", "verb-first")
"""The rules by which a bare number may stand behind the noun that it counts."""
_NOUN_REACH = 6
"""How many words before it that noun may stand."""
_DOING, _BEFALLEN, _FROM_WHERE = "doing", "befallen", "from-where"
_HURT_FIRST = "hurt-then-died"
_PREPOSITIONS = frozenset({"from", "with"})
_TWICE_REACH = 10
"""Chunks behind a count among which "twice" may stand."""

_COUNTED_NOUN = 0.9
_OF_THE_WHOLE = 0.9
_PART = 0.85
_BESIDE_TOLL = 0.75
_DENIED = 0.6

_WITHIN_REACH = 4
"""Chunks before a part within which "among them" stands."""

_OFFICE = 8
"""Words that may stand between a speaker and "said" to say where he works."""

_SAID_BEFORE = 4
"""Words before a comma within which somebody named said something."""

_TOLD_TWICE = re.compile("QB[^QqzVGDN;.]{0,4}[AC]QB")
"""Two shares of one toll, each with a verb that says what it was."""

_LISTED_ON = re.compile("Q(?:CR?Q)+C?AR?Q(?!B{0,3}[VD])")
"""Shares of a toll in a list: "the dead are | 24 men, nine women and four children"."""

_ELSEWHERE = 0.8


def mentions_in(words: Lexicon, line: Line) -> list[Mention]:
    """Return the counts of people that a sentence states, in order."""
    chunks, older = changes(words, line, chunked(words, line))
    tags = tags_of(chunks)
    denied = [Mention(*told, DENIAL, _DENIED, None, False) for told in denials_in(words, line, chunks)]
    if "Q" not in tags and "z" not in tags:
        return denied
    found: Found = {}
    for i, chunk in enumerate(chunks):
        if chunk.tag == "Q" and chunk.harm is not None and not _meant_for(words, line, chunk):
            found[i] = (chunk.harm.measure, "counted-noun", _COUNTED_NOUN)
    for rule, hit in matches(words, tags):
        q, harm = hit.start("q"), chunks[hit.start("t")].harm
        if (
            harm is None
            or (q in found and not _says_more(found[q], harm.measure, rule.name))
            or not _fits(chunks[q], harm.tag)
        ):
            continue
        if _may_fire(words, line, chunks, rule.name, q, harm.measure):
            found[q] = (_befallen(words, line, chunks[q], chunks[hit.start("t")]), rule.name, rule.score)
    for i in [i for i, (_, rule, _) in found.items() if rule == _LABEL]:
        found |= dict.fromkeys(_further_in_row(chunks, tags, i), found[i])
    for i, like in elsewhere(words, line, chunks, tags, found):
        found[i] = (found[like][0], "elsewhere", _ELSEWHERE)
    if found and bare_told(words, line):
        _lean(words, line, chunks, tags, found)
    settle(words, line, chunks, tags, found)
    for i, part in sharing(words, line, chunks).items():
        befallen = found.pop(i, None)  # "eleven guards out of | 36 were killed"
        if befallen is not None and part is not None:
            found.setdefault(part, befallen)
    shares = _of_so_many(chunks, tags, found)
    for i, whole in shares.items():
        found[i] = found[whole]
        chunks[i] = chunks[i]._replace(people=chunks[i].people or chunks[whole].people)
        predicate_at = whole + 1 + (tags[whole + 1 : whole + 2] == "V")
        does = chunks[predicate_at] if finite(words, line, chunks, tags, predicate_at) else None
        if does is not None and does.harm is not None and predicate_at == whole + 2:  # "four of the nine wounded died"
            found[i] = (does.harm.measure, found[i][1], found[i][2])
        elif does is not None or tags[whole + 1 : whole + 2] == "B":  # "nine of the 30 hostages were killed"
            del found[whole]
    pointing = _pointing(words, line, chunks)
    for i, span in pointing.items():
        if i not in found or found[i][0] in OTHER_FATES:
            told = words.harm.find(line, *span)
            found[i] = (told[0][0].measure if told else Measure.KILLED, "of-the-whole", _OF_THE_WHOLE)
    for i in sorted(pointing):
        further = _joined(chunks, tags, i)
        while further is not None and further not in found and i in found:
            found[further], pointing[further] = found[i], pointing[i]
            further = _joined(chunks, tags, further) or (
                further + 3 if tags[further + 1 : further + 4] == "CAQ" else None
            )
    parents = parts_of(words, line, chunks, tags, {i: measure for i, (measure, _, _) in found.items()})
    parents |= _shares_ahead(chunks, tags, found)
    for i, whole in out_of(words, line, chunks, tags).items():
        if whole in found and i not in found:
            parents[i] = whole
        elif tags[whole] == "q":  # "of 64 drones, 51 were shot down"
            found.pop(i, None)
    parents |= {i: w for i, w in shares.items() if w in found and found[w][0] is found[i][0]}
    for i in [i for i in found if i > 1 and _describes_share(chunks, i)]:
        del found[i]
    for i in [i for i in found if _listed_twice(words, line, chunks, tags, i)]:
        del found[i]
    for i, parent in parents.items():
        if parent in found and (_said_within(chunks, i) or not _exceeds(chunks[i], chunks[parent])):
            found.setdefault(i, (found[parent][0], "part", _PART))
    for i in [i for i in found if _only_speaks(words, line, chunks, i) or _other_thing(words, line, chunks[i])]:
        del found[i]
    for i in [i for i in found if is_bystander(words, line, chunks, i, found[i][0])]:
        del found[i]
    counted = _ordered(words, line, chunks, found, parents, frozenset(pointing), older)
    return in_order([*counted, *denied]) if denied else counted


def _said_within(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether words say that a count is part of another: "12 people, among them | 15 children" contradicts itself."""
    return any(chunk.tag == "M" for chunk in chunks[max(0, i - _WITHIN_REACH) : i])


def _exceeds(part: Chunk, whole: Chunk) -> bool:
    """Tell whether a number is larger than the one it would be part of: "five were killed; he asked 340 families to stay"."""
    few, many = part.quantity, whole.quantity
    if few is None or many is None or few.value is None or many.value is None:
        return False
    return few.value > many.value and many.bound is Bound.EXACT and not few.fraction


def _other_thing(words: Lexicon, line: Line, chunk: Chunk) -> bool:
    """Tell whether "another", "two others" count what the word behind them says, and that is nobody: "une autre source"."""
    others = chunk.quantity is not None and (chunk.people is None or chunk.people.others)
    return others and _no_person_at(words, line, chunk.after)


def _no_person_at(words: Lexicon, line: Line, at: int) -> bool:
    return at < len(line) and line[at].form in words.forms("not_people.words")


def _is_one(chunk: Chunk) -> bool:
    return chunk.quantity is not None and bool(chunk.quantity.article)


def _only_speaks(words: Lexicon, line: Line, chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether one person is only who tells of it: "wounding 14, | a militia leader and an aid worker said".

    Or who is named by it: "said Bulama Goni, | a community leader".
    """
    one = chunks[i].quantity
    if one is None or not one.article or chunks[i].people is None:
        return False
    if cited(words, line, chunks[i].first):
        return True
    say = words.section("attribution.say")
    k = i + 1
    while k < len(chunks) and (chunks[k].tag in "AC" or _is_one(chunks[k])):
        k += 1
    if k < len(chunks) and say.match(line, chunks[k].first) is not None:
        return True
    if i and chunks[i - 1].tag in "CA":
        for chunk in chunks[k : k + _OFFICE]:
            if say.match(line, chunk.first) is not None:
                return True  # "…, | a doctor at Dessie hospital said"
            if chunk.tag not in "xORH":
                break
    comma = chunks[i - 1].first if i and chunks[i - 1].tag == "C" else 0
    named = comma > 1 and line[comma - 1].capital and line[comma - 1].kind == "word"
    return named and bool(say.find(line, comma - _SAID_BEFORE, comma - 1))


def _listed_twice(words: Lexicon, line: Line, chunks: Sequence[Chunk], tags: str, i: int) -> bool:
    """Tell whether people are those whom a list had double: "three bodies had been written down twice"."""
    twice = words.forms("other_numbers.twice")
    if line.forms.isdisjoint(twice):
        return False
    end = next(
        (k for k in range(i + 1, min(len(tags), i + _TWICE_REACH)) if tags[k] in "C;.Q"),
        min(len(tags), i + _TWICE_REACH),
    )
    return any(line[chunk.first].form in twice for chunk in chunks[i + 1 : end])


def _meant_for(words: Lexicon, line: Line, chunk: Chunk) -> bool:
    """Tell whether displaced people are only those whom something is meant for: "supplies for 15,000 refugees"."""
    if chunk.harm is None or chunk.harm.measure is not Measure.DISPLACED or not chunk.first:
        return False
    return line[chunk.first - 1].form in words.forms("other_numbers.meant")


def _befallen(words: Lexicon, line: Line, chunk: Chunk, told: Chunk) -> Measure:
    """Return what befell people by a word of harm: others than those told of before by the last of two words alone.

    "A policeman was killed and four others wounded", where a language puts both verbs side by side (استشهد وأصيب أربعة آخرون).
    """
    assert told.harm is not None  # noqa: S101 - for the type checker
    both = words.harm.match(line, chunk.after) if told.harm.measure is Measure.KILLED else None
    if both is not None and both[0].tag == "N" and both[0].measure is Measure.KILLED_OR_INJURED:
        return both[0].measure  # "سقوط 480 مدنيا بين قتيل وجريح"
    last = words.harm.match(line, told.after - 1) if told.after - told.first > 1 else None
    others = chunk.people is not None and chunk.people.others
    if last is None or told.harm.measure is not Measure.KILLED_OR_INJURED:
        return told.harm.measure
    if others:
        return last[0].measure
    if chunk.after <= told.first and line[told.first].form in words.forms("counted.befell"):
        alone = words.counting_line(line[told.first].text)
        first = words.harm.match(alone, 0)
        return first[0].measure if first else told.harm.measure
    return told.harm.measure


def _says_more(told: tuple[Measure, str, float], measure: Measure, rule: str) -> bool:
    """Tell whether a word of harm says more of people than their noun, or the verb ahead of them, does.

    "Nine displaced people were killed", "gunmen shot six miners dead".
    """
    if told[0] is Measure.INJURED and rule == _HURT_FIRST:
        return measure is Measure.KILLED
    if told[:2] == (Measure.KILLED_OR_INJURED, "active") and rule == _BESIDE:
        return measure in (Measure.KILLED, Measure.INJURED)
    return told[:2] == (Measure.DISPLACED, "counted-noun") and measure in OF_THE_LIVING


def _may_fire(words: Lexicon, line: Line, chunks: Sequence[Chunk], name: str, q: int, measure: Measure) -> bool:
    """Tell whether what a rule needs beyond tags is there: others counted, a row that is one, people who were harmed."""
    if name.endswith(_NAMED):
        return _others(words, line, chunks[q])
    if name == _BESIDE and words.subject_first and not words.subject_behind:
        return not _has_object(words, line, chunks, q)
    if name in _WHO:
        return not _says(words, line, chunks, q)
    if name == _LABEL:
        return line[chunks[q - 1].first].form == ":"
    if name == _DISTANT:
        return not _says_between(words, line, chunks, q)
    if name == _COMPANY:
        return measure in OF_THE_LIVING
    if name == _DOING:
        return line[chunks[q].after].form.endswith(tuple(words.data["counted"]["doing"]))
    if name == _BEFALLEN:
        one = chunks[q].quantity
        return one is not None and one.value == 1 and line[chunks[q].after].form in words.forms("counted.befell")
    if name == _FROM_WHERE:
        first = line[chunks[q].after].form
        return chunks[q + 1].tag == "O" or first in words.forms("places.before") or first in _PREPOSITIONS
    if name == _AND_MORE:
        return not _is_listed(chunks, q)
    return not name.endswith(_UNNAMED) or (measure in OF_THE_LIVING and not _no_person(words, line, chunks[q]))


def _is_listed(chunks: Sequence[Chunk], q: int) -> bool:
    """Tell whether a count stands in a list of parts: "21 killed, including eight women and | four children, and ten wounded"."""
    k = q - 1
    while k >= 0 and chunks[k].tag in _LISTING:
        k -= 1
    return k > 0 and chunks[k].tag == "M"


_ROW = re.compile("Q(?:C?A?Q)+")
"""Counts in a row of a bulletin: "Killed: | three men, four women and five children"."""


def _further_in_row(chunks: Sequence[Chunk], tags: str, first: int) -> list[int]:
    """Return the counts behind the first one of a bulletin's row, each with its people."""
    row = _ROW.match(tags, first)
    counts = [i for i in range(first, row.end()) if tags[i] == "Q"] if row else []
    return counts[1:] if all(chunks[i].people is not None for i in counts) else []


def _says(words: Lexicon, line: Line, chunks: Sequence[Chunk], q: int) -> bool:
    """Tell whether somebody says what is told behind him: "un médico | dijo que | murieron nueve"."""
    who = next((chunk for chunk in chunks[q + 1 : q + 1 + _WHO_REACH] if chunk.tag == "W"), None)
    return who is not None and bool(words.section("attribution.say").find(line, chunks[q].after, who.after))


def _says_between(words: Lexicon, line: Line, chunks: Sequence[Chunk], q: int) -> bool:
    """Tell whether a word of saying stands between people and what befell: it befell somebody else, of whom they tell."""
    told = next((chunk.first for chunk in chunks[q + 1 :] if chunk.tag in "VD"), len(line))
    return bool(words.section("attribution.say").find(line, chunks[q].after, told))


def _has_object(words: Lexicon, line: Line, chunks: Sequence[Chunk], q: int) -> bool:
    """Tell whether people did what the word behind them says to somebody: "three men | killed | the mayor".

    A time is nobody: "nine people killed the day before". An article behind a headline's "killed" leads to somebody.
    """
    told = next((c for c in chunks[q + 1 : q + 4] if c.tag in "VDNY"), None)
    if told is None or told.tag != "V" or told.after >= len(line) or chunks[q].harm is not None:
        return False
    at, dates = told.after, words.data["dates"]
    if line[at].form in words.forms("attribution.before_nouns") or line[at].form == "the":
        near = line[at + 1 : at + 3]
        return bool(near) and not any(
            t.form in dates["units"]
            or t.form in dates["last"]
            or t.form in dates["weekdays"]
            or t.form in words.forms("dates.hours")
            for t in near
        )
    return False


def _others(words: Lexicon, line: Line, chunk: Chunk) -> bool:
    """Tell whether a count is of others than those named before: "and two other militants"."""
    return any(token.form in words.forms("numbers.other") for token in line[chunk.first : chunk.after])


def _no_person(words: Lexicon, line: Line, chunk: Chunk) -> bool:
    """Tell whether a number counts what is killed or hurt and is no person, by the word behind it: "killed 40 camels"."""
    near = line[chunk.after : chunk.after + 2]
    return any(token.form in words.forms("not_people.words") for token in near)


def _lean(words: Lexicon, line: Line, chunks: Sequence[Chunk], tags: str, found: Found) -> None:
    """Add the bare numbers that mean what those counted before them mean: totals, and what another speaker says."""
    first = next((i for i in sorted(found) if found[i][0] in OF_THE_LIVING), None)
    for name, bare in (("total", totals), ("said", said)) if first is not None else ():
        for i in bare(words, line, chunks, tags):
            if first is not None and i > first and i not in found and not _same_number(chunks[i], chunks[first]):
                found[i] = (found[first][0], name, _BESIDE_TOLL)


def _same_number(one: Chunk, other: Chunk) -> bool:
    return one.quantity is not None and other.quantity is not None and one.quantity.value == other.quantity.value


def _of_so_many(chunks: Sequence[Chunk], tags: str, found: Found) -> dict[int, int]:
    """Return the counts that are so many of a number named behind them: "nine of the 30 hostages"."""
    out = {}
    for i in (i for i, tag in enumerate(tags) if tag == "Q" and tags[i + 1 : i + 2] == "O"):
        whole = next((k for k in range(i + 2, min(len(tags), i + _SHARE_REACH)) if tags[k] not in "Rx"), len(tags))
        few = chunks[i].quantity
        many = chunks[whole].quantity if whole < len(chunks) and whole in found else None
        if few and many and few.value and many.value and few.value < many.value and not few.fraction:
            out[i] = whole
    return out


def _joined(chunks: Sequence[Chunk], tags: str, i: int) -> int | None:
    """Return the count that "and" joins to one that is part of a toll: "the dead included five women and three children"."""
    further = i + 2
    if tags[i + 1 : i + 3] in ("AQ", "CQ") and chunks[further].people is not None:
        return further if tags[i + 1] == "A" or _LISTED_ON.match(tags, i) else None
    told = _TOLD_TWICE.match(tags, i)  # "15 were civilians and nine were fighters"
    return told.end() - 2 if told and chunks[told.end() - 2].people is None else None


def _shares_ahead(chunks: Sequence[Chunk], tags: str, found: Found) -> dict[int, int]:
    """Return the shares of a toll that follows them at once: "half of the 60 people killed were civilians"."""
    shares = [i for i, chunk in enumerate(chunks) if chunk.tag == "Q" and chunk.quantity and chunk.quantity.fraction]
    out = {}
    for i in shares:
        whole = next((k for k in range(i + 1, min(len(tags), i + 4)) if tags[k] not in "OR"), None)
        if whole is not None and whole > i + 1 and whole in found and tags[whole] == "Q":
            out[i] = whole
    return out


def _describes_share(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether one person only says what a share was: "one in five of the dead was a child"."""
    single, verb, share = chunks[i].quantity, chunks[i - 1].tag, chunks[i - 2].quantity
    return bool(single and single.article and verb == "B" and share and share.fraction)


def _fits(chunk: Chunk, tag: str) -> bool:
    """Tell whether a number may be counted by this word: nobody's article counts, and soldiers are no population."""
    quantity = chunk.quantity
    if quantity is None or (quantity.article and chunk.people is None):
        return False
    fighters = chunk.people is not None and chunk.people.status is Status.COMBATANT
    return not (tag == "F" and (fighters or quantity.article or quantity.bound is Bound.NONE))


def _pointing(words: Lexicon, line: Line, chunks: Sequence[Chunk]) -> dict[int, tuple[int, int]]:
    """Return the counts with words near them that point at a toll told before, with these words."""
    if not (words.section("whole.words").stands_in(line) or words.section("whole.construct").stands_in(line)):
        return {}
    told = {i: hits for i, chunk in enumerate(chunks) if chunk.tag == "Q" and (hits := _points(words, line, chunk))}
    for i, chunk in enumerate(chunks[:-1]):
        if chunk.tag == "z" and chunks[i + 1].tag == "x" and not _no_person(words, line, chunk):
            ahead = words.section("whole.words").find(line, chunk.first - _BEFORE_REACH - 1, chunk.first)
            if ahead:  # "among the dead were two beekeepers"
                told[i] = ahead[0][1], ahead[0][2]
    return told


def _points(words: Lexicon, line: Line, chunk: Chunk) -> tuple[int, int] | None:
    """Return the words near a count that point at a toll told before ("of the dead"), None where none do."""
    whole = words.section("whole.words")
    after = chunk.quantity.after if chunk.quantity else chunk.after
    construct = words.section("whole.construct").match(line, after)
    if construct and chunk.quantity and chunk.quantity.fraction:
        return after, construct[1]
    hits = whole.find(line, after, chunk.after + _WHOLE_REACH) or whole.find(
        line, chunk.first - _BEFORE_REACH, chunk.first
    )
    return (hits[0][1], hits[0][2]) if hits else None


def _ordered(
    words: Lexicon,
    line: Line,
    chunks: Sequence[Chunk],
    found: Found,
    parents: dict[int, int],
    pointing: frozenset[int],
    older: Older,
) -> list[Mention]:
    """Return what was found as mentions in the order of the sentence, each with the noun that says who they were."""
    place: dict[int, int] = {}
    out: list[Mention] = []
    ahead: dict[int, int] = {}
    for i in sorted(found):
        chunk, (measure, rule, score) = chunks[i], found[i]
        if chunk.quantity is None:
            continue
        points_back = i in pointing or chunk.quantity.fraction is not None
        people = chunk.people or (_whom_counted(chunks, i) if rule in ("toll", "toll-far") else None)
        if people is None and rule in _PREDICATED:
            people = _named_ahead(words, line, chunk.first)
        if not specific(people) and (points_back or i in parents):
            forward = i in parents and parents[i] > i
            start, reach = (chunks[parents[i]].after, _FORWARD_REACH) if forward else (chunk.after, _PREDICATE_REACH)
            people = predicate(words, line, start, reach) or people
        if rule == _LOST and (people is None or people.status is Status.UNKNOWN) and _armed_before(words, line, chunk):
            people = People(Status.COMBATANT, people.group if people else None)  # "the army lost 17"
        if people is not None and people.others:
            people = replace(people, status=status_before(out))
        if chunk.quantity.fraction is not None and rule == "of-the-whole" and not specific(people):
            continue  # "most of the victims were in their cars" counts nobody apart
        if rule == "part" and measure not in SETTINGS and _bounds_nothing(chunk.quantity):
            continue  # "many of them children"
        quantity = _newest(words, line, chunk.quantity) if rule.startswith("toll") else chunk.quantity
        parent = place.get(parents[i]) if i in parents else None
        if i in parents and parents[i] > i:
            ahead[len(out)] = parents[i]
        told = [Mention(chunk.first, chunk.after, quantity, people, measure, rule, score, parent, points_back)]
        if i in older:
            told.append(replaced(older[i], told[0]))
            told.sort(key=lambda mention: mention.first)
        place[i] = len(out) + next(k for k, mention in enumerate(told) if not mention.older)
        out.extend(told)
    for at, whole in ahead.items():
        out[at] = out[at]._replace(parent=place.get(whole))
    return mixed(likewise(line, out))


def _armed_before(words: Lexicon, line: Line, chunk: Chunk) -> bool:
    """Tell whether an armed party is named before a count: whoever lost so many lost them of its own."""
    named = words.actors.find(line, 0, chunk.first)
    return any(a.armed for a, _, _ in named) or bool(words.section("perpetrators.state").find(line, 0, chunk.first))


def _named_ahead(words: Lexicon, line: Line, first: int) -> People | None:
    """Return the noun ahead of a bare number that says whom it counts, with what befell them: "i militari morti sono | sei"."""
    for k in range(first - 1, max(-1, first - 1 - _NOUN_REACH), -1):
        if line[k].kind != "word":
            return None
        hit = words.people.match(line, k)
        if hit is not None and hit[1] < first and words.harm.match(line, hit[1]) is not None:
            return hit[0] if specific(hit[0]) else None
    return None


def _newest(words: Lexicon, line: Line, quantity: Quantity) -> Quantity:
    """Return the number that a toll has come to where the words tell two: "rose from 12 to 15" is 15."""
    leading = line[max(0, quantity.first - 1) : quantity.first + 1]
    changed = quantity.bound is Bound.RANGE and any(token.form in words.numbers.changing for token in leading)
    return quantity._replace(value=quantity.high, low=quantity.high, bound=Bound.EXACT) if changed else quantity


def _bounds_nothing(quantity: Quantity) -> bool:
    return quantity.bound is Bound.VAGUE and quantity.low is None and quantity.high is None


def _whom_counted(chunks: Sequence[Chunk], i: int) -> People | None:
    """Return whom a bare number counts where the words of counting say: "the number of civilians killed at 52"."""
    near = reversed(chunks[max(0, i - _TOLL_REACH) : i])
    return next((chunk.people for chunk in near if chunk.tag == "T"), None)
