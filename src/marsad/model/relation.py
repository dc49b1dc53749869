"""How one claim of a report stands to another one of it, beside being a part of it or saying it again."""

from dataclasses import dataclass
from enum import StrEnum

from marsad.model.ids import ClaimId


class RelationKind(StrEnum):
    """What a claim does to another claim of the same report."""

    UPDATES = "updates"
    """This number replaces that one: "the toll rose from 63 to 95", "59 and not 62". The older one is marked retracted."""
    CONTRADICTS = "contradicts"
    """Another speaker gives another number for the same people, and no number fits both."""
    DENIES = "denies"
    """Its speaker denies what that claim says, or says that there were none."""
    AGGREGATE_INCLUDES = "aggregate_includes"
    """One number for several incidents, or a war's running total, holds the people of that single incident."""


@dataclass(frozen=True, slots=True)
class Relation:
    """The claim that has this relation does `kind` to the claim `target` of the same report.

    >>> str(Relation(RelationKind.UPDATES, ClaimId("0a1b")))
    'updates:0a1b'
    """

    kind: RelationKind
    target: ClaimId

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.target}"

    @staticmethod
    def parsed(words: str) -> "Relation":
        """Return the relation that `str` wrote; raises ValueError for an unknown kind or a missing target.

        >>> Relation.parsed("updates:0a1b").target
        '0a1b'
        """
        kind, _, target = words.partition(":")
        if not target:
            raise ValueError(f"relation {words!r}: needs a target; write KIND:CLAIM")
        return Relation(RelationKind(kind), ClaimId(target))
