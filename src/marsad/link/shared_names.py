"""Rare names that two tellings share: of a village, a hospital, a victim. Two reports that share one tell of one incident."""

from collections.abc import Set
from itertools import pairwise

from marsad.model.telling import UNLISTED, Telling, Trait
from marsad.text.sound import consonants


def shared_names(a: Telling, b: Telling, common: Set[str] = frozenset()) -> int:
    """Return how many names two tellings share by sound and spelling; those whose sound is `common` are left out.

    That they share none says nothing: each may name other victims. A village that is the place of both counts as their place;
    one that is the place of one of them, and that the other names, is shared.
    """
    one, other = a.traits.get(Trait.NAME, frozenset()), b.traits.get(Trait.NAME, frozenset())
    if not one and not other:
        return 0
    return _said_in_both(a, b, one, other, common) or _place_of_one(a, b, common)


def _place_of_one(a: Telling, b: Telling, common: Set[str]) -> int:
    """Return 1 where the place of one telling is a name that the other says beside its numbers, else 0."""
    if a.place_key and a.place_key == b.place_key:
        return 0
    for place, said in ((a, b), (b, a)):
        called = place.traits.get(Trait.CALLED, frozenset())
        names = {name.partition(":")[0] for name in said.traits.get(Trait.NAME, ())} if called else set()
        if not (called & names).issubset(common):
            return 1
    return 0


def _said_in_both(a: Telling, b: Telling, one: Set[str], other: Set[str], common: Set[str]) -> int:
    """Return how many names both say."""
    spelled: dict[str, list[str]] = {}
    for name in one:
        key, _, form = name.partition(":")
        spelled.setdefault(key, []).append(form)
    hits = [(key, form) for key, _, form in (name.partition(":") for name in other) if key in spelled]
    spot = a.place_key.removeprefix(UNLISTED) if a.place_key and a.place_key == b.place_key else ""
    shared = {
        key: form
        for key, form in hits
        if key not in common
        and not (spot and _is_of(key, form, spot))
        and (key.islower() or any(may_be_one(form, known) for known in spelled[key]))
    }
    # "Buq Aralle" is kept as it is and by its last word: that both are shared is one name.
    return sum(
        not any(other != key and _is_of(key, form, other) and len(other) > len(consonants(form)) for other in shared)
        for key, form in shared.items()
    )


def may_be_one(one: str, other: str) -> bool:
    """Tell whether two names of the same consonants may be spellings of one: in one script they begin alike and share a third
    of their pairs of letters. (Names of few consonants sound alike with their vowels, and are not asked.)

    >>> may_be_one("syayipuma", "syaypuma"), may_be_one("kutunda", "katanda"), may_be_one("majengo", "mijnag")
    (True, True, False)
    """
    if one == other or one.isascii() != other.isascii():
        return True
    pairs, others = set(pairwise(one)), set(pairwise(other))
    return one[0] == other[0] and 3 * len(pairs & others) >= min(len(pairs), len(others))


def _is_of(key: str, spelling: str, spot: str) -> bool:
    """Tell whether a name is a word of the place that this key stands for."""
    bones = consonants(spelling)
    return key in spot or (bones != "" and bones in spot)
