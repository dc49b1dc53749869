"""Sessions: kept here and revocable; the browser holds a secret of which the desk keeps the hash alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Request
from starlette.responses import Response

from marsad.desk.accounts import actor_of
from marsad.desk.actor import Actor, NotSignedIn
from marsad.desk.secrets_of import form_token, hashed, token
from marsad.desk.settings import DeskSettings
from marsad.store.desk import DeskStore, Row
from marsad.store.instants import instant

COOKIE = "marsad"
VISITOR = "marsad_visitor"
DEVICE = "marsad_device"
_STALE = timedelta(seconds=30)
"""How old the note of the last click may be before it is written again."""
DEVICE_LASTS = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody's session: `whole` says that nothing is missing, `factor` what was shown: a password, or both."""

    token_hash: str
    account: Row
    factor: str
    whole: bool
    challenge: str | None


class Sessions:
    """The sessions of a desk."""

    def __init__(self, store: DeskStore, settings: DeskSettings) -> None:
        self._store, self._settings = store, settings

    def actor(self, request: Request) -> Actor:
        """Return who is asking; raises NotSignedIn where nobody is, or where a second factor is missing."""
        session = self.session(request)
        if session is None:
            raise NotSignedIn
        if not session.whole:
            raise NotSignedIn("/second-factor")
        return actor_of(session.account)

    def session(self, request: Request) -> Session | None:
        """Return the session of a request, None where there is none, or none any more."""
        if not hasattr(request.state, "session"):
            request.state.session = self._found(request.cookies.get(COOKIE))
        found: Session | None = request.state.session
        return found

    def begin(self, response: Response, account_id: str, factor: str, old: str | None = None) -> str:
        """Begin a session in this browser, in place of the `old` one; return its secret."""
        secret, now = token(self._settings.random_bytes), self._settings.now()
        with self._store.write() as writing:
            if old:
                writing.remove("session", token_hash=hashed(old))
            writing.remove("session", before=("made_at", instant(now - self._settings.absolute)))
            writing.add(
                "session",
                token_hash=hashed(secret),
                account_id=account_id,
                factor=factor,
                made_at=instant(now),
                seen_at=instant(now),
                challenge=None,
            )
        self._set(response, COOKIE, secret)
        return secret

    def remember(self, response: Response, account_id: str, known: str | None) -> None:
        """Remember this browser as one from which somebody has signed in: its attempts count apart."""
        now = self._settings.now()
        with self._store.write() as writing:
            writing.remove("device", before=("made_at", instant(now - DEVICE_LASTS)))
            if known and writing.row("device", token_hash=hashed(known), account_id=account_id):
                return
            secret = token(self._settings.random_bytes)
            writing.add("device", token_hash=hashed(secret), account_id=account_id, made_at=instant(now))
        self._set(response, DEVICE, secret, int(DEVICE_LASTS.total_seconds()))

    def end(self, request: Request, response: Response) -> None:
        """End the session of a request."""
        with self._store.write() as writing:
            writing.remove("session", token_hash=hashed(request.cookies.get(COOKIE, "")))
        response.delete_cookie(COOKIE, path="/")

    def visitor(self, request: Request, response: Response) -> str:
        """Return the secret of a browser that has not signed in, giving it one where it has none."""
        secret = request.cookies.get(VISITOR) or token(self._settings.random_bytes)
        self._set(response, VISITOR, secret)
        return secret

    def form_token(self, request: Request) -> str | None:
        """Return what a form of this browser has to carry, None where it has no cookie."""
        cookie = request.cookies.get(COOKIE) if self.session(request) else request.cookies.get(VISITOR)
        return form_token(cookie) if cookie else None

    def challenge(self, session: Session, challenge: str | None) -> None:
        """Keep what was offered to this session and has to be answered in it."""
        with self._store.write() as writing:
            writing.change("session", {"token_hash": session.token_hash}, challenge=challenge)

    def _set(self, response: Response, name: str, value: str, lasts: int | None = None) -> None:
        response.set_cookie(
            name, value, max_age=lasts, path="/", secure=self._settings.https, httponly=True, samesite="strict"
        )

    def _found(self, secret: str | None) -> Session | None:
        if not secret:
            return None
        now = self._settings.now()
        with self._store.read() as reading:
            row = reading.row("session", token_hash=hashed(secret))
            account = reading.row("account", account_id=row["account_id"]) if row else None
            second = bool(row) and self.asks_second(reading.row("setting", name="first_account"), now)
        if row is None or account is None or account["disabled"]:
            return None
        made, seen = (datetime.fromisoformat(row[name]) for name in ("made_at", "seen_at"))
        if now - made > self._settings.absolute or now - seen > self._settings.idle:
            return None
        if abs(now - seen) > _STALE:
            with self._store.write() as writing:
                writing.change("session", {"token_hash": row["token_hash"]}, seen_at=instant(max(now, seen)))
        has_second = account["totp"] is not None or self._has_passkey(account["account_id"])
        whole = row["factor"] == "both" or not (second or has_second)
        return Session(row["token_hash"], account, row["factor"], whole, row["challenge"])

    def asks_second(self, first: Row | None, now: datetime) -> bool:
        """Tell whether a second factor is asked for: always, but for the hour after the very first account was made."""
        if not self._settings.second_factor:
            return False
        return first is None or now - datetime.fromisoformat(first["value"]) >= self._settings.grace

    def _has_passkey(self, account_id: str) -> bool:
        with self._store.read() as reading:
            return reading.row("passkey", account_id=account_id) is not None
