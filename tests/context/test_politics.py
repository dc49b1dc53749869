"""Talks dated twice, promises and what came of them, statements tied to incidents, words taken back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statements import place, statement, when

from marsad.context.attach import Happened, attached, owning
from marsad.context.follow import followed
from marsad.context.moves import moved
from marsad.context.register_file import shipped
from marsad.context.rounds import misdated, round_of
from marsad.context.who import acting
from marsad.context.withdrawn import undone
from marsad.model import Grade, Polarity, Stance
from marsad.model.knowledge import Knowledge

UN, ARMY, IS, USA = "United Nations", "Government of Syria", "Islamic State", "US-led coalition"
GENEVA = place("Geneva", "CH")
EARLY_2013, FEBRUARY_2014 = when(date(2013, 1, 1), date(2013, 4, 30)), when(date(2014, 2, 10), date(2014, 2, 15))


def talks(report: str, on: object, text: str, *people: str, act: str = "ended_without_agreement") -> Knowledge:
    """Return talks in Geneva that a report tells of."""
    return statement("meeting", act, *people, at=GENEVA, on=on, report=report, text=text)  # type: ignore[arg-type]


def pairs(*told: Knowledge) -> list[tuple[str, str, bool]]:
    """Return which reports date one round differently."""
    by_id = {k.knowledge_id: k.report_id for k in told}
    found = misdated(told, acting(told, shipped()))
    return sorted((*sorted((by_id[m.one], by_id[m.other])), m.sure) for m in found)  # type: ignore[misc]


# --- rounds of talks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("a second round of talks", 2),
        ("انتهت الجولة الثالثة من المفاوضات", 3),
        ("les pourparlers de Genève II", 2),
        ("la segunda ronda de negociaciones", 2),
        ("другий раунд переговорів", 2),
        ("a round of applause", None),
        ("the second group of roundabouts", None),
    ],
)
def test_which_round_words_count(words: str, number: int | None) -> None:
    """In six languages; words that only look alike count nothing."""
    assert round_of(words) == number


def test_one_round_with_two_dates_is_told() -> None:
    """Same round, same country, same outcome: the dates exclude each other, so both are flagged."""
    one = talks("a", EARLY_2013, "A second round of talks ended without agreement", UN)
    two = talks("b", FEBRUARY_2014, "The second round of talks ended without agreement", UN)
    assert pairs(one, two) == [("a", "b", True)]


def test_two_rounds_and_two_wars_are_two() -> None:
    """The first and the second round have two dates rightly; so have second rounds of two wars in one city."""
    first = talks("a", EARLY_2013, "A first round of talks ended without agreement", UN)
    second = talks("b", FEBRUARY_2014, "The second round of talks ended without agreement", UN)
    assert pairs(first, second) == []
    yemen = talks("c", EARLY_2013, "A second round of talks ended without agreement", UN)
    wars = [statement("event", "shelling", at=place("Aden", "YE"), report="c", start=90)]
    wars += [statement("event", "shelling", at=place("Homs"), report="b", start=90)]
    assert pairs(second, yemen, *wars) == []


def test_talks_that_nobody_counts_are_no_contradiction() -> None:
    """Talks are held again and again."""
    one = talks("a", EARLY_2013, "Talks ended without agreement", UN)
    two = talks("b", FEBRUARY_2014, "Talks ended without agreement", UN)
    assert pairs(one, two) == []


@given(st.permutations(["a", "b", "c"]))
def test_in_which_order_reports_come_changes_nothing(order: list[str]) -> None:
    """The same pairs from any order."""
    told = {
        "a": talks("a", EARLY_2013, "A second round of talks ended without agreement", UN),
        "b": talks("b", FEBRUARY_2014, "The second round of talks ended without agreement", UN),
        "c": talks("c", FEBRUARY_2014, "The Geneva II talks were held", ARMY, act="held_talks"),
    }
    assert pairs(*(told[name] for name in order)) == [("a", "b", True), ("a", "c", False)]


# --- promises -----------------------------------------------------------------------------------------------------------


def arms(report: str, act: str, day: date, stance: Stance = Stance.ASSERTED, text: str = "S-300 missiles") -> Knowledge:
    """Return what a report says of missiles for the army."""
    return statement(
        "arms_transfer",
        act,
        "Government of Russia",
        ARMY,
        report=report,
        reported=day,
        stance=stance,
        text=text,
        content=(0, len(text)),
    )


@pytest.mark.parametrize(("act", "kept"), [("delivered", True), ("suspended", False)])
def test_a_promise_is_followed_by_what_happened(act: str, kept: bool) -> None:
    """Delivered keeps it, suspended breaks it; days are those between the two reports."""
    promise = arms("a", "promised", date(2014, 1, 1), Stance.POSSIBLE)
    outcome = arms("b", act, date(2014, 2, 1))
    told = [promise, outcome]
    [found] = followed(told, acting(told, shipped()))
    assert (found.ahead, found.outcome, found.kept, found.days) == (
        promise.knowledge_id,
        outcome.knowledge_id,
        kept,
        31,
    )


@pytest.mark.parametrize(
    "other",
    [
        arms("b", "delivered", date(2013, 12, 1)),
        arms("b", "delivered", date(2016, 1, 1)),
        arms("b", "delivered", date(2014, 2, 1), text="rifles"),
        arms("b", "delivered", date(2014, 2, 1), Stance.PLANNED),
    ],
)
def test_what_came_before_much_later_or_of_other_things_is_no_outcome(other: Knowledge) -> None:
    """Nor is another plan."""
    told = [arms("a", "promised", date(2014, 1, 1), Stance.POSSIBLE), other]
    assert followed(told, acting(told, shipped())) == []


# --- statements and their incidents --------------------------------------------------------------------------------------

RAQQA, NAWA = place("Raqqa"), place("Nawa")
ON = date(2014, 11, 25)


def raid(name: str, at: str, *reports: str, by: str | None = USA) -> Happened:
    """Return an incident of 25 November."""
    return Happened(name, f"geonames:{at}", "SY", ON, ON, by, frozenset(reports))


def said(
    act: str, party: str, text: str, report: str = "r2", *, inside: bool = True, at: object = RAQQA
) -> list[Knowledge]:
    """Return a statement of a party, and the attack that it speaks of."""
    first = statement("statement", act, party, report=report, text=text, chain=(party,))
    event = statement("event", "air_strike", at=at, on=when(ON), report=report, start=3, text=text[3:])  # type: ignore[arg-type]
    return [first, event] if inside else [first]


def test_a_statement_is_about_the_attack_it_names() -> None:
    """By place and day, also where its own report tells of no toll; another town's incident is not meant."""
    told = said("denied", USA, "denied that its aircraft had bombed Raqqa on Tuesday")
    incidents = [raid("i1", "Raqqa", "r1"), raid("i2", "Nawa", "r1")]
    [found] = attached(told, acting(told, shipped()), incidents)
    assert (found.incident_id, found.why, found.act) == ("i1", "told_inside", "denied")


def test_a_statement_that_names_nothing_is_about_the_only_incident_of_its_report() -> None:
    """With two incidents in the report it is about none."""
    told = said("condemned", UN, "condemned the strikes", "r1", inside=False)
    who = acting(told, shipped())
    assert [a.incident_id for a in attached(told, who, [raid("i1", "Raqqa", "r1")])] == ["i1"]
    assert attached(told, who, [raid("i1", "Raqqa", "r1"), raid("i2", "Nawa", "r1")]) == []


@pytest.mark.parametrize(
    ("act", "party", "text", "wanted"),
    [
        ("admitted", USA, "admitted that its air strike had hit Raqqa", Grade.CONFIRMED),
        ("claimed", IS, "claimed responsibility for the attack on Raqqa", Grade.CONTESTED),
        ("claimed", ARMY, "claimed that the rebels had bombed Raqqa", None),
        ("denied", USA, "denied that its aircraft had bombed Raqqa", Grade.WEAK),
        ("condemned", UN, "condemned the bombing of Raqqa", None),
    ],
)
def test_how_a_statement_moves_a_weak_grade(act: str, party: str, text: str, wanted: Grade | None) -> None:
    """Own admission confirms, a rival's claim contests, a denial stands beside, words about others move nothing."""
    told = said(act, party, text)
    who = acting(told, shipped())
    spoken = attached(told, who, [raid("i1", "Raqqa", "r1")])
    found = moved(Grade.WEAK, USA, spoken, who, shipped())
    assert (found.grade if found else None) == wanted


def test_an_admission_taken_back_contests() -> None:
    """A party that admits and denies has said both."""
    told = said("admitted", USA, "admitted that its strike had hit Raqqa") + said(
        "denied", USA, "denied that its aircraft had bombed Raqqa", "r3"
    )
    who = acting(told, shipped())
    found = moved(Grade.WEAK, USA, attached(told, who, [raid("i1", "Raqqa", "r1")]), who, shipped())
    assert found is not None
    assert (found.grade, found.why) == (Grade.CONTESTED, "disowned")


def test_whose_deed_words_speak_of() -> None:
    """In Arabic and French too."""
    assert owning("تبنى التنظيم مسؤوليته عن الهجوم")
    assert owning("a revendiqué l'attaque")
    assert not owning("claimed that the army had bombed the town")


# --- taken back ---------------------------------------------------------------------------------------------------------


def test_a_source_takes_back_its_own_word_and_nobody_else_s() -> None:
    """Later, of the same thing; what another source denies is a contradiction, not a withdrawal."""
    met = statement("meeting", "met", "Walid Muallem", at=GENEVA, report="a", source="SOHR", chain=("SOHR",))
    not_met = statement(
        "meeting", "met", "Walid Muallem", at=GENEVA, report="b", chain=("SOHR",), polarity=Polarity.NEGATED,
        reported=date(2014, 11, 28),
    )  # fmt: skip
    other = statement(
        "meeting", "met", "Walid Muallem", at=GENEVA, report="c", chain=("SANA",), polarity=Polarity.NEGATED,
        reported=date(2014, 11, 28),
    )  # fmt: skip
    assert {k: u.by for k, u in undone([met, not_met], {}).items()} == {met.knowledge_id: not_met.knowledge_id}
    assert undone([met, other], {}) == {}
    assert undone([not_met, met], {}) == undone([met, not_met], {})
    assert undone([met], {"a:0-5": "misread"})[met.knowledge_id].reason == "misread"
