"""Whom words mean: a party, a state, an organisation, a person, or somebody named before."""

from dataclasses import dataclass

from marsad.extract.clauses import light
from marsad.extract.names import best_named, role_name
from marsad.extract.page import Page
from marsad.extract.persons import persons
from marsad.text.lexicon import without_article
from marsad.text.phrases import Line

_ASIDE = 4
_NAME_WORDS = 6


@dataclass(frozen=True, slots=True)
class Whom:
    """Tokens first..after mean `name`; `inferred` where it was named before, not here; `armed` where it can bear arms."""

    name: str
    first: int
    after: int
    inferred: bool = False
    armed: bool = True


def actor_in(page: Page, k: int, start: int, end: int, *, fought: bool = False) -> Whom | None:
    """Return who acts in the words start..end of sentence `k`, None where they name nobody who could.

    A known party comes first, unless it is the one that is fought ("troops fighting the rebels"); then words for those
    who bear arms; then a pronoun; last a name in capitals that marsad has never heard of. With `fought`,
    whoever is named will do.
    """
    line = page.lines[k]
    people = _bearers(page, k, start, end)
    for named in page.parties(k):
        if named.first >= start and named.after <= end and (fought or not _against(page, line, named.first)):
            if people and people.after <= named.first and not _of_it(page, line, people.after, named.first):
                return people
            return Whom(named.name, people.first if people and people.first < named.first else named.first, named.after)
    return people or _pointed(page, k, start, end) or _unknown(page, k, start, end)


def _against(page: Page, line: Line, first: int) -> bool:
    """Tell whether a party is the one fought, fled or spoken of: "fighting", "against", "from" before its name."""
    against = page.words.beside.forms("against")
    return any(line[at].form in against for at in range(max(0, first - 2), first))


def _of_it(page: Page, line: Line, after: int, first: int) -> bool:
    """Tell whether a party named behind people says whose they are: "fighters of the Islamic State"."""
    linking = page.words.beside.forms("linking")
    between = [t.form for t in line[after:first] if t.form not in page.words.data["articles"]]
    return not between or between[0] in linking


def _bearers(page: Page, k: int, start: int, end: int) -> Whom | None:
    """Return the first words for people who bear arms: "pro-government forces", "the militants"."""
    line = page.lines[k]
    hits = page.words.beside.phrases("bearers").find(line, start, end)
    if not hits:
        return None
    _, at, after = hits[0]
    first = at
    named = {j for n in page.parties(k) for j in range(n.first, n.after)}
    while (
        first > start
        and line[first - 1].kind == "word"
        and first - 1 not in named
        and _describes(page, line, first - 1)
    ):
        first -= 1
    if not page.words.subject_first and end - at <= _ASIDE:
        after = end  # what describes them stands behind
    arms = page.words.beside.phrases("state_arms").match(line, at)
    code = page.atlas.country_of(line[at - 1]) if arms is not None and at > first else None
    if code is None and arms is not None and arms[1] < end and page.words.subject_first and not line[arms[1]].capital:
        code = page.atlas.country_of(line[arms[1]])  # "las tropas armenias"
    if code:
        return Whom(page.atlas.government(code), first, after)
    if first < at and line[first].form in page.words.beside.forms("own"):
        first += 1
    pointing = line[first].form in page.words.beside.forms("pointing") or not page.words.data["articles"]
    plain = at - first <= 1
    if pointing and plain:
        jihadist = line[at].form in page.words.beside.forms("jihadists")
        meant = page.before(k, first, jihadist=jihadist)
        if meant is not None:
            return Whom(meant, first, after, inferred=True)
    said = page.slice(k, first, after)
    return Whom(without_article(page.words.data, said.lower() if line.shouts else said), first, after)


def _describes(page: Page, line: Line, at: int) -> bool:
    """Tell whether a word may stand before a noun to describe it: no verb, no preposition, no conjunction."""
    token = line[at]
    if token.form in page.words.data["articles"]:
        return True
    if token.form in page.words.beside.forms("breaks") or token.form in page.words.beside.forms("joints"):
        return False
    if page.words.section("perpetrators.by").match(line, at) is not None:
        return False
    tag = page.words.tags.match(line, at)
    return not (tag and tag[0][0] in "BAWMO") and token.form not in page.words.forms("places.before")


def _pointed(page: Page, k: int, start: int, end: int) -> Whom | None:
    """Return whom a pronoun means, or a relative: the party named last before it."""
    line = page.lines[k]
    pronouns, nouns = page.words.beside.forms("they"), page.words.beside.forms("the_group")
    for at in range(start, end):
        noun = line[at].form in nouns and at > start and line[at - 1].form in page.words.beside.forms("pointing")
        if line[at].form in pronouns or noun:
            people = _bearers(page, k, 0, at) if not noun else None
            near = next((n.name for n in reversed(page.parties(k)) if n.after <= at), None) if not noun else None
            meant = near or (people.name if people else page.before(k, at))
            return Whom(meant, at - noun, at + 1, inferred=True) if meant else None
    if start and line[start - 1].form in page.words.beside.forms("relative"):
        whose = [n for n in page.parties(k) if 0 <= start - 1 - n.after <= 1]
        return Whom(whose[-1].name, start - 1, start, inferred=True) if whose else None
    return None


def _unknown(page: Page, k: int, start: int, end: int) -> Whom | None:
    """Return an organisation or a name in capitals that marsad does not know: "the Front for the Return"."""
    line = page.lines[k]
    lead = start
    while lead < end and (line[lead].kind == "mark" or line[lead].form in page.words.data["articles"]):
        lead += 1
    code = page.atlas.country_of(line[lead]) if lead < end and line[lead].name else None
    if code and not line[lead].capital:
        return Whom(page.atlas.government(code), lead, lead + 1)  # in a script without capitals
    if code and not (lead + 1 < end and line[lead + 1].capital) and line[lead].text == page.atlas.country(code).name:
        return Whom(page.atlas.government(code), lead, lead + 1)  # "Russia controls"
    say = page.words.section("attribution.say")
    while page.words.subject_first and end > lead + 1 and light(page, line, end - 1) and not say.match(line, end - 1):
        end -= 1
    named = best_named(page.words, page.atlas, line, start, end)
    counted = named is not None and line[named.first].form in page.words.data["numbers"]["units"]
    if named is not None and named.first >= start and not counted:
        code = page.atlas.country_of(line[named.first])
        if code and named.name == page.atlas.country(code).name:
            return Whom(page.atlas.government(code), named.first, named.after)  # no person of that surname
        name = page.full_name(named.name) or named.name
        state = page.state(name)
        governs = state is not None or (code is not None and page.atlas.government(code) == name)
        return Whom(state or name, named.first, named.after, armed=governs)
    person = next(persons(page.words, line, start, end), None)
    if person and (state := page.state(page.slice(k, *person))):
        return Whom(state, *person)
    return Whom(page.slice(k, *person), *person, armed=False) if person else None


def names_in(page: Page, k: int, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return everybody that the words start..end name as somebody who meets or is addressed, in order.

    Who is only named to say whose somebody is ("a leader of the Coalition") is left out, as are places.
    """
    line, words = page.lines[k], page.words
    out: list[tuple[str, int, int]] = []
    places = {at for _, _, first, after in page.placed(k) for at in range(first, after)}
    own = words.beside.forms("own")
    at = start
    while at < end:
        hit = _name_at(page, k, at, end, places)
        if hit is None:
            at += 1
            continue
        name, after = hit
        owner = at and line[at - 1].form in words.beside.forms("owner") | frozenset(words.data["articles"])
        owned = owner and any(line[j].form in words.beside.forms("owner") for j in range(max(start, at - 2), at))
        owned = owned or (at > 0 and line[at - 1].form in own)
        if not owned and name not in [n for n, _, _ in out]:
            out.append((name, at, after))
        at = after
    return out


def people_in(page: Page, k: int, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return who meets or visits somebody: those named, else whose office is: "the German foreign minister"."""
    named, office = names_in(page, k, start, end), _office(page, k, start, end)
    if not office:
        return named
    first, after = office[0][1:]
    behind = [hit for hit in named if hit[1] >= after]
    whole = len(behind) < len(named) or not page.words.subject_first  # else his name follows
    return [*office, *behind] if not named or (first <= named[0][1] and whole) else named


def _office(page: Page, k: int, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return the first office that the words name, in the words of the report and with the country beside it."""
    line = page.lines[k]
    for _, first, after in page.words.beside.phrases("offices").find(line, start, end):
        if after < end and line[after].capital:
            continue  # of somebody named
        first -= first > start and page.atlas.country_of(line[first - 1]) is not None
        after += after < end and page.atlas.country_of(line[after]) is not None
        return [(page.slice(k, first, after), first, after)]
    return []


def _name_at(page: Page, k: int, at: int, end: int, places: set[int]) -> tuple[str, int] | None:
    line, words = page.lines[k], page.words
    for head in range(at, min(end, at + _ASIDE if words.subject_first else at + 1)):
        group = words.beside.phrases("delegation").match(line, head)
        if group is not None and group[1] <= end:
            return without_article(words.data, page.slice(k, at, group[1])), group[1]
        if not _describes(page, line, head) or line[head].kind == "mark":
            break
    actor = words.actors.match(line, at)
    whose = bool(at) and page.atlas.country_of(line[at - 1]) is not None
    if actor is not None and actor[1] <= end and (actor[0].public or actor[0].body or whose):
        return role_name(words, actor[0], line, at, actor[1]), actor[1]
    party = next((n for n in page.parties(k) if n.first == at and n.after <= end), None)
    if party is not None:
        return party.name, party.after
    if not line[at].name or at in places or _located(page, line, at):
        return None
    person = next(persons(words, line, at, min(end, at + _NAME_WORDS)), None) if line[at].capital else None
    if person is not None:
        first = _past_country(page, line, *person)
        return (page.slice(k, first, person[1]), person[1]) if person[1] - first >= 2 else None
    code = page.atlas.country_of(line[at])
    behind = line[at + 1] if at + 1 < len(line) else None
    if code and (behind is None or behind.kind == "mark" or behind.form in words.beside.forms("joints")):
        return page.atlas.government(code), at + 1
    return None


def _located(page: Page, line: Line, at: int) -> bool:
    """Tell whether a name in capitals says where something is: "at the Black Sea resort"."""
    before = at - 1
    while before >= 0 and line[before].form in page.words.data["articles"]:
        before -= 1
    return before >= 0 and line[before].form in page.words.forms("places.strong")


def _past_country(page: Page, line: Line, first: int, after: int) -> int:
    """Return where a person's own name begins behind whose minister he is: "Israeli Benjamin Sale"."""
    return next((at + 1 for at in range(after - 1, first - 1, -1) if page.atlas.country_of(line[at])), first)
