"""Through whose hands a number went into print."""

from told import SOHR, at_least, claim, day, hear, heard

from marsad.link.lineage import lineage
from marsad.link.origins import folds
from marsad.model import Part
from marsad.model.heard import Heard


def ways(*told: Heard) -> list[list[tuple[str, str]]]:
    """Return the hands of each claim: what they did, and their names."""
    found = lineage(told, folds(told))
    return [[(hand.part.value, hand.name) for hand in found[item.claim.claim_id]] for item in told]


def test_who_established_comes_first_and_who_printed_last() -> None:
    """The Observatory told it to an agency, which the report credits, and the Daily printed it."""
    [way] = ways(heard(claim(by=SOHR), "Daily", wire="AFP"))
    assert way == [("established", SOHR[0]), ("relayed", "AFP"), ("printed", "Daily")]


def test_whoever_is_named_as_passing_on_is_in_the_chain() -> None:
    """The chain of the text, nearest to the speaker first; a known name as marsad writes it."""
    [way] = ways(heard(claim(by=(*SOHR, "Radio Lantern", "رويترز")), "Daily"))
    assert way == [("established", SOHR[0]), ("relayed", "Radio Lantern"), ("relayed", "Reuters"), ("printed", "Daily")]


def test_an_unmarked_number_went_through_the_report_that_gave_it_first() -> None:
    """The Digest's own 95 is the Observatory's by way of the Wire, with a probability; the Wire's is certain."""
    told = hear(("Wire", 25, {**at_least(95), "by": SOHR}), ("Digest", 26, {"value": 95}))
    found = lineage(told, folds(told))
    first, second = (found[item.claim.claim_id] for item in told)
    assert [(h.name, h.probability) for h in first] == [(SOHR[0], 1.0), ("Wire", 1.0)]
    assert [h.name for h in second] == [SOHR[0], "Wire", "Digest"]
    assert 0.5 < second[1].probability < 1
    assert [h.part for h in second] == [Part.ESTABLISHED, Part.RELAYED, Part.PRINTED]


def test_who_counts_and_prints_is_there_twice_and_nobody_else() -> None:
    """A monitor's own page: it established, it printed."""
    assert ways(heard(claim(), SOHR[0])) == [[("established", SOHR[0]), ("printed", SOHR[0])]]


def test_turns_count_up() -> None:
    """From whoever established it, one by one."""
    [item] = hear(("Daily", 26, {"by": (*SOHR, "A", "B", "C")}))
    hands = lineage([item], folds([item]))[item.claim.claim_id]
    assert [hand.turn for hand in hands] == list(range(5))
    assert item.published == day(26)


def test_a_chain_is_cut_in_the_middle() -> None:
    """A hostile chain of a hundred names keeps its ends."""
    [way] = ways(heard(claim(by=tuple(f"Name {n}" for n in range(100))), "Daily"))
    assert len(way) == 8
    assert (way[0][1], way[-1][1]) == ("Name 0", "Daily")
