"""Names as a sentence writes them: an actor that marsad knows, a role, or a person it has never heard of."""

from collections.abc import Sequence
from typing import NamedTuple

from marsad.extract.atlas import Atlas
from marsad.model import Origin, OriginKind
from marsad.text.actors import Actor
from marsad.text.lexicon import Lexicon, without_article
from marsad.text.organs import names_a_kind
from marsad.text.phrases import Line
from marsad.text.tokens import Token

_SHORTEST_NAME = 4
_OWNER_WORDS = 3
_STATE = "Government of "


class Named(NamedTuple):
    """Somebody named by tokens first..after; `known` says that marsad's list of actors has the name.

    `surname` is how the lexicon spells the last word of a person's name, None where no person is named.
    """

    name: str
    first: int
    after: int
    surname: str | None = None
    known: bool = False


def acting(words: Lexicon, atlas: Atlas, line: Line, start: int, end: int) -> list[tuple[Actor, int, int]]:
    """Return the actors that words name, as this report means them: "the Observatory" is Syria's in reports of Syria alone."""
    hits = words.actors.find(line, start, end)
    if not words.subject_first and len(hits) > 1:
        hits = [hits[0], *(hit for hit in hits[1:] if not _adds(words, line, *hit))]
    if not [actor for actor, _, _ in hits if actor.shorts]:
        return hits
    meant = ((_meant(atlas, line, *hit), *hit[1:]) for hit in hits)
    return [(actor, first, after) for actor, first, after in meant if actor is not None]


def _adds(words: Lexicon, line: Line, actor: Actor, first: int, after: int) -> bool:
    """Tell whether an Arabic role only goes on with one before it: the title of whoever holds it, a reporter who heard him."""
    if actor.public:
        to = line[first].form if line[first].form.startswith("ل") else line[first - 1].form if first else ""
        heard = line[first - 1].text == "لـ" if first else False
        heard = heard or (
            to.startswith("ل") and (to[1:] in words.forms("attribution.outlets") or to == line[first].form)
        )
        return heard and actor.origin.kind is OriginKind.MEDIA  # "مصدر أمني | لوكالة فرانس برس"
    titled = after - first == 1 and line[first].form in words.forms("attribution.titles")
    return titled or (actor.origin.kind is OriginKind.MEDIA and line[first].form.startswith("ل"))


def _meant(atlas: Atlas, line: Line, actor: Actor, first: int, after: int) -> Actor | None:
    """Return whom a name means in this report: the role that it is in reports of other countries, None where it is none."""
    role = short_for(line, actor, first, after)
    if role is None or not atlas.countries or actor.home in atlas.countries:
        return actor
    origin = Origin(role, actor.origin.kind, None)
    return Actor(origin, None, public=False, glossed=True) if role else None


def short_for(line: Line, actor: Actor, first: int, after: int) -> str | None:
    """Return the role that a short name of an actor is elsewhere, empty where it is none; None for a full name."""
    forms = [token.form for token in line[first:after]]
    joined = " ".join(forms)
    return next(
        (role for short, role in actor.shorts if joined.endswith(short) and len(forms) == len(short.split())), None
    )


def best_named(words: Lexicon, atlas: Atlas, line: Line, start: int, end: int) -> Named | None:
    """Return who the words start..end name as somebody who speaks, None if nobody is recognised.

    An actor with a name comes before an institution without one, a person's name before his role.
    """
    hits = acting(words, atlas, line, start, end)
    public = [
        hit for hit in hits if hit[0].public and not located(words, line, hit[1]) and not town(words, line, *hit[:2])
    ]
    person = person_before(words, line, start, end)
    if person and any(
        first <= person.first and person.after <= after for actor, first, after in hits if not actor.public
    ):
        person = None  # a role that begins a sentence, or a portfolio: "Activists said", "il ministro della Giustizia"
    if person and any(
        hit[2] == person.first and hit[0].body and hit[0].origin.kind is OriginKind.MEDICAL for hit in hits
    ):
        person = None  # "a doctor of the hospital | Shifa"
    if person and _of_place(words, line, person, hits):
        person = None  # "the mayor of Idlib said"
    surname = line[person.after - 1].form if person else None
    if public:
        actor, first, after = public[-1]
        return Named(actor.origin.name, first, after, surname, known=True)
    state = state_in(words, atlas, line, start, end)
    if state:
        part = (
            person is not None and state.first <= person.first and person.after <= state.after
        )  # "Fuerzas Armadas de Malí"
        return state._replace(surname=None if part else surname)
    bodies = [hit for hit in hits if hit[0].body and not hit[0].public]
    if bodies and located(words, line, bodies[-1][1]) and any(not hit[0].public and not hit[0].body for hit in hits):
        bodies = []  # "from the hospital in Goma a nurse said"
    staffed = bodies[-1] if bodies and _staff(words, line, hits, bodies[-1]) else None
    if staffed:
        bodies = []  # "a doctor of the hospital said"
    if bodies:
        body, first, after = bodies[-1]
        return Named(role_name(words, body, line, first, after), first, after, surname)
    if person:
        headed = _headed(words, line, start, person)
        if headed is not None:
            return headed if headed is not person else person._replace(surname=surname)
    roles = [hit for hit in hits if not hit[0].public and hit is not staffed]
    if len(roles) > 1:  # "متطوع | في المستشفى": where he is
        roles = [hit for hit in roles if not (hit[0].body and located(words, line, hit[1]))] or roles
    if roles:
        role = roles[-1]
        while len(roles) > 1 and _owns(words, line, roles[-2], role):
            roles.pop()
            role = roles[-1]  # "le maire de la municipalité": the one who holds the office
        return Named(role_name(words, role[0], line, *role[1:]), *role[1:])
    return None


def _owns(words: Lexicon, line: Line, one: tuple[Actor, int, int], other: tuple[Actor, int, int]) -> bool:
    """Tell whether one role is said to be of the other: "the mayor of the municipality"."""
    between = line[one[2] : other[1]]
    of = [words.tags.match(line, k) for k in range(one[2], other[1])]
    return bool(between) and len(between) <= _OWNER_WORDS and all(tag is not None and tag[0] in "OR" for tag in of)


def _staff(words: Lexicon, line: Line, hits: Sequence[tuple[Actor, int, int]], body: tuple[Actor, int, int]) -> bool:
    """Tell whether a place of care only says whose doctor somebody is: "un medico dell'ospedale"."""
    at, located_by = body[1], words.forms("attribution.located")
    while at > 0 and (
        ((joint := words.tags.match(line, at - 1)) is not None and joint[0] in "OR")
        or line[at - 1].form in located_by  # "a doctor at the hospital"
        or line[at - 1].form.endswith("'")  # "dell'ospedale"
    ):
        at -= 1
    medics = [hit for hit in hits if not hit[0].body and hit[0].origin.kind is OriginKind.MEDICAL and not hit[0].public]
    return at < body[1] and body[0].origin.kind is OriginKind.MEDICAL and any(hit[2] == at for hit in medics)


def full_body(words: Lexicon, line: Line, named: Named | None) -> bool:
    """Tell whether somebody goes by a whole name, so that no word of it points back: "the health ministry", "local sources"."""
    if named is None or named.surname:
        return False
    hits = words.actors.find(line, named.first, named.after)
    return any(last - at > 1 and a.origin.kind is not OriginKind.MONITOR for a, at, last in hits)


def town(words: Lexicon, line: Line, actor: Actor, first: int) -> bool:
    """Tell whether a capital that may stand for its government is a town here: "in Damascus", "residents of Damascus"."""
    before = words.tags.match(line, first - 1) if first else None
    led = first > 0 and line[first - 1].form in words.forms("places.before")
    return actor.seat and (led or (before is not None and before[0] == "O"))


def _of_place(words: Lexicon, line: Line, person: Named, hits: Sequence[tuple[Actor, int, int]]) -> bool:
    """Tell whether a name only says of which place somebody in a role is."""
    of = _of(words, line, person.first)
    return of is not None and any(after == of for _, _, after in hits)


def _of(words: Lexicon, line: Line, first: int) -> int | None:
    """Return the token of an "of" that leads to a name, articles between them: "the governor | of the Far North"."""
    at = first - 1
    while at > 0 and line[at].form in words.data["articles"]:
        at -= 1
    joint = words.tags.match(line, at) if at > 0 else None
    return at if joint is not None and joint[0] == "O" else None


_HEAD_WORDS = 5
"""How many words may say what somebody's or something's name is the name of: "the civic observatory of | the Northwest"."""


def _headed(words: Lexicon, line: Line, start: int, person: Named) -> Named | None:
    """Return a name with what it is the name of, where "of" leads to it: "the diocese of Mamfe", "l'Observatoire du Nord".

    None where it is only where somebody is: "in the outskirts of Mamfe".
    """
    of = _of(words, line, person.first)
    if of is None or of <= start:
        return person
    first, never = of, words.forms("attribution.not_names")
    while first > max(start, of - _HEAD_WORDS) and line[first - 1].kind == "word" and line[first - 1].form not in never:
        if line[first - 1].form in words.data["articles"]:
            break
        first -= 1
    ahead = first - 1
    while ahead > 0 and line[ahead].form in words.data["articles"]:
        ahead -= 1
    where = words.forms("attribution.located") | words.forms("places.strong")
    if first < of and ahead >= 0 and line[ahead].form in where:
        return None
    if first == of or words.harm.find(line, first, of) or line[first].form in words.forms("attribution.nobody"):
        return person
    text = " ".join(token.text for token in line[first : person.after])
    led = first > 0 and line[first - 1].form in words.data["articles"]
    opens = not led and not line[first].capital
    return person if opens else person._replace(name=text.replace("' ", "'"), first=first, surname=None)


def located(words: Lexicon, line: Line, first: int) -> bool:
    """Tell whether a name only says where somebody is: "officials in Damascus"."""
    return first > 0 and line[first - 1].form in words.forms("attribution.located")


def state_in(words: Lexicon, atlas: Atlas, line: Line, start: int, end: int) -> Named | None:
    """Return the state that the words speak of: "Sudan's armed forces", or a country's name alone."""
    acting = next((state for state in states_in(words, atlas, line, start, end)), None)
    if acting:
        country, first, after = acting
        return Named(atlas.government(country), first, after, known=True)
    country_alone = atlas.country_of(line[end - 1]) if end > start else None
    if country_alone and all(line[j].form in words.data["articles"] for j in range(start, end - 1)):
        return Named(atlas.government(country_alone), end - 1, end, known=True)
    return None


def spoken(words: Lexicon, line: Line, named: Named) -> str:
    """Return the name of a speaker; of a state with the organ that spoke: "Government of Sudan (army)"."""
    if not named.known or named.surname or not named.name.startswith(_STATE):
        return named.name
    said = " ".join(token.form for token in line[named.first : named.after])
    organs = words.data["perpetrators"]["organs"]
    organ = next((name for name, forms in organs.items() if any(f" {form} " in f" {said} " for form in forms)), None)
    return f"{named.name} ({organ})" if organ else named.name


def unspoken(name: str) -> str:
    """Return a speaker's name without the organ that spoke, or the office in which he does."""
    return name.partition(" (")[0]


def states_in(words: Lexicon, atlas: Atlas, line: Line, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return the states that act in line[start:end] by their organs, as (country code, first token, token after).

    The country stands before its organ ("Sudan's armed forces") or behind it ("l'armée syrienne", "ejército de Siria").
    """
    organs = words.section("perpetrators.state")
    if organs.slot not in line.finds:
        return []
    named = (
        (k, atlas.country_of(line[k]), organs.match(line, k + 1)) for k in range(start, end) if k + 1 in line.marked
    )
    out = [(code, k, hit[1]) for k, code, hit in named if code and hit]
    for _, first, after in organs.find(line, start, end):
        linked = after < end and line[after].form in words.forms("perpetrators.linking")
        at = after + linked
        behind = atlas.country_of(line[at]) if at < end else None
        if behind and (linked or not words.subject_first or words.subject_behind):
            out.append((behind, first, at + 1))
    return sorted(out, key=lambda state: state[1])


def role_name(words: Lexicon, role: Actor, line: Line, first: int, after: int) -> str:
    """Return a role with the words that narrow it ("doctors in Raqqa", "Raqqa police"), without its article."""
    if role.public:
        return role.origin.name
    if role.glossed:
        return role.origin.name + _whereabouts(words, line, after, "in")
    said = without_article(
        words.data, " ".join([*(token.text for token in line[first : after - 1]), line[after - 1].bare])
    )
    if line.shouts:
        return said.lower()
    owner = " ".join(token.text for token in line[_owner(words, line, first) : first]).replace(" '", "'")
    if not owner and said[1:].islower():
        said = said[0].lower() + said[1:]  # a capital only begins the sentence
    return f"{owner} {said}".lstrip() + _whereabouts(words, line, after)


def _whereabouts(words: Lexicon, line: Line, after: int, preposition: str | None = None) -> str:
    """Return the words behind a role that say where it is (" in Raqqa", " at Rayak Hospital"), "" where none do."""
    following = line[after : after + 2]
    joint = words.tags.match(line, after) if after < len(line) else None
    leads = len(following) == 2 and (
        following[0].form in words.forms("attribution.located") or bool(joint and joint[0] == "O")
    )
    if not leads or not _namelike(words, following[1]):
        return ""
    if following[1].bare != following[1].text:
        return ""  # "police in | Somalia's Jubaland state"
    end = after + 2
    while (
        end < min(len(line), after + _WHERE_WORDS) and _namelike(words, line[end]) and line[end].bare == line[end].text
    ):
        end += 1
    end = end if names_a_kind(line[end - 1].form) else after + 2  # "at | Rayak Hospital", but "in | Raqqa Abu Omar"
    return f" {preposition or following[0].text} {' '.join(token.text for token in line[after + 1 : end])}"


_WHERE_WORDS = 5
"""Words of the name of the place where somebody in a role is."""


def _apostrophe(line: Line, at: int) -> bool:
    """Tell whether a mark is the apostrophe that makes the word before it an owner: "the Nurses' Union"."""
    return line[at].form in ("'", "’") and line[at - 1].end == line[at].start and line[at - 1].form.endswith("s")


def _owner(words: Lexicon, line: Line, first: int) -> int:
    """Return where the name begins that stands before a role and says whose it is: "South Sudan's president"."""
    start = first
    while start > max(0, first - _OWNER_WORDS) and (
        _namelike(words, line[start - 1])
        or (start > 1 and _apostrophe(line, start - 1) and _namelike(words, line[start - 2]))
    ):
        start -= 1
    return first if start < len(line) and line[start].form in words.forms("attribution.not_names") else start


def person_before(words: Lexicon, line: Line, start: int, end: int) -> Named | None:
    """Return the name in capitals that ends at token `end`: "Miabek Lang", titles left out."""
    first = end
    while first > start and (
        _namelike(words, line[first - 1]) or line[first - 1].form in words.forms("attribution.particles")
    ):
        first -= 1
    return None if first > start and located(words, line, first) else _person(words, line, first, end)


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
    if first >= end or line[first].form in words.forms("attribution.not_names") or line.shouts:
        return None
    name = " ".join(token.text for token in line[first:end] if token.kind == "word").strip(" -")
    name = " ".join([*name.split()[:-1], line[end - 1].bare]) if name else name
    if all(token.form in words.forms("attribution.nobody") for token in line[first:end] if token.kind == "word"):
        return None  # "Footage posted by residents shows": a capital only begins the sentence
    return Named(name, first, end) if len(name) >= _SHORTEST_NAME else None


def _namelike(words: Lexicon, token: Token) -> bool:
    """Tell whether a capitalised word may belong to a name: no weekday, no month, no "Britain-based"."""
    dates = words.data["dates"]
    head, joint, rest = token.text.partition("-")
    joined_on = (
        bool(joint) and rest[:1].isupper() and head.lower() in words.forms("attribution.particles")
    )  # "al-Naqib"
    dated = token.form in dates["weekdays"] or (token.form in dates["months"] and not words.subject_behind)
    if not (token.capital or joined_on) or dated:  # where months are small, Julio and Avril are people
        return False
    return not token.form.endswith(tuple(words.data["attribution"]["describing"]))
