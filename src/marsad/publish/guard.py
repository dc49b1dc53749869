"""The last look before a release: does it, with all that was told before, single out a few of the living?"""

from collections.abc import Iterator

from marsad.model import Wrong
from marsad.publish.history import states_of
from marsad.publish.public import PublicIncident, PublicRelease
from marsad.publish.steady import LIVING, Told

_REMEDY = "withhold it, or publish when more is known: marsad decide … withhold"


def checked(fresh: PublicRelease, before: PublicRelease | None) -> None:
    """Raise Wrong, naming the incident, where a number of living people differs by too few from one told earlier.

    What is told again, or withheld, tells nothing. It looks at the finished release and shares no step with what made it
    steady.
    """
    if before is None:
        return
    told = {str(one.code): one for one in before.incidents}
    past = states_of(before)
    for one in fresh.incidents:
        old = told.get(one.code)
        if old is None:
            continue
        earlier: list[Told] = [figure for state in past.get(one.code, ()) for figure in state.figures]
        for subject, few in _singled_out(one, [*earlier, *old.figures], fresh.rules.least_change):
            raise Wrong(f"incident {one.code}, {subject}", few, "people would be told apart by subtraction", _REMEDY)


def _singled_out(new: PublicIncident, earlier: list[Told], change: int) -> Iterator[tuple[str, int]]:
    for figure in new.figures:
        if figure.measure not in LIVING or figure.suppressed:
            continue
        same = [
            f for f in earlier if (f.policy, f.measure, f.category) == (figure.policy, figure.measure, figure.category)
        ]
        for end in ("low", "best", "high"):
            number = getattr(figure, end)
            numbers = [getattr(one, end) for one in same]
            few = [abs(number - was) for was in numbers if number is not None and was is not None and number != was]
            if few and min(few) < change and number not in numbers:
                yield f"{figure.measure} {figure.category}", min(few)
