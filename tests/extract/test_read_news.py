"""Sentences as wires write them, about many wars: what is counted, of whom, who says it. None is from a wire."""

import pytest
from little_ground import read

from marsad.model import Claim

Counted = tuple[int | None, int | None, str, str]
"""Low, high, measure, status."""


def counted(claims: list[Claim]) -> list[Counted]:
    """Return what was counted, in order."""
    return [(c.low, c.high, c.measure.value, c.status.value) for c in claims]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "A missile hit a block of flats in Dnipro, killing 46 people, including six children, and injured 80 more.",
            [(46, 46, "killed", "unknown"), (6, 6, "killed", "civilian"), (80, 80, "injured", "unknown")],
        ),
        (
            "The number of people killed has risen from 12 to 15.",
            [(12, 12, "killed", "unknown"), (15, 15, "killed", "unknown")],
        ),
        ("The toll was revised to between 12 and 15.", [(12, 15, "killed", "unknown")]),
        ("Not a single civilian was harmed.", [(0, 0, "killed_or_injured", "civilian")]),
        ("An air strike killed the groom and 12 guests.", [(12, 12, "killed", "civilian")]),
        ("Two Palestinians, aged 17 and 22, were shot dead in Jenin.", [(2, 2, "killed", "unknown")]),
        (
            "Thirteen people including four soldiers died on the spot, while six succumbed to their injuries.",
            [(13, 13, "killed", "unknown"), (4, 4, "killed", "combatant"), (6, 6, "killed", "unknown")],
        ),
        ("The shelling killed a 7-year-old girl.", [(1, 1, "killed", "civilian")]),
        (
            "The explosion injured 14, three of them seriously.",
            [(14, 14, "injured", "unknown"), (3, 3, "injured", "unknown")],
        ),
        (
            "Thirty-four people, mostly women, died in the attack on the market.",
            [(34, 34, "killed", "unknown")],
        ),
        (
            "One soldier was killed and another injured.",
            [(1, 1, "killed", "combatant"), (1, 1, "injured", "combatant")],
        ),
        (
            "Three-quarters of the 1,100 people killed were women and children.",
            [(825, 825, "killed", "civilian"), (1100, 1100, "killed", "unknown")],
        ),
        (
            "The strike killed a father, a mother and their four daughters.",
            [(1, 1, "killed", "unknown"), (1, 1, "killed", "unknown"), (4, 4, "killed", "unknown")],
        ),
        ("Militiamen hacked to death at least 46 villagers.", [(46, None, "killed", "civilian")]),
        (
            "Twelve government soldiers were killed and 40 captured.",
            [(12, 12, "killed", "combatant"), (40, 40, "detained", "unknown")],
        ),
        (
            "Authorities put the dead at 52 and the wounded at 120.",
            [(52, 52, "killed", "unknown"), (120, 120, "injured", "unknown")],
        ),
        ("Some 35,000 people crossed the border into Chad.", [(35000, 35000, "displaced", "civilian")]),
        ("The army shelled the town; nine protesters were killed.", [(9, 9, "killed", "civilian")]),
        ("Three attackers were killed.", [(3, 3, "killed", "combatant")]),
        ("The war has killed more than 20,000 people since it began.", [(20001, None, "killed", "mixed")]),
        ("Three women were killed.", [(3, 3, "killed", "civilian")]),
        (
            "Nine people, among them three women, were killed.",
            [(9, 9, "killed", "unknown"), (3, 3, "killed", "unknown")],
        ),
        ("Rescuers recovered nine bodies of children.", [(9, 9, "killed", "civilian")]),
        (
            "The strike killed the commander of the brigade, three of his guards and a driver.",
            [(3, 3, "killed", "unknown"), (1, 1, "killed", "civilian")],
        ),
        ("The raid killed commander Ahmed Ali and two other militants.", [(2, 2, "killed", "combatant")]),
        ("About 200,000 of the enclave's 2.3 million residents fled.", [(200000, 200000, "displaced", "civilian")]),
        ("Four of the nine wounded died overnight.", [(4, 4, "killed", "unknown"), (9, 9, "injured", "unknown")]),
        ("Six members of one family were among the dead.", [(6, 6, "killed", "unknown")]),
        ("A family of five was wiped out by a barrel bomb.", [(5, 5, "killed", "unknown")]),
        (
            "The toll, earlier put at 30, now stands at 34.",
            [(30, 30, "killed", "unknown"), (34, 34, "killed", "unknown")],
        ),
        ("Seven children aged between 2 and 14 were killed.", [(7, 7, "killed", "civilian")]),
        ("On 14 March 12 people were killed.", [(12, 12, "killed", "unknown")]),
        ("Nine of the 30 hostages were killed.", [(9, 9, "killed", "unknown")]),
        ("Nine of the 30 people killed were children.", [(9, 9, "killed", "civilian"), (30, 30, "killed", "unknown")]),
        (
            "Three soldiers, two policemen and a civilian were killed.",
            [(3, 3, "killed", "combatant"), (2, 2, "killed", "combatant"), (1, 1, "killed", "civilian")],
        ),
        ("The army killed 14 bandits near the river.", [(14, 14, "killed", "combatant")]),
        ("The raid killed nine soldiers and 40 camels.", [(9, 9, "killed", "combatant")]),
        ("The murder of two councillors shocked the town.", [(2, 2, "killed", "civilian")]),
        (
            "Rebels shot 16 villagers; two were shot dead.",
            [(16, 16, "killed_or_injured", "civilian"), (2, 2, "killed", "unknown")],
        ),
        ("Two people were slightly injured.", [(2, 2, "injured", "unknown")]),
        ("A 12- year-old girl was injured.", [(1, 1, "injured", "civilian")]),
        ("The bomb killed 12 in Raqqa.", [(12, 12, "killed", "unknown")]),
        ("The blast[en] killed nine people.", [(9, 9, "killed", "unknown")]),
    ],
)
def test_counts_in_english(text: str, wanted: list[Counted]) -> None:
    """Lists, asides, ages, tolls that rose, others and more."""
    assert counted(read(text)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Al menos 17 muertos y 40 heridos en un atentado en Bogotá.",
            [(17, None, "killed", "unknown"), (40, 40, "injured", "unknown")],
        ),
        (
            "Un dron mató a tres civiles e hirió a otros siete.",
            [(3, 3, "killed", "civilian"), (7, 7, "injured", "civilian")],
        ),
        (
            "El balance del bombardeo sube a 34 muertos, entre ellos 12 niños.",
            [(34, 34, "killed", "unknown"), (12, 12, "killed", "civilian")],
        ),
        ("El número de muertos subió de 12 a 15.", [(12, 12, "killed", "unknown"), (15, 15, "killed", "unknown")]),
        (
            "Murieron 25 personas y más de un centenar resultaron heridas.",
            [(25, 25, "killed", "unknown"), (101, None, "injured", "unknown")],
        ),
        (
            "Las autoridades cifran en 52 los muertos y en 120 los heridos.",
            [(52, 52, "killed", "unknown"), (120, 120, "injured", "unknown")],
        ),
        (
            "Los combates han obligado a unas 15.000 personas a abandonar sus hogares.",
            [(15000, 15000, "displaced", "civilian")],
        ),
        ("Ninguno de los pasajeros resultó herido.", [(0, 0, "injured", "civilian")]),
        ("No se sabe cuántos combatientes murieron.", [(None, None, "killed", "combatant")]),
        ("Una veintena de rebeldes fueron abatidos en una operación militar.", [(20, 20, "killed", "combatant")]),
        ("Fueron hallados los cadáveres de 28 migrantes tras el ataque.", [(28, 28, "killed", "unknown")]),
        ("Treinta y cuatro personas, la mayoría mujeres, perdieron la vida.", [(34, 34, "killed", "unknown")]),
        ("Unos 300 civiles siguen desaparecidos.", [(300, 300, "missing", "civilian")]),
        ("El martes murieron otras dos personas.", [(2, 2, "killed", "unknown")]),
        ("Entre los fallecidos hay seis menores de edad.", [(6, 6, "killed", "civilian")]),
        (
            "La guerra ha dejado 260.000 muertos y 7 millones de desplazados.",
            [(260000, 260000, "killed", "mixed"), (7000000, 7000000, "displaced", "civilian")],
        ),
        ("Doscientas treinta y una personas murieron.", [(231, 231, "killed", "unknown")]),
        ("Un soldado murió y otro resultó herido.", [(1, 1, "killed", "combatant"), (1, 1, "injured", "combatant")]),
        ("El grupo amenazó con matar a diez rehenes.", []),
        ("El terremoto, de magnitud 6, mató a 40 personas.", []),
    ],
)
def test_counts_in_spanish(text: str, wanted: list[Counted]) -> None:
    """Verbs before their subject, tolls, collective numbers, passives."""
    assert counted(read(text, "es")) == wanted


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Nueve personas murieron, según el Ministerio de Sanidad.", "health ministry"),
        ("Los médicos dijeron que nueve personas murieron.", "doctors"),
        ("Nueve personas murieron, informó el gobernador.", "governor"),
        ("La Coalición Nacional Siria (CNFROS) denunció que nueve personas murieron.", "Syrian National Coalition"),
        ("Los observadores de Naciones Unidas llegaron a Homs y confirmaron nueve muertos.", "UN observers"),
        ("El portavoz del ejército, Juan Pérez, aseguró que nueve insurgentes habían muerto.", "army spokesman"),
        ("El ejército sirio afirmó que nueve rebeldes murieron.", "Government of Syria (army)"),
        ("El gobierno de Rusia dijo que nueve personas murieron.", "Government of Russia"),
    ],
)
def test_who_says_it_in_spanish(text: str, speaker: str) -> None:
    """Before the verb, behind it, by role, by state; a role goes by its English name."""
    assert [c.attribution[0] for c in read(text, "es")] == [speaker]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "لقي سبعة مدنيين مصرعهم، بينهم ثلاثة أطفال وامرأتان، في غارة جوية.",
            [(7, 7, "killed", "civilian"), (3, 3, "killed", "civilian"), (2, 2, "killed", "civilian")],
        ),
        (
            "أسفر الانفجار عن سقوط قتيلين وجريح واحد على الأقل.",
            [(2, 2, "killed", "unknown"), (1, None, "injured", "unknown")],
        ),
        ("استشهد فلسطينيان وأصيب ثلاثة آخرون.", [(2, 2, "killed", "unknown"), (3, 3, "injured", "unknown")]),
        ("أودت الغارات بحياة ما لا يقل عن 15 مدنيا.", [(15, None, "killed", "civilian")]),
        ("نزحت أكثر من 300 عائلة من المنطقة.", [(301, None, "displaced", "civilian")]),
        ("سقط شهيدان وثلاثة جرحى في القصف.", [(2, 2, "killed", "unknown"), (3, 3, "injured", "unknown")]),
        ("مقتل جندي وإصابة اثنين آخرين.", [(1, 1, "killed", "combatant"), (2, 2, "injured", "combatant")]),
        ("إصابة 3 نساء وطفلين بجروح متفاوتة.", [(3, 3, "injured", "civilian"), (2, 2, "injured", "civilian")]),
        ("لم تسجل أي إصابات.", [(0, 0, "killed_or_injured", "unknown")]),
        ("هدد التنظيم بقتل عشرة رهائن.", []),
        ("ارتفع عدد القتلى إلى 34 ألفا و568 شخصا.", [(34568, 34568, "killed", "mixed")]),
        ("قتلت القوات الروسية 25 مدنيا في السوق.", [(25, 25, "killed", "civilian")]),
        ("أدى القصف إلى مقتل أسرة كاملة من سبعة أفراد.", [(7, 7, "killed", "unknown")]),
        ("ما زال 20 شخصا في عداد المفقودين.", [(20, 20, "missing", "unknown")]),
        ("تم انتشال جثتين بعد القصف.", [(2, 2, "killed", "unknown")]),
        ("أكثر من مليوني شخص نزحوا من ديارهم.", [(2000001, None, "displaced", "civilian")]),
        ("لا أنباء عن وقوع ضحايا في القصف.", [(0, 0, "killed", "unknown")]),
    ],
)
def test_counts_in_arabic(text: str, wanted: list[Counted]) -> None:
    """Duals, nouns of harm that count by themselves, verbs parted from their object."""
    assert counted(read(text, "ar")) == wanted


def test_a_communique_speaks_to_its_end() -> None:
    """Who released it says all of it, unless somebody else is named."""
    text = "This is a communique of the Interior Ministry which states:\n\nNine policemen died in combat.\n\n"
    text += "Residents said two women were wounded.\n\nThree soldiers were killed on the road."
    assert [c.attribution[0] for c in read(text)] == ["Interior Ministry", "residents", "Interior Ministry"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The mayor of Idlib said nine people were killed.", "mayor of Idlib"),
        (
            "The president of the association, Paul Ross, said nine people were killed.",
            "Paul Ross (president of the association)",
        ),
        ("The army's spokesman, Paul Ross, said nine people were killed.", "army"),
        ("Damascus said nine people were killed.", "Government of Syria"),
        ("The observers reached the town and confirmed nine deaths.", None),
        ("The UN observers reached the town and confirmed nine deaths.", "UN observers"),
        ("After the massacre in which nine people died, the government announced an inquiry.", None),
        ("Activists accused troops of killing nine people, while state television blamed terrorists.", "activists"),
    ],
)
def test_who_says_it_in_english(text: str, speaker: str | None) -> None:
    """A role with its place, a name in an aside, a capital for its government; nobody for what only goes before."""
    [claim] = read(text)
    assert (claim.attribution[0] if claim.attribution else None) == speaker


def test_a_comparison_is_no_running_total() -> None:
    """ "The deadliest attack since" says what it is the worst of."""
    [claim] = read("It was the deadliest attack since 2011, with nine people killed.")
    assert claim.scope.value == "incident"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("it", "Nove persone sono state uccise. Lo hanno riferito gli attivisti."),
        ("es", "Nueve personas murieron. Así lo informaron los activistas."),
        ("en", "Nine people were killed. That is according to activists."),
    ],
)
def test_a_sentence_may_say_who_said_the_one_before(lang: str, text: str) -> None:
    """It counts nobody itself and begins by pointing back."""
    assert [c.attribution for c in read(text, lang)] == [("activists",)]


@pytest.mark.parametrize(
    ("text", "lang", "number"),
    [
        ("The raid killed 1,300 people.", "en", 1300),
        ("The raid killed 1.300 people.", "en", 1300),
        ("The raid killed 1'300 people.", "en", 1300),
        ("The raid killed 1’300 people.", "en", 1300),
        ("The raid killed 1 300 people.", "en", 1300),
        ("The raid killed 1\u00a0300 people.", "en", 1300),
        ("The raid killed 1\u202f300 people.", "en", 1300),
        ("قتل ١٣٠٠ شخص.", "ar", 1300),
        ("قتل ۱۳۰۰ شخص.", "ar", 1300),
        ("قتل ١٬٣٠٠ شخص.", "ar", 1300),
        ("قتل \u202b95\u202c شخصا.", "ar", 95),
        ("The raid killed \u202a95\u202c people.", "en", 95),
        ("قتل \u200f95\u200f شخصا.", "ar", 95),
        ("قُتِلَ 95 شَخْصًا.", "ar", 95),
        ("The raid ki-lled 95 people.", "en", 95),
        ("THE RAID KILLED 95 PEOPLE.", "en", 95),
    ],
)
def test_however_it_is_set(text: str, lang: str, number: int) -> None:
    """Digits of three scripts, separators of many habits, controls that turn the line, vowel signs, a hidden word."""
    assert [c.value for c in read(text, lang)] == [number]
