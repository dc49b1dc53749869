"""Who supports how many: the largest number that enough independent origins, of enough types, stand behind."""

from collections.abc import Sequence

from marsad.model import ClaimId, Origin, OriginKind

DIRECT = (OriginKind.MONITOR, OriginKind.MEDICAL, OriginKind.INTERNATIONAL, OriginKind.WITNESS)
"""Origins that count, treat or saw the dead themselves."""

_TYPES = {
    OriginKind.WITNESS: "witness",
    OriginKind.MEDICAL: "medical",
    OriginKind.OFFICIAL: "authority",
    OriginKind.PARTY: "party",
    OriginKind.ACTIVISTS: "community",
}

Backing = tuple[Origin, tuple[ClaimId, ...]]


def type_of(kind: OriginKind) -> str:
    """Return the type of source that a kind of origin is, as missions count types: monitors, media and UN are secondary.

    >>> type_of(OriginKind.MONITOR), type_of(OriginKind.WITNESS)
    ('secondary', 'witness')
    """
    return _TYPES.get(kind, "secondary")


def supported(
    said: Sequence[tuple[Origin, int, tuple[ClaimId, ...]]], *, origins: int = 1, types: int = 1, direct: int = 0
) -> tuple[int | None, list[Backing]]:
    """Return the largest number that so many origins of so many types say was reached at least, and who they are.

    `said` holds the fewest people each origin speaks of; `direct` is how many of them must stand near the dead. None
    where too few speak at all. A further origin never makes the number smaller.

    >>> a, b = Origin("a", OriginKind.MEDICAL), Origin("b", OriginKind.WITNESS)
    >>> supported([(a, 12, ()), (b, 15, ())], origins=2)[0]
    12
    """
    for number in sorted({floor for _, floor, _ in said}, reverse=True):
        behind = [(origin, claims) for origin, floor, claims in said if floor >= number]
        enough = len({origin.name for origin, _ in behind}) >= origins
        kinds = {type_of(origin.kind) for origin, _ in behind}
        near = sum(1 for origin, _ in behind if origin.kind in DIRECT)
        if enough and len(kinds) >= types and near >= direct:
            return number, behind
    return None, []
