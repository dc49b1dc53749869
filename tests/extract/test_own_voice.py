"""Whose word a report is: an outlet that counts for itself, a quotation that goes on, a paper's maker, whoever spoke last."""

from datetime import date

import pytest
from little_ground import ground, read

from marsad.extract.read import claims_in
from marsad.model import Claim, Measure, ReportId, Text


def said_by(lang: str, text: str, outlet: str | None) -> list[tuple[str, ...]]:
    report = Text(ReportId("r"), text, date(2024, 6, 1), outlet, lang)
    return [claim.attribution for claim in claims_in(report, ground()) if isinstance(claim, Claim)]


BODIES = [
    ("en", "Lakeside Medical Network", "Four patients were killed by two shells."),
    ("fr", "Médecins du Lac", "Quatre patients ont été tués par deux obus."),
    ("es", "Comité de Derechos del Sur", "Cuatro campesinos fueron asesinados por los paramilitares."),
    ("it", "Comitato diritti del Lago", "Quattro pazienti sono stati uccisi da due granate."),
    ("ar", "مرصد البحيرة", "قتل أربعة مدنيين في القصف."),
]


@pytest.mark.parametrize(("lang", "outlet", "text"), BODIES)
def test_an_organisation_that_counts_is_its_own_witness(lang: str, outlet: str, text: str) -> None:
    """Its name tells that it counts or treats: what it prints in nobody's name is its word."""
    assert said_by(lang, text, outlet) == [(outlet,)]


@pytest.mark.parametrize(
    "outlet", ["Medical News Today", "Rights Tribune", "The Civil Courier", "Lakeside Courier", None]
)
def test_a_paper_is_nobody_s_witness(outlet: str | None) -> None:
    """A paper may be called after rights or medicine; what it prints in its own voice has no speaker."""
    assert said_by("en", "Four patients were killed by two shells.", outlet) == [()]


OURS = [
    ("en", "Our teams recovered nine bodies after the shelling.", "Lake Group"),
    ("fr", "Nos secouristes ont dégagé neuf corps après le bombardement.", "Groupe du Lac"),
    ("es", "Nuestros voluntarios recuperaron nueve cuerpos tras el bombardeo.", "Grupo del Lago"),
    ("it", "I nostri volontari hanno estratto nove corpi dopo il bombardamento.", "Gruppo del Lago"),
    ("ar", "انتشلت طواقمنا تسعة جثامين بعد القصف.", "مجموعة البحيرة"),
]


@pytest.mark.parametrize(("lang", "text", "outlet"), OURS)
def test_whoever_speaks_of_our_teams_counts_for_itself(lang: str, text: str, outlet: str) -> None:
    """An outlet that tells of its own rescuers is their organisation, whatever it is called."""
    assert said_by(lang, text, outlet) == [(outlet,)]


def test_our_teams_in_somebody_s_mouth_are_not_the_outlet_s() -> None:
    """Inside a quotation "our teams" are those of whoever speaks; what stands outside it stays in nobody's name."""
    text = '"Our teams are tired," a nurse wrote. Nine people were killed in the raid.'
    assert ("Lakeside Courier",) not in said_by("en", text, "Lakeside Courier")


def test_a_name_of_one_country_s_body_is_a_role_elsewhere() -> None:
    """The civil defence of a town in Sudan is not Syria's."""
    assert said_by("ar", "قتل تسعة مدنيين في قصف على ييدا.", "الدفاع المدني في ييدا") == [("civil defence",)]


GOES_ON = [
    ("en", '"We buried nine people," said Dr Ali Hassan. "Five more are missing."', "Ali Hassan"),
    ("it", "«Hanno ucciso nove persone», scrive padre Ali Hassan. «Cinque feriti sono in ospedale».", "Ali Hassan"),
    (
        "en",
        'Ali Hassan, an activist, wrote:\n\n"Nine people were killed. Five people were wounded."',
        "Ali Hassan (activist)",
    ),
]


@pytest.mark.parametrize(("lang", "text", "name"), GOES_ON)
def test_a_quotation_goes_on_for_whoever_spoke(lang: str, text: str, name: str) -> None:
    """A second quotation of the paragraph, and what stands below "she wrote:", is of the one who was named."""
    assert [claim.attribution for claim in read(text, lang)] == [(name,), (name,)]


SAME = [
    ("en", "Nine people died, hospital sources said. The same sources said five men were wounded.", "hospital sources"),
    (
        "fr",
        "Neuf civils sont morts, selon des sources médicales. Cinq femmes ont été blessées, selon la même source.",
        "medical sources",
    ),
    (
        "it",
        "Nove civili sono morti, secondo fonti mediche. Cinque donne sono state ferite, secondo la stessa fonte.",
        "medical sources",
    ),
    (
        "es",
        "Nueve civiles murieron, según fuentes médicas. Cinco mujeres resultaron heridas, según las mismas fuentes.",
        "medical sources",
    ),
    ("ar", "قال مصدر طبي إن تسعة أشخاص قتلوا. وأصيب خمسة مدنيين، بحسب المصدر ذاته.", "medical sources"),
]


@pytest.mark.parametrize(("lang", "text", "name"), SAME)
def test_the_same_source_is_whoever_spoke_last(lang: str, text: str, name: str) -> None:
    """It is nobody new."""
    assert [claim.attribution for claim in read(text, lang)] == [(name,), (name,)]


BEHIND = [
    (
        "es",
        "Nueve civiles murieron en un ataque contra la estación de Domiz, en el norte, informó la Policía.",
        "police",
    ),
    (
        "fr",
        "Neuf civils ont été tués dans une attaque contre la base de Kabila, près de Bria, a indiqué la police.",
        "police",
    ),
    (
        "it",
        "Nove civili sono stati uccisi in un attacco alla base di Kabila, vicino a Bria, ha detto la polizia.",
        "police",
    ),
    (
        "it",
        "Nove morti, ha dichiarato il ministro della Sicurezza Ali Hassan alla televisione di Stato.",
        "Ali Hassan (ministro della Sicurezza)",
    ),
    ("it", "La testimonianza di un commerciante: «Ho visto nove cadaveri davanti alla banca».", "trader"),
    (
        "it",
        "Padre Ali Hassan, vicario della parrocchia di Nawa, racconta che nove persone sono state uccise.",
        "Ali Hassan (vicario della parrocchia di Nawa)",
    ),
    ("en", "A toll released by the health ministry put the dead at nine.", "health ministry"),
    ("ar", "اتهم المتحدث باسم الجيش قوات الدعم السريع بالقصف، وقال إن قواته قتلت تسعة مسلحين.", "army spokesman"),
]


@pytest.mark.parametrize(("lang", "text", "name"), BEHIND)
def test_who_is_named_beside_the_verb_speaks(lang: str, text: str, name: str) -> None:
    """A place between commas, a portfolio, a paper's maker and whom he accuses do not speak."""
    assert [claim.attribution for claim in read(text, lang)] == [(name,)]


def test_lines_of_a_channel_are_lines() -> None:
    """A line that begins with a sign goes on with nothing; "(security source)" closes the one before."""
    lines = [
        "🔴 Ambush on a convoy between two villages near the river",
        "➡️ 11 soldiers killed, 7 missing (security source)",
        "➡️ 4 vehicles taken from the convoy by the attackers",
    ]
    text = "\n".join(lines)
    assert [claim.attribution for claim in read(text)] == [("security source",), ("security source",)]


COUPLES = [
    ("en", "An elderly couple was killed by a shell."),
    ("fr", "Un couple de retraités a été tué par un obus."),
    ("es", "Una pareja fue asesinada por los rebeldes."),
    ("it", "Una coppia di anziani è stata uccisa da una granata."),
]


@pytest.mark.parametrize(("lang", "text"), COUPLES)
def test_a_couple_is_two(lang: str, text: str) -> None:
    """One word, two dead."""
    assert [claim.value for claim in read(text, lang)] == [2]


def test_refugees_are_counted_by_their_noun_but_not_what_is_meant_for_them() -> None:
    """Those who arrived are displaced; supplies for so many count nobody; those killed are dead."""
    text = "Nine refugees were killed. About 3,000 refugees arrived in Yida. The store has tents for 5,000 refugees."
    assert [(claim.value, claim.measure) for claim in read(text)] == [(9, Measure.KILLED), (3000, Measure.DISPLACED)]


FAR = [
    ("Este año han sido asesinados en el municipio once militares.", 11),
    ("En la emboscada murieron en Alepo 12 soldados.", 12),
]


@pytest.mark.parametrize(("text", "number"), FAR)
def test_a_place_may_stand_between_a_spanish_verb_and_the_dead(text: str, number: int) -> None:
    """ "Murieron en Alepo 12 soldados"; those who attacked in another clause did not die."""
    assert [claim.value for claim in read(text, "es")] == [number]
    other = read("Nueve personas murieron en combates cuando 200 soldados atacaron la aldea.", "es")
    assert [claim.value for claim in other] == [9]


ARABIC = [
    ("ونقلت وكالة رويترز عن شاهد عيان قوله إنه رأى تسعة قتلى.", ("witness", "Reuters")),
    ("وأبلغ مسؤول محلي وكالة رويترز أن تسعة مدنيين قتلوا في التفجير.", ("official", "Reuters")),
    ("ونقل عن متطوع في المستشفى قوله إنهم دفنوا تسعة قتلى بعد القصف.", ("aid worker",)),
    ("وكان مدير أمن المحافظة قد تحدث عن تسعة قتلى.", ("security chief",)),
]


@pytest.mark.parametrize(("text", "chain"), ARABIC)
def test_an_agency_that_was_told_only_relays(text: str, chain: tuple[str, ...]) -> None:
    """Whoever is quoted or told it to an agency speaks; the agency stands behind him."""
    assert [claim.attribution for claim in read(text, "ar")] == [chain]


def test_an_arabic_sentence_ends_behind_a_vowel_sign() -> None:
    """ "عسكرياً." ends it: who speaks in the next one said nothing of the count before."""
    text = "وثق المركز مقتل تسعة عسكرياً. وبحسب شهود عيان قتل خمسة مدنيين."
    assert [claim.attribution for claim in read(text, "ar")][-1:] == [("witnesses",)]
    assert all("witnesses" not in claim.attribution for claim in read(text, "ar")[:-1])


ASIDES = [
    ("es", "Asciende a nueve la cifra de muertos en el atentado.", ()),
    (
        "es",
        "El Ministerio de Defensa, por su parte, solo ha admitido la muerte de nueve soldados.",
        ("defence ministry",),
    ),
    ("fr", "La clinique a reçu neuf corps, nous dit son infirmier titulaire après les combats.", ("nurse",)),
    ("it", "I militari morti sono nove, stando all'esercito.", ("army",)),
    ("it", "Un medico dell'ospedale Erdogan ha contato nove salme.", ("doctor (medico dell'ospedale Erdogan)",)),
    (
        "fr",
        "Neuf soldats sont morts : c'est le bilan rendu public dimanche par le ministère de la Défense.",
        ("defence ministry",),
    ),
]


@pytest.mark.parametrize(("lang", "text", "chain"), ASIDES)
def test_small_words_beside_the_verb_change_nothing(lang: str, text: str, chain: tuple[str, ...]) -> None:
    """A noun behind an article says nothing; adverbs, whom it is told to, days and a hospital's name hide nobody."""
    assert [claim.attribution for claim in read(text, lang)] == [chain]


QUOTED = [
    ("Reuters quoted a doctor as saying nine people were killed in the raid.", ("doctor", "Reuters")),
    ("SANA quoted a military source as saying that nine soldiers were killed.", ("military source", "SANA")),
    ("The governor was quoted as saying that nine people were killed.", ("governor",)),
]


@pytest.mark.parametrize(("text", "chain"), QUOTED)
def test_quoted_as_saying_is_the_word_of_whom_they_quote(text: str, chain: tuple[str, ...]) -> None:
    """An agency that quotes somebody stands behind him."""
    assert [claim.attribution for claim in read(text)] == [chain]
