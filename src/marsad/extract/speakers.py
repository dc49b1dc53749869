"""Who says it: the speakers of a sentence, and which of its counts each of them vouches for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from marsad.model import OriginKind
from marsad.text.lexicon import Actor, Lexicon
from marsad.text.tokens import Token

_SUBJECT_REACH = 24
"""How many tokens before "said" its subject may begin: names, titles and a relative clause."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """`chain` says it, the speaker first, whoever relayed it after; the words of the cue are tokens first..after.

    `leads` is true where what is said follows the cue ("X said that …"), false where it precedes ("…, according to X").
    """

    chain: tuple[str, ...]
    first: int
    after: int
    leads: bool


def speakers_in(
    words: Lexicon, text: Sequence[Token], previous: tuple[str, ...], monitor: str | None = None
) -> list[Speaker]:
    """Return the speakers of a sentence in order.

    `previous` is the chain that "the group said" refers back to; `monitor` the only monitor that the report names, whom
    "a monitoring group" then means.
    """
    out: list[Speaker] = []
    for _, first, after in words.section("attribution.cue").find(text):
        found = _actor_from(words, text, after)
        back = previous and _refers(words, text, after, min(len(text), after + 5))
        if back and (found is None or found[0][:1].islower() or not _is_public(words, text, after)):
            out.append(Speaker(previous, first, after, first <= 1))
        elif found:
            out.append(Speaker((found[0],), first, found[1], first <= 1))
    out += _before_colon(words, text)
    for _, first, after in words.section("attribution.say").find(text):
        speaker = _said(words, text, first, after, previous)
        if speaker and not any(s.first <= first < s.after for s in out):
            out.append(speaker)
    if not out and words.section("attribution.unnamed").find(text):
        hit = words.section("attribution.unnamed").find(text)[0]
        out.append(Speaker(("unnamed reports",), hit[1], hit[2], False))
    return sorted((_resolved(words, s, monitor) for s in out), key=lambda s: s.first)


def _resolved(words: Lexicon, speaker: Speaker, monitor: str | None) -> Speaker:
    """Return the speaker with "monitoring group" replaced by the one monitor that the report names."""
    generic = monitor and any(speaker.chain[0].endswith(m) for m in _monitors(words))
    return replace(speaker, chain=(monitor, *speaker.chain[1:])) if generic and monitor else speaker


@cache
def _monitors(words: Lexicon) -> tuple[str, ...]:
    entries = [e for e in words.data["role"] if e["kind"] == OriginKind.MONITOR.value]
    return tuple(w.removeprefix("the ").removeprefix("a ") for e in entries for w in e["words"])


def _before_colon(words: Lexicon, text: Sequence[Token]) -> list[Speaker]:
    """Read headlines that name the speaker before or after a colon: "Observatory: 95 killed", "95 killed: monitor"."""
    out = []
    for k, token in enumerate(text):
        if token.text != ":":
            continue
        for actor, first, after in words.actors.find(text):
            if after == k and first <= 2:
                out.append(Speaker((_name(actor, text, first, after),), first, after, leads=True))
            elif first == k + 1 and after >= len(text) - 1:
                out.append(Speaker((_name(actor, text, first, after),), first, after, leads=False))
    return out


def _is_public(words: Lexicon, text: Sequence[Token], at: int) -> bool:
    return any(actor.public for actor, _, _ in words.actors.find(text, at, min(len(text), at + 7)))


def speaker_of(speakers: Sequence[Speaker], first: int) -> tuple[str, ...]:
    """Return the chain that vouches for the count at token `first`; empty for the outlet's own voice."""
    leading = [s for s in speakers if s.leads and s.first <= first]
    trailing = [s for s in speakers if not s.leads and s.after > first]
    if leading and (not trailing or not any(s.first > leading[-1].first for s in trailing)):
        return leading[-1].chain
    if trailing:
        return trailing[0].chain
    return speakers[0].chain if len(speakers) == 1 and speakers[0].leads and first < speakers[0].first else ()


def _said(words: Lexicon, text: Sequence[Token], first: int, after: int, previous: tuple[str, ...]) -> Speaker | None:
    """Read the subject of a word of saying, and whom it was told to."""
    relay = _relay(words, text, after)
    subject_first = bool(words.data["subject_first"])
    before = _subject(words, text, first, previous)
    behind = _actor_from(words, text, after)
    picks = (before, behind) if subject_first else (behind, before)
    name = next((p[0] for p in picks if p), None)
    if name is None and not subject_first and previous:
        name = previous  # the verb carries its subject: "and added that"
    if name is None:
        return None
    chain = name if isinstance(name, tuple) else (name,)
    inverted = before is None or (not subject_first and behind is not None)
    leads = not (inverted and subject_first) and not _closes(text, first, after)
    return Speaker((*chain, *relay), first, after, leads)


def _closes(text: Sequence[Token], first: int, after: int) -> bool:
    """Tell whether the saying ends its sentence ("…, the group said."), so that what is said went before."""
    rest = [t for t in text[after:] if t.kind != "mark"]
    return len(rest) <= 2 and first > 4


def _subject(
    words: Lexicon, text: Sequence[Token], verb: int, previous: tuple[str, ...]
) -> tuple[str | tuple[str, ...], int] | None:
    start = verb
    for k in range(verb - 1, max(-1, verb - _SUBJECT_REACH) - 1, -1):
        if text[k].text in ".;:" or text[k].text in '“”"':
            break
        start = k
    hits = words.actors.find(text, start, verb)
    if previous and hits and not hits[-1][0].public and _refers(words, text, start, verb):
        return previous, start
    if hits:
        named = [h for h in hits if h[0].public] or hits
        best = named[-1] if verb - named[-1][2] <= _SUBJECT_REACH else hits[-1]
        return _name(best[0], text, best[1], best[2]), best[1]
    near = max(start, verb - 4)
    if previous and (words.section("attribution.pronouns").find(text, near, verb) or _refers(words, text, start, verb)):
        return previous, near
    capitals = _capitals(words, text, start, verb)
    return (capitals, verb) if capitals else None


def _refers(words: Lexicon, text: Sequence[Token], start: int, verb: int) -> bool:
    """Tell whether the subject points back at somebody named before: "the Britain-based monitoring group also said"."""
    nouns = frozenset(words.data["attribution"]["referring"])
    last = next((k for k in range(verb - 1, max(start, verb - 3) - 1, -1) if text[k].form in nouns), None)
    return last is not None and any(t.form in ("the", "same", "this") for t in text[max(start, last - 4) : last])


def _name(actor: Actor, text: Sequence[Token], first: int, after: int) -> str:
    """Return the actor's name; a role ("doctors") keeps the words that narrow it ("doctors in Raqqa")."""
    if actor.public:
        return actor.origin.name
    said = " ".join(t.text for t in text[first:after])
    following = text[after : after + 2]
    if len(following) == 2 and following[0].form in ("in", "from", "at") and following[1].capital:
        said += f" {following[0].text} {following[1].text}"
    for article in ("the ", "a ", "The ", "A "):
        said = said.removeprefix(article)
    return said[:1].lower() + said[1:] if said[1:2].islower() else said


def _namelike(words: Lexicon, token: Token) -> bool:
    """Tell whether a capitalised word may belong to a speaker's name: no weekday, no month, no "Britain-based"."""
    dates = words.data["dates"]
    if not token.capital or token.form in dates["weekdays"] or token.form in dates["months"]:
        return False
    return not token.form.endswith(("-based", "-led", "-backed", "-held", "-run"))


def _capitals(words: Lexicon, text: Sequence[Token], start: int, verb: int) -> str | None:
    """Return the capitalised name that ends at the verb, adverbs looked past: "Miabek Lang also said"."""
    end = verb
    while end > start and not _namelike(words, text[end - 1]) and verb - end < 3:
        end -= 1
    first = end
    while first > start and (
        _namelike(words, text[first - 1]) or text[first - 1].form in ("al", "-", "of", "bin", "ibn")
    ):
        first -= 1
    name = " ".join(t.text for t in text[first:end] if t.kind == "word")
    return (
        name
        if first < end and text[first].kind == "word" and len(name) > 3 and text[first].form not in _NOT_NAMES
        else None
    )


_NOT_NAMES = frozenset(
    (
        *("the", "a", "an", "it", "he", "she", "they", "we", "this", "that", "there", "but", "and", "in", "on", "at"),
        *("also", "however", "neither", "none", "no", "some", "many", "several", "most", "both", "earlier", "later"),
        *("correction", "update", "breaking", "toll", "nobody", "witnesses"),
    )
)


def _actor_from(words: Lexicon, text: Sequence[Token], at: int) -> tuple[str, int] | None:
    """Return the actor named from token `at` on, titles and articles looked past, and the token after."""
    for k in range(at, min(len(text), at + 7)):
        if text[k].text in ".;,،" and k > at:
            break
        hit = words.actors.match(text, k)
        if hit:
            return _name(hit[0], text, k, hit[1]), hit[1]
    k = at
    while k < len(text) and text[k].form in ("the", "a", "an", "local", "senior"):
        k += 1
    end = k
    while (
        end < len(text)
        and text[end].kind == "word"
        and (text[end].capital or (end > k and text[end].form in ("of", "for", "al")))
    ):
        end += 1
    if end > k and text[at].kind == "word" and text[k].text[:1].isupper():
        return " ".join(t.text for t in text[k:end]), end
    return None


def _relay(words: Lexicon, text: Sequence[Token], after: int) -> tuple[str, ...]:
    """Return whom it was told to, if an agency or outlet: "told AFP"."""
    hit = words.actors.match(text, after) or words.actors.match(text, after + 1)
    if hit and hit[0].origin.kind is OriginKind.MEDIA and text[after - 1].form in ("told", "لـ", "لوكاله"):
        return (hit[0].origin.name,)
    return ()
