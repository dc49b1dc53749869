"""Whom a report has named so far, and which speaker of a sentence vouches for which of its counts."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from marsad.text.organs import body_noun, made_of

_MOST_PEOPLE = 1000
"""More people than any report quotes."""

UNNAMED = "unnamed reports"

Chain = tuple[str, ...]
"""Who says it: the speaker first, whoever relayed it after him."""


class Cast(NamedTuple):
    """Whom a report has named so far: `previous` spoke last, `people` are chains by surname.

    `monitor` is the only monitor that the report names anywhere: whom "a monitoring group" then means. `group` is the only
    organisation of those that count or treat: whom "the aid group" means before anybody has spoken. `bodies` are those that were
    named, by what each is one of: whom "the ministry" means.
    """

    previous: Chain = ()
    people: Mapping[str, Chain] = MappingProxyType({})
    monitor: str | None = None
    group: str | None = None
    bodies: Mapping[str, Chain] = MappingProxyType({})

    def meant(self, noun: str | None) -> Chain:
        """Return whom "the ministry" means: who spoke last, if for one; else the last one named, else who spoke last."""
        concept = None if noun is None else body_noun(noun)
        last = self.referent()
        if concept is None or (last and concept in made_of(last[0]).nouns):
            return last
        return self.bodies.get(concept, last)

    def naming(self, bodies: Mapping[str, Chain]) -> "Cast":
        """Return the cast once these bodies were named, each by what it is one of."""
        if not bodies:
            return self
        known = {**self.bodies, **bodies}
        return self._replace(bodies=known if len(known) <= _MOST_PEOPLE else dict(bodies))

    def referent(self) -> Chain:
        """Return whom "the group" means: who spoke last, else the one organisation that the report names."""
        return self.previous or ((self.group,) if self.group else ())

    def after(self, speakers: Sequence["Speaker"]) -> "Cast":
        """Return the cast once these have spoken."""
        named = [speaker for speaker in speakers if speaker.chain[0] != UNNAMED]
        people = {speaker.surname: speaker.chain for speaker in named if speaker.surname}
        if not named:
            return self
        known = {**self.people, **people} if people else self.people
        known = known if len(known) <= _MOST_PEOPLE else people  # hostile: every sentence would copy them all
        return self._replace(previous=named[-1].chain, people=known)


class Speaker(NamedTuple):
    """`chain` says it; the words that name him and say that he says it are tokens first..after.

    `leads` is true where what is said follows ("X said that …"), false where it precedes ("…, according to X").
    `cites` marks somebody whom another speaker of the sentence relays ("X said, citing Y"). `surname` is a person's.
    `carried` says that the sentence names nobody and goes on from the one before it in the same paragraph.
    """

    chain: Chain
    first: int
    after: int
    leads: bool
    cites: bool = False
    carried: bool = False
    surname: str | None = None


def speaker_of(speakers: Sequence[Speaker], first: int) -> Chain:
    """Return the chain that vouches for the count at token `first`; empty for the outlet's own voice."""
    behind = next((s for s in speakers if s.first > first), None)
    before = next((s for s in reversed(speakers) if s.first <= first), None)
    if behind is not None and not behind.leads:
        return behind.chain
    return before.chain if before is not None else ()


def chained(chain: Chain, relay: Chain) -> Chain:
    """Return who says it with whoever relays it behind, nobody twice."""
    return tuple(dict.fromkeys((*chain, *relay)))
