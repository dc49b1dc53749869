"""An observatory on disk: its settings, what it keeps and what it derives."""

import json
import os
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from marsad.collect.text_of import kind_of, text_of
from marsad.model import Report, Text, Wrong
from marsad.pipeline.assets import SETTINGS
from marsad.pipeline.settings_text import store_lines
from marsad.preserve.syncing import sync_folder
from marsad.preserve.vault import Vault
from marsad.preserve.vaults import AnyVault
from marsad.store.collecting import STATE, Collecting
from marsad.store.derived import Derived
from marsad.store.instants import instant
from marsad.store.kept import Kept
from marsad.store.places import Place, Server, server
from marsad.store.public import PublicStore
from marsad.store.sealed import SealedStore
from marsad.store.turns import turn

KEPT, DERIVED, PUBLIC, SEALED = "kept.db", "derived.db", "public.db", "sealed.db"
"""What the stores are called where they are files."""

SCHEMA = 1
"""The number of this layout; a folder with a higher one was made by a newer marsad."""

_TEMPLATE = """\
# The settings of this observatory. Change name, policies and languages as you like; leave the rest.
name = {name}
# The policies under which tolls are computed, the first one first.
policies = ["airwars", "ucdp"]
# The languages in which the record is published.
languages = ["en", "ar"]
# Outlets that the record may name and quote although none of their reports has a public web address.
public = []
schema = {schema}
created = "{created}"
"""


@dataclass(frozen=True, slots=True)
class Observatory:
    """In the folder `path`, the observatory `name` keeps reports, and computes tolls under `policies`.

    `languages` are those that its record is published in, as ISO 639-1 codes. `vault_address` is where evidence lies if not
    in the folder, with the options of that store; `store` is the server that holds the stores if they are no files in it.
    """

    path: Path
    name: str
    policies: tuple[str, ...]
    languages: tuple[str, ...]
    vault_address: str | None = None
    vault_options: tuple[tuple[str, str], ...] = ()
    store: Server | None = None

    @staticmethod
    def init(path: Path, name: str, now: datetime, store: Server | None = None) -> "Observatory":
        """Make an empty observatory in the folder `path`, which must not exist yet or be empty; its stores on `store`.

        It is built beside and gets its name when it is complete and on the disk; raises Wrong, leaving nothing, if it
        cannot be.
        """
        if not name.strip() or not name.isprintable():
            raise Wrong("--name", ascii(name)[1:-1], "is no name that can be printed", 'write --name "Raqqa"')
        path = path.absolute()
        if path == Path.cwd():
            raise Wrong(str(path), None, "is the folder you are in", "name a new folder: marsad init obs/")
        if path.is_symlink() or (path.exists() and (not path.is_dir() or any(path.iterdir()))):
            raise Wrong(str(path), None, "exists already", "name a new folder, or use the one that is there")
        if not path.parent.is_dir():
            raise Wrong(str(path.parent), None, "is not a folder", "make it first, then run marsad init again")
        if store is not None:
            from marsad.store import postgres_stores

            postgres_stores.prepare(store)
        try:
            _build(path, name, now, store)
        except OSError as fault:
            if store is not None:
                postgres_stores.remove(store)
            raise Wrong(str(path), None, f"cannot be made: {fault.strerror}", "make room or allow it") from fault
        return Observatory.open(path)

    @staticmethod
    def open(path: Path) -> "Observatory":
        """Return the observatory in this folder; raises Wrong if there is none, or one of a newer marsad."""
        file = path / SETTINGS
        try:
            settings = tomllib.loads(file.read_text("utf-8"))
        except (FileNotFoundError, NotADirectoryError) as fault:
            rule = f"is not an observatory: it has no {SETTINGS}"
            raise Wrong(str(path), None, rule, f"make one with `marsad init {path}`") from fault
        except OSError as fault:
            raise Wrong(str(file), None, f"cannot be read: {fault.strerror}", "check that you may read it") from fault
        except ValueError as fault:  # also bytes that are no UTF-8
            raise Wrong(str(file), None, f"is not TOML ({fault})", "correct it or restore it from a backup") from fault
        schema = settings.get("schema")
        if not isinstance(schema, int) or schema < 1:
            raise Wrong(f"{file}, schema", schema, "is not a schema number", f"write schema = {SCHEMA}")
        if schema > SCHEMA:
            rule = f"is newer than the {SCHEMA} this marsad knows"
            raise Wrong(f"{file}, schema", schema, rule, "install a newer marsad")
        name = settings.get("name")
        if not isinstance(name, str) or not name:
            raise Wrong(f"{file}, name", name, "is not a name", 'write name = "…"')
        address, options = _vault(settings, file)
        policies, languages = _words(settings, "policies", file), _words(settings, "languages", file)
        return Observatory(path, name, policies, languages, address, options, _server(settings, file))

    @property
    def vault(self) -> AnyVault:
        """The bytes of all reports: in the folder `vault`, or where the settings say (vault = "s3://…")."""
        if self.vault_address is None:
            return Vault(self.path / "vault")
        from marsad.preserve.object_vault import ObjectVault

        return ObjectVault(self.vault_address, dict(self.vault_options))

    def kept(self, *, read_only: bool = False) -> Kept:
        """Open what is kept; close it, or use it in a `with`. Raises Wrong if it is missing or not ours."""
        remedy = "restore it from a backup; nothing else can make it again"
        return Kept(self.store or self._present(KEPT, remedy), read_only=read_only)

    def derived(self, *, read_only: bool = False) -> Derived:
        """Open what is derived, empty if somebody removed it; close it, or use it in a `with`."""
        path = self.path / DERIVED
        if self.store is None and not path.exists() and not read_only:
            Derived.create(path)
        remedy = "run `marsad run`, which makes it again"
        return Derived(self.store or self._present(DERIVED, remedy), read_only=read_only)

    def turn(self, waiting: Callable[[], None]) -> AbstractContextManager[None]:
        """Hold the turn of deriving, which one process has at a time; `waiting` is told once if another has it."""
        return turn(self.path, self.store, waiting)

    def public(self) -> PublicStore:
        """Open what was published, empty if nothing was yet; close it, or use it in a `with`."""
        return PublicStore(self.place(PUBLIC))

    def sealed(self, *, read_only: bool = False) -> SealedStore:
        """Open what is sealed, empty if nothing is yet; close it, or use it in a `with`."""
        return SealedStore(self.place(SEALED), read_only=read_only)

    def collecting(self) -> Collecting:
        """Open how far collecting has come; close it, or use it in a `with`."""
        return Collecting(self.place(STATE))

    def place(self, name: str) -> Place:
        """Return where a store lies: on the server, or in the file of this name."""
        return self.store or self.path / name

    def has(self, name: str) -> bool:
        """Return whether there is a store: on a server there is every one, as a file there is what was made."""
        return self.store is not None or (self.path / name).exists()

    def policy(self, wanted: str | None) -> str:
        """Return the policy that a person asks for, or the one shown where nobody asks: ucdp if it is used, else the first.

        Raises Wrong for a policy under which this observatory computes nothing.
        """
        if wanted is None:
            return "ucdp" if "ucdp" in self.policies else self.policies[0]
        if wanted not in self.policies:
            rule = f"is not computed here: {', '.join(self.policies)}"
            raise Wrong("--policy", wanted, rule, f"name one of them, or add it to {SETTINGS} and run again")
        return wanted

    def texts(self, reports: Iterable[Report]) -> Iterator[Text]:
        """Yield the text of each report, from its bytes; raises Wrong where they are not those received."""
        for report in reports:
            text, fields = text_of(self.vault.get(report.evidence), report.report_id)
            yield Text(report.report_id, text, report.published, report.outlet, report.lang, kind_of(fields))

    def _present(self, name: str, remedy: str) -> Path:
        path = self.path / name
        if not path.is_file():
            raise Wrong(str(path), None, "is missing", remedy)
        return path


def _build(path: Path, name: str, now: datetime, store: Server | None) -> None:
    beside = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}-"))
    try:
        Vault.create(beside / "vault")
        if store is None:
            Kept.create(beside / KEPT)
            Derived.create(beside / DERIVED)
        quoted = json.dumps(name, ensure_ascii=False)
        settings = _TEMPLATE.format(name=quoted, schema=SCHEMA, created=instant(now)) + store_lines(store)
        with (beside / SETTINGS).open("x", encoding="utf-8") as file:
            file.write(settings)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(beside)
        beside.rename(path)
    except BaseException:
        shutil.rmtree(beside)
        raise
    sync_folder(path.parent)


def _server(settings: dict[str, Any], file: Path) -> Server | None:
    store = settings.get("store")
    if store is None:
        return None
    if not isinstance(store, dict) or not isinstance(store.get("url"), str) or len(store) != 1:
        remedy = 'write [store] and below it url = "postgresql://user@host/database"'
        raise Wrong(f"{file}, [store]", None, "does not say where the store lies", remedy)
    return server(store["url"], f"{file}, [store] url")


def _vault(settings: dict[str, Any], file: Path) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    address, options = settings.get("vault"), settings.get("vault_options", {})
    if address is not None and (not isinstance(address, str) or not address.startswith("s3://")):
        raise Wrong(f"{file}, vault", address, "is not the address of a store", 'write vault = "s3://bucket/folder"')
    if not isinstance(options, dict) or not all(isinstance(value, str) for value in options.values()):
        remedy = 'write vault_options = { endpoint = "https://…" }; keys belong into the environment'
        raise Wrong(f"{file}, vault_options", None, "is not a table of words", remedy)
    return address, tuple(sorted(options.items()))


def _words(settings: dict[str, Any], key: str, file: Path) -> tuple[str, ...]:
    words = settings.get(key)
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word for word in words):
        raise Wrong(f"{file}, {key}", words, "is not a list of names", f'write {key} = ["…", "…"]')
    return tuple(words)
