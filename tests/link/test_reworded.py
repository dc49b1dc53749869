"""Which reports tell an earlier one again in other words, and which only tell of the same."""

import random
from datetime import timedelta

import pytest
from told import TUESDAY, Prints, day

from marsad.link.reworded import WINDOW

_NAMES = (
    "Vale",
    "Lake",
    "Ash",
    "Reed",
    "Orn",
    "Fenwick",
    "Lantern",
    "Weir",
    "Stone",
    "Marsh",
    "Field",
    "Hollis",
    "Barrow",
)


def sentences(seed: int, size: int = 12) -> list[str]:
    """Return sentences with three names or numbers each, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - the same sentences every time
    return [
        f"{dice.choice('abcde')}{n} they saw {dice.choice(_NAMES)} with {dice.randrange(2, 900)} of {dice.choice(_NAMES)} there."
        for n in range(size)
    ]


def reworded(story: list[str], seed: int = 1) -> str:
    """Return the story with every small word changed, and every fifth sentence left out."""
    changed = {"they": "people", "saw": "noticed", "with": "beside", "of": "from", "there": "nearby"}
    kept = [s for n, s in enumerate(story) if n % 5 != seed]
    return " ".join(" ".join(changed.get(w.strip("."), w) for w in s.split(" ")) + "." for s in kept)


def told_again(made: Prints) -> dict[str, str]:
    """Return whom each reworded copy rewords."""
    return {row["report_id"]: row["leader"] for row in made.derived()["reworded"].to_pylist()}


@pytest.mark.long
def test_a_reworded_copy_is_found_although_no_run_of_words_is_left() -> None:
    """Names and numbers in their order give it away; the copy leads its own family of words."""
    made = Prints()
    first = made.add("Wire", TUESDAY, {}, words=" ".join(sentences(1)))
    copy = made.add("Spinner", day(27), {}, words=reworded(sentences(1)))
    made.add("Other", day(27), {}, words=" ".join(sentences(2)))
    assert told_again(made) == {copy: first}
    families = {row["report_id"]: row["leader"] for row in made.derived()["copy"].to_pylist()}
    assert families[copy] == copy


@pytest.mark.long
def test_the_same_names_in_another_order_are_another_report() -> None:
    """Two newsrooms that tell of one event name the same people and places, each in its own order."""
    made = Prints()
    words = " ".join(sentences(1)).split(" ")
    bones = [w for w in words if w[0].isupper() or w.isdigit()]
    mixed = iter(random.Random(5).sample(bones, len(bones)))  # noqa: S311 - the same order every time
    made.add("Wire", TUESDAY, {}, words=" ".join(words))
    made.add("Desk", TUESDAY, {}, words=" ".join(next(mixed) if w in bones else w for w in words))
    assert told_again(made) == {}


@pytest.mark.long
def test_old_background_joins_nobody() -> None:
    """A paragraph that an agency has put under its stories for weeks, longer than the news in them."""
    background = sentences(9, 9)
    made = Prints()
    made.add("Wire", TUESDAY - timedelta(WINDOW + 20), {}, words=" ".join(sentences(3) + background))
    for n in range(3):
        made.add(f"Desk {n}", day(25 + n), {}, words=reworded(sentences(20 + n, 6), 9) + " " + reworded(background, 9))
    assert told_again(made) == {}


@pytest.mark.long
@pytest.mark.parametrize("apart", [WINDOW, WINDOW + 1])
def test_a_story_is_told_again_within_days(apart: int) -> None:
    """After the window a like outline is an anniversary, or background."""
    made = Prints()
    first = made.add("Wire", TUESDAY, {}, words=" ".join(sentences(1)))
    late = made.add("Spinner", TUESDAY + timedelta(apart), {}, words=reworded(sentences(1)))
    assert told_again(made) == ({late: first} if apart == WINDOW else {})


@pytest.mark.long
def test_more_copies_change_nothing() -> None:
    """Whoever reworded whom still does when both are printed again, as they are."""
    made = Prints()
    for n in range(4):
        made.add(f"Wire {n}", TUESDAY, {}, words=" ".join(sentences(n)))
        made.add(f"Spinner {n}", day(26), {}, words=reworded(sentences(n), n))
    before = told_again(made)
    assert len(before) == 4
    for n, text in enumerate([t.text for t in made.texts]):
        made.add(f"Copier {n}", day(27), {}, words=text)
    assert told_again(made) == before


@pytest.mark.long
def test_the_order_in_which_reports_arrive_does_not_matter() -> None:
    """Of different days, whoever printed first is reworded, whenever it arrived."""
    told = [
        ("Wire", 25, " ".join(sentences(1))),
        ("Spinner", 26, reworded(sentences(1))),
        ("Desk", 27, reworded(sentences(1), 2)),
    ]
    found = []
    for order in (told, told[::-1], [told[1], told[2], told[0]]):
        made = Prints()
        names = {made.add(outlet, day(printed), {}, words=words): outlet for outlet, printed, words in order}
        found.append({names[one]: names[other] for one, other in told_again(made).items()})
    assert found[0] == found[1] == found[2]
    assert set(found[0]) == {"Spinner"} or set(found[0]) == {"Spinner", "Desk"}


def test_undated_reports_reword_nobody() -> None:
    """Without a day nothing says who was first."""
    made = Prints()
    made.add("Wire", TUESDAY, {}, words=" ".join(sentences(1)))
    made.add("Spinner", None, {}, words=reworded(sentences(1)))
    assert told_again(made) == {}
