"""The model that marsad ships fits its comparisons, is fit to be read, and can be said in words."""

import json
import math
from importlib import resources

import pytest

from marsad.link.persons.comparisons import COMPARISONS, RELATED, settings
from marsad.link.persons.kin import KINSHIPS
from marsad.link.persons.weights import SCRIPTS, read_model, shipped
from marsad.text.words import catalogue

LEVELS = {level.key for levels in COMPARISONS.values() for level in levels if not level.null}


@pytest.mark.parametrize("scripts", SCRIPTS)
def test_every_level_has_weights_and_no_other(scripts: str) -> None:
    """For each pair of scripts, each level of each comparison has two chances above 0, at most 1."""
    weights = shipped().weights[scripts]
    assert {key for levels in weights.values() for key in levels} == LEVELS
    assert all(0 < chance <= 1 for levels in weights.values() for pair in levels.values() for chance in pair)


@pytest.mark.parametrize("scripts", SCRIPTS)
def test_agreeing_speaks_for_and_differing_against(scripts: str) -> None:
    """What anybody would expect of the weights, whatever the training found."""
    weights = shipped().weights[scripts]
    for comparison, key in (("own", "own_same"), ("line", "line_sound"), ("age", "born_same"), ("id", "id_same")):
        assert math.log2(weights[comparison][key][0] / weights[comparison][key][1]) > 5
    for comparison, key in (
        ("own", "own_other_known"),
        ("line", "line_other"),
        ("age", "age_other"),
        ("id", "id_other"),
    ):
        assert math.log2(weights[comparison][key][0] / weights[comparison][key][1]) < -3


def test_a_shared_day_says_less_between_relatives() -> None:
    """People of one house die together: the same day of death weighs less than between strangers."""
    died = shipped().weights["aa"]["died"]
    related, strangers = died[f"{RELATED}died_same"], died["died_same"]
    assert related[0] / related[1] < strangers[0] / strangers[1] / 4


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_level_has_its_sentence(lang: str) -> None:
    """Reasons can be told in both languages, for each level and each kinship."""
    told = catalogue("persons", lang)
    assert [key for key in (*LEVELS, *KINSHIPS) if f"reason.{key.removeprefix(RELATED)}" not in told] == []


def test_no_condition_touches_a_column_that_is_not_ascii() -> None:
    """String functions are given one-byte columns only: the name as written never comes near them."""
    conditions = " ".join(level.condition or "" for levels in COMPARISONS.values() for level in levels)
    for function in ("jaro_winkler_similarity(", "damerau_levenshtein(", "starts_with("):
        for after in conditions.split(function)[1:]:
            assert after.startswith(("own_", "father_", "grand_", "family_", "id_ok_"))


def test_the_model_says_where_it_comes_from() -> None:
    """The file names the script, the seed and the numbers, and reads as what is shipped."""
    text = (resources.files("marsad.resources") / "persons" / "weights.json").read_text("utf-8")
    assert {"by", "seed", "people", "sample"} <= set(json.loads(text)["made"])
    assert read_model(text) == shipped()


@pytest.mark.long
def test_splink_takes_the_settings() -> None:
    """The settings are a Splink model: it loads them."""
    splink = pytest.importorskip("splink")
    made = splink.SettingsCreator.from_path_or_dict(settings(shipped().weights["aa"], 0.001))
    assert len(made.create_settings_dict("duckdb")["comparisons"]) == len(COMPARISONS)
