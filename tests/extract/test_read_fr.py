"""French reports: counts, bounds, parts, hearsay, denials, speakers and scenes, as French newsrooms write them.

What each sentence says was written down before it was read by the program.
"""

from dataclasses import dataclass

import pytest
from little_ground import read

from marsad.model import Bound, Claim, Measure, Modality, Scope, Status

KILLED, INJURED, MISSING = Measure.KILLED, Measure.INJURED, Measure.MISSING
ABDUCTED, DETAINED, DISPLACED = Measure.ABDUCTED, Measure.DETAINED, Measure.DISPLACED
ANYBODY, CIVILIAN, COMBATANT = Status.UNKNOWN, Status.CIVILIAN, Status.COMBATANT

Count = tuple[int | None, int | None, Measure, Status]
"""The lowest and the highest number that the words allow, what befell them and who they were."""


def counts(claims: list[Claim]) -> list[Count]:
    """Return what was counted, in the order of the text."""
    return [(c.low, c.high, c.measure, c.status) for c in claims]


def _one(number: int, measure: Measure = KILLED, status: Status = ANYBODY) -> Count:
    return number, number, measure, status


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("L'attaque a fait 12 morts et une vingtaine de blessés.", [_one(12), _one(20, INJURED)]),
        ("L'attentat a tué 12 personnes et blessé 30 autres.", [_one(12), _one(30, INJURED)]),
        (
            "L'attaque a tué 12 personnes, blessé 30 autres et fait quatre disparus.",
            [_one(12), _one(30, INJURED), _one(4, MISSING)],
        ),
        ("Une voiture piégée a explosé, tuant 12 personnes et en blessant 30.", [_one(12), _one(30, INJURED)]),
        (
            "Vingt-cinq soldats ont été tués, 18 blessés et sept sont portés disparus.",
            [_one(25, KILLED, COMBATANT), _one(18, INJURED, COMBATANT), _one(7, MISSING)],
        ),
        ("Une attaque jihadiste a coûté la vie à au moins 40 soldats.", [(40, None, KILLED, COMBATANT)]),
        (
            "Deux soldats ont péri, trois autres ont trouvé la mort lundi.",
            [_one(2, KILLED, COMBATANT), _one(3, KILLED, COMBATANT)],
        ),
        ("Les tirs ont tué dans la nuit de mardi à mercredi neuf villageois.", [_one(9, KILLED, CIVILIAN)]),
        ("Dix blessés ont succombé à leurs blessures.", [_one(10)]),
        ("Dix soldats, tués dans une embuscade, ont été enterrés.", [_one(10, KILLED, COMBATANT)]),
        ("Treize personnes, en majorité des femmes et des enfants, ont péri.", [_one(13)]),
        ("Une femme et ses deux enfants ont été tués.", [_one(1, KILLED, CIVILIAN), _one(2, KILLED, CIVILIAN)]),
        ("Un homme de 45 ans et sa fille ont été tués.", [_one(1), _one(1)]),
        ("La frappe a tué un père, une mère et leurs quatre filles.", [_one(1), _one(1), _one(4, KILLED, CIVILIAN)]),
        ("Un soldat a été tué et un autre blessé.", [_one(1, KILLED, COMBATANT), _one(1, INJURED, COMBATANT)]),
        ("Trois assaillants ont été abattus.", [_one(3, KILLED, COMBATANT)]),
        ("Deux soldats et leur chauffeur ont été tués.", [_one(2, KILLED, COMBATANT)]),
        ("Une fillette de huit ans a été tuée.", [_one(1, KILLED, CIVILIAN)]),
        ("Liban: un mort et sept blessés dans un raid israélien", [_one(1), _one(7, INJURED)]),
        ("Nigeria: Boko Haram tue 43 ouvriers agricoles", [_one(43)]),
        ("Haïti: plus de 180 morts dans un massacre", [(181, None, KILLED, ANYBODY)]),
        ("Une famille de sept personnes a été tuée.", [_one(7)]),
        ("Les autorités ont confirmé la mort de 11 policiers.", [_one(11, KILLED, COMBATANT)]),
        ("Les jihadistes ont perdu neuf combattants.", [_one(9, KILLED, COMBATANT)]),
        ("Quelque 300 lycéennes ont été enlevées par des hommes armés.", [_one(300, ABDUCTED, CIVILIAN)]),
        ("Les ravisseurs retiennent 12 personnes en otage.", [_one(12, ABDUCTED)]),
        ("L'armée a arrêté deux suspects.", [_one(2, DETAINED)]),
        ("Le bombardement a tué ou blessé 35 personnes.", [_one(35, Measure.KILLED_OR_INJURED)]),
    ],
)
def test_counts_are_found_whatever_the_turn(sentence: str, expected: list[Count]) -> None:
    """The dead with the hurt, verbs before and behind, headlines, lists, ages, hostages."""
    assert counts(read(sentence, "fr")) == expected


@pytest.mark.parametrize(
    ("sentence", "low", "high", "bound"),
    [
        ("Soixante et onze personnes ont été tuées.", 71, 71, Bound.EXACT),
        ("Quatre-vingt-dix-sept personnes ont péri.", 97, 97, Bound.EXACT),
        ("Nonante-deux personnes ont trouvé la mort.", 92, 92, Bound.EXACT),
        ("Quatre-vingts morts lundi.", 80, 80, Bound.EXACT),
        ("Cent trente-deux personnes sont mortes.", 132, 132, Bound.EXACT),
        ("Deux cent cinquante personnes ont été tuées.", 250, 250, Bound.EXACT),
        ("Deux mille trois cents personnes ont été tuées.", 2300, 2300, Bound.EXACT),
        ("On compte 1 300 morts.", 1300, 1300, Bound.EXACT),
        ("On compte 1.300 morts.", 1300, 1300, Bound.EXACT),
        ("Plus d'une centaine de personnes ont été tuées.", 101, None, Bound.MORE_THAN),
        ("Jusqu'à 95 personnes ont été tuées.", None, 95, Bound.AT_MOST),
        ("Près d'une quarantaine de civils ont été tués.", 40, 40, Bound.ABOUT),
        ("Entre 12 et 15 personnes ont été tuées.", 12, 15, Bound.RANGE),
        ("Deux ou trois personnes ont été tuées.", 2, 3, Bound.RANGE),
        ("Des centaines de personnes ont été tuées.", 200, 999, Bound.VAGUE),
        ("Plusieurs dizaines de milliers de personnes ont été tuées.", 20000, 99999, Bound.VAGUE),
        ("L'explosion n'a fait aucun mort.", 0, 0, Bound.NONE),
        ("Personne n'a été tué.", 0, 0, Bound.NONE),
        ("Un nombre indéterminé de combattants ont été tués.", None, None, Bound.UNKNOWN),
    ],
)
def test_numbers_and_their_bounds(sentence: str, low: int | None, high: int | None, bound: Bound) -> None:
    """Scores of sixty and eighty, Belgian and Swiss tens, hundreds in two words, round numbers in one, and nobody."""
    [claim] = read(sentence, "fr")
    assert (claim.low, claim.high, claim.bound) == (low, high, bound)


def test_neither_dead_nor_hurt() -> None:
    """ "Ni mort ni blessé" says two things."""
    assert counts(read("L'explosion n'a fait ni mort ni blessé.", "fr")) == [_one(0), _one(0, INJURED)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le bilan s'alourdit à 23 morts.", 23),
        ("Le bilan de l'attentat de mardi contre une mosquée du nord du pays s'est alourdi à 40.", 40),
        ("Le bilan a été ramené à 12 morts.", 12),
        ("Le bilan est passé de 12 à 15 morts.", 15),
        ("Le bilan a été ramené de 62 à 59 morts.", 59),
        ("Le nombre de morts est passé à 50.", 50),
        ("Le nombre de civils tués s'établit à 52.", 52),
        ("Les autorités ont estimé à 52 le nombre de morts.", 52),
        ("Bilan: 12 morts.", 12),
    ],
)
def test_tolls_rise_and_fall(sentence: str, expected: int) -> None:
    """A toll is what its sentence ends on; the number that it left behind is told as such."""
    [claim] = [claim for claim in read(sentence, "fr") if claim.modality is not Modality.RETRACTED]
    assert (claim.value, claim.measure) == (expected, KILLED)


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Au moins 13 personnes, dont six enfants, ont été tuées.", _one(6, KILLED, CIVILIAN)),
        ("Treize personnes ont été tuées, parmi lesquelles deux bébés.", _one(2, KILLED, CIVILIAN)),
        ("Le raid a fait 20 morts, dont la moitié étaient des enfants.", _one(10, KILLED, CIVILIAN)),
        ("Le raid a fait neuf morts. Les deux tiers des morts étaient des civils.", _one(6, KILLED, CIVILIAN)),
        ("Le raid a fait neuf morts, et trois d'entre eux étaient des soldats.", _one(3, KILLED, COMBATANT)),
        ("Le raid a tué neuf personnes. La plupart des victimes sont des enfants.", (5, 9, KILLED, CIVILIAN)),
        ("L'explosion a blessé 14 personnes, trois d'entre elles grièvement.", _one(3, INJURED)),
        ("Parmi les 16 morts figurent quatre enfants.", _one(4, KILLED, CIVILIAN)),
        ("Le raid a fait neuf morts. Parmi les victimes figurent trois enfants.", _one(3, KILLED, CIVILIAN)),
    ],
)
def test_parts_belong_to_their_whole(sentence: str, part: Count) -> None:
    """ "Dont", "parmi lesquelles", "d'entre eux" and shares of the dead are no further dead."""
    whole, claim = read(sentence, "fr")
    assert (claim.subset_of, counts([claim])) == (whole.claim_id, [part])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("L'armée aurait tué 12 civils.", {12: Modality.REPORTED}),
        ("Douze civils seraient morts.", {12: Modality.REPORTED}),
        ("L'armée a démenti avoir tué 12 civils.", {12: Modality.DENIED}),
        ("L'attaque a fait 59 morts, et non 62.", {59: Modality.ASSERTED, 62: Modality.RETRACTED}),
        ("Un précédent bilan faisait état de 12 morts.", {12: Modality.RETRACTED}),
        ("Le groupe menace de tuer 12 otages.", {}),
    ],
)
def test_hearsay_denial_and_correction(sentence: str, expected: dict[int, Modality]) -> None:
    """The conditional tells hearsay; a threat is no claim."""
    assert {c.value: c.modality for c in read(sentence, "fr")} == expected


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Neuf personnes ont été tuées, a indiqué l'OSDH.", "Syrian Observatory for Human Rights"),
        ("Selon MSF, neuf personnes ont été tuées.", "Médecins Sans Frontières"),
        ("Le ministère de la Santé a fait état de neuf morts.", "health ministry"),
        ("Neuf personnes ont été tuées, a-t-on appris mardi de source sécuritaire.", "security sources"),
        ("Neuf soldats ont été tués, a appris l'AFP auprès de sources hospitalières.", "medical sources"),
        ("Neuf personnes ont été tuées, ont déclaré à l'AFP des habitants joints par téléphone.", "residents"),
        ("D'après des témoins, neuf personnes ont été tuées.", "witnesses"),
        ("Un habitant de Raqqa a dit que neuf personnes avaient été tuées.", "resident in Raqqa"),
        ("« Nous avons enterré neuf corps », a affirmé le maire de la commune.", "mayor"),
        ("Le bilan est de neuf morts, selon la Protection civile.", "civil defence"),
        ("La Monusco a confirmé neuf morts.", "MONUSCO"),
        ("L'opposition avance le chiffre de neuf morts.", "opposition"),
        (
            "Miabek Lang, porte-parole du gouvernement, a annoncé que neuf personnes avaient été tuées.",
            "Miabek Lang (porte-parole du gouvernement)",
        ),
    ],
)
def test_speakers_by_the_names_that_they_have_in_english(sentence: str, speaker: str) -> None:
    """Verbs before and behind whoever says it, sources without an article, quotations and what an agency learnt."""
    [claim] = read(sentence, "fr")
    assert (claim.value, claim.attribution[0]) == (9, speaker)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le camp accueille 20.000 réfugiés.", _one(20000, DISPLACED, CIVILIAN)),
        ("Le conflit a fait 20.000 déplacés.", _one(20000, DISPLACED, CIVILIAN)),
        ("Les combats ont contraint 900 personnes à fuir.", _one(900, DISPLACED, CIVILIAN)),
        ("Le nombre de déplacés dépasse 20.000.", (20001, None, DISPLACED, CIVILIAN)),
        ("Environ 900 habitants ont été déplacés.", _one(900, DISPLACED, CIVILIAN)),
        ("Neuf déplacés ont été tués.", _one(9, KILLED, CIVILIAN)),
    ],
)
def test_the_displaced_may_be_counted_or_killed(sentence: str, expected: Count) -> None:
    """ "Déplacés" counts who was driven out only where nothing worse befell them."""
    assert counts(read(sentence, "fr")) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "Trente barils d'explosifs ont été largués sur la ville.",
        "L'ONU a déployé 12.000 Casques bleus.",
        "Une attaque jihadiste a touché un village.",
        "Plusieurs avions ont été abattus.",
        "L'explosion a fait des morts et des blessés.",
        "Un mort sur trois était un enfant.",
        "Neuf hommes armés ont attaqué le village et fait des victimes.",
        "Le séisme a fait 300 morts.",
        "Un autocar est tombé dans un ravin, faisant 24 morts.",
        "Deux hommes à moto ont ouvert le feu à 14 heures.",
    ],
)
def test_what_counts_nobody_harmed(sentence: str) -> None:
    """Munitions, troops, bare plurals, shares of no toll, earthquakes and hours are no claims."""
    assert read(sentence, "fr") == []


@dataclass(frozen=True)
class Told:
    """One claim of the report below: what it counts, by whom it was told, and how it hangs together."""

    text: str
    low: int | None
    high: int | None
    measure: Measure
    status: Status
    speaker: str | None
    scope: Scope = Scope.INCIDENT
    part: bool = False


REPORT = """Syrie: au moins 25 morts dans des raids du régime sur Raqqa

Au moins 25 personnes, dont six enfants et deux secouristes, ont été tuées mardi dans des raids aériens du régime syrien contre la
ville de Raqqa, dans le nord du pays, a rapporté l'Observatoire syrien des droits de l'Homme.

Une soixantaine de personnes ont en outre été blessées, a précisé l'Observatoire.

Selon des habitants, 12 personnes restent portées disparues.
Les Comités locaux de coordination ont de leur côté fait état de 38 morts.

La moitié des morts sont des civils, a ajouté l'Observatoire.

Depuis mars 2011, le conflit en Syrie a fait plus de 195.000 morts et contraint neuf millions de personnes à quitter leurs foyers.
"""
MONITOR = "Syrian Observatory for Human Rights"
TOLD = [
    Told("au moins 25", 25, None, KILLED, ANYBODY, None),
    Told("Au moins 25 personnes", 25, None, KILLED, ANYBODY, MONITOR),
    Told("six enfants", 6, 6, KILLED, CIVILIAN, MONITOR, part=True),
    Told("deux secouristes", 2, 2, KILLED, CIVILIAN, MONITOR, part=True),
    Told("Une soixantaine de personnes", 60, 60, INJURED, ANYBODY, MONITOR),
    Told("12 personnes", 12, 12, MISSING, ANYBODY, "residents"),
    Told("38", 38, 38, KILLED, ANYBODY, "Local Coordination Committees"),
    Told("La moitié des morts", 13, None, KILLED, CIVILIAN, MONITOR, part=True),
    Told("plus de 195.000", 195001, None, KILLED, Status.MIXED, None, Scope.CUMULATIVE),
    Told("neuf millions de personnes", 9000000, 9000000, DISPLACED, CIVILIAN, None, Scope.CUMULATIVE),
]


def test_a_whole_report() -> None:
    """Each count with its bounds, its speaker and its whole; the war's totals apart from the incident's."""
    claims = read(REPORT, "fr")
    assert [
        Told(
            c.text,
            c.low,
            c.high,
            c.measure,
            c.status,
            c.attribution[0] if c.attribution else None,
            c.scope,
            bool(c.subset_of),
        )
        for c in claims
    ] == TOLD


def test_the_scene_of_a_report() -> None:
    """The day, the place, the party and the weapon of the opening hold for the counts that follow it."""
    incident = [c for c in read(REPORT, "fr") if c.scope is Scope.INCIDENT]
    scenes = {
        (c.place and c.place.name, c.occurred and str(c.occurred.start), c.perpetrator, c.weapon) for c in incident
    }
    assert scenes == {("Raqqa", "2014-11-25", "Government of Syria", "air strike")}


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("Neuf personnes ont été tuées mardi.", "2014-11-25", "2014-11-25"),
        ("Neuf personnes ont été tuées lundi 24 novembre.", "2014-11-24", "2014-11-24"),
        ("Neuf personnes ont été tuées mercredi dernier.", "2014-11-19", "2014-11-19"),
        ("Neuf personnes ont été tuées le 1er novembre.", "2014-11-01", "2014-11-01"),
        ("Neuf personnes ont été tuées il y a deux jours.", "2014-11-24", "2014-11-24"),
        ("Neuf personnes ont été tuées hier soir.", "2014-11-25", "2014-11-25"),
    ],
)
def test_days(sentence: str, first: str, last: str) -> None:
    """Told on Wednesday 26 November 2014."""
    [claim] = read(sentence, "fr")
    assert claim.occurred is not None
    assert (str(claim.occurred.start), str(claim.occurred.end)) == (first, last)


@pytest.mark.parametrize(
    ("sentence", "place", "party"),
    [
        ("L'armée syrienne a tué neuf civils à Raqqa.", "Raqqa", "Government of Syria"),
        ("Neuf civils ont été tués par l'armée syrienne près de Raqqa.", "Raqqa", "Government of Syria"),
        ("Une frappe russe a tué neuf civils à Nawa.", "Nawa", "Government of Russia"),
        ("L'Etat islamique a exécuté neuf civils dans la ville de Raqqa.", "Raqqa", "Islamic State"),
        ("Raid sur Raqqa: neuf morts", "Raqqa", None),
        ("L'attaque contre l'armée syrienne a fait neuf morts à Nawa.", "Nawa", None),
    ],
)
def test_places_and_parties(sentence: str, place: str, party: str | None) -> None:
    """Where it happened and who did it, by a verb, by an adjective or by "par"; whoever is attacked did nothing."""
    [claim] = read(sentence, "fr")
    assert (claim.place and claim.place.name, claim.perpetrator) == (place, party)
