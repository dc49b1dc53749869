"""Releases of as many incidents as asked for, of every shape that the public models allow; the same for the same number."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import TypeVar

from marsad.publish.public import (
    SCHEMA,
    PublicBound,
    PublicCategory,
    PublicFigure,
    PublicGrade,
    PublicIncident,
    PublicKind,
    PublicMeasure,
    PublicModality,
    PublicOrigin,
    PublicPlace,
    PublicRelease,
    PublicRole,
    PublicRules,
    PublicScope,
    PublicStanding,
    PublicStatement,
    PublicStatus,
    PublicStep,
    PublicText,
    compose,
)

PLACES = [
    ("Raqqa", "الرقة", "SY", "Ar Raqqah", 35.95, 39.01, 1),
    ("Idlib", "إدلب", "SY", "Idlib", 36.0, 36.5, 4),
    ("Kharkiv", None, "UA", "Kharkiv Oblast", 49.98, 36.25, 1),
    ("Gaza", "غزة", "PS", "Gaza Strip", 31.5, 34.47, 2),
    ("El Fasher", "الفاشر", "SD", "North Darfur", 13.63, 25.35, 1),
    ("Sana'a", "صنعاء", "YE", None, 15.35, 44.21, 3),
    ("Cali", None, "CO", "Valle del Cauca", 3.45, -76.53, 5),
    ("Goma", None, "CD", "Nord-Kivu", -1.68, 29.22, 1),
    ("Syria", "سوريا", "SY", None, 35.0, 38.0, 6),
]
PARTIES = [
    "Government of Syria",
    "Government of Russia",
    "Islamic State",
    "Rapid Support Forces",
    "Group 7",
    "Government of Israel",
    None,
    None,
]
WEAPONS = ["air strike", "shelling", "gunfire", "car bomb", "chemical", "suicide bomb", None, "explosion", "a catapult"]
POLICIES = ("airwars", "ucdp")

One = TypeVar("One")


class Dice:
    """Numbers that look thrown and are the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self._seed, self._n = seed, 0

    def below(self, n: int) -> int:
        """Return a number from 0 to n - 1."""
        self._n += 1
        return int.from_bytes(sha256(f"{self._seed} {self._n}".encode()).digest()[:6]) % n

    def one(self, of: Sequence[One]) -> One:
        """Return one of these."""
        return of[self.below(len(of))]

    def maybe(self, of: int) -> bool:
        """Return True once in so many times."""
        return self.below(of) == 0


def many(n: int, policies: Sequence[str] = POLICIES, seed: str = "many") -> PublicRelease:
    """Return a release of n incidents."""
    return PublicRelease(
        schema=SCHEMA,
        number=1,
        observatory=compose("marsad"),
        as_known_on=date(2016, 1, 1),
        published=date(2016, 1, 2),
        policy=compose("1 (test)"),
        software=compose("0"),
        rules=PublicRules(24, 72, 5, 5, 1000, 300),
        methods=(),
        settings=(),
        earlier=(),
        untold=0,
        incidents=tuple(incident(k, policies, seed) for k in range(n)),
        withheld=(),
        reviews=(),
        history=(),
    )


def incident(k: int, policies: Sequence[str], seed: str = "many") -> PublicIncident:
    """Return the k-th incident."""
    dice = Dice(f"{seed} {k}")
    first = date(2014, 1, 1) + timedelta(days=dice.below(700))
    precision = dice.one([1, 1, 1, 1, 2, 3, 4, 5])
    last = first + timedelta(days={1: 0, 2: 1 + dice.below(5), 3: 6, 4: 8 + dice.below(20), 5: 200}[precision])
    dated = not dice.maybe(30)
    figures = tuple(_figures(dice, policies))
    origins = tuple(_origin(dice, j) for j in range(1 + dice.below(3)))
    statements = tuple(_statement(dice, k, j, origins) for j in range(1 + dice.below(4)))
    return PublicIncident(
        code=compose(f"T{k:06d}-{first:%Y-%m-%d}"),
        occurred_from=first if dated else None,
        occurred_to=last if dated else None,
        occurred_precision=precision if dated else None,
        place=_place(dice),
        perpetrator=_text(dice.one(PARTIES)),
        perpetrator_ar=None,
        weapon=_text(dice.one(WEAPONS)),
        grade=dice.one(list(PublicGrade)),
        why_grade=PublicStep(compose("grade.weak"), (), (), ()),
        origin_count=len(origins),
        refused=0,
        origins=origins,
        statements=statements,
        figures=figures,
        first_told=1,
        since=1,
    )


def _text(words: str | None) -> PublicText | None:
    return None if words is None else compose(words)


def _place(dice: Dice) -> PublicPlace | None:
    if dice.maybe(25):
        return None
    name, arabic, country, admin1, latitude, longitude, precision = dice.one(PLACES)
    if dice.maybe(20):
        return PublicPlace(None, None, compose(country), _text(admin1), latitude, longitude, 4, None, True)
    if dice.maybe(20):
        return PublicPlace(compose(f"=Tell {name}"), None, compose(country), None, None, None, None, None, False)
    return PublicPlace(
        compose(name), _text(arabic), compose(country), _text(admin1), latitude, longitude, precision, None, False
    )


def _figures(dice: Dice, policies: Sequence[str]) -> Iterator[PublicFigure]:
    low = dice.one([0, 1, 1, 2, 5, 9, 40])
    high = None if dice.maybe(8) else low + dice.one([0, 0, 1, 7, 60])
    best = dice.one([low, low if high is None else high])
    civilians = dice.below(low + 1)
    hurt = dice.below(90)
    for policy in policies:
        chosen = None if policy in ("airwars", "ibc") else best
        if policy == "acled":
            yield _figure(policy, "killed", "total", low, low, low)
            continue
        if not dice.maybe(12):
            yield _figure(policy, "killed", "total", low, chosen, high)
            if not dice.maybe(3):
                point = dice.maybe(2)
                top = civilians if point else high
                yield _figure(
                    policy, "killed", "civilians", civilians, civilians if point and chosen is not None else None, top
                )
            if dice.maybe(3):
                stated = PublicStanding.STATED if dice.maybe(2) else PublicStanding.DERIVED
                top = None if high is None else high - civilians
                yield _figure(policy, "killed", "combatants", 0, None, top, stated)
            if dice.maybe(4):
                kids = min(civilians, 3)
                yield _figure(policy, "killed", "children", kids, None, kids)
        if dice.maybe(2) and hurt >= 5:
            yield _figure(policy, "injured", "total", hurt, None if chosen is None else hurt, hurt + dice.below(9))
        if dice.maybe(30):
            yield PublicFigure(
                compose(policy),
                PublicMeasure.DETAINED,
                PublicCategory.TOTAL,
                None,
                None,
                None,
                PublicStanding.STATED,
                1,
                True,
                None,
            )


def _figure(
    policy: str,
    measure: str,
    category: str,
    low: int,
    best: int | None,
    high: int | None,
    standing: PublicStanding = PublicStanding.STATED,
) -> PublicFigure:
    return PublicFigure(
        compose(policy), PublicMeasure(measure), PublicCategory(category), low, best, high, standing, 1, False, None
    )


def _origin(dice: Dice, j: int) -> PublicOrigin:
    named = not dice.maybe(3)
    return PublicOrigin(
        compose(f"o{j}"),
        _text(dice.one(["Monitor A", "Hospital; East", "@handle"])) if named else None,
        None,
        dice.one(list(PublicKind)),
        None,
    )


def _statement(dice: Dice, k: int, j: int, origins: Sequence[PublicOrigin]) -> PublicStatement:
    n = dice.below(100)
    public = not dice.maybe(3)
    return PublicStatement(
        id=compose(f"s{j}"),
        origin=dice.one(origins).id,
        outlet=_text(dice.one(["Radio Raqqa", "The Harbour Daily", "-Dash-"])) if public else None,
        published=date(2016, 1, 1) if not dice.maybe(9) else None,
        address=compose(f"https://radio.example/{k}/{j}") if public else None,
        measure=PublicMeasure.KILLED,
        category=PublicCategory.TOTAL,
        status=PublicStatus.UNKNOWN,
        value=n,
        low=n,
        high=n,
        bound=PublicBound.EXACT,
        modality=PublicModality.ASSERTED,
        scope=dice.one([PublicScope.INCIDENT] * 5 + [PublicScope.AGGREGATE]),
        role=dice.one([PublicRole.COUNTED, PublicRole.COUNTED, PublicRole.COPY, PublicRole.CONTEXT]),
        part=False,
        derived=False,
        suppressed=False,
        words=compose(f"{n} people") if public else None,
        quotation=None,
        evidence=compose(f"{k * 10 + j:064x}") if public else None,
    )
