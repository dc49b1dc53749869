"""Try to break the reader with atheris, which grows texts that take new paths through it. Needs `pip install atheris`.

    python tools/fuzz_reading.py [-max_total_time=60] [FOLDER]

The arguments are libFuzzer's; FOLDER keeps what was found. Texts are put together from the phrases of a language, marks and
any characters. One that raises, or a claim outside its text, ends the run and is kept in a file.
"""

import sys
from datetime import date
from functools import cache
from typing import Any

import atheris

with atheris.instrument_imports(include=["marsad.extract", "marsad.text"]):
    from marsad.extract.read import claims_in
    from marsad.model import Claim, ReportId, Text
    from marsad.pipeline.assets import gazetteer_path
    from marsad.text.gazetteer import Gazetteer
    from marsad.text.lexicon import languages, lexicon
    from marsad.text.phrases import Phrases

GAZETTEER = Gazetteer.open(gazetteer_path())
LANGUAGES = languages()
MARKS = (
    ". ",
    ", ",
    "\n",
    "\n\n",
    ": ",
    "“",
    "” ",
    '"',
    "(",
    ")",
    " - ",
    "-",
    "'",
    "’",
    "/",
    "_",
    " ",
    "\u200f",
    "\u0301",
    "\ud800",
)
OTHERS = ("12", "7,000", "1 ", "2014", "26/11/2014", "Raqqa", "Aleppo", "Ann Bow", "Syria", "الرقة", "Monday", "U.S.")
_UNKNOWN = 250
"""From this byte on, characters of any kind follow instead of a phrase."""


@cache
def phrases(lang: str) -> tuple[str, ...]:
    """Return what a text of this language is put together from."""
    words = lexicon(lang)
    lists = [each for each in vars(words).values() if isinstance(each, Phrases)] + list(words.numbers.leads)
    sections = [
        words.section(name)
        for name in ("whole.words", "unknown.words", "none.words", "attribution.say", "attribution.cue")
    ]
    known = {" ".join(forms) for each in (*lists, *sections) for forms in each.phrases}
    return (*MARKS, *OTHERS, *sorted(known | {*words.numbers.units, *words.data["articles"]}))


def text_of(provider: Any, lang: str) -> str:
    """Return the text that these bytes stand for."""
    known = phrases(lang)
    parts: list[str] = []
    while provider.remaining_bytes() and len(parts) < 400:
        at = provider.ConsumeIntInRange(0, 65_535)
        parts.append(provider.ConsumeUnicode(8) if at % 256 >= _UNKNOWN else known[at % len(known)])
        if at & 256:
            parts.append(" ")
    return "".join(parts)


def one(data: bytes) -> None:
    """Read a text in a language that the bytes pick; claims lie in the text, and no low is above its high."""
    provider = atheris.FuzzedDataProvider(data)
    lang = LANGUAGES[provider.ConsumeIntInRange(0, len(LANGUAGES) - 1)]
    told = None if provider.ConsumeBool() else lang
    text = text_of(provider, lang)
    for claim in claims_in(Text(ReportId("r"), text, date(2014, 11, 26), None, told), GAZETTEER):
        if isinstance(claim, Claim):
            assert text[claim.start : claim.end] == claim.text
            assert claim.low is None or claim.high is None or 0 <= claim.low <= claim.high


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
