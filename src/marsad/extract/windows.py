"""Numbers of people that no rule reads, told by what stands around them: a small model, learned from made-up reports.

Rules know the constructions that they were written for; people write others. What befell a number is then told by many small
signs together: which word of harm stands nearest, on which side and how far, what was counted beside it and before it, whom the
number counts. Each sign has a weight for every fate (resources/windows.tsv, written by tools/window_weights.py), and a number
is read where one fate outweighs all others and none.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from marsad.extract.bystanders import is_bystander, sharing
from marsad.extract.chunks import Chunk, tags_of
from marsad.extract.cues import cited
from marsad.extract.mentions import Mention
from marsad.extract.nouns import NOBODY
from marsad.extract.parts import out_of
from marsad.model import Bound, Measure, Status
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line

FATES = (
    Measure.KILLED,
    Measure.INJURED,
    Measure.KILLED_OR_INJURED,
    Measure.MISSING,
    Measure.DISPLACED,
)
"""What may have befallen people; none of these is the class that all weights are measured against."""

WINDOW = "window"
"""The name of the rule that this is."""

SURE = 0.65
"""The probability from which a fate is believed."""

_TWO = 2
_HARMS = frozenset("VGDNYTJF")
_ENDS = frozenset(".;P")
_NEARBY = ((1, "1"), (3, "3"), (7, "7"))
_SIZES = ((1, "one"), (4, "few"), (19, "some"), (99, "scores"), (999, "hundreds"))
_STEM, _SHORTEST = 6, 2
_WORDS = 3
"""Words on either side of a number that are looked at."""

_ACTS = 2
"""Words behind fighters within which an attack is theirs: "200 soldiers | attacked the village"."""

_LISTED = 5
"""Chunks before a number within which "including" stands."""


class Told(NamedTuple):
    """What a report told before a sentence: what befell whom it counted last and how many those were, so many sentences ago."""

    measure: Measure
    value: int | None
    ago: int


def candidates(words: Lexicon, line: Line, chunks: Sequence[Chunk], taken: Mapping[int, Measure]) -> Iterator[int]:
    """Yield the chunks that may count people and were read by no rule; `taken` are those that were, with what befell them.

    Left out is what no sign should overrule: one person where somebody speaks or a share is told, who does what befalls others
    ("nine of the | 30"), whom something is only meant for, the number of a row.
    """
    things = (i for i, whole in out_of(words, line, chunks, tags_of(chunks)).items() if chunks[whole].tag == "q")
    wholes = {*sharing(words, line, chunks), *things}  # "of 64 drones, | 51 were shot down"
    says = words.section("attribution.say").stands_in(line)
    says = says or any(chunk.quantity is not None and chunk.quantity.fraction is not None for chunk in chunks)
    for i, chunk in enumerate(chunks):
        quantity = chunk.quantity
        if quantity is None or i in taken or chunk.tag not in "Qz" or quantity.bound is Bound.UNKNOWN:
            continue
        nobody = quantity.bound is Bound.NONE and chunk.people in (None, NOBODY) and chunk.harm is None
        single = quantity.article and (chunk.people is None or says or cited(words, line, chunk.first))
        meant = chunk.first > 0 and line[chunk.first - 1].form in words.forms("other_numbers.meant")
        single = single or (quantity.value == 1 and chunk.people is None)  # "one of the bloodiest days"
        fights = chunk.people is not None and chunk.people.status is Status.COMBATANT
        fights = fights and bool(words.section("perpetrators.acts").find(line, chunk.after, chunk.after + _ACTS))
        numbered = chunk.first == 1 and line[0].form == "(" and chunk.people is None  # "(2) Soldiers …"
        timed = chunk.people is None and words.section("bystanders.times").match(line, chunk.after) is not None
        if nobody or single or meant or fights or numbered or timed or i in wholes:
            continue
        if not (_does(chunks, i, taken) or _of_a_share(chunks, i) or is_bystander(words, line, chunks, i, None)):
            yield i


def _does(chunks: Sequence[Chunk], i: int, taken: Mapping[int, Measure]) -> bool:
    """Tell whether people do what the verb behind them says to others: "two men | have wounded | six"."""
    at = i + 1
    while at < len(chunks) and chunks[at].tag == "B":
        at += 1
    return at + 1 < len(chunks) and chunks[at].tag in "VG" and at + 1 in taken


def _whole_of(chunks: Sequence[Chunk], i: int) -> int | None:
    """Return the number of which another is a part by the words before it, None for none: "15 members, | of whom | six voted"."""
    if i < _TWO or chunks[i - 1].tag != "M":
        return None
    whole = next((k for k in range(i - 2, -1, -1) if chunks[k].quantity is not None or chunks[k].tag in _ENDS), None)
    return whole if whole is not None and chunks[whole].quantity is not None else None


def _of_a_share(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a number is the whole of which another is told: "nine | of the | 30 hostages"."""
    at = i - 1 - (i > 0 and chunks[i - 1].tag == "R")
    return at > 0 and chunks[at].tag == "O" and chunks[at - 1].quantity is not None


def signs(
    words: Lexicon, line: Line, chunks: Sequence[Chunk], i: int, taken: Mapping[int, Measure], told: Told | None
) -> list[str]:
    """Return the signs that stand around one number, by name."""
    chunk = chunks[i]
    people, quantity = chunk.people, chunk.quantity
    whom = "nobody" if people is None else str(people.status)
    group = "" if people is None or people.group is None else str(people.group)
    out = ["always", f"tag {chunk.tag}", f"whom {whom}", f"{chunk.tag} {whom} {group}".rstrip()]
    if people is not None and people.displaced:
        out.append("whom displaced")
    if people is not None and people.others:
        out.append("whom others")
    value = None
    if quantity is not None:
        value = quantity.value or quantity.low
        out += [f"bound {quantity.bound}", f"size {_size(value)}"]
        out += ["article"] if quantity.article else []
        out += ["fraction"] if quantity.fraction is not None else []
    left, right = _harm(chunks, i, -1), _harm(chunks, i, 1)
    for side, hit in (("left", left), ("right", right)):
        if hit is None:
            out.append(f"{side} no harm")
            continue
        tag, measure, far, crossed = hit
        out += [
            f"{side} {measure}",
            f"{side} {measure} {far}",
            f"{side} {tag} {measure} {far}",
            f"{side} {measure} over {crossed}",
        ]
        out.append(f"{whom} {side} {tag} {measure}")
    out.append(f"{left[1] if left else 'none'} | {right[1] if right else 'none'}")
    for side, step in (("left", -1), ("right", 1)):
        counted = _counted(chunks, i, step, taken)
        if counted is not None:
            measure, far, joined = counted
            out += [
                f"{side} counted {measure}",
                f"{side} counted {measure} {far}",
                f"{side} counted {measure} {joined}",
            ]
    tags = "".join(c.tag for c in chunks)
    around = f"^^{tags}$$"
    before, behind = around[i : i + 2], around[i + 3 : i + 5]
    out += [
        f"tags {before[1]}_",
        f"tags {before}_",
        f"tags _{behind[0]}",
        f"tags _{behind}",
        f"tags {before[1]}_{behind[0]}",
    ]
    if "M" in tags[max(0, i - _LISTED) : i]:
        out.append("listed")
    if i + 1 < len(chunks) and line[chunks[i + 1].first].form in words.forms("parts.copulas"):
        out.append("copula")
    if told is None:
        out.append("told nothing")
    else:
        out += [f"told {told.measure}", f"told {told.measure} {told.ago}", f"told {told.measure} {whom}"]
        if value is not None and told.value is not None:
            out.append(
                f"told {told.measure} {'fewer' if value < told.value else 'more' if value > told.value else 'same'}"
            )
    out += [f"harmed {bool(left or right)}", f"counted {bool(taken)}"]
    return [*out, *_stems(words.lang, line, chunk)]


def _stems(lang: str, line: Line, chunk: Chunk) -> Iterator[str]:
    """Yield the first letters of the words beside a number and of the last one of its own, names left out."""
    for at in range(max(0, chunk.first - _WORDS), chunk.first):
        if line[at].kind == "word" and not line[at].capital and len(line[at].form) >= _SHORTEST:
            yield f"{lang} {line[at].form[:_STEM]} _"
    for at in range(chunk.after, min(len(line), chunk.after + _WORDS)):
        if line[at].kind == "word" and not line[at].capital and len(line[at].form) >= _SHORTEST:
            yield f"{lang} _ {line[at].form[:_STEM]}"
    last = line[chunk.after - 1]
    if last.kind == "word":
        yield f"{lang} = {last.form[:_STEM]}"


def _size(value: int | None) -> str:
    return "unknown" if value is None else next((name for most, name in _SIZES if value <= most), "thousands")


def _far(steps: int) -> str:
    return next((name for most, name in _NEARBY if steps <= most), "far")


def _harm(chunks: Sequence[Chunk], i: int, step: int) -> tuple[str, str, str, str] | None:
    """Return the nearest word of harm on one side of a number: its tag, what it tells, how far, what stands between."""
    if step > 0 and chunks[i].harm is not None:
        own = chunks[i].harm
        return (own.tag, str(own.measure), "0", "nothing") if own is not None else None
    crossed, k = "nothing", i + step
    while 0 <= k < len(chunks) and chunks[k].tag not in _ENDS:
        harm = chunks[k].harm
        if chunks[k].tag in _HARMS and harm is not None:
            return chunks[k].tag, str(harm.measure), _far(abs(k - i)), crossed
        if chunks[k].quantity is not None:
            crossed = "a number"
        elif chunks[k].tag in "CW" and crossed == "nothing":
            crossed = "a comma" if chunks[k].tag == "C" else "who"
        k += step
    return None


def _counted(chunks: Sequence[Chunk], i: int, step: int, taken: Mapping[int, Measure]) -> tuple[str, str, str] | None:
    """Return what befell the nearest people on one side whom a rule reads, how far they stand, and by what they are joined."""
    k = i + step
    while 0 <= k < len(chunks):
        if k in taken:
            between = "".join(c.tag for c in chunks[min(i, k) + 1 : max(i, k)])
            joined = (
                "listed" if between and set(between) <= set("CAR") else "apart" if set(between) & _ENDS else "along"
            )
            return str(taken[k]), _far(abs(k - i)), joined
        k += step
    return None


def fate(found: Sequence[str]) -> tuple[Measure, float] | None:
    """Return what befell people by the signs around their number, and how surely; None where nothing is sure.

    Probabilities are those of a multinomial logistic regression, none of the fates being the class that has no weights.
    """
    odds = weigh(found)
    most = max(odds)
    top = math.exp(most - max(most, 0.0))
    total = math.exp(-max(most, 0.0)) + math.fsum(math.exp(o - max(most, 0.0)) for o in odds)
    sure = top / total
    return (FATES[odds.index(most)], sure) if sure >= SURE else None


def weigh(found: Sequence[str]) -> list[float]:
    """Return the logarithm of the odds of each of `FATES` against none of them."""
    table = _table()
    rows = [table[name] for name in found if name in table]
    return [math.fsum(row[k] for row in rows) for k in range(len(FATES))]


@cache
def _languages() -> frozenset[str]:
    """Return the languages whose words were learned from; of another nothing is told."""
    return frozenset(name.partition(" ")[0] for name in _table() if name.endswith(" _"))


@cache
def _table() -> Mapping[str, tuple[float, ...]]:
    text = (resources.files("marsad.resources") / "windows.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {name: tuple(map(float, weights)) for name, *weights in rows}


def read_by_window(
    words: Lexicon, line: Line, chunks: Sequence[Chunk], counted: Sequence[Mention], told: Told | None
) -> list[Mention]:
    """Return the numbers of people of a sentence that no rule read and whose fate is sure all the same.

    One that is fewer than the toll told before, and parts it (a list, a group), points back at it.
    """
    at = {chunk.first: i for i, chunk in enumerate(chunks)}
    taken = {i: m.measure for m in counted for i in [at.get(m.first)] if i is not None}
    out: list[Mention] = []
    if words.lang not in _languages():
        return []
    read = set(taken)
    for i in candidates(words, line, chunks, taken):
        chunk, whole = chunks[i], _whole_of(chunks, i)
        told_fate = fate(signs(words, line, chunks, i, taken, told))
        if told_fate is None or chunk.quantity is None or (whole is not None and whole not in read):
            continue
        measure, sure = told_fate
        read.add(i)
        out.append(
            Mention(
                chunk.first, chunk.after, chunk.quantity, chunk.people, measure, WINDOW, round(sure, 2), None, False
            )
        )
    return out
