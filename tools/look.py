"""Show how sentences of a language are read: their chunks, the rules that found a count, and the claims.

    python tools/look.py LANG "SENTENCE" ... [--day 2025-11-26]

For whoever adds a language or mends one (docs/adding-a-language.md). Under each sentence stand its chunks, one letter each as
in resources/lang/en.toml; then a line `count` for every number of people that a rule found; then a line `claim` for what a
report of this one sentence would say. A number that is no line was not read: its chunk's letter tells why.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

from marsad.extract.chunks import chunked
from marsad.extract.counts import mentions_in
from marsad.extract.read import claims_in
from marsad.model import Claim, ReportId, Text
from marsad.pipeline.assets import gazetteer_path
from marsad.stage import Rejection
from marsad.text.gazetteer import Gazetteer
from marsad.text.lexicon import languages, lexicon

DAY = date(2025, 11, 26)


def seen(lang: str, sentence: str, day: date, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the lines that show how a sentence is read."""
    words = lexicon(lang)
    line = words.line(sentence)
    yield sentence
    chunks = (
        (chunk.tag, " ".join(token.text for token in line[chunk.first : chunk.after])) for chunk in chunked(words, line)
    )
    yield "    " + " ".join(f"{tag}[{said}]" for tag, said in chunks)
    for mention in mentions_in(words, line):
        said = " ".join(token.text for token in line[mention.first : mention.after])
        yield f"    count   {said}: {mention.measure} by rule {mention.rule}"
    for claim in claims_in(Text(ReportId("look"), sentence, day, None, lang), gazetteer):
        yield f"    claim   {_claimed(claim)}"


def _claimed(claim: Claim | Rejection) -> str:
    """Return what a claim says, what it leaves open left out."""
    if isinstance(claim, Rejection):
        return claim.reason
    bounds = f"{_open(claim.low)}-{_open(claim.high)}"
    people = " ".join(filter(None, (claim.status, claim.group)))
    facts = {
        "says": " via ".join(claim.attribution),
        "when": claim.occurred and f"{claim.occurred.start} to {claim.occurred.end}",
        "where": claim.place and f"{claim.place.name} ({claim.place.place_id or 'not found'})",
        "by": claim.perpetrator,
        "with": claim.weapon,
        "part": claim.subset_of and "of the count before",
    }
    told = "; ".join(f"{name} {fact}" for name, fact in facts.items() if fact)
    return f"{claim.measure} {bounds} ({claim.bound}), {people}, {claim.scope}, {claim.modality}; {told}"


def _open(side: int | None) -> Any:
    return "?" if side is None else side


def main(argv: list[str] | None = None) -> int:
    """Print what is seen of each sentence."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("lang", choices=languages(), help="language of the sentences")
    options.add_argument("sentences", nargs="+", help="sentences, each read as a report of its own")
    options.add_argument("--day", type=date.fromisoformat, default=DAY, help=f"day of publication (default {DAY})")
    given = options.parse_args(argv)
    gazetteer = Gazetteer.open(gazetteer_path())
    for sentence in given.sentences:
        print("\n".join(seen(given.lang, sentence, given.day, gazetteer)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
