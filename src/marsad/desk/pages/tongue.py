"""What the pages of the desk say, in one language: sentences of the catalogue "desk", the record's words for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from markupsafe import Markup, escape

from marsad.desk.pages.refusing import apart
from marsad.model import Bound, Claim
from marsad.publish.site.speaker import Speaker
from marsad.text.actors import actors
from marsad.text.words import catalogue, say

_GAP = "\x00"


@dataclass(frozen=True, slots=True)
class Tongue:
    """Speaks English or Arabic to whoever sits at the desk; numbers and days as the public record writes them."""

    lang: str

    @property
    def site(self) -> Speaker:
        """The voice of the public record: numbers, days, terms."""
        return Speaker(self.lang)

    def __call__(self, key: str, **values: object) -> str:
        """Return a sentence as plain text."""
        return say("desk", self.lang, key, {k: self._filled(v) for k, v in values.items()})

    def html(self, key: str, **values: object) -> Markup:
        """Return a sentence with every value set apart, so that neither turns the other's direction."""
        sentence = say("desk", self.lang, key, {k: f"{_GAP}{k}{_GAP}" for k in values})
        out = Markup()
        for n, piece in enumerate(sentence.split(_GAP)):
            out += escape(piece) if n % 2 == 0 else Markup("<bdi>{}</bdi>").format(self._filled(values[piece]))
        return out

    def because(self, rule: str, values: Mapping[str, object]) -> Markup:
        """Return one sentence of an explanation, every value set apart; a term of a closed list is said in this language."""
        sentence = say("why", self.lang, rule, {k: f"{_GAP}{k}{_GAP}" for k in values})
        out = Markup()
        for n, piece in enumerate(sentence.split(_GAP)):
            out += escape(piece) if n % 2 == 0 else Markup("<bdi>{}</bdi>").format(self._value(piece, values[piece]))
        return out

    def reason(self, key: str) -> str:
        """Return what a likeness of two victim records says."""
        return say("persons", self.lang, f"reason.{key}")

    def conflict(self, key: str) -> str:
        """Return what speaks against two victim records being one person."""
        return say("persons", self.lang, f"conflict.{key}")

    def plain_value(self, value: object) -> str:
        """Return a value of a difference in a few characters; nothing is a dash."""
        if value is None or value == []:
            return "–"
        if isinstance(value, list):
            shown = ", ".join(self.plain_value(one) for one in value[:6])
            return shown + (" …" if len(value) > 6 else "")
        return str(self._filled(value))

    def counted(self, key: str, n: int, **values: object) -> str:
        """Return the form of a sentence that agrees with the number n, which fills its gap `n`."""
        return self(f"{key}.{self.site.plural(n)}", n=n, **values)

    def term(self, group: str, value: object) -> str:
        """Return the word for a value of a closed list; the value itself, readable, where no word is known."""
        key = f"{group}.{value}"
        for room in ("desk", "site"):
            if key in catalogue(room, self.lang):
                return say(room, self.lang, key)
        return str(value).replace("_", " ")

    def deed(self, topic: str, act: str) -> str:
        """Return what somebody did, by topic and act of a statement: "took it", "air strike"; a number's topic as its noun."""
        if act == topic:
            return self.site.term("deed", topic, fallback=self.term("measure", topic))
        return self.site.term("deed", f"{topic}.{act}", fallback=self.term("deed", f"{topic}.{act}"))

    def note(self, note: str) -> Markup:
        """Return what a reader should know of a line of a timeline: a stance, a flag, a grade, what became of it."""
        about, _, code = note.partition(" ")
        if about == "about" and code:
            return self.html("note.about", code=code)
        if self.has(f"note.{note}"):
            return escape(self.term("note", note))
        known = self.term("flag", note) if self.has(f"flag.{note}") else self.term("grade", note)
        return escape(self.site.term("stance", note, fallback=known))

    def named(self, name: str) -> str:
        """Return what a party or a source is called in this language, where marsad knows; its own name otherwise."""
        return (_arabic_names().get(name) if self.lang == "ar" else None) or name

    @staticmethod
    def apart(words: str) -> str:
        """Return words set apart for a place in which no element can be: a label, a title."""
        return apart(words)

    def has(self, key: str) -> bool:
        """Whether the desk has a sentence of that name."""
        return key in catalogue("desk", self.lang)

    def number(self, n: int | None) -> str:
        """Return a number in the reader's digits."""
        return self.site.number(n)

    def percent(self, share: float) -> str:
        """Return a share of 1 in hundredths.

        >>> Tongue("en").percent(0.333), Tongue("ar").percent(0.5)
        ('33 %', '٥٠ ٪')
        """
        return f"{self.number(round(share * 100))} {'٪' if self.lang == 'ar' else '%'}"

    def day(self, day: date | str | None) -> str:
        """Return a day in short with its year."""
        given = date.fromisoformat(day[:10]) if isinstance(day, str) else day
        return self.site.short_day(given, year=True)

    def moment(self, at: datetime) -> str:
        """Return a day and time of day, UTC."""
        return f"{self.day(at.date())} {self.site.digits(f'{at:%H:%M}')} UTC"

    def said(self, claim: Claim) -> str:
        """Return the number that a claim gives with its bound: "≥63", "110–140", "unknown how many"."""
        speaker = self.site
        if claim.bound in (Bound.UNKNOWN, Bound.NONE):
            return speaker.plain(f"said.{claim.bound}")
        if claim.value is None or claim.bound in (Bound.RANGE, Bound.FRACTION, Bound.VAGUE):
            return speaker.range(claim.low, claim.high)
        return speaker.plain(f"said.{claim.bound}", n=claim.value)

    def place(self, row: Mapping[str, object]) -> str:
        """Return the name of a place in the reader's script where it is known, "" where there is none."""
        return str((row.get("place_ar") if self.lang == "ar" else None) or row.get("place") or "")

    def _value(self, gap: str, value: object) -> object:
        if value is None:
            return "?"
        return catalogue("why", self.lang).get(f"{gap}.{value}", self._filled(value))

    def _filled(self, value: object) -> object:
        return self.number(value) if isinstance(value, int) and not isinstance(value, bool) else value


@cache
def _arabic_names() -> Mapping[str, str]:
    return {actor.origin.name: actor.name_ar for actor in actors() if actor.name_ar}
