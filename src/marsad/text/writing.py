"""How reports are set, whatever their language; read once from resources/writing.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Writing:
    """Habits of writing that hold before the language of a text is known.

    `abbreviations` are written as in the middle of a sentence and stand without their full stop; `possessives` are
    endings that are no part of a word; `onto_numbers` are letters written onto a number ("و40": and 40); `articles`
    stand small before a name ("al-Bab"); `elided` are words that lose their vowel to the next ("l'armée").
    """

    abbreviations: frozenset[str]
    possessives: tuple[str, ...]
    onto_numbers: str
    quotes: frozenset[str]
    articles: frozenset[str]
    elided: tuple[str, ...]

    def abbreviates(self, word: str) -> bool:
        """Tell whether a word, its full stop left off, is an abbreviation: "Gen", "NOV", "U.S", but not "no".

        >>> [writing().abbreviates(word) for word in ("Gen", "GEN", "U.S", "M", "no", "town")]
        [True, True, True, True, False, False]
        """
        if word in self.abbreviations or (word.isupper() and word.capitalize() in self.abbreviations):
            return True
        return all(len(part) == 1 and part.isupper() for part in word.split(".", maxsplit=8))

    def begins_name(self, word: str) -> bool:
        """Tell whether a word in small letters begins a name by its article: "al-Bab", not "anti-Assad".

        >>> [writing().begins_name(word) for word in ("al-Bab", "ez-Zor", "anti-Assad", "al-qaeda", "town")]
        [True, True, False, False, False]
        """
        article, hyphen, rest = word.partition("-")
        return bool(hyphen) and article in self.articles and rest[:1].isupper()

    def bare(self, word: str) -> str:
        """Return a word without a possessive ending.

        >>> writing().bare("Syria's"), writing().bare("Assad’s"), writing().bare("Homs")
        ('Syria', 'Assad', 'Homs')
        """
        if not word.endswith(self.possessives):
            return word
        return word[: -len(next(ending for ending in self.possessives if word.endswith(ending)))]


@cache
def writing() -> Writing:
    """Return the habits of writing of resources/writing.toml."""
    data = tomllib.loads((resources.files("marsad.resources") / "writing.toml").read_text("utf-8"))
    kinds = ("titles", "months", "others")
    endings = [form for ending in data["possessive"]["endings"] for form in (ending, ending.replace("'", "’"))]
    return Writing(
        abbreviations=frozenset(word for kind in kinds for word in data["abbreviations"][kind]),
        possessives=tuple(endings),
        onto_numbers="".join(data["onto_numbers"]["letters"]),
        quotes=frozenset(data["quotes"]["marks"]),
        articles=frozenset(data["articles"]["names"]),
        elided=tuple(sorted((*data["elided"]["french"], *data["elided"]["italian"]), key=len, reverse=True)),
    )
