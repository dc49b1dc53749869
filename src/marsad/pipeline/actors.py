"""The register of an observatory: what marsad ships and what the team added in its own actors.toml; and who is in its reports."""

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from marsad.context.register import Known, Register
from marsad.context.register_file import joined, read_register, shipped
from marsad.context.who import acting
from marsad.model import Wrong
from marsad.model.knowledge import knowledge_of
from marsad.pipeline.observatory import Observatory

FILE = "actors.toml"
_LARGEST = 5_000_000


def register_of(observatory: Observatory) -> Register:
    """Return the register of actors of an observatory; raises Wrong, naming the entry, where its own file breaks a rule."""
    path = observatory.path / FILE
    if not path.is_file():
        return shipped()
    if path.stat().st_size > _LARGEST:
        raise Wrong(str(path), path.stat().st_size, f"is larger than {_LARGEST:,} bytes", "keep actors only in it")
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as fault:
        raise Wrong(str(path), None, f"cannot be read as TOML ({fault})", "mend it, see docs/actors.md") from fault
    known, shorts = read_register(data, FILE)
    return joined(shipped(), known, shorts)


@dataclass(slots=True)
class Seen:
    """How often an actor did what, and said what, in statements; and in how many reports it is."""

    did: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    reports: int = 0


def actors_seen(observatory: Observatory) -> dict[str, Seen]:
    """Return who acts, is acted on or speaks in the reports, by name; those the register does not know by the report's words."""
    register = register_of(observatory)
    with observatory.derived(read_only=True) as derived:
        told = [knowledge_of(row) for row in derived.table("knowledge").to_pylist()]
    who = acting(told, register)
    out: dict[str, Seen] = {}
    reports: dict[str, set[str]] = {}
    for known in told:
        mine = who[known.knowledge_id]
        for name in mine.everybody:
            reports.setdefault(name, set()).add(known.report_id)
            out.setdefault(name, Seen())
        if mine.party is not None:
            seen = out[mine.party]
            (seen.said if known.topic == "statement" else seen.did)[known.act or known.topic] += 1
    for name, seen in out.items():
        seen.reports = len(reports[name])
    return out


def actor_named(observatory: Observatory, name: str, on: date | None = None) -> tuple[Known | None, tuple[str, ...]]:
    """Return the actor that a name means on a day; None and those it may mean, where several are; raises Wrong for nobody."""
    meant = register_of(observatory).meant(name, on=on)
    if meant.actor is None and not meant.among:
        rule = "is nobody that the register knows"
        raise Wrong("NAME", name, rule, f"`marsad actors {observatory.path} --all` lists them; add it to {FILE}")
    return meant.actor, meant.among
