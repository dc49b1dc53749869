"""Ukrainian reports: sentences of our own in the ways agencies, governors and rescuers write, and what each of them says."""

from datetime import date
from functools import cache

import pytest

from marsad.extract.read import claims_in
from marsad.model import Claim, Group, Measure, Modality, ReportId, Scope, Status, Text
from marsad.text.gazetteer import Gazetteer
from marsad.text.gazetteer_build import Site, gazetteer_batch

PUBLISHED = date(2025, 11, 26)
"""A Wednesday."""

TOWNS = {
    "Kharkiv": ("Харків", 49.99, 36.23, 1_430_000),
    "Odesa": ("Одеса", 46.48, 30.73, 1_000_000),
    "Kherson": ("Херсон", 46.64, 32.61, 320_000),
    "Nikopol": ("Нікополь", 47.57, 34.39, 119_000),
    "Kramatorsk": ("Краматорськ", 48.74, 37.58, 157_000),
    "Kupiansk": ("Куп'янськ", 49.71, 37.61, 29_000),
    "Velyka Pysarivka": ("Велика Писарівка", 50.43, 35.48, 4_500),
}


@cache
def ukraine() -> Gazetteer:
    """Return a gazetteer of some towns and two provinces of Ukraine, and of the country that attacks it."""
    sites = [
        Site("iso:UA", "Ukraine", None, "UA", None, 49.0, 31.0, "country", 40_000_000, 6, (), curated=True),
        Site("iso:RU", "Russia", None, "RU", None, 60.0, 100.0, "country", 140_000_000, 6, (), curated=True),
        Site("ne:1", "Kharkiv Oblast", None, "UA", None, 49.6, 36.4, "admin1", 0, 4, ("Харківська область",)),
        Site("ne:2", "Donetsk Oblast", None, "UA", None, 48.1, 37.7, "admin1", 0, 4, ("Донецька область",)),
    ]
    for number, (name, (own, latitude, longitude, people)) in enumerate(TOWNS.items()):
        sites.append(Site(f"gn:{number}", name, None, "UA", None, latitude, longitude, "city", people, 1, (own,)))
    return Gazetteer(gazetteer_batch(sites, {"Ukraine": "UA", "Russia": "RU"}))


def read(text: str) -> list[Claim]:
    """Return the claims of a report in Ukrainian; one that cannot be read fails the test."""
    found = list(claims_in(Text(ReportId("r"), text, PUBLISHED, "Вісник гавані", "uk"), ukraine()))
    claims = [claim for claim in found if isinstance(claim, Claim)]
    assert claims == found
    return claims


def short(claim: Claim) -> str:
    """Return what a claim counts in a few letters: "killed 9", "injured 20+", "killed 3-9"."""
    low, high = claim.low, claim.high
    number = "?" if low is None and high is None else f"{low}+" if high is None else f"{low or 0}-{high}"
    return f"{claim.measure.value} {low if low == high and low is not None else number}"


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("Загинули дев'ять людей.", "killed 9"),
        ("Загинуло 9 осіб, ще 12 дістали поранення.", "killed 9, injured 12"),
        ("Унаслідок удару загинула жінка.", "killed 1"),
        ("Двоє загиблих, семеро поранених.", "killed 2, injured 7"),
        ("Загиблих – 2, поранених – 7.", "killed 2, injured 7"),
        ("Загинуло: 3. Поранено: 12.", "killed 3, injured 12"),
        ("Вбито 3 цивільних, поранено 8.", "killed 3, injured 8"),
        ("П’ятеро людей травмовані, троє — важко.", "injured 5, injured 3"),
        ("Постраждали тридцять двоє людей.", "injured 32"),
        ("Поранено щонайменше 20 людей.", "injured 20+"),
        ("Понад 100 людей дістали поранення.", "injured 101+"),
        ("Загинули до 30 людей.", "killed 0-30"),
        ("Близько 40 людей постраждали.", "injured 40"),
        ("Загинули від 20 до 30 бойовиків.", "killed 20-30"),
        ("Загинули кілька десятків людей.", "killed 20-99"),
        ("Двісті сорок дві особи загинули.", "killed 242"),
        ("Поранено 1,5 тисячі людей.", "injured 1500"),
        ("Кількість загиблих зросла до 12.", "killed 12"),
        ("Кількість загиблих зросла з 5 до 7.", "killed 5, killed 7"),
        ("Кількість поранених унаслідок удару по багатоповерхівці збільшилася до 34.", "injured 34"),
        ("Кількість загиблих перевищила 100.", "killed 101+"),
        ("Загиблі — двоє чоловіків 45 та 60 років.", "killed 2"),
        ("Загинули 56-річна жінка та 60-річний чоловік.", "killed 1, killed 1"),
        ("Поранено 12-річного хлопчика.", "injured 1"),
        ("Поранено трирічну дитину.", "injured 1"),
        ("Чоловік і жінка дістали поранення.", "injured 1, injured 1"),
        ("Загинули жінка та її 8-річний син.", "killed 1, killed 1"),
        ("Двоє поранених померли в лікарні.", "killed 2"),
        ("Загинуло подружжя.", "killed 2"),
        ("З 12 загиблих четверо — діти.", "killed 12"),
        ("Один чоловік загинув, ще один поранений.", "killed 1, injured 1"),
        ("Зросла до 12 кількість загиблих.", "killed 12"),
        ("Загинула родина з чотирьох людей.", "killed 4"),
        ("Чоловік загинув, його дружина в лікарні.", "killed 1"),
        ("Росіяни вбили двох людей і поранили п'ятьох.", "killed 2, injured 5"),
        ("Обстріл забрав життя двох людей.", "killed 2"),
        ("З-під завалів дістали тіла двох дітей.", "killed 2"),
        ("Жертвами удару стали дев'ятеро людей.", "killed 9"),
        ("Ще троє людей вважаються зниклими безвісти.", "missing 3"),
        ("Окупанти викрали двох жителів села.", "abducted 2"),
        ("Понад 900 людей були змушені покинути домівки.", "displaced 901+"),
        ("Обійшлося без постраждалих.", "injured 0"),
        ("Загиблих і постраждалих немає.", "killed_or_injured 0"),
        ("Жодної жертви немає.", "killed 0"),
        ("Ніхто не загинув, але двоє людей постраждали.", "killed 0, injured 2"),
        ("Невідомо, скільки людей загинуло.", "killed ?"),
        ("Кількість поранених уточнюється.", "injured ?"),
        ("Пошкоджено 5 будинків і 2 автівки, загинула людина.", "killed 1"),
        ("Смертельних поранень зазнав 54-річний чоловік.", "killed 1"),
        ("Поранень дістали дві жінки, чоловік і підліток.", "injured 2, injured 1, injured 1"),
        ("Тіло 45-річної жінки знайшли в зруйнованому будинку.", "killed 1"),
        ("Четверо поліцейських поранені, двоє з них — важко.", "injured 4, injured 2"),
        ("Після влучання з-під завалів врятували трьох, двоє загинули.", "killed 2"),
        ("Минулося без жертв.", "killed 0"),
        ("Стало відомо про смерть ще одного пораненого.", "killed 1"),
        ("Поранення різного ступеня тяжкості отримали 14 людей.", "injured 14"),
        ("Близько 200 людей вийшли на акцію пам'яті загиблих.", ""),
        ("Допомогу отримали 120 постраждалих родин.", ""),
        ("Рятувальники врятували 14 людей, евакуйовано 25.", ""),
        ("Президент зустрівся з родинами загиблих.", ""),
        ("Угруповання погрожує вбити десятьох заручників.", ""),
        ("Вилучено 12 дронів, 5 ракет і 3 міни.", ""),
        ("Унаслідок ДТП та лобового зіткнення загинули троє людей.", ""),
    ],
)
def test_counts(sentence: str, counts: str) -> None:
    """The number, what befell the people, and what the words bound."""
    assert ", ".join(short(claim) for claim in read(sentence)) == counts


@pytest.mark.parametrize(
    ("sentence", "status", "group"),
    [
        ("Загинули двоє цивільних.", Status.CIVILIAN, None),
        ("Загинув 70-річний мирний житель.", Status.CIVILIAN, None),
        ("Поранено трьох рятувальників.", Status.CIVILIAN, Group.MEDICS),
        ("Загинула журналістка.", Status.CIVILIAN, Group.JOURNALISTS),
        ("Поранено двох поліцейських.", Status.COMBATANT, Group.POLICE),
        ("Загинули 12 військових.", Status.COMBATANT, None),
        ("Загинули двоє дівчаток.", Status.CIVILIAN, Group.CHILDREN),
        ("Поранено 15-річного підлітка.", Status.CIVILIAN, Group.CHILDREN),
        ("Загинули троє жінок.", Status.CIVILIAN, Group.WOMEN),
    ],
)
def test_people(sentence: str, status: Status, group: Group | None) -> None:
    """Civilians or not, and which group, in the case that the verb or the number asks for."""
    [claim] = read(sentence)
    assert (claim.status, claim.group) == (status, group)


@pytest.mark.parametrize(
    "sentence",
    [
        "Поранено 20 людей, серед них двоє дітей.",
        "Поранено 20 людей, у тому числі двоє дітей.",
        "Поранено 20 людей, з них двоє — діти.",
        "Поранено 20 людей, зокрема 2 дітей.",
        "Кількість поранених зросла до 20, серед яких двоє дітей.",
    ],
)
def test_parts(sentence: str) -> None:
    """Two of the twenty are children, and are not added to them."""
    whole, part = read(sentence)
    assert (whole.value, part.value, part.group) == (20, 2, Group.CHILDREN)
    assert part.subset_of == whole.claim_id


@pytest.mark.parametrize(
    ("words", "name", "precision"),
    [
        ("У Харкові", "Kharkiv", 1),
        ("По Харкову вдарив дрон:", "Kharkiv", 1),
        ("В Одесі", "Odesa", 1),
        ("Біля Херсона", "Kherson", 2),
        ("У Нікополі", "Nikopol", 1),
        ("У Нікопольському районі", "Nikopol", 3),
        ("У м. Куп’янськ", "Kupiansk", 1),
        ("Біля Купʼянська", "Kupiansk", 2),
        ("У Великій Писарівці", "Velyka Pysarivka", 1),
        ("На Харківщині", "Kharkiv Oblast", 4),
        ("У Донецькій області", "Donetsk Oblast", 4),
        ("На Донеччині", "Donetsk Oblast", 4),
        ("Через російський удар по Куп'янську", "Kupiansk", 1),
        ("У Київському районі Одеси", "Odesa", 2),
    ],
)
def test_places(words: str, name: str, precision: int) -> None:
    """Names of towns, districts and provinces are found in the case in which they stand, whatever their apostrophe."""
    [claim] = read(f"{words} загинули двоє людей.")
    assert claim.place is not None
    assert (claim.place.name, claim.place.precision) == (name, precision)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("У вівторок", date(2025, 11, 25)),
        ("У понеділок, 24 листопада,", date(2025, 11, 24)),
        ("24 листопада 2025 року", date(2025, 11, 24)),
        ("У ніч на 26 листопада", date(2025, 11, 26)),
        ("26.11.2025", date(2025, 11, 26)),
        ("Учора ввечері", date(2025, 11, 25)),
        ("Два дні тому", date(2025, 11, 24)),
        ("У п'ятницю вранці", date(2025, 11, 21)),
    ],
)
def test_days(words: str, day: date) -> None:
    """The day of the incident, counted from publication where the words do not name it."""
    [claim] = read(f"{words} у Харкові загинули двоє людей.")
    assert claim.occurred is not None
    assert (claim.occurred.start, claim.occurred.end) == (day, day)


@pytest.mark.parametrize(
    ("report", "speaker"),
    [
        ("За даними ДСНС, загинули двоє людей.", "State Emergency Service of Ukraine"),
        ("Загинули двоє людей, повідомили в прокуратурі.", "prosecutors"),
        ("Загинули двоє людей, повідомляє обласна військова адміністрація.", "regional administration"),
        ("Донецька обласна прокуратура повідомила, що загинули двоє людей.", "prosecutors"),
        ("Начальник ОВА Остап Верба заявив, що загинули двоє людей.", "regional administration"),
        ("Як написав у Telegram Остап Верба, загинули двоє людей.", "Остап Верба"),
        ("Про загибель двох людей повідомив Остап Верба.", "Остап Верба"),
        ("Загинули двоє людей. Про це повідомив Остап Верба.", "Остап Верба"),
        (
            "Загинули двоє людей, заявила Моніторингова місія ООН з прав людини.",
            "UN human rights monitoring mission in Ukraine",
        ),
        ("Міноборони РФ заявило, що загинули двоє людей.", "Government of Russia"),
        ("Очевидці розповіли, що загинули двоє людей.", "witnesses"),
    ],
)
def test_speakers(report: str, speaker: str) -> None:
    """Who says it, before or behind what is said, or in a sentence of its own; roles go by their English names."""
    [claim] = read(report)
    assert claim.attribution[0] == speaker


@pytest.mark.parametrize("later", ["За словами Верби", "За словами Остапа Верби", "Як повідомив Верба"])
def test_a_speaker_is_known_again_in_another_case(later: str) -> None:
    """By the surname that the report gave before."""
    first, second = read(f"Загинули двоє людей, повідомив Остап Верба. {later}, поранено трьох людей.")
    assert first.attribution == second.attribution == ("Остап Верба",)


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Імовірно, загинули 12 людей.", Modality.REPORTED),
        ("Міноборони РФ заперечило загибель 12 цивільних.", Modality.DENIED),
        ("Троє чоловіків, яких вважали загиблими, живі.", Modality.RETRACTED),
        ("Загинули 12 людей.", Modality.ASSERTED),
    ],
)
def test_modality(sentence: str, modality: Modality) -> None:
    """Hedged, denied, taken back, or plainly said."""
    [claim] = read(sentence)
    assert claim.modality is modality


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("За добу на Донеччині загинули четверо цивільних.", Scope.AGGREGATE),
        ("Від початку повномасштабного вторгнення загинули понад 14 тисяч цивільних.", Scope.CUMULATIVE),
        ("Торік внаслідок обстрілів загинули десятки людей.", Scope.BACKGROUND),
        ("Унаслідок удару по Харкову загинули четверо цивільних.", Scope.INCIDENT),
    ],
)
def test_scope(sentence: str, scope: Scope) -> None:
    """A day's sum over a province, a war's running total and last year's dead are no incident."""
    [claim] = read(sentence)
    assert claim.scope is scope


@pytest.mark.parametrize(
    ("sentence", "perpetrator", "weapon"),
    [
        ("Росіяни вдарили по Одесі «Шахедами»: загинула людина.", "Government of Russia", "drone strike"),
        ("Унаслідок російського ракетного удару загинула людина.", "Government of Russia", "missile strike"),
        ("Війська РФ скинули на Краматорськ авіабомби: загинула людина.", "Government of Russia", "air strike"),
        ("Через удар українського дрона загинула людина.", "Government of Ukraine", "drone strike"),
        ("Унаслідок мінометного обстрілу загинула людина.", None, "shelling"),
        ("Людина загинула внаслідок підриву на міні.", None, "landmine or ied"),
    ],
)
def test_who_did_it_and_with_what(sentence: str, perpetrator: str | None, weapon: str) -> None:
    """Nobody is named where the sentence names nobody."""
    [claim] = read(sentence)
    assert (claim.perpetrator, claim.weapon) == (perpetrator, weapon)


REPORT = """Удар по Краматорську: двоє загиблих

Російські війська вранці 25 листопада скинули на Краматорськ дві авіабомби.

Унаслідок удару двоє людей загинули, ще дев'ятеро дістали поранення, серед них — 9-річна дівчинка. \
Про це повідомила обласна прокуратура.

Згодом у ДСНС уточнили, що кількість поранених зросла до 12.
"""


def test_a_report() -> None:
    """The headline's dead are those of the text; who told it stands behind; the later figure is another speaker's."""
    headline, killed, injured, girl, later = read(REPORT)
    assert [short(c) for c in (headline, killed, injured, girl, later)] == [
        "killed 2",
        "killed 2",
        "injured 9",
        "injured 1",
        "injured 12",
    ]
    assert killed.same_as == headline.claim_id
    assert girl.subset_of == injured.claim_id
    assert (girl.group, girl.measure) == (Group.CHILDREN, Measure.INJURED)
    assert {c.attribution for c in (killed, injured, girl)} == {("prosecutors",)}
    assert later.attribution == ("State Emergency Service of Ukraine",)
    for claim in (headline, killed, injured, girl, later):
        assert REPORT[claim.start : claim.end] == claim.text
        assert claim.place is not None
        assert claim.occurred is not None
        assert (claim.place.name, claim.occurred.start) == ("Kramatorsk", date(2025, 11, 25))
        assert (claim.perpetrator, claim.weapon) == ("Government of Russia", "air strike")
