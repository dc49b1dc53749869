"""A report opened for a reader that brings its own findings: where they stand, what numbers, days and places they name."""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from marsad.model import Bound, Claim, Group, Measure, Modality, Place, Scope, Status, Text, When
from marsad.readers.stated import Stated, stated_in
from marsad.text.actors import actor_called
from marsad.text.dates import dates_in
from marsad.text.gazetteer import Gazetteer
from marsad.text.language import language_of
from marsad.text.lexicon import Lexicon, languages, lexicon, without_article
from marsad.text.phrases import Line
from marsad.text.sentences import Sentence, sentences

LONGEST = 100_000
"""Characters of a report beyond which it is not read: an answer would be cut off, and a parse takes much room."""

_SHOWN = 80


class Unread(Exception):
    """Something that a reader found does not hold, for this reason; it becomes a Rejection and never leaves the room."""


@dataclass(frozen=True)
class Details:
    """What a reader says of a claim besides its words and number; the defaults say that it does not tell."""

    status: Status = Status.UNKNOWN
    group: Group | None = None
    attribution: tuple[str, ...] = ()
    occurred: When | None = None
    place: Place | None = None
    scope: Scope = Scope.INCIDENT
    modality: Modality = Modality.ASSERTED


@dataclass(frozen=True)
class Page:
    """A report, the lexicon of its language, and what its claims carry as their rule: the reader's name and version."""

    report: Text
    words: Lexicon
    gazetteer: Gazetteer
    rule: str

    @staticmethod
    def opened(report: Text, gazetteer: Gazetteer, rule: str) -> "Page":
        """Return the report opened; raises Unread where its language has no lexicon, and where it is too long."""
        lang = report.lang or language_of(report.text)
        if lang not in languages():
            raise Unread(f"no lexicon for language {shown(lang)!r}, so that no number in it can be checked")
        if len(report.text) > LONGEST:
            raise Unread(f"text has {len(report.text):,} characters, more than {LONGEST:,}: split it into reports")
        return Page(report, lexicon(lang), gazetteer, rule)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of the report."""
        return sentences(self.report.text)

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """The countries that the report speaks of, most often named first."""
        lines = (self._line(s.start, s.end) for s in self.sentences)
        named = (self.gazetteer.country_of(t.bare) for line in lines for t in line if t.name)
        return tuple(country for country, _ in Counter(code for code in named if code).most_common())

    @cached_property
    def _read(self) -> dict[int, list[Stated]]:
        return {}

    def sentence_of(self, start: int, end: int) -> Sentence:
        """Return the sentence that holds characters start..end; raises Unread where they run over more than one."""
        at = bisect_right(self.sentences, start, key=lambda sentence: sentence.start) - 1
        if at < 0 or end > self.sentences[at].end:
            raise Unread("the words run over more than one sentence")
        return self.sentences[at]

    def stated(self, start: int, end: int) -> list[Stated]:
        """Return the numbers stated in the sentence of characters start..end that overlap these characters."""
        sentence = self.sentence_of(start, end)
        if sentence.start not in self._read:
            line = self._line(sentence.start, sentence.end)
            self._read[sentence.start] = stated_in(self.words, line, self.report.text, self.report.published)
        return [number for number in self._read[sentence.start] if number.start < end and start < number.end]

    def place(self, name: str) -> Place:
        """Return the place that these words mean in this report."""
        return self.gazetteer.resolve(name, self.countries)

    def when(self, start: int, end: int) -> When | None:
        """Return the first time that characters start..end name, None if they name none that can be told."""
        found = dates_in(self.words, self._line(start, end), self.report.text, self.report.published)
        return found[0].when if found else None

    def speaker(self, *names: str) -> str:
        """Return how marsad calls a speaker who is written in these ways: by the name of the actor that any of them is.

        A speaker whom marsad does not know is called as last written, without an article.
        """
        plain = [without_article(self.words.data, " ".join(name.split())) for name in names]
        actor = next((actor for name in (*names, *plain) if (actor := actor_called(name))), None)
        return actor.origin.name if actor else plain[-1]

    def claim(self, start: int, end: int, measure: Measure, said: Stated, details: Details, score: float) -> Claim:
        """Return the claim that characters start..end make of the number stated in them."""
        quantity = said.quantity
        unknown = quantity.bound is Bound.UNKNOWN and details.modality is Modality.ASSERTED
        return Claim(
            claim_id=Claim.identity(self.report.report_id, start, end, measure),
            report_id=self.report.report_id,
            start=start,
            end=end,
            text=self.report.text[start:end],
            measure=measure,
            value=quantity.value,
            low=quantity.low,
            high=quantity.high,
            bound=quantity.bound,
            status=details.status,
            group=details.group,
            attribution=details.attribution,
            occurred=details.occurred,
            place=details.place,
            perpetrator=None,
            weapon=None,
            scope=details.scope,
            modality=Modality.UNKNOWN if unknown else details.modality,
            subset_of=None,
            same_as=None,
            derived=False,
            rule=self.rule,
            score=score,
        )

    def _line(self, start: int, end: int) -> Line:
        return self.words.line(self.report.text, start, end)


def shown(value: object, longest: int = _SHOWN) -> str:
    """Return a value fit for a message: short, on one line, and nothing in it that a terminal obeys.

    >>> shown("nine\\x1b[2J people")
    'nine\\\\x1b[2J people'
    """
    text = " ".join(str(value)[: longest + 1].split())
    safe = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
    return safe if len(safe) <= longest else f"{safe[:longest]}…"
