"""A place as large as it is known."""

from dataclasses import dataclass, replace

OWN = "own:"
"""What the id of a place begins with that only the observatory's own list has."""


@dataclass(frozen=True, slots=True)
class Place:
    """The report says it happened here; `words` are how the report writes it.

    `place_id` is the gazetteer's, None where the gazetteer does not know the words: an honest "not found", which keeps
    the words and has no coordinates. `precision` is UCDP's where_prec: 1 the place itself, 2 near it, 3 district,
    4 province, 5 a stretch of land, 6 the country, 7 at sea or in the air; None where the place was not found.
    Latitude and longitude are degrees WGS 84 of the point that stands for the place. `country` is ISO 3166-1 alpha-2.

    Raises ValueError if a found place has no point, or a point lies off the globe. Source: UCDP GED codebook, where_prec.

    >>> Place("Dahyan", None, "Dahyan").found
    False
    """

    words: str
    place_id: str | None
    name: str
    name_ar: str | None = None
    country: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: int | None = None

    def __post_init__(self) -> None:
        if self.place_id is not None and (self.latitude is None or self.longitude is None or self.precision is None):
            raise ValueError(f"place {self.name}: a found place needs a point and a precision")
        if self.latitude is not None and not -90 <= self.latitude <= 90:
            raise ValueError(f"place {self.name}: latitude {self.latitude} is not within -90..90")
        if self.longitude is not None and not -180 <= self.longitude <= 180:
            raise ValueError(f"place {self.name}: longitude {self.longitude} is not within -180..180")
        if self.precision is not None and not 1 <= self.precision <= 7:
            raise ValueError(f"place {self.name}: where_prec {self.precision} is not 1 to 7")

    @property
    def found(self) -> bool:
        """Whether the gazetteer knows the place."""
        return self.place_id is not None

    def said(self, words: str) -> "Place":
        """Return the same place, named by these words of a report.

        >>> Place("Raqa", None, "Raqa").said("Raqqa").words
        'Raqqa'
        """
        return self if words == self.words else replace(self, words=words)

    @property
    def own(self) -> bool:
        """Whether only the observatory's own list has the place: its name is then the team's words, not the public's."""
        return self.place_id is not None and self.place_id.startswith(OWN)
