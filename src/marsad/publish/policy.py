"""The publication policy: what is kept back and how finely the rest is told, as one value with a digest."""

import hashlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cache
from importlib import resources
from types import MappingProxyType

_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c-\u200f\u202a-\u202e\u2066-\u2069\u00ad]")
"""What can be put between letters without changing how they read: Arabic marks, tatweel, invisible signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationPolicy:
    """What an observatory tells the public; the defaults of each deployment are its safety lead's to set.

    `public_names` maps every name that already stands in public (outlets, organisations) to its Arabic form, if known;
    a name that is not in it is a person's until shown otherwise. `public_terms` are words of closed lists (weapons)
    that hold nothing of anybody's. `place_steps` are degrees for UCDP's where_prec 1 to 7. `embargo_rescue` holds where the
    place is a sensitive one. `least_change` is by how many living people a number must differ from every earlier one to be
    told anew; `least_population` how many inhabitants a place must have to be told as itself.
    """

    version: str
    embargo_incident: timedelta
    embargo_control: timedelta
    embargo_rescue: timedelta
    min_cell_living: int
    least_change: int
    least_population: int
    quotation_limit: int
    place_steps: tuple[float, ...]
    sensitive_place_precision: int
    sensitive_words: tuple[str, ...]
    personal_hosts: tuple[str, ...]
    secret_parameters: tuple[str, ...]
    public_names: Mapping[str, str | None]
    public_terms: frozenset[str]

    @property
    def label(self) -> str:
        """The version and a digest of every setting but the lists of names, which grow with each report."""
        said = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("public_names", "public_terms")}
        text = json.dumps(said, default=str, ensure_ascii=False, sort_keys=True)
        return f"{self.version} ({hashlib.sha256(text.encode()).hexdigest()[:12]})"

    def is_sensitive(self, words: str) -> bool:
        """Whether the words name a place that puts the living in danger, in whatever spelling marks are hidden.

        >>> standing_policy().is_sensitive("the national HOSPITAL"), standing_policy().is_sensitive("a schoolboy")
        (True, False)
        """
        return _sensitive(self.sensitive_words).search(_plain(words)) is not None


def standing_policy(names: Iterable[tuple[str, str | None]] = (), terms: Iterable[str] = ()) -> PublicationPolicy:
    """Return the standing policy of resources/publication.toml, knowing these public names and terms."""
    told = tomllib.loads((resources.files("marsad.resources") / "publication.toml").read_text("utf-8"))
    return PublicationPolicy(
        version=told["version"],
        embargo_incident=timedelta(hours=told["embargo_hours"]),
        embargo_control=timedelta(days=told["embargo_control_days"]),
        embargo_rescue=timedelta(hours=told["embargo_rescue_hours"]),
        min_cell_living=told["min_cell_living"],
        least_change=told["least_change_living"],
        least_population=told["least_population"],
        quotation_limit=told["quotation_limit"],
        place_steps=tuple(told["place_steps"]),
        sensitive_place_precision=told["sensitive_place_precision"],
        sensitive_words=tuple(told["sensitive"]["en"] + told["sensitive"]["ar"]),
        personal_hosts=tuple(told["personal"]["hosts"]),
        secret_parameters=tuple(told["secret"]["parameters"]),
        public_names=MappingProxyType(dict(names)),
        public_terms=frozenset(terms),
    )


@cache
def _sensitive(words: tuple[str, ...]) -> re.Pattern[str]:
    one_of = "|".join(sorted((re.escape(_plain(word)) for word in words), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:[وفبلك]?ال|لل|[وفبلك])?(?:{one_of})(?:e?s|ات|ها|ه|نا|هم)?(?!\w)")


def _plain(words: str) -> str:
    return " ".join(_MARKS.sub("", unicodedata.normalize("NFKC", words[:2000])).casefold().split())
