"""Where two readers differ on one report: sentence by sentence, and as figures over many."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from marsad.model import Claim
from marsad.pipeline.readers import Said
from marsad.stage import Rejection
from marsad.text.sentences import Sentence, sentences

ASPECTS = ("measure", "number", "bound", "status", "attribution")
"""What is compared of two claims on the same words: `number` is low and high, `attribution` the speaker, who comes first."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What two readers made of the same words; None where one of them made no claim of them.

    `differs` names the aspects in which two claims differ; empty where they agree or where there is only one.
    """

    a: Claim | None
    b: Claim | None
    differs: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether both made a claim, and the same one."""
        return self.a is not None and self.b is not None and not self.differs

    @property
    def start(self) -> int:
        """Where its words begin."""
        return min(claim.start for claim in (self.a, self.b) if claim is not None)


@dataclass(frozen=True, slots=True)
class Compared:
    """A report read by two readers: the pairs of each sentence in order, sentences without any left out.

    `quiet` is the number of those sentences: both readers agree that they count nobody.
    """

    report_id: str
    text: str
    pairs: list[tuple[Sentence, list[Pair]]]
    quiet: int
    rejections: tuple[list[Rejection], list[Rejection]]

    @property
    def same(self) -> int:
        """How many claims both made alike."""
        return sum(pair.agrees for _, pairs in self.pairs for pair in pairs)


def compared(report_id: str, text: str, a: Said, b: Said) -> Compared:
    """Return what two readers said of a text, paired by the words that their claims stand on."""
    pairs = paired(a.claims, b.claims)
    told: list[tuple[Sentence, list[Pair]]] = []
    quiet, at = 0, 0
    parts = sentences(text)
    for number, sentence in enumerate(parts):
        inside = []
        while at < len(pairs) and (pairs[at].start < sentence.end or number == len(parts) - 1):
            inside.append(pairs[at])
            at += 1
        if inside:
            told.append((sentence, inside))
        else:
            quiet += 1
    return Compared(report_id, text, told, quiet, (a.rejections, b.rejections))


def paired(a: Sequence[Claim], b: Sequence[Claim]) -> list[Pair]:
    """Return the claims of two readers in the order of the text, those that overlap together.

    Each claim is paired once: first with one of the same measure, then with the one it shares most characters with.
    Both lists come sorted by where they start.
    """
    candidates = sorted(_overlaps(a, b))
    other: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, k in candidates:
        if i not in other and k not in taken:
            other[i] = k
            taken.add(k)
    pairs = [
        Pair(one, b[other[i]], _differs(one, b[other[i]])) if i in other else Pair(one, None) for i, one in enumerate(a)
    ]
    pairs += [Pair(None, one) for k, one in enumerate(b) if k not in taken]
    return sorted(pairs, key=lambda pair: pair.start)


def _overlaps(a: Sequence[Claim], b: Sequence[Claim]) -> Iterable[tuple[bool, int, int, int]]:
    """Yield (whether the measure differs, less the shared characters, index in a, index in b) of all that overlap."""
    first = 0
    longest = max((claim.end - claim.start for claim in b), default=0)
    for i, one in enumerate(a):
        while first < len(b) and b[first].start + longest <= one.start:
            first += 1
        for k in range(first, len(b)):
            if b[k].start >= one.end:
                break
            shared = min(one.end, b[k].end) - max(one.start, b[k].start)
            if shared > 0:
                yield one.measure is not b[k].measure, -shared, i, k


def _differs(a: Claim, b: Claim) -> tuple[str, ...]:
    same = (
        a.measure is b.measure,
        (a.low, a.high) == (b.low, b.high),
        a.bound is b.bound,
        a.status is b.status,
        _speaker(a) == _speaker(b),
    )
    return tuple(aspect for aspect, agreed in zip(ASPECTS, same, strict=True) if not agreed)


def _speaker(claim: Claim) -> str:
    return claim.attribution[0].casefold() if claim.attribution else ""


@dataclass
class Agreement:
    """How far two readers agree over all reports compared so far.

    `same` are claims both made alike, `differing` claims on the same words that differ (`aspects` counts in what),
    `only_a` and `only_b` claims that one of them made; `sentences` counts sentences by (a made a claim, b made one).
    """

    reports: int = 0
    same: int = 0
    differing: int = 0
    only_a: int = 0
    only_b: int = 0
    rejections: list[int] = field(default_factory=lambda: [0, 0])
    aspects: Counter[str] = field(default_factory=Counter)
    sentences: Counter[tuple[bool, bool]] = field(default_factory=Counter)

    def add(self, report: Compared) -> None:
        """Count a report."""
        self.reports += 1
        self.sentences[False, False] += report.quiet
        for side, rejections in enumerate(report.rejections):
            self.rejections[side] += len(rejections)
        for _, pairs in report.pairs:
            self.sentences[any(p.a for p in pairs), any(p.b for p in pairs)] += 1
            for pair in pairs:
                self._add(pair)

    def _add(self, pair: Pair) -> None:
        if pair.agrees:
            self.same += 1
        elif pair.differs:
            self.differing += 1
            self.aspects.update(pair.differs)
        elif pair.b is None:
            self.only_a += 1
        else:
            self.only_b += 1

    @property
    def found_alike(self) -> float | None:
        """The share of findings that stand on words both found: 2·both / (2·both + only a + only b); None without any.

        It is what Cohen's kappa tends to where what neither found cannot be counted. Source: Hripcsak and Rothschild,
        Agreement, the F-measure, and reliability in information retrieval, JAMIA 12 (2005), 296.
        """
        both = 2 * (self.same + self.differing)
        of = both + self.only_a + self.only_b
        return both / of if of else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa of whether a sentence makes a claim; None where chance alone leaves nothing to agree on.

        Source: Cohen, A coefficient of agreement for nominal scales, 1960.
        """
        count = sum(self.sentences.values())
        if not count:
            return None
        a = sum(n for (one, _), n in self.sentences.items() if one) / count
        b = sum(n for (_, other), n in self.sentences.items() if other) / count
        seen = (self.sentences[True, True] + self.sentences[False, False]) / count
        chance = a * b + (1 - a) * (1 - b)
        return None if chance == 1 else (seen - chance) / (1 - chance)

    def as_json(self) -> dict[str, Any]:
        """Return the figures as the last line of `marsad compare-readers --json` has them."""
        return {
            "reports": self.reports,
            "same": self.same,
            "differing": self.differing,
            "differs_in": {aspect: self.aspects[aspect] for aspect in ASPECTS},
            "only": [self.only_a, self.only_b],
            "rejected": self.rejections,
            "found_alike": _rounded(self.found_alike),
            "sentence_kappa": _rounded(self.kappa),
        }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
