"""Which speakers of one incident are one voice: a body under several names, and nobody in particular with somebody's number.

Both are told of names alone and of numbers, each pair for itself; a further report adds a voice or none, and never makes one of
two that were counted apart. A name that is more than another one takes the other in; nothing is ever taken out of a name.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from marsad.link.likelihood import same_number
from marsad.link.speakers import is_known_actor, nameless, places_of
from marsad.model import Bound, ClaimId, Fold, Origin, OriginKind
from marsad.model.heard import Heard
from marsad.text.organs import Made, made_of, parted

SAME_NAME, FULLER_NAME, NAMELESS = "other-spelling", "fuller-name", "nameless-same-number"
"""Reasons for a fold."""

_FOR_THEMSELVES = ("named", "own-voice", "own-house")
"""Reasons by which somebody is heard under a name of his own."""

_SURE = {SAME_NAME: 0.97, FULLER_NAME: 0.85}
"""How sure a reader is of either: judged, not measured."""

_LIKELY = 0.83
"""From what probability on nobody in particular repeats somebody's number: a number of ten or more that is not round."""

_OFFICIAL = 0.8
"""The same for an office without a name and a person without an office: from three on, a town has one mayor."""

_FULL = 2
"""Proper names that make somebody known without his office: a name and a father's or family's."""


def one_voice(heard: Sequence[Heard], spoken: Mapping[ClaimId, Fold]) -> dict[ClaimId, Fold]:
    """Return new folds for speakers whose name is another spelling of an earlier speaker's, or less of a fuller one's.

    "The hospital" is Vale Teaching Hospital, where another report of the incident names that; "لجنة السوق" is the market
    committee. Known actors keep their names. Of several fuller names the first is meant.
    """
    made: dict[str, Made] = {}
    first: dict[str, Heard] = {}
    for item in sorted(heard, key=lambda h: not _known(spoken.get(h.claim.claim_id))):  # known actors keep their names
        fold = spoken.get(item.claim.claim_id)
        if fold is not None and fold.rule in _FOR_THEMSELVES and fold.origin.name not in made:
            made[fold.origin.name] = made_of(fold.origin.name, places_of(item.claim))
            first[fold.origin.name] = item
    fuller = _fuller(made, {name for name, item in first.items() if is_known_actor(spoken[item.claim.claim_id].origin)})
    out = {}
    for claim_id, fold in spoken.items():
        called = fuller.get(fold.origin.name)
        if called is None or is_known_actor(fold.origin):
            continue
        rule = SAME_NAME if _body(made[called]) == _body(made[fold.origin.name]) else FULLER_NAME
        origin = spoken[first[called].claim.claim_id].origin
        if fold.rule in _FOR_THEMSELVES:
            of = first[called].claim.claim_id
            out[claim_id] = Fold(claim_id, origin, rule, of, copy=False, probability=_SURE[rule])
        else:
            out[claim_id] = replace(fold, origin=origin, probability=fold.probability * _SURE[rule])
    return out


def _known(fold: Fold | None) -> bool:
    return fold is not None and is_known_actor(fold.origin)


def _fuller(made: Mapping[str, Made], actors: Collection[str]) -> dict[str, str]:
    """Return by what name each voice is called that has an earlier spelling or a fuller name; in order of appearance.

    `actors` are names of known actors: "the council" is not yet the Norwegian Refugee Council.
    """
    called: dict[Made, str] = {}
    holders: dict[Made, set[str]] = {}
    for name, parts in made.items():
        if parts.nouns or parts.proper:
            called.setdefault(_body(parts), name)
            holders.setdefault(_body(parts), set()).update(parts.person)
    bearers: dict[tuple[str, bool], list[Made]] = {}
    for parts, name in called.items():
        if name in actors and parts.proper:
            continue
        for part in (*_parts(parts), *((held, True) for held in sorted(holders[parts] - parts.proper))):
            bearers.setdefault(part, []).append(parts)
    least = {parts: min((bearers.get(part, []) for part in _parts(parts)), key=len) for parts in called}
    meant: dict[Made, Made] = {}
    for parts in sorted(
        called, key=lambda p: -len(p.nouns) - len(p.proper)
    ):  # the fullest first: they are done by then
        more = next((other for other in least[parts] if _less(parts, other, holders[other])), None)
        meant[parts] = parts if more is None else meant.get(more, more)
    out = {
        name: called[meant[_body(parts)]]
        for name, parts in made.items()
        if _body(parts) in meant and called[meant[_body(parts)]] != name
    }
    spelled_out = {short: name for name in reversed(list(made)) if (short := _initials(name))}
    out |= {name: out.get(full, full) for name in made if (full := spelled_out.get(name)) is not None}
    return out | _same_person(made, out)


def _same_person(made: Mapping[str, Made], called: Mapping[str, str]) -> dict[str, str]:
    """Return by what name those are called who bear an earlier one's name, with another office in brackets or with none."""
    first: dict[object, str] = {}
    out: dict[str, str] = {}
    for name, parts in made.items():
        bare = parted(name)[0]
        keys = [bare.lower(), *([parts.person] if len(parts.person) >= _FULL else [])]
        known = next((first[key] for key in keys if key in first), None)
        if known is not None and called.get(name, name) != called.get(known, known):
            out[name] = called.get(known, known)
        for key in keys if len(bare) >= _LETTERS else ():
            first.setdefault(key, name)
    return out


def _initials(name: str) -> str | None:
    """Return the letters by which a name may be called, "NDS" for "National Directorate of Security"; None for too few."""
    letters = "".join(word[0] for word in name.partition(" (")[0].split() if word[0].isupper())
    return letters if len(letters) >= _LETTERS else None


_LETTERS = 3
"""Letters of an abbreviation that tells: two letters are many a name's."""


def _body(parts: Made) -> Made:
    """Return what a name is made of without whoever holds the office: two spokesmen of a ministry are one voice."""
    return replace(parts, person=frozenset())


def _parts(made: Made) -> Iterable[tuple[str, bool]]:
    yield from ((noun, False) for noun in sorted(made.nouns))
    yield from ((name, True) for name in sorted(made.proper))


def _less(one: Made, other: Made, holders: Collection[str]) -> bool:
    """Tell whether a name is less of the other: an institution with fewer proper names and nouns, or none; or a person's full
    name without his office. `holders` are the names of those who hold the other's office.
    """
    if one == other or not one.nouns <= other.nouns:
        return False
    if not one.nouns and len(one.proper) >= _FULL and one.proper <= other.proper.union(holders):
        return True
    if not one.proper <= other.proper:
        return False
    if one.institution:
        return True
    if not one.nouns and other.institution and one.proper == other.proper:
        return True  # "al-Thawra" beside al-Thawra hospital
    return len(one.proper) >= _FULL


def told_by_somebody(heard: Sequence[Heard], spoken: Mapping[ClaimId, Fold]) -> dict[ClaimId, Fold]:
    """Return new folds for nameless speakers (residents, a medical source) who give the number that another report has.

    That they counted for themselves nobody can show. The first report that gives the number is the one that they follow: its
    named speaker where it has one. Round numbers and those under ten are nobody's: people hit on them by chance. What one
    report tells apart stays apart; parties follow parties alone. An office without a name ("hospital director") and a person
    without an office who give one such number are one in the same way.
    """
    by_report: dict[str, set[str]] = {}
    said: dict[tuple[str, int], list[Heard]] = {}
    for item in heard:
        if item.claim.claim_id in spoken:
            by_report.setdefault(item.claim.report_id, set()).add(spoken[item.claim.claim_id].origin.name)
            if (key := _telling(item)) is not None:
                said.setdefault(key, []).append(item)
    out: dict[ClaimId, Fold] = {}
    for key, told in said.items():
        known = [item for item in told if not nameless(spoken[item.claim.claim_id].origin)][:_REMEMBERED]
        before: list[Heard] = []
        for item in told:
            claim, origin = item.claim, spoken[item.claim.claim_id].origin
            if nameless(origin) or _of_office(origin) or _person(origin):
                sure = same_number(key[1], credited=False)
                others = (*before, *(o for o in known if o not in before)) if nameless(origin) else before
                followed = _followed(item, sure, others, spoken, by_report)
                if followed is not None:
                    theirs = out.get(followed.claim.claim_id, spoken[followed.claim.claim_id])
                    of, earlier = followed.claim.claim_id, followed in before
                    out[claim.claim_id] = Fold(
                        claim.claim_id, theirs.origin, NAMELESS, of, copy=earlier, probability=sure
                    )
            if len(before) < _REMEMBERED:
                before.append(item)
    return out


def _telling(item: Heard) -> tuple[str, int] | None:
    """Return what a claim counts and how many, None where its number shows nothing of who gave it."""
    claim = item.claim
    if claim.value is None or claim.derived or claim.bound is Bound.VAGUE or item.of is not None:
        return None
    return f"{claim.measure}|{claim.group}", claim.value


def _of_office(origin: Origin) -> bool:
    """Tell whether an origin is an office without a name: "hospital director"."""
    parts = made_of(origin.name)
    return bool(parts.nouns) and not parts.proper and not is_known_actor(origin)


def _person(origin: Origin) -> bool:
    """Tell whether an origin is a person's full name without an office."""
    parts = made_of(origin.name)
    return (
        not parts.nouns
        and len(parts.proper) >= _FULL
        and origin.kind is OriginKind.UNNAMED
        and not is_known_actor(origin)
    )


_REMEMBERED = 8
"""Of those who give a number, so many are remembered."""


def _followed(
    item: Heard,
    sure: float,
    others: Sequence[Heard],
    spoken: Mapping[ClaimId, Fold],
    by_report: Mapping[str, set[str]],
) -> Heard | None:
    """Return whose number nobody in particular has, or a person whose office gave it: somebody with a name before others."""
    ours = spoken[item.claim.claim_id].origin

    def may(other: Heard) -> bool:
        theirs = spoken[other.claim.claim_id].origin
        apart = other.claim.report_id == item.claim.report_id or theirs.name in by_report[item.claim.report_id] - {
            ours.name
        }
        party = OriginKind.PARTY in (ours.kind, theirs.kind) and ours.kind is not theirs.kind
        if apart or party or theirs.name == ours.name:
            return False
        if nameless(ours):
            return sure >= _LIKELY or (
                sure >= _OFFICIAL and nameless(theirs) and ours.kind is theirs.kind is not UNNAMED
            )
        pair = (_of_office(ours) and _person(theirs)) or (_person(ours) and _of_office(theirs))
        return pair and sure >= _OFFICIAL

    told = [other for other in others if may(other)]
    return next((o for o in told if not nameless(spoken[o.claim.claim_id].origin)), told[0] if told else None)


UNNAMED = OriginKind.UNNAMED
