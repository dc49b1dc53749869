"""One's own account: another password, and an end to sessions elsewhere; for the API and for the page alike."""

from fastapi import Request
from starlette.responses import Response

from marsad.desk import throttle
from marsad.desk.accounts import log
from marsad.desk.actor import Actor
from marsad.desk.secrets_of import hashed
from marsad.desk.services import Desk
from marsad.desk.sessions import COOKIE
from marsad.model import Wrong
from marsad.store.desk import Row


def change_password(request: Request, answer: Response, actor: Actor, old: str, new: str) -> None:
    """Set another password; every session of this account ends, and this browser gets a new one with the `answer`.

    Raises Wrong where the old one does not fit, was tried too often, or the new one is too plain.
    """
    desk: Desk = request.app.state.desk
    now = desk.settings.now()
    bucket = f"device:change {actor.id}"
    if throttle.reserve(desk.store, [bucket], now):
        raise Wrong("password", None, "was tried too often", "wait a little")
    with desk.store.read() as reading:
        row = reading.row("account", account_id=actor.id)
    if row is None or not desk.passwords.fits(row["password"], old):
        raise Wrong("password", None, "is not the one there is", "type it again")
    kept = desk.passwords.hash(new, actor.name)
    session = desk.sessions.session(request)
    with desk.store.write() as writing:
        writing.change("account", {"account_id": actor.id}, password=kept)
        writing.remove("session", account_id=actor.id)
        writing.remove("device", account_id=actor.id)
        log(writing, now, actor.id, "password changed", actor.id)
    throttle.forgive(desk.store, [bucket], now)
    desk.sessions.begin(answer, actor.id, session.factor if session else "password")


def end_other_sessions(request: Request, actor: Actor) -> None:
    """End every other session of this account, and forget the browsers it was used from."""
    desk: Desk = request.app.state.desk
    mine = hashed(request.cookies.get(COOKIE, ""))
    with desk.store.write() as writing:
        for row in writing.rows("session", account_id=actor.id):
            if row["token_hash"] != mine:
                writing.remove("session", token_hash=row["token_hash"])
        writing.remove("device", account_id=actor.id)


def passkeys_of(request: Request, actor: Actor) -> list[Row]:
    """Return the passkeys of this account: credential_id, label, made_at."""
    desk: Desk = request.app.state.desk
    with desk.store.read() as reading:
        rows = reading.rows("passkey", account_id=actor.id)
    return [{name: row[name] for name in ("credential_id", "label", "made_at")} for row in rows]


def forget_passkey(request: Request, actor: Actor, credential_id: str) -> bool:
    """Forget a passkey of this account; return whether there was one of this id."""
    desk: Desk = request.app.state.desk
    with desk.store.write() as writing:
        gone = writing.remove("passkey", credential_id=credential_id, account_id=actor.id)
        if gone:
            log(writing, desk.settings.now(), actor.id, "passkey removed", actor.id)
    return bool(gone)
