"""The record as checking looks at it: its places by name, and the incidents that a scene may be. Nothing is read twice."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from marsad.assess.checking.scenes import Match, Profile, Scene, matched
from marsad.extract.grounded import Known, known_places
from marsad.extract.scenery import Scenery, scenery_of
from marsad.link.tellings import telling_of
from marsad.model import Case, Measure
from marsad.model.rows import place_of
from marsad.pipeline.cases import cases
from marsad.pipeline.observatory import Observatory
from marsad.store.derived import Derived

_LOOKED_INTO = 16
"""Incidents that are looked into for one scene."""

_TOWNS = 4
"""Towns named beside a number whose incidents are looked at."""

_MONTH, _TELLING = 31, 8
"""Days about the one told among which an incident is looked for by its number, and the smallest number that tells one."""

_AROUND = 1
"""Days about the one told of which incidents are looked at, wherever they were."""


class Record:
    """The incidents of an observatory, asked for by an article; good for one check, while `derived` is open."""

    def __init__(self, observatory: Observatory, derived: Derived) -> None:
        self._observatory, self._derived = observatory, derived
        self._profiles: dict[str, Profile] = {}

    @cached_property
    def places(self) -> Known:
        """The places of incidents by their names."""
        return known_places(
            place for row in self._derived.scenes_of_incidents() if (place := place_of(row)) is not None
        )

    def case(self, incident: str) -> Case:
        """Return the case of an incident by code or id."""
        return self.profile(incident).case

    def profile(self, incident: str) -> Profile:
        """Return an incident by code or id, with what the sentences of its reports tell of the scene."""
        if incident not in self._profiles:
            case = next(cases(self._observatory, incident=incident))
            scenery = Scenery()
            for sentence in dict.fromkeys(f.sentence for f in case.findings):
                scenery = scenery.with_(scenery_of(sentence))
            found = Profile(case, scenery.spots, scenery.means)
            self._profiles[case.incident.code] = self._profiles[case.incident.incident_id] = found
        return self._profiles[incident]

    def meant(self, scene: Scene, also: Sequence[str] = ()) -> Match | None:
        """Return the incident that a scene is, None where none is known; `also` are codes that are to be looked at, too."""
        asked = dict.fromkeys([*self._there(scene), *self._then(scene)])
        profiles = [self.profile(one) for one in [*asked, *also]]
        found = matched(scene, list({p.case.incident.code: p for p in profiles}.values()))
        if found is not None:
            return found
        profiles += [self.profile(one) for one in self._of_its_number(scene)]
        return matched(scene, list({p.case.incident.code: p for p in profiles}.values()))

    def _there(self, scene: Scene) -> Iterator[str]:
        """Yield the incidents of the scene's town, and of others that are named beside it, those nearest in time first."""
        day = scene.day.start if scene.day else scene.published
        for place in (scene.place, *scene.named[:_TOWNS]):
            if place is not None and not (place.found and (place.precision or 9) > 3):
                yield from self._derived.incidents_at(place.place_id, place.words, day, _LOOKED_INTO)

    def _of_its_number(self, scene: Scene) -> Iterator[str]:
        """Yield the incidents of a month about the day told with the same number of dead: it may be told with another day."""
        day, place = scene.day, scene.place
        killed = {n for m, _, n in scene.figures if m is Measure.KILLED and n >= _TELLING}
        if not killed or place is None or place.country is None or day is None or day.precision > 1:
            return
        first, last = day.start.toordinal() - _MONTH, day.end.toordinal() + _MONTH
        tellings = map(telling_of, self._derived.tellings_near(place.country, first, last).to_pylist())
        ids = [t.telling_id for t in tellings if t.figures.get(Measure.KILLED, (None, None, None))[1] in killed]
        rows = self._derived.table("membership", claim_id=ids[:_LOOKED_INTO]).to_pylist() if ids else []
        yield from dict.fromkeys(row["incident_id"] for row in rows)

    def _then(self, scene: Scene) -> Iterator[str]:
        """Yield the incidents of the scene's day, those of its number or its names first."""
        day = scene.day or None
        if day is None and scene.published is None:
            return
        if day is not None and day.precision > 1:
            return
        country = scene.place.country if scene.place is not None else None
        if day is not None:
            first, last = day.start.toordinal() - _AROUND, day.end.toordinal() + _AROUND
        else:
            last = scene.published.toordinal() if scene.published else 0
            first = last - 7
        tellings = [telling_of(row) for row in self._derived.tellings_near(country, first, last).to_pylist()]
        killed = {n for m, _, n in scene.figures if m is Measure.KILLED}
        figures = {t.telling_id: t.figures.get(Measure.KILLED, (None, None, None))[1] for t in tellings}
        tellings.sort(key=lambda t: (figures[t.telling_id] not in killed, t.telling_id))
        ids = [t.telling_id for t in tellings[: 2 * _LOOKED_INTO]]
        rows = self._derived.table("membership", claim_id=ids).to_pylist() if ids else []
        of = {row["claim_id"]: row["incident_id"] for row in rows}
        yield from list(dict.fromkeys(of[i] for i in ids if i in of))[:_LOOKED_INTO]
