"""All figures of a folder of marked reports: over all of them, and by language."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marsad.evaluate.aliases import Speakers
from marsad.evaluate.confusions import Confusion, confusions
from marsad.evaluate.figures import BY_KIND, FIGURES
from marsad.evaluate.pairs import Compared
from marsad.evaluate.resample import Interval, intervals
from marsad.evaluate.rules import RuleRecord, rule_records
from marsad.evaluate.tally import Tally, tally_of


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures of a set of reports, `intervals` of some of them, and the sums in `tally` that they were computed from.

    A figure is a share from 0 to 1, or a signed share where it is a bias; None where there is nothing to judge.
    """

    tally: Tally
    figures: Mapping[str, float | None]
    intervals: Mapping[str, Interval | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """How well reports were read: scores over all (`"all"`) and by language, differences one by one, rules."""

    scores: Mapping[str, Scores]
    confusions: Sequence[Confusion]
    rules: Sequence[RuleRecord]


def judge(reports: Sequence[Compared], speakers: Speakers) -> Reading:
    """Return how well these reports were read."""
    tallies = [(compared.report.lang, tally_of(compared, speakers)) for compared in reports]
    languages = Counter(lang for lang, _ in tallies)
    scores = {"all": score([tally for _, tally in tallies])}
    if len(languages) > 1:
        for lang in sorted(languages, key=lambda lang: (-languages[lang], lang)):
            scores[lang] = score([tally for of, tally in tallies if of == lang])
    return Reading(scores, list(confusions(reports, speakers)), rule_records(reports))


def score(tallies: Sequence[Tally]) -> Scores:
    """Return the figures of these reports together, with intervals where figures are printed with one."""
    total: Tally = Counter()
    for tally in tallies:
        total.update(tally)
    figures = {name: figure(total) for name, figure in {**FIGURES, **BY_KIND}.items()}
    return Scores(total, figures, intervals(tallies, FIGURES))
