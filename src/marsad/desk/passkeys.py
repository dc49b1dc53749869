"""Passkeys: a key in a device or a browser answers a challenge of this very desk; nothing that could be typed elsewhere."""

import ipaddress
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any

from fastapi import Request
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from marsad.desk.accounts import log
from marsad.desk.services import Desk
from marsad.desk.sessions import Session
from marsad.model import Wrong
from marsad.store.desk import Row
from marsad.store.instants import instant

MOST = 10
"""Passkeys of one account."""
_VERIFIED = UserVerificationRequirement.PREFERRED


def offer(desk: Desk, session: Session, request: Request) -> dict[str, Any]:
    """Return what a browser needs to make a passkey for this account; its answer goes to `keep`.

    Raises Wrong where the desk was asked for by a number: passkeys hold for a name.
    """
    account = session.account
    options = generate_registration_options(
        rp_id=_name(request),
        rp_name=f"marsad {desk.observatory.name}",
        user_id=account["account_id"].encode(),
        user_name=account["account_id"],  # what a device stores and shows is the pseudonym
        exclude_credentials=_known(desk, account),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=_VERIFIED
        ),
    )
    desk.sessions.challenge(session, f"make:{_b64(options.challenge)}")
    told: dict[str, Any] = json.loads(options_to_json(options))
    return told


def keep(desk: Desk, session: Session, request: Request, answer: dict[str, Any], label: str, now: datetime) -> None:
    """Keep the passkey that a browser made; raises Wrong where it does not answer the challenge of this session."""
    challenge = _challenge(desk, session, "make")
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_name(request),
            expected_origin=_origin(desk, request),
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as fault:
        raise _bad() from fault
    account = session.account["account_id"]
    with desk.store.write() as writing:
        known = writing.rows("passkey", account_id=account)
        credential = _b64(made.credential_id)
        if len(known) >= MOST or writing.row("passkey", credential_id=credential):
            raise Wrong("passkey", None, f"is known already, or one of more than {MOST}", "remove one first")
        writing.add(
            "passkey",
            credential_id=credential,
            account_id=account,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            label=label,
            made_at=instant(now),
        )
        log(writing, now, account, "passkey added", account)


def ask(desk: Desk, session: Session, request: Request) -> dict[str, Any]:
    """Return what a browser needs to show that it holds a passkey of this account; its answer goes to `shown`."""
    options = generate_authentication_options(
        rp_id=_name(request), allow_credentials=_known(desk, session.account), user_verification=_VERIFIED
    )
    desk.sessions.challenge(session, f"show:{_b64(options.challenge)}")
    told: dict[str, Any] = json.loads(options_to_json(options))
    return told


def shown(desk: Desk, session: Session, request: Request, answer: dict[str, Any]) -> None:
    """Return where a browser answered the challenge of this session with a passkey of its account; raises Wrong if not."""
    challenge = _challenge(desk, session, "show")
    credential = answer.get("id")
    with desk.store.read() as reading:
        account = session.account["account_id"]
        row = (
            reading.row("passkey", credential_id=credential, account_id=account)
            if isinstance(credential, str)
            else None
        )
    if row is None:
        raise _bad()
    try:
        done = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_name(request),
            expected_origin=_origin(desk, request),
            credential_public_key=row["public_key"],
            credential_current_sign_count=row["sign_count"],
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as fault:
        raise _bad() from fault
    with desk.store.write() as writing:
        writing.change("passkey", {"credential_id": row["credential_id"]}, sign_count=done.new_sign_count)


def _challenge(desk: Desk, session: Session, kind: str) -> bytes:
    """Return the challenge that this session was given, and forget it: it is answered once."""
    was, _, told = (session.challenge or "").partition(":")
    if was != kind:
        raise _bad()
    desk.sessions.challenge(session, None)
    return urlsafe_b64decode(told + "==")


def _known(desk: Desk, account: Row) -> list[PublicKeyCredentialDescriptor]:
    with desk.store.read() as reading:
        rows = reading.rows("passkey", account_id=account["account_id"])
    return [PublicKeyCredentialDescriptor(id=urlsafe_b64decode(row["credential_id"] + "==")) for row in rows]


def _name(request: Request) -> str:
    host = request.url.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host
    remedy = "ask for the desk as http://localhost (with its port), or use a code"
    raise Wrong("passkey", host, "is a number, and passkeys hold for a name", remedy)


def _origin(desk: Desk, request: Request) -> str:
    return f"{'https' if desk.settings.https else 'http'}://{request.headers['host']}"


def _b64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _bad() -> Wrong:
    return Wrong("passkey", None, "does not answer the challenge of this desk", "try again, or use a code")
