"""Sums of tolls that carry what is not known: intervals, doubtful links, unknown status, unknown times. As SQL, pure.

The table that is summed has a row an incident: its keys; `low`, `best`, `high` of the toll (all null where nobody told);
`whole`, the name that incidents share which may be one (null where none may), `members` of how many it is, `together_low`
and `together_high` of the toll if they are one, `chance` that they are; `apart_low`, `apart_best`, `apart_high` if its
reports are of several incidents, `split_chance` that they are; and `room`, the highest total of an incident whose toll of
this category nobody told (null where it was told or the total is open). Rows whose `has_total` is false are left out: of them
nobody told anything.

Three results stand side by side, each under its name:

naive    the sum of the lowest and of the highest numbers that were told, as if every link and every status were certain
carried  no number of people that fits the tolls, the links and the unknown statuses lies outside
likely   where nineteen of twenty sums lie if within its range each number is as likely as another, and no incident's
         error goes with another's: narrower than carried, and as good as that supposition
"""

from collections.abc import Sequence

from marsad.model import Wrong
from marsad.stage import Query

TIMES = ("day", "week", "month", "year")
KEYS = ("place", "admin1", "country", "perpetrator", "weapon", "grade", "status")
"""What sums may be told apart by, beside time; `status` is told apart by summing categories one by one."""

UNKNOWN = "?"
"""The key of what is not known: where it was, who did it, or an interval of days that no single week holds."""

_DOUBTED = "whole is not null or apart_low is not null"
_CEILING = "case when low is null then room else high end"
_OPEN = "case when low is null then room is null else high is null end"
_TOP = f"coalesce({_CEILING}, low, 0)"
_MEAN = f"(coalesce(low, 0) + {_TOP}) / 2.0"
_SPREAD = f"(({_TOP} - coalesce(low, 0) + 1) * ({_TOP} - coalesce(low, 0) + 1) - 1) / 12.0"
"""A row's highest number, whether it has none, and mean and variance of a number as likely as any other in its range."""

_Z = 1.959964
"""The standard normal's 97.5th percentile."""


def keys_of(by: str) -> list[str]:
    """Return the keys that a person divided by commas; raises Wrong for one that there is none of, or one given twice.

    >>> keys_of("week,perpetrator")
    ['week', 'perpetrator']
    """
    names = [name.strip() for name in by.split(",") if name.strip()]
    known = (*TIMES, *KEYS)
    for name in names:
        if name not in known:
            raise Wrong("--by", name, f"is not one of {', '.join(known)}", "write --by week,perpetrator")
    if len(set(names)) != len(names) or len([n for n in names if n in TIMES]) > 1:
        raise Wrong("--by", by, "tells something apart twice", "name each once, and one of day, week, month, year")
    return names


def _bucket(name: str, time: str) -> str:
    """Return the SQL of a key: for a time, the first day of its span if the whole of the incident lies in it."""
    if name not in TIMES:
        return f"coalesce(cast({name} as varchar), '{UNKNOWN}')"
    first, last = ("occurred_from", "occurred_to") if time == "occurred" else (time, time)
    start = f"date_trunc('{name}', {first})"
    return f"case when {start} = date_trunc('{name}', {last}) then cast(cast({start} as date) as varchar) else '{UNKNOWN}' end"


def summing(table: str, out: str, by: Sequence[str], time: str = "occurred") -> list[Query]:
    """Return the queries that make `out`: a row for each combination of keys, and its sums.

    `time` is occurred, reported or recorded. Columns are the keys; `incidents`, `untold` (nobody bounded the number),
    `doubtful` (a link is in doubt); `best` (null where an incident has none); `naive_low`, `naive_high`; `low`, `high`
    (null: open above), carried; `likely_low`, `likely_high`.
    """
    names = [n for n in by if n != "status"]
    keys = "".join(f"{_bucket(n, time)} as k_{n}, " for n in names)
    group = ", ".join(f"k_{n}" for n in names)
    by_keys = f"group by {group}" if group else ""
    listed = f"{group}, " if group else ""
    return [
        Query(  # one pass over everything: what was told, and what no link doubts
            f"""select {keys}count(*) as incidents, count(*) filter (where low is null) as untold,
                       count(*) filter (where {_DOUBTED}) as doubtful,
                       case when count(*) filter (where low is not null and best is null) = 0
                            then sum(best) end as best,
                       coalesce(sum(low), 0) as naive_low,
                       case when count(*) filter (where low is not null and high is null) = 0
                            then coalesce(sum(high), 0) end as naive_high,
                       sum(coalesce(low, 0)) filter (where not ({_DOUBTED})) as low,
                       sum({_CEILING}) filter (where not ({_DOUBTED})) as high,
                       bool_or({_OPEN}) as is_open,
                       sum({_MEAN}) filter (where not ({_DOUBTED})) as mean,
                       sum({_SPREAD}) filter (where not ({_DOUBTED})) as variance
                from {table} where has_total {by_keys}""",
            f"{out}_naive",
        ),
        Query(
            f"""select {keys}whole, members, chance, split_chance, coalesce(low, 0) as floor, {_CEILING} as ceiling,
                       together_low, together_best, together_high, apart_low, apart_high,
                       coalesce(apart_best, apart_high, apart_low) as apart_most,
                       coalesce(best, {_CEILING}, low, 0) as most, coalesce(best, {_MEAN}) as middle,
                       {_MEAN} as mean, {_SPREAD} as variance
                from {table} where has_total and ({_DOUBTED})""",
            f"{out}_rows",
        ),
        Query(  # incidents that may be one: those that share keys first, whole by whole
            f"""select {listed}whole, count(*) as here, max(members) as members, max(chance) as chance,
                       sum(floor) as floor, max(floor) as one_floor,
                       sum(greatest(coalesce(ceiling, 0), coalesce(apart_high, 0))) as ceiling,
                       max(together_low) as together_low, max(together_high) as together_high,
                       max(together_best) as together_best, sum(middle) as middle, sum(variance) as variance
                from {out}_rows where whole is not null group by {listed}whole""",
            f"{out}_wholes",
        ),
        Query(
            f"""select {listed}low, high, mean, variance from {out}_naive where low is not null
                union all
                select {listed}sum(least(floor, coalesce(apart_low, floor))),
                       sum(greatest(coalesce(ceiling, 0), coalesce(apart_high, 0))),
                       sum(mean + split_chance * (apart_most - most)),
                       sum(variance + split_chance * (1 - split_chance) * pow(apart_most - most, 2))
                from {out}_rows where whole is null {by_keys}
                union all
                select {listed}
                       sum(case when here = members then least(floor, coalesce(together_low, one_floor)) else 0 end),
                       sum(greatest(ceiling, coalesce(together_high, 0))),
                       sum(middle - chance * greatest(0, middle - coalesce(together_best, together_high, one_floor))),
                       sum(variance + chance * (1 - chance)
                           * pow(greatest(0, middle - coalesce(together_best, together_high, one_floor)), 2))
                from {out}_wholes {by_keys}""",
            f"{out}_parts",
        ),
        Query(
            f"""select {listed}sum(low) as low, coalesce(sum(high), 0) as high, sum(mean) as mean, sum(variance) as variance
                from {out}_parts where low is not null {by_keys}""",
            f"{out}_carried",
        ),
        Query(_joined(out, names), out),
    ]


def _joined(out: str, names: Sequence[str]) -> str:
    keys = "".join(f"n.k_{n} as {n}, " for n in names)
    on = " and ".join(f"n.k_{n} = c.k_{n}" for n in names) or "true"
    low, high = (f"floor(c.mean {sign} {_Z} * sqrt(c.variance)) + {add}" for sign, add in (("-", 0), ("+", 1)))
    order = f"order by {', '.join(f'n.k_{n}' for n in names)}" if names else ""
    return f"""select {keys}n.incidents, n.untold, n.doubtful, cast(n.best as bigint) as best,
                      cast(n.naive_low as bigint) as naive_low, cast(n.naive_high as bigint) as naive_high,
                      cast(c.low as bigint) as low,
                      case when not n.is_open then cast(c.high as bigint) end as high,
                      cast(greatest(c.low, {low}) as bigint) as likely_low,
                      case when not n.is_open
                           then cast(least(c.high, {high}) as bigint) end as likely_high
               from {out}_naive n join {out}_carried c on {on} {order}"""
