"""Who established a number: named speakers, and the outlet's own voice traced to whom it most likely repeats."""

from collections.abc import Mapping, Sequence

from marsad.link.likelihood import TELLING, same_number
from marsad.link.related import credit_rule
from marsad.link.same_voice import one_voice, told_by_somebody
from marsad.link.speakers import (
    counts_for_itself,
    known_actors,
    nameless,
    origin_named,
    outlet_origin,
    says_where,
    wire_origin,
)
from marsad.model import Claim, ClaimId, Fold, Measure, Origin, OriginKind, ReportId, Scope, Status
from marsad.model.heard import Heard
from marsad.text.tokens import form_of

__all__ = ["folds", "origin_named", "outlet_origin"]

_CITED = {"part-is-theirs": 0.98, "whole-is-theirs": 0.98, "said-in-report": 0.95, "only-source-cited": 0.85}
"""How sure a reader is who reads a number as that of a source which the same report cites: judged, not measured."""

_Figure = tuple[str, int]
_Known = Mapping[ClaimId, Fold]


def folds(heard: Sequence[Heard]) -> dict[ClaimId, Fold]:
    """Return whose statement each claim of an incident is, and which claim it follows; `heard` is earliest first.

    A copied text is its original's statement, and so is what a reworded copy says as its original does. A named speaker is
    an origin, under whatever name; nobody in particular with somebody's number is none. The outlet's own voice is, in this
    order: the source to whom the same report gives a part of the number; the one source that the report cites for this
    incident; the earliest origin that gave the same telling number, unless the outlet is itself one that counts (a monitor,
    a hospital); the agency that the report credits; the outlet's house; the outlet. Each fold says how probable it is.
    """
    out = _spoken(heard)
    out |= _of_bodies(heard, out)
    out |= one_voice(heard, out)
    out |= told_by_somebody(heard, out)
    by_report = _by_report(heard)
    retold = _retold(heard, by_report)
    first = _first_to_say([h for h in heard if h.claim.claim_id not in retold], out)
    for item in heard:
        if item.claim.claim_id not in out:
            out[item.claim.claim_id] = _own_voice(item, first, by_report, out)
    out |= _reworded(heard, out, retold)
    return out | _copied(heard, out)


def _spoken(heard: Sequence[Heard]) -> dict[ClaimId, Fold]:
    """Return the folds of claims with a speaker, and of those whose speaker the rest of their report shows."""
    named = {h.claim.claim_id: origin_named(h.claim) for h in heard if h.claim.attribution and not says_where(h.claim)}
    by_report = _by_report(heard)
    out: dict[ClaimId, Fold] = {}
    for item in heard:
        claim = item.claim
        if claim.claim_id in named:
            out[claim.claim_id] = Fold(claim.claim_id, named[claim.claim_id], "named", None, copy=False)
            continue
        cited = _cited(claim, [h.claim for h in by_report[claim.report_id]], named)
        if cited:
            origin, rule, of = cited
            out[claim.claim_id] = Fold(claim.claim_id, origin, rule, of, copy=False, probability=_CITED[rule])
    for item in heard:
        claim = item.claim
        whole = out.get(claim.subset_of) if claim.subset_of and claim.claim_id not in out else None
        if whole:
            rule = "whole-is-theirs"
            fold = Fold(claim.claim_id, whole.origin, rule, whole.claim_id, copy=False, probability=_CITED[rule])
            out[claim.claim_id] = fold
    return out


def _of_bodies(heard: Sequence[Heard], known: _Known) -> dict[ClaimId, Fold]:
    """Return the folds of what outlets that count for themselves print in their own voice."""
    out = {}
    for item in heard:
        own = outlet_origin(item.outlet)
        if item.claim.claim_id not in known and item.wire is None and counts_for_itself(own):
            out[item.claim.claim_id] = _its_own(item, own)
    return out


def _its_own(item: Heard, own: Origin) -> Fold:
    rule = "own-voice" if own.name == item.outlet else "own-house"
    return Fold(item.claim.claim_id, own, rule, None, copy=False)


def _by_report(heard: Sequence[Heard]) -> dict[ReportId, list[Heard]]:
    out: dict[ReportId, list[Heard]] = {}
    for item in heard:
        out.setdefault(item.claim.report_id, []).append(item)
    return out


def _cited(
    claim: Claim, report: Sequence[Claim], named: Mapping[ClaimId, Origin]
) -> tuple[Origin, str, ClaimId | None] | None:
    """Return the source within the report that an unattributed number belongs to, the reason, and the claim that shows it."""
    for other in report:
        if other.subset_of == claim.claim_id and other.claim_id in named and not nameless(named[other.claim_id]):
            return named[other.claim_id], "part-is-theirs", other.claim_id
        if claim.subset_of == other.claim_id and other.claim_id in named:
            return named[other.claim_id], "whole-is-theirs", other.claim_id
    for other in report:
        if other.claim_id in named and other.measure is claim.measure and _number(other) == _number(claim) is not None:
            return named[other.claim_id], "said-in-report", other.claim_id
    if claim.scope is not Scope.INCIDENT or claim.measure is Measure.BODIES_SEEN:
        return None
    told = [c for c in report if c.scope is Scope.INCIDENT and c.measure is not Measure.BODIES_SEEN]
    cited = {named[c.claim_id] for c in told if c.claim_id in named}
    voices = {origin for origin in cited if origin.kind is not OriginKind.PARTY}
    if len(voices) != 1:
        return None
    cited_as = voices.pop()
    theirs = [c for c in told if named.get(c.claim_id) == cited_as and c.measure is claim.measure and _whole(c)]
    if _whole(claim) and theirs and not any(_can_be_one(claim, c) for c in theirs):
        return None  # "nine were killed. The mayor spoke of twelve": nine is somebody else's
    return cited_as, "only-source-cited", None


def _can_be_one(claim: Claim, other: Claim) -> bool:
    """Tell whether some number fits both claims; of two sides each has its own: "eight civilians", "four attackers"."""
    if {claim.status, other.status} == {Status.CIVILIAN, Status.COMBATANT}:
        return True
    low = max(claim.low or 0, other.low or 0)
    return all(high is None or low <= high for high in (claim.high, other.high))


def _whole(claim: Claim) -> bool:
    return claim.subset_of is None and claim.group is None and claim.value is not None


def _first_to_say(heard: Sequence[Heard], known: _Known) -> dict[_Figure, Heard]:
    """Return, for each telling number, the earliest claim that gives it; one with a named source, or of an outlet that counts
    itself, comes before one without.
    """
    out: dict[_Figure, Heard] = {}
    passed_on = (h.claim.claim_id not in known and not counts_for_itself(outlet_origin(h.outlet)) for h in heard)
    ranked = [
        h for _, h in sorted(zip(passed_on, heard, strict=True), key=lambda one: one[0])
    ]  # earliest first within each
    for item in ranked:
        figure = _figure(item.claim)
        if item.of is None and figure is not None and not item.claim.derived:
            out.setdefault(figure, item)
    return out


def _own_voice(
    item: Heard, first: Mapping[_Figure, Heard], by_report: Mapping[ReportId, Sequence[Heard]], known: _Known
) -> Fold:
    claim, figure = item.claim, _figure(item.claim)
    own = outlet_origin(item.outlet)
    passes_on = item.wire is not None or not counts_for_itself(own)
    earliest = first.get(figure) if figure is not None and passes_on else None
    if figure is not None and earliest is not None and earliest.claim.report_id != claim.report_id:
        shared = _figures(by_report[claim.report_id]) & _figures(by_report[earliest.claim.report_id]) - {figure}
        sure = same_number(figure[1], item.wire is not None, [number for _, number in sorted(shared)])
        origin = _speaks_first(earliest, known)
        return Fold(claim.claim_id, origin, "same-number", earliest.claim.claim_id, copy=True, probability=sure)
    if item.wire is not None:
        return Fold(claim.claim_id, wire_origin(item.wire), credit_rule(item), None, copy=False)
    return _its_own(item, own)


def _speaks_first(earliest: Heard, known: _Known) -> Origin:
    if earliest.claim.claim_id in known:
        return known[earliest.claim.claim_id].origin
    return wire_origin(earliest.wire) if earliest.wire is not None else outlet_origin(earliest.outlet)


def _retold(heard: Sequence[Heard], by_report: Mapping[ReportId, Sequence[Heard]]) -> dict[ClaimId, Claim]:
    """Return, for claims of reports that tell an earlier one again, the claim there that says the same.

    A report in the same form as another one may give somebody else's count in it: where it names a known origin that the
    other does not name, it is that one's.
    """
    out: dict[ClaimId, Claim] = {}
    originals: dict[ReportId, dict[object, Claim]] = {}
    for item in heard:
        if item.reworded is None or item.of is not None:
            continue
        if item.reworded not in originals:
            told = [h.claim for h in reversed(by_report.get(item.reworded, ()))]
            originals[item.reworded] = {_saying(c): c for c in told}
        theirs = originals[item.reworded].get(_saying(item.claim))
        if theirs is not None and not _speaks_for_another(item.claim, theirs):
            out[item.claim.claim_id] = theirs
    return out


def _speaks_for_another(claim: Claim, theirs: Claim) -> bool:
    if not claim.attribution:
        return False
    origin = origin_named(claim)
    known = form_of(origin.name) in known_actors()
    return known and not (theirs.attribution and origin_named(theirs).name == origin.name)


def _reworded(heard: Sequence[Heard], known: _Known, retold: Mapping[ClaimId, Claim]) -> dict[ClaimId, Fold]:
    """Return the folds of retold claims, each to the claim that it tells again."""
    out: dict[ClaimId, Fold] = {}
    for item in heard:  # earliest first: what a copy of a copy follows is folded before it
        original = retold.get(item.claim.claim_id)
        if original is not None:
            theirs = out.get(original.claim_id, known[original.claim_id])
            rule = "copied-text" if item.likeness == 1 else "reworded"
            sure = min(theirs.probability, item.likeness)
            fold = Fold(item.claim.claim_id, theirs.origin, rule, original.claim_id, copy=True, probability=sure)
            out[item.claim.claim_id] = fold
    return out


def _copied(heard: Sequence[Heard], known: _Known) -> dict[ClaimId, Fold]:
    """Return the folds of claims in copied texts; where the original is not at hand, their own origin's."""
    out: dict[ClaimId, Fold] = {}
    for item in heard:
        if item.of is not None:
            source = known.get(item.of) or known[item.claim.claim_id]
            fold = Fold(item.claim.claim_id, source.origin, "copied-text", item.of, True, source.probability)
            out[item.claim.claim_id] = fold
    return out


def _saying(claim: Claim) -> tuple[object, ...]:
    """Return what a reworded copy keeps of a claim: whom it counts, and how many."""
    return claim.measure, claim.group, claim.status, claim.value, claim.low, claim.high, claim.bound


def _figures(report: Sequence[Heard]) -> set[_Figure]:
    return {figure for item in report if not item.claim.derived and (figure := _figure(item.claim)) is not None}


def _figure(claim: Claim) -> _Figure | None:
    """Return what a claim counts and how many, None for a number too small to tell."""
    number = _number(claim)
    return None if number is None or number < TELLING else (f"{claim.measure}|{claim.group}", number)


def _number(claim: Claim) -> int | None:
    return claim.value if claim.value is not None else claim.low
