"""A victim as one list records him or her."""

from dataclasses import dataclass
from datetime import date

from marsad.model.identifier import Identifier


@dataclass(frozen=True, slots=True)
class VictimRecord:
    """The list `list_name` records, under `record_id`, this human being among the victims.

    Names are kept as written, the first the fullest, further ones in other scripts or by which the person was also
    called; `parts` is the first one's own, father's, grandfather's and family's name where the list has columns for them,
    else None. `age` is in years at death, `sex` is "female", "male" or None where not recorded, `died` a day or None.
    `family` and `incident` group records of this list only. Whether two records are one human being is a linkage, never
    a property of the record. Private: no field of this value has a counterpart in the public models.

    >>> VictimRecord("17", "ministry", ("منى سالم كفر",), age=31).sex is None
    True
    """

    record_id: str
    list_name: str
    names: tuple[str, ...]
    parts: tuple[str | None, str | None, str | None, str | None] | None = None
    sex: str | None = None
    age: int | None = None
    born: date | None = None
    died: date | None = None
    place: str | None = None
    ids: tuple[Identifier, ...] = ()
    family: str | None = None
    incident: str | None = None

    def __post_init__(self) -> None:
        subject = f"record {self.record_id} of {self.list_name}"
        if not self.names:
            raise ValueError(f"{subject}: has no name; use 'unknown' as the source writes it")
        if self.age is not None and not 0 <= self.age <= 130:
            raise ValueError(f"{subject}: age {self.age} is not within 0..130")
        if self.sex not in (None, "female", "male"):
            raise ValueError(f"{subject}: sex {self.sex!r} is not female, male or None")
