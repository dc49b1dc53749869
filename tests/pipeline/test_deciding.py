"""Deciding together: several decisions as one, on what was seen, kept once or not at all."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.collect.incoming import Incoming
from marsad.model import UNDONE, Decision, DecisionKind, Wrong
from marsad.pipeline.corrected import added_claims, standing_on
from marsad.pipeline.deciding import Draft, Overtaken, Seen
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import WriteService
from marsad.pipeline.touched import Touched

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXT = "قُتل 95 شخصا. 95 people were killed in Raqqa, 12 of them children."


class Two:
    """An observatory with two reports, and two people who decide through indexes of their own, as two servers would."""

    def __init__(self, path: Path) -> None:
        self.obs = Observatory.init(path, "test", NOW)
        self.kept = self.obs.kept()
        self.service = WriteService(self.kept, self.obs.vault, os.urandom)
        items = [Incoming(f"{n}.txt", TEXT.encode(), f"Outlet {n}", date(2014, 11, 26), "en") for n in range(2)]
        self.a, self.b = (receipt.report_id for receipt in self.service.receive(items, NOW))
        self.indexes = [Touched(), Touched()]

    def version(self, *anchors: str, who: int = 0) -> int:
        """Return the version that somebody sees."""
        with self.kept.read() as reading:
            return self.indexes[who].version(reading, anchors)

    def decide(self, drafts: list[Draft], seen: list[Seen], who: int = 0, reason: str = "read") -> bool:
        """Decide; return whether it was new."""
        return self.service.decide_together(drafts, self.indexes[who], seen, f"person-{who}", reason, NOW).new


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    made = Two(tmp_path / "obs")
    yield made
    made.kept.close()


def test_whoever_did_not_see_is_refused_whole(two: Two) -> None:
    """Of an edit on two claims of which one changed meanwhile, nothing is kept; both indexes see the same versions."""
    one, other = f"{two.a}:5-7", f"{two.b}:5-7"
    assert two.decide([Draft(one, DecisionKind.ACCEPT, {})], [Seen((one,), 0)])
    both = [Draft(a, DecisionKind.REJECT, {}) for a in (other, one)]
    with pytest.raises(Overtaken) as fault:
        two.decide(both, [Seen((other,), 0), Seen((one,), 0)], who=1)
    assert fault.value.version == two.version(one, who=1) == two.version(one) > 0
    with two.kept.read() as reading:
        assert len(list(reading.decisions())) == 1


def test_naming_touches_what_is_named(two: Two) -> None:
    """A join of one claim with another changes the version of both: a merge the other way round is refused."""
    one, other = f"{two.a}:5-7", f"{two.b}:5-7"
    seen = [Seen((one,), 0), Seen((other,), 0)]
    assert two.decide([Draft(one, DecisionKind.JOIN, {"with": other})], seen)
    assert two.version(one) == two.version(other) > 0
    with pytest.raises(Overtaken):
        two.decide([Draft(other, DecisionKind.JOIN, {"with": one})], seen[::-1], who=1)


def test_the_same_edit_is_recognised(two: Two) -> None:
    """Sent again by the same person it changes nothing; by somebody else, or in other words, it is refused."""
    one = f"{two.a}:5-7"
    edit = [Draft(one, DecisionKind.ACCEPT, {}), Draft(one, DecisionKind.CORRECT, {"low": 90})]
    assert two.decide(edit, [Seen((one,), 0)])
    assert not two.decide(edit, [Seen((one,), 0)])
    with pytest.raises(Overtaken):
        two.decide(edit, [Seen((one,), 0)], who=1)
    with pytest.raises(Overtaken):
        two.decide(edit, [Seen((one,), 0)], reason="other words")


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (DecisionKind.ACCEPT, {"low": 1}),
        (DecisionKind.ADD, {"text": "95"}),
        (DecisionKind.ADD, {"measure": "killed", "text": "96"}),
        (DecisionKind.CORRECT, {"start": 0, "end": 3, "text": "not there"}),
        (DecisionKind.JOIN, {"with": "0" * 24 + ":1-2"}),
        (DecisionKind.PERSON, {"a": ["x", "1"], "b": ["x", "1"], "says": "same"}),
        (DecisionKind.PERSON, {"a": ["x", "1"], "b": ["y", "1"], "says": "maybe"}),
        (DecisionKind.SIGN_TOLL, {}),
        (DecisionKind.GRADE, {"undone": True, "grade": "fair"}),
    ],
)
def test_an_impossible_decision_is_refused(two: Two, kind: DecisionKind, body: dict[str, object]) -> None:
    """Bodies that say too much or too little, words that do not stand there, and records that are one are refused."""
    one = f"{two.a}:5-7"
    with pytest.raises(Wrong):
        two.decide([Draft(one, kind, body)], [Seen((one,), 0)])
    assert two.version(one) == 0


_DRAFTS = st.lists(
    st.tuples(
        st.sampled_from(["5-7", "14-16", "46-48"]),
        st.sampled_from([DecisionKind.ACCEPT, DecisionKind.REJECT]),
        st.booleans(),
        st.integers(0, 1),
        st.booleans(),
    ),
    max_size=12,
)


@pytest.mark.long
@given(_DRAFTS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_edits_keeps_each_once(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, DecisionKind, bool, int, bool]]
) -> None:
    """Of any edits by two people, those answered with a yes are the ledger's, in order; stale ones are refused."""
    two = Two(tmp_path_factory.mktemp("order") / "obs")
    expected: list[tuple[str, str]] = []
    newest: dict[str, bool] = {}
    for n, (span, kind, undo, who, stale) in enumerate(edits):
        anchor = f"{two.a}:{span}"
        body = {UNDONE: True} if undo else {}
        version = 0 if stale else two.version(anchor, who=who)
        try:
            two.decide([Draft(anchor, kind, body)], [Seen((anchor,), version)], who, f"edit {n}")
            expected.append((anchor, f"edit {n}"))
            assert not (stale and newest.get(anchor))
            newest[anchor] = True
        except Overtaken:
            assert stale
            assert newest[anchor]
    with two.kept.read() as reading:
        decisions = list(reading.decisions())
    assert [(d.anchor, d.reason) for d in decisions] == expected
    two.kept.close()


def _decided(kind: DecisionKind, body: dict[str, object], version: int = 1) -> Decision:
    return Decision(f"{'a' * 24}:5-7", kind, version, body, "lynx", "read", NOW)


def test_what_is_undone_does_not_stand() -> None:
    """An undone decision stands for nothing, and decided again it stands anew."""
    made = [_decided(DecisionKind.REJECT, {}), _decided(DecisionKind.REJECT, {UNDONE: True}, 2)]
    assert standing_on(made) == {}
    again = [*made, _decided(DecisionKind.REJECT, {}, 3)]
    assert standing_on(again)[made[0].anchor][DecisionKind.REJECT].version == 3


def test_an_added_claim_is_a_claim_of_its_words() -> None:
    """Slots that are not said are those of a plain claim; one that cannot be makes none."""
    [row] = added_claims(
        [_decided(DecisionKind.ADD, {"measure": "killed", "text": "95", "value": 95, "low": 95, "high": 95})]
    )
    assert (row["start"], row["end"], row["text"], row["rule"]) == (5, 7, "95", "person")
    assert (row["measure"], row["status"], row["scope"], row["low"]) == ("killed", "unknown", "incident", 95)
    assert added_claims([_decided(DecisionKind.ADD, {"measure": "hurt", "text": "95"})]) == []
    assert added_claims([_decided(DecisionKind.ADD, {"measure": "killed", "text": "longer than its span"})]) == []
