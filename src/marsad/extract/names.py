"""Names as a sentence writes them: an actor that marsad knows, a role, or a person it has never heard of."""

from typing import NamedTuple

from marsad.extract.atlas import Atlas
from marsad.text.actors import Actor
from marsad.text.lexicon import Lexicon, without_article
from marsad.text.phrases import Line
from marsad.text.tokens import Token, shouts

_SHORTEST_NAME = 4
_OWNER_WORDS = 3


class Named(NamedTuple):
    """Somebody named by tokens first..after; `known` says that marsad's list of actors has the name.

    `surname` is how the lexicon spells the last word of a person's name, None where no person is named.
    """

    name: str
    first: int
    after: int
    surname: str | None = None
    known: bool = False


def best_named(words: Lexicon, atlas: Atlas, line: Line, start: int, end: int) -> Named | None:
    """Return who the words start..end name as somebody who speaks, None if nobody is recognised.

    An actor with a name comes before an institution without one, a person's name before his role.
    """
    hits = words.actors.find(line, start, end)
    public = [hit for hit in hits if hit[0].public and not _located(words, line, hit[1])]
    person = person_before(words, line, start, end)
    surname = line[person.after - 1].form if person else None
    if public:
        actor, first, after = public[-1]
        return Named(actor.origin.name, first, after, surname, known=True)
    state = state_in(words, atlas, line, start, end)
    if state:
        return state._replace(surname=surname)
    bodies = [hit for hit in hits if hit[0].body and not hit[0].public]
    if bodies:
        return Named(role_name(words, bodies[-1][0], line, *bodies[-1][1:]), *bodies[-1][1:], surname)
    if person:
        return person._replace(surname=surname)
    roles = [hit for hit in hits if not hit[0].public]
    if roles:
        return Named(role_name(words, roles[-1][0], line, *roles[-1][1:]), *roles[-1][1:])
    return None


def _located(words: Lexicon, line: Line, first: int) -> bool:
    """Tell whether a name only says where somebody is: "officials in Damascus"."""
    return first > 0 and line[first - 1].form in words.forms("attribution.located")


def state_in(words: Lexicon, atlas: Atlas, line: Line, start: int, end: int) -> Named | None:
    """Return the state that the words speak of: "Sudan's armed forces", or a country's name alone."""
    acting = words.section("perpetrators.state")
    for k in range(start, end):
        country = atlas.country_of(line[k])
        if country is None:
            continue
        hit = acting.match(line, k + 1)
        if hit or (k + 1 == end and all(line[j].form in words.data["articles"] for j in range(start, k))):
            return Named(atlas.government(country), k, hit[1] if hit else k + 1, known=True)
    return None


def role_name(words: Lexicon, role: Actor, line: Line, first: int, after: int) -> str:
    """Return a role with the words that narrow it ("doctors in Raqqa", "Raqqa police"), without its article."""
    if role.public:
        return role.origin.name
    said = without_article(words.data, " ".join(token.text for token in line[first:after]))
    if shouts(line):
        return said.lower()
    owner = " ".join(token.text for token in line[_owner(words, line, first) : first])
    if not owner and said[1:].islower():
        said = said[0].lower() + said[1:]  # a capital only begins the sentence
    following = line[after : after + 2]
    if len(following) == 2 and following[0].form in words.forms("attribution.located") and following[1].capital:
        said += f" {following[0].text} {following[1].text}"
    return f"{owner} {said}".lstrip()


def _owner(words: Lexicon, line: Line, first: int) -> int:
    """Return where the name begins that stands before a role and says whose it is: "South Sudan's president"."""
    start = first
    while start > max(0, first - _OWNER_WORDS) and _namelike(words, line[start - 1]):
        start -= 1
    return first if start < len(line) and line[start].form in words.forms("attribution.not_names") else start


def person_before(words: Lexicon, line: Line, start: int, end: int) -> Named | None:
    """Return the name in capitals that ends at token `end`: "Miabek Lang", titles left out."""
    first = end
    while first > start and (
        _namelike(words, line[first - 1]) or line[first - 1].form in words.forms("attribution.particles")
    ):
        first -= 1
    return None if first > start and _located(words, line, first) else _person(words, line, first, end)


def person_from(words: Lexicon, line: Line, at: int) -> Named | None:
    """Return the name in capitals that begins at token `at`, None where none does."""
    end, joining = at, words.forms("attribution.particles") | words.forms("attribution.joining")
    while end < len(line) and (_namelike(words, line[end]) or (end > at and line[end].form in joining)):
        end += 1
    return _person(words, line, at, end)


def _person(words: Lexicon, line: Line, first: int, end: int) -> Named | None:
    """Return line[first:end] as a name, cleared of titles before it and particles at either end; None if none is left."""
    titles, loose = (
        words.forms("attribution.titles"),
        words.forms("attribution.particles") | words.forms("attribution.joining"),
    )
    while first < end and (line[first].form in titles or line[first].form in loose):
        first += 1
    while end > first and line[end - 1].form in loose:
        end -= 1
    if first >= end or line[first].form in words.forms("attribution.not_names") or shouts(line):
        return None
    name = " ".join(token.text for token in line[first:end] if token.kind == "word").strip(" -")
    name = " ".join([*name.split()[:-1], line[end - 1].bare]) if name else name
    return Named(name, first, end) if len(name) >= _SHORTEST_NAME else None


def _namelike(words: Lexicon, token: Token) -> bool:
    """Tell whether a capitalised word may belong to a name: no weekday, no month, no "Britain-based"."""
    dates = words.data["dates"]
    if not token.capital or token.form in dates["weekdays"] or token.form in dates["months"]:
        return False
    return not token.form.endswith(tuple(words.data["attribution"]["describing"]))
