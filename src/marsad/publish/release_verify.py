#!/usr/bin/env python3
"""Check a release of a casualty record made by marsad. Needs Python 3.8 or later and nothing else: no marsad, no network.

    python3 verify.py [FOLDER] [--known SHA256] [--earlier FOLDER] [--record | --root]

What is checked: every file against SHA256SUMS and the manifest; the record against its own rules (a low above a high, a
number that is withheld and told, an explanation that rests on nothing); every row of the tables, every entry of the errata
and every file under said/ against the record; that every incident has its page in every language, with every statement;
and the Merkle root over all incidents (RFC 9162). With --known, the manifest against the SHA-256 that you have from
elsewhere: only that finds a release that was rewritten as a whole. With --earlier, what this release says that an earlier
one said, against the folder of that one. With --record, only the record: its rules, and the root over its incidents;
with --root only that root, in seconds for a hundred thousand incidents.

Exit codes: 0 nothing differs, 1 something differs (each is named), 2 there is nothing to check.
"""

import csv
import hashlib
import io
import json
import os
import re
import sys

FORM = "marsad release 1"
LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)")
CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,78}[A-Z0-9])?")
ANCHOR = re.compile(
    rb'id="(?<![\w-]id=")([os][0-9a-f]{8}(?:-[0-9]+)?)"'
)  # begins with plain letters, which are found fast
ENDS = ("low", "best", "high")
KEY = ("policy", "measure", "category")
FIGURES = (
    *ENDS,
    "standing",
    "origins",
    "suppressed",
    "occurred_from",
    "occurred_to",
    "date_precision",
    "place",
    "admin1",
)
FIGURES += (
    "latitude",
    "longitude",
    "place_precision",
    "place_coarsened",
    "incident_origins",
    "perpetrator",
    "weapon",
    "grade",
)
STATEMENTS = (
    "outlet",
    "published",
    "measure",
    "category",
    "value",
    "low",
    "high",
    "bound",
    "role",
    "words",
    "quotation",
)
PLACE = ("name", "admin1", "latitude", "longitude", "precision", "coarsened")
LIVING = ("injured", "missing", "detained", "abducted", "displaced")
SHOWN = 20
FORMULA = tuple("=+-@\t\r\n|%＝＋－＠｜％﹢﹣−")


def main(arguments):
    """Check the folder and return the exit code."""
    options, folders = {}, []
    words = iter(arguments)
    for word in words:
        if word in ("--known", "--earlier"):
            options[word] = next(words, "")
        elif word in ("--record", "--root"):
            options[word] = ""
        elif word in ("-h", "--help"):
            print(__doc__)
            return 0
        else:
            folders.append(word)
    folder = folders[0] if folders else os.path.dirname(os.path.abspath(__file__))
    if not os.path.isfile(os.path.join(folder, "SHA256SUMS")) and not os.path.isfile(
        os.path.join(folder, "manifest.json")
    ):
        print(f"{folder}: not a release (it has neither SHA256SUMS nor manifest.json)")
        return 2
    check = Check(folder)
    parts = (check.sums, check.manifest, check.record, check.tables, check.said, check.pages)
    parts = (check.manifest, check.record) if "--record" in options else parts
    for part in (check.leaves,) if "--root" in options else parts:
        check.run(part)
    if "--known" in options:
        check.known(options["--known"])
    if "--earlier" in options:
        check.run(lambda: check.earlier(options["--earlier"]))
    for line in check.found:
        print("DIFFERS  " + line)
    for line in check.notes:
        print("         " + line)
    print(f"{folder}: {len(check.found)} differences." if check.found else f"{folder}: nothing differs.")
    return 1 if check.found else 0


class Check:
    """One release, what was found to differ, and what is to be said of it."""

    def __init__(self, folder):
        self.folder, self.found, self.notes = folder, [], []
        self.there, self.told, self.release = {}, {}, {}

    def run(self, part):
        """Run one part; what stops it is itself a difference."""
        try:
            part()
        except Exception as fault:
            name = getattr(part, "__name__", "a part")
            self.says(f"{name} cannot be checked to the end: {type(fault).__name__}: {fault}")

    def says(self, line):
        """Note a difference."""
        self.found.append(line)

    def path(self, name):
        """Return where a file of the release lies."""
        return os.path.join(self.folder, *name.split("/"))

    def read(self, name):
        """Return the bytes of a file of the release, nothing where there is none."""
        try:
            with open(self.path(name), "rb") as file:
                return file.read()
        except OSError as fault:
            self.says(f"{name}: {fault.strerror}")
            return b""

    def sums(self):
        """Check every file against SHA256SUMS, and that there is no other."""
        for at, folders, files in os.walk(self.folder):
            for name in files + [one for one in folders if os.path.islink(os.path.join(at, one))]:
                path = os.path.join(at, name)
                shown = os.path.relpath(path, self.folder).replace(os.sep, "/")
                if os.path.islink(path) or not os.path.isfile(path):
                    self.says(f"{shown!a}: a link or a device, expected a file")
                elif shown != "SHA256SUMS":
                    self.there[shown] = digest_of(path)
        text = self.read("SHA256SUMS").decode("ascii", "replace")
        if not text.endswith("\n"):
            self.says("SHA256SUMS: its last line does not end")
        listed, last = {}, ""
        for number, line in enumerate(text.split("\n")[:-1], 1):
            said = LINE.fullmatch(line)
            if said is None or any(part in ("", ".", "..") for part in said[2].split("/")):
                self.says(f"SHA256SUMS, line {number}: not a checksum, two blanks and a path")
                continue
            if said[2] <= last:
                self.says(f"SHA256SUMS, line {number}: out of order")
            last = said[2]
            listed[said[2]] = said[1]
        for name in sorted(listed.keys() - self.there.keys()):
            self.says(f"{name}: no file")
        for name, (_size, digest) in sorted(self.there.items()):
            if name not in listed:
                self.says(f"{name!a}: not part of the release")
            elif listed[name] != digest:
                self.says(f"{name}: other bytes than were published")

    def manifest(self):
        """Check the manifest against the files."""
        data = self.read("manifest.json")
        self.told = json.loads(data)
        again = json.dumps(self.told, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"
        if again != data:
            self.says("manifest.json: not written as marsad writes it")
        if self.told["form"] != FORM:
            self.says(f"manifest.json: form {self.told['form']!r}, expected {FORM!r}")
        listed = {one["path"]: (one["bytes"], one["sha256"]) for one in self.told["files"] if self.there}
        there = {name: found for name, found in self.there.items() if name != "manifest.json"}
        for name in sorted(listed.keys() | there.keys()):
            if listed.get(name) != there.get(name):
                self.says(f"{name!a}: not the file that the manifest lists")
        self.notes.append(f"release {self.told['release']} of {self.told['observatory']}, {self.told['published']}")
        self.notes.append(f"manifest, SHA-256 {hashlib.sha256(data).hexdigest()}")

    def record(self):
        """Check the record against its own rules and against what the manifest says of it."""
        self.release, leaves = self.lines()
        release, told = self.release, self.told
        pairs = [
            ("release", "number"),
            ("observatory", "observatory"),
            ("published", "published"),
            ("software", "software"),
            ("as_known_on", "as_known_on"),
            ("publication_policy", "policy"),
        ]
        for name, field in pairs:
            if told.get(name) != release[field]:
                self.says(f"manifest.json, {name}: {told.get(name)!r}, expected {release[field]!r}")
        if told.get("incidents") != len(release["incidents"]):
            self.says(f"manifest.json, incidents: {told.get('incidents')}, expected {len(release['incidents'])}")
        if told.get("withheld") != {one["reason"]: one["count"] for one in release["withheld"]}:
            self.says("manifest.json, withheld: not what the record says")
        if told.get("earlier") != [
            {"release": one["number"], "manifest": one["manifest"]} for one in release["earlier"]
        ]:
            self.says("manifest.json, earlier: not what the record says")
        for incident in release["incidents"]:
            for fault in faults_of(incident, release):
                self.says(f"incident {incident['code']}: {fault}")
        root = root_of(leaves)
        if told.get("incidents_root") != root:
            self.says(f"record: root {root} over its incidents, expected {told.get('incidents_root')}")
        codes = [incident["code"] for incident in release["incidents"]]
        for before, code in zip(sorted(codes), sorted(codes)[1:]):
            if before == code:
                self.says(f"incident {code}: stands there twice")
        numbers = [one["number"] for one in release["earlier"]]
        if numbers != sorted(set(numbers)) or any(n >= release["number"] for n in numbers):
            self.says("record, earlier: releases are not in order")
        for one in release["history"]:
            if not one["first"] < one["until"] <= release["number"] or not one["causes"]:
                self.says(f"history of {one['code']}: from release {one['first']} until {one['until']} for no reason")
        self.notes.append(f"{len(codes)} incidents, {len(release['history'])} earlier states, root {root}")

    def lines(self):
        """Return the record, and the hash of each incident as it is written; read line by line, as it was written."""
        release, leaves, part = {}, [], None
        with open(self.path("data/record.json"), "rb") as file:
            for number, line in enumerate(file):
                if part is None:
                    release = json.loads(line[: line.rindex(b',"history":[')] + b"}")
                    if canonical(release).encode()[:-1] + b',"history":[' != line.rstrip(b"\n"):
                        self.says("data/record.json, line 1: not written as marsad writes it")
                    part = release["history"] = []
                elif line == b'],"incidents":[\n':
                    part = release["incidents"] = []
                elif line == b"]}\n":
                    part = ()
                else:
                    data = line.rstrip(b"\n")
                    data = data[:-1] if data.endswith(b",") else data
                    part.append(json.loads(data))
                    if part is release.get("incidents"):
                        leaves.append(hashlib.sha256(b"\x00" + data).digest())
                    elif canonical(part[-1]).encode() != data:
                        self.says(f"data/record.json, line {number + 1}: not written as marsad writes it")
        if part != ():
            self.says("data/record.json: its end is missing")
        return release, leaves

    def leaves(self):
        """Check the root over the incidents alone, each hashed as it is written."""
        told, leaves, within = json.loads(self.read("manifest.json")), [], False
        with open(self.path("data/record.json"), "rb") as file:
            for line in file:
                if within and line != b"]}\n":
                    data = line.rstrip(b"\n")
                    leaves.append(hashlib.sha256(b"\x00" + (data[:-1] if data.endswith(b",") else data)).digest())
                within = within or line == b'],"incidents":[\n'
        if root_of(leaves) != told["incidents_root"] or len(leaves) != told["incidents"]:
            self.says(f"record: root {root_of(leaves)} over {len(leaves)} incidents, expected {told['incidents_root']}")
        self.notes.append(f"{len(leaves)} incidents, root {root_of(leaves)}")

    def tables(self):
        """Check every row of the tables against the record."""
        figures, statements = {}, {}
        for incident in self.release["incidents"]:
            about = setting_of(incident)
            for one in incident["figures"]:
                figures[(incident["code"], *(one[name] for name in KEY))] = {**about, **one}
            for one in incident["statements"]:
                statements[(incident["code"], one["id"])] = one
        self.table("data/incidents.csv", ("incident", *KEY), FIGURES, figures)
        self.table("data/statements.csv", ("incident", "statement"), STATEMENTS, statements)
        self.context()
        self.errata()

    def errata(self):
        """Check the table of errata: each change of the history once, with what was said before it and after."""
        rows = self.rows("data/errata.csv")
        wanted = {(str(one["until"]), one["code"], " ".join(one["causes"])) for one in self.release["history"]}
        found = {(row["release"], row["incident"], row["causes"]) for row in rows}
        for release, code, _ in sorted(wanted ^ found):
            self.says(f"data/errata.csv: {code} in release {release} is not as the history has it")
        was, after = {}, {}
        states = {(one["code"], one["first"]): one for one in self.release["history"]}
        now = {one["code"]: one for one in self.release["incidents"]}
        for one in self.release["history"]:
            at = (str(one["until"]), one["code"])
            following = states.get((one["code"], one["until"]), now.get(one["code"], {"figures": []}))
            was.update({(*at, *(figure[name] for name in KEY)): figure for figure in one["figures"]})
            after.update({(*at, *(figure[name] for name in KEY)): figure for figure in following["figures"]})
        days = {str(one["number"]): one["published"] for one in (*self.release["earlier"], self.release)}
        for row in rows:
            at = (row["release"], row["incident"], *(row[name] for name in KEY))
            for when, figures in (("before", was), ("after", after)):
                if [row[f"{end}_{when}"] for end in ENDS] != [cell(figures.get(at, {}).get(end)) for end in ENDS]:
                    self.says(
                        f"data/errata.csv: {row['incident']} in release {row['release']}: not what was said {when}"
                    )
            if row["published"] != days.get(row["release"]):
                self.says(f"data/errata.csv: release {row['release']} was published on another day")

    def context(self):
        """Check what stands beside incidents: its tables against the record, and that every clause rests on a statement."""
        context = self.release.get("context")
        if context is None:  # a release of a form that told nothing beside incidents
            return
        said = {}
        for one in context["knowledge"]:
            said[(one["id"],)] = {**one, "occurred_from": one["first"], "occurred_to": one["last"]}
        columns = ("topic", "act", "occurred_from", "occurred_to", "published", "source", "outlet", "address")
        columns += ("stance", "low", "value", "high", "bound", "suppressed", "words", "facility")
        self.table("data/context.csv", ("statement",), columns, said)
        for one in context["knowledge"]:
            if one["suppressed"] and any(one[name] is not None for name in ("low", "value", "high", "words")):
                self.says(f"context, {one['id']}: a number that is withheld and told")
        held = [
            [cell(one[name]) for name in ("first", "last", "verdict", "unsure", "besieged")]
            + [" ".join(one["statements"])]
            for one in context["holdings"]
        ]
        names = ("from", "to", "verdict", "unsure", "besieged", "statements")
        if [[row[name] for name in names] for row in self.rows("data/control.csv")] != held:
            self.says("data/control.csv: not what the record says of who held what")
        for one in context["holdings"]:
            if one["first"] > one["last"] or one["last"] > context["until"]:
                self.says(
                    f"context, {one['point']}: held from {one['first']} to {one['last']}, told to {context['until']}"
                )
            for key in one["statements"]:
                if (key,) not in said:
                    self.says(f"context, {one['point']}: rests on {key}, which is not told")

    def table(self, name, key, columns, expected):
        """Check one table: a row for each thing, and each thing as the record has it."""
        seen = set()
        for row in self.rows(name):
            at = tuple(row[one] for one in key)
            if at not in expected or at in seen:
                self.says(f"{name}: {' '.join(at)} is not in the record, or stands there twice")
                continue
            seen.add(at)
            for column in columns:
                if row[column] != cell(expected[at][column]):
                    self.says(
                        f"{name}: {' '.join(at)}: {column} {row[column]!r}, expected {cell(expected[at][column])!r}"
                    )
        for at in sorted(expected.keys() - seen):
            self.says(f"{name}: {' '.join(at)} is missing")

    def rows(self, name):
        """Return the rows of a table."""
        return list(csv.DictReader(io.StringIO(self.read(name).decode("utf-8"), newline=""), strict=True))

    def said(self):
        """Check every file under said/ against the record and its history."""
        days = {one["number"]: one["published"] for one in self.release["earlier"]}
        days[self.release["number"]] = self.release["published"]
        past = {}
        for one in self.release["history"]:
            past.setdefault(one["code"], []).append(one)
        wanted = {"index"}
        for incident in self.release["incidents"]:
            states = [
                (h["first"], days.get(h["first"]), days.get(h["until"]), ends_of(h))
                for h in past.pop(incident["code"], [])
            ]
            states.append((incident["since"], days.get(incident["since"]), None, ends_of(incident)))
            wanted.add(incident["code"])
            self.states(incident["code"], states)
        for code, found in past.items():
            wanted.add(code)
            self.states(code, [(h["first"], days.get(h["first"]), days.get(h["until"]), ends_of(h)) for h in found])
        index = json.loads(self.read("said/index.json"))["releases"]
        if [(one["release"], one["from"]) for one in index] != sorted(days.items()):
            self.says("said/index.json: not the releases that the record names")
        for one, earlier in zip(index, self.release["earlier"]):
            if (one["manifest"], ends_of(one)) != (earlier["manifest"], ends_of({"figures": earlier["totals"]})):
                self.says(f"said/index.json: release {one['release']} is not as the record has it")
        for name in self.there:
            if name.startswith("said/") and name[5:].rpartition(".")[0] not in wanted:
                self.says(f"{name!a}: of an incident that the record does not know")

    def states(self, code, expected):
        """Check the file of one incident."""
        read = json.loads(self.read(f"said/{code}.json"))
        found = [(one["release"], one["from"], one["until"], ends_of(one)) for one in read["said"]]
        if read["incident"] != code or found != expected:
            self.says(f"said/{code}.json: not what the record and its history say")

    def pages(self):
        """Check that each incident has its page in each language, and each page every statement of it."""
        for n, lang in enumerate(self.told["languages"]):
            folder = "" if n == 0 else f"{lang}/"
            for incident in self.release["incidents"]:
                page = self.read(f"{folder}incident/{incident['code']}.html")
                ids = {found.decode() for found in ANCHOR.findall(page)}
                if ids != {one["id"] for one in incident["statements"] + incident["origins"]}:
                    self.says(f"{folder}incident/{incident['code']}.html: not the statements that the record has")
            for name in ("index", "methods", "coverage", "errata", "said", "downloads"):
                if f"{folder}{name}.html" not in self.there:
                    self.says(f"{folder}{name}.html: no file")

    def known(self, told):
        """Check the manifest against what somebody knows from elsewhere."""
        found = hashlib.sha256(self.read("manifest.json")).hexdigest()
        if found != told.strip().lower():
            self.says(f"manifest.json: SHA-256 {found}, you know of {told}")

    def earlier(self, folder):
        """Check what this release says that an earlier one said, against that one."""
        other = Check(folder)
        data = other.read("manifest.json")
        old = json.loads(other.read("data/record.json"))
        named = {one["number"]: one["manifest"] for one in self.release["earlier"]}
        if named.get(old["number"]) != hashlib.sha256(data).hexdigest():
            self.says(f"release {old['number']} in {folder}: its manifest is not the one that this release names")
        past = {}
        for one in self.release["history"]:
            past.setdefault(one["code"], []).append(one)
        now = {one["code"]: one for one in self.release["incidents"]}
        skipped = 0
        for incident in old["incidents"]:
            code = incident["code"]
            states = [h for h in past.get(code, []) if h["first"] <= old["number"] < h["until"]]
            if not states and code in now and now[code]["since"] <= old["number"]:
                states = [now[code]]
            if not states:
                skipped += 1
                continue
            if not agree(states[0], incident):
                self.says(f"incident {code}: release {old['number']} said something else than is told of it")
        if skipped > self.release["untold"]:
            self.says(f"release {old['number']}: {skipped} incidents of it are told nowhere")
        self.notes.append(
            f"release {old['number']}: {len(old['incidents']) - skipped} incidents are told as it told them"
        )


def setting_of(incident):
    """Return what the table of figures tells of an incident in each of its rows."""
    place = incident["place"] or dict.fromkeys(PLACE)
    about = {name: incident[name] for name in ("occurred_from", "occurred_to", "perpetrator", "weapon", "grade")}
    about.update(date_precision=incident["occurred_precision"], incident_origins=incident["origin_count"])
    about.update({name: place[name] for name in ("admin1", "latitude", "longitude")})
    about.update(place=place["name"], place_precision=place["precision"], place_coarsened=place["coarsened"])
    return about


def agree(said, incident):
    """Return whether a state gives the figures that the incident had; what is withheld since may be missing."""
    found = {tuple(one[name] for name in KEY): one for one in said["figures"]}
    for one in incident["figures"]:
        other = found.pop(tuple(one[name] for name in KEY), None)
        if other is None:
            return False
        if not (other.get("withdrawn") or all(one[end] == other[end] for end in ENDS)):
            return False
    return not found


def faults_of(incident, release):
    """Yield what contradicts itself in an incident."""
    if not CODE.fullmatch(incident["code"]):
        yield "its code is no safe file name"
    ids = {one["id"] for one in incident["statements"]}
    origins = {one["id"] for one in incident["origins"]}
    least = release["rules"]["least_living"]
    if len(ids) != len(incident["statements"]) or len(origins) != len(incident["origins"]):
        yield "an id stands twice"
    for one in incident["statements"]:
        if one["origin"] not in origins:
            yield f"statement {one['id']} has no origin"
        if one["suppressed"] and any(one[name] is not None for name in ("value", "low", "high", "words", "quotation")):
            yield f"statement {one['id']} is withheld and told"
        yield from range_faults(f"statement {one['id']}", one["low"], None, one["high"])
    for one in incident["figures"]:
        name = " ".join(one[key] for key in KEY)
        if one["suppressed"] and any(one[end] is not None for end in ENDS):
            yield f"{name} is withheld and told"
        numbers = [one[end] for end in ENDS if one[end] is not None]
        if one["measure"] in LIVING and numbers and 0 < max(numbers) < least:
            yield f"{name} tells {max(numbers)} living people, fewer than {least}"
        yield from range_faults(name, one["low"], one["best"], one["high"])
        for step in steps_of(one["why"]):
            if not set(step["statements"]) <= ids:
                yield f"{name} rests on a statement that is not there"
    if not 0 < incident["first_told"] <= incident["since"] <= release["number"]:
        yield f"told first in release {incident['first_told']}, as it is since {incident['since']}"


def range_faults(name, low, best, high):
    """Yield where the ends of a range are out of order."""
    ends = [number for number in (low, best, high) if number is not None]
    if any(number < 0 for number in ends) or ends != sorted(ends):
        yield f"{name}: {low}, {best}, {high} is no range"


def steps_of(step):
    """Yield every step of an explanation."""
    if step is not None:
        yield step
        for inner in step["steps"]:
            yield from steps_of(inner)


def ends_of(state):
    """Return the figures of a state as they can be compared."""
    return [tuple(one[name] for name in (*KEY, *ENDS, "suppressed")) for one in state["figures"]]


def cell(value):
    """Return a value as a table has it: nothing where it is not known, an apostrophe before what a spreadsheet would run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    words = str(value)
    return "'" + words if isinstance(value, str) and words.lstrip(" \u00a0\ufeff'\"").startswith(FORMULA) else words


def canonical(value):
    """Return the value as the record writes a line."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(path):
    """Return size and SHA-256 of a file, read piece by piece."""
    digest, size = hashlib.sha256(), 0
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def root_of(leaves):
    """Return the Merkle root (RFC 9162) of these leaf hashes in hex."""
    peaks = []
    for current in leaves:
        level = 0
        while peaks and peaks[-1][0] == level:
            current, level = hashlib.sha256(b"\x01" + peaks.pop()[1] + current).digest(), level + 1
        peaks.append((level, current))
    if not peaks:
        return hashlib.sha256(b"").hexdigest()
    current = peaks[-1][1]
    for _, left in reversed(peaks[:-1]):
        current = hashlib.sha256(b"\x01" + left + current).digest()
    return current.hex()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
