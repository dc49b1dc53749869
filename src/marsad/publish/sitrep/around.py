"""The sections of a situation report around the toll: what is contested, what changed, what moved, what is not known."""

from collections.abc import Sequence
from datetime import date

from marsad.publish.public import (
    PublicCategory,
    PublicFigure,
    PublicGrade,
    PublicIncident,
    PublicMeasure,
    PublicModality,
    PublicRelease,
    PublicStanding,
    PublicStatement,
)
from marsad.publish.sitrep.blocks import Block, Paragraph, Run, RunKind, Runs, Style
from marsad.publish.sitrep.notes import Notes, ends_of
from marsad.publish.sitrep.sums import COMBATANTS, parts_of, told


class Around:
    """Tells what surrounds the toll of the chosen incidents."""

    def __init__(self, inside: Sequence[PublicIncident], policy: str, notes: Notes) -> None:
        self._inside, self._policy, self._notes, self._voice = inside, policy, notes, notes.voice

    def contested(self) -> list[Block]:
        """Return incidents whose perpetrator is contested, denials, and numbers that were withdrawn."""
        voice, out = self._voice, list[Runs]()
        for incident in self._inside:
            code = voice.code(incident)
            if incident.grade is PublicGrade.CONTESTED:
                out.append(voice.runs("contested.accused", incident=code))
            for one in incident.statements:
                if one.modality is PublicModality.DENIED:
                    values = {"incident": code, "origin": self._origin(incident, one)}
                    what = voice.what(one.measure, one.category)
                    if one.words is None:
                        out.append(voice.runs("contested.denied", what=what, **values))
                    else:
                        words = Run(str(one.words), RunKind.QUOTE)
                        out.append(voice.runs("contested.denied_words", what=what, words=words, **values))
                elif one.modality is PublicModality.RETRACTED and not one.suppressed:
                    number = voice.said(one, self._notes.statement(incident, one))
                    origin = self._origin(incident, one)
                    out.append(voice.runs("contested.withdrawn", incident=code, origin=origin, number=number))
        return self._items(out, "contested.none")

    def revisions(
        self, now: Sequence[PublicIncident], before: Sequence[PublicIncident], first: date, last: date
    ) -> list[Block]:
        """Return what is otherwise than it was known before `first`: tolls risen, fallen, gone, and known only now."""
        voice = self._voice
        if not before:
            return self._items([], "revisions.first", day=voice.day(first))
        stood = {str(incident.code): incident for incident in before}
        stands = {str(incident.code): incident for incident in now}
        out: list[Runs] = []
        for incident in now:
            if incident.occurred_to is not None and incident.occurred_to > last:
                continue
            old = stood.get(incident.code)
            if old is not None:
                out += self._changed(old, incident)
            elif incident.occurred_to is not None and incident.occurred_to < first:
                figure = told(incident, self._policy)
                if figure is not None:
                    values = {"incident": voice.code(incident), "after": self._figure(incident, figure)}
                    out.append(voice.runs("revisions.late", **values))
        for code, old in stood.items():
            figure = told(old, self._policy)
            if code not in stands and figure is not None:
                was = self._figure(old, figure, before=True)
                out.append(voice.runs("revisions.gone", incident=voice.code(old), before=was))
        made = self._items(out, "revisions.none", day=voice.day(first))
        return [*made, Paragraph(Style.SMALL, voice.runs("revisions.note"))] if out else made

    def _changed(self, old: PublicIncident, new: PublicIncident) -> list[Runs]:
        voice, out = self._voice, list[Runs]()
        was, is_ = told(old, self._policy), told(new, self._policy)
        if was is not None and is_ is not None and ends_of(was) != ends_of(is_):
            values: dict[str, str | Run | Runs] = {
                "incident": voice.code(new),
                "what": voice.what(is_.measure, is_.category),
                "before": self._figure(old, was, before=True),
                "after": self._figure(new, is_),
            }
            out.append(voice.runs(f"revisions.{direction(was, is_)}", **values))
        if old.grade is not new.grade:
            grades = {name: voice.speaker.term("grade", one.grade) for name, one in (("before", old), ("after", new))}
            out.append(voice.runs("revisions.grade", incident=voice.code(new), **grades))
        return out

    def movement(self, control: Sequence[Runs]) -> list[Block]:
        """Return who is said to have taken or to hold what, and how many were driven out."""
        voice, out = self._voice, list(control)
        for incident in self._inside:
            figure = told(incident, self._policy, (PublicMeasure.DISPLACED, PublicCategory.TOTAL))
            if figure is not None:
                people = voice.people("people", ends_of(figure), self._notes.figure(incident, figure))
                out.append(voice.runs("movement.displaced", incident=voice.code(incident), n=people))
        return self._items(out, "movement.none")

    def unknown(self, release: PublicRelease) -> list[Block]:
        """Return what is not known: bounds, status, numbers, places, perpetrators, and what is held back."""
        policy, inside = self._policy, self._inside
        killed = {str(one.code): figure for one, figure in parts_of(inside, policy)}
        found = {
            "no_bound": [one for one in inside if (figure := killed.get(one.code)) and figure.high is None],
            "fighters": [one for one in inside if str(one.code) in killed and _status_unknown(one, policy)],
            "no_number": [one for one in inside if str(one.code) not in killed],
            "no_place": [one for one in inside if one.place is None or one.place.name is None],
            "no_party": [one for one in inside if one.perpetrator is None],
            "one_origin": [one for one in inside if one.origin_count == 1],
        }
        voice, out = self._voice, list[Runs]()
        for name, incidents in found.items():
            if incidents:
                about = voice.plain("column.incidents")
                note = self._notes.count(f"unknown {name}", about, incidents)
                n = voice.counted("incident_count", len(incidents), note)
                out.append(voice.runs(f"unknown.{name}", n=n))
        hidden = [one for one in inside for figure in one.figures if figure.suppressed]
        if hidden:
            note = self._notes.count("hidden", voice.plain("column.incidents"), list(dict.fromkeys(hidden)))
            out.append(voice.runs("unknown.suppressed", n=voice.counted("figures", len(hidden), note)))
        if release.withheld:
            out.append(voice.runs("unknown.withheld"))
        for one in release.withheld:
            sentence = voice.speaker.counted_plain(f"withheld.{one.reason}", one.count)
            note = self._notes.withheld(one.reason, sentence)
            out.append((Run(sentence, RunKind.NUMBER, note, (one.count,) * 3),))
        out.append(voice.runs("unknown.silence"))
        return [Paragraph(Style.ITEM, runs) for runs in out]

    def _figure(self, incident: PublicIncident, figure: PublicFigure, before: bool = False) -> Run:
        return self._voice.range(ends_of(figure), self._notes.figure(incident, figure, before))

    def _origin(self, incident: PublicIncident, statement: PublicStatement) -> Run:
        origin = next(one for one in incident.origins if one.id == statement.origin)
        return Run(self._voice.speaker.origin(origin), RunKind.NAME)

    def _items(self, out: Sequence[Runs], empty: str, **values: Run) -> list[Block]:
        if not out:
            return [Paragraph(Style.TEXT, self._voice.runs(empty, **values))]
        return [Paragraph(Style.ITEM, runs) for runs in out]


def direction(was: PublicFigure, is_: PublicFigure) -> str:
    """Return how a toll moved: "rise" where no end fell, "fall" where none rose, else "change"; no bound is above any."""
    top = 10**12
    pairs = [(was.low or 0, is_.low or 0), (_or(was.high, top), _or(is_.high, top))]
    pairs += [(was.best, is_.best)] if was.best is not None and is_.best is not None else []
    if all(a <= b for a, b in pairs):
        return "rise" if any(a < b for a, b in pairs) else "change"
    return "fall" if all(a >= b for a, b in pairs) else "change"


def _or(number: int | None, other: int) -> int:
    return other if number is None else number


def _status_unknown(incident: PublicIncident, policy: str) -> bool:
    """Return whether it is stated that nobody knows how many were fighters, or nobody tells of civilians at all."""
    fighters = told(incident, policy, COMBATANTS)
    civil = told(incident, policy, (PublicMeasure.KILLED, PublicCategory.CIVILIANS))
    return civil is None or (fighters is not None and fighters.standing is PublicStanding.STATED_UNKNOWN)
