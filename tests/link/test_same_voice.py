"""One voice under several names, and nobody in particular with somebody's number."""

import random

import pytest
from told import SOHR, at_least, claim, day, hear, heard

from marsad.link.origins import folds
from marsad.model import Bound
from marsad.model.heard import Heard

COMMITTEE = ("Duma Emergency Committee",)


def voices(told: list[Heard]) -> list[str]:
    """Return the origin of each claim."""
    found = folds(told)
    return [found[h.claim.claim_id].origin.name for h in told]


def rules(told: list[Heard]) -> list[str]:
    """Return why each claim is its origin's."""
    found = folds(told)
    return [found[h.claim.claim_id].rule for h in told]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Karim emergency room", "غرفة طوارئ كريم"),
        ("Duma emergency lawyers", "محامو الطوارئ في دوما"),
        ("market committee", "لجنة السوق"),
        ("Duma Teaching Hospital", "مستشفى دوما التعليمي"),
        ("Duma health ministry", "وزارة الصحة في دوما"),
        ("Harbour Doctors Network", "Red de Médicos Harbour"),
        ("National Unity Government", "حكومة الوحدة الوطنية"),
        ("Harbour Human Rights Mission", "Misión de Derechos Humanos Harbour"),
        ("directeur régional des douanes", "direzione delle dogane"),
        ("Harbourian Army", "Ejército harbouriano"),
        ("Harbourian Air Force", "aeronautica harbouriana"),
        ("Harbourian Interior Ministry", "ministère de l'Intérieur"),
        ("Lebanon's health ministry", "le ministère libanais de la Santé"),
        ("MoPH", "مركز عمليات طوارئ الصحة العامة (وزارة الصحة العامة)"),
        ("ministero della Difesa di Kabul", "Afghan Ministry of Defense"),
        ("Karim Haddad (maire de Zabadani)", "رئيس بلدية زبداني كريم حداد"),
        ("Karim Haddad (head of the provincial council)", "Rana Saad (miembro del consejo provincial)"),
        ("Karim Haddad (director of Zabadani Hospital)", "مدير مستشفى زبداني"),
    ],
)
def test_a_body_is_known_in_another_language(one: str, other: str) -> None:
    """Its nouns are translated, its proper name is compared by consonants, the incident's town says nothing."""
    told = hear(("Daily", 26, {"value": 31, "by": (one,)}), ("Digest", 27, {"value": 47, "by": (other,)}))
    assert len(set(voices(told))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Karim hospital", "Salim hospital"),
        ("doctors", "Harbour Doctors Network"),
        ("Karim emergency room", "Karim Doctors Network"),
        ("Harbour Committee", "Harbour Council"),
        ("Harbourian Army", "Valeish Army"),
        ("Vale army", "Vale rebel forces"),
        ("Lebanon's health ministry", "Israel's health ministry"),
        ("Karim Haddad (director of Bost Hospital)", "Rana Saad (director of Mercy Hospital)"),
        ("Karim Haddad (mayor)", "Rana Saad (governor)"),
    ],
)
def test_other_bodies_stay_apart(one: str, other: str) -> None:
    """Another proper name, or another noun, is another body; doctors are not yet their network."""
    told = hear(("Daily", 26, {"value": 31, "by": (one,)}), ("Digest", 27, {"value": 47, "by": (other,)}))
    assert len(set(voices(told))) == 2


def test_a_bare_name_is_the_fuller_one_that_speaks_of_the_incident() -> None:
    """ "The hospital" is the only hospital that anybody names; a man is himself with and without his office."""
    told = hear(
        ("Daily", 26, {"value": 31, "by": ("hospital",)}),
        ("Digest", 26, {"value": 33, "by": ("Duma Teaching Hospital",)}),
        ("Desk", 27, {"value": 40, "by": ("Karim Haddad",)}),
        ("Dawn", 27, {"value": 41, "by": ("director Karim Haddad",)}),
    )
    assert len(set(voices(told))) == 2
    assert rules(told) == ["fuller-name", "named", "named", "other-spelling"]


@pytest.mark.parametrize(
    "nobody", ["residents", "local activists", "a medical source", "متطوعون", "bénévoles", "the authorities"]
)
def test_nobody_in_particular_with_somebodys_number_is_no_further_origin(nobody: str) -> None:
    """That residents counted for themselves what the committee counted a day before, nobody can show."""
    told = hear(("Daily", 26, {"value": 47, "by": COMMITTEE}), ("Digest", 27, {"value": 47, "by": (nobody,)}))
    assert rules(told) == ["named", "nameless-same-number"]
    assert len(set(voices(told))) == 1


@pytest.mark.parametrize(
    "number",
    [{"value": 48}, {"value": 9}, {"value": 50}, {"value": None, "low": 24, "high": 99, "bound": Bound.VAGUE}],
    ids=["another", "few", "round", "vague"],
)
def test_nobody_in_particular_may_count_for_himself(number: dict[str, object]) -> None:
    """Another number is another count; small, round and vague ones are hit on by chance."""
    theirs = {"value": 47} if number["value"] == 48 else number
    told = hear(("Daily", 26, {**theirs, "by": COMMITTEE}), ("Digest", 27, {**number, "by": ("residents",)}))
    assert len(set(voices(told))) == 2


def test_what_one_report_tells_apart_stays_apart() -> None:
    """A reporter who names residents and the committee for 47 has asked both."""
    told = [heard(claim("r", 0, value=47, by=COMMITTEE)), heard(claim("r", 100, value=47, by=("residents",)))]
    assert len(set(voices(told))) == 2


def test_somebody_with_a_name_is_never_folded_for_his_number() -> None:
    """Two monitors that count 47 are two."""
    told = hear(("Daily", 26, {"value": 47, "by": SOHR}), ("Digest", 27, {"value": 47, "by": COMMITTEE}))
    assert len(set(voices(told))) == 2


def test_an_unmarked_number_is_not_that_of_a_source_who_says_another() -> None:
    """ "Eleven were killed. An elder spoke of 14": the eleven are somebody else's."""
    told = [heard(claim("r", 0, value=11)), heard(claim("r", 100, value=14, by=("Adam Haron",)))]
    assert rules(told)[0] == "own-voice"


def test_a_report_of_another_origin_never_lowers_corroboration() -> None:
    """Whatever reports there are and whatever number it gives on whatever day, somebody else adds an origin or nothing."""
    dice = random.Random(7)  # noqa: S311 - the same draws each time
    names = (
        "residents",
        "activists",
        "hospital",
        "Duma Hospital",
        "Karim Hospital",
        "Karim Haddad",
        "mayor Karim Haddad",
    )
    for _ in range(150):
        told = [
            heard(claim(f"r{n}", value=dice.choice((11, 47, 48)), by=(dice.choice(names),)), f"Outlet {n}", day(20 + n))
            for n in range(5)
        ]
        further = heard(claim("r9", value=dice.choice((11, 47, 48)), by=SOHR), "Further", day(dice.randrange(18, 27)))
        more = sorted([*told, further], key=lambda h: h.published or day(1))
        assert len(set(voices(more))) >= len(set(voices(told)))


def test_at_least_so_many_is_the_same_number() -> None:
    """ "At least 47" from activists repeats the committee's 47."""
    told = hear(("Daily", 26, {"value": 47, "by": COMMITTEE}), ("Digest", 27, {**at_least(47), "by": ("activists",)}))
    assert len(set(voices(told))) == 1


def test_a_body_that_prints_its_own_counts_is_whom_papers_repeat() -> None:
    """A committee's page of the same day is the origin of the 47 in a paper, whichever came in first."""
    told = hear(("Daily", 26, {"value": 47}), ("Duma Resistance Committee", 26, {"value": 47}))
    assert voices(told) == ["Duma Resistance Committee"] * 2


@pytest.mark.parametrize(("bare", "known"), [("government", "Government of Syria"), ("the observatory", *SOHR)])
def test_a_bare_name_may_be_a_known_actors(bare: str, known: str) -> None:
    """ "The government" is the one government that speaks of the incident, and is called by its name."""
    told = hear(("Daily", 26, {"value": 31, "by": (bare,)}), ("Digest", 27, {"value": 47, "by": (known,)}))
    assert voices(told) == [known] * 2


def test_a_town_counts_nobody() -> None:
    """ "According to the Duma lawyers", read as Duma: the number is in the outlet's own voice."""
    told = hear(("Daily", 26, {"value": 47, "by": ("Duma",)}))
    assert voices(told) == ["Daily"]


def test_an_official_by_name_and_by_office_is_one_from_three_on() -> None:
    """ "The governor: seven dead" and "seven, said Ida Karim": a town has one governor. Of two dead anybody may tell."""
    for value, many in ((7, 1), (2, 2)):
        told = hear(
            ("Daily", 26, {"value": value, "by": ("governor",)}), ("Digest", 26, {"value": value, "by": ("Ida Karim",)})
        )
        assert len(set(voices(told))) == many


def test_elders_are_nobody_in_particular() -> None:
    """Their thirteen is the thirteen of the elder whom another report names."""
    told = hear(("Daily", 26, {"value": 13, "by": ("Ida Karim",)}), ("Giornale", 27, {"value": 13, "by": ("anziani",)}))
    assert voices(told) == ["Ida Karim", "Ida Karim"]
