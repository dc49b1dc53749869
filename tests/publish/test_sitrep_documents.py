"""PROV-JSON of every figure and ClaimReview: whole, leading only to what is there, and public."""

import json

import cases
import pytest
from made import release_of
from many_incidents import many

from marsad.publish.checks.documents import claimreview_faults, prov_faults
from marsad.publish.formats.prov import prov_lines, provenance, rests_on
from marsad.publish.public import PublicRole

RELEASE = release_of(cases.every())
RAQQA = next(i for i in RELEASE.incidents if i.code.startswith("RAQQA"))


def test_every_figure_leads_to_what_was_said_and_in_which_report() -> None:
    """One document an incident; each figure an entity; its statements quoted from reports with their hashes."""
    release = many(80)
    lines = prov_lines(release).splitlines()
    assert len(lines) == 80
    assert list(prov_faults(prov_lines(release))) == []
    for line, incident in zip(lines, release.incidents, strict=True):
        told = json.loads(line)
        for figure in incident.figures:
            name = f"rec:{incident.code}/figure/{figure.policy}/{figure.measure}/{figure.category}"
            assert told["entity"][name].get("marsad:low") == figure.low
        hashes = {one["marsad:sha256"] for one in told["entity"].values() if "marsad:sha256" in one}
        assert hashes == {str(s.evidence) for s in incident.statements if s.evidence}


def test_a_figure_is_derived_from_the_counted_statements() -> None:
    """95 of the raid on Raqqa rests on what origins said, not on copies of it."""
    told = provenance(RELEASE, RAQQA)
    name = "rec:RAQQA-2014-11-25/figure/ucdp/killed/total"
    used = {r["prov:usedEntity"] for r in told["wasDerivedFrom"].values() if r["prov:generatedEntity"] == name}
    figure = next(f for f in RAQQA.figures if (f.policy, f.measure, f.category) == ("ucdp", "killed", "total"))
    assert used == {f"rec:RAQQA-2014-11-25/statement/{one}" for one in rests_on(RAQQA, figure)}
    roles = {s.id: s.role for s in RAQQA.statements}
    assert used
    assert {roles[one] for one in roles if f"rec:RAQQA-2014-11-25/statement/{one}" in used} == {PublicRole.COUNTED}
    [plan] = {r["prov:plan"] for r in told["wasAssociatedWith"].values() if "ucdp" in r["prov:activity"]}
    assert told["entity"][plan]["marsad:version"] == "2.0"


def test_nothing_private_is_in_it() -> None:
    """A witness has a kind and no name; a withheld number has none."""
    data = prov_lines(RELEASE).decode()
    assert "Abu Salim" not in data
    assert "voice message" not in data
    figure = provenance(RELEASE, RAQQA)["entity"]["rec:RAQQA-2014-11-25/figure/ucdp/detained/total"]
    assert figure["marsad:suppressed"] is True
    assert "marsad:low" not in figure


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"entity": []},
        {"entity": {"x:1": {}}},
        {"prefix": {"x": "urn:x"}, "entity": {"x:1": {}}, "wasDerivedFrom": {"_:a": {"prov:generatedEntity": "x:2"}}},
        {"prefix": {"x": "urn:x"}, "wasGeneratedBy": {"_:a": {}}},
        {"wasGeneratedBy": {"_:a": "x"}},
        {"causes": {}},
        {"bundle": {"b": {"causes": {}}}},
        {"bundle": {"b": 3}},
    ],
)
def test_violations_of_prov_are_found(document: object) -> None:
    """No object, an unknown prefix, relation or end."""
    assert list(prov_faults(json.dumps(document).encode()))


def test_what_is_no_json_is_said() -> None:
    """Line by line."""
    assert [fault.row for fault in prov_faults(b'{"entity": {}}\n{oops\n')] == [2]


def review(**change: object) -> bytes:
    """Return a sound review with some of it changed."""
    whole: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": "Nine people were killed.",
        "itemReviewed": {"@type": "Claim", "text": "Nine people were killed."},
        "author": {"@type": "Organization", "name": "marsad"},
        "datePublished": "2014-12-02",
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 1,
            "worstRating": 1,
            "bestRating": 5,
            "alternateName": "differs",
        },
    }
    return json.dumps({**whole, **change}).encode()


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"@type": "Review"}, "@type"),
        ({"claimReviewed": " "}, "claimReviewed"),
        ({"itemReviewed": {"@type": "Thing"}}, "itemReviewed"),
        ({"author": {}}, "author"),
        ({"datePublished": "2 December"}, "datePublished"),
        ({"reviewRating": {"ratingValue": 1}}, "reviewRating"),
        (
            {"reviewRating": {"ratingValue": 9, "worstRating": 1, "bestRating": 5, "alternateName": "x"}},
            "reviewRating.ratingValue",
        ),
        (
            {"reviewRating": {"ratingValue": "1", "worstRating": 1, "bestRating": 5, "alternateName": "x"}},
            "reviewRating",
        ),
    ],
)
def test_violations_of_claimreview_are_found(change: dict[str, object], column: str) -> None:
    """One part put wrong; the sound one has no fault."""
    assert list(claimreview_faults(review())) == []
    assert [fault.column for fault in claimreview_faults(review(**change))] == [column]
