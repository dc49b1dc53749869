"""The register of actors as data: what marsad ships, what a team adds, each entry checked."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from marsad.context.register import LONGEST, Known, Name, Register, Short, Tie, key_of
from marsad.model import OriginKind, Wrong
from marsad.text.actors import actors
from marsad.text.context_words import parties

TYPES = ("state", "non-state", "international", "civilian body")
TIES = ("part_of", "member_of", "follows")
ROLES = ("rescue", "medical", "aid")
_OF_KIND = {OriginKind.INTERNATIONAL: "international", OriginKind.OFFICIAL: "state", OriginKind.PARTY: "non-state"}
"""What sort of actor an origin is, where the register does not say: whoever else has a name is a civilian body."""


@cache
def shipped() -> Register:
    """Return the register that marsad ships: resources/register.toml with the names of actors.toml and parties.toml."""
    text = (resources.files("marsad.resources") / "register.toml").read_text("utf-8")
    known, shorts = read_register(tomllib.loads(text), "register.toml")
    return register_of(_with_names(known, tomllib.loads(text)["same"]), shorts)


def register_of(known: Iterable[Known], shorts: Mapping[str, Short]) -> Register:
    """Return the register of these actors; raises Wrong where a tie or a short names somebody who is none of them."""
    actors_by = {k.name: k for k in known}
    words: dict[str, list[tuple[str, Name]]] = {}
    for k in actors_by.values():
        for name in k.names:
            words.setdefault(key_of(name.words), []).append((k.name, name))
        for tie in k.ties:
            if tie.other not in actors_by:
                rule = "is tied to nobody of that name"
                raise Wrong(
                    f"actor {k.name}, {tie.kind}", tie.other, rule, "add an actor of that name, or mend the name"
                )
    for word, short in shorts.items():
        for mean in short.means:
            if mean not in actors_by:
                raise Wrong(f"short {word!r}", mean, "means nobody of that name", "add an actor of that name")
    return Register(actors_by, {w: tuple(named) for w, named in words.items()}, dict(shorts))


def joined(base: Register, known: Iterable[Known], shorts: Mapping[str, Short]) -> Register:
    """Return a register to which a team's own is added: what its entry says of an actor stands before what ours said.

    Names and ties are added; a short of the team's replaces ours of the same words.
    """
    out = dict(base.actors)
    for k in known:
        old = out.get(k.name)
        if old is not None:
            names = tuple(dict.fromkeys((*k.names, *old.names)))
            codes = {**old.codes, **k.codes}
            first, last = k.first or old.first, k.last or old.last
            k = replace(
                k, names=names, ties=tuple(dict.fromkeys((*k.ties, *old.ties))), codes=codes, first=first, last=last,
                name_ar=k.name_ar or old.name_ar, countries=k.countries or old.countries, role=k.role or old.role,
                armed=k.armed or old.armed,
            )  # fmt: skip
        out[k.name] = replace(k, ours=True)
    return register_of(out.values(), {**base.shorts, **shorts})


def read_register(data: Mapping[str, Any], file: str) -> tuple[list[Known], dict[str, Short]]:
    """Return the actors and shorts of a file, parsed; raises Wrong, naming file and actor, for what breaks a rule."""
    known = [_known(entry, file, at) for at, entry in enumerate(_tables(data, "actor", file), 1)]
    shorts: dict[str, Short] = {}
    for at, entry in enumerate(_tables(data, "short", file), 1):
        where = f"{file}, short {at}"
        words, means = _texts(entry, "words", where), _texts(entry, "means", where)
        short = Short(means, _texts(entry, "countries", where))
        shorts |= {key_of(word): short for word in words}
    return known, shorts


def _known(entry: Mapping[str, Any], file: str, at: int) -> Known:
    name = entry.get("name")
    where = f"{file}, actor {name or at}"
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST or not name.isprintable():
        raise Wrong(where, name, "has no name of 1 to 200 letters", 'write name = "…"')
    sort = entry.get("type")
    if sort not in TYPES:
        raise Wrong(f"{where}, type", sort, f"is none of {', '.join(TYPES)}", f'write type = "{TYPES[1]}"')
    role = entry.get("role")
    if role is not None and role not in ROLES:
        raise Wrong(f"{where}, role", role, f"is none of {', '.join(ROLES)}", "name one of them, or leave it out")
    names = [Name(name), *(_name(given, where) for given in entry.get("names", ()))]
    if isinstance(entry.get("name_ar"), str):
        names.insert(1, Name(entry["name_ar"], "ar"))
    ties = [_tie(given, given.get("kind"), given.get("other"), where) for given in entry.get("ties", ())]
    ties += [_tie(given, "side", given.get("with"), where) for given in entry.get("sides", ())]
    return Known(
        name, sort, entry.get("name_ar"), bool(entry.get("armed", False)), _texts(entry, "countries", where),
        *_days(entry, where), tuple(names), tuple(ties), role, dict(entry.get("codes", {})),
    )  # fmt: skip


def _name(given: Any, where: str) -> Name:
    words = given.get("words") if isinstance(given, Mapping) else given
    if not isinstance(words, str) or not words.strip() or len(words) > LONGEST:
        raise Wrong(f"{where}, names", words, "is not a name", 'write { words = "…", first = 2013-04-09 }')
    return Name(words, given.get("lang"), *_days(given, where)) if isinstance(given, Mapping) else Name(words)


def _tie(given: Mapping[str, Any], kind: Any, other: Any, where: str) -> Tie:
    if kind not in (*TIES, "side") or not isinstance(other, str):
        rule = f"is no tie: {', '.join(TIES)}, each with an other"
        raise Wrong(f"{where}, ties", kind, rule, 'write { kind = "part_of", other = "…" }')
    return Tie(kind, other, *_days(given, where))


def _days(entry: Mapping[str, Any], where: str) -> tuple[date | None, date | None]:
    first, last = entry.get("first"), entry.get("last")
    for key, day in (("first", first), ("last", last)):
        if day is not None and type(day) is not date:
            raise Wrong(f"{where}, {key}", day, "is not a day", f"write {key} = 2014-06-29, without quotation marks")
    if first and last and last < first:
        raise Wrong(f"{where}, last", last, f"lies before the first day {first}", "put the days in order")
    return first, last


def _texts(entry: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    texts = entry.get(key, [])
    if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
        raise Wrong(f"{where}, {key}", texts, "is not a list of words", f'write {key} = ["…"]')
    return tuple(texts)


def _tables(data: Mapping[str, Any], key: str, file: str) -> list[Mapping[str, Any]]:
    tables = data.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(table, Mapping) for table in tables):
        raise Wrong(f"{file}, {key}", None, "is not a list of tables", f"write [[{key}]] before each")
    return tables


def _with_names(known: Iterable[Known], aka: Mapping[str, str]) -> list[Known]:
    """Return the actors with all spellings of actors.toml and parties.toml, and those that only these two have."""
    out = {k.name: k for k in known}
    spelled: dict[str, list[Name]] = {}
    for actor in actors():
        name = aka.get(actor.origin.name, actor.origin.name)
        spelled.setdefault(name, []).extend(Name(words) for words in actor.aliases)
        if name not in out:
            sort = "state" if name.startswith("Government of") else _OF_KIND.get(actor.origin.kind, "civilian body")
            out[name] = Known(name, sort, actor.name_ar, actor.armed or sort == "state", names=(Name(name),))
        elif actor.name_ar and not out[name].name_ar:
            out[name] = replace(out[name], name_ar=actor.name_ar)
    for words, party in parties():
        name = aka.get(party.name, party.name)
        spelled.setdefault(name, []).append(Name(words))
        if name not in out:
            countries = (party.country,) if party.country else ()
            out[name] = Known(name, "state" if party.state else "non-state", None, True, countries, names=(Name(name),))
    return [_called(k, spelled.get(k.name, [])) for k in out.values()]


def _called(k: Known, more: Sequence[Name]) -> Known:
    """Return the actor with more names; one that the register dates is not added a second time without a date."""
    dated = {key_of(name.words) for name in k.names}
    name_ar = k.name_ar or next((n.words for n in more if "\u0620" <= n.words[:1] <= "\u064a"), None)
    arabic = (Name(name_ar, "ar"),) if name_ar else ()
    extra = [name for name in (*arabic, *more) if key_of(name.words) not in dated]
    return replace(k, name_ar=name_ar, names=tuple(dict.fromkeys((*k.names, *extra))))
