"""What public words and public lists are made of: composed text, and the closed lists that the record's terms come from."""

import re
import unicodedata
from enum import StrEnum

_JOINERS = "\u200c\u200d"
_DROPPED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


class PublicText(str):
    """Words that were composed for the public: one line, no control or direction marks, no longer than allowed."""

    __slots__ = ()

    def __new__(cls, *words: object) -> "PublicText":
        """Refuse: only `compose` makes public words, so that every way into the record can be read in one place."""
        raise TypeError(f"PublicText{words!r}: public words are made by compose(words, limit) and by nothing else")


def compose(words: str, limit: int = 120) -> PublicText:
    """Return the words as one public line of at most `limit` characters; a cut ends in an ellipsis.

    Control characters, direction overrides and other invisible marks go, as does all white space but single blanks.

    >>> compose("Raqqa\\n\\u202egnp.exe ")
    'Raqqa gnp.exe'
    >>> compose("one two three", limit=8)
    'one two…'
    """
    seen = "".join(_visible(letter) for letter in words[: limit * 4])
    line = " ".join(unicodedata.normalize("NFC", seen).split())
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return str.__new__(PublicText, line)


def _visible(letter: str) -> str:
    if letter in "\t\n\r\x0b\x0c\x85\u2028\u2029":
        return " "
    return letter if letter in _JOINERS or unicodedata.category(letter) not in _DROPPED else ""


class PublicMeasure(StrEnum):
    """What happened to the people counted."""

    KILLED = "killed"
    INJURED = "injured"
    KILLED_OR_INJURED = "killed_or_injured"
    MISSING = "missing"
    DETAINED = "detained"
    ABDUCTED = "abducted"
    DISPLACED = "displaced"
    BODIES_SEEN = "bodies_seen"


class PublicCategory(StrEnum):
    """Whom a number counts."""

    TOTAL = "total"
    CIVILIANS = "civilians"
    COMBATANTS = "combatants"
    CHILDREN = "children"
    WOMEN = "women"
    MEN = "men"
    ELDERLY = "elderly"
    MEDICS = "medics"
    JOURNALISTS = "journalists"
    AID_WORKERS = "aid_workers"
    POLICE = "police"
    FAMILY = "family"


class PublicBound(StrEnum):
    """How the words bound the number."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    ABOUT = "about"
    RANGE = "range"
    FRACTION = "fraction"
    VAGUE = "vague"
    UNKNOWN = "unknown"
    NONE = "none"


class PublicStatus(StrEnum):
    """Whether the people counted were civilians, as far as the words say."""

    CIVILIAN = "civilian"
    COMBATANT = "combatant"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class PublicModality(StrEnum):
    """How the report stands to the number."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    DENIED = "denied"
    RETRACTED = "retracted"
    HYPOTHETICAL = "hypothetical"
    UNKNOWN = "unknown"


class PublicScope(StrEnum):
    """What the number is about: this incident, a running total, several incidents, another matter."""

    INCIDENT = "incident"
    CUMULATIVE = "cumulative"
    AGGREGATE = "aggregate"
    BACKGROUND = "background"


class PublicRole(StrEnum):
    """What the statement is to the toll."""

    COUNTED = "counted"
    COPY = "copy"
    SUPERSEDED = "superseded"
    CONTEXT = "context"


class PublicKind(StrEnum):
    """How an origin comes to know."""

    MONITOR = "monitor"
    MEDICAL = "medical"
    WITNESS = "witness"
    ACTIVISTS = "activists"
    INTERNATIONAL = "international"
    OFFICIAL = "official"
    PARTY = "party"
    MEDIA = "media"
    UNNAMED = "unnamed"


class PublicStanding(StrEnum):
    """Why a figure is what it is."""

    STATED = "stated"
    DERIVED = "derived"
    STATED_UNKNOWN = "stated_unknown"
    STATED_NONE = "stated_none"
    NOT_STATED = "not_stated"


class PublicGrade(StrEnum):
    """How well an incident is attested."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"


class PublicReason(StrEnum):
    """Why an incident is not shown."""

    EMBARGO = "embargo"
    """It is too recent: rescue may be under way."""
    TIME_UNKNOWN = "time_unknown"
    """Nobody says when it was, so nobody can say that it is not too recent."""
    REFUSED = "refused"
    """People refused every claim about it."""
    SAFETY = "safety"
    """Somebody decided that telling it endangers the living."""


class PublicCause(StrEnum):
    """Why an incident is told otherwise than in the release before; each is worked out from the two releases."""

    NEW_ORIGIN = "new_origin"
    """An origin gave a number that had given none."""
    NEW_STATEMENT = "new_statement"
    """An origin that had spoken before said something more."""
    REPRINTED = "reprinted"
    """More outlets repeated what was told already."""
    STATEMENT_GONE = "statement_gone"
    """A statement that was told is told no longer: it was withdrawn, or belongs elsewhere."""
    COUNTED_OTHERWISE = "counted_otherwise"
    """The same statements are told, and others of them count."""
    CORRECTED = "corrected"
    """People examined how a statement was read and corrected it."""
    REFUSED = "refused"
    """People examined a statement and refused it."""
    REGROUPED = "regrouped"
    """People, or further reports, showed which reports speak of one incident."""
    REVIEWED = "reviewed"
    """People read everything again and let it stand, or graded it."""
    WHEN = "when"
    """The time was corrected or became better known."""
    WHERE = "where"
    """The place was corrected or became better known."""
    WHO = "who"
    """Whom it is attributed to, or with what it was done, changed."""
    RULES = "rules"
    """The publication policy changed: more or less is kept back."""
    METHOD = "method"
    """The program or a counting method changed."""
    WORKED_OUT_ANEW = "worked_out_anew"
    """None of these: the same words gave another result."""
    NOT_TOLD = "not_told"
    """Nothing of the incident may be told any longer."""


class PublicVerdict(StrEnum):
    """How words of an article stood to the record when they were checked."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    DOES_NOT_ADD_UP = "does_not_add_up"
    WRONG_DATE = "wrong_date"
    NO_CONFIRMATION = "no_confirmation"


SAFE_CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,78}[A-Z0-9])?")
"""What a public code looks like: it becomes a file name and part of an address."""
