"""The pictures: what they show, and that it can be read."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import pairwise

import cases
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from made import ASSETS, release_of, told

from marsad.model import Bound, Place
from marsad.publish.boundaries import land_for
from marsad.publish.public import PublicIncident, PublicStatement
from marsad.publish.site.draw import Scale, spread, ticks, top_of, width_of
from marsad.publish.site.graph import origin_graph
from marsad.publish.site.knowledge import knowledge_chart
from marsad.publish.site.land import read_land
from marsad.publish.site.places_map import spots_of, static_map
from marsad.publish.site.speaker import Speaker
from marsad.publish.site.strip import claim_strip
from marsad.publish.site.strip_rows import is_hollow, legend_of, rows_of
from marsad.publish.site.timeline import bins_of, timeline

EN, AR = Speaker("en"), Speaker("ar")
RAQQA = told(cases.raqqa())
TEXT = re.compile(r'<text x="([-\d.]+)" y="([-\d.]+)" class="([a-z -]+)">([^<]+)</text>')
SIZES = {"tick": 12, "note": 12, "policy": 13, "row-title": 15}


def boxes(svg: str, rtl: bool) -> list[tuple[float, float, float, float, str]]:
    """Return where each word of a drawing stands: left, top, right, bottom, and the word."""
    out = []
    for x, y, classes, escaped in TEXT.findall(svg):
        words = unescape(escaped)
        size = SIZES.get(classes.split()[0], 14)
        wide = width_of(words, size) / 1.04
        turned = -1 if rtl else 1
        start = float(x) - turned * (wide if "end" in classes else wide / 2 if "middle" in classes else 0)
        left, right = sorted((start, start + turned * wide))
        out.append((left, float(y) - size * 0.7, right, float(y), words))
    return out


def collisions(found: list[tuple[float, float, float, float, str]]) -> list[tuple[str, str]]:
    """Return the pairs of words that stand on one another."""
    return [
        (a[4], b[4])
        for n, a in enumerate(found)
        for b in found[n + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


def drawings(incident: PublicIncident, speaker: Speaker) -> list[str]:
    """Return the strip's drawings, wide and narrow."""
    return re.findall(r"<svg.*?</svg>", str(claim_strip(incident, speaker)), re.S)


@pytest.mark.parametrize("speaker", [EN, AR], ids=["en", "ar"])
@pytest.mark.parametrize("make", [cases.raqqa, cases.nowhere, cases.fighters])
def test_no_word_of_the_strip_stands_on_another_or_off_the_sheet(make: object, speaker: Speaker) -> None:
    """In both forms and both directions."""
    assert callable(make)
    for svg in drawings(told(make()), speaker):
        width = float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1])  # type: ignore[index]
        found = boxes(svg, speaker.rtl)
        assert collisions(found) == []
        assert [words for left, _, right, _, words in found if left < -1 or right > width + 1] == []


NUMBER = st.integers(0, 400)
SAID = st.lists(
    st.tuples(st.sampled_from(cases.RAQQA_SAID), NUMBER, NUMBER, st.sampled_from(Bound)), min_size=1, max_size=14
)


@settings(max_examples=60, deadline=None)
@given(SAID, st.booleans())
def test_a_strip_of_any_claims_can_be_read(said: list[tuple[cases.Said, int, int, Bound]], rtl: bool) -> None:
    """Whatever is said: no word on another word, and a mark for each number that one origin gives."""
    findings = []
    for n, (one, a, b, bound) in enumerate(said):
        finding = replace(one, report=str(n)).finding()
        low, high = sorted((a, b))
        claim = replace(finding.claim, value=a if bound is not Bound.RANGE else None, low=low, high=high, bound=bound)
        findings.append(replace(finding, claim=claim))
    incident = told(replace(cases.raqqa(), findings=tuple(findings)))
    for svg in drawings(incident, AR if rtl else EN):
        assert collisions(boxes(svg, rtl)) == []


def test_the_strip_shows_origins_not_outlets() -> None:
    """The Observatory is one lane with five reprints beneath; the denial and the withdrawn number are hollow."""
    [killed] = [row for row in rows_of(RAQQA) if (row.measure, row.category) == ("killed", "total")]
    observatory = next(lane for lane in killed.lanes if lane.origin.name == cases.SOHR.name)
    assert [mark.value for mark in observatory.marks] == [60, 95]
    assert (observatory.chief.value, len(observatory.copies)) == (95, 5)
    assert len(killed.lanes) == 5
    hollow = [mark for row in rows_of(RAQQA) for lane in row.lanes for mark in lane.marks if is_hollow(mark)]
    assert sorted(mark.modality for mark in hollow) == ["denied", "retracted"]


def test_running_totals_have_no_place_on_the_strip() -> None:
    """195,000 killed in a war would make a city's dead invisible, and are no part of them."""
    assert max(n for row in rows_of(RAQQA) for n in (*row.points, *row.reaches)) < 1000
    assert "195,000" not in str(claim_strip(RAQQA, EN))


def test_every_mark_opens_to_its_statement() -> None:
    """Each dot is a link to the words."""
    targets = set(re.findall(r'href="#(s[0-9a-f]+(?:-\d+)?)"', drawings(RAQQA, EN)[0]))
    marks = {mark.id for row in rows_of(RAQQA) for lane in row.lanes for mark in lane.marks}
    assert targets == marks


def test_the_legend_explains_the_signs_that_are_there() -> None:
    """A small incident has a short legend."""
    assert legend_of(rows_of(RAQQA)) == ["dot", "whisker", "span", "hollow", "old", "copies", "band", "unknown", "slot"]
    assert legend_of(rows_of(told(cases.nowhere()))) == ["dot", "band"]


def test_the_reprints_are_drawn_beneath_their_origin() -> None:
    """Each outlet once, and an origin without reprints stands alone."""
    svg = str(origin_graph(RAQQA, EN))
    assert [svg.count(f"\u2068{outlet}\u2069") for outlet in ("AFP", "Reuters", "Naharnet", "The Guardian")] == [
        1,
        1,
        1,
        1,
    ]
    assert str(origin_graph(told(cases.nowhere()), EN)) == ""


def test_the_chart_of_knowledge_strikes_what_was_withdrawn() -> None:
    """135 is shown and struck through; the last number of each origin is named at the edge."""
    svg = str(knowledge_chart(RAQQA, EN, date(2014, 12, 1)))
    assert svg.count('class="strike"') == 2
    assert "about" not in svg
    assert all(f">{said}</tspan>" in svg for said in ("95", "≥63", "≥209", "110–140"))


def test_a_range_in_the_timeline_is_drawn_in_full() -> None:
    """However far high lies above low."""
    figures = tuple(replace(one, low=5, best=6, high=900) if one.low is not None else one for one in RAQQA.figures)
    svg = str(timeline([replace(RAQQA, figures=figures)], "ucdp", EN))
    [maybe] = set(re.findall(r'y="([\d.]+)" width="[\d.]+" height="([\d.]+)" class="maybe"', svg))
    assert float(maybe[1]) > 160


def test_the_timeline_has_no_gaps_and_adds_up() -> None:
    """A day without an incident is a day; sums are those of the incidents."""
    release = release_of(cases.every())
    bins, unit = bins_of(release.incidents, "ucdp")
    assert (unit, len(bins)) == ("day", 7)
    assert (sum(b.low for b in bins), sum(b.best for b in bins), sum(b.high for b in bins)) == (78, 110, 224)
    years = [replace(RAQQA, occurred_from=date(year, 3, 1)) for year in (1999, 2014)]
    assert [len(bins_of(years, "ucdp")[0]), bins_of(years, "ucdp")[1]] == [16, "year"]


def test_a_place_is_drawn_as_large_as_it_is_known() -> None:
    """A disc for a city, the province's outline for a province, nothing for a name nobody knows."""
    release = release_of(cases.every())
    land = read_land(land_for(release.incidents, ASSETS / "boundaries"))
    spots = spots_of(release.incidents, land)
    assert {str(spot.place.name): spot.area.code if spot.area else None for spot in spots} == {
        "Raqqa": None,
        "Idlib": "SY-ID",
    }
    svg = str(static_map(spots, land, EN))
    assert svg.count('class="area"') == 1
    assert "Raqqa" in svg
    assert "Tell Qarra" not in svg


@settings(max_examples=4, deadline=None)
@example(85.0, 12.5, 1)
@example(-85.0, -179.0, 4)
@example(0.0, 179.0, 7)
@given(st.floats(-85, 85), st.floats(-179, 179), st.integers(1, 7))
def test_any_place_on_earth_has_a_map(latitude: float, longitude: float, precision: int) -> None:
    """At the poles, at the date line, in the sea: a drawing with a mark on it."""
    place = Place("x", "gn:1", "Somewhere", None, "ZZ", None, latitude, longitude, precision)
    case = cases.fighters()
    findings = tuple(replace(f, claim=replace(f.claim, place=place)) for f in case.findings)
    release = release_of([replace(case, incident=replace(case.incident, place=place), findings=findings)])
    land = read_land(land_for(release.incidents, ASSETS / "boundaries"))
    svg = str(static_map(spots_of(release.incidents, land), land, EN))
    assert ('class="sure' in svg) or ('class="area"' in svg)


@given(st.lists(st.floats(0, 300), min_size=1, max_size=12))
def test_names_at_an_edge_keep_apart(wanted: list[float]) -> None:
    """However close the ends of the lines are: in their order, a line's height apart."""
    places = sorted(zip(wanted, spread(wanted, 20, 0, 300), strict=True))
    for (_, before), (_, after) in pairwise(places):
        assert after - before >= 20 - 1e-9


NUMBERS = st.lists(st.integers(0, 10**7), max_size=12)


@given(NUMBERS, NUMBERS, st.integers(2, 9))
def test_an_axis_has_round_numbers_and_holds_every_number_given(
    points: list[int], reaches: list[int], most: int
) -> None:
    """From zero, few; only what a range reaches to may lie beyond it, never a number that somebody gave."""
    top = top_of(points, reaches)
    found = ticks(top, most)
    assert found[0] == 0
    assert 1 <= len(found) <= most
    assert found[-1] <= top
    assert not [n for n in points if Scale(top, 0, 1).beyond(n)]
    assert points == [] or top <= max(1, 2 * max(points))


def test_a_statement_without_a_number_is_not_drawn_as_zero() -> None:
    """Unknown is hatched; only a stated zero is at zero."""
    unknown: list[PublicStatement] = [one for one in RAQQA.statements if one.bound == "unknown"]
    svg = drawings(RAQQA, EN)[0]
    for one in unknown:
        [mark] = re.findall(rf'<a href="#{one.id}".*?</a>', svg, re.S)
        assert 'fill="url(#hatch)"' in mark
        assert "<circle" not in mark
