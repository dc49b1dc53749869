"""Which pairs of records are compared: those that share a key, and no key is shared by too many.

A key is three parts of a name in order, two of them with sex and age, a name with a day of birth, a name with a day of
death, or an identity number. Where a part is missing or wrong the others still meet. Blocks above a bound are passed
over, so that the pairs grow with the records and not with their square: what is lost are records whose name is common
and who have nothing else, which no other column could tell apart either.
"""

from marsad.link.persons.views import NAME_COLUMNS
from marsad.stage import Query

TRIPLE_BLOCK = 150
PAIR_BLOCK = 60
"""Records in a block at most. A pair of common names and an age is shared by many, three names by few."""

CALLED_BLOCK = 20
"""Of one family, sex and age, where one is called after a child alone: so few that people can look at them."""

_TRIPLES = (
    ("own", "father", "grand"),
    ("own", "father", "family"),
    ("own", "grand", "family"),
    ("father", "grand", "family"),
)
_AGED = (("own", "father"), ("own", "grand"), ("own", "family"), ("father", "family"))
_BARE = (("own", "father"), ("own", "grand"))
_BORN = ("own_sk", "father_sk", "family_sk", "left(own_sk, 1)", "left(family_sk, 1)")
_DIED = (("own_sk", "sex"), ("own_sk", "place"), ("family_sk", "sex"))
_PLACED = ("own_sk", "family_sk")
_NAMES = ", ".join(f"c.{name}" for name in NAME_COLUMNS.names if name != "name")


def views(written: str, columns: str, records: str, closed: str, out: str) -> Query:
    """Make the table of views: one row for each name of each record, with the record's columns and skeletons in line.

    `closed` names a table (lst) of the lists in which nobody stands twice; `open` is false for their records.
    """
    return Query(
        f"""select cast(row_number() over (order by w.rid, w.name) as integer) as vid, r.*, {_NAMES},
                c.father_sk || ' ' || c.grand_sk || ' ' || c.family_sk as fgh,
                c.father_sk || ' ' || c.family_sk as fh,
                coalesce(c.grand_sk, c.father_sk) || ' ' || c.family_sk as tail,
                c.father_sk || ' ' || c.grand_sk as fg,
                x.lst is null as open
            from {written} w join {columns} c on c.name = w.name join {records} r on r.rid = w.rid
            left join {closed} x on x.lst = r.lst""",
        out,
    )


def _key(kind: str, *parts: str) -> str:
    return f"hash64('{kind}' || {' || chr(31) || '.join(parts)})"


def keys(view: str, out: str) -> list[Query]:
    """Make the table `out` (vid, key): every key of every view that not too many share. `hash64` is the engine's own."""
    triples = [_key("3", *(f"{part}_sk" for part in parts)) for parts in _TRIPLES]
    pairs = []
    for parts in _AGED:
        for shift in (0, 2):
            bucket = f"cast(cast(floor((age + {shift}) / 4) as integer) as string)"
            pairs.append(_key(f"2{shift}", *(f"{part}_sk" for part in parts), "coalesce(sex, '?')", bucket))
    pairs += [_key("2", *(f"{part}_sk" for part in parts)) for parts in _BARE]
    pairs.append(_key("s", "least(own_sk, family_sk)", "greatest(own_sk, family_sk)"))
    pairs += [_key("b", column, "cast(born as string)") for column in _BORN]
    pairs += [_key("d", *columns, "cast(died as string)") for columns in _DIED]
    pairs += [_key("p", column, "place") for column in _PLACED]
    pairs.append(_key("i", "id_ok"))
    called = [
        _key(
            f"k{shift}",
            "family_sk",
            "coalesce(sex, '?')",
            f"cast(cast(floor((age + {shift}) / 4) as integer) as string)",
        )
        for shift in (0, 2)
    ]
    return [
        *_capped(view, triples, TRIPLE_BLOCK, f"{out}_3"),
        *_capped(view, pairs, PAIR_BLOCK, f"{out}_2"),
        *_capped(view, called, CALLED_BLOCK, f"{out}_1", "bool_or(own is null)"),
    ]


def _capped(view: str, columns: list[str], most: int, out: str, also: str = "true") -> list[Query]:
    union = " union ".join(
        f"select vid, rid, lst, open, own, {column} as key from {view} where {column} is not null" for column in columns
    )
    return [
        Query(union, f"{out}_all"),
        Query(f"select key from {out}_all group by key having count(*) between 2 and {most} and {also}", f"{out}_some"),
        Query(f"select k.* from {out}_all k join {out}_some s on s.key = k.key", out),
    ]


def candidates(view: str, prefix: str, out: str) -> list[Query]:
    """Make the table of pairs to compare (join_key_l, join_key_r, match_key): views of different records that share a key.

    Two records of a list in which nobody stands twice are no pair.
    """
    halves = " union ".join(
        f"""select a.vid as l, b.vid as r from {prefix}_{size} a join {prefix}_{size} b on a.key = b.key
            where a.vid < b.vid and a.rid <> b.rid and (a.lst <> b.lst or a.open)"""
        for size in (3, 2, 1)
    )
    return [
        Query(halves, f"{out}_bare"),
        Query(
            f"""select p.l as join_key_l, p.r as join_key_r, '0' as match_key, v.script || w.script as scripts
                from {out}_bare p join {view} v on v.vid = p.l join {view} w on w.vid = p.r""",
            out,
        ),
    ]
