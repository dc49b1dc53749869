"""What a team writes into an observatory's folder by hand and no store holds: channels, policies, lists of victims, its actors.

A backup holds them, too. What can be made again is not among them.
"""

import re
from collections.abc import Iterator
from pathlib import Path

_FOLDERS = ("channels", "people", "policies")
_SINGLE = ("actors.toml",)
_MADE_AGAIN = (".linked.json", ".partial")

_PLAIN_NAME = re.compile(r"[^\W_][^/\\\x00-\x1f\x7f]{0,200}")


def is_team_file(name: str) -> bool:
    """Return whether a path below an observatory, written with slashes, is that of a file that its team writes.

    >>> [is_team_file(name) for name in ("channels/desk.yaml", "people/شهداء الرقة.csv", "actors.toml", "people/../kept.db")]
    [True, True, True, False]
    """
    folder, slash, file = name.rpartition("/")
    if not slash:
        return name in _SINGLE
    return folder in _FOLDERS and _PLAIN_NAME.fullmatch(file) is not None and not file.endswith(_MADE_AGAIN)


def team_files(observatory: Path) -> Iterator[str]:
    """Yield the path below the observatory of each file that its team wrote, in order; links are left out."""
    found = [observatory / name for name in _SINGLE]
    for folder in _FOLDERS:
        if (observatory / folder).is_dir():
            found += sorted((observatory / folder).iterdir())
    for path in found:
        name = path.relative_to(observatory).as_posix()
        if path.is_file() and not path.is_symlink() and is_team_file(name):
            yield name
