"""Counts in the words of armies, monitors, nurses and chronicles, as reports that nobody had tried before write them."""

from datetime import date

import pytest
from little_ground import read

from marsad.model import Claim, Measure, Modality, Scope

KILLED, INJURED, MISSING, DISPLACED = Measure.KILLED, Measure.INJURED, Measure.MISSING, Measure.DISPLACED
EITHER = Measure.KILLED_OR_INJURED


def told(text: str, lang: str = "en") -> list[tuple[Measure, int | None]]:
    """Return what befell how many at least, in order, numbers taken back left out."""
    return [(c.measure, c.low) for c in read(text, lang) if c.modality is not Modality.RETRACTED]


def only(text: str, lang: str = "en") -> Claim:
    [claim] = read(text, lang)
    return claim


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Troops neutralised 23 gunmen near Raqqa.", [(KILLED, 23)]),
        (
            "en",
            "Two soldiers paid the supreme price and five personnel of the guard sustained injuries.",
            [(KILLED, 2), (INJURED, 5)],
        ),
        (
            "en",
            "Forty-two soldiers fell in the defence of the garrison and 100-odd were wounded.",
            [(KILLED, 42), (INJURED, 100)],
        ),
        ("en", "One caretaker who was asleep beside her child did not make it.", [(KILLED, 1)]),
        ("en", "Four people hurt in Monday's bombing have died of their injuries.", [(KILLED, 4)]),
        ("en", "Gunmen shot six miners dead at a pit.", [(KILLED, 6)]),
        ("en", "The group documented the killing by unknown gunmen of at least three local officials.", [(KILLED, 3)]),
        ("en", "A 67-year-old woman carrying water died on the spot.", [(KILLED, 1)]),
        ("en", "Sixteen gunmen of the Front and the Legion were killed that day.", [(KILLED, 16)]),
        ("en", "Two medics have shrapnel wounds and three electricians were concussed.", [(INJURED, 2), (INJURED, 3)]),
        ("en", "Shelling killed a guard; we have lost contact with five nurses.", [(KILLED, 1), (MISSING, 5)]),
        ("en", "The fighting pushed roughly 80,000 Syrians across the border.", [(DISPLACED, 80_000)]),
        ("en", "Nearly 5,000 residents from nine villages are on the run.", [(DISPLACED, 5_000)]),
        ("es", "A siete subió el número de muertos por el ataque.", [(KILLED, 7)]),
        (
            "es",
            "Cuatro miembros de una misma familia, la pareja y sus dos hijos, fueron asesinados.",
            [(KILLED, 4), (KILLED, 2)],
        ),
        (
            "es",
            "Tres pastores ismailíes, entre ellos una niña, murieron al pisar una mina.",
            [(KILLED, 3), (KILLED, 1)],
        ),
        ("ar", "سقط 31 مدنيا في غارات على البلدة.", [(KILLED, 31)]),
        ("ar", "سقط 31 شخصا بين قتيل وجريح.", [(EITHER, 31)]),
        ("ar", "أجهزت على سبعة من عناصر التنظيم.", [(KILLED, 7)]),
        ("ar", "أعلن الجيش مقتل جنديين وجرح ثالث.", [(KILLED, 2), (INJURED, 1)]),
        ("ar", "قال المصدر إن منتسبا استشهد وأصيب أربعة آخرون.", [(KILLED, 1), (INJURED, 4)]),
        ("ar", "وقتلت إرهابيا واحدا قرب البلدة.", [(KILLED, 1)]),
        ("ar", "حصيلة أولية: قتيل وسبعة جرحى.", [(KILLED, 1), (INJURED, 7)]),
        ("ar", "أودى الانفجار بتسعة مدنيين.", [(KILLED, 9)]),
        ("ar", "انفجار في السوق أودى بتسعة مدنيين.", [(KILLED, 9)]),
        ("ar", "أصيب نحو عشرين حين سقطت قذيفة على السوق.", [(INJURED, 20)]),
        ("ar", "تحققت الشبكة من هوية 22 ضحية.", [(KILLED, 22)]),
        ("ar", "هجوم يطيح بـ7 من قوات النظام.", [(KILLED, 7)]),
    ],
)
def test_what_befell_people_in_many_words(lang: str, text: str, expected: list[tuple[Measure, int | None]]) -> None:
    """Neutralised, fell in the defence, did not make it; an ordinal for one more; a preposition written onto the number."""
    assert told(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text", "low", "high"),
    [
        ("ar", "إن ما بين عشرة آلاف وخمسة عشر ألف شخص قتلوا.", 10_000, 15_000),
        ("ar", "إن ألفا ومئتي شخص قتلوا.", 1_200, 1_200),
        ("ar", "نزوح أربعة ملايين ونصف المليون شخص.", 4_500_000, 4_500_000),
        ("en", "Two million and a half people have fled.", 2_500_000, 2_500_000),
        ("es", "Dos millones y medio de personas fueron desplazadas.", 2_500_000, 2_500_000),
        ("fr", "Deux millions et demi de personnes ont fui.", 2_500_000, 2_500_000),
        ("it", "Due milioni e mezzo di persone sono fuggite.", 2_500_000, 2_500_000),
        ("en", "Some 40-odd people were killed.", 40, 40),
    ],
)
def test_numbers_in_words_are_ranges_halves_and_more(lang: str, text: str, low: int, high: int) -> None:
    """Two numbers behind "between" are no sum, half of a million is added to millions."""
    claim = only(text, lang)
    assert (claim.low, claim.high) == (low, high)


@pytest.mark.parametrize(
    ("lang", "text", "parts"),
    [
        ("en", "The army executed 223 civilians, 56 children among them.", [56]),
        ("en", "Hospitals received the bodies of twelve people, four children and two women among them.", [4, 2]),
        ("ar", "قتل 12 شخصا في غارة، هم ثلاث ممرضات وطفلان وسبعة مدنيين.", [3, 2, 7]),
        ("ar", "أسفر القصف عن مقتل تسعة مدنيين هم رجلان وثلاث نساء وأربعة أطفال.", [2, 3, 4]),
        ("ar", "قتل 22 مدنيا، هم 13 طفلا وست نساء وخمسة رجال.", [13, 6, 5]),
    ],
)
def test_a_list_of_parts_may_trail_or_be_wrong(lang: str, text: str, parts: list[int]) -> None:
    """Behind "among them" it stands ahead; behind هم it need not come to the whole."""
    claims = read(text, lang)
    assert [c.value for c in claims if c.subset_of == claims[0].claim_id] == parts


def test_parts_named_in_a_row_are_all_of_the_whole() -> None:
    """The dead are men, women and children: no number of these is a toll of its own."""
    claims = read("The raid killed 37 people. The dead are 24 men, nine women and four children.")
    assert [(c.value, c.subset_of == claims[0].claim_id) for c in claims[1:]] == [(24, True), (9, True), (4, True)]


@pytest.mark.parametrize(
    ("lang", "text", "old", "new"),
    [
        ("en", "The toll of Thursday's air strike, which residents had put at 38, now stands at 61.", 38, 61),
        ("fr", "Le bilan de la frappe, que les habitants estimaient à 38 morts, s'élève désormais à 61.", 38, 61),
        ("es", "El balance del ataque, que los vecinos cifraban en 38 muertos, asciende ahora a 61.", 38, 61),
        ("it", "Il bilancio del raid, che gli abitanti stimavano in 38 morti, è ora di 61.", 38, 61),
    ],
)
def test_the_toll_of_now_stands_behind_the_one_it_replaces(lang: str, text: str, old: int, new: int) -> None:
    """A clause with the older number stands between a toll and its number."""
    assert [c.value for c in read(text, lang)] == [old, new]


def test_a_number_withdrawn_is_of_all_not_of_the_children() -> None:
    """24 people, nine of them children, and the 33 of before are 33 people."""
    claims = read("The clinic says 24 people were killed, nine of them children, and withdraws the figure of 33.")
    assert [(c.value, c.group) for c in claims if c.modality is Modality.RETRACTED] == [(33, None)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Three bodies had been written down twice, the raid's list shows."),
        ("en", "Three of four missiles had been shot down."),
        ("en", "Cousins Ramil and Dante Oliva, 21 and 40, were killed by a landmine."),
        ("ar", "بين الروايتين فارق قدره 48 قتيلا."),
        ("ar", "تمكنت الفرق من إخراج 41 مدنيا عالقا من شارع."),
    ],
)
def test_no_toll_is_made_of_what_counts_nobody(lang: str, text: str) -> None:
    """Names listed twice, missiles, ages, what two tolls differ by, people who were brought out."""
    assert told(text, lang) == []


def test_a_day_after_since_may_be_the_day_it_happened() -> None:
    """Nobody goes there since 5 March, when a mine killed two."""
    claim = only("Nobody goes there since 5 November, when a mine killed two shepherds near Raqqa.")
    assert (claim.scope, claim.occurred and claim.occurred.start) == (Scope.INCIDENT, date(2014, 11, 5))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Gunmen attacked Raqqa on Wednesday of last week and killed six policemen."),
        ("fr", "L'attaque a tué six policiers mercredi de la semaine dernière."),
        ("es", "El ataque mató a seis policías el miércoles de la semana pasada."),
        ("it", "L'attacco ha ucciso sei poliziotti mercoledì della scorsa settimana."),
        ("ar", "قتل ستة من رجال الشرطة الأربعاء من الأسبوع الماضي."),
    ],
)
def test_a_weekday_of_last_week_is_of_last_week(lang: str, text: str) -> None:
    """Printed on a Thursday, Wednesday of last week is eight days ago."""
    [claim] = read(text, lang, date(2014, 11, 27))
    assert claim.occurred is not None
    assert claim.occurred.start == date(2014, 11, 19)


def test_a_pronoun_means_the_body_that_the_sentence_before_began_with() -> None:
    """The Civil Defence has corrected the toll: it says so many."""
    text = "The health ministry has updated its books. It says nine people were killed in Raqqa."
    assert only(text).attribution == ("health ministry",)


def test_whoever_says_it_between_commas_speaks() -> None:
    """…, where, says the ministry, 33 people were killed: no name of a market says so."""
    claim = only("People recall Raqqa, where, says the health ministry, 33 people were killed on Monday.")
    assert claim.attribution == ("health ministry",)


def test_rows_of_a_chronicle_have_the_day_they_begin_with() -> None:
    """A row without a date of its own within it is of the date at its head, not of the row above."""
    text = (
        "2 January - A convoy crosses at Raqqa.\n"
        "16 January - Bombs fall on the market of Idlib. The governor speaks of 43 dead.\n"
        "19 January - The road is open again."
    )
    [claim] = read(text)
    assert claim.occurred is not None
    assert (claim.occurred.start.month, claim.occurred.start.day) == (1, 16)


def test_common_nouns_in_arabic_are_no_towns() -> None:
    """A camp of the army is not Mascara, the coalition no village, an oven not Afrin."""
    claim = only("قتل 19 جنديا في غارة للتحالف على معسكر للجيش قرب الفرن.", "ar")
    assert claim.place is None


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "A crowd of militiamen hacked two men to death.", [(KILLED, 2)]),
        ("en", "Fighters put nine soldiers out of action.", [(EITHER, 9)]),
        ("en", "Three militants of the outfit and an Army jawan were killed.", [(KILLED, 3), (KILLED, 1)]),
        ("en", "Three soldiers were killed and five others had not been seen since.", [(KILLED, 3), (MISSING, 5)]),
        ("en", "There was no loss of life in the shelling.", [(KILLED, 0)]),
        ("en", "In June 26 people were killed in a raid.", [(KILLED, 26)]),
        ("en", "On June 26 a raid killed nine people.", [(KILLED, 9)]),
        ("en", "In June 2014 people were killed in a raid.", []),
        ("en", "(2) Soldiers wounded (3) men.", [(INJURED, 3)]),
        ("fr", "17 civils ont été tués et cinq autres blessés par balle.", [(KILLED, 17), (INJURED, 5)]),
        ("fr", "Elle avait dénombré en juin 26 tués.", [(KILLED, 26)]),
        ("es", "Fueron asesinadas seis (6) personas en el ataque.", [(KILLED, 6)]),
        ("ar", "قتل (12) عنصرا من داعش وأصيب (٧) مدنيين بحسب البيان.", [(KILLED, 12), (INJURED, 7)]),
        (
            "fr",
            "Le groupe a documenté la mort d'un vendeur et d'une fillette dans l'attaque.",
            [(KILLED, 1), (KILLED, 1)],
        ),
        (
            "es",
            "Cuatro agentes de la Policía y dos vendedoras murieron al estallar una bomba.",
            [(KILLED, 4), (KILLED, 2)],
        ),
        ("ar", "فقدت القوات ثلاثة من عناصرها أثناء الاقتحام.", [(KILLED, 3)]),
        ("ar", "وثقت سقوط 480 مدنيا بين قتيل وجريح بالألغام.", [(EITHER, 480)]),
        ("ar", "وصل إلى المستشفى 454 جريحا منذ القصف، توفي منهم 56.", [(INJURED, 454), (KILLED, 56)]),
        ("ar", "إن 52 أسرة نزحت بعد الاشتباكات.", [(DISPLACED, 52)]),
        ("ar", "قصف مدفعي، لا خسائر بشرية.", [(EITHER, 0)]),
    ],
)
def test_what_befell_people_in_the_words_of_the_field(
    lang: str, text: str, expected: list[tuple[Measure, int | None]]
) -> None:
    """Armies lose men, lists go on behind "of the", families flee ahead of their verb, and nobody at all is counted, too."""
    assert told(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("en", "Two bombers struck a camp in northern Syria's Banki on Saturday, killing five people.", "Banki"),
        ("fr", "L'attaque menée contre la localité nigériane de Malanfatori a fait quatorze morts.", "Malanfatori"),
        ("ar", "أدى القصف في قاطع الصدر صباح اليوم إلى استشهاد تسعة مواطنين.", "الصدر"),
        ("ar", "ارتفع عدد ضحايا الهجوم على مخيم داودو للنازحين إلى 19 قتيلا.", "داودو"),
    ],
)
def test_a_town_that_no_list_has_is_known_by_what_stands_before_it(lang: str, text: str, name: str) -> None:
    """Behind its country, a word like "sector" or "camp of", a name is a place though no gazetteer has it."""
    place = only(text, lang).place
    assert place is not None
    assert place.words == name
    assert not place.found


def test_a_town_that_only_tells_the_way_is_not_where_it_was() -> None:
    """In the province of Idlib, west of Damascus: Idlib it is."""
    place = only("Onze civils ont été tués mercredi dans la province d'Idlib, à l'ouest de Damas.", "fr").place
    assert place is not None
    assert place.admin1 == "Idlib"


def test_a_namesake_abroad_of_a_town_in_a_named_province_is_not_found() -> None:
    """The Aleppo of another country is not meant where "in Idlib province" stands behind it; the country is the province's."""
    claim = only("An airstrike on the town of al-Riyadh in Idlib province killed at least 18 civilians.")
    assert claim.place is not None
    assert claim.place.country in (None, "SY")


def test_gangs_at_war_are_no_matter_of_the_police() -> None:
    """A gang coalition that takes a town, a massacre and clashes are told as a war is."""
    text = (
        "Rights group: 161 killed in nine days of fighting between gangs\n"
        "A gang coalition's push has left 161 people dead. Gangs burned homes in the clashes.\n"
        "In 2018, 71 people were massacred by a gang."
    )
    assert (KILLED, 161) in told(text)


def test_por_su_parte_is_nobody_who_speaks() -> None:
    """ "The hospital said for its part": the hospital speaks, not a bulletin."""
    text = "El hospital de Raqqa informó por su parte de que nueve personas murieron en el ataque."
    assert "parte" not in " ".join(only(text, "es").attribution)
