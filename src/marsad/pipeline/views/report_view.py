"""The report page as a value: the text with its claims in place, what each says, and where the report came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.link.say import reasons
from marsad.link.tellings import telling_of
from marsad.model import Claim, Custody, Decision, Report, ReportId, Wrong
from marsad.model.rows import claim_of, claim_row
from marsad.pipeline.candidates import candidates_among
from marsad.pipeline.corrected import IMPOSSIBLE, added_claims, corrected, standing_on
from marsad.pipeline.custody import chain
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.taught import weights_in
from marsad.pipeline.views.index import readable_text
from marsad.pipeline.views.marked import Piece, pieces
from marsad.store.derived import Derived
from marsad.store.search import SearchStore

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Home:
    """An incident that a claim speaks of: its name, and the part that the claim plays in its toll."""

    code: str
    role: str
    rule: str


@dataclass(frozen=True, slots=True)
class Card:
    """A claim as the page shows it, number `n` of the report from 1: `shown` as people left it, `home` its incident if any.

    `claim` is what was read, or what somebody added. `decisions` are those that stand on its words, by kind; `origin` is
    who established the number, where that is known.
    """

    n: int
    claim: Claim
    shown: Claim
    home: Home | None
    origin: str | None
    decisions: Mapping[str, Decision]

    @property
    def anchor(self) -> str:
        """The words, as decisions name them."""
        return f"{self.claim.report_id}:{self.claim.start}-{self.claim.end}"


@dataclass(frozen=True, slots=True)
class OriginalView:
    """A file that the report was taken out of or came with: its hash, kind and size in bytes."""

    sha256: str
    role: str
    media_type: str | None
    size: int


@dataclass(frozen=True, slots=True)
class Preserved:
    """What is known of the evidence: `intact` says that the bytes on the disk have, now, the hash they came with.

    None for bytes that cannot be read at all.
    """

    sha256: str
    size: int
    media_type: str | None
    intact: bool | None
    events: tuple[Custody, ...]
    originals: tuple[OriginalView, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report, ready to be shown. `text` is None where its bytes cannot be read; `copy_of` the report it copies."""

    report: Report
    text: str | None
    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    item: Row | None
    copy_of: Row | None
    copies: tuple[Row, ...]
    loose: tuple[Decision, ...]
    """Decisions about words that make no claim any more: they wait to be taken again."""


@dataclass(frozen=True, slots=True)
class CandidateView:
    """An incident that the report may be of; `reasons` say what speaks for it and against it, weightiest first."""

    code: str
    probability: float
    tellings: int
    reasons: tuple[str, ...]


def report_view(observatory: Observatory, index: SearchStore, report_id: str) -> ReportView:
    """Return the report with its claims; raises Wrong where there is none of this id."""
    report, decisions = kept_report(observatory, report_id)
    text = readable_text(observatory, report)
    with observatory.derived(read_only=True) as derived:
        cards = _cards(derived, report_id, decisions)
    spans = [(card.shown.start, card.shown.end) for card in cards]
    item = index.item(report_id)
    leader = index.item(item["leader"]) if item and item["leader"] else None
    anchors = {card.anchor for card in cards}
    loose = tuple(d for d in decisions if d.anchor not in anchors and not d.undone)
    return ReportView(
        report,
        text,
        tuple(pieces(text, spans)) if text is not None else (),
        tuple(cards),
        item,
        leader,
        tuple(index.copies_of([report_id], 20)),
        loose,
    )


def report_cards(observatory: Observatory, report_id: str) -> list[Card]:
    """Return the claims of a report as they stand; raises Wrong where there is no such report."""
    _, decisions = kept_report(observatory, report_id)
    with observatory.derived(read_only=True) as derived:
        return _cards(derived, report_id, decisions)


def kept_report(observatory: Observatory, report_id: str) -> tuple[Report, list[Decision]]:
    """Return a report and the newest decision of each kind on each of its words; raises Wrong where there is no such report."""
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        report = reading.report(ReportId(report_id))
        if report is None:
            raise Wrong("report", report_id, "is not in this observatory", "look for it in the queue")
        newest = {(d.anchor, d.kind): d for _, d in reading.decisions_in(report_id)}
        return report, list(newest.values())


def preserved(observatory: Observatory, report: Report) -> Preserved:
    """Return what is known of a report's evidence, hashing its bytes anew."""
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        evidence = {row["sha256"]: row for _, _, row in reading.things("evidence", sha256=report.evidence)}
        originals = list(reading.originals([report.report_id]))
        for original in originals:
            evidence |= {r["sha256"]: r for _, _, r in reading.things("evidence", sha256=original["evidence"])}
        events = tuple(chain(reading, report.evidence))
    own = evidence[report.evidence]
    views = tuple(
        OriginalView(o["evidence"], o["role"], evidence[o["evidence"]]["media_type"], evidence[o["evidence"]]["size"])
        for o in originals
    )
    return Preserved(
        report.evidence, own["size"], own["media_type"], is_intact(observatory, report.evidence), events, views
    )


def is_intact(observatory: Observatory, sha256: str) -> bool | None:
    """Tell whether the bytes on the disk still have the hash they came with; None where they cannot be read."""
    from marsad.model import Sha256

    try:
        observatory.vault.get(Sha256(sha256))
    except Wrong as fault:
        return None if "missing" in fault.rule or "no evidence" in fault.rule else False
    except OSError:
        return None
    return True


def report_candidates(observatory: Observatory, report_id: str, lang: str, most: int = 3) -> list[CandidateView]:
    """Return the incidents that a report may be of beside those that it is in, likeliest first, with reasons."""
    found: dict[str, CandidateView] = {}
    with observatory.derived(read_only=True) as derived:
        mine = {row["incident_id"] for row in _memberships(derived, report_id)}
        weights = weights_in(derived.table("weight"))
        for row in derived.table("telling", report_id=report_id).to_pylist():
            for one in candidates_among(derived, telling_of(row), weights)[: most + 2]:
                seen = found.get(one.code)
                if one.incident_id in mine or (seen is not None and seen.probability >= one.probability):
                    continue
                said = tuple(reasons(one.terms, one.levels, lang))
                found[one.code] = CandidateView(one.code, one.probability, one.tellings, said)
    return sorted(found.values(), key=lambda c: (-c.probability, c.code))[:most]


def _memberships(derived: Derived, report_id: str) -> list[dict[str, Any]]:
    ids = derived.table("claim", report_id=report_id).column("claim_id").to_pylist()
    rows: list[dict[str, Any]] = derived.table("membership", claim_id=ids).to_pylist() if ids else []
    return rows


def _cards(derived: Derived, report_id: str, decisions: Sequence[Decision]) -> list[Card]:
    rows = {row["claim_id"]: row for row in derived.table("claim", report_id=report_id).to_pylist()}
    rows = {row["claim_id"]: row for row in added_claims(decisions)} | rows
    ids = list(rows)
    if not ids:
        return []
    members = {m["claim_id"]: m for m in derived.table("membership", claim_id=ids).to_pylist()}
    folds = {f["claim_id"]: f for f in derived.table("fold", claim_id=ids).to_pylist()}
    homes = {m["incident_id"] for m in members.values()}
    codes = {i["incident_id"]: i["code"] for i in derived.table("incident", incident_id=homes).to_pylist()}
    standing, out = standing_on(decisions), []
    for n, row in enumerate(sorted(rows.values(), key=lambda r: (r["start"], -r["end"], r["claim_id"])), 1):
        member, fold = members.get(row["claim_id"]), folds.get(row["claim_id"])
        anchor = f"{report_id}:{row['start']}-{row['end']}"
        kinds = {kind.value: decision for kind, decision in standing.get(anchor, {}).items()}
        home = Home(codes[member["incident_id"]], member["role"], member["rule"]) if member else None
        claim = claim_of(row)
        shown = as_left(claim, kinds.get("correct"))
        out.append(Card(n, claim, shown, home, fold["origin"] if fold else None, kinds))
    return out


def as_left(claim: Claim, correction: Decision | None) -> Claim:
    """Return a claim as somebody corrected it; as it was where nobody did, or where the correction makes no claim."""
    if correction is None:
        return claim
    try:
        return claim_of(corrected(claim_row(claim), correction.body))
    except IMPOSSIBLE:
        return claim


def latest(decisions: Mapping[str, Decision]) -> Decision | None:
    """Return the newest of the decisions that stand on a claim, None where there is none."""
    return max(decisions.values(), key=lambda d: d.recorded_at, default=None)
