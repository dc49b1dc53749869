"""Whether two names are of one speaker, by a folder's own list of aliases."""

import re
from collections.abc import Mapping, Sequence

_BRACKETS = re.compile(r"\s*\(.*?\)")
_ARTICLE = re.compile(r"^(?:the|la|el|le|les|il|los)\s+")
_LONG_WORD = re.compile(r"\w{3,}")
_SHORT = 4
"""Letters up to which an alias is only looked for as the whole name: "un" stands in too many words."""


class Speakers:
    """Folds the names of speakers: `aliases` maps one name of each to the others it goes by, letter case aside.

    >>> speakers = Speakers({"Observatory": ["the monitor", "المرصد"]})
    >>> speakers.fold("the Monitor (by telephone)"), speakers.same("المرصد", "Observatory chief"), speakers.fold(None)
    ('Observatory', True, None)
    """

    def __init__(self, aliases: Mapping[str, Sequence[str]]) -> None:
        self._known = {name.lower(): main for main, others in aliases.items() for name in (main, *others)}
        self._inside = [
            (re.compile(rf"(?<!\w){re.escape(name)}(?!\w)"), main)
            for name, main in self._known.items()
            if len(name) > _SHORT
        ]

    def fold(self, name: str | None) -> str | None:
        """Return the one name of this speaker, the name itself without article and brackets if no alias fits it."""
        if not name:
            return None
        whole = name.lower().strip()
        bare = _ARTICLE.sub("", _BRACKETS.sub("", whole).strip())
        for form in (whole, bare):
            if form in self._known:
                return self._known[form]
        return next((main for pattern, main in self._inside if pattern.search(whole)), bare)

    def same(self, one: str | None, other: str | None) -> bool:
        """Whether both names fold to one, or share at least half the long words of the shorter name."""
        if not one or not other:
            return not one and not other
        if self.fold(one) == self.fold(other):
            return True
        words, others = (set(_LONG_WORD.findall(name.lower())) for name in (one, other))
        return bool(words and others) and 2 * len(words & others) >= min(len(words), len(others))
