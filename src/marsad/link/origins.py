"""Who established a number: named speakers, and the outlet's own voice traced to whom it most likely repeats."""

from collections.abc import Mapping, Sequence
from functools import cache

from marsad.model import Claim, ClaimId, Fold, Measure, Origin, OriginKind, Scope
from marsad.model.heard import Heard
from marsad.text.actors import actors
from marsad.text.lexicon import languages, lexicon
from marsad.text.tokens import form_of

_TELLING = 3
"""A number below this is too common to prove that one voice repeats another."""


def folds(heard: Sequence[Heard]) -> dict[ClaimId, Fold]:
    """Return whose statement each claim of an incident is, and which claim it follows; `heard` is earliest first.

    A copied text is its original's statement. A named speaker is an origin. The outlet's own voice is, in this order:
    the source to whom the same report gives a part of the number; the one source that the report cites for this
    incident; the earliest origin that gave the same telling number; else the outlet itself.
    """
    out: dict[ClaimId, Fold] = {}
    named = {h.claim.claim_id: origin_named(h.claim) for h in heard if h.claim.attribution}
    by_report = _by_report(heard)
    for item in heard:
        claim = item.claim
        if claim.claim_id in named:
            out[claim.claim_id] = Fold(claim.claim_id, named[claim.claim_id], "named", None, copy=False)
        else:
            cited = _cited(claim, by_report[claim.report_id], named)
            if cited:
                origin, rule, of = cited
                out[claim.claim_id] = Fold(claim.claim_id, origin, rule, of, copy=False)
    for item in heard:
        claim = item.claim
        whole = out.get(claim.subset_of) if claim.subset_of and claim.claim_id not in out else None
        if whole:
            out[claim.claim_id] = Fold(claim.claim_id, whole.origin, "whole-is-theirs", whole.claim_id, copy=False)
    first = _first_to_say(heard, out)
    for item in heard:
        claim = item.claim
        if claim.claim_id not in out:
            out[claim.claim_id] = _own_voice(item, first)
    for item in heard:
        if item.of is not None:
            source = out.get(item.of)
            origin = source.origin if source else out[item.claim.claim_id].origin
            out[item.claim.claim_id] = Fold(item.claim.claim_id, origin, "copied-text", item.of, copy=True)
    return out


def origin_named(claim: Claim) -> Origin:
    """Return the origin that a claim's speaker is: a known actor, a kind of speaker, or a name nobody knows yet."""
    name = claim.attribution[0]
    known = known_actors().get(form_of(name))
    if known:
        if known.kind is OriginKind.PARTY and known.party is None:
            return Origin(known.name, known.kind, claim.perpetrator)
        return known
    role = _role(name)
    if role is not None:
        return Origin(name, role, claim.perpetrator if role is OriginKind.PARTY else None)
    return Origin(name, OriginKind.UNNAMED)


def outlet_origin(outlet: str) -> Origin:
    """Return the origin that an outlet is when it speaks for itself."""
    return known_actors().get(form_of(outlet)) or Origin(outlet, OriginKind.MEDIA)


@cache
def known_actors() -> Mapping[str, Origin]:
    """Return every known actor by each of its spellings."""
    out: dict[str, Origin] = {}
    for actor in actors():
        out[form_of(actor.origin.name)] = actor.origin
    return out


@cache
def _roles() -> tuple[tuple[str, OriginKind], ...]:
    pairs = [
        (form_of(word.removeprefix("the ").removeprefix("a ")), OriginKind(entry["kind"]))
        for lang in languages()
        for entry in lexicon(lang).data["role"]
        for word in entry["words"]
    ]
    return tuple(sorted(set(pairs), key=lambda pair: (-len(pair[0]), pair[0])))


def _role(name: str) -> OriginKind | None:
    form = form_of(name)
    return next((kind for word, kind in _roles() if word in form), None)


def _by_report(heard: Sequence[Heard]) -> dict[str, list[Claim]]:
    out: dict[str, list[Claim]] = {}
    for item in heard:
        out.setdefault(item.claim.report_id, []).append(item.claim)
    return out


def _cited(
    claim: Claim, report: Sequence[Claim], named: Mapping[ClaimId, Origin]
) -> tuple[Origin, str, ClaimId | None] | None:
    """Return the source within the report that an unattributed number belongs to, the reason, and the claim that shows it."""
    for other in report:
        if other.subset_of == claim.claim_id and other.claim_id in named:
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
    if len(voices) == 1:
        return voices.pop(), "only-source-cited", None
    return None


def _first_to_say(heard: Sequence[Heard], known: Mapping[ClaimId, Fold]) -> dict[tuple[str, int], Heard]:
    """Return, for each telling number, the earliest claim that gives it; one with a named source comes before one without."""
    out: dict[tuple[str, int], Heard] = {}
    ranked = sorted(heard, key=lambda h: h.claim.claim_id not in known)  # earliest first within each kind
    for item in ranked:
        number = _number(item.claim)
        if item.of is None and number is not None and number >= _TELLING and not item.claim.derived:
            out.setdefault((_what(item.claim), number), item)
    return out


def _own_voice(item: Heard, first: Mapping[tuple[str, int], Heard]) -> Fold:
    claim, number = item.claim, _number(item.claim)
    earliest = first.get((_what(claim), number)) if number is not None else None
    if earliest is not None and earliest.claim.report_id != claim.report_id:
        origin = origin_named(earliest.claim) if earliest.claim.attribution else outlet_origin(earliest.outlet)
        return Fold(claim.claim_id, origin, "same-number", earliest.claim.claim_id, copy=True)
    return Fold(claim.claim_id, outlet_origin(item.outlet), "own-voice", None, copy=False)


def _what(claim: Claim) -> str:
    return f"{claim.measure}|{claim.group}"


def _number(claim: Claim) -> int | None:
    return claim.value if claim.value is not None else claim.low
