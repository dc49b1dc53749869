"""Pages made in several processes are those that one makes, in the same order."""

import os

import pytest

from marsad.pipeline.spread import FEWEST, spread_over


def page(n: int) -> tuple[str, bytes]:
    """Return a page and the process that made it."""
    return f"{n}.html", str(os.getpid()).encode()


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_every_page_is_made_once_and_in_order(processes: int) -> None:
    """However many processes there are, and by more than one if there are."""
    made = list(spread_over(processes)(page, 1000))
    assert [path for path, _ in made] == [f"{n}.html" for n in range(1000)]
    makers = {maker for _, maker in made}
    assert (str(os.getpid()).encode() in makers) == (processes == 1)


def test_for_a_few_pages_no_process_is_started() -> None:
    """Starting one costs more than they do."""
    assert {maker for _, maker in spread_over(3)(page, FEWEST - 1)} == {str(os.getpid()).encode()}


def test_a_page_that_cannot_be_made_stops_the_release() -> None:
    """The fault comes out as itself; no page is missing in silence."""

    def broken(n: int) -> tuple[str, bytes]:
        if n == 777:
            raise LookupError("no sentence")
        return page(n)

    with pytest.raises(LookupError, match="no sentence"):
        list(spread_over(2)(broken, 1000))
