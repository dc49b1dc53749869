"""Who is on which list: counts of persons by the set of lists (origins) that name them."""

import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from marsad.estimate import given
from marsad.estimate.caution import Caution, Code, Severity
from marsad.model.errors import Wrong

MAX_DENSE = 16
"""Lists up to which `dense` makes the table of all 2^J cells (65,536)."""

Ints = NDArray[np.int64]


class CaptureTable:
    """Of the persons recorded in one stratum, how many are on exactly which lists.

    A *list* is an origin: who established the deaths, not who printed them. Eight newspapers that print one body's list
    are one list, and two lists that copy from each other are one as well; no estimate can mend that afterwards.

    `patterns[i]` is a number whose bit j says whether list j names the person, `counts[i]` how many persons there are with
    that pattern. Only observed patterns are stored, sorted, each once. Persons on no list cannot be counted: a row for them
    is dropped and noted. Lists that name nobody are dropped and noted. `stratum` says of whom the table speaks (month,
    governorate …), `provenance` where it comes from (file, linkage run, imputation). Both are free text and not hashed.

    >>> table = CaptureTable.from_patterns(("A", "B", "C"), {"100": 40, "010": 30, "001": 20, "110": 6})
    >>> table.n, table.listed.tolist(), table.overlaps[0].tolist()
    (96, [46, 36, 20], [46, 6, 0])
    """

    def __init__(
        self,
        lists: Sequence[str],
        patterns: Iterable[int] | NDArray[np.uint64],
        counts: ArrayLike,
        *,
        stratum: Mapping[str, str] | None = None,
        provenance: Mapping[str, str] | None = None,
    ) -> None:
        named = given.names(lists)
        cells = given.patterns(patterns)
        many = given.counts(counts)
        if cells.shape != many.shape or cells.ndim != 1:
            raise Wrong("capture table", f"{cells.shape} and {many.shape}", "has unequal numbers of patterns and counts",
                        "give one count for each pattern")  # fmt: skip
        if len(named) < given.MAX_LISTS and cells.size and int(cells.max()) >= 1 << len(named):
            raise Wrong("capture table", int(cells.max()), f"is no pattern of {len(named)} lists", "use bits 0 to J-1")
        notes: list[Caution] = []
        nobody = int(many[cells == 0].sum())
        if nobody:
            says = f"{nobody:,} persons are on no list of this table; they were left out."
            notes.append(Caution(Code.UNSEEN_ROW, Severity.NOTE, says, {"count": nobody}))
        kept = (cells != 0) & (many > 0)
        self.patterns, index = np.unique(cells[kept], return_inverse=True)
        self.counts: Ints = np.bincount(index, weights=many[kept], minlength=len(self.patterns)).astype(np.int64)
        used = int(np.bitwise_or.reduce(self.patterns)) if self.patterns.size else 0
        empty = [name for j, name in enumerate(named) if not used >> j & 1]
        if empty and len(empty) < len(named):
            says = f"Lists that name nobody were left out: {', '.join(empty)}."
            notes.append(Caution(Code.EMPTY_LIST, Severity.NOTE, says, {"lists": ",".join(empty)}))
            keep = [j for j in range(len(named)) if used >> j & 1]
            self.patterns, named = _rebit(self.patterns, keep), tuple(named[j] for j in keep)
        self.lists: tuple[str, ...] = named
        self.stratum: Mapping[str, str] = dict(stratum or {})
        self.provenance: Mapping[str, str] = dict(provenance or {})
        self.notes: tuple[Caution, ...] = tuple(notes)
        self.patterns.setflags(write=False)
        self.counts.setflags(write=False)

    @classmethod
    def from_patterns(cls, lists: Sequence[str], counts: Mapping[str, int], **about: Any) -> "CaptureTable":
        """Return the table of patterns written as 0 and 1, one digit a list in the order of `lists`.

        Raises Wrong where a pattern has another length or other digits, or a count is no whole number from 0 up.
        """
        lists = given.names(lists)
        for text in counts:
            given.written(text, len(lists))
        cells = np.array([int(text[::-1], 2) for text in counts], dtype=np.uint64)
        return cls(lists, cells, np.array(list(counts.values())), **about)

    @classmethod
    def from_matrix(
        cls, lists: Sequence[str], matrix: ArrayLike, counts: ArrayLike | None = None, **about: Any
    ) -> "CaptureTable":
        """Return the table of a matrix of 0 and 1, shape (rows, J): a row a person, or a row for `counts` persons.

        Raises Wrong where the shape is another or a value neither 0 nor 1.
        """
        lists = given.names(lists)
        try:
            rows = np.asarray(matrix)
        except ValueError:  # rows of unequal length
            rows = np.empty(0)
        if rows.ndim != 2 or rows.shape[1] != len(lists):
            raise Wrong("matrix", f"of shape {rows.shape}", f"has not one column for each of {len(lists)} lists",
                        "give persons as rows and lists as columns")  # fmt: skip
        if not np.isin(rows, (0, 1)).all():
            raise Wrong("matrix", None, "holds values that are neither 0 nor 1",
                        "write 1 where the list names the person and 0 where it does not")  # fmt: skip
        bits = np.uint64(1) << np.arange(rows.shape[1], dtype=np.uint64)
        cells = (rows.astype(np.uint64) * bits).sum(axis=1, dtype=np.uint64)
        return cls(lists, cells, np.ones(len(rows), dtype=np.int64) if counts is None else counts, **about)

    @classmethod
    def from_links(
        cls, links: Iterable[tuple[Hashable, str]], *, lists: Sequence[str] | None = None, **about: Any
    ) -> "CaptureTable":
        """Return the table of (person, list) pairs, as linking leaves them: one pair for each victim record.

        A person whom a list names twice counts once. `lists` sets the order; without it lists are sorted by name.
        """
        seen: dict[Hashable, set[str]] = {}
        for link in links:
            given.link(link)
            person, name = link
            seen.setdefault(person, set()).add(name)
        if not seen and lists is None:
            raise Wrong("links", None, "are none at all", "give one pair for each victim record")
        named = tuple(sorted(set().union(*seen.values()))) if lists is None else tuple(lists)
        bit = {name: 1 << j for j, name in enumerate(named)}
        unknown = set().union(*seen.values()) - set(bit) if seen else set()
        if unknown:
            raise Wrong(
                "link", sorted(unknown)[0], "is on none of the lists given", "add it to `lists`, or leave `lists` out"
            )
        cells = [sum(bit[name] for name in names) for names in seen.values()]
        return cls(named, cells, np.ones(len(cells), dtype=np.int64), **about)

    # What is in it.

    @property
    def n(self) -> int:
        """Persons on at least one list: the documented floor."""
        return int(self.counts.sum())

    @property
    def n_lists(self) -> int:
        """How many lists there are, J."""
        return len(self.lists)

    @cached_property
    def seen(self) -> NDArray[np.bool_]:
        """Whether list j is in pattern i, shape (patterns, J)."""
        return (self.patterns[:, None] >> np.arange(self.n_lists, dtype=np.uint64) & np.uint64(1)).astype(bool)

    @cached_property
    def listed(self) -> Ints:
        """Persons on each list, shape (J,)."""
        return self.seen.T.astype(np.int64) @ self.counts

    @cached_property
    def overlaps(self) -> Ints:
        """Persons on both of two lists, shape (J, J); the diagonal is `listed`."""
        seen = self.seen.astype(np.int64)
        return (seen * self.counts[:, None]).T @ seen

    @cached_property
    def by_number(self) -> Ints:
        """f_k, persons on exactly k lists, k = 0 … J; f_0 is unknown and stands as 0."""
        return np.bincount(self.seen.sum(axis=1), weights=self.counts, minlength=self.n_lists + 1).astype(np.int64)

    def dense(self) -> Ints:
        """Return the counts of all 2^J cells, indexed by pattern; cell 0 is 0. Raises Wrong above 16 lists."""
        if self.n_lists > MAX_DENSE:
            raise Wrong("capture table", f"{self.n_lists} lists", f"is more than the {MAX_DENSE} of a full table",
                        "use the latent class estimator, or fewer lists")  # fmt: skip
        cells = np.zeros(1 << self.n_lists, dtype=np.int64)
        cells[self.patterns.astype(np.int64)] = self.counts
        return cells

    def texts(self) -> dict[str, int]:
        """Return the counts by pattern written as 0 and 1: what `from_patterns` takes."""
        written = (format(int(cell), f"0{self.n_lists}b")[::-1] for cell in self.patterns)
        return dict(zip(written, self.counts.tolist(), strict=True))

    # Other tables made of it.

    def only(self, lists: Sequence[str]) -> "CaptureTable":
        """Return the table of these lists alone, in this order; persons on none of them are left out (and noted)."""
        absent = [name for name in lists if name not in self.lists]
        if absent:
            raise Wrong("list", absent[0], "is not in this table", f"choose from {', '.join(self.lists)}")
        cells = _rebit(self.patterns, [self.lists.index(name) for name in lists])
        return CaptureTable(lists, cells, self.counts, stratum=self.stratum, provenance=self.provenance)

    def canonical(self) -> "CaptureTable":
        """Return the table with its lists sorted by name: what samplers start from, so that order cannot matter."""
        return self.only(sorted(self.lists))

    def within(self, name: str) -> "CaptureTable":
        """Return the table of those whom list `name` names, over the other lists: their true number is `listed`."""
        if name not in self.lists:
            raise Wrong("list", name, "is not in this table", f"choose from {', '.join(self.lists)}")
        at = self.lists.index(name)
        members = (self.patterns >> np.uint64(at) & np.uint64(1)).astype(bool)
        others = [j for j in range(self.n_lists) if j != at]
        cells = _rebit(self.patterns[members], others)
        return CaptureTable([self.lists[j] for j in others], cells, self.counts[members], stratum=self.stratum,
                            provenance=self.provenance)  # fmt: skip

    def __add__(self, other: "CaptureTable") -> "CaptureTable":
        """Return the table of both strata together. The lists are those of either, in order of first naming."""
        lists = (*self.lists, *(name for name in other.lists if name not in self.lists))
        moved = [lists.index(name) for name in other.lists]
        theirs = np.zeros(len(other.patterns), dtype=np.uint64)
        for j, k in enumerate(moved):
            theirs |= (other.patterns >> np.uint64(j) & np.uint64(1)) << np.uint64(k)
        stratum = {k: v for k, v in self.stratum.items() if other.stratum.get(k) == v}
        cells, counts = np.concatenate([self.patterns, theirs]), np.concatenate([self.counts, other.counts])
        return CaptureTable(lists, cells, counts, stratum=stratum, provenance=self.provenance)

    # What it is called.

    @cached_property
    def hash(self) -> str:
        """SHA-256 in hex over list names, patterns and counts, whatever order they were given in: a cache's key."""
        order = sorted(range(self.n_lists), key=lambda j: self.lists[j])
        cells = _rebit(self.patterns, order)
        rows = sorted(
            zip((format(int(c), f"0{self.n_lists}b")[::-1] for c in cells), self.counts.tolist(), strict=True)
        )
        names = "\n".join(f"{len(self.lists[j])}:{self.lists[j]}" for j in order)
        text = names + "\n\n" + "".join(f"{pattern} {count}\n" for pattern, count in rows)
        return hashlib.sha256(text.encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CaptureTable) and self.hash == other.hash and self.stratum == other.stratum

    def __hash__(self) -> int:
        return hash(self.hash)

    def __repr__(self) -> str:
        where = " ".join(f"{k}={v}" for k, v in self.stratum.items())
        return f"<CaptureTable {where or 'whole'}: {self.n:,} persons, lists {', '.join(self.lists)}>"


def _rebit(patterns: NDArray[np.uint64], order: Sequence[int]) -> NDArray[np.uint64]:
    """Return the patterns with bit k taken from bit order[k]."""
    out = np.zeros(len(patterns), dtype=np.uint64)
    for k, j in enumerate(order):
        out |= (patterns >> np.uint64(j) & np.uint64(1)) << np.uint64(k)
    return out
