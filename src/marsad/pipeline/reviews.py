"""Reviews of articles that are kept: what `marsad check --keep` writes down, and what of it stands."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from marsad.collect.incoming import Incoming
from marsad.collect.text_of import text_of
from marsad.model import Checked, Decision, DecisionKind, Measure, Review, Verdict, Wrong
from marsad.pipeline.cases import cases
from marsad.pipeline.check import Article
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import WriteService

MOST, LONGEST, MOST_WORDS = 500, 500, 50
"""Verdicts of one article, characters of the words of one, and claims by which its incident is known again, that are kept."""


def article_anchor(item: Incoming) -> str:
    """Return the anchor under which reviews of this article are kept: made of its text, so that it is one article."""
    text, _ = text_of(item.data, item.name)
    return f"article:{hashlib.sha256(text.encode()).hexdigest()[:24]}"


def keep_reviews(
    observatory: Observatory,
    item: Incoming,
    article: Article,
    *,
    actor: str,
    reason: str,
    now: datetime,
    random_bytes: Callable[[int], bytes],
) -> int:
    """Keep what checking found, in place of what was found in this article before; return how many verdicts that are.

    Raises Wrong where it is not said who printed the article and where: what nobody can look up is not reviewed in public.
    """
    for name, told in (("--address", item.address), ("--outlet", item.outlet)):
        if not told:
            raise Wrong(name, None, "is missing", "say who printed the article and where it stands, to keep its review")
    found = [one for one in article.found if len(one.text) <= LONGEST][:MOST]
    if not found:
        raise Wrong(article.name, None, "says nothing that could be checked", "leave --keep away")
    words: dict[str, list[str]] = {}
    for code in sorted({one.incident for one in found if one.incident}):
        case = next(cases(observatory, incident=code))
        words[code] = [f"{f.claim.report_id}:{f.claim.start}-{f.claim.end}" for f in case.findings][:MOST_WORDS]
    body = {
        "outlet": item.outlet,
        "address": item.address,
        "published": None if item.published is None else item.published.isoformat(),
        "lang": article.lang,
        "found": [_plain(one, article, words) for one in found],
    }
    anchor = article_anchor(item)
    with observatory.kept() as kept:
        with kept.read() as reading:
            standing = reading.standing_decision(anchor, DecisionKind.CHECK)
        WriteService(kept, observatory.vault, random_bytes).decide(
            anchor=anchor,
            kind=DecisionKind.CHECK,
            body=body,
            actor=actor,
            reason=reason,
            expected_version=0 if standing is None else standing.version,
            now=now,
        )
    return len(found)


def _plain(one: Checked, article: Article, words: Mapping[str, list[str]]) -> dict[str, Any]:
    counted = article.measures.get((one.start, one.end))
    return {
        "text": " ".join(one.text.split()),
        "verdict": one.verdict.value,
        "measure": None if counted is None else counted.value,
        "incident": words.get(one.incident or "", []),
    }


def kept_reviews(decisions: Iterable[Decision]) -> list[Review]:
    """Return the reviews that stand after these decisions: of each article the last ones, none where they were taken back."""
    standing: dict[str, Decision] = {}
    for one in decisions:
        if one.kind is DecisionKind.CHECK:
            standing[one.anchor] = one
    return [review for one in standing.values() if not one.undone for review in _reviews(one)]


def _reviews(decision: Decision) -> Iterable[Review]:
    body: Mapping[str, Any] = decision.body
    printed = body["published"]
    for one in body["found"]:
        yield Review(
            text=one["text"],
            verdict=Verdict(one["verdict"]),
            measure=None if one["measure"] is None else Measure(one["measure"]),
            incident=tuple(one["incident"]),
            outlet=body["outlet"],
            address=body["address"],
            published=None if printed is None else date.fromisoformat(printed),
            lang=body["lang"],
            reviewed=decision.recorded_at.date(),
        )
