"""Somebody else decided first: what is raised then."""

from typing import Any


class Stale(Exception):
    """Somebody else decided first: `body` shows base, theirs and yours, and returns what was typed."""

    def __init__(self, body: dict[str, Any]) -> None:
        super().__init__("stale")
        self.body = body
