"""Numbers of people that no rule reads: what stands around them tells what befell those people, or that nobody was harmed."""

import math
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_ground import read

from marsad.extract.chunks import chunked
from marsad.extract.counts import mentions_in
from marsad.extract.windows import FATES, SURE, WINDOW, candidates, fate, signs, weigh
from marsad.model import Measure
from marsad.text.lexicon import languages, lexicon

TABLE = [
    line.split("\t")
    for line in (resources.files("marsad") / "resources" / "windows.tsv").read_text("utf-8").splitlines()
]
NAMES = st.lists(st.sampled_from([name for name, *_ in TABLE]) | st.text(max_size=12), max_size=40)


def open_numbers(text: str, lang: str = "en") -> list[str]:
    """Return the numbers of a sentence that are left to the windows, as they are written."""
    words = lexicon(lang)
    line = words.line(text)
    chunks = chunked(words, line)
    taken = {
        i: mention.measure
        for mention in mentions_in(words, line)
        for i, chunk in enumerate(chunks)
        if chunk.first == mention.first
    }
    return [
        text[line[chunks[i].first].start : line[chunks[i].after - 1].end]
        for i in candidates(words, line, chunks, taken)
    ]


@pytest.mark.parametrize(
    ("lang", "text", "number", "measure"),
    [
        (
            "en",
            "The mayor had put the deaths at eight, and then at no fewer than 13.",
            "no fewer than 13",
            Measure.KILLED,
        ),
        (
            "fr",
            "Vingt et un corps ont été relevés : dix-huit ouvriers, deux convoyeurs.",
            "dix-huit ouvriers",
            Measure.KILLED,
        ),
        (
            "es",
            "La explosión mató a nueve personas. Otras fuentes dan otros números: cinco soldados y una niña.",
            "cinco soldados",
            Measure.KILLED,
        ),
        ("ar", "وكانت القناة قد تحدثت فجرا عن خمسة قتلى، ثم عن ثلاثة عشر.", "ثلاثة عشر", Measure.KILLED),
        ("ar", "قتل سبعة أشخاص في القصف، هم: الأب والأم وثلاثة أولاد.", "وثلاثة أولاد", Measure.KILLED),
    ],
)
def test_what_stands_around_a_number_tells_its_fate(lang: str, text: str, number: str, measure: Measure) -> None:
    """Each of these is said in a way that no rule was written for; the claim says by its rule that it is likely, not certain."""
    [claim] = [claim for claim in read(text, lang) if claim.text == number]
    assert (claim.measure, claim.rule) == (measure, WINDOW)
    assert claim.score < 1


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Shells killed nine people. The ministry said that 40 trucks and 200 tents were on their way."),
        ("en", "Nine people were killed on Friday. Some 40 negotiators met 12 elders in the council hall."),
        ("en", "Nine people were killed. Of the council's 15 members, six voted."),
        ("en", "Nine people were killed by the 3rd brigade, which holds 12 villages."),
        ("fr", "Neuf personnes ont été tuées. Trente députés ont voté la loi, cinq se sont abstenus."),
        ("es", "Nueve personas murieron. El congreso aprobó la ley con 40 votos y 12 abstenciones."),
        ("it", "Nove persone sono state uccise. Il consiglio ha 15 membri, sei dei quali assenti."),
        ("ar", "قتل تسعة أشخاص. وقال الوزير إن 40 شاحنة في الطريق."),
    ],
)
def test_other_numbers_stay_unread(lang: str, text: str) -> None:
    """Trucks, members, votes and villages beside a toll are none of it."""
    assert len(read(text, lang)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "One of the bloodiest days began at noon.",
        "Two men wounded six.",
        "Food meant for 40 families burned.",
        "200 soldiers attacked the village.",
        "(2) Soldiers wounded three men.",
        "A doctor said that shells fell.",
    ],
)
def test_what_no_sign_should_overrule_is_left_out(text: str) -> None:
    """One of the days, who wounds, for whom something was meant, who attacks, a row's number and who speaks."""
    assert not open_numbers(text)


def test_a_number_that_a_rule_read_is_not_looked_at_again() -> None:
    """Of two numbers only the one that is left is a candidate."""
    assert open_numbers("Nine people were killed in the raid, and it hit 40 families.") == ["40 families"]


def test_signs_tell_sides_and_distance() -> None:
    """What stands before a number is another sign than what stands behind it, and near is another than far."""
    words = lexicon("en")

    def found(text: str) -> set[str]:
        line = words.line(text)
        chunks = chunked(words, line)
        at = next(i for i, chunk in enumerate(chunks) if chunk.quantity is not None)
        return set(signs(words, line, chunks, at, {}, None))

    behind, before = found("Forty villagers it was who perished."), found("Perished had forty villagers.")
    assert any(name.startswith("right killed") for name in behind - before)
    assert any(name.startswith("left killed") for name in before - behind)
    assert "told nothing" in behind & before


@given(NAMES)
def test_only_a_sure_fate_is_told(found: list[str]) -> None:
    """Whatever signs come together, a fate is told with a probability from `SURE` to one, and it is the likeliest."""
    told, odds = fate(found), weigh(found)
    best = max(odds)
    sure = 1 / (math.exp(-best) + math.fsum(math.exp(o - best) for o in odds))
    if told is None:
        assert sure < SURE
    else:
        assert told[0] is FATES[odds.index(best)]
        assert told[1] == pytest.approx(sure)
        assert SURE <= told[1] <= 1


@given(NAMES, st.randoms(use_true_random=False))
def test_the_order_of_signs_does_not_matter(found: list[str], chance: object) -> None:
    """Weights are summed exactly, so that the same signs tell the same wherever they come from."""
    assert weigh(found) == weigh(sorted(found, reverse=True))


def test_no_sign_tells_no_fate() -> None:
    """Without any sign that was learned, nothing is told."""
    assert fate([]) is None
    assert fate(["no such sign"]) is None


def test_the_table_can_be_read_by_people() -> None:
    """A sign and a weight for each fate a line, each sign once, in order; none teaches by how hard a report was made."""
    names = [name for name, *_ in TABLE]
    assert names == sorted(set(names))
    assert all(len(weights) == len(FATES) for _, *weights in TABLE)
    assert all(abs(float(weight)) < 10 for _, *weights in TABLE for weight in weights)
    assert not any(name.startswith("of ") for name in names)


@pytest.mark.parametrize("lang", [lang for lang in languages() if lang != "uk"])
def test_every_language_but_one_taught_words(lang: str) -> None:
    """Signs of words are of one language each; of Ukrainian there were no made-up reports."""
    assert any(name.startswith(f"{lang} ") and name.endswith(" _") for name, *_ in TABLE)


def test_a_language_that_taught_nothing_is_read_by_rules_alone() -> None:
    """In Ukrainian no number is read by what stands around it."""
    text = "Внаслідок обстрілу загинули дев'ятеро людей, потім сказали про тринадцять."
    assert all(claim.rule != WINDOW for claim in read(text, "uk"))
