"""How a claim was read, in sentences: its day, what it does to other claims of its report, what to be careful about."""

from collections.abc import Iterable, Iterator, Mapping

from marsad.model import Claim, ClaimId, Finding, Relation, When
from marsad.text.words import say

Notes = Mapping[ClaimId, list[str]]


def notes_of(findings: Iterable[Finding], lang: str) -> Notes:
    """Return the notes on each claim of these findings: its time, its relations both ways, and its flags.

    A relation is told on both sides, and only where both claims are among the findings.
    """
    claims = {finding.claim.claim_id: finding.claim for finding in findings}
    notes = {claim_id: list(_time(claim.occurred, lang)) for claim_id, claim in claims.items()}
    for claim in claims.values():
        for relation in claim.relations:
            other = claims.get(relation.target)
            if other is not None:
                notes[claim.claim_id].append(_related("relation", relation, other, lang))
                notes[other.claim_id].append(_related("relation_to", relation, claim, lang))
    for claim in claims.values():
        notes[claim.claim_id] += [say("why", lang, f"flag.{flag.value}") for flag in claim.flags]
    return notes


def _related(table: str, relation: Relation, other: Claim, lang: str) -> str:
    speaker = other.attribution[0] if other.attribution else say("why", lang, "fold.own-voice")
    return say("why", lang, f"{table}.{relation.kind.value}", {"words": other.text, "speaker": speaker})


def _time(when: When | None, lang: str) -> Iterator[str]:
    """Yield what words a time was read from, and from which day they were counted."""
    if when is None or when.words is None:
        return
    days = str(when.start) if when.days == 1 else f"{when.start}–{when.end}"
    where = "there" if when.carried else "here"
    values = {"words": when.words, "days": days, "against": when.against, "named": when.against_words}
    how = "named" if when.against is None else "published" if when.against_words is None else "counted"
    yield say("why", lang, f"time.{where}.{how}", values)
