"""Made-up worlds whose reports are all honest: no interval excludes the truth; more voices never mean less support."""

from dataclasses import dataclass
from typing import Any

from dockets import Told, docket
from hypothesis import given, settings
from hypothesis import strategies as st
from told import MSF, SNHR, SOHR, at_least, claim

from marsad.assess.grades import inputs_of
from marsad.assess.method import figures_of
from marsad.assess.policies import POLICIES, SHIPPED
from marsad.assess.reckoning import reckon
from marsad.model import (
    Bound,
    Category,
    Claim,
    Group,
    Measure,
    Relation,
    RelationKind,
    Role,
    Scope,
    Status,
)

TOTAL = Category.TOTAL
WHO = st.sampled_from([SOHR[0], SNHR[0], MSF[0], "activists", "residents", "officials"])


@dataclass(frozen=True)
class World:
    """What happened: so many civilians and fighters killed, so many of them children, women and men; so many injured."""

    civilians: int
    fighters: int
    children: int
    women: int
    injured: int

    @property
    def killed(self) -> int:
        """Everybody who was killed."""
        return self.civilians + self.fighters

    def truth(self, measure: Measure, category: Category) -> int:
        """Return the true number."""
        both = {Measure.KILLED: self.killed, Measure.INJURED: self.injured}
        if measure is Measure.KILLED_OR_INJURED:
            return sum(both.values())
        killed = {
            Category.TOTAL: self.killed,
            Category.CIVILIANS: self.civilians,
            Category.COMBATANTS: self.fighters,
            Category.CHILDREN: self.children,
            Category.WOMEN: self.women,
        }
        return self.injured if measure is Measure.INJURED else killed[category]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    civilians, fighters = draw(st.integers(0, 60)), draw(st.integers(0, 40))
    children = draw(st.integers(0, civilians))
    women = draw(st.integers(0, civilians - children))
    return World(civilians, fighters, children, women, draw(st.integers(0, 80)))


OF: dict[Category, dict[str, Any]] = {
    Category.TOTAL: {},
    Category.CIVILIANS: {"status": Status.CIVILIAN},
    Category.COMBATANTS: {"status": Status.COMBATANT},
    Category.CHILDREN: {"group": Group.CHILDREN},
    Category.WOMEN: {"group": Group.WOMEN},
}


@st.composite
def honest(draw: st.DrawFn, world: World, *, open_ends: bool) -> dict[str, Any]:
    """A true word about the world: exact, at least, at most, a range, dozens, a share, nobody knows."""
    measure = draw(st.sampled_from([Measure.KILLED] * 4 + [Measure.INJURED, Measure.KILLED_OR_INJURED]))
    category = draw(st.sampled_from(list(OF))) if measure is Measure.KILLED else TOTAL
    n = world.truth(measure, category)
    about = {**OF[category], "measure": measure}
    ways: list[dict[str, Any]] = [{"value": n}, {"value": None, "low": None, "high": None, "bound": Bound.UNKNOWN}]
    lower, higher = draw(st.integers(0, n)), draw(st.integers(n, n + 50))
    ways.append({"value": None, "low": lower, "high": higher, "bound": Bound.RANGE})
    if 24 <= n <= 99:
        ways.append({"value": None, "low": 24, "high": 99, "bound": Bound.VAGUE})
    if open_ends:
        ways += [at_least(lower), {"value": higher, "low": None, "high": higher, "bound": Bound.AT_MOST}]
    return {**draw(st.sampled_from(ways)), **about}


@settings(max_examples=250)
@given(st.data())
def test_what_the_words_allow_never_excludes_the_truth(data: st.DataObject) -> None:
    """However many honest reports say whatever of the world: every true number is within the bounds, and nothing clashes."""
    world = data.draw(worlds())
    told = [(data.draw(WHO), data.draw(honest(world, open_ends=True))) for _ in range(data.draw(st.integers(1, 7)))]
    heard = docket(*told)
    claims = [w.heard.claim for w in heard.weighed]
    found = reckon(claims, wanted=[(Measure.KILLED, c) for c in OF])
    assert found.clash == ()
    for (_, measure, category), (low, high) in found.bounds.items():
        if category in OF:
            true = world.truth(measure, category)
            assert low <= true and (high is None or true <= high), (measure, category)  # noqa: PT018
    _, figures = figures_of(heard, Measure.KILLED, POLICIES["words"])
    for category, figure in figures.items():
        if figure.count is not None and category in OF:
            high = figure.count.high
            assert figure.count.low <= world.truth(Measure.KILLED, category)
            assert high is None or world.truth(Measure.KILLED, category) <= high


@settings(max_examples=150)
@given(st.data())
def test_ranges_of_methods_hold_the_truth_where_words_have_two_ends(data: st.DataObject) -> None:
    """Airwars' and UCDP's ranges of the total, where nobody says "at least": they print such a word as the number said."""
    world = data.draw(worlds())
    whole = [TOTAL]
    told: list[Told] = []
    for _ in range(data.draw(st.integers(1, 5))):
        word = data.draw(honest(world, open_ends=False))
        if word["measure"] is Measure.KILLED and not (word.get("status") or word.get("group")):
            told.append((data.draw(WHO), word))
    for name in ("airwars", "ucdp"):
        _, figures = figures_of(docket(*told), Measure.KILLED, POLICIES[name])
        for category in whole:
            count = figures[category].count
            assert count is None or count.high is None or count.low <= world.killed <= count.high


@settings(max_examples=100)
@given(st.data())
def test_a_further_honest_word_never_widens_what_the_words_allow(data: st.DataObject) -> None:
    """Honest words agree: each narrows the bounds or leaves them."""
    world = data.draw(worlds())
    words = [data.draw(honest(world, open_ends=True)) for _ in range(4)]
    claims = [claim(f"r{n}", **word) for n, word in enumerate(words)]
    fewer, more = (reckon(c, wanted=[(Measure.KILLED, TOTAL)]) for c in (claims[:3], claims))
    for key, (low, high) in fewer.bounds.items():
        now_low, now_high = more.bounds[key]
        assert now_low >= low
        assert high is None or (now_high is not None and now_high <= high)


@settings(max_examples=100)
@given(st.data())
def test_order_and_copies_do_not_matter(data: st.DataObject) -> None:
    """Claims shuffled, or each told twice, honest or not: the same bounds."""
    told = [data.draw(honest(data.draw(worlds()), open_ends=True)) for _ in range(data.draw(st.integers(1, 5)))]
    claims = [claim(f"r{n}", **word) for n, word in enumerate(told)]
    twice = [*claims, *(claim(f"s{n}", **word) for n, word in enumerate(told))]
    wanted = [(Measure.KILLED, c) for c in OF]
    bounds = reckon(claims, wanted=wanted).bounds
    assert reckon(data.draw(st.permutations(claims)), wanted=wanted).bounds == bounds
    assert reckon(twice, wanted=wanted).bounds == bounds


@settings(max_examples=100)
@given(st.lists(st.tuples(WHO, st.integers(0, 30)), min_size=1, max_size=5), st.tuples(WHO, st.integers(0, 30)))
def test_a_further_origin_never_lowers_support(told: list[tuple[str, int]], one: tuple[str, int]) -> None:
    """Corroboration is monotone: more origins, no smaller verified number, under every method that asks for agreement."""
    names = {name for name, _ in told}
    if one[0] in names:
        return
    fewer = {name: {"value": n} for name, n in told}
    less, more = docket(*fewer.items()), docket(*fewer.items(), (one[0], {"value": one[1]}))
    assert (inputs_of(more)["origins"] or 0) >= (inputs_of(less)["origins"] or 0)  # type: ignore[operator]
    for name in ("ohchr", "un_three_types", "snhr"):
        before, after = (figures_of(d, Measure.KILLED, POLICIES[name])[1][TOTAL].count for d in (less, more))
        assert before is None or (after is not None and after.low >= before.low)


@settings(max_examples=60)
@given(st.lists(st.tuples(WHO, st.integers(0, 30)), min_size=1, max_size=4))
def test_a_copy_changes_no_figure_of_any_method(told: list[tuple[str, int]]) -> None:
    """Every claim once more, as a copy: the same counts under every policy."""
    plain = [(name, {"value": n}) for name, n in dict(told).items()]
    copied = [*plain, *((name, {**word, "role": Role.COPY}) for name, word in plain)]
    for name in SHIPPED:
        one, other = (figures_of(docket(*t), Measure.KILLED, POLICIES[name])[1] for t in (plain, copied))
        assert {c: f.count for c, f in one.items()} == {c: f.count for c, f in other.items()}


def of_both(value: int, *held: Claim) -> Claim:
    """Return one number for several incidents, which holds these."""
    made = claim("r", 500, value=value, scope=Scope.AGGREGATE)
    relations = tuple(Relation(RelationKind.AGGREGATE_INCLUDES, c.claim_id) for c in held)
    object.__setattr__(made, "relations", relations)
    return made


def test_one_number_for_two_places_bounds_each_of_them() -> None:
    """14 in both, at least nine here and at least two there: 9 to 12 here, 2 to 5 there. By hand."""
    here, there = claim("r", 0, **at_least(9)), claim("r", 100, **at_least(2))
    scenes = {here.claim_id: "duma", there.claim_id: "zabadani"}
    found = reckon([here, there, of_both(14, here, there)], scenes)
    assert found.of(Measure.KILLED, TOTAL, "duma") == (9, 12)
    assert found.of(Measure.KILLED, TOTAL, "zabadani") == (2, 5)


def test_one_number_for_two_places_that_is_too_small_is_a_clash_of_three() -> None:
    """Ten in both, six here and six there: no two of the three contradict each other, all three do."""
    here, there = claim("r", 0, value=6), claim("r", 100, value=6)
    found = reckon([here, there, of_both(10, here, there)], {here.claim_id: "a", there.claim_id: "b"})
    assert len(found.clash) == 3
    assert found.of(Measure.KILLED, TOTAL, "a") == (4, 6)


def test_one_number_for_more_than_is_told_is_an_upper_end() -> None:
    """Forty in all of which one place is told with at least nine: nine to forty there."""
    here = claim("r", 0, **at_least(9))
    assert reckon([here, of_both(40, here)], {here.claim_id: "a"}).of(Measure.KILLED, TOTAL, "a") == (9, 40)
