"""Statements: who said, condemned, demanded or warned of what, beyond counts of people."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from marsad.extract.clauses import Clause, clause_of, is_noun, light
from marsad.extract.found import Found, characters, stance_of
from marsad.extract.moments import at_saying
from marsad.extract.names import Named, best_named
from marsad.extract.page import Page
from marsad.extract.persons import persons
from marsad.extract.speakers import Chain, Speaker
from marsad.extract.whom import names_in
from marsad.model import ContextKind, Flag, OriginKind, Stance
from marsad.text.context_words import Trigger

_QUOTES = '“”"«»„'
_ADDRESSED = ("called_on", "warned", "accused", "threatened")


def statements_in(page: Page, k: int, previous: Sequence[Found]) -> Iterator[Found]:
    """Yield the statements that sentence `k` reports, in order; `previous` are those of the sentences before."""
    line = page.lines[k]
    triggers = [h for h in page.words.beside.hits(line) if h[0].kind is ContextKind.STATEMENT]
    out: list[Found] = []
    for number, (trigger, first, after) in enumerate(triggers):
        limit = triggers[number + 1][1] if number + 1 < len(triggers) else len(line)
        out += _statement(page, k, trigger, first, after, limit, out or previous)
    if not triggers and (floating := _floating(page, k, previous)):
        out.append(floating)
    yield from out


def _statement(
    page: Page, k: int, trigger: Trigger, first: int, after: int, limit: int, previous: Sequence[Found]
) -> Iterator[Found]:
    line = page.lines[k]
    if is_noun(page, k, first) or _passive(page, k, first):
        return
    voice = next((s for s in page.voices[k] if s.first <= first < s.after and not s.carried), None)
    clause = clause_of(page, k, first, after)
    chains, start = _speakers(page, k, clause, voice, previous)
    told = after if voice is None or not voice.leads else max(after, voice.after)
    if not chains and (behind := _behind(page, k, clause)):
        chains, told = [(behind.name,)], behind.after
    if not chains:
        return
    leads = _leads(page, k, start, first, after) if voice is None else voice.leads
    begin, end = (told, _until(page, k, told, limit)) if leads else (0, _before(page, k, min(start, first)))
    if leads and begin < end and line[begin].form in page.words.forms("attribution.that"):
        begin += 1
    if leads and trigger.act == "called_on":
        begin = _asked(page, k, begin, end)
    content = _content(page, k, begin, end)
    if content is None or (trigger.act == "said" and _counts(page, k, begin, end)):
        return
    whole = (start, max(end, after)) if leads else (0, len(line))
    if leads and start and _opens_with_time(page, k, start):
        whole = (0, whole[1])
    left, right = characters(page, k, *whole)
    right = max(right, content[1] + (page.report.text[content[1] : content[1] + 1] in _QUOTES)) if leads else right
    stance = _stance(page, k, Clause(begin, begin, begin, end, shared=False), content)
    addressed = names_in(page, k, told, end) if trigger.act in _ADDRESSED else []
    broken = (Flag.BROKEN_PARAGRAPH,) if "\n\n" in page.report.text[left:right] else ()
    for chain in chains:
        yield Found(
            trigger=trigger,
            sentence=k,
            at=first,
            start=left,
            end=right,
            act=trigger.act,
            actor=chain[0],
            others=tuple(dict.fromkeys(_addressees(page, k, told, end if begin <= told else begin, addressed)))
            if addressed or trigger.act == "called_on"
            else (),
            content=content,
            when=at_saying(page, k, first, after),
            chain=chain,
            stance=stance,
            flags=broken,
            leads=leads,
            score=0.85,
        )


def _passive(page: Page, k: int, first: int) -> bool:
    """Tell whether a word of saying is done to its subject: "the army has been accused of"."""
    line, passive = page.lines[k], page.words.beside.forms("passive")
    return any(line[at].form in passive for at in range(max(0, first - 2), first) if light(page, line, first - 1))


def _speakers(
    page: Page, k: int, clause: Clause, voice: Speaker | None, previous: Sequence[Found]
) -> tuple[list[Chain], int]:
    """Return who speaks, one chain for each of those who speak together, and the token at which their names begin."""
    line = page.lines[k]
    if voice is not None and voice.after > voice.first:
        start = min(clause.start, voice.first) if voice.leads else voice.first
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


def _leads(page: Page, k: int, start: int, first: int, after: int) -> bool:
    """Tell whether what is said follows, where the voices of the report do not tell: not behind a quotation or a comma."""
    line = page.lines[k]
    if after < len(line) and line[after].form in page.words.forms("attribution.that"):
        return True
    parted = start > 2 and line[start - 1].kind == "mark"
    quoted = (
        parted and any(t.form in _QUOTES for t in line[:start]) and not any(t.form in _QUOTES for t in line[after:])
    )
    return not (quoted or (parted and len(line) - after <= 2))


def _plainly(page: Page, k: int, clause: Clause) -> Chain | None:
    """Return a person by his name, or people who are often asked ("experts"), right before the word of saying."""
    line = page.lines[k]
    people = list(persons(page.words, line, clause.start, clause.first))
    if people:
        return (page.slice(k, *people[-1]),)
    hits = page.words.beside.phrases("speaking").find(line, clause.start, clause.first)
    return (page.slice(k, hits[-1][1], hits[-1][2]).lower(),) if hits else None


def _relay(page: Page, k: int, after: int) -> Chain:
    """Return the agency that somebody told: "told AFP"."""
    hit = page.words.actors.match(page.lines[k], after)
    return (hit[0].origin.name,) if hit and hit[0].public and hit[0].origin.kind is OriginKind.MEDIA else ()


def _behind(page: Page, k: int, clause: Clause) -> Named | None:
    """Return who speaks where he stands behind the verb, as in Arabic."""
    if page.words.subject_first and not page.words.subject_behind:
        return None
    end = min(clause.end, clause.after + 8)
    party = next((n for n in page.parties(k) if n.first == clause.after), None)
    if party is not None:
        return Named(party.name, party.first, party.after, known=True)
    named = best_named(page.words, page.atlas, page.lines[k], clause.after, end)
    return named if named is not None and named.first == clause.after else None


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
        full = [a.origin.name for a, _, _ in hits if a.public and a.origin.name.lower().endswith(noun)]
        if full:
            return (full[-1], *chain[1:])
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


def _until(page: Page, k: int, after: int, limit: int) -> int:
    """Return where the words said end: before the next word of saying of the sentence, else at its end."""
    line = page.lines[k]
    if limit >= len(line):
        return len(line)
    while limit > after and line[limit - 1].form in ",،":
        limit -= 1
    return limit


def _asked(page: Page, k: int, begin: int, end: int) -> int:
    """Return where what is asked begins, behind those who are asked: "called on all sides | to stop"."""
    to, line = page.words.beside.forms("to"), page.lines[k]
    return next((at for at in range(begin + 1, end - 1) if line[at].form in to and not line[at + 1].capital), begin)


def _before(page: Page, k: int, start: int) -> int:
    """Return where the words said end that stand before their speaker: at the mark that parts them from him."""
    line = page.lines[k]
    near = (
        at for at in range(start - 1, max(-1, start - 10), -1) if line[at].kind == "mark" and line[at].form in ',،”"»'
    )
    return next(near, start)


def _content(page: Page, k: int, begin: int, end: int) -> tuple[int, int] | None:
    """Return the characters said: within quotation marks where there are any, else all of the words."""
    line = page.lines[k]
    marks = [at for at in range(begin, end) if line[at].kind == "mark" and line[at].form in _QUOTES]
    if marks and marks[0] + 1 < end:
        last = marks[-1] if len(marks) > 1 else end
        return line[marks[0] + 1].start, line[last - 1].end
    while begin < end and line[begin].kind == "mark":
        begin += 1
    return characters(page, k, begin, end) if begin < end else None


def _counts(page: Page, k: int, begin: int, end: int) -> bool:
    """Tell whether what is said counts the harmed: that is a claim already, with its speaker."""
    line = page.lines[k]
    if not page.words.harm.find(line, begin, end):
        return False
    numbers = any(
        line[at].kind == "number" or line[at].form in page.words.data["numbers"]["units"] for at in range(begin, end)
    )
    return numbers or bool(page.words.numbers.vague.find(line, begin, end))


def _opens_with_time(page: Page, k: int, start: int) -> bool:
    """Tell whether only a time stands before the speaker: "Last September, the president said"."""
    return any(m.first == 0 and start - m.after <= 1 for m in page.dates(k))


def _stance(page: Page, k: int, clause: Clause, content: tuple[int, int]) -> Stance:
    """Return how what is said stands to the world: "they were expected to discuss" expects it."""
    line = page.lines[k]
    for name, stance in (("planned", Stance.PLANNED), ("expected", Stance.EXPECTED)):
        if page.words.beside.phrases(name).find(line, clause.start, min(clause.end, clause.start + 6)):
            return stance
    return Stance.ASSERTED


def _addressees(page: Page, k: int, begin: int, end: int, named: Sequence[tuple[str, int, int]]) -> Iterator[str]:
    """Yield who is addressed: those named, and sides ("all sides", "both parties") in the words of the report."""
    hits = page.words.beside.phrases("addressed").find(page.lines[k], begin, end)
    both = sorted(
        [(first, page.slice(k, first, after).lower()) for _, first, after in hits] + [(f, n) for n, f, _ in named]
    )
    parties = [(n.first, n.name) for n in page.parties(k) if begin <= n.first < end]
    yield from (name for _, name in sorted({*both, *parties}))


def _floating(page: Page, k: int, previous: Sequence[Found]) -> Found | None:
    """Return a quotation that names nobody: whoever spoke last goes on, over as many sentences as it takes."""
    line, text = page.lines[k], page.report.text
    if not line or line[0].form not in _QUOTES or not previous or not previous[-1].chain:
        return None
    start = page.sentences[k].start
    for j in range(k, min(len(page.lines), k + 6)):
        close = page.sentences[j].end
        if any(not s.carried and s.after > s.first for s in page.voices[j]):
            return None
        if text[close - 1 : close] in _QUOTES and close - 1 > start:
            said = replace(
                previous[-1],
                chain=previous[-1].chain[:1],
                sentence=k,
                at=0,
                start=start,
                end=close,
                content=(start + 1, close - 1),
            )
            trigger = replace(said.trigger, act="said", name="statement.said.floating")
            return replace(said, trigger=trigger, act="said", when=None, others=(), flags=(), score=0.7)
    return None
