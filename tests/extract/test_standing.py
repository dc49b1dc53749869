"""What a number is about and how the text stands to it: this incident or a war's total, asserted, denied, taken back."""

from datetime import date

import pytest
from little_ground import only, read

from marsad.model import Bound, Measure, Modality, Scope


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Raids killed nine people on Tuesday.", Scope.INCIDENT),
        ("Raids killed nine people.", Scope.INCIDENT),
        ("The conflict has killed more than 195,000 people.", Scope.CUMULATIVE),
        ("Since March 2011 raids have killed 900 people.", Scope.CUMULATIVE),
        ("Raids killed 12,000 people.", Scope.CUMULATIVE),
        ("Raids killed nine people in June 2013.", Scope.BACKGROUND),
        ("Raids have repeatedly killed nine people.", Scope.BACKGROUND),
        ("Raids killed 900 people in November.", Scope.AGGREGATE),
        ("The town is home to 220,000 people.", Scope.BACKGROUND),
        ("Some 900 people have fled the town.", Scope.BACKGROUND),
    ],
)
def test_scope(text: str, scope: Scope) -> None:
    """A day makes an incident; a month several; a war, a year ago and a population are kept apart."""
    assert only(text).scope is scope


def test_a_running_total_keeps_its_period() -> None:
    """From its beginning to the day of publication."""
    claim = only("Since March 2011 raids have killed 900 people.")
    assert claim.occurred is not None
    assert (claim.occurred.start, claim.occurred.end) == (date(2011, 3, 1), date(2014, 11, 26))
    undated = only("Since March 2011 raids have killed 900 people.", published=None)
    assert undated.scope is Scope.CUMULATIVE


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Raids killed nine people.", Modality.ASSERTED),
        ("Nine people were reportedly killed.", Modality.REPORTED),
        ("Raids may have killed nine people.", Modality.REPORTED),
        ("The army denied killing nine people.", Modality.DENIED),
        ("The group withdraws the figure of nine people killed.", Modality.RETRACTED),
        ("It was unknown how many people were killed.", Modality.UNKNOWN),
        ("There were no immediate reports of any casualties.", Modality.REPORTED),
    ],
)
def test_modality(text: str, modality: Modality) -> None:
    """A hedge, a denial, a retraction and ignorance are four things."""
    assert only(text).modality is modality


@pytest.mark.parametrize(
    "text",
    [
        "The rebels threatened to kill ten judges, two of them women.",
        "The bomb would have killed at least 5,000 people on Tuesday.",
        "The group vowed to kill 30 soldiers for each raid.",
    ],
)
def test_what_might_have_been_is_no_claim(text: str) -> None:
    """Nobody was harmed by a threat; its parts go with it."""
    assert read(text) == []


def test_a_correction_keeps_both_numbers_apart() -> None:
    """ "59 and not 62": the second is taken back."""
    first, second = read("The number of victims is 59 and not 62.")
    assert (first.value, first.modality) == (59, Modality.ASSERTED)
    assert (second.value, second.modality) == (62, Modality.RETRACTED)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Footage showed several bodies in the street.", Measure.BODIES_SEEN),
        ("Rescuers recovered several bodies.", Measure.KILLED),
        ("Footage shows the square where raids killed nine people.", Measure.KILLED),
        ("The camp is home to 20,000 refugees.", Measure.DISPLACED),
        ("The town is home to 20,000 people.", Measure.POPULATION),
    ],
)
def test_measure(text: str, measure: Measure) -> None:
    """Bodies on film are seen, not counted; refugees are driven out, not a population."""
    assert only(text).measure is measure


def test_none_is_a_statement() -> None:
    """Zero is said, with its bound; it is neither unknown nor left out."""
    claim = only("There were no casualties, the army said.")
    assert (claim.low, claim.high, claim.value, claim.bound) == (0, 0, 0, Bound.NONE)
