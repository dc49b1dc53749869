"""Italian reports: what a native reader takes from a sentence is what is read."""

import pytest
from little_ground import only, read

from marsad.model import Bound, Claim, Measure, Modality, Scope, Status

KILLED, INJURED, EITHER, DISPLACED = Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED, Measure.DISPLACED
MISSING, ABDUCTED, DETAINED = Measure.MISSING, Measure.ABDUCTED, Measure.DETAINED
CIVILIAN, COMBATANT, UNKNOWN = Status.CIVILIAN, Status.COMBATANT, Status.UNKNOWN

Told = tuple[int | tuple[int | None, int | None], Measure, Status]
"""A number, or the interval that vague words leave; what befell them; who they were."""


def _told(claim: Claim) -> Told:
    number = claim.value if claim.value is not None else (claim.low, claim.high)
    return number, claim.measure, claim.status


COUNTS: list[tuple[str, list[Told]]] = [
    ("Sono morte almeno 85 persone, inclusi 34 bambini.", [(85, KILLED, UNKNOWN), (34, KILLED, CIVILIAN)]),
    ("92 i civili uccisi, tra cui 32 bambini.", [(92, KILLED, CIVILIAN), (32, KILLED, CIVILIAN)]),
    ("L'esercito ha ucciso 12 ribelli e ne ha feriti 20.", [(12, KILLED, COMBATANT), (20, INJURED, COMBATANT)]),
    ("Tre uomini armati hanno ucciso nove persone in un mercato.", [(9, KILLED, UNKNOWN)]),
    (
        "Un kamikaze si è fatto esplodere uccidendo 15 persone e ferendone 40.",
        [(15, KILLED, UNKNOWN), (40, INJURED, UNKNOWN)],
    ),
    ("Hanno perso la vita 14 soldati e un poliziotto.", [(14, KILLED, COMBATANT), (1, KILLED, COMBATANT)]),
    ("Nell'attacco sono rimasti uccisi il governatore e due guardie del corpo.", [(2, KILLED, UNKNOWN)]),
    ("L'attentato è costato la vita ad almeno 14 persone.", [(14, KILLED, UNKNOWN)]),
    (
        "Il raid ha causato la morte di sei bambini e di tre donne e il ferimento di altre trenta persone.",
        [(6, KILLED, CIVILIAN), (3, KILLED, CIVILIAN), (30, INJURED, UNKNOWN)],
    ),
    ("Un morto e sei feriti in una sparatoria.", [(1, KILLED, UNKNOWN), (6, INJURED, UNKNOWN)]),
    ("I morti sono 12, i feriti 30.", [(12, KILLED, UNKNOWN), (30, INJURED, UNKNOWN)]),
    ("Sono 12 i morti e 30 i feriti nel villaggio.", [(12, KILLED, UNKNOWN), (30, INJURED, UNKNOWN)]),
    ("Sono 12 i militari uccisi e 20 quelli feriti.", [(12, KILLED, COMBATANT), (20, INJURED, COMBATANT)]),
    ("Le persone uccise nei bombardamenti sono almeno 1300.", [(1300, KILLED, UNKNOWN)]),
    ("E' di nove morti il bilancio dell'attacco.", [(9, KILLED, UNKNOWN)]),
    ("Sale a 40 il bilancio delle vittime.", [(40, KILLED, UNKNOWN)]),
    ("Il bilancio dell'attacco è salito da 12 a 15 morti.", [(12, KILLED, UNKNOWN), (15, KILLED, UNKNOWN)]),
    ("Il bilancio delle vittime è salito da 12 a 15.", [(12, KILLED, UNKNOWN), (15, KILLED, UNKNOWN)]),
    ("Il numero dei civili uccisi è salito a 52.", [(52, KILLED, CIVILIAN)]),
    ("Il raid ha fatto 12 vittime civili e 40 feriti.", [(12, KILLED, CIVILIAN), (40, INJURED, CIVILIAN)]),
    ("L'attacco ha provocato 12 morti tra i civili.", [(12, KILLED, CIVILIAN)]),
    ("I morti, secondo fonti locali, sono 30.", [(30, KILLED, UNKNOWN)]),
    ("L'esercito ha perso 12 uomini.", [(12, KILLED, COMBATANT)]),
    (
        "Uccisi tre soldati, due poliziotti e due civili.",
        [(3, KILLED, COMBATANT), (2, KILLED, COMBATANT), (2, KILLED, CIVILIAN)],
    ),
    (
        "Dodici membri del personale e dieci pazienti, tra cui tre bambini, sono rimasti uccisi.",
        [(12, KILLED, CIVILIAN), (10, KILLED, CIVILIAN), (3, KILLED, CIVILIAN)],
    ),
    (
        "Trenta morti (12 bambini e otto donne) e 40 feriti nel raid.",
        [(30, KILLED, UNKNOWN), (12, KILLED, CIVILIAN), (8, KILLED, UNKNOWN), (40, INJURED, UNKNOWN)],
    ),
    ("Tra i 40 morti ci sono 12 bambini.", [(40, KILLED, UNKNOWN), (12, KILLED, CIVILIAN)]),
    ("Le vittime si contano a centinaia.", [((200, 999), KILLED, UNKNOWN)]),
    ("Nel raid sono morti 12 tra civili e soldati.", [(12, KILLED, Status.MIXED)]),
    ("Almeno due milioni e mezzo di persone hanno abbandonato le loro case.", [(2_500_000, DISPLACED, CIVILIAN)]),
    ("Nove civili sono morti e altri 30 sono rimasti feriti.", [(9, KILLED, CIVILIAN), (30, INJURED, CIVILIAN)]),
    ("Un soldato è morto e un altro è rimasto ferito.", [(1, KILLED, COMBATANT), (1, INJURED, COMBATANT)]),
    ("L'esplosione ha ferito 14 persone, tre delle quali gravemente.", [(14, INJURED, UNKNOWN), (3, INJURED, UNKNOWN)]),
    ("Una bambina di cinque anni è morta.", [(1, KILLED, CIVILIAN)]),
    ("Una donna e i suoi tre figli sono morti nel crollo della casa.", [(1, KILLED, CIVILIAN), (3, KILLED, UNKNOWN)]),
    ("Una famiglia di otto persone è stata uccisa in un raid.", [(8, KILLED, UNKNOWN)]),
    ("Venti persone sono morte, 12 delle quali bambini.", [(20, KILLED, UNKNOWN), (12, KILLED, CIVILIAN)]),
    ("Uccisa una suora, ferite altre due.", [(1, KILLED, CIVILIAN), (2, INJURED, CIVILIAN)]),
    ("I ribelli hanno rapito 12 studenti e due insegnanti.", [(12, ABDUCTED, CIVILIAN), (2, ABDUCTED, CIVILIAN)]),
    ("La polizia ha arrestato sei sospetti.", [(6, DETAINED, UNKNOWN)]),
    ("Sono 12 i dispersi.", [(12, MISSING, UNKNOWN)]),
    ("A centinaia sono fuggiti verso il confine.", [((200, 999), DISPLACED, CIVILIAN)]),
    ("I combattimenti hanno costretto 10mila persone ad abbandonare le loro case.", [(10_000, DISPLACED, CIVILIAN)]),
    ("Sono più di mille le persone in fuga.", [(1000, DISPLACED, CIVILIAN)]),
    ("Tre persone in fuga sono state uccise.", [(3, KILLED, UNKNOWN)]),
    ("Decine di morti e feriti a Raqqa.", [((24, 99), EITHER, UNKNOWN)]),
    ("Un centinaio di feriti sono stati portati in ospedale.", [(100, INJURED, UNKNOWN)]),
    ("Quattro ostaggi sono stati liberati e due sono stati uccisi.", [(2, KILLED, UNKNOWN)]),
]


@pytest.mark.parametrize(("text", "told"), COUNTS, ids=[text for text, _ in COUNTS])
def test_counts_are_read(text: str, told: list[Told]) -> None:
    """Each count of people, what befell them and who they were, in the order of the text, and no other."""
    assert [_told(claim) for claim in read(text, "it")] == told


@pytest.mark.parametrize(
    "text",
    [
        "Nove persone sono state condannate a morte.",
        "L'esercito ha schierato 3000 soldati.",
        "Circa 200 ribelli si sono arresi.",
        "Mohammed, 34 anni, vive con i suoi tre fratelli.",
        "I feriti sono stati portati in tre ospedali.",
        "Un'operazione militare e 20 attacchi ribelli hanno provocato morti e feriti.",
        "Il gruppo ha minacciato di uccidere dieci ostaggi.",
        "Un raid avrebbe potuto uccidere nove persone.",
        "Il 70 per cento delle vittime sono civili.",
        "Tre bambini su quattro sono sfollati.",
        "Venti persone piangono i morti del raid.",
        "Il terremoto di magnitudo 7 ha ucciso 300 persone.",
        "La polizia ha disperso 200 manifestanti.",
    ],
)
def test_other_numbers_harm_nobody(text: str) -> None:
    """Sentences of death, troops, ages, shares, threats, fears and earthquakes are no casualties of a war."""
    assert read(text, "it") == []


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("ventuno persone", 21),
        ("ventotto persone", 28),
        ("ventun civili", 21),
        ("centoventitré persone", 123),
        ("duecentotrenta persone", 230),
        ("milleduecento persone", 1200),
        ("duemila persone", 2000),
        ("trecentomila persone", 300_000),
        ("13mila persone", 13_000),
        ("10 mila persone", 10_000),
        ("1.300 persone", 1300),
        ("3,5 milioni di persone", 3_500_000),
        ("mezzo milione di persone", 500_000),
    ],
)
def test_numbers_in_words_and_digits(number: str, value: int) -> None:
    """Number words are written in one word, thousands with a point or with "mila"."""
    assert only(f"Sono fuggite {number}.", "it").value == value


@pytest.mark.parametrize(
    ("words", "bound", "low", "high"),
    [
        ("almeno 20", Bound.AT_LEAST, 20, None),
        ("non meno di 20", Bound.AT_LEAST, 20, None),
        ("oltre 20", Bound.MORE_THAN, 21, None),
        ("più di 20", Bound.MORE_THAN, 21, None),
        ("fino a 20", Bound.AT_MOST, None, 20),
        ("meno di 20", Bound.LESS_THAN, None, 19),
        ("circa 20", Bound.ABOUT, 20, 20),
        ("una ventina di", Bound.ABOUT, 20, 20),
        ("diverse decine di", Bound.VAGUE, 24, 99),
        ("qualche centinaio di", Bound.VAGUE, 200, 999),
        ("tra 20 e 30", Bound.RANGE, 20, 30),
        ("dalle 20 alle 30", Bound.RANGE, 20, 30),
    ],
)
def test_bounds(words: str, bound: Bound, low: int | None, high: int | None) -> None:
    """What stands before a number says on which side it binds."""
    claim = only(f"Nel raid sono morte {words} persone.", "it")
    assert (claim.bound, claim.low, claim.high) == (bound, low, high)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Nove persone sono morte, secondo fonti mediche.", "medical sources"),
        ("Nove persone sono morte, lo riferisce la polizia.", "police"),
        ("«Sono morte nove persone», ha detto un medico a Raqqa.", "doctor in Raqqa"),
        ("Nove persone sono morte, ha reso noto il ministero dell'Interno.", "interior ministry"),
        ("Secondo quanto riferito dai soccorritori, nove persone sono morte.", "rescuers"),
        ("Stando a fonti della sicurezza, nove persone sono morte.", "security sources"),
        ("A detta degli attivisti, nove persone sono morte.", "activists"),
        ("Gli attivisti dell'opposizione parlano di almeno nove morti.", "opposition activists"),
        ("Un portavoce di Medici senza frontiere ha detto che nove persone sono morte.", "Médecins Sans Frontières"),
        ("Almeno nove persone sono morte, accusa Human Rights Watch.", "Human Rights Watch"),
        ("Unicef: uccise nove persone in Siria.", "UNICEF"),
        ("Il dottor Ahmad Salem ha detto che nove persone sono morte.", "Ahmad Salem"),
        ("L'Osservatorio ha confermato la morte di nove persone.", "Syrian Observatory for Human Rights"),
    ],
)
def test_who_says_it(text: str, speaker: str) -> None:
    """The speaker stands before the verb, behind it, or after "secondo"; a role goes by its English name."""
    assert only(text, "it").attribution == (speaker,)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Nove persone sarebbero state uccise.", Modality.REPORTED),
        ("Il raid avrebbe ucciso nove persone.", Modality.REPORTED),
        ("Si teme che nove persone siano morte.", Modality.REPORTED),
        ("Sarebbero almeno nove i morti.", Modality.REPORTED),
        ("L'esercito nega di aver ucciso nove civili.", Modality.DENIED),
        ("Non è ancora chiaro quante persone siano rimaste uccise.", Modality.UNKNOWN),
        ("I raid hanno ucciso nove persone.", Modality.ASSERTED),
        ("La polizia ha sparato contro i manifestanti: nove morti.", Modality.ASSERTED),
    ],
)
def test_the_conditional_is_hearsay(text: str, modality: Modality) -> None:
    """Italian news tells by the conditional what the writer does not vouch for."""
    assert only(text, "it").modality is modality


def test_a_corrected_number_is_taken_back() -> None:
    """ "12 and not 15": the first stands, the second no longer does."""
    stands, withdrawn = read("Le autorità hanno rettificato il bilancio: 12 morti e non 15.", "it")
    assert (stands.value, stands.modality) == (12, Modality.ASSERTED)
    assert (withdrawn.value, withdrawn.modality) == (15, Modality.RETRACTED)


@pytest.mark.parametrize(
    "text",
    ["Nessun civile è stato ucciso.", "Non si registrano vittime.", "Il razzo è caduto senza fare vittime."],
)
def test_nobody_is_a_number(text: str) -> None:
    """What says that nobody died counts none."""
    claim = only(text, "it")
    assert (claim.bound, claim.low, claim.high, claim.measure) == (Bound.NONE, 0, 0, KILLED)


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        ("La metà dei morti erano donne.", 15, 15),
        ("Due terzi delle vittime sono bambini.", 20, 20),
        ("Uno su cinque dei morti era un bambino.", 6, 6),
        ("La maggior parte delle vittime sono civili.", 16, 30),
        ("Più della metà dei morti erano civili.", 16, 30),
    ],
)
def test_shares_are_of_the_toll_told_before(share: str, low: int, high: int) -> None:
    """A share takes its interval from the thirty it is a share of."""
    whole, part = read(f"Il raid ha ucciso 30 persone. {share}", "it")
    assert (part.low, part.high, part.derived, part.subset_of) == (low, high, True, whole.claim_id)


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("Martedì", "2014-11-25"),
        ("Martedì scorso", "2014-11-25"),
        ("Due giorni fa", "2014-11-24"),
        ("Ieri sera", "2014-11-25"),
        ("Lunedì 24 novembre", "2014-11-24"),
        ("Il 1° novembre", "2014-11-01"),
    ],
)
def test_days_are_found(when: str, day: str) -> None:
    """A day told by name, by number or from today; the report is of Wednesday, 26 November 2014."""
    occurred = only(f"{when} in un raid sono morte nove persone.", "it").occurred
    assert occurred is not None
    assert str(occurred.start) == day


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Dall'inizio della guerra sono morte più di 200mila persone.", Scope.CUMULATIVE),
        ("Il conflitto ha ucciso oltre 10mila civili dal marzo 2011.", Scope.CUMULATIVE),
        ("L'anno scorso nello stesso mercato erano morte 30 persone.", Scope.BACKGROUND),
        ("Nelle ultime 24 ore almeno 60 persone sono morte in Siria.", Scope.AGGREGATE),
    ],
)
def test_totals_are_kept_apart(text: str, scope: Scope) -> None:
    """A war's total, an earlier matter and a country's daily sum are not this incident."""
    assert only(text, "it").scope is scope


REPORT = """Siria, raid su un mercato di Idlib: almeno 23 morti

Almeno 23 persone, tra cui sei bambini, sono state uccise martedì in un raid aereo su un mercato di Idlib, ha detto \
l'Osservatorio siriano per i diritti umani. Altre quaranta persone sono rimaste ferite, secondo fonti mediche. «Abbiamo \
contato 31 corpi», ha raccontato un soccorritore. Tra le vittime ci sono due infermieri. Il governo ha smentito di aver \
ucciso 23 civili. Non si sa quanti combattenti siano morti. Il conflitto è costato la vita a più di 190mila persone dal \
marzo 2011."""


def test_a_report_as_a_whole() -> None:
    """Headline, parts, speakers, place, day, denial, an unknown number and the war's total in one report."""
    claims = read(REPORT, "it")
    assert [(claim.text, claim.measure, claim.status) for claim in claims] == [
        ("almeno 23", KILLED, UNKNOWN),
        ("Almeno 23 persone", KILLED, UNKNOWN),
        ("sei bambini", KILLED, CIVILIAN),
        ("Altre quaranta persone", INJURED, UNKNOWN),
        ("31 corpi", KILLED, UNKNOWN),
        ("due infermieri", KILLED, CIVILIAN),
        ("23 civili", KILLED, CIVILIAN),
        ("Non si sa quanti combattenti", KILLED, COMBATANT),
        ("più di 190mila persone", KILLED, Status.MIXED),
    ]
    headline, toll, children, hurt, bodies, nurses, denied, unknown, war = claims
    assert toll.same_as == headline.claim_id
    assert toll.attribution == ("Syrian Observatory for Human Rights",)
    assert children.subset_of == toll.claim_id
    assert nurses.subset_of is not None
    assert (hurt.attribution, bodies.attribution) == (("medical sources",), ("rescuer",))
    assert (denied.attribution, denied.modality) == (("government",), Modality.DENIED)
    assert unknown.bound is Bound.UNKNOWN
    assert (war.scope, war.low) == (Scope.CUMULATIVE, 190_001)
    assert toll.place is not None
    assert toll.place.name == "Idlib"
    assert toll.weapon == "air strike"
    assert toll.occurred is not None
    assert str(toll.occurred.start) == "2014-11-25"
