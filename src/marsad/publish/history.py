"""What earlier releases said: each state of each incident, until which release it stood, and why it changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from marsad.publish.public import (
    PublicCategory,
    PublicCause,
    PublicEarlier,
    PublicFigure,
    PublicIncident,
    PublicMeasure,
    PublicReason,
    PublicRelease,
    PublicSaid,
    PublicSaidFigure,
    PublicStanding,
    PublicStatement,
    PublicText,
    compose,
)
from marsad.publish.totals import policies_of, totals

FigureKey = tuple[str, PublicMeasure, PublicCategory]


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided about an incident since the last release, as it may be told."""

    causes: frozenset[PublicCause] = frozenset()
    note: PublicText | None = None


NOTHING_DECIDED = Decided()


def continued(
    fresh: PublicRelease,
    before: PublicRelease | None,
    manifest: str | None = None,
    decided: Mapping[str, Decided] | None = None,
) -> PublicRelease:
    """Return the release `fresh` as the one that follows `before`, whose manifest has this SHA-256; the first after None.

    Numbers it, says of each incident since when it stands as it does, and closes the states that stand no longer, with the
    reasons that the two releases and what was `decided` (by code) give.
    """
    if before is None:
        return _dated(replace(fresh, number=1), {})
    number = before.number + 1
    quiet = _silenced(fresh, before)
    told = {str(one.code): one for one in before.incidents}
    now = {str(one.code): one for one in fresh.incidents}
    same_rules = (fresh.policy, fresh.rules) == (before.policy, before.rules)
    same_method = (fresh.software, fresh.methods) == (before.software, before.methods)
    general = [(PublicCause.RULES, same_rules), (PublicCause.METHOD, same_method)]
    changed = frozenset(cause for cause, same in general if not same)
    closed = []
    for code, old in told.items():
        new = now.get(code)
        if new is not None and state(new) != state(old):
            people = (decided or {}).get(code, NOTHING_DECIDED)
            closed.append(_closed(old, new, number, causes(old, new, changed, people.causes), people.note))
    gone = [old for code, old in told.items() if code not in now]
    untold = fresh.untold + before.untold
    if not quiet:
        moved = _statements(fresh.incidents)
        closed += [_closed(old, None, number, _why_gone(old, moved), None) for old in gone]
    else:
        untold += len(gone)  # what the rules forbid to tell is not told as history either
    history = [*(one for one in before.history if not quiet or one.code in now), *closed]
    untold += len({one.code for one in before.history if quiet and one.code not in now and one.code not in told})
    earlier = (*before.earlier, _earlier(before, manifest or ""))
    made = replace(fresh, number=number, earlier=earlier, untold=untold, history=_kept_back(history, now))
    return _dated(made, told)


def renumbered(release: PublicRelease, number: int) -> PublicRelease:
    """Return a first release under another number: the one that follows releases whose records are lost."""
    told = tuple(replace(one, first_told=number, since=number) for one in release.incidents)
    return replace(release, number=number, incidents=told)


def _silenced(fresh: PublicRelease, before: PublicRelease) -> bool:
    """Whether more is kept back than before: then nothing is said of incidents that are told no longer, not even that."""
    if (fresh.policy, fresh.rules) != (before.policy, before.rules):
        return True
    kept = [sum(one.count for one in r.withheld if one.reason is PublicReason.SAFETY) for r in (before, fresh)]
    told = {one.code for one in before.incidents}
    masked = any(one.place is not None and one.place.coarsened and one.code not in told for one in fresh.incidents)
    return kept[1] > kept[0] or masked


def state(incident: PublicIncident) -> tuple[object, ...]:
    """Return what makes an incident another one to its reader: its figures, grade, time, place and who is named."""
    shown = tuple(_said(figure) for figure in incident.figures)
    when = (incident.occurred_from, incident.occurred_to)
    return when, incident.place, incident.perpetrator, incident.weapon, incident.grade, incident.origin_count, shown


def causes(
    old: PublicIncident, new: PublicIncident, general: frozenset[PublicCause], decided: frozenset[PublicCause]
) -> tuple[PublicCause, ...]:
    """Return why one incident is told otherwise than before, in the order of the closed list; never nothing."""
    found = set(decided)
    had, has = _by_key(old.statements), _by_key(new.statements)
    if _voices(new) - _voices(old):
        found.add(PublicCause.NEW_ORIGIN)
    added = [has[key] for key in has.keys() - had.keys()]
    if any(one.role != "copy" for one in added) and PublicCause.NEW_ORIGIN not in found:
        found.add(PublicCause.NEW_STATEMENT)
    if added and all(one.role == "copy" for one in added):
        found.add(PublicCause.REPRINTED)
    if had.keys() - has.keys():
        found.add(PublicCause.STATEMENT_GONE)
    standing = {key: (had[key].role, had[key].modality) for key in had.keys() & has.keys()}
    if any((has[key].role, has[key].modality) != was for key, was in standing.items()):
        found.add(PublicCause.COUNTED_OTHERWISE)
    pairs = [
        (PublicCause.WHEN, (old.occurred_from, old.occurred_to), (new.occurred_from, new.occurred_to)),
        (PublicCause.WHERE, old.place, new.place),
        (PublicCause.WHO, (old.perpetrator, old.weapon), (new.perpetrator, new.weapon)),
    ]
    found |= {cause for cause, was, now in pairs if was != now}
    found |= general
    return tuple(cause for cause in PublicCause if cause in found) or (PublicCause.WORKED_OUT_ANEW,)


def states_of(release: PublicRelease) -> dict[str, list[PublicSaid]]:
    """Return what earlier releases said of each incident that has a history, the first first."""
    out: dict[str, list[PublicSaid]] = {}
    for one in release.history:
        out.setdefault(one.code, []).append(one)
    return out


def gone_from(release: PublicRelease) -> list[str]:
    """Return the codes of incidents that earlier releases told and this one does not."""
    there = {one.code for one in release.incidents}
    return sorted({str(one.code) for one in release.history} - there)


def _dated(release: PublicRelease, told: Mapping[str, PublicIncident]) -> PublicRelease:
    first = {str(one.code): one.first for one in reversed(release.history)}
    dated = []
    for one in release.incidents:
        old = told.get(one.code)
        since = old.since if old is not None and state(old) == state(one) else release.number
        begun = old.first_told if old is not None else first.get(one.code, release.number)
        dated.append(replace(one, first_told=begun, since=since))
    return replace(release, incidents=tuple(dated))


def _closed(
    old: PublicIncident,
    new: PublicIncident | None,
    number: int,
    why: tuple[PublicCause, ...],
    note: PublicText | None,
) -> PublicSaid:
    fresh = set() if new is None else _voices(new) - _voices(old)
    return PublicSaid(
        code=old.code,
        first=old.since,
        until=number,
        occurred_from=old.occurred_from,
        occurred_to=old.occurred_to,
        grade=old.grade,
        origin_count=old.origin_count,
        figures=tuple(_said(figure) for figure in old.figures),
        causes=why,
        origins=tuple(compose(name) for name in sorted(str(name) for name, _, _ in fresh if name is not None)),
        note=note,
    )


def _why_gone(old: PublicIncident, moved: frozenset[object]) -> tuple[PublicCause, ...]:
    elsewhere = bool(_by_key(old.statements).keys() & moved)
    return (PublicCause.REGROUPED,) if elsewhere else (PublicCause.NOT_TOLD,)


def _kept_back(history: Iterable[PublicSaid], now: Mapping[str, PublicIncident]) -> tuple[PublicSaid, ...]:
    """Return the history without what is kept back today: no earlier number of a figure that is withheld now."""
    out = []
    for said in history:
        new = now.get(said.code)
        hidden = set() if new is None else {_key(figure) for figure in new.figures if figure.suppressed}
        if any(_key(figure) in hidden and not figure.suppressed for figure in said.figures):
            figures = tuple(_hidden(figure) if _key(figure) in hidden else figure for figure in said.figures)
            said = replace(said, figures=figures)
        out.append(said)
    return tuple(sorted(out, key=lambda one: (one.code, one.first)))


def _hidden(figure: PublicSaidFigure) -> PublicSaidFigure:
    return replace(figure, low=None, best=None, high=None, suppressed=True, withdrawn=True)


def _key(figure: PublicFigure | PublicSaidFigure) -> FigureKey:
    return figure.policy, figure.measure, figure.category


def _said(figure: PublicFigure) -> PublicSaidFigure:
    return PublicSaidFigure(
        policy=figure.policy,
        measure=figure.measure,
        category=figure.category,
        low=figure.low,
        best=figure.best,
        high=figure.high,
        standing=figure.standing,
        suppressed=figure.suppressed,
        withdrawn=False,
    )


def _voices(incident: PublicIncident) -> set[tuple[PublicText | None, str, PublicText | None]]:
    return {(one.name, one.kind.value, one.party) for one in incident.origins}


def _by_key(statements: Iterable[PublicStatement]) -> dict[object, PublicStatement]:
    """The statements by what was said where: their ids also hold how they count."""
    return {
        (s.outlet, s.published, s.address, s.measure, s.category, s.value, s.low, s.high, s.bound, s.words): s
        for s in statements
    }


def _statements(incidents: Iterable[PublicIncident]) -> frozenset[object]:
    return frozenset(key for one in incidents for key in _by_key(one.statements))


def _earlier(release: PublicRelease, manifest: str) -> PublicEarlier:
    return PublicEarlier(
        number=release.number,
        published=release.published,
        as_known_on=release.as_known_on,
        manifest=compose(manifest),
        incidents=len(release.incidents),
        withheld=sum(one.count for one in release.withheld),
        policy=release.policy,
        software=release.software,
        totals=totals_said(release),
    )


def totals_said(release: PublicRelease) -> tuple[PublicSaidFigure, ...]:
    """Return the sums of everybody killed and of the civilians among them, under each policy, as a release says them."""
    out = []
    for category in (PublicCategory.TOTAL, PublicCategory.CIVILIANS):
        found = {total.policy: total for total in totals(release, PublicMeasure.KILLED, category)}
        for policy in policies_of(release):
            if policy in found:
                total = found[policy]
                high = None if total.open_ else total.high
                out.append(
                    PublicSaidFigure(
                        compose(policy, 40),
                        PublicMeasure.KILLED,
                        category,
                        total.low,
                        total.best,
                        high,
                        PublicStanding.DERIVED,
                        False,
                        False,
                    )
                )
    return tuple(out)
