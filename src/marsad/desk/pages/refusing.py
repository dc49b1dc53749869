"""What a refusal says to whoever reads Arabic: the English that was raised is the key, what fills its gaps is taken over.

What raises a refusal knows nothing of languages, and the API answers with its words as they are. In
`resources/words/refusals.ar.toml` each of these words stands with its Arabic; a test reads the code, and fails where one is
missing. Words of a library that nobody could list are said in English, set apart.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from marsad.desk.allowed import Refused
from marsad.model import Wrong
from marsad.text.words import catalogue

_ROOM, _ARABIC = "refusals", "ar"
_LONGEST = 600
"""Characters of what is looked up: beyond that nothing matches."""
_GAP = re.compile(r"\{(\w+)\}")


def refusal(fault: Wrong, lang: str) -> str:
    """Return what was refused and what to do next, in a language: "en" as it was raised, "ar" in Arabic.

    >>> refusal(Wrong("incident", "X-1", "is not in this observatory", "look at it again"), "ar")
    'الواقعة «\\u2068X-1\\u2069»: غير موجود في هذا المرصد. انظر إليه من جديد.'
    """
    if lang != _ARABIC:
        return str(fault)
    if isinstance(fault, Refused):
        return f"{_said('desk', fault.rule)}."
    shape = "without_value" if fault.value in (None, "") else "with_value"
    parts = {name: _said(name, getattr(fault, name)) for name in ("subject", "rule", "remedy")}
    return catalogue(_ROOM, _ARABIC)[f"shape.{shape}"].format(value=apart(str(fault.value)), **parts)


def rule_said(rule: str, lang: str) -> str:
    """Return the rule alone that something breaks, in a language."""
    return _said("rule", rule) if lang == _ARABIC else rule


def answered(said: str, lang: str) -> str:
    """Return what the desk answers as a whole sentence: "is closed" is "The desk is closed."."""
    return f"{_said('desk', said)}." if lang == _ARABIC else f"The desk {said}."


def misfilled(faults: Sequence[tuple[str, str]], lang: str, called: Mapping[str, str]) -> str:
    """Return what is wrong with fields of a form: pairs of field and message; `called` says what fields are called."""
    if lang != _ARABIC:
        return "; ".join(f"{field}: {message}" for field, message in faults)
    return "؛ ".join(f"{called.get(field, apart(field))}: {_said('input', message)}" for field, message in faults)


def apart(words: str) -> str:
    """Return words set apart, so that they do not turn the direction of what stands around them."""
    return f"\u2068{words}\u2069"


def _said(group: str, english: str) -> str:
    """Return the Arabic for English words of a group; the words themselves, set apart, where there is none."""
    exact, shapes = _known(group)
    if english in exact:
        return exact[english]
    if len(english) <= _LONGEST:
        for shape, arabic in shapes:
            found = shape.fullmatch(english)
            if found:
                return arabic.format(**{name: _filled(words) for name, words in found.groupdict().items()})
    if group == "desk":
        return catalogue(_ROOM, _ARABIC)["shape.unknown"].format(said=apart(english))
    return apart(english)


def _filled(words: str) -> str:
    for group in ("value", "rule"):
        exact, _ = _known(group)
        if words in exact:
            return exact[words]
    return apart(words)


@cache
def _known(group: str) -> tuple[Mapping[str, str], list[tuple[re.Pattern[str], str]]]:
    """Return the sentences of a group: those without gaps by their English, and those with gaps as what they match."""
    exact, shapes = {}, []
    for key, arabic in catalogue(_ROOM, _ARABIC).items():
        room, _, english = key.partition(".")
        if room != group:
            continue
        pieces = _GAP.split(english)
        if len(pieces) == 1:
            exact[english] = arabic
        else:
            made = "".join(re.escape(one) if n % 2 == 0 else f"(?P<{one}>.+?)" for n, one in enumerate(pieces))
            shapes.append((re.compile(made, re.DOTALL), arabic))
    return exact, shapes
