"""The incident page as a value: everything that is said of it, what each policy makes of that, and who decided what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from marsad.model import Case, Category, Finding, Measure, Origin, OriginKind, Report, ReportId, Role, Step, Toll
from marsad.pipeline.cases import cases
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.views.past_case import past_case
from marsad.publish.disclose import disclose
from marsad.publish.policy import PublicationPolicy, standing_policy
from marsad.publish.public import PublicIncident, PublicText, compose
from marsad.publish.statements import tell
from marsad.text.actors import actors

_FOREVER = datetime(9000, 1, 1, tzinfo=UTC)
_NO_WORD = "\u2e3b\u2e3b\u2e3b"
"""A "sensitive word" that no place has: an empty list of words would fit every name."""
_PERSONS = frozenset({OriginKind.WITNESS, OriginKind.UNNAMED})
_ROLES = {Role.COUNTED: 0, Role.CONTEXT: 1, Role.SUPERSEDED: 2, Role.COPY: 3, Role.REJECTED: 4}


@dataclass(frozen=True, slots=True)
class TollRow:
    """What each policy makes of one measure and category, in the order of the policies; None where it says nothing."""

    measure: str
    category: str
    tolls: tuple[Toll | None, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A claim on the incident page: the finding, its words as decisions name them, and the id of its mark in pictures."""

    finding: Finding
    anchor: str
    mark: str


@dataclass(frozen=True, slots=True)
class Voice:
    """An origin, what it said that is no copy, and what repeats it."""

    origin: Origin
    said: tuple[Said, ...]
    copies: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident, ready to be shown. `drawn` is what pictures are made of; `days` are those on which reports of it came in."""

    case: Case
    policies: tuple[str, ...]
    rows: tuple[TollRow, ...]
    voices: tuple[Voice, ...]
    drawn: PublicIncident | None
    days: tuple[date, ...]
    last_day: date

    @property
    def anchors(self) -> tuple[str, ...]:
        """The words of its claims."""
        return tuple(one.anchor for voice in self.voices for one in (*voice.said, *voice.copies))

    def words_of(self, step: Step, most: int = 5) -> list[Said]:
        """Return the claims that a step of an explanation rests on, one for each origin, up to `most`."""
        by_id = {one.finding.claim.claim_id: one for voice in self.voices for one in (*voice.said, *voice.copies)}
        found: dict[str, Said] = {}
        for claim in step.claims:
            if claim in by_id:
                found.setdefault(by_id[claim].finding.fold.origin.name, by_id[claim])
        return list(found.values())[:most]


def incident_view(
    observatory: Observatory, code: str, known_on: date | None = None, *, names: bool, hidden: Iterable[str] = ()
) -> IncidentView:
    """Return the incident called so, as known now or, by its claims of now, at the end of a past day (UTC).

    `names` says whether whoever looks may read the names of living persons who spoke; else their kind stands for them.
    Raises Wrong where there is no such incident, or nothing was known yet.
    """
    passed = frozenset(hidden)
    case = past_case(observatory, code, known_on, passed) if known_on else next(cases(observatory, None, code))
    if not names:
        case = replace(case, findings=tuple(_without_name(f) for f in case.findings))
    case = replace(case, findings=tuple(f for f in case.findings if f.claim.report_id not in passed))
    reports = _reports(observatory, case.findings)
    drawn, marks = _drawn(case)
    policies = tuple(dict.fromkeys((*observatory.policies, *(toll.policy for toll in case.tolls))))
    days = sorted({report.recorded_at.date() for report in reports.values()})
    last = max((f.published for f in case.findings if f.published), default=days[-1] if days else date(1970, 1, 1))
    return IncidentView(
        case, policies, tuple(_rows(case.tolls, policies)), _voices(case, marks), drawn, tuple(days), last
    )


def _rows(tolls: Sequence[Toll], policies: Sequence[str]) -> list[TollRow]:
    found: dict[tuple[Measure, Category], dict[str, Toll]] = defaultdict(dict)
    for toll in tolls:
        found[toll.measure, toll.category][toll.policy] = toll
    measures, categories = list(Measure), list(Category)
    keys = sorted(found, key=lambda key: (measures.index(key[0]), categories.index(key[1])))
    return [TollRow(m.value, c.value, tuple(found[m, c].get(policy) for policy in policies)) for m, c in keys]


def _voices(case: Case, marks: Mapping[str, str]) -> tuple[Voice, ...]:
    by_origin: dict[Origin, list[Said]] = defaultdict(list)
    for finding in case.findings:
        claim = finding.claim
        anchor = f"{claim.report_id}:{claim.start}-{claim.end}"
        by_origin[finding.fold.origin].append(Said(finding, anchor, marks.get(claim.claim_id, claim.claim_id)))
    voices = [
        Voice(
            origin,
            tuple(sorted((s for s in said if s.finding.role is not Role.COPY), key=lambda s: _ROLES[s.finding.role])),
            tuple(s for s in said if s.finding.role is Role.COPY),
        )
        for origin, said in by_origin.items()
    ]
    return tuple(sorted(voices, key=lambda v: (not any(s.finding.role is Role.COUNTED for s in v.said), v.origin.name)))


def _without_name(finding: Finding) -> Finding:
    """Return the finding with the kind of a living person in place of the name; the report's words are not for them either."""
    if finding.fold.origin.kind not in _PERSONS:
        return finding
    origin = replace(finding.fold.origin, name=finding.fold.origin.kind.value)
    claim = replace(finding.claim, attribution=())
    return replace(
        finding, fold=replace(finding.fold, origin=origin), claim=claim, hands=(), sentence=finding.claim.text
    )


def _drawn(case: Case) -> tuple[PublicIncident | None, dict[str, str]]:
    """Return the incident as the record's pictures take it, with nothing held back, and the id of each claim's mark."""
    policy = _open_policy(case)
    drawn = disclose(case, policy, _FOREVER)
    if not isinstance(drawn, PublicIncident):
        return None, {}
    findings = [f for f in case.findings if f.role is not Role.REJECTED and f.claim.measure is not Measure.POPULATION]
    told = tell(drawn.code, findings, frozenset(), policy)
    names = {ident: name for name, ident in told.of_name.items()}
    origins = tuple(replace(o, name=_text(names[o.id])) if o.id in names else o for o in drawn.origins)
    return replace(drawn, origins=origins), {str(claim): str(mark) for claim, mark in told.of_claim.items()}


def _open_policy(case: Case) -> PublicationPolicy:
    names: dict[str, str | None] = dict.fromkeys(finding.outlet for finding in case.findings)
    names |= dict.fromkeys(finding.fold.origin.name for finding in case.findings)
    names |= dict.fromkeys(n for f in case.findings for n in (f.claim.perpetrator, f.fold.origin.party) if n)
    arabic = {actor.origin.name: actor.name_ar for actor in actors()}
    names |= {name: arabic[name] for name in names if name in arabic}
    terms = {term for f in case.findings if (term := f.claim.weapon)} | {w for w in (case.incident.weapon,) if w}
    return replace(
        standing_policy(names.items(), terms),
        embargo_incident=timedelta(0),
        min_cell_living=0,
        place_steps=(0.0001,) * 7,
        sensitive_words=(_NO_WORD,),
    )


def _text(words: str) -> PublicText:
    return compose(words)


def _reports(observatory: Observatory, findings: Sequence[Finding]) -> dict[str, Report]:
    ids = sorted({ReportId(f.claim.report_id) for f in findings})
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        return {r.report_id: r for r in reading.reports_named(ids)}
