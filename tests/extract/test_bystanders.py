"""People whom a sentence counts beside the harmed and who are none of them."""

import pytest
from little_ground import read


def counted(text: str, lang: str = "en") -> list[tuple[int | None, str]]:
    """Return what a report counts, in order."""
    return [(claim.low, claim.measure.value) for claim in read(text, lang)]


NINE = [(9, "killed")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The raid killed nine people. Eighty relatives of the victims attended the hearing."),
        ("fr", "Le raid a tué neuf personnes. Quatre-vingts proches des victimes ont assisté à l'audience."),
        ("es", "El ataque mató a nueve personas. Ochenta familiares de las víctimas asistieron a la audiencia."),
        ("it", "Il raid ha ucciso nove persone. Ottanta parenti delle vittime hanno assistito all'udienza."),
        ("ar", "قتلت الغارة تسعة أشخاص. وحضر الجلسة نحو 80 من أقارب الضحايا."),
        ("ar", "قتلت الغارة تسعة أشخاص. وحضر الافتتاح مئتان من ذوي الضحايا."),
    ],
)
def test_kin_of_the_dead_are_not_the_dead(lang: str, text: str) -> None:
    """Who comes to a hearing or a funeral is counted beside them."""
    assert counted(text, lang) == NINE


def test_kin_who_were_killed_are() -> None:
    """Relatives of somebody who was not harmed may have been."""
    assert counted("Nine relatives of the mayor were killed.") == NINE


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A father of five, killed at the wheel in March, was buried."),
        ("fr", "Il était père de cinq enfants, tué au volant en mars."),
        ("es", "Era padre de cinco hijos, muerto al volante en marzo."),
        ("it", "Era padre di cinque figli, ucciso al volante in marzo."),
    ],
)
def test_children_of_somebody_killed_are_not_counted(lang: str, text: str) -> None:
    """Their number only tells who he was."""
    assert all(low != 5 for low, _ in counted(text, lang))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine people were killed; the other 52 withdrew unharmed."),
        ("fr", "Neuf personnes ont été tuées ; les 52 autres sont indemnes."),
        ("es", "Murieron nueve personas; 43 voluntarios que cenaban al lado salieron indemnes."),
        ("it", "Nove sono morti. Altri 52 hanno ripiegato illesi verso il fiume."),
        ("ar", "قتل تسعة أشخاص ونجا 14 من دون أي خدش."),
        ("es", "Murieron nueve personas. Una patrulla de 20 uniformados cayó en una emboscada."),
    ],
)
def test_who_came_away_is_not_counted(lang: str, text: str) -> None:
    """A word behind them says so; in Arabic the verb before them, which says nothing of those ahead of it."""
    assert counted(text, lang) == NINE


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine guards out of 36 were killed."),
        ("en", "Nine firemen out of a crew of 16 were killed."),
        ("fr", "Neuf surveillants sur 36 ont été tués."),
        ("it", "Nove guardie su 36 sono state uccise."),
    ],
)
def test_the_whole_of_a_share_is_not_harmed(lang: str, text: str) -> None:
    """What befell them is said behind the whole and befell the share."""
    assert counted(text, lang) == NINE


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine people were killed. The youngest of the dead was 15 and the oldest 71."),
        ("en", "The committee, a body of eleven, met after nine people were killed."),
        ("en", "Nine people were shot dead near Gate 3, and dozens of trucks burned."),
        ("ar", "قتل تسعة أشخاص، واتفقوا على دفع دية مقدارها 51 بقرة عن كل قتيل."),
        ("ar", "قتل تسعة أشخاص. ورفض نحو 700 من السكان مغادرة منازلهم."),
    ],
)
def test_ages_boards_gates_prices_and_those_who_stay(lang: str, text: str) -> None:
    """Numbers of other things beside a toll."""
    assert counted(text, lang) == NINE


def test_a_further_clause_has_its_own_verb() -> None:
    """In Arabic "and that" opens another clause: the five were wounded, though "killed" stands right before it."""
    text = "أعلنت القوات أن أحد جنودها قتل وأن خمسة آخرين أصيبوا عندما تعرض موقعهم لهجوم."
    assert (5, "injured") in counted(text, "ar")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Troops found nine dead fighters in Raqqa.", "nine dead fighters"),
        ("Doctors treated nine wounded soldiers in Raqqa.", "nine wounded soldiers"),
        ("They counted nine missing children in Raqqa.", "nine missing children"),
    ],
)
def test_a_word_of_harm_that_describes_a_noun_hides_it_not(text: str, words: str) -> None:
    """The people are those of the noun: dead fighters are fighters."""
    [claim] = read(text, "en")
    assert claim.text == words
    assert claim.status.value != "unknown"
