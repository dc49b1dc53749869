"""A hundred and twenty-four reports about forty-two made-up incidents in six countries, linked as a run does: no worse.

Their words are the project's own (tests/data/linked); towns are real, what happens in them is not. The sets were written and
marked before they were read; their first figures are in decisions 41, 46 and 51.
"""

from pathlib import Path

import pytest

from marsad.evaluate.origins import score_origins
from marsad.pipeline.evaluate_linking import Judged, evaluate_linking

LINKED = Path(__file__).parents[1] / "data" / "linked"
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def sudan() -> Judged:
    """Return how well the Sudanese reports are linked."""
    return evaluate_linking(LINKED / "sudan", processes=1)[0]


def test_most_claims_find_their_incident(sudan: Judged) -> None:
    """Of 24 reports in four languages nine claims in ten are with their own and nobody else's."""
    by_name = {linking.name: linking.grouping.every.bcubed.f1 or 0 for linking in sudan.linkings}
    assert by_name["end to end"] >= 0.9
    assert by_name["given claims"] >= 0.92


def test_origins_are_counted_as_a_person_counts_them(sudan: Judged) -> None:
    """Names in two languages, agencies, nobody in particular: the number of those who counted is right in most incidents."""
    assert (score_origins(sudan.origins).exact or 0) >= 0.85
    assert (score_origins(sudan.as_read).exact or 0) >= 0.6


def test_what_was_never_compared_keeps_nothing_apart() -> None:
    """Where half the places are in no gazetteer and reports name no country, what is joined is right, and most is joined."""
    [linkings] = [judged.linkings for judged in evaluate_linking(LINKED / "myanmar", processes=1)]
    found = {linking.name: linking.grouping.every.bcubed for linking in linkings}
    assert (found["end to end"].precision or 0) >= 0.9
    assert (found["end to end"].f1 or 0) >= 0.8
    assert (found["given claims"].f1 or 0) >= 0.94


def test_villages_that_no_list_has_are_known_by_their_names() -> None:
    """Vuhesi, Vuhezi and Vuessi are one, a nurse's name brings two reports of a hospital together; no join is wrong."""
    [judged] = evaluate_linking(LINKED / "congo", processes=1)
    found = {linking.name: linking.grouping.every.bcubed for linking in judged.linkings}
    assert (found["end to end"].precision or 0) >= 0.95
    assert (found["end to end"].f1 or 0) >= 0.85
    assert (found["given claims"].f1 or 0) >= 0.95


@pytest.mark.parametrize(
    ("country", "precision", "end_to_end", "given", "origins"),
    [("somalia", 0.92, 0.8, 0.87, 0.7), ("mali", 0.94, 0.62, 0.7, 0.6)],
)
def test_countries_that_nothing_was_tuned_for(
    country: str, precision: float, end_to_end: float, given: float, origins: float
) -> None:
    """Papers that do not name their country, villages in no list, wires with a capital's dateline; few joins are wrong.

    In Mogadishu a siege told as ended on Tuesday is one with Tuesday's shells on a district of it.
    """
    [judged] = evaluate_linking(LINKED / country, processes=1)
    found = {linking.name: linking.grouping.every.bcubed for linking in judged.linkings}
    assert (found["end to end"].precision or 0) >= precision
    assert (found["end to end"].f1 or 0) >= end_to_end
    assert (found["given claims"].f1 or 0) >= given
    assert (score_origins(judged.origins).exact or 0) >= origins
