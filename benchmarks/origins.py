"""How well independent origins are counted in folders of marked claims, as against what a person judged of each incident.

    python -m benchmarks.origins FOLDER … [--judged FILE]

`independent_origins.json` beside this file holds one person's judgement of the incidents in the folders that marsad was
developed on, made from the marks alone before the folding was written (docs/decisions/0015).
"""

import argparse
from pathlib import Path

from marsad.evaluate.origins import OriginScore, score_origins
from marsad.pipeline.evaluate_origins import evaluate_origins

_JUDGED = Path(__file__).with_name("independent_origins.json")


def _said(score: OriginScore) -> str:
    if score.exact is None or score.error is None:
        return "nothing to judge"
    return f"{score.exact:.3f} exactly right, off by {score.error:.2f} on average, of {score.incidents} incidents"


def main() -> None:
    """Print a line an incident, then the shares exactly right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--judged", type=Path, default=_JUDGED)
    given = parser.parse_args()
    counts = evaluate_origins(given.folders, given.judged)
    for c in counts:
        print(
            f"{c.incident:16} {c.reports:3} reports  found {len(c.found):2}  judged {c.independent}  names {len(c.marked):2}"
        )
    several = [c for c in counts if c.reports > 1]
    print(f"independent origins, all        {_said(score_origins(counts))}")
    print(f"independent origins, 2+ reports {_said(score_origins(several))}")
    print(f"as against names in the marks   {_said(score_origins(counts, against_marks=True))}")


if __name__ == "__main__":
    main()
