"""A victim as one list records him or her."""

from dataclasses import dataclass
from datetime import date

from marsad.model.when import When


@dataclass(frozen=True, slots=True)
class Person:
    """A source lists this human being among the victims.

    Names are kept as written, one a script. `age` is in years at the time of the incident, `sex` is "female", "male" or
    None where not recorded. `died` is None for somebody not listed as dead. Whether two records are one human being is
    a linkage, never a property of the record. Private: no field of this value has a counterpart in the public models.
    """

    person_id: str
    names: tuple[str, ...]
    sex: str | None
    age: int | None
    born: date | None
    died: When | None

    def __post_init__(self) -> None:
        if not self.names:
            raise ValueError(f"person {self.person_id}: has no name; use 'unknown' as the source writes it")
        if self.age is not None and not 0 <= self.age <= 130:
            raise ValueError(f"person {self.person_id}: age {self.age} is not within 0..130")
        if self.sex not in (None, "female", "male"):
            raise ValueError(f"person {self.person_id}: sex {self.sex!r} is not female, male or None")
