"""The gate: nothing private passes it, nothing public depends on what is private, and it always answers."""

import base64
import unicodedata
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote

import cases
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import files_of, release_of, told
from tables import text_of

from marsad.model import (
    Case,
    Claim,
    ClaimId,
    Finding,
    Fold,
    IncidentId,
    Measure,
    Origin,
    OriginKind,
    Place,
    ReportId,
    Role,
    Step,
    When,
)
from marsad.publish.disclose import Withheld, disclose, distinct
from marsad.publish.public import PublicIncident, PublicReason
from marsad.publish.record import to_json

POLICY = cases.policy()


def on(day: str, hour: int, minute: int = 0) -> datetime:
    """Return a UTC time."""
    return datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}:00+00:00")


def test_an_incident_is_withheld_until_a_day_after_its_day_has_ended_everywhere() -> None:
    """25 November ends in the last time zone at noon UTC on the 26th; a day later it is told."""
    assert disclose(cases.raqqa(), POLICY, on("2014-11-27", 11, 59)) == Withheld(PublicReason.EMBARGO)
    assert isinstance(disclose(cases.raqqa(), POLICY, on("2014-11-27", 12)), PublicIncident)


def test_a_time_zone_does_not_shorten_the_embargo() -> None:
    """The same moment, told in another zone, gives the same answer."""
    zone = on("2014-11-27", 12).astimezone(datetime.now(UTC).astimezone().tzinfo)
    assert isinstance(disclose(cases.raqqa(), POLICY, zone), PublicIncident)
    with pytest.raises(ValueError, match="zone"):
        disclose(cases.raqqa(), POLICY, datetime(2014, 11, 28))  # noqa: DTZ001 - what the test is about


def test_without_a_day_the_last_report_starts_the_embargo_and_without_a_report_nothing_is_told() -> None:
    """Unknown is most restrictive."""
    case = cases.raqqa()
    undated = replace(case, incident=replace(case.incident, when=None))
    assert disclose(undated, POLICY, on("2014-12-01", 12)) == Withheld(PublicReason.EMBARGO)
    assert isinstance(disclose(undated, POLICY, on("2014-12-02", 12)), PublicIncident)
    silent = replace(undated, findings=tuple(replace(finding, published=None) for finding in case.findings))
    assert disclose(silent, POLICY, cases.NOW) == Withheld(PublicReason.TIME_UNKNOWN)


def test_what_people_refused_is_counted_and_not_shown() -> None:
    """A refused claim is a number on the page; an incident of refused claims alone is withheld."""
    case = cases.raqqa()
    first = replace(case.findings[0], role=Role.REJECTED)
    incident = told(replace(case, findings=(first, *case.findings[1:])))
    assert incident.refused == 1
    assert len(incident.statements) == len(case.findings) - 1
    refused = replace(case, findings=tuple(replace(finding, role=Role.REJECTED) for finding in case.findings))
    assert disclose(refused, POLICY, cases.NOW) == Withheld(PublicReason.REFUSED)


def test_deaths_are_told_as_they_are() -> None:
    """Every figure and statement of the dead carries its numbers."""
    case = cases.raqqa()
    incident = told(case)
    killed = [toll for toll in case.tolls if toll.measure is Measure.KILLED]
    shown = {(f.policy, f.category.value): (f.low, f.best, f.high) for f in incident.figures if f.measure == "killed"}
    assert shown == {
        (toll.policy, toll.category.value): (toll.count.low, toll.count.best, toll.count.high)
        for toll in killed
        if toll.count is not None
    }


def test_few_living_people_are_told_without_a_number() -> None:
    """Three detained relatives: the statement and the figure stand there, withheld, and explain nothing."""
    incident = told(cases.raqqa())
    [figure] = [one for one in incident.figures if one.measure == "detained"]
    [statement] = [one for one in incident.statements if one.measure == "detained"]
    assert (figure.low, figure.best, figure.high, figure.suppressed, figure.why) == (None, None, None, True, None)
    assert (statement.value, statement.low, statement.high, statement.words) == (None, None, None, None)
    assert statement.suppressed


def tokens(value: Any, path: str, found: dict[str, str]) -> Any:
    """Return the value with a token of its own in each free string, noting which field holds which."""
    if isinstance(value, Origin):
        found[path] = f"Zq{path[0]}{len(found):03}x"
        return Origin(found[path], OriginKind.WITNESS, found[path])
    if is_dataclass(value) and not isinstance(value, type):
        known = {"text", "start", "end", "precision", "rule", "policy"}
        changed = {
            field.name: tokens(getattr(value, field.name), f"{path}.{field.name}", found)
            for field in fields(value)
            if field.name not in known
        }
        if isinstance(value, Claim):
            changed["text"] = f"Zq{path[0]}{len(found):03}xxxxxxxx"[: value.end - value.start].ljust(
                value.end - value.start, "x"
            )
            found[f"{path}.text"] = changed["text"][:7]
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(tokens(one, f"{path}[{n}]", found) for n, one in enumerate(value))
    if isinstance(value, dict):
        return {key: tokens(one, f"{path}.{key}", found) for key, one in value.items()}
    if type(value) is str:
        found[path] = f"Zq{path[0]}{len(found):03}x"
        return found[path]
    return value


def private(case: Case, name: str = "case") -> tuple[Case, dict[str, str]]:
    """Return the case as only private reports tell it, a token in every field of free words, and the tokens."""
    found: dict[str, str] = {}
    made = tokens(case, name, found)
    assert isinstance(made, Case)
    findings = tuple(replace(one, address="https://t.me/" + one.outlet) for one in made.findings)
    place = replace(made.incident.place, country="SY") if made.incident.place else None
    return replace(made, findings=findings, incident=replace(made.incident, place=place, code="Zq/../x")), found


def disguises(token: str) -> set[bytes]:
    """Return the token as it could hide in a file."""
    forms = {token, token.upper(), token.lower(), quote(token), unicodedata.normalize("NFD", token), token[::-1]}
    out = {form.encode() for form in forms} | {
        token.encode("utf-16-le"),
        token.encode("utf-16-be"),
        token.encode().hex().encode(),
    }
    for shift in range(3):
        coded = base64.b64encode(b"x" * shift + token.encode())
        out.add(coded[2 + shift : -4])
    return {form for form in out if len(form) >= 5}


@pytest.mark.long
def test_no_private_word_reaches_anything_that_is_published() -> None:
    """A token in every private field of every case: pages, tables, map data, manifest hold none of them in any form.

    The gazetteer's names and the policies' are public; all else is free words.
    """
    made = [private(case, name) for case, name in zip(cases.every(), "abcd", strict=True)]
    release = release_of([case for case, _ in made])
    assert len(release.incidents) == 3
    files = {path: data for path, data in files_of(release).items() if not path.startswith(("web/", "map/land"))}
    gazetteer = (".incident.place.name", ".incident.place.name_ar", ".incident.place.admin1")
    secret = [token for _, found in made for path, token in found.items() if not path.endswith(gazetteer)]
    assert len(secret) > 300
    everything = b"\n".join(data for _, data in sorted(files.items())) + "\n".join(files).encode()
    assert [token for token in secret if any(form in everything for form in disguises(token))] == []


def test_the_search_for_tokens_finds_a_leak() -> None:
    """The test above would not pass if one field leaked."""
    case, found = private(cases.raqqa())
    leaked = replace(case, findings=tuple(replace(f, address="https://example.org/" + f.outlet) for f in case.findings))
    data = to_json(release_of([leaked]))
    assert any(token.encode() in data for path, token in found.items() if path.endswith(".outlet"))


@pytest.mark.parametrize(
    "field", ["origin", "outlet", "address", "sentence", "rule", "claim_id", "report_id", "attribution", "order"]
)
def test_public_bytes_do_not_depend_on_private_ones(field: str) -> None:
    """Another witness, other private words, other ids, another order of the findings: the record is the same to the byte."""
    case = cases.raqqa()
    ids = {f.claim.claim_id: ClaimId(f"other{n:011}") for n, f in enumerate(case.findings)}

    def changed(finding: Finding, n: int) -> Finding:
        claim, fold = finding.claim, finding.fold
        hidden = finding.fold.origin.kind in (OriginKind.WITNESS, OriginKind.MEDICAL)
        if field == "origin" and hidden:
            return replace(
                finding, fold=replace(fold, origin=replace(fold.origin, name=f"Somebody {fold.origin.kind}"))
            )
        if field == "outlet" and hidden:
            return replace(finding, outlet=f"call {n}")
        if field == "address" and hidden:
            return replace(finding, address="https://t.me/x/1")
        if field == "sentence" and hidden:
            return replace(finding, sentence="Something else entirely.")
        if field == "rule":
            return replace(
                finding, rule="other", fold=replace(fold, rule="other"), claim=replace(claim, rule="other", score=0.1)
            )
        if field == "claim_id":
            new = ids[claim.claim_id]
            return replace(finding, claim=replace(claim, claim_id=new), fold=replace(fold, claim_id=new))
        if field == "report_id":
            return replace(finding, claim=replace(claim, report_id=ReportId("r" + claim.report_id[::-1])))
        if field == "attribution":
            return replace(finding, claim=replace(claim, attribution=("a neighbour", *claim.attribution)))
        return finding

    findings = tuple(changed(finding, n) for n, finding in enumerate(case.findings))
    if field == "order":
        findings = findings[::-1]

    def moved(step: Step) -> Step:
        claims = tuple(ids[one] if field == "claim_id" else one for one in step.claims)
        return replace(step, claims=claims, steps=tuple(moved(one) for one in step.steps))

    origin_names = {finding.fold.origin.name for finding in findings}
    why = case.why_grade if cases.WITNESS.name in origin_names else None
    tolls = tuple(replace(toll, why=moved(toll.why)) for toll in case.tolls)
    other = replace(case, findings=findings, tolls=tolls)
    if why is None:
        renamed = f"{cases.SOHR.name}, Somebody {OriginKind.WITNESS}"
        other = replace(other, why_grade=Step("grade.fair", {"n": 2, "origins": renamed}))
    incident = replace(other.incident, incident_id=IncidentId("another"))
    assert to_json(release_of([replace(other, incident=incident)])) == to_json(release_of([case]))


def test_a_sensitive_site_leaves_neither_name_nor_point() -> None:
    """Code, place, page address, map and quotations: none tells that it was the hospital."""
    site = Place(
        "National Hospital", "gn:9", "National Hospital", "المشفى الوطني", "SY", "Ar Raqqah", 35.9528, 39.0079, 1
    )
    case = cases.raqqa()
    incident = replace(case.incident, place=site, code="NATIONAL-HOSPITAL-2014-11-25")
    findings = tuple(
        replace(
            f, claim=replace(f.claim, place=site), sentence=f"At the National Hospital {f.claim.text} were counted."
        )
        for f in case.findings
    )
    files = files_of(release_of([replace(case, incident=incident, findings=findings)]))
    assert "incident/AR-RAQQAH-2014-11-25.html" in files
    for path, data in files.items():
        if path.startswith(("web/", "map/land")):
            continue
        text = (path + text_of(path, data)).casefold()
        assert "national hospital" not in text, path
        assert "national-hospital" not in text, path
        assert "المشفى الوطني" not in text, path
        assert "35.95" not in text, path


TEXT = st.text(max_size=30)
DAY = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(cases.RAQQA_SAID), TEXT, TEXT, DAY, st.sampled_from(Role), st.sampled_from(OriginKind)
        ),
        max_size=6,
    ),
    st.tuples(TEXT, TEXT, DAY),
    st.datetimes(),
)
def test_the_gate_always_answers(
    said: list[tuple[cases.Said, str, str, date | None, Role, OriginKind]],
    about: tuple[str, str, date | None],
    now: datetime,
) -> None:
    """Whatever a case holds: something that can be told, or a reason."""
    findings = []
    for one, name, address, published, role, kind in said:
        finding = one.finding()
        fold = Fold(finding.claim.claim_id, Origin(name, kind, name), name, None, False)
        findings.append(
            replace(
                finding,
                fold=fold,
                outlet=name,
                address=f"https://{address}",
                published=published,
                role=role,
                sentence=name,
            )
        )
    case = cases.raqqa()
    code, perpetrator, day = about
    when = None if day is None else When(day, day, 1)
    incident = replace(case.incident, code=code, perpetrator=perpetrator, weapon=code, when=when)
    found = disclose(replace(case, incident=incident, findings=tuple(findings)), POLICY, now.replace(tzinfo=UTC))
    assert isinstance(found, Withheld | PublicIncident)


def test_two_incidents_of_one_code_get_two_names() -> None:
    """Ordered by what is told, the second is "-2"; neither replaces the other."""
    one = told(cases.raqqa())
    other = replace(one, grade=told(cases.nowhere()).grade, statements=())
    assert [str(incident.code) for incident in distinct([one, other])] == ["RAQQA-2014-11-25", "RAQQA-2014-11-25-2"]
    assert distinct([one, other]) == distinct([other, one])


def test_a_later_day_never_tells_less() -> None:
    """Time opens an embargo and closes nothing."""
    shown = [
        isinstance(disclose(cases.raqqa(), POLICY, cases.NOW + timedelta(days=n)), PublicIncident)
        for n in range(-8, 400, 7)
    ]
    assert shown == sorted(shown)
