"""Which day people were harmed on, where a report tells of several: beside each count, aside, or long after."""

from datetime import date

import pytest
from little_ground import read

from marsad.model import Claim, Scope

FRIDAY, SATURDAY, SUNDAY = date(2014, 11, 21), date(2014, 11, 22), date(2014, 11, 23)


def days(claims: list[Claim]) -> dict[int | None, date | None]:
    """Return the first day of each number."""
    return {claim.value: claim.occurred.start if claim.occurred else None for claim in claims}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Seventeen people were killed in Raqqa on Saturday and four people were killed in Raqqa on Sunday."),
        ("en", "On Saturday 17 people were killed in Raqqa, and on Sunday four people were killed."),
        ("es", "Diecisiete personas murieron en Raqqa el sábado y cuatro personas murieron el domingo."),
        ("it", "Diciassette persone sono morte a Raqqa sabato e quattro persone sono morte domenica."),
    ],
)
def test_each_count_has_the_day_beside_it(lang: str, text: str) -> None:
    """Two counts and two days in one sentence are two raids."""
    assert days(read(text, lang)) == {17: SATURDAY, 4: SUNDAY}


def test_one_number_told_ahead_of_those_of_single_days_is_no_toll() -> None:
    """ "Twenty-one in two days: 17 on Saturday and four on Sunday": the 21 hold both, and are of neither."""
    claims = read("Over two days 21 people died in Raqqa: 17 on Saturday and four on Sunday.", "en")
    assert {c.value: c.scope for c in claims} == {21: Scope.AGGREGATE, 17: Scope.INCIDENT, 4: Scope.INCIDENT}
    assert all(c.subset_of is None for c in claims)


def test_parts_of_one_day_stay_parts() -> None:
    """ "Twelve people, seven women and five children, on Saturday" is one raid."""
    claims = read("A raid killed 12 people in Raqqa on Saturday: seven women and five children.", "en")
    assert next(c for c in claims if c.value == 12).scope is Scope.INCIDENT


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "A raid killed nine people in Raqqa on Sunday. The raid came a day after the shelling of Nawa, in which 11 people "
            "were killed. Six people were wounded.",
        ),
        (
            "ar",
            "قتل تسعة أشخاص في غارة على الرقة يوم الأحد. وجاءت الغارة بعد يوم من قصف مدينة نوى الذي قتل "
            "فيه 11 شخصا. وأصيب ستة أشخاص.",
        ),
    ],
)
def test_what_is_told_aside_has_its_own_day_and_hands_none_on(lang: str, text: str) -> None:
    """The day before is that of the other attack; the next sentence speaks of the report's own again."""
    found = read(text, lang)
    assert days(found) == {9: SUNDAY, 11: SATURDAY, 6: SUNDAY}
    assert {c.value: c.place and c.place.name for c in found} == {9: "Raqqa", 11: "Nawa", 6: "Raqqa"}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "A bomb destroyed a house in Raqqa on Friday. Two suspects of the attack "
            "were released on Sunday. The attack left 59 dead.",
        ),
        (
            "es",
            "Una bomba destruyó una casa en Raqqa el viernes. Los sospechosos del ataque "
            "fueron liberados el domingo. El ataque dejó 59 muertos.",
        ),
    ],
)
def test_what_comes_after_an_attack_does_not_date_it(lang: str, text: str) -> None:
    """Arrests, trials and burials are on other days."""
    assert days(read(text, lang)) == {59: FRIDAY}


def test_a_dateline_that_begins_with_its_day_tells_no_events_day() -> None:
    """ "Nov 24 (Agency) - " says when somebody wrote."""
    found = read(
        "Nov 24 (Harbour Wire) - A raid killed nine people in Raqqa, residents said. The raid was carried out on Saturday.",
        "en",
    )
    assert days(found) == {9: SATURDAY}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "Doce personas murieron el 22 de noviembre en Raqqa."),
        ("en", "Twelve people were killed the 22nd of November in Raqqa."),
    ],
)
def test_a_day_of_the_month_is_nobody(lang: str, text: str) -> None:
    """ "Murieron el 22 de noviembre" counts no 22 people."""
    assert days(read(text, lang)) == {12: SATURDAY}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "Nine people were killed in Raqqa on Sunday. In October 46 people were killed when "
            "gunmen stormed a town. Six were hurt.",
        ),
        (
            "en",
            "Nine people were killed in Raqqa on Sunday. A landmine killed 46 people in October. Six people were hurt.",
        ),
        (
            "es",
            "Nueve personas murieron en Raqqa el domingo. En octubre 46 personas murieron cuando un avión bombardeó una escuela. "
            "Seis personas resultaron heridas.",
        ),
    ],
)
def test_one_event_of_a_month_is_an_incident_of_its_own(lang: str, text: str) -> None:
    """It has the month, not the report's place, and hands neither on; a month's sum stays one number for several."""
    found = {claim.value: claim for claim in read(text, lang)}
    earlier = found[46]
    assert earlier.scope is Scope.INCIDENT
    assert earlier.occurred is not None
    assert (earlier.occurred.start.month, earlier.occurred.precision, earlier.place) == (10, 4, None)
    assert days([found[6]]) == {6: SUNDAY}


def test_a_months_sum_is_no_incident() -> None:
    """Forty-six people killed in Raqqa in September were killed in who knows how many raids."""
    [claim] = read("In October 46 people were killed in Raqqa, residents said.", "en")
    assert claim.scope is Scope.AGGREGATE
