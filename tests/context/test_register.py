"""Who is who: names by day and language, words that mean one of several, a team's own entries, and entries that break a rule."""

import tomllib
from datetime import date
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.context.register import key_of
from marsad.context.register_file import joined, read_register, shipped
from marsad.model import Wrong

DAY = date(2014, 11, 26)
SNC, USA, SAUDI = "Syrian National Coalition", "US-led coalition", "Saudi-led coalition"


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("داعش", "Islamic State"),
        ("تنظيم الدولة الإسلامية", "Islamic State"),
        ("Daech", "Islamic State"),
        ("ІДІЛ", "Islamic State"),
        ("Islamic State (IS)", "Islamic State"),
        ("الخوذ البيضاء", "Syria Civil Defence"),
        ("White Helmets", "Syria Civil Defence"),
        ("الائتلاف الوطني السوري", SNC),
        ("the National Coalition", SNC),
        ("Red Crescent", "Syrian Arab Red Crescent"),
        ("People's Protection Units", "YPG"),
    ],
)
def test_a_name_in_any_script_means_one_actor(words: str, wanted: str) -> None:
    """Spellings of six languages lead to the one entry."""
    meant = shipped().meant(words, on=DAY)
    assert meant.actor is not None
    assert meant.actor.name == wanted


@pytest.mark.parametrize(
    ("given_by", "wanted"),
    [
        ({"act": "event", "named": [SNC]}, USA),
        ({"act": "control"}, USA),
        ({"act": "statement", "named": [USA, SNC]}, SNC),
        ({"act": "statement", "named": [SNC, USA]}, USA),
        ({"act": "meeting", "named": [SNC]}, SNC),
        ({"act": "statement"}, None),
    ],
)
def test_the_coalition_is_one_of_two_by_its_context(given_by: dict[str, object], wanted: str | None) -> None:
    """Who bears no arms bombs nobody; else whoever was named last; and where nothing tells, nobody is meant."""
    meant = shipped().meant("the coalition", on=DAY, **given_by)  # type: ignore[arg-type]
    assert (meant.actor and meant.actor.name) == wanted
    assert {SNC, USA} <= set(meant.among)


def test_a_coalition_that_was_not_there_yet_is_not_meant() -> None:
    """The Saudi-led one fights from March 2015: in 2014 nobody means it, in 2016 in Yemen everybody does."""
    assert SAUDI not in shipped().meant("the coalition", on=DAY, act="statement").among
    meant = shipped().meant("التحالف", on=date(2016, 5, 1), act="event", country="YE")
    assert meant.actor is not None
    assert meant.actor.name == SAUDI


def test_an_acronym_that_changed_hands_is_told_by_the_day() -> None:
    """SNC was the Council's before the Coalition was founded."""
    before, after = shipped().meant("SNC", on=date(2012, 3, 1)), shipped().meant("SNC", on=DAY)
    assert before.actor is not None
    assert after.actor is not None
    assert (before.actor.name, after.actor.name) == ("Syrian National Council", SNC)


def test_what_was_part_of_what_depends_on_the_day() -> None:
    """Nusra was al-Qaeda's until 2016, the Islamic State until early 2014."""
    register = shipped()
    assert register.whole("Nusra Front", DAY) == "Al-Qaeda"
    assert register.whole("Nusra Front", date(2016, 12, 1)) == "Nusra Front"
    assert register.whole("Islamic State", date(2013, 5, 1)) == "Al-Qaeda"
    assert "YPG" in register.members("Syrian Democratic Forces", date(2016, 1, 1))
    assert register.side("Government of Russia", date(2015, 10, 1)) == ["Government of Syria"]
    assert register.side("Government of Russia", DAY) == []


def test_the_two_coalitions_are_of_two_sorts_and_carry_codes() -> None:
    """One is a civilian body without codes of fighters, the other bears arms and is ACLED's external force."""
    actors = shipped().actors
    assert (actors[SNC].type, actors[SNC].armed) == ("civilian body", False)
    assert (actors[USA].armed, actors[USA].codes["acled"]["inter"]) == (True, 8)
    assert actors["Government of Syria"].codes["ucdp"]["name"] == "Government of Syria"


def test_every_entry_and_every_short_has_an_example_that_names_it() -> None:
    """The rule of the house for data."""
    data = tomllib.loads((resources.files("marsad.resources") / "register.toml").read_text("utf-8"))
    assert all(entry.get("example") for entry in (*data["actor"], *data["short"]))


def test_a_team_adds_to_an_actor_and_makes_its_own() -> None:
    """Names are added to ours; what the team says of it comes first; a new actor is known by its names."""
    text = """
    [[actor]]
    name = "Islamic State"
    type = "non-state"
    names = [{ words = "the black flags", first = 2014-06-29 }]

    [[actor]]
    name = "Harbour Brigade"
    type = "non-state"
    armed = true
    names = ["لواء المرفأ"]
    sides = [{ with = "Free Syrian Army", first = 2013-01-01, last = 2013-12-31 }]
    """
    register = joined(shipped(), *read_register(tomllib.loads(text), "actors.toml"))
    assert register.named("the black flags", DAY) is not None
    assert register.actors["Islamic State"].armed
    brigade = register.named("لواء المرفأ")
    assert brigade is not None
    assert brigade.ours
    assert register.side("Harbour Brigade", date(2013, 5, 1)) == ["Free Syrian Army"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[actor]]\nname = "A"\ntype = "gang"', "type"),
        ('[[actor]]\ntype = "state"', "name"),
        ('[[actor]]\nname = "A"\ntype = "state"\nfirst = "2014"', "first"),
        ('[[actor]]\nname = "A"\ntype = "state"\nfirst = 2015-01-01\nlast = 2014-01-01', "last"),
        ('[[actor]]\nname = "A"\ntype = "state"\nties = [{ kind = "loves", other = "A" }]', "ties"),
        ('[[actor]]\nname = "A"\ntype = "state"\nties = [{ kind = "part_of", other = "Nobody" }]', "Nobody"),
        ('[[short]]\nwords = ["x"]\nmeans = ["Nobody"]', "Nobody"),
        ('[[actor]]\nname = "A"\ntype = "state"\nrole = "hero"', "role"),
        ("actor = 3", "actor"),
    ],
)
def test_an_entry_that_breaks_a_rule_is_refused_by_name(text: str, says: str) -> None:
    """The message names what is wrong."""
    with pytest.raises(Wrong, match=says):
        joined(shipped(), *read_register(tomllib.loads(text), "actors.toml"))


@given(st.text(max_size=300))
def test_any_words_get_an_answer(words: str) -> None:
    """Nothing that stands in a report makes the register fail, and a name never means two at once."""
    meant = shipped().meant(words, on=DAY, act="statement")
    assert meant.actor is None or meant.actor.name in shipped().actors
    assert key_of(key_of(words)) == key_of(key_of(key_of(words)))
