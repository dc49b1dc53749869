"""Claims that were checked: which reviews may be told, and the form in which fact desks hand theirs on."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

import canary
import cases
import pytest
from made import files_of, release_of

from marsad.model import Measure, Review, Verdict
from marsad.publish.checks.documents import claimreview_faults
from marsad.publish.formats.claimreview import CODEBOOK, PATH, RATINGS, claim_review_files
from marsad.publish.public import PublicRelease, PublicVerdict
from marsad.publish.record import from_json, to_json
from marsad.publish.reviews import told_reviews

POLICY = cases.policy()
RAID = "RAQQA-2014-11-25"
CODES = {"r1:5-9": RAID, "r2:5-9": RAID, "r3:1-2": "IDLIB-2014-11-20"}
SAID = Review(
    text="at least 11 people were killed",
    verdict=Verdict.DIFFERS,
    measure=Measure.KILLED,
    incident=("r0:1-2", "r1:5-9", "r2:5-9"),
    outlet="The Harbour Daily",
    address="https://harbour.example/raid",
    published=date(2014, 11, 26),
    lang="en",
    reviewed=date(2014, 11, 30),
)


def told(review: Review) -> bool:
    """Return whether a review is told."""
    return bool(told_reviews([review], CODES, POLICY))


def with_reviews(*reviews: Review) -> PublicRelease:
    """Return a release with these reviews in it."""
    return replace(release_of(cases.every()), reviews=told_reviews(reviews, CODES, POLICY))


@pytest.mark.parametrize("verdict", [v for v in Verdict if not v.startswith("superlative")])
def test_a_review_of_the_dead_of_an_incident_that_is_told_is_told(verdict: Verdict) -> None:
    """Whatever was found; one of no incident at all, too."""
    assert told(replace(SAID, verdict=verdict))
    assert told(replace(SAID, verdict=verdict, incident=()))


@pytest.mark.parametrize(
    "changed",
    [
        {"incident": ("r9:1-2",)},
        {"incident": ("r1:5-9", "r3:1-2")},
        {"measure": Measure.INJURED},
        {"measure": Measure.DETAINED, "verdict": Verdict.AGREES},
        {"measure": None},
        {"verdict": Verdict.SUPERLATIVE_FAILS},
        {"verdict": Verdict.SUPERLATIVE_HOLDS},
        {"address": None},
        {"address": "https://t.me/somebody/12"},
        {"address": "https://harbour.example/raid?token=abc"},
        {"address": "file:///home/somebody/article.html"},
        {"outlet": ""},
        {"outlet": None},
        {"text": "11 were killed in the hospital"},
        {"text": "قُتل 11 في المستشفى"},
        {"text": "11 killed, says a nurse (+963 11 555 0101)"},
        {"text": "x" * 201},
    ],
)
def test_a_review_that_would_tell_what_is_kept_back_is_not_told(changed: dict[str, Any]) -> None:
    """Of an incident that is withheld, of the living, of a rank among all, of words that nobody can look up or may repeat."""
    assert not told(replace(SAID, **changed))


def test_without_a_review_there_is_no_file() -> None:
    """ClaimReview stands only where a claim was checked."""
    assert claim_review_files(with_reviews()) == {}
    assert not [path for path in files_of(with_reviews()) if "claimreview" in path]


VERDICTS = [v for v in Verdict if not v.startswith("superlative")]
MANY = with_reviews(*(replace(SAID, text=f"{n} people were killed", verdict=v) for n, v in enumerate(VERDICTS)))
FILES = claim_review_files(MANY)


def test_the_file_breaks_no_rule_and_each_review_is_read_back() -> None:
    """Words, verdict, address, days and the page, once in English and once in Arabic."""
    assert list(claimreview_faults(FILES[PATH])) == []
    items = [one["item"] for one in json.loads(FILES[PATH])["itemListElement"]]
    for lang, prefix in (("en", "../"), ("ar", "../ar/")):
        mine = [one for one in items if one["inLanguage"] == lang]
        found = [(one["claimReviewed"], one["reviewRating"]["ratingValue"]) for one in mine]
        assert sorted(found) == sorted((str(one.words), RATINGS[one.verdict]) for one in MANY.reviews)
        assert {one["url"] for one in mine} == {f"{prefix}incident/{RAID}.html"}
        assert {one["datePublished"] for one in mine} == {"2014-11-30"}
        where = {one["itemReviewed"]["appearance"]["url"] for one in mine}
        assert where == {"https://harbour.example/raid"}
    arabic = {one["reviewRating"]["alternateName"] for one in items if one["inLanguage"] == "ar"}
    assert len(arabic) == len(VERDICTS)
    assert not any("a" <= letter <= "z" for name in arabic for letter in name)


def test_a_review_gives_the_figures_that_the_record_has() -> None:
    """All the killed under each policy of the release, least and most."""
    [incident] = [one for one in MANY.incidents if one.code == RAID]
    items = [one["item"] for one in json.loads(FILES[PATH])["itemListElement"]]
    for figure in incident.figures:
        if (figure.measure, figure.category) == ("killed", "total"):
            assert all(
                f"{figure.policy} {figure.low}–{figure.high}" in one["reviewRating"]["ratingExplanation"]
                for one in items
            )


def test_the_codebook_names_every_member_and_counts_every_verdict() -> None:
    """In both languages; a verdict that is not in the file is there with none."""
    rows = list(csv.DictReader(io.StringIO(FILES[CODEBOOK].decode(), newline="")))
    assert all(row["meaning"] and row["meaning_ar"] for row in rows)
    counted = {
        row["type"].removeprefix("verdict: "): int(row["count"]) for row in rows if row["type"].startswith("verdict")
    }
    assert counted == {verdict.value: 1 for verdict in PublicVerdict}
    item = json.loads(FILES[PATH])["itemListElement"][0]["item"]
    for column in (row["column"] for row in rows if row["column"]):
        at = item
        for part in column.split("."):
            at = at[part]
    alone = claim_review_files(with_reviews(SAID))
    [unknown] = [r for r in csv.DictReader(io.StringIO(alone[CODEBOOK].decode())) if r["type"] == "verdict: unknown"]
    assert unknown["count"] == "0"


def test_a_release_with_reviews_is_read_back_and_offers_them() -> None:
    """In its record, on the page of downloads and in the manifest with its media type."""
    assert from_json(to_json(MANY)) == MANY
    files = files_of(MANY)
    assert files[PATH] == FILES[PATH]
    assert b"claimreview.jsonld" in files["downloads.html"]
    listed = {one["path"]: one["media_type"] for one in json.loads(files["manifest.json"])["files"]}
    assert listed[PATH] == "application/ld+json"


@pytest.mark.long
def test_no_private_word_of_a_review_is_in_a_release() -> None:
    """A token in each field of reviews that may not be told, and in what of a told one is private: found in no file."""
    tokens = canary.Planted()
    hidden = [
        replace(SAID, text=f"{tokens.token('text')} killed", incident=("r9:1-2",)),
        replace(SAID, text=tokens.token("text"), measure=Measure.INJURED),
        replace(
            SAID, text=tokens.token("text"), outlet=tokens.token("outlet"), address=f"https://t.me/{tokens.token('a')}"
        ),
        replace(SAID, incident=(f"{tokens.token('anchor')}:1-2", "r1:5-9")),
    ]
    release = with_reviews(*hidden)
    assert len(release.reviews) == 1
    found = {path: canary.leaks(path.encode() + data) for path, data in files_of(release).items()}
    assert {path: what for path, what in found.items() if what} == {}


@pytest.mark.parametrize("name", ["words", "outlet", "address", "lang"])
def test_the_search_finds_a_token_in_each_field_of_a_review(name: str) -> None:
    """A careless line that put a private word there would be caught; the other fields hold no words."""
    private: dict[str, Any] = {name: f"{canary.LATIN}000042"}
    mutant = replace(MANY, reviews=(replace(MANY.reviews[0], **private),))
    assert canary.leaks(claim_review_files(mutant)[PATH]) != []
