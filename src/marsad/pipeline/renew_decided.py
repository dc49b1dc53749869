"""Decisions found by the reports that they speak of: which of them matter to a few reports, and whom they tie together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from marsad.model import Decision, DecisionKind
from marsad.pipeline.decided import named_in
from marsad.pipeline.renew_copies import families_of
from marsad.store.derived import Derived


@dataclass
class Ties:
    """The decisions by report: of each report those at its words, and those that name them."""

    by_report: dict[str, list[str]] = field(default_factory=dict)
    of_anchor: dict[str, list[Decision]] = field(default_factory=dict)

    @staticmethod
    def of(decisions: Sequence[Decision]) -> "Ties":
        """Return the ties of all decisions; older ones that a later version replaced tie too."""
        out = Ties()
        for decision in decisions:
            out.of_anchor.setdefault(decision.anchor, []).append(decision)
            for report in reports_of(decision):
                out.by_report.setdefault(report, []).append(decision.anchor)
        return out

    def on(self, reports: Iterable[str]) -> list[Decision]:
        """Return every decision at words of these reports, or that names them."""
        anchors = {anchor for report in reports for anchor in self.by_report.get(report, ())}
        return [decision for anchor in sorted(anchors) for decision in self.of_anchor[anchor]]

    def tied(self, reports: Iterable[str]) -> set[str]:
        """Return the reports with all whom decisions tie to them, directly or through others."""
        seen, new = set[str](), set(reports)
        while new:
            seen |= new
            new = {report for decision in self.on(new) for report in reports_of(decision)} - seen
        return seen

    def closed(self, derived: Derived, reports: Iterable[str]) -> set[str]:
        """Return the reports with all whom decisions tie to them, or who are of a family with one of them."""
        found = set(reports)
        while True:
            more = families_of(derived, self.tied(found))
            if more == found:
                return found
            found = more


def reports_of(decision: Decision) -> set[str]:
    """Return the reports whose words a decision is at, or names."""
    if not decision.about_words:
        return set()
    return {anchor.split(":")[0] for anchor in (decision.anchor, *named_in(decision))}


def judges(decision: Decision) -> bool:
    """Tell whether a decision says what is one incident, so that weights learn from it."""
    return decision.kind in (DecisionKind.JOIN, DecisionKind.DIFFER)
