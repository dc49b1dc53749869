"""Which claims tell of the incident of which template, and which facts they get right."""

from datetime import date
from typing import Any

import pytest
from muc_made import AYACUCHO, DAY, LA_PAZ, claim, key

from marsad.evaluate.muc import Part, judge_muc
from marsad.evaluate.muc_errors import muc_errors
from marsad.evaluate.muc_key import templates
from marsad.evaluate.muc_match import Document, Outcome, fact_of, match
from marsad.evaluate.reading import Scores
from marsad.model import Bound, Claim, ClaimId, Measure, Modality, Place, Scope, When

COUNTRY_OF = {"PERU": "PE", "BOLIVIA": "BO"}.get
ELSEWHEN = When(date(1989, 5, 1), date(1989, 5, 1), 1)


def document(keys: str, *claims: Claim) -> Document:
    return match("DEV-MUC3-9001", list(templates(keys)), claims, COUNTRY_OF)


def told(outcome: Outcome) -> tuple[list[int], list[int], list[int]]:
    """Return the numbers that are right, missed and spurious."""
    missed = [n for fact in outcome.missed for n in fact.numbers]
    return [fact.number for _, fact in outcome.right], missed, [fact.number for fact in outcome.spurious]


def scores(*documents: Document) -> Scores:
    return judge_muc([Part("dev", documents)], COUNTRY_OF)["all"]


@pytest.mark.parametrize(
    ("fields", "fact"),
    [
        ({}, ("killed", 4)),
        ({"measure": Measure.BODIES_SEEN}, ("killed", 4)),
        ({"measure": Measure.INJURED}, ("injured", 4)),
        ({"bound": Bound.MORE_THAN, "low": 5, "high": None}, ("killed", 4)),
        ({"bound": Bound.AT_MOST, "low": None}, ("killed", 4)),
        ({"bound": Bound.RANGE, "value": None, "high": 6}, ("killed", 4)),
        ({"modality": Modality.REPORTED}, ("killed", 4)),
        ({"measure": Measure.KILLED_OR_INJURED}, None),
        ({"measure": Measure.MISSING}, None),
        ({"scope": Scope.CUMULATIVE}, None),
        ({"scope": Scope.BACKGROUND}, None),
        ({"modality": Modality.DENIED}, None),
        ({"modality": Modality.HYPOTHETICAL}, None),
        ({"bound": Bound.VAGUE, "value": None, "low": 3, "high": 9}, None),
        ({"bound": Bound.NONE, "value": 0, "low": 0, "high": 0}, None),
    ],
)
def test_a_fact_is_so_many_killed_or_injured_in_an_incident(
    fields: dict[str, Any], fact: tuple[str, int] | None
) -> None:
    """What is not of an incident, is taken back, has no number or counts other things is no fact."""
    found = fact_of(claim(**fields))
    assert (found.key if found else None) == fact


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "FOUR MEN"},  # by the number
        {"number": 9, "text": "NINE MEN", "place": AYACUCHO},
        {"number": 9, "text": "NINE MEN", "occurred": DAY},
        {"number": 9, "text": "NINE FARMERS"},
        {"text": "FOUR MEN", "place": LA_PAZ},  # the number outweighs the country
    ],
)
def test_a_scene_tells_of_a_template_by_number_place_day_or_people(fields: dict[str, Any]) -> None:
    """Any one agreement will do."""
    assert len(document(key(), claim(**fields)).matched) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"number": 9, "text": "NINE MEN"},
        {"number": 9, "text": "NINE FARMERS", "place": LA_PAZ},
        {"number": 9, "text": "NINE MEN", "occurred": ELSEWHEN},
        {"number": 9, "text": "NINE MEN", "place": Place("PERU", "iso:PE", "Peru", None, "PE", None, -9, -75, 6)},
    ],
)
def test_a_scene_that_agrees_in_nothing_is_beside_the_key(fields: dict[str, Any]) -> None:
    """Its claims are neither right nor spurious in matched templates, and spurious among all facts."""
    found = document(key(), claim(**fields))
    assert (len(found.matched), len(found.not_found), [f.number for f in found.beside]) == (0, 1, [9])
    assert told(found.all_facts) == ([], [4], [9])


def test_a_blind_match_looks_at_no_number() -> None:
    """The same claim matches by its number, and not where numbers are not looked at."""
    by_number, by_people = document(key(), claim(text="FOUR MEN")), document(key(), claim(9, "NINE FARMERS"))
    assert (len(by_number.matched), len(by_number.blind)) == (1, 0)
    assert (len(by_people.matched), len(by_people.blind)) == (1, 1)
    assert told(by_people.blind[0].outcome) == ([], [4], [9])


def test_two_incidents_of_a_text_are_told_apart() -> None:
    """Scenes go each to the template they agree with most, and a number of one does not count for the other."""
    keys = key() + key(number="2", day="03 JAN 90", place="BOLIVIA: LA PAZ (CITY)", numbers='7: "FARMERS"')
    here, there = (
        claim(7, "SEVEN FARMERS", place=AYACUCHO, occurred=DAY),
        claim(7, "SEVEN FARMERS", place=LA_PAZ, start=50),
    )
    found = document(keys, here, there)
    assert [told(each.outcome) for each in found.blind] == [([], [4], [7]), ([7], [], [])]


def test_a_number_said_twice_is_one_fact() -> None:
    """Neither the reader nor the key gains by saying the same again."""
    keys = key(numbers='1: "ANA RUIZ"\n1: "JUAN RUIZ"', effects='DEATH: "ANA RUIZ"\nDEATH: "JUAN RUIZ"')
    found = document(keys, claim(1, "ANA"), claim(1, "JUAN", start=9))
    assert told(found.all_facts) == ([1], [], [])


def test_optional_facts_sums_and_parts_of_a_whole_are_not_wrong() -> None:
    """An optional fact counts where it is read; a sum and an unlisted part count neither way; anything else does."""
    keys = key(numbers='4: "FARMERS"\n2: "GUARDS"', effects='DEATH: "FARMERS"\n? DEATH: "GUARDS"')
    part = claim(3, "THREE OF THE FARMERS", start=60, subset_of=ClaimId("whole"))
    assert told(document(keys, claim(), claim(6, "SIX PEOPLE", start=30), part).matched[0].outcome) == ([4], [], [])
    assert told(document(keys, claim(), claim(2, "TWO GUARDS", start=30)).matched[0].outcome) == ([4, 2], [], [])
    assert told(document(keys, claim(), claim(5, "FIVE FARMERS", start=30)).matched[0].outcome) == ([4], [], [5])


def test_what_one_template_doubts_and_another_does_not_is_asked_for() -> None:
    """The same fact in two templates of a text is one, and optional only if it is so in both."""
    for order in ((1, 2), (2, 1)):
        keys = "".join({1: key(number="1 (OPTIONAL)"), 2: key(number="2")}[n] for n in order)
        assert told(document(keys).all_facts) == ([], [4], [])


def test_less_than_a_number_of_killed_and_injured_together_is_not_wrong() -> None:
    """Of 30 killed or injured, 4 killed may be right; 30 killed, and 40, may not."""
    keys = key(numbers='30: "PEOPLE"', effects='DEATH: "PEOPLE"\nINJURY: "PEOPLE"')
    said = (claim(4, "FOUR PEOPLE"), claim(30, "30 PEOPLE", start=20), claim(40, "40 PEOPLE", start=40))
    assert told(document(keys, *said).all_facts) == ([], [], [30, 40])


def test_facts_without_a_number_are_not_asked_for() -> None:
    """PLURAL is not missed; the template still takes part."""
    found = document(key(numbers='PLURAL: "FARMERS"'))
    assert told(found.all_facts) == ([], [], [])
    assert len(found.not_found) == 1


def test_figures_worked_out_by_hand() -> None:
    """Two texts: in one 4 killed is right and 6 injured missed, 9 more are beside the key; the other is not found.

    Matched: 1 right, 1 missed. All: 1 right, 3 missed (6 injured, 1 killed by name, 2 killed), 1 spurious.
    """
    keys = key(numbers='4: "FARMERS"\n6: "PEOPLE"', effects='DEATH: "FARMERS"\nINJURY: "PEOPLE"')
    first = document(keys, claim(place=AYACUCHO, occurred=DAY), claim(9, "NINE MEN", start=40, place=LA_PAZ))
    named = key(names='"ANA RUIZ"', numbers='1: "ANA RUIZ"\n2: "COOKS"', effects='DEATH: "ANA RUIZ"\nDEATH: "COOKS"')
    by_hand = {
        "matched.precision": 1,
        "matched.recall": 0.5,
        "all.precision": 0.5,
        "all.recall": 0.25,
        "all.f1": 1 / 3,
        "all.killed.recall": 1 / 3,
        "all.injured.recall": 0,
        "all.one.recall": 0,
        "all.several.recall": 1 / 3,
        "all.named.recall": 0,
        "templates.found": 0.5,
        "day.right": 1,
        "place.right": 1,
        "country.right": 1,
    }
    figures = scores(first, document(named)).figures
    assert {name: figures[name] for name in by_hand} == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("day", "occurred", "right"),
    [
        ("02 JAN 90", DAY, True),
        ("02 JAN 90", When(date(1990, 1, 1), date(1990, 1, 2), 2), False),
        ("02 JAN 90", None, None),
        ("- 03 JAN 90", DAY, True),
        ("- 01 JAN 90", DAY, False),
        ("01 JAN 90 - 03 JAN 90", DAY, True),
        ("01 JAN 90 / 02 JAN 90", DAY, True),
    ],
)
def test_days_of_right_facts(day: str, occurred: When | None, right: bool | None) -> None:
    """A single day has to be that day, other days lie within what the key has; not given is told apart from wrong."""
    tally = scores(document(key(day=day), claim(occurred=occurred))).tally
    part = "not_given" if right is None else "right" if right else "wrong"
    assert [tally["days", p] for p in ("right", "wrong", "not_given")] == [
        p == part for p in ("right", "wrong", "not_given")
    ]


@pytest.mark.parametrize(
    ("place", "where", "inner", "wider", "country"),
    [
        ("PERU: AYACUCHO (CITY)", AYACUCHO, 1, 1, 1),
        ("PERU: AYACUCHO (DEPARTMENT): TAMBO CHICO (TOWN)", AYACUCHO, 0, 1, 1),
        ("PERU: CUSCO (CITY)", AYACUCHO, 0, 0, 1),
        ("PERU", AYACUCHO, None, None, 1),
        ("PERU: AYACUCHO (CITY)", LA_PAZ, 0, 0, 0),
        ("PERU: TAMBO CHICO (TOWN)", Place("Tambo Chico", None, "Tambo Chico"), 1, 1, 0),
        ("PERU: AYACUCHO (CITY)", None, 0, 0, 0),
    ],
)
def test_places_of_right_facts(
    place: str, where: Place | None, inner: int | None, wider: int | None, country: int
) -> None:
    """The innermost place counts by name, also where no gazetteer knows it; a country alone asks for no more."""
    figures = scores(document(key(place=place), claim(place=where))).figures
    assert [figures[f"{slot}.right"] for slot in ("place", "wider_place", "country")] == [inner, wider, country]


def test_differences_stand_at_their_words() -> None:
    """A missed fact stands at the first of its targets that the text has, a spurious one at the claim."""
    text = "FOUR FARMERS DIED.  SIX LOCAL\nPEOPLE WERE HURT.  NINE MEN FLED."
    keys = key(
        numbers='4: "FARMERS"\n6: "VILLAGERS" / "LOCAL PEOPLE"',
        effects='DEATH: "FARMERS"\nINJURY: "VILLAGERS" / "LOCAL PEOPLE"',
    )
    found = document(keys, claim(), claim(9, "NINE MEN", start=text.index("NINE")))
    errors = [(e.kind, e.start, e.marked, e.read, e.sentence) for e in muc_errors([(found, text)])]
    assert errors == [
        ("missed", text.index("LOCAL"), "6 injured", None, "SIX LOCAL PEOPLE WERE HURT."),
        ("spurious", text.index("NINE"), None, "9 killed", "NINE MEN FLED."),
    ]
