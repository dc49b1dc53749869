"""No text stops the reader, leads it outside the text, or keeps it longer than two seconds for a million characters."""

import os
import random
import time
from itertools import cycle, islice

import pytest
from benchmarks.stories import stories, story_languages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from little_ground import PUBLISHED, ground

from marsad.extract.counting import MOST_COUNTS
from marsad.extract.read import LONGEST, claims_in
from marsad.model import Claim, ReportId, Text
from marsad.pipeline.assets import gazetteer_path
from marsad.stage import Rejection
from marsad.text.gazetteer import Gazetteer
from marsad.text.lexicon import languages

EXAMPLES = int(os.environ.get("MARSAD_EXAMPLES", "60"))
SECONDS = 2.0
READ = sorted({*languages()} & {*story_languages()})

UNITS = (
    *("(", '"', "“ ", "killed ", "1,000 ", "a", "1", "1 ", "1.", "\n", " \n", " ", "\0", "_", " _", "-", "... ", "[1]"),
    *("\u0301", "e\u0301", "\u0640", "\u202e", "\u200f", "\u00a0", "\ud800", "\ufdfa", "😀", "’s", "l'", "'s ", "A.B."),
    *(
        "about ",
        "at least ",
        "people ",
        "nine ",
        "hundred ",
        "cento",
        "uno",
        "one-",
        "two of ",
        "Mr. ",
        "a-",
        "al-",
        "A ",
    ),
    *(
        "said ",
        "Bob said ",
        "he said, ",
        "according to ",
        "including ",
        "and ",
        "of ",
        "in ",
        "in Raqqa ",
        "Raqqa ",
        "the ",
    ),
    *(
        "Monday ",
        "two days ago ",
        "last ",
        "11/11/",
        "no ",
        "unknown how many ",
        "half of the dead ",
        "who ",
        "killed by ",
    ),
    *("9 killed, ", "NINE KILLED ", "12 dead (3 children) ", "the death toll rose to 9 ", "Syrian army ", "Unit 7: "),
    *(
        "Nine people were killed in Raqqa. ",
        "Nine people were killed in Raqqa.\n",
        "nine people, including ",
        "_9 killed",
    ),
    *(
        "قتل ",
        "و",
        "وقال ",
        "قتل طفل ",
        "طفلان و",
        "مئة ",
        "قتل 13 شخصا بينهم ستة أطفال. ",
        "muertos ",
        "dos ",
        "mataron a 3 ",
    ),
    *("3 morti, ", "tué ", "quatre-vingt-", "1\u00a0000\u00a0", "Nine\n\npeople were\nkilled "),
)
PIECES = st.sampled_from(UNITS) | st.text(max_size=12) | st.characters()


def long_text(unit: str, length: int = LONGEST) -> str:
    """The unit over and over."""
    return (unit * (length // len(unit) + 1))[:length]


def many_names(length: int = LONGEST) -> str:
    """A speaker, a town and a number that nobody spoke of before in each sentence."""
    rng = random.Random(5)  # noqa: S311  # names only
    names = ["".join(rng.choices("abdeiklmnorst", k=7)).title() for _ in range(length // 10)]
    told = zip(names[::3], names[1::3], names[2::3], strict=False)
    return " ".join(f"{first} {last} said {n} died in {town}." for n, (first, last, town) in enumerate(told))[:length]


def hold(text: str, lang: str | None, gazetteer: Gazetteer) -> list[Claim]:
    """Read a text; every claim quotes it, its interval is one, and what cannot be read is one rejection."""
    out = list(claims_in(Text(ReportId("r"), text, PUBLISHED, None, lang), gazetteer))
    claims = [found for found in out if isinstance(found, Claim)]
    assert all(text[c.start : c.end] == c.text for c in claims)
    assert all(c.low is None or c.high is None or 0 <= c.low <= c.high for c in claims)
    assert len(claims) == len(out) or (len(out) == 1 and isinstance(out[0], Rejection))
    return claims


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A made-up report with pieces cut out, put in and swapped."""
    lang, number = draw(st.sampled_from(READ)), draw(st.integers(0, 9))
    text = next(islice(stories(lang, 10), number, None)).text[:600]
    for _ in range(draw(st.integers(1, 6))):
        at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 20))
        text = text[:at] + draw(PIECES) + text[at + length :]
    return text


@pytest.mark.long
@pytest.mark.parametrize("lang", [*languages(), None])
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=mutated() | st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read_or_refused(lang: str | None, text: str) -> None:
    """Mutated reports and heaps of hostile pieces, lone surrogates and marks among them, are read without a fault."""
    hold(text, lang, ground())


@pytest.mark.long
def test_a_text_of_counts_alone_is_refused() -> None:
    """A report that counts people thousands of times is a list: it is refused as a whole, with the remedy."""
    text = "Nine people were killed. " * (MOST_COUNTS + 1)
    (refused,) = claims_in(Text(ReportId("r"), text, PUBLISHED, None, "en"), ground())
    assert isinstance(refused, Rejection)
    assert "split" in refused.reason
    assert len(hold("Nine people were killed. " * 100, "en", ground())) == 100


@pytest.mark.fuzz
@pytest.mark.parametrize("unit", [*UNITS, "", "names"], ids=repr)
@pytest.mark.parametrize("lang", languages())
def test_a_million_characters_take_two_seconds_at_most(lang: str, unit: str) -> None:
    """Whatever a text of the greatest length is made of, it keeps a processor for two seconds at most."""
    if unit == "names":
        text = many_names()
    elif unit:
        text = long_text(unit)
    else:
        own = lang if lang in READ else READ[0]
        text = "\n".join(made.text for made in islice(cycle(stories(own, 300)), 1000))[:LONGEST]
    gazetteer = Gazetteer.open(gazetteer_path())
    hold("Nine people were killed.", lang, gazetteer)
    taken = SECONDS + 1.0
    for _ in range(3):  # what else runs on a machine only ever slows a reading
        begin = time.process_time()
        hold(text, lang, gazetteer)
        taken = min(taken, time.process_time() - begin)
        if taken <= SECONDS:
            break
    assert taken <= SECONDS, f"{taken:.2f} s for {len(text):,} characters of {unit!r}"
