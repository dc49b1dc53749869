"""The sections of a situation report that tell the toll: headline, tables, and who says what of each incident."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from marsad.publish.public import (
    PublicCategory,
    PublicGrade,
    PublicIncident,
    PublicMeasure,
    PublicModality,
    PublicOrigin,
    PublicRole,
    PublicStatement,
)
from marsad.publish.sitrep.blocks import Block, Paragraph, Run, RunKind, Runs, Style, Table
from marsad.publish.sitrep.notes import Notes, Part
from marsad.publish.sitrep.question import Chosen
from marsad.publish.sitrep.sums import civilians, grouped, parts_of, summed, told

DESCRIBED = 40
"""Incidents that are described one by one, those with the most dead first."""

LISTED = 25
"""Rows of a table."""

_SAID = 12
"""Statements of an incident that are told; the rest are counted."""

_GROUPS = (PublicCategory.CHILDREN, PublicCategory.WOMEN)


class Told:
    """Tells the toll of the chosen incidents under a policy; the notes take what explains each number."""

    def __init__(self, chosen: Chosen, policy: str, notes: Notes) -> None:
        self._inside, self._unsure = list(chosen.inside), list(chosen.unsure)
        self._policy, self._notes, self._voice = policy, notes, notes.voice

    def key_figures(self) -> list[Block]:
        """Return the headline: killed, civilians, groups, injured, how well attested, what is not counted here."""
        out: list[Block] = [Paragraph(Style.LEAD, self._toll())]
        if self._inside:
            out += [Paragraph(Style.TEXT, runs) for runs in (*self._people(), self._grades())]
        if self._unsure:
            note = self._notes.count("unsure", self._voice.plain("column.incidents"), self._unsure)
            parts = parts_of(self._unsure, self._policy)
            killed = self._voice.people("people", summed(parts), self._sum("unsure killed", "killed", parts))
            many = self._voice.counted("incident_count", len(self._unsure), note)
            out.append(Paragraph(Style.TEXT, self._voice.runs("key.unsure", incidents=many, killed=killed)))
        return out

    def _toll(self) -> Runs:
        voice, parts = self._voice, parts_of(self._inside, self._policy)
        if not self._inside:
            return voice.runs("key.nothing")
        if not parts:
            return voice.runs("key.no_toll")
        ends = summed(parts)
        note = self._sum("killed", "killed", parts)
        killed = voice.people("people", ends, note)
        counted = [incident for incident, _ in parts]
        where = voice.counted("incidents", len(counted), self._count("counted", counted))
        if ends[1] is None or ends[0] == ends[2]:
            return voice.runs("key.toll", killed=killed, incidents=where)
        best = voice.number(ends[1], note, ends)
        return voice.runs("key.toll_best", killed=killed, incidents=where, best=best)

    def _people(self) -> list[Runs]:
        voice, out = self._voice, []
        parts, ends = civilians(self._inside, self._policy)
        if parts:
            note = self._sum("civilians", "civilians", parts, civil=True)
            out.append(voice.runs("key.civilians", n=voice.people("civilians", ends, note)))
        for group in _GROUPS:
            found = parts_of(self._inside, self._policy, (PublicMeasure.KILLED, group))
            low = summed(found)[0]
            if low:
                note = self._sum(group, group, found)
                out.append(voice.runs("key.group", n=voice.people(group, (low, None, None), note)))
        injured = parts_of(self._inside, self._policy, (PublicMeasure.INJURED, PublicCategory.TOTAL))
        low = summed(injured)[0]
        if low:
            note = self._sum("injured", "injured", injured)
            out.append(voice.runs("key.injured", n=voice.people("people", (low, None, None), note)))
        return out

    def _grades(self) -> Runs:
        voice, told_ = self._voice, []
        for grade in PublicGrade:
            mine = [one for one in self._inside if one.grade is grade]
            if mine:
                name = voice.speaker.term("grade", grade)
                number = voice.number(len(mine), self._count(f"grade {grade}", mine, name))
                told_.append(voice.runs("key.grade", grade=name, n=number))
        return voice.runs("key.grades", grades=voice.joined(told_))

    def tables(self) -> list[Block]:
        """Return one table each by place, by party and by weapon, those with the most dead first."""
        voice = self._voice
        if not self._inside:
            return []
        by: list[tuple[str, str, Callable[[PublicIncident], str]]] = [
            ("places", "place", lambda one: voice.speaker.place(one.place) if one.place else ""),
            ("parties", "party", lambda one: voice.speaker.own(one.perpetrator or "", one.perpetrator_ar)),
            ("weapons", "weapon", lambda one: voice.speaker.term("weapon", one.weapon or "", one.weapon or "")),
        ]
        out: list[Block] = []
        for section, column, key in by:
            groups = grouped(self._inside, key)
            out.append(Paragraph(Style.HEADING, voice.runs(f"section.{section}")))
            out.append(self._table(column, groups))
        return out

    def _table(self, column: str, groups: Sequence[tuple[str, list[PublicIncident]]]) -> Table:
        voice = self._voice
        head = [column, "incidents", "killed", "best", "civilians"]
        rows = sorted(groups, key=lambda group: (-(summed(parts_of(group[1], self._policy))[0] or 0), group[0]))
        made = [self._row(column, name, mine) for name, mine in rows[:LISTED]]
        return Table(tuple(voice.plain(f"column.{name}") for name in head), tuple(made))

    def _row(self, column: str, name: str, mine: list[PublicIncident]) -> tuple[Runs, ...]:
        voice, where = self._voice, f"{column} {name}"
        parts = parts_of(mine, self._policy)
        ends = summed(parts)
        civil, civil_ends = civilians(mine, self._policy)
        unknown: Runs = (Run(voice.plain("range.none")),)
        note = self._sum(where, "killed", parts) if parts else 0
        best: Runs = unknown if ends[1] is None else (voice.number(ends[1], note, ends),)
        civil_note = self._sum(f"{where} civilians", "civilians", civil, civil=True) if civil else 0
        shown = name or voice.plain(f"column.unnamed_{column}")
        return (
            (Run(shown, RunKind.NAME),),
            (voice.number(len(mine), self._count(where, mine)),),
            (voice.range(ends, note),) if parts else unknown,
            best,
            (voice.range(civil_ends, civil_note),) if civil else unknown,
        )

    def incidents(self) -> list[Block]:
        """Return each incident: when, where, how many, by whom, how well attested, and what each origin says."""
        voice, policy = self._voice, self._policy
        most = sorted(self._inside, key=lambda one: -(getattr(told(one, policy), "low", 0) or 0))[:DESCRIBED]
        chosen_ = set(map(id, most))
        out: list[Block] = []
        for incident in self._inside:
            if id(incident) in chosen_:
                out += self._incident(incident)
        rest = [one for one in self._inside if id(one) not in chosen_]
        if rest:
            number = voice.number(len(rest), self._count("rest", rest))
            out.append(Paragraph(Style.TEXT, voice.runs("incident.more", n=number)))
        return out

    def _incident(self, incident: PublicIncident) -> list[Block]:
        voice, figure = self._voice, told(incident, self._policy)
        head = voice.runs("incident.head", day=voice.when(incident), place=voice.place(incident))
        if figure is None:
            toll = voice.runs("incident.toll_none")
        else:
            ends = (figure.low, figure.best, figure.high)
            killed = voice.people("people", ends, self._notes.figure(incident, figure))
            toll = voice.runs("incident.toll", killed=killed)
        origins = voice.counted("origins", incident.origin_count, self._notes.origins(incident))
        grade = voice.speaker.term("grade", incident.grade)
        attested = voice.runs("incident.attested", grade=grade, origins=origins)
        line = voice.joined([toll, self._done(incident), attested], "site.semicolon")
        out: list[Block] = [Paragraph(Style.SUBHEADING, head), Paragraph(Style.TEXT, begun((*line, Run("."))))]
        return [*out, *self._sayings(incident)]

    def _done(self, incident: PublicIncident) -> Runs:
        voice = self._voice
        weapon = incident.weapon and voice.speaker.term("weapon", incident.weapon, incident.weapon)
        party = incident.perpetrator and voice.speaker.own(incident.perpetrator, incident.perpetrator_ar)
        if weapon and party:
            return voice.runs("incident.done", weapon=str(weapon), party=Run(str(party), RunKind.NAME))
        if weapon:
            return voice.runs("incident.done_weapon", weapon=str(weapon))
        if party:
            return voice.runs("incident.done_party", party=Run(str(party), RunKind.NAME))
        return voice.runs("incident.done_none")

    def _sayings(self, incident: PublicIncident) -> list[Block]:
        voice = self._voice
        origins = {one.id: one for one in incident.origins}
        said = [one for one in incident.statements if is_told(one)]
        out: list[Block] = [
            Paragraph(Style.ITEM, self._says(incident, one, origins[one.origin])) for one in said[:_SAID]
        ]
        copies = [one for one in incident.statements if one.role is PublicRole.COPY]
        more = len(copies) + max(0, len(said) - _SAID)
        if more:
            number = voice.number(more, self._notes.copies(incident, [*said[_SAID:], *copies]))
            out.append(Paragraph(Style.ITEM, voice.runs("incident.copies", n=number)))
        return out or [Paragraph(Style.ITEM, voice.runs("incident.no_statements"))]

    def _says(self, incident: PublicIncident, one: PublicStatement, origin: PublicOrigin) -> Runs:
        voice = self._voice
        values: dict[str, str | Run | Runs] = {
            "origin": Run(voice.speaker.origin(origin), RunKind.NAME),
            "number": voice.said(one, self._notes.statement(incident, one)),
            "what": voice.what(one.measure, one.category),
        }
        if one.words is None:
            return voice.runs("incident.says", **values)
        return voice.runs("incident.says_words", words=Run(str(one.words), RunKind.QUOTE), **values)

    def _sum(self, name: str, what: str, parts: Sequence[Part], civil: bool = False) -> int:
        """Return the note of a sum; of one incident alone, the note of its figure. `civil` adds the dead of whom nobody says."""
        words = self._voice.speaker.term("term", what)
        if len(parts) == 1 and not (civil and len(parts_of(self._inside, self._policy)) > 1):
            incident, figure = parts[0]
            if figure is not None:
                return self._notes.figure(incident, figure)
        return self._notes.total(name, words, parts)

    def _count(self, name: str, incidents: Sequence[PublicIncident], what: str | None = None) -> int:
        return self._notes.count(name, what or self._voice.plain("column.incidents"), incidents)


def begun(runs: Runs) -> Runs:
    """Return the runs as a sentence begins: the first letter large, if words stand first."""
    first = runs[0]
    if first.kind is not RunKind.WORDS or not first.text:
        return runs
    return (replace(first, text=first.text[0].upper() + first.text[1:]), *runs[1:])


def is_told(statement: PublicStatement) -> bool:
    """Return whether a statement is told among who says what: a number that counts, of the dead or the hurt."""
    fits = statement.role is PublicRole.COUNTED and not statement.suppressed
    return fits and statement.modality in (PublicModality.ASSERTED, PublicModality.REPORTED)
