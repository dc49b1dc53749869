"""The values that every room speaks in: what the world is said to be, frozen, checked, and free of input and output."""

from marsad.model.anchor import Anchor, Token, TokenKind
from marsad.model.case import Case, Finding, LinkRange
from marsad.model.checked import FAULTS, Checked, Confirmation, Misreckoned, Review, Superlative, Verdict
from marsad.model.claim import Bound, Certainty, Claim, Group, Measure, Modality, Scope, Status
from marsad.model.context import Context, ContextKind, Polarity, Stance, Tie
from marsad.model.control import Control, ControlState
from marsad.model.count import Count
from marsad.model.custody import Act, Clock, Collector, Custody
from marsad.model.decision import PUBLICATION, SIGNS, UNDONE, Decision, DecisionKind
from marsad.model.errors import Conflict, Wrong
from marsad.model.estimate import Estimate
from marsad.model.flag import Flag
from marsad.model.identifier import Identifier
from marsad.model.ids import ClaimId, ContextId, IncidentId, ReportId, Sha256, content_id
from marsad.model.incident import Incident, Membership, Role
from marsad.model.origin import Fold, Hand, Origin, OriginKind, Part
from marsad.model.person import VictimRecord
from marsad.model.place import Place
from marsad.model.place_list import ListKind, PlaceList
from marsad.model.relation import Relation, RelationKind
from marsad.model.release import Release
from marsad.model.report import Evidence, Report, Source, Text
from marsad.model.sealed import Erasure, KeyRole, ReaderKey, SealedSource, Unsealing
from marsad.model.toll import Category, Grade, Standing, Step, Toll
from marsad.model.when import When

__all__ = [
    "FAULTS",
    "PUBLICATION",
    "SIGNS",
    "UNDONE",
    "Act",
    "Anchor",
    "Bound",
    "Case",
    "Category",
    "Certainty",
    "Checked",
    "Claim",
    "ClaimId",
    "Clock",
    "Collector",
    "Confirmation",
    "Conflict",
    "Context",
    "ContextId",
    "ContextKind",
    "Control",
    "ControlState",
    "Count",
    "Custody",
    "Decision",
    "DecisionKind",
    "Erasure",
    "Estimate",
    "Evidence",
    "Finding",
    "Flag",
    "Fold",
    "Grade",
    "Group",
    "Hand",
    "Identifier",
    "Incident",
    "IncidentId",
    "KeyRole",
    "LinkRange",
    "ListKind",
    "Measure",
    "Membership",
    "Misreckoned",
    "Modality",
    "Origin",
    "OriginKind",
    "Part",
    "Place",
    "PlaceList",
    "Polarity",
    "ReaderKey",
    "Relation",
    "RelationKind",
    "Release",
    "Report",
    "ReportId",
    "Review",
    "Role",
    "Scope",
    "SealedSource",
    "Sha256",
    "Source",
    "Stance",
    "Standing",
    "Status",
    "Step",
    "Superlative",
    "Text",
    "Tie",
    "Token",
    "TokenKind",
    "Toll",
    "Unsealing",
    "Verdict",
    "VictimRecord",
    "When",
    "Wrong",
    "content_id",
]
