"""How well claims were linked, in tables of 80 columns and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from marsad.cli.scores_shown import share, table
from marsad.evaluate.calibration import Bin, Calibration
from marsad.evaluate.grouping import Agreement, Grouping, Mixed, Scored
from marsad.evaluate.linking import Linking
from marsad.evaluate.origins import OriginScore, score_origins
from marsad.evaluate.tolls import Tolls
from marsad.pipeline.evaluate_linking import Judged, Step

_SIZES = ((1, 1), (2, 2), (3, 3), (4, 4), (5, 9), (10, 19), (20, 49), (50, None))


def linking_tables(judged: Judged) -> Iterator[Table | str]:
    """Yield the tables of how well one set was linked, and the sentences between them."""
    first = judged.linkings[0].grouping.every
    yield f"{judged.name}: {first.items:,} claims of {first.incidents:,} incidents"
    yield _agreement(judged.linkings)
    yield from _errors(judged.linkings)
    yield _sizes(judged.linkings)
    for linking in judged.linkings:
        yield from _calibrations(linking)
    if judged.origins:
        yield _origins(judged)
    if len(judged.learned) > 1:
        yield _curve("labels to learn from", judged.learned)
        yield f"Learnt from other incidents than those that are linked ({judged.name}, five folds by incident)."
    if len(judged.kept) > 1:
        yield _curve("answers kept", judged.kept)
        yield "Answers about these very incidents, asked where most is at stake; they are learnt from, and they hold."


def _agreement(linkings: Sequence[Linking]) -> Table:
    rows = table("linked", "claims", "pairs P", "R", "F1", "B³ P", "R", "F1", "CEAFe")
    for linking in linkings:
        for title, scored in (
            (linking.name, linking.grouping.every),
            (" told more than once", linking.grouping.shared),
        ):
            pairs, bcubed = scored.pairs, scored.bcubed
            shares = (
                pairs.precision,
                pairs.recall,
                pairs.f1,
                bcubed.precision,
                bcubed.recall,
                bcubed.f1,
                scored.ceafe.f1,
            )
            rows.add_row(title, f"{scored.items:,}", *map(share, shares))
    return rows


def _errors(linkings: Sequence[Linking]) -> Iterator[Table | str]:
    rows = table("errors", "clusters", "split", "merged", "killed", "counted", "bias", "off", "share")
    for linking in linkings:
        grouping, tolls = linking.grouping, linking.tolls
        counts = (grouping.every.clusters, len(grouping.splits), len(grouping.merges), tolls.truth, tolls.grouped)
        errors = (share(tolls.signed, signed=True), f"{tolls.off:,}", share(tolls.of_unlinked))
        rows.add_row(linking.name, *(f"{n:,}" for n in counts), *errors)
    yield rows
    for linking in linkings:
        tolls = linking.tolls
        bias = share(tolls.signed_unlinked, signed=True)
        yield f"{linking.name}: without linking {tolls.unlinked:,} would be counted ({bias}), {tolls.off_unlinked:,} off."


def _sizes(linkings: Sequence[Linking]) -> Table:
    rows = table("claims in it", "incidents", *(linking.name for linking in linkings))
    for low, high in _SIZES:
        counts = [
            _between(of, low, high) for of in (linkings[0].grouping.true_sizes, *(x.grouping.sizes for x in linkings))
        ]
        if any(counts):
            title = f"{low}" if low == high else f"{low} or more" if high is None else f"{low}–{high}"
            rows.add_row(title, *(f"{n:,}" for n in counts))
    return rows


def _between(sizes: Mapping[int, int], low: int, high: int | None) -> int:
    return sum(n for size, n in sizes.items() if low <= size and (high is None or size <= high))


def _calibrations(linking: Linking) -> Iterator[Table | str]:
    both = [(name, of) for name, of in (("pairs", linking.pairs), ("joins", linking.joins)) if of is not None]
    if not both:
        return
    rows = table(f"{linking.name}: probability", *(word for name, _ in both for word in (name, "said", "true")))
    for at, bin_ in enumerate(both[0][1].bins):
        cells = [of.bins[at] for _, of in both]
        rows.add_row(f"{bin_.low:.2f}–{bin_.high:.2f}", *(word for cell in cells for word in _cell(cell)))
    yield rows
    for name, of in both:
        errors = f"expected error {share(of.expected_error)}, Brier score {_fine(of.brier)}"
        yield f"{name}: {errors} ({_fine(of.brier_of_prior)} for one who always says how many are)."


def _cell(cell: Bin) -> tuple[str, str, str]:
    return f"{cell.n:,}", share(cell.mean), share(cell.share)


def _fine(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _origins(judged: Judged) -> Table:
    rows = table("origins", "incidents", "exactly right", "mean error")
    for name, score in _origin_scores(judged).items():
        rows.add_row(
            name, f"{score.incidents:,}", share(score.exact), "–" if score.error is None else f"{score.error:.2f}"
        )
    return rows


def _origin_scores(judged: Judged) -> dict[str, OriginScore]:
    out = {"judged independent": score_origins(judged.origins)}
    if judged.as_read:
        out["judged, as read"] = score_origins(judged.as_read)
    out["named in marks"] = score_origins(judged.origins, against_marks=True)
    return out


def _curve(title: str, steps: Sequence[Step]) -> Table:
    rows = table(title, "pair F1", "B³ F1", "CEAFe", "error", "Brier", "bias", "off", "share")
    for step in steps:
        every, tolls, pairs = step.linking.grouping.every, step.linking.tolls, step.linking.pairs
        shares = (every.pairs.f1, every.bcubed.f1, every.ceafe.f1, pairs.expected_error if pairs else None)
        toll = (share(tolls.signed, signed=True), f"{tolls.off:,}", share(tolls.of_unlinked))
        rows.add_row(_many(step), *map(share, shares), _fine(pairs.brier if pairs else None), *toll)
    return rows


def _many(step: Step) -> str:
    return "all" if step.labels is None else f"{step.labels:,}"


def mixed_lines(linking: Linking, most: int) -> Iterator[str]:
    """Yield the incidents that were split and the clusters that mix incidents, the first `most` of each, by their ids."""
    for kind, mixed in (("split", linking.grouping.splits), ("merged", linking.grouping.merges)):
        for each in mixed[:most]:
            parts = sorted(each.parts.items(), key=lambda part: (-part[1], part[0]))
            yield f"{kind}: {each.name}: " + ", ".join(f"{name} ×{n}" if n > 1 else name for name, n in parts)
        if len(mixed) > most:
            yield f"{kind}: {len(mixed) - most:,} more; --confusions {len(mixed)} lists all."


def linking_object(judged: Judged, most: int) -> dict[str, Any]:
    """Return everything about one set as one object; `most` is how many splits and merges each linking lists."""
    return {
        "name": judged.name,
        "linkings": [_linking(linking, most) for linking in judged.linkings],
        "learned": [{"labels": step.labels, **_linking(step.linking, 0)} for step in judged.learned],
        "origins": {name: asdict(score) for name, score in _origin_scores(judged).items()},
        "kept": [{"answers": step.labels, **_linking(step.linking, 0)} for step in judged.kept],
    }


def _linking(linking: Linking, most: int) -> dict[str, Any]:
    grouping = linking.grouping
    return {
        "name": linking.name,
        "all": _scored(grouping.every),
        "told_more_than_once": _scored(grouping.shared),
        "splits": len(grouping.splits),
        "merges": len(grouping.merges),
        "split": [_mixed(each) for each in grouping.splits[:most]],
        "merged": [_mixed(each) for each in grouping.merges[:most]],
        "sizes": _sizes_object(grouping),
        "tolls": _tolls(linking.tolls),
        "calibration": {"pairs": _calibration(linking.pairs), "joins": _calibration(linking.joins)},
    }


def _scored(scored: Scored) -> dict[str, Any]:
    counts = {"claims": scored.items, "incidents": scored.incidents, "clusters": scored.clusters}
    return {**counts, **{name: _three(getattr(scored, name)) for name in ("pairs", "bcubed", "ceafe")}}


def _three(agreement: Agreement) -> dict[str, float | None]:
    return {"precision": agreement.precision, "recall": agreement.recall, "f1": agreement.f1}


def _mixed(mixed: Mixed) -> dict[str, Any]:
    return {"name": mixed.name, "parts": dict(mixed.parts)}


def _sizes_object(grouping: Grouping) -> dict[str, dict[str, int]]:
    sizes = {"clusters": grouping.sizes, "incidents": grouping.true_sizes}
    return {name: {str(size): n for size, n in of.items()} for name, of in sizes.items()}


def _tolls(tolls: Tolls) -> dict[str, Any]:
    names = ("truth", "grouped", "off", "unlinked", "off_unlinked", "signed", "signed_unlinked", "of_unlinked")
    return {name: getattr(tolls, name) for name in names}


def _calibration(of: Calibration | None) -> dict[str, Any] | None:
    if of is None:
        return None
    names = ("low", "high", "n", "true", "mean", "share")
    bins = [{name: getattr(each, name) for name in names} for each in of.bins]
    return {
        "expected_error": of.expected_error,
        "brier": of.brier,
        "brier_of_prior": of.brier_of_prior,
        "bins": bins,
    }
