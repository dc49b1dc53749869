"""Between releases: whoever keeps all of them learns nothing of a few living people by subtracting one from another."""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import cases
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import release_of, told
from releases import hurt

from marsad.model import Case, Category, Wrong
from marsad.publish.guard import checked
from marsad.publish.history import continued
from marsad.publish.public import PublicIncident, PublicMeasure, PublicPlace, PublicRelease, compose
from marsad.publish.record import to_json
from marsad.publish.steady import Told, steadied

K = 20
LIVING = ("injured", "missing", "detained", "abducted", "displaced")
TOTAL, CHILDREN, WOMEN = Category.TOTAL, Category.CHILDREN, Category.WOMEN


def published(found: Iterable[list[Case]]) -> list[PublicRelease]:
    """Return one release after another, each of what is known then, as publishing makes them."""
    out: list[PublicRelease] = []
    for n, now in enumerate(found):
        before = out[-1] if out else None
        day = date(2015, 1, 1) + timedelta(days=n)
        fresh = steadied(replace(release_of(now, 0), published=day, as_known_on=day), before)
        checked(fresh, before)
        out.append(continued(fresh, before, f"{n:064x}"))
    return out


def attacked(releases: list[PublicRelease], least: int = K) -> list[tuple[str, int]]:
    """Return how many living people an attacker singles out who holds every release and subtracts whatever can be.

    For each incident, measure and policy, all numbers ever told of one category are subtracted from one another, and all
    numbers of a part from all numbers of its whole that another release told.
    """
    numbers: dict[tuple[str, str, str, str, str], list[tuple[int, int]]] = defaultdict(list)
    for release in releases:
        states: list[tuple[str, Told]] = [(one.code, f) for one in release.incidents for f in one.figures]
        states += [(one.code, f) for one in release.history for f in one.figures]
        for name, figure in states:
            for end in ("low", "best", "high"):
                number = getattr(figure, end)
                if figure.measure in LIVING and number is not None:
                    key = (str(name), str(figure.policy), figure.measure.value, figure.category.value, end)
                    numbers[key].append((release.number, number))
        for one in release.incidents:
            for said in one.statements:
                if said.measure in LIVING and said.outlet is None and said.value is not None:
                    numbers[str(one.code), "said", said.measure.value, said.category.value, said.origin].append(
                        (release.number, said.value)
                    )
    found = []
    for key, told_ in numbers.items():
        values = sorted({number for _, number in told_})
        found += [(f"{key}", b - a) for a, b in pairwise(values) if b - a < least]
        found += [(f"{key}", a) for a in values if 0 < a < 5]
    for (code, policy, measure, category, end), parts in numbers.items():
        if category == "total":
            continue
        for n, part in parts:
            for m, whole in numbers.get((code, policy, measure, "total", end), []):
                if n != m and 0 < whole - part < 5:
                    found.append((f"{code} {measure} {category}", whole - part))
    return found


@pytest.mark.long
@pytest.mark.parametrize("seed", range(12))
def test_fifty_releases_single_out_nobody_who_is_alive(seed: int) -> None:
    """One record changes each time, by one to a few people, up and down: no difference below twenty is ever told."""
    chance = random.Random(seed)  # noqa: S311
    total, children = chance.randrange(5, 90), chance.randrange(0, 40)
    row = []
    for _ in range(50):
        total = max(0, total + chance.choice((-3, -1, -1, 1, 1, 1, 2, 7, 25)))
        children = max(0, min(total, children + chance.choice((-1, 0, 1, 1, 12))))
        row.append([hurt({TOTAL: total, CHILDREN: children}), cases.fighters()])
    assert attacked(published(row)) == []


def test_the_attack_finds_somebody_where_releases_are_not_made_steady() -> None:
    """The attacker above is no straw man: without the rule between releases he finds the one person who was added."""
    loose: list[PublicRelease] = []
    for n, total in enumerate((60, 61)):
        before = loose[-1] if loose else None
        loose.append(continued(release_of([hurt({TOTAL: total})], 0), before, f"{n:064x}"))
    assert (1) in {few for _, few in attacked(loose)}


@pytest.mark.long
@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), min_size=2, max_size=12))
def test_whatever_numbers_come_no_few_are_singled_out(numbers: list[tuple[int, int]]) -> None:
    """Any row of totals and parts."""
    row = [[hurt({TOTAL: max(pair), WOMEN: min(pair)})] for pair in numbers]
    assert attacked(published(row)) == []


def injured(release: PublicRelease) -> tuple[int | None, bool]:
    """Return the number of injured that a release tells of the one incident, and whether it is withheld."""
    [one] = [f for i in release.incidents for f in i.figures if f.measure == "injured" and f.category == "total"]
    return one.high, one.suppressed


def test_a_small_change_is_told_again_and_a_large_one_anew() -> None:
    """30, 31, 49, 50: the first is told until the last is."""
    releases = published([[hurt({TOTAL: n})] for n in (30, 31, 49, 50)])
    assert [injured(one) for one in releases] == [(30, False), (30, False), (30, False), (50, False)]
    held = releases[1].incidents[0]
    assert [f.why for f in held.figures] == [None]
    assert [s.suppressed for s in held.statements] == [True]


def test_nothing_of_a_withheld_number_is_left_in_an_id() -> None:
    """Another number that is withheld gives the same release to the byte: nobody can try numbers until the id fits."""
    last = [published([[hurt({TOTAL: 30})], [hurt({TOTAL: n})]])[1] for n in (31, 36)]
    assert to_json(last[0]) == to_json(last[1])


def test_what_was_too_small_to_tell_is_told_once_it_has_grown_by_enough() -> None:
    """3 is withheld; 7 would tell that three to six came in; 24 tells nothing of so few."""
    releases = published([[hurt({TOTAL: n})] for n in (3, 7, 23, 25)])
    assert [injured(one) for one in releases] == [(None, True), (None, True), (None, True), (25, False)]


def test_a_number_that_was_taken_back_is_not_found_by_telling_its_whole_anew() -> None:
    """25 women of 46 were told, then the women withheld: a later whole of 26 would leave one person beside the 25."""
    row = [{TOTAL: 46, WOMEN: 25}, {TOTAL: 5, WOMEN: 1}, {TOTAL: 26, WOMEN: 0}]
    releases = published([[hurt(numbers)] for numbers in row])
    assert attacked(releases) == []
    assert injured(releases[2])[0] != 26


def test_a_method_that_is_added_tells_no_step_that_another_one_kept_back() -> None:
    """Release 2 counts 31 by two methods; the first tells 30 again, the new one nothing."""
    two = hurt({TOTAL: 31})
    two = replace(two, tolls=(*two.tolls, *(replace(toll, policy="airwars") for toll in two.tolls)))
    [shown] = published([[hurt({TOTAL: 30})], [two]])[1].incidents
    assert {(str(f.policy), f.high) for f in shown.figures} == {("ucdp", 30), ("airwars", None)}


def test_deaths_are_never_held_back_or_told_late() -> None:
    """One more dead is one more dead."""
    one, two = cases.fighters(), cases.fighters()
    tolls = tuple(replace(t, count=t.count and replace(t.count, high=12)) for t in two.tolls)
    releases = published([[one], [replace(two, tolls=tolls)]])
    [shown] = releases[1].incidents
    assert [f.high for f in shown.figures] == [12, 12, 12, 12]


def placed(place: PublicPlace | None) -> PublicIncident:
    """Return an incident at this place."""
    return replace(told(cases.raqqa()), place=place)


def test_a_masked_place_is_never_drawn_anew() -> None:
    """A finer cell within the one that was told, or another province's point, tells no more than the first mask did."""
    base = told(cases.raqqa()).place
    assert base is not None
    coarse = compose("h3:852da8cbfffffff")
    masked = replace(
        base, name=None, name_ar=None, precision=3, cell=coarse, coarsened=True, latitude=35.9, longitude=39.0
    )
    import h3

    inner = compose("h3:" + h3.cell_to_center_child("852da8cbfffffff", 7))
    before = replace(release_of([], 0), number=1, incidents=(placed(masked),))
    elsewhere = compose("h3:" + h3.latlng_to_cell(33.5, 36.3, 7))
    for cell, kept in ((inner, True), (elsewhere, False)):
        finer = replace(masked, cell=cell, latitude=35.95)
        fresh = replace(before, number=0, incidents=(placed(finer),))
        [one] = steadied(fresh, before).incidents
        assert (one.place == masked) is kept


def test_the_guard_refuses_what_would_single_out() -> None:
    """It looks at the finished release, and names the incident and what would be told."""
    before = continued(release_of([hurt({TOTAL: 30})], 0), None)
    with pytest.raises(Wrong, match=r"IDLIB-2014-11-19.*injured"):
        checked(release_of([hurt({TOTAL: 33})], 0), before)
    checked(release_of([hurt({TOTAL: 50})], 0), before)


def test_the_living_are_the_same_here_and_at_the_gate() -> None:
    """Both rules, within a release and between releases, mean the same people; both also watch killed and injured together."""
    from marsad.publish import small_cells, steady

    assert {one.value for one in steady.LIVING} == {one.value for one in small_cells.LIVING} | {"killed_or_injured"}
    assert PublicMeasure.KILLED not in steady.LIVING
