"""Statements: who said, condemned, demanded or warned of what, beyond counts of people."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from marsad.extract.clauses import clause_of, is_noun, light
from marsad.extract.found import Found, characters
from marsad.extract.moments import at_saying
from marsad.extract.page import Page
from marsad.extract.who_speaks import QUOTES, behind, leads, speakers_of
from marsad.extract.whom import names_in
from marsad.model import ContextKind, Flag, Stance
from marsad.text.context_words import Trigger

_OPENING = 6
"""Words at the beginning of what is said that tell how sure it is."""

_ADDRESSED = ("called_on", "warned", "accused", "threatened")


def statements_in(page: Page, k: int, previous: Sequence[Found]) -> Iterator[Found]:
    """Yield the statements that sentence `k` reports, in order; `previous` are those of the sentences before."""
    line = page.lines[k]
    triggers = [h for h in page.hits(k) if h[0].kind is ContextKind.STATEMENT]
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
    if is_noun(page, k, first) or _passive(page, k, trigger, first):
        return
    voice = next((s for s in page.voices[k] if s.first <= first < s.after and not s.carried), None)
    clause = clause_of(page, k, first, after)
    chains, start = speakers_of(page, k, clause, voice, previous)
    told = after if voice is None or not voice.leads else max(after, voice.after)
    if not chains and (speaker := behind(page, k, clause)):
        chains, told = [(speaker.name,)], speaker.after
    follows = leads(page, k, start, after) if voice is None else voice.leads
    begin, end = (told, _until(page, k, told, limit)) if follows else (0, _before(page, k, min(start, first)))
    addressed = _addressees(page, k, trigger, told, end)
    if follows:
        begin = _past_that(page, k, trigger, begin, end)
    content = _content(page, k, begin, end)
    if not chains or content is None or (trigger.act == "said" and _counts(page, k, begin, end)):
        return
    left, right = (
        _span(page, k, (start, max(end, after)), content) if follows else characters(page, k, 0, len(page.lines[k]))
    )
    for chain in chains:
        yield Found(
            trigger=trigger,
            sentence=k,
            at=first,
            start=left,
            end=right,
            act=trigger.act,
            actor=chain[0],
            others=tuple(name for name in addressed if name != chain[0]),
            content=content,
            when=at_saying(page, k, first, after),
            chain=chain,
            stance=_stance(page, k, begin, end),
            flags=(Flag.BROKEN_PARAGRAPH,) if "\n\n" in page.report.text[left:right] else (),
            leads=follows,
            score=0.85,
        )


def _span(page: Page, k: int, tokens: tuple[int, int], content: tuple[int, int]) -> tuple[int, int]:
    """Return the characters of a statement that begins with its speaker: from a time before him to the closing mark."""
    start, end = tokens
    if start and _opens_with_time(page, k, start):
        start = 0
    left, right = characters(page, k, start, end)
    closed = page.report.text[content[1] : content[1] + 1]
    return left, max(right, content[1] + (closed != "" and closed in QUOTES))


def _past_that(page: Page, k: int, trigger: Trigger, begin: int, end: int) -> int:
    """Return where what is said begins: behind "that", or behind those who are asked."""
    if begin < end and page.lines[k][begin].form in page.words.forms("attribution.that"):
        begin += 1
    return _asked(page, k, begin, end) if trigger.act == "called_on" else begin


def _passive(page: Page, k: int, trigger: Trigger, first: int) -> bool:
    """Tell whether a word of saying is done to its subject: "the army has been accused of", "il a été clairement dit"."""
    line, passive = page.lines[k], page.words.beside.forms("passive")
    done = any(line[at].form in passive for at in range(max(0, first - 2), first))
    return done and (trigger.helped or light(page, line, first - 1))


def _until(page: Page, k: int, after: int, limit: int) -> int:
    """Return where the words said end: before the next word of saying of the sentence, else at its end."""
    line = page.lines[k]
    if limit >= len(line):
        return len(line)
    while limit > after and line[limit - 1].form in ",،":
        limit -= 1
    return limit


def _content(page: Page, k: int, begin: int, end: int) -> tuple[int, int] | None:
    """Return the characters said: within quotation marks where there are any, else all of the words."""
    line = page.lines[k]
    marks = [at for at in range(begin, end) if line[at].kind == "mark" and line[at].form in QUOTES]
    if marks and marks[0] + 1 < end:
        first = marks[0]
        while first + 1 in marks:  # a mark in two scripts, or one that was doubled by a copy
            first += 1
        last = marks[-1] if marks[-1] > first else end
        return (line[first + 1].start, line[last - 1].end) if first + 1 < last else None
    while begin < end and line[begin].kind == "mark":
        begin += 1
    return characters(page, k, begin, end) if begin < end else None


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


def _stance(page: Page, k: int, begin: int, end: int) -> Stance:
    """Return how what is said stands to the world: "the rebels are likely to leave" expects it."""
    for name, stance in (("planned", Stance.PLANNED), ("expected", Stance.EXPECTED)):
        if page.words.beside.phrases(name).find(page.lines[k], begin, min(end, begin + _OPENING)):
            return stance
    return Stance.ASSERTED


def _addressees(page: Page, k: int, trigger: Trigger, begin: int, end: int) -> list[str]:
    """Return who is addressed, in order: those named, and sides in the words of the report ("all sides")."""
    if trigger.act not in _ADDRESSED:
        return []
    hits = page.words.beside.phrases("addressed").find(page.lines[k], begin, end)
    found = [(first, page.slice(k, first, after).lower()) for _, first, after in hits]
    found += [(first, name) for name, first, _ in names_in(page, k, begin, end)]
    found += [(n.first, n.name) for n in page.parties(k) if begin <= n.first < end]
    return list(dict.fromkeys(name for _, name in sorted(found)))


def _floating(page: Page, k: int, previous: Sequence[Found]) -> Found | None:
    """Return a quotation that names nobody: whoever spoke last goes on, over as many sentences as it takes."""
    line, text = page.lines[k], page.report.text
    if not line or line[0].form not in QUOTES or not previous or not previous[-1].chain:
        return None
    start = page.sentences[k].start
    for j in range(k, min(len(page.lines), k + 6)):
        close = page.sentences[j].end
        if any(not s.carried and s.after > s.first for s in page.voices[j]):
            return None
        if text[close - 1 : close] in QUOTES and close - 1 > start:
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
