"""Claims of others that were checked, as schema.org ClaimReview: the form in which fact desks hand their reviews on."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from marsad.publish.formats.cells import cell, csv_bytes
from marsad.publish.public import (
    PublicCategory,
    PublicFigure,
    PublicIncident,
    PublicMeasure,
    PublicRelease,
    PublicReview,
    PublicVerdict,
)

PATH, CODEBOOK = "data/claimreview.jsonld", "data/claimreview.codebook.csv"
TONGUES = ("en", "ar")
Json = dict[str, Any]

RATINGS: Mapping[PublicVerdict, int] = {
    PublicVerdict.AGREES: 5,
    PublicVerdict.NO_CONFIRMATION: 2,
    PublicVerdict.DIFFERS: 1,
    PublicVerdict.WRONG_DATE: 1,
    PublicVerdict.DOES_NOT_ADD_UP: 1,
    PublicVerdict.UNKNOWN: -1,
}
"""Of 1 to 5; -1 for what the record cannot tell: "unproven" where search engines explain the form."""


def claim_review_files(release: PublicRelease) -> dict[str, bytes]:
    """Return the reviews of a release and their codebook, by path; nothing where no claim was checked.

    One JSON-LD list; each review stands in it once in English and once in Arabic. Source: schema.org ClaimReview.
    """
    if not release.reviews:
        return {}
    told = {str(one.code): one for one in release.incidents}
    reviews = [(one, lang) for one in release.reviews for lang in TONGUES]
    items = [
        {"@type": "ListItem", "position": n, "item": _review(one, told.get(one.incident or ""), release, lang)}
        for n, (one, lang) in enumerate(reviews, 1)
    ]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for one in items)
    head = '{"@context":"https://schema.org","@type":"ItemList","itemListElement":[\n'
    return {PATH: f"{head}{lines}\n]}}\n".encode(), CODEBOOK: _codebook(release)}


def _review(one: PublicReview, incident: PublicIncident | None, release: PublicRelease, lang: str) -> Json:
    words = _words()
    appearance: Json = {"@type": "CreativeWork", "url": str(one.address), "publisher": _body(one.outlet)}
    if one.published is not None:
        appearance["datePublished"] = one.published.isoformat()
    claim: Json = {"@type": "Claim", "text": str(one.words), "appearance": appearance}
    if one.lang is not None:
        claim["inLanguage"] = str(one.lang)
    review: Json = {
        "@type": "ClaimReview",
        "claimReviewed": str(one.words),
        "inLanguage": lang,
        "datePublished": one.reviewed.isoformat(),
        "author": _body(release.observatory),
        "itemReviewed": claim,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": RATINGS[one.verdict],
            "worstRating": 1,
            "bestRating": 5,
            "alternateName": words["verdict"][one.verdict.value][lang],
            "ratingExplanation": _explained(one, incident, release, lang),
        },
    }
    if incident is not None:
        review["url"] = (
            f"../incident/{incident.code}.html" if lang == "en" else f"../{lang}/incident/{incident.code}.html"
        )
    return review


def _body(name: str) -> Json:
    return {"@type": "Organization", "name": str(name)}


def _explained(one: PublicReview, incident: PublicIncident | None, release: PublicRelease, lang: str) -> str:
    """Say what the verdict means, and what this release gives for all the killed of the incident under each policy."""
    words = _words()
    said = [words["means"][one.verdict.value][lang]]
    figures = [] if incident is None else [f for f in incident.figures if _of_all_killed(f)]
    if incident is not None and figures:
        ends = [f"{f.policy} {f.low}–{'…' if f.high is None else f.high}" for f in figures]
        said.append(words["figures"][lang].format(number=release.number, code=incident.code, figures="; ".join(ends)))
    return " ".join(said)


def _of_all_killed(figure: PublicFigure) -> bool:
    killed = (figure.measure, figure.category) == (PublicMeasure.KILLED, PublicCategory.TOTAL)
    return killed and not figure.suppressed and figure.low is not None


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((resources.files("marsad.resources") / "formats" / "claimreview.toml").read_text("utf-8"))


def _codebook(release: PublicRelease) -> bytes:
    """Return the codebook: every member of a review with its meaning, then each verdict with how often it stands here."""
    words = _words()
    rows = [["", "", cell(words["about"]["en"]), cell(words["about"]["ar"]), "", "", ""]]
    for name, column in words["columns"].items():
        values = column.get("values", "")
        rows.append([name, column["kind"], cell(column["en"]), cell(column["ar"]), values, column["source"], ""])
    for verdict in PublicVerdict:
        count = sum(one.verdict is verdict for one in release.reviews)
        means = words["means"][verdict.value]
        rows.append(
            ["", f"verdict: {verdict}", cell(means["en"]), cell(means["ar"]), str(RATINGS[verdict]), "", str(count)]
        )
    return csv_bytes(("column", "type", "meaning", "meaning_ar", "values", "source", "count"), rows)
