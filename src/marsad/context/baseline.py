"""Numbers of inhabitants of before a war: what their sentence says of them."""

import re
import tomllib
from functools import cache
from importlib import resources


def is_baseline(sentence: str, at: int) -> bool:
    """Tell whether a number at `at` of its sentence is of before the war; words closer to another number are that one's.

    >>> is_baseline("The town had a pre-war population of 9,000 but now 20,000 live there.", 37)
    True
    >>> is_baseline("The town had a pre-war population of 9,000 but now 20,000 live there.", 51)
    False
    """
    before = [m.end() for m in _words().finditer(sentence, 0, at)]
    if before and not re.search(r"\d", sentence[before[-1] : at]):
        return True
    behind = _words().search(sentence, at)
    return behind is not None and len(re.findall(r"[\d.,٠-٩٬]*[\d٠-٩]", sentence[at : behind.start()])) == 1


@cache
def _words() -> re.Pattern[str]:
    data = tomllib.loads((resources.files("marsad.resources") / "rounds.toml").read_text("utf-8"))
    forms = sorted(data["before_war"]["words"], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, forms)) + r")", re.IGNORECASE)
