"""A simulated world judged: by hand on three incidents, and by the truth itself, which is perfect."""

from marsad.evaluate.simulated import Found, Truth, judge

TRUTH = {"mill": Truth(10, 2, False), "bridge": Truth(4, 1, False), "rumour": Truth(0, 1, True)}
TELLS = {"r1": "mill", "r2": "mill", "r3": "mill", "r4": "bridge", "r5": "rumour"}
HOW = {"r1": ("told", None), "r2": ("verbatim", "r1"), "r3": ("told", None), "r4": ("told", None), "r5": ("told", None)}


def test_the_truth_is_perfect() -> None:
    """Each incident found as it was: nothing is off, everything is exact, every copy known."""
    found = {"mill": Found(10, 10, 10, 2), "bridge": Found(4, 4, None, 1), "rumour": Found(0, 0, 0, 1)}
    judged = judge(TRUTH, TELLS, found, TELLS, HOW, {"r1": "r1", "r2": "r1"})
    assert (judged.told, judged.stood_for, judged.incidents) == (3, 3, 3)
    assert (judged.bcubed.precision, judged.bcubed.recall) == (1.0, 1.0)
    assert (judged.killed.signed, judged.killed.absolute) == (0.0, 0.0)
    assert (judged.killed.exact, judged.killed.covered, judged.killed.matched) == (2, 2, 2)
    assert judged.copies == {"verbatim": (1, 1)}
    assert judged.taken == (0, 4)
    assert judged.origins.exact == 3


def test_a_split_counts_twice_and_a_rumour_counts_what_never_was() -> None:
    """The mill split in two (12 and 9), the bridge not found, seven for the rumour: 28 for 14, and 6 off in single ones."""
    found = {"a": Found(11, 12, None, 1), "b": Found(9, 9, 9, 1), "c": Found(7, 7, 7, 2)}
    placed = {"r1": "a", "r2": "a", "r3": "b", "r5": "c"}
    judged = judge(TRUTH, TELLS, found, placed, HOW, {"r2": "r2", "r3": "r1", "r1": "r1"})
    killed = judged.killed
    assert (killed.true, killed.found, killed.invented) == (14, 28, 7)
    assert killed.off == 2 + 4
    assert (killed.matched, killed.exact, killed.near, killed.covered) == (1, 0, 1, 0)
    assert judged.stood_for == 2
    assert judged.copies == {"verbatim": (0, 1)}
    assert judged.taken == (1, 4)
    assert (judged.origins.exact, judged.origins.fewer, judged.origins.more) == (0, 1, 1)


def test_a_number_that_nobody_bounds_covers_everything() -> None:
    """No low and no high hold any truth; no best number is as far off as the whole truth."""
    judged = judge({"mill": TRUTH["mill"]}, {"r1": "mill"}, {"a": Found(None, None, None, 0)}, {"r1": "a"}, {}, {})
    assert judged.killed.covered == 1
    assert judged.killed.off == 10
    assert judged.killed.near == 0


def test_nothing_found_is_judged_too() -> None:
    """Without incidents there is nothing to divide by, and nothing breaks."""
    judged = judge(TRUTH, TELLS, {}, {}, HOW, {})
    assert judged.stood_for == 0
    assert judged.killed.absolute == 1.0
