"""What was checked, as schema.org ClaimReview: the form in which fact desks hand their reviews on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from marsad.model import Checked, Verdict
from marsad.pipeline.check import Article, told
from marsad.text.words import say

_RATING = {
    Verdict.AGREES: 5,
    Verdict.SUPERLATIVE_HOLDS: 5,
    Verdict.NO_CONFIRMATION: 2,
    Verdict.DIFFERS: 1,
    Verdict.WRONG_DATE: 1,
    Verdict.DOES_NOT_ADD_UP: 1,
    Verdict.SUPERLATIVE_FAILS: 1,
}
"""Of 5; -1 ("Unproven" in Google's guide) for what the record cannot tell."""


def claim_reviews(
    article: Article,
    found: Sequence[Checked],
    address: str | None,
    reviewer: str,
    published: date | None,
    lang: str,
    reviewed: date | None = None,
) -> dict[str, Any]:
    """Return one JSON-LD object: a list of reviews, one a verdict, in the order of the article.

    `reviewed` is the day of the review, left out where it is None. Source: schema.org ClaimReview; ratings
    run from 1 to 5, -1 is unproven.
    """
    appearance: dict[str, Any] = {"@type": "CreativeWork"}
    if address:
        appearance["url"] = address
    if published:
        appearance["datePublished"] = published.isoformat()
    day = {} if reviewed is None else {"datePublished": reviewed.isoformat()}
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "item": day | _review(one, appearance, reviewer, lang, article.lang)}
            for n, one in enumerate(found, 1)
        ],
    }


def _review(one: Checked, appearance: dict[str, Any], reviewer: str, lang: str, written: str | None) -> dict[str, Any]:
    said = " ".join(one.text.split())
    rating = _RATING.get(one.verdict, -1)
    return {
        "@type": "ClaimReview",
        "claimReviewed": said,
        "inLanguage": lang,
        "author": {"@type": "Organization", "name": reviewer},
        "itemReviewed": {
            "@type": "Claim",
            "text": said,
            **({"inLanguage": written} if written else {}),
            "appearance": appearance,
        },
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": rating,
            "worstRating": 1,
            "bestRating": 5,
            "alternateName": say("check", lang, f"verdict.{one.verdict}"),
            "ratingExplanation": ". ".join(told(step, lang) for step in one.why),
        },
    }
