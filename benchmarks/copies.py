"""How well copies are found: precision and recall of pairs, and time, on made-up stories whose copies are known.

    python -m benchmarks.copies [SIZE …] [--seed N] [--rensa]

A story is printed again as it is, cut, lightly edited, or reworded: half its content words changed, one sentence in seven
dropped, one name in twelve spelt otherwise, one number in four written out, a new opening put before it. Beside copies stand
reports that nobody copied and that are easily taken for copies: two in three stories hold paragraphs of background that
unrelated ones hold too; a third of the events are told by a second newsroom in its own words, with the same names and tolls
and, every other time, the same statement of a spokesman; monitors send daily bulletins of one form. With
--rensa the same texts go through rensa's MinHash and LSH (pip install rensa), alone and with candidates verified by exact
word runs. Nothing in the texts is true or means anything.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa

from marsad.engines.local import LocalEngine
from marsad.link.outline import OUTLINING
from marsad.link.sketch import SKETCHING
from marsad.model import Report, ReportId, Sha256, Text
from marsad.model.rows import text_row
from marsad.model.schema import TEXT
from marsad.pipeline.copies import copies_of

_SMALL = [
    "the",
    "of",
    "in",
    "and",
    "on",
    "that",
    "was",
    "were",
    "to",
    "by",
    "from",
    "near",
    "after",
    "its",
    "with",
    "at",
    "for",
    "as",
    "had",
    "said",
    "who",
    "it",
    "his",
    "a",
]
_SOUNDS = [
    "ba",
    "da",
    "fa",
    "ga",
    "ka",
    "la",
    "ma",
    "na",
    "pa",
    "ra",
    "sa",
    "ta",
    "be",
    "de",
    "ke",
    "le",
    "me",
    "ne",
    "re",
    "se",
    "te",
    "bo",
    "do",
    "ko",
    "lo",
    "mo",
    "no",
    "ro",
    "so",
    "to",
]


@dataclass(frozen=True)
class Printed:
    """A made-up report; `story` names what it copies, `how` in what way: "first", "same", "cut", "edited", "reworded"."""

    text: str
    day: date
    story: int
    how: str


class _Writer:
    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.words = ["".join(dice.choices(_SOUNDS, k=dice.choice((2, 3, 3, 4)))) for _ in range(6000)]
        self.names = ["".join(dice.choices(_SOUNDS, k=3)).capitalize() for _ in range(900)]
        self.towns = ["".join(dice.choices(_SOUNDS, k=3)).capitalize() for _ in range(150)]
        self.background = [self.paragraph(dice.sample(self.names, 5), self.numbers(4, 200_000)) for _ in range(60)]

    def numbers(self, size: int, top: int) -> list[int]:
        return [max(2, int(top ** self.dice.random())) for _ in range(size)]

    def word(self) -> str:
        if self.dice.random() < 0.42:
            return self.dice.choice(_SMALL)
        return self.words[min(int(self.dice.paretovariate(0.55)), len(self.words) - 1)]

    def paragraph(self, names: Sequence[str], numbers: Sequence[int]) -> str:
        bones = [*names, *map(str, numbers)]
        self.dice.shuffle(bones)
        sentences = []
        while bones:
            some, bones = bones[:3], bones[3:]
            words = [self.word() for _ in range(self.dice.randrange(9, 20))]
            for bone in some:
                words.insert(self.dice.randrange(1, len(words)), bone)
            sentences.append(" ".join(words).capitalize().replace(words[0].capitalize(), words[0].title(), 1))
        return ". ".join(_kept(s, [*names]) for s in sentences) + "."

    def story(self, names: Sequence[str], numbers: Sequence[int], statement: str = "") -> str:
        parts = [statement] if statement else []
        parts += [self.paragraph(self.dice.sample(names, 4), self.dice.sample(numbers, 3)) for _ in range(4)]
        if self.dice.random() < 0.66:
            parts += self.dice.sample(self.background, self.dice.choice((1, 1, 2)))
        return "\n\n".join(parts)

    def bulletin(self, monitor: str) -> str:
        lines = [
            f"In {self.dice.choice(self.towns)} {self.dice.randrange(2, 40)} people were killed and "
            f"{self.dice.randrange(2, 90)} were injured by shelling."
            for _ in range(self.dice.randrange(4, 9))
        ]
        return f"Daily report of the {monitor} Network for Rights.\n" + "\n".join(lines)

    def reworded(self, text: str) -> str:
        def other(word: str) -> str:
            bare = word.strip(".")
            if bare.isdigit():
                out = number_words(int(bare)) if int(bare) < 100 and self.dice.random() < 0.25 else bare
                return out + word[len(bare) :]
            if bare[:1].isupper():
                return (
                    word if self.dice.random() > 0.08 else f"{bare[:-1]}{self.dice.choice('eiou')}" + word[len(bare) :]
                )
            share = 0.15 if bare in _SMALL else 0.5
            return word if self.dice.random() > share else f"{bare[::-1]}i" + word[len(bare) :]

        kept = [s for s in text.split(". ") if self.dice.random() > 0.15]
        kept.insert(
            0, f"{self.word()} {self.dice.choice(self.names)} {self.word()} {self.dice.randrange(2, 90)} {self.word()}"
        )
        return ". ".join(" ".join(other(w) for w in s.split(" ")) for s in kept)

    def edited(self, text: str) -> str:
        words = [w if self.dice.random() > 0.02 else self.word() for w in text.split(" ")]
        return " ".join([self.word(), self.word(), *words])


def number_words(number: int) -> str:
    """Return a number below 100 in English words."""
    ones = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
    ]
    ones += ["seventeen", "eighteen", "nineteen"]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    if number < 20:
        return ones[number]
    return tens[number // 10 - 2] + (f"-{ones[number % 10]}" if number % 10 else "")


def _kept(sentence: str, names: Sequence[str]) -> str:
    """Return the sentence with its names capitalised again."""
    for name in names:
        sentence = sentence.replace(name.lower(), name)
    return sentence


def made_up(size: int, seed: int = 1) -> list[Printed]:
    """Return about `size` reports with their truth; the same size and seed give the same."""
    dice = random.Random(seed)
    writer = _Writer(dice)
    out: list[Printed] = []
    story = 0
    while len(out) < size:
        day = date(2015, 1, 1) + timedelta(dice.randrange(600))
        if dice.random() < 0.15:
            story += 1
            out.append(Printed(writer.bulletin(dice.choice(writer.names[:20])), day, story, "first"))
            continue
        names, numbers = [*dice.sample(writer.names, 7), dice.choice(writer.towns)], writer.numbers(8, 400)
        statement = writer.paragraph(dice.sample(names, 3), dice.sample(numbers, 3)) if dice.random() < 0.5 else ""
        for _ in range(2 if dice.random() < 0.33 else 1):
            story += 1
            text = writer.story(names, numbers, statement)
            out.append(Printed(text, day, story, "first"))
            for _ in range(min(60, int(dice.paretovariate(0.9)) - 1)):
                how = dice.choice(("same", "cut", "edited", "reworded"))
                out.append(Printed(_again(writer, text, how), day + timedelta(dice.randrange(4)), story, how))
    return out


def _again(writer: _Writer, text: str, how: str) -> str:
    if how == "cut":
        return text[: int(len(text) * writer.dice.uniform(0.5, 0.9))]
    return text if how == "same" else writer.edited(text) if how == "edited" else writer.reworded(text)


def pairs_right(groups: Mapping[int, int], truth: Sequence[Printed], hows: Sequence[str]) -> tuple[float, float]:
    """Return precision and recall over pairs of reports that were printed in one of these ways."""
    kept = [n for n, printed in enumerate(truth) if printed.how in hows]
    both = Counter((groups[n], truth[n].story) for n in kept)
    found, real = Counter(groups[n] for n in kept), Counter(truth[n].story for n in kept)
    hits, said, wanted = (sum(k * (k - 1) // 2 for k in c.values()) for c in (both, found, real))
    return hits / said if said else 1.0, hits / wanted if wanted else 1.0


def by_marsad(truth: Sequence[Printed], outlines: bool) -> Callable[[], dict[int, int]]:
    """Return what groups the reports as marsad's joins do: by word runs, with `outlines` also those reworded."""

    def grouped() -> dict[int, int]:
        now = datetime(2020, 1, 1, tzinfo=UTC)
        reports = [
            Report(ReportId(f"{n:08}"), Sha256(f"{n:064}"), f"Outlet {n % 400}", p.day, "en", None, now)
            for n, p in enumerate(truth)
        ]
        rows = [text_row(Text(ReportId(f"{n:08}"), p.text, p.day, "x", "en")) for n, p in enumerate(truth)]
        table = pa.Table.from_pylist(rows, schema=TEXT)
        with LocalEngine(1) as engine:
            sketches, _ = engine.apply(SKETCHING, table)
            marks, _ = engine.apply(OUTLINING, table) if outlines else (sketches.slice(0, 0), None)
            copy, reworded = copies_of(engine, reports, sketches, marks)
        leads, told = ({int(r["report_id"]): int(r["leader"]) for r in t.to_pylist()} for t in (copy, reworded))
        return {n: _root(told, lead) for n, lead in leads.items()}

    return grouped


def _root(told: Mapping[int, int], at: int) -> int:
    while at in told:
        at = told[at]
    return at


def by_rensa(truth: Sequence[Printed], verified: bool) -> Callable[[], dict[int, int]]:
    """Return what groups the reports by rensa's LSH over runs of three words, each joined to the first candidate."""

    def grouped() -> dict[int, int]:
        from rensa import RMinHash, RMinHashLSH  # type: ignore[import-not-found]

        index = RMinHashLSH(threshold=0.4, num_perm=128, num_bands=32)
        parent = list(range(len(truth)))

        def find(n: int) -> int:
            while parent[n] != n:
                parent[n] = parent[parent[n]]
                n = parent[n]
            return n

        runs: list[frozenset[int]] = []
        order = sorted(range(len(truth)), key=lambda n: (truth[n].day, n))
        runs = [frozenset()] * len(truth)
        for n in order:
            words = truth[n].text.lower().replace(".", "").split()
            shingles = {" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2))}
            runs[n] = frozenset(map(hash, shingles))
            sketch = RMinHash(num_perm=128, seed=42)
            sketch.update(sorted(shingles))
            for other in sorted(index.query(sketch)):
                if find(other) == find(n):
                    continue
                shared = len(runs[n] & runs[other]) if verified else 0
                if not verified or 2 * shared >= min(len(runs[n]), len(runs[other])):
                    parent[find(n)] = find(other)
            index.insert(n, sketch)
        return {n: find(n) for n in range(len(truth))}

    return grouped


def _lines(size: int, seed: int, rensa: bool) -> Iterator[str]:
    truth = made_up(size, seed)
    plain, every = ("first", "same", "cut", "edited"), ("first", "same", "cut", "edited", "reworded")
    told = ("first", "reworded")
    ways = {"word runs": by_marsad(truth, False), "word runs, outlines": by_marsad(truth, True)}
    if rensa:
        ways |= {"rensa": by_rensa(truth, False), "rensa, verified": by_rensa(truth, True)}
    yield f"{len(truth):,} reports, {len({p.story for p in truth}):,} stories, {Counter(p.how for p in truth)}"
    yield f"{'':22}{'seconds':>8}  copies P / R     reworded P / R   all P / R"
    for name, way in ways.items():
        begin = time.perf_counter()
        groups = way()
        took = time.perf_counter() - begin
        scores = "   ".join(
            "{:.4f} / {:.4f}".format(*pairs_right(groups, truth, hows)) for hows in (plain, told, every)
        )
        yield f"{name:22}{took:8.1f}  {scores}"


def main() -> None:
    """Print the table for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rensa", action="store_true")
    given = parser.parse_args()
    for size in given.sizes:
        for line in _lines(size, given.seed, given.rensa):
            print(line, flush=True)


if __name__ == "__main__":
    main()
