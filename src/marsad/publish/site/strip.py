"""The claim strip: one axis of numbers, a lane for each origin, its reprints as ticks, what each policy makes of it."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from marsad.publish.public import (
    PublicBound,
    PublicFigure,
    PublicIncident,
    PublicMeasure,
    PublicModality,
    PublicRole,
    PublicStanding,
    PublicStatement,
)
from marsad.publish.site.draw import Canvas, Scale, el, fitted, group, isolated, joined, ticks, top_of, width_of
from marsad.publish.site.speaker import Speaker
from marsad.publish.site.strip_rows import Lane, Row, is_hollow, is_struck, is_unplaced, rows_of

TEXT, SMALL = 14.0, 12.0
_OPEN_ABOVE = (PublicBound.AT_LEAST, PublicBound.MORE_THAN)
_OPEN_BELOW = (PublicBound.AT_MOST, PublicBound.LESS_THAN)
_ARROW = 24.0
"""How far the arrow of "that many or more" reaches, whatever the axis: how many more nobody said."""

Taken = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Form:
    """How a strip is laid out: where the axis runs, whether names stand beside a lane or above it, how high all is."""

    name: str
    width: float
    left: float
    right: float
    beside: bool
    lane: float
    bar: float
    ticks: int


WIDE = Form("wide", 840, 276, 800, beside=True, lane=38, bar=22, ticks=8)
NARROW = Form("narrow", 358, 8, 328, beside=False, lane=44, bar=38, ticks=5)


def claim_strip(incident: PublicIncident, speaker: Speaker) -> Markup:
    """Return the strip for wide and for narrow screens; the style sheet shows one. Empty if nothing is said."""
    rows = rows_of(incident)
    return joined(Strip(form, speaker, rows).drawing() for form in (WIDE, NARROW) if rows)


class Strip:
    """Draws one strip in one form; each measure has an axis of its own."""

    def __init__(self, form: Form, speaker: Speaker, rows: list[Row]) -> None:
        self.form, self.speaker, self.rows = form, speaker, rows
        self.canvas = Canvas(form.width, speaker.rtl)
        self.room = form.left - 16 if form.beside else form.width
        self.scale = Scale(1, form.left, form.right)

    def drawing(self) -> Markup:
        """Return the strip as one SVG element."""
        y = 0.0
        parts: list[Markup] = []
        for measure, found in groupby(self.rows, key=lambda row: row.measure):
            rows = list(found)
            numbers = [n for row in rows for n in row.points]
            open_ = any(figure.high is None and figure.low is not None for row in rows for figure in row.figures)
            top = top_of(numbers, (n for row in rows for n in row.reaches))
            self.scale = Scale(round(top * 1.25) + 1 if open_ else top, self.form.left, self.form.right)
            if parts:
                parts.append(self.canvas.line(0, y + 4, self.form.width, y + 4, "rule"))
                y += 14
            above, drawn = y, []
            y += 24 if numbers else 8
            for n, row in enumerate(rows):
                part, height = self._row(row, y, first=n == 0)
                drawn.append(part)
                y += height
            parts += [self._axis(above, y) if numbers else Markup(), *drawn]
            y += 24 if measure is PublicMeasure.KILLED else 4
        label = self.speaker.plain("strip.label")
        return self.canvas.sheet(y, label, f"strip {self.form.name}", *parts)

    def _axis(self, top: float, bottom: float) -> Markup:
        numbers = ticks(self.scale.top, self.form.ticks)
        parts = [self.canvas.paths([[(self.scale(n), top + 18), (self.scale(n), bottom)] for n in numbers], "grid")]
        ends = (top + 12, bottom + 14) if bottom - top > 400 else (top + 12,)
        parts += [
            self.canvas.text(self.scale(n), y, self.speaker.number(n), "tick", "middle") for n in numbers for y in ends
        ]
        return joined(parts)

    def _row(self, row: Row, y: float, first: bool) -> tuple[Markup, float]:
        top = y
        parts = [] if first else [self.canvas.line(0, y, self.form.width, y, "hairline")]
        title = self.speaker.counted_what(row.measure, row.category)
        parts.append(self.canvas.text(0, y + 22, fitted(title, 15, self.room), "row-title"))
        y += 32
        lanes_from, drawn = y, []
        for lane in row.lanes:
            drawn.append(self._lane(lane, row, y))
            y += self.form.lane
        if row.lanes:
            bands = dict.fromkeys((f.low, f.high) for f in row.figures if f.low is not None and not f.suppressed)
            parts += [self._band(low, high, lanes_from, y) for low, high in bands]
            bests = sorted({f.best for f in row.figures if f.best is not None and f.low != f.high})
            parts.append(self.canvas.paths([[(self.scale(n), lanes_from), (self.scale(n), y)] for n in bests], "best"))
        for figure in row.figures:
            drawn.append(self._policy(figure, y))
            y += self.form.bar
        return group(*parts, *drawn, class_=f"c-{row.colour}"), y + 10 - top

    def _band(self, low: int, high: int | None, top: float, bottom: float) -> Markup:
        end = self.scale.top if high is None else high
        return self.canvas.box(self.scale(low), top, self.scale(end), bottom - top, "band")

    def _policy(self, figure: PublicFigure, y: float) -> Markup:
        """One policy's figure: its name, the bar from low to high with a tick at best, and the range in words."""
        form, speaker = self.form, self.speaker
        at = y + (11 if form.beside else 27)
        name = speaker.term("policy_short", figure.policy, fallback=str(figure.policy))
        words = speaker.figure_with_best(figure)
        parts = [self.canvas.text(0, at + 4 if form.beside else y + 15, fitted(name, 13, self.room), "policy")]
        start, end = self._reach(figure)
        size = width_of(words, 13) + 10
        if not form.beside:
            parts.append(self.canvas.text(form.width, y + 15, words, "policy range", "end"))
        elif end + size < form.width:
            parts.append(self.canvas.text(end + 10, at + 4, words, "policy range"))
        elif start - size > form.left:
            parts.append(self.canvas.text(start - 10, at + 4, words, "policy range", "end"))
        else:
            parts.append(self.canvas.text(self.room, at + 4, words, "policy range", "end"))
        parts.append(self._bar(figure, at))
        if figure.why is None:
            return joined(parts)
        return el("a", *parts, href=f"#why-{figure.policy}-{figure.measure}-{figure.category}")

    def _reach(self, figure: PublicFigure) -> tuple[float, float]:
        """From where to where a figure's bar runs; the whole axis where there is no figure."""
        if figure.low is None or figure.suppressed:
            return self.scale(0), self.scale(self.scale.top)
        if figure.high is None:
            return self.scale(figure.low), max(self.scale(figure.low) + _ARROW, self.scale(self.scale.top)) + 8
        return self.scale(figure.low), self.scale(figure.high)

    def _bar(self, figure: PublicFigure, at: float) -> Markup:
        canvas, (start, end) = self.canvas, self._reach(figure)
        if figure.low is None or figure.suppressed:
            return canvas.box(start, at - 5, end, 10, "slot")
        if figure.low == figure.high:
            return canvas.box(start - 2.5, at - 7, start + 2.5, 14, "point")
        if figure.standing is PublicStanding.STATED_UNKNOWN:
            return _hatched(canvas, start, at - 5, end, 10)
        bar = canvas.box(start, at - 5, end if figure.high is not None else end - 8, 10, "bar")
        if figure.high is None or self.scale.beyond(figure.high):
            bar += canvas.arrow(end - 6, at, end, "more")
        if figure.best is not None:
            x = self.scale(figure.best)
            bar += canvas.box(x - 1.5, at - 8, x + 1.5, 16, "best-tick")
        return bar

    def _lane(self, lane: Lane, row: Row, y: float) -> Markup:
        form, speaker = self.form, self.speaker
        at = y + (form.lane / 2 - 2 if form.beside else 30)
        taken: Taken = [self._extent(mark) for mark in lane.marks if not is_unplaced(mark)]
        chief_first = sorted(lane.marks, key=lambda mark: mark is not lane.chief)
        drawn = [self._mark(mark, at, taken, lane, row) for mark in chief_first]
        name, note = speaker.origin(lane.origin), self._note(lane)
        if drawn and not drawn[0][1]:
            note = f"{speaker.said(chief_first[0])} · {note}"
        if form.beside:
            label = self.canvas.text(0, at - 3, fitted(name, TEXT, self.room), "who")
            label += self.canvas.text(0, at + 13, fitted(note, SMALL, self.room), "note")
        else:
            label = self.canvas.text(0, y + 16, fitted(name, TEXT, form.width - width_of(note, SMALL) - 14), "who")
            label += self.canvas.text(form.width, y + 16, note, "note", "end")
        return joined([label, self._copies(lane, at), *(mark for mark, _ in drawn)])

    def _note(self, lane: Lane) -> str:
        """The day of the number that counts, and how often it was reprinted."""
        day = self.speaker.short_day(lane.chief.published)
        if not lane.copies:
            return day
        return f"{day} · {self.speaker.counted_plain('strip.copies', len(lane.copies))}"

    def _copies(self, lane: Lane, at: float) -> Markup:
        """Reprints as ticks beneath the number that they print."""
        numbers = [next((n for n in (c.value, c.low, c.high) if n is not None), None) for c in lane.copies]
        lines = []
        for x, n in sorted(Counter(self.scale(number) for number in numbers if number is not None).items()):
            step = min(4.0, 60 / n)
            first = max(self.form.left, x - step * (n - 1) / 2)
            lines += [[(first + k * step, at + 8), (first + k * step, at + 14)] for k in range(n)]
        return self.canvas.paths(lines, "copy")

    def _mark(self, mark: PublicStatement, at: float, taken: Taken, lane: Lane, row: Row) -> tuple[Markup, bool]:
        """One number of one origin, and whether it says itself: dot, arrow, range or hatching, and words where there is room."""
        if is_unplaced(mark):
            shape, words = self._unplaced(mark, at, taken, row)
        else:
            shape, words = self._shape(mark, at), self._words(mark, at, taken)
        told = [] if words else [self._title(mark, lane)]
        return el("a", *told, shape, words, href=f"#{mark.id}", class_=_class(mark)), bool(words)

    def _title(self, mark: PublicStatement, lane: Lane) -> Markup:
        """What a mark says that has no words beside it."""
        who, number = self.speaker.origin(lane.origin), self.speaker.said(mark)
        day = self.speaker.short_day(mark.published)
        return el("title", self.speaker.plain("strip.mark", who=isolated(who), number=number, day=day))

    def _unplaced(self, mark: PublicStatement, at: float, taken: Taken, row: Row) -> tuple[Markup, Markup]:
        """A slot for a withheld number, hatching for one that nobody knows, as far as arithmetic lets it reach; and words."""
        bounds = [n for n in (mark.high, *(figure.high for figure in row.figures)) if n is not None]
        end = self.scale(self.scale.top if mark.suppressed or not bounds else min(bounds))
        shape = _hatched(self.canvas, self.scale(0), at - 5, end, 10)
        if mark.suppressed:
            shape = self.canvas.box(self.scale(0), at - 5, end, 10, "slot")
        words = self.speaker.said(mark)
        size = width_of(words, TEXT)
        for x, style in ((end + 8, "said"), (self.scale(0) + 8, "said halo")):
            if x + size < self.form.width and self._is_free(x, x + size, taken):
                taken += [(x, x + size), (self.scale(0), end)]
                return shape, self.canvas.text(x, at + 5, words, style)
        taken.append((self.scale(0), end))
        return shape, Markup()

    def _is_free(self, start: float, end: float, taken: Taken) -> bool:
        return all(end < other[0] or start > other[1] for other in taken)

    def _shape(self, mark: PublicStatement, at: float) -> Markup:
        canvas, scale = self.canvas, self.scale
        if mark.value is None:
            return self._span(mark, at)
        x, shape = scale(mark.value), Markup()
        if mark.role is not PublicRole.SUPERSEDED and mark.bound in _OPEN_ABOVE:
            shape += canvas.arrow(x, at, x + _ARROW, "whisker")
        elif mark.role is not PublicRole.SUPERSEDED and mark.bound in _OPEN_BELOW:
            shape += canvas.arrow(x, at, max(x - _ARROW, scale(0) - 4), "whisker")
        shape += canvas.dot(x, at, 4 if mark.role is PublicRole.SUPERSEDED else 5.5, "dot")
        return shape + canvas.line(x - 6, at + 6, x + 6, at - 6, "strike") if is_struck(mark) else shape

    def _span(self, mark: PublicStatement, at: float) -> Markup:
        """A range without a number of its own: a line from low to high with caps, dashed where only a word gives it."""
        low, high = self._extent(mark)
        vague = mark.bound in (PublicBound.VAGUE, PublicBound.FRACTION)
        caps = [[(low, at - 5), (low, at + 5)]]
        if mark.high is None or self.scale.beyond(mark.high):
            return self.canvas.arrow(low, at, high, "whisker") + self.canvas.paths(caps, "cap")
        caps.append([(high, at - 5), (high, at + 5)])
        return self.canvas.line(low, at, high, at, "span vague" if vague else "span") + self.canvas.paths(caps, "cap")

    def _words(self, mark: PublicStatement, at: float, taken: Taken) -> Markup:
        """The number in words before or after its mark; nothing where there is no room: the title has it in any case."""
        words = self.speaker.said(mark)
        if mark.modality in (PublicModality.DENIED, PublicModality.RETRACTED):
            words = self.speaker.plain(f"strip.{mark.modality}", number=words)
        size = width_of(words, TEXT)
        start, end = self._extent(mark)
        before, after = (start - 8 - size, start - 8), (end + 8, end + 8 + size)
        limit = self.form.left - 12 if self.form.beside else 0.0
        for a, b in (before, after) if mark.bound in _OPEN_ABOVE else (after, before):
            if a >= limit and b <= self.form.width and self._is_free(a, b, taken):
                taken.append((a, b))
                if (a, b) == after:
                    return self.canvas.text(a, at + 5, words, "said")
                return self.canvas.text(b, at + 5, words, "said", "end")
        return Markup()

    def _extent(self, mark: PublicStatement) -> tuple[float, float]:
        """From where to where the shape of a mark reaches."""
        if mark.value is not None:
            x = self.scale(mark.value)
            live = mark.role is not PublicRole.SUPERSEDED
            above = _ARROW if live and mark.bound in _OPEN_ABOVE else 6
            return x - (_ARROW if live and mark.bound in _OPEN_BELOW else 6), x + above
        low = self.scale(mark.low or 0)
        if mark.high is None:
            return low, low + _ARROW
        return low, self.scale(mark.high) + (8 if self.scale.beyond(mark.high) else 0)


def _class(mark: PublicStatement) -> str:
    states = [("hollow", is_hollow(mark)), ("old", mark.role is PublicRole.SUPERSEDED)]
    return " ".join(["mark", *(name for name, true in states if true)])


def _hatched(canvas: Canvas, x1: float, y: float, x2: float, height: float) -> Markup:
    left = min(canvas.x(x1), canvas.x(x2))
    return el("rect", x=left, y=y, width=max(abs(x2 - x1), 1), height=height, fill="url(#hatch)", class_="hatched")
