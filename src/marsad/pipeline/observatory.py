"""An observatory on disk: its settings, what it keeps and what it derives."""

import json
import os
import shutil
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from marsad.collect.text_of import kind_of, text_of
from marsad.model import Report, Text, Wrong
from marsad.pipeline.assets import SETTINGS
from marsad.preserve.vault import Vault, sync_folder
from marsad.store.derived import Derived
from marsad.store.kept import Kept
from marsad.store.kept_rows import instant

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

    `languages` are those that its record is published in, as ISO 639-1 codes.
    """

    path: Path
    name: str
    policies: tuple[str, ...]
    languages: tuple[str, ...]

    @staticmethod
    def init(path: Path, name: str, now: datetime) -> "Observatory":
        """Make an empty observatory in the folder `path`, which must not exist yet or be empty.

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
        try:
            _build(path, name, now)
        except OSError as fault:
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
        return Observatory(path, name, _words(settings, "policies", file), _words(settings, "languages", file))

    @property
    def vault(self) -> Vault:
        """The bytes of all reports."""
        return Vault(self.path / "vault")

    def kept(self, *, read_only: bool = False) -> Kept:
        """Open what is kept; close it, or use it in a `with`. Raises Wrong if it is missing or not ours."""
        return Kept(
            self._present("kept.db", "restore it from a backup; nothing else can make it again"), read_only=read_only
        )

    def derived(self, *, read_only: bool = False) -> Derived:
        """Open what is derived, empty if somebody removed it; close it, or use it in a `with`."""
        path = self.path / "derived.db"
        if not path.exists() and not read_only:
            Derived.create(path)
        return Derived(self._present("derived.db", "run `marsad run`, which makes it again"), read_only=read_only)

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


def _build(path: Path, name: str, now: datetime) -> None:
    beside = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}-"))
    try:
        Vault.create(beside / "vault")
        Kept.create(beside / "kept.db")
        Derived.create(beside / "derived.db")
        quoted = json.dumps(name, ensure_ascii=False)
        settings = _TEMPLATE.format(name=quoted, schema=SCHEMA, created=instant(now))
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


def _words(settings: dict[str, Any], key: str, file: Path) -> tuple[str, ...]:
    words = settings.get(key)
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word for word in words):
        raise Wrong(f"{file}, {key}", words, "is not a list of names", f'write {key} = ["…", "…"]')
    return tuple(words)
