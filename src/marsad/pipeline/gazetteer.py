"""The gazetteer of an observatory: lists of places taken in, kept, and laid over the gazetteer that marsad ships."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from marsad.collect.files import shown as shown_path
from marsad.collect.place_files import kind_of, lines_of, received
from marsad.model import ListKind, PlaceList, Sha256, Wrong
from marsad.pipeline.assets import gazetteer_path
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.place_lists import LISTS, STAMP, Part, Progress, composed, stamp, unseen
from marsad.pipeline.service import WriteService
from marsad.preserve.difference import Difference
from marsad.preserve.ledger import RandomBytes
from marsad.preserve.syncing import sync_folder
from marsad.preserve.vault import sha256_of
from marsad.text.entry import Entry
from marsad.text.gazetteer import Answer, Gazetteer
from marsad.text.likeliest import why_none
from marsad.text.listed import shown
from marsad.text.place_words import kind_and_name

FILE = "gazetteer.arrow"
"""The gazetteer of an observatory that has lists of its own, in its folder. Derived: it can be removed."""

_REMEDY = f"remove {FILE} and run `marsad run`, which makes it again"
_STALE = "run `marsad run`, which makes it anew"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did with one file: `part` says what the list brought; `new` is false for one known already.

    `earlier` are lists in use that have the same file name: perhaps older editions.
    """

    part: Part
    new: bool
    earlier: tuple[PlaceList, ...]


def import_lists(
    observatory: Observatory,
    files: Sequence[Path],
    country: str | None,
    now: datetime,
    random_bytes: RandomBytes,
    progress: Progress = unseen,
    base: Path | None = None,
) -> list[Imported]:
    """Take lists of places in: their bytes are kept, and the observatory's gazetteer is made anew with them.

    All of the files are taken in or none. Raises Wrong where one is no list of places, or not a single row of it can be
    used. A list that is known already, for the same country, changes nothing.
    """
    ground = base or gazetteer_path()
    data: dict[Sha256, bytes] = {}
    with observatory.kept() as kept:
        with kept.read() as reading:
            standing = reading.place_lists()
        used = [given for given in standing if given.used]
        given = list({_key(one): one for path in files for one in [_given(path, country, ground, now, data)]}.values())
        known = {_key(one): one for one in used}
        new = [one for one in given if _key(one) not in known]
        batch, parts = composed(ground, [*used, *new], _bytes_of(observatory, data), progress)
        by_key = {_key(part.given): part for part in parts}
        for one in new:
            _check_usable(by_key[_key(one)])
        service = WriteService(kept, observatory.vault, random_bytes)
        service.record_place_lists(given, data, now)  # known ones, too: the vault may have lost their bytes
    _write(observatory, batch)
    return [
        Imported(by_key[_key(one)], _key(one) not in known, tuple(o for o in used if _older(o, one))) for one in given
    ]


def drop_list(
    observatory: Observatory, begins: str, now: datetime, random_bytes: RandomBytes, base: Path | None = None
) -> list[PlaceList]:
    """Use a list no longer: the one whose hash begins so; return what is now said of it. Its bytes stay kept.

    Raises Wrong unless the beginning means the bytes of one list in use.
    """
    with observatory.kept() as kept:
        with kept.read() as reading:
            found = [given for given in reading.place_lists() if given.used and given.evidence.startswith(begins)]
        if len({given.evidence for given in found}) != 1 or not begins:
            rule = f"is the beginning of the hash of {len({given.evidence for given in found})} lists in use, not one"
            raise Wrong("gazetteer", shown(begins), rule, f"see `marsad gazetteer list {observatory.path}`")
        gone = [replace(given, used=False) for given in found]
        WriteService(kept, observatory.vault, random_bytes).record_place_lists(gone, {}, now)
    (observatory.path / FILE).unlink(missing_ok=True)
    places_file(observatory, base)
    return gone


def places_file(observatory: Observatory, base: Path | None = None, progress: Progress = unseen) -> Path:
    """Return the file of the gazetteer that this observatory reads with: its own, or `base` (marsad's) if it has no lists.

    Its own is made anew where it is missing or was made from something else.
    """
    ground = base or gazetteer_path()
    lists = used_lists(observatory)
    if not lists:
        return ground
    if _metadata(observatory).get(STAMP) != stamp(ground, lists):
        batch, _ = composed(ground, lists, _bytes_of(observatory, {}), progress)
        _write(observatory, batch)
    return observatory.path / FILE


def fresh_places_file(observatory: Observatory, base: Path | None = None) -> Path | None:
    """Return what `places_file` would return, but None where it would have to make it; nothing is written."""
    ground = base or gazetteer_path()
    lists = used_lists(observatory)
    if not lists:
        return ground
    fresh = _metadata(observatory).get(STAMP) == stamp(ground, lists)
    return observatory.path / FILE if fresh else None


def gazetteer_differences(
    observatory: Observatory, base: Path | None = None, progress: Progress = unseen
) -> Iterator[Difference]:
    """Yield where the observatory's gazetteer is not what follows from the lists it keeps."""
    lists = used_lists(observatory)
    path = observatory.path / FILE
    if not lists:
        if path.exists():
            yield Difference(FILE, "a file", "none: there are no lists of places", "remove it", harmless=True)
        return
    found = fresh_places_file(observatory, base)
    if found is None:
        what = "a file made from something else" if path.exists() else "no file"
        yield Difference(FILE, what, "one made from the lists of places", _STALE, harmless=True)
        return
    batch, _ = composed(base or gazetteer_path(), lists, _bytes_of(observatory, {}), progress)
    made, there = sha256_of(_file_bytes(batch)), sha256_of(found.read_bytes())
    if made != there:
        yield Difference(FILE, f"SHA-256 {there}", f"{made}, which follows from the lists", _REMEDY)


def used_lists(observatory: Observatory) -> list[PlaceList]:
    """Return the lists of places that are in use, in the order in which they were received."""
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        return [given for given in reading.place_lists() if given.used]


def listed(observatory: Observatory, base: Path | None = None) -> list[tuple[PlaceList, Mapping[str, Any]]]:
    """Return each list in use with its counts: known, new, passed_over, rejected."""
    places_file(observatory, base)
    counts = json.loads(_metadata(observatory).get(LISTS, "[]"))
    by_key = {(one["evidence"], one["country"]): one for one in counts}
    return [(given, by_key[_key(given)]) for given in used_lists(observatory)]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a name would mean in a report that speaks of the given country, and every place that has the name.

    `pcodes` holds the p-codes of these places by place_id, where they have one.
    """

    answer: Answer
    candidates: tuple[Entry, ...]
    pcodes: Mapping[str, str]
    countries: tuple[str, ...]

    @property
    def because(self) -> str:
        """Why the name means this place, or why it means none."""
        return self.answer.because or why_none(self.candidates, self.countries)


def find(observatory: Observatory, words: str, country: str | None, base: Path | None = None) -> Finding:
    """Return what a name would resolve to; raises Wrong for a country that nobody knows."""
    gazetteer = Gazetteer.open(places_file(observatory, base))
    code = None if country is None else checked_country(gazetteer, country)
    countries = [] if code is None else [code]
    answer = gazetteer.answer(words, countries)
    names = list(dict.fromkeys(name for _, name in kind_and_name(words.split(",", maxsplit=1)[0].strip())))
    every = [entry for name in names for entry in gazetteer.candidates(name)]
    every += [entry for name in names for code in countries for entry in gazetteer.alike(name, code)]
    candidates = tuple(dict.fromkeys(every))
    codes = gazetteer.pcodes()
    wanted = {entry.place_id for entry in candidates} | {answer.place.place_id}
    pcodes = {place_id: codes[place_id] for place_id in wanted if place_id in codes}
    return Finding(answer, candidates, pcodes, tuple(countries))


def checked_country(gazetteer: Gazetteer, country: str) -> str:
    """Return the code of a country given by code or name; raises Wrong for none."""
    code = country.upper() if country.upper() in gazetteer.country_codes() else gazetteer.country_of(country)
    if code is None:
        raise Wrong("--country", shown(country), "is no country that marsad knows", "write its ISO code, such as SY")
    return code


def _given(path: Path, country: str | None, ground: Path, now: datetime, data: dict[Sha256, bytes]) -> PlaceList:
    """Return the list of places that a file is; its bytes go into `data`."""
    code = None if country is None else checked_country(Gazetteer.open(ground), country)
    name = shown_path(Path(path.name))
    content = received(path)
    kind = kind_of(next(lines_of(content, name), ""), name)
    sha256 = sha256_of(content)
    data[sha256] = content
    return PlaceList(sha256, kind, name, code, 0, used=True, recorded_at=now)


def _key(given: PlaceList) -> tuple[str, str | None]:
    return given.evidence, given.country


def _older(one: PlaceList, other: PlaceList) -> bool:
    return (one.name, one.kind, one.country) == (other.name, other.kind, other.country) and _key(one) != _key(other)


def _check_usable(part: Part) -> None:
    if part.usable:
        return
    name = part.given.name
    if part.rejections:
        rule = f"has no row that can be used; of {len(part.rejections):,} rejections the first: "
        raise Wrong(name, None, rule + part.rejections[0].reason.removesuffix("."), "correct the file and import again")
    if part.given.kind is ListKind.NAMES:
        raise Wrong(name, None, "names no place of a dump that was imported", "import the GeoNames dump with it")
    where = f" of {part.given.country}" if part.given.country else ""
    raise Wrong(name, None, f"has no place{where} in it", "check the file and --country")


def _bytes_of(observatory: Observatory, data: Mapping[Sha256, bytes]) -> Callable[[PlaceList], bytes]:
    return lambda given: data[given.evidence] if given.evidence in data else observatory.vault.get(given.evidence)


def _metadata(observatory: Observatory) -> dict[str, str]:
    """Return the metadata of the observatory's gazetteer, empty where there is none that can be read."""
    try:
        found = pa.ipc.open_file(pa.memory_map(str(observatory.path / FILE))).schema.metadata or {}
    except (pa.ArrowException, OSError):
        return {}
    return {key.decode(): value.decode() for key, value in found.items()}


def _file_bytes(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def _write(observatory: Observatory, batch: pa.RecordBatch) -> None:
    """Put the gazetteer in place, whole and on the disk, or leave what was there."""
    handle, name = tempfile.mkstemp(dir=observatory.path, prefix=f".{FILE}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_file_bytes(batch))
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(observatory.path / FILE)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(observatory.path)
