"""People as values: victim records of the team's lists, pairs that may be one person with what speaks for it, and families."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from marsad.link.persons.clusters import Zone
from marsad.link.persons.comparisons import RELATED
from marsad.model import Decision, VictimRecord
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.person_decisions import pair_anchor, said_by_people, standing_pairs
from marsad.pipeline.person_lists import Files, Passed, records_of
from marsad.pipeline.persons import link
from marsad.text.normal import fold

FOLDER = "people"
"""Where in an observatory's folder the lists of victims lie, one file each: CSV, TSV or JSON lines."""

_LINKED = ".linked.json"
_KINDS = frozenset({".csv", ".tsv", ".txt", ".jsonl", ".ndjson"})
_SHAPE = 1
_GROWN = 18
_ONE_AT_A_TIME = Lock()

Key = tuple[str, str]
"""The name of a list, and the id of a record in it."""


@dataclass(frozen=True, slots=True)
class Person:
    """One record as the desk shows it. `protected` says that it is of a minor, or of somebody not recorded as dead.

    `names` are initials where whoever looks may not read them: then `hidden` is true, and there is neither number nor day
    of birth.
    """

    key: Key
    names: tuple[str, ...]
    sex: str | None
    age: int | None
    born: str | None
    died: str | None
    place: str | None
    number: str | None
    person: str
    protected: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person: the chance (0 to 1), what speaks for and against it, and what stands of it.

    `reasons` and `conflicts` are keys of the catalogue "persons". `decision` is what a person said, None while nobody has.
    """

    anchor: str
    a: Person
    b: Person
    chance: float
    zone: str
    joined: bool
    reasons: tuple[str, ...]
    conflicts: tuple[str, ...]
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Family:
    """Records that name one family, of one list's group or of one incident: how they stand together, earliest first."""

    name: str
    where: str
    members: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Everybody on the team's lists. `rejected` rows could not be used, `unnamed` name nobody."""

    records: Mapping[Key, Person]
    pairs: tuple[Pair, ...]
    families: tuple[Family, ...]
    lists: tuple[str, ...]
    unnamed: int
    rejected: int


def people_view(observatory: Observatory, *, names: bool) -> People:
    """Return the people of an observatory; its lists are linked on first use, and again when a file changes.

    `names` says whether whoever looks may read the names of minors and of people who may be alive. Raises Wrong for a file
    that is no list of victims.
    """
    records, linked, lists, passed = _lists(observatory, _looked(observatory))
    persons = dict(zip(map(tuple, linked["records"]), linked["persons"], strict=True))
    shown = {key: shown_as(record, persons.get(key, ""), names=names) for key, record in records.items()}
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        decided = {d.anchor: d for d in standing_pairs(reading)}
    pairs = [
        _pair(row, shown, decided) for row in linked["links"] if {tuple(row["a"]), tuple(row["b"])} <= shown.keys()
    ]
    pairs.sort(key=order_of)
    families = tuple(_families(records, shown))
    return People(shown, tuple(pairs), families, lists, passed.unnamed, len(passed.rejections))


Order = tuple[bool, float, str]
"""What sorts pairs: decided ones last, the most doubtful first, then by their words."""


def order_of(pair: Pair) -> Order:
    """Return what sorts a pair among others."""
    return pair.decision is not None, abs(pair.chance - 0.5), pair.anchor


def pair_key(pair: Pair) -> str:
    """Return the key of a pair: pages go on after it, whatever was decided meanwhile."""
    decided, doubt, anchor = order_of(pair)
    return f"{int(decided)}~{doubt!r}~{anchor}"


def pairs_after(pairs: Sequence[Pair], key: str) -> Sequence[Pair]:
    """Return the pairs after the one of this key; all of them for no key, and for one that is none."""
    decided, _, rest = key.partition("~")
    doubt, _, anchor = rest.partition("~")
    try:
        after: Order = (decided == "1", float(doubt), anchor)
    except ValueError:
        return pairs
    return [pair for pair in pairs if order_of(pair) > after]


def shown_as(record: VictimRecord, person: str, *, names: bool) -> Person:
    """Return a record as somebody may see it; without the right to `names`, a protected one keeps initials alone.

    >>> from datetime import date
    >>> child = VictimRecord("7", "ngo", ("Rana Sami Haddad",), age=9, died=date(2014, 11, 25))
    >>> shown_as(child, "p", names=False).names, shown_as(child, "p", names=True).names
    (('R. S. H.',), ('Rana Sami Haddad',))
    """
    protected = is_protected(record)
    whole = Person(
        (record.list_name, record.record_id),
        record.names,
        record.sex,
        record.age,
        record.born.isoformat() if record.born else None,
        record.died.isoformat() if record.died else None,
        record.place,
        record.ids[0].value if record.ids else None,
        person,
        protected,
        hidden=False,
    )
    return masked(whole) if protected and not names else whole


def masked(person: Person) -> Person:
    """Return a record with initials in place of names, and without number and day of birth."""
    if person.hidden:
        return person
    return replace(person, names=tuple(map(initials, person.names)), born=None, number=None, hidden=True)


def is_protected(record: VictimRecord) -> bool:
    """Tell whether a record is of a minor, or of somebody of whom no day of death is recorded: they may be alive."""
    return record.died is None or (record.age is not None and record.age < _GROWN)


def initials(name: str) -> str:
    """Return the first letters of a name.

    >>> initials("منى سالم")
    'م. س.'
    """
    return " ".join(f"{word[0]}." for word in name.split()[:6])


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.suffix.lower() in _KINDS and p.is_file() and not p.is_symlink())


def _looked(observatory: Observatory) -> tuple[tuple[str, int, int, int], ...]:
    """Return what a look at the folder says of its lists: another answer once one of them was changed."""
    told = [(path.name, path.stat()) for path in _files(observatory.path / FOLDER)]
    return tuple((name, at.st_mtime_ns, at.st_size, at.st_ino) for name, at in told)


@lru_cache(maxsize=2)
def _lists(
    observatory: Observatory, _seen: tuple[tuple[str, int, int, int], ...]
) -> tuple[dict[Key, VictimRecord], dict[str, Any], tuple[str, ...], Passed]:
    """Return the records of the lists as they were when `_seen`, how they are linked, and the names of the lists."""
    files, passed = Files(_files(observatory.path / FOLDER), {}), Passed(0, [])
    records = {(r.list_name, r.record_id): r for r in records_of(files, passed)}
    return records, _linked(observatory, files, list(records.values())), tuple(files.names()), passed


def _stamp(files: Files) -> str:
    digest = hashlib.sha256(f"{_SHAPE}".encode())
    for path in files.paths:
        digest.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _linked(observatory: Observatory, files: Files, records: Sequence[VictimRecord]) -> dict[str, Any]:
    """Return the linkage of the lists as it is kept beside them, made anew where a list has changed since."""
    path = observatory.path / FOLDER / _LINKED
    stamp = _stamp(files)
    with _ONE_AT_A_TIME:
        if path.is_file():
            kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
            if kept.get("stamp") == stamp:
                return kept
        with observatory.kept(read_only=True) as store, store.read() as reading:
            said = [
                one
                for one in said_by_people(reading)
                if {one.a, one.b} <= {(r.list_name, r.record_id) for r in records}
            ]
        made = _link(records, said) if len(records) > 1 else {"records": [], "persons": [], "links": []}
        beside = path.with_suffix(".part")
        if path.parent.is_dir():
            beside.touch(mode=0o600)
            beside.write_text(json.dumps({"stamp": stamp, **made}, ensure_ascii=False), "utf-8")
            beside.replace(path)
        return made


def _link(records: Sequence[VictimRecord], said: Sequence[Any]) -> dict[str, Any]:
    linked = link(records, decisions=said, processes=1)
    links = [
        {
            "a": linked.records[one.left],
            "b": linked.records[one.right],
            "chance": round(one.chance, 4),
            "zone": one.zone.value,
            "joined": one.joined,
            "reasons": [key.removeprefix(RELATED) for key in agreements],
            "conflicts": list(one.conflicts),
        }
        for one, agreements in zip(linked.links, linked.agreements, strict=True)
        if one.zone is not Zone.REFUSED
    ]
    return {"records": list(linked.records), "persons": list(linked.persons), "links": links}


def _pair(row: Mapping[str, Any], shown: Mapping[Key, Person], decided: Mapping[str, Decision]) -> Pair:
    a, b = tuple(row["a"]), tuple(row["b"])
    anchor = pair_anchor(a, b)
    told = tuple(row["reasons"]), tuple(row["conflicts"])
    one, other = shown[a], shown[b]
    if one.hidden or other.hidden:  # the other list's spelling would give the name away
        one, other = masked(one), masked(other)
    return Pair(anchor, one, other, row["chance"], row["zone"], row["joined"], *told, decided.get(anchor))


def _families(records: Mapping[Key, VictimRecord], shown: Mapping[Key, Person]) -> list[Family]:
    """Return the families: groups that a list names, else people of one family's name who died in one incident or place."""
    groups: dict[tuple[str, ...], list[Key]] = defaultdict(list)
    for key, record in records.items():
        if record.family is not None:
            groups["list", record.list_name, record.family].append(key)
            continue
        name = (record.parts[3] if record.parts else None) or record.names[0].split()[-1]
        beside = record.incident or record.place
        if beside and len(record.names[0].split()) > 1:
            groups["name", fold(name), record.list_name, beside].append(key)
    out = []
    for group, members in groups.items():
        if len(members) > 1:
            people = sorted((shown[m] for m in members), key=lambda p: (p.died or "9999", -(p.age or 0), p.key))
            told = group[0] == "list"
            name = group[2] if told else people[0].names[0].split()[-1]
            out.append(Family(name, group[1] if told else group[3], tuple(people)))
    return sorted(out, key=lambda family: (-len(family.members), family.name))
