"""Who is introduced by words that stand behind "according to", "said" or "told": a body, an office, a person."""

from marsad.extract.atlas import Atlas
from marsad.extract.names import Named, acting, best_named, person_from, role_name, state_in, town
from marsad.extract.unlisted import unlisted_from
from marsad.model import OriginKind
from marsad.text.actors import Actor
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line

NAME_REACH = 6
"""How many words a name may go on behind the last word looked at."""

CUE_REACH = 8
"""How many words after "according to" the name may stand: articles, adjectives, titles."""

_ADJECTIVES = 2
"""How many words may stand before a role that an outlet quotes: "some local residents quoted by AFP"."""

_DESCRIBED = 4
"""How many words may describe somebody in an office before the comma in front of his name."""

_POSSESSIVE = 2
"""How many words behind a name may say whose something is: "the Kivu | region's doctors"."""


def introduced(words: Lexicon, atlas: Atlas, line: Line, at: int, end: int) -> Named | None:
    """Return who is named from token `at` on, articles and adjectives looked past."""
    start = at
    while start < end and line[start].form in words.data["articles"]:
        start += 1
    hits = acting(words, atlas, line, at, min(len(line), end + NAME_REACH))
    hits = [hit for hit in hits if hit[1] < end and not town(words, line, *hit[:2])]
    if not words.subject_first:  # what "who" adds behind a name names somebody else
        relative = words.forms("attribution.relative")
        clause = next((k for k in range(at, end) if line[k].form in relative or tells(words, line, k)), end)
        hits = [hit for hit in hits if hit[1] < clause]
        end = clause if clause > at else end
        end = next((k for k in range(at + 1, end) if tells(words, line, k)), end)
    elif (number := next((k for k in range(at + 1, end) if _counts(words, line, k)), None)) is not None:
        hits, end = [hit for hit in hits if hit[1] < number], number  # "según la Defensoría y | cuatro según Indepaz"
    public = next((hit for hit in hits if hit[0].public), None)
    if public and not words.subject_first and hits[0][1] == start and _whole(line, hits[0]) and hits[0][2] == public[1]:
        return Named(role_name(words, hits[0][0], line, *hits[0][1:]), *hits[0][1:])  # "اتهم المتحدث باسم الجيش | قوات"
    if (
        public
        and hits[0] is not public
        and hits[0][1] <= start + _ADJECTIVES
        and public[0].origin.kind is OriginKind.MEDIA
    ):
        role, first, after = hits[0]  # "according to residents quoted by AFP"
        return Named(role_name(words, role, line, first, after), first, after)
    if public:
        return Named(public[0].origin.name, public[1], public[2], known=True)
    if hits and hits[0][0].body and hits[0][1] == start:  # "the Health Ministry" is nobody's name
        return best_named(words, atlas, line, at, end)
    holder = hits[0] if hits and hits[0][1] == start and not hits[0][0].body else None
    person = (
        person_from(words, line, holder[2]) if holder else None
    )  # "the minister | Ali Hassan told state television"
    if person is None:
        person = person_from(words, line, hits[-1][2] if hits and not hits[-1][0].body else start)
    owns = bool(
        person and hits and hits[-1][0].glossed and person.after == hits[-1][1]
    )  # "Донецька обласна прокуратура"
    if person and person.first == start and _owned(line, person.after, end):
        return unlisted_from(words, line, at, end)  # "Khartoum state's health ministry"
    if person and not owns and (hits or person.first == start) and not state_in(words, atlas, line, start, end):
        return person._replace(surname=line[person.after - 1].form)
    return best_named(words, atlas, line, at, end)


def phrase_end(words: Lexicon, line: Line, start: int, limit: int) -> int:
    """Return where the words that name somebody end at the latest: before a mark, and before "that" where a verb leads."""
    end, limit = start, min(len(line), limit)
    that = words.forms("attribution.that") if not words.subject_first else frozenset()
    while end < limit and not (line[end].kind == "mark" and line[end].form in ".;:,،()") and line[end].form not in that:
        end += 1
    while start < end == limit < len(line) and line[end].capital and line[end - 1].capital:
        end, limit = end + 1, limit + 1  # not in the middle of a name
    return end


def glossed(words: Lexicon, line: Line, named: Named | None) -> Named | None:
    """Return the person that stands between commas behind his office: "according to its director, Ali Hassan, …"."""
    if named is None or named.known or named.surname:
        return named
    comma = named.after
    while comma < min(named.after + _DESCRIBED, len(line)) and line[comma].kind == "word":
        joint = words.tags.match(line, comma - 1)
        if line[comma].capital and (joint is None or joint[0] != "O"):
            return named  # but "el alcalde de | Tumaco, Julio Rivera"
        if line[comma].form in words.forms("attribution.clause"):
            return named
        comma += 1  # "un élu municipal | , Issa Maïga"
    if comma + 1 >= len(line) or line[comma].form not in ",،":
        return named
    at, small = comma + 1, words.forms("attribution.titles").union(words.data["articles"])
    while at < len(line) - 1 and line[at].form in small and not line[at].capital:  # "le général Oumar Keïta"
        at += 1
    person = person_from(words, line, at)
    if person is None or (person.after < len(line) and line[person.after].form not in ",،."):
        return named
    return person._replace(first=named.first, surname=line[person.after - 1].form)


def _counts(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a number stands at a token that is no article."""
    units = words.data["numbers"]["units"]
    return line[at].kind == "number" or (line[at].form in units and line[at].form not in words.data["articles"])


def tells(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a number stands at a token: "أعلنت وزارة الداخلية استشهاد | ثلاثة من رجال الشرطة"."""
    return line[at].kind == "number" or words.numbers.opens(line[at].form)


def _whole(line: Line, hit: tuple[Actor, int, int]) -> bool:
    """Tell whether an Arabic role is told in full, so that what stands behind it is no part of it: "المتحدث باسم | الجيش"."""
    return not hit[0].public and line[hit[2] - 1].form.startswith("ال")


def _owned(line: Line, after: int, end: int) -> bool:
    """Tell whether a small word right behind a name says whose something is: "Khartoum | state's health ministry"."""
    near = line[after : min(end, after + _POSSESSIVE)]
    return any(token.text.endswith(("'s", "’s")) and not token.capital for token in near)
