"""A fault: where a file breaks a rule of its format."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """In `row` (from 1, the header being one), the cell of `column` holds `value`, which breaks `rule`.

    `row` is 0 for what is true of the whole file, `column` empty for a whole row.
    """

    row: int
    column: str
    value: str
    rule: str

    def __str__(self) -> str:
        """The fault as one line: where, what was found, which rule it breaks."""
        where = "file" if self.row == 0 else f"row {self.row}"
        return f"{where}{', ' if self.column else ''}{self.column}: {shown(self.value)}{self.rule}"


def shown(value: str, most: int = 60) -> str:
    """Return a value fit for a message: one line, not too long, quoted; nothing for an empty one.

    >>> shown("a\\nb"), shown("")
    ("'a b' ", '')
    """
    plain = "".join(c if c.isprintable() else " " for c in value[: most + 1])
    return f"{plain if len(plain) <= most else plain[: most - 1] + '…'!r} " if value else ""
