"""Whether nothing in the record was worse: an article's superlative, ranked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marsad.model import Checked, Step, Superlative, Verdict

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """An incident of the record, or a day (`code` is then its date): between low and high were killed on `day`."""

    code: str
    day: date
    low: int
    best: int | None
    high: int | None


def ranked(said: Superlative, mine: Ranked, others: Sequence[Ranked], begins: date | None) -> Checked:
    """Return whether the record bears a superlative out for `mine` among `others`, all of the place and time that it names.

    Those that surely killed more are counted against its rank, those that may have leave it open. `begins` is the first
    day that the record knows of: of what was before, it cannot tell.
    """
    rivals = [o for o in others if o.code != mine.code]
    top = mine.high if mine.high is not None else max(mine.low, mine.best or 0)
    surely = sorted((o for o in rivals if o.low > top), key=lambda o: (-o.low, o.code))
    perhaps = [o for o in rivals if o not in surely and _top(o) > mine.low and _most(o) > _most(mine)]
    limits = []
    since = said.since.start if said.since else None
    if begins is None or since is None or since < begins:
        limits.append(Step("check.record-begins", {"day": begins.isoformat() if begins else None}))
    number = {"n": _most(mine), "compared": len(rivals), "rank": said.rank}
    if len(surely) >= said.rank:
        steps = [Step("check.surpassed", {"code": o.code, "n": o.low, "mine": _most(mine)}) for o in surely[:_NAMED]]
        return _of(said, Verdict.SUPERLATIVE_FAILS, mine, steps)
    if len(surely) + len(perhaps) >= said.rank:
        steps = [
            Step("check.perhaps-surpassed", {"code": o.code, "low": o.low, "high": _top(o)}) for o in perhaps[:_NAMED]
        ]
        return _of(said, Verdict.SUPERLATIVE_UNSURE, mine, [*steps, *limits])
    if not rivals:
        return _of(said, Verdict.SUPERLATIVE_UNSURE, mine, [Step("check.nothing-to-compare"), *limits])
    return _of(said, Verdict.SUPERLATIVE_HOLDS, mine, [Step("check.not-surpassed", number), *limits])


def not_first(said: Superlative, mine: Ranked, others: Sequence[Ranked], begins: date | None) -> Checked:
    """Return whether there was none before `mine` since the time that a "first" is said of, among `others`."""
    before = sorted((o for o in others if o.code != mine.code and o.day < mine.day), key=lambda o: (o.day, o.code))
    if before:
        steps = [Step("check.not-first", {"code": o.code, "day": o.day.isoformat()}) for o in before[-_NAMED:]]
        return _of(said, Verdict.SUPERLATIVE_FAILS, mine, steps)
    limit = Step("check.record-begins", {"day": begins.isoformat() if begins else None})
    return _of(said, Verdict.SUPERLATIVE_UNSURE, mine, [Step("check.nothing-to-compare"), limit])


def _most(one: Ranked) -> int:
    return one.best if one.best is not None else max(one.low, one.high or 0)


def _top(one: Ranked) -> int:
    return one.high if one.high is not None else _most(one)


def _of(said: Superlative, verdict: Verdict, mine: Ranked, why: Sequence[Step]) -> Checked:
    return Checked(said.start, said.end, said.text, verdict, tuple(why), mine.code)
