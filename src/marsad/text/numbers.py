"""Numbers of people as words give them: digits, number words, ranges, fractions, vague words, none, unknown."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from marsad.model import Bound
from marsad.text.lexicon import Lexicon, Phrases
from marsad.text.tokens import Token

_DIGITS = re.compile(r"^\d{1,3}(?:[,.\u066c\u00a0 ]\d{3})+$")
_DECIMAL = re.compile(r"^(\d+)[.,](\d{1,2})$")


@dataclass(frozen=True, slots=True)
class Quantity:
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
        low = whole_low * top // bottom + 1 if more else math.ceil(whole_low * top / bottom)
        if more:
            return min(low, whole_low), whole_high
        return low, None if whole_high is None else math.floor(whole_high * top / bottom) or None


@dataclass(frozen=True)
class _Tables:
    units: dict[str, int]
    times: dict[str, int]
    vague: Phrases[tuple[int, int]]
    fractions: Phrases[tuple[int, int]]
    majority: Phrases[str]
    before: Phrases[Bound]
    after: Phrases[Bound]
    between: frozenset[str]
    range_words: frozenset[str]
    joins: frozenset[str]
    articles: frozenset[str]
    prefixes: tuple[str, ...]
    starts: frozenset[str]
    """Words that a quantity may begin with, digits apart."""


@cache
def _tables(words: Lexicon) -> _Tables:
    data, number = words.data, words.data["numbers"]
    bounds = data["bound"]
    pre = words.prefixes
    tables = _Tables(
        units=dict(number["units"]),
        times=dict(number["times"]),
        vague=Phrases(((k, (v[0], v[1])) for k, v in number["vague"].items()), pre),
        fractions=Phrases(((k, (v[0], v[1])) for k, v in number["fractions"].items()), pre),
        majority=Phrases(((k, k) for k in number["majority"]["words"]), pre),
        before=Phrases(((w, Bound(b["kind"])) for b in bounds for w in b["before"]), pre),
        after=Phrases(((w, Bound(b["kind"])) for b in bounds for w in b["after"]), pre),
        between=frozenset(number["between"]),
        range_words=frozenset(number["range_words"]),
        joins=frozenset(number["joins"]),
        articles=frozenset(number["articles"]),
        prefixes=pre,
        starts=frozenset(),
    )
    finders = (tables.vague, tables.fractions, tables.majority, tables.before)
    listed = {*tables.units, *tables.times, *tables.between, *tables.articles}
    return replace(tables, starts=frozenset(listed.union(*(finder.firsts for finder in finders))))


def _starts(words: Lexicon, tables: _Tables, token: Token) -> bool:
    """Tell quickly whether a quantity can begin here; most tokens of a text cannot."""
    if token.kind == "number" or token.form in tables.starts:
        return True
    if "-" in token.form and token.form.split("-")[0] in tables.units:
        return True
    return any(token.form.startswith(p) and token.form[len(p) :] in tables.starts for p in words.prefixes)


def quantity_at(words: Lexicon, text: Sequence[Token], at: int) -> Quantity | None:
    """Return the quantity that starts at token `at`, bound words included; None if no number starts there.

    >>> from marsad.text.lexicon import lexicon
    >>> from marsad.text.tokens import tokens
    >>> q = quantity_at(lexicon("en"), tokens("more than 195,000 people"), 0)
    >>> q.value, q.low, q.high, str(q.bound)
    (195000, 195001, None, 'more_than')
    """
    tables = _tables(words)
    if at >= len(text) or not _starts(words, tables, text[at]):
        return None
    bounds: list[Bound] = []
    start = at
    while hit := tables.before.match(text, at):
        bounds.append(hit[0])
        at = hit[1]
    core = (
        _range(tables, text, at) or _fraction(tables, text, at) or _vague(tables, text, at) or _single(tables, text, at)
    )
    if core is None:
        return None
    trailing = tables.after.match(text, core.after)
    if trailing and core.value is not None:
        bounds.append(trailing[0])
        core = replace(core, after=trailing[1])
    return _bounded(replace(core, first=start), bounds)


def bounded_after(words: Lexicon, text: Sequence[Token], quantity: Quantity, at: int) -> tuple[Quantity, int]:
    """Return the quantity with a bound word that follows its noun ("52 civilians at least"), and the token after."""
    hit = _tables(words).after.match(text, at)
    if hit is None or quantity.value is None or quantity.article:
        return quantity, at
    return _bounded(quantity, [hit[0]]), hit[1]


def _bounded(core: Quantity, bounds: list[Bound]) -> Quantity:
    """Apply bound words to a bare number; the strictest of several ("at least some 50") wins over "about"."""
    if core.fraction is not None:
        more = Bound.MORE_THAN in bounds
        top, bottom, over = core.fraction
        return replace(core, fraction=(top, bottom, over or more))
    strict = [b for b in bounds if b is not Bound.ABOUT] or bounds
    if not strict or core.article:
        return core
    bound, value = strict[0], core.value
    low, high = core.low, core.high
    if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        more = bound is Bound.MORE_THAN and value is not None
        return replace(core, low=None if low is None else low + more, high=None, bound=bound)
    if bound in (Bound.AT_MOST, Bound.LESS_THAN):
        limit = high if high is not None else value
        return replace(core, low=None, high=None if limit is None else limit - (bound is Bound.LESS_THAN), bound=bound)
    return replace(core, bound=Bound.ABOUT if core.bound is Bound.EXACT else core.bound)


def _range(tables: _Tables, text: Sequence[Token], at: int) -> Quantity | None:
    between = at < len(text) and text[at].form in tables.between
    first = _number(tables, text, at + between)
    if first is None or first[1] >= len(text):
        return None
    joint = text[first[1]]
    dash = joint.text in "-–—" and joint.kind == "mark"
    if not dash and joint.form not in tables.range_words:
        return None
    if joint.form in tables.joins and not between:
        return None
    second = _number(tables, text, first[1] + 1)
    if second is None or second[0] <= first[0]:
        return None
    return Quantity(at, second[1], None, first[0], second[0], Bound.RANGE)


def _fraction(tables: _Tables, text: Sequence[Token], at: int) -> Quantity | None:
    if hit := tables.fractions.match(text, at):
        return Quantity(at, hit[1], None, None, None, Bound.FRACTION, (*hit[0], False))
    if word := tables.majority.match(text, at):
        return Quantity(at, word[1], None, None, None, Bound.FRACTION, (1, 2, True))
    return None


def _vague(tables: _Tables, text: Sequence[Token], at: int) -> Quantity | None:
    hit = tables.vague.match(text, at)
    if hit is None:
        return None
    low, high = hit[0]
    return Quantity(at, hit[1], None, low or None, high or None, Bound.VAGUE)


def _single(tables: _Tables, text: Sequence[Token], at: int) -> Quantity | None:
    number = _number(tables, text, at)
    if number is not None:
        return Quantity(at, number[1], number[0], number[0], number[0], Bound.EXACT)
    if at < len(text) and text[at].form in tables.articles:
        return Quantity(at, at + 1, 1, 1, 1, Bound.EXACT, article=True)
    return None


def _number(tables: _Tables, text: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Read digits or number words at token `at`; return the number and the token after it."""
    if at >= len(text):
        return None
    token = text[at]
    if token.kind == "number":
        return _digits(tables, text, at)
    total, current, seen, i = 0, 0, False, at
    while i < len(text):
        form = text[i].form
        prefix = next((p for p in tables.prefixes if form.startswith(p) and form[len(p) :] in tables.units), "")
        parts = [form[len(prefix) :]] if prefix else form.split("-")
        if prefix and seen and current < 20 and tables.units[parts[0]] < 20:
            break
        if text[i].kind == "word" and all(p in tables.units for p in parts):
            current += sum(tables.units[p] for p in parts)
        elif text[i].form in tables.times and (seen or text[i].form in tables.units):
            factor = tables.times[text[i].form]
            current = max(current, 1) * factor
            if factor >= 1000:
                total, current = total + current, 0
        elif not (
            seen
            and text[i].form in tables.joins
            and i + 1 < len(text)
            and text[i + 1].form in tables.units
            and current >= 100
        ):
            break
        seen = True
        i += 1
    if not seen:
        if token.form in tables.articles and at + 1 < len(text) and text[at + 1].form in tables.times:
            return tables.times[text[at + 1].form], at + 2
        return None
    return total + current, i


def _digits(tables: _Tables, text: Sequence[Token], at: int) -> tuple[int, int] | None:
    form = text[at].form
    scale, after = 1, at + 1
    if after < len(text) and text[after].form in tables.times:
        scale, after = tables.times[text[after].form], after + 1
    if _DIGITS.match(form):
        value = float(re.sub(r"\D", "", form))
    elif decimal := _DECIMAL.match(form):
        if scale == 1:
            return None
        value = float(f"{decimal[1]}.{decimal[2]}")
    elif form.isdigit() and len(form) <= 12:
        value = float(form)
    else:
        return None
    return round(value * scale), after
