"""Lists of victims become persons: alike in whatever order they come, for good, and never against what people decided."""

from dataclasses import replace
from itertools import combinations

import pytest
from made_lists import harmed_lists, people_of, two_lists

from marsad.evaluate.linkage import PairScore, pair_score
from marsad.link.persons.clusters import Zone
from marsad.model import VictimRecord, Wrong, content_id
from marsad.pipeline.person_lists import compare
from marsad.pipeline.persons import Linked, Said, link


def joined(linked: Linked) -> set[frozenset[tuple[str, str]]]:
    """Return the persons with more than one record, each as its records."""
    groups: dict[str, set[tuple[str, str]]] = {}
    for key, person in zip(linked.records, linked.persons, strict=True):
        groups.setdefault(person, set()).add(key)
    return {frozenset(group) for group in groups.values() if len(group) > 1}


def score(linked: Linked, truth: dict[tuple[str, str], str]) -> PairScore:
    """Return how well the persons' pairs are right."""
    pairs = [pair for group in joined(linked) for pair in combinations(sorted(group), 2)]
    return pair_score([(a, b) for a, b in pairs], truth)


@pytest.mark.long
def test_the_order_of_records_and_lists_changes_nothing() -> None:
    """Persons, their ids and the chances are the same with the lists exchanged and the rows backwards."""
    lists = two_lists()
    rows = [r for d in lists for r in d.records]
    one, two = link(rows, processes=1), link(rows[::-1], processes=1)
    assert dict(zip(one.records, one.persons, strict=True)) == dict(zip(two.records, two.persons, strict=True))
    chances = [
        {frozenset((each.records[o.left], each.records[o.right])): o.chance for o in each.links} for each in (one, two)
    ]
    assert chances[0].keys() == chances[1].keys()
    assert all(chances[0][pair] == pytest.approx(chances[1][pair], abs=0.01) for pair in chances[0])


@pytest.mark.long
def test_persons_keep_their_ids_while_lists_grow() -> None:
    """A third list joins: who was one person before and still is has the id he had."""
    a, b = two_lists()
    before = link([*a.records, *b.records], processes=1)
    ids = {content_id("person", *key): person for key, person in zip(before.records, before.persons, strict=True)}
    more = [replace(r, list_name="C") for r in b.records[:60]]
    after = link([*a.records, *b.records, *more], processes=1, known=ids)
    then, now = (dict(zip(x.records, x.persons, strict=True)) for x in (before, after))
    same = [group for group in joined(before) if len({now[key] for key in group}) == 1]
    assert len(same) > 0.95 * len(joined(before))
    assert all(now[key] == then[key] for group in same for key in group)


@pytest.mark.long
def test_what_people_decided_holds_also_through_third_records() -> None:
    """Strangers decided to be one are one; the surest pair decided apart is apart; in every further linkage too."""
    a, b = two_lists()
    rows = [*a.records, *b.records]
    free = link(rows, processes=1)
    sure = next(o for o in free.links if o.zone is Zone.SURE)
    used = {free.records[sure.left], free.records[sure.right]}
    alone = [key for key, person in zip(free.records, free.persons, strict=True) if free.persons.count(person) == 1]
    x = next(key for key in alone if key[0] == "A" and key not in used)
    y = next(key for key in alone if key[0] == "B" and key not in used)
    said = [Said(free.records[sure.left], free.records[sure.right], same=False), Said(x, y, same=True)]
    linked = link(rows, processes=1, decisions=said, draws=3)
    for persons in (linked.persons, *linked.draws):
        who = dict(zip(linked.records, persons, strict=True))
        assert who[x] == who[y]
        assert who[free.records[sure.left]] != who[free.records[sure.right]]


def test_decisions_that_cannot_all_hold_are_refused() -> None:
    """a is b, b is c, and a is not c; and a record that is not there."""
    rows = [VictimRecord("1", name, ("منى سالم كفراوي",)) for name in "ABC"]
    same = [Said(("A", "1"), ("B", "1"), True), Said(("B", "1"), ("C", "1"), True)]
    with pytest.raises(Wrong, match="decided to be apart and, through others, to be one"):
        link(rows, processes=1, decisions=[*same, Said(("A", "1"), ("C", "1"), False)])
    with pytest.raises(Wrong, match="is no record of these lists"):
        link(rows, processes=1, decisions=[Said(("A", "1"), ("B", "9"), True)])


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "scripts", "least"),
    [
        ("hamza", "aa", 0.97),
        ("decomposed", "aa", 0.97),
        ("particles", "aa", 0.97),
        ("pdf", "aa", 0.95),
        ("typo", "aa", 0.93),
        ("one_forefather", "aa", 0.95),
        ("family_swapped", "aa", 0.85),
        ("age_drift", "aa", 0.95),
        ("hamza", "la", 0.94),
        ("one_forefather", "la", 0.9),
    ],
)
def test_each_kind_of_harm_to_every_row(kind: str, scripts: str, least: float) -> None:
    """F1 stays above a floor where every row of one list is harmed in one way, without births and numbers."""
    lists = harmed_lists(kind, scripts)
    found = score(link([r for d in lists for r in d.records], processes=1), people_of(lists))
    assert found.f1 is not None
    assert found.f1 >= least, found


@pytest.mark.long
def test_brothers_are_not_one_person() -> None:
    """One father, grandfather, family, day and place, ages a year apart: two boys, also where each list has but one."""
    a = VictimRecord("1", "A", ("خالد سالم علي الكفراوي",), sex="male", age=9)
    b = VictimRecord("1", "B", ("باسل سالم علي الكفراوي",), sex="male", age=10)
    others = [r for d in two_lists(count=300) for r in d.records]
    linked = link([replace(a, record_id="x"), replace(b, record_id="x"), *others], processes=1)
    who = dict(zip(linked.records, linked.persons, strict=True))
    assert who["A", "x"] != who["B", "x"]


@pytest.mark.long
def test_a_family_speaks_for_the_one_whose_name_is_cut() -> None:
    """Two sisters of one incident are found surely; the third, without father and grandfather, gains by them."""
    others = [r for d in two_lists(count=300) for r in d.records]
    full = ("سناء", "هناء", "منى")
    ministry = [
        VictimRecord(f"m{n}", "A", (f"{own} نادر جواد الكفراوي",), sex="female", age=20 + n)
        for n, own in enumerate(full)
    ]
    names = ("سناء نادر جواد الكفراوي", "هناء نادر جواد الكفراوي", "منى كفراوي")
    ngo = [VictimRecord(f"n{n}", "B", (name,), sex="female", incident="raid") for n, name in enumerate(names)]
    alone = [replace(r, incident=None) for r in ngo]
    chances = []
    for rows in (ngo, alone):
        linked = link([*others, *ministry, *rows], processes=1)
        found = {(linked.records[o.left], linked.records[o.right]): o.chance for o in linked.links}
        chances.append(max(found.get((("A", "m2"), ("B", "n2")), 0.0), found.get((("B", "n2"), ("A", "m2")), 0.0)))
    assert chances[0] >= chances[1] > 0.01


@pytest.mark.long
def test_a_list_alone_is_searched_for_people_it_names_twice() -> None:
    """Where a list may repeat people, its own records are paired."""
    people = list(two_lists(count=300)[0].records)
    again = [replace(r, record_id=f"again{n}") for n, r in enumerate(people[:20])]
    linked = link([*people, *again], processes=1, closed=())
    who = dict(zip(linked.records, linked.persons, strict=True))
    assert sum(who["A", r.record_id] == who["A", f"again{n}"] for n, r in enumerate(people[:20])) >= 19


def test_two_records_of_one_id_are_refused_without_a_name() -> None:
    """The message tells list and id, and no name."""
    row = VictimRecord("7", "A", ("منى سالم كفراوي",))
    with pytest.raises(Wrong, match='A, record_id: "7" stands twice') as refusal:
        link([row, row], processes=1)
    assert "منى" not in str(refusal.value)


def test_nothing_and_one_record_are_linked_to_nothing() -> None:
    """An empty list and a list of one make no links."""
    assert link([], processes=1).links == []
    assert len(link([VictimRecord("1", "A", ("منى",))], processes=1).persons) == 1


@pytest.mark.long
def test_two_editions_of_a_list() -> None:
    """Who was added, who removed, who changed and how; each person counted once."""
    old = list(two_lists(count=300)[0].records)
    gone, kept = old[:10], old[10:]
    fresh = [
        replace(r, list_name="new", record_id=f"n{n}")
        for n, r in enumerate(two_lists(count=300, seed=8)[0].records[:15])
    ]
    changed = [replace(r, list_name="new", age=r.age and min(110, r.age + 1)) for r in kept]
    found = compare(old, [*changed, *fresh], processes=1)
    assert len(found.kept) + len(found.removed) == len(old)
    assert len(found.kept) + len(found.added) == len(changed) + len(fresh)
    assert {r.record_id for r in gone} <= {r.record_id for r in found.removed}
    assert len(found.kept) >= len(kept) - 3
    assert {kind.value for one in found.kept for kind in one.kinds} <= {
        "age",
        "name_marks",
        "name_spelling",
        "id_other",
    }


def test_somebody_called_after_a_child_is_found_by_family_sex_and_age() -> None:
    """أم ياسر الكفراوي, a woman of 34, is most likely the only woman of that family and age; a man of it, or a girl, is not."""
    known = [
        VictimRecord("1", "A", ("سمر خالد حسن الكفراوي",), sex="female", age=34),
        VictimRecord("2", "A", ("وسيم خالد حسن الكفراوي",), sex="male", age=34),
        VictimRecord("3", "A", ("لمى وسيم خالد الكفراوي",), sex="female", age=6),
        *(r for r in two_lists()[0].records[:80]),
    ]
    called = VictimRecord("9", "B", ("أم ياسر الكفراوي",), sex="female", age=34)
    linked = link([*known, called], processes=1)
    found = {
        linked.records[o.left if linked.records[o.right] == ("B", "9") else o.right][1]: o.chance for o in linked.links
    }
    assert set(found) == {"1"}
    assert found["1"] > 0.1
