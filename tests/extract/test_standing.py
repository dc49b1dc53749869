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
        ("Between January and October raids killed 900 people.", Scope.AGGREGATE),
        ("Between 3 and 17 November raids killed 90 people.", Scope.AGGREGATE),
        (
            "At least 553 people have been killed there since 16 September, the Observatory said on Saturday.",
            Scope.CUMULATIVE,
        ),
        ("More than 180,000 have died since March 2011, the Observatory said on Thursday.", Scope.CUMULATIVE),
        ("Raids killed nine people on Tuesday, the deadliest since March 2011.", Scope.INCIDENT),
        ("Raids have killed nine people since Monday, the Observatory said on Tuesday.", Scope.INCIDENT),
        ("The town is home to 220,000 people.", Scope.BACKGROUND),
        ("Some 900 people have fled the town.", Scope.BACKGROUND),
    ],
)
def test_scope(text: str, scope: Scope) -> None:
    """A day makes an incident; a month several; a war, a year ago and a population are kept apart."""
    assert only(text).scope is scope


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Dix personnes ont été tuées mardi, portant à 300 le nombre de tués depuis janvier."),
        ("es", "Diez personas murieron el martes, con lo que son 300 los muertos desde enero."),
        ("it", "Dieci persone sono state uccise martedì, portando a 300 il numero dei morti da gennaio."),
        ("ar", "قتل عشرة أشخاص يوم الثلاثاء، ليرتفع عدد القتلى منذ كانون الثاني إلى 300."),
    ],
)
def test_a_day_and_a_total_in_one_sentence(lang: str, text: str) -> None:
    """Each number is of the time that stands nearer to it."""
    assert [(c.value, c.scope) for c in read(text, lang)] == [(10, Scope.INCIDENT), (300, Scope.CUMULATIVE)]


@pytest.mark.parametrize(
    ("title", "scope"),
    [
        ("More than 1,100 dead in two months of fighting", Scope.CUMULATIVE),
        ("Observatory: 1,153 dead", Scope.CUMULATIVE),
        ("Raid kills 12", Scope.INCIDENT),
    ],
)
def test_a_headline_is_of_what_the_text_says_of_its_number(title: str, scope: Scope) -> None:
    """A headline has no room for "since September"; its number, if only rounded, is the one that the text explains."""
    text = f"{title}\n\nAt least 1,153 people have been killed since 16 September, the Observatory said on Saturday."
    assert [c.scope for c in read(text, "en")] == [scope, Scope.CUMULATIVE]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The envoy said that hundreds could be massacred."),
        ("ar", "قال المبعوث إن مئات المدنيين قد يقتلون."),
        ("es", "El enviado dijo que cientos de civiles podrían ser masacrados."),
        ("fr", "L'envoyé a dit que des centaines de civils pourraient être massacrés."),
        ("it", "L'inviato ha detto che centinaia di civili potrebbero essere massacrati."),
        ("uk", "Посланець сказав, що сотні цивільних можуть загинути."),
    ],
)
def test_who_may_yet_be_killed_is_not_counted(lang: str, text: str) -> None:
    """What is feared for later has harmed nobody."""
    assert read(text, lang) == []


def test_a_burial_to_come_leaves_the_dead_dead() -> None:
    """Only harm right behind "will be" is yet to come."""
    assert only("The nine people killed will be buried today.").modality is Modality.ASSERTED


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
