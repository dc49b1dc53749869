"""Which counts of a sentence are parts of others: "including six children", "36 of them civilians"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from marsad.extract.chunks import Chunk
from marsad.extract.nouns import joined, sided
from marsad.model import Group, Measure, Status
from marsad.text.lexicon import Lexicon, People
from marsad.text.phrases import Line

_REACH = 24
"""How many chunks after "including" its list may go on."""
_BRACKET_REACH = 3
"""How many chunks after a toll its brackets may open."""
_DEGREE_REACH = 8
"""How many chunks before "three seriously" the hurt may stand whose part they are."""
_WHO_REACH = 3
_FAR_REACH = 40
"""How many chunks behind a toll the list may go on that spells it out."""
_OUT_OF_REACH = 8
"""How many chunks before "40" its whole may stand: "of the 60 people killed in the raid, 40"."""
_FEWEST = 3
"""The smallest toll that a list spells out."""
_LISTING = frozenset(":,،-–—")
_BACK = 12
"""How many counts back the whole may stand."""


def parts_of(
    words: Lexicon, line: Line, chunks: Sequence[Chunk], tags: str, found: Mapping[int, Measure]
) -> dict[int, int]:
    """Return which quantities are parts, mapped to their whole; `found` says what befell the people of a quantity."""
    out: dict[int, int] = {}
    counts = [i for i, tag in enumerate(tags) if tag == "Q" or (tag == "z" and i in found)]
    for marker in (i for i, tag in enumerate(tags) if tag == "M"):
        bare = marker and tags[marker - 1] == "Q" and chunks[marker - 1].people is None
        inner = marker - 1 if bare and tags[marker + 1 : marker + 2] not in ("Q", "q", "z") else None
        trailing = _run_before(chunks, tags, marker)
        counts_on = tags[marker + 1 : marker + 2] == "Q"  # "100 people including at least 30 children"
        if trailing and not counts_on and predicate(words, line, chunks[marker].after, 2) is None:
            whole = _whole(counts, found, out, trailing[0])
            if whole is None and len(trailing) > 1 and trailing[0] in found:  # "223 civilians, 56 children among them"
                whole, *trailing = trailing
            out |= dict.fromkeys(trailing, whole) if whole is not None else {}
            continue
        whole = _whole(counts, found, out, marker if inner is None else inner)
        if whole is None:
            continue
        if inner is None:
            out |= dict.fromkeys(_listed(words, line, chunks, tags, found, marker, whole), whole)
        elif (
            inner in found
            or _degree(words, line, chunks[marker].after)
            or predicate(words, line, chunks[marker].after, 3)
            or (tags[inner - 1 : inner] == "C" and _few(chunks[inner], chunks[whole]))
        ):
            out[inner] = whole
            out |= dict.fromkeys(_further(chunks, tags, marker), whole)
    out |= _alone(words, line, chunks, tags, found, counts, out)
    for part, whole in _bracketed(line, chunks, counts, found):
        out.setdefault(part, whole)
    for whole in counts:
        if whole in found and whole not in out:
            out |= dict.fromkeys(_spelled_out(chunks, tags, found, out, whole), whole)
    for whole in (i for i, tag in enumerate(tags) if tag in "Qz" and i in found and i not in out):
        for part in _summed_up(words, line, chunks, tags, found, whole):
            out.setdefault(part, whole)
    return out


_FURTHER = re.compile("M[xR]{0,2}((?:CR?Q)+(?:C?AR?Q)?)")
"""What follows "ten of them men": "| four women and four children"."""


def _further(chunks: Sequence[Chunk], tags: str, marker: int) -> list[int]:
    """Return the further parts of a list that "of them" opens, each a group that cannot be the one before."""
    listed = _FURTHER.match(tags, marker)
    counts = [i for i in range(marker, listed.end()) if tags[i] == "Q"] if listed else []
    grouped = all((people := chunks[i].people) is not None and people.group is not None for i in counts)
    return counts if grouped else []


def _alone(
    words: Lexicon,
    line: Line,
    chunks: Sequence[Chunk],
    tags: str,
    found: Mapping[int, Measure],
    counts: Sequence[int],
    parts: Mapping[int, int],
) -> dict[int, int]:
    """Return the bare numbers that are parts by what stands behind them, with their wholes.

    "38 wounded, fourteen in intensive care"; "nine people were killed; three were children".
    """
    out: dict[int, int] = {}
    copulas = words.forms("parts.copulas")
    copula = not line.forms.isdisjoint(copulas)
    degree = words.section("parts.degrees").stands_in(line)
    for i in counts if copula or degree else ():
        if i in parts or chunks[i].people is not None or tags[i - 1 : i] not in tuple("C;A:"):
            continue
        whole = _whole(counts, found, parts, i)
        if whole is None or found.get(i, found[whole]) is not found[whole] or not _few(chunks[i], chunks[whole]):
            continue
        after = chunks[i].after
        hurt = degree and found[whole] is Measure.INJURED and i - whole <= _DEGREE_REACH and _degree(words, line, after)
        # "15 were civilians and five were fighters": both are of the dead, five are none of the 15
        if hurt or (_were(words, line, chunks, i) and not _were(words, line, chunks, whole)):
            out[i] = whole
    return out


def out_of(words: Lexicon, line: Line, chunks: Sequence[Chunk], tags: str) -> dict[int, int]:
    """Return the bare numbers that are so many of what opens the sentence: "of the 60 dead, 40 were civilians"."""
    out: dict[int, int] = {}
    leading = words.forms("parts.out_of")
    for i in (i for i, tag in enumerate(tags) if tag in "Qz" and chunks[i].people is None and tags[i - 1 : i] == "C"):
        for j in range(i - 2, max(-1, i - _OUT_OF_REACH), -1):
            if tags[j] in "C;.P":
                break
            first = chunks[j].first
            if tags[j] in "Qqz" and any(
                line[k].form in leading and _opens(line, k) for k in range(max(0, first - 2), first)
            ):
                if 0 < _value(chunks[i]) < _value(chunks[j]):
                    out[i] = j
                break
    return out


def _opens(line: Line, at: int) -> bool:
    """Tell whether a word begins a sentence or a clause, "out" before "of" left out."""
    return at == 0 or line[at - 1].kind == "mark" or at == 1 or line[at - 2].kind == "mark"


def _degree(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether words say how badly they were hurt: "three of them seriously"."""
    return words.section("parts.degrees").match(line, at) is not None


def _bracketed(
    line: Line, chunks: Sequence[Chunk], counts: Sequence[int], found: Mapping[int, Measure]
) -> Iterator[tuple[int, int]]:
    """Yield the counts of people in brackets behind a toll, with that toll: "12 dead (3 children, 2 women)"."""
    if "(" not in line.forms:
        return
    whole: int | None = None
    for i, chunk in enumerate(chunks):
        mark = line[chunk.first].form
        if mark in "()":
            whole = _whole(counts, found, {}, i) if mark == "(" else None
            whole = None if whole is None or i - whole > _BRACKET_REACH else whole
        elif whole is not None and chunk.tag == "Q" and _in_brackets(chunk, i, whole, found):
            sum_of = _value(chunks[whole])
            if not sum_of or _value(chunk) <= sum_of:
                yield i, whole


def _in_brackets(chunk: Chunk, i: int, whole: int, found: Mapping[int, Measure]) -> bool:
    """Tell whether a count in brackets may be part of the toll before them: "87 casualties (29 killed and 58 injured)"."""
    if i in found:
        return found[whole] is Measure.KILLED_OR_INJURED and found[i] in (Measure.KILLED, Measure.INJURED)
    return chunk.people is not None


def _spelled_out(
    chunks: Sequence[Chunk], tags: str, found: Mapping[int, Measure], parts: Mapping[int, int], whole: int
) -> list[int]:
    """Return the counts that a comma sets beside their sum: "three civilians, two women and a man, died"."""
    listed: list[int] = []
    left = _value(chunks[whole])
    for at in range(whole + 1, min(len(tags), whole + _REACH)):
        alike = tags[at] == "Q" and at in found and found[at] == found[whole] and _may_be(chunks[at], chunks[whole])
        if alike and at not in parts and tags[at - 1] in "CA":
            left -= _value(chunks[at])
            listed.append(at)
        elif tags[at] not in "CA":
            break
    return listed if len(listed) > 1 and left == 0 and tags[whole + 1] == "C" else []


def _summed_up(
    words: Lexicon, line: Line, chunks: Sequence[Chunk], tags: str, found: Mapping[int, Measure], whole: int
) -> list[int]:
    """Return the counts that a list spells a toll out with, wherever it begins: "16 dead: ten civilians and six soldiers".

    Only a list behind a mark whose counts make up the toll to a man is one; behind a colon, or words that open a list, it may
    leave people out, or be wrong.
    """
    listed: list[int] = []
    left, within = _value(chunks[whole]), False
    if left < _FEWEST:
        return []
    for at in range(whole + 1, min(len(tags), whole + _FAR_REACH)):
        tag = tags[at]
        if tag in ".;" or (listed and tag in "VGDTJ"):
            break
        within = tag == "M" or (within and tag != "C")  # "57 civilians including four women, 43 soldiers"
        if tag not in "Qz" or (listed and within):
            continue
        alike = found.get(at, found[whole]) is found[whole]
        if not listed and tags[at - 1] == "O" and not _marked(words, line, chunks, whole, at):
            continue  # "seven civilians | of two households: three children …"
        told = tag == "z" or (alike and (chunks[at].people is not None or tags[at + 1 : at + 2] == "O"))
        if not told or (not listed and not _marked(words, line, chunks, whole, at)):
            break
        left -= _value(chunks[at])
        listed.append(at)
        if left <= 0:
            break
    full = left == 0 or (all(_tells_whom(chunks[at]) for at in listed) and _listing(words, line, chunks, listed))
    return listed if len(listed) > 1 and full else []


def _tells_whom(chunk: Chunk) -> bool:
    """Tell whether a count says whom it counts: civilians, soldiers, children."""
    return chunk.people is not None and (chunk.people.status is not Status.UNKNOWN or chunk.people.group is not None)


def _listing(words: Lexicon, line: Line, chunks: Sequence[Chunk], listed: Sequence[int]) -> bool:
    """Tell whether a list stands right behind a colon, or words that open one (هم)."""
    opening = line[chunks[listed[0] - 1].first].form if listed else ""
    return opening == ":" or opening in words.forms("parts.listing")


def _marked(words: Lexicon, line: Line, chunks: Sequence[Chunk], whole: int, at: int) -> bool:
    """Tell whether a list stands behind a mark, a colon, a dash or a comma, or behind words that open one."""
    said = (line[chunk.first].form for chunk in chunks[whole + 1 : at])
    return any(form in _LISTING or form in words.forms("parts.listing") for form in said)


def _may_be(part: Chunk, whole: Chunk) -> bool:
    """Tell whether people may be among others by their nouns: two policemen and a civilian are no part of three soldiers."""
    if part.people is None or whole.people is None or whole.people.status is Status.UNKNOWN:
        return True
    return part.people.status in (whole.people.status, Status.UNKNOWN) and part.people.group is not Group.POLICE


def _value(chunk: Chunk) -> int:
    return (chunk.quantity.value or 0) if chunk.quantity else 0


def _whole(counts: Sequence[int], found: Mapping[int, Measure], parts: Mapping[int, int], before: int) -> int | None:
    """Return the last count before a chunk that is a toll and no part itself."""
    at = bisect_left(counts, before)
    near = reversed(counts[max(0, at - _BACK) : at])
    return next((i for i in near if i in found and i not in parts), None)


def _listed(
    words: Lexicon,
    line: Line,
    chunks: Sequence[Chunk],
    tags: str,
    found: Mapping[int, Measure],
    marker: int,
    whole: int,
) -> list[int]:
    """Return the counts that a marker lists: "including six children and four women"."""
    out = []
    for i in range(marker + 1, min(len(tags), marker + _REACH)):
        if tags[i] in ".;VDGTJ" or (tags[i] == "B" and tags[i - 1] not in "QM"):
            break
        if (
            tags[i] == "z"
            and tags[i - 1] in "MCA"
            and tags[i + 1 : i + 2] in ("x", "I")
            and _within(chunks[i], chunks[whole])
        ):
            out.append(i)  # "among them five beekeepers": part of people are people, whatever they are called
        if tags[i] != "Q" or (i in found and found[i] != found[whole]):
            continue
        if tags[i - 2 : i] == "OR":
            continue  # "among them some of the 17 who were wounded"
        if (
            chunks[i].people is not None
            or (i == marker + 1 and _few(chunks[i], chunks[whole]))
            or _degree(words, line, chunks[i].after)
            or predicate(words, line, chunks[i].after, 4)
        ):
            out.append(i)
    return out


def _within(part: Chunk, whole: Chunk) -> bool:
    """Tell whether a number may be of some of those counted: not more than they are."""
    most = (whole.quantity.high or whole.quantity.value or whole.quantity.low) if whole.quantity else None
    return most is None or 0 < _value(part) <= most


def _were(words: Lexicon, line: Line, chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether "were" and a noun for some people stand behind a bare number: "three were children"."""
    verb = chunks[i + 1] if i + 1 < len(chunks) else None
    if chunks[i].people is not None or verb is None or line[verb.first].form not in words.forms("parts.copulas"):
        return False
    people = predicate(words, line, verb.after, _WHO_REACH)
    return people is not None and (people.group is not None or people.status is not Status.UNKNOWN)


def _few(part: Chunk, whole: Chunk) -> bool:
    """Tell whether a bare number is a part without more words, a plain one of fewer: "nine people, three of them in Goma"."""
    plain = part.quantity is not None and part.quantity.value is not None and not part.quantity.article
    return plain and _within(part, whole) and _value(part) != _value(whole)


def _run_before(chunks: Sequence[Chunk], tags: str, marker: int) -> list[int]:
    """Return the counts with a noun listed right before a marker: "three women and four children among them"."""
    out: list[int] = []
    for at in range(marker - 1, max(-1, marker - _REACH), -1):
        if tags[at] == "Q" and chunks[at].people is not None:
            out.insert(0, at)
        elif not (out and tags[at] in "AC"):
            break
    return out


def predicate(words: Lexicon, line: Line, after: int, reach: int) -> People | None:
    """Return the noun, at most `reach` words on, that says what these people were: "half of the dead were civilians".

    "16 of the dead were Hamas members" counts fighters. What a list adds ("including six children") says nothing of the rest.
    """
    opening = words.tags.match(line, after)
    start = opening[1] if opening and opening[0] == "M" else after
    for i in range(start, min(len(line), after + reach)):
        listing = words.tags.match(line, i)
        if line[i].form in ".;" or (listing and listing[0] == "M"):
            return None
        if line[i].form in ",،" and words.section("attribution.say").find(line, i):
            return None  # "two of the wounded died in hospital, a doctor said"
        hit = words.people.match(line, i)
        if hit:
            return sided(words, line, after, joined(words, line, hit))
    return None
