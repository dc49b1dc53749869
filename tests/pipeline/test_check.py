"""An article against the record: what is planted in thirty-two articles is found, and thirty-two clean ones are left alone.

The reports and the articles are made up (tests/data/checking); nothing in them happened. `faults` of an article are the
verdicts that must be among those found.
"""

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from marsad.collect.incoming import Incoming, incoming
from marsad.collect.particulars import Particulars
from marsad.model import FAULTS, Verdict
from marsad.pipeline.check import Article, checked
from marsad.pipeline.claim_review import claim_reviews
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService
from marsad.publish.checks.documents import claimreview_faults
from marsad.text.words import say

DATA = Path(__file__).parents[1] / "data" / "checking"
NOW = datetime(2014, 12, 11, tzinfo=UTC)
MISSED, FALSE_ALARMS = 3, 2
"""How many of the planted faults may be missed (a tenth), and how many clean articles may be accused."""


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def sent(row: dict[str, Any]) -> Incoming:
    given = Particulars(
        outlet=row.get("outlet", "Fact Sheet"), published=date.fromisoformat(row["published"]), lang=row["lang"]
    )
    return incoming(row["id"], row["text"].encode(), given)


@pytest.fixture(scope="module")
def observatory(tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    """An observatory that has read the reports."""
    path = tmp_path_factory.mktemp("check") / "obs"
    found = Observatory.init(path, "Made up", NOW)
    with found.kept() as kept:
        WriteService(kept, found.vault, os.urandom).receive([sent(row) for row in lines("reports.jsonl")], NOW)
    run(found, processes=1)
    return found


@pytest.fixture(scope="module")
def articles(observatory: Observatory) -> dict[str, tuple[dict[str, Any], Article]]:
    """Every article by its name, with what is planted in it and what was found."""
    return {row["id"]: (row, checked(observatory, sent(row))) for row in lines("articles.jsonl")}


def accused(article: Article) -> set[str]:
    return {one.verdict.value for one in article.found if one.verdict in FAULTS}


@pytest.mark.long
def test_planted_faults_are_found(articles: dict[str, tuple[dict[str, Any], Article]]) -> None:
    """Of the articles with a wrong sum, day, source, superlative or confirmation nine in ten are found out."""
    planted = [(row, article) for row, article in articles.values() if row["faults"]]
    missed = [row["id"] for row, article in planted if not set(row["faults"]) <= accused(article)]
    assert len(planted) >= 30
    assert len(missed) <= MISSED, missed


def test_clean_articles_are_left_alone(articles: dict[str, tuple[dict[str, Any], Article]]) -> None:
    """Of the articles without a fault no more than two are accused of one."""
    clean = [(row, article) for row, article in articles.values() if not row["faults"]]
    wronged = [(row["id"], accused(article)) for row, article in clean if accused(article)]
    assert len(clean) >= 30
    assert len(wronged) <= FALSE_ALARMS, wronged


def test_every_verdict_quotes_the_article(articles: dict[str, tuple[dict[str, Any], Article]]) -> None:
    """What is judged is a slice of the text, and every reason has a sentence in both languages with no gap left open."""
    for row, article in articles.values():
        for one in article.found:
            assert row["text"][one.start : one.end] == one.text
            said = [say("check", lang, step.rule, step.values) for step in one.why for lang in ("en", "ar")]
            assert said
            assert not any("{" in sentence for sentence in said)


def verdicts(articles: dict[str, tuple[dict[str, Any], Article]], name: str) -> Iterator[tuple[Verdict, str, str]]:
    for one in articles[name][1].found:
        yield one.verdict, one.incident or "", " ".join(say("check", "en", s.rule, s.values) for s in one.why)


def test_whose_figure_it_is(articles: dict[str, tuple[dict[str, Any], Article]]) -> None:
    """95 put into the mouth of the Network is named as the Observatory's; 8 of Jasim as its older number, 12 as its newer."""
    (found,) = [why for verdict, _, why in verdicts(articles, "f08") if verdict is Verdict.DIFFERS]
    assert "“87”" in found
    assert "it is the number of Syrian Observatory for Human Rights" in found
    (older,) = [why for verdict, _, why in verdicts(articles, "f10") if verdict is Verdict.DIFFERS]
    assert "said “8 people” once" in older
    assert "says “12”" in older


def test_the_toll_of_another_incident_is_named(articles: dict[str, tuple[dict[str, Any], Article]]) -> None:
    """Sixty dead in Kobani are those of Deir Ezzor, and the article is told so."""
    (found,) = [why for verdict, _, why in verdicts(articles, "f14") if verdict is Verdict.DIFFERS]
    assert "DEIR-EZ-ZOR-2014-09-08" in found


def test_a_superlative_names_what_surpasses_it(articles: dict[str, tuple[dict[str, Any], Article]]) -> None:
    """The deadliest since March is surpassed by Raqqa, Deir Ezzor and Aleppo; one that holds says where the record begins."""
    (failed,) = [why for verdict, _, why in verdicts(articles, "f21") if verdict is Verdict.SUPERLATIVE_FAILS]
    assert "RAQQA-2014-11-25 killed at least 87; here it is 17" in failed
    (held,) = [why for verdict, _, why in verdicts(articles, "c05") if verdict is Verdict.SUPERLATIVE_HOLDS]
    assert "the record begins on 2014-03-10" in held


def test_a_relayed_number_is_no_confirmation(articles: dict[str, tuple[dict[str, Any], Article]]) -> None:
    """An outlet that printed the Observatory's number confirms nothing; the Network with its own number does."""
    (found,) = [why for verdict, _, why in verdicts(articles, "f26") if verdict is Verdict.NO_CONFIRMATION]
    assert "Harbour Daily only repeats Syrian Observatory for Human Rights" in found
    assert not accused(articles["c24"][1])


def test_what_the_record_does_not_know_is_not_false(articles: dict[str, tuple[dict[str, Any], Article]]) -> None:
    """Three dead in a town that no report names are unknown to the record, which is no fault."""
    assert {verdict for verdict, _, _ in verdicts(articles, "c28")} == {Verdict.UNKNOWN}


def test_reviews_are_claimreview(articles: dict[str, tuple[dict[str, Any], Article]]) -> None:
    """Each review has what schema.org asks for: who reviewed which words, where they stand, a rating within its bounds."""
    row, article = articles["f07"]
    given = claim_reviews(article, article.found, "https://example.org/a", "Made up", date(2014, 11, 28), "ar")
    assert list(claimreview_faults(json.dumps(given).encode())) == []
    items = [entry["item"] for entry in given["itemListElement"]]
    assert len(items) == len(article.found)
    for item in items:
        assert item["@type"] == "ClaimReview"
        assert item["claimReviewed"] in row["text"]
        assert item["itemReviewed"]["appearance"]["url"] == "https://example.org/a"
        rating = item["reviewRating"]
        assert rating["ratingValue"] == -1 or rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
        assert rating["alternateName"] in {say("check", "ar", f"verdict.{v}") for v in Verdict}
