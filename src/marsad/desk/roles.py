"""Roles, actions, and the table of who may do what. What the table does not name, nobody may."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody is on a team; one person may be several."""

    MONITOR = "monitor"
    """Watches what comes in, and proposes what it says."""
    RESEARCHER = "researcher"
    """Builds incidents: joins, parts, grades."""
    REVIEWER = "reviewer"
    """Signs off what somebody else has built."""
    SAFETY_LEAD = "safety lead"
    """Answers for sources, for who sees restricted things, and for what leaves."""
    PUBLISHER = "publisher"
    """Takes things out: asks for exports, and approves those that others asked for."""
    ADMIN = "admin"
    """Makes accounts, and shuts the desk; sees nothing of the work."""
    READER = "reader"
    """Looks at incidents and reports; decides nothing."""


class Action(StrEnum):
    """What can be done at the desk; every route names one."""

    OWN_ACCOUNT = "look after one's own account"
    SEE_QUEUE = "see the queue"
    SEE_REPORT = "see a report"
    SEE_EVIDENCE = "see an original and its custody"
    SEE_INCIDENT = "see an incident"
    SEE_PEOPLE = "see victim records"
    SEE_OVERVIEW = "see the overview"
    SEE_HISTORY = "see who decided what"
    SAVE_VIEW = "save a view"
    DECIDE_CLAIM = "accept, correct, reject or add a claim"
    DECIDE_INCIDENT = "merge, split or settle incidents, move a claim"
    GRADE = "grade an incident"
    SIGN_OFF = "sign an aspect off"
    MATCH_PERSON = "decide who is one person"
    SEE_SOURCES = "see the pseudonyms of sources"
    OPEN_SOURCE = "fetch what is sealed of a source"
    SEE_OPENINGS = "see which openings were asked for"
    APPROVE_OPENING = "approve openings beyond a day's measure"
    SEE_EXPORTS = "see one's exports, and those one may approve"
    ASK_EXPORT = "ask for an export"
    APPROVE_EXPORT = "approve an export"
    FETCH_EXPORT = "fetch an approved export"
    RESTRICT = "restrict reports and incidents to groups"
    MANAGE_ACCOUNTS = "manage accounts"
    CHANGE_MODE = "make the desk read-only, shut or open it"
    SEE_API = "read the description of the API"


_READERS = frozenset({Role.READER, Role.MONITOR, Role.RESEARCHER, Role.REVIEWER, Role.SAFETY_LEAD, Role.PUBLISHER})
_WORKERS = frozenset({Role.MONITOR, Role.RESEARCHER, Role.REVIEWER})
_BUILDERS = frozenset({Role.RESEARCHER, Role.REVIEWER})
_EVERYBODY = frozenset(Role)

TABLE: Mapping[Action, frozenset[Role]] = {
    Action.OWN_ACCOUNT: _EVERYBODY,
    Action.SEE_API: _EVERYBODY,
    Action.SEE_QUEUE: _READERS,
    Action.SEE_REPORT: _READERS,
    Action.SEE_INCIDENT: _READERS,
    Action.SEE_OVERVIEW: _READERS,
    Action.SAVE_VIEW: _READERS,
    Action.SEE_EVIDENCE: _WORKERS | {Role.SAFETY_LEAD},
    Action.SEE_HISTORY: _WORKERS | {Role.SAFETY_LEAD, Role.PUBLISHER},
    Action.SEE_PEOPLE: _WORKERS | {Role.SAFETY_LEAD},
    Action.DECIDE_CLAIM: _WORKERS,
    Action.DECIDE_INCIDENT: _BUILDERS,
    Action.GRADE: _BUILDERS,
    Action.SIGN_OFF: frozenset({Role.REVIEWER}),
    Action.MATCH_PERSON: _BUILDERS,
    Action.SEE_SOURCES: frozenset({Role.SAFETY_LEAD}),
    Action.OPEN_SOURCE: frozenset({Role.SAFETY_LEAD}),
    Action.APPROVE_OPENING: frozenset({Role.SAFETY_LEAD, Role.ADMIN}),
    Action.SEE_OPENINGS: frozenset({Role.SAFETY_LEAD, Role.ADMIN}),
    Action.SEE_EXPORTS: frozenset({Role.RESEARCHER, Role.REVIEWER, Role.PUBLISHER, Role.SAFETY_LEAD}),
    Action.ASK_EXPORT: frozenset({Role.RESEARCHER, Role.REVIEWER, Role.PUBLISHER}),
    Action.APPROVE_EXPORT: frozenset({Role.SAFETY_LEAD, Role.PUBLISHER}),
    Action.FETCH_EXPORT: frozenset({Role.RESEARCHER, Role.REVIEWER, Role.PUBLISHER}),
    Action.RESTRICT: frozenset({Role.SAFETY_LEAD}),
    Action.MANAGE_ACCOUNTS: frozenset({Role.ADMIN}),
    Action.CHANGE_MODE: frozenset({Role.ADMIN, Role.SAFETY_LEAD}),
}
"""The roles that may do each action."""

LOOKING = frozenset({
    *(a for a in Action if a.name.startswith("SEE_")),
    Action.OWN_ACCOUNT,
    Action.MANAGE_ACCOUNTS,
    Action.CHANGE_MODE,
    Action.RESTRICT,
})  # fmt: skip
"""What a read-only desk still does: look, and protect."""

WHILE_CLOSED = frozenset({Action.CHANGE_MODE, Action.OWN_ACCOUNT})
"""What a closed desk still does, for an admin."""

CHANGING = frozenset({Action.DECIDE_CLAIM, Action.DECIDE_INCIDENT, Action.GRADE})
"""What changes an incident: once it is settled, for reviewers alone."""

NOT_BY_AUTHOR = frozenset({Action.SIGN_OFF, Action.APPROVE_EXPORT, Action.APPROVE_OPENING})
"""What nobody does to one's own work."""
