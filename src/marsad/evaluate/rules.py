"""How often each rule of a reader fires, and how often it is right: a rule that fires once was made for one sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from marsad.evaluate.pairs import Compared, Pair


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """`rule` fired on `right` marks whose count it read right, on `wrong` others, and `spurious` times on no mark."""

    rule: str
    right: int
    wrong: int
    spurious: int

    @property
    def marks(self) -> int:
        """How many marked claims it fired on."""
        return self.right + self.wrong


def rule_records(reports: Iterable[Compared]) -> list[RuleRecord]:
    """Return the record of every rule that fired, the busiest first. A guess that tells no rule is under "–".

    Right is number and category, or the category alone where the mark is vague.
    """
    records: dict[str, list[int]] = {}
    for compared in reports:
        for pair in compared.pairs:
            if pair.guess is not None:
                records.setdefault(pair.guess.rule or "–", [0, 0, 0])[_column(pair)] += 1
    found = [RuleRecord(rule, *counts) for rule, counts in records.items()]
    return sorted(found, key=lambda r: (-r.marks - r.spurious, r.rule))


def _column(pair: Pair) -> int:
    if pair.mark is None:
        return 2
    right = pair.count_right if pair.mark.counted else pair.category_right
    return 0 if right else 1
