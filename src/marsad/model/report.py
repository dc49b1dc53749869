"""What reaches an observatory: bytes, who printed them, and when."""

from dataclasses import dataclass
from datetime import date, datetime

from marsad.model.ids import ReportId, Sha256, content_id


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody whose word or page reaches the observatory under this name.

    `public` says that the name already stands in public, as an outlet's or an organisation's does; a person in the
    network is never public, and whoever he is belongs in the sealed vault of identities, not here.
    """

    name: str
    public: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """These bytes were received: `size` of them, with this SHA-256. They are never altered."""

    sha256: Sha256
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Report:
    """`outlet` printed the bytes `evidence` on the day `published`, and the observatory learned of it at `recorded_at`.

    `published` is None where nobody told: then words such as "Tuesday" cannot be resolved. `address` is where the
    report was found, `lang` an ISO 639-1 code; both may be None. `recorded_at` is a UTC time.
    """

    report_id: ReportId
    evidence: Sha256
    outlet: str
    published: date | None
    lang: str | None
    address: str | None
    recorded_at: datetime

    @staticmethod
    def identity(evidence: Sha256, outlet: str, published: date | None, address: str | None) -> ReportId:
        """Return the id of the report that this outlet made of these bytes.

        The same bytes from two outlets are two reports, one of them a copy. The same bytes from one outlet on one day
        are one report, however often they arrive.
        """
        return ReportId(content_id("report", evidence, outlet, published, address, length=24))


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a report as received, with what is needed to read them: the input of extraction.

    Every span anywhere in marsad counts Python characters of `text`. `kind` is "row" for the row of a table, whose lines
    are cells and no prose; None for words to be read.
    """

    report_id: ReportId
    text: str
    published: date | None = None
    outlet: str | None = None
    lang: str | None = None
    kind: str | None = None
