"""Admissions and denials: each tied to its incident, and what they do to its grade, in whatever order reports come in."""

from datetime import date
from pathlib import Path

import pytest
from seed_story import NOW, made
from small_world import Story, receive

from marsad.model import DecisionKind
from marsad.pipeline.again import rederived
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService
from marsad.pipeline.summary import summaries
from marsad.pipeline.verify import verify_observatory

DAY, LATER = date(2014, 11, 26), date(2014, 11, 28)
RAID = Story(
    "A Wire",
    DAY,
    "An air strike by the US-led coalition killed nine people in Raqqa on Tuesday, SOHR said.\n",
)
OWNED = Story(
    "A Paper",
    LATER,
    "The US-led coalition admitted on Thursday that its air strike had killed civilians in Raqqa on Tuesday.\n",
)
DENIED = Story(
    "A Paper", LATER, "The US-led coalition denied on Thursday that its aircraft had bombed Raqqa on Tuesday.\n"
)
RIVAL = Story("A Paper", LATER, "The Islamic State claimed responsibility for the attack in Raqqa on Tuesday.\n")
OF_OTHERS = Story("A Paper", LATER, "The Syrian army claimed that the Islamic State had bombed Raqqa on Tuesday.\n")


def grade(obs: Observatory) -> str:
    """Return the grade of the one incident."""
    [case] = summaries(obs)
    return case.grade.value


@pytest.mark.long
@pytest.mark.parametrize(
    ("told", "wanted"), [(OWNED, "confirmed"), (DENIED, "weak"), (RIVAL, "contested"), (OF_OTHERS, "weak")]
)
@pytest.mark.parametrize("first", [False, True])
def test_what_a_party_says_moves_the_grade(tmp_path: Path, told: Story, wanted: str, *, first: bool) -> None:
    """Who is accused and admits it confirms; a rival's claim contests; a denial, and a claim about others, move nothing."""
    obs = made(tmp_path / "obs", *([told, RAID] if first else [RAID, told]))
    assert grade(obs) == wanted


@pytest.mark.long
@pytest.mark.parametrize("told", [OWNED, DENIED, RIVAL])
def test_a_run_that_goes_on_leaves_what_one_run_leaves(tmp_path: Path, told: Story) -> None:
    """The statement read with the incident or after it: the same tables."""
    at_once = made(tmp_path / "one", RAID, told)
    in_turn = made(tmp_path / "two", RAID)
    receive(in_turn, [told], NOW)
    run(in_turn, processes=1)
    with at_once.derived(read_only=True) as one, in_turn.derived(read_only=True) as two:
        assert one.table("grading").equals(two.table("grading"))
        assert one.table("spoken").equals(two.table("spoken"))
        assert one.count("spoken") == 1


def test_verification_derives_it_again(tmp_path: Path) -> None:
    """What is stored is what deriving from what is kept gives."""
    obs = made(tmp_path / "obs", RAID, OWNED)
    assert verify_observatory(obs.path, lambda: rederived(obs, 1)) == []


def test_a_refused_admission_gives_the_grade_back(tmp_path: Path) -> None:
    """A person refuses the statement: the grade is what it was before, and the decision is no stray one."""
    obs = made(tmp_path / "obs", RAID, OWNED)
    assert grade(obs) == "confirmed"
    with obs.derived(read_only=True) as derived:
        [row] = derived.table("spoken").to_pylist()
        [known] = derived.table("knowledge", knowledge_id=row["knowledge_id"]).to_pylist()
    with obs.kept() as kept:
        WriteService(kept, obs.vault, bytes).decide(
            anchor=f"{known['report_id']}:{known['start']}-{known['end']}",
            kind=DecisionKind.REJECT,
            body={},
            actor="lynx",
            reason="misread",
            expected_version=0,
            now=NOW,
        )
    run(obs, processes=1)
    assert grade(obs) == "weak"
    with obs.derived(read_only=True) as derived:
        assert derived.table("rejection", stage="decide").num_rows == 0
    assert verify_observatory(obs.path, lambda: rederived(obs, 1)) == []


def test_as_known_before_the_admission_it_was_weak(tmp_path: Path) -> None:
    """On the day before the statement came in, nobody had admitted anything."""
    obs = made(tmp_path / "obs", RAID)
    receive(obs, [OWNED], NOW.replace(day=5))
    run(obs, processes=1)
    [then] = summaries(obs, date(2026, 1, 2))
    assert (then.grade.value, grade(obs)) == ("weak", "confirmed")
