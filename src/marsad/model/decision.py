"""What a person decided. No machine overwrites it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DecisionKind(StrEnum):
    """What can be decided; `body` holds what each needs."""

    ACCEPT = "accept"
    """The claim holds as it was read, or as it was corrected: body {}."""
    ADD = "add"
    """These words make a claim that nobody read: body maps slot names of Claim to what they are, `measure` at least."""
    REJECT = "reject"
    """The claim does not hold: body {}."""
    CORRECT = "correct"
    """The claim was misread: body maps slot names of Claim to what they should be."""
    JOIN = "join"
    """The claim speaks of the same incident as another: body {"with": "report_id:start-end"}."""
    APART = "apart"
    """The claim speaks of an incident of its own: body {"name": "…"}; claims sharing a name share the incident."""
    DIFFER = "differ"
    """The claim speaks of another incident than the other: body {"from": "report_id:start-end"}."""
    SETTLE = "settle"
    """The incident is reviewed: it is made of the claims at these words, and linking changes it no more: body
    {"claims": ["report_id:start-end", …]}."""
    SIGN_PLACE = "sign-place"
    """Somebody other than who worked on it vouches for the incident's place: body {"seen": {…}}, as it stood then."""
    SIGN_TOLL = "sign-toll"
    """The same for its toll."""
    SIGN_ATTRIBUTION = "sign-attribution"
    """The same for who is said to have done it."""
    GRADE = "grade"
    """The incident of this claim has this grade: body {"grade": "fair"} for Airwars' grades, {"ohchr": "verified"} for
    OHCHR's ladder, {"ibc": "two-source"} for Iraq Body Count's; one, or several at once."""
    WITHHOLD = "withhold"
    """Less is told to the public of the incident of this claim: body {"incident": true} for nothing, {"place": "province"} or
    {"place": "country"} for its place, {"embargo_hours": 168} for its time; one, or several at once. One person decides."""
    LOOSEN = "loosen"
    """What was withheld may be told: body names it as WITHHOLD did. It takes effect when a second person decides the same.

    WITHHOLD and LOOSEN at the anchor PUBLICATION are about what is told of every incident: the body maps rules of the
    publication policy to numbers, {"embargo_hours": 48}, and "sensitive" to words."""
    CHECK = "check"
    """An article was held against the record, and this was found: body {"outlet", "address", "published", "lang", "found":
    [{"text", "verdict", "measure", "incident"}]}. Its anchor names the article ("article:…"): it is no report."""
    PERSON = "person"
    """Two victim records are one human being, two, or nobody can tell: body {"a": [list, record], "b": [list, record],
    "says": "same" | "different" | "unsure"}. Its anchor names the pair ("person:…"): lists are no reports."""


SIGNS = frozenset({DecisionKind.SIGN_PLACE, DecisionKind.SIGN_TOLL, DecisionKind.SIGN_ATTRIBUTION})
"""Kinds by which somebody signs an aspect of an incident off: they change no figure."""

PUBLICATION = "publication"
"""The anchor of what is decided about the publication policy of the whole observatory."""

UNDONE = "undone"
"""The key of a body {"undone": true}: nothing is decided on these words any more, as before anybody decided."""


@dataclass(frozen=True, slots=True)
class Decision:
    """`actor` decided this about the words at `anchor`, for the stated reason.

    The anchor is "report_id:start-end": words, not a claim id, so the decision outlives the extractor that proposed the
    claim. `version` counts the decisions on that anchor and kind from 1; the highest one stands, the others stay.
    `actor` is a pseudonym.
    """

    anchor: str
    kind: DecisionKind
    version: int
    body: Mapping[str, object]
    actor: str
    reason: str
    recorded_at: datetime

    @property
    def about_words(self) -> bool:
        """Whether it is about words of a report; else about victim records, an article, or the publication policy."""
        return self.kind not in (DecisionKind.PERSON, DecisionKind.CHECK) and self.anchor != PUBLICATION

    @property
    def undone(self) -> bool:
        """Whether this takes back what stood: a decision like any other, after which nothing of its kind stands."""
        return UNDONE in self.body
