"""Counts of a sentence: what befell whom, by a pattern that is named, and which count is part of which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.extract.counts import mentions_in
from marsad.extract.mentions import Mention
from marsad.extract.parts import predicate
from marsad.model import Measure, Status
from marsad.text.lexicon import languages, lexicon

WORDS = st.lists(
    st.sampled_from(["killed", "nine", "people", "and", ",", "including", "children", "were", "wounded", "of them", "12",
                     "of the dead", "civilians", "no", "who", "died", "toll", "to", "men", "at least", "among them", "."]),
    max_size=20,
)  # fmt: skip


def mentions(sentence: str, lang: str = "en") -> list[Mention]:
    """Return the counts of a sentence."""
    return mentions_in(lexicon(lang), lexicon(lang).line(sentence))


def told(sentence: str, lang: str = "en") -> list[tuple[int | None, str]]:
    """Return number and measure of each count."""
    return [(m.quantity.value, m.measure.value) for m in mentions(sentence, lang)]


@given(WORDS | st.lists(st.text(max_size=8), max_size=12))
def test_counts_are_in_order_and_parts_are_others(words: list[str]) -> None:
    """No two counts overlap, a part is never its own whole, and scores are ranking signals from 0 to 1."""
    for lang in languages():
        line = lexicon(lang).line(" ".join(words))
        found = mentions_in(lexicon(lang), line)
        end = 0
        for number, mention in enumerate(found):
            assert end <= mention.first < mention.after <= len(line)
            assert mention.parent is None or (0 <= mention.parent < len(found) and mention.parent != number)
            assert 0 < mention.score <= 1
            end = mention.after


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Air strikes killed 95 people and wounded 120.", [(95, "killed"), (120, "injured")]),
        ("Raids kill 95", [(95, "killed")]),
        ("The raid left 12 dead and 20 wounded.", [(12, "killed"), (20, "injured")]),
        ("Nine people in the market near the mosque were killed.", [(9, "killed")]),
        ("At least 12 people had been killed and 20 wounded.", [(12, "killed"), (20, "injured")]),
        ("A girl and a man were killed.", [(1, "killed"), (1, "killed")]),
        ("They documented the deaths of six children and three women.", [(6, "killed"), (3, "killed")]),
        ("The death toll rose to 95.", [(95, "killed")]),
        ("The number of wounded rose to 120.", [(120, "injured")]),
        ("The death toll from a missile strike on a block of flats rose to 40 on Monday.", [(40, "killed")]),
        ("The toll from the attack, which hit a market near the mosque, has climbed to 17 by now.", [(17, "killed")]),
        ("The death toll from the attack rose by 40 percent.", []),
        ("The strike on 12 May hit 3 houses.", []),
        ("Fifty-six civilians, among them 11 children, died in the raids.", [(56, "killed"), (11, "killed")]),
        ("The toll was 217, and 138 of them died in one quarter.", [(217, "killed"), (138, "killed")]),
        ("A bomber killed himself and 12 worshippers.", [(12, "killed")]),
        ("Activists put the number at more than 160.", [(160, "killed")]),
        ("Among the dead was a family of eight who had fled the south.", [(8, "killed")]),
        ("Ten Israelis have died.", [(10, "killed")]),
        ("An assessment put the death toll at 80: 16 fighters and 60 others.", [(80, "killed")]),
        ("Tuesday's strikes killed at least another 50 people.", [(50, "killed")]),
        ("A further 12 people were wounded.", [(12, "injured")]),
        ("The dead included at least five women and three children.", [(5, "killed"), (3, "killed")]),
        ("The number of victims is 59 and not 62.", [(59, "killed"), (62, "killed")]),
        ("Shelling hit the town, killing and wounding 35 people.", [(35, "killed_or_injured")]),
        ("There were 80 casualties.", [(80, "killed_or_injured")]),
        ("Fighting forced 900 people from their homes.", [(900, "displaced")]),
        ("The town is home to 300,000-350,000 people.", [(None, "population")]),
        ("Nine people are missing and four were abducted.", [(9, "missing"), (4, "abducted")]),
        ("The blast took the lives of nine people.", [(9, "killed")]),
        ("Two hospitals treated 30 wounded civilians.", [(30, "injured")]),
        ("Nine people gathered in the square.", []),
        ("The two states are home to tens of thousands of fighters.", []),
        ("A car was hit and 15 houses were destroyed.", []),
        ("Most of the victims of the explosion were in their cars.", []),
    ],
)
def test_what_befell_whom_in_english(sentence: str, wanted: list[tuple[int | None, str]]) -> None:
    """Active, passive, nouns, tolls, lists; a crowd, an army and houses are no counts of the harmed."""
    assert told(sentence) == wanted


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("قتل 95 شخصا وأصيب 120 آخرون.", [(95, "killed"), (120, "injured")]),
        ("سقط 12 قتيلا و20 جريحا.", [(12, "killed"), (20, "injured")]),
        ("إن 13 شخصا على الأقل بينهم ستة أطفال قُتلوا.", [(13, "killed"), (6, "killed")]),
        ("ما أسفر عن مقتل طفل وإصابة امرأتين.", [(1, "killed"), (2, "injured")]),
        ("ارتفعت حصيلة القتلى إلى 95.", [(95, "killed")]),
        ("نزوح 900 شخص.", [(900, "displaced")]),
        ("سقط 80 بين قتيل وجريح.", [(80, "killed_or_injured")]),
        ("شنت الطائرات خمس غارات على المدينة.", []),
        ("استقبل المستشفى جثث 29 طفلا و48 جريحا.", [(29, "killed"), (48, "injured")]),
        ("قالت الوزارة إن 14 عسكريا قتلوا في تفجير حافلة.", [(14, "killed")]),
        ("ارتفعت حصيلة ضحايا القصف الذي استهدف سوقا شعبية في المدينة إلى 95.", [(95, "killed")]),
    ],
)
def test_what_befell_whom_in_arabic(sentence: str, wanted: list[tuple[int | None, str]]) -> None:
    """Verb first, verbal nouns, nouns that count by themselves."""
    assert told(sentence, "ar") == wanted


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "The raid killed 100 people including at least 30 children."),
        ("es", "El ataque mató a 100 personas, entre ellos al menos 30 niños."),
        ("fr", "Le raid a tué 100 personnes, dont au moins 30 enfants."),
        ("it", "Il raid ha ucciso 100 persone, tra cui almeno 30 bambini."),
        ("ar", "أسفر القصف عن مقتل 100 شخص بينهم 30 طفلا على الأقل."),
    ],
)
def test_a_part_keeps_its_bound(lang: str, sentence: str) -> None:
    """ "Including at least 30 children" is no thirty: more may have been."""
    whole, part = mentions(sentence, lang)
    assert (part.parent, part.quantity.low, part.quantity.high) == (0, 30, None)
    assert (whole.quantity.low, whole.quantity.high) == (100, 100)


@pytest.mark.parametrize(
    ("sentence", "parents"),
    [
        ("At least 13 people, including six children and four women, were killed.", [None, 0, 0]),
        ("The raid killed 13 including 6 children.", [None, 0]),
        ("The raid killed more than 100 people including at least 30 children.", [None, 0]),
        ("The raid killed 101 people, 64 of them civilians.", [None, 0]),
        ("Three civilians, two women and a man, died.", [None, 0, 0]),
        ("Nine people died, three women and four children among them.", [None, 0, 0]),
        ("Nine people died and 12 were wounded.", [None, None]),
        ("Raqqa: 12 dead (3 children, 2 women), 30 injured.", [None, 0, 0, None]),
        ("The raid left 12 dead (the village had 300 residents).", [None]),
        ("Nine soldiers, two policemen and a boy died.", [None, None, None]),
    ],
)
def test_parts_know_their_whole(sentence: str, parents: list[int | None]) -> None:
    """Lists, "of them", and a comma before counts that add up; other lists are no parts."""
    assert [m.parent for m in mentions(sentence)] == parents


@pytest.mark.parametrize(
    ("sentence", "statuses"),
    [
        ("More than half of the dead were civilians.", [Status.CIVILIAN]),
        ("52 of those killed were civilians.", [Status.CIVILIAN]),
        ("The raid killed 101 people, 64 of them civilians.", [Status.UNKNOWN, Status.CIVILIAN]),
        ("Ten civilians were killed while 30 others were injured.", [Status.CIVILIAN, Status.CIVILIAN]),
        ("Killing a fighter and injuring four others.", [Status.COMBATANT, Status.COMBATANT]),
        ("Nine people were killed and 30 others were wounded.", [Status.UNKNOWN, Status.UNKNOWN]),
    ],
)
def test_whom_they_were(sentence: str, statuses: list[Status]) -> None:
    """From the noun, from what follows, or from those counted before."""
    assert [m.people.status if m.people else Status.UNKNOWN for m in mentions(sentence)] == statuses


def test_words_that_point_back_are_marked() -> None:
    """ "Of the dead" is a share of a toll told before, "of the town" is not."""
    assert [m.points_back for m in mentions("52 of the dead were civilians.")] == [True]
    assert [m.points_back for m in mentions("Nine of the town were killed.")] == [False]


def test_a_sentence_without_numbers_counts_nobody() -> None:
    """However many words of harm it has."""
    assert mentions("Killed, wounded, dead, missing and displaced.") == []


def test_a_predicate_stops_at_the_sentence() -> None:
    """What follows a full stop says nothing about whom was counted."""
    words = lexicon("en")
    assert predicate(words, words.line("nine . civilians"), 1, 4) is None


@pytest.mark.parametrize(
    "piece", ["nine men and ", "six children among them ", "nine people including ", "of the dead "]
)
def test_a_long_list_is_read_in_one_pass(piece: str) -> None:
    """A sentence of a few hundred counts takes no time that a test could notice."""
    assert len(mentions("killed " + piece * 300)) <= 400
    assert {m.measure for m in mentions("killed " + piece * 300)} <= {Measure.KILLED}


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "Three out of every five dead in the raid on Duma were women."),
        ("en", "Four in every ten killed in the raid on Duma were minors."),
        ("ar", "ثلاثة من كل خمسة قتلى في الغارة على دوما كانوا أطفالا."),
        ("es", "Uno de cada cuatro muertos del bombardeo era menor de edad."),
    ],
)
def test_the_whole_of_a_ratio_counts_nobody(lang: str, sentence: str) -> None:
    """ "Three out of every five dead" is a share; nobody counted five."""
    assert told(sentence, lang) == []
