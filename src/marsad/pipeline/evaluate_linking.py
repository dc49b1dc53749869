"""How well claims are linked to incidents: marked reports, claims without a text, and tables of linked event reports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from marsad.evaluate.event_table import is_event_table, read_event_table
from marsad.evaluate.linking import Linking, judge_linking
from marsad.evaluate.origins import OriginCount
from marsad.link.likeness import likenesses
from marsad.link.weights import default_weights, probability
from marsad.model import Wrong
from marsad.pipeline.evaluate_origins import evaluate_origins
from marsad.pipeline.evaluate_reading import GOLD, REPORTS
from marsad.pipeline.linking_labels import ROUNDS, Linked, answered, cross_validated, linked, weighed
from marsad.pipeline.linking_reports import FACTS, evaluate_facts, evaluate_marked

LABELS = (200, 1000)
"""How many answers the curve is drawn at, beside none."""

Progress = Callable[[str], None]
"""Is told what is done next."""


@dataclass(frozen=True, slots=True)
class Step:
    """What so many answers are worth: `labels` of them, None for all there are."""

    labels: int | None
    linking: Linking


@dataclass(frozen=True, slots=True)
class Judged:
    """How well one set is linked: `linkings` with shipped weights; and with answers, learnt from and kept.

    `learned` are steps in which incidents are linked by weights that never saw them, `kept` steps in which answers about
    these very incidents hold; both are empty for sets but tables. `origins` counts the origins behind each incident of
    marked claims, `as_read` those of the claims that were read of the same words; none in a table.
    """

    name: str
    linkings: Sequence[Linking]
    learned: Sequence[Step] = ()
    kept: Sequence[Step] = ()
    origins: Sequence[OriginCount] = ()
    as_read: Sequence[OriginCount] = ()


def _quiet(_doing: str) -> None:
    """Say nothing."""


def evaluate_linking(
    path: Path, labels: Sequence[int | None] = LABELS, processes: int | None = None, say: Progress = _quiet
) -> list[Judged]:
    """Return how well each set is linked that a folder holds, or that a file is.

    A folder may hold reports.jsonl with gold.jsonl, facts.jsonl, and tables of event reports (CSV). `labels` are the
    numbers of answers with which tables are linked too, None for all. Raises Wrong, naming file and line, for what
    cannot be read and where nothing is found.
    """
    out = []
    if (path / REPORTS).exists() and (path / GOLD).exists():
        say(f"reading and linking {REPORTS}")
        linkings, read = evaluate_marked(path, processes)
        as_read = evaluate_origins([path], read=read)
        out.append(Judged(REPORTS, linkings, origins=evaluate_origins([path]), as_read=as_read))
    facts = path if path.name == FACTS else path / FACTS
    if facts.is_file():
        say(f"linking {FACTS}")
        out.append(Judged(FACTS, evaluate_facts(facts, processes), origins=evaluate_origins([facts.parent])))
    tables = sorted(path.glob("*.csv")) if path.is_dir() else [path] if path.suffix == ".csv" else []
    out += [_table(table, labels, say) for table in tables if is_event_table(table)]
    if not out:
        rule = f"holds neither {REPORTS} with {GOLD}, nor {FACTS}, nor a table of event reports"
        raise Wrong(str(path), None, rule, "docs/evaluating.md says what a folder for this holds")
    return out


def _table(path: Path, labels: Sequence[int | None], say: Progress) -> Judged:
    say(f"linking {path.name}")
    try:
        given = read_event_table(path)
    except ValueError as fault:
        raise Wrong(path.name, None, str(fault), "docs/evaluating.md names the columns") from fault
    report = {telling.telling_id: str(telling.report_id) for telling in given.tellings}
    pairs, shipped = list(likenesses(given.tellings)), default_weights()

    def judged(name: str, made: Linked) -> Linking:
        compared = [(a, b, probability(log_odds)) for a, b, log_odds, _ in made.pairs]
        joined = [(join.kept, join.gone, probability(join.at)) for join in made.joins]
        return judge_linking(name, given.truth, made.found, given.dead, compared, joined)

    none = judged("no answers", linked(weighed(pairs, shipped), report))
    learned, kept = [Step(0, none)], [Step(0, none)]
    for many in labels:
        scores = []
        for done, part in enumerate(cross_validated(pairs, given.truth, shipped, many), 1):
            say(f"{path.name}: learning from {_of(many)} labels, part {done} of 15")
            scores += part
        learned.append(Step(many, judged(f"{_of(many)} labels", linked(scores, report))))
    for many in (n for n in labels if n is not None):
        for done, now in enumerate(answered(pairs, given.truth, report, given.dead, shipped, many)):
            say(f"{path.name}: {many:,} answers kept, round {done} of {ROUNDS}")
            if done == ROUNDS:
                kept.append(Step(many, judged(f"{many:,} answers kept", now)))
    return Judged(path.name, [none], learned, kept)


def _of(many: int | None) -> str:
    return "all" if many is None else f"{many:,}"
