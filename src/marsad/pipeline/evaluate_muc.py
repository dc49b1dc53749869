"""MUC-3 and MUC-4, read and judged."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from marsad.collect.incoming import Incoming
from marsad.evaluate.muc import Part, judge_muc
from marsad.evaluate.muc_errors import MucError, muc_errors
from marsad.evaluate.muc_key import Template, templates
from marsad.evaluate.muc_match import match
from marsad.evaluate.muc_texts import MucText, muc_texts
from marsad.evaluate.reading import Scores
from marsad.model import Claim, Wrong
from marsad.pipeline.assets import gazetteer_path
from marsad.pipeline.reading import read_reports
from marsad.text.gazetteer import Gazetteer

_FORM = "docs/evaluating.md says what the folder holds"


@dataclass(frozen=True, slots=True)
class Muc:
    """How well MUC texts were read: scores over all parts and by part, and differences one by one."""

    scores: Mapping[str, Scores]
    errors: Sequence[MucError]


def evaluate_muc(folder: Path, parts: Sequence[str] = (), processes: int | None = None) -> Muc:
    """Return how well the texts of a folder are read, each part of it a folder with files of texts and `key-…` files.

    `parts` names the parts to read, all if it names none. Raises Wrong, naming the file, for what is no such folder.
    """
    names = list(parts) or sorted(path.name for path in _entries(folder) if path.is_dir() and _keys(path))
    if not names:
        raise Wrong(str(folder), None, "has no folder with answer keys (key-…) in it", _FORM)
    country_of = Gazetteer.open(gazetteer_path()).country_of
    judged: list[Part] = []
    errors: list[MucError] = []
    for name in names:
        texts, found = _texts(folder / name), _templates(folder / name)
        read = [
            (match(t.text_id, found[t.text_id], claims, country_of), t.text) for t, claims in _read(texts, processes)
        ]
        judged.append(Part(name, [document for document, _ in read]))
        errors += muc_errors(read)
    return Muc(judge_muc(judged, country_of), errors)


def _read(texts: Sequence[MucText], processes: int | None) -> Iterator[tuple[MucText, Sequence[Claim]]]:
    """Yield each text with its claims; none where it could not be read."""
    found = ((t.text_id, Incoming(t.text_id, t.text.encode(), "FBIS", t.published, "en")) for t in texts)
    for text, read in zip(texts, read_reports(found, processes), strict=True):
        yield text, read.claims


def _texts(part: Path) -> list[MucText]:
    found: dict[str, MucText] = {}
    for path in _entries(part):
        if path.is_file() and not path.name.startswith("key-"):
            for text in muc_texts(_content(path)):
                if text.text_id in found:
                    raise Wrong(f"{path}", text.text_id, "is in two files", "keep one form of the texts in the folder")
                found[text.text_id] = text
    if not found:
        raise Wrong(str(part), None, "has no texts", _FORM)
    return list(found.values())


def _templates(part: Path) -> Mapping[str, list[Template]]:
    found: dict[str, list[Template]] = defaultdict(list)
    for path in _keys(part):
        for template in templates(_content(path)):
            found[template.text_id].append(template)
    if not found:
        raise Wrong(str(part), None, "has no answer keys (key-…)", _FORM)
    return found


def _keys(part: Path) -> list[Path]:
    return [path for path in _entries(part) if path.name.startswith("key-")]


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as fault:
        raise Wrong(str(folder), None, f"cannot be read: {fault.strerror}", _FORM) from fault


def _content(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise Wrong(str(path), None, f"cannot be read as UTF-8 text ({fault})", _FORM) from fault
