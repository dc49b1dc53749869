"""Who is said to hold what, as it may be told: public reports alone, and not before the embargo on control is over."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta

from marsad.model import Context, ContextKind, Polarity, Report, Stance
from marsad.model.rows import context_of
from marsad.pipeline.crowds import crowds_of
from marsad.pipeline.gazetteer import places_file
from marsad.pipeline.observatory import Observatory
from marsad.publish.disclose import EVERYWHERE
from marsad.publish.places import public_place
from marsad.publish.policy import PublicationPolicy
from marsad.publish.public import PublicPlace, PublicText, compose
from marsad.publish.sitrep.control import PublicAct, PublicControl
from marsad.publish.voices import public_address

MOST = 200
"""Sentences on control; a period with more of them has a map of its own."""


def control_told(
    observatory: Observatory, policy: PublicationPolicy, now: datetime, known_on: date | None = None
) -> list[PublicControl]:
    """Return what public reports say of who took, lost, holds or fights over a place, in the order of days.

    Left out are denials and guesses, what has no day, party or place that may be told, and what is under embargo.
    """
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        reports = {str(one.report_id): one for one in reading.reports(known_on=known_on)}
    with observatory.derived(read_only=True) as derived:
        rows = derived.table("context", kind=ContextKind.CONTROL.value).to_pylist()
    crowds = crowds_of(places_file(observatory))
    outlets: dict[tuple[date, PublicPlace, PublicText, PublicAct], set[str]] = defaultdict(set)
    for context in map(context_of, rows):
        report = reports.get(context.report_id)
        if report is None or not _is_public(report, policy) or not _says_so(context):
            continue
        day = context.occurred.end if context.occurred is not None else report.published
        if day is None or day.year >= date.max.year or now < _end(day) + policy.embargo_control:
            continue
        place = public_place(context.place, True, policy, crowds)
        if place is None or place.name is None or policy.is_sensitive(context.actor or ""):
            continue
        outlets[day, place, compose(context.actor or "", 80), PublicAct(context.act)].add(report.outlet)
    made = [
        PublicControl(day, place, party, _arabic(party, policy), act, tuple(compose(one) for one in sorted(names)))
        for (day, place, party, act), names in outlets.items()
    ]
    return sorted(made, key=lambda one: (one.day, one.place.name or "", one.party, one.act))[:MOST]


def _is_public(report: Report, policy: PublicationPolicy) -> bool:
    return report.outlet in policy.public_names or public_address(report.address, policy) is not None


def _says_so(context: Context) -> bool:
    fits = context.act in set(PublicAct) and context.polarity is Polarity.AFFIRMED
    said = context.modality in (Stance.ASSERTED, Stance.REPORTED)
    return fits and said and bool(context.actor) and context.place is not None and context.extent is None


def _end(day: date) -> datetime:
    """Return when a day has ended everywhere."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) + EVERYWHERE


def _arabic(name: PublicText, policy: PublicationPolicy) -> PublicText | None:
    arabic = policy.public_names.get(name)
    return None if arabic is None else compose(arabic)
