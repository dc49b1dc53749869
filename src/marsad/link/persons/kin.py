"""Families of one incident: that a brother was found speaks for the sister whose name is cut short.

Two records of a list are of one house if they share the incident (or, where a list names none, day and place of death) and
the family, as the list groups it or by name. Where one of them is surely linked to a record of another list, records there
with the same forefathers are looked at for the others, and those that are there already gain weight.
"""

from collections.abc import Mapping

from marsad.link.persons.comparisons import COMPARISONS
from marsad.stage import Query

LARGEST_HOUSE = 60
"""Records of one family in one incident at most: above, "incident" means a war, not a strike."""

KINSHIPS = ("kin_line", "kin_family", "kin_none")
"""How near the record is to one that is linked to somebody of the house: shared forefathers, shared family name, neither."""


def houses(groups: str, view: str, out: str) -> list[Query]:
    """Make the table `out` (rid, house) from `groups` (rid, grp, family): who stands in a list beside whose family."""
    return [
        Query(
            f"""select distinct g.rid, hash64(g.grp || chr(31) || coalesce(g.family, v.family_sk)) as house
                from {groups} g join {view} v on v.rid = g.rid where coalesce(g.family, v.family_sk) is not null""",
            f"{out}_all",
        ),
        Query(
            f"""select a.rid, a.house from {out}_all a join (
                    select house from {out}_all group by house having count(*) between 2 and {LARGEST_HOUSE}) s
                on s.house = a.house""",
            out,
        ),
    ]


def supported(house: str, sure: str, view: str, out: str) -> list[Query]:
    """Make the table `out` (l, r, kin): records of a house, and those of another list that are kin to one linked to it.

    `sure` is a table (l, r) of record numbers surely linked, both ways round. l is always of the house.
    """
    return [
        Query(
            f"""select distinct h.rid as l, s.r as via from {house} h join {house} o on o.house = h.house and o.rid <> h.rid
                join {sure} s on s.l = o.rid""",
            f"{out}_via",
        ),
        Query(
            f"""select l, r, min(case when near then 0 else 1 end) as kin from (
                    select u.l, j.rid as r, true as near from {out}_via u join {view} k on k.rid = u.via
                        join {view} j on j.tail = k.tail and j.lst = k.lst and j.rid <> k.rid
                    union all
                    select u.l, j.rid as r, true as near from {out}_via u join {view} k on k.rid = u.via
                        join {view} j on j.fh = k.fh and j.lst = k.lst and j.rid <> k.rid
                    union all
                    select u.l, j.rid as r, false as near from {out}_via u join {view} k on k.rid = u.via
                        join {view} i on i.rid = u.l
                        join {view} j on j.family_sk = k.family_sk and j.own_sk = i.own_sk and j.lst = k.lst and j.rid <> k.rid
                ) kin group by l, r""",
            out,
        ),
    ]


def rescued(kin: str, view: str, pairs: str, out: str) -> Query:
    """Make the table of pairs (as `keys.candidates` does) of kin that were no pairs yet and whose own names may be one."""
    return Query(
        f"""select n.join_key_l, n.join_key_r, '1' as match_key, n.scripts from (
            select least(v.vid, w.vid) as join_key_l, greatest(v.vid, w.vid) as join_key_r,
                min(v.script || w.script) as scripts
            from {kin} k join {view} v on v.rid = k.l join {view} w on w.rid = k.r
            where (v.sex is null or w.sex is null or v.sex = w.sex)
                and (v.own_sk = w.own_sk or v.own_sk is null or w.own_sk is null or v.own_sk = w.father_sk
                     or damerau_levenshtein(v.own, w.own) <= 1)
            group by least(v.vid, w.vid), greatest(v.vid, w.vid)) n
            left join {pairs} p on p.join_key_l = n.join_key_l and p.join_key_r = n.join_key_r
            where p.join_key_l is null""",
        out,
    )


def bonus(weighed: str, kin: str, via: str, records: str, bits: Mapping[str, float], out: str) -> Query:
    """Make the table of weighed pairs with the kinship of each, from either side, and its bits added to the weight.

    A record whose house has nobody linked to the other list gains and loses nothing: its `kin` is null.
    """
    both = f"select l, r, kin from {kin} union all select r as l, l as r, kin from {kin}"
    gammas = ", ".join(f"gamma_{name}" for name in COMPARISONS)
    told = " ".join(f"when {at} then '{name}'" for at, name in enumerate(KINSHIPS[:2]))
    gains = " ".join(f"when '{name}' then {float(bits[name])!r}e0" for name in KINSHIPS)
    return Query(
        f"""select l, r, scripts, {gammas}, w + case kin {gains} else 0.0e0 end as w, kin from (
                select e.*, case coalesce(k.kin, 2) {told} else
                        case when x.l is not null or y.l is not null then 'kin_none' end end as kin
                from {weighed} e
                left join (select l, r, min(kin) as kin from ({both}) group by l, r) k on k.l = e.l and k.r = e.r
                left join {records} a on a.rid = e.l left join {records} b on b.rid = e.r
                left join (select distinct v.l, r.lst from {via} v join {records} r on r.rid = v.via) x
                    on x.l = e.l and x.lst = b.lst
                left join (select distinct v.l, r.lst from {via} v join {records} r on r.rid = v.via) y
                    on y.l = e.r and y.lst = a.lst) told""",
        out,
    )
