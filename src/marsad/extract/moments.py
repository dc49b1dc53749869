"""When: the time that a clause tells, also vague ones that counts have no use for ("in recent months", "still")."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from marsad.extract.clauses import Clause
from marsad.extract.page import Page
from marsad.extract.spans import spans_in
from marsad.model import When
from marsad.text.dates import Mention, usable
from marsad.text.numbers import quantity_at
from marsad.text.phrases import Line

_MONTH = 30.44
"""Days of a mean month."""
_LONGEST = 1200
"""Months back beyond which no war is told of."""
_SAYING_REACH = 3


def moment(page: Page, k: int, clause: Clause, *, opening: bool = True) -> When | None:
    """Return when what a clause tells of happened; None where nothing tells.

    A time in the clause comes before one that opens the sentence, of which only `opening` asks; the time of saying is none.
    "Still" and "now" are the day of publication, a time after "since" or "throughout" runs until then.
    """
    line, published = page.lines[k], usable(page.report.published)
    told = spans_in(page, k, page.dates(k))
    every = [m for m in (*told, *half_years(page, k)) if not _of_saying(page, line, m)]
    inside = [m for m in every if clause.start <= m.first < clause.end]
    if inside:
        near = min(inside, key=lambda m: (_distance(m, clause), m.first))
        return _running(page, line, near, published, clause.start)
    if published is None:
        return None
    vague = page.words.beside.spans.find(line, clause.start, clause.end)
    if vague:
        days, first, after = vague[0]
        start = published - timedelta(days=days)
        return When(start, published, When.precision_of(days), page.slice(k, first, after), against=published)
    now = page.words.beside.phrases("now").find(line, clause.start, clause.end)
    if now:
        return When(published, published, 1, page.slice(k, now[0][1], now[0][2]), against=published)
    through = page.words.beside.phrases("throughout").find(line, clause.after, clause.end)
    later = [m for m in every if through and m.first >= through[0][2]]
    if later:
        return _running(page, line, later[0], published, through[0][1])
    ahead = [m for m in every if m.after <= opening_end(line)] if opening else []
    return _running(page, line, ahead[0], published) if ahead else None


def opening_end(line: Line) -> int:
    """Return the token of the comma that closes the words a sentence opens with ("In June, …"), 0 where none does."""
    return next((at for at, token in enumerate(line[:20]) if token.form in ",،"), 0)


def _distance(mention: Mention, clause: Clause) -> int:
    return mention.first - clause.after if mention.first >= clause.after else clause.first - mention.after + 1


def _running(page: Page, line: Line, mention: Mention, published: date | None, start: int = 0) -> When:
    """Return the time of a mention, until publication where it begins a period that runs on."""
    when = mention.when
    runs = mention.since or page.words.beside.phrases("throughout").find(
        line, max(start, mention.first - 6), mention.first
    )
    if not runs or published is None or when.start > published:
        return when
    precision = When.precision_of((published - when.start).days + 1)
    return replace(when, end=published, precision=precision, against=published)


def _of_saying(page: Page, line: Line, mention: Mention) -> bool:
    """Tell whether a day dates a word of saying right before it: "said on Wednesday"."""
    words = page.words
    if mention.after < len(line) and line[mention.after].form in words.forms("attribution.that"):
        return True
    say = words.section("attribution.say")
    return any(say.match(line, at) for at in range(max(0, mention.first - _SAYING_REACH), mention.first))


def half_years(page: Page, k: int) -> Sequence[Mention]:
    """Return times told in a number and a half of years back: "three and a half years ago", two months' doubt either side."""
    line, published = page.lines[k], usable(page.report.published)
    if published is None:
        return ()
    out = []
    for _, first, after in page.words.beside.phrases("and_a_half").find(line):
        many = quantity_at(page.words, line, first - 1) if first else None
        unit = page.words.data["dates"]["units"].get(line[after].form) if after < len(line) else None
        ago = after + 1 < len(line) and line[after + 1].form in page.words.data["dates"]["ago"]
        if not many or not many.value or not unit or unit < 300 or not ago:
            continue
        months = int(many.value * 12 + 6)
        if months > _LONGEST:
            continue
        middle = published - timedelta(days=round(months * _MONTH))
        slack = timedelta(days=90)
        start, end = middle - slack, min(middle + slack, published)
        when = When(start, end, 5, page.slice(k, first - 1, after + 2), against=published)
        out.append(Mention(first - 1, after + 2, when, since=False))
    return out


def at_saying(page: Page, k: int, first: int, after: int) -> When | None:
    """Return when the word of saying first..after was said: a time right behind it, or one that opens its sentence."""
    line = page.lines[k]
    for mention in page.dates(k):
        near = 0 <= mention.first - after < _SAYING_REACH or 0 <= first - mention.after <= 1
        if near or mention.after <= min(first, opening_end(line)):
            return mention.when
    return None
