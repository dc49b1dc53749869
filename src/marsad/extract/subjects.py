"""The subject of a word of saying, where it stands before it: "Taban Deng, the governor of Unity State, said"."""

from typing import NamedTuple

from marsad.extract.atlas import Atlas
from marsad.extract.cast import Cast
from marsad.extract.names import Named, acting, best_named, full_body, located, person_from, role_name, spoken
from marsad.extract.places_together import is_wide
from marsad.extract.unlisted import unlisted_before
from marsad.text.bodies import is_title
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line
from marsad.text.tokens import Token

_REACH = 16
"""How many words a subject may have."""
_ASIDE = 24
"""How many words may stand between two commas behind a subject: an apposition, a relative clause."""
_SHORT_ASIDE = 3
"""An aside of so few words ("by contrast") needs no word that opens it."""
_BRACKETED = 10
"""How many words brackets between a subject and its verb may hold: "the Committees (LCC) said"."""
_SUBJECT_FIRST = 4
"""How many words behind its first role the subject of a sentence may go on: "observers of the United Nations"."""
_NAME = 5
"""How many words a name has at most that opens a sentence and is described behind a comma."""
_ADVERBS = 4
_QUOTES = frozenset('"”»')
_ENDS = frozenset('.;:,،()“”"«»')
"""Marks that no subject reaches over."""


class Subject(NamedTuple):
    """`chain` is who says it, named by tokens from `first` on; `surname` is a person's, spelled as lexicons do.

    `leads` is true where what is said follows.
    """

    chain: tuple[str, ...]
    first: int
    leads: bool
    surname: str | None


def subject(
    words: Lexicon,
    atlas: Atlas,
    line: Line,
    verb: int,
    after: int,
    cast: Cast,
) -> Subject | None:
    """Return the subject of the word of saying that tokens verb..after are, None where none is recognised before it.

    `cast` tells whom "it", "the group" and a surname mean.
    """
    previous, people = cast.previous, cast.people
    end = _before_adverbs(words, line, verb)
    aside = _aside(words, line, end)
    if aside is not None and (passed := words.section("attribution.quoted").match(line, aside + 1)) is not None:
        relay = best_named(words, atlas, line, passed[1], end - 1)  # "le maire, Ali Hassan, | cité par l'AFP, parle de"
        spoke = subject(words, atlas, line, aside, aside, cast)
        if relay is not None and spoke is not None and spoke.chain != (relay.name,):
            return spoke._replace(chain=(*spoke.chain, relay.name), leads=_leads(words, line, spoke.first, verb))
    person = _named_aside(words, atlas, line, aside, end) if aside is not None else None
    end = aside if aside is not None else end
    if (
        aside is not None and end and line[end - 1].form == ")"
    ):  # "the Oromo Liberation Army (OLA), which the state bans, said"
        end = next((k for k in range(end - 2, max(0, end - _BRACKETED), -1) if line[k].form == "("), end)
    start = _start(words, line, end)
    relative = words.forms("attribution.relative")
    if start and line[start - 1].form in relative and start < end and _clause(words, line, start):
        end = start - 1  # "an activist who spoke to aid workers later said"
        start = _start(words, line, end)
    if start >= end:
        if end and line[end - 1].form in relative:
            return _whom(words, line, end)
        if not _goes_on(words, line, end):
            return None
        return of_sentence(words, atlas, line, end) or _opener(words, line, end, cast.referent())
    leads = _leads(words, line, start, verb)
    if relayed := _relayed(words, atlas, line, start, end, after):
        return relayed._replace(leads=leads)
    if previous and the_same(words, line, start, end):
        return Subject(previous, start, leads, None)
    named = best_named(words, atlas, line, start, end)
    if aside is not None and named is None and (body := _known_aside(words, atlas, line, aside)) is not None:
        return Subject((body.name,), start, leads, None)
    if person and not any(actor.body for actor, _, _ in words.actors.find(line, start, end)):
        return Subject(people.get(person.surname or "", (person.name,)), start, leads, person.surname)
    if not (named and (named.known or full_body(words, line, named))):
        back = refers(words, line, start, end)
        group = (
            _body_here(words, atlas, line, start, end) or cast.meant(noun_meant(words, line, start, end))
            if back
            else ()
        )
        meant = previous if _pronoun(words, line, end) else group
        if meant:
            return Subject(meant, start, leads, None)
    if named is not None and line[named.first - 1].form in words.forms("attribution.own") and named.first > start:
        return None  # "our monitors": the outlet itself
    if named is None:
        chain = people.get(line[end - 1].form) if line[end - 1].name else None
        if chain:
            return Subject(chain, end - 1, leads, None)
        if owner := _owner(words, line, start, end):
            meant = cast.meant(noun_meant(words, line, owner - 1, end)) if refers(words, line, owner - 1, end) else ()
            if meant:
                return Subject(meant, start, leads, None)
            start = owner
        stranger = None if refers(words, line, start, end) else unlisted_before(words, line, start, end, after)
        if stranger is not None and line[stranger.first].form in words.data["dates"]["weekdays"]:
            return None  # "… since Thursday, which brings the toll to 18, says the health office"
        return Subject((stranger.name,), stranger.first, leads, None) if stranger else None
    meant_before = people.get(named.surname) if named.surname and not named.known else None
    chain = meant_before or (spoken(words, line, named),)
    return Subject(chain, named.first, leads, named.surname)


def _relayed(words: Lexicon, atlas: Atlas, line: Line, start: int, end: int, after: int) -> Subject | None:
    """Return a subject with whoever passes his words on: "fonti ospedaliere citate da Radio Lago parlano di"."""
    hits = words.section("attribution.quoted").find(line, start + 1, end)
    if not hits:
        return None
    _, first, last = hits[0]
    spoke = best_named(words, atlas, line, start, first) or unlisted_before(words, line, start, first, after)
    relay = best_named(words, atlas, line, last, end)
    if spoke is None:
        return None
    chain = (spoke.name, relay.name) if relay and relay.name != spoke.name else (spoke.name,)
    return Subject(chain, spoke.first, leads=True, surname=spoke.surname)


def _named_aside(words: Lexicon, atlas: Atlas, line: Line, aside: int, end: int) -> Named | None:
    """Return the person whom an aside names and nothing else: "the association's president, Paul Ross, said".

    A country or a province says where he is: "hospitals in Borno, Nigeria, have".
    """
    at, small = aside + 1, words.forms("attribution.titles").union(words.data["articles"])
    while at < end and line[at].form in small and not line[at].capital:  # "le lieutenant Jules Ngongo"
        at += 1
    if words.actors.match(line, at):
        return None  # "the rescuers, the White Helmets, said"
    person = person_from(words, line, at)
    alone = person is not None and person.after == end - 1 and not atlas.country_named(person.name)
    alone = alone and not (person is not None and is_wide(place := atlas.place(person.name)) and place.found)
    return person._replace(surname=line[person.after - 1].form) if person and alone else None


def _known_aside(words: Lexicon, atlas: Atlas, line: Line, aside: int) -> Named | None:
    """Return the body that an aside names alone, whatever it is called before: "la agencia oficial siria, SANA, informó"."""
    hit = next((hit for hit in acting(words, atlas, line, aside + 1, aside + 1 + _NAME) if hit[0].public), None)
    alone = hit is not None and hit[1] == aside + 1 and hit[2] < len(line) and line[hit[2]].form in ",،"
    return Named(hit[0].origin.name, hit[1], hit[2], known=True) if hit is not None and alone else None


def _goes_on(words: Lexicon, line: Line, end: int) -> bool:
    """Tell whether a word of saying is joined by "and" to a verb before it, whose subject it shares."""
    joint = words.tags.match(line, end - 1) if end else None
    return joint is not None and joint[0] == "A" and end > _SUBJECT_FIRST


def joined(words: Lexicon, line: Line, verb: int) -> bool:
    """Tell whether a word of saying shares by "and" the subject of one before it: "has confirmed the attack and speaks of"."""
    return _goes_on(words, line, _before_adverbs(words, line, verb))


def _opener(words: Lexicon, line: Line, end: int, group: tuple[str, ...]) -> Subject | None:
    """Return whom no list has and who opens a sentence, by the noun that says what he is: "The junta's spokesman rose and"."""
    start, nouns = 0, words.forms("attribution.referring")
    while start < end and line[start].form in words.data["articles"]:
        start += 1
    noun = next((k for k in range(start, min(end, start + _SUBJECT_FIRST)) if line[k].form in nouns), None)
    if noun is None or any(token.kind != "word" for token in line[start:noun]):
        return None
    if noun == start:
        return Subject(group, start, leads=True, surname=None) if group else None
    name = " ".join(token.text for token in line[start : noun + 1])
    return Subject((name,), start, leads=True, surname=None)


def of_sentence(words: Lexicon, atlas: Atlas, line: Line, end: int) -> Subject | None:
    """Return who begins the sentence, where a second verb says it: "The observers reached Hula and confirmed 108 dead"."""
    first = next((hit for hit in acting(words, atlas, line, 0, end) if not located(words, line, hit[1])), None)
    if first is None:
        return None
    say = words.section("attribution.say")
    stop = next((k for k in range(first[2], min(end, first[2] + _SUBJECT_FIRST)) if say.match(line, k)), end)
    named = best_named(words, atlas, line, first[1], min(stop, first[2] + _SUBJECT_FIRST))
    return Subject((named.name,), named.first, leads=True, surname=named.surname) if named else None


def refers(words: Lexicon, line: Line, start: int, end: int) -> bool:
    """Tell whether the words point back at somebody named before: "the Britain-based monitoring group"."""
    nouns = words.forms("attribution.referring")
    last = next((k for k in range(end - 1, max(start, end - 3) - 1, -1) if line[k].form in nouns), None)
    if last is None:
        return False
    if last + 1 < end and _of(words, line, last + 1):
        return False  # "the ministry of defence"
    small = words.data["articles"]
    if (last + 1 < end and line[last + 1].capital) or (
        last - 2 >= start and line[last - 1].capital and line[last - 2].capital and line[last - 2].form not in small
    ):
        return False  # "le Collectif Kisal", "the Kivu Watch group": names of their own
    opening = max((k for k in range(start, last) if line[k].form in small), default=start)
    if words.subject_first and not words.subject_behind and any(_named_by(words, t) for t in line[opening + 1 : last]):
        return False  # "the Ombada emergency committee", not "the Syrian group", "the Britain-based group"
    joint = next((k for k in range(start, last) if _of(words, line, k)), None)
    if joint is not None and not any(line[k].form in nouns for k in range(start, joint)):
        return False  # "a photographer of the agency"
    pointing = words.forms("attribution.pointing")
    return not pointing or any(token.form in pointing for token in line[max(start, last - 4) : last])


def noun_meant(words: Lexicon, line: Line, start: int, end: int) -> str | None:
    """Return the noun by which words point back at somebody, the last of them; None where none does."""
    nouns = words.forms("attribution.referring")
    return next((line[k].form for k in range(end - 1, start - 1, -1) if line[k].form in nouns), None)


def _body_here(words: Lexicon, atlas: Atlas, line: Line, start: int, end: int) -> tuple[str, ...]:
    """Return the body that the sentence itself names before, with the noun that points back to it; nothing where it names none.

    "Two employees of the Ministry of Defence were killed, | the ministry said".
    """
    noun = noun_meant(words, line, start, end)
    if noun is None or start == 0 or line[start - 1].kind != "mark":
        return ()
    for role, first, after in reversed(acting(words, atlas, line, 0, start)):
        if role.body and any(token.form == noun for token in line[first:after]):
            return (role_name(words, role, line, first, after),)
    return ()


def the_same(words: Lexicon, line: Line, start: int, end: int) -> bool:
    """Tell whether the words mean whoever spoke last: "the same sources", "selon la même source", "بحسب المصدر ذاته"."""
    again = words.forms("attribution.again")
    if line.forms.isdisjoint(again):
        return False
    nouns = words.forms("attribution.referring")
    return any(
        line[k].form in again
        and any(line[j].form in nouns for j in (k + 1, k - 1) if start <= j < end)
        and (k + 1 < end or not words.subject_first)
        for k in range(start, end)
    )


def _named_by(words: Lexicon, token: Token) -> bool:
    """Tell whether a word gives a body a name of its own: no country's adjective, nothing that only describes."""
    describing = tuple(words.data["attribution"]["describing"])
    return token.name and token.form not in words.countries and not token.form.endswith(describing)


def _of(words: Lexicon, line: Line, at: int) -> bool:
    joint = words.tags.match(line, at)
    return joint is not None and joint[0] == "O"


def _owner(words: Lexicon, line: Line, start: int, end: int) -> int | None:
    """Return where the words begin that say whose a paper is: "an earlier toll of | the ministry"; None if it is nobody's."""
    papers = words.forms("attribution.nobody")
    first = next((k for k in range(start + 1, end - 1) if _of(words, line, k)), end - 1)
    paper = next((k for k in range(start, first) if line[k].form in papers), None)
    return next((k + 1 for k in range(paper + 1, end - 1) if _of(words, line, k)), None) if paper is not None else None


def closes(line: Line, first: int, after: int) -> bool:
    """Tell whether the saying ends its sentence ("…, the group said."), so that what is said went before."""
    rest = [token for token in line[after : after + 4] if token.kind != "mark"]
    return len(rest) <= 2 and len(line) - after <= 4 and first > 4


def quotes_end(line: Line, first: int, after: int) -> bool:
    """Tell whether a quotation stands before a word of saying, and none behind it: "«…», scrive in un messaggio"."""
    if line.forms.isdisjoint(_QUOTES):
        return False
    return any(token.form in _QUOTES for token in line[:first]) and not any(t.form in _QUOTES for t in line[after:])


def _clause(words: Lexicon, line: Line, start: int) -> bool:
    """Tell whether a relative clause begins at `start` with its own verb: "who spoke", not "who the group"."""
    return not line[start].capital and line[start].form not in words.data["articles"]


def _whom(words: Lexicon, line: Line, end: int) -> Subject | None:
    """Return whom "all of whom said" means: the people named last before."""
    hits = words.actors.find(line, end - _REACH, end)
    if not hits:
        return None
    actor, first, after = hits[-1]
    name = role_name(words, actor, line, first, after)
    return Subject((name,), first, leads=True, surname=None)


def _before_adverbs(words: Lexicon, line: Line, verb: int) -> int:
    """Return where the words between a subject and its verb begin: "the group [on Friday] [strongly] condemned"."""
    adverbs, end = words.section("attribution.adverbs"), verb
    if adverbs.slot not in line.finds:
        return verb
    while end > max(1, verb - _ADVERBS):
        back = next((size for size in (1, 2) if (hit := adverbs.match(line, end - size)) and hit[1] == end), 0)
        if not back:
            break
        end -= back
    return end


def _aside(words: Lexicon, line: Line, end: int) -> int | None:
    """Return where the subject ends if brackets, an apposition or a clause between commas part it from its verb, else None."""
    if end < 1 or line[end - 1].form not in ",،)–—":
        return None
    if line[end - 1].form in "–—":
        return next((k for k in range(end - 2, max(0, end - _ASIDE), -1) if line[k].form == line[end - 1].form), None)
    if line[end - 1].form == ")":
        return next((k for k in range(end - 2, max(0, end - _BRACKETED), -1) if line[k].form == "("), None)
    opening = words.forms("attribution.aside")
    for k in range(end - 2, max(0, end - _ASIDE), -1):
        if line[k].kind == "mark" and line[k].form in ".;:":
            return None
        if line[k].form in ",،":
            short = end - 2 - k <= _SHORT_ASIDE
            quoted = words.section("attribution.quoted").match(line, k + 1) is not None  # ", cité par l'AFP,"
            described = quoted or line[k + 1].form in opening or _says_what(words, line, k + 1)
            placed = line[k + 1].form in words.forms("attribution.located")  # "the clinic, in the old town, said"
            described = described or _named_ahead(words, line, k)
            described = (described and not placed) or (placed and not _subject_follows(words, line, end))
            return k if short or described else None
    return None


def _says_what(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether an aside begins by saying what somebody is: ", a spokesman for the governor", ", maire de Tyr"."""
    at += line[at].form in words.data["articles"]
    return words.actors.match(line, at) is not None or (at < len(line) and is_title(line[at].form))


def _named_ahead(words: Lexicon, line: Line, comma: int) -> bool:
    """Tell whether a sentence opens with somebody's name, whom what stands behind the comma describes: "Ali Hassan, vicar of"."""
    if (
        comma < 2
        or comma > _NAME
        or line[comma + 1].capital
        or not (line[comma - 1].capital and line[comma - 2].capital)
    ):
        return False
    first = comma - 1
    while first and line[first - 1].capital:
        first -= 1
    return first == 0 and line[0].form not in words.forms("attribution.not_names") and not line.shouts


def _subject_follows(words: Lexicon, line: Line, verb: int) -> bool:
    """Tell whether a language that may put the subject behind its verb does so: "…, en el norte, informó hoy la policía"."""
    if not words.subject_behind:
        return False
    adverbs, said = words.section("attribution.adverbs"), words.section("attribution.say").match(line, verb)
    at = said[1] if said else verb + 1
    while at < len(line) and (adverbs.match(line, at) or line[at].form in words.data["dates"]["weekdays"]):
        adverb = adverbs.match(line, at)
        at = adverb[1] if adverb else at + 1
    hears = words.forms("attribution.audience").difference(words.data["articles"])
    if at + 1 < len(line) and line[at].form in hears and (told := words.actors.match(line, at + 1)):
        at = told[1]  # "informó hoy a Efe | el jefe de la Policía"
    return at < len(line) and (line[at].form in words.data["articles"] or line[at].capital)


def _start(words: Lexicon, line: Line, end: int) -> int:
    """Return where the words of the subject that ends at `end` begin."""
    start, clause = end, words.forms("attribution.clause")
    say = words.section("attribution.say")
    names = {k for _, first, after in words.actors.find(line, end - _REACH, end) for k in range(first, after)}
    first = max(0, end - _REACH)
    while start > first:
        token = line[start - 1]
        if token.kind == "mark" and token.form in _ENDS:
            break
        if start - 1 not in names and (token.form in clause or say.match(line, start - 1)):
            break
        start -= 1
    return start


def _leads(words: Lexicon, line: Line, start: int, verb: int) -> bool:
    """Tell whether what is said follows the verb: it goes before where a comma parts it from the subject."""
    if start and line[start - 1].form in words.forms("attribution.contrast"):
        return True
    if line[0].form in words.forms("attribution.opening"):
        return True  # "After nine people died, the government announced an inquiry"
    if closes(line, start, verb + 1):
        return False
    if verb + 1 < len(line) and line[verb + 1].form in words.forms("attribution.that"):
        return True
    if start > 1 and line[start - 1].form in _QUOTES and not any(token.form in _QUOTES for token in line[verb + 1 :]):
        return False  # "“…,” its secretary told a newspaper before the talks"
    parted = start > 0 and line[start - 1].kind == "mark" and line[start - 1].form not in ";؛:"
    told = words.harm.find(line, 0, start) or any(tag == "T" for tag, _, _ in words.tags.find(line, 0, start))
    return not (parted and told)


def _pronoun(words: Lexicon, line: Line, end: int) -> bool:
    return line[end - 1].form in words.forms("attribution.pronouns")
