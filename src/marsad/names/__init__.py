"""Names of people in Arabic and Latin script: brought to one form, repaired, taken apart, compared by their consonants."""

from marsad.names.columns import Columns, columns_of
from marsad.names.letters import letters, one_byte, written_back
from marsad.names.parts import NameParts, parts_of, unnamed
from marsad.names.repair import repaired
from marsad.names.skeleton import skeleton
from marsad.names.transliterate import arabicised, romanised

__all__ = [
    "Columns",
    "NameParts",
    "arabicised",
    "columns_of",
    "letters",
    "one_byte",
    "parts_of",
    "repaired",
    "romanised",
    "skeleton",
    "unnamed",
    "written_back",
]
