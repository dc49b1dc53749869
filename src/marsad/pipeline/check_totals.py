"""A running total that an article puts into somebody's mouth, against the totals that he gave in the record."""

from collections.abc import Iterator, Sequence

from marsad.link.speakers import origin_named
from marsad.model import Checked, Claim, Measure, Modality, Scope, Step, Verdict, When
from marsad.model.rows import claim_of
from marsad.store.derived import Derived

_LONG = 3
"""The date precision from which on a number is of a time, not of a day."""

_START_DAYS, _END_DAYS = 3, 35
"""How far apart two times may begin and end that are spoken of as one: a total is given some weeks behind its end."""

_MOST = 2_000
"""Claims of one speaker that are looked through."""

_COUNTRY, _PROVINCE, _MANY = 6, 4, 100
_TOTALS = (Scope.CUMULATIVE, Scope.AGGREGATE)


def totals_against(claims: Sequence[Claim], derived: Derived) -> Iterator[Checked]:
    """Yield the verdicts on totals over a time that name who gave them: only what he gave over about the same time tells."""
    for claim in claims:
        if not _is_total(claim):
            continue
        speaker = origin_named(claim).name if claim.attribution else ""
        ids = (
            []
            if not speaker
            else [row["claim_id"] for row in derived.table("fold", origin=[speaker]).to_pylist()[:_MOST]]
        )
        rows = derived.table("claim", claim_id=ids).to_pylist() if ids else []
        theirs = [c for c in map(claim_of, rows) if c.scope in _TOTALS and c.measure is claim.measure and c.value]
        theirs = [c for c in theirs if _one_country(claim, c)]
        same = [c for c in theirs if c.value == claim.value]
        if same:
            off = all(_much_shorter(claim.occurred, c.occurred) for c in same)
            yield _checked(claim, Verdict.DIFFERS if off else Verdict.AGREES, _says(speaker, same[0]))
            continue
        over = [c for c in theirs if _one_time(claim.occurred, c.occurred)]
        if not theirs and (claim.value or 0) >= _MANY:  # whoever gave it, it is the number of a longer time
            rows = derived.table("claim", value=[claim.value or 0], measure=[claim.measure.value]).to_pylist()[:_MOST]
            longer = [
                c for c in map(claim_of, rows) if c.scope in _TOTALS and _much_shorter(claim.occurred, c.occurred)
            ]
            if longer and len(longer) == len(rows):
                yield _checked(claim, Verdict.DIFFERS, _says(origin_named(longer[0]).name, longer[0]))
            continue
        if over:
            differs = Step("check.source-differs", {"origin": speaker})
            yield _checked(claim, Verdict.DIFFERS, differs, *(_says(speaker, c) for c in over[:2]))


def _is_total(claim: Claim) -> bool:
    long = claim.occurred is not None and claim.occurred.precision >= _LONG and claim.occurred.words is not None
    wide = claim.place is None or not claim.place.found or (claim.place.precision or 0) >= _PROVINCE
    many = claim.value is not None and claim.value >= _MANY
    told = claim.scope in _TOTALS or (wide and (many or claim.scope is not Scope.INCIDENT))
    stated = claim.modality in (Modality.ASSERTED, Modality.REPORTED) and claim.value is not None
    whole = claim.group is None and claim.subset_of is None
    return long and told and stated and whole and (bool(claim.attribution) or many) and claim.measure is Measure.KILLED


def _one_country(claim: Claim, other: Claim) -> bool:
    mine, theirs = (c.place.country if c.place is not None else None for c in (claim, other))
    towns = [c.place.place_id for c in (claim, other) if c.place is not None and (c.place.precision or 9) < _COUNTRY]
    return (None in (mine, theirs) or mine == theirs) and (not towns or (len(towns) == 2 and towns[0] == towns[1]))


def _much_shorter(mine: When | None, theirs: When | None) -> bool:
    """Tell whether an article gives a total for a time of its own that is less than half as long as the one counted."""
    if mine is None or theirs is None or mine.against is not None:
        return False
    if abs((mine.start - theirs.start).days) <= _END_DAYS:
        return False
    return 2 * (mine.end - mine.start).days < (theirs.end - theirs.start).days


def _one_time(mine: When | None, theirs: When | None) -> bool:
    if mine is None or theirs is None:
        return False
    return abs((mine.start - theirs.start).days) <= _START_DAYS and abs((mine.end - theirs.end).days) <= _END_DAYS


def _says(speaker: str, claim: Claim) -> Step:
    since = claim.occurred.start.isoformat() if claim.occurred is not None else None
    values = {"origin": speaker, "words": " ".join(claim.text.split()), "day": since}
    return Step("check.total", values, (claim.claim_id,))


def _checked(claim: Claim, verdict: Verdict, *why: Step) -> Checked:
    return Checked(claim.start, claim.end, claim.text, verdict, why)
