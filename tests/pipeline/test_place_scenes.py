"""The scene around one place: it tells of the place what everything that is known tells of it, and reads little."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from seed_story import NOW, OURS, OURS_PRINTED, RIGHT_DATE
from small_world import Story, receive

from marsad.collect.files import gather
from marsad.collect.particulars import Particulars
from marsad.context.scene import Scene
from marsad.context.timeline import timeline
from marsad.model import DecisionKind
from marsad.pipeline.briefs import brief_of
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.place_scenes import actor_scene, place_scene
from marsad.pipeline.run import run
from marsad.pipeline.scenes import place_named, scene_of
from marsad.pipeline.service import WriteService
from marsad.pipeline.told_most import told_most

REPORTS = Path(__file__).parents[2] / "examples" / "northern-syria-2014" / "reports"

BESIDE = (
    Story("A Wire", date(2014, 2, 16), RIGHT_DATE),
    Story("AFP", OURS_PRINTED, OURS),
    Story("AFP", date(2015, 3, 1), "The Syrian army holds the town of Nawa, the Syrian Observatory for Human Rights said.\n"),
    Story("AFP", date(2015, 3, 5), "Rebels captured Nawa on Wednesday, the Syrian Observatory for Human Rights said.\n"),
    Story("AFP", date(2015, 3, 7), "Rebels have not captured Nawa, the Syrian Observatory for Human Rights said.\n"),
    Story("AFP", date(2015, 3, 9), "Russia promised to deliver S-300 missiles to Damascus. Shelling went on in Nawa.\n"),
    Story("AFP", date(2015, 4, 2), "Russia delivered S-300 missiles to Damascus. A school in Daraa was shelled.\n"),
    Story("Sky", date(2015, 3, 21), "The Syrian army denied that it had bombed Idlib on Tuesday, 17 March 2015.\n"),
    Story("Sky", date(2015, 3, 22), "Rebels hold the village of Tal Qawz al-Gharbi, residents said. Five were killed.\n"),
)  # fmt: skip
"""Talks dated twice, a capture taken back, a promise kept, a denial from elsewhere, a place that no gazetteer knows."""


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    """The example of northern Syria and the stories beside it; one statement was refused by a person."""
    observatory = Observatory.init(tmp_path_factory.mktemp("war") / "obs", "war", NOW)
    with observatory.kept() as kept:
        list(WriteService(kept, observatory.vault, bytes).receive_all(gather(REPORTS, Particulars()), lambda: NOW))
    receive(observatory, list(BESIDE), NOW)
    run(observatory, processes=1)
    refused = next(k for k in scene_of(observatory, "ucdp").told if k.topic == "statement" and k.act == "condemned")
    with observatory.kept() as kept:
        WriteService(kept, observatory.vault, bytes).decide(
            anchor=f"{refused.report_id}:{refused.start}-{refused.end}", kind=DecisionKind.REJECT, body={}, actor="lynx",
            reason="never said", expected_version=0, now=NOW,
        )  # fmt: skip
    run(observatory, processes=1)
    return observatory


@pytest.fixture(scope="module")
def everything(war: Observatory) -> Scene:
    return scene_of(war, "ucdp")


def places(scene: Scene) -> list[str]:
    """Return every name of every place that is told of, in both languages."""
    told = [k.place for k in scene.told if k.place is not None]
    names = {place.name for place in told} | {place.name_ar for place in told[::5] if place.name_ar}
    return sorted(names | {i.place_name for i in scene.incidents if i.place_name})


def test_each_place_reads_as_in_the_whole(war: Observatory, everything: Scene) -> None:
    """Of each place, by one of its names, the briefing of several days and the timeline are the same to the letter."""
    seen = 0
    for name in sorted({*places(everything)[::3], "Nawa", "Idlib", "Tal Qawz al-Gharbi"}):
        here = place_named(war, everything, name)
        found = place_scene(war, name, "ucdp")
        assert (found and found[0]) == here, name
        if here is None or found is None or here.wide:
            continue
        assert timeline(found[1], here, None, None, None) == timeline(everything, here, None, None, None), name
        told = [k.reported for k in everything.told if here.told_of(k) and k.reported]
        for day in sorted({*told[:1], *told[-1:], OURS_PRINTED + timedelta(days=9)}):
            whole = brief_of(war, name, day, "en", "ucdp", gathered=(here, everything))[2]
            assert brief_of(war, name, day, "en", "ucdp", gathered=found)[2] == whole, (name, day)
            seen += sum(len(part.clauses) for part in whole)
    assert seen > 100


def test_each_actor_reads_as_in_the_whole(war: Observatory, everything: Scene) -> None:
    """What an actor and its parts did, suffered and said, day by day, under any of their names, is the same."""
    acting = {name for who in everything.who.values() for name in who.everybody if name in everything.register.actors}
    acting |= {p for i in everything.incidents if (p := i.perpetrator) is not None and p in everything.register.actors}
    assert len(acting) > 8
    for name in sorted(acting):
        scene = actor_scene(war, name, "ucdp")
        whole = timeline(everything, None, name, None, None)
        assert timeline(scene, None, name, None, None) == whole, name


def test_what_most_is_told_of_is_counted_without_reading_it(war: Observatory, everything: Scene) -> None:
    """Places by statements and incidents together; actors that are named; neither from a hidden report or incident."""
    [idlib] = [i for i in everything.incidents if i.place_name == "Idlib"][:1]
    hidden, apart = frozenset(sorted({str(k.report_id) for k in everything.told})[::3]), frozenset({idlib.incident_id})
    for without, beside in ((frozenset[str](), frozenset[str]()), (hidden, apart)):
        scene = scene_of(war, "ucdp", None, without, beside)
        found = told_most(war, scene.register, without, beside)
        expected = Counter(k.place.name for k in scene.told if k.place is not None)
        expected.update(i.place_name for i in everything.incidents if i.place_name and i.incident_id not in beside)
        assert dict(found.places) == dict(expected)
        acting = {name for who in scene.who.values() for name in who.everybody}
        assert {name for name, _ in found.actors} <= acting
    assert tuple(name for name, _ in found.actors if name in ("Islamic State", "YPG")) == ("Islamic State", "YPG")


def test_what_is_hidden_bears_on_nothing(war: Observatory, everything: Scene) -> None:
    """Reports and incidents of which somebody is not to know are in neither way of gathering."""
    [incident] = [i for i in everything.incidents if i.place_name == "Idlib"][:1]
    hidden = frozenset(sorted({str(k.report_id) for k in everything.told})[::3]) - incident.reports
    apart = frozenset({incident.incident_id})
    whole = scene_of(war, "ucdp", None, hidden, apart)
    for name in ("Idlib", "Nawa", "Kobani", "Raqqa"):
        found = place_scene(war, name, "ucdp", None, hidden, apart)
        assert found is not None
        here, scene = found
        assert {str(k.report_id) for k in scene.told} & hidden == set()
        assert incident.incident_id not in {i.incident_id for i in scene.incidents}
        assert timeline(scene, here, None, None, None) == timeline(whole, here, None, None, None)


def test_little_is_read_of_what_is_elsewhere(war: Observatory, everything: Scene) -> None:
    """The scene of a town holds a part of what is known: nothing grows with what is told of other places."""
    for name in ("Nawa", "Morek"):
        found = place_scene(war, name, "ucdp")
        assert found is not None
        assert len(found[1].told) < len(everything.told) / 2, name


def test_a_past_day_and_a_country_ask_for_everything(war: Observatory, everything: Scene) -> None:
    """Both come out as the whole scene says."""
    country = place_scene(war, "Syria", "ucdp")
    assert country is not None
    assert country[0].wide
    assert len(country[1].told) == len(everything.told)
    then = place_scene(war, "Nawa", "ucdp", NOW.date())
    assert then is not None
    assert len(then[1].told) == len(everything.told)


def test_a_place_that_nothing_knows_is_none(war: Observatory) -> None:
    """Neither the gazetteer nor any report."""
    assert place_scene(war, "Qwxzztown", "ucdp") is None
