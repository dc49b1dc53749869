"""Grades under three schemes, the inputs shown, a person above all of them."""

from typing import Any

import pytest
from dockets import docket
from told import GOVERNMENT, MSF, SNHR, SOHR

from marsad.assess.grades import IBC_LEVELS, OHCHR_LADDER, grades_of
from marsad.model import Role
from marsad.text.words import LANGUAGES, say

TWELVE = {"value": 12}


def levels(*told: tuple[str, dict[str, Any]]) -> dict[str, str]:
    return {graded.scheme: graded.level for graded in grades_of(docket(*told))}


@pytest.mark.parametrize(
    ("told", "ohchr", "ibc"),
    [
        (((SOHR[0], TWELVE),), "reported", "single-source"),
        (((SOHR[0], TWELVE), (SNHR[0], TWELVE)), "verified", "two-source"),
        (((SOHR[0], TWELVE), (GOVERNMENT, TWELVE)), "reported", "single-source"),
        (
            (("Radio", {"value": 12, "own": True}), ("Gazette", {"value": 12, "own": True})),
            "under-review",
            "two-source",
        ),
        (((SOHR[0], {"value": 12, "role": Role.REJECTED}),), "rejected", "no-source"),
        (((MSF[0], TWELVE), ("residents", {"value": 3})), "verified", "two-source"),
    ],
)
def test_the_ladders(told: tuple[tuple[str, dict[str, Any]], ...], ohchr: str, ibc: str) -> None:
    """Reported, under review, verified, rejected (HR/PUB/19/1); one source or two (Iraq Body Count)."""
    found = levels(*told)
    assert (found["ohchr"], found["ibc"]) == (ohchr, ibc)
    assert ohchr in OHCHR_LADDER
    assert ibc in IBC_LEVELS


def test_the_inputs_are_shown() -> None:
    """How many independent origins, how many near the dead, who is accused, which parties speak."""
    [first, *_] = grades_of(docket((SOHR[0], TWELVE), ("activists", TWELVE), (GOVERNMENT, TWELVE)))
    assert first.inputs["origins"] == 2
    assert first.inputs["near"] == 1
    assert first.inputs["parties"] == GOVERNMENT
    assert first.inputs["accused"] == GOVERNMENT


@pytest.mark.parametrize(
    ("body", "scheme", "level"),
    [("ohchr", "ohchr", "verified"), ("ibc", "ibc", "two-source"), ("grade", "airwars", "confirmed")],
)
def test_a_person_overrules_one_scheme_and_no_other(body: str, scheme: str, level: str) -> None:
    """Decided, and it says so; the other two stay as computed."""
    decided = {"grade": {body: level, "at": "2014-12-01"}}
    plain = {g.scheme: g for g in grades_of(docket((SOHR[0], TWELVE)))}
    now = {g.scheme: g for g in grades_of(docket((SOHR[0], {**TWELVE, "decided": decided})))}
    assert (now[scheme].level, now[scheme].decided) == (level, True)
    assert all(now[s].level == plain[s].level and not now[s].decided for s in plain if s != scheme)


def test_every_reason_has_its_sentence() -> None:
    """In both languages."""
    for told in (
        ((SOHR[0], TWELVE),),
        ((SOHR[0], TWELVE), (SNHR[0], TWELVE)),
        ((SOHR[0], {**TWELVE, "role": Role.REJECTED}),),
    ):
        for graded in grades_of(docket(*told)):
            assert all(say("why", lang, graded.why.rule, graded.why.values) for lang in LANGUAGES)
