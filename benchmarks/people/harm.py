"""How a list writes a person down: each kind of harm to a name or a number is one function.

The kinds are those seen in lists of victims (copied from PDF, retyped, gathered by neighbours); the rates of `LIST` and
`REPORT` make the Arabic string of two lists equal for two people in three, as it is between editions of large lists.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from benchmarks.people.population import Human, id_number
from benchmarks.people.spelling import STYLES, Style, Word, romanise


@dataclass(frozen=True, slots=True)
class Written:
    """One row as a list has it: words of the name in Arabic, and the other columns; None is not written."""

    human: Human
    words: tuple[str, ...]
    shown: tuple[Word, ...]
    sex: str | None
    age: int | None
    born: date | None
    died: date | None
    place: str | None
    incident: str | None
    id_number: str | None
    glue: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)


def clean(human: Human) -> Written:
    """Return the row of somebody who was written down without a mistake."""
    shown = (human.own, human.father, human.grandfather, human.family)
    age = (human.died - human.born).days // 365
    return Written(
        human, tuple(w.arabic for w in shown), shown, human.sex, age, human.born, human.died, human.place, human.home,
        human.id_number,
    )  # fmt: skip


def _words(row: Written, change: Callable[[str], str]) -> Written:
    return replace(row, words=tuple(change(w) for w in row.words))


def _without(row: Written, *places: int) -> Written:
    keep = [i for i in range(len(row.words)) if i not in places]
    return replace(row, words=tuple(row.words[i] for i in keep), shown=tuple(row.shown[i] for i in keep))


def hamza(row: Written, random: Random) -> Written:
    """Seats of hamza, alef maqsura and ta marbuta exchanged."""
    swaps = str.maketrans(random.choice(({"أ": "ا", "إ": "ا", "آ": "ا"}, {"ة": "ه", "ى": "ي"}, {"ي": "ى", "ه": "ة"})))
    return _words(row, lambda w: w[:-1].translate(swaps) + w[-1].translate(swaps) if w else w)


def decomposed(row: Written, random: Random) -> Written:
    """Hamza as a mark of its own, and a tatweel."""
    return _words(
        row, lambda w: w.replace("أ", "ا\u0654").replace("ؤ", "و\u0654").replace("م", "مـ", random.choice((0, 1)))
    )


def particles(row: Written, random: Random) -> Written:
    """عبد الله as عبدالله, ابو ماضي as ابوماضي, and the article dropped or added to a family."""
    glued = _words(row, lambda w: w.replace("عبد ال", "عبدال").replace("أبو ", random.choice(("ابو", "أبو", "ابو "))))
    if random.random() < 0.3 and len(glued.words) > 1:
        last = glued.words[-1]
        bare = (
            last[2:]
            if last.startswith("ال")
            else last
            if " " in last or last.startswith(("أبو", "ابو"))
            else "ال" + last
        )
        glued = replace(glued, words=(*glued.words[:-1], bare))
    return glued


def pdf(row: Written, random: Random) -> Written:
    """Lam-alef and الله written backwards, a last letter lost, a letter parted or doubled as a word of its own."""
    kind = random.randrange(4)
    if kind == 0:
        return _words(row, lambda w: w.replace("الله", "هللا").replace("لا", "ال") if "لا" in w or "الله" in w else w)
    at = random.randrange(len(row.words))
    word = row.words[at]
    if kind == 1 and word[-2:] in ("ير", "ين") and len(word) > 3:
        word = word[:-1]
    elif kind == 2 and len(word) > 3 and " " not in word:
        word = f"{word[:-1]} {word[-1]}"
    elif kind == 3 and word[-1] in "يىنسش":
        word = f"{word} {word[-1]}"
    return replace(row, words=(*row.words[:at], word, *row.words[at + 1 :]))


def typo(row: Written, random: Random) -> Written:
    """One letter of one part wrong, missing or twice."""
    at = random.choice((0, 1, 2, 3, 3)) % len(row.words)
    word = row.words[at]
    if len(word) < 3:
        return row
    i = random.randrange(1, len(word))
    near = dict(pair for pair in zip("صسطتضدذقحخرزبنفعغجيو", "سصتطظذدكخحزرتبقغعحبر", strict=True)) | {"ا": ""}
    word = random.choice(
        (word[:i] + near.get(word[i], "") + word[i + 1 :], word[:i] + word[i + 1 :], word[:i] + word[i] + word[i:])
    )
    return replace(row, words=(*row.words[:at], word, *row.words[at + 1 :]))


def one_forefather(row: Written, random: Random) -> Written:
    """The grandfather is missing, or one time in three the father."""
    return _without(row, random.choice((2, 2, 1))) if len(row.words) == 4 else row


def no_forefathers(row: Written, _random: Random) -> Written:
    """Own and family name only."""
    return _without(row, 1, 2) if len(row.words) == 4 else row


def family_gone(row: Written, _random: Random) -> Written:
    """The family's name is missing: own, father, grandfather."""
    return _without(row, 3) if len(row.words) == 4 else row


def own_dropped(row: Written, _random: Random) -> Written:
    """A child's own name is left out, so that the father's stands first."""
    return _without(row, 0) if len(row.words) == 4 else row


def family_swapped(row: Written, random: Random) -> Written:
    """Another family name: a clan's, a household's or a husband's."""
    at = random.randrange(3)
    other = Word(*_OTHER[at]) if at < 3 else row.shown[-1]
    return replace(row, words=(*row.words[:-1], other.arabic), shown=(*row.shown[:-1], other))


_OTHER = (("أبو سرحة", ("Abu Sarha",)), ("الكفراوي", ("Al-Kafrawi",)), ("زعتورة", ("Zaatoura",)))


def kunya(row: Written, random: Random) -> Written:
    """Called after a child: أم or أبو, a name, the family's."""
    child = random.choice((row.shown[0], row.human.father)) if row.sex == "male" else row.human.grandfather
    head = ("أبو", "Abu") if row.sex == "male" else ("أم", "Umm")
    called = Word(
        f"{head[0]} {child.arabic}", tuple(f"{head[1]} {s}" for s in child.latin), child.sound and f"+{child.sound}"
    )
    return replace(row, words=(called.arabic, row.words[-1]), shown=(called, row.shown[-1]))


def swapped(row: Written, _random: Random) -> Written:
    """The family's name first, the own name last."""
    if len(row.words) < 2:
        return row
    words, shown = row.words, row.shown
    return replace(row, words=(words[-1], *words[1:-1], words[0]), shown=(shown[-1], *shown[1:-1], shown[0]))


def glued(row: Written, _random: Random) -> Written:
    """The last two parts, or the first two, without a space between."""
    if len(row.words) < 2 or any(" " in w for w in row.words[:2]):
        return row
    return replace(row, words=(row.words[0] + row.words[1], *row.words[2:]), glue=True)


def age_drift(row: Written, random: Random) -> Written:
    """Age a year or two off, five now and then; the day of birth gone or given as 1 January."""
    if row.age is None:
        return row
    off = random.choice((-1, 1, 1, -1, 2, -2, 5, -5))
    born = random.choice((None, date(row.born.year, 1, 1))) if row.born else None
    return replace(row, age=max(0, row.age + off), born=born)


def birth_confused(row: Written, random: Random) -> Written:
    """Day and month exchanged, a year or a digit off, or a list's placeholder."""
    born = row.born
    if born is None:
        return row
    kind = random.randrange(4)
    if kind == 0 and born.day <= 12:
        born = date(born.year, born.day, born.month)
    elif kind == 1:
        born = born + timedelta(days=random.choice((-1, 1, 10, -10)))
    elif kind == 2:
        born = date(born.year + random.choice((-1, 1)), born.month, min(born.day, 28))
    else:
        born = random.choice((date(1990, 1, 1), date(2000, 1, 1)))
    return replace(row, born=born, age=None if kind == 3 else row.age)


def bare(row: Written, random: Random) -> Written:
    """No age, no day of birth, no id."""
    return replace(row, age=random.choice((None, 0)), born=None, id_number=None)


def sex_wrong(row: Written, random: Random) -> Written:
    """The other sex, or none."""
    return replace(row, sex=None if random.random() < 0.5 else "male" if row.sex == "female" else "female")


def temporary_id(row: Written, random: Random) -> Written:
    """A hospital's number in place of the id: few of them, so that different people share one."""
    return replace(row, id_number=f"8040{random.randrange(400):05d}")


def age_wrong(row: Written, random: Random) -> Written:
    """Another age altogether, and no day of birth."""
    return replace(row, age=random.randrange(1, 90), born=None)


def id_wrong(row: Written, random: Random) -> Written:
    """One digit of the id wrong, or somebody else's id."""
    number = row.id_number
    if number is None or random.random() < 0.4:
        return replace(row, id_number=id_number(random, valid=True))
    at = random.randrange(9)
    return replace(
        row, id_number=number[:at] + str((int(number[at]) + random.randrange(1, 10)) % 10) + number[at + 1 :]
    )


def death_moved(row: Written, random: Random) -> Written:
    """The day of death a day or two off (as reported, or as buried), a week now and then, or not known."""
    off = random.choice((-1, 1, 1, 2, 3, 7, 30, None))
    return replace(row, died=None if off is None or row.died is None else row.died + timedelta(days=off))


def place_other(row: Written, random: Random) -> Written:
    """Another place: where the hospital was, where the family came from; or none."""
    return replace(row, place=random.choice((None, f"Place {random.randrange(120)}")))


KINDS: Mapping[str, Callable[[Written, Random], Written]] = {
    k.__name__: k
    for k in (
        hamza, decomposed, particles, pdf, typo, one_forefather, no_forefathers, family_gone, own_dropped,
        family_swapped, kunya, swapped, glued, age_drift, birth_confused, bare, sex_wrong, temporary_id,
        age_wrong, id_wrong, death_moved, place_other,
    )
}  # fmt: skip

LIST = {
    "hamza": 0.1, "particles": 0.12, "pdf": 0.08, "typo": 0.04, "one_forefather": 0.05, "no_forefathers": 0.006,
    "family_swapped": 0.008, "own_dropped": 0.002, "swapped": 0.002,
    "glued": 0.004, "age_drift": 0.06, "birth_confused": 0.06, "bare": 0.04,
    "sex_wrong": 0.007, "temporary_id": 0.07, "decomposed": 0.05,
    "age_wrong": 0.008, "id_wrong": 0.012, "death_moved": 0.2, "place_other": 0.2,
}  # fmt: skip
"""How often each happens in an official list."""

REPORT = {
    "hamza": 0.25, "particles": 0.2, "typo": 0.1, "one_forefather": 0.28, "no_forefathers": 0.18, "family_gone": 0.01,
    "family_swapped": 0.03, "own_dropped": 0.01, "kunya": 0.01, "swapped": 0.008,
    "glued": 0.02, "age_drift": 0.3, "bare": 0.15, "sex_wrong": 0.02,
    "age_wrong": 0.012, "death_moved": 0.3, "place_other": 0.3,
}  # fmt: skip
"""How often in what neighbours, journalists and recorders write down."""


def harmed(human: Human, rates: Mapping[str, float], random: Random) -> Written:
    """Return the person's row, each kind of harm having struck with its rate."""
    row = clean(human)
    for kind, rate in rates.items():
        if random.random() < rate:
            row = KINDS[kind](row, random)
    return row


def record(
    row: Written, name: str, random: Random, *, style: int | None = None, births: bool = True, ids: bool = True,
    incidents: bool = False,
) -> dict[str, object]:  # fmt: skip
    """Return the row as the columns of a file; with a style the name is in Latin letters, else in Arabic."""
    if style is None:
        written = " ".join(row.words)
    else:
        parts = [romanise(word, STYLES[style], random) for word in row.shown]
        written = "".join(parts[:2]) + " " + " ".join(parts[2:]) if row.glue else " ".join(parts)
    return {
        "record_id": name,
        "name": written.strip(),
        "sex": row.sex,
        "age": row.age,
        "born": row.born.isoformat() if births and row.born else None,
        "died": row.died.isoformat() if incidents and row.died else None,
        "place": row.place if incidents else None,
        "incident": row.incident if incidents else None,
        "id_number": row.id_number if ids else None,
    }


__all__ = ["KINDS", "LIST", "REPORT", "STYLES", "Style", "Written", "clean", "harmed", "id_number", "record"]
