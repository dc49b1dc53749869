"""Channels: a source as data, written by people, read strictly."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.collect.channels import Channel, Grading, alarm, read_channel, read_channels
from marsad.model import Wrong

pytest.importorskip("yaml", reason="needs the extra `collect`")

FULL = """
name: harbour-desk
publisher: مرصد الميناء
kind: feed
address: https://desk.example/feed.xml
language: ar
place: Harbour Town
protection: protected
reliability:
  - {since: 2014-01-01, grade: usually reliable, because: 40 of 43 claims were confirmed by others}
  - {since: 2016-05-01, grade: not usually reliable, because: taken over by a party}
expect: {min per day: 1, max per day: 60}
relations:
  - {republishes: Reuters}
  - {same network: Tigris Desk}
  - {owned by: River Media}
capture: no
limit: 50
pause: 3
"""


def test_every_field_is_read() -> None:
    """A channel with all its fields, two gradings in time and three relations."""
    assert read_channel(FULL.encode(), "a.yaml") == Channel(
        name="harbour-desk",
        publisher="مرصد الميناء",
        kind="feed",
        address="https://desk.example/feed.xml",
        language="ar",
        place="Harbour Town",
        protected=True,
        reliability=(
            Grading(date(2014, 1, 1), "usually reliable", "40 of 43 claims were confirmed by others"),
            Grading(date(2016, 5, 1), "not usually reliable", "taken over by a party"),
        ),
        least=1,
        most=60,
        relations=(("republishes", "Reuters"), ("same network", "Tigris Desk"), ("owned by", "River Media")),
        capture=False,
        limit=50,
        pause=3.0,
    )


def test_a_channel_needs_little() -> None:
    """Name, publisher, address; it is a feed, public, and expected to bring anything."""
    found = read_channel(b"name: a\npublisher: A\naddress: https://a.example/", "a.yaml")
    assert (found.kind, found.protected, found.least, found.capture) == ("feed", False, None, True)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("kind: feed->kind: telepathy", "is none of feed, page"),
        ("name: harbour-desk->name: ../etc", "small letters"),
        ("name: harbour-desk->nam: harbour-desk", "name"),
        ("https://desk.example/feed.xml->file:///etc/passwd", "neither http nor https"),
        ("since: 2014-01-01->since: last year", "is no day"),
        ("grade: usually reliable->grade: good", "is none of reliable"),
        ("min per day: 1->min per day: 100", "more as its min"),
        ("min per day: 1->min per week: 1", "is no field"),
        ("republishes: Reuters->copies: Reuters", "is no field"),
        ("limit: 50->limit: many", "no number"),
        ("protection: protected->protection: yes please", "is none of public"),
        ("capture: no->captured: no", "is no field"),
        ("name: harbour-desk->name: &a harbour-desk", "anchors"),
        ("capture: no->capture: [[[[[[[[]]]]]]]]", "nested"),
        ("capture: no->capture: !!python/object/apply:os.system [id]", "YAML"),
        ("capture: no->capture: {", "YAML"),
        ("publisher: مرصد الميناء->publisher: ''", "no text"),
    ],
)
def test_slips_are_told_and_not_guessed(change: str, says: str) -> None:
    """A wrong word, a wrong field, a bomb or a program: Wrong, naming the file."""
    old, new = change.split("->")
    assert old in FULL
    with pytest.raises(Wrong, match=says) as caught:
        read_channel(FULL.replace(old, new).encode(), "a.yaml")
    assert "a.yaml" in str(caught.value) or "reliability" in str(caught.value) or "relations" in str(caught.value)


def test_a_bad_file_does_not_hide_the_others(tmp_path: Path) -> None:
    """In a folder, a file that is no channel and a name used twice are told, and the rest is read."""
    for name, text in (("a", FULL), ("b", "nonsense"), ("c", FULL), ("d", FULL.replace("harbour-desk", "other"))):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = list(read_channels(tmp_path))
    assert [one.name if isinstance(one, Channel) else "wrong" for one in found] == [
        "harbour-desk",
        "wrong",
        "wrong",
        "other",
    ]


@pytest.mark.parametrize(
    ("before", "today", "said"),
    [(1, 0, None), (None, 0, None), (0, 5, "dried up"), (9, 9, None), (9, 10, "floods"), (0, 10, "floods")],
)
def test_alarms(before: int | None, today: int, said: str | None) -> None:
    """Too much is said at once, too little after a whole day; on the first day nobody knows."""
    words = alarm(Channel("a", "A", "feed", "", least=1, most=9), before, today)
    assert (words is None) if said is None else (words is not None and said in words)


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_a_channel_or_wrong(data: bytes) -> None:
    """Whatever stands in the file, the answer is a channel or Wrong."""
    with suppress(Wrong):
        assert isinstance(read_channel(data, "a.yaml"), Channel)
