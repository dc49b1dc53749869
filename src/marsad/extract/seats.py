"""Places that only tell where somebody has his office, a hospital stands or somebody has fled to: it happened elsewhere."""

from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line

_TELLING = 8
"""Words between who speaks and the word of saying."""

_WARD_REACH = 4
"""Words before a name within which the hospital stands whose town it is: "the hospital in the city of | Abs"."""

_ATTACKED = 4
"""Words before a hospital within which an attack on it is told."""

_REFUGE_REACH = 2
"""Words before a place within which somebody is said to live there: "un chef réfugié | à Adré", "a group based | in Geneva"."""


def is_seat(words: Lexicon, line: Line, at: int, after: int) -> bool:
    """Tell whether a place, led to by token `at`, is one where somebody speaks from, or people were brought to."""
    return _of_speaker(words, line, at, after) or _of_ward(words, line, at, after) or _of_refuge(words, line, at)


def _of_speaker(words: Lexicon, line: Line, at: int, after: int) -> bool:
    """Tell whether a place only says where somebody's office is who speaks.

    "Told the mayor's office | of Thomazeau", "the health ministry | in Sana'a has spoken of": but aid workers in the camp of
    Yida are where it happened.
    """
    office = next((hit for hit in words.actors.find(line, at - _TELLING, at) if hit[2] == at), None)
    if office is None or not office[0].body:
        return False
    joint = words.tags.match(line, at)
    of = joint is not None and joint[0] == "O"
    if not of and office[0].public:
        return False
    say, cue = words.section("attribution.say"), words.section("attribution.cue")
    behind = after + (after < len(line) and line[after].kind == "mark")
    if say.match(line, behind) is not None and behind == after:
        return True
    start = max(0, office[1] - _TELLING)
    ahead = [end for _, _, end in (*say.find(line, start, office[1]), *cue.find(line, start, office[1]))]
    return any(all(token.kind == "word" for token in line[end : office[1]]) for end in ahead)


def _of_ward(words: Lexicon, line: Line, at: int, after: int) -> bool:
    """Tell whether a place is where a hospital stands that nobody attacked: "a doctor at the hospital | of Abs"."""
    wards = words.forms("places.wards")
    if line.forms.isdisjoint(wards):
        return False
    ward = next((k for k in range(after - 1, max(-1, at - _WARD_REACH), -1) if line[k].form in wards), None)
    if ward is None:
        return False
    start = max(0, ward - _ATTACKED)
    attacks = (words.weapons, words.section("telling.words"))
    return not any(found.find(line, start, ward) for found in attacks)


def _of_refuge(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether somebody lives or works in a place who tells of another: "a chief exiled | in Adré", "based | in Geneva"."""
    refuge = words.forms("places.refuge")
    return any(token.form in refuge for token in line[max(0, at - _REFUGE_REACH) : at])
