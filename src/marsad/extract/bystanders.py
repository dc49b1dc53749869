"""People whom a sentence counts beside the harmed and who are none of them: kin of the dead, who came away unhurt, ages."""

from collections.abc import Sequence

from marsad.extract.chunks import Chunk
from marsad.model import Bound, Measure
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line

_BREAKS = frozenset("CPWA;.")
_HARMS = frozenset("VGDNYTJF")
_AGE, _OLDEST = 7, 110
"""Words before an age within which "the youngest" stands, and the highest age."""

_CREW, _NOUN = 4, 2
"""Words between "out of" and a number ("a crew of"), and between the number before it and "out of" ("eleven | guards")."""

_REFUSED = 2
"""Words before people within which a verb ahead of them says that they would not go."""


def is_bystander(words: Lexicon, line: Line, chunks: Sequence[Chunk], i: int, measure: Measure | None) -> bool:
    """Tell whether a number counts nobody harmed, whatever harm stands near it; `measure` is what seems to have befallen them."""
    quantity = chunks[i].quantity
    if quantity is None or quantity.bound in (Bound.NONE, Bound.UNKNOWN):
        return False
    return (
        _kin(words, line, chunks, i)
        or _for_each(words, line, chunks[i])
        or _children_of(words, line, chunks, i)
        or _spared(words, line, chunks, i)
        or _age_of(words, line, chunks, i)
        or _of_a_body(words, line, chunks, i)
        or (measure is Measure.DISPLACED and _stayed(words, line, chunks[i]))
    )


def sharing(words: Lexicon, line: Line, chunks: Sequence[Chunk]) -> dict[int, int | None]:
    """Return the wholes of which a smaller number is told before them, with that number: "eleven guards out of | 36".

    None where no number stands before: two of "عاملان من أصل | 210" are told by the form of their noun.
    """
    shares = words.section("bystanders.share_of")
    out: dict[int, int | None] = {}
    for _, first, after in shares.find(line):
        i = next((k for k, chunk in enumerate(chunks) if chunk.first >= after), len(chunks))
        while i + 1 < len(chunks) and (chunks[i].tag in "RO" or _is_article(chunks[i])):  # "of a crew of 16"
            if _is_article(chunks[i]):
                out[i] = None
            i += 1
        if i >= len(chunks) or not _whole(chunks[i]) or chunks[i].first - after > _CREW:
            continue
        before = next((k for k in range(i - 1, -1, -1) if chunks[k].after <= first and _whole(chunks[k])), None)
        near = before is not None and first - chunks[before].after <= _NOUN
        fewer = near and before is not None and _value(chunks[before]) < _value(chunks[i])
        if fewer or not near:
            out[i] = before if fewer else None
    return out


def _is_article(chunk: Chunk) -> bool:
    return chunk.quantity is not None and chunk.quantity.article


def _whole(chunk: Chunk) -> bool:
    return chunk.quantity is not None and chunk.quantity.value is not None and not chunk.quantity.article


def _value(chunk: Chunk) -> int:
    return (chunk.quantity.value if chunk.quantity else None) or 0


def _kin(words: Lexicon, line: Line, chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether those are kin of the harmed: "80 relatives | of the victims"; nine "relatives | killed" are harmed."""
    chunk, kin = chunks[i], words.forms("bystanders.kin")
    start = chunk.quantity.after if chunk.quantity else chunk.first
    at = next((k for k in range(start, chunk.after) if line[k].form in kin), None)
    if at is None:
        return False
    k, led = at + 1, False
    while k < len(line) and ((tag := words.tags.match(line, k)) is not None and tag[0] in "OR"):
        k, led = tag[1], True
    if k < len(line) and line[k].form in words.forms("none.casualties"):
        return True
    harm = words.harm.match(line, k)
    return harm is not None and (harm[0].tag == "N" or (led and harm[0].tag in "DV"))


def _for_each(words: Lexicon, line: Line, chunk: Chunk) -> bool:
    """Tell whether something is counted for each of the harmed: "51 بقرة عن كل قتيل"."""
    start = chunk.quantity.after if chunk.quantity else chunk.first
    return any(line[k].form in words.forms("bystanders.each") for k in range(start, chunk.after))


def _children_of(words: Lexicon, line: Line, chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a number only says how many children somebody has: "father of | five children, killed at the wheel"."""
    of = i > 0 and chunks[i - 1].tag == "O" and chunks[i].harm is None
    return of and line[chunks[i - 1].first - 1].form in words.forms("bystanders.parents")


def _spared(words: Lexicon, line: Line, chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether they came away, by a word behind them or right before: "52 others | withdrew unharmed", "نجا منهم | 14"."""
    spared = words.section("bystanders.spared")
    if not spared.stands_in(line):
        return False
    end = next((k for k in range(i + 1, len(chunks)) if chunks[k].tag in _BREAKS or chunks[k].quantity), len(chunks))
    behind = spared.find(line, chunks[i].after, chunks[end].first if end < len(chunks) else None)
    if behind and not words.subject_first and end < len(chunks) and chunks[end].first - behind[0][2] <= 1:
        behind = []  # "قتل تسعة أشخاص ونجا | 14": who comes behind the verb is spared
    harmed = [k for k in range(i + 1, end) if chunks[k].tag in _HARMS]
    if behind and all(behind[0][1] <= chunks[k].first < behind[0][2] for k in harmed):
        return True
    before = i - (i > 0 and chunks[i - 1].tag == "M") - 1
    ahead = chunks[before] if before >= 0 else None
    return ahead is not None and spared.match(line, ahead.first) is not None and chunks[i].harm is None


def _age_of(words: Lexicon, line: Line, chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a number is an age: "the youngest of the dead was | 15"."""
    chunk = chunks[i]
    if chunk.people is not None or i == 0 or chunks[i - 1].tag != "B":
        return False
    aged = 0 < _value(chunk) <= _OLDEST
    near = range(max(0, chunk.first - _AGE), chunk.first)
    return aged and any(line[k].form in words.forms("bystanders.eldest") for k in near)


def _of_a_body(words: Lexicon, line: Line, chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a number says of how many a committee is: "a body of | eleven"; the body of one man is his."""
    if i < 2 or chunks[i - 1].tag != "O" or chunks[i].people is not None:
        return False
    quantity = chunks[i].quantity
    many = quantity is not None and quantity.value != 1
    return many and line[chunks[i - 1].first - 1].form in words.forms("bystanders.boards")


def _stayed(words: Lexicon, line: Line, chunk: Chunk) -> bool:
    """Tell whether they would not go, said ahead of them: "ورفض | نحو 700 من السكان مغادرة منازلهم"."""
    refused = words.forms("bystanders.refused")
    return any(line[k].form in refused for k in range(max(0, chunk.first - _REFUSED), chunk.first))
