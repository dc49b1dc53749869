"""Errata: for each release, what it says otherwise than the one before; and the same as files that programs can read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from marsad.publish.formats.cells import cell, csv_bytes
from marsad.publish.history import states_of, totals_said
from marsad.publish.public import (
    PublicCategory,
    PublicEarlier,
    PublicFigure,
    PublicGrade,
    PublicIncident,
    PublicMeasure,
    PublicRelease,
    PublicSaid,
    PublicSaidFigure,
    PublicText,
)

Figures = tuple[PublicSaidFigure, ...] | tuple[PublicFigure, ...]
Key = tuple[PublicText, PublicMeasure, PublicCategory]
Ends = tuple[int | None, int | None, int | None]

ERRATA = "data/errata.csv"
SAID = "said/index.json"


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that two releases told otherwise: as it was and as it is; None where one of them had no such figure."""

    policy: PublicText
    measure: PublicMeasure
    category: PublicCategory
    before: PublicSaidFigure | None
    after: PublicSaidFigure | PublicFigure | None


@dataclass(frozen=True, slots=True)
class Erratum:
    """Release `said.until` told the incident otherwise than `said`; `after_grade` is None where it told it no longer."""

    said: PublicSaid
    corrections: tuple[Correction, ...]
    after_grade: PublicGrade | None


@dataclass(frozen=True, slots=True)
class Stood:
    """A release as it stands in the row of releases: `until` is the day on which the next one replaced it."""

    number: int
    published: date
    until: date | None
    as_known_on: date
    manifest: PublicText | None
    incidents: int
    withheld: int
    policy: PublicText
    software: PublicText
    totals: tuple[PublicSaidFigure, ...]


def releases_of(release: PublicRelease) -> list[Stood]:
    """Return all releases up to this one, the first first."""
    days = [*(one.published for one in release.earlier[1:]), release.published]
    out = [_stood(one, until) for one, until in zip(release.earlier, days, strict=True)] if release.earlier else []
    withheld = sum(one.count for one in release.withheld)
    return [
        *out,
        Stood(
            release.number,
            release.published,
            None,
            release.as_known_on,
            None,
            len(release.incidents),
            withheld,
            release.policy,
            release.software,
            totals_said(release),
        ),
    ]


def errata_of(release: PublicRelease) -> dict[int, list[Erratum]]:
    """Return what each release corrected, by its number, in order of the incidents' codes."""
    now = {str(one.code): one for one in release.incidents}
    out: dict[int, list[Erratum]] = {}
    for code, states in states_of(release).items():
        for n, said in enumerate(states):
            after = (
                states[n + 1]
                if n + 1 < len(states) and states[n + 1].first == said.until
                else _standing(now, code, said)
            )
            figures: Figures = () if after is None else after.figures
            grade = None if after is None else after.grade
            out.setdefault(said.until, []).append(Erratum(said, _corrections(said.figures, figures), grade))
    return out


def added_in(release: PublicRelease) -> dict[int, int]:
    """Return how many of the incidents that are told each release told first."""
    out: dict[int, int] = {}
    for one in release.incidents:
        out[one.first_told] = out.get(one.first_told, 0) + 1
    return out


def errata_csv(release: PublicRelease) -> bytes:
    """Return every corrected figure of every release as a table."""
    header = ("release", "published", "incident", "policy", "measure", "category")
    ends = ("low_before", "best_before", "high_before", "low_after", "best_after", "high_after")
    return csv_bytes((*header, *ends, "causes", "origins", "note"), _rows(release))


def said_files(release: PublicRelease) -> Iterator[tuple[str, bytes]]:
    """Yield what was said when, as files: of the releases altogether, and of each incident that is told or was."""
    stood = releases_of(release)
    days = {one.number: one.published.isoformat() for one in stood}
    index = [
        {
            "release": one.number,
            "from": one.published.isoformat(),
            "until": None if one.until is None else one.until.isoformat(),
            "as_known_on": one.as_known_on.isoformat(),
            "incidents": one.incidents,
            "withheld": one.withheld,
            "manifest": one.manifest,
            "figures": _figures(one.totals),
        }
        for one in stood
    ]
    yield SAID, _json({"observatory": release.observatory, "releases": index})
    past = states_of(release)
    for incident in release.incidents:
        states = [_state(one, days) for one in past.pop(incident.code, [])]
        present: dict[str, object] = {"release": incident.since, "from": days.get(incident.since), "until": None}
        present |= {"grade": incident.grade, "figures": _figures(incident.figures)}
        yield f"said/{incident.code}.json", _json({"incident": incident.code, "said": [*states, present]})
    for code, gone in past.items():
        yield f"said/{code}.json", _json({"incident": code, "said": [_state(one, days) for one in gone]})


def _standing(now: Mapping[str, PublicIncident], code: str, said: PublicSaid) -> PublicIncident | None:
    found = now.get(code)
    return found if found is not None and found.since >= said.until else None


def _corrections(before: Figures, after: Figures) -> tuple[Correction, ...]:
    was: dict[Key, PublicSaidFigure] = {_key(one): one for one in before if isinstance(one, PublicSaidFigure)}
    has = {_key(one): one for one in after}
    keys = [*was, *(key for key in has if key not in was)]
    return tuple(
        Correction(*key, was.get(key), has.get(key))
        for key in keys
        if _ends(was.get(key)) != _ends(has.get(key)) or (key in was) != (key in has)
    )


def _rows(release: PublicRelease) -> Iterator[list[str]]:
    days = {one.number: one.published for one in releases_of(release)}
    for number, errata in sorted(errata_of(release).items()):
        for one in errata:
            why = " ".join(one.said.causes)
            said = [cell(why), cell("; ".join(one.said.origins)), cell(one.said.note)]
            head = [cell(number), cell(days.get(number)), cell(one.said.code)]
            for it in one.corrections:
                key = [cell(it.policy), cell(it.measure.value), cell(it.category.value)]
                yield [*head, *key, *map(cell, _ends(it.before)), *map(cell, _ends(it.after)), *said]
            if not one.corrections:
                yield [*head, *[""] * 9, *said]


def _stood(one: PublicEarlier, until: date) -> Stood:
    return Stood(
        one.number,
        one.published,
        until,
        one.as_known_on,
        one.manifest,
        one.incidents,
        one.withheld,
        one.policy,
        one.software,
        one.totals,
    )


def _state(one: PublicSaid, days: Mapping[int, str]) -> dict[str, object]:
    return {
        "release": one.first,
        "from": days.get(one.first),
        "until": days.get(one.until),
        "replaced_by": one.until,
        "grade": one.grade,
        "figures": _figures(one.figures),
        "because": list(one.causes),
        "origins": list(one.origins),
        "note": one.note,
    }


def _figures(figures: Figures) -> list[dict[str, object]]:
    return [
        {
            "policy": one.policy,
            "measure": one.measure,
            "category": one.category,
            "low": one.low,
            "best": one.best,
            "high": one.high,
            "suppressed": one.suppressed,
        }
        for one in figures
    ]


def _key(figure: PublicSaidFigure | PublicFigure) -> Key:
    return figure.policy, figure.measure, figure.category


def _ends(figure: PublicSaidFigure | PublicFigure | None) -> Ends:
    return (None, None, None) if figure is None else (figure.low, figure.best, figure.high)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
