"""Sentences that people read, one catalogue a room and language, kept as data in resources/words/."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

LANGUAGES = ("en", "ar")


@cache
def catalogue(room: str, lang: str) -> Mapping[str, str]:
    """Return every sentence of a room ("why", "site") in a language, keyed by dotted name.

    Raises FileNotFoundError for a room or language that has no catalogue.
    """
    path = resources.files("marsad.resources") / "words" / f"{room}.{lang}.toml"
    return dict(_flatten(tomllib.loads(path.read_text("utf-8"))))


def say(room: str, lang: str, key: str, values: Mapping[str, object] | None = None) -> str:
    """Return the sentence with its gaps filled; `{name}` in a sentence is a gap.

    A value that is itself a word of the catalogue, under the gap's name ("kind.monitor"), is said in its language.

    Raises KeyError, naming the catalogue, where the sentence is missing: a missing sentence is a fault, not a blank.
    """
    try:
        sentence = catalogue(room, lang)[key]
    except KeyError:
        raise KeyError(f"words/{room}.{lang}.toml has no sentence {key!r}; add it there") from None
    known = catalogue(room, lang)
    gaps = {k: "?" if v is None else known.get(f"{k}.{v}", v) for k, v in (values or {}).items()}
    return sentence.format_map(gaps)


def _flatten(table: Mapping[str, object], prefix: str = "") -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            out += _flatten(value, f"{prefix}{key}.")
        else:
            out.append((prefix + key, str(value)))
    return out
