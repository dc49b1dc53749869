"""From one story to knowledge: each thing it says is stored, and a question brings it back; the questions stand in this file."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from seed_story import PRINTED, SEED, made, printed
from small_world import Story

from marsad.context.scene import Scene
from marsad.model.knowledge import Knowledge
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.scenes import scene_of, statements_of

pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason="the printed story is not at hand")

IS, SYRIA, SNC, USA = "Islamic State", "Government of Syria", "Syrian National Coalition", "US-led coalition"

QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "C04": {"topic": "event", "act": "air_strike", "party": SYRIA},
    "C05": {"topic": "comparison", "act": "worst"},
    "C06": {"topic": "control", "act": "gained", "party": IS},
    "C07": {"topic": "control", "act": "declared_capital", "party": IS},
    "C08": {"topic": "source_description", "party": "Syrian Observatory for Human Rights"},
    "C09": {"topic": "control", "act": "lost", "party": SYRIA},
    "C10": {"topic": "control", "act": "gained", "party": IS},
    "C11": {"topic": "control", "act": "holds", "party": IS},
    "C12": {"topic": "killed"},
    "C13": {"topic": "displaced"},
    "C14": {"topic": "conflict", "act": "began"},
    "C15": {"topic": "event", "act": "air_strike", "party": SYRIA},
    "C17": {"topic": "control", "act": "holds", "party": IS},
    "C18": {"topic": "event", "act": "air_strike", "party": USA},
    "C19": {"topic": "statement", "act": "condemned", "party": SNC},
    "C20": {"topic": "statement", "act": "warned", "party": SNC},
    "C21": {"topic": "meeting", "act": "met", "party": "Vladimir Putin"},
    "C22": {"topic": "statement", "act": "said"},
    "C23": {"topic": "meeting", "act": "ended_without_agreement", "party": "United Nations"},
    "C24": {"topic": "meeting", "act": "held_talks", "party": "Moaz al-Khatib"},
    "C25": {"topic": "statement", "act": "voiced", "party": SNC},
    "C26": {"topic": "statement", "act": "said", "party": "Nasr al-Hariri"},
    "C27": {"topic": "statement", "act": "said", "party": "Nasr al-Hariri"},
    "C28": {"topic": "arms_transfer", "act": "sought"},
    "C29": {"topic": "conflict", "act": "began"},
    "C30": {"topic": "relation", "act": "supports", "party": "Government of Russia"},
    "C31": {"topic": "statement", "act": "said", "party": "Vladimir Putin"},
    "C32": {"topic": "meeting", "act": "visited", "party": "Benjamin Netanyahu"},
    "C33": {"topic": "statement", "act": "called_on", "party": "United Nations"},
    "C34": {"topic": "evidence", "act": "video"},
    "C35": {"topic": "relief", "act": "recovered_dead", "party": "Syrian Arab Red Crescent"},
    "C36": {"topic": "population"},
    "C37": {"topic": "population"},
    "C38": {"topic": "displaced"},
    "C39": {"topic": "geography", "act": "located"},
    "C40": {"topic": "governance", "act": "governs", "party": IS},
    "C41": {"topic": "control", "act": "gained", "party": "pro-government forces"},
    "C42": {"topic": "event", "act": "ground_offensive", "party": IS},
    "C43a": {"topic": "control", "act": "holds", "party": IS},
    "C43b": {"topic": "control", "act": "holds", "party": IS},
    "C43c": {"topic": "control", "act": "holds", "party": IS},
    "C43d": {"topic": "control", "act": "holds", "party": IS},
    "C44": {"topic": "relation", "act": "campaigns_against", "party": USA},
}
"""The question that brings back each marked claim, by `statements_of`; tolls of the incident are asked of its words."""

OF_THE_INCIDENT = ("C01", "C02", "C03")
NOT_OF_ITS_TOLL = "C16"
"""Most of the casualties of recent months: a share of nothing counted, kept as a claim."""


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    """An observatory that knows the one story."""
    text = printed()
    assert text is not None
    return made(tmp_path_factory.mktemp("seed") / "obs", Story("AFP", PRINTED, text))


@pytest.fixture(scope="module")
def scene(story: Observatory) -> Scene:
    """What it knows."""
    return scene_of(story, "ucdp")


def marked() -> Mapping[str, Mapping[str, Any]]:
    """Return the marked claims by their ids."""
    return {c["id"]: c for c in json.loads((SEED / "seed_gold.json").read_text("utf-8"))["claims"]}


def _overlaps(spans: Sequence[Mapping[str, Any]], start: int, end: int) -> bool:
    return any(start < s["end"] and s["start"] < end for s in spans)


def test_there_are_47_and_each_has_its_question() -> None:
    """Nothing that is marked is left without a question."""
    asked = {*QUESTIONS, *OF_THE_INCIDENT, NOT_OF_ITS_TOLL}
    assert asked == set(marked())
    assert len(asked) == 47


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_its_question_brings_back_what_is_marked(name: str, scene: Scene) -> None:
    """A statement that answers the question stands in the words that are marked, with its place where one is marked."""
    claim = marked()[name]
    found = [k for k in statements_of(scene, **QUESTIONS[name]) if _overlaps(claim["spans"], k.start, k.end)]
    assert found, name
    if name.startswith("C43"):
        places = {"C43a": "Mosul", "C43b": "Tikrit", "C43c": "Fallujah", "C43d": "Iraq"}
        assert places[name] in {k.place.name for k in found if k.place}


@pytest.mark.parametrize("name", OF_THE_INCIDENT)
def test_its_incident_brings_back_the_toll(name: str, scene: Scene) -> None:
    """The words of the one incident hold the number that is marked."""
    [incident] = scene.incidents
    surface = marked()[name]["quantity"]["surface"]
    assert any(_overlaps([surface], w.start, w.end) for _, w in incident.words)


def test_a_share_of_what_nobody_counted_is_kept_as_a_claim(story: Observatory) -> None:
    """ "Most of the casualties" is stored, bounded by nothing."""
    surface = marked()[NOT_OF_ITS_TOLL]["quantity"]["surface"]
    with story.derived(read_only=True) as derived:
        rows = derived.table("claim").to_pylist()
    assert [r["low"] for r in rows if _overlaps([surface], r["start"], r["end"])] == [None]


def test_the_two_coalitions_are_two(scene: Scene) -> None:
    """The one that bombs is never the one that condemns, warns and doubts, though both are called the coalition."""
    spoke = {scene.who[k.knowledge_id].party for k in statements_of(scene, topic="statement", act="voiced")}
    bombed = {scene.who[k.knowledge_id].party for k in statements_of(scene, topic="event", party=USA)}
    assert (spoke, bombed) == ({SNC}, {USA})
    assert not any(k for k in _statements(scene) if scene.who[k.knowledge_id].party == USA)


def _statements(scene: Scene) -> Iterator[Knowledge]:
    return (k for k in scene.told if k.topic == "statement")


def test_the_condemnation_is_of_the_incident(scene: Scene) -> None:
    """Who condemns "the strikes" speaks of those of Tuesday, the one incident of the story."""
    [condemned] = statements_of(scene, topic="statement", act="condemned")
    assert [(a.knowledge_id, a.act, a.party) for a in scene.attached if a.act == "condemned"] == [
        (condemned.knowledge_id, "condemned", SNC)
    ]
    assert scene.attached[0].incident_id == scene.incidents[0].incident_id


def test_it_is_the_same_observatory_whenever_the_story_comes_in(tmp_path: Path, scene: Scene) -> None:
    """A second report before or after it changes nothing of what the first one says."""
    text, other = printed(), "Rebels captured the town of Nawa on Monday, the army said.\n"
    assert text is not None
    one = made(tmp_path / "one", Story("AFP", PRINTED, text), Story("A Wire", PRINTED, other))
    two = made(tmp_path / "two", Story("A Wire", PRINTED, other), Story("AFP", PRINTED, text))
    first, second = scene_of(one, "ucdp"), scene_of(two, "ucdp")
    assert {k.knowledge_id for k in first.told} == {k.knowledge_id for k in second.told}
    assert (first.who, first.misdated, first.followed) == (second.who, second.misdated, second.followed)
    assert {k.knowledge_id for k in scene.told} <= {k.knowledge_id for k in first.told}
