"""Pages of what stands beside incidents: who held what by day, a page for each place and one for each actor."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from marsad.publish.public import PublicHolding, PublicKnowledge, PublicParty, PublicPoint, PublicTopic
from marsad.publish.site.context_map import band, day_map, ground, shades_of, title
from marsad.publish.site.context_views import Around, Standing, on_day, turning_days
from marsad.publish.site.land import Land
from marsad.publish.site.speaker import Speaker
from marsad.publish.totals import killed_range

MOST = 150
"""Statements of one heading on one page, and names in one list; all are in the tables."""

_STEPS = 36
"""Days that the slider of the map has: more would weigh too much on a slow line."""

_LEADING = 3
Page = tuple[str, str, dict[str, Any]]
"""Its path, its template, what fills it."""


def context_pages(around: Around, land: Land, speaker: Speaker) -> Iterator[Page]:
    """Yield the pages of what stands beside incidents: the overview, then places, then actors."""
    shades = shades_of(around.context.holdings)
    shared: dict[str, Any] = {"around": around, "shades": shades, "name_of": lambda key: name_of(around, key, speaker)}
    shared["source_of"] = lambda one: source_of(one, around, speaker)
    yield "context.html", "context.html", {**shared, **_overview(around, land, speaker, shades)}
    for point in around.context.points:
        yield f"place/{point.id}.html", "place.html", {**shared, **_place(around, point, speaker, shades)}
    for party in around.context.parties:
        yield f"actor/{page_of(party)}.html", "actor.html", {**shared, **_actor(around, party, speaker)}


def page_of(party: PublicParty) -> str:
    """Return what the page of a party is called."""
    return party.id.removeprefix("a:")


def name_of(around: Around, key: str | None, speaker: Speaker) -> str:
    """Return the name of who acts: a party's in the reader's script, a description as it stands, or that none is told."""
    if key is None:
        return speaker.plain("context.nobody_named")
    party = around.parties.get(key)  # type: ignore[call-overload]
    return key if party is None else speaker.own(party.name, party.name_ar)


def _overview(around: Around, land: Land, speaker: Speaker, shades: dict[Any, int]) -> dict[str, Any]:
    holdings = around.context.holdings
    days = turning_days(holdings, _STEPS)
    held = [around.points[key] for key in dict.fromkeys(one.point for one in holdings)]
    paper, drawn = ground(land, held) if holdings else (None, Markup())
    steps = []
    for day in days:
        standing = on_day(holdings, day)
        assert paper is not None  # noqa: S101 - there are days only where somebody held something
        picture = day_map(standing, around.points, shades, paper, speaker, day)
        steps.append((day, picture, _by_holder(standing, around, speaker)))
    known = [point for point in around.context.points if point.country is not None]
    return {
        "ground": drawn,
        "steps": steps,
        "legend": list(shades.items())[:9],
        "points": sorted(known, key=lambda p: speaker.own(p.name, p.name_ar))[: 4 * MOST],
        "parties": sorted(around.context.parties, key=lambda p: speaker.own(p.name, p.name_ar))[: 4 * MOST],
        "page_of": page_of,
    }


def _by_holder(
    standing: list[PublicHolding], around: Around, speaker: Speaker
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the places of one day by verdict and holder: what each group is called, names and pages."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in standing:
        said = verdict(one, around, speaker)
        groups.setdefault(said, []).append((title(one, around.points, speaker), f"place/{one.point}.html"))
    return sorted((said, sorted(places)) for said, places in groups.items())


def source_of(one: PublicKnowledge, around: Around, speaker: Speaker) -> str | None:
    """Return who says so, in the reader's script where it is known; None where only the outlet may be told."""
    party = around.party_of(one.source)
    return one.source if party is None else speaker.own(party.name, party.name_ar)


def rests(run: PublicHolding, around: Around, speaker: Speaker) -> list[tuple[str, str]]:
    """Return who says so, each once, with the statement that its name leads to."""
    found: dict[str, str] = {}
    for key in run.statements:
        said = around.said[key]
        found.setdefault(str(source_of(said, around, speaker) or said.outlet), str(key))
    return list(found.items())


def verdict(one: PublicHolding, around: Around, speaker: Speaker) -> str:
    """Return in words who holds a place: "Held by Islamic State"."""
    names = speaker.plain("site.comma").join(name_of(around, share.party, speaker) for share in one.shares)
    said = speaker.plain(f"verdict.{one.verdict}", parties=names)
    return said if not one.besieged else speaker.plain("verdict.besieged", verdict=said)


def _place(around: Around, point: PublicPoint, speaker: Speaker, shades: dict[Any, int]) -> dict[str, Any]:
    standings = around.standings_of(point)
    incidents = around.incidents_at(point)
    return {
        "point": point,
        "clauses": list(_clauses(around, point, standings, speaker)),
        "standings": [(one, *_drawn(one, around, speaker, shades)) for one in standings],
        "incidents": incidents[:MOST],
        "told": around.told_of(point, MOST),
        "page_of": page_of,
    }


def _drawn(
    one: Standing, around: Around, speaker: Speaker, shades: dict[Any, int]
) -> tuple[Markup, list[tuple[Any, ...]]]:
    first, last = min(run.first for run in one.runs), max(run.last for run in one.runs)
    rows = [(run, verdict(run, around, speaker), rests(run, around, speaker)) for run in one.runs]
    return band(one.days, shades, (first, last), speaker), rows


def _clauses(
    around: Around, point: PublicPoint, standings: list[Standing], speaker: Speaker
) -> Iterator[tuple[Markup, list[tuple[str, str]]]]:
    """Yield the clauses of a place's summary with what each rests on: a number to show and where it leads."""
    for one in standings[:_LEADING]:
        said = verdict(one.last, around, speaker)
        place = title(one.last, around.points, speaker)
        day = speaker.day(one.last.last)
        links = [f"#{key}" for key in one.last.statements]
        yield speaker.html("context.clause_held", place=place, verdict=said, day=day), _numbered(links, speaker)
    for topic in (PublicTopic.POPULATION, PublicTopic.DISPLACED):
        found = around.numbers_of(point, topic)
        if found and (found[-1].low is not None or found[-1].high is not None):
            newest = found[-1]
            yield (
                speaker.html(
                    f"context.clause_{topic}",
                    n=speaker.range(newest.low, newest.high),
                    source=source_of(newest, around, speaker) or newest.outlet,
                    day=speaker.day(newest.last or newest.published),
                ),
                _numbered([f"#{newest.id}"], speaker),
            )
    incidents = around.incidents_at(point)
    if incidents:
        killed = speaker.range(*killed_range(incidents))
        links = [f"../incident/{one.code}.html" for one in incidents]
        said = (
            speaker.counted("context.clause_tolls", len(incidents))
            + " "
            + speaker.html("context.killed", killed=killed)
        )
        yield said, _numbered(links, speaker)


def _numbered(links: list[str], speaker: Speaker) -> list[tuple[str, str]]:
    return [(speaker.digits(str(n)), link) for n, link in enumerate(links[:6], 1)]


def _actor(around: Around, party: PublicParty, speaker: Speaker) -> dict[str, Any]:
    held = []
    for one in around.standings_by(party):
        mine = [run for run in one.runs if any(share.party == party.id for share in run.shares)]
        held.append(
            (
                title(one.last, around.points, speaker),
                one,
                [(run, verdict(run, around, speaker), rests(run, around, speaker)) for run in mine],
            )
        )
    incidents = around.incidents_by(party)
    return {
        "party": party,
        "held": held[:MOST],
        "incidents": incidents[:MOST],
        "killed": killed_range(incidents) if incidents else None,
        "told": around.told_by(party, MOST),
        "page_of": page_of,
    }


def deed(one: PublicKnowledge) -> str:
    """Return the key of the word for what a statement tells."""
    return f"deed.{one.topic}" if one.act is None else f"deed.{one.topic}.{one.act}"
