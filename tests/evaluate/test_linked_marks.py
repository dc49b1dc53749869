"""Claims that people marked with their incident."""

from typing import Any

import pytest

from marsad.evaluate.linked_marks import LinkedMark, linked_marks
from marsad.model import Wrong

CLAIM = {"cid": "r.c1", "low": 12, "high": None, "category": "killed", "victim_type": "civilian", "incident": "MARKET"}


def marks(**fields: Any) -> list[LinkedMark]:
    """Return the marks of a report with one claim."""
    return list(linked_marks({"id": "r", "claims": [{**CLAIM, **fields}]}, "facts.jsonl line 1"))


@pytest.mark.parametrize(
    ("fields", "scope", "incident"),
    [
        ({}, "incident", "MARKET"),
        ({"scope": "cumulative"}, "cumulative", None),
        ({"incident": "cum:WAR"}, "cumulative", None),
        ({"incident": "stock:CAMP"}, "background", None),
        ({"incident": ["MARKET", "BRIDGE"]}, "aggregate", None),
        ({"scope": "incident", "incident": None}, "incident", None),
    ],
)
def test_only_a_claim_of_one_incident_has_one(fields: dict[str, Any], scope: str, incident: str | None) -> None:
    """Totals, stocks and numbers for several incidents are given and not asked for, with a scope in the line or without."""
    [mark] = marks(**fields)
    assert (mark.scope, mark.incident) == (scope, incident)


def test_a_mark_without_a_span_an_id_or_a_speaker_is_one_all_the_same() -> None:
    """Facts from pages have no text; a claim without an id is called by its place in the list."""
    [mark] = linked_marks({"id": "r", "claims": [{k: v for k, v in CLAIM.items() if k != "cid"}]}, "x")
    assert (mark.report_id, mark.cid, mark.start, mark.attribution) == ("r", "r claim 1", None, ())
    assert marks(attribution="a monitor", via=["Wire"])[0].attribution == ("a monitor", "Wire")
    assert (marks(subset=True)[0].part, marks(subset_of="r.c0")[0].part, mark.part) == (True, True, False)


@pytest.mark.parametrize(
    ("fields", "subject"),
    [({"category": "hurt"}, "category"), ({"low": -1}, "low"), ({"incident": 7}, "incident"), ({"via": "Wire"}, "via")],
)
def test_what_is_no_mark_is_refused_by_its_name(fields: dict[str, Any], subject: str) -> None:
    """The message names line, claim and field."""
    with pytest.raises(Wrong, match=f"facts.jsonl line 1, claim 1, {subject}"):
        marks(**fields)
