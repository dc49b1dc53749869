"""What a decision points at and what it may say: checked before it is kept, for it is kept for ever."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from marsad.assess.grades import IBC_LEVELS, OHCHR_LADDER
from marsad.collect.text_of import text_of
from marsad.model import SIGNS, UNDONE, Claim, DecisionKind, Grade, Measure, Report, ReportId, Verdict, Wrong
from marsad.preserve.vaults import AnyVault
from marsad.publish.governing import fault_of

_ANCHOR = re.compile(r"([0-9a-f]{24}):(\d{1,9})-(\d{1,9})", re.ASCII)
_LEVELS: Mapping[str, tuple[str, ...]] = {"grade": tuple(Grade), "ohchr": OHCHR_LADDER, "ibc": IBC_LEVELS}
"""What a person may grade an incident as, by scheme."""

_ARTICLE = re.compile(r"article:[0-9a-f]{24}", re.ASCII)

SAID = ("same", "different", "unsure")
"""What somebody may say of two victim records."""

_LEAST = frozenset({"measure", "text"})
"""What an added claim has to say: what happened to the people, and the words."""

_CORRECTABLE = frozenset(field.name for field in fields(Claim)) - {"claim_id", "report_id", "rule", "score"}


def anchored(anchor: str, report: Callable[[ReportId], Report | None], vault: AnyVault) -> str:
    """Return the words at "report_id:start-end"; raises Wrong if there is no such report or no such span in it."""
    return Words(report, vault).at(anchor)


class Words:
    """The words of reports by anchor; each report is opened once."""

    def __init__(self, report: Callable[[ReportId], Report | None], vault: AnyVault) -> None:
        self._report, self._vault = report, vault
        self._texts: dict[ReportId, str] = {}

    def at(self, anchor: str) -> str:
        """Return the words at an anchor; raises Wrong as `anchored` does."""
        report_id, start, end = parsed(anchor)
        if report_id not in self._texts:
            found = self._report(report_id)
            if found is None:
                raise Wrong("decision, anchor", anchor, "names a report that is not here", "check the id of the report")
            self._texts[report_id], _ = text_of(self._vault.get(found.evidence), report_id)
        text = self._texts[report_id]
        if not start < end <= len(text):
            rule = f"is no span of a text of {len(text)} characters"
            raise Wrong("decision, anchor", anchor, rule, "write it as report_id:start-end")
        return text[start:end]


def checked_body(kind: DecisionKind, body: Mapping[str, object], anchor: str = "") -> dict[str, Any]:
    """Return the body of a decision if it says what its kind needs and nothing else; raises Wrong if not.

    What was found in an article has to be at the anchor of one.
    """
    if kind is DecisionKind.CHECK:
        return _of_an_article(body, anchor)
    needed = {
        DecisionKind.ACCEPT: frozenset[str](),
        DecisionKind.REJECT: frozenset[str](),
        **{kind: frozenset({"seen"}) for kind in SIGNS},
        DecisionKind.JOIN: frozenset({"with"}),
        DecisionKind.APART: frozenset({"name"}),
        DecisionKind.DIFFER: frozenset({"from"}),
        DecisionKind.SETTLE: frozenset({"claims"}),
    }
    subject = f"decision {kind}"
    if body == {UNDONE: True} and kind in (DecisionKind.WITHHOLD, DecisionKind.LOOSEN):
        rule = "is how nobody takes back what keeps people safe"
        raise Wrong(subject, UNDONE, rule, "two persons decide `loosen`, with what was withheld as the body")
    if body == {UNDONE: True}:
        return dict(body)
    if kind in needed and body.keys() != needed[kind]:
        wanted = ", ".join(sorted(needed[kind])) or "nothing"
        raise Wrong(subject, ", ".join(body) or "an empty body", "is not what this kind needs", f"give {wanted}")
    if kind is DecisionKind.CORRECT and (not body or body.keys() - _CORRECTABLE):
        names = ", ".join(sorted(body.keys() - _CORRECTABLE)) or "an empty body"
        raise Wrong(subject, names, "names nothing of a claim", f"give one of {', '.join(sorted(_CORRECTABLE))}")
    if kind is DecisionKind.ADD and (_LEAST - body.keys() or body.keys() - _CORRECTABLE):
        names = ", ".join(sorted(body.keys() - _CORRECTABLE)) or "too little"
        raise Wrong(
            subject, names, "does not make a claim", f"give measure, and any of {', '.join(sorted(_CORRECTABLE))}"
        )
    for end in (str(body[key]) for key in ("with", "from") if key in body):
        parsed(end)
    if kind is DecisionKind.SETTLE:
        _settled(subject, body["claims"])
    if kind is DecisionKind.APART and not (isinstance(body["name"], str) and body["name"].strip()):
        raise Wrong(subject, body["name"], "is no name", "name the incident the claim belongs to")
    if kind is DecisionKind.PERSON:
        _of_a_pair(subject, body)
    if kind is DecisionKind.GRADE:
        _graded(subject, body)
    if kind in (DecisionKind.WITHHOLD, DecisionKind.LOOSEN):
        _kept_back(subject, body)
    return dict(body)


def checked_of_policy(kind: DecisionKind, body: Mapping[str, object]) -> dict[str, Any]:
    """Return the body of a decision about the publication policy; raises Wrong unless each rule and value of it can be."""
    if kind not in (DecisionKind.WITHHOLD, DecisionKind.LOOSEN) or not body:
        raise Wrong("decision, publication", kind, "says nothing of the policy", "withhold or loosen one of its rules")
    for rule, value in body.items():
        fault = fault_of(rule, value)
        if fault is not None:
            raise Wrong(f"policy, {rule}", str(value), fault, "marsad policy OBSERVATORY shows every rule")
    return dict(body)


def _of_an_article(body: Mapping[str, object], anchor: str) -> dict[str, Any]:
    """Return the body if it is what `marsad check --keep` writes, or takes that back; raises Wrong if not."""
    subject, found = "decision check", body.get("found")
    if _ARTICLE.fullmatch(anchor) is None:
        raise Wrong(f"{subject}, anchor", anchor, "is no article", "keep a review with `marsad check … --keep`")
    if body == {UNDONE: True}:
        return dict(body)
    told = [body.get(key) for key in ("outlet", "address", "published", "lang")]
    if (
        body.keys() != {"outlet", "address", "published", "lang", "found"}
        or not isinstance(found, list)
        or not all(one is None or isinstance(one, str) for one in told)
        or not all(map(_is_verdict, found))
    ):
        raise Wrong(subject, ", ".join(body), "is not what was found in an article", "marsad check … --keep writes it")
    return dict(body)


def _is_verdict(one: object) -> bool:
    """Whether this is one verdict of a review: words, and members of the lists that they are from."""
    if not isinstance(one, dict) or one.keys() != {"text", "verdict", "measure", "incident"}:
        return False
    words = one["incident"]
    known = one["verdict"] in set(Verdict) and one["measure"] in {None, *Measure} and isinstance(words, list)
    return known and isinstance(one["text"], str) and all(_ANCHOR.fullmatch(str(word)) for word in words)


def _kept_back(subject: str, body: Mapping[str, object]) -> None:
    """Raise Wrong unless the body names something of an incident that can be kept from the public."""
    wanted = 'give {"incident": true}, {"place": "province"}, {"place": "country"} or {"embargo_hours": 168}'
    if not body or body.keys() - {"incident", "place", "embargo_hours"}:
        raise Wrong(subject, ", ".join(sorted(body)) or "an empty body", "names nothing that can be kept back", wanted)
    hours = body.get("embargo_hours", 1)
    fits = body.get("incident", True) is True and body.get("place", "province") in ("province", "country")
    if not fits or type(hours) is not int or not 1 <= hours <= 87_600:
        raise Wrong(subject, str(dict(body)), "is not how something is kept back", wanted)


def _graded(subject: str, body: Mapping[str, object]) -> None:
    """Raise Wrong unless the body gives one level of each scheme that it names; "grade" is Airwars' scheme."""
    if not body or body.keys() - _LEVELS.keys():
        names = ", ".join(sorted(body)) or "an empty body"
        raise Wrong(subject, names, "is not what this kind needs", f"give {', '.join(_LEVELS)}")
    for scheme, level in body.items():
        if level not in _LEVELS[scheme]:
            rule = "is no grade" if scheme == "grade" else f"is no level of {scheme}"
            raise Wrong(subject, level, rule, f"give one of {', '.join(_LEVELS[scheme])}")


def _of_a_pair(subject: str, body: Mapping[str, object]) -> None:
    """Raise Wrong unless the body names two records and says whether they are one person."""
    ends = [body.get(end) for end in ("a", "b")]
    two = all(isinstance(e, list) and len(e) == 2 and all(isinstance(n, str) and n for n in e) for e in ends)
    if body.keys() != {"a", "b", "says"} or not two or ends[0] == ends[1]:
        raise Wrong(
            subject, ", ".join(body)[:80], "names no two records", 'give {"a": [list, record], "b": …, "says": …}'
        )
    if body["says"] not in SAID:
        raise Wrong(subject, str(body["says"])[:40], "says nothing of two records", f"give one of {', '.join(SAID)}")


def _settled(subject: str, claims: object) -> None:
    if not isinstance(claims, list) or not claims:
        raise Wrong(subject, str(claims), "is no list of words", "give the claims of the incident, report_id:start-end")
    for anchor in claims:
        parsed(str(anchor))


def parsed(anchor: str) -> tuple[ReportId, int, int]:
    """Return the report, start and end that an anchor names; raises Wrong for anything else."""
    match = _ANCHOR.fullmatch(anchor)
    if match is None:
        raise Wrong("decision, anchor", anchor, "is no place in a report", "write it as report_id:start-end")
    return ReportId(match[1]), int(match[2]), int(match[3])
