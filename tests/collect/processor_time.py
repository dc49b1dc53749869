"""How long something takes, told so that a busy machine does not show: by the processor's time and not by the clock."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail where what is done inside takes this process more than so many seconds of the processor's time."""
    begin = time.process_time()
    yield
    took = time.process_time() - begin
    assert took < seconds, f"took {took:.1f} seconds of the processor's time, more than {seconds}"
