"""One number for several incidents, totals of a war, and parts that add up or do not."""

import pytest
from little_ground import read

from marsad.model import Claim, Flag, RelationKind, Scope


def held(claims: list[Claim]) -> dict[int | None, list[int | None]]:
    """Return which numbers hold which single incidents."""
    by_id = {claim.claim_id: claim for claim in claims}
    out: dict[int | None, list[int | None]] = {}
    for claim in claims:
        for relation in claim.relations:
            if relation.kind is RelationKind.AGGREGATE_INCLUDES:
                out.setdefault(claim.value, []).append(by_id[relation.target].value)
    return out


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "Nine people were killed in Raqqa and five people were killed in Nawa. The two attacks killed 14 people.",
        ),
        ("ar", "قتل تسعة أشخاص في الرقة. وقتل خمسة أشخاص في نوى. وأسفر الهجومان عن مقتل 14 شخصا."),
        (
            "es",
            "Nueve personas murieron en Raqqa y cinco personas murieron en Nawa. Los dos ataques dejaron 14 muertos.",
        ),
        (
            "fr",
            "Neuf personnes ont été tuées à Raqqa et cinq personnes ont été tuées à Nawa. Les deux attaques ont fait 14 morts.",
        ),
        (
            "it",
            "Nove persone sono morte a Raqqa e cinque persone sono morte a Nawa. I due attacchi hanno causato 14 morti.",
        ),
        (
            "uk",
            "Дев'ятеро людей загинули в Ракці, п'ятеро людей загинули в Наві. Загалом загинули 14 людей у двох атаках.",
        ),
    ],
)
def test_one_number_for_several_incidents_holds_each(lang: str, text: str) -> None:
    """It is no toll of either, and its sum is confirmed."""
    claims = read(text, lang)
    assert held(claims) == {14: [9, 5]}
    whole = next(claim for claim in claims if claim.value == 14)
    assert whole.scope is Scope.AGGREGATE
    assert Flag.SUM_CONFIRMED in whole.flags
    assert {claim.scope for claim in claims if claim is not whole} == {Scope.INCIDENT}


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed in Raqqa and five in Nawa. The two attacks killed 15 people.",
        "Nine people were killed in Raqqa. The two attacks killed nine people.",
        "Nine civilians were killed. Five soldiers were killed. The attacks killed 14 people.",
        "Nine people were killed in Raqqa and five people were killed in Nawa. In Aleppo 14 people were killed.",
    ],
)
def test_what_does_not_come_to_the_sum_is_left_alone(text: str) -> None:
    """Another sum, a single incident, parts of other kinds, or a sentence about one attack."""
    claims = read(text)
    assert held(claims) == {}
    assert {claim.scope for claim in claims} == {Scope.INCIDENT}


def test_a_war_s_total_holds_the_incident_of_its_land_and_time() -> None:
    """The Syrian total holds Raqqa's dead of Tuesday, not those of Sudan; it is not added to them."""
    text = (
        "Air strikes killed 95 people in Raqqa on Tuesday. Shelling killed 12 people in Yida in Sudan on Tuesday. "
        "The Syrian conflict has killed more than 195,000 people since it began in March 2011."
    )
    assert held(read(text)) == {195_000: [95]}


@pytest.mark.parametrize(
    "total",
    [
        "The Syrian civil war of the past killed more than 195,000 people.",
        "The Syrian conflict has killed more than 90 people since it began in March 2011.",
    ],
)
def test_a_total_of_an_untold_time_or_below_the_toll_holds_nothing(total: str) -> None:
    """It may be of another war; and no total is below what it holds."""
    assert held(read("Air strikes killed 95 people in Raqqa on Tuesday. " + total)) == {}


def test_parts_that_come_to_their_whole_confirm_it() -> None:
    """Six civilians and three soldiers are nine."""
    whole = read("Nine people were killed, including six civilians and three soldiers.")[0]
    assert whole.flags == (Flag.DATE_ASSUMED, Flag.SUM_CONFIRMED)


@pytest.mark.parametrize(
    "parts", ["six civilians and two soldiers", "six women and three others", "six children and six civilians"]
)
def test_parts_that_may_leave_some_out_or_share_some_confirm_nothing(parts: str) -> None:
    """Children are civilians too; nothing is said of the rest."""
    whole = read(f"Nine people were killed, including {parts}.")[0]
    assert not {Flag.SUM_CONFIRMED, Flag.PARTS_EXCEED} & set(whole.flags)


def test_parts_above_their_whole_are_shown_to_a_person() -> None:
    """Seven children and four women are more than nine; every number is kept."""
    claims = read("Nine people were killed, including seven children and four women.")
    assert Flag.PARTS_EXCEED in claims[0].flags
    assert [claim.value for claim in claims] == [9, 7, 4]


def test_a_sum_may_be_told_behind_its_parts_without_a_word_of_several() -> None:
    """ "In all" of two days: the number is of both, though it says civilians where the parts say no more than people."""
    text = "Nine people were killed in Raqqa on Thursday, five in Nawa on Friday. In all, 14 civilians perished."
    assert held(read(text)) == {14: [9, 5]}
