"""Work that is recognised when it is sent a second time, sent a second time when the way to the server breaks."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from marsad.store.shapes import Lost

ATTEMPTS = 3
"""How often it is sent at most; between two of them the store waits for the server to answer again."""

P = ParamSpec("P")
T = TypeVar("T")


def sent_again(work: Callable[P, T]) -> Callable[P, T]:
    """Return work that is done again when the connection is lost, for what recognises that it was done before.

    Whether a commit was made that no answer came for, nobody knows; done again, it is found to be made, or is made now.
    """

    @wraps(work)
    def lasting(*args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(ATTEMPTS - 1):
            try:
                return work(*args, **kwargs)
            except Lost:
                continue
        return work(*args, **kwargs)

    return lasting
