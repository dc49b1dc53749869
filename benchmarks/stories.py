"""Made-up reports as long and as mixed as a day's news: raids among sport, economy, weather and politics, by language.

Nothing in them is true. Their sentences lie in stories/LANG.toml; the same arguments give the same reports.
"""

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from benchmarks.corpus import FIRST, Made

_FOLDER = Path(__file__).parent / "stories"
_OTHER_MATTERS = ("sport", "economy", "weather", "politics")
_LENGTH = 250
_PARAGRAPH = 3
_OUTLETS = 400
_DAYS = 1500


def story_languages() -> tuple[str, ...]:
    """Return the languages that stories can be made up in, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def stories(lang: str, size: int, one_in: int = 1, seed: int = 1, tolls: int = 4) -> Iterator[Made]:
    """Yield `size` reports of about 250 words, as far as a language has sentences; one in `one_in` tells of a raid, in
    `tolls` sentences after its first.

    >>> [len(made.text.split()) > 200 for made in stories("en", 3, one_in=3)]
    [True, True, True]
    """
    rng, words = random.Random(seed), _words(lang)
    for number in range(size):
        relevant = number % one_in == 0
        topic = words["relevant" if relevant else rng.choice(_OTHER_MATTERS)]
        lines = _raid(rng, topic, tolls) if relevant else rng.sample(topic["lines"], len(topic["lines"]))
        town, other = rng.sample(words["town"], 2)
        said = [_said(rng, words, line, town, other) for line in (rng.choice(topic["title"]), *lines)]
        published = FIRST + timedelta(days=rng.randrange(_DAYS))
        yield Made(_set(said), f"Outlet {rng.randrange(_OUTLETS)}", published)


@cache
def _words(lang: str) -> Mapping[str, Any]:
    return tomllib.loads((_FOLDER / f"{lang}.toml").read_text("utf-8"))


def _raid(rng: random.Random, topic: Mapping[str, Sequence[str]], tolls: int) -> list[str]:
    """Return the sentences of a report of a raid: what happened first, then tolls and voices, history last."""
    told = rng.sample(topic["toll"], min(tolls, len(topic["toll"])))
    around = rng.sample(topic["around"], min(12, len(topic["around"])))
    middle = [*told, *around[:4]]
    rng.shuffle(middle)
    return [rng.choice(topic["opening"]), *middle, rng.choice(topic["background"]), *around[4:]]


def _said(rng: random.Random, words: Mapping[str, Any], line: str, town: str, other: str) -> str:
    """Return a sentence with its gaps filled, its first letter large."""
    gaps = {name for _, name, _, _ in Formatter().parse(line) if name}
    numbers = {"few": rng.randrange(2, 10), "some": rng.randrange(10, 30), "many": rng.randrange(30, 121)}
    filled = {"town": town, "other": other, "country": words["country"][town], **numbers}
    filled |= {name: rng.choice(words[name]) for name in sorted(gaps - filled.keys())}
    said = line.format_map(filled)
    return said[0].upper() + said[1:]


def _set(sentences: Sequence[str]) -> str:
    """Return a title and about 250 words below it, set in paragraphs."""
    title, *body = sentences
    kept, length = [], 0
    for sentence in body:
        if length < _LENGTH:
            kept.append(sentence)
            length += len(sentence.split())
    paragraphs = [" ".join(kept[k : k + _PARAGRAPH]) for k in range(0, len(kept), _PARAGRAPH)]
    return "\n\n".join((title, *paragraphs)) + "\n"
