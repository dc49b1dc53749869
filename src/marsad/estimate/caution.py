"""What makes an estimate doubtful: a warning with a name, a weight and the evidence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a caution weighs: an error forbids a headline number, a warning is printed beside it, a note explains."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class Code(StrEnum):
    """The names of cautions. A name never changes its meaning: scripts of others test for it."""

    FEWER_THAN_THREE_LISTS = "LT3_LISTS"
    EMPTY_OVERLAP = "EMPTY_OVERLAP"
    NO_TRIPLE = "NO_TRIPLE"
    MLE_NONEXISTENT = "MLE_NONEXIST"
    NOT_IDENTIFIABLE = "NOT_IDENTIFIABLE"
    LIST_COPY = "LIST_COPY"
    LIST_OF_ALL = "LIST_OF_ALL"
    EMPTY_LIST = "EMPTY_LIST"
    UNSEEN_ROW = "UNSEEN_ROW"
    NEGATIVE_DEPENDENCE = "NEG_DEP"
    POSITIVE_DEPENDENCE = "POS_DEP"
    SMALL_OVERLAP = "SMALL_OVERLAP"
    SMALL_TABLE = "SMALL_TABLE"
    LIST_DOMINANT = "LIST_DOMINANT"
    PRIOR_DRIVEN = "PRIOR_DRIVEN"
    MULTIMODAL = "MULTIMODAL"
    NOT_CONVERGED = "NOT_CONVERGED"
    CAP_BINDS = "CAP_BINDS"
    CLASSES_AT_LIMIT = "CLASSES_AT_LIMIT"
    MODELS_DISAGREE = "MODELS_DISAGREE"
    SAMPLERS_DISAGREE = "SAMPLERS_DISAGREE"
    INTERVAL_OPEN = "INTERVAL_OPEN"
    BOOTSTRAP_FAILED = "BOOTSTRAP_FAILED"
    LOW_COVERAGE = "LOW_COVERAGE"
    COVERAGE_UNMEASURED = "COVERAGE_UNMEASURED"
    CLIPPED = "CLIPPED"
    FEW_REPLICATES = "FEW_REPLICATES"
    STRATUM_NOT_ESTIMATED = "STRATUM_NOT_ESTIMATED"
    COARSENED = "COARSENED"
    OPEN_POPULATION = "OPEN_POPULATION"
    DEFINITION_MISMATCH = "DEFINITION_MISMATCH"


@dataclass(frozen=True, slots=True)
class Caution:
    """One reason to doubt an estimate: `says` is a sentence for people, `evidence` the numbers behind it.

    >>> print(Caution(Code.LIST_COPY, Severity.ERROR, "List B holds nobody whom list A lacks.", {"lists": "B,A"}))
    LIST_COPY (error): List B holds nobody whom list A lacks.
    """

    code: Code
    severity: Severity
    says: str
    evidence: Mapping[str, float | int | str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code} ({self.severity}): {self.says}"


def forbids(cautions: Iterable[Caution]) -> bool:
    """Return whether one of the cautions is an error, so that no headline number may be printed."""
    return any(caution.severity is Severity.ERROR for caution in cautions)
