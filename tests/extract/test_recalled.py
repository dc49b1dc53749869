"""What a report recalls of other times is no figure of its own event, and tells nothing of it."""

import pytest
from little_ground import read

from marsad.model import Claim, Modality, Scope


def of_number(claims: list[Claim], low: int) -> Claim:
    """Return the claim with this lowest number."""
    return next(claim for claim in claims if claim.low == low)


def test_where_it_happened_is_not_taken_from_an_attack_that_is_recalled() -> None:
    """The dateline tells where nine died, not the town of last March's market; nor do its attackers."""
    text = (
        "ALEPPO, Syria - Nine people were killed on Monday when shells hit a school.\n\n"
        "In March 2013 Russian air strikes on a market in Raqqa killed 31 people."
    )
    nine = of_number(read(text), 9)
    assert nine.place is not None
    assert nine.place.name == "Aleppo"
    assert nine.perpetrator is None
    assert of_number(read(text), 31).scope is Scope.BACKGROUND


@pytest.mark.parametrize(
    ("lang", "text", "number"),
    [
        ("en", "Earlier this year an air strike on a market killed 119 people.", 119),
        ("en", "In 2013 a car bomb killed 40 people in Raqqa.", 40),
        ("es", "En 2013 un coche bomba mató a 40 personas en Raqqa.", 40),
        ("fr", "En 2013, une voiture piégée a tué 40 personnes à Raqqa.", 40),
    ],
)
def test_one_attack_of_a_year_is_background(lang: str, text: str, number: int) -> None:
    """One weapon with its article makes the number of a year that of one attack, which was another one than today's."""
    assert of_number(read(text, lang), number).scope is Scope.BACKGROUND


@pytest.mark.parametrize(
    ("lang", "text", "number"),
    [
        ("en", "Some 600 people have been killed since then, the UN said on Monday.", 600),
        ("es", "Desde entonces han muerto 600 personas, dijo la ONU el lunes.", 600),
        ("fr", "Depuis lors, 600 personnes ont été tuées, a dit l'ONU lundi.", 600),
        ("it", "Da allora sono state uccise 600 persone, ha detto l'Onu lunedì.", 600),
        ("ar", "ومنذ ذلك الحين قتل 600 شخص، وفق الأمم المتحدة.", 600),
        ("en", "According to the UN, 600 civilians were killed in the first half of the year.", 600),
        ("en", "The UN said 600 civilians were killed in the last six months.", 600),
        ("es", "Según la ONU, 600 civiles murieron en el primer semestre.", 600),
        ("fr", "Selon l'ONU, 600 civils ont été tués au premier semestre.", 600),
        ("it", "Secondo l'Onu, 600 civili sono stati uccisi nei primi sei mesi.", 600),
        ("ar", "وقالت الأمم المتحدة إن 600 مدني قتلوا في النصف الأول من العام.", 600),
    ],
)
def test_a_number_of_half_a_year_or_since_another_day_is_a_running_total(lang: str, text: str, number: int) -> None:
    """Words that count over months make a running total, whichever day it was told on."""
    assert of_number(read(text, lang), number).scope is Scope.CUMULATIVE


def test_no_day_makes_the_dead_of_a_war_those_of_an_incident() -> None:
    """36,650 people are a war's dead, though "in the past 24 hours" stands in their sentence."""
    text = "More than 36,650 people have been killed, 68 of them in the past 24 hours, the health ministry says."
    assert of_number(read(text), 36651).scope is Scope.CUMULATIVE


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The ministry, which had previously reported 17 dead, said 23 people were killed on Friday."),
        ("en", "The ministry, which had initially spoken of 17 dead, said 23 people were killed."),
        (
            "es",
            "El ministerio, que había informado anteriormente de 17 muertos, dijo que murieron 23 personas el viernes.",
        ),
        ("fr", "Le ministère, qui avait auparavant fait état de 17 morts, parle de 23 morts."),
        ("it", "Il ministero, che aveva inizialmente parlato di 17 morti, parla ora di 23 morti."),
    ],
)
def test_a_number_reported_before_is_replaced_and_recalls_nothing(lang: str, text: str) -> None:
    """ "Previously reported" takes back its own number; the newer one stays that of the incident."""
    claims = read(text, lang)
    assert of_number(claims, 17).modality is Modality.RETRACTED
    assert (of_number(claims, 23).scope, of_number(claims, 23).modality) == (Scope.INCIDENT, Modality.ASSERTED)


def test_instead_as_an_adverb_replaces_nothing() -> None:
    """ "Parlano invece di 15 morti" is what others say, not a number taken back."""
    (claim,) = read("I soccorritori parlano invece di 15 morti.", "it")
    assert claim.modality is Modality.ASSERTED


def test_recent_months_leave_the_dead_of_a_day_alone() -> None:
    """In a sentence of both, each count goes with the time that stands nearer."""
    claims = read("Nine people were killed on Friday in Raqqa, where 60 died in recent months.")
    assert [(c.low, c.scope) for c in claims] == [(9, Scope.INCIDENT), (60, Scope.BACKGROUND)]


def test_thousands_without_a_day_are_a_running_total() -> None:
    """ "Has killed thousands" tells of a war; "thousands were killed on Monday" does not."""
    assert read("The movement has killed thousands in its insurgency.")[0].scope is Scope.CUMULATIVE
    assert read("Thousands were killed on Monday.")[0].scope is Scope.INCIDENT


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The fighting, which erupted on November 5, has killed 750 people, the UN says."),
        ("es", "Los combates, que estallaron el 5 de noviembre, han matado a 750 personas."),
        ("en", "Nine months of exchanges have killed 750 people on the border."),
        ("en", "The movement, in its decade-long insurgency, has killed 750 people."),
        ("fr", "Les rebelles sont accusés d'avoir tué 750 civils depuis un an."),
        ("it", "I ribelli hanno ucciso 750 civili in due anni."),
        ("ar", "قتل المسلحون 750 مدنيا خلال عامين."),
    ],
)
def test_the_dead_of_a_fight_that_began_long_ago_are_a_running_total(lang: str, text: str) -> None:
    """A day on which a fight began, and a time that it has lasted, make no incident of its dead."""
    assert of_number(read(text, lang), 750).scope is Scope.CUMULATIVE


def test_clashes_that_began_this_week_are_an_incident() -> None:
    """ "Clashes that erupted on Monday have killed nine" is news."""
    assert read("Clashes that erupted on Monday have killed nine people.")[0].scope is Scope.INCIDENT


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The attack comes a week after gunmen killed 15 civilians in Raqqa."),
        ("es", "El ataque se produce una semana después de la muerte de 15 civiles en Raqqa."),
        ("fr", "L'attaque intervient une semaine après la mort de 15 civils à Raqqa."),
    ],
)
def test_a_week_after_another_attack(lang: str, text: str) -> None:
    """The attack that is set beside it was a week before, and its town is none of the report's own event."""
    ahead = {
        "en": "ALEPPO, Syria - A blast killed 20 soldiers on Monday.",
        "es": "Alepo.- Una explosión mató a 20 soldados el lunes.",
        "fr": "Alep - Une explosion a tué 20 soldats lundi.",
    }[lang]
    claims = read(f"{ahead}\n\n{text}", lang)
    before, own = of_number(claims, 15), of_number(claims, 20)
    assert before.occurred is not None
    assert own.occurred is not None
    assert (own.occurred.start - before.occurred.start).days == 7
    assert own.place is None or own.place.name != "Raqqa"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The governor has lowered the toll of Sunday's suicide bombing of a rally in Raqqa from 30 to 22 dead."),
        ("fr", "Le gouverneur a ramené le bilan de l'attentat de 30 à 22 morts."),
        ("es", "El gobierno rebajó la cifra de muertos de 30 a 22."),
        ("ar", "خفضت وزارة الصحة حصيلة التفجير من 30 إلى 22 قتيلا."),
    ],
)
def test_a_toll_lowered_takes_back_the_higher_number(lang: str, text: str) -> None:
    """However far the verb stands ahead of "from 30 to 22", where a toll is told between them."""
    claims = read(text, lang)
    assert of_number(claims, 30).modality is Modality.RETRACTED
    assert of_number(claims, 22).modality is Modality.ASSERTED


LATE = (
    ("en", "Air strikes killed 27 people in Raqqa on 28 September 2014. Ten were killed there on 29 September 2014.", 27, 10),
    ("es", "Bombardeos mataron a 27 personas en Raqqa el 28 de septiembre de 2014. Otras 10 murieron el 29 de julio.", 27, 10),
    ("ar", "قتل 27 شخصا في قصف جوي على الرقة في 28 سبتمبر 2014. وقتل 10 أشخاص في 29 سبتمبر 2014.", 27, 10),
)  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "first", "second"), LATE)
def test_a_report_that_opens_with_a_day_is_about_that_day(lang: str, text: str, first: int, second: int) -> None:
    """What a monitor documents two months later is an incident; what the report tells behind it of such a day is recalled."""
    claims = read(text, lang)
    assert of_number(claims, first).scope is Scope.INCIDENT
    assert of_number(claims, second).scope is Scope.BACKGROUND


def test_a_report_that_opens_with_a_day_of_another_year_recalls_it() -> None:
    """An anniversary is no late record."""
    claims = read("Air strikes killed 27 people in Raqqa on 28 September 2012.")
    assert of_number(claims, 27).scope is Scope.BACKGROUND
