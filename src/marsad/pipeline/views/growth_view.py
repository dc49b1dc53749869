"""How an incident's figures grew: what the claims that are in it now came to at the end of each day on which more was known.

Linking is left as it is now, so this asks for one incident alone and costs little. What would have been derived on a past
day, when claims may have been linked otherwise, is `pipeline.again.derived_on`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marsad.assess.policies import chosen_policies
from marsad.model import Toll
from marsad.pipeline.methods import methods
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.views.known_then import known_of, weighed_then

_MOST_DAYS = 60
_MOST_WORK = 6_000
"""Claims times days that are weighed for one page; of a very large incident the last days are shown."""


@dataclass(frozen=True, slots=True)
class Grown:
    """What the incident came to at the end of `day` (UTC): reports and decisions that were new on it, and all tolls."""

    day: date
    reports: int
    decisions: int
    tolls: tuple[Toll, ...]


def growth(observatory: Observatory, code: str, hidden: Iterable[str] = ()) -> list[Grown]:
    """Return the incident called so day by day, earliest first: each day on which a report came in or something was decided.

    Reports in `hidden` are passed over, as if they had never come. Raises Wrong where there is no such incident.
    """
    known, policies = known_of(observatory, code, frozenset(hidden)), chosen_policies(methods(observatory))
    arrivals = [r.recorded_at.date() for r in known.reports.values()]
    decided = [d.recorded_at.date() for d in known.decisions]
    days = sorted({*arrivals, *decided})
    fits = max(1, min(_MOST_DAYS, _MOST_WORK // max(1, known.claims.num_rows)))
    out = []
    for day in days[-fits:]:
        then = weighed_then(known, day, policies)
        out.append(Grown(day, arrivals.count(day), decided.count(day), then.assessed.tolls if then else ()))
    return out
