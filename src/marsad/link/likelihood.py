"""How probable it is that an outlet's own number repeats somebody else's: by likelihood ratios, each with where it is from.

The odds only ever grow with what is known of the number and of the report that gives it, never with what other reports say:
so no further report can turn a number that was counted for itself into a copy (docs/decisions/0015).
"""

from collections.abc import Sequence

TELLING = 3
"""A number below this proves nothing: two reports of one event agree on a one or a two in 43 of 100 pairs (MAVERICK)."""

_PASSED_ON = 0.95
"""How often a number that is passed on arrives as it left: copyists round and misread a few (reprints of 29 and 600 people)."""

_AGREE = ((30, 0.11), (10, 0.18), (TELLING, 0.20))
"""How often two sources that tell of one event agree on its dead, from this number on. Measured on the 822 pairs of reports
with three dead and more in MAVERICK's Kenyan part (van Baalen and Höglund, CC BY 4.0). Some of those sources copy one another,
so that sources which do not agree rarer still: the probabilities here are too low rather than too high."""

_ROUND = 2.0
"""How much oftener counts agree on a round number: people who estimate land on it."""

_CREDITED = 9.0
"""Odds that an outlet which credits an agency has its number from elsewhere. Without a credit they are even: of 22 death tolls
in an outlet's own voice that reports about the same incident let us judge, 11 were somebody else's."""


def same_number(number: int, credited: bool, also: Sequence[int] = ()) -> float:
    """Return how probable it is that a number which another source gave comes from that source, between 0 and 1.

    `credited` says that the report credits an agency; `also` are further telling numbers in which both reports agree.

    >>> round(same_number(95, credited=False), 2), round(same_number(100, credited=False), 2)
    (0.9, 0.81)
    >>> round(same_number(95, credited=True), 2), round(same_number(5, credited=False, also=[17]), 2)
    (0.99, 0.96)
    """
    odds = _CREDITED if credited else 1.0
    for value in (number, *also):
        odds *= _PASSED_ON / _agreeing(value)
    return odds / (1 + odds)


def _agreeing(number: int) -> float:
    share = next((share for least, share in _AGREE if number >= least), 0.43)
    return share * (_ROUND if is_round(number) else 1.0)


def is_round(number: int) -> bool:
    """Tell whether a number is one that people land on who estimate: a ten from twenty on, a hundred, a thousand.

    >>> [is_round(n) for n in (10, 20, 95, 300, 350, 1300)]
    [False, True, False, True, True, True]
    """
    return number >= 20 and number % (10 if number < 1000 else 100) == 0
