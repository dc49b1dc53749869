"""Where, when, by whom and with what: the scene of a count, found in its sentence or around it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_ground import PUBLISHED, ground, only, read

from marsad.extract.atlas import Atlas
from marsad.extract.parties import perpetrator_in
from marsad.extract.places import place_in, places_in
from marsad.extract.scenes import Scene, scene_of, setting, undated
from marsad.model import Certainty, Place, Scope, When
from marsad.text.lexicon import languages, lexicon

PIECES = st.lists(
    st.sampled_from(["in", "Raqqa", "Syrian", "army", "shelling", "on Tuesday", "the", "Nahla", "town of", "by", "Taliban",
                     "near", ",", "Sudan", "since March 2011", "fighting", "coalition", "الرقة", "غارات", "قوات النظام"]),
    max_size=14,
)  # fmt: skip


def scene(sentence: str, lang: str = "en") -> Scene:
    """Return the scene that a sentence sets by itself."""
    line = lexicon(lang).line(sentence)
    return scene_of(lexicon(lang), Atlas(ground(), [line]), line, sentence, PUBLISHED)[0]


@given(PIECES)
def test_places_keep_the_words_of_the_sentence(pieces: list[str]) -> None:
    """Found or not, a place is named by words that stand there."""
    sentence = " ".join(pieces)
    for lang in languages():
        line = lexicon(lang).line(sentence)
        for place, _ in places_in(lexicon(lang), Atlas(ground(), [line]), line, sentence):
            assert place.words in sentence
        scene(sentence, lang)


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Nine people were killed in Raqqa.", "gn:1"),
        ("Raids hit Raqa on Tuesday.", "gn:1"),
        ("Raids on the northern Syrian city of Raqqa killed nine.", "gn:1"),
        ("Raids on Syria's Raqqa killed nine.", "gn:1"),
        ("Nine people from Aleppo were killed in Raqqa.", "gn:1"),
        ("Officials in Damascus spoke of nine dead.", None),
        ("Nine were killed on Monday.", None),
        ("The Islamic State lost nine fighters.", None),
    ],
)
def test_where_in_english(sentence: str, place: str | None) -> None:
    """Behind "in" before behind "from"; no weekday, no armed group and nobody's seat is a place of the event."""
    found = scene(sentence).place
    assert (found and found.place_id) == place


@pytest.mark.parametrize(
    "sentence", ["قتل تسعة في مدينة الرقة", "غارات على الرقة", "قتل تسعة بالرقة", "قصف في ريف حلب"]
)
def test_where_in_arabic(sentence: str) -> None:
    """Prepositions may be written onto the name; "countryside" is looked past."""
    found = scene(sentence, "ar").place
    assert found is not None
    assert found.place_id in ("gn:1", "gn:2")


def test_an_unknown_place_is_an_honest_miss() -> None:
    """The name is kept, no coordinates are invented."""
    found = scene("Nine people were killed in the village of Nahla.").place
    assert found is not None
    assert (found.words, found.place_id, found.latitude) == ("Nahla", None, None)


@pytest.mark.parametrize(
    ("sentence", "lang", "place_id", "precision"),
    [
        ("Nine people were killed in Raqqa.", "en", "gn:1", 1),
        ("Nine people were killed in Raqqa city.", "en", "gn:1", 1),
        ("Nine people were killed near Raqqa.", "en", "gn:1", 2),
        ("Nine people were killed in a village south of Aleppo.", "en", "gn:2", 2),
        ("Nine people were killed on the outskirts of Aleppo.", "en", "gn:2", 2),
        ("Nine people were killed in the Aleppo area.", "en", "gn:2", 2),
        ("Nine people were killed in Nawa district.", "en", "gn:3", 3),
        ("Nine people were killed in Raqqa province, activists said.", "en", "ne:1", 4),
        ("Nine people were killed in the province of Idlib.", "en", "ne:2", 4),
        ("Nine people were killed in the Idlib countryside.", "en", "ne:2", 4),
        ("Nine people were killed in Nawa province.", "en", "gn:3", 4),
        ("Nine people were killed across northern Syria.", "en", "iso:SY", 6),
        ("Nine people were killed in northern Syria.", "en", "iso:SY", 6),
        ("قتل تسعة أشخاص في محافظة إدلب", "ar", "ne:2", 4),
        ("قتل تسعة أشخاص في ريف إدلب", "ar", "ne:2", 4),
        ("قتل تسعة أشخاص جنوبي #إدلب", "ar", "gn:4", 2),
        ("قتل تسعة أشخاص في مدينة #الرقة", "ar", "gn:1", 1),
        ("الرقة: مقتل تسعة أشخاص", "ar", "gn:1", 1),
        ("قتل تسعة أشخاص في المدينة", "ar", None, None),
    ],
)
def test_a_place_is_as_large_as_the_words_make_it(
    sentence: str, lang: str, place_id: str | None, precision: int | None
) -> None:
    """A province is not its capital, and "near" is not "in": UCDP's where_prec follows the words."""
    found = scene(sentence, lang).place
    assert (found and found.place_id, found and found.precision) == (place_id, precision)


@pytest.mark.parametrize(
    "sentence",
    [
        "There were no casualties, he told reporters in Aleppo.",
        "Nine people were killed, a spokesman said in Aleppo.",
        "Speaking in Aleppo, a spokesman said that nine people were killed.",
    ],
)
def test_where_somebody_spoke_is_no_place_of_the_event(sentence: str) -> None:
    """What happened did not happen at the press conference; "were reported killed in Aleppo" tells where it did."""
    assert scene(sentence).place is None
    there = scene("Nine people were reported killed in Aleppo.").place
    assert there is not None
    assert there.name == "Aleppo"


def test_a_town_that_is_known_tells_in_which_country_its_neighbour_lies() -> None:
    """Two towns are called أريحا; the one south of Idlib is in Syria, and nobody has to say so."""
    [claim, *_] = read("قتل عشرة أشخاص في قصف على مدينة أريحا جنوب إدلب اليوم الأربعاء.", "ar")
    assert claim.place is not None
    assert (claim.place.place_id, claim.place.country) == ("gn:7", "SY")


def test_capitals_throughout_make_no_names() -> None:
    """In an old wire "US" is a pronoun and "AREA" no town; a town is still found."""
    text = "RAQQA, 25 NOV 14 -- ALL OF US FELT IT. SEVEN PERSONS WERE KILLED IN FRONT OF THE BARRACKS IN ALEPPO."
    line = lexicon("en").line(text)
    atlas = Atlas(ground(), [line])
    assert atlas.shouting
    assert atlas.countries == ()
    assert [place.name for place, _ in places_in(lexicon("en"), atlas, line, text)] == ["Raqqa", "Aleppo"]


def test_a_person_who_opens_a_sentence_is_no_place() -> None:
    """ "Raqqa: nine dead" is one; "Raqqa Lane" is somebody, whatever town bears the first name."""
    assert scene("Raqqa Lane said nine people were killed.").place is None
    opened = scene("Raqqa: nine people were killed.").place
    assert opened is not None
    assert opened.name == "Raqqa"


def test_a_state_named_before_a_noun_says_whose_it_is() -> None:
    """ "UK special forces" are no place; "in the UK" is one."""
    assert scene("Nine people were killed in a raid of UK special forces.").place is None
    there = scene("Nine people were killed in the UK on Tuesday.").place
    assert there is not None
    assert there.country == "GB"


@pytest.mark.parametrize(
    ("sentence", "party"),
    [
        ("Syrian army shelling killed nine people.", "Government of Syria"),
        ("Nine people were killed by the Islamic State.", "Islamic State"),
        ("Regime raids on Islamic State fighters in Syria killed nine people.", "Government of Syria"),
        ("The raids against the Islamic State killed nine people.", None),
        ("Air strikes by the US-led coalition killed nine people.", "US-led coalition"),
        ("Sudan's air force bombed the camp.", "Government of Sudan"),
        ("A Russian missile strike killed nine people.", "Government of Russia"),
        ("ISIL fighters executed nine people.", "Islamic State"),
        ("Houthi rebels shelled the town, killing nine people.", "Houthis"),
        ("The Taliban said nine people were killed.", None),
        ("Nine people were killed.", None),
    ],
)
def test_who_did_it(sentence: str, party: str | None) -> None:
    """Whoever acts, not whoever suffers or speaks."""
    line = lexicon("en").line(sentence)
    atlas = Atlas(ground(), [line, lexicon("en").line("Syria")] if "Sudan" not in sentence else [line])
    found = perpetrator_in(lexicon("en"), atlas, line)
    assert (found and found[0]) == party


@pytest.mark.parametrize(
    ("lang", "sentence", "certainty"),
    [
        ("en", "Syrian army shelling killed nine people.", Certainty.STATED),
        ("en", "Activists accused the Syrian army of killing nine people.", Certainty.ACCUSED),
        ("en", "Residents blamed the attack on the Islamic State, which killed nine people.", Certainty.ACCUSED),
        ("en", "The Islamic State claimed responsibility for the attack, which killed nine people.", Certainty.CLAIMED),
        ("en", "Suspected Islamic State fighters attacked the town and killed nine people.", Certainty.POSSIBLE),
        ("en", "The Syrian army denied the attack, which killed nine people.", Certainty.DENIED),
        ("es", "Los activistas acusaron al ejército sirio de matar a nueve personas.", Certainty.ACCUSED),
        ("fr", "Le groupe État islamique a revendiqué l'attaque, qui a tué neuf personnes.", Certainty.CLAIMED),
        ("it", "Lo Stato islamico ha rivendicato l'attacco, che ha ucciso nove persone.", Certainty.CLAIMED),
        ("ar", "تبنى تنظيم الدولة الإسلامية الهجوم الذي قتل تسعة أشخاص.", Certainty.CLAIMED),
    ],
)
def test_how_surely_somebody_did_it(lang: str, sentence: str, certainty: Certainty) -> None:
    """Told as a fact, said by those who accuse, claimed by itself, supposed, or denied by it."""
    assert {claim.certainty for claim in read(sentence, lang)} == {certainty}


def test_who_did_it_in_arabic() -> None:
    """ "Raids flown by the regime's planes"."""
    assert scene("قتل تسعة أشخاص في غارات شنها طيران النظام", "ar").perpetrator == "Government of Syria"


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The group said on Wednesday that nine people were killed on Tuesday.", date(2014, 11, 25)),
        (
            "The mayor said that whoever planned the bombing on Tuesday that killed nine people would be found.",
            date(2014, 11, 25),
        ),
        ("Nine people were killed on Tuesday, the group said on Wednesday.", date(2014, 11, 25)),
        ("Raids killed nine people on 20 November, two days after a visit on 18 November.", date(2014, 11, 20)),
        (
            "The toll of the raid on 20 November is 59 and not 62, as was reported officially on 21 November.",
            date(2014, 11, 20),
        ),
        ("Nine people were reported killed on Tuesday.", date(2014, 11, 25)),
    ],
)
def test_the_day_of_the_event_is_not_the_day_of_saying(sentence: str, day: date) -> None:
    """The day nearest to the harm."""
    when = scene(sentence).when
    assert when is not None
    assert when.start == when.end == day


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "It was on 19 November that a shell killed nine people."),
        ("es", "Fue el 19 de noviembre que un proyectil mató a nueve personas."),
        ("fr", "C'est le 19 novembre qu'un obus a tué neuf personnes."),
        ("fr", "C’était le 19 novembre que l'obus a tué neuf personnes."),
        ("it", "È stato il 19 novembre che un proiettile ha ucciso nove persone."),
        ("it", "Fu il 19 novembre che un proiettile uccise nove persone."),
    ],
)
def test_a_day_set_ahead_of_what_happened_on_it(lang: str, text: str) -> None:
    """No verb of saying stands there: "it was on that day that" dates what follows."""
    when = only(text, lang).occurred
    assert when is not None
    assert when.start == when.end == date(2014, 11, 19)


def test_a_scene_is_set_before_or_after_its_count() -> None:
    """A count without place and day takes those of the report."""
    [first, second] = read(
        "Air strikes hit Raqqa on Tuesday. Nine people were killed. On Thursday, shells hit Nawa and killed two people.",
        published=date(2014, 11, 28),
    )
    assert first.place is not None
    assert first.occurred is not None
    assert (first.place.name, first.occurred.start, first.weapon) == ("Raqqa", date(2014, 11, 25), "air strike")
    assert second.place is not None
    assert second.occurred is not None
    assert (second.place.name, second.occurred.start, second.weapon) == ("Nawa", date(2014, 11, 27), "shelling")


def test_what_befell_another_town_was_another_s_doing() -> None:
    """Perpetrator and weapon do not go with a report from town to town, and a town that is not known is another one."""
    first, second, third = read(
        "Syrian army shelling killed nine people in Raqqa on Tuesday. Two women died in Aleppo. "
        "Three men were killed in the village of Nahla."
    )
    assert (first.perpetrator, first.weapon) == ("Government of Syria", "shelling")
    assert (second.perpetrator, second.weapon) == (None, None)
    assert second.place is not None
    assert third.place is not None
    assert (second.place.name, third.place.name, third.place.found) == ("Aleppo", "Nahla", False)


def test_a_sum_over_a_country_is_no_incident_of_one_town() -> None:
    """ "In the past 24 hours" in a country is a sum and keeps its place; in one town it is an incident."""
    first, second = read(
        "In Syria, 31 people were killed in the past 24 hours. In Aleppo, two died in the past 24 hours."
    )
    assert (first.scope, second.scope) == (Scope.AGGREGATE, Scope.INCIDENT)
    assert first.place is not None
    assert first.place.country == "SY"
    assert first.place.precision == 6


def test_who_acts_is_not_where() -> None:
    """ "Russia fired missiles at Syrian cities": it happened in Syria."""
    text = "Russia fired missiles at Syrian cities on Tuesday, killing 14 people."
    found = scene(text).place
    assert found is not None
    assert (found.country, found.precision, found.words) == ("SY", 6, "Syrian")
    assert scene("Russia: nine people were killed.").place is not None


def test_a_quarter_that_is_not_known_lies_in_its_city() -> None:
    """A district whose name no gazetteer has does not take its city's incident away."""
    claim = only("Shells hit Aleppo on Tuesday. Nine people were killed in the Tamburiyeh district.")
    assert claim.place is not None
    assert claim.place.name == "Aleppo"


def test_an_earlier_attack_has_its_own_month() -> None:
    """ "Last month" is October, not the day of the attack that the report is about."""
    *_, earlier = read("Gunmen killed 30 people in Raqqa on Sunday. Last month, 20 people died in a raid on Aleppo.")
    assert earlier.occurred is not None
    assert (earlier.occurred.start, earlier.occurred.end) == (date(2014, 10, 1), date(2014, 10, 31))


@pytest.mark.parametrize("name", ["al-Bab", "Khan al-Assal", "Deir ez-Zor"])
def test_a_name_may_begin_with_a_small_article(name: str) -> None:
    """Latin letters write the Arabic article small; what is joined by it is one name."""
    found = scene(f"Nine people were killed in the town of {name} on Tuesday.").place
    assert found is not None
    assert found.words == name


def test_a_headline_takes_its_scene_from_the_news() -> None:
    """It has the toll, the report the place and the day."""
    claim, *_ = read("Raids kill 95\nThe bombing on Tuesday was the deadliest in Raqqa so far.")
    assert claim.value == 95
    assert claim.place is not None
    assert claim.occurred is not None
    assert (claim.place.name, claim.occurred.start) == ("Raqqa", date(2014, 11, 25))


def test_a_dateline_is_the_place_only_where_nothing_else_is() -> None:
    """Somebody wrote in Aleppo; people died in Raqqa."""
    elsewhere = only("ALEPPO, Syria - Nine people were killed in Raqqa.")
    assert elsewhere.place is not None
    assert elsewhere.place.name == "Raqqa"
    there = only("RAQQA, Syria - Nine people were killed on Tuesday.")
    assert there.place is not None
    assert there.place.name == "Raqqa"


def test_a_day_taken_over_says_so() -> None:
    """A day taken over from another sentence keeps its date and the words that stand there, and is marked carried."""
    day = When(PUBLISHED, PUBLISHED, 1, "Wednesday")
    later = Scene(weapon="shelling").over(Scene(when=day, place=Place("Raqqa", None, "Raqqa")))
    assert later.when == When(PUBLISHED, PUBLISHED, 1, "Wednesday", carried=True)
    assert (later.weapon, later.place) == ("shelling", Place("Raqqa", None, "Raqqa"))


def test_a_town_is_not_widened_to_its_country() -> None:
    """ "Across Syria" after "in Raqqa" leaves the town; another country does not."""
    raqqa, syria = ground().resolve("Raqqa", ["SY"]), ground().resolve("Syria")
    assert Scene(place=syria).over(Scene(place=raqqa)).place == raqqa
    russia = ground().resolve("Russia")
    assert Scene(place=russia).over(Scene(place=raqqa)).place == russia


def test_undated_news_happened_within_three_days() -> None:
    """Without a day of publication nothing can be said."""
    assert undated(PUBLISHED) == When(date(2014, 11, 23), PUBLISHED, 2, against=PUBLISHED)
    assert undated(None) is None
    assert undated(date(1, 1, 1)) is None


def test_an_adjective_sets_a_country() -> None:
    """ "The Syrian conflict" is in Syria."""
    text = "The Syrian conflict has killed more than 195,000 people since March 2011."
    line = lexicon("en").line(text)
    place = setting(Atlas(ground(), [line]), line, text)
    assert place is not None
    assert (place.country, place.words) == ("SY", "Syrian")
    claim = only(text)
    assert claim.scope is Scope.CUMULATIVE
    assert claim.occurred is not None
    assert (claim.occurred.start, claim.occurred.end) == (date(2011, 3, 1), PUBLISHED)


def test_the_likeliest_place_is_the_settled_one() -> None:
    """A town before a country, whatever comes first."""
    words, text = lexicon("en"), "In Syria, raids hit houses in Nawa."
    line = words.line(text)
    place = place_in(words, Atlas(ground(), [line]), line, text)
    assert place is not None
    assert place.name == "Nawa"
