"""Whose word a report is where it names nobody: an organisation that prints its own counts, else no one."""

from collections.abc import Sequence
from functools import lru_cache

from marsad.extract.atlas import Atlas
from marsad.extract.cast import Chain, Speaker
from marsad.extract.names import short_for
from marsad.model import OriginKind
from marsad.text.actors import actor_called
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line
from marsad.text.tokens import Token

_OUTLETS = 4096
"""Names of outlets that are kept at hand with who speaks by them."""

_OFFICES = (OriginKind.OFFICIAL, OriginKind.MEDICAL)
"""What an outlet may be that has no name of its own and prints its own counts."""

_COMMANDS = ("ministry", "army")
"""The same of a party that fights, where its name holds one of these: not "state media"."""

_OPENING, _CLOSING = frozenset("“„«"), frozenset("”»")


def own_voice(
    words: Lexicon, atlas: Atlas, outlet: str | None, lines: Sequence[Line], voices: Sequence[Sequence[Speaker]]
) -> Chain:
    """Return who speaks where a report names nobody, empty for an outlet that only passes on what others count.

    An organisation is known by its name ("Kivu Doctors' Network"), or by speaking of itself where nobody is quoted: "our
    teams recovered nine bodies". "The Observatory" that is Syria's in reports of Syria is no more than its name elsewhere.
    """
    if not outlet:
        return ()
    own = _own_name(words, outlet)
    if own:
        return _at_home(words, atlas, outlet, own)
    ours = words.section("attribution.ours")
    for line, speakers in zip(lines, voices, strict=False):
        if ours.stands_in(line) and all(s.carried for s in speakers) and not _quoted(line, ours.find(line)[0][1]):
            return (_plain(outlet),)
    return ()


def _plain(outlet: str) -> str:
    return outlet.partition(" (")[0]


def _quoted(line: Line, at: int) -> bool:
    """Tell whether a token stands inside a quotation that its sentence opens."""
    plain = sum(token.form == '"' for token in line[:at]) % 2 == 1
    opened = sum((token.form in _OPENING) - (token.form in _CLOSING) for token in line[:at])
    return plain or opened > 0


def _at_home(words: Lexicon, atlas: Atlas, outlet: str, own: Chain) -> Chain:
    """Return the name of an outlet itself where it is short for an organisation of another country than the report's."""
    actor = actor_called(_plain(outlet))
    if actor is None or not actor.shorts or not atlas.countries or actor.home in atlas.countries:
        return own
    line = words.counting_line(_plain(outlet))
    role = short_for(line, actor, 0, len(line))
    return own if role is None else (role or _plain(outlet),)


@lru_cache(maxsize=_OUTLETS)
def _own_name(words: Lexicon, outlet: str) -> Chain:
    """Return the organisation that an outlet's name names as one that counts for itself.

    An office is one as well: "Ministry of Defence press service", "Mairie de Ménaka"; "Police Gazette" is a paper, and so
    is "Rights Today", while "Kivu Rights Committee" is none.
    """
    name = _plain(outlet)
    actor = actor_called(name)
    if actor is not None:
        return () if actor.origin.kind is OriginKind.MEDIA else (actor.origin.name,)
    line = words.counting_line(name)
    start = next((k for k, token in enumerate(line) if token.form not in words.data["articles"]), 0)
    hit = words.actors.match(line, start)
    if hit is not None and hit[0].shorts and (role := short_for(line, hit[0], start, hit[1])):
        return (role,)  # "الدفاع المدني في غزة"
    if _counts(words, line):
        return (name,)  # "Médecins pour la paix" is more than doctors
    if hit is not None and not hit[0].public:
        role, kind = hit[0].origin.name, hit[0].origin.kind
        office = kind in _OFFICES or (kind is OriginKind.PARTY and any(word in role for word in _COMMANDS))
        if office and (hit[1] == len(line) or not line[hit[1]].capital):
            return (role,)
    office = bool(line) and _head(words, line).form in words.forms("attribution.offices")
    return (name,) if office else ()


def _counts(words: Lexicon, line: Line) -> bool:
    """Tell whether a name is of those who count and treat, by any word of it, and no newspaper's."""
    forms = {token.form for token in line}
    return not forms.isdisjoint(words.forms("attribution.counters")) and forms.isdisjoint(
        words.forms("attribution.press")
    )


def _head(words: Lexicon, line: Line) -> Token:
    """Return the word of an outlet's name that says what it is: "Al-Karama | Hospital", "مستشفى | الشفاء"."""
    if words.subject_first and not words.subject_behind:
        of = next((k for k in range(1, len(line)) if line[k].form in words.forms("attribution.joining")), len(line))
        return line[of - 1]
    return next((token for token in line if token.form not in words.data["articles"]), line[0])
