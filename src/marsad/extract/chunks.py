"""A sentence as a row of tagged chunks, so that patterns over tags can be data."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from marsad.model import Bound, Measure, OriginKind, Status
from marsad.text.lexicon import Harm, Lexicon, People
from marsad.text.numbers import Quantity, bounded_after, quantity_at
from marsad.text.tokens import Token

_MODIFIERS = 4
"""How many words may stand between a number and its noun: "nine of his young Syrian cousins"."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tokens first..after of a sentence, with the one letter that patterns know it by.

    Q is a number of people, q any other number, V G D N T J F words of harm and of counting, x any other word. `people`
    is the counted noun, `named` whether one was found; `harm` what befell them, where the chunk itself says so
    ("30 wounded").
    """

    tag: str
    first: int
    after: int
    quantity: Quantity | None = None
    people: People | None = None
    harm: Harm | None = None

    @property
    def named(self) -> bool:
        """Whether the number came with a noun for people."""
        return self.people is not None


_NUMBERED = frozenset({"age", "aged", "section", "page", "chapter", "no", "no."})
_NOBODY = People(Status.UNKNOWN, None)
_MARKS = {",": "C", "،": "C", ";": ";", "؛": ";", ".": ".", "(": "C", ")": "C", "—": "C", "–": "C"}


def chunked(words: Lexicon, text: Sequence[Token]) -> list[Chunk]:
    """Return the sentence's tokens as chunks in order, none left out."""
    out: list[Chunk] = []
    at = 0
    while at < len(text):
        chunk = (
            _unknown(words, text, at)
            or _none(words, text, at)
            or _counted(words, text, at)
            or _harmful(words, text, at)
            or _function(words, text, at)
        )
        out.append(chunk)
        at = chunk.after
    return out


def tags_of(chunks: Sequence[Chunk]) -> str:
    """Return the chunks' tags as one string; character i is chunk i."""
    return "".join(c.tag for c in chunks)


def _unknown(words: Lexicon, text: Sequence[Token], at: int) -> Chunk | None:
    hit = words.section("unknown.words").match(text, at)
    if hit is None:
        hit = words.section("unknown.asking").match(text, at)
        if hit is None or not words.section("unknown.marks").find(text):
            return None
    quantity = Quantity(at, hit[1], None, None, None, Bound.UNKNOWN)
    whole = words.section("whole.words").match(text, hit[1])
    if whole:
        return Chunk("Q", at, whole[1], quantity)
    noun = _noun(words, text, hit[1])
    return Chunk("Q", at, noun[1] if noun else hit[1], quantity, noun[0] if noun else None)


def _none(words: Lexicon, text: Sequence[Token], at: int) -> Chunk | None:
    """Find "no one", "no casualties", and "any" after a negation."""
    hit = words.section("none.words").match(text, at)
    if hit is None:
        any_word = words.section("none.any").match(text, at)
        back = text[max(0, at - 5) : at]
        if any_word is None or not words.section("none.negations").find(back):
            return None
        hit = any_word
    after = hit[1]
    while after < len(text) and text[after].kind == "word" and after - hit[1] < _MODIFIERS:
        harm = words.harm.match(text, after)
        if harm and harm[0].tag == "N":
            return Chunk("Q", at, harm[1], Quantity(at, hit[1], 0, 0, 0, Bound.NONE), _NOBODY, harm[0])
        people = words.people.match(text, after)
        if people:
            return Chunk("Q", at, people[1], Quantity(at, hit[1], 0, 0, 0, Bound.NONE), people[0])
        if harm or words.tags.match(text, after):
            break
        after += 1
    if hit[1] - at == 1 and text[at].form not in ("nobody", "none"):
        return None
    return Chunk("Q", at, hit[1], Quantity(at, hit[1], 0, 0, 0, Bound.NONE), _NOBODY)


def _counted(words: Lexicon, text: Sequence[Token], at: int) -> Chunk | None:
    quantity = quantity_at(words, text, at)
    if quantity is None:
        return None
    after = quantity.after
    if quantity.value is not None and not quantity.article and _not_people(words, text, quantity):
        return Chunk("q", at, after, quantity)
    whole = words.section("whole.words").match(text, after)
    if quantity.fraction is not None:
        noun = _noun(words, text, after)
        if whole is None and noun is None and not _pointed(text, after):
            return Chunk("x", at, at + 1)
        return Chunk("Q", at, whole[1] if whole else noun[1] if noun else after, quantity, noun[0] if noun else None)
    noun = _noun(words, text, after)
    if quantity.article:
        singular = noun is not None and not _plural(text[noun[1] - 1])
        return Chunk("Q", at, noun[1], quantity, noun[0]) if noun and singular else Chunk("x", at, at + 1)
    if noun:
        harm = _harm_before_noun(words, text, after, noun[1])
        people = _sided(words, text, after, noun)
        quantity, end = bounded_after(words, text, quantity, noun[1])
        return Chunk("Q", at, end, quantity, people, harm)
    if whole and not words.harm.match(text, after):
        return Chunk("Q", at, whole[1], quantity)
    alone = quantity.bound is Bound.VAGUE or _may_stand_alone(words, text, after)
    return Chunk("Q" if alone else "q", at, after, quantity)


def _noun(words: Lexicon, text: Sequence[Token], at: int) -> tuple[People, int] | None:
    """Return the noun for people that a number at `at` counts, looking past a few adjectives, and the token after it."""
    i = at
    while i < len(text) and i - at <= _MODIFIERS:
        hit = words.people.match(text, i)
        if hit:
            further = words.people.match(text, hit[1])
            return further or hit
        harm = words.harm.match(text, i)
        stops = harm is not None and harm[0].tag != "V"
        if text[i].kind != "word" or stops or words.weapons.match(text, i):
            return None
        tag = words.tags.match(text, i)
        if tag and tag[0] not in "OR":
            return None
        i += 1
    return None


def _sided(words: Lexicon, text: Sequence[Token], first: int, noun: tuple[People, int]) -> People:
    """Return the noun's meaning; "members" of an armed party are combatants."""
    people, after = noun
    if (
        people.status is Status.UNKNOWN
        and people.group is None
        and text[after - 1].form in words.data["sided"]["words"]
    ):
        near = words.actors.find(text, first, min(len(text), after + 5))
        if any(
            actor.origin.kind is OriginKind.PARTY and not actor.origin.name.startswith("Government")
            for actor, _, _ in near
        ):
            return People(Status.COMBATANT, None)
    return people


def _harm_before_noun(words: Lexicon, text: Sequence[Token], first: int, after: int) -> Harm | None:
    """Return the harm that stands between number and noun ("three wounded civilians") or is the noun ("nine bodies")."""
    for i in range(first, after):
        hit = words.harm.match(text, i)
        if hit and hit[0].tag in "VDN" and hit[1] <= after:
            return hit[0]
    return None


def _not_people(words: Lexicon, text: Sequence[Token], quantity: Quantity) -> bool:
    """Tell whether a bare number is a date, a time, an age, a sum or a share."""
    first, after, value = quantity.first, quantity.after, quantity.value
    before = text[first - 1] if first else None
    following = text[after] if after < len(text) else None
    dates = words.data["dates"]
    if following and (following.form in dates["units"] or following.form in dates["months"] or following.text in "/%°"):
        return True
    if following and following.text == ":" and after + 1 < len(text) and text[after + 1].kind == "number":
        return True
    if following and following.text == "-" and after + 1 < len(text) and text[after + 1].kind == "word":
        return True
    touching = before is not None and before.end == text[first].start and before.text in "/:-"
    if before and (before.form in dates["months"] or before.text in "$€£" or touching or before.form in _NUMBERED):
        return True
    plain = text[first].text.isdigit() and len(text[first].text) == 4
    year = plain and value is not None and 1900 <= value <= 2100
    return bool(year and not (following and words.people.match(text, after)))


def _pointed(text: Sequence[Token], at: int) -> bool:
    return at < len(text) and text[at].form in ("of", "من")


def _plural(token: Token) -> bool:
    irregular = ("people", "men", "women", "children", "police", "others", "families", "staff")
    return token.form in irregular or (token.form.endswith("s") and not token.form.endswith("ss"))


def _may_stand_alone(words: Lexicon, text: Sequence[Token], at: int) -> bool:
    """Tell whether a number may count people without a noun: before a verb, a mark, "and", or at the end."""
    if at >= len(text) or text[at].kind == "mark":
        return True
    tag = words.tags.match(text, at)
    return bool(
        words.harm.match(text, at) or (tag and tag[0] in "BACWMOH") or words.section("attribution.cue").match(text, at)
    )


def _harmful(words: Lexicon, text: Sequence[Token], at: int) -> Chunk | None:
    number_of = _number_of(words, text, at)
    if number_of:
        return number_of
    counting = words.tags.match(text, at)
    if counting and counting[0] in "TJ":
        harm = Harm(counting[0], Measure.KILLED if counting[0] == "T" else Measure.INJURED)
        return Chunk(counting[0], at, counting[1], harm=harm)
    hit = words.harm.match(text, at)
    if hit is None:
        return None
    harm, after = hit
    if harm.needs_after and not _needed(harm, text, after):
        return None
    if counting and counting[1] > after:
        return None
    return Chunk(harm.tag, at, after, harm=harm)


def _number_of(words: Lexicon, text: Sequence[Token], at: int) -> Chunk | None:
    """Find "the number of civilians killed": a word of counting that says whom it counts."""
    hit = words.section("counting.words").match(text, at)
    people = words.people.match(text, hit[1]) if hit else None
    harm = words.harm.match(text, people[1]) if people else None
    if people and harm and harm[0].tag in "VD":
        return Chunk("T", at, harm[1], people=people[0], harm=Harm("T", harm[0].measure))
    return None


def _needed(harm: Harm, text: Sequence[Token], after: int) -> bool:
    forms = tuple(t.form for t in text[after : after + 14])
    return any(forms[k : k + len(n)] == n for n in harm.needs_after for k in range(len(forms)))


def _function(words: Lexicon, text: Sequence[Token], at: int) -> Chunk:
    token = text[at]
    if token.kind == "mark":
        return Chunk(_MARKS.get(token.text, "P"), at, at + 1)
    hit = words.tags.match(text, at)
    return Chunk(hit[0], at, hit[1]) if hit else Chunk("x", at, at + 1)


def with_harm(chunk: Chunk, harm: Harm) -> Chunk:
    """Return the chunk with what befell its people."""
    return replace(chunk, harm=harm)
