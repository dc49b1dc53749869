"""The notes of a situation report: each number's explanation, made once and numbered as numbers come up."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from marsad.publish.public import (
    PublicFigure,
    PublicIncident,
    PublicOrigin,
    PublicRole,
    PublicStatement,
    PublicStep,
)
from marsad.publish.sitrep.blocks import Note, Run, RunKind, Runs
from marsad.publish.sitrep.voice import Ends, Voice

MOST = 1000
"""Incidents that one note names; a longer list ends in how many more there are."""

Part = tuple[PublicIncident, PublicFigure | None]


def ends_of(figure: PublicFigure) -> Ends:
    """Return low, best and high of a figure."""
    return figure.low, figure.best, figure.high


@dataclass(slots=True)
class Notes:
    """Collects notes; asked twice for the same explanation it gives the same number."""

    voice: Voice
    first: date
    made: list[Note] = field(default_factory=list)
    _numbers: dict[tuple[str, ...], int] = field(default_factory=dict)

    def figure(self, incident: PublicIncident, figure: PublicFigure, before: bool = False) -> int:
        """Return the note that explains a figure; with `before`, as it stood before the first day of the report."""
        key = ("figure", str(incident.code), figure.policy, figure.measure, figure.category, str(before))
        if key in self._numbers:
            return self._numbers[key]
        voice = self.voice
        about = voice.runs(
            "note.figure", what=voice.what(figure.measure, figure.category), incident=voice.code(incident)
        )
        lines = [self._range(figure, before), *self._why(incident, figure.why)]
        lines += [self._spoken(incident, one) for one in _behind(incident, figure)]
        return self._add(key, about, lines)

    def total(self, name: str, what: str, parts: Sequence[Part]) -> int:
        """Return the note of a sum over incidents, which names each of them with its part; None: no number of its own."""
        counted = [part for part in parts if part[1] is not None]
        about = self.voice.runs("note.sum", what=what, n=self._bare("parts", len(counted)))
        return self._list(("total", name), about, parts)

    def count(self, name: str, what: str, incidents: Sequence[PublicIncident]) -> int:
        """Return the note of a number of incidents, which names them."""
        return self._list(("count", name), self.voice.runs("note.count", what=what), [(one, None) for one in incidents])

    def statement(self, incident: PublicIncident, statement: PublicStatement) -> int:
        """Return the note that says who said a number, in which words, where and when."""
        key = ("statement", str(incident.code), str(statement.id))
        if key in self._numbers:
            return self._numbers[key]
        origin = Run(self.voice.speaker.origin(_origin(incident, statement)), RunKind.NAME)
        about = self.voice.runs("note.statement", origin=origin, incident=self.voice.code(incident))
        return self._add(key, about, [self._spoken(incident, statement)])

    def origins(self, incident: PublicIncident) -> int:
        """Return the note of a number of independent origins, which says why the incident has its grade and names them."""
        key = ("origins", str(incident.code))
        if key in self._numbers:
            return self._numbers[key]
        about = (self.voice.code(incident),)
        named = [(Run(self.voice.speaker.origin(one), RunKind.NAME),) for one in counted_origins(incident)]
        return self._add(key, about, [*self._why(incident, incident.why_grade), self.voice.joined(named)])

    def withheld(self, reason: str, sentence: str) -> int:
        """Return the note of a number of incidents that are held back: nothing is said of them but why."""
        key = ("withheld", reason)
        return self._numbers.get(key) or self._add(key, (Run(sentence),), [(Run(sentence),)])

    def copies(self, incident: PublicIncident, statements: Sequence[PublicStatement]) -> int:
        """Return the note that lists further reports of an incident: who is repeated, where."""
        key = ("copies", str(incident.code))
        if key in self._numbers:
            return self._numbers[key]
        return self._add(key, (self.voice.code(incident),), [self._spoken(incident, one) for one in statements])

    def _list(self, key: tuple[str, ...], about: Runs, parts: Sequence[Part]) -> int:
        if key in self._numbers:
            return self._numbers[key]
        named = [self._part(*part) for part in parts[:MOST]]
        if len(parts) > MOST:
            named.append(self.voice.runs("note.more", n=self.voice.speaker.number(len(parts) - MOST)))
        return self._add(key, about, [self.voice.joined(named, "site.semicolon")] if named else [])

    def _part(self, incident: PublicIncident, figure: PublicFigure | None) -> Runs:
        if figure is None:
            return (self.voice.code(incident),)
        range_ = Run(self.voice.range_text(ends_of(figure)))
        return self.voice.runs("note.each", incident=self.voice.code(incident), range=range_)

    def _range(self, figure: PublicFigure, before: bool) -> Runs:
        ends = ends_of(figure)
        words = self.voice.range_text(ends)
        if figure.best is not None and figure.low != figure.high:
            words = self.voice.speaker.plain("figure.with_best", range=words, best=figure.best)
        policy = self.voice.speaker.term("policy_short", figure.policy, str(figure.policy))
        if before:
            return self.voice.runs("note.before", day=self.voice.day(self.first), range=words, policy=policy)
        return self.voice.runs("note.range", range=words, policy=policy)

    def _why(self, incident: PublicIncident, step: PublicStep | None) -> Iterator[Runs]:
        """Yield one line for each step of an explanation, parents first."""
        if step is None:
            return
        origins: Mapping[str, PublicOrigin] = {origin.id: origin for origin in incident.origins}
        speaker = self.voice.speaker
        values = {str(value.name): speaker.value(value, origins) for value in step.values}
        with suppress(KeyError):  # a step that may not be told has no sentence
            yield (Run(speaker.explain(self.voice.lang, step.key, values)),)
        for below in step.steps:
            yield from self._why(incident, below)

    def _spoken(self, incident: PublicIncident, statement: PublicStatement) -> Runs:
        """Return who said it: the number, the words, the outlet and its day, the report's hash and address."""
        voice, origin = self.voice, _origin(incident, statement)
        name = Run(voice.speaker.origin(origin), RunKind.NAME)
        parts = [voice.runs("note.said", origin=name, number=voice.said_text(statement))]
        if statement.words is not None:
            parts.append(voice.runs("note.words", words=Run(str(statement.words), RunKind.QUOTE)))
        if statement.outlet is not None:
            outlet = Run(str(statement.outlet), RunKind.NAME)
            parts.append(voice.runs("note.in", outlet=outlet, day=voice.day(statement.published)))
        elif statement.published is not None:
            parts.append((voice.day(statement.published),))
        if statement.derived:
            parts.append((Run(voice.plain("note.derived")),))
        if statement.evidence is not None:
            parts.append(voice.runs("note.hash", hash=Run(str(statement.evidence), RunKind.HASH)))
        if statement.address is not None:
            parts.append((Run(str(statement.address), RunKind.LINK),))
        return voice.joined(parts)

    def _bare(self, noun: str, n: int) -> Runs:
        """Return a counted noun within a note, where numbers need no note of their own."""
        return tuple(Run(run.text) for run in self.voice.counted(noun, n, 0))

    def _add(self, key: tuple[str, ...], about: Runs, lines: Sequence[Runs]) -> int:
        number = self._numbers[key] = len(self.made) + 1
        told = tuple(line for line in lines if line) or ((Run(self.voice.plain("note.none")),),)
        self.made.append(Note(number, about, told))
        return number


def counted_origins(incident: PublicIncident) -> list[PublicOrigin]:
    """Return the origins of whom a number is counted, in the order of the record."""
    counted = {one.origin for one in incident.statements if one.role is PublicRole.COUNTED}
    return [origin for origin in incident.origins if origin.id in counted]


def _origin(incident: PublicIncident, statement: PublicStatement) -> PublicOrigin:
    return next(origin for origin in incident.origins if origin.id == statement.origin)


def _behind(incident: PublicIncident, figure: PublicFigure) -> list[PublicStatement]:
    """Return the counted statements of what a figure counts."""
    return [
        one
        for one in incident.statements
        if (one.measure, one.category) == (figure.measure, figure.category)
        and one.role is PublicRole.COUNTED
        and not one.suppressed
    ]
