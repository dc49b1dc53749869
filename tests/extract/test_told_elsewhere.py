"""Speakers a sentence off, and what lists, shares and rows of a bulletin add to a toll, as reports nobody tuned for tell it."""

import pytest
from little_ground import read


def numbers(text: str, lang: str) -> list[tuple[int | None, str, str, bool]]:
    """Return number, measure, status and whether it is a part, of every count that is read."""
    return [(c.low, str(c.measure), str(c.status), c.subset_of is not None) for c in read(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "speaker"),
    [
        ("es", "Cuatro personas murieron en el ataque. Así lo informó este jueves en su cuenta el alcalde.", "mayor"),
        ("es", "La policía negó el ataque. Añadió que nueve personas murieron.", "police"),
        (
            "it",
            "Sei persone sono morte nel raid. Lo ha reso noto il sindaco Aldo Verri, che parla di strage.",
            "Aldo Verri (sindaco)",
        ),
        ("it", "Sei persone sono morte nel raid. Lo comunica la polizia.", "police"),
        ("it", "Sei morti, stando al racconto di alcuni testimoni raccolto dall'Afp.", "witnesses"),
        ("ar", "قال مصدر عسكري إن تسعة جنود قتلوا.", "military sources"),
        ("ar", "قال والي الولاية إن تسعة مدنيين قتلوا.", "governor"),
        ("en", "Nine people were killed, according to residents quoted by Reuters.", "residents"),
    ],
)
def test_who_told_it(lang: str, text: str, speaker: str) -> None:
    """A sentence that only says who told what went before, a verb without a subject, a role that an outlet quotes."""
    assert {c.attribution[0] for c in read(text, lang)} == {speaker}


def test_an_impersonal_headline_has_no_speaker() -> None:
    """ "Denuncian 30 muertos" names nobody, whoever spoke before it."""
    assert read("La Presidencia lo niega.\n\nDenuncian 30 muertos en un ataque.", "es")[0].attribution == ()


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        (
            "fr",
            "Le raid a fait 16 morts : dix civils et six soldats.",
            [(16, "killed", "mixed", False), (10, "killed", "civilian", True), (6, "killed", "combatant", True)],
        ),
        (
            "en",
            "Of the 60 people killed in the raid, 40 were civilians.",
            [(60, "killed", "unknown", False), (40, "killed", "civilian", True)],
        ),
        (
            "en",
            "Of 64 drones launched overnight, 51 were shot down and nobody was hurt.",
            [(0, "injured", "unknown", False)],
        ),
        ("fr", "L'un des quatre otages a été tué.", [(1, "killed", "unknown", False)]),
        (
            "fr",
            "L'attaque a fait au moins 31 morts, dont six enfants, et 94 blessés.",
            [(31, "killed", "unknown", False), (6, "killed", "civilian", True), (94, "injured", "unknown", False)],
        ),
        ("es", "Heridos: 19", [(19, "injured", "unknown", False)]),
        ("es", "Sube a 40 la cifra de muertos.", [(40, "killed", "unknown", False)]),
        ("ar", "رأى شاهد عيان جثتين في الشارع.", [(2, "killed", "unknown", False)]),
        ("ar", "سقط 38 شهيدا و142 إصابة.", [(38, "killed", "unknown", False), (142, "injured", "unknown", False)]),
        ("ar", "لم تسجل أي إصابات بين المدنيين.", [(0, "killed_or_injured", "civilian", False)]),
        ("ar", "نزوح ما بين 3 آلاف و4 آلاف شخص.", [(3000, "displaced", "civilian", False)]),
    ],
)
def test_what_a_toll_is_made_of(lang: str, text: str, wanted: list[tuple[int | None, str, str, bool]]) -> None:
    """Lists behind a mark that make up the toll, shares of what opens the sentence, rows, duals, none among whom."""
    assert numbers(text, lang) == wanted


def test_a_list_that_does_not_make_up_the_toll_is_none_of_its_parts() -> None:
    """Behind a comma only a list whose counts sum to the toll spells it out; behind a colon it may leave people out."""
    assert not any(part for *_, part in numbers("Le raid a fait 16 morts, deux civils et six soldats.", "fr"))
    told = numbers("Le raid a fait 16 morts : deux civils et six soldats.", "fr")
    assert [(n, part) for n, *_, part in told] == [(16, False), (2, True), (6, True)]
