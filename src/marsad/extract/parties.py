"""Who is said to have done it: the warring parties of a sentence, and the one that acts in it."""

from marsad.extract.atlas import Atlas
from marsad.extract.names import states_in, town
from marsad.model import Certainty
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line

_OF_STATES = ("air strike", "drone strike", "barrel bomb", "missile strike")
"""Weapons that no one but a state has, so that its adjective before them says whose they were."""

_BY_REACH = 6
_AGAINST_REACH = 2
_ACT_REACH = 4
_ACCUSED_REACH = 5
_CLAIM_REACH = 5
_CUE_REACH = 6
"""How many words around a party's name may stand that say what it does or suffers."""


def perpetrator_in(words: Lexicon, atlas: Atlas, line: Line) -> tuple[str, Certainty] | None:
    """Return the party that the sentence says did it, and how surely it says so.

    It acts ("army shelling"), something was done by it, or it is accused of it.
    """
    parties = parties_in(words, atlas, line)
    if not parties:
        return None
    against, by = words.forms("perpetrators.against"), words.section("perpetrators.by")
    accused, claimed = words.section("perpetrators.accused"), words.section("perpetrators.claimed")
    acts = words.section("perpetrators.acts")
    for name, first, after in parties:
        if told_by_cue(words, line, first):
            continue  # "which according to the KIA killed nine"
        if accused.find(line, first - _ACCUSED_REACH, first):
            return name, Certainty.ACCUSED
        if claimed.find(line, first - _AGAINST_REACH, after + _CLAIM_REACH):
            return name, Certainty.CLAIMED
        done_by = _done_by(words, line, first)
        suffers = any(token.form in against for token in line[max(0, first - _AGAINST_REACH) : first])
        if suffers and not by.find(line, first - _AGAINST_REACH, first):
            continue
        if done_by or any(_does(words, line, after, act) for _, act, _ in acts.find(line, first, after + _ACT_REACH)):
            return name, _certainty(words, line, first, after)
    return None


def _done_by(words: Lexicon, line: Line, first: int) -> bool:
    """Tell whether something was done by the party named at `first`; a town "held by the army" only says where."""
    holding = words.forms("perpetrators.holding")
    hits = words.section("perpetrators.by").find(line, first - _BY_REACH, first)
    return any(at == 0 or line[at - 1].form not in holding for _, at, _ in hits)


def _does(words: Lexicon, line: Line, after: int, act: int) -> bool:
    """Tell whether the act at token `act` is that of the party before `after`, not done to it: "ISIS fighters | were killed"."""
    return words.forms("attribution.passive").isdisjoint(token.form for token in line[after:act])


def told_by_cue(words: Lexicon, line: Line, first: int) -> bool:
    """Tell whether a cue of attribution and an article lead to a name: "a statement by the Arakan Army"."""
    at = first
    while at > 0 and line[at - 1].form in words.data["articles"]:
        at -= 1
    return any(end == at for _, _, end in words.section("attribution.cue").find(line, at - _CUE_REACH, at))


def _certainty(words: Lexicon, line: Line, first: int, after: int) -> Certainty:
    """Return how surely a sentence says that the party named by tokens first..after did it."""
    if words.section("modality.denied").find(line, after, after + _CLAIM_REACH):
        return Certainty.DENIED
    hedged = words.section("perpetrators.possible").find(line, first - _BY_REACH, after + _ACT_REACH)
    return Certainty.POSSIBLE if hedged else Certainty.STATED


def parties_in(words: Lexicon, atlas: Atlas, line: Line) -> list[tuple[str, int, int]]:
    """Return the warring parties a sentence names, with the tokens that name them, in order."""
    out = [
        (actor.origin.party, first, after)
        for actor, first, after in words.actors.find(line)
        if actor.origin.party and actor.public and not town(words, line, actor, first)
    ]
    out += [
        (atlas.government(code), first, after) for code, first, after in states_in(words, atlas, line, 0, len(line))
    ]
    for weapon, first, after in words.weapons.find(line):
        code = atlas.country_of(line[first - 1]) if first and weapon in _OF_STATES else None
        if code:  # "a Russian missile strike"
            out.append((atlas.government(code), first - 1, after))
    if atlas.own is not None:
        own = atlas.government(atlas.own)
        out += [(own, first, after) for _, first, after in words.section("perpetrators.generic_state").find(line)]
    return sorted(out, key=lambda party: party[1]) if len(out) > 1 else out
