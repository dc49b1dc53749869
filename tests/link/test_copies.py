"""Which reports reprint one another, and which only sound alike."""

from datetime import date, timedelta

import pytest
from told import TUESDAY, Prints, day

STORY = (
    "Government aircraft bombed the northern city of Raqa several times on Tuesday killing at least 63 people a monitoring "
    "group said and the Syrian Observatory for Human Rights said it had confirmed that 36 civilians were among the dead"
)


def leaders(made: Prints) -> dict[str, str]:
    return {row["report_id"]: row["leader"] for row in made.derived()["copy"].to_pylist()}


@pytest.mark.long
def test_a_wire_story_in_three_hundred_outlets_has_one_leader() -> None:
    """Every copy names the first report, whatever the order of their ids."""
    made = Prints()
    first = made.add("Wire", TUESDAY, {}, words=STORY)
    for n in range(300):
        made.add(f"Outlet {n}", TUESDAY + timedelta(n % 5), {}, words=STORY.upper() if n % 2 else f"  {STORY}. ")
    assert set(leaders(made).values()) == {first}


def test_the_earliest_printed_leads_not_the_first_received() -> None:
    """A report that arrives later but was printed earlier is the one copied; of one day, the one received first."""
    made = Prints()
    late = made.add("Late", day(27), {}, words=STORY)
    first = made.add("First", day(25), {}, words=STORY)
    second = made.add("Second", day(25), {}, words=STORY)
    assert leaders(made) == dict.fromkeys((late, first, second), first)


def test_a_lightly_reworded_copy_is_of_the_family() -> None:
    """A new headline and a changed word leave most word runs as they are."""
    made = Prints()
    first = made.add("Wire", TUESDAY, {}, words=STORY)
    reworded = made.add("Courier", TUESDAY, {}, words="Raids on Raqa: " + STORY.replace("several", "many"))
    stranger = made.add(
        "Other", TUESDAY, {}, words="Rescuers dig for survivors in Raqqa after raids that killed dozens"
    )
    assert leaders(made) == {first: first, reworded: first, stranger: stranger}


def test_a_shared_paragraph_makes_no_family() -> None:
    """An agency's background, a quarter of each text, does not join two stories."""
    background = " ".join(f"background{k}" for k in range(50))
    made = Prints()
    ids = [made.add(o, TUESDAY, {}, words=" ".join(f"{o}{k}" for k in range(150)) + " " + background) for o in "AB"]
    assert leaders(made) == {i: i for i in ids}


@pytest.mark.long
def test_a_copy_of_a_patchwork_is_found() -> None:
    """A text whose every passage was printed before in a different place still has twins, and its reworded copies kin."""
    pieces = [" ".join(f"p{n}w{k}" for k in range(30)) for n in range(4)]
    made = Prints()
    for n, piece in enumerate(pieces):
        made.add(f"Agency {n}", TUESDAY, {}, words=piece + " " + " ".join(f"own{n}w{k}" for k in range(90)))
    patchwork = made.add("Digest", day(26), {}, words=" ".join(pieces))
    copy = made.add("Copier", day(27), {}, words=" ".join(pieces))
    assert leaders(made)[copy] == leaders(made)[patchwork]


@pytest.mark.long
def test_adding_a_copy_changes_no_family() -> None:
    """Whoever led before leads after, for every other report: copies enter the comparison as one."""
    pieces = [" ".join(f"p{n}w{k}" for k in range(25)) for n in range(5)]
    made = Prints()
    for n in range(5):
        made.add(f"Outlet {n}", day(20 + n), {}, words=f"{pieces[n]} {pieces[(n + 1) % 5]}")
    before = leaders(made)
    added = [made.add(f"Copier {n}", day(25 + n), {}, words=made.texts[n % 5].text) for n in range(8)]
    after = leaders(made)
    assert {report: after[report] for report in before} == before
    assert all(after[copy] == before[made.reports[n % 5].report_id] for n, copy in enumerate(added))


def test_a_text_without_words_copies_nothing() -> None:
    """Two empty texts are not twins."""
    made = Prints()
    ids = [made.add(outlet, TUESDAY, words=" -- ") for outlet in ("A", "B")]
    assert leaders(made) == {i: i for i in ids}


@pytest.mark.parametrize("published", [None, date(1900, 1, 1)])
def test_reports_without_a_day_come_last(published: date | None) -> None:
    """An undated copy never leads a dated text; an old one does."""
    made = Prints()
    dated = made.add("Dated", TUESDAY, {}, words=STORY)
    other = made.add("Other", published, {}, words=STORY)
    assert set(leaders(made).values()) == {dated if published is None else other}
