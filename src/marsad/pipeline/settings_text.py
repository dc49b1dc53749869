"""The settings file as a person wrote it, with other words about where the stores and the evidence lie."""

import json
import os
import re
import tomllib
from pathlib import Path

from marsad.model import Wrong
from marsad.store.places import Server

_TABLE = re.compile(r"(?ms)^(?:# The team's store\.[^\n]*\n)?\[store\][^\n]*\n.*?(?=^\[|\Z)")
_LINE = re.compile(r"(?m)^store(?:\.url)?\s*=[^\n]*\n?")
_VAULT = re.compile(r"(?m)^vault(_options)?\s*=.*\n?")


def store_lines(store: Server | None) -> str:
    """Return what the settings say of where the stores lie: nothing where they are files."""
    if store is None:
        return ""
    said = "# The team's store. Its password belongs into PGPASSWORD or ~/.pgpass, never here."
    return f"\n{said}\n[store]\nurl = {json.dumps(store.url)}\n"


def with_store(text: str, store: Server | None, file: Path) -> str:
    """Return the settings with the stores on this server, or, None, in files; the rest stays as it was written.

    Raises Wrong where they are written so that this cannot be done.
    """
    before = tomllib.loads(text)
    bare = _LINE.sub("", _TABLE.sub("", text)).rstrip("\n") + "\n"
    made = bare + store_lines(store)
    before.pop("store", None)
    expected = before if store is None else {**before, "store": {"url": store.url}}
    try:
        right = tomllib.loads(made) == expected
    except tomllib.TOMLDecodeError:
        right = False
    if not right:
        raise Wrong(
            str(file), None, "says where the store lies in a way that only you can change", "remove [store] first"
        )
    return made


def local(text: str, file: Path) -> str:
    """Return the settings of an observatory whose evidence and stores lie in its folder."""
    return with_store(_VAULT.sub("", text), None, file)


def replaced(file: Path, text: str) -> None:
    """Put this text in the place of a file, all at once and on the disk."""
    beside = file.with_name(file.name + ".new")
    with beside.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    beside.rename(file)
