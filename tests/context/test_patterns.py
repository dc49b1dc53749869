"""Patterns: what sentences say was hit, shares with intervals, and change points, refused where nothing can be told."""

import tomllib
from datetime import date
from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.context.patterns import KEYS, Shape, pattern, wilson
from marsad.context.taxonomy import finer_weapon, part_of_day_in, targets, targets_in, twice_in, weapons
from marsad.model import Wrong
from marsad.text.lexicon import lexicon


@pytest.mark.parametrize(
    ("lang", "sentence", "wanted"),
    [
        ("en", "Nine people were killed when shells hit a school in Nawa.", ["school"]),
        ("en", "The market was bombed twice on Monday.", ["market"]),
        ("en", "Doctors at a hospital in Nawa said nine people were killed in the strike.", []),
        ("en", "The wounded were rushed to a field hospital after the strike.", []),
        ("en", "A shell landed near a hospital, killing nine people in a market.", ["market"]),
        ("en", "An air strike hit an ambulance and killed two paramedics.", ["rescuers"]),
        ("en", "The president went to school abroad.", []),
        ("ar", "استهدفت غارة جوية مستشفى في مدينة نوى.", ["hospital"]),
        ("ar", "نقلوا إلى مستشفى المدينة بعد القصف.", []),
        ("fr", "Une frappe a touché une école à Nawa.", ["school"]),
        ("es", "Un misil impactó en un mercado de Nawa.", ["market"]),
        ("it", "Un razzo ha colpito una scuola a Nawa.", ["school"]),
        ("uk", "Ракета влучила в лікарню у місті.", ["hospital"]),
        ("en", "Three people were killed in an air strike on Nawa on Sunday, medics told the agency.", []),
        ("en", "A missile hit paramedics, witnesses said.", ["rescuers"]),
        ("ar", "قتل ثلاثة أشخاص في غارة على نوى كما أفاد مسعفون.", []),
        ("ar", "استهدفت الغارة مسعفين في نوى.", ["rescuers"]),
        ("fr", "Trois morts dans une frappe sur Nawa, selon des secouristes.", []),
        ("es", "Tres muertos en un ataque contra Nawa, según rescatistas.", []),
    ],
)
def test_what_was_hit_is_read_and_what_was_only_named_is_not(lang: str, sentence: str, wanted: list[str]) -> None:
    """Where the wounded were brought, who spoke there and what stands near is no target."""
    assert targets_in(sentence, lang) == wanted


@pytest.mark.parametrize("table", ["target", "part_of_day"])
def test_every_entry_of_the_targets_is_found_in_its_example(table: str) -> None:
    """The rule of the house for data."""
    data = tomllib.loads((resources.files("marsad.resources") / "targets.toml").read_text("utf-8"))
    for entry in data[table]:
        found = targets_in(entry["example"], "en") if table == "target" else [part_of_day_in(entry["example"], "en")]
        assert entry["name"] in found, entry["name"]


def test_every_weapon_that_reports_tell_has_its_place_in_the_taxonomy() -> None:
    """All weapons of the lexicon; each with a name in Arabic, and a reason where it is called indiscriminate."""
    told = {weapon for _, weapon, _ in lexicon("en").weapons.entries}
    assert told <= weapons().keys()
    assert all(w.name_ar and (w.why is not None) == (w.indiscriminate is not None) for w in weapons().values())
    assert weapons()["barrel bomb"].acled == ("Explosions/Remote violence", "Air/drone strike")


def test_finer_words_and_second_strikes() -> None:
    """Cluster bombs are told from air strikes; a second strike on those who help is a double-tap."""
    assert finer_weapon("ألقت طائرات قنابل عنقودية على المدينة", "ar") == "cluster munition"
    assert finer_weapon("Jets bombed the town.", "en") is None
    assert twice_in("The site was hit again as rescuers arrived.", "en")
    assert not twice_in("A second round of talks was held.", "en")


@pytest.mark.parametrize(
    ("n", "of", "low", "high"),
    # Wilson's interval as printed by R 4: prop.test(n, of, correct = FALSE), and Newcombe (1998), table I.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_agrees_with_printed_examples(n: int, of: int, low: float, high: float) -> None:
    """Four shares and their intervals from Newcombe's comparison of seven methods."""
    assert wilson(n, of) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 200), st.integers(1, 200))
def test_an_interval_holds_its_share_and_stays_within_bounds(n: int, of: int) -> None:
    """Whatever the numbers."""
    n = min(n, of)
    low, high = wilson(n, of)
    assert 0 <= low <= n / of <= high <= 1


def shape(code: str, weapon: str | None, *hit: str, twice: bool | None = None) -> Shape:
    """Return what reports tell of an incident."""
    return Shape(code, date(2014, 11, 25), None, weapon, hit, None, twice)


def test_a_share_is_of_those_that_tell_and_the_silent_are_counted() -> None:
    """Two of three that tell were from the air; the fourth tells nothing, and is no part of the share."""
    shapes = [shape("a", "air strike"), shape("b", "air strike"), shape("c", "shelling"), shape("d", None)]
    found = pattern(shapes, "weapon")
    assert (found.incidents, found.stated) == (4, 3)
    assert [(s.value, s.n, round(s.share, 2), s.codes) for s in found.shares] == [
        ("air strike", 2, 0.67, ("a", "b")),
        ("shelling", 1, 0.33, ("c",)),
    ]


def test_nobody_reports_that_a_place_was_struck_once() -> None:
    """So the denominator of double-taps is every incident."""
    found = pattern([shape("a", None, twice=True), shape("b", None)], "double-tap")
    assert (found.stated, found.shares[0].share) == (2, 0.5)


@pytest.mark.parametrize("key", KEYS)
def test_no_incidents_have_no_shares(key: str) -> None:
    """And no division by zero."""
    assert pattern([], key).shares == ()


def test_protected_kinds_follow_the_targets() -> None:
    """A hospital and an ambulance stand under one protection; every target under some."""
    found = pattern([shape("a", None, "hospital", "rescuers")], "protected")
    assert [s.value for s in found.shares] == ["medical"]
    assert all(t.protected and t.name_ar for t in targets().values())


# --- change points ------------------------------------------------------------------------------------------------------

MONTHS = [date(2013 + n // 12, n % 12 + 1, 1) for n in range(36)]


def test_a_short_series_is_refused_by_name() -> None:
    """Eleven months, or few events, tell of no change."""
    breaks = pytest.importorskip("marsad.context.breaks").breaks
    with pytest.raises(Wrong, match="too short"):
        breaks(MONTHS[:11], [9] * 11, np.random.default_rng(1))
    with pytest.raises(Wrong, match="too short"):
        breaks(MONTHS, [0] * 35 + [20], np.random.default_rng(1))


@pytest.mark.long
def test_a_jump_is_found_where_it_is_with_its_doubt() -> None:
    """From four to sixteen a month in the nineteenth: dated there, give or take a month."""
    pytest.importorskip("ruptures")
    from marsad.context.breaks import breaks

    rng = np.random.default_rng(7)
    counts = [int(n) for n in (*rng.poisson(4, 18), *rng.poisson(16, 18))]
    [found] = breaks(MONTHS, counts, np.random.default_rng(1))
    assert abs(MONTHS.index(found.period) - 18) <= 1
    assert found.first <= MONTHS[18] <= found.last
    assert found.before < 6
    assert found.after > 14
    assert found.found > 0.9


@pytest.mark.long
def test_an_even_series_seldom_shows_a_change() -> None:
    """Of 200 even series at most one in twenty."""
    pytest.importorskip("ruptures")
    from marsad.context.breaks import _cut, _libraries

    ruptures, numpy = _libraries()
    rng = np.random.default_rng(3)
    alarms = sum(bool(_cut(ruptures, numpy, rng.poisson(6, 36).astype(float))) for _ in range(200))
    assert alarms <= 10
