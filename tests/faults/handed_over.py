"""An observatory with custody, anchors and a token, a hand-over of it, and ways in which somebody might alter either."""

import hashlib
import io
import json
import os
import random
import shutil
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from marsad.collect.incoming import Incoming
from marsad.model import Collector, Token, TokenKind
from marsad.model.rows import canonical_json
from marsad.pipeline.custody import keep_derivative
from marsad.pipeline.handover import hand_over
from marsad.pipeline.ledgering import append
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import WriteService
from marsad.pipeline.timestamps import anchor, anchors_of
from marsad.preserve import handover_verify, merkle
from marsad.preserve.tokens import imprint
from marsad.store.preserving_rows import token_row

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LYNX = Collector("lynx", "marsad 0.1.0")


def observatory(path: Path, reports: int = 12, seed: int = 3) -> Observatory:
    """Make an observatory with reports of three days, a derivative, two anchors and a token."""
    obs = Observatory.init(path, "handed over", NOW)
    rng = random.Random(seed)  # noqa: S311
    with obs.kept() as kept:
        service = WriteService(kept, obs.vault, rng.randbytes, LYNX)
        for day in range(3):
            items = [
                Incoming(f"{n}", f"التقرير {n}: {n} killed.".encode(), f"Radio {n}", date(2014, 11, 26))
                for n in range(day * reports // 3, (day + 1) * reports // 3)
            ]
            service.receive(items, NOW + timedelta(days=day))
            if day < 2:
                anchor(kept, NOW + timedelta(days=day), rng.randbytes)
        with kept.read() as reading:
            first = next(iter(reading.reports()))
        keep_derivative(kept, obs.vault, first.evidence, b"0", "by hand", LYNX, NOW + timedelta(days=3), rng.randbytes)
        with kept.write() as writing:
            made = anchors_of(writing)[0]
            octets = bytes.fromhex("300d06096086480165030402010500") + b"\x04\x20" + imprint(made)
            told = Token(made.tree_size, "https://tsa.example", TokenKind.RFC3161, b"TSTInfo \x30\x31" + octets, NOW)
            append(writing, [("token", token_row(told))], "clerk", NOW + timedelta(days=3), rng.randbytes)
    return obs


def bag(obs: Observatory, target: Path, wanted: list[str]) -> None:
    """Hand over the wanted reports, all where none is named."""
    hand_over(obs, target, wanted, "the court", LYNX, NOW, os.urandom)


def checked(folder: Path, *options: str) -> tuple[int, str]:
    """Return the exit code and the words of verify.py."""
    out = io.StringIO()
    with redirect_stdout(out):
        code: int = handover_verify.main([str(folder), *options])  # type: ignore[no-untyped-call]
    return code, out.getvalue()


def described_anew(folder: Path) -> None:
    """Make the manifests fit again, as somebody would who knows BagIt and wants nobody to notice."""
    payload = [path for path in (folder / "data").rglob("*") if path.is_file()]
    info = folder / "bag-info.txt"
    size = sum(path.stat().st_size for path in payload)
    lines = [line for line in info.read_text().splitlines() if not line.startswith("Payload-Oxum")]
    info.write_text("\n".join([*lines, f"Payload-Oxum: {size}.{len(payload)}"]) + "\n")
    for algorithm in ("sha256", "sha512"):
        _manifest(folder, f"manifest-{algorithm}.txt", algorithm, payload)
    tags = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith("tagmanifest")]
    for algorithm in ("sha256", "sha512"):
        _manifest(folder, f"tagmanifest-{algorithm}.txt", algorithm, tags)


def _manifest(folder: Path, name: str, algorithm: str, files: list[Path]) -> None:
    lines = (
        f"{hashlib.new(algorithm, f.read_bytes()).hexdigest()}  {f.relative_to(folder).as_posix()}\n" for f in files
    )
    (folder / name).write_text("".join(lines))


Alter = Callable[[Path, random.Random], None]


def change_evidence(folder: Path, rng: random.Random) -> None:
    """Change a number in a piece of evidence, and leave its name."""
    path = rng.choice(sorted((folder / "data/evidence").iterdir()))
    path.write_bytes(path.read_bytes() + b"0")


def swap_evidence(folder: Path, rng: random.Random) -> None:
    """Let two pieces of evidence change places."""
    one, two = rng.sample(sorted((folder / "data/evidence").iterdir()), 2)
    data = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(data)


def forge_evidence(folder: Path, rng: random.Random) -> None:
    """Replace a piece of evidence by another one under a name that fits its bytes, in the ledger's words, too."""
    path = rng.choice(sorted((folder / "data/evidence").iterdir()))
    data = path.read_bytes() + b" Not so."
    name = hashlib.sha256(data).hexdigest()
    path.unlink()
    (folder / "data/evidence" / name).write_bytes(data)
    opened = folder / "data/ledger/opened.jsonl"
    opened.write_text(opened.read_text().replace(path.name, name))


def remove_evidence(folder: Path, rng: random.Random) -> None:
    """Take a piece of evidence away."""
    rng.choice(sorted((folder / "data/evidence").iterdir())).unlink()


def add_evidence(folder: Path, rng: random.Random) -> None:
    """Slip a piece of evidence in that was never received."""
    data = rng.randbytes(20)
    (folder / "data/evidence" / hashlib.sha256(data).hexdigest()).write_bytes(data)


def change_opened(folder: Path, rng: random.Random) -> None:
    """Change what an entry says, its seal left as it was."""
    _with_lines(folder, rng, lambda lines, at: lines.__setitem__(at, _changed(lines[at], rng)))


def remove_opened(folder: Path, rng: random.Random) -> None:
    """Keep the entry about a piece of evidence, or about a token, back."""
    lines = (folder / "data/ledger/opened.jsonl").read_text().splitlines()
    kinds = [json.loads(json.loads(line)["leaf"])["kind"] for line in lines]
    at = rng.choice([n for n, kind in enumerate(kinds) if kind in ("evidence", "token")])
    del lines[at]
    _write(folder, lines)


def reorder_opened(folder: Path, rng: random.Random) -> None:
    """Let two entries change their places."""
    _with_lines(
        folder,
        rng,
        lambda lines, at: lines.insert(rng.choice([n for n in range(len(lines)) if n != at]), lines.pop(at)),
    )


def renumber(folder: Path, rng: random.Random) -> None:
    """Give an entry another number."""

    def change(lines: list[str], at: int) -> None:
        one = json.loads(lines[at])
        one["seq"] += 1
        lines[at] = canonical_json(one)

    _with_lines(folder, rng, change)


def change_hash(folder: Path, rng: random.Random) -> None:
    """Change the hash of any entry, opened or sealed."""
    _with_hashes(folder, lambda hashes: hashes.__setitem__(rng.randrange(len(hashes)), rng.randbytes(32).hex()))


def insert_hash(folder: Path, rng: random.Random) -> None:
    """Slip an entry into the ledger."""
    _with_hashes(folder, lambda hashes: hashes.insert(rng.randrange(len(hashes) + 1), rng.randbytes(32).hex()))


def cut_tail(folder: Path, rng: random.Random) -> None:
    """Cut entries off the end."""
    _with_hashes(folder, lambda hashes: hashes.__delitem__(slice(-rng.randrange(1, 6), None)))


def swap_hashes(folder: Path, rng: random.Random) -> None:
    """Let two entries of the ledger change places."""

    def change(hashes: list[str]) -> None:
        one, two = rng.sample(range(len(hashes)), 2)
        hashes[one], hashes[two] = hashes[two], hashes[one]

    _with_hashes(folder, change)


def move_token(folder: Path, rng: random.Random) -> None:
    """Let a token attest the other anchor's root."""
    path = folder / "data/tokens/anchors.jsonl"
    one = json.loads(path.read_text())
    opened = [json.loads(line) for line in (folder / "data/ledger/opened.jsonl").read_text().splitlines()]
    others = [e["content"] for e in opened if "day" in e["content"] and e["content"]["tree_size"] != one["tree_size"]]
    other = rng.choice(others)
    path.write_text(canonical_json({**one, **{k: other[k] for k in ("day", "root", "tree_size")}}) + "\n")


def change_token(folder: Path, rng: random.Random) -> None:
    """Change a byte of a token."""
    path = next((folder / "data/tokens").glob("*.tsr"))
    data = bytearray(path.read_bytes())
    data[rng.randrange(len(data))] ^= rng.randrange(1, 256)
    path.write_bytes(data)


def rewrite_everything(folder: Path, rng: random.Random) -> None:
    """Put a whole hand-over of a forged observatory in the place of this one: every file fits every other."""
    beside = folder.parent / "forger"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    forged = observatory(beside / "obs", 9 + 3 * rng.randrange(2), 4 + rng.randrange(10**6))
    shutil.rmtree(folder)
    with forged.kept() as kept:  # another name for a source, and so another ledger
        items = [Incoming("x", b"Nobody was killed.", f"Radio {rng.random()}", date(2014, 11, 26))]
        WriteService(kept, forged.vault, rng.randbytes).receive(items, NOW)
    bag(forged, folder, [])
    shutil.rmtree(beside)


WAYS: tuple[Alter, ...] = (
    *(change_evidence, swap_evidence, forge_evidence, remove_evidence, add_evidence, change_opened, remove_opened),
    *(reorder_opened, renumber, change_hash, insert_hash, cut_tail, swap_hashes, move_token, change_token),
    rewrite_everything,
)


def _changed(line: str, rng: random.Random) -> str:
    one = json.loads(line)
    name = rng.choice(sorted(one["content"]))
    value = one["content"][name]
    one["content"][name] = value + 1 if isinstance(value, int) else f"{value}x"
    return canonical_json(one)


def _with_lines(folder: Path, rng: random.Random, change: Callable[[list[str], int], object]) -> None:
    lines = (folder / "data/ledger/opened.jsonl").read_text().splitlines()
    change(lines, rng.randrange(len(lines)))
    _write(folder, lines)


def _write(folder: Path, lines: list[str]) -> None:
    (folder / "data/ledger/opened.jsonl").write_text("".join(f"{line}\n" for line in lines))


def _with_hashes(folder: Path, change: Callable[[list[str]], object]) -> None:
    """Change the list of hashes, and the root with it, as somebody would who knows Merkle trees."""
    path = folder / "data/ledger/hashes.txt"
    heading, *hashes = path.read_text().splitlines()
    change(hashes)
    path.write_text("".join(f"{line}\n" for line in (heading, *hashes)))
    tree, _ = merkle.Frontier().append(bytes.fromhex(one) for one in hashes)
    told = {"size": tree.size, "root": tree.root.hex()}
    (folder / "data/ledger/root.json").write_text(json.dumps(told) + "\n")
