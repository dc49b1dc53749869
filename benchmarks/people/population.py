"""Families and their dead: who shares a father, a house and a day with whom."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from benchmarks.people.spelling import Word, families, given

_BEGIN = date(2031, 3, 1)
"""A war that has not been: no day, place or number here is anybody's."""
_DAYS = 500
_PLACES = 120


@dataclass(frozen=True, slots=True)
class Human:
    """Somebody made up. `key` is the truth that links are judged by; `home` is one household killed together or not."""

    key: int
    own: Word
    father: Word
    grandfather: Word
    family: Word
    sex: str
    born: date
    died: date
    place: str
    home: str
    id_number: str


def people(random: Random, count: int) -> list[Human]:
    """Return `count` people in households of one to nine, large families far commoner than small ones.

    Brothers and sisters share father, grandfather and family; the father, where he is among them, is his children's
    second name; one name in twelve of a household comes back among cousins.
    """
    sexes = {sex: _drawn(given(random, sex), 1.1) for sex in ("male", "female")}
    surnames = _drawn(families(random, max(60, min(12_000, count // 12))), 0.8)
    out: list[Human] = []
    homes = 0
    while len(out) < count:
        homes += 1
        family, grandfather = surnames(random), sexes["male"](random)
        for house in range(random.choice((1, 1, 1, 2))):
            father = sexes["male"](random)
            died = _BEGIN + timedelta(days=random.randrange(_DAYS))
            place = f"Place {random.randrange(_PLACES)}"
            eldest = random.randrange(1, 45)
            taken: set[str] = set()
            for child in range(min(9, 1 + int(random.expovariate(0.6)))):
                sex = random.choice(("male", "male", "female"))
                own = sexes[sex](random)
                if own.arabic in taken:
                    continue
                taken.add(own.arabic)
                age = max(0, eldest - child * random.choice((1, 2, 2, 3)))
                together = random.random() < 0.7
                day = died if together else _BEGIN + timedelta(days=random.randrange(_DAYS))
                home = f"{homes}-{house}" if together else f"{homes}-{house}-{child}"
                out.append(_human(random, len(out), own, father, grandfather, family, sex, age, day, place, home))
            if random.random() < 0.3:
                above = sexes["male"](random)
                age = eldest + random.randrange(19, 40)
                home = f"{homes}-{house}"
                out.append(_human(random, len(out), father, grandfather, above, family, "male", age, died, place, home))
    return out[:count]


def _human(
    random: Random, key: int, own: Word, father: Word, grandfather: Word, family: Word, sex: str, age: int, died: date,
    place: str, home: str,
) -> Human:  # fmt: skip
    born = died - timedelta(days=age * 365 + random.randrange(1, 365))
    return Human(key, own, father, grandfather, family, sex, born, died, place, home, id_number(random, valid=True))


class _drawn:  # noqa: N801 - reads as a function
    """Draws a word, the first far more often than the last: weight 1/(place + 3)^steepness."""

    def __init__(self, words: list[Word], steepness: float) -> None:
        self._words = words
        self._weights = list(accumulate(1 / (i + 3) ** steepness for i in range(len(words))))

    def __call__(self, random: Random) -> Word:
        return random.choices(self._words, cum_weights=self._weights)[0]


def id_number(random: Random, *, valid: bool) -> str:
    """Return nine digits whose last is the check digit of the others, or is not.

    Doubled at every second place, digits of each product added up, the sum a multiple of ten.
    """
    first = [random.randrange(10) for _ in range(8)]
    total = sum(sum(divmod(d * (1 + i % 2), 10)) for i, d in enumerate(first))
    check = -total % 10
    if not valid:
        check = (check + random.randrange(1, 10)) % 10
    return "".join(map(str, first)) + str(check)
