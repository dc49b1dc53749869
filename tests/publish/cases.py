"""Cases built by hand: one that many speak of, one whose place nobody knows, one in a province, one too recent."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from marsad.model import (
    Bound,
    Case,
    Category,
    Claim,
    ClaimId,
    Count,
    Finding,
    Fold,
    Grade,
    Group,
    Incident,
    IncidentId,
    Measure,
    Modality,
    Origin,
    OriginKind,
    Place,
    ReportId,
    Role,
    Scope,
    Standing,
    Status,
    Step,
    Toll,
    When,
    content_id,
)
from marsad.publish.policy import PublicationPolicy, standing_policy

NOW = datetime(2014, 12, 2, 9, tzinfo=UTC)

SOHR = Origin("Syrian Observatory for Human Rights", OriginKind.MONITOR)
SNHR = Origin("Syrian Network for Human Rights", OriginKind.MONITOR)
LCC = Origin("Local Coordination Committees", OriginKind.ACTIVISTS)
RBSS = Origin("Raqqa is Being Slaughtered Silently", OriginKind.ACTIVISTS)
ENAB = Origin("Enab Baladi", OriginKind.MEDIA)
WITNESS = Origin("Abu Salim al-Warraq", OriginKind.WITNESS)
NURSE = Origin("Nurse Hala Q.", OriginKind.MEDICAL)
STATE = Origin("Government of Syria", OriginKind.PARTY, "Government of Syria")

NAMES: dict[str, str | None] = {
    "Syrian Observatory for Human Rights": "المرصد السوري لحقوق الإنسان",
    "Syrian Network for Human Rights": "الشبكة السورية لحقوق الإنسان",
    "Local Coordination Committees": "لجان التنسيق المحلية",
    "Raqqa is Being Slaughtered Silently": "الرقة تذبح بصمت",
    "Enab Baladi": "عنب بلدي",
    "Government of Syria": "الحكومة السورية",
    "SANA": "سانا",
    **dict.fromkeys(["AFP", "Reuters", "Naharnet", "BBC News", "Al Jazeera", "The Guardian", "Radio Rozana"]),
}

RAQQA = Place("Raqa", "gn:172955", "Raqqa", "الرقة", "SY", "Ar Raqqah", 35.95283, 39.00788, 1)
PROVINCE = Place("Idlib province", "gn:169387", "Idlib", "إدلب", "SY", "Idlib", 35.9312, 36.6418, 4)
DAY = When(date(2014, 11, 25), date(2014, 11, 25), 1, "Tuesday")


def policy(names: dict[str, str | None] | None = None) -> PublicationPolicy:
    """Return the standing policy, knowing the public names of these cases."""
    return standing_policy((NAMES if names is None else names).items(), ["air strike", "barrel bomb"])


@dataclass(frozen=True)
class Said:
    """Shorthand for a finding: what is not given is what most findings have."""

    origin: Origin
    outlet: str
    day: int
    words: str
    bound: Bound = Bound.EXACT
    value: int | None = None
    low: int | None = None
    high: int | None = None
    measure: Measure = Measure.KILLED
    status: Status = Status.UNKNOWN
    group: Group | None = None
    role: Role = Role.COUNTED
    modality: Modality = Modality.ASSERTED
    scope: Scope = Scope.INCIDENT
    part: bool = False
    derived: bool = False
    address: str | None = ""
    sentence: str | None = None
    report: str | None = None
    place: Place | None = RAQQA
    perpetrator: str | None = "Government of Syria"
    weapon: str | None = "air strike"
    published: date | None = None

    def finding(self) -> Finding:
        """Return the finding."""
        report = ReportId(content_id(self.report or f"{self.outlet} {self.day}", length=24))
        low = self.value if self.low is None and self.bound is not Bound.AT_MOST else self.low
        high = (
            self.value if self.high is None and self.bound in (Bound.EXACT, Bound.AT_MOST, Bound.ABOUT) else self.high
        )
        sentence = self.sentence or f"In its account of that day, {self.words} are counted in the city."
        start = len(self.words) + 3
        claim = Claim(
            claim_id=Claim.identity(report, start, start + len(self.words), self.measure),
            report_id=report,
            start=start,
            end=start + len(self.words),
            text=self.words,
            measure=self.measure,
            value=self.value,
            low=low,
            high=high,
            bound=self.bound,
            status=self.status,
            group=self.group,
            attribution=(self.origin.name,),
            occurred=DAY,
            place=self.place,
            perpetrator=self.perpetrator,
            weapon=self.weapon,
            scope=self.scope,
            modality=self.modality,
            subset_of=ClaimId("whole") if self.part else None,
            same_as=None,
            derived=self.derived,
            rule="by-hand",
            score=0.9,
        )
        fold = Fold(claim.claim_id, self.origin, "by-hand", None, self.role is Role.COPY)
        slug = self.outlet.lower().replace(" ", "-")
        address = f"https://{slug}.example/2014/11/{self.day}" if self.address == "" else self.address
        published = self.published or date(2014, 11, self.day)
        return Finding(claim, fold, self.role, "by-hand", self.outlet, published, address, sentence)


def _copy(outlet: str, words: str = "95 people", value: int = 95, bound: Bound = Bound.EXACT) -> Said:
    return Said(SOHR, outlet, 26, words, bound, value, role=Role.COPY)


RAQQA_SAID = [
    Said(LCC, "Local Coordination Committees", 25, "at least 63 people", Bound.AT_LEAST, 63),
    Said(SOHR, "Syrian Observatory for Human Rights", 25, "60 dead", Bound.AT_LEAST, 60, role=Role.SUPERSEDED),
    Said(WITNESS, "voice message 41", 25, "dozens of bodies", Bound.VAGUE, None, 24, 99, address=None),
    Said(
        STATE,
        "SANA",
        25,
        "no civilian was hit",
        Bound.NONE,
        0,
        0,
        0,
        status=Status.CIVILIAN,
        modality=Modality.DENIED,
        role=Role.CONTEXT,
    ),
    Said(SOHR, "Syrian Observatory for Human Rights", 26, "95 people", value=95),
    Said(
        SOHR,
        "Syrian Observatory for Human Rights",
        26,
        "more than half of them civilians",
        Bound.FRACTION,
        None,
        48,
        95,
        status=Status.CIVILIAN,
        part=True,
        derived=True,
    ),
    Said(
        SOHR,
        "Syrian Observatory for Human Rights",
        26,
        "how many fighters died is unknown",
        Bound.UNKNOWN,
        status=Status.COMBATANT,
        part=True,
    ),
    _copy("AFP"),
    _copy("Reuters"),
    _copy("Naharnet", "at least 95 people", 95, Bound.AT_LEAST),
    _copy("BBC News"),
    _copy("The Guardian", "nearly 100 people", 100, Bound.ABOUT),
    Said(
        SOHR,
        "AFP",
        26,
        "over 195,000 lives",
        Bound.MORE_THAN,
        195000,
        195001,
        scope=Scope.CUMULATIVE,
        role=Role.CONTEXT,
    ),
    Said(RBSS, "Al Jazeera", 26, "135 killed", value=135, modality=Modality.RETRACTED, role=Role.CONTEXT),
    Said(RBSS, "Raqqa is Being Slaughtered Silently", 27, "209 or more were killed", Bound.AT_LEAST, 209),
    Said(
        SNHR,
        "Syrian Network for Human Rights",
        27,
        "over 300 killed and wounded",
        Bound.MORE_THAN,
        300,
        301,
        measure=Measure.KILLED_OR_INJURED,
    ),
    Said(SNHR, "Syrian Network for Human Rights", 27, "between 110 and 140 killed", Bound.RANGE, None, 110, 140),
    Said(ENAB, "Enab Baladi", 30, "about 120 civilians", Bound.ABOUT, 120, status=Status.CIVILIAN),
    Said(ENAB, "Enab Baladi", 30, "13 children", value=13, status=Status.CIVILIAN, group=Group.CHILDREN, part=True),
    Said(ENAB, "Enab Baladi", 30, "more than 80 wounded", Bound.MORE_THAN, 80, 81, measure=Measure.INJURED),
    Said(NURSE, "voice message 44", 26, "3 detained relatives", value=3, measure=Measure.DETAINED, address=None),
]


toll = partial(Toll, IncidentId("x"))
"""A toll of the incident that is being built."""


def _why(findings: list[Finding], low: int, high: int | None, best: int | None = None) -> Step:
    """Return an explanation in the words of the catalogue "why"."""
    counted = [f for f in findings if f.role is Role.COUNTED and f.claim.measure is Measure.KILLED]
    ids = tuple(f.claim.claim_id for f in counted)
    last = counted[-1].fold.origin.name
    ends = (
        Step("ucdp.low", {"n": low, "origin": counted[0].fold.origin.name}, ids[:1]),
        Step("ucdp.high", {"n": high, "origin": last}, ids[-1:]),
    )
    return Step("ucdp.range", {"low": low, "best": best, "high": high, "origins": len(ids)}, (), ends)


def raqqa() -> Case:
    """Return the incident that fourteen reports of eight origins speak of."""
    findings = [said.finding() for said in RAQQA_SAID]
    k, total, civ, fighters = Measure.KILLED, Category.TOTAL, Category.CIVILIANS, Category.COMBATANTS

    def why(low: int, high: int | None, best: int | None = None) -> Step:
        return _why(findings, low, high, best)

    tolls = (
        toll("airwars", k, total, Count(63, None, 209), Standing.STATED, 5, why(63, 209)),
        toll("airwars", k, civ, Count(48, None, 120), Standing.STATED, 2, why(48, 120)),
        toll("airwars", k, fighters, Count(0, None, 161), Standing.STATED_UNKNOWN, 1, why(0, 161)),
        toll("airwars", k, Category.CHILDREN, Count(13, None, 13), Standing.STATED, 1, why(13, 13)),
        toll("airwars", Measure.INJURED, total, Count(81, None, None), Standing.STATED, 1, why(81, None)),
        toll("ucdp", k, total, Count(63, 95, 209), Standing.STATED, 5, why(63, 209, 95)),
        toll("ucdp", k, civ, Count(48, 95, 120), Standing.STATED, 2, why(48, 120, 95)),
        toll("ucdp", k, fighters, Count(0, None, 161), Standing.STATED_UNKNOWN, 1, why(0, 161)),
        toll("ucdp", Measure.DETAINED, total, Count(3, 3, 3), Standing.STATED, 1, why(3, 3)),
    )
    incident = Incident(IncidentId("i1"), "RAQQA-2014-11-25", RAQQA, DAY, "Government of Syria", "air strike")
    return Case(
        incident,
        tuple(findings),
        tolls,
        Grade.FAIR,
        6,
        Step("grade.fair", {"n": 2, "origins": f"{SOHR.name}, {WITNESS.name}"}),
    )


def nowhere() -> Case:
    """Return an incident whose place no gazetteer knows, told by one public report."""
    place = Place("Tell Qarra", None, "Tell Qarra")
    said = Said(
        ENAB, "Enab Baladi", 28, "4 shepherds", value=4, place=place, status=Status.CIVILIAN, weapon="barrel bomb"
    )
    finding = said.finding()
    why = Step("ucdp.only", {"n": 4, "origin": ENAB.name}, (finding.claim.claim_id,))
    tolls = tuple(
        toll(which, Measure.KILLED, category, Count(4, best, 4), Standing.STATED, 1, why)
        for which, best in (("airwars", None), ("ucdp", 4))
        for category in (Category.TOTAL, Category.CIVILIANS)
    )
    when = When(date(2014, 11, 26), date(2014, 11, 28), 2)
    incident = Incident(IncidentId("i2"), "TELL-QARRA-2014-11-26", place, when, "Government of Syria", "barrel bomb")
    return Case(incident, (finding,), tolls, Grade.WEAK, 1, Step("grade.weak", {"origin": ENAB.name}))


def fighters() -> Case:
    """Return an incident in a province, of whose dead it is stated that nobody knows how many fought."""
    said = [
        Said(SOHR, "Syrian Observatory for Human Rights", 20, "11 men", value=11, place=PROVINCE, perpetrator=None),
        Said(
            SOHR,
            "Syrian Observatory for Human Rights",
            20,
            "it is not known how many were fighters",
            Bound.UNKNOWN,
            status=Status.COMBATANT,
            part=True,
            place=PROVINCE,
            perpetrator=None,
        ),
        Said(SOHR, "Radio Rozana", 21, "11 men", value=11, role=Role.COPY, place=PROVINCE, perpetrator=None),
    ]
    findings = [one.finding() for one in said]
    why = Step("ucdp.only", {"n": 11, "origin": SOHR.name}, (findings[0].claim.claim_id,))
    unknown = Step("arithmetic.no-more-than-rest", {"total": 11, "high": 11}, (findings[1].claim.claim_id,))
    tolls = tuple(
        one
        for which, best in (("airwars", None), ("ucdp", 11))
        for one in (
            toll(which, Measure.KILLED, Category.TOTAL, Count(11, best, 11), Standing.STATED, 1, why),
            toll(which, Measure.KILLED, Category.COMBATANTS, Count(0, None, 11), Standing.STATED_UNKNOWN, 1, unknown),
        )
    )
    when = When(date(2014, 11, 20), date(2014, 11, 20), 1)
    incident = Incident(IncidentId("i3"), "IDLIB-2014-11-20", PROVINCE, when, None, "air strike")
    return Case(incident, tuple(findings), tolls, Grade.WEAK, 1, Step("grade.weak", {"origin": ENAB.name}))


def too_recent() -> Case:
    """Return an incident of the day before NOW."""
    said = Said(SOHR, "Reuters", 30, "6 people", value=6, published=date(2014, 12, 1))
    finding = said.finding()
    why = Step("ucdp.only", {"n": 6, "origin": SOHR.name}, (finding.claim.claim_id,))
    one = toll("ucdp", Measure.KILLED, Category.TOTAL, Count(6, 6, 6), Standing.STATED, 1, why)
    when = When(date(2014, 12, 1), date(2014, 12, 1), 1)
    incident = Incident(IncidentId("i4"), "RAQQA-2014-12-01", RAQQA, when, None, None)
    return Case(incident, (finding,), (one,), Grade.WEAK, 1, Step("grade.weak", {"origin": ENAB.name}))


def every() -> list[Case]:
    """Return all four."""
    return [raqqa(), nowhere(), fighters(), too_recent()]
