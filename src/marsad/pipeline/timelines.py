"""Timelines of a place or an actor, from what an observatory knows."""

from datetime import date

from marsad.context.scene import Scene
from marsad.context.timeline import Entry, timeline
from marsad.model import Wrong
from marsad.pipeline.actors import register_of
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.place_scenes import actor_scene, place_scene
from marsad.pipeline.scenes import place_named, scene_of


def timeline_of(
    observatory: Observatory,
    name: str,
    policy: str,
    first: date | None = None,
    last: date | None = None,
    topic: str | None = None,
    known_on: date | None = None,
    scene: Scene | None = None,
) -> tuple[str, list[Entry]]:
    """Return what is meant, the name of an actor or a place, and what is told of it day by day.

    `scene` is what is at hand, where it was gathered before.

    A name that the register knows means the actor; any other the place of that name. Raises Wrong where it is neither, and
    where the last day lies before the first.
    """
    if first is not None and last is not None and last < first:
        raise Wrong("--to", last, f"lies before --from {first}", "put the days in order")
    meant = register_of(observatory).meant(name) if scene is None else scene.register.meant(name)
    if meant.actor is None and len(meant.among) > 1:
        raise Wrong("PLACE|ACTOR", name, f"may mean {', '.join(meant.among)}", "write one of these names")
    if meant.actor is None and scene is None:
        found = place_scene(observatory, name, policy, known_on)
        if found is not None:
            return found[0].name, timeline(found[1], found[0], None, first, last, topic)
    if meant.actor is not None and scene is None and known_on is None:
        scene = actor_scene(observatory, meant.actor.name, policy)
    scene = scene_of(observatory, policy, known_on) if scene is None else scene
    if meant.actor is not None:
        return meant.actor.name, timeline(scene, None, meant.actor.name, first, last, topic)
    here = place_named(observatory, scene, name)
    if here is not None:
        return here.name, timeline(scene, here, None, first, last, topic)
    acting = {n for who in scene.who.values() for n in who.everybody}
    if name in acting:
        return name, timeline(scene, None, name, first, last, topic)
    rule = "is no actor, and no place that the gazetteer or a report of this observatory knows"
    raise Wrong("PLACE|ACTOR", name, rule, f"see `marsad actors {observatory.path}` and `marsad gazetteer find`")
