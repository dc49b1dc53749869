"""What a report says beside counts: who took or lost a place, attacks, statements, meetings, in sentences of our own."""

from typing import Any

import context_cases_more as more
import pytest
from context_cases import ARABIC, ENGLISH, NOT_ARABIC, NOT_ENGLISH, NOT_SPANISH, SPANISH, Case
from hypothesis import given, settings
from hypothesis import strategies as st
from war_ground import PUBLISHED, kinds, told

from marsad.extract.armed import armed, may_be_armed
from marsad.model import Context, ContextKind, Flag, Polarity, Stance, Tie
from marsad.text.lexicon import lexicon
from marsad.text.sentences import sentences as text_sentences


def _said(context: Context, key: str) -> Any:
    if key == "place":
        return context.place.name if context.place else None
    if key == "since":
        return str(context.occurred.start) if context.occurred else None
    if key == "attribution":
        return context.attribution[0] if context.attribution else None
    return getattr(context, key)


@pytest.mark.parametrize(
    ("lang", "case"),
    [
        pytest.param(lang, case, id=f"{lang}-{number}")
        for lang, cases in (
            ("en", (*ENGLISH, *more.ENGLISH)),
            ("es", (*SPANISH, *more.SPANISH)),
            ("ar", (*ARABIC, *more.ARABIC)),
            ("fr", more.FRENCH),
            ("it", more.ITALIAN),
            ("uk", more.UKRAINIAN),
        )
        for number, case in enumerate(cases)
    ],
)
def test_a_sentence_tells_what_it_says_and_no_more(lang: str, case: Case) -> None:
    """Kind, act, who, to whom, where, when and how sure: of each context of the sentence, and there are no others."""
    sentence, wanted = case
    found = told(sentence, lang)
    assert kinds(found) == sorted(kind for kind, _ in wanted)
    for kind, slots in wanted:
        alike = [{key: _said(c, key) for key in slots} for c in found if f"{c.kind.value}.{c.act}" == kind]
        assert slots in alike, sentence


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        *((lang, s) for lang, some in (("en", NOT_ENGLISH), ("es", NOT_SPANISH), ("ar", NOT_ARABIC)) for s in some),
        *more.NOTHING,
    ],
)
def test_words_of_war_in_other_matters_tell_nothing(lang: str, sentence: str) -> None:
    """A ball, a film, a seat, a company and a home are taken and lost as well."""
    assert told(sentence, lang) == []


# --- who is meant, and what -----------------------------------------------------------------------------------------


def test_the_city_is_the_one_named_last() -> None:
    """ "The city", "it" and "there" take the settlement named last, and say that they do."""
    first, second = told("Shelling hit Aleppo on Monday. Rebels have controlled the city since June.")[-2:]
    assert (second.act, second.place and second.place.name) == ("holds", "Aleppo")
    assert Flag.PLACE_INFERRED in second.flags
    assert Flag.PLACE_INFERRED not in first.flags


def test_the_jihadists_are_the_jihadist_party_that_the_report_names() -> None:
    """However long before; a government named in between is none of them."""
    text = "JNIM is at war with Mali. The Malian army holds Gao. Talks were put off. The jihadists captured Mopti."
    [gained] = [c for c in told(text) if c.act == "gained"]
    assert (gained.actor, gained.place and gained.place.name) == ("JNIM", "Mopti")
    assert Flag.ACTOR_INFERRED in gained.flags


def test_nobody_is_named_where_nobody_was() -> None:
    """ "The militants" of a report that names no party stay the words of the report."""
    [gained] = told("The militants captured Mopti.")
    assert gained.actor == "militants"


def test_one_control_for_each_place() -> None:
    """ "Most of the country, including A, B and C" holds three towns wholly and the country in part."""
    text = "The war in Yemen goes on. Houthi fighters hold most of the country, including Sanaa, Taiz and Hodeidah."
    held = [c for c in told(text) if c.act == "holds"]
    assert {(c.place.name, c.status) for c in held if c.place} == {
        ("Yemen", "partial"),
        ("Sanaa", "controls"),
        ("Taiz", "controls"),
        ("Hodeidah", "controls"),
    }
    assert len({c.context_id for c in held}) == 4


def test_still_and_now_are_the_day_of_publication() -> None:
    """What a party still holds it holds when the report is printed."""
    [held] = told("Houthi fighters still hold Hodeidah.")
    assert held.occurred is not None
    assert (held.occurred.start, held.occurred.end) == (PUBLISHED, PUBLISHED)


def test_a_shared_subject_acts_twice() -> None:
    """ "Seized the town and declared it their capital" names who did both once."""
    gained, declared = told("Houthi fighters seized control of Sanaa in 2014 and declared it their capital.")
    assert (gained.actor, declared.actor, declared.act) == ("Houthis", "Houthis", "declared_capital")
    assert declared.text == "declared it their capital"


# --- how sure -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "stance", "polarity"),
    [
        ("The rebels have captured Bria.", Stance.ASSERTED, Polarity.AFFIRMED),
        ("The rebels have reportedly captured Bria.", Stance.REPORTED, Polarity.AFFIRMED),
        ("The rebels are expected to capture Bria.", Stance.EXPECTED, Polarity.AFFIRMED),
        ("The rebels could capture Bria.", Stance.POSSIBLE, Polarity.AFFIRMED),
        ("The rebels launched a drive to capture Bria.", Stance.POSSIBLE, Polarity.AFFIRMED),
        ("The rebels failed to capture Bria.", Stance.ASSERTED, Polarity.NEGATED),
        ("The rebels managed to capture Bria.", Stance.ASSERTED, Polarity.AFFIRMED),
        ("The army denied that the rebels had captured Bria.", Stance.DENIED, Polarity.AFFIRMED),
    ],
)
def test_hopes_plans_and_denials_are_no_gains(sentence: str, stance: Stance, polarity: Polarity) -> None:
    """Only a gain that is asserted or reported, and not negated, says who holds the place."""
    [gained] = [c for c in told(sentence) if c.act == "gained"]
    assert (gained.modality, gained.polarity) == (stance, polarity)
    holds = polarity is Polarity.AFFIRMED and stance in (Stance.ASSERTED, Stance.REPORTED)
    assert (gained.status == "controls") is holds


# --- statements -----------------------------------------------------------------------------------------------------


def test_two_who_speak_together_are_two_statements() -> None:
    """The words are the same, and each of the two is an origin of its own."""
    found = told("UNICEF and rights groups urged both sides to spare schools in the war.")
    assert {c.actor for c in found} == {"UNICEF", "rights groups"}
    assert len({(c.start, c.end) for c in found}) == 1
    assert all("both sides" in c.others for c in found)


def test_a_quotation_is_what_was_said() -> None:
    """Words in quotation marks are the content; who speaks may stand behind them, with the agency he told."""
    text = '"The war has made us strangers here," Omar al-Sale told AFP.'
    [said] = told(text)
    assert said.attribution == ("Omar al-Sale", "AFP")
    assert said.content is not None
    assert text[slice(*said.content)] == "The war has made us strangers here,"


def test_a_floating_quotation_is_said_by_whoever_spoke_last() -> None:
    """Over two sentences, with nobody named: the speaker goes on, and whoever he told is not told again."""
    text = '"The war is lost," Omar al-Sale told AFP.\n\n"We are leaving. Nobody stays here."'
    last = told(text)[-1]
    assert last.attribution == ("Omar al-Sale",)
    assert last.text == '"We are leaving. Nobody stays here."'


@pytest.mark.parametrize("quoted", ['“"We took the town.”', "““We took the town””", '"We took the town""', "“”", "““"])
@pytest.mark.parametrize(
    "frame", ["The army said: {} .", "{} the army said on Tuesday in Raqqa.", "The army said {} and {}."]
)
def test_doubled_quotation_marks_lose_nothing(frame: str, quoted: str) -> None:
    """Copying doubles and mixes marks: what is said lies between them, or there is nothing said; reading goes on."""
    for context in told(frame.format(quoted, quoted), "en"):
        start, end = context.content or (0, 1)
        assert 0 <= start < end


def test_a_count_is_no_statement() -> None:
    """Who said that nine were killed is told by the claim; there is nothing beside it."""
    assert told("The army said nine rebels were killed.") == []


# --- several sentences ----------------------------------------------------------------------------------------------


def test_a_gain_told_twice_is_one_event() -> None:
    """The later mention is tied to the first; one that dates it otherwise is flagged, and both keep what they say."""
    once, again = told("The Houthis overran Sanaa in 2014. Sanaa was later captured by the Houthis.")
    assert (again.relation, again.target) == (Tie.SAME_EVENT_AS, once.context_id)
    once, other = told("The Houthis overran Sanaa in 2014. Sanaa was captured by the Houthis in 2016.")
    assert other.relation is None
    assert Flag.YEAR_CONFLICTS in other.flags
    assert once.occurred is not None
    assert other.occurred is not None
    assert (once.occurred.start.year, other.occurred.start.year) == (2014, 2016)


def test_a_loss_comes_before_the_gain_of_the_next() -> None:
    """Who lost a town lost it before the party that holds it now took it."""
    lost, gained = told("Nyala slipped from government hands in the spring. It was captured by the RSF in October.")
    assert (lost.act, lost.status) == ("lost", "does_not_control")
    assert (lost.relation, lost.target) == (Tie.BEFORE, gained.context_id)


def test_an_exact_beginning_refines_a_loose_one() -> None:
    """ "Three and a half years ago" and "in September 2022" are one beginning, the second told better."""
    text = "The conflict in Yemen began three and a half years ago. The conflict in Yemen began in September 2022."
    loose, exact = [c for c in told(text) if c.kind is ContextKind.CONFLICT]
    assert (loose.relation, loose.target) == (Tie.REFINED_BY, exact.context_id)


def test_relief_seen_in_footage_is_the_footage_s() -> None:
    """What "could be seen" is said by whoever spread the film, and happened where it was taken."""
    film = "A video posted by activists showed a burning market in Idlib after the air strike."
    text = f"{film} Medics could be seen carrying bodies."
    video, relief = (c for c in told(text) if c.kind in (ContextKind.EVIDENCE, ContextKind.RELIEF))
    assert relief.attribution == video.attribution == ("activists", "video")
    assert relief.place == video.place


def test_other_matters_and_other_languages_tell_nothing() -> None:
    """An earthquake, a report without a word of war, a language without entries."""
    assert told("The quake hit Aleppo; the tremor was of magnitude 6 and the aftershock hit the city.") == []
    assert told("The president met the minister in Paris and visited Moscow.") == []
    assert told("Die Armee nahm Aleppo ein.", "de") == []


# --- properties -----------------------------------------------------------------------------------------------------

SENTENCES = st.lists(st.sampled_from([s for s, _ in (*ENGLISH, *SPANISH, *ARABIC)]), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(SENTENCES, st.sampled_from([" ", "\n", "\n\n"]), st.sampled_from(["en", "es", "ar"]))
def test_spans_are_inside_and_reading_is_the_same_again(sentences: list[str], joint: str, lang: str) -> None:
    """Every span and content slices the report, ids differ, and a second reading gives the same."""
    text = joint.join(sentences)
    found = told(text, lang)
    assert found == told(text, lang)
    assert len({c.context_id for c in found}) == len(found)
    for context in found:
        assert text[context.start : context.end] == context.text
        assert context.content is None or 0 <= context.content[0] < context.content[1] <= len(text)
        assert context.target is None or context.target in {c.context_id for c in found}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "es", "ar"]))
def test_any_text_is_read_without_fault(text: str, lang: str) -> None:
    """Whatever stands between words of war, nothing is raised."""
    told(f"The army captured {text} on Monday, rebels said. {text} was shelled by rebels.", lang)


@settings(max_examples=60, deadline=None)
@given(SENTENCES)
def test_what_is_passed_over_at_once_tells_nothing(sentences: list[str]) -> None:
    """A report in which no word of fighting stands by its letters has none by its words either."""
    words = lexicon("en")
    for text in (" ".join(sentences), *sentences):
        fighting = any(armed(words, words.line(text, s.body, s.end)) for s in text_sentences(text))
        assert may_be_armed(words, text) or not fighting


def test_the_city_is_the_one_that_the_report_is_about() -> None:
    """Where the sentence before names several, the one named most often, not the one named last."""
    text = "Raqqa under the bombs\n\nPeople fled to Raqqa from Aleppo and Homs. The city was overrun by IS in 2014."
    [gained] = [c for c in told(text) if c.act == "gained"]
    assert gained.place is not None
    assert gained.place.name == "Raqqa"


def test_a_war_does_not_begin_on_the_day_of_the_news() -> None:
    """A time that opens the sentence dates the news, not the war that a subordinate clause speaks of."""
    [began] = [
        c for c in told("On Monday, rebels took Bria, the fiercest battle since the war began.") if c.act == "began"
    ]
    assert began.occurred is None


@pytest.mark.parametrize(
    "text", ["IS is new.", "The M23 left.", "An air force jet.", "Le calme is back, US-led talks."]
)
def test_a_glance_at_letters_misses_no_party(text: str) -> None:
    """Names in capitals, with figures, with hyphens and of several words are seen by their letters."""
    words = lexicon("en")
    assert may_be_armed(words, text) or not armed(words, words.line(text))
    assert not may_be_armed(words, "It is a new day, and the front page is free.")
