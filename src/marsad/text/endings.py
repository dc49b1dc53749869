"""Names as a sentence bends them: what a name may be called by itself ("у Харкові": Харків)."""

from collections.abc import Mapping, Sequence
from itertools import product

_LONGEST_NAME = 2
"""Words of a name beyond which it is not tried without its endings."""
_SHORTEST_STEM = 1
_MOST = 24
"""Names tried for one name at most; likelier ones come first."""


def unbent(endings: Mapping[str, Sequence[str]], name: str) -> list[str]:
    """Return what a name may be called by itself, the likeliest first; [] where none of its endings is known.

    `endings` gives for an ending what may stand in its stead in the plain name. Longer endings are tried first, and each
    word of a name by itself; the name as it stands is not among the answers.

    >>> unbent({"ові": ["ів"], "і": ["", "а"]}, "Харкові")
    ['Харків', 'Харков', 'Харкова']
    >>> unbent({"ій": ["а"], "ці": ["ка"]}, "Великій Писарівці")[0]
    'Велика Писарівка'
    """
    words = name.split()
    if not endings or not words or len(words) > _LONGEST_NAME:
        return []
    longest = max(map(len, endings))
    ranked = product(*(enumerate(_plain(endings, longest, word)) for word in words))
    likeliest = sorted(ranked, key=lambda form: sum(rank for rank, _ in form))[:_MOST]
    forms = (" ".join(word for _, word in form) for form in likeliest)
    return [form for form in forms if form != name]


def _plain(endings: Mapping[str, Sequence[str]], longest: int, word: str) -> list[str]:
    """Return what a word may be without its ending, and last the word itself."""
    sizes = range(min(longest, len(word) - _SHORTEST_STEM), 0, -1)
    out = [word[:-size] + plain for size in sizes for plain in endings.get(word[-size:], ())]
    return list(dict.fromkeys((*out, word)))
