"""What made a toll change between two days: new claims, revisions, retractions, merges, parts, policy, people. Pure."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

Standing = Mapping[str, tuple[str, str]]
"""Role and rule of each claim of an incident, by claim."""

_TAKEN_BACK = ("retracted", "denied", "denied-by-the-accused")


class Cause(StrEnum):
    """Why a figure is not what it was."""

    NEW_CLAIM = "new-claim"
    """A report that was not known before tells of the incident."""
    LATE = "late-addition"
    """The incident was not known before and happened before the first of the two days: it is no death of these days."""
    REVISION = "revision"
    """An origin says another number than it did."""
    RETRACTION = "retraction"
    """A number was taken back or denied."""
    MERGE = "merge"
    """Claims that were another incident's are now this one's, or the other way round."""
    PART = "part"
    """Claims of this incident are now another one's."""
    DECISION = "decision"
    """A person decided on a claim of it."""
    POLICY = "policy"
    """The toll is computed under another policy, or another version of it."""
    ORIGIN = "origin"
    """What is known of who established a number, or of copies, has changed with other reports."""


@dataclass(frozen=True, slots=True)
class Reason:
    """This cause, and the claims that show it; none for a change of policy."""

    cause: Cause
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """One incident at one of two days: its claims, and for every claim that was in an incident then, which one it was."""

    standing: Standing
    home: Mapping[str, str]


def causes(
    incident: str,
    before: Moment,
    after: Moment,
    *,
    fresh: Set[str],
    decided: Set[str],
    occurred_earlier: bool,
    policy_changed: bool,
) -> list[Reason]:
    """Return why the toll of an incident changed, each cause once, in the order of `Cause`.

    `fresh` are claims of reports that were not known on the first day, `decided` claims on which people decided between
    the two; `occurred_earlier` says that the incident happened before the first day. Where nothing of its own changed,
    what changed is the standing of others: which origin a number is traced to.
    """
    was, now = before.standing, after.standing
    found: dict[Cause, list[str]] = {}

    def tell(cause: Cause, claims: Sequence[str]) -> None:
        if claims:
            found.setdefault(cause, []).extend(sorted(claims))

    come = [claim for claim in now if claim not in was]
    new = [claim for claim in come if claim in fresh]
    if new:
        tell(Cause.LATE if not was and occurred_earlier else Cause.NEW_CLAIM, new)
    elsewhere = [c for c in come if c not in fresh and before.home.get(c, incident) != incident]
    tell(Cause.MERGE if was else Cause.PART, elsewhere)
    left = [claim for claim in was if claim not in now]
    moved = [c for c in left if after.home.get(c, incident) != incident]
    tell(Cause.PART if now else Cause.MERGE, moved)
    for claim, (role, _) in was.items():
        is_now = now.get(claim)
        if is_now is None or is_now[0] == role:
            continue
        if is_now[0] == "superseded":
            tell(Cause.REVISION, [claim])
        elif is_now[1] in _TAKEN_BACK:
            tell(Cause.RETRACTION, [claim])
        elif is_now[0] == "rejected" or role == "rejected":
            tell(Cause.DECISION, [claim])
    taken = [c for c in come if now[c][1] == "retracted" and c in fresh]
    tell(Cause.RETRACTION, taken)
    tell(Cause.DECISION, [c for c in {*was, *now} if c in decided])
    if policy_changed:
        found[Cause.POLICY] = []
    if not found:
        found[Cause.ORIGIN] = []
    return [Reason(cause, tuple(dict.fromkeys(found[cause]))) for cause in Cause if cause in found]
