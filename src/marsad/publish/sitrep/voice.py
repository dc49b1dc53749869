"""How a situation report speaks: sentences as runs, counted people in the form that their number asks for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marsad.publish.public import PublicBound, PublicIncident, PublicStatement
from marsad.publish.site.speaker import Speaker
from marsad.publish.sitrep.blocks import Run, RunKind, Runs
from marsad.text.words import catalogue, say

Ends = tuple[int | None, int | None, int | None]
"""Low, best and high; None where not known."""

_GAP = "\x00"


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks one language."""

    speaker: Speaker

    @property
    def lang(self) -> str:
        """The language as two letters."""
        return self.speaker.lang

    def plain(self, key: str, **values: str) -> str:
        """Return a sentence as plain text."""
        return say("sitrep", self.lang, key, values)

    def runs(self, key: str, **values: "str | Run | Runs") -> Runs:
        """Return a sentence as runs, each gap filled with words, a run or several."""
        return filled(say("sitrep", self.lang, key, {name: f"{_GAP}{name}{_GAP}" for name in values}), values)

    def day(self, day: date | None) -> Run:
        """Return a day in words."""
        return Run(self.speaker.day(day), RunKind.DAY)

    def when(self, incident: PublicIncident) -> Run:
        """Return the time of an incident as precisely as it is known."""
        return Run(self.speaker.when(incident), RunKind.DAY)

    def place(self, incident: PublicIncident) -> Run:
        """Return the place of an incident as it may be told."""
        return Run(self.speaker.place(incident.place), RunKind.NAME)

    def code(self, incident: PublicIncident) -> Run:
        """Return the incident's public code."""
        return Run(str(incident.code), RunKind.NAME)

    def number(self, n: int, note: int, ends: Ends | None = None) -> Run:
        """Return a bare number with its note."""
        return Run(self.speaker.number(n), RunKind.NUMBER, note, ends or (n, n, n))

    def range(self, ends: Ends, note: int) -> Run:
        """Return an interval in figures: "63–209", "63 or more"."""
        return Run(self.range_text(ends), RunKind.NUMBER, note, ends)

    def range_text(self, ends: Ends) -> str:
        """Return an interval in figures as plain text."""
        low, _, high = ends
        if low is None or (low == 0 and high is None):
            return self.plain("range.unknown")
        if high is None:
            return self.plain("range.from", low=self.speaker.number(low))
        if low == high:
            return self.speaker.number(low)
        return self.plain("range.span", low=self.speaker.number(low), high=self.speaker.number(high))

    def counted(self, noun: str, n: int, note: int) -> Runs:
        """Return so many of what the noun names, in the form that agrees with the number."""
        return self._form(noun, n, note, (n, n, n))

    def people(self, noun: str, ends: Ends, note: int) -> Runs:
        """Return an interval of people in words: "between 63 and 209 people", "at least 13 children", "ما بين ٦٣ و٢٠٩ أشخاص".

        The noun agrees with the number that it follows.
        """
        low, _, high = ends
        if low is None or (low == 0 and high is None):
            return (Run(self.plain(f"{noun}.unknown"), RunKind.NUMBER, note, ends),)
        if high is None:
            return self.runs(f"{noun}.at_least", n=self._form(noun, low, note, ends))
        if low == high:
            return self._form(noun, low, note, ends)
        if low == 0:
            return self.runs(f"{noun}.up_to", n=self._form(noun, high, note, ends))
        first = Run(self.speaker.number(low), RunKind.NUMBER, note, ends, mark=False)
        return self.runs(f"{noun}.between", low=first, high=self._form(noun, high, note, ends, after_range=True))

    def said(self, statement: PublicStatement, note: int) -> Run:
        """Return the number that a statement gives, as it bounds it."""
        ends = (statement.low, statement.value, statement.high)
        return Run(self.said_text(statement), RunKind.NUMBER, note, ends)

    def said_text(self, statement: PublicStatement) -> str:
        """Return the number that a statement gives, in words: "at least 63", "24–99", "an unknown number"."""
        number, bound = statement.value, statement.bound
        if bound in (PublicBound.UNKNOWN, PublicBound.NONE):
            return self.plain(f"said.{bound}")
        if number is None or bound in (PublicBound.RANGE, PublicBound.FRACTION, PublicBound.VAGUE):
            return self.range_text((statement.low, None, statement.high))
        return self.plain(f"said.{bound}", n=self.speaker.number(number))

    def what(self, measure: str, category: str) -> str:
        """Return what is counted in a few words: "killed", "killed, children"."""
        words = self.speaker.term("term", measure)
        if category == "total":
            return words
        return words + self.speaker.plain("site.comma") + self.speaker.term("term", category, category)

    def joined(self, parts: Sequence[Runs], key: str = "site.comma") -> Runs:
        """Return runs with the language's comma between them."""
        between = Run(self.speaker.plain(key))
        return tuple(run for n, part in enumerate(parts) for run in ((between, *part) if n else part))

    def _form(self, noun: str, n: int, note: int, ends: Ends, after_range: bool = False) -> Runs:
        """Return the number with its noun; a form that says the number in words ("شخصان") is itself the number."""
        if after_range and self.speaker.rtl and n < 3:  # a range ends in a figure, and no noun stands behind 1 or 2
            return (Run(self.speaker.number(n), RunKind.NUMBER, note, ends), Run(" " + self.plain(f"{noun}.of")))
        key = f"{noun}.{self.speaker.plural(n)}"
        if key not in catalogue("sitrep", self.lang):
            key = f"{noun}.zero" if n == 0 and f"{noun}.zero" in catalogue("sitrep", self.lang) else f"{noun}.other"
        if n == 0 and f"{noun}.zero" in catalogue("sitrep", self.lang):
            key = f"{noun}.zero"
        sentence = catalogue("sitrep", self.lang)[key]
        if "{n}" not in sentence:
            return (Run(sentence, RunKind.NUMBER, note, ends),)
        return self.runs(key, n=Run(self.speaker.number(n), RunKind.NUMBER, note, ends))


def filled(sentence: str, values: "dict[str, str | Run | Runs]") -> Runs:
    """Return the runs of a sentence whose gaps stand between NUL characters."""
    out: list[Run] = []
    for n, piece in enumerate(re.split(f"{_GAP}(.*?){_GAP}", sentence)):
        if n % 2 == 0:
            out += [Run(piece)] if piece else []
            continue
        value = values[piece]
        out += [Run(value)] if isinstance(value, str) else [value] if isinstance(value, Run) else value
    return tuple(out)
