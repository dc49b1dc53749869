"""A passkey in software: an ES256 key that answers WebAuthn challenges as an authenticator does (W3C WebAuthn level 3)."""

import hashlib
import json
import os
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any
from urllib.parse import urlsplit

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, NEW = 0x01, 0x04, 0x40


def b64(data: bytes) -> str:
    """Return bytes as WebAuthn writes them in JSON."""
    return urlsafe_b64encode(data).decode().rstrip("=")


class SoftwareKey:
    """A key for the site at `origin`; `like` is another one whose secrets it shares, as a phishing page would wish."""

    def __init__(self, origin: str, like: "SoftwareKey | None" = None) -> None:
        self.origin = origin
        self.key: ec.EllipticCurvePrivateKey = like.key if like else ec.generate_private_key(ec.SECP256R1())
        self.id: bytes = like.id if like else os.urandom(32)
        self.count = 0

    def made(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to options of registration."""
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor2.dumps(cose)
        data = self._data(PRESENT | VERIFIED | NEW) + attested
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        response = {
            "clientDataJSON": b64(self._client("webauthn.create", options)),
            "attestationObject": b64(statement),
        }
        return {"id": b64(self.id), "rawId": b64(self.id), "type": "public-key", "response": response}

    def shown(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to options of authentication."""
        self.count += 1
        data, client = self._data(PRESENT | VERIFIED), self._client("webauthn.get", options)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signed)}
        return {"id": b64(self.id), "rawId": b64(self.id), "type": "public-key", "response": response}

    def _data(self, flags: int) -> bytes:
        name = urlsplit(self.origin).hostname or ""
        return hashlib.sha256(name.encode()).digest() + bytes([flags]) + struct.pack(">I", self.count)

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        assert urlsafe_b64decode(options["challenge"] + "==")
        told = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()
