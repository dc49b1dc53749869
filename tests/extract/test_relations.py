"""How the counts of a report hang together: parts, repetitions, and the arithmetic between them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_ground import read

from marsad.extract.draft import Draft
from marsad.extract.relations import related
from marsad.model import Bound, Claim, Group, Measure, Modality, ReportId, Scope, Status


def draft(at: int, **told: Any) -> Draft:
    """Return a draft at this position of a report; what differs from nine people killed is named."""
    fields: dict[str, Any] = {
        "measure": Measure.KILLED,
        "value": 9,
        "low": 9,
        "high": 9,
        "bound": Bound.EXACT,
        "status": Status.UNKNOWN,
        "group": None,
        "attribution": (),
        "scope": Scope.INCIDENT,
        "modality": Modality.ASSERTED,
    }
    ours: dict[str, Any] = {
        key: told.pop(key) for key in ("sentence", "parent", "points_back", "fraction") if key in told
    }
    claim = Claim(
        claim_id=Claim.identity(ReportId("r"), at, at + 1, Measure.KILLED),
        report_id=ReportId("r"),
        start=at,
        end=at + 1,
        text="x",
        occurred=None,
        place=None,
        perpetrator=None,
        weapon=None,
        subset_of=None,
        same_as=None,
        derived=False,
        rule="test",
        score=1.0,
        **{**fields, **told},
    )
    given: dict[str, Any] = {"sentence": at, "parent": None, "points_back": False, "fraction": None, **ours}
    return Draft(claim, **given)


DRAFTS: st.SearchStrategy[list[dict[str, Any]]] = st.lists(
    st.builds(
        dict,
        value=st.none() | st.integers(0, 99),
        status=st.sampled_from(Status),
        bound=st.sampled_from([Bound.EXACT, Bound.UNKNOWN, Bound.FRACTION]),
        scope=st.sampled_from([Scope.INCIDENT, Scope.CUMULATIVE]),
        points_back=st.booleans(),
        parent=st.none() | st.integers(0, 3),
        sentence=st.integers(0, 2),
        attribution=st.sampled_from([(), ("a",), ("b",)]),
    ),
    max_size=12,
)


@given(DRAFTS)
def test_relations_point_at_earlier_claims_and_intervals_hold(told: list[dict[str, Any]]) -> None:
    """Every part points at a claim of the report, in no circle, every repetition at one told before; low never exceeds high."""
    drafts = []
    for at, fields in enumerate(sorted(told, key=lambda fields: fields["sentence"])):
        number = fields["value"] if fields["bound"] is Bound.EXACT else None
        share = (1, 2, True) if fields["bound"] is Bound.FRACTION else None
        drafts.append(draft(at, **{**fields, "value": number, "low": number, "high": number, "fraction": share}))
    claims = list(related(drafts))
    assert len(claims) == len(drafts)
    seen: set[str] = set()
    whole = {claim.claim_id: claim.subset_of for claim in claims}
    for claim in claims:
        chain = claim.subset_of
        for _ in claims:
            chain = whole[chain] if chain is not None else None
        assert chain is None
        assert claim.same_as is None or claim.same_as in seen
        assert claim.low is None or claim.high is None or claim.low <= claim.high
        seen.add(claim.claim_id)


def test_a_whole_may_follow_its_share() -> None:
    """ "Half of the 60 people killed were civilians": 30 of 60, by arithmetic."""
    share, whole = read("Half of the 60 people killed in air raids on the town of Raqqa were civilians.")
    assert (share.text, share.low, share.high, share.derived) == ("Half", 30, 30, True)
    assert (share.status, share.subset_of) == (Status.CIVILIAN, whole.claim_id)
    assert (whole.value, whole.status, whole.subset_of) == (60, Status.UNKNOWN, None)


def test_one_in_five_is_a_share() -> None:
    """Neither five people nor one child."""
    [_, share] = read("The raid killed 50 people. One in five of the dead was a child.")
    assert (share.text, share.low, share.high, share.group) == ("One in five of the dead", 10, 10, Group.CHILDREN)


def test_members_of_an_armed_party_are_fighters_also_as_a_predicate() -> None:
    """ "16 of the dead were members of Boko Haram"."""
    [_, part] = read("The raid killed 50 people. At least 16 of the dead were Boko Haram members.")
    assert (part.low, part.status) == (16, Status.COMBATANT)


def test_a_share_of_the_toll_gets_its_interval() -> None:
    """More than half of 95 is 48 to 95, derived, and points at the 95."""
    total, share = read("Raids kill 95.\nMore than half of the dead were civilians.")
    assert (share.low, share.high, share.derived, share.subset_of) == (48, 95, True, total.claim_id)
    assert (total.derived, total.subset_of) == (False, None)


def test_what_is_unknown_gets_what_is_left() -> None:
    """At most 95 less the 48 civilians: derived, and never a stated zero."""
    total, share, unknown = read(
        "Raids kill 95.\nMore than half of the dead were civilians.\nIt was unknown how many fighters died."
    )
    assert (unknown.low, unknown.high, unknown.derived) == (0, 47, True)
    assert (unknown.value, unknown.bound, unknown.modality) == (None, Bound.UNKNOWN, Modality.UNKNOWN)
    assert unknown.subset_of == total.claim_id == share.subset_of


def test_without_a_toll_nothing_is_derived() -> None:
    """Half of an untold number stays untold."""
    [share] = read("More than half of the dead were civilians.")
    assert (share.low, share.high, share.derived, share.subset_of) == (None, None, False, None)


@pytest.mark.parametrize(
    "second",
    [
        "The group withdraws the figure of 118 people killed.",
        "The army denied killing 118 people.",
        "The war has killed 118,000 people since March 2011.",
    ],
)
def test_no_share_is_taken_of_what_was_not_said_to_have_happened_here(second: str) -> None:
    """A retracted, a denied and a running total are no toll of the incident."""
    claims = read(f"{second}\nMore than half of the dead were civilians.")
    assert claims[-1].bound is Bound.FRACTION
    assert claims[-1].subset_of is None


def test_a_number_said_again_is_counted_once() -> None:
    """The second mention points at the first, a third one too."""
    first, second, third = read("Raids kill 95.\nThe raids killed 95 people.\nAt the end 95 people were killed.")
    assert (first.same_as, second.same_as, third.same_as) == (None, first.claim_id, first.claim_id)


@pytest.mark.parametrize(
    "text",
    [
        "Raids killed 9 people.\nRaids killed 12 people.",
        "Raids killed 9 people.\nRaids wounded 9 people.",
        "Raids killed 9 civilians.\nRaids killed 9 soldiers.",
        "The Observatory said 9 people were killed.\nMSF said 9 people were killed.",
        "Raids killed 9 people in Raqqa on Monday.\nRaids killed 9 people in Raqqa on Tuesday.",
        "Raids killed 9 people in Raqqa.\nRaids killed 9 people in Nawa.",
        "Video showed several bodies.\nVideo showed several bodies.",
    ],
)
def test_what_is_not_the_same_is_not_said_again(text: str) -> None:
    """Another number, harm, status, speaker, day or place; bodies on two films may be the same or others."""
    assert [claim.same_as for claim in read(text)] == [None, None]


def test_a_part_takes_its_whole_s_speaker_and_status() -> None:
    """Children among the civilians are civilians, counted by whoever counted these."""
    whole, part = read("The Observatory said 52 civilians were killed, including three women.")
    assert (part.attribution, part.status, part.subset_of) == (whole.attribution, Status.CIVILIAN, whole.claim_id)


def test_a_report_of_ten_thousand_counts_is_put_together_at_once() -> None:
    """Each count looks at a bounded number of others."""
    drafts = [draft(at, value=at % 7, low=at % 7, high=at % 7, points_back=at % 3 == 0) for at in range(10_000)]
    assert len(list(related(drafts))) == 10_000
