"""What one report adds to every figure, as plain counts that can be summed over any set of reports."""

from collections import Counter

from marsad.evaluate.aliases import Speakers
from marsad.evaluate.guesses import Guess
from marsad.evaluate.marks import Mark
from marsad.evaluate.pairs import Compared, Pair

Tally = Counter[tuple[str, str]]
"""Counts under (figure, part): parts `right`, `spurious` and `missed` of what a figure looks at."""

_SAID = frozenset(("asserted", "reported"))
"""Modalities under which a guess states its number; statuses of marks have only "asserted" of these."""


def tally_of(compared: Compared, speakers: Speakers) -> Tally:
    """Return what this report adds to every figure."""
    tally: Tally = Counter()
    tally["reports", "all"] += 1
    tally["reports", "rejected"] += compared.rejected is not None
    tally["marks", "all"] += len(compared.report.marks)
    tally["marks", "vague"] += sum(not mark.counted for mark in compared.report.marks)
    for pair in compared.pairs:
        tally["guesses", "all"] += pair.guess is not None
        _add_found(tally, pair)
        _add_count(tally, pair)
        _add_category(tally, pair)
        _add_bias(tally, pair)
        if pair.mark is not None and pair.guess is not None:
            _add_victim_type(tally, pair.mark, pair.guess)
            _add_attribution(tally, pair.mark, pair.guess, speakers)
    _add_false_alarms(tally, compared)
    _add_toll(tally, compared)
    return tally


def _add_found(tally: Tally, pair: Pair) -> None:
    """Detection: whether there is a claim, whatever it says."""
    tally["found", "spurious" if pair.mark is None else "missed" if pair.guess is None else "right"] += 1
    if pair.mark is not None and not pair.mark.counted and pair.guess is not None:
        tally["vague", "found"] += 1


def _add_count(tally: Tally, pair: Pair) -> None:
    """Count and category: both right, or a miss of the mark and, where something was guessed, a spurious guess too."""
    mark, guess = pair.mark, pair.guess
    if mark is not None and not mark.counted:
        return
    if mark is not None and pair.count_right:
        tally["count", "right"] += 1
        tally[f"count.{mark.category}", "right"] += 1
        tally["bounds", "right" if pair.bounds_right else "wrong"] += 1
        return
    if mark is not None:
        tally["count", "missed"] += 1
        tally[f"count.{mark.category}", "missed"] += 1
    if guess is not None:
        tally["count", "spurious"] += 1
        tally[f"count.{guess.category}", "spurious"] += 1


def _add_category(tally: Tally, pair: Pair) -> None:
    """Category alone, vague claims among them."""
    if pair.category_right and pair.mark is not None:
        tally[f"category.{pair.mark.category}", "right"] += 1
        return
    if pair.mark is not None:
        tally[f"category.{pair.mark.category}", "missed"] += 1
    if pair.guess is not None:
        tally[f"category.{pair.guess.category}", "spurious"] += 1


def _add_victim_type(tally: Tally, mark: Mark, guess: Guess) -> None:
    if mark.victim_type == guess.victim_type:
        tally[f"victim_type.{mark.victim_type}", "right"] += 1
        return
    tally[f"victim_type.{mark.victim_type}", "missed"] += 1
    if guess.victim_type:
        tally[f"victim_type.{guess.victim_type}", "spurious"] += 1


def _add_attribution(tally: Tally, mark: Mark, guess: Guess, speakers: Speakers) -> None:
    """A speaker where the text names one; nobody where nobody is named adds nothing."""
    right = speakers.same(mark.attribution, guess.attribution)
    if mark.attribution:
        tally["attribution", "right" if right else "missed"] += 1
    if guess.attribution and not right:
        tally["attribution", "spurious"] += 1


def _add_false_alarms(tally: Tally, compared: Compared) -> None:
    """Reports that fool a reader, and marked numbers that are no claims, where something was guessed all the same."""
    alarms = [pair.guess for pair in compared.pairs if pair.mark is None and pair.guess is not None]
    if compared.report.hard_negative is not None:
        tally["hard_negative", "reports"] += 1
        tally["hard_negative", "with_false_alarm"] += bool(alarms)
        tally["hard_negative", "false_alarms"] += len(alarms)
    for guess in alarms:
        tally["decoys", "hit"] += any(d.start < guess.end and guess.start < d.end for d in compared.report.decoys)


def _add_bias(tally: Tally, pair: Pair) -> None:
    """What is guessed against what is marked, where a pair agrees on the category and both give a number."""
    mark, guess = pair.mark, pair.guess
    if mark is None or guess is None or not mark.counted or not pair.category_right or guess.number is None:
        return
    for name in ("bias", *(["incident_bias"] if mark.scope == "incident" else [])):
        _add_difference(tally, name, mark.number or 0, guess.number)


def _add_toll(tally: Tally, compared: Compared) -> None:
    """The killed of a report: the largest number that it states for an incident, 0 where it states none."""
    marks = [pair.mark for pair in compared.pairs if pair.mark is not None]
    guesses = [pair.guess for pair in compared.pairs if pair.guess is not None]
    marked = [m.number or 0 for m in marks if _tells(m.category, m.scope, m.status) and m.counted]
    guessed = [g.number or 0 for g in guesses if _tells(g.category, g.scope, g.modality) and not g.vague]
    killed, said = max(marked, default=0), max(guessed, default=0)
    _add_difference(tally, "toll", killed, said)
    tally["toll", "non_zero"] += killed > 0
    tally["toll", "non_zero_right"] += killed > 0 and killed == said


def _tells(category: str, scope: str, how: str) -> bool:
    return category == "killed" and scope == "incident" and how in _SAID


def _add_difference(tally: Tally, name: str, marked: int, guessed: int) -> None:
    tally[name, "n"] += 1
    tally[name, "marked"] += marked
    tally[name, "guessed"] += guessed
    tally[name, "error"] += abs(guessed - marked)
