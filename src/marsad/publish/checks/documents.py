"""PROV-JSON and ClaimReview: JSON documents whose parts must be there, and must lead to one another."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from marsad.publish.checks.cells import day_of
from marsad.publish.checks.fault import Fault

RELATIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "wasGeneratedBy": (("prov:entity", "entity"), ("prov:activity", "activity")),
    "used": (("prov:activity", "activity"), ("prov:entity", "entity")),
    "wasDerivedFrom": (("prov:generatedEntity", "entity"), ("prov:usedEntity", "entity")),
    "wasAttributedTo": (("prov:entity", "entity"), ("prov:agent", "agent")),
    "wasAssociatedWith": (("prov:activity", "activity"), ("prov:agent", "agent")),
    "actedOnBehalfOf": (("prov:delegate", "agent"), ("prov:responsible", "agent")),
    "wasInvalidatedBy": (("prov:entity", "entity"), ("prov:activity", "activity")),
    "wasInformedBy": (("prov:informed", "activity"), ("prov:informant", "activity")),
}
"""What each relation of PROV-JSON ties together; the first end must be there. Source: W3C PROV-JSON."""

_KINDS = ("entity", "activity", "agent")
_OTHER = (
    "prefix",
    "bundle",
    "specializationOf",
    "alternateOf",
    "hadMember",
    "wasInfluencedBy",
    "wasStartedBy",
    "wasEndedBy",
)


def prov_faults(data: bytes) -> Iterator[Fault]:
    """Yield everything in which this is no PROV-JSON: one document, or one a line. Documents count as rows from 1."""
    for number, document in _documents(data):
        if not isinstance(document, dict):
            yield Fault(number, "", str(document), "is no JSON object")
            continue
        yield from _prov(number, document)


def _prov(number: int, document: Mapping[str, Any]) -> Iterator[Fault]:
    known = {*_KINDS, *RELATIONS, *_OTHER}
    for key in document:
        if key not in known:
            yield Fault(number, key, "", "is nothing that PROV-JSON has")
    prefixes = document.get("prefix", {})
    there: dict[str, set[str]] = {}
    for kind in _KINDS:
        found = document.get(kind, {})
        if not isinstance(found, dict):
            yield Fault(number, kind, "", "is no object of records by their names")
            found = {}
        there[kind] = set(found)
        for name in found:
            prefix, colon, _ = name.partition(":")
            if colon and prefix != "_" and (not isinstance(prefixes, dict) or prefix not in prefixes):
                yield Fault(number, name, prefix, "is a prefix that the document does not explain")
    for relation, ends in RELATIONS.items():
        records = document.get(relation, {})
        for name, record in records.items() if isinstance(records, dict) else ():
            yield from _relation(number, f"{relation} {name}", record, ends, there)
    for name, inner in (document.get("bundle") or {}).items():
        if isinstance(inner, dict):
            yield from _prov(number, {"prefix": prefixes, **inner})
        else:
            yield Fault(number, name, "", "is a bundle without records")


def _relation(
    number: int, where: str, record: Any, ends: tuple[tuple[str, str], ...], there: Mapping[str, set[str]]
) -> Iterator[Fault]:
    if not isinstance(record, dict):
        yield Fault(number, where, str(record), "is no relation")
        return
    for n, (end, kind) in enumerate(ends):
        name = record.get(end)
        if name is None and n == 0:
            yield Fault(number, where, "", f"has no {end}")
        elif name is not None and name not in there[kind]:
            yield Fault(number, where, str(name), f"is no {kind} of the document")


def claimreview_faults(data: bytes) -> Iterator[Fault]:
    """Yield everything in which these are no reviews of claims: one object, a list of them, or one a line.

    Source: schema.org ClaimReview, and what search engines ask of it.
    """
    for number, document in _documents(data):
        reviews = list(_reviews(document))
        if not reviews and not _is_list(document):
            yield Fault(number, "@type", "", "holds no ClaimReview")
        for review in reviews:
            yield from _review(number, review)


def _is_list(document: Any) -> bool:
    return isinstance(document, dict) and document.get("@type") == "ItemList"


def _reviews(document: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(document, list):
        for one in document:
            yield from _reviews(one)
    elif isinstance(document, dict):
        if document.get("@type") == "ClaimReview":
            yield document
        for key in ("itemListElement", "item", "@graph"):
            if key in document:
                yield from _reviews(document[key])


def _review(number: int, review: Mapping[str, Any]) -> Iterator[Fault]:
    if not isinstance(review.get("claimReviewed"), str) or not review["claimReviewed"].strip():
        yield Fault(number, "claimReviewed", "", "is missing: the words that were reviewed")
    claim = review.get("itemReviewed")
    if not isinstance(claim, dict) or claim.get("@type") not in ("Claim", "CreativeWork"):
        yield Fault(number, "itemReviewed", "", "is no Claim")
    author = review.get("author")
    if not isinstance(author, dict) or not author.get("name"):
        yield Fault(number, "author", "", "has no name: who reviewed it")
    if "datePublished" in review and day_of(str(review["datePublished"])[:10]) is None:
        yield Fault(number, "datePublished", str(review["datePublished"]), "is no day written YYYY-MM-DD")
    rating = review.get("reviewRating")
    if not isinstance(rating, dict) or not rating.get("alternateName"):
        yield Fault(number, "reviewRating", "", "has no alternateName: the verdict in words")
        return
    ends = [rating.get(name) for name in ("worstRating", "ratingValue", "bestRating")]
    if any(type(end) not in (int, float) for end in ends):
        yield Fault(number, "reviewRating", str(ends), "lacks one of worstRating, ratingValue, bestRating as a number")
    elif ends[1] != -1 and not ends[0] <= ends[1] <= ends[2]:  # type: ignore[operator]
        yield Fault(
            number, "reviewRating.ratingValue", str(ends[1]), f"is neither -1 nor within {ends[0]} to {ends[2]}"
        )


def _documents(data: bytes) -> Iterator[tuple[int, Any]]:
    """Yield each document of a file, numbered: the whole file, or each of its lines; a string for what is no JSON."""
    try:
        yield 1, json.loads(data)
        return
    except (ValueError, RecursionError):
        lines = [line for line in data.split(b"\n") if line.strip()]
    for number, line in enumerate(lines, 1):
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError) as fault:
            yield number, f"no JSON: {str(fault)[:60]}"
