"""Accounts: who is on the team, under which pseudonym, with which roles and groups."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from marsad.desk.actor import Actor
from marsad.desk.roles import Role
from marsad.desk.secrets_of import RandomBytes, hashed, token
from marsad.model import Conflict, Wrong
from marsad.store.desk import DeskStore, DeskWriting, Row
from marsad.store.instants import instant

LANGUAGES = ("en", "ar")
OUTSIDE = "/welcome"
"""Where somebody who was invited sets a password."""
INVITED = timedelta(hours=1)
"""How long the link lasts by which somebody sets a password."""

_BIRDS = (
    *(
        "crane",
        "falcon",
        "finch",
        "hoopoe",
        "ibis",
        "kestrel",
        "lapwing",
        "lark",
        "linnet",
        "martin",
        "merlin",
        "oriole",
    ),
    *(
        "osprey",
        "petrel",
        "plover",
        "raven",
        "robin",
        "shrike",
        "siskin",
        "starling",
        "stork",
        "swallow",
        "swift",
        "tern",
    ),
)
"""What pseudonyms are made of."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """`secret` goes into the link of somebody who then sets a password; it works once."""

    account_id: str
    secret: str


def actor_of(row: Row) -> Actor:
    """Return who the row of an account is."""
    roles, groups = json.loads(row["roles"]), json.loads(row["groups"])
    return Actor(row["account_id"], row["name"], frozenset(map(Role, roles)), frozenset(groups), row["language"])


def add_account(
    store: DeskStore,
    name: str,
    roles: Iterable[Role],
    groups: Iterable[str],
    language: str,
    by: str,
    now: datetime,
    random_bytes: RandomBytes,
) -> Invitation:
    """Make an account and an invitation to it; raises Wrong for a name that is taken or cannot be printed."""
    name = checked_name(name)
    with store.write() as writing:
        if writing.row("account", name_key=name_key(name)):
            raise Conflict("account", name, "is taken", "choose another name")
        account_id = _pseudonym(writing, random_bytes)
        writing.add(
            "account",
            account_id=account_id,
            name=name,
            name_key=name_key(name),
            roles=json.dumps(sorted(set(roles))),
            groups=json.dumps(sorted(checked_groups(groups))),
            language=checked_language(language),
            password=None,
            totp=None,
            totp_step=0,
            disabled=0,
            version=1,
            made_at=instant(now),
        )
        if writing.row("setting", name="first_account") is None:
            writing.add("setting", name="first_account", value=instant(now))
        log(writing, now, by, "account made", account_id)
        return Invitation(account_id, invite(writing, account_id, now, random_bytes))


def invite(writing: DeskWriting, account_id: str, now: datetime, random_bytes: RandomBytes) -> str:
    """Return the secret of a new link by which the account gets a (new) password; earlier links are void."""
    secret = token(random_bytes)
    writing.remove("invitation", account_id=account_id)
    writing.add("invitation", token_hash=hashed(secret), account_id=account_id, expires_at=instant(now + INVITED))
    return secret


def change_account(
    store: DeskStore,
    account_id: str,
    *,
    roles: Iterable[Role],
    groups: Iterable[str],
    disabled: bool,
    version: int,
    by: str,
    now: datetime,
) -> None:
    """Give an account these roles and groups; whoever uses it has to sign in again.

    Raises Conflict where somebody else changed it first, Wrong where nobody would be left to manage accounts.
    """
    with store.write() as writing:
        row = writing.row("account", account_id=account_id)
        if row is None:
            raise Wrong("account", account_id, "is not here", "look at the list of accounts")
        if row["version"] != version:
            raise Conflict("account", account_id, f"is at version {row['version']} by now", "look at it again")
        writing.change(
            "account",
            {"account_id": account_id},
            roles=json.dumps(sorted(set(roles))),
            groups=json.dumps(sorted(checked_groups(groups))),
            disabled=int(disabled),
            version=version + 1,
        )
        if not any(Role.ADMIN in actor_of(r).roles for r in writing.rows("account", disabled=0)):
            raise Wrong("account", account_id, "is the last admin", "make another admin first")
        writing.remove("session", account_id=account_id)  # what somebody may do changed: sign in anew
        if disabled:
            writing.remove("invitation", account_id=account_id)
            writing.remove("device", account_id=account_id)
        log(writing, now, by, "account disabled" if disabled else "account changed", account_id)


def log(writing: DeskWriting, now: datetime, by: str, what: str, about: str | None = None) -> None:
    """Note what was done with accounts, modes and requests."""
    writing.add("event", at=instant(now), by=by, what=what, about=about)


def name_key(name: str) -> str:
    """Return the name as it is looked up: Casing and spaces around do not matter.

    >>> name_key(" Amal ")
    'amal'
    """
    return " ".join(name.split()).casefold()


def checked_name(name: str) -> str:
    """Return the name without spaces around; raises Wrong for none, a long one, and letters that do not show."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= 80 or not name.isprintable():
        raise Wrong(
            "account, name", ascii(name)[1:-1][:100], "is no name of 1 to 80 letters that show", "write another"
        )
    return name


def checked_groups(groups: Iterable[str]) -> list[str]:
    """Return the groups; raises Wrong for a name that is empty, long or does not show."""
    return [checked_name(group) for group in groups]


def checked_language(language: str) -> str:
    """Return the language; raises Wrong for one that the desk does not speak."""
    if language not in LANGUAGES:
        raise Wrong("account, language", language[:20], "is not spoken here", f"give one of {', '.join(LANGUAGES)}")
    return language


def _pseudonym(writing: DeskWriting, random_bytes: RandomBytes) -> str:
    """Return a pseudonym that nobody has: a bird and three digits, for the ledger."""
    while True:
        drawn = random_bytes(4)
        made = f"{_BIRDS[drawn[0] % len(_BIRDS)]}-{int.from_bytes(drawn[1:]) % 900 + 100}"
        if writing.row("account", account_id=made) is None:
            return made
