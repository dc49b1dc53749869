"""Who acts in what reports tell, by the register: each party of each statement, as the report means it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from marsad.context.register import Meant, Register
from marsad.model.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Acting:
    """`party` does it, to, with or at `others`; `speakers` say so, in order. None and gaps where the register knows nobody.

    Names are the register's where it knows them, else the report's own words. `doubts` are those that may be meant where
    words could mean several and nothing tells which.
    """

    party: str | None
    others: tuple[str, ...]
    speakers: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    @property
    def everybody(self) -> frozenset[str]:
        """All who act, are acted on or speak."""
        return frozenset(filter(None, (self.party, *self.others, *self.speakers)))


def acting(told: Iterable[Knowledge], register: Register) -> dict[str, Acting]:
    """Return who acts in each statement, by its id; the statements of one report are read in the order of its text."""
    by_report: dict[str, list[Knowledge]] = {}
    for known in told:
        by_report.setdefault(known.report_id, []).append(known)
    out: dict[str, Acting] = {}
    for items in by_report.values():
        out |= _of_report(sorted(items, key=lambda k: (k.start, k.end, k.knowledge_id)), register)
    return out


def day_of(known: Knowledge) -> date:
    """Return the day a statement speaks of: when it happened, else when it was printed, else when it came in."""
    return known.occurred.end if known.occurred else known.reported or known.recorded


def _of_report(items: list[Knowledge], register: Register) -> Mapping[str, Acting]:
    named: list[str] = []
    out: dict[str, Acting] = {}
    for known in items:
        meant = [_meant(known, words, register, named, known.topic) for words in _acting_words(known)]
        said = [_meant(known, words, register, named, "statement") for words in known.chain]
        named += [m.actor.name for m in meant + said if m.actor is not None and m.why in ("named", "named_then")]
        names = [_name(words, m) for words, m in zip(_acting_words(known), meant, strict=True)]
        doubts = tuple(dict.fromkeys(n for m in (*meant, *said) if m.why == "ambiguous" for n in m.among))
        party, others = (names[0], names[1:]) if known.party else (None, names)
        speakers = tuple(_name(words, m) for words, m in zip(known.chain, said, strict=True))
        out[known.knowledge_id] = Acting(party, tuple(others), speakers, doubts)
    return out


def _acting_words(known: Knowledge) -> list[str]:
    return [*([known.party] if known.party else []), *known.others]


def _meant(known: Knowledge, words: str, register: Register, named: list[str], act: str) -> Meant:
    country = known.place.country if known.place else None
    return register.meant(words, on=day_of(known), act=act, country=country, named=named)


def _name(words: str, meant: Meant) -> str:
    return meant.actor.name if meant.actor is not None else words
