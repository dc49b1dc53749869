"""Keys that the observatory does not hold: how they are made, split among people, and put together again.

A key is an age identity (X25519). Its public half, the recipient, is all that an observatory knows: with it anybody can seal,
and nobody open. Shares are words after SLIP-39, which other programs read, too.
"""

import importlib
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import pyrage

from marsad.model import Wrong

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_PREFIX = "age-secret-key-"


def make_key() -> tuple[str, str]:
    """Return a new key as text, and its recipient."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient_of(key: str) -> str:
    """Return the recipient of a key; raises Wrong, without repeating it, for a text that is no key."""
    try:
        return str(pyrage.x25519.Identity.from_str(key.strip()).to_public())
    except pyrage.IdentityError as fault:
        raise Wrong("key", None, "is not an age secret key", "give the file that `marsad keys make` wrote") from fault


def checked_recipient(recipient: str) -> str:
    """Return the recipient; raises Wrong for a text that is none, a secret key above all."""
    if recipient.strip().lower().startswith(_PREFIX):
        raise Wrong("recipient", None, "is a secret key, and now on this machine", "make a new key; give age1… here")
    try:
        return str(pyrage.x25519.Recipient.from_str(recipient.strip()))
    except pyrage.RecipientError as fault:
        raise Wrong("recipient", recipient[:80], "is not an age recipient", "give the age1… of the key") from fault


def split_key(key: str, parts: int, need: int) -> list[str]:
    """Return `parts` shares of the key, 33 words each; any `need` of them give it back, fewer give nothing away.

    Raises Wrong for numbers that make no sense.
    """
    if not 2 <= need <= parts <= 16:
        raise Wrong("shares", f"{need} of {parts}", "is no way to split a key", "say for example --parts 3 --need 2")
    recipient_of(key)
    shamir = _shamir()
    ((*shares,),) = shamir.generate_mnemonics(1, [(need, parts)], _bytes_of(key.strip()))
    return [str(share) for share in shares]


def join_key(shares: Sequence[str]) -> str:
    """Return the key that these shares make; raises Wrong where they are too few, damaged, or of different keys."""
    shamir = _shamir()
    try:
        secret = shamir.combine_mnemonics([" ".join(share.lower().split()) for share in shares])
    except (shamir.MnemonicError, ValueError, KeyError) as fault:
        said = str(fault)[:120] or type(fault).__name__
        raise Wrong("shares", None, f"do not make a key: {said}", "check each word, or give another share") from fault
    return _text_of(secret)


def drill(shares: Sequence[str], recipient: str, opens: Callable[[str], None]) -> int:
    """Prove that any sufficient choice of these shares makes the key of `recipient`; return how many are needed.

    `opens` is given the key and must raise Wrong if it does not open what it has to. Raises Wrong if any choice fails.
    """
    need = next((n for n in range(1, len(shares) + 1) if _joins(shares[:n])), None)
    if need is None:
        join_key(shares)
        raise Wrong("shares", len(shares), "are too few", "give more shares")
    for chosen in combinations(shares, need):
        key = join_key(chosen)
        if recipient_of(key) != recipient:
            raise Wrong(
                "shares", recipient_of(key), f"is the recipient of their key, not {recipient}", "find its shares"
            )
    opens(key)
    return need


def _joins(shares: Sequence[str]) -> bool:
    try:
        join_key(shares)
    except Wrong:
        return False
    return True


def _shamir() -> Any:
    return importlib.import_module("shamir_mnemonic")


def _bytes_of(key: str) -> bytes:
    """Return the 32 bytes that a key's text writes (Bech32, BIP 173); the text was checked before."""
    values = [_LETTERS.index(letter) for letter in key.lower().removeprefix(_PREFIX + "1")[:-6]]
    number = 0
    for value in values:
        number = number << 5 | value
    return (number >> (5 * len(values) - 256)).to_bytes(32, "big")


def _text_of(secret: bytes) -> str:
    """Return the text of a key of these 32 bytes."""
    number = int.from_bytes(secret, "big") << 4
    values = [number >> shift & 31 for shift in range(255, -1, -5)]
    spread = [ord(c) >> 5 for c in _PREFIX] + [0] + [ord(c) & 31 for c in _PREFIX]
    checksum = _polymod([*spread, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [checksum >> shift & 31 for shift in range(25, -1, -5)]
    return (_PREFIX + "1" + "".join(_LETTERS[value] for value in values)).upper()


def _polymod(values: Sequence[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            checksum ^= generator if top >> bit & 1 else 0
    return checksum
