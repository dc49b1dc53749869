"""Who of a sentence was harmed: not who did it, not who is described, and of what kind the hurt were."""

import pytest
from little_ground import ground, read

from marsad.extract.read import claims_in
from marsad.model import Claim, ReportId, Text

Counted = list[tuple[int | None, str]]


def counted(text: str, lang: str) -> Counted:
    """Return what a report counts, in order."""
    return [(c.low, c.measure.value) for c in read(text, lang)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Three men killed the mayor.", []),
        ("Three unidentified men shot and killed the minister.", []),
        ("Nine people killed the day before were buried.", [(9, "killed")]),
        ("Two armed men have wounded six persons.", [(6, "injured")]),
        ("The raid left nine dead.", [(9, "killed")]),
    ],
)
def test_who_did_it_was_not_harmed(text: str, wanted: Counted) -> None:
    """In English "killed" stands behind who did it as behind whom it befell; an object or another number tells."""
    assert counted(text, "en") == wanted


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "Fueron asesinados seis pastores, dos de ellos menores de edad, y resultó herida una mujer."),
        ("it", "Sono stati uccisi sei pastori, due di loro minorenni, ed è rimasta ferita una donna."),
        ("fr", "Ont été tués six bergers, dont deux mineurs, et a été blessée une femme."),
    ],
)
def test_a_verb_ahead_is_of_whom_it_stands_ahead(lang: str, text: str) -> None:
    """The second verb is of the woman, not of the shepherds behind the first one."""
    assert counted(text, lang) == [(6, "killed"), (2, "killed"), (1, "injured")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine displaced people were killed in the strike."),
        ("es", "Murieron nueve desplazados en el ataque."),
        ("it", "Nella scuola sono morti nove sfollati per una granata."),
        ("fr", "Neuf déplacés ont été tués dans la frappe."),
    ],
)
def test_displaced_people_may_be_killed(lang: str, text: str) -> None:
    """What befell them now counts, not what their noun says of before."""
    assert counted(text, lang) == [(9, "killed")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "We lost three colleagues in the strike."),
        ("es", "Perdió aquel día a tres hijos en el bombardeo."),
        ("it", "Abbiamo perso anche tre colleghi nel bombardamento."),
    ],
)
def test_lost_people_are_dead(lang: str, text: str) -> None:
    """People whom somebody lost, with a word between."""
    assert counted(text, lang) == [(3, "killed")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "Un médico del hospital dijo que murieron nueve personas."),
        ("it", "Un medico ha detto che sono morte nove persone."),
        ("fr", "Un médecin a déclaré que sont mortes neuf personnes."),
    ],
)
def test_who_tells_of_the_dead_is_none_of_them(lang: str, text: str) -> None:
    """ "Que", "che" open what he says, not who he was."""
    assert counted(text, lang) == [(9, "killed")]


def test_how_old_the_dead_are_counts_nobody() -> None:
    """'Children under five' is no number of people; 'under five people' is."""
    assert counted("The raid killed 20 people. Eight of the dead are children under five.", "en") == [
        (20, "killed"),
        (8, "killed"),
    ]
    assert [c.high for c in read("The raid killed under five people.", "en")] == [4]


def test_an_editors_note_is_passed_over() -> None:
    """Notes in square brackets do not part people from what befell them."""
    assert counted("10 OTHER PEOPLE [NOT FURTHER IDENTIFIED] WERE ALSO INJURED.", "en") == [(10, "injured")]


@pytest.mark.parametrize(
    ("lang", "text", "status"),
    [
        ("en", "The rebels killed six soldiers and wounded four.", "combatant"),
        ("fr", "Il fait état de 25 soldats tués et de six blessés.", "combatant"),
        ("it", "I militari morti sono sei.", "combatant"),
        ("es", "Cuatro civiles murieron y una decena resultaron heridos.", "civilian"),
        ("en", "The raid killed six soldiers. Separately, four were wounded.", "unknown"),
        ("en", "More than 100 civilians were killed and hundreds injured in the raid.", "unknown"),
    ],
)
def test_the_hurt_right_behind_the_dead_are_of_their_kind(lang: str, text: str, status: str) -> None:
    """A bare number of the hurt in the same clause is of soldiers, as the dead are; in another sentence nobody knows."""
    assert read(text, lang)[-1].status.value == status


@pytest.mark.parametrize(("lang", "text"), [("en", "The hospital received 60+ wounded."), ("ar", "وصل 60+ جريحا.")])
def test_a_plus_behind_a_number_opens_it(lang: str, text: str) -> None:
    """'60+' is at least sixty."""
    [claim] = read(text, lang)
    assert (claim.low, claim.high, claim.bound.value) == (60, None, "at_least")


@pytest.mark.parametrize(
    ("lang", "text", "speaker"),
    [
        (
            "en",
            "Nine people were killed, according to Khartoum state's health ministry.",
            "Khartoum state's health ministry",
        ),
        ("en", "Nine people were killed, the Karari Nurses' Union says.", "Karari Nurses' Union"),
        ("en", "The Ombada emergency committee counted nine dead in the shelling.", "Ombada emergency committee"),
        ("en", "Shelling of the market: 16 dead.\nSource: the village elders", "village elders"),
        ("it", "Bombardamento sul mercato: 16 morti.\nFonte: comitati locali.", "comitati locali"),
        ("fr", "Une heure plus tôt, le gouverneur faisait encore état de neuf tués.", "governor"),
        ("it", "Il Governo è a conoscenza del fatto che nell'attacco hanno perso la vita nove civili.", "government"),
        ("fr", "17h20 - Protection civile : quatre corps retrouvés sous les décombres.", "civil defence"),
        ("ar", "أعلنت وزارة الداخلية استشهاد ثلاثة من رجال الشرطة في هجوم.", "interior ministry"),
        ("it", "Un medico dell'ospedale locale ha detto di aver contato 34 corpi.", "doctor (medico dell'ospedale)"),
        ("fr", "Le gouverneur parle, lui, de dix-neuf tués dans la frappe.", "governor"),
        ("fr", "Les constatations sur place font état de seize morts.", ""),
    ],
)
def test_who_says_it(lang: str, text: str, speaker: str) -> None:
    """Whose a ministry is, names with an apostrophe, a line that names the source, a live entry's time, an adverb inside."""
    assert {"".join(claim.attribution[:1]) for claim in read(text, lang)} == {speaker}


@pytest.mark.parametrize(
    ("lang", "outlet", "wanted"),
    [
        ("en", "Al-Karama Hospital", ("Al-Karama Hospital",)),
        ("ar", "مستشفى الكرامة الميداني", ("مستشفى الكرامة الميداني",)),
        ("es", "Hospital Universitario del Llano", ("Hospital Universitario del Llano",)),
        ("en", "County Hospital Gazette", ()),
        ("es", "Diario regional", ()),
    ],
)
def test_a_hospital_that_prints_its_own_counts_speaks(lang: str, outlet: str, wanted: tuple[str, ...]) -> None:
    """An outlet whose name is that of an institution is its word; a paper of such a name is a paper."""
    text = {
        "en": "Nine people were killed in a raid.",
        "ar": "قتل تسعة أشخاص في غارة.",
        "es": "Murieron nueve personas.",
    }[lang]
    claims = claims_in(Text(ReportId("x"), text, None, outlet, lang), ground())
    assert [c.attribution for c in claims if isinstance(c, Claim)] == [wanted]
