"""Numbers of people as words give them: digits, number words, ranges, fractions, vague words, none, unknown."""

import math
import re
from typing import NamedTuple

from marsad.model import Bound
from marsad.text.lexicon import Lexicon
from marsad.text.number_words import NumberWords
from marsad.text.phrases import Line

_GROUPED = re.compile(r"\d{1,3}(?:[,.'\u066c\u00a0\u202f ]\d{3})+")
_DECIMAL = re.compile(r"(\d+)[.,](\d{1,2})")

MOST = 10**10
"""No number of people is larger than mankind; what is larger was never a count."""

_LONGEST_DIGITS = 20
_SCORES = (60, 80)
"""Tens that go on to nineteen: "soixante et onze", "quatre-vingt-dix"."""

_THOUSAND = 1000

_LONGEST_WORDS = 24
"""A number in words has fewer of them; a longer row is no number but a list or noise."""


class Quantity(NamedTuple):
    """Tokens first..after say a number: between low and high as the words bound it, `value` as they name it.

    None stands for no bound on that side and for no single number. `fraction` is (numerator, denominator, more) of a
    whole told elsewhere, `more` where the words say more than that share. `article` marks "a", "an": one person, if a
    singular noun follows.
    """

    first: int
    after: int
    value: int | None
    low: int | None
    high: int | None
    bound: Bound
    fraction: tuple[int, int, bool] | None = None
    article: bool = False

    def of(self, whole_low: int, whole_high: int | None) -> tuple[int, int | None]:
        """Return the integers that this fraction of a whole leaves possible.

        >>> Quantity(0, 1, None, None, None, Bound.FRACTION, (1, 2, True)).of(95, 95)
        (48, 95)
        """
        if self.fraction is None:
            raise ValueError("not a fraction")
        top, bottom, more = self.fraction
        if more:
            return min(whole_low * top // bottom + 1, whole_low), whole_high
        low = math.ceil(whole_low * top / bottom)
        return low, None if whole_high is None else max(low, whole_high * top // bottom)


def quantity_at(words: Lexicon, line: Line, at: int) -> Quantity | None:
    """Return the quantity that starts at token `at`, bound words included; None if no number starts there.

    >>> from marsad.text.lexicon import lexicon
    >>> q = quantity_at(lexicon("en"), lexicon("en").line("more than 195,000 people"), 0)
    >>> q.value, q.low, q.high, str(q.bound)
    (195000, 195001, None, 'more_than')
    """
    if at >= len(line) or not _starts(words, line, at):
        return None
    numbers, bounds, start = words.numbers, list[Bound](), at
    if _is_article(numbers, line, at):
        return Quantity(at, at + 1, 1, 1, 1, Bound.EXACT, article=True)
    while _led(numbers, line, at) and (hit := numbers.before.match(line, at) or _more(numbers, line, at)):
        if hit[0] is not None:
            bounds.append(hit[0])
        at = hit[1]
    if at >= len(line):
        return None
    number = _number(numbers, line, at)
    core = _range(numbers, line, at, number) or (_phrased if _led(numbers, line, at) else _ratio)(numbers, line, at)
    core = core or _single(numbers, line, at, number)
    if core is None:
        return None
    if core.value is not None and not numbers.perhaps.isdisjoint(line.forms):
        core = _perhaps(numbers, line, core, bounds) or core
    trailing = numbers.after.match(line, core.after)
    if trailing and core.value is not None:
        bounds.append(trailing[0])
        core = core._replace(after=trailing[1])
    return _bounded(core if core.first == start else core._replace(first=start), bounds)


def _is_article(numbers: NumberWords, line: Line, at: int) -> bool:
    """Tell quickly whether a token is an article and nothing else: "a", but not in "a hundred" or "a third"."""
    if line[at].form not in numbers.bare_articles or _led(numbers, line, at):
        return False
    return at + 1 >= len(line) or not (line[at + 1].form in numbers.times or numbers.after.match(line, at + 1))


def plain_at(words: Lexicon, line: Line, at: int) -> Quantity | None:
    """Return the bare number at token `at`, also where it would begin a range ("12 to 15"); None if none stands there."""
    number = _number(words.numbers, line, at)
    return Quantity(at, number[1], number[0], number[0], number[0], Bound.EXACT) if number else None


def bounded_after(words: Lexicon, line: Line, quantity: Quantity, at: int) -> tuple[Quantity, int]:
    """Return the quantity with a bound word that follows its noun ("52 civilians at least"), and the token after."""
    hit = words.numbers.after.match(line, at)
    if hit is None or quantity.value is None or quantity.article:
        return quantity, at
    return _bounded(quantity, [hit[0]]), hit[1]


def _more(numbers: NumberWords, line: Line, at: int) -> tuple[None, int] | None:
    """Look past a word for more of the same before a number: "another 50 people", "a further 12"."""
    hit = numbers.more.match(line, at)
    return (None, hit[1]) if hit and _number(numbers, line, hit[1]) else None


def _starts(words: Lexicon, line: Line, at: int) -> bool:
    """Tell quickly whether a quantity can begin here; most tokens of a text cannot."""
    token, numbers = line[at], words.numbers
    if at and token.form in numbers.teens and line[at - 1].form.removeprefix("ال") in numbers.units:
        return False  # "القتلى الثلاثة | عشر": no ten of its own
    if token.kind != "word":
        return token.kind == "number"
    if token.capital and words.subject_behind and at and line[at - 1].capital and not line.shouts:
        return False  # "Campo Dos" is a village: such languages write no number large within a sentence
    return numbers.opens(token.form) or _led(numbers, line, at)


def _led(numbers: NumberWords, line: Line, at: int) -> bool:
    """Tell quickly whether a phrase that may lead a quantity begins at a token: a bound, a share, a vague word."""
    return bool(line.marked.get(at, 0) & numbers.lead_bits)


def _bounded(core: Quantity, bounds: list[Bound]) -> Quantity:
    """Apply bound words to a bare number; the strictest of several ("at least some 50") wins over "about"."""
    if core.fraction is not None:
        top, bottom, over = core.fraction
        return core._replace(fraction=(top, bottom, over or Bound.MORE_THAN in bounds))
    strict = [b for b in bounds if b is not Bound.ABOUT] or bounds
    if not strict or (core.article and strict[0] in (Bound.ABOUT, Bound.LESS_THAN, Bound.AT_MOST)):
        return core  # "around a school", "under a parked van"
    core = core._replace(article=False)  # "at least a dead" is no article but a number
    bound, low, high = strict[0], core.low, core.high
    if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        more = bound is Bound.MORE_THAN and core.value is not None
        return core._replace(low=None if low is None else low + more, high=None, bound=bound)
    if bound in (Bound.AT_MOST, Bound.LESS_THAN):
        limit = high if high is not None else core.value
        if limit is not None and bound is Bound.LESS_THAN:
            limit = max(0, limit - 1)
        return core._replace(low=None, high=limit, bound=bound)
    return core._replace(bound=Bound.ABOUT if core.bound is Bound.EXACT else core.bound)


def _range(numbers: NumberWords, line: Line, at: int, number: tuple[int, int] | None) -> Quantity | None:
    """Read "300-350", "from 300 to 350", "between 300 and 350"; `number` is what stands at token `at`."""
    between = line[at].form in numbers.between
    first = _number(numbers, line, at + 1) if between else number
    if between and first is not None and (pair := _two_joined(numbers, line, at + 1, first[1])):
        return Quantity(at, first[1], None, *pair, Bound.RANGE)
    if first is None or first[1] >= len(line):
        return None
    joint = line[first[1]]
    dash = joint.kind == "mark" and joint.form in "-–—"
    if not dash and joint.form not in numbers.range_words:
        return None
    if joint.form in numbers.joins and not between:
        return None
    second = _number(numbers, line, first[1] + 1)
    if second is None or second[0] <= first[0]:
        return None
    return Quantity(at, second[1], None, first[0], second[0], Bound.RANGE)


def _two_joined(numbers: NumberWords, line: Line, at: int, after: int) -> tuple[int, int] | None:
    """Return the two numbers that words between two tokens may be: "بين عشرة آلاف | وخمسة عشر ألف" is no sum."""
    for k in range(at + 1, after):
        if numbers.unprefixed(line[k].form) is None:
            continue
        first, second = _spelled(numbers, line, at, k), _spelled(numbers, line, k)
        if first and second and first[1] == k and second[1] == after and first[0] < second[0]:
            return first[0], second[0]
    return None


def _perhaps(numbers: NumberWords, line: Line, core: Quantity, bounds: list[Bound]) -> Quantity | None:
    """Read the larger number that may be meant, with the commas around it: "at least 20, perhaps as many as 30, people".

    What bounds either of them is in the range then; "perhaps more than 30" leaves it open above.
    """
    at = core.after
    commas = at < len(line) and line[at].form in ",،"
    at += commas
    at += at < len(line) and line[at].form in numbers.joins | numbers.range_words
    if at >= len(line) or line[at].form not in numbers.perhaps:
        return None
    bound = numbers.before.match(line, at + 1)
    more = _number(numbers, line, bound[1] if bound else at + 1)
    if more is None or core.value is None or more[0] <= core.value:
        return None
    after = more[1] + (commas and more[1] < len(line) and line[more[1]].form in ",،")
    if Bound.ABOUT in bounds:
        bounds.remove(Bound.ABOUT)
    if bound and bound[0] in (Bound.AT_LEAST, Bound.MORE_THAN):
        return core._replace(after=after)
    bounds.clear()
    return Quantity(core.first, after, None, core.value, more[0], Bound.RANGE)


def _phrased(numbers: NumberWords, line: Line, at: int) -> Quantity | None:
    """Read a share, a vague word or a round number; "half a million" is no half."""
    exact = numbers.exact.match(line, at) is not None
    told = None if exact else _share(numbers, line, at) or _vague(numbers, line, at)
    return told or _rounded(numbers, line, at)


def _share(numbers: NumberWords, line: Line, at: int) -> Quantity | None:
    if ratio := _ratio(numbers, line, at):
        return ratio
    if hit := numbers.fractions.match(line, at):
        return Quantity(at, hit[1], None, None, None, Bound.FRACTION, (*hit[0], False))
    if word := numbers.majority.match(line, at):
        return Quantity(at, word[1], None, None, None, Bound.FRACTION, (1, 2, True))
    return None


def _ratio(numbers: NumberWords, line: Line, at: int) -> Quantity | None:
    """Read "one in five", "two out of three"; "one in 2014" and "one in the town" are none."""
    joint = numbers.ratio.match(line, at + 1)
    if joint is None or joint[1] >= len(line):
        return None
    part, whole = _units(numbers, line[at].form), _units(numbers, line[joint[1]].form)
    if part is None or whole is None or not 0 < part < whole:
        return None
    return Quantity(at, joint[1] + 1, None, None, None, Bound.FRACTION, (part, whole, False))


def _vague(numbers: NumberWords, line: Line, at: int) -> Quantity | None:
    hit = numbers.vague.match(line, at)
    if hit is None:
        return None
    low, high = hit[0]
    return Quantity(at, hit[1], None, low or None, high or None, Bound.VAGUE)


def _rounded(numbers: NumberWords, line: Line, at: int) -> Quantity | None:
    """Read "une vingtaine", "a score or so": about a number."""
    hit = numbers.rounded.match(line, at)
    return Quantity(at, hit[1], hit[0], hit[0], hit[0], Bound.ABOUT) if hit else None


def _single(numbers: NumberWords, line: Line, at: int, number: tuple[int, int] | None) -> Quantity | None:
    if number is not None:
        return Quantity(at, number[1], number[0], number[0], number[0], Bound.EXACT)
    if line[at].form in numbers.articles:
        return Quantity(at, at + 1, 1, 1, 1, Bound.EXACT, article=True)
    return None


def _number(numbers: NumberWords, line: Line, at: int) -> tuple[int, int] | None:
    """Read digits or number words at token `at`; return the number and the token after it."""
    if at >= len(line):
        return None
    if exact := numbers.exact.match(line, at):
        return _and_more(numbers, line, *exact)
    found = _digits(numbers, line, at) if line[at].kind == "number" else _spelled(numbers, line, at)
    if found and (half := numbers.half.match(line, found[1])):
        found = found[0] + numbers.times.get(line[found[1] - 1].form, 0) // 2, half[1]
    return found if found and found[0] <= MOST else None


def _and_more(numbers: NumberWords, line: Line, number: int, after: int) -> tuple[int, int]:
    """Return a round number with what is joined to it: "a thousand" and "and two hundred" (ألف ومئتا)."""
    joined = after < len(line) and numbers.unprefixed(line[after].form) is not None
    more = _spelled(numbers, line, after) if joined and number % _THOUSAND == 0 else None
    return (number + more[0], more[1]) if more and more[0] < _THOUSAND else (number, after)


def _spelled(numbers: NumberWords, line: Line, at: int, until: int | None = None) -> tuple[int, int] | None:
    """Read a number in words, up to a token: "two hundred and five", "خمسة وعشرين", "a dozen"."""
    if line[at].form in numbers.articles and line[at].form not in numbers.units:
        times = numbers.times.get(line[at + 1].form) if at + 1 < len(line) else None
        return (times, at + 2) if times else None
    total, current, i = 0, 0, at
    while i < min(len(line), at + _LONGEST_WORDS, until or len(line)):
        form, seen = line[i].form, i > at
        units = _units(numbers, form)
        if units is None and seen and form in numbers.articles and line[i - 1].form in numbers.tens_joins:
            units = 1  # "treinta y una"
        if units is not None and _adds(numbers, form, units, current, seen):
            current += units
        elif form in numbers.times and seen:
            current = max(current, 1) * numbers.times[form]
            if numbers.times[form] >= 1000:
                total, current = total + current, 0
        elif not (seen and _joins(numbers, line, i, current or total)):
            break
        i += 1
    return (total + current, i) if i > at else None


def _units(numbers: NumberWords, form: str) -> int | None:
    """Return what a word adds: "twenty", "twenty-five", "وعشرين"; None for no number word."""
    joined = numbers.unprefixed(form)
    if joined is not None:
        return numbers.units[joined]
    if form in numbers.units:
        return numbers.units[form]
    led = numbers.led(form)
    return numbers.units[led] if led is not None else numbers.compound(form)


def _adds(numbers: NumberWords, form: str, units: int, current: int, seen: bool) -> bool:
    """Tell whether a number word goes on with the number before it: "twenty five" does, "five six" are two numbers."""
    if not seen or current == 0:
        return True
    if numbers.unprefixed(form) is not None:  # "three and twenty", "a hundred and three"; "three and four" are two
        return units >= 20 > current or current >= 100 > units
    if form in numbers.teens:
        return 0 < current % 100 < 10
    if current % 1000 == 0 or (current % 100 == 0 and units < 100):
        return units < 1000
    if current % 100 in _SCORES and 10 <= units < 20:
        return True
    return current % 10 == 0 and units < 10 and current % 100 >= 20


def _joins(numbers: NumberWords, line: Line, at: int, so_far: int) -> bool:
    """Tell whether "and" goes on with a number in words: "two hundred and five", "treinta y cuatro", not "nine and five"."""
    tens = line[at].form in numbers.tens_joins and so_far % 10 == 0 and so_far % 100 >= 20
    if not (tens or (line[at].form in numbers.joins and so_far >= 100)) or at + 1 >= len(line):
        return False
    further = _units(numbers, line[at + 1].form) if line[at + 1].kind == "word" else None
    if tens and line[at + 1].form in numbers.articles:
        return True
    return further is not None and (not tens or _adds(numbers, line[at + 1].form, further, so_far, seen=True))


def _written_on(numbers: NumberWords, line: Line, at: int, scale: int) -> int | None:
    """Return the digits that a particle for "and" joins to a number of thousands, written onto them: "و568"."""
    if at + 1 >= len(line) or line[at].form not in numbers.joins or line[at].end != line[at + 1].start:
        return None
    if at + 2 < len(line) and line[at + 2].form in numbers.times:
        return None  # "بين 3 آلاف و4 آلاف"
    form = line[at + 1].form
    return int(form) if form.isdecimal() and len(form) <= _LONGEST_DIGITS and int(form) < scale else None


def _digits(numbers: NumberWords, line: Line, at: int) -> tuple[int, int] | None:
    form = line[at].form
    scale, after = 1, at + 1
    if after < len(line) and line[after].form in numbers.times:
        scale, after = numbers.times[line[after].form], after + 1
    if len(form) > _LONGEST_DIGITS:
        return None
    if scale > 1 and form.isdecimal() and (rest := _written_on(numbers, line, after, scale)) is not None:
        return int(form) * scale + rest, after + 2  # "34 ألفا و568"
    if _GROUPED.fullmatch(form):
        return int("".join(c for c in form if c.isdigit())) * scale, after
    if form.isdecimal():
        return int(form) * scale, after
    decimal = _DECIMAL.fullmatch(form)
    if decimal is None or scale == 1:
        return None
    return round(float(f"{decimal[1]}.{decimal[2]}") * scale), after
