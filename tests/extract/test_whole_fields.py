"""Whole fields of words: who may speak and how, what befalls people, what is no war, since when a number runs.

What each sentence says was written down before it was read by the program.
"""

import pytest
from little_ground import read

from marsad.model import Scope
from marsad.text.lexicon import lexicon
from marsad.text.sieve import Sieve, pieces_of


@pytest.mark.parametrize(
    ("lang", "sentence", "speaker"),
    [
        ("en", "The army, asked about the tent, replied that nine militants had been eliminated.", "army"),
        ("en", "The morgue attendant counted nine bodies.", "morgue attendant"),
        ("en", "A cleric told the crowd that nine worshippers had been martyred.", "cleric"),
        ("en", "By the reckoning of the stevedores, nine men were killed.", "stevedores"),
        ("fr", "Le sous-préfet, lui, s'en tient à neuf morts.", "sub-prefect"),
        ("fr", "Un collectif de riveraines avance neuf morts.", "collectif de riveraines"),
        ("fr", "Le préfet, interrogé par une radio, a parlé de neuf morts.", "prefect"),
        ("fr", "L'armée a accusé le M23 et évoqué neuf morts.", "army"),
        ("fr", "« Ils ont tué neuf hommes », a renchéri le sacristain.", "sacristain"),
        ("fr", "La société de transport, de son côté, a annoncé la mort de neuf chauffeurs.", "société de transport"),
        ("fr", "Neuf personnes ont été tuées, apprend-on auprès du préfet.", "prefect"),
        ("it", "Per il sindaco Piero Galli i morti furono nove.", "Piero Galli (sindaco)"),
        ("it", "A detta del becchino i morti sono nove.", "becchino"),
        ("it", "Fonti ospedaliere citate da Radio Lago parlano di nove morti.", "medical sources"),
        ("it", "I commercianti del mercato dicono che nove persone sono state uccise.", "commercianti del mercato"),
        ("es", "La guardia indígena entregó un listado de nueve muertos.", "indigenous guard"),
        ("es", "Un vocero de la gobernación había hablado antes de nueve muertos.", "governor"),
        ("es", "Los bomberos recuperaron nueve cuerpos, indicaron en un comunicado.", "civil defence"),
        ("ar", "أعلن نقيب الصيادين مقتل تسعة أشخاص.", "نقيب الصيادين"),
        ("ar", "نعى اتحاد المعلمين تسعة معلمين قتلوا في القصف.", "اتحاد المعلمين"),
    ],
)
def test_whoever_speaks_however_he_says_it(lang: str, sentence: str, speaker: str) -> None:
    """Verbs of saying are whole fields; a speaker is named by what kind of thing he is, listed or not."""
    assert [claim.attribution[:1] for claim in read(sentence, lang)] == [(speaker,)]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "The clash claimed nine lives."),
        ("en", "Nine residents are confirmed dead after the shelling."),
        ("en", "The bombing of the old market left nine people dead, a count nobody has signed."),
        ("es", "El tiroteo sumó nueve muertos en su cuenta de horrores."),
        ("fr", "Pour la première fois, neuf civils ont été tués."),
    ],
)
def test_what_only_looks_like_saying_names_nobody(lang: str, sentence: str) -> None:
    """A clash claims lives and says nothing; of whom something is confirmed says nothing either; a noun is no verb."""
    assert [claim.attribution for claim in read(sentence, lang)] == [()]


@pytest.mark.parametrize(
    ("lang", "sentence", "counts"),
    [
        ("en", "Five people are receiving treatment for burns after the strike.", [("injured", 5)]),
        ("en", "Three people remain under the rubble after the strike.", [("missing", 3)]),
        ("en", "The attack cost nine people their lives.", [("killed", 9)]),
        ("en", "Nine herders had their throats cut by the militia.", [("killed", 9)]),
        ("fr", "Une vingtaine de terroristes ont été mis hors de combat.", [("killed", 20)]),
        ("fr", "Les morts sont au nombre de neuf après le raid.", [("killed", 9)]),
        ("fr", "Cinq autres soldats sont soignés à Gao après l'embuscade.", [("injured", 5)]),
        ("es", "Se desconoce el paradero de once soldados tras el combate.", [("missing", 11)]),
        ("es", "A nueve niños los hirieron esquirlas de mortero.", [("injured", 9)]),
        ("es", "Nueve campesinos fueron pasados por las armas.", [("killed", 9)]),
        ("it", "Di tre soldati non si hanno notizie dopo l'imboscata.", [("missing", 3)]),
        (
            "it",
            "Il mortaio ha stroncato la vita di tre venditori e ne ha feriti sette.",
            [("killed", 3), ("injured", 7)],
        ),
        ("ar", "حصدت الغارة أرواح تسعة أشخاص.", [("killed", 9)]),
        ("ar", "تعرض 12 شخصاً لجروح جراء القصف.", [("injured", 12)]),
    ],
)
def test_what_befell_them_in_other_words(lang: str, sentence: str, counts: list[tuple[str, int]]) -> None:
    """To be cared for is to be hurt, to lie under rubble to be missing; there are many ways to die."""
    assert [(claim.measure.value, claim.low) for claim in read(sentence, lang)] == counts


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "In the film the actors play soldiers; forty villagers are shot. The director wanted 200 people to die.",
        ),
        (
            "fr",
            "Exercice à la gare : une bombe, 12 morts et 60 blessés. Le scénario, joué par des figurants, a duré une heure.",
        ),
        (
            "it",
            "I lupi hanno colpito il gregge: trenta pecore uccise e una decina ferite. Il veterinario: «È una guerra».",
        ),
        ("es", "Simulacro en el puerto: el ejercicio, con figurantes, dejó nueve muertos tras una bomba."),
        ("ar", "تدريب للدفاع الجوي: تضمن السيناريو إخلاء عشرين جريحا، ويختتم التمرين بمناورة ثانية."),
    ],
)
def test_what_is_played_or_exercised_makes_no_claims(lang: str, text: str) -> None:
    """A film, an exercise and wolves in a flock are told in the words of war."""
    assert read(text, lang) == []


@pytest.mark.parametrize(
    ("sentence", "scopes"),
    [
        (
            "At least 553 people have been killed in Raqqa since 16 April, the group said on Saturday.",
            [Scope.CUMULATIVE],
        ),
        ("The group said on Saturday that 553 people had been killed in Raqqa since 16 April.", [Scope.CUMULATIVE]),
        (
            "More than 550 people have died since the assault on Raqqa began, the group said on Saturday.",
            [Scope.CUMULATIVE],
        ),
        (
            "Nine people were killed on Friday, bringing to 61 the number killed since 3 March.",
            [Scope.INCIDENT, Scope.CUMULATIVE],
        ),
        ("Nine people were killed on Friday in the town, which has been shelled since 3 March.", [Scope.INCIDENT]),
        ("Nine people were killed on Friday in the deadliest attack since the war began.", [Scope.INCIDENT]),
    ],
)
def test_a_number_since_weeks_ago_is_a_running_total(sentence: str, scopes: list[Scope]) -> None:
    """Whatever fresh day stands beside it, unless that day or another number stands between the two."""
    assert [claim.scope for claim in read(sentence)] == scopes


def test_a_sieve_looks_for_the_word_that_tells() -> None:
    """Of "left with burns" the burns are looked for, not a small word that stands in every text."""
    common = frozenset({"leaving", "with"})
    sieve = Sieve([("leaving", "with", "burns")], common=common)
    assert sieve.among(pieces_of("They were leaving with the keys.")) == set()
    assert sieve.among(pieces_of("Leaving with burns.")) == {("burns", "Leaving")}


@pytest.mark.parametrize("lang", ["en", "fr", "es", "it", "ar", "uk"])
def test_choices_in_braces_are_written_out(lang: str) -> None:
    """No phrase that is looked for in a text has a brace left in it."""
    words = lexicon(lang)
    for name in ("attribution.say", "attribution.cue", "attribution.quoted"):
        assert not [said for said, _, _ in words.section(name).entries if "{" in "".join(said)]
    assert not [said for said, _, _ in words.harm.entries if "{" in "".join(said)]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("fr", "Neuf ponts détruits, douze pylônes touchés par des éclats."),
        ("it", "Nove depositi colpiti da schegge."),
        ("it", "Dodici ville sepolte dalla sabbia dopo i raid."),
        ("es", "Los rebeldes perdieron nueve tanques."),
        ("en", "The fate of nine bridges is unknown after the raid."),
        ("ar", "أحرق المسلحون تسعة منازل."),
    ],
)
def test_things_are_no_people(lang: str, sentence: str) -> None:
    """Depots are hit and villas buried, too."""
    assert read(sentence, lang) == []
