"""Killed and hurt in one number, and what stands between the parts of a verb."""

import pytest
from little_ground import read


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The shelling killed and wounded at least 40 civilians."),
        ("en", "The bomber killed or injured 40 people."),
        ("en", "40 people were killed or wounded in the attack."),
        ("en", "There were 40 killed and wounded."),
        ("ar", "أدى القصف إلى مقتل وإصابة 40 مدنياً."),
        ("ar", "قتل وجرح 40 مدنياً في القصف."),
        ("ar", "أسفر القصف عن مقتل أو إصابة 40 مدنيا."),
        ("es", "El ataque mató e hirió a 40 civiles."),
        ("fr", "L'attaque a tué et blessé 40 civils."),
        ("it", "L'attacco ha ucciso e ferito 40 civili."),
    ],
)
def test_one_number_of_killed_and_hurt_is_of_both(lang: str, text: str) -> None:
    """Two verbs ahead of one number count both fates together, as two nouns do."""
    assert [(c.low, c.measure.value) for c in read(text, lang)] == [(40, "killed_or_injured")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Neuf civils avaient déjà péri dans une attaque."),
        ("fr", "Neuf civils ont également trouvé la mort dans l'attaque."),
        ("es", "Nueve civiles han perdido ya la vida en el ataque."),
        ("en", "Nine civilians have also lost their lives."),
    ],
)
def test_an_adverb_inside_a_verb_hides_no_dead(lang: str, text: str) -> None:
    """ "Already" and "also" stand between a helping verb and what befell people."""
    assert [(c.low, c.measure.value) for c in read(text, lang)] == [(9, "killed")]


def test_two_numbers_keep_their_own_fates() -> None:
    """ "مقتل تسعة وإصابة عشرة" are nine dead and ten hurt."""
    assert [(c.low, c.measure.value) for c in read("مقتل تسعة وإصابة عشرة في القصف.", "ar")] == [
        (9, "killed"),
        (10, "injured"),
    ]


def test_a_village_that_no_list_has_comes_before_its_country() -> None:
    """ "L'attaque du village de Koulpen, dans le nord du Mali" was in Koulpen."""
    (claim,) = read("Neuf civils ont été tués dans l'attaque du village de Koulpen, dans le nord du Mali.", "fr")
    assert claim.place is not None
    assert claim.place.name == "Koulpen"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Seven citizens including three children and a woman were killed."),
        ("es", "Siete personas entre ellas tres niños y una mujer fueron asesinadas."),
        ("fr", "Sept personnes dont trois enfants et une femme ont été tuées."),
        ("it", "Sette persone tra cui tre bambini e una donna sono state uccise."),
    ],
)
def test_a_whole_is_counted_whose_parts_stand_before_its_verb(lang: str, text: str) -> None:
    """Without commas the verb follows the last part; it still tells what befell the whole."""
    claims = read(text, lang)
    assert [(c.low, c.measure.value) for c in claims] == [(7, "killed"), (3, "killed"), (1, "killed")]
    assert [c.subset_of for c in claims] == [None, claims[0].claim_id, claims[0].claim_id]


def test_a_toll_told_behind_its_parts() -> None:
    """ "ارتفع إلى 14 بينهم 5 أطفال عدد الشهداء": the word that counts stands last."""
    claims = read("وارتفع إلى 14 بينهم 5 أطفال عدد الشهداء الذين قضوا في قصف على الرقة.", "ar")
    assert [(c.low, c.measure.value) for c in claims] == [(14, "killed"), (5, "killed")]
    assert claims[1].subset_of == claims[0].claim_id


def test_letters_that_stand_for_a_name_are_no_verb() -> None:
    """ "IS fighters" are fighters, and not what "is"."""
    (claim,) = read("Nine IS fighters were killed.")
    assert (claim.low, claim.status.value) == (9, "combatant")


def test_the_age_of_the_youngest_counts_nobody() -> None:
    """ "The youngest of them 7" is a child of seven."""
    claims = read("The group documented 35 deaths, including six children, the youngest of them 7.")
    assert [c.low for c in claims] == [35, 6]


@pytest.mark.parametrize(
    ("lang", "text", "last"),
    [
        (
            "en",
            "21 people were killed, including eight women and four children, and ten people were wounded.",
            "injured",
        ),
        ("fr", "Il parle de 21 morts, dont huit femmes et quatre enfants, et dix blessés.", "injured"),
        (
            "en",
            "He gave a toll of 21 dead, including eight women and four children, and ten people missing.",
            "missing",
        ),
    ],
)
def test_the_last_part_of_a_whole_shares_its_fate(lang: str, text: str, last: str) -> None:
    """What befell the next count is not what befell the part before it."""
    found = [(c.low, c.measure.value) for c in read(text, lang)]
    assert found == [(21, "killed"), (8, "killed"), (4, "killed"), (10, last)]


def test_one_family_is_no_person() -> None:
    """ "من أسرة واحدة" says of thirteen people that they were one family."""
    found = [
        (c.low, c.measure.value) for c in read("قال ناشطون إن 13 شخصاً من أسرة واحدة لقوا حتفهم إثر سقوط قذيفة.", "ar")
    ]
    assert found == [(13, "killed")]
    assert [c.low for c in read("قتل طفل واحد وجرح اثنان.", "ar")] == [1, 2]


@pytest.mark.parametrize(
    "text", ["Los ataques dejaron un muerto y cuatro heridos.", "El ataque causó un muerto y cuatro heridos."]
)
def test_one_dead_in_spanish(text: str) -> None:
    """ "Un muerto" is one person, as "un mort" and "un morto" are."""
    assert [(c.low, c.measure.value) for c in read(text, "es")] == [(1, "killed"), (4, "injured")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Three boys aged 7, 9 and 12 were killed in Raqqa."),
        ("en", "Three boys, aged 7, 9 and 12, were killed in Raqqa."),
        ("fr", "Trois garçons âgés de 7, 9 et 12 ans ont été tués."),
        ("es", "Tres niños de 7, 4 años y 7 meses murieron en el ataque."),
        ("it", "Tre bambini di 7, 9 e 12 anni sono stati uccisi."),
        ("ar", "قتل ثلاثة أطفال تتراوح أعمارهم بين 7 و12 عاما."),
    ],
)
def test_ages_count_nobody_and_part_no_count_from_its_verb(lang: str, text: str) -> None:
    """Three children of three ages are three dead."""
    assert [(c.low, c.measure.value) for c in read(text, lang)] == [(3, "killed")]


def test_a_daughter_of_three_years_is_counted_with_her_mother() -> None:
    """An age behind the last of two leaves both with their verb."""
    assert [c.low for c in read("Une femme et sa fille de trois ans ont été tuées à Raqqa.", "fr")] == [1, 1]


def test_numbers_without_years_stay_counts() -> None:
    """ "In clashes 9, 12 and 14 people were killed" has no ages."""
    assert [c.low for c in read("In clashes 9, 12 and 14 people were killed.")] == [9, 12, 14]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine men were taken off a bus and shot dead on Sunday night."),
        ("en", "Nine men were led away and killed."),
        ("en", "Nine men were rounded up in the market and executed."),
        ("en", "Nine men were abducted and later killed."),
        ("fr", "Neuf hommes ont été enlevés puis exécutés."),
        ("es", "Nueve hombres fueron sacados de sus casas y asesinados."),
        ("it", "Nove uomini sono stati rapiti e uccisi."),
    ],
)
def test_the_last_of_two_fates_counts(lang: str, text: str) -> None:
    """Who was taken and then killed is dead."""
    assert [(c.low, c.measure.value) for c in read(text, lang)] == [(9, "killed")]


def test_others_killed_are_others() -> None:
    """ "Nine were abducted and two killed", and somebody whom the nine killed, leave the nine abducted."""
    assert [(c.low, c.measure.value) for c in read("Nine men were abducted and two women were killed in Raqqa.")] == [
        (9, "abducted"),
        (2, "killed"),
    ]


def test_under_a_van_is_a_place() -> None:
    """ "A bomb under a parked van killed three people" counts three."""
    assert [c.low for c in read("A bomb under a parked van killed three people in Raqqa.")] == [3]
