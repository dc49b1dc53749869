"""Armed violence is told apart from earthquakes, accidents, common crime and sport."""

import pytest
from little_ground import read

from marsad.extract.topic import is_elsewhere, tells_elsewhere
from marsad.text.lexicon import lexicon


@pytest.mark.parametrize(
    "text",
    [
        "Quake hits island, five hurt\nA 5.6 magnitude earthquake injured five people. The tremor was felt for miles.",
        "A woman has died after a hit-and-run. The driver faces vehicular manslaughter charges.",
        "The sheriff said the suspect killed one person and injured two others. He was a disgruntled employee.",
        "Floods and a landslide killed 40 people and left 900 homeless.",
        "Eighty years ago an earthquake buried the old town. Ten thousand people died. It was, she says, like a war.",
        "He was injured before the playoffs; the quarterback and two other players were hurt.",
    ],
)
def test_other_matters_make_no_claims(text: str) -> None:
    """However many people were hurt."""
    assert read(text) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The drill simulated an attack with 50 casualties, the agency said."),
        ("en", "A minibus carrying wedding guests plunged into a canal, killing 14 people, the governor said."),
        ("en", "Police arrested a man after his estranged wife and two daughters were found dead at home."),
        ("es", "El dengue ha matado a 45 personas este año, según el Ministerio de Salud."),
        ("fr", "La rougeole a tué 45 enfants cette année, selon le ministère de la Santé."),
        ("it", "Due operai sono morti in un infortunio sul lavoro, ha reso noto il sindaco."),
        ("ar", "توفي 12 شخصا بعد سقوط حافلة في النهر."),
    ],
)
def test_one_sentence_is_enough(lang: str, text: str) -> None:
    """Most posts are one sentence long: a sickness, a work accident and an exercise are told by it."""
    assert read(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "Town is a war zone of mud as typhoon deaths climb\n\nThe typhoon has killed 46 people, police said. "
            "It looked like a bombardment, an army sergeant said; a landslide buried nine.",
        ),
        (
            "it",
            "Il fango ha ucciso 229 persone\n\nDopo le piogge la collina è venuta giù. Sembrava un bombardamento, dice "
            "una suora. Una frana aveva fatto cinque morti.",
        ),
        (
            "es",
            "Alud de lodo deja 12 muertos\n\nLas lluvias torrenciales mataron a 12 personas. Fue como una bomba, dijo un vecino.",
        ),
    ],
)
def test_what_a_storm_was_like_is_no_weapon(lang: str, text: str) -> None:
    """A flood told in the words of war is a flood."""
    assert read(text, lang) == []


def test_a_boat_or_a_pit_is_no_accident_by_itself() -> None:
    """The killers came in a boat, the miners were shot in their pit."""
    shot = "Nueve mineros fueron acribillados el sábado en un socavón. Los autores llegaron en una lancha."
    assert [claim.value for claim in read(shot, "es")] == [9]


@pytest.mark.parametrize(
    "text",
    [
        "A drone hit a training exercise of the army, killing nine soldiers.",
        "Gunmen shot dead nine workers at a construction site.",
        "A mortar shell plunged into the crowd and killed nine people.",
    ],
)
def test_arms_outweigh_the_setting(text: str) -> None:
    """Where people were when they were attacked makes no accident of it."""
    assert [claim.value for claim in read(text)] == [9]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "Air raids killed nine people days after the earthquake. Rebels said the tremor had levelled their lines.",
            [9],
        ),
        ("Gunmen killed four soldiers. The suspect was held.", [4]),
        ("Raids killed nine people on Tuesday. A bus crash on the coast road killed 12 people.", [9]),
        ("An army truck in a convoy hit by a car bomb killed nine soldiers.", [9]),
    ],
)
def test_war_beside_another_matter_is_still_war(text: str, values: list[int]) -> None:
    """A sentence about an accident is left out, the rest is read."""
    assert [claim.value for claim in read(text)] == values


def test_one_word_proves_nothing() -> None:
    """ "It felt like an earthquake" is no report of one."""
    words = lexicon("en")
    lines = [words.line(s) for s in ("It felt like an earthquake.", "The explosion killed nine people.")]
    assert not is_elsewhere(words, lines)
    assert tells_elsewhere(words, lines[0])
    assert not tells_elsewhere(words, lines[1])


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "es",
            "Tarde grande en la plaza de toros: dos toreros heridos.\nLa cornada al banderillero fue leve. "
            "En la capea hubo nueve heridos, uno de ellos menor.",
        ),
        (
            "fr",
            "Dès le premier niveau, le joueur abat cinquante soldats.\nLe studio promet un mode multijoueur. "
            "Quatre de mes coéquipiers sont morts, deux ont été blessés.",
        ),
        (
            "en",
            "Steel Dawn ends: 12 dead, 40 wounded, all made of rubber.\nThe exercise followed the script, the umpires said. "
            "Volunteers with painted wounds were carried past soldiers.",
        ),
    ],
)
def test_games_and_exercises_are_told_in_the_words_of_war(lang: str, text: str) -> None:
    """A bullfight, a video game and an exercise harm nobody of a war."""
    assert read(text, lang) == []


def test_hints_alone_do_not_make_a_long_report_of_something_else() -> None:
    """A gang and a road stand in reports of massacres, too."""
    text = (
        "Cuando amaneció, los vecinos salieron con sábanas. Nueve personas fueron asesinadas por la banda. "
        "Los cuerpos quedaron a lo largo de la carretera. Las familias huyeron."
    )
    assert [c.low for c in read(text, "es")][:1] == [9]
