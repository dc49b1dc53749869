"""Write what countries and their peoples are called in every language of marsad, each word with its ISO 3166-1 code.

    python tools/country_words.py

Names come from CLDR in English and Arabic, adjectives and peoples from resources/places/countries.toml and the lexicons. Linking
reads this one small file, not six lexicons and a gazetteer, to know of which country a body is.
"""

import tomllib
from pathlib import Path

from babel import Locale

from marsad.text.lexicon import languages, lexicon
from marsad.text.place_sources import country_words
from marsad.text.tokens import form_of

PLACES = Path(__file__).parents[1] / "src" / "marsad" / "resources" / "places"
WRITTEN = PLACES / "country_words.tsv"
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""What CLDR lists beside countries: unions, made-up regions."""
SHORTEST = 3
"""Letters of a word that is looked at: "us" is also a pronoun."""


def table() -> str:
    """Return the file: a word and a code a line, in order; a word of two countries is left out."""
    english, arabic = (dict(Locale(lang).territories) for lang in ("en", "ar"))
    further = tomllib.loads((PLACES / "countries.toml").read_text("utf-8"))["country"]
    meant: dict[str, set[str]] = {}
    spoken = [country_words(english, arabic, further), *(lexicon(lang).countries for lang in languages())]
    for words in spoken:
        for word, code in words.items():
            if len(word) >= SHORTEST and len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES:
                meant.setdefault(form_of(word), set()).add(code)
    lines = sorted(f"{word}\t{min(codes)}" for word, codes in meant.items() if len(codes) == 1)
    return "".join(f"{line}\n" for line in lines)


def main() -> None:
    """Write the file and say how many words it holds."""
    text = table()
    WRITTEN.write_text(text, "utf-8")
    print(f"countries: {text.count(chr(10))} words in {WRITTEN.name}")


if __name__ == "__main__":
    main()
