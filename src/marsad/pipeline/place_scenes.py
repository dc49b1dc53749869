"""What is at hand for one place or one actor: the reports that tell of it, and what elsewhere bears on them; nothing else.

Gathering everything that is known (`pipeline.scenes.scene_of`) takes seconds with a hundred thousand statements. A briefing
and a timeline of a place ask for little of it: what is told of the place, by reports that tell of it or of an incident
there; running totals of its country; what was denied, wherever; talks and outcomes that those statements may be about. Both
ways say the same of the place: a test holds them against each other, place by place; of an actor likewise.
"""

from collections import Counter
from datetime import date
from typing import Any

from marsad.context.scene import Here, Scene
from marsad.context.timeline import parts_of
from marsad.model import Place, Wrong
from marsad.model.knowledge import knowledge_of, place_key
from marsad.pipeline.actors import register_of
from marsad.pipeline.gathering import Around, incidents_at
from marsad.pipeline.gazetteer import places_file
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.scenes import COUNTRY, here_of, place_named, same_name, scene_of
from marsad.store import knowledge_queries as asking
from marsad.store.derived import Derived
from marsad.text.gazetteer import Gazetteer

Rows = list[dict[str, Any]]


def place_scene(
    observatory: Observatory,
    words: str,
    policy: str,
    known_on: date | None = None,
    without: frozenset[str] = frozenset(),
    apart: frozenset[str] = frozenset(),
) -> tuple[Here, Scene] | None:
    """Return the place that these words name and the scene around it; None where nothing knows such a place.

    `policy` is that of the tolls; `without` are reports, and `apart` incidents, by id, of which whoever asks is not to
    know. Of a country, and of a past day (`known_on`), everything is gathered: neither has little around it. Raises Wrong
    where nothing was derived yet.
    """
    if known_on is not None:
        return _whole(observatory, words, policy, known_on, without, apart)
    with observatory.derived(read_only=True) as derived:
        if not derived.count("reading"):
            raise Wrong(str(observatory.path), None, "has nothing derived yet", f"run `marsad run {observatory.path}`")
        here = _named(observatory, derived, words)
        if here is None:
            return None
        if not here.wide:
            return here, scene_around(observatory, derived, here, policy, without, apart)
    return _whole(observatory, words, policy, None, without, apart)


def scene_around(
    observatory: Observatory,
    derived: Derived,
    here: Here,
    policy: str,
    without: frozenset[str] = frozenset(),
    apart: frozenset[str] = frozenset(),
) -> Scene:
    """Return the scene around a place that is known already; as `place_scene`."""
    return Around(observatory, derived, policy, without, apart).place(here)


def actor_scene(
    observatory: Observatory,
    actor: str,
    policy: str,
    without: frozenset[str] = frozenset(),
    apart: frozenset[str] = frozenset(),
) -> Scene:
    """Return the scene around an actor of the register and its parts, as of now; otherwise as `place_scene`."""
    register = register_of(observatory)
    with observatory.derived(read_only=True) as derived:
        around = Around(observatory, derived, policy, without, apart)
        return around.actor(register, parts_of(register, actor))


def _whole(
    observatory: Observatory,
    words: str,
    policy: str,
    known_on: date | None,
    without: frozenset[str],
    apart: frozenset[str],
) -> tuple[Here, Scene] | None:
    scene = scene_of(observatory, policy, known_on, without, apart)
    here = place_named(observatory, scene, words)
    return None if here is None else (here, scene)


def _named(observatory: Observatory, derived: Derived, words: str) -> Here | None:
    gazetteer = Gazetteer.open(places_file(observatory))
    counts = Counter({row["country"]: row["n"] for row in derived.knowledge_counted(asking.per_country())})
    counts.update(derived.countries_of_incidents())
    place = gazetteer.resolve(words, sorted(counts, key=lambda code: (-counts[code], code)))
    if place.found and place.precision != COUNTRY and not _is_told(derived, place):
        place = _told_by_name(derived, words) or place
    elif not place.found:
        told = derived.table("knowledge", place_key=place_key(place)).to_pylist()
        own = knowledge_of(told[0]).place if told else None
        if own is None:
            return None
        place = own
    return here_of(gazetteer, place)


def _is_told(derived: Derived, place: Place) -> bool:
    key = place_key(place) or ""
    if derived.knowledge_found(asking.of_place(key).limit(1)).num_rows:
        return True
    return bool(incidents_at(derived, {key}, named=place.place_id is not None))


def _told_by_name(derived: Derived, words: str) -> Place | None:
    """Return the place that reports tell of by just this name, None where they tell of none."""
    named = [
        row["knowledge_id"]
        for row in derived.knowledge_counted(asking.names())
        if same_name(row["place_name"], row["place_name_ar"], words)
    ]
    first = min(named, default=None)
    return None if first is None else knowledge_of(derived.table("knowledge", knowledge_id=first).to_pylist()[0]).place
