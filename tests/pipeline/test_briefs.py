"""Briefings: what a story says and no more, each clause with its words; in both languages; order and withdrawal."""

import re
from datetime import date
from pathlib import Path

import pytest
from seed_story import NOW, OURS, OURS_PRINTED, PRINTED, RIGHT_DATE, made, printed
from small_world import Story, receive

from marsad.context.brief import Part
from marsad.model import DecisionKind, Wrong
from marsad.pipeline.briefs import brief_of
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.scenes import scene_of, statements_of
from marsad.pipeline.service import WriteService
from marsad.pipeline.timelines import timeline_of

SECTIONS = ("happened", "control", "people", "totals", "said", "seen", "planned")


@pytest.fixture(scope="module", params=["ours", "printed"])
def story(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Observatory, str, str, date]:
    """An observatory with the story in our words, or as printed; its text, its town and its day."""
    text, town, day = (OURS, "Idlib", OURS_PRINTED) if request.param == "ours" else (printed(), "Raqa", PRINTED)
    if text is None:
        pytest.skip("the printed story is not at hand")
    return made(tmp_path_factory.mktemp(request.param) / "obs", Story("AFP", day, text)), text, town, day


def lines(parts: list[Part], key: str) -> list[str]:
    """Return the clauses of a section as they read."""
    return [clause.text for part in parts if part.key == key for clause in part.clauses]


def brief(obs: Observatory, town: str, day: date, lang: str = "en") -> list[Part]:
    """Return the briefing of a town on a day."""
    return brief_of(obs, town, day, lang, "ucdp")[2]


@pytest.mark.long
def test_it_tells_all_that_a_reporter_asks(story: tuple[Observatory, str, str, date]) -> None:
    """What happened, who holds it, who lives there, tolls, voices, what was seen, what is planned: each has its say."""
    obs, _, town, day = story
    assert [part.key for part in brief(obs, town, day)][:7] == list(SECTIONS)


def test_every_number_of_it_stands_in_the_story_or_follows_from_it(story: tuple[Observatory, str, str, date]) -> None:
    """Digits of the briefing are digits of the story, days of its calendar, or the bounds that arithmetic gives."""
    obs, text, town, day = story
    told = {n.rstrip(",") for n in re.findall(r"\d[\d,]*", text)} | {str(int(n)) for n in re.findall(r"\d+", text)}
    derived = {"48", "47", "95"} if town == "Raqa" else {"21", "20", "41"}
    days = {str(n) for n in range(1, 32)} | {str(y) for y in range(day.year - 4, day.year + 1)}
    for part in brief(obs, town, day):
        for clause in part.clauses:
            said = re.sub(
                r"\(about [^)]*\)|is \d+ days old", "", clause.text
            )  # a code, and how long silence has lasted
            for number in re.findall(r"\d[\d,]*", said):
                assert number.rstrip(",") in told | derived | days, clause.text


def test_every_clause_leads_to_words_of_the_story(story: tuple[Observatory, str, str, date]) -> None:
    """No clause is without words, and the words are where they are said to be."""
    obs, text, town, day = story
    kept = {t for part in brief(obs, town, day) for clause in part.clauses for t in clause.words}
    assert kept
    assert all(clause.words for part in brief(obs, town, day) for clause in part.clauses)
    assert all(text[w.start : w.end] == w.text for w in kept)


def test_who_is_named_is_named_in_the_story(story: tuple[Observatory, str, str, date]) -> None:
    """Who is said to say something is the outlet, or somebody whose words, or whose name by the register, are in the text."""
    obs, text, town, day = story
    register = scene_of(obs, "ucdp").register
    for part in brief(obs, town, day):
        for clause in part.clauses:
            for name in clause.sources:
                known = register.actors.get(name)
                spelled = [name, *(n.words for n in known.names)] if known else [name]
                here = any(s.casefold() in text.casefold() for s in spelled)
                assert here or name in ("AFP", "unnamed reports", "Syrian official"), name


def test_population_before_and_now_are_told_apart(story: tuple[Observatory, str, str, date]) -> None:
    """The number of before the war is never told as that of today."""
    obs, _, town, day = story
    before, now, *_ = lines(brief(obs, town, day), "people")
    assert before.startswith("Before the war")
    assert "220,000" in before or "165,000" in before
    assert "live there" in now


def test_it_speaks_arabic_that_agrees(story: tuple[Observatory, str, str, date]) -> None:
    """The same sections, in Arabic digits, with the noun in the form that its number asks for; no gap is left open."""
    obs, _, town, day = story
    _, title, parts = brief_of(obs, town, day, "ar", "ucdp")
    assert [p.key for p in parts][:7] == list(SECTIONS)
    first = parts[0].clauses[0].text
    assert ("٩٥ شخصًا" if town == "Raqa" else "٤١ شخصًا") in first
    assert re.search(r"[0-9]", title) is None
    assert not [c.text for p in parts for c in p.clauses if "{" in c.text or "None" in c.text]


def test_before_the_story_was_printed_nothing_was_known(story: tuple[Observatory, str, str, date]) -> None:
    """A briefing of a day is made of what was printed by that day."""
    obs, _, town, day = story
    parts = brief(obs, town, date(day.year, 1, 1))
    assert {c.text for p in parts for c in p.clauses if c.words} == set()


@pytest.mark.long
def test_a_place_that_nobody_knows_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """Neither the gazetteer nor a report knows it."""
    obs = made(tmp_path / "obs", Story("AFP", OURS_PRINTED, OURS))
    with pytest.raises(Wrong, match="gazetteer find"):
        brief_of(obs, "Qwxzztown", OURS_PRINTED, "en", "ucdp")


# --- one date that history contradicts --------------------------------------------------------------------------------


def wrong_and_right(folder: Path, *, right_first: bool) -> Observatory:
    """Return an observatory with our story, whose round of talks is misdated, and a report that dates it rightly."""
    one, other = Story("AFP", OURS_PRINTED, OURS), Story("A Wire", date(2014, 2, 16), RIGHT_DATE)
    return made(folder, *([other, one] if right_first else [one, other]))


@pytest.mark.long
@pytest.mark.parametrize("right_first", [False, True])
def test_a_misdated_round_is_kept_and_flagged_once_the_right_date_is_known(
    tmp_path: Path, *, right_first: bool
) -> None:
    """ "Early 2012" stays as claimed, and both dates stand side by side, whichever report came first."""
    alone = made(tmp_path / "alone", Story("AFP", OURS_PRINTED, OURS))
    assert scene_of(alone, "ucdp").misdated == []
    obs = wrong_and_right(tmp_path / "both", right_first=right_first)
    scene = scene_of(obs, "ucdp")
    [pair] = scene.misdated
    known = scene.by_id()
    days = {str(known[k].occurred.start) for k in (pair.one, pair.other) if known[k].occurred}  # type: ignore[union-attr]
    assert days == {"2012-01-01", "2014-02-10"}
    assert pair.sure
    [doubt] = lines(brief(obs, "Idlib", OURS_PRINTED), "doubts")
    assert "early 2012" in doubt
    assert "10 February 2014" in doubt
    _, entries = timeline_of(obs, "Switzerland", "ucdp", topic="meeting")
    assert {e.first for e in entries if "dated_elsewhere" in e.notes} == {date(2012, 1, 1), date(2014, 2, 10)}


@pytest.mark.long
def test_the_order_of_arrival_changes_no_word(tmp_path: Path) -> None:
    """The same briefing in both orders."""
    one = wrong_and_right(tmp_path / "one", right_first=False)
    two = wrong_and_right(tmp_path / "two", right_first=True)
    assert brief(one, "Idlib", OURS_PRINTED) == brief(two, "Idlib", OURS_PRINTED)


@pytest.mark.long
def test_the_printed_story_s_early_2013_is_flagged_in_the_same_way(tmp_path: Path) -> None:
    """The Geneva round of the story itself, against a report of our own that dates it to February 2014."""
    text = printed()
    if text is None:
        pytest.skip("the printed story is not at hand")
    obs = made(tmp_path / "obs", Story("AFP", PRINTED, text), Story("A Wire", date(2014, 2, 16), RIGHT_DATE))
    scene = scene_of(obs, "ucdp")
    [pair] = scene.misdated
    assert {scene.by_id()[k].occurred.words for k in (pair.one, pair.other) if scene.by_id()[k].occurred} == {  # type: ignore[union-attr]
        "early 2013",
        "February 10 to 15, 2014",
    }


# --- what is taken back -----------------------------------------------------------------------------------------------

HELD = (
    "A rebel delegation held talks with army generals in Sochi on Monday, the army said. Shelling went on in Aleppo.\n"
)


@pytest.mark.long
def test_what_a_person_refuses_no_longer_speaks_and_leaves_its_trace(tmp_path: Path) -> None:
    """A refused statement leaves the section it stood in, and stands among the doubts with the reason."""
    obs = made(tmp_path / "obs", Story("AFP", OURS_PRINTED, OURS))
    before = brief(obs, "Idlib", OURS_PRINTED)
    [condemned] = statements_of(scene_of(obs, "ucdp"), topic="statement", act="condemned")
    anchor = f"{condemned.report_id}:{condemned.start}-{condemned.end}"
    given = {"anchor": anchor, "kind": DecisionKind.REJECT, "body": {}, "actor": "lynx", "reason": "never said"}
    with obs.kept() as kept:
        WriteService(kept, obs.vault, bytes).decide(**given, expected_version=0, now=NOW)  # type: ignore[arg-type]
    run(obs, processes=1)
    after = brief(obs, "Idlib", OURS_PRINTED)
    assert any("condemned" in line for line in lines(before, "said"))
    assert not any("condemned" in line for line in lines(after, "said"))
    assert any("never said" in line for line in lines(after, "doubts"))


@pytest.mark.long
def test_a_town_taken_and_the_report_withdrawn_is_held_by_whom_it_was(tmp_path: Path) -> None:
    """The source says later that it was not so: who held it before holds it again, and the withdrawal is told."""
    held = Story(
        "AFP",
        date(2015, 3, 1),
        "The Syrian army holds the town of Nawa, the Syrian Observatory for Human Rights said.\n",
    )
    taken = Story(
        "AFP",
        date(2015, 3, 5),
        "Rebels captured the town of Nawa on Wednesday, the Syrian Observatory for Human Rights said.\n",
    )
    back = Story(
        "AFP",
        date(2015, 3, 7),
        "Rebels have not captured the town of Nawa, the Syrian Observatory for Human Rights said.\n",
    )
    obs = made(tmp_path / "obs", held, taken)
    assert any("rebels" in line.casefold() for line in lines(brief(obs, "Nawa", date(2015, 3, 8)), "control"))
    receive(obs, [back], NOW)
    run(obs, processes=1)
    after = lines(brief(obs, "Nawa", date(2015, 3, 8)), "control")
    assert after[0].startswith("The Government of Syria holds Nawa")
    assert any(line.startswith("Taken back by") for line in after)


@pytest.mark.long
def test_a_country_is_not_held_by_who_holds_a_town_of_it(tmp_path: Path) -> None:
    """The briefing of a country names the towns; nobody is said to hold the country, or to live in it, for a town's sake."""
    obs = made(tmp_path / "obs", Story("AFP", OURS_PRINTED, OURS))
    parts = brief(obs, "Syria", OURS_PRINTED)
    held = lines(parts, "control")
    assert any(line.startswith("The Nusra Front holds Idlib") for line in held)
    assert not any("holds Syria" in line for line in held)
    assert lines(parts, "people") == []
