"""What the claims of one report do to one another, once all of them are known."""

from collections.abc import Sequence

from marsad.extract.disputes import disputed
from marsad.extract.draft import Made
from marsad.extract.revisions import revised
from marsad.extract.sums import summed
from marsad.model import Claim


def compared(made: Sequence[Made]) -> list[Claim]:
    """Return the claims of a report, in order, with their relations to one another and the flags that sums give.

    First what is replaced, then what several incidents come to, then who contradicts whom: a number that its own speaker
    has replaced contradicts nobody. Denials of nothing that the report counts are left out. Linear in the number of claims.
    """
    return [claim for _, claim in disputed(summed(revised(made)))]
