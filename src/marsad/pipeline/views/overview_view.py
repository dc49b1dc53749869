"""The overview as values: how far reports have come, where nobody reports from, how origins behave, how reviewers agree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from marsad.model import Decision, DecisionKind
from marsad.pipeline.observatory import Observatory
from marsad.store.search import SearchStore

_JUDGED = {DecisionKind.ACCEPT: "accept", DecisionKind.REJECT: "reject", DecisionKind.CORRECT: "correct"}
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people who judged the same claims agree: Krippendorff's alpha for nominal values, and how much it rests on.

    `claims` were judged by two people or more, `judgements` are theirs. `alpha` is 1 for full agreement, 0 for what chance
    would give, below 0 for less; None where no claim was judged twice, or all of them alike.
    """

    alpha: float | None
    claims: int
    judgements: int
    people: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`funnel` is (step, reports) from arrived to published; `origins` and `areas` are rows of the index."""

    funnel: tuple[tuple[str, int], ...]
    origins: tuple[Mapping[str, Any], ...]
    areas: tuple[Mapping[str, Any], ...]
    last: date | None
    agreement: Agreement


def overview(observatory: Observatory, index: SearchStore) -> Overview:
    """Return the overview of an observatory, as its index stands."""
    tally = {row["step"]: int(row["n"]) for row in index.table("tally")}
    states = index.state_counts()
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        releases = reading.releases()
        published = reading.report_count(date.fromisoformat(releases[-1].as_known_on)) if releases else 0
    reviewed = states.get("done", 0)
    steps = [("arrived", tally.get("arrived", 0)), ("read", tally.get("read", 0)), ("linked", tally.get("linked", 0))]
    funnel = (*steps, ("reviewed", reviewed), ("published", published))
    origins = sorted(index.table("origin_row"), key=lambda r: (-r["incidents"], r["origin"]))[:_SHOWN]
    areas = sorted(index.table("area_row"), key=lambda r: (str(r["country"]), str(r["admin1"])))
    days = [date.fromisoformat(row["last"]) for row in areas if row["last"]]
    return Overview(
        funnel, tuple(origins), tuple(areas), max(days, default=None), _agreed(observatory, index.decided_until())
    )


@lru_cache(maxsize=4)
def _agreed(observatory: Observatory, _until: int) -> Agreement:
    """Return how far people agree, reckoned anew where somebody has decided since the decision numbered `_until`."""
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        return agreement(reading.decisions())


def agreement(decisions: Iterable[Decision]) -> Agreement:
    """Return how far people agree who judged the same claims: each one's last word on a claim counts.

    Krippendorff's alpha takes any number of people, of whom each judged some claims only; Cohen's kappa, for two who
    judged all, is its special case but for small samples. Source: Krippendorff, Content Analysis, chapter on reliability.
    """
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for decision in decisions:
        if decision.kind in _JUDGED:
            if decision.undone:
                said[decision.anchor].pop(decision.actor, None)
            else:
                said[decision.anchor][decision.actor] = _JUDGED[decision.kind]
    units = [list(by.values()) for by in said.values() if len(by) > 1]
    people = len({actor for by in said.values() if len(by) > 1 for actor in by})
    return Agreement(alpha_of(units), len(units), sum(map(len, units)), people)


def alpha_of(units: Iterable[list[str]]) -> float | None:
    """Return Krippendorff's alpha for nominal values; None where there is nothing to compare, or only one value.

    >>> alpha_of([["a", "a"], ["b", "b"]]), alpha_of([["a", "b"], ["b", "a"]])
    (1.0, -0.5)
    """
    pairs: dict[tuple[str, str], float] = defaultdict(float)
    for values in units:
        if len(values) < 2:
            continue
        counts: dict[str, int] = defaultdict(int)
        for value in values:
            counts[value] += 1
        for one, n in counts.items():
            for other, m in counts.items():
                pairs[one, other] += (n * (m - (one == other))) / (len(values) - 1)
    of: dict[str, float] = defaultdict(float)
    for (one, _), share in pairs.items():
        of[one] += share
    total = sum(of.values())
    expected = total * total - sum(n * n for n in of.values())
    if total < 2 or expected <= 0:
        return None
    observed = sum(n for (one, other), n in pairs.items() if one != other)
    return round(1 - (total - 1) * observed / expected, 4)
