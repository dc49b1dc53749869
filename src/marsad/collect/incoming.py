"""A report on its way in: its bytes, checked to be a text, and its particulars, checked to be possible."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from marsad.collect.particulars import Particulars, read_particulars
from marsad.collect.text_of import text_of
from marsad.model import Evidence, Sha256, Wrong
from marsad.stage import Rejection

LIMIT = 5_000_000
"""Bytes of one report, if nothing else is said; a longer one is a book or an attack."""


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes that a report was taken out of: a table, an export of a chat, a scanned page. Kept as received.

    They lie in the file `path`, or are `data` where they came another way; one of the two is None. `evidence` is what
    is kept of them.
    """

    evidence: Evidence
    path: Path | None = None
    data: bytes | None = None

    @staticmethod
    def of(data: bytes, media_type: str) -> "Original":
        """Return these bytes as an original."""
        first, second = hashlib.sha256(data).hexdigest(), hashlib.sha3_512(data).hexdigest()
        return Original(Evidence(Sha256(first), len(data), media_type, second), data=data)

    @property
    def sha256(self) -> Sha256:
        """The name of its bytes in the vault."""
        return self.evidence.sha256


@dataclass(frozen=True, slots=True)
class Incoming:
    """`outlet` printed these bytes; `name` says where they were found, for messages, and is not kept.

    The other fields are those of `Report`; `key` is the name under which the sender would send it again, None if the
    report's own identity will do.
    """

    name: str
    data: bytes
    outlet: str
    published: date | None = None
    lang: str | None = None
    address: str | None = None
    key: str | None = None
    sent_as: str | None = None
    """The id that the sender gave it on a line of JSON; not kept, only said back to him."""
    protected: bool = False
    """Whether it says that its source is protected: then its words are sent to no reader on a network."""
    published_at: str | None = None
    """The time of publication as it was told, zone and all, where more than a day was told."""
    headers: tuple[tuple[str, str], ...] = ()
    """What a server answered beside the bytes, in its order; its status stands first, under `:status`."""
    fetched: datetime | None = None
    """When a server was asked, by the collector's clock and in his zone; None where nobody was asked."""
    original: Original | None = None
    """What it was taken out of; None where these bytes are as they were received."""
    keyed_by_content: bool = False
    """Whether `key` is made of what it says: then the same key again is the same thing found in another place."""
    attached: tuple[Original, ...] = ()
    """What came with it and is kept beside it: its pictures, the capture of its page."""


@dataclass(frozen=True, slots=True)
class Refused:
    """`original` could not be read, for this `reason`; it is kept in quarantine all the same.

    `name` says where it was found, `channel` what it came through.
    """

    name: str
    reason: str
    original: Original
    channel: str = "files"


Found = Incoming | Refused | Rejection
"""What a collector yields: a report, an original that could not be read, or why there is neither."""


def incoming(name: str, data: bytes, given: Particulars, limit: int = LIMIT) -> Incoming:
    """Return the report that these bytes make; its front matter tells, and `given` fills in what that leaves open.

    Raises Wrong, naming `name`, where the bytes are too many, no text or empty, where a particular is impossible, and
    where nobody names the outlet.
    """
    if len(data) > limit:
        raise Wrong(name, None, f"is longer than the {limit:,} bytes of a report", "split it or raise --limit")
    text, fields = text_of(data, name)
    if not text.strip():
        raise Wrong(name, None, "holds no words", "leave it out")
    told = read_particulars(fields, name).over(given)
    if told.outlet is None:
        raise Wrong(name, None, "does not say who printed it", 'give --outlet "NAME" or a field outlet')
    return Incoming(
        name,
        data,
        told.outlet,
        told.published,
        told.lang,
        told.address,
        told.key,
        protected=bool(told.protected),
        published_at=told.published_at,
    )
