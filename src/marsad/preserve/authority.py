"""Asking others for the time: an RFC 3161 authority, or the calendars of OpenTimestamps. Only a hash leaves the house."""

import hashlib
import importlib
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any, Protocol

from marsad.model import TokenKind, Wrong

_OTS_MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01"
_OTS_SHA256 = b"\x08"
_LONGEST = 100_000
"""Bytes of an answer; a token has some thousands."""

PATIENCE = 20.0
"""Seconds to wait for an answer."""


class Authority(Protocol):
    """Somebody who attests that a hash was known at a time."""

    name: str
    kind: TokenKind

    def token(self, message: bytes) -> bytes:
        """Return the bytes that attest the message's SHA-256; raises OSError where nobody answers, Wrong for a wrong answer."""
        ...


class Rfc3161:
    """A time-stamping authority at an address, whose tokens are checked against the given root certificates.

    Raises Wrong without the extra `preserve`, or for certificates that cannot be read.
    """

    kind = TokenKind.RFC3161

    def __init__(self, url: str, roots: bytes, patience: float = PATIENCE) -> None:
        self.name, self._patience = _web_address(url), patience
        self._roots = roots

    def token(self, message: bytes) -> bytes:
        """Return the authority's whole answer (TimeStampResp), its signature checked; it is told the SHA-256 alone."""
        client = _client()
        builder = client.TimestampRequestBuilder(message, client.HashAlgorithm.SHA256)
        question = builder.build()
        answer = _asked(self.name, question.as_bytes(), "application/timestamp-query", self._patience)
        verify_token(answer, message, self._roots, question.nonce)
        return answer


class OpenTimestamps:
    """A calendar of OpenTimestamps; what it gives is a promise that `ots upgrade` completes some hours later."""

    kind = TokenKind.OPENTIMESTAMPS

    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        self.name, self._patience = _web_address(url), patience

    def token(self, message: bytes) -> bytes:
        """Return a proof file (.ots) for the message's SHA-256, still pending."""
        digest = hashlib.sha256(message).digest()
        media_type = "application/vnd.opentimestamps.v1"
        promise = _asked(f"{self.name.rstrip('/')}/digest", digest, media_type, self._patience)
        return _OTS_MAGIC + _OTS_SHA256 + digest + promise


def verify_token(token: bytes, message: bytes, roots: bytes, nonce: int | None = None) -> None:
    """Raise Wrong unless the token attests the message's SHA-256 and its signature leads to a PEM certificate in `roots`.

    With `nonce`, it must also be the answer to the question that had it.
    """
    client = _client()
    builder = client.VerifierBuilder()
    for certificate in _certificates(roots):
        builder = builder.add_root_certificate(certificate)
    if nonce is not None:
        builder = builder.nonce(nonce)
    try:
        response = client.decode_timestamp_response(token)
        builder.build().verify(response, hashlib.sha256(message).digest())
    except (client.VerificationError, ValueError) as fault:
        rule = f"does not attest the ledger's root ({str(fault)[:100]})"
        raise Wrong("token", None, rule, "ask again, or check --roots") from fault


def _certificates(roots: bytes) -> Sequence[Any]:
    from cryptography import x509  # comes with the client

    try:
        return x509.load_pem_x509_certificates(roots)
    except ValueError as fault:
        raise Wrong("--roots", None, "holds no certificate in PEM", "name the authority's root certificate") from fault


def _web_address(url: str) -> str:
    if not url.startswith(("https://", "http://")) or any(c.isspace() for c in url):
        raise Wrong("authority", url, "is not an http address", "write https://…")
    return url


def _asked(url: str, data: bytes, media_type: str, patience: float) -> bytes:
    request = urllib.request.Request(url, data, {"Content-Type": media_type, "User-Agent": "marsad"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=patience) as answer:  # noqa: S310 - http and https only, see above
            said: bytes = answer.read(_LONGEST + 1)
    except urllib.error.HTTPError as fault:
        if fault.code >= 500:  # down for now: an OSError, so that the question waits
            raise
        raise Wrong(url, fault.code, "is what the authority answers", "check the address, then try again") from fault
    if len(said) > _LONGEST:
        raise Wrong(url, f"more than {_LONGEST:,} bytes", "is no token", "check the address")
    return said


def _client() -> Any:
    try:
        return importlib.import_module("rfc3161_client")
    except ImportError as fault:
        raise Wrong("rfc3161-client", None, "is not installed", "pip install 'marsad[preserve]'") from fault
