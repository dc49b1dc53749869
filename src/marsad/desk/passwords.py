"""Passwords: argon2id, slow on purpose; nothing of what was typed is kept or logged."""

import threading

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from marsad.desk.settings import Costs
from marsad.model import Wrong

LEAST = 12
"""Characters of a password (NIST SP 800-63B asks for 8, or 15 where nothing else protects)."""
MOST = 256

_COMMON = frozenset(
    {"password1234", "passwordpassword", "123456789012", "qwertyuiopas", "111111111111", "marsadmarsad"}
)


class Passwords:
    """Hashes and checks passwords; at most two at a time, so that guessing does not take the machine."""

    def __init__(self, costs: Costs) -> None:
        self._hasher = PasswordHasher(costs.time, costs.memory, costs.lanes, type=Type.ID)
        self._at_once = threading.Semaphore(2)
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str, name: str) -> str:
        """Return what is kept of a password; raises Wrong for one that is too short, too long, or too plain."""
        rule = None
        if len(password) < LEAST:
            rule = f"has fewer than {LEAST} characters"
        elif len(password) > MOST:
            rule = f"has more than {MOST} characters"
        elif password.casefold() in _COMMON or len(set(password)) < 4 or name.casefold() in password.casefold():
            rule = "is easy to guess"
        if rule:
            raise Wrong("password", None, rule, "four or five words that do not belong together are a good one")
        with self._at_once:
            return self._hasher.hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        """Tell whether this is the password; takes as long where there is none (`kept` is None)."""
        if len(password) > MOST:
            return False
        with self._at_once:
            try:
                self._hasher.verify(kept or self._nobody, password)
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None
