"""ACLED: the 31 columns in the published order, the published kinds of events and rule of fatalities, read back."""

from dataclasses import replace

import cases
import pytest
from made import release_of
from many_incidents import many
from read_back import read_back
from tables import but, dicts_of, figure, rows_of

from marsad.publish.checks.acled import acled_faults
from marsad.publish.formats.acled import acled_format, acled_rows
from marsad.publish.formats.acled_events import INTERACTIONS, event_kinds
from marsad.publish.formats.described import codebook, table_bytes
from marsad.publish.public import PublicFigure, PublicIncident, PublicMeasure, compose

# Typed from the codebook, not from our description of it.
COLUMNS = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]

RELEASE = many(300)
DATA = table_bytes(acled_format(), acled_rows(RELEASE)[0])
ROWS = rows_of(DATA)


def raqqa(**change: object) -> dict[str, str]:
    """Return the row of the raid on Raqqa, with some of it changed."""
    release = release_of([cases.raqqa()])
    incident = replace(release.incidents[0], **change)  # type: ignore[arg-type]
    [row] = dicts_of(table_bytes(acled_format(), acled_rows(replace(release, incidents=(incident,)))[0]))
    return row


def only(*figures: PublicFigure) -> tuple[PublicFigure, ...]:
    """Return these figures as those of an incident."""
    return figures


def test_the_columns_stand_in_the_published_order() -> None:
    """31 of them, none of those removed in 2023."""
    assert ROWS[0] == COLUMNS
    assert len(COLUMNS) == 31
    assert not {"data_id", "event_id_no_cnty", "iso3"} & set(ROWS[0])


def test_the_raid_on_raqqa() -> None:
    """An air strike by state forces; fighters are spoken of, so civilians are not the only target; the lowest number."""
    row = raqqa()
    kinds = [row[name] for name in ("disorder_type", "event_type", "sub_event_type")]
    assert kinds == ["Political violence", "Explosions/Remote violence", "Air/drone strike"]
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2014-11-25", "2014", "1")
    assert (row["actor1"], row["inter1"], row["actor2"], row["inter2"], row["interaction"]) == (
        "Government of Syria",
        "1",
        "",
        "0",
        "10",
    )
    assert (row["iso"], row["country"], row["region"]) == ("760", "Syria", "Middle East")
    assert row["event_id_cnty"].startswith("SYR")
    assert (row["latitude"], row["longitude"], row["geo_precision"]) == ("35.9500", "39.0100", "1")
    assert row["fatalities"] == "63"
    assert row["timestamp"] == "1417478400"  # 2 December 2014, 00:00 UTC


def _without(*categories: str) -> tuple[PublicFigure, ...]:
    release = release_of([cases.raqqa()])
    return tuple(f for f in release.incidents[0].figures if f.category not in categories)


@pytest.mark.parametrize(
    ("weapon", "left", "event", "sub", "civilian", "interaction"),
    [
        ("air strike", ("combatants",), "Explosions/Remote violence", "Air/drone strike", True, "17"),
        ("shelling", (), "Explosions/Remote violence", "Shelling/artillery/missile attack", False, "10"),
        ("car bomb", (), "Explosions/Remote violence", "Remote explosive/landmine/IED", False, "10"),
        ("suicide bomb", (), "Explosions/Remote violence", "Suicide bomb", False, "10"),
        ("chemical", ("combatants",), "Explosions/Remote violence", "Chemical weapon", True, "17"),
        ("gunfire", ("combatants",), "Violence against civilians", "Attack", True, "17"),
        ("gunfire", (), "Battles", "Armed clash", False, "10"),
        (None, ("combatants", "civilians"), "Violence against civilians", "Attack", True, "17"),
    ],
)
def test_what_an_event_is_called(
    weapon: str | None, left: tuple[str, ...], event: str, sub: str, civilian: bool, interaction: str
) -> None:
    """From the weapon, and from whether fighters are told of; in violence against civilians they are actor 2."""
    row = raqqa(weapon=None if weapon is None else compose(weapon), figures=_without(*left))
    assert (row["event_type"], row["sub_event_type"], row["interaction"]) == (event, sub, interaction)
    assert row["civilian_targeting"] == ("Civilian targeting" if civilian else "")
    assert row["actor2"] == ("Civilians (Syria)" if civilian else "")


@pytest.mark.parametrize(
    ("perpetrator", "actor", "inter"),
    [
        ("Government of Syria", "Government of Syria", "1"),
        ("Government of Russia", "Government of Russia", "8"),
        ("Islamic State", "Islamic State", "2"),
        ("The Reeds", "The Reeds", "3"),
        (None, "Unidentified Armed Group (Syria)", "3"),
    ],
)
def test_classes_of_actors(perpetrator: str | None, actor: str, inter: str) -> None:
    """A state at home and abroad, a rebel group, a group that nobody knows, nobody named."""
    row = raqqa(perpetrator=None if perpetrator is None else compose(perpetrator))
    assert (row["actor1"], row["inter1"]) == (actor, inter)


@pytest.mark.parametrize(
    ("precision", "days", "time", "day"),
    [(1, 0, "1", "2014-11-20"), (2, 3, "2", "2014-11-21"), (3, 6, "2", "2014-11-23"), (4, 29, "3", "2014-12-04")],
)
def test_a_span_is_coded_at_its_middle_day(precision: int, days: int, time: str, day: str) -> None:
    """Two to seven days are a week, up to a month is a month."""
    from datetime import date, timedelta

    start = date(2014, 11, 20)
    row = raqqa(occurred_from=start, occurred_to=start + timedelta(days=days), occurred_precision=precision)
    assert (row["time_precision"], row["event_date"]) == (time, day)


def test_fatalities_are_one_number() -> None:
    """Under ACLED's own policy its number; else the lowest reported; 0 where nobody tells of any dead."""
    total = next(
        f for f in release_of([cases.raqqa()]).incidents[0].figures if f.policy == "ucdp" and f.measure == "killed"
    )
    own = replace(total, policy=compose("acled"), low=12, best=12, high=12)
    hurt = replace(total, measure=PublicMeasure.INJURED)
    assert raqqa(figures=only(own, total))["fatalities"] == "12"
    assert raqqa(figures=only(total))["fatalities"] == "63"
    assert raqqa(figures=only(hurt))["fatalities"] == "0"


def test_a_whole_country_or_a_year_is_no_event() -> None:
    """Nothing vaguer than a month or a larger region is coded; what is left out is counted."""
    rows, lost = acled_rows(RELEASE)
    told = [i for i in RELEASE.incidents if i.figures]
    vague = [i for i in told if i.occurred_precision in (None, 5)]
    wide = [i for i in told if i not in vague and not _placed(i)]
    reasons = {loss.key: loss.count for loss in lost if loss.which == "incidents"}
    wanted = {"no_policy": 300 - len(told), "no_day": len(vague), "no_place": len(wide), "other_policy": len(rows)}
    assert reasons == {reason: count for reason, count in wanted.items() if count}
    assert len(rows) == len(told) - len(vague) - len(wide)
    assert {row["geo_precision"] for row in dicts_of(DATA)} == {"1", "2", "3"}


@pytest.mark.parametrize("n", [300, pytest.param(10_000, marks=pytest.mark.soak)])
def test_read_back_every_event_has_the_same_number(n: int) -> None:
    """Our own reader finds the number; a 0 it takes for silence, as ACLED means it."""
    release = many(n)
    data = table_bytes(acled_format(), acled_rows(release)[0])
    assert list(acled_faults(iter(rows_of(data)))) == []
    known = {incident.code: incident for incident in release.incidents}
    rows = {row["event_id_cnty"]: row for row in dicts_of(data)}
    seen = 0
    for row in read_back(data):
        code = rows[row.cells["event_id_cnty"]]["tags"].rpartition("record=")[2]
        lowest = _lowest(known[compose(code)])
        assert row.ends("killed") == ((lowest, lowest, lowest) if lowest else None)
        seen += 1
    assert seen == len(rows)


def _placed(incident: PublicIncident) -> bool:
    place = incident.place
    return place is not None and place.precision in (1, 2, 3, 4, 5) and bool(place.name or place.admin1)


def _lowest(incident: PublicIncident) -> int:
    policy = "ucdp" if any(f.policy == "ucdp" for f in incident.figures) else "airwars"
    found = figure(incident, policy, "killed")
    return 0 if found is None or found.low is None else found.low


def test_what_the_file_cannot_hold_is_counted_in_its_codebook() -> None:
    """Civilians and combatants, the wounded, the upper ends of ranges."""
    _, lost = acled_rows(RELEASE)
    told = {
        (row["type"].removeprefix("not held: "), row["values"]): int(row["count"])
        for row in dicts_of(codebook(acled_format(), lost))
        if row["count"]
    }
    there = {row["tags"].rpartition("record=")[2] for row in dicts_of(DATA)}
    inside = [i for i in RELEASE.incidents if i.code in there]
    assert told["category", "ucdp killed civilians"] == sum(
        figure(i, "ucdp", "killed", "civilians") is not None for i in inside
    )
    assert told["measure", "ucdp injured total"] == sum(figure(i, "ucdp", "injured") is not None for i in inside)
    assert told["interval", "ucdp killed total"] == sum(
        (f := figure(i, "ucdp", "killed")) is not None and f.low not in (0, f.high) for i in inside
    )


def test_the_kinds_of_events_are_those_of_the_codebook() -> None:
    """Six types, 25 sub-types, each in one of them; 44 interactions."""
    subs = [sub for found in event_kinds().events.values() for sub in found]
    assert (len(event_kinds().events), len(subs), len(set(subs))) == (6, 25, 25)
    assert set(event_kinds().weapons.values()) <= set(subs)
    listed = "10-18,20,22-28,30,33-38,40,44-48,50,55-58,60,66-68,70,77,78,80,88"
    ends = [part.split("-") for part in listed.split(",")]
    assert {n for part in ends for n in range(int(part[0]), int(part[-1]) + 1)} == INTERACTIONS


WRONG = [
    ({"event_type": "Bombing"}, "event_type"),
    ({"sub_event_type": "Armed clash"}, "sub_event_type"),
    ({"disorder_type": "Demonstrations"}, "disorder_type"),
    ({"event_date": "25 November 2014"}, "event_date"),
    ({"year": "1999"}, "year"),
    ({"time_precision": "4"}, "time_precision"),
    ({"geo_precision": "0"}, "geo_precision"),
    ({"inter1": "9"}, "inter1"),
    ({"interaction": "19"}, "interaction"),
    ({"interaction": "88"}, "interaction"),
    ({"interaction": "Rebels-Everybody"}, "interaction"),
    ({"actor1": ""}, "actor1"),
    ({"actor2": "Civilians (Syria)"}, "inter2"),
    ({"civilian_targeting": "yes"}, "civilian_targeting"),
    ({"civilian_targeting": "Civilian targeting", "actor2": "", "inter2": "0"}, "civilian_targeting"),
    ({"iso": "999"}, "iso"),
    ({"event_id_cnty": "7"}, "event_id_cnty"),
    ({"event_id_cnty": "ZZZ7"}, "event_id_cnty"),
    ({"latitude": "135.1"}, "latitude"),
    ({"longitude": "39.123456"}, "longitude"),
    ({"fatalities": "-1"}, "fatalities"),
    ({"fatalities": "dozens"}, "fatalities"),
    ({"fatalities": ""}, "fatalities"),
    ({"timestamp": "2014-12-02"}, "timestamp"),
    ({"notes": "=1+1"}, "notes"),
]


@pytest.mark.parametrize(("change", "column"), WRONG)
def test_each_violation_is_found_where_it_stands(change: dict[str, str], column: str) -> None:
    """One cell put wrong: a fault in that row and column."""
    at = next(n for n, row in enumerate(ROWS, 1) if row[5] == "Explosions/Remote violence" and row[10] == "")
    faults = list(acled_faults(iter(but(ROWS, at, change))))
    assert column in {fault.column for fault in faults}, faults
    assert {fault.row for fault in faults} == {at}


def test_violence_against_civilians_has_them_as_actor_2() -> None:
    """Elsewhere the order of the actors means nothing."""
    at = next(n for n, row in enumerate(ROWS, 1) if row[5] == "Violence against civilians")
    faults = list(acled_faults(iter(but(ROWS, at, {"actor2": "Islamic State"}))))
    assert "actor2" in {fault.column for fault in faults}


@pytest.mark.parametrize(
    "words", ["Rebel group-Civilians", "Rebel group - Civilians", "State forces", "State forces only"]
)
def test_interactions_in_words_are_right_as_well(words: str) -> None:
    """Newer files write classes in words, with blanks or without."""
    assert not [f for f in acled_faults(iter(but(ROWS, 2, {"interaction": words}))) if f.column == "interaction"]
