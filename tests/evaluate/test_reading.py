"""All figures of a set of reports, against figures worked out by hand."""

import pytest
from marked_reports import compared, guess, mark, report

from marsad.evaluate.aliases import Speakers
from marsad.evaluate.marks import Decoy
from marsad.evaluate.pairs import compare
from marsad.evaluate.reading import Reading, judge

SPEAKERS = Speakers({"Clinic": ["the clinic"]})


def judged() -> Reading:
    """Four reports, worked out by hand.

    one (en), five marks, five guesses:
      5 killed, civilian, Clinic        → 5 killed, unknown, the clinic     count right, type wrong, speaker right
      12 injured, at least              → 12 injured, exactly               count right, bounds wrong
      "dozens" killed, vague, mixed     → "scores" killed, mixed            found; left out of counts
      40 displaced                      → missed
      9 killed, combatant, no speaker   → 8 killed, combatant, "Staff"      count wrong, speaker spurious
      –                                 → 3 injured                         spurious, on a decoy
    two (ar): 7 killed → 7 injured (category wrong); 2 missing → 2 missing.
    three (en), a hard negative, no marks → 1 killed (a false alarm).
    four (fr): 100 killed, not read at all.
    """
    one = compared(
        [
            mark(0, 10, 5, victim_type="civilian", attribution="Clinic"),
            mark(20, 30, None, "injured", low=12, high=None),
            mark(40, 50, None, low=24, high=99, vague=True, victim_type="mixed"),
            mark(60, 70, 40, "displaced"),
            mark(80, 90, 9, victim_type="combatant"),
        ],
        [
            guess(0, 10, 5, attribution="the clinic", rule="passive"),
            guess(20, 30, 12, "injured", rule="passive"),
            guess(40, 50, None, low=40, high=99, victim_type="mixed", rule="once", vague=True),
            guess(80, 90, 8, victim_type="combatant", attribution="Staff", rule="passive"),
            guess(100, 110, 3, "injured", rule="active"),
        ],
        name="one",
        decoys=[Decoy(105, 120, "age")],
    )
    two = compared(
        [mark(0, 10, 7), mark(20, 30, 2, "missing")],
        [guess(0, 10, 7, "injured", rule="active"), guess(20, 30, 2, "missing", rule="active")],
        name="two",
        lang="ar",
    )
    three = compared([], [guess(0, 10, 1, rule="active")], name="three", hard="sport")
    four = compare(report([mark(0, 10, 100)], name="four", lang="fr"), [], "fr is not read")
    return judge([one, two, three, four], SPEAKERS)


BY_HAND = {
    # 6 pairs; guesses 8; marks 8: one misses 1, four misses 1; spurious: one 1, three 1
    "found.precision": 6 / 8,
    "found.recall": 6 / 8,
    "found.f1": 12 / 16,
    # right: 5 killed, 12 injured, 2 missing; missed: 40, 9, 7, 100; spurious: 8, 3, 7 injured, 1
    "count.precision": 3 / 7,
    "count.recall": 3 / 7,
    "count.f1": 6 / 14,
    "count.killed.recall": 1 / 4,  # of 5, 9, 7, 100
    "count.killed.precision": 1 / 3,  # of 5, 8, 1
    "count.displaced.precision": None,
    "category.killed.recall": 3 / 5,  # 5, "dozens", 9; not 7, 100
    "category.injured.precision": 1 / 3,  # 12; not 3, 7
    "bounds.exact": 2 / 3,  # 5 and 2, not 12
    # pairs: civilian→unknown; unknown, mixed, combatant right; unknown twice right (two)
    "victim_type.civilian.f1": 0.0,
    "victim_type.unknown.precision": 3 / 4,
    "victim_type.macro_f1": (0 + 6 / 7 + 1 + 1) / 4,
    "attribution.precision": 1 / 2,
    "attribution.recall": 1.0,
    "hard_negative.share": 1.0,
    # paired, category right, both a number: 5→5, 12→12, 9→8, 2→2: 27 of 28
    "bias": -1 / 28,
    "incident_bias": -1 / 28,
    # largest killed by report: one 9→8, two 7→0, three 0→1, four 100→0
    "toll_bias": (9 - 116) / 116,
    "toll_non_zero_right": 0.0,
}


@pytest.mark.long
@pytest.mark.parametrize("name", BY_HAND)
def test_a_figure_is_what_a_person_works_out(name: str) -> None:
    """Each figure of the four reports equals the one worked out by hand."""
    assert judged().scores["all"].figures[name] == (None if BY_HAND[name] is None else pytest.approx(BY_HAND[name]))


def test_sums_behind_the_figures() -> None:
    """Counts of marks, of vague ones, of what was not read, of decoys and false alarms, and mean error of counts."""
    tally = judged().scores["all"].tally
    assert (tally["reports", "all"], tally["reports", "rejected"]) == (4, 1)
    assert (tally["marks", "all"], tally["marks", "vague"], tally["vague", "found"]) == (8, 1, 1)
    assert (tally["hard_negative", "with_false_alarm"], tally["hard_negative", "reports"]) == (1, 1)
    assert tally["decoys", "hit"] == 1
    assert (tally["bias", "n"], tally["bias", "error"]) == (4, 1)
    assert (tally["toll", "n"], tally["toll", "error"]) == (4, 1 + 7 + 1 + 100)


def test_languages_have_figures_of_their_own_the_most_reports_first() -> None:
    """`all` comes first; a language that was not read has recall 0 and no precision."""
    scores = judged().scores
    assert list(scores) == ["all", "en", "ar", "fr"]
    assert (scores["fr"].figures["found.recall"], scores["fr"].figures["found.precision"]) == (0, None)
    assert scores["ar"].figures["found.f1"] == 1


def test_one_language_is_told_once() -> None:
    """Where there is one language, its figures are those of all."""
    assert list(judge([compared([mark(0, 5)], [])], SPEAKERS).scores) == ["all"]


def test_claims_that_are_taken_back_or_wider_than_an_incident_make_no_toll() -> None:
    """The killed of a report are of one incident and stand: not a war's total, not a denied or retracted number."""
    marks = [mark(0, 5, 3), mark(10, 15, 900, scope="cumulative"), mark(20, 25, 50, status="retracted")]
    guesses = [guess(0, 5, 3), guess(10, 15, 900, scope="cumulative"), guess(20, 25, 50, modality="denied")]
    tally = judge([compared(marks, guesses)], SPEAKERS).scores["all"].tally
    assert (tally["toll", "marked"], tally["toll", "guessed"], tally["toll", "non_zero_right"]) == (3, 3, 1)


def test_a_report_that_fools_the_reader_twice_is_one_report() -> None:
    """False alarms are counted by report and one by one."""
    tally = judge([compared([], [guess(0, 5), guess(9, 15)], hard="sport")], SPEAKERS).scores["all"].tally
    assert [tally["hard_negative", part] for part in ("reports", "with_false_alarm", "false_alarms")] == [1, 1, 2]


def test_differences_are_listed_in_the_order_of_the_text() -> None:
    """Each difference names its kind, report and span, what was marked and what was guessed; a pair may have several."""
    told = [(c.kind, c.report_id, c.start, c.marked, c.guessed, c.rule) for c in judged().confusions]
    assert told == [
        ("victim-type", "one", 0, "civilian", "unknown", "passive"),
        ("bounds", "one", 20, "12–?", "12", "passive"),
        ("missed", "one", 60, "40 displaced", None, None),
        ("number", "one", 80, "9", "8", "passive"),
        ("attribution", "one", 80, "own voice", "Staff", "passive"),
        ("spurious", "one", 100, None, "3 injured", "active"),
        ("category", "two", 0, "killed", "injured", "active"),
        ("spurious", "three", 0, None, "1 killed", "active"),
        ("missed", "four", 0, "100 killed", None, None),
    ]


def test_rules_that_fire_once_show() -> None:
    """Each rule with the marks it fired on, right and wrong, and its spurious guesses; a vague mark is right by category."""
    told = [(r.rule, r.marks, r.right, r.wrong, r.spurious) for r in judged().rules]
    assert told == [("active", 2, 1, 1, 2), ("passive", 3, 2, 1, 0), ("once", 1, 1, 0, 0)]
