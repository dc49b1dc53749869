"""Who makes a statement, where the voices of the report tell it and where they do not."""

from collections.abc import Sequence

from marsad.extract.cast import Chain, Speaker
from marsad.extract.clauses import Clause, light
from marsad.extract.found import Found
from marsad.extract.names import Named, best_named, unspoken
from marsad.extract.page import Page
from marsad.extract.persons import persons
from marsad.model import OriginKind

QUOTES = '“”"«»„'


def speakers_of(
    page: Page, k: int, clause: Clause, voice: Speaker | None, previous: Sequence[Found]
) -> tuple[list[Chain], int]:
    """Return who speaks, one chain for each of those who speak together, and the token at which their names begin."""
    line = page.lines[k]
    if voice is not None and voice.after > voice.first:
        voice = voice._replace(chain=tuple(map(unspoken, voice.chain)))
        start = min(clause.start, voice.first) if voice.leads else voice.first
        voice = _party(page, k, voice)
        return [_meant(page, k, voice.chain, voice.first), *_beside(page, k, clause, voice.chain)], _skip(
            page, k, start, voice.first
        )
    if clause.shared or clause.start == clause.first:
        same = [s for s in previous if s.sentence == k and s.chain]
        return ([same[-1].chain or ()], clause.first) if same else ([], clause.first)
    end = clause.first
    while end > clause.start and light(page, line, end - 1):
        end -= 1
    party = next((n for n in page.parties(k) if n.first >= clause.start and n.after <= end), None)
    if party is not None and end - party.after <= 1:
        return [(party.name,)], _skip(page, k, clause.start, clause.first)
    named = best_named(page.words, page.atlas, line, clause.start, end)
    if named is not None:
        chain = _meant(page, k, (named.name,), named.first)
        return [chain, *_beside(page, k, clause, chain)], _skip(page, k, clause.start, clause.first)
    plain = _plainly(page, k, clause)
    if plain is not None:
        return [(*plain, *_relay(page, k, clause.after))], _skip(page, k, clause.start, clause.first)
    back = _pointed(page, k, clause, previous)
    return ([back], _skip(page, k, clause.start, clause.first)) if back else ([], clause.first)


def _party(page: Page, k: int, voice: Speaker) -> Speaker:
    """Return a speaker who goes by a name of a party under the party's own: "Kyiv" for its government."""
    inside = (n for n in page.parties(k) if n.first >= voice.first and n.after <= voice.after)
    name = next((n.name for n in inside if page.slice(k, n.first, n.after) == voice.chain[0]), None)
    return voice._replace(chain=(name, *voice.chain[1:])) if name else voice


def leads(page: Page, k: int, start: int, after: int) -> bool:
    """Tell whether what is said follows, where the voices of the report do not tell: not behind a quotation or a comma."""
    line = page.lines[k]
    if after < len(line) and line[after].form in page.words.forms("attribution.that"):
        return True
    parted = start > 2 and line[start - 1].kind == "mark"
    quoted = parted and any(t.form in QUOTES for t in line[:start]) and not any(t.form in QUOTES for t in line[after:])
    return not (quoted or (parted and len(line) - after <= 2))


def _plainly(page: Page, k: int, clause: Clause) -> Chain | None:
    """Return a person by his name, or people who are often asked ("experts"), right before the word of saying."""
    line = page.lines[k]
    people = list(persons(page.words, line, clause.start, clause.first))
    if people:
        return (page.slice(k, *people[-1]),)
    hits = page.words.beside.phrases("speaking").find(line, clause.start, clause.first)
    if not hits:
        return None
    _, first, after = hits[-1]
    owned = first > clause.start and page.atlas.country_of(line[first - 1]) is not None
    said = page.slice(k, first, after).lower()
    return (f"{page.slice(k, first - 1, first)} {said}",) if owned else (said,)


def _relay(page: Page, k: int, after: int) -> Chain:
    """Return the agency that somebody told: "told AFP"."""
    hit = page.words.actors.match(page.lines[k], after)
    return (hit[0].origin.name,) if hit and hit[0].public and hit[0].origin.kind is OriginKind.MEDIA else ()


def behind(page: Page, k: int, clause: Clause) -> Named | None:
    """Return who speaks where he stands behind the verb, as in Arabic."""
    if page.words.subject_first and not page.words.subject_behind:
        return None
    end = min(clause.end, clause.after + 8)
    party = next((n for n in page.parties(k) if n.first == clause.after), None)
    if party is not None:
        return Named(party.name, party.first, party.after, known=True)
    state = page.atlas.country_of(page.lines[k][clause.after]) if clause.after < end else None
    if state and not page.words.subject_first:
        return Named(page.atlas.government(state), clause.after, clause.after + 1, known=True)
    named = best_named(page.words, page.atlas, page.lines[k], clause.after, end)
    if named is not None and named.first == clause.after:
        return named
    body = page.words.beside.phrases("speaking").match(page.lines[k], clause.after)
    return Named(page.slice(k, clause.after, body[1]), clause.after, body[1]) if body else None


def _meant(page: Page, k: int, chain: Chain, first: int) -> Chain:
    """Return the chain with a bare noun made the organisation that it ends: "the coalition" the National Coalition."""
    if full := page.full_name(chain[0]):
        return (page.state(full) or full, *chain[1:])
    if " " in chain[0] and (state := page.state(chain[0])):
        return (state, *chain[1:])
    noun = chain[0].rpartition(" ")[2].lower()
    if " " in chain[0].strip() or noun not in page.words.beside.forms("bodies"):
        return chain
    for j in range(k, max(-1, k - 8), -1):
        hits = page.words.actors.find(page.lines[j], 0, first if j == k else len(page.lines[j]))
        bodies = [a.origin.name for a, _, _ in hits if a.public and a.origin.name.lower().endswith(noun)]
        if bodies:
            return (bodies[-1], *chain[1:])
    return chain


def _pointed(page: Page, k: int, clause: Clause, previous: Sequence[Found]) -> Chain | None:
    """Return whom "the coalition" or "they" means: the organisation so called that was named last, or who spoke last."""
    line, beside = page.lines[k], page.words.beside
    for at in range(clause.start, clause.first):
        if line[at].form in beside.forms("bodies"):
            chain = _meant(page, k, (line[at].form,), at)
            return chain if chain[0] != line[at].form else None
    if any(line[at].form in page.words.forms("attribution.pronouns") for at in range(clause.start, clause.first)):
        return previous[-1].chain if previous else None
    return None


def _beside(page: Page, k: int, clause: Clause, chain: Chain) -> list[Chain]:
    """Return who speaks together with the first: "the UN and human rights groups"."""
    out: list[Chain] = []
    joints = [
        at for at in range(clause.start, clause.first) if page.lines[k][at].form in page.words.beside.forms("joints")
    ]
    for at in joints[:2]:
        ends = (clause.start, at), (at + 1, clause.first)
        for start, end in ends:
            named = best_named(page.words, page.atlas, page.lines[k], start, end)
            name = named.name if named else _group(page, k, start, end)
            if name and name not in (chain[0], *(c[0] for c in out)):
                out.append((name,))
    return out


def _group(page: Page, k: int, start: int, end: int) -> str | None:
    hits = page.words.beside.phrases("groups").find(page.lines[k], start, end)
    return page.slice(k, hits[0][1], hits[0][2]).lower() if hits else None


def _skip(page: Page, k: int, start: int, first: int) -> int:
    joints = page.words.beside.forms("joints") | page.words.beside.forms("breaks")
    while start < first and (page.lines[k][start].kind == "mark" or page.lines[k][start].form in joints):
        start += 1
    return start
