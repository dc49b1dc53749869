"""`marsad keys`: keys that the observatory's machine does not hold."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from marsad.cli.backup_commands import key_in
from marsad.cli.clock import clock, now
from marsad.cli.options import named
from marsad.cli.refusal import Command
from marsad.model import Act, Collector, KeyRole, Wrong
from marsad.pipeline.custody import note
from marsad.pipeline.ledgering import TOOL
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.sources import Sources, recovery_recipients, standing_keys
from marsad.preserve import archives
from marsad.preserve import keys as made_keys
from marsad.preserve.sealing import opened, sealed

_observatory = click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))


@click.group(short_help="Keys that open sources and backups; none is on this machine.")
def keys() -> None:
    """Make, trust, split and drill the keys that open sealed sources and backups.

    The secret half never belongs on the observatory's machine: make it on another one, trust its recipient (age1…)
    here, split the recovery key among people who do not sit in one room, and drill it every quarter.

    \b
    Examples:
      marsad keys make recovery.key                      (on another machine)
      marsad keys split recovery.key --parts 3 --need 2  (there, too; then destroy recovery.key)
      marsad keys trust obs/ age1… --holder team --recovery
      marsad keys drill obs/ share-1.txt share-3.txt --backup obs.marsad

    Exit codes: 0 done, 2 refused.
    """


@keys.command("make", cls=Command, short_help="Make a key, on a machine that is not the observatory's.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
def make(file: Path) -> None:
    """Write a new secret key into FILE, readable by you alone, and print its recipient, which may be shown to
    anybody."""
    key, recipient = made_keys.make_key()
    _write(file, f"# public key: {recipient}\n{key}\n")
    click.echo(recipient)


@keys.command("trust", cls=Command, short_help="Seal to this recipient from now on.")
@_observatory
@click.argument("recipient", metavar="RECIPIENT")
@click.option("--holder", required=True, help="Who holds the secret key: a pseudonym.")
@click.option("--recovery", is_flag=True, help="It is the team's recovery key: it opens backups, too.")
@click.option("--no-more", is_flag=True, help="Trust it no more: nothing is sealed to it from now on.")
def trust(path: Path, recipient: str, holder: str, recovery: bool, no_more: bool) -> None:
    """Seal sources to this recipient, too, from now on. What was sealed before stays as it was: seal it again."""
    role = KeyRole.RECOVERY if recovery else KeyRole.READER
    observatory = Observatory.open(path)
    with observatory.kept() as kept:
        made = Sources(observatory, kept, os.urandom).trust(
            recipient, named(holder, "--holder"), role, now(), not no_more
        )
    click.echo(f"{made.recipient}  {made.holder}, {made.role.value}{'' if made.used else ', no longer trusted'}")


@keys.command("list", cls=Command, short_help="List the keys that are trusted.")
@_observatory
def list_(path: Path) -> None:
    """List the recipients to which is sealed, with who holds the secret key."""
    with Observatory.open(path).kept(read_only=True) as kept, kept.read() as reading:
        for key in standing_keys(reading):
            click.echo(f"{key.recipient}  {key.holder}, {key.role.value}, since {key.recorded_at:%Y-%m-%d}")


@keys.command("split", cls=Command, short_help="Split a key into shares of words.")
@click.argument("file", metavar="KEYFILE", type=click.Path(path_type=Path))
@click.option("--parts", type=int, default=3, show_default=True, help="Into how many shares.")
@click.option("--need", type=int, default=2, show_default=True, help="How many of them give the key back.")
@click.option("--out", type=click.Path(path_type=Path), default=Path(), help="The folder to write share-1.txt … into.")
def split(file: Path, parts: int, need: int, out: Path) -> None:
    """Write shares of a key, 33 words each (SLIP-39), to be printed and given to different people. Fewer than --need
    of them tell nothing about the key. Then destroy the key file and the files of the shares."""
    shares = made_keys.split_key(key_in(file), parts, need)
    for number, share in enumerate(shares, 1):
        _write(out / f"share-{number}.txt", share + "\n")
    click.echo(f"{parts} shares in {out}; any {need} give the key back. Print them, drill them, destroy the files.")


@keys.command("join", cls=Command, short_help="Put a key together from its shares.")
@click.argument("file", metavar="KEYFILE", type=click.Path(path_type=Path))
@click.argument("shares", metavar="SHARE…", nargs=-1, required=True, type=click.Path(path_type=Path))
def join(file: Path, shares: Sequence[Path]) -> None:
    """Write the key that the shares in these files make into KEYFILE, on the machine on which something is to be
    opened."""
    key = made_keys.join_key(_read(shares))
    _write(file, f"# public key: {made_keys.recipient_of(key)}\n{key}\n")
    click.echo(made_keys.recipient_of(key))


@keys.command("drill", cls=Command, short_help="Prove that the shares still make the recovery key.")
@click.argument("what", metavar="OBSERVATORY|RECIPIENT")
@click.argument("shares", metavar="SHARE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--backup", "backup_file", type=click.Path(path_type=Path), help="Open the beginning of this backup with it, too."
)
@click.option("--actor", default="team", show_default=True, help="Who drills: a pseudonym.")
def drill(what: str, shares: Sequence[Path], backup_file: Path | None, actor: str) -> None:
    """Prove that any sufficient choice of the shares in these files makes the recovery key, that it opens what is
    sealed now, and the backup, if one is named. Nothing of the key is written anywhere. On an observatory, the drill
    is kept in the ledger; on a machine without one, name the recipient in its place.

    Exit codes: 0 the key is there, 2 it is not: the message says what failed.
    """
    words = _read(shares)
    path = Path(what)
    if path.exists():
        with Observatory.open(path).kept(read_only=True) as kept, kept.read() as reading:
            recipients = recovery_recipients(reading)
    else:
        recipients = [made_keys.checked_recipient(what)]
    mine = [one for one in recipients if one == made_keys.recipient_of(_joined(words))] or recipients[:1]
    if not mine:
        raise Wrong("keys", None, "has no recovery key here", "trust one first: marsad keys trust --recovery")
    need = made_keys.drill(words, mine[0], lambda key: _opens(key, mine[0], backup_file))
    if path.exists():
        with Observatory.open(path).kept() as kept:
            by = Collector(named(actor, "--actor"), TOOL, clock())
            note(kept, Act.DRILLED, by, now(), {"recipient": mine[0], "shares": len(words)}, os.urandom)
    click.echo(
        f"{mine[0]}: the key is there; any {need} of these {len(words)} shares make it, and it opens what it must."
    )


def _joined(words: Sequence[str]) -> str:
    """Return the key that the fewest of the shares make, the first ones."""
    for count in range(1, len(words)):
        try:
            return made_keys.join_key(words[:count])
        except Wrong:
            continue
    return made_keys.join_key(words)


def _opens(key: str, recipient: str, backup_file: Path | None) -> None:
    probe = os.urandom(32)
    if opened(sealed(probe, [recipient]), key) != probe:
        raise Wrong("key", None, "does not open what is sealed to it", "find the right shares")
    if backup_file is not None:
        archives.opens(backup_file, key)


def _read(paths: Sequence[Path]) -> list[str]:
    out = []
    for path in paths:
        try:
            out.append(" ".join(path.read_text("ascii").split()))
        except (OSError, UnicodeDecodeError) as fault:
            raise Wrong("share", path, "cannot be read", "name a file with the 33 words of a share") from fault
    return out


def _write(path: Path, text: str) -> None:
    """Write a new file that only its owner may read; raises Wrong if there is one."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
    except OSError as fault:
        raise Wrong(str(path), None, f"cannot be written: {fault.strerror}", "name a new file") from fault
