"""Report text to claims: spans that hold, the same every time, and no text that is too hostile."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from little_ground import PUBLISHED, ground, only, read

from marsad.extract.counting import MOST_COUNTS
from marsad.extract.read import LONGEST, claims_in
from marsad.extract.stage import extraction
from marsad.model import Claim, Measure, Modality, ReportId, Scope, Text
from marsad.model.rows import claim_row, text_row
from marsad.stage import Rejection

SENTENCES = st.lists(
    st.sampled_from(
        [
            "Air strikes killed at least 95 people in Raqqa on Tuesday, the Observatory said.",
            "More than half of the dead were civilians.",
            "It was unknown how many fighters were killed.",
            "The war has killed more than 195,000 people and forced millions from their homes since March 2011.",
            "“Nine people died,” said UNHCR spokesman Adrian Edwards. “We are appalled.”",
            "A girl, two women and between 300 and 350 others were wounded, 12 of them children.",
            "قتل 13 شخصا بينهم ستة أطفال وامرأة في غارة على الرقة أمس.",
            "قال المرصد إن بين القتلى 52 مدنيا على الأقل.",
            "Footage posted by residents showed several bodies.",
            "Nine\n\npeople were\nkilled",
            "\u202e95 killed\u200d \u0301\u0301 😀",
        ]
    )
    | st.text(max_size=30),
    max_size=6,
)
REPORTS = SENTENCES.map(" ".join) | SENTENCES.map("\n\n".join)
DAYS = st.none() | st.dates()


def found(text: str, published: date | None = PUBLISHED, lang: str | None = None) -> list[Claim | Rejection]:
    """Return everything that reading gives."""
    return list(claims_in(Text(ReportId("r"), text, published, "An Outlet", lang), ground()))


@given(REPORTS, DAYS)
def test_a_claim_stands_where_it_says(text: str, published: date | None) -> None:
    """Its words are that slice of the text, its interval is one, its relations lie in the same report."""
    claims = [claim for claim in found(text, published) if isinstance(claim, Claim)]
    ids = {claim.claim_id for claim in claims}
    assert len(ids) == len(claims)
    for claim in claims:
        assert text[claim.start : claim.end] == claim.text
        assert claim.low is None or claim.high is None or 0 <= claim.low <= claim.high
        assert claim.subset_of is None or claim.subset_of in ids - {claim.claim_id}
        assert claim.same_as is None or claim.same_as in ids - {claim.claim_id}
        assert 0 < claim.score <= 1
        assert claim.occurred is None or claim.occurred.start <= claim.occurred.end
    assert [claim.start for claim in claims] == sorted(claim.start for claim in claims)


@pytest.mark.long
@given(REPORTS, st.sampled_from(["", " ", "\n", "\n\n \t\n"]))
def test_the_same_text_gives_the_same_claims(text: str, blank: str) -> None:
    """However often it is read, and whatever white space trails it."""
    assert found(text) == found(text)
    if not text.endswith("\n"):
        assert found(text.rstrip() + blank) == found(text.rstrip())


@given(st.text(max_size=400), st.sampled_from([None, "en", "ar", "xx"]))
def test_no_text_makes_reading_fail(text: str, lang: str | None) -> None:
    """Whatever comes in, claims or one rejection come out; letters at random may look like a language nobody reads."""
    rejected = [item for item in found(text, lang=lang) if isinstance(item, Rejection)]
    unread = lang == "xx" or (lang is None and any("no lexicon for language" in item.reason for item in rejected))
    assert len(rejected) == (1 if unread else 0)


@settings(max_examples=25)
@given(REPORTS)
def test_a_stage_reads_as_the_function_does(text: str) -> None:
    """Lifted to rows, nothing changes."""
    stage = extraction(ground())
    row = text_row(Text(ReportId("r"), text, PUBLISHED, "An Outlet", None))
    claims = [claim for claim in found(text) if isinstance(claim, Claim)]
    assert [claim_row(c) for c in stage.results(row) if isinstance(c, Claim)] == [claim_row(c) for c in claims]


def test_every_field_of_a_plain_claim() -> None:
    """One sentence says who says how many of whom were killed, where, when, by whom and with what."""
    claim = only("At least 95 people were killed in Syrian army shelling of Raqqa on Tuesday, the Observatory said.")
    assert (claim.text, claim.measure, claim.value, claim.low, claim.high) == (
        "At least 95 people",
        Measure.KILLED,
        95,
        95,
        None,
    )
    assert claim.attribution == ("Syrian Observatory for Human Rights",)
    assert claim.occurred is not None
    assert (claim.occurred.start, claim.occurred.words) == (date(2014, 11, 25), "Tuesday")
    assert claim.place is not None
    assert (claim.place.name, claim.place.place_id, claim.place.words) == ("Raqqa", "gn:1", "Raqqa")
    assert (claim.perpetrator, claim.weapon) == ("Government of Syria", "shelling")
    assert (claim.scope, claim.modality, claim.derived) == (Scope.INCIDENT, Modality.ASSERTED, False)
    assert claim.claim_id == Claim.identity(ReportId("r"), 0, 18, Measure.KILLED)


def test_a_text_too_long_to_be_a_report_is_rejected_whole() -> None:
    """With the reason and what to do."""
    [rejection] = found("x" * (LONGEST + 1))
    assert isinstance(rejection, Rejection)
    assert "split it" in rejection.reason
    assert found("x" * LONGEST) == []


def test_a_language_without_a_lexicon_is_rejected() -> None:
    """The message names those that can be read."""
    [rejection] = found("Neun Menschen wurden getötet.", lang="de")
    assert isinstance(rejection, Rejection)
    assert (rejection.value, "ar, en" in rejection.reason) == ("de", True)


def test_a_language_that_nobody_told_is_recognised() -> None:
    """From the words of the text."""
    [claim] = found("قتل تسعة أشخاص في غارة على الرقة.")
    assert isinstance(claim, Claim)
    assert claim.value == 9


def test_a_crowd_makes_no_claims() -> None:
    """Numbers of people to whom nothing happened are none of ours."""
    assert read("Nine people met in Sochi. The delegation numbered 12 people. Two rounds of talks ended.") == []


# --- hostile and large ----------------------------------------------------------------------------------------------

LEAD = "Air strikes killed nine people in Raqqa on Tuesday. "
PIECES = ["\u0301", "a\u0301\u0323", "1", "1 ", "1,000,", "and ", "x", "he said ", "nine men and ", "how many unclear ",
          "of the dead ", "in Abc ", '" ', ", ", "no ", "two days ago ", "26 November 2014 ", "\n", "Syrian army ",
          "including ", "1-2-", "twenty ", "😀", "monitors: ", "six children among them "]  # fmt: skip


def seconds(text: str) -> float:
    """Return how long reading a text takes, in seconds of processor time."""
    start = time.process_time()
    found(text, lang="en")
    return time.process_time() - start


@pytest.mark.long
@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_the_length_of_a_hostile_text(piece: str) -> None:
    """Four times the text takes about four times the time, not sixteen times; a megabyte takes seconds, not minutes."""
    small, large = 30_000, 120_000
    seconds(LEAD + piece * 50)
    quick = min(seconds(LEAD + piece * (small // len(piece))) for _ in range(2))
    slow = seconds(LEAD + piece * (large // len(piece)))
    assert slow < max(0.3, 10 * quick)
    assert slow < 4.0


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    [
        LEAD + "\u0301" * 900_000,
        LEAD + "1" * 900_000,
        LEAD + "x" * 900_000,
        LEAD + "\n" * 900_000,
        "Nine " * 150_000,
    ],
    ids=["marks", "digits", "letters", "lines", "nines"],
)
def test_a_megabyte_of_nothing_is_read_at_once(text: str) -> None:
    """The one claim before it is found, if there is one."""
    start = time.process_time()
    assert len(found(text, lang="en")) <= 1
    assert time.process_time() - start < 8


@pytest.mark.long
def test_seven_thousand_counts_are_seven_thousand_claims() -> None:
    """A list of incidents as long as a report may be is read to its end."""
    text = "".join(f"Shelling killed {n} people in Raqqa on Tuesday.\n" for n in range(1, MOST_COUNTS + 1))
    claims = found(text, lang="en")
    assert len(claims) == MOST_COUNTS
    assert {claim.value for claim in claims if isinstance(claim, Claim)} == set(range(1, MOST_COUNTS + 1))
