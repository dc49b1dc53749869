"""An owner of the database alters what is kept: rows, salts, the order, the end, files, or the whole ledger. All is found.

Triggers are taken away and put back, so that the altered database is in form what marsad makes. A witness has seen the ledger
before: without one, nobody finds a ledger rewritten as a whole.
"""

import random
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from handed_over import observatory

from marsad.pipeline.verify import verify_observatory
from marsad.pipeline.witness import known_of, witness
from marsad.preserve import merkle
from marsad.preserve.ledger import Leaf, commitment
from marsad.store.kept_rows import SUBJECTS

KINDS = ("report", "evidence", "custody", "anchor", "token")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of an observatory; beside it, what a witness saw of it."""
    folder = tmp_path_factory.mktemp("mutations")
    obs = observatory(folder / "obs")
    witness(obs, folder / "witness")
    with obs.derived():
        pass
    for name in ("kept.db", "derived.db"):
        with closing(sqlite3.connect(obs.path / name)) as store:
            store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return obs.path


Alter = Callable[[sqlite3.Connection, Path, random.Random], str | None]
"""Alters, and returns the number of the first entry that is bad ("leaf 7"), None where that is for others to name."""


def update_content(store: sqlite3.Connection, _: Path, rng: random.Random) -> str | None:
    """Change a value of a kept row."""
    kind = rng.choice(KINDS)
    seq = rng.choice([s for (s,) in store.execute(f'SELECT seq FROM "{kind}"')])  # noqa: S608
    column = {
        "report": "outlet",
        "evidence": "media_type",
        "custody": "tool",
        "anchor": "recorded_at",
        "token": "authority",
    }[kind]
    value = "2026-11-29T00:00:00.000000Z" if column == "recorded_at" else f"forged {rng.random()}"
    store.execute(f'UPDATE "{kind}" SET {column} = ? WHERE seq = ?', (value, seq))  # noqa: S608
    return None


def update_leaf(store: sqlite3.Connection, _: Path, rng: random.Random) -> str | None:
    """Change who kept it, in the leaf alone."""
    seq, data = _some_leaf(store, rng)
    leaf = Leaf.of(data)
    forged = Leaf(leaf.seq, leaf.at, leaf.kind, leaf.subject, f"somebody {rng.random()}", leaf.commitment)
    store.execute("UPDATE leaf SET leaf = ? WHERE seq = ?", (forged.data(), seq))
    return f"leaf {seq}"


def update_salt(store: sqlite3.Connection, _: Path, rng: random.Random) -> str | None:
    """Change a salt."""
    seq, _data = _some_leaf(store, rng)
    store.execute("UPDATE opening SET salt = ? WHERE seq = ?", (rng.randbytes(32), seq))
    return f"leaf {seq}"


def update_node(store: sqlite3.Connection, _: Path, rng: random.Random) -> str | None:
    """Change a node of the tree."""
    level, index = rng.choice(store.execute("SELECT level, idx FROM node").fetchall())
    store.execute("UPDATE node SET hash = ? WHERE level = ? AND idx = ?", (rng.randbytes(32), level, index))
    return f"node {level}/{index}"


def delete_row(store: sqlite3.Connection, _: Path, rng: random.Random) -> str | None:
    """Delete a kept row and leave its leaf."""
    kind = rng.choice(("report", "custody", "token"))
    seq = rng.choice([s for (s,) in store.execute(f'SELECT seq FROM "{kind}"')])  # noqa: S608
    store.execute(f'DELETE FROM "{kind}" WHERE seq = ?', (seq,))  # noqa: S608
    return f"leaf {seq}"


def delete_leaf(store: sqlite3.Connection, _: Path, rng: random.Random) -> str | None:
    """Delete a leaf with its salt."""
    seq, _data = _some_leaf(store, rng)
    store.execute("DELETE FROM opening WHERE seq = ?", (seq,))
    store.execute("DELETE FROM leaf WHERE seq = ?", (seq,))
    return None


def insert_report(store: sqlite3.Connection, _: Path, rng: random.Random) -> str | None:
    """Insert a report under a new number, with a leaf and a salt that fit."""
    row = _rows(store, "report")[0] | {"report_id": rng.randbytes(12).hex(), "intake_key": str(rng.random())}
    seq = store.execute("SELECT max(seq) + 1 FROM leaf").fetchone()[0]
    _put(store, seq, "report", row, rng)
    return f"node 0/{seq}"


def share_number(store: sqlite3.Connection, _: Path, rng: random.Random) -> str | None:
    """Let a second row claim the leaf of another kind."""
    seq = rng.choice([s for (s,) in store.execute("SELECT seq FROM evidence")])
    row = _rows(store, "report")[0] | {"report_id": rng.randbytes(12).hex(), "intake_key": str(rng.random())}
    _insert(store, "report", {"seq": seq, **row})
    return f"leaf {seq}"


def reorder(store: sqlite3.Connection, _: Path, rng: random.Random) -> str | None:
    """Let two reports change places in the ledger's order, with their salts."""
    one, two = sorted(rng.sample([s for (s,) in store.execute("SELECT seq FROM report")], 2))
    for table in ("report", "opening"):
        for a, b in ((one, -1), (two, one), (-1, two)):
            store.execute(f'UPDATE "{table}" SET seq = ? WHERE seq = ?', (b, a))  # noqa: S608
    return f"leaf {one}"


def cut_tail(store: sqlite3.Connection, _: Path, rng: random.Random) -> str | None:
    """Cut the end off all tables alike, nodes included: what is left is whole in itself."""
    (size,) = store.execute("SELECT count(*) FROM leaf").fetchone()
    first = size - rng.randrange(1, 6)
    for table in (*KINDS, "opening", "leaf"):
        store.execute(f'DELETE FROM "{table}" WHERE seq >= ?', (first,))  # noqa: S608
    store.execute("DELETE FROM node WHERE ((idx + 1) << level) > ?", (first,))
    return f"leaf {first}"


def rewrite_ledger(store: sqlite3.Connection, path: Path, rng: random.Random) -> str | None:
    """Change a report and make all leaves, salts, nodes, anchors and tokens behind it anew: everything fits again."""
    seq = rng.choice([s for (s,) in store.execute("SELECT seq FROM report")])
    store.execute("UPDATE report SET outlet = ? WHERE seq = ?", (f"Forged {rng.random()}", seq))
    rows = {s: (kind, row) for kind in KINDS for s, row in _numbered(store, kind)}
    store.execute("DELETE FROM node")
    tree = merkle.Frontier()
    for number in sorted(rows):
        kind, row = rows[number]
        if kind == "anchor":
            row["root"] = tree.root.hex() if row["tree_size"] == tree.size else row["root"]
            store.execute("UPDATE anchor SET root = ? WHERE seq = ?", (row["root"], number))
        old = Leaf.of(store.execute("SELECT leaf FROM leaf WHERE seq = ?", (number,)).fetchone()[0])
        data = old.data()
        if number >= seq:
            salt = rng.randbytes(32)
            data = Leaf(number, old.at, kind, SUBJECTS[kind](row), old.actor, commitment(salt, kind, row)).data()
            store.execute("UPDATE leaf SET leaf = ? WHERE seq = ?", (data, number))
            store.execute("UPDATE opening SET salt = ? WHERE seq = ?", (salt, number))
        tree, made = tree.append([merkle.leaf_hash(data)])
        store.executemany("INSERT INTO node VALUES (?, ?, ?)", [(n.level, n.index, n.hash) for n in made])
    return f"leaf {seq}"


def change_file(_: sqlite3.Connection, path: Path, rng: random.Random) -> str | None:
    """Change a piece of evidence on the disk, its size left as it was."""
    file = _file(path, rng)
    data = bytearray(file.read_bytes())
    data[rng.randrange(len(data))] ^= rng.randrange(1, 256)
    file.chmod(0o600)
    file.write_bytes(data)
    return file.name


def remove_file(_: sqlite3.Connection, path: Path, rng: random.Random) -> str | None:
    """Remove a piece of evidence."""
    file = _file(path, rng)
    file.unlink()
    return file.name


def swap_files(_: sqlite3.Connection, path: Path, rng: random.Random) -> str | None:
    """Let two pieces of evidence change their names."""
    one, two = rng.sample(sorted(f for f in (path / "vault").rglob("*") if f.is_file()), 2)
    data = one.read_bytes()
    one.chmod(0o600)
    two.chmod(0o600)
    one.write_bytes(two.read_bytes())
    two.write_bytes(data)
    return one.name


WAYS: tuple[Alter, ...] = (
    *(update_content, update_leaf, update_salt, update_node, delete_row, delete_leaf, insert_report, share_number),
    *(reorder, cut_tail, rewrite_ledger, change_file, remove_file, swap_files),
)


@pytest.mark.long
@pytest.mark.parametrize("rounds", [1, pytest.param(72, marks=pytest.mark.soak)])
def test_every_mutation_is_found(whole: Path, tmp_path: Path, rounds: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Update, delete, insert, reorder, cut the tail, rewrite the whole chain: found, and the first bad entry is named."""
    known = known_of(str(whole.parent / "witness"))
    assert verify_observatory(whole, known=known) == []
    counts: Counter[str] = Counter()
    for number in range(rounds * len(WAYS)):
        way, rng = WAYS[number % len(WAYS)], random.Random(number)  # noqa: S311
        copy = tmp_path / "copy"
        shutil.copytree(whole, copy)
        with closing(sqlite3.connect(copy / "kept.db", isolation_level=None)) as store:
            triggers = store.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                store.execute(f"DROP TRIGGER {name}")
            bad = way(store, copy, rng)
            for _, sql in triggers:
                store.execute(sql)
        found = [d for d in verify_observatory(copy, known=known) if not d.harmless]
        subjects = " ".join(f"{d.subject} {d.found} {d.expected}" for d in found)
        counts[f"{way.__name__} {'found' if found and (bad is None or bad in subjects) else 'MISSED'}"] += 1
        shutil.rmtree(copy)
    with capsys.disabled():
        sys.stdout.write(f"{dict(counts)} ")
    assert [name for name in counts if "MISSED" in name] == []


@pytest.mark.long
def test_without_a_witness_a_rewritten_ledger_is_whole(whole: Path, tmp_path: Path) -> None:
    """The control: who owns the database can rewrite it so that it fits; only what lies elsewhere shows it."""
    shutil.copytree(whole, tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy/kept.db", isolation_level=None)) as store:
        triggers = store.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            store.execute(f"DROP TRIGGER {name}")
        store.execute("DELETE FROM token")  # the one thing in it that somebody else made: it would not fit
        (last,) = store.execute("SELECT max(seq) FROM leaf").fetchone()
        store.execute("DELETE FROM opening WHERE seq = ?", (last,))
        store.execute("DELETE FROM leaf WHERE seq = ?", (last,))
        rng = random.Random(8)  # noqa: S311
        rewrite_ledger(store, tmp_path, rng)
        for _, sql in triggers:
            store.execute(sql)
    assert verify_observatory(tmp_path / "copy") == []
    known = known_of(str(whole.parent / "witness"))
    assert verify_observatory(tmp_path / "copy", known=known) != []


def _some_leaf(store: sqlite3.Connection, rng: random.Random) -> tuple[int, bytes]:
    seq, data = rng.choice(store.execute("SELECT seq, leaf FROM leaf").fetchall())
    return int(seq), bytes(data)


def _rows(store: sqlite3.Connection, kind: str) -> list[dict[str, object]]:
    return [row for _, row in _numbered(store, kind)]


def _numbered(store: sqlite3.Connection, kind: str) -> list[tuple[int, dict[str, object]]]:
    cursor = store.execute(f'SELECT * FROM "{kind}" ORDER BY seq')  # noqa: S608
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor]
    return [(int(row.pop("seq")), row) for row in rows]


def _insert(store: sqlite3.Connection, kind: str, row: dict[str, object]) -> None:
    places = ", ".join("?" * len(row))
    store.execute(f'INSERT INTO "{kind}" ({", ".join(row)}) VALUES ({places})', list(row.values()))  # noqa: S608


def _put(store: sqlite3.Connection, seq: int, kind: str, row: dict[str, object], rng: random.Random) -> None:
    salt = rng.randbytes(32)
    leaf = Leaf(seq, "2026-11-22T12:00:00.000000Z", kind, SUBJECTS[kind](row), "intake", commitment(salt, kind, row))
    store.execute("INSERT INTO leaf VALUES (?, ?)", (seq, leaf.data()))
    store.execute("INSERT INTO opening VALUES (?, ?)", (seq, salt))
    _insert(store, kind, {"seq": seq, **row})


def _file(path: Path, rng: random.Random) -> Path:
    return rng.choice(sorted(file for file in (path / "vault").rglob("*") if file.is_file()))
