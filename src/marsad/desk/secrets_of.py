"""Secrets that go out to a browser, and what the desk keeps of them: never the secret itself."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable

RandomBytes = Callable[[int], bytes]


def token(random_bytes: RandomBytes) -> str:
    """Return 43 letters and digits that nobody can guess (256 bits)."""
    return urlsafe_b64encode(random_bytes(32)).decode().rstrip("=")


def hashed(secret: str) -> str:
    """Return, in hex, the SHA-256 of a token: enough, for what has 256 bits is not guessed.

    >>> hashed("a")[:8]
    'ca978112'
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def form_token(cookie: str) -> str:
    """Return what every form of a browser with this cookie carries: whoever does not know the cookie cannot make it."""
    return hmac.digest(cookie.encode(), b"marsad form", hashlib.sha256).hex()


def same(one: str, other: str) -> bool:
    """Tell whether two secrets are equal, in a time that does not depend on where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
