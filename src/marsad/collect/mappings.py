"""What the columns of a table mean: shipped for data sets that are known, saved by a team for tables of its own."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from marsad.model import Wrong
from marsad.text.row_fields import count_field, is_field
from marsad.text.row_lines import column_label

HOOKS = frozenset({"ucdp", "acled", "period"})
"""What a shipped mapping may have done to a row beyond naming its cells; see `row_hooks`."""

_LONGEST = 200_000
_KEYS = frozenset(
    {"name", "kind", "outlet", "lang", "recognise", "header", "columns", "codes", "sums", "always", "zero"}
    | {"day_first", "hook", "protected", "example", "aside"}
)
_REMEDY = "see docs/kinds.md, which shows one"


@dataclass(frozen=True, slots=True)
class Columns:
    """A mapping: table `name` says what its columns are.

    `columns` maps a field (see `row_fields`) to the names that its column may have, the first one found being taken.
    `codes` maps a field to a table from the column's codes to marsad's; `sums` a field to columns that are added up;
    `always` gives fields that every row has. Columns in `aside` say something of the export and nothing of the row; fields
    in `unsaid` say nothing where they are 0. `recognised_by` are columns by which the table is known, none for one that is
    never guessed; `header` are the names of a table without a header.
    """

    name: str
    kind: str
    columns: Mapping[str, tuple[str, ...]]
    outlet: str | None = None
    lang: str | None = None
    recognised_by: tuple[tuple[str, ...], ...] = ()
    header: tuple[str, ...] = ()
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    always: Mapping[str, str] = field(default_factory=dict)
    unsaid: frozenset[str] = frozenset()
    day_first: bool = True
    hook: str | None = None
    protected: bool = False
    aside: frozenset[str] = frozenset()


@cache
def shipped() -> tuple[Columns, ...]:
    """Return the mappings of the data sets that marsad knows, in the order in which a table is held against them."""
    folder = resources.files("marsad.resources") / "rows"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(columns_of(tomllib.loads(f.read_text("utf-8")), f.name) for f in files)


def shipped_as(kind: str) -> tuple[Columns, ...]:
    """Return the shipped mappings of one kind of data set."""
    return tuple(mapping for mapping in shipped() if mapping.kind == kind)


def saved(path: Path) -> Columns:
    """Return the mapping that a team saved in this TOML file; raises Wrong for a file that is none."""
    try:
        with path.open("rb") as file:
            data = file.read(_LONGEST + 1)
    except OSError as fault:
        raise Wrong(str(path), None, f"cannot be read: {fault.strerror}", "name a mapping") from fault
    if len(data) > _LONGEST:
        raise Wrong(str(path), None, f"is longer than {_LONGEST:,} bytes", "name a mapping")
    try:
        told = tomllib.loads(data.decode())
    except (ValueError, RecursionError) as fault:
        raise Wrong(str(path), None, f"is not TOML ({str(fault)[:80]})", _REMEDY) from fault
    return columns_of(told, str(path))


def known_by(names: Iterable[str], mappings: Iterable[Columns] | None = None) -> Columns | None:
    """Return the mapping of the data set that has columns of these names; None where it is no set that is known."""
    there = {plain(name) for name in names}
    for mapping in shipped() if mappings is None else mappings:
        if any(all(plain(name) in there for name in group) for group in mapping.recognised_by):
            return mapping
    return None


def plain(name: str) -> str:
    """Return a column's name as names are compared: in small letters, spaces and hyphens as underlines.

    >>> plain(" Reported Minimum "), plain("civilian-harm status")
    ('reported_minimum', 'civilian_harm_status')
    """
    return "_".join(name.strip().strip("\ufeff").lower().replace("-", " ").replace("_", " ").split())


def columns_of(told: Mapping[str, Any], subject: str) -> Columns:
    """Return the mapping that a TOML table tells; raises Wrong, naming `subject`, for what it cannot mean."""
    for key in told:
        if key not in _KEYS:
            raise Wrong(subject, key, f"is none of {', '.join(sorted(_KEYS))}", _REMEDY)
    columns = {f: _names(v, f"{subject}, columns.{f}") for f, v in _table(told, "columns", subject).items()}
    sums = {f: _names(v, f"{subject}, sums.{f}") for f, v in _table(told, "sums", subject).items()}
    codes = {f: _codes(v, f"{subject}, codes.{f}") for f, v in _table(told, "codes", subject).items()}
    always = _codes(told.get("always", {}), f"{subject}, always")
    unsaid = _names(told.get("zero", []), f"{subject}, zero")
    for name in [*columns, *sums, *codes, *always, *unsaid]:
        if not is_field(name):
            raise Wrong(subject, name, "is nothing that a column can say", _REMEDY)
    for name in sums:
        if count_field(name) is None:
            raise Wrong(f"{subject}, sums", name, "counts nobody", "add up columns that count people")
    if not columns and not sums:
        raise Wrong(subject, None, "maps no column", _REMEDY)
    hook = told.get("hook")
    if hook is not None and hook not in HOOKS:
        raise Wrong(f"{subject}, hook", hook, f"is none of {', '.join(sorted(HOOKS))}", "leave it out")
    groups = told.get("recognise", [])
    if not isinstance(groups, list):
        raise Wrong(f"{subject}, recognise", None, "is no list of lists of columns", _REMEDY)
    return Columns(
        name=_word(told, "name", subject) or Path(subject).stem,
        kind=_word(told, "kind", subject) or "sheet",
        columns=columns,
        outlet=_word(told, "outlet", subject),
        lang=_word(told, "lang", subject),
        recognised_by=tuple(_names(group, f"{subject}, recognise") for group in groups),
        header=_names(told.get("header", []), f"{subject}, header"),
        codes=codes,
        sums=sums,
        always=always,
        unsaid=frozenset(unsaid),
        day_first=told.get("day_first", True) is True,
        hook=hook,
        protected=told.get("protected", False) is True,
        aside=frozenset(plain(name) for name in _names(told.get("aside", []), f"{subject}, aside")),
    )


def _table(told: Mapping[str, Any], key: str, subject: str) -> Mapping[str, Any]:
    found = told.get(key, {})
    if not isinstance(found, dict):
        raise Wrong(f"{subject}, {key}", None, "is no table", _REMEDY)
    return found


def _names(value: object, subject: str) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
        raise Wrong(subject, None, "is no name and no list of names of columns", _REMEDY)
    return tuple(names)


def _codes(value: object, subject: str) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise Wrong(subject, None, "is no table of words", _REMEDY)
    for code in value:
        if column_label(code) != code:
            raise Wrong(subject, code, "has a colon, an equals sign or a line end in it", "map another column")
    return value


def _word(told: Mapping[str, Any], key: str, subject: str) -> str | None:
    found = told.get(key)
    if found is not None and (not isinstance(found, str) or not found.strip()):
        raise Wrong(f"{subject}, {key}", found, "is no name", "write it in quotes, or leave it out")
    return found
