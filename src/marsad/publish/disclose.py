"""The only gate: what of a case may be told, or why nothing of it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from marsad.model import Case, Category, Finding, Measure, Role, Toll
from marsad.publish.cells import NOBODY_COUNTED, Crowds
from marsad.publish.places import names_itself, public_code, public_place
from marsad.publish.policy import PublicationPolicy
from marsad.publish.public import (
    PublicCategory,
    PublicFigure,
    PublicGrade,
    PublicIncident,
    PublicMeasure,
    PublicReason,
    PublicStanding,
    PublicText,
    compose,
)
from marsad.publish.reasons import Teller
from marsad.publish.ruling import NO_RULING, Ruling
from marsad.publish.small_cells import Withheld as Small
from marsad.publish.small_cells import key_of, small_cells
from marsad.publish.statements import digest, tell
from marsad.publish.voices import is_public

EVERYWHERE = timedelta(hours=12)
"""A day ends last in the zone UTC-12; only then does an embargo begin to run."""

_MEASURES = {measure: n for n, measure in enumerate(Measure)}
_CATEGORIES = {category: n for n, category in enumerate(Category)}


@dataclass(frozen=True, slots=True)
class Withheld:
    """Nothing of the incident is told, for this reason."""

    reason: PublicReason


def disclose(
    case: Case,
    policy: PublicationPolicy,
    now: datetime,
    crowds: Crowds = NOBODY_COUNTED,
    ruling: Ruling = NO_RULING,
) -> PublicIncident | Withheld:
    """Return what may be told of the case at the time `now` (aware), or why nothing is.

    What comes out depends on nothing that is not told: with another witness, or other private words, it is the same to
    the byte. `crowds` says who lives where, `ruling` what people decided about telling this incident.
    """
    reason = PublicReason.SAFETY if ruling.silent else _withheld(case, policy, now, ruling)
    if reason is not None:
        return Withheld(reason)
    incident, when = case.incident, case.incident.when
    findings = [f for f in case.findings if f.role is not Role.REJECTED and f.claim.measure is not Measure.POPULATION]
    in_public = [finding.claim for finding in findings if is_public(finding, policy)]
    small = small_cells([finding.claim for finding in findings], case.tolls, policy.min_cell_living)
    named_in_public = {claim.place.name for claim in in_public if claim.place is not None and names_itself(claim.place)}
    said = incident.place is not None and incident.place.name in named_in_public
    place = ruling.bounded(public_place(incident.place, said, policy, crowds))
    code = public_code(incident.code, place, None if when is None else when.start.isoformat())
    perpetrator = _slot(incident.perpetrator, {claim.perpetrator for claim in in_public}, policy)
    weapon = _slot(incident.weapon, {claim.weapon for claim in in_public}, policy)
    told = tell(code, findings, small.claims, policy)
    words = {perpetrator, weapon} | ({place.name, place.name_ar, place.admin1, place.country} if place else set())
    teller = Teller(told, words, {toll.policy for toll in case.tolls}, policy)
    return PublicIncident(
        code=code,
        occurred_from=None if when is None else when.start,
        occurred_to=None if when is None else when.end,
        occurred_precision=None if when is None else when.precision,
        place=place,
        perpetrator=perpetrator,
        perpetrator_ar=_arabic(perpetrator, policy),
        weapon=weapon,
        grade=PublicGrade(case.grade.value),
        why_grade=teller.step(case.why_grade),
        origin_count=case.origins,
        refused=sum(finding.role is Role.REJECTED for finding in case.findings),
        origins=told.origins,
        statements=told.statements,
        figures=tuple(_figure(toll, small, teller) for toll in sorted(case.tolls, key=_toll_order)),
        first_told=0,
        since=0,
    )


def distinct(incidents: Sequence[PublicIncident]) -> tuple[PublicIncident, ...]:
    """Return the incidents in order of time, no two with one code: the second of a code gets "-2", and so on."""
    taken: set[str] = set()
    last: dict[str, int] = {}
    out = []
    for incident in sorted(
        incidents, key=lambda one: (one.occurred_from or date.max, one.code, digest(one.statements))
    ):
        code, n = incident.code, last.get(incident.code, 1)
        while code in taken:
            n += 1
            code = compose(f"{incident.code}-{n}")
        last[incident.code] = n
        taken.add(code)
        out.append(incident if n == 1 else replace(incident, code=code))
    return tuple(out)


def _withheld(case: Case, policy: PublicationPolicy, now: datetime, ruling: Ruling) -> PublicReason | None:
    """Return why nothing of the case may be told now, None if something may."""
    if now.tzinfo is None:
        raise ValueError(f"now {now}: a time without a zone cannot be compared with the end of a day")
    if all(finding.role is Role.REJECTED for finding in case.findings):
        return PublicReason.REFUSED
    last = case.incident.when.end if case.incident.when is not None else _last_report(case.findings)
    if last is None:
        return PublicReason.TIME_UNKNOWN
    if last.year >= date.max.year:
        return PublicReason.EMBARGO
    ends = datetime.combine(last + timedelta(days=1), time(), UTC) + EVERYWHERE
    place = case.incident.place
    site = place is not None and policy.is_sensitive(f"{place.words} | {place.name} | {place.name_ar or ''}")
    length = policy.embargo_rescue if site else policy.embargo_incident
    return PublicReason.EMBARGO if now < ends + max(length, ruling.embargo or length) else None


def _last_report(findings: Sequence[Finding]) -> date | None:
    return max((finding.published for finding in findings if finding.published is not None), default=None)


def _figure(toll: Toll, small: Small, teller: Teller) -> PublicFigure:
    hidden = key_of(toll) in small.tolls
    count = None if hidden else toll.count
    return PublicFigure(
        policy=compose(toll.policy, 40),
        measure=PublicMeasure(toll.measure.value),
        category=PublicCategory(toll.category.value),
        low=None if count is None else count.low,
        best=None if count is None else count.best,
        high=None if count is None else count.high,
        standing=PublicStanding(toll.standing.value),
        origins=toll.origins,
        suppressed=hidden,
        why=None if hidden or toll.measure in small.measures else teller.step(toll.why),
    )


def _slot(value: str | None, said_in_public: set[str | None], policy: PublicationPolicy) -> PublicText | None:
    """Return a free slot (perpetrator, weapon) if a public report or a closed list says it."""
    if value is None or policy.is_sensitive(value):
        return None
    known = value in said_in_public or value in policy.public_names or value in policy.public_terms
    return compose(value, 80) if known else None


def _arabic(name: PublicText | None, policy: PublicationPolicy) -> PublicText | None:
    arabic = None if name is None else policy.public_names.get(name)
    return None if arabic is None else compose(arabic)


def _toll_order(toll: Toll) -> tuple[str, int, int]:
    return toll.policy, _MEASURES[toll.measure], _CATEGORIES[toll.category]
