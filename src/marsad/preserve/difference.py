"""How a check says what is not as it was kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """Something is not what it should be: where, what was found, what was expected, and what to do.

    `harmless` marks what an interrupted run may leave behind and what no figure rests on.

    >>> print(Difference("vault/ab/cd/abcd…", "4 bytes", "5 bytes", "restore it from a backup"))
    vault/ab/cd/abcd…: found 4 bytes, expected 5 bytes; restore it from a backup.
    """

    subject: str
    found: str
    expected: str
    remedy: str
    harmless: bool = False

    def __str__(self) -> str:
        note = " (harmless)" if self.harmless else ""
        return f"{self.subject}: found {self.found}, expected {self.expected}; {self.remedy}{note}."
