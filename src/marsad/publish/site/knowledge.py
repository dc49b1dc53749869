"""How knowledge grew: the numbers that each origin gave, day by day, and at the edge what is counted now."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from marsad.publish.public import (
    PublicBound,
    PublicCategory,
    PublicIncident,
    PublicMeasure,
    PublicModality,
    PublicRole,
    PublicScope,
    PublicStatement,
    PublicText,
)
from marsad.publish.site.draw import Canvas, el, fitted, group, isolated, joined, spread, ticks, top_of, width_of
from marsad.publish.site.speaker import Speaker

_TOP = 12.0


@dataclass(frozen=True, slots=True)
class Form:
    """How the chart is laid out: its size, where the plot runs, how far apart names at the edge stand."""

    name: str
    width: float
    left: float
    right: float
    bottom: float
    gap: float
    size: float


WIDE = Form("wide", 840, 40, 500, 280, 20, 14)
NARROW = Form("narrow", 358, 32, 196, 300, 34, 13)


@dataclass(frozen=True, slots=True)
class Voice:
    """One origin's numbers in the order in which it gave them."""

    name: str
    said: tuple[PublicStatement, ...]

    @property
    def last(self) -> PublicStatement:
        """What it says now: the last number that still stands, else the last."""
        standing = [one for one in self.said if not _withdrawn(one)]
        return (standing or list(self.said))[-1]


def knowledge_chart(incident: PublicIncident, speaker: Speaker, until: date) -> Markup:
    """Return the chart of everybody killed; empty where fewer than two dated numbers were given."""
    voices = _voices(incident, speaker)
    dated = [one.published for voice in voices for one in voice.said if one.published is not None]
    if len(dated) < 2:
        return Markup()
    first, last = min(dated), max(*dated, min(until, max(dated) + timedelta(days=2)))
    days = (first, last)
    return joined(_Chart(form, incident, speaker, voices, days).drawing() for form in (WIDE, NARROW))


class _Chart:
    def __init__(
        self, form: Form, incident: PublicIncident, speaker: Speaker, voices: list[Voice], days: tuple[date, date]
    ) -> None:
        self.form, self.speaker, self.voices = form, speaker, voices
        self.first, self.last = days
        self.canvas = Canvas(form.width, speaker.rtl)
        self.figures = [f for f in incident.figures if _is_all_killed(f.measure, f.category) and f.low is not None]
        numbers = [_number(one) for voice in voices for one in voice.said]
        numbers += [n for f in self.figures for n in (f.low, f.best, f.high)]
        self.top = top_of(n for n in numbers if n is not None)

    def x(self, day: date) -> float:
        days = max((self.last - self.first).days, 1)
        return self.form.left + (self.form.right - self.form.left) * (day - self.first).days / days

    def y(self, n: int) -> float:
        return self.form.bottom - (self.form.bottom - _TOP) * min(n, self.top) / self.top

    def drawing(self) -> Markup:
        ends = [self.y(_number(voice.last) or 0) for voice in self.voices]
        places = spread(ends, self.form.gap, _TOP + 2, self.form.bottom - 2)
        lines = [self._voice(voice, end, place) for voice, end, place in zip(self.voices, ends, places, strict=True)]
        label = self.speaker.plain("knowledge.label")
        return self.canvas.sheet(
            self.form.bottom + 26, label, f"knowledge {self.form.name}", self._axes(), self._now(), *lines
        )

    def _axes(self) -> Markup:
        parts = []
        for n in ticks(self.top, 6):
            parts.append(self.canvas.line(self.form.left, self.y(n), self.form.right, self.y(n), "grid"))
            parts.append(self.canvas.text(self.form.left - 6, self.y(n) + 4, self.speaker.number(n), "tick", "end"))
        days = sorted({self.first, self.last, self.first + (self.last - self.first) / 2})
        if (self.last - self.first).days < 3:
            days = sorted({self.first, self.last})
        for k, day in enumerate(days):
            anchor = None if k == 0 else "end" if k == len(days) - 1 else "middle"
            x, bottom = self.x(day), self.form.bottom
            parts.append(self.canvas.line(x, bottom, x, bottom + 5, "grid"))
            parts.append(self.canvas.text(x, bottom + 20, self.speaker.short_day(day), "tick", anchor))
        return group(*parts, class_="axis")

    def _now(self) -> Markup:
        """What each policy counts now, as a bar at the edge with a tick at best."""
        parts = []
        for k, figure in enumerate(self.figures[:3]):
            x = self.form.right + 5 + 7 * k
            high = self.y(self.top if figure.high is None else figure.high)
            parts.append(self.canvas.box(x, high, x + 4, max(self.y(figure.low or 0) - high, 2), "bar"))
            if figure.best is not None:
                parts.append(self.canvas.box(x - 1.5, self.y(figure.best) - 1, x + 5.5, 2, "best-tick"))
        return group(*parts, class_="now c-killed")

    def _voice(self, voice: Voice, end: float, place: float) -> Markup:
        parts, at = [], None
        for one in voice.said:
            n = _number(one)
            if n is None or one.published is None:
                continue
            x, y = self.x(one.published), self.y(n)
            if at is not None and not _withdrawn(one):
                parts.append(self.canvas.path([at, (x, at[1]), (x, y)], "step"))
            parts.append(self.canvas.dot(x, y, 4, "dot old" if one is not voice.last or _withdrawn(one) else "dot"))
            if _withdrawn(one):
                parts.append(self.canvas.line(x - 6, y + 6, x + 6, y - 6, "strike"))
            else:
                at = (x, y)
        edge = self.form.right + 5 + 7 * min(len(self.figures), 3)
        if at is not None:
            parts.append(self.canvas.path([at, (self.form.right, at[1])], "step"))
        parts.append(self.canvas.path([(edge, end), (edge + 8, place)], "leader"))
        parts += self._label(voice, edge + 12, place)
        return el("a", *parts, href=f"#{voice.last.id}", class_="withdrawn" if _withdrawn(voice.last) else None)

    def _label(self, voice: Voice, x: float, y: float) -> list[Markup]:
        """The number and who gave it: on one line where there is room, else on two."""
        number, size, room = self.speaker.said(voice.last), self.form.size, self.form.width - x
        if self.form is NARROW:
            return [
                self.canvas.text(x, y - 1, number, "said"),
                self.canvas.text(x, y + 14, fitted(voice.name, 12, room), "note"),
            ]
        name = fitted(voice.name, size, room - width_of(number, size + 1) - 6)
        return [self.canvas.text(x, y + 5, el("tspan", number, class_="said") + f" {isolated(name)}", "end-label")]


def _voices(incident: PublicIncident, speaker: Speaker) -> list[Voice]:
    origins = {origin.id: origin for origin in incident.origins}
    said: dict[PublicText, list[PublicStatement]] = defaultdict(list)
    for one in incident.statements:
        fits = _is_all_killed(one.measure, one.category) and one.scope is PublicScope.INCIDENT and not one.part
        beside = one.role is PublicRole.CONTEXT and not _withdrawn(one)
        told = one.role is not PublicRole.COPY and not beside
        if fits and told and one.published is not None and _number(one) is not None:
            said[one.origin].append(one)
    return [Voice(speaker.origin(origins[key]), tuple(of)) for key, of in said.items()]


def _is_all_killed(measure: PublicMeasure, category: PublicCategory) -> bool:
    return measure is PublicMeasure.KILLED and category is PublicCategory.TOTAL


def _withdrawn(statement: PublicStatement) -> bool:
    return statement.modality in (PublicModality.DENIED, PublicModality.RETRACTED)


def _number(statement: PublicStatement) -> int | None:
    """The number by which a statement is placed: as said, else the lowest that its words bear out."""
    if statement.suppressed or statement.bound is PublicBound.UNKNOWN:
        return None
    return statement.value if statement.value is not None else statement.low
