"""One thing that a channel brought, and whether it is done with."""

from dataclasses import dataclass

from marsad.collect.incoming import Found


@dataclass(frozen=True, slots=True)
class Arrival:
    """`item` of a channel brought `found`, None where there is nothing to say; `settled`: it need not be asked for again."""

    item: str
    found: Found | None
    settled: bool = True
