"""A row of releases of the cases: knowledge grows, one incident goes, another comes, people correct something."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import cases
from made import first, following, told

from marsad.model import Bound, Case, Category, Count, IncidentId, Measure, Role, Standing, Step, Toll
from marsad.publish.disclose import distinct
from marsad.publish.history import Decided
from marsad.publish.public import PublicCause, PublicRelease, compose

DAYS = (date(2014, 12, 2), date(2014, 12, 5), date(2014, 12, 9), date(2014, 12, 20))


def early() -> Case:
    """Return the raids on Raqqa as they were known at first: without what RBSS and SNHR said on the 27th."""
    case = cases.raqqa()
    findings = tuple(f for f in case.findings if f.published is None or f.published.day < 27)
    tolls = tuple(
        replace(toll, count=Count(63, toll.count.best, 95) if toll.count and toll.count.high == 209 else toll.count)
        for toll in case.tolls
        if toll.measure is Measure.KILLED and toll.category is Category.TOTAL
    )
    return replace(case, findings=findings, tolls=tolls, origins=3)


@cache
def row() -> tuple[PublicRelease, ...]:
    """Return four releases: early; then all that is known; then without the shepherds, corrected; then the same again."""
    one = first([early(), cases.nowhere()], DAYS[0])
    two = following([cases.raqqa(), cases.nowhere(), cases.fighters()], one, DAYS[1])
    note = compose("The monitor withdrew its first number.")
    corrected = Decided(frozenset({PublicCause.CORRECTED}), note)
    three = following([fewer(cases.raqqa()), cases.fighters()], two, DAYS[2], RAQQA_2014_11_25=corrected)
    four = following([fewer(cases.raqqa()), cases.fighters()], three, DAYS[3])
    return one, two, three, four


def fewer(case: Case) -> Case:
    """Return the case with RBSS's 209 taken back."""
    tolls = tuple(
        replace(toll, count=replace(toll.count, high=140)) if toll.count and toll.count.high == 209 else toll
        for toll in case.tolls
    )
    return replace(case, tolls=tolls)


def many(count: int) -> PublicRelease:
    """Return a release of so many incidents, each in a town of its own, on days and in provinces that go round."""
    base, provinces = told(cases.raqqa()), ("Ar Raqqah", "Idlib", "Homs", "Hama", "Aleppo")
    assert base.place is not None
    made = []
    for n in range(count):
        day = date(2013, 1, 1) + timedelta(days=n * 37 % 1461)
        name, name_ar = compose(f"Town of Hill {n}"), compose(f"بلدة التل {n}")
        where = (32.5 + n * 7 % 41 / 10, 36 + n * 11 % 53 / 10)
        place = replace(base.place, name=name, name_ar=name_ar, latitude=where[0], longitude=where[1])
        place = replace(place, admin1=compose(provinces[n % 5]))
        code = compose(f"TOWN-OF-HILL-{n}-{day}")
        made.append(replace(base, code=code, place=place, occurred_from=day, occurred_to=day, first_told=1, since=1))
    return replace(first([]), incidents=distinct(made))


def hurt(numbers: dict[Category, int], at_most: int | None = None, said: int | None = None) -> Case:
    """Return an incident told by one private report: so many injured of each category, under one policy."""
    total = numbers[Category.TOTAL]
    spoken = cases.Said(
        cases.NURSE,
        "voice message 7",
        20,
        f"{said or total} wounded",
        Bound.EXACT,
        said or total,
        measure=Measure.INJURED,
        address=None,
        role=Role.COUNTED,
    )
    finding = spoken.finding()
    why = Step("ucdp.only", {"n": total, "origin": cases.NURSE.name}, (finding.claim.claim_id,))
    tolls = tuple(
        Toll(IncidentId("h"), "ucdp", Measure.INJURED, category, Count(n, n, at_most or n), Standing.STATED, 1, why)
        for category, n in numbers.items()
    )
    incident = replace(cases.fighters().incident, incident_id=IncidentId("h"), code="IDLIB-2014-11-19")
    return replace(cases.fighters(), incident=incident, findings=(finding,), tolls=tolls)
