"""Briefings of a place on a day, from what an observatory knows."""

from datetime import date

from marsad.context.brief import WINDOW, Part, happened, near
from marsad.context.brief_setting import control, national_sums, people, totals
from marsad.context.brief_voices import doubts, planned, said, seen
from marsad.context.saying import Saying
from marsad.context.scene import Scene
from marsad.model import Wrong
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.scenes import place_named, scene_of


def brief_of(
    observatory: Observatory,
    place: str,
    on: date,
    lang: str,
    policy: str,
    known_on: date | None = None,
    days: int = WINDOW,
    scene: Scene | None = None,
) -> tuple[Saying, str, list[Part]]:
    """Return how the language says names, the title of the briefing, and its sections that are not empty.

    Only what was printed by `on` speaks in it; that a date is doubtful is told whenever it became known. `days` is how far
    back something is news; `scene` is what is at hand, where it was gathered before. Raises Wrong for a place that neither a
    report nor the gazetteer knows.
    """
    scene = scene_of(observatory, policy, known_on) if scene is None else scene
    here = place_named(observatory, scene, place)
    if here is None:
        rule = "is no place that the gazetteer or a report of this observatory knows"
        raise Wrong("PLACE", place, rule, f"see `marsad gazetteer find {observatory.path} {place}`")
    saying = Saying(lang, scene.register)
    name = here.name_ar if lang == "ar" and here.name_ar else here.name
    country = (here.country_name_ar if lang == "ar" else None) or here.country_name or "?"
    told = near(scene, here, on, days)
    parts = [
        happened(scene, here, on, saying, days),
        control(scene, told, here, name, saying, on),
        people(told, scene.before, here, saying, on),
        totals(told, national_sums(scene, here, on), here, country, saying, on, scene.incidents),
        said(scene, told, saying),
        seen(scene, told, here, saying),
        planned(scene, told, saying, on),
        doubts(scene, told, saying),
    ]
    return saying, saying.text("brief.title", place=name, day=saying.day(on)), [part for part in parts if part.clauses]
