"""What marsad says when it cannot do what was asked: subject, value, rule, and what to do next."""


class Wrong(ValueError):
    """Something a person gave cannot be used; nothing was changed.

    A message names four things, so that nobody has to read code to go on: the subject (which file, row or option), the
    value seen, the rule it breaks, and the next step. Doors print it and leave with exit code 2.

    >>> print(Wrong("--published", "26/13/2014", "is not a date written YYYY-MM-DD", "write it as 2014-11-26"))
    --published: "26/13/2014" is not a date written YYYY-MM-DD; write it as 2014-11-26.
    """

    def __init__(self, subject: str, value: object, rule: str, remedy: str) -> None:
        self.subject, self.value, self.rule, self.remedy = subject, value, rule, remedy
        shown = "" if value is None else f'"{value}" '
        super().__init__(f"{subject}: {shown}{rule}; {remedy}.")


class Conflict(Wrong):
    """Somebody else decided on the same subject first; theirs stands and is shown, nothing was overwritten."""
