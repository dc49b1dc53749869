"""What answers of people are worth to linking, measured where the truth is known: labels to learn from, and answers kept.

Two different questions. *Labels to learn from*: what do weights that learnt from so many judgements do to incidents that
they never saw? *Answers kept*: where do the incidents stand once people have answered so many questions about them?
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations_with_replacement

from marsad.link.cluster import NEVER, Join, Link, grouped, joins
from marsad.link.compare import is_silent
from marsad.link.learn import learned_if_better
from marsad.link.likeness import Likeness
from marsad.link.pairs import FLOOR
from marsad.link.stages import LIKELY, PLAUSIBLE
from marsad.link.weights import Weights, probability

FOLDS = 5
ROUNDS = 10
"""How often the questions are chosen anew while answers come in."""

_NEAR = 6
"""How many times as many pairs count as doubtful as are drawn from them."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking made of scored pairs: all that was compared, the joins down to PLAUSIBLE, and the cluster of each telling."""

    pairs: Sequence[Link]
    joins: Sequence[Join]
    found: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """Pairs that somebody judged: of one incident or not."""

    of: dict[tuple[str, str], bool] = field(default_factory=dict)

    def pairs(self, same: bool) -> list[tuple[str, str]]:
        """Return the pairs that were answered so."""
        return [pair for pair, answer in self.of.items() if answer is same]


def weighed(likenesses: Sequence[Likeness], weights: Weights) -> list[Link]:
    """Return all pairs with their log odds."""
    out = []
    for each in likenesses:
        log_odds = weights.score(each.levels, each.crowd)
        out.append((each.a, each.b, log_odds, log_odds < 0 and is_silent(each.levels)))
    return out


def linked(pairs: Sequence[Link], report: Mapping[str, str], answers: Answers | None = None) -> Linked:
    """Return what a run makes of these pairs, with answers as constraints; `report` names each telling's report."""
    given = answers or Answers()
    parted = [(a, b, NEVER, False) for a, b in given.pairs(same=False)]
    kept = [p for p in pairs if (p[3] or p[2] > FLOOR) and given.of.get((p[0], p[1])) is not False]
    made = joins([*kept, *parted], report, PLAUSIBLE, together=given.pairs(same=True))
    return Linked(pairs, made, grouped(report, made, LIKELY))


def cross_validated(
    likenesses: Sequence[Likeness], truth: Mapping[str, str], shipped: Weights, labels: int | None
) -> Iterator[list[Link]]:
    """Yield the scores of all pairs, some at a time, each by weights that learnt nothing about the incidents of its tellings.

    Incidents are dealt into FOLDS; weights learn from `labels` pairs (None: all) without a telling of the two folds of
    the pair. Half of the labels are drawn from the most doubtful pairs, half from all: from doubtful ones alone nothing
    learns what the plain ones look like. Tellings whose incident nobody knows are scored, and teach nothing.
    """
    named = {telling for each in likenesses for telling in (each.a, each.b)}
    fold = {telling: _drawn("fold", truth.get(telling, telling)) % FOLDS for telling in named}
    cells: dict[tuple[int, int], list[Likeness]] = {}
    for each in likenesses:
        low, high = sorted((fold[each.a], fold[each.b]))
        cells.setdefault((low, high), []).append(each)
    for cell in combinations_with_replacement(range(FOLDS), 2):
        apart = (each for pair, of in sorted(cells.items()) if not {*pair} & {*cell} for each in of)
        others = [each for each in apart if each.a in truth and each.b in truth]
        chosen = others if labels is None else _labelled(others, shipped, labels)
        weights = learned_if_better(
            [(each.levels, each.crowd, truth[each.a] == truth[each.b]) for each in chosen], shipped
        )
        yield weighed(cells.get(cell, ()), weights)


def _labelled(likenesses: Sequence[Likeness], weights: Weights, labels: int) -> list[Likeness]:
    """Return `labels` pairs: half of them drawn from the most doubtful, half from all that is left."""
    by_doubt = sorted(likenesses, key=lambda each: (abs(weights.score(each.levels, each.crowd)), each.a, each.b))
    first = sorted(by_doubt[: labels * _NEAR], key=lambda each: _drawn("doubtful", each.a, each.b))[: labels // 2]
    taken = {(each.a, each.b) for each in first}
    rest = [each for each in likenesses if (each.a, each.b) not in taken]
    return first + sorted(rest, key=lambda each: _drawn("any", each.a, each.b))[: labels - len(first)]


def _drawn(*what: str) -> int:
    """Return a number that looks random and is the same on every machine."""
    return int.from_bytes(hashlib.sha256("|".join(what).encode()).digest()[:8], "big")


def answered(
    likenesses: Sequence[Likeness],
    truth: Mapping[str, str],
    report: Mapping[str, str],
    dead: Mapping[str, int],
    shipped: Weights,
    questions: int,
) -> Iterator[Linked]:
    """Yield how linking stands before and after each of ROUNDS rounds of questions, `questions` in all.

    Asked is where most is at stake: the killed that would be counted once less or once more, times the doubt. What was
    answered is learnt from, holds, and is not asked again, nor is what follows from it.
    """
    answers, weights = Answers(), shipped
    levels = {(each.a, each.b): each for each in likenesses}
    for left in range(ROUNDS, -1, -1):
        if answers.of:
            judged = [(levels[pair].levels, levels[pair].crowd, same) for pair, same in answers.of.items()]
            weights = learned_if_better(judged, shipped)
        now = linked(weighed(likenesses, weights), report, answers)
        yield now
        if left:
            share = (questions - len(answers.of)) // left
            answerable = replace(now, pairs=[pair for pair in now.pairs if pair[0] in truth and pair[1] in truth])
            answers.of.update(
                (pair, truth[pair[0]] == truth[pair[1]]) for pair in asked(answerable, answers, dead, share)
            )


def asked(now: Linked, answers: Answers, dead: Mapping[str, int], most: int) -> list[tuple[str, str]]:
    """Return the pairs to ask about next, `most` at most: one for any two clusters, the most at stake times doubt first."""
    known = grouped(now.found, [join for join in now.joins if join.at == float("inf")], 0.0)
    settled = {frozenset((known[a], known[b])) for a, b in answers.pairs(same=False)}
    toll: dict[str, int] = {}
    for telling, cluster in now.found.items():
        toll[cluster] = max(toll.get(cluster, 0), dead.get(telling, 0))
    queue = []
    for a, b, log_odds, _ in now.pairs:
        if known[a] == known[b] or frozenset((known[a], known[b])) in settled:
            continue
        inside = now.found[a] == now.found[b]
        stake = min(dead.get(a, 0), dead.get(b, 0)) if inside else min(toll[now.found[a]], toll[now.found[b]])
        doubt = probability(log_odds) * probability(-log_odds)
        between = frozenset((known[a], known[b])) if inside else frozenset((now.found[a], now.found[b]))
        queue.append((-(1 + stake) * doubt, a, b, between))
    out: dict[frozenset[str], tuple[str, str]] = {}
    for _, a, b, between in sorted(queue, key=lambda q: q[:3]):
        if len(out) == most:
            break
        out.setdefault(between, (a, b))
    return list(out.values())
