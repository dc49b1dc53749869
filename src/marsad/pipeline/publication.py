"""The publication policy of an observatory: the shipped one, the names that stand in public, and what people decided of it."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any

from marsad.model import PUBLICATION, Decision, DecisionKind, Wrong
from marsad.pipeline.assets import SETTINGS
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import WriteService
from marsad.publish.governing import RULES, WORDS, Asked, fault_of, governed, value_of
from marsad.publish.policy import PublicationPolicy, standing_policy
from marsad.text.actors import actors


@dataclass(frozen=True, slots=True)
class Governed:
    """The policy that holds, the one that is shipped, what one person alone asked to loosen, and every decision made of it."""

    policy: PublicationPolicy
    shipped: PublicationPolicy
    asked: tuple[Asked, ...]
    decided: tuple[Decision, ...]

    def changed_by(self, rule: str) -> Decision | None:
        """Return the decision by which a rule came to be what it is; None where it is as shipped."""
        if value_of(self.policy, rule) == value_of(self.shipped, rule):
            return None
        found, was = None, value_of(self.shipped, rule)
        for n, one in enumerate(self.decided, 1):
            now = value_of(governed(self.shipped, self.decided[:n])[0], rule) if rule in one.body else was
            found, was = (one, now) if now != was else (found, was)
        return found


def publication_policy(observatory: Observatory, upto: datetime | None = None) -> PublicationPolicy:
    """Return the publication policy as decided until a time (aware), or until now, knowing the names that stand in public.

    They are the public actors, and those that the settings list as `public = ["Radio Raqqa", …]`: outlets whose reports
    anybody can read. Raises Wrong if that is not a list of names.
    """
    return governed_policy(observatory, upto).policy


def governed_policy(observatory: Observatory, upto: datetime | None = None) -> Governed:
    """Return the policy as `publication_policy` does, with how it came to be."""
    names: dict[str, str | None] = dict.fromkeys(public_outlets(observatory))
    names |= {actor.origin.name: actor.name_ar for actor in actors() if actor.public}
    shipped = standing_policy(names.items(), _weapons())
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        made = [one for _, one in reading.decisions_at([PUBLICATION]) if upto is None or one.recorded_at <= upto]
    policy, asked = governed(shipped, made)
    return Governed(policy, shipped, asked, tuple(made))


def decide_policy(
    observatory: Observatory,
    changes: Mapping[str, Any],
    *,
    actor: str,
    reason: str,
    now: datetime,
    random_bytes: Callable[[int], bytes],
    dropped: Sequence[str] = (),
) -> Governed:
    """Keep what somebody decides of the publication policy; return what holds then.

    `changes` maps rules to what they should be, "sensitive" to words that are added to it; `dropped` are words that
    should no longer be sensitive. What keeps more back holds at once; what keeps less back is asked for, and holds
    once a second person decides the same. Raises Wrong for what is no rule or no value, or holds already.
    """
    for rule, value in (*changes.items(), *([(WORDS, list(dropped))] if dropped else [])):
        fault = fault_of(rule, value)
        if fault is not None:
            raise Wrong(f"policy, {rule}", str(value), fault, "marsad policy OBSERVATORY shows every rule")
    bodies = _told_apart(governed_policy(observatory).policy, changes, dropped)
    with observatory.kept() as kept:
        service = WriteService(kept, observatory.vault, random_bytes)
        for kind, body in bodies.items():
            with kept.read() as reading:
                standing = reading.standing_decision(PUBLICATION, kind)
            version = 0 if standing is None else standing.version
            service.decide(
                anchor=PUBLICATION,
                kind=kind,
                body=body,
                actor=actor,
                reason=reason,
                expected_version=version,
                now=now,
            )
    return governed_policy(observatory)


def _told_apart(
    policy: PublicationPolicy, changes: Mapping[str, Any], dropped: Sequence[str]
) -> dict[DecisionKind, dict[str, Any]]:
    """Return what of the changes keeps more back, and what less."""
    tightened: dict[str, Any] = {}
    loosened: dict[str, Any] = {WORDS: list(dropped)} if dropped else {}
    for rule, value in changes.items():
        stands = value_of(policy, rule)
        if (set(value) <= set(stands)) if rule == WORDS else value == stands:
            raise Wrong(f"policy, {rule}", str(value), "is what holds already", "name another value")
        to = tightened if rule == WORDS or RULES[rule].tighter(value, stands) else loosened
        to[rule] = list(value) if rule == WORDS else value
    unknown = sorted(set(dropped) - set(policy.sensitive_words))
    if unknown:
        raise Wrong("policy, sensitive", ", ".join(unknown), "is not among the words", "write it as the list does")
    found = {DecisionKind.WITHHOLD: tightened, DecisionKind.LOOSEN: loosened}
    return {kind: body for kind, body in found.items() if body}


def public_outlets(observatory: Observatory) -> list[str]:
    """Return the outlets that the settings list as public; raises Wrong if that is no list of names."""
    listed = tomllib.loads((observatory.path / SETTINGS).read_text("utf-8")).get("public", [])
    if not isinstance(listed, list) or not all(isinstance(name, str) and name for name in listed):
        raise Wrong(
            f"{observatory.path / SETTINGS}, public", listed, "is not a list of names", 'write public = ["…", "…"]'
        )
    return listed


def _weapons() -> set[str]:
    """Return the kinds of weapon that reports are read for: words of a closed list."""
    folder = resources.files("marsad.resources") / "lang"
    return {kind for file in folder.iterdir() for kind in tomllib.loads(file.read_text("utf-8")).get("weapons", {})}
