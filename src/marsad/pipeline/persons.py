"""From lists of victims to persons: pairs weighed, weighed again beside their families, joined, drawn and named."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

from marsad.engines.local import LocalEngine
from marsad.engines.with_splink import PairEngine, scored
from marsad.link.persons import keys, kin
from marsad.link.persons.choose import Pairs, chances
from marsad.link.persons.clusters import REFUSED, SURE, Link, clustered, person_ids
from marsad.link.persons.comparisons import COMPARISONS, SCORED, settings
from marsad.link.persons.draws import drawn
from marsad.link.persons.weights import SCRIPTS, Model, shipped
from marsad.model import VictimRecord, Wrong
from marsad.pipeline.person_tables import Known, prepared
from marsad.stage import Query

LEAST = -7.0
"""Bits below which a pair is dropped: even a whole family found cannot bring it back."""

_FREQUENCIES = sorted({level.frequency for levels in COMPARISONS.values() for level in levels if level.frequency})
_LEVELS = {name: [level.key for level in levels if not level.null][::-1] for name, levels in COMPARISONS.items()}
_SIDES = {"aa": "scripts = 'aa'", "ll": "scripts = 'll'", "al": "scripts in ('al', 'la')"}
_ROUNDS = 3
"""How often the share of people who stand on two lists is estimated anew from the chances."""


@dataclass(frozen=True, slots=True)
class Said:
    """A person decided that two records, each (list, record id), are one human being or are two."""

    a: tuple[str, str]
    b: tuple[str, str]
    same: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """Records, the pairs among them that may be one person, each record's person, and further plausible linkages.

    `agreements` holds, for each link, the level of every comparison in which something was known. `draws` are person ids
    for each record, like `persons`.
    """

    records: Sequence[tuple[str, str]]
    links: Sequence[Link]
    agreements: Sequence[tuple[str, ...]]
    persons: Sequence[str]
    draws: Sequence[Sequence[str]]


def link(
    records: Iterable[VictimRecord],
    *,
    closed: Collection[str] | None = None,
    decisions: Collection[Said] = (),
    known: Mapping[str, str] | None = None,
    draws: int = 0,
    seed: int = 0,
    model: Model | None = None,
    processes: int | None = None,
    engine: PairEngine | None = None,
    told: Callable[[str], None] = lambda _step: None,
) -> Linked:
    """Return who is who among these records.

    `closed` names the lists in which nobody stands twice, None all of them. `decisions` always hold. `known` are the person
    ids of an earlier linkage, by the id a record has alone (`content_id("person", list, record)`). `told` hears each step
    begin. `engine` prepares names and weighs pairs in place of this machine's `processes`, to the same end; who follows from
    the pairs is worked out in this process. Raises Wrong for a record id twice in a list, for decisions that contradict one
    another or name no record.
    """
    model = model or shipped()
    with LocalEngine(processes) if engine is None else nullcontext(engine) as chosen:
        told("names")
        base = prepared(chosen, records, closed)
        said = _said(decisions, base)
        shut = {n for name, n in base.lists.items() if closed is None or name in closed}
        told("pairs")
        weigh(chosen, model, prior(base, shut, model.share))
        told("families")
        pairs, agreements = with_kin(chosen, model, base, shut, said)
    told("persons")
    shares = settled(pairs, base, shut, said)
    links, of = clustered(
        zip(pairs.left, pairs.right, shares, strict=True), base.vitals, shut, said[0], said[1], base.ids
    )
    seen = dict(zip(zip(pairs.left, pairs.right, strict=True), agreements, strict=True))
    kept = [one for one in links if one.chance >= REFUSED / 10 or one.joined]
    others = drawn(links, base.vitals, shut, base.ids, draws, seed, said[0], said[1]) if draws else []
    persons = person_ids(of, base.ids, known)
    return Linked(
        base.keys,
        kept,
        [seen.get((one.left, one.right), ()) for one in kept],
        persons,
        [person_ids(one, base.ids, known) for one in others],
    )


def prior(base: Known, shut: Collection[int], share: float) -> float:
    """Return the chance that two records that may be one are one, if `share` of the shorter of two lists is on the longer.

    For a list that names people twice, one record in ten is expected to come back.
    """
    expected = possible = 0.0
    for a, size in enumerate(base.sizes):
        if a not in shut:
            expected += 0.1 * size
            possible += size * (size - 1) / 2
        for other in base.sizes[a + 1 :]:
            expected += share * min(size, other)
            possible += size * other
    return min(0.5, max(1e-12, expected / max(possible, 1.0)))


def weigh(engine: PairEngine, model: Model, chance: float) -> None:
    """Make table "weighed" (l, r, w, scripts, gamma_…): the pairs worth comparing, each by its best pair of names."""
    for query in keys.keys("views", "keys"):
        engine.run(query)
        if query.table is not None and not query.table.endswith(("_all", "_some")):
            engine.drop(f"{query.table}_all")
    for query in keys.candidates("views", "keys", "pairs"):
        engine.run(query)
    for name in (*(f"keys_{n}{end}" for n in (3, 2, 1) for end in ("", "_some")), "pairs_bare"):
        engine.drop(name)
    _weigh(engine, model, chance, "pairs", "weighed")


def _weigh(engine: PairEngine, model: Model, chance: float, pairs: str, out: str) -> None:
    gammas = ", ".join(f"gamma_{name}" for name in COMPARISONS)
    tables = []
    for scripts in SCRIPTS:
        part = f"{pairs}_{scripts}"
        engine.run(Query(f"select join_key_l, join_key_r, match_key from {pairs} where {_SIDES[scripts]}", part))
        [(count,)] = engine.run(Query(f"select count(*) from {part}"))
        if count:
            bits = math.log2(chance / (1 - chance)) + model.offset.get(scripts, 0.0)
            start = 1 / (1 + 2.0**-bits)
            scored(
                engine,
                "views",
                part,
                settings(model.weights[scripts], start),
                _FREQUENCIES,
                LEAST,
                SCORED,
                f"{part}_weighed",
            )
            tables.append(f"select rid_l, rid_r, match_weight, {gammas}, '{scripts}' as scripts from {part}_weighed")
    if not tables:
        engine.register("nothing_weighed", SCORED.empty_table())
        tables.append(f"select rid_l, rid_r, match_weight, {gammas}, '' as scripts from nothing_weighed")
    union = " union all ".join(tables)
    engine.run(
        Query(
            f"""select l, r, w, scripts, {gammas} from (
                    select l, r, w, scripts, {gammas}, row_number() over (
                        partition by l, r order by w desc, scripts, {gammas}) as place
                    from (select least(rid_l, rid_r) as l, greatest(rid_l, rid_r) as r, match_weight as w, scripts, {gammas}
                          from ({union}) each) ordered) ranked
                where place = 1""",
            out,
        )
    )


def with_kin(
    engine: PairEngine, model: Model, base: Known, shut: Collection[int], said: "Decided"
) -> tuple[Pairs, list[tuple[str, ...]]]:
    """Return the pairs with their final weights and their levels: families of one incident speak for one another."""
    pairs, levels = _read(engine, "weighed")
    [(grouped,)] = engine.run(Query("select count(*) from groups"))
    if not grouped:
        return pairs, levels
    shares = settled(pairs, base, shut, said)
    sure = [(a, b) for a, b, p in zip(pairs.left, pairs.right, shares, strict=True) if p >= SURE]
    _register_pairs(engine, "sure", [*sure, *((b, a) for a, b in sure)])
    for query in (*kin.houses("groups", "views", "houses"), *kin.supported("houses", "sure", "views", "kin")):
        engine.run(query)
    engine.run(kin.rescued("kin", "views", "pairs", "pairs_kin"))
    _weigh(engine, model, prior(base, shut, model.share), "pairs_kin", "weighed_kin")
    engine.run(Query("select * from weighed union all select * from weighed_kin", "weighed_all"))
    engine.run(kin.bonus("weighed_all", "kin", "kin_via", "records", model.kin, "weighed_again"))
    return _read(engine, "weighed_again")


def _register_pairs(engine: PairEngine, name: str, rows: Sequence[tuple[int, int]]) -> None:
    import pyarrow as pa

    left, right = ([row[0] for row in rows], [row[1] for row in rows])
    engine.register(name, pa.table({"l": pa.array(left, pa.int32()), "r": pa.array(right, pa.int32())}))


def _read(engine: PairEngine, name: str) -> tuple[Pairs, list[tuple[str, ...]]]:
    engine.run(Query(f"select * from {name} order by l, r", f"{name}_sorted"))
    table = engine.table(f"{name}_sorted")
    gammas = [(level_keys, table.column(f"gamma_{name_}").to_pylist()) for name_, level_keys in _LEVELS.items()]
    extra = table.column("kin").to_pylist() if "kin" in table.column_names else None
    told: dict[tuple[object, ...], tuple[str, ...]] = {}
    levels = []
    columns = [column for _, column in gammas] + ([extra] if extra is not None else [])
    for row in zip(*columns, strict=True):
        known = told.get(row)
        if known is None:
            found = [level_keys[g] for (level_keys, _), g in zip(gammas, row, strict=False) if g is not None and g >= 0]
            if extra is not None and row[-1] is not None:
                found.append(str(row[-1]))
            known = told[row] = tuple(found)
        levels.append(known)
    return Pairs(table.column("l").to_pylist(), table.column("r").to_pylist(), table.column("w").to_pylist()), levels


Decided = tuple[list[tuple[int, int]], list[tuple[int, int]]]


def settled(pairs: Pairs, base: Known, shut: Collection[int], said: Decided) -> list[float]:
    """Return each pair's chance, the share of people on two lists having been estimated from the chances themselves."""
    same, apart = ({frozenset(pair) for pair in one} for one in said)
    weights = list(pairs.weight)
    if same or apart:
        for at, pair in enumerate(zip(pairs.left, pairs.right, strict=True)):
            one = frozenset(pair)
            weights[at] = 60.0 if one in same else -60.0 if one in apart else weights[at]
    lists = [v.lst for v in base.vitals]
    judged = replace(pairs, weight=weights)
    expected = sum(0.5 * min(a, b) for i, a in enumerate(base.sizes) for b in base.sizes[i + 1 :])
    expected += sum(0.1 * size for number, size in enumerate(base.sizes) if number not in shut)
    shift, out = 0.0, chances(judged, lists, shut)
    for _ in range(_ROUNDS - 1):
        found = math.log2(min(2.0, max(0.01, sum(out) / max(expected, 1.0))))
        if abs(found - shift) < 0.05:
            break
        shift = found
        out = chances(judged, lists, shut, shift)
    return out


def _said(decisions: Collection[Said], base: Known) -> Decided:
    """Return decisions as pairs of record numbers, same and apart; raises Wrong where they contradict each other."""
    if not decisions:
        return [], []
    numbers = {key: at for at, key in enumerate(base.keys)}
    same: list[tuple[int, int]] = []
    apart: list[tuple[int, int]] = []
    for one in decisions:
        for key in (one.a, one.b):
            if key not in numbers:
                raise Wrong(
                    "decisions", " ".join(key), "is no record of these lists", "check the list's name and the record id"
                )
        (same if one.same else apart).append((numbers[one.a], numbers[one.b]))
    _links, of = clustered([], base.vitals, (), same, ())
    for a, b in apart:
        if of[a] == of[b]:
            pair = f"{' '.join(base.keys[a])} and {' '.join(base.keys[b])}"
            raise Wrong(
                "decisions", pair, "are decided to be apart and, through others, to be one", "take one of them back"
            )
    return same, apart
