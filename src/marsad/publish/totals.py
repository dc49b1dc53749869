"""What all incidents add up to: from the sum of the lowest counts to the sum of the highest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marsad.publish.public import (
    PublicCategory,
    PublicFigure,
    PublicIncident,
    PublicMeasure,
    PublicRelease,
    PublicStanding,
)


@dataclass(frozen=True, slots=True)
class Total:
    """Under `policy`, between low and high people over all incidents; `open_` of them have no upper bound.

    `best` is the sum of the best figures, None unless every incident has one. `incidents` is how many state a figure.
    """

    policy: str
    measure: PublicMeasure
    category: PublicCategory
    low: int
    best: int | None
    high: int
    open_: int
    incidents: int


def policies_of(release: PublicRelease) -> list[str]:
    """Return the counting policies that the release uses, in order of their names."""
    return sorted({str(figure.policy) for incident in release.incidents for figure in incident.figures})


def leading_policy(release: PublicRelease) -> str | None:
    """Return the policy that charts follow: the first that has best figures, else the first; None without figures."""
    figures = [figure for incident in release.incidents for figure in incident.figures]
    with_best = sorted({str(figure.policy) for figure in figures if figure.best is not None})
    return next(iter([*with_best, *policies_of(release)]), None)


def totals(release: PublicRelease, measure: PublicMeasure, category: PublicCategory) -> list[Total]:
    """Return the total of one thing counted under each policy."""
    out = []
    for policy in policies_of(release):
        found = [
            figure
            for incident in release.incidents
            for figure in incident.figures
            if _is(figure, policy, measure, category)
        ]
        stated = [
            figure for figure in found if figure.low is not None and figure.standing is not PublicStanding.NOT_STATED
        ]
        if stated:
            out.append(_total(policy, measure, category, stated))
    return out


def killed_range(incidents: Sequence[PublicIncident]) -> tuple[int, int | None]:
    """Return the lowest and highest count of everybody killed over all policies; high is None if it has no bound."""
    low, high, open_ = 0, 0, False
    for incident in incidents:
        figures = [
            f for f in incident.figures if f.measure is PublicMeasure.KILLED and f.category is PublicCategory.TOTAL
        ]
        known = [figure for figure in figures if figure.low is not None]
        low += min((figure.low or 0 for figure in known), default=0)
        high += max((figure.high or figure.low or 0 for figure in known), default=0)
        open_ = open_ or any(figure.high is None for figure in known)
    return low, None if open_ else high


def _is(figure: PublicFigure, policy: str, measure: PublicMeasure, category: PublicCategory) -> bool:
    return figure.policy == policy and figure.measure is measure and figure.category is category


def _total(policy: str, measure: PublicMeasure, category: PublicCategory, figures: Iterable[PublicFigure]) -> Total:
    figures = list(figures)
    bests = [figure.best for figure in figures]
    return Total(
        policy=policy,
        measure=measure,
        category=category,
        low=sum(figure.low or 0 for figure in figures),
        best=None if None in bests else sum(best or 0 for best in bests),
        high=sum(figure.high if figure.high is not None else figure.low or 0 for figure in figures),
        open_=sum(figure.high is None for figure in figures),
        incidents=len(figures),
    )
