"""How well incidents, tolls, copies and origins of a simulated world were found, whose truth is known."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from marsad.evaluate.figures import ratio
from marsad.evaluate.grouping import Agreement, Scored, grouping

NEAR = 0.2
"""A best number this near the truth, as a share of it, is near."""


@dataclass(frozen=True, slots=True)
class Truth:
    """An incident as it was: the killed, and how many origins give a number of them in print; `fabricated`: it never was."""

    killed: int
    origins: int
    fabricated: bool


@dataclass(frozen=True, slots=True)
class Found:
    """An incident as marsad has it: the killed, low to high (None: no bound), and how many origins it counts."""

    low: int | None
    best: int | None
    high: int | None
    origins: int


@dataclass(frozen=True, slots=True)
class Killed:
    """What became of the number of killed, over the incidents that really happened and were told.

    `true` is their sum, `found` that of the best numbers of all incidents found, so what was split counts twice and what
    never was counts, too. `off` sums how far the best number of the incident that stands for each is from its truth, its
    whole truth where none stands for it. Of the `matched`: `exact`, `near` (within NEAR), and `covered`: low to high holds
    the truth. `invented` is what was counted for incidents that never happened.
    """

    true: int
    found: int
    off: int
    matched: int
    exact: int
    near: int
    covered: int
    invented: int

    @property
    def signed(self) -> float | None:
        """The error of the sum as a share of the truth; above 0 too many are counted."""
        return ratio(self.found - self.true, self.true)

    @property
    def absolute(self) -> float | None:
        """The errors of single incidents, added up, as a share of the truth."""
        return ratio(self.off, self.true)


@dataclass(frozen=True, slots=True)
class Origins:
    """How many origins stand behind a toll: exactly as many as in truth, too few, too many; and their sums."""

    exact: int
    fewer: int
    more: int
    true: int
    found: int


@dataclass(frozen=True, slots=True)
class Simulated:
    """How well a simulated world was found: `told` incidents that reports tell of, `stood_for` by one that was found.

    `grouping` judges reports that tell of one incident. `copies`: of each way of copying, how many are in one family with
    what they copy, and of how many. `taken`: how many reports that copy nobody were put into a family with another such
    report, and of how many.
    """

    told: int
    stood_for: int
    incidents: int
    grouping: Scored
    killed: Killed
    origins: Origins
    copies: Mapping[str, tuple[int, int]]
    taken: tuple[int, int]

    @property
    def bcubed(self) -> Agreement:
        """How well reports are grouped, report by report."""
        return self.grouping.bcubed


def judge(
    truth: Mapping[str, Truth],
    tells: Mapping[str, str],
    found: Mapping[str, Found],
    placed: Mapping[str, str],
    how: Mapping[str, tuple[str, str | None]],
    family: Mapping[str, str],
) -> Simulated:
    """Return how well a world was found.

    `truth` has the told incidents by id; `tells` the incident of each report that tells of one alone; `found` the
    incidents found; `placed` in which of them a report's claims are, most of them; `how` how each report came about and
    which one it copies; `family` the report that leads those which were found to copy one another.
    """
    both = Counter((tells[report], placed[report]) for report in tells if report in placed)
    stands: dict[str, str] = {}
    for (incident, name), _ in sorted(both.items(), key=lambda item: (item[1], item[0])):
        stands[incident] = name  # the one with the most reports stays
    mostly: dict[str, str] = {}
    for (incident, name), _ in sorted(both.items(), key=lambda item: (item[1], item[0])):
        mostly[name] = incident
    copies: dict[str, tuple[int, int]] = {}
    for report, (way, of) in sorted(how.items()):
        if of is not None:
            known, every = copies.get(way, (0, 0))
            copies[way] = known + (family.get(report) == family.get(of, of)), every + 1
    alone = [report for report, (_, of) in how.items() if of is None]
    led = Counter(family.get(report, report) for report in alone)
    return Simulated(
        len(truth),
        sum(incident in stands for incident in truth),
        len(found),
        grouping(tells, placed).every,
        _killed(truth, found, stands, mostly),
        _origins(truth, found, stands),
        dict(sorted(copies.items())),
        (sum(n - 1 for n in led.values()), len(alone)),
    )


def _killed(
    truth: Mapping[str, Truth], found: Mapping[str, Found], stands: Mapping[str, str], mostly: Mapping[str, str]
) -> Killed:
    real = {incident: of for incident, of in truth.items() if not of.fabricated}
    matched = {incident: found[stands[incident]] for incident in real if stands.get(incident) in found}
    off = exact = near = covered = 0
    for incident, of in real.items():
        said = matched.get(incident)
        best = None if said is None else said.best
        off += abs((best or 0) - of.killed)
        if said is None:
            continue
        exact += best == of.killed
        near += best is not None and abs(best - of.killed) <= NEAR * of.killed
        covered += (said.low is None or said.low <= of.killed) and (said.high is None or of.killed <= said.high)
    invented = sum(f.best or 0 for name, f in found.items() if name in mostly and _never(truth, mostly[name]))
    return Killed(
        sum(of.killed for of in real.values()),
        sum(f.best or 0 for f in found.values()),
        off, len(matched), exact, near, covered, invented,
    )  # fmt: skip


def _never(truth: Mapping[str, Truth], incident: str) -> bool:
    return incident in truth and truth[incident].fabricated


def _origins(truth: Mapping[str, Truth], found: Mapping[str, Found], stands: Mapping[str, str]) -> Origins:
    counts = [
        (of.origins, found[stands[i]].origins) for i, of in truth.items() if of.origins and stands.get(i) in found
    ]
    return Origins(
        sum(is_ == was for was, is_ in counts),
        sum(is_ < was for was, is_ in counts),
        sum(is_ > was for was, is_ in counts),
        sum(was for was, _ in counts),
        sum(is_ for _, is_ in counts),
    )
