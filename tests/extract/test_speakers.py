"""Who says it: names, roles and pronouns as news writes them, and which count each speaker vouches for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_ground import ground, read

from marsad.extract.atlas import Atlas
from marsad.extract.cast import Cast, speaker_of
from marsad.extract.speakers import speakers_in
from marsad.text.lexicon import languages, lexicon

SOHR = "Syrian Observatory for Human Rights"
PIECES = st.lists(
    st.sampled_from(["said", "according to", "the Observatory", "citing", "residents", ",", ":", "Miabek Lang", "AFP",
                     "who", "told", "it", "the group", "that", "nine people died", ".", '"', "Sudan", "also", "MSF"]),
    max_size=14,
)  # fmt: skip


def chains(text: str, lang: str = "en") -> list[tuple[str, ...]]:
    """Return the attribution of each claim of a report."""
    return [claim.attribution for claim in read(text, lang)]


@given(PIECES, st.integers(0, 20))
def test_speakers_stand_in_their_sentence(pieces: list[str], first: int) -> None:
    """In order, each with somebody's name; a count is vouched for by one of them or by nobody."""
    for lang in languages():
        words = lexicon(lang)
        line = words.line(" ".join(pieces))
        speakers = speakers_in(words, Atlas(ground(), [line]), line, Cast(previous=("somebody",)))
        assert [s.first for s in speakers] == sorted(s.first for s in speakers)
        assert all(s.chain and all(s.chain) and 0 <= s.first <= s.after <= len(line) for s in speakers)
        assert speaker_of(speakers, first) in ((), *(s.chain for s in speakers))


def test_roles_and_short_names_speak() -> None:
    """A hospital worker and the LCC are somebody; the police did not count the bodies."""
    text = "Police said nine people were killed; a hospital worker said he had counted 17 bodies. The LCC put the toll at 82."
    assert chains(text)[:2] == [("police",), ("hospital worker",)]
    assert chains("Nine people were killed, the LCC said.") == [("Local Coordination Committees",)]


def test_a_headline_may_part_its_speaker_with_a_dash() -> None:
    """At its end; a dateline's dash at the beginning names nobody."""
    assert chains("12 killed in Raqqa raid - Observatory") == [(SOHR,)]
    assert chains("BEIRUT - 12 people were killed in Raqqa.") == [()]


def test_the_group_is_the_one_organisation_that_the_report_names() -> None:
    """Nobody has spoken yet, and one organisation alone is named; of two, nobody can tell which."""
    text = "A raid on a hospital run by Doctors Without Borders killed nine people, the aid group said."
    assert chains(text) == [("Médecins Sans Frontières",)]
    assert chains(text + " The Red Cross sent blood.") == [()]


@pytest.mark.parametrize(
    ("sentence", "chain"),
    [
        ("Nine people were killed, according to the Syrian Observatory for Human Rights.", (SOHR,)),
        ("The Observatory said on Wednesday that nine people were killed.", (SOHR,)),
        ("Nine people died when jets hit the town, the Syrian Observatory for Human Rights said.", (SOHR,)),
        ("The Observatory, which relies on informants, said nine people were killed.", (SOHR,)),
        ("The Observatory, by contrast, stands by 95 dead.", (SOHR,)),
        ("Observatory director Rami Abdel Rahman told AFP that nine people were killed.", (SOHR, "AFP")),
        ("Nine people were killed, a spokesman for the Enough Project said.", ("Enough Project",)),
        ("“Nine people were killed,” said UNHCR spokesman Adrian Edwards.", ("UNHCR",)),
        (
            "Taban Deng, the governor of Unity State, said nine people were killed.",
            ("Taban Deng (governor of Unity State)",),
        ),
        (
            "Miabek Lang, the commissioner of Pariang, said earlier that nine people were killed.",
            ("Miabek Lang (commissioner of Pariang)",),
        ),
        ("Local official Miabek Lang said nine people were killed.", ("Miabek Lang (Local official)",)),
        ("Interior Ministry spokesman Ali Khan said nine people were killed.", ("Interior Ministry",)),
        ("A doctor at the local field hospital said nine people were killed.", ("doctor",)),
        ("Doctors in Raqqa said nine people were killed.", ("doctors in Raqqa",)),
        ("Raqqa residents said nine people were killed.", ("Raqqa residents",)),
        ("Sudan's armed forces said they had killed nine people.", ("Government of Sudan (armed forces)",)),
        ("Mr. Kiir has also accused Sudan of killing nine people.", ("Kiir",)),
        ("Anadolu reported nine people killed, quoting activists in the city.", ("activists", "Anadolu Agency")),
        ("SANA said nine people were killed, citing a military source.", ("military source", "SANA")),
        ("Boyette said residents said nine people were killed.", ("residents", "Boyette")),
        ("An activist who spoke to aid workers later said that nine people were killed.", ("activist",)),
        ("He met five aid workers in the camp, all of whom said nine people were killed.", ("aid workers",)),
        ("Correspondents of Step News count nine people dead.", ("Step News",)),
        ("Officials in Damascus said nine people were killed.", ("officials in Damascus",)),
        ("Nine people are reported to have been killed.", ("unnamed reports",)),
        ("Nine people were killed.", ()),
        ("The raid on Raqqa killed nine people.", ()),
    ],
)
def test_who_is_heard_in_english(sentence: str, chain: tuple[str, ...]) -> None:
    """The speaker first, whoever relayed it after; nobody named is the outlet's own voice."""
    assert chains(sentence) == [chain]


@pytest.mark.parametrize(
    ("sentence", "chain"),
    [
        ("قال المرصد السوري لحقوق الإنسان إن تسعة أشخاص قتلوا.", (SOHR,)),
        ("قتل تسعة أشخاص بحسب ناشطين.", ("activists",)),
        ("قال مصدر طبي إن تسعة أشخاص قتلوا.", ("medical sources",)),
        ("قتل تسعة أشخاص في غارات على المدينة.", ()),
    ],
)
def test_who_is_heard_in_arabic(sentence: str, chain: tuple[str, ...]) -> None:
    """The verb comes first, its subject after it."""
    assert chains(sentence, "ar") == [chain]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "The Observatory said nine people were killed.\nThe Britain-based group said 12 people were wounded.",
            (SOHR,),
        ),
        ("The Observatory said nine people were killed.\nIt added that 12 people were wounded.", (SOHR,)),
        (
            "Miabek Lang, the commissioner, said nine people were killed.\nLang said 12 were wounded.",
            ("Miabek Lang (commissioner)",),
        ),
        ("The Observatory said nine people were killed.\nTwelve people were wounded.", ()),
        ("The Observatory said nine people were killed. Twelve people were wounded.", (SOHR,)),
        ("The Observatory said nine people were killed. The war has killed 195,000 people since 2011.", ()),
    ],
)
def test_a_speaker_is_taken_up_again(text: str, last: tuple[str, ...]) -> None:
    """By a pronoun, a surname or "the group"; a new paragraph without any of them is the outlet's own voice."""
    assert chains(text)[-1] == last


def test_arabic_verbs_carry_their_subject() -> None:
    """ "And added that" goes on with whoever spoke."""
    text = "قال المرصد السوري إن تسعة أشخاص قتلوا.\nوأضاف أن عشرين شخصا أصيبوا."
    assert chains(text, "ar") == [(SOHR,), (SOHR,)]


def test_each_speaker_vouches_for_his_own_count() -> None:
    """Two speakers of one sentence are told apart."""
    text = "The Observatory said nine people were killed, but residents said that twelve people were killed."
    assert chains(text) == [(SOHR,), ("residents",)]


def test_what_a_subordinate_clause_counts_is_the_speaker_s_too() -> None:
    """A revision told behind the verb of saying."""
    text = "At least 95 people died, the Observatory said, revising the 63 deaths it had reported a day before."
    assert chains(text) == [(SOHR,), (SOHR,)]


def test_a_quotation_over_several_sentences_has_one_speaker() -> None:
    """Named at its end, or before it."""
    text = "“Bombs fell all night. Nine people were killed. We buried them,” said UNHCR spokesman Adrian Edwards."
    assert chains(text) == [("UNHCR",)]
    text = 'MSF said: "Bombs fell all night.\nNine people were killed.\nWe buried them."\nTwelve people were wounded.'
    assert chains(text) == [("Médecins Sans Frontières",), ()]


def test_headlines_name_speakers_around_a_colon() -> None:
    """ "Observatory: 95 killed", "95 killed: monitor", where the report names only one monitor."""
    assert chains("Observatory: nine people killed\nA market burned.") == [(SOHR,)]
    text = "Nine people killed in raids: monitor\nThe Observatory said a market burned."
    assert chains(text) == [(SOHR,)]


def test_an_outlet_that_names_itself_speaks_in_its_own_voice() -> None:
    """So does a newspaper that withdraws its figure."""
    [claim] = read("The Harbour Daily said nine people were killed.", outlet="The Harbour Daily")
    assert claim.attribution == ()


def test_an_organisation_that_prints_its_own_count_is_the_speaker() -> None:
    """A monitor's own page, whatever stands in brackets behind its name; a news agency's page is its own voice."""
    [monitor] = read("Nine people were killed in Raqqa.", outlet="SOHR (Facebook)")
    assert monitor.attribution == (SOHR,)
    [agency] = read("Nine people were killed in Raqqa.", outlet="Reuters")
    assert agency.attribution == ()


def test_capitals_name_nobody_where_all_is_in_capitals() -> None:
    """A wire in capitals tells nobody's name by its capitals: whoever is no known actor stands in its words."""
    assert chains("THE AUTHORITIES SAID NINE PEOPLE WERE KILLED.") == [("authorities",)]
    assert chains("GENERAL MAZA SAID NINE PEOPLE WERE KILLED.") == [("general maza",)]


@pytest.mark.parametrize(
    "piece", ["he said ", "according to ", "John Smith, ", "citing AFP ", "monitors: ", '" ', "who said "]
)
def test_a_sentence_full_of_sayings_is_read_in_one_pass(piece: str) -> None:
    """No saying looks at more than a few words around it."""
    words = lexicon("en")
    line = words.line(piece * 600)
    assert len(speakers_in(words, Atlas(ground(), [line]), line, Cast(previous=("x",)))) <= len(line)
