#!/usr/bin/env python3
"""Check a hand-over of evidence by marsad. Needs Python 3.8 or later and nothing else: no marsad, no network, no trust.

    python3 verify.py [FOLDER] [--known SIZE:ROOT | --known WITNESS_FILE] [--roots AUTHORITY.pem]

What is checked: every file against the manifests (BagIt, RFC 8493), every piece of evidence against two hashes of two
families, every opened entry of the ledger against its seal, every entry's hash against the Merkle root (RFC 9162), and every
token of trusted time (RFC 3161) against the root it attests. With --known, the ledger against what you know from elsewhere:
only that finds a ledger rewritten as a whole. With --roots, the signatures of the tokens, by the `openssl` program.

Exit codes: 0 nothing differs, 1 something differs (each is named), 2 there is nothing to check.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import subprocess
import sys
import tempfile

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
WITNESS = "marsad witness 1\n"
SHA256_IDS = (bytes.fromhex("300d06096086480165030402010500"), bytes.fromhex("300b0609608648016503040201"))


def main(arguments):
    """Check the folder and return the exit code."""
    options, folders = {}, []
    words = iter(arguments)
    for word in words:
        if word in ("--known", "--roots"):
            options[word] = next(words, "")
        elif word in ("-h", "--help"):
            print(__doc__)
            return 0
        else:
            folders.append(word)
    folder = folders[0] if folders else os.path.dirname(os.path.abspath(__file__))
    if not os.path.isfile(os.path.join(folder, "bagit.txt")):
        print(f"{folder}: not a hand-over (it has no bagit.txt)")
        return 2
    check = Check(folder)
    for part in (check.bag, check.ledger, check.openings, check.evidence, check.tokens):
        try:
            part()
        except Exception as fault:
            check.says(f"{part.__name__} cannot be checked to the end: {type(fault).__name__}: {fault}")
    if "--known" in options:
        check.known(options["--known"])
    if "--roots" in options:
        check.signatures(options["--roots"])
    for line in check.found:
        print("DIFFERS  " + line)
    for line in check.notes:
        print("         " + line)
    print(f"{folder}: {len(check.found)} differences." if check.found else f"{folder}: nothing differs.")
    return 1 if check.found else 0


class Check:
    """One hand-over, what was found to differ, and what is to be said of it."""

    def __init__(self, folder):
        self.folder, self.found, self.notes = folder, [], []
        self.hashes, self.opened, self.roots, self.anchors = [], [], {}, []

    def says(self, line):
        """Note a difference."""
        self.found.append(line)

    def read(self, name):
        """Return the bytes of a file of the hand-over, None if there is none."""
        try:
            with open(os.path.join(self.folder, name), "rb") as file:
                return file.read()
        except OSError as fault:
            self.says(f"{name}: {fault.strerror}")
            return None

    def bag(self):
        """Check every file against the manifests, and that there is no other."""
        there = set()
        for at, folders, files in os.walk(self.folder):
            for name in files + [one for one in folders if os.path.islink(os.path.join(at, one))]:
                path = os.path.join(at, name)
                shown = os.path.relpath(path, self.folder).replace(os.sep, "/")
                if os.path.islink(path) or not os.path.isfile(path):
                    self.says(f"{shown}: a link or a device, expected a file")
                else:
                    there.add(shown)
        if self.read("bagit.txt") != BAGIT:
            self.says("bagit.txt: other words than BagIt 1.0 has there")
        for name in ("sha256", "sha512"):
            tags = {one for one in there if not one.startswith("data/") and not one.startswith("tagmanifest-")}
            self.manifest(f"manifest-{name}.txt", name, {one for one in there if one.startswith("data/")})
            self.manifest(f"tagmanifest-{name}.txt", name, tags)
        there -= {"tagmanifest-sha256.txt", "tagmanifest-sha512.txt"}
        payload = [os.path.getsize(os.path.join(self.folder, one)) for one in there if one.startswith("data/")]
        oxum = f"Payload-Oxum: {sum(payload)}.{len(payload)}\n"
        if oxum.encode() not in (self.read("bag-info.txt") or b""):
            self.says(f"bag-info.txt: expected {oxum.strip()}")

    def manifest(self, name, algorithm, there):
        """Check files against one manifest, and the manifest against the files."""
        listed = set()
        for number, line in enumerate((self.read(name) or b"").decode("utf-8", "replace").split("\n")[:-1], 1):
            digits = hashlib.new(algorithm).digest_size * 2
            said = re.fullmatch(r"([0-9a-f]{%d})  ([!-~]{1,200})" % digits, line)
            if said is None or ".." in said[2].split("/"):
                self.says(f"{name}, line {number}: not a checksum, two blanks and a path")
                continue
            if said[2] in listed:
                self.says(f"{name}, line {number}: {said[2]} stands there twice")
            listed.add(said[2])
            if said[2] not in there:
                self.says(f"{said[2]}: no file, expected by {name}")
            elif digest_of(os.path.join(self.folder, said[2]), algorithm) != said[1]:
                self.says(f"{said[2]}: other bytes than {name} says")
        for one in sorted(there - listed):
            self.says(f"{one}: not in {name}")

    def ledger(self):
        """Work the Merkle root out anew from the hash of every entry, at each size that somebody attested."""
        self.hashes = read_hashes(os.path.join(self.folder, "data/ledger/hashes.txt"))
        root = json.loads(self.read("data/ledger/root.json"))
        self.anchors = [json.loads(line) for line in (self.read("data/tokens/anchors.jsonl") or b"").splitlines()]
        self.roots = roots_at(self.hashes, {root["size"], *(one["tree_size"] for one in self.anchors)})
        if root["size"] != len(self.hashes):
            self.says(
                f"ledger entry {min(root['size'], len(self.hashes))}: {len(self.hashes)} entries, expected {root['size']}"
            )
        elif self.roots[root["size"]] != root["root"]:
            self.says(f"ledger: root {self.roots[root['size']]} at {root['size']} entries, expected {root['root']}")
        self.notes.append(f"ledger of {len(self.hashes)} entries, root {self.roots.get(len(self.hashes))}")

    def openings(self):
        """Check that each opened entry is the one in the ledger, and that its content is what was sealed."""
        last = -1
        for number, line in enumerate((self.read("data/ledger/opened.jsonl") or b"").splitlines(), 1):
            one = json.loads(line)
            if canonical(one).encode() != line:
                self.says(f"data/ledger/opened.jsonl, line {number}: not written canonically")
            seq, leaf = one["seq"], json.loads(one["leaf"])
            where = f"ledger entry {seq} ({leaf.get('kind')} {leaf.get('subject')})"
            if seq <= last:
                self.says(f"{where}: out of order")
            last = seq
            if leaf.get("seq") != seq or canonical(leaf) != one["leaf"]:
                self.says(f"{where}: not the bytes of entry {seq}")
            hashed = hashlib.sha256(b"\x00" + one["leaf"].encode()).hexdigest()
            if seq >= len(self.hashes) or self.hashes[seq].hex() != hashed:
                self.says(f"{where}: its hash is not the one in the ledger")
            payload = canonical({"kind": leaf["kind"], "content": one["content"]}).encode()
            seal = hmac.new(bytes.fromhex(one["salt"]), payload, hashlib.sha256).hexdigest()
            if seal != leaf["commitment"]:
                self.says(f"{where}: its content is not what was sealed")
            self.opened.append((leaf["kind"], leaf["subject"], one["content"]))
        sealed = len(self.hashes) - len(self.opened)
        self.notes.append(
            f"{len(self.opened)} entries opened; {sealed} sealed, of which only place and time can be checked"
        )

    def evidence(self):
        """Check every piece of evidence against what the ledger sealed of it: two hashes and the size."""
        folder = os.path.join(self.folder, "data/evidence")
        there = set(os.listdir(folder)) if os.path.isdir(folder) else set()
        spoken = set()
        for kind, subject, content in self.opened:
            if kind == "report" and content["evidence"] not in there:
                self.says(f"report {subject}: its evidence {content['evidence']} is not here")
            if kind != "evidence":
                continue
            path, name = os.path.join(folder, content["sha256"]), f"data/evidence/{content['sha256']}"
            if content["sha256"] not in there:
                self.says(f"{name}: no file")
                continue
            spoken.add(content["sha256"])
            for algorithm, expected in (("sha256", content["sha256"]), ("sha3_512", content["sha3_512"])):
                if digest_of(path, algorithm) != expected:
                    self.says(f"{name}: other bytes than were received ({algorithm})")
            if os.path.getsize(path) != content["size"]:
                self.says(f"{name}: {os.path.getsize(path)} bytes, expected {content['size']}")
        for name in sorted(there - spoken):
            self.says(f"data/evidence/{name}: no entry of the ledger speaks of it")
        reports = sum(kind == "report" for kind, _, _ in self.opened)
        self.notes.append(
            f"{reports} reports, {sum(kind == 'evidence' for kind, _, _ in self.opened)} pieces of evidence"
        )

    def tokens(self):
        """Check that each token attests the root that the ledger had at its size."""
        sealed = {content["tree_size"]: content for kind, _, content in self.opened if kind == "anchor"}
        stored = {(c["tree_size"], c["authority"]): c["token"] for kind, _, c in self.opened if kind == "token"}
        listed = set()
        for one in self.anchors:
            where = f"token {one['file']}"
            anchor = sealed.get(one["tree_size"])
            if anchor is None or (anchor["day"], anchor["root"]) != (one["day"], one["root"]):
                self.says(f"{where}: the ledger has no such anchor")
            if self.roots.get(one["tree_size"]) != one["root"]:
                self.says(
                    f"{where}: the ledger had root {self.roots.get(one['tree_size'])} at {one['tree_size']} entries"
                )
            token = self.read(f"data/tokens/{one['file']}") or b""
            listed.add(one["file"])
            if stored.get((one["tree_size"], one["authority"])) != base64.b64encode(token).decode():
                self.says(f"{where}: not the token in the ledger")
            digest = hashlib.sha256(statement(one)).digest()
            if one["kind"] == "rfc3161" and not attests(token, digest):
                self.says(f"{where}: attests something else than root {one['root']}")
            if one["kind"] == "opentimestamps" and digest not in token[:80]:
                self.says(f"{where}: attests something else than root {one['root']}")
            self.notes.append(f"{one['file']}: {one['authority']} attests the root at {one['tree_size']} entries")
        folder = os.path.join(self.folder, "data/tokens")
        for name in sorted(set(os.listdir(folder)) - listed - {"anchors.jsonl"}) if os.path.isdir(folder) else ():
            self.says(f"token {name}: not in anchors.jsonl")

    def known(self, told):
        """Check the ledger against what somebody knows from elsewhere."""
        said = re.fullmatch(r"(\d{1,15}):([0-9a-f]{64})", told)
        if said is not None:
            size = int(said[1])
            if size > len(self.hashes):
                self.says(f"ledger entry {len(self.hashes)}: the ledger ends here; you know of {size} entries")
            elif roots_at(self.hashes, {size})[size] != said[2]:
                self.says(f"ledger: its first {size} entries do not have the root that you know")
            return
        try:
            copied = read_hashes(told)
        except (OSError, ValueError) as fault:
            self.says(f"--known {told}: {fault}")
            return
        for seq, expected in enumerate(copied):
            if seq >= len(self.hashes) or self.hashes[seq] != expected:
                self.says(f"ledger entry {seq}: not the one that the witness saw")
                return

    def signatures(self, roots):
        """Have openssl check the signature of every RFC 3161 token against the authority's certificate."""
        for one in self.anchors:
            if one["kind"] != "rfc3161":
                continue
            with tempfile.NamedTemporaryFile() as data:
                data.write(statement(one))
                data.flush()
                token = os.path.join(self.folder, "data/tokens", one["file"])
                command = ["openssl", "ts", "-verify", "-in", token, "-data", data.name, "-CAfile", roots]
                said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            if said.returncode != 0:
                self.says(f"token {one['file']}: openssl does not find the authority's signature on it")


def canonical(value):
    """Return the value as canonical JSON, the form that was sealed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def statement(anchor):
    """Return the words that a token attests."""
    return f"marsad ledger\nday {anchor['day']}\nleaves {anchor['tree_size']}\nroot {anchor['root']}\n".encode()


def attests(token, digest):
    """Return whether the token's MessageImprint is this SHA-256."""
    octets = b"\x04\x20" + digest
    return any(b"\x30" + bytes([len(one + octets)]) + one + octets in token for one in SHA256_IDS)


def digest_of(path, algorithm):
    """Return the hash of a file in hex, read piece by piece."""
    digest = hashlib.new(algorithm)
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def read_hashes(path):
    """Return the hashes of the ledger's entries; raises ValueError for a file that is not a list of them."""
    with open(path, encoding="ascii", newline="\n") as file:
        lines = file.read().split("\n")
    if lines[0] + "\n" != WITNESS or lines[-1] != "":
        raise ValueError("not a list of ledger hashes")
    for number, line in enumerate(lines[1:-1], 2):
        if not re.fullmatch("[0-9a-f]{64}", line):
            raise ValueError(f"line {number} (ledger entry {number - 2}) is not a hash")
    return [bytes.fromhex(line) for line in lines[1:-1]]


def roots_at(hashes, sizes):
    """Return the Merkle root (RFC 9162) of the first so many hashes, in hex, for each of the sizes there is."""
    roots, peaks = {}, []
    for size in range(len(hashes) + 1):
        if size in sizes:
            current = peaks[-1][1] if peaks else hashlib.sha256(b"").digest()
            for _, left in reversed(peaks[:-1]):
                current = hashlib.sha256(b"\x01" + left + current).digest()
            roots[size] = current.hex()
        if size < len(hashes):
            level, current = 0, hashes[size]
            while peaks and peaks[-1][0] == level:
                current, level = hashlib.sha256(b"\x01" + peaks.pop()[1] + current).digest(), level + 1
            peaks.append((level, current))
    return roots


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
