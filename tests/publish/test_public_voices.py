"""Who may be named and what may be quoted."""

from dataclasses import replace

import cases
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import Measure, Origin, OriginKind
from marsad.publish.public import compose
from marsad.publish.voices import named, phrases, public_address, window

POLICY = cases.policy()


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/2014/raqqa",
        "http://www.example.org/story?id=12&page=2",
        "https://xn--mgbh0fb.example/a",
        "https://ex-ample.co.uk/",
    ],
)
def test_a_plain_web_page_may_be_shown(address: str) -> None:
    """Anybody may be sent there."""
    assert public_address(address, POLICY) == address


@pytest.mark.parametrize(
    "address",
    [
        "https://t.me/somebody/1",
        "https://m.facebook.com/somebody",
        "https://user:pw@example.org/",
        "https://example.org:8443/",
        "https://10.0.0.7/report",
        "https://localhost/x",
        "https://newsroom/x",
        "https://example.org/a?Token=1",
        "https://example.org/a?email=x%40y",
        "ftp://example.org/a",
        "file:///home/x",
        "javascript:alert(1)",
        "https://example.org/\u202egnp.exe",
        "https://example.org/a b",
        "https://example.org/" + "a" * 600,
        "https://[::1]/",
        "https://[bad",
        "https://abcdefghij234567.onion.",
        "",
        None,
    ],
)
def test_an_address_that_leads_to_a_person_or_opens_a_door_is_not_shown(address: str | None) -> None:
    """Accounts, names and passwords, ports, inner networks, keys, other schemes, tricks of script: none passes."""
    assert public_address(address, POLICY) is None


@given(st.text(max_size=80))
def test_an_address_never_raises(text: str) -> None:
    """Every input is hostile."""
    for address in (text, f"https://{text}", f"https://example.org/{text}"):
        shown = public_address(address, POLICY)
        assert shown is None or shown.startswith(("http://", "https://"))


@pytest.mark.parametrize("kind", list(OriginKind))
def test_a_name_that_nobody_made_public_is_told_of_bodies_alone(kind: OriginKind) -> None:
    """A witness, an activist, a nurse, somebody unnamed is never named because a newspaper named him."""
    said = cases.Said(Origin("Karim Al-Najjar", kind), "Reuters", 26, "9 people", value=9).finding()
    bodies = {OriginKind.MONITOR, OriginKind.INTERNATIONAL, OriginKind.OFFICIAL, OriginKind.PARTY}
    assert named(said.fold.origin, [said], POLICY) == (kind in bodies)


def test_a_witness_is_not_named_even_if_somebody_lists_him() -> None:
    """A list is no consent."""
    listed = cases.policy({cases.WITNESS.name: None})
    assert not named(cases.WITNESS, [cases.Said(cases.WITNESS, "Reuters", 26, "9", value=9).finding()], listed)


def test_a_private_outlet_is_not_named_for_its_own_word() -> None:
    """An outlet nobody listed, without a page anybody can read, may be a person in the network."""
    own = Origin("Abu Yazan by phone", OriginKind.MEDIA)
    private = cases.Said(own, "Abu Yazan by phone", 26, "9 people", value=9, address=None).finding()
    public = cases.Said(own, "Abu Yazan by phone", 26, "9 people", value=9).finding()
    assert not named(own, [private], POLICY)
    assert named(own, [public], POLICY)


def test_a_description_is_no_name() -> None:
    """ "military source" is what somebody is, not who."""
    said = cases.Said(Origin("military source", OriginKind.PARTY), "Reuters", 26, "9 people", value=9).finding()
    assert not named(said.fold.origin, [said], POLICY)


def test_each_public_report_is_quoted_with_one_sentence() -> None:
    """The weightiest claim's sentence; the others of the report keep their own few words."""
    said = [
        cases.Said(
            cases.ENAB,
            "Enab Baladi",
            30,
            "80 wounded",
            value=80,
            measure=Measure.INJURED,
            sentence="It left 80 wounded.",
        ),
        cases.Said(cases.ENAB, "Enab Baladi", 30, "120 dead", value=120, sentence="It left 120 dead on Tuesday."),
        cases.Said(cases.WITNESS, "voice message", 30, "9 dead", value=9, address=None),
    ]
    told = phrases([one.finding() for one in said], frozenset(), POLICY)
    assert sorted(told.values(), key=str) == [
        ("120 dead", "It left 120 dead on Tuesday."),
        ("80 wounded", None),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "At the field hospital of the town 9 people died.",
        "9 people died, said a man who can be reached at +963 944 123 456.",
        "9 people died, write to witness@example.org.",
        "في مشفى البلدة قتل 9 people.",
    ],
)
def test_a_sentence_that_could_harm_is_not_quoted(sentence: str) -> None:
    """A sensitive place or a way to reach somebody: the counted words alone remain."""
    said = cases.Said(cases.SOHR, "Reuters", 26, "9 people", value=9, sentence=sentence).finding()
    assert phrases([said], frozenset(), POLICY)[said.claim.claim_id] == ("9 people", None)


def test_a_report_with_a_withheld_number_is_not_quoted_nor_is_who_repeats_it() -> None:
    """Otherwise the sentence would tell what the number does not."""
    said = cases.Said(cases.SOHR, "Reuters", 26, "3 wounded", value=3, measure=Measure.INJURED).finding()
    beside = replace(cases.Said(cases.SOHR, "Reuters", 26, "9 people", value=9).finding())
    copy = cases.Said(cases.SOHR, "AFP", 26, "9 people", value=9, sentence="9 people died, 3 wounded.").finding()
    told = phrases([said, beside, copy], frozenset((said.claim.claim_id,)), POLICY)
    assert set(told) == {copy.claim.claim_id}
    assert told[copy.claim.claim_id] == ("9 people", None)


@given(st.text(min_size=1, max_size=300), st.text(min_size=1, max_size=60), st.text(max_size=300), st.integers(20, 120))
def test_a_window_holds_the_words_and_keeps_its_limit(before: str, words: str, after: str, limit: int) -> None:
    """However long the sentence: never more than allowed, never without the counted words."""
    shown = window(f"{before} {words} {after}", words, limit)
    assert shown is None or (len(shown) <= limit and compose(words, 4000) in shown)
