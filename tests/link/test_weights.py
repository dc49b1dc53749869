"""What likenesses weigh, and what a score shows of itself."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tellings_made import telling, tellings

from marsad.link.compare import compared, levels
from marsad.link.say import reasons
from marsad.link.weights import default_weights, probability, weights_of
from marsad.model.telling import Telling


@pytest.mark.long
@given(tellings(), tellings(), st.integers(0, 200))
def test_a_score_is_the_sum_of_its_terms(a: Telling, b: Telling, crowd: int) -> None:
    """What is shown as the reasons adds up to what was decided on."""
    found, weights = compared(a, b), default_weights()
    assert sum(weights.terms(found, crowd).values()) == pytest.approx(weights.score(found, crowd))


@pytest.mark.parametrize(("text", "named"), [("[colour]\nred = 1", "colour"), ("[time]\nsoon = 1", "soon")])
def test_a_weight_for_what_is_not_compared_is_refused(text: str, named: str) -> None:
    """A slip of the pen in a project's weights is told, with what there is."""
    with pytest.raises(ValueError, match=named):
        weights_of(text)


def test_agreement_weighs_more_than_disagreement() -> None:
    """The shipped weights are in the order that the words have."""
    of = default_weights().of
    assert of["killed"]["same-rare"] > of["killed"]["same-telling"] > of["killed"]["same-few"] > of["killed"]["apart"]
    assert of["time"]["same-day"] > of["time"]["next-day-of-a-quiet-place"] > of["time"]["next-day"]
    assert of["place"]["same-point"] > of["place"]["within-3-km"] > of["place"]["farther-off"]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_level_can_be_said(lang: str) -> None:
    """In English and in Arabic each comparison and each level has words."""
    words = tomllib.loads(files("marsad.resources").joinpath("linking_words.toml").read_text("utf-8"))[lang]
    for name, found in levels():
        assert words["sides"][name]
        assert all(words["levels"][level] for level in found)


def test_the_weightiest_reason_comes_first() -> None:
    """Same rare number before same place, contradiction marked with a minus."""
    a, b = telling(killed=95), telling(killed=95, traits={"weapon": "a"})
    found = compared(a, b)
    said = reasons(default_weights().terms(found, 0), found)
    assert said[0] == "+ the number of killed: the same, and a rare one"
    assert [line[0] for line in reasons({"killed": -1.0, "time": 0.5}, {"killed": "apart", "time": "same-day"})] == [
        "-",
        "+",
    ]


@given(st.floats(-700, 700))
def test_odds_and_probability(log_odds: float) -> None:
    """Probabilities lie within 0 and 1, and those for and against add up to 1."""
    assert 0 <= probability(log_odds) <= 1
    assert probability(log_odds) + probability(-log_odds) == pytest.approx(1)
