"""Values to rows of the schema and back; the only place that knows both forms."""

import json
from collections.abc import Callable, Mapping
from json.encoder import encode_basestring
from typing import Any

from marsad.model.claim import Bound, Certainty, Claim, Group, Measure, Modality, Scope, Status
from marsad.model.context import Context, ContextKind, Polarity, Stance, Tie
from marsad.model.count import Count
from marsad.model.flag import Flag
from marsad.model.ids import ClaimId, ContextId, IncidentId, ReportId
from marsad.model.incident import Incident, Membership, Role
from marsad.model.origin import Fold, Hand, Origin, OriginKind, Part
from marsad.model.place import Place
from marsad.model.relation import Relation
from marsad.model.report import Text
from marsad.model.schema import INCIDENT
from marsad.model.toll import Category, Standing, Step, Toll
from marsad.model.when import When

Row = dict[str, Any]


def text_of(row: Mapping[str, Any]) -> Text:
    """Return the report text that a row of schema TEXT holds."""
    return Text(ReportId(row["report_id"]), row["text"], row["published"], row["outlet"], row["lang"], row.get("kind"))


def text_row(text: Text) -> Row:
    """Return the text as a row of schema TEXT."""
    return {
        "report_id": text.report_id,
        "text": text.text,
        "published": text.published,
        "outlet": text.outlet,
        "lang": text.lang,
        "kind": text.kind,
    }


def claim_row(claim: Claim) -> Row:
    """Return the claim as a row of schema CLAIM."""
    return {
        "claim_id": claim.claim_id,
        "report_id": claim.report_id,
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "measure": claim.measure.value,
        "value": claim.value,
        "low": claim.low,
        "high": claim.high,
        "bound": claim.bound.value,
        "status": claim.status.value,
        "group": None if claim.group is None else claim.group.value,
        "attribution": list(claim.attribution),
        **when_row(claim.occurred),
        **place_row(claim.place),
        "perpetrator": claim.perpetrator,
        "certainty": claim.certainty and claim.certainty.value,
        "weapon": claim.weapon,
        "scope": claim.scope.value,
        "modality": claim.modality.value,
        "subset_of": claim.subset_of,
        "same_as": claim.same_as,
        "relations": [str(relation) for relation in claim.relations],
        "flags": [flag.value for flag in claim.flags],
        "derived": claim.derived,
        "rule": claim.rule,
        "score": claim.score,
        "names": list(claim.names),
    }


def claim_of(row: Mapping[str, Any]) -> Claim:
    """Return the claim that a row of schema CLAIM holds; raises ValueError where it is impossible."""
    return Claim(
        claim_id=ClaimId(row["claim_id"]),
        report_id=ReportId(row["report_id"]),
        start=row["start"],
        end=row["end"],
        text=row["text"],
        measure=Measure(row["measure"]),
        value=row["value"],
        low=row["low"],
        high=row["high"],
        bound=Bound(row["bound"]),
        status=Status(row["status"]),
        group=None if row["group"] is None else Group(row["group"]),
        attribution=tuple(row["attribution"]),
        occurred=when_of(row),
        place=place_of(row),
        perpetrator=row["perpetrator"],
        certainty=Certainty(row["certainty"]) if row["certainty"] else None,
        weapon=row["weapon"],
        scope=Scope(row["scope"]),
        modality=Modality(row["modality"]),
        subset_of=row["subset_of"],
        same_as=row["same_as"],
        relations=tuple(map(Relation.parsed, row["relations"])),
        flags=tuple(map(Flag, row["flags"])),
        derived=bool(row["derived"]),
        rule=row["rule"],
        score=row["score"],
        names=tuple(row.get("names") or ()),
    )


def context_row(context: Context) -> Row:
    """Return the context as a row of schema CONTEXT."""
    first, after = context.content or (None, None)
    return {
        "context_id": context.context_id,
        "report_id": context.report_id,
        "start": context.start,
        "end": context.end,
        "text": context.text,
        "kind": context.kind.value,
        "act": context.act,
        "actor": context.actor,
        "others": list(context.others),
        "content_start": first,
        "content_end": after,
        "extent": context.extent,
        **when_row(context.occurred),
        **place_row(context.place),
        "attribution": list(context.attribution),
        "modality": context.modality.value,
        "polarity": context.polarity.value,
        "weapon": context.weapon,
        "flags": [flag.value for flag in context.flags],
        "relation": None if context.relation is None else context.relation.value,
        "target": context.target,
        "rule": context.rule,
        "score": context.score,
    }


def context_of(row: Mapping[str, Any]) -> Context:
    """Return the context that a row of schema CONTEXT holds; raises ValueError where it is impossible."""
    return Context(
        context_id=ContextId(row["context_id"]),
        report_id=ReportId(row["report_id"]),
        start=row["start"],
        end=row["end"],
        text=row["text"],
        kind=ContextKind(row["kind"]),
        act=row["act"],
        actor=row["actor"],
        others=tuple(row["others"]),
        content=None if row["content_start"] is None else (row["content_start"], row["content_end"]),
        extent=row["extent"],
        occurred=when_of(row),
        place=place_of(row),
        attribution=tuple(row["attribution"]),
        modality=Stance(row["modality"]),
        polarity=Polarity(row["polarity"]),
        weapon=row["weapon"],
        flags=tuple(Flag(flag) for flag in row["flags"]),
        relation=None if row["relation"] is None else Tie(row["relation"]),
        target=None if row["target"] is None else ContextId(row["target"]),
        rule=row["rule"],
        score=row["score"],
    )


def fold_row(fold: Fold) -> Row:
    """Return the fold as a row of schema FOLD."""
    return {
        "claim_id": fold.claim_id,
        "origin": fold.origin.name,
        "kind": fold.origin.kind.value,
        "party": fold.origin.party,
        "rule": fold.rule,
        "of": fold.of,
        "copy": fold.copy,
        "probability": fold.probability,
    }


def fold_of(row: Mapping[str, Any]) -> Fold:
    """Return the fold that a row of schema FOLD holds."""
    origin = Origin(row["origin"], OriginKind(row["kind"]), row["party"])
    return Fold(ClaimId(row["claim_id"]), origin, row["rule"], row["of"], bool(row["copy"]), row["probability"])


def hand_row(hand: Hand) -> Row:
    """Return the hand as a row of schema LINEAGE."""
    return {
        "claim_id": hand.claim_id,
        "turn": hand.turn,
        "part": hand.part.value,
        "name": hand.name,
        "rule": hand.rule,
        "probability": hand.probability,
    }


def hand_of(row: Mapping[str, Any]) -> Hand:
    """Return the hand that a row of schema LINEAGE holds."""
    return Hand(ClaimId(row["claim_id"]), row["turn"], Part(row["part"]), row["name"], row["rule"], row["probability"])


def incident_row(incident: Incident) -> Row:
    """Return the incident as a row of schema INCIDENT."""
    when = {name: value for name, value in when_row(incident.when).items() if name in INCIDENT.names}
    return {
        "incident_id": incident.incident_id,
        "code": incident.code,
        **when,
        **place_row(incident.place),
        "perpetrator": incident.perpetrator,
        "weapon": incident.weapon,
    }


def incident_of(row: Mapping[str, Any]) -> Incident:
    """Return the incident that a row of schema INCIDENT holds."""
    return Incident(
        IncidentId(row["incident_id"]), row["code"], place_of(row), when_of(row), row["perpetrator"], row["weapon"]
    )


def membership_row(membership: Membership) -> Row:
    """Return the membership as a row of schema MEMBERSHIP."""
    return {
        "incident_id": membership.incident_id,
        "claim_id": membership.claim_id,
        "role": membership.role.value,
        "rule": membership.rule,
    }


def membership_of(row: Mapping[str, Any]) -> Membership:
    """Return the membership that a row of schema MEMBERSHIP holds."""
    return Membership(IncidentId(row["incident_id"]), ClaimId(row["claim_id"]), Role(row["role"]), row["rule"])


def toll_row(toll: Toll) -> Row:
    """Return the toll as a row of schema TOLL."""
    count = toll.count
    return {
        "incident_id": toll.incident_id,
        "policy": toll.policy,
        "measure": toll.measure.value,
        "category": toll.category.value,
        "low": None if count is None else count.low,
        "best": None if count is None else count.best,
        "high": None if count is None else count.high,
        "standing": toll.standing.value,
        "origins": toll.origins,
        "why": canonical_json(toll.why.as_json()),
    }


def toll_of(row: Mapping[str, Any]) -> Toll:
    """Return the toll that a row of schema TOLL holds."""
    return Toll(
        IncidentId(row["incident_id"]),
        row["policy"],
        Measure(row["measure"]),
        Category(row["category"]),
        None if row["low"] is None else Count(row["low"], row["best"], row["high"]),
        Standing(row["standing"]),
        row["origins"],
        Step.from_json(json.loads(row["why"])),
    )


def canonical_json(data: object) -> str:
    """Return the one way to write this as JSON: sorted keys, no spaces, letters as they are.

    >>> canonical_json({"b": 1, "a": "الرقة"})
    '{"a":"الرقة","b":1}'
    """
    return _CANONICAL(data)


def _encoder() -> Callable[[object], str]:
    """Return what writes canonical JSON, made once: `json.dumps` with options makes an encoder at each call, half of the time."""
    plain = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    make: Any = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return plain.encode
    quick = make(None, plain.default, encode_basestring, None, ":", ",", True, False, False)
    return lambda data: "".join(quick(data, 0))


_CANONICAL = _encoder()


def when_row(when: When | None) -> Row:
    """Return the columns of a time, each None where there is none."""
    return {
        "occurred_from": when and when.start,
        "occurred_to": when and when.end,
        "occurred_precision": when and when.precision,
        "occurred_words": when and when.words,
        "occurred_carried": when and when.carried,
        "occurred_against": when and when.against,
        "occurred_against_words": when and when.against_words,
    }


def when_of(row: Mapping[str, Any]) -> When | None:
    """Return the time that the columns hold, None where they are empty."""
    if row["occurred_from"] is None:
        return None
    return When(
        row["occurred_from"],
        row["occurred_to"],
        row["occurred_precision"],
        row.get("occurred_words"),
        bool(row.get("occurred_carried")),
        row.get("occurred_against"),
        row.get("occurred_against_words"),
    )


def place_row(place: Place | None) -> Row:
    """Return the columns of a place, each None where there is none."""
    return {
        "place_words": place and place.words,
        "place_id": place and place.place_id,
        "place_name": place and place.name,
        "place_name_ar": place and place.name_ar,
        "country": place and place.country,
        "admin1": place and place.admin1,
        "latitude": place and place.latitude,
        "longitude": place and place.longitude,
        "place_precision": place and place.precision,
    }


def place_of(row: Mapping[str, Any]) -> Place | None:
    """Return the place that the columns hold, None where they are empty."""
    if row["place_words"] is None:
        return None
    return Place(
        row["place_words"],
        row["place_id"],
        row["place_name"],
        row["place_name_ar"],
        row["country"],
        row["admin1"],
        row["latitude"],
        row["longitude"],
        row["place_precision"],
    )
