"""Somebody whom no list has, by the words in which the report names him: "the karate federation", "le pompiste"."""

from marsad.extract.names import Named
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line
from marsad.text.tokens import Token

_ASIDE = 12
"""How many words behind a name and a comma "that" may stand: "قالت الوزارة، في بيان صادر عنها، إن"."""
_WHERE = 6
"""How many words may say where somebody is who speaks: "قائد في القوات المشتركة"."""
_AUDIENCE = 10
"""How many words may name those whom somebody told it."""
_LONGEST = 9
"""How many words such a name may have."""
_SHORTEST = 3
"""Letters that its longest word has at least."""
_BARE = 4
"""How many words a name may have that no article opens: "weeping relatives"."""


def unlisted_from(words: Lexicon, line: Line, at: int, end: int) -> Named | None:
    """Return whoever the words from token `at` on name, None where they name nobody who could speak.

    "according to | the karate federation | in Goma": the name ends at a mark, a place, a time or another clause.
    """
    start = _past_articles(words, line, at, end)
    stop = start
    while stop < end and stop - start < _LONGEST and not _ends(words, line[stop]):
        if stop > start and _goes_on_otherwise(words, line, stop):
            break
        stop += 1
    return _named(words, line, start, stop)


def _goes_on_otherwise(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a name is over where something else begins without a mark.

    "أعلن نقيب الصيادين | مقتل تسعة" goes on with what he tells of, "a detta del becchino | i morti sono nove" with an article
    that no "of" leads.
    """
    if not words.subject_first:
        return words.harm.match(line, at) is not None or words.numbers.opens(line[at].form) or line[at].kind == "number"
    joint = words.tags.match(line, at - 1)
    led = (joint is not None and joint[0] == "O") or line[at - 1].form in words.forms("attribution.located")
    return words.subject_behind and not led and not line[at].capital and line[at].form in words.data["articles"]


def unlisted_behind(words: Lexicon, line: Line, after: int, end: int, *, parted: bool) -> Named | None:
    """Return somebody whom no list has, behind a word of saying: "…, racconta il pompiste", "قال قائد الفرقة إن".

    He must be told from what is said: by a quotation or a comma before the verb (`parted`), or by "that" behind the name.
    """
    named = unlisted_from(words, line, past_audience(words, line, after, end) if words.subject_first else after, end)
    if named is None:
        return None
    if words.subject_first:
        opens = named.first > after or line[named.first].capital
        opens = opens or line[named.first].form in words.forms(
            "attribution.referring"
        )  # "informaron fuentes castrenses"
        return named if opens and parted else None
    if parted and named.after >= end - 1:
        return named  # up to whom he told it: "قال محمد علي | لوكالة رويترز"
    at = _past_place(words, line, named.after)
    rest = line[at : at + 1]
    that = words.forms("attribution.that")
    led = at > named.after or any(
        token.form in that or token.form in words.forms("attribution.told_of") for token in rest
    )
    led = led or (at < end and _goes_on_otherwise(words, line, at))
    aside = (
        bool(rest)
        and rest[0].form in ",،"
        and any(t.form in words.forms("attribution.that") for t in line[named.after : named.after + _ASIDE])
    )
    return named if led or aside else None


def unlisted_before(words: Lexicon, line: Line, start: int, end: int, after: int) -> Named | None:
    """Return whoever the words start..end name, all of them, right before a word of saying that ends at `after`.

    A name without an article ("weeping relatives") needs a plain word of saying, or "that" behind it: "estimates" and
    "claims" may be nouns.
    """
    own, small = words.forms("attribution.own"), words.forms("attribution.not_names").difference(words.data["articles"])
    while start < end and line[start].form in small and line[start].form not in own:
        if line[start].form in words.forms("attribution.located"):
            return None  # "in Goma they count …"
        start += 1
    first = _past_articles(words, line, start, end)
    timed = words.forms("attribution.behind")
    end = next((k for k in range(first + 1, end) if line[k].form in timed), end)  # "the ministry on Tuesday"
    bare = first == start and not (start < end and line[start].capital)
    if not 0 < end - first <= (_BARE if bare else _LONGEST):
        return None
    perfect = end < len(line) and line[end].form in words.forms("attribution.perfect")  # "وكان مدير الأمن | قد تحدث"
    plain = perfect or line[after - 1].form in words.forms("attribution.spoke") or _that(words, line, after)
    if (bare and not plain) or line[first].form in own:
        return None
    pronouns = words.forms("attribution.pronouns")
    if any(line[k].form in pronouns or line[k].form in own or _verb(words, line, k) for k in range(first, end)):
        return None
    return _named(words, line, first, end)


def _named(words: Lexicon, line: Line, first: int, after: int) -> Named | None:
    """Return line[first:after] as a name, None where it speaks of a deed, of a number or of a paper."""
    if first >= after or words.harm.find(line, first, after):
        return None
    never = words.forms("attribution.nobody") | words.forms("attribution.own")
    told = line[first:after]
    numbers = words.data["numbers"]["units"]
    kind = slice(*head(words, line, first, after))
    if told[0].form in numbers or told[0].kind == "number":
        return None
    if any(token.form in never or token.form in numbers or token.kind == "number" for token in line[kind]):
        return None
    if told[0].form in numbers or told[0].kind == "number":  # "fourteen names stood twice": so many, and nobody
        return None
    if told[0].form.startswith("ل") and told[0].form[1:] in words.forms("attribution.outlets"):
        return None  # "قال | لوكالة رويترز": who heard it
    if told[0].form in words.forms("attribution.behind") or told[0].form in words.forms("attribution.located"):
        return None
    if told[0].form in words.data["dates"]["months"]:
        return None  # "the bulletin of April"
    small = told[0].form in words.forms("attribution.not_names")
    led = first > 0 and line[first - 1].form in words.data["articles"] and len(told) > 1  # "la | société de transport"
    if max(len(token.text) for token in told) < _SHORTEST or (small and not led):
        return None
    name = " ".join(token.text for token in told if token.kind == "word")
    if not words.subject_first and first and line[first - 1].form in words.forms("attribution.papers_of"):
        name = _unprefixed(name)
    name = name.lower() if line.shouts else name
    if not told[0].capital or line.shouts or first == 0 or line[first - 1].kind == "mark":
        name = (
            name if told[0].text.isupper() or (told[0].capital and len(told) > 1 and told[1].capital) else _small(name)
        )
    return Named(name, first, after)


def _unprefixed(name: str) -> str:
    """Return the name of whoever made a paper without the preposition that is written onto it: "بيان | لمكتب الصحة"."""
    if name.startswith("لل"):
        return f"ال{name[2:]}"
    return name[1:] if name.startswith("ل") else name


def head(words: Lexicon, line: Line, first: int, after: int) -> tuple[int, int]:
    """Return the part of a name that says what kind of thing it is: "traders | of the market", "أهالي | القرية".

    It ends before "of"; of what is left, `attribution.head` tells whether the last word counts, the first one, or any.
    """
    joint = next((k for k in range(first + 1, after) if (tag := words.tags.match(line, k)) and tag[0] == "O"), after)
    kind = words.data["attribution"].get("head", "any")
    if kind == "last":
        while joint - first > 1 and line[joint - 1].form.endswith("ed"):  # "information received"
            joint -= 1
        return joint - 1, joint
    return (first, first + 1) if kind == "first" else (first, joint)


def _verb(words: Lexicon, line: Line, at: int) -> bool:
    tag = words.tags.match(line, at)
    return tag is not None and tag[0] == "B"


def _that(words: Lexicon, line: Line, at: int) -> bool:
    return at < len(line) and line[at].form in words.forms("attribution.that")


def _small(name: str) -> str:
    """Return a name with a small first letter: a capital only begins the sentence."""
    return name[:1].lower() + name[1:]


def _past_articles(words: Lexicon, line: Line, at: int, end: int) -> int:
    while at < end and (line[at].form in words.data["articles"] or line[at].form in '"“”«»'):
        at += 1
    return at


def _ends(words: Lexicon, token: Token) -> bool:
    """Tell whether a name has ended: at a mark, a clause, a place or a day."""
    if token.kind == "mark":
        return token.form not in '"“”«»-'
    if token.text == "لـ":
        return True  # who heard it: "المدير العام | لـ«النهار»"
    dates = words.data["dates"]
    form = token.form
    return form in dates["weekdays"] or any(form in words.forms(f"attribution.{group}") for group in _ENDING)


_ENDING = ("that", "relative", "clause", "located", "pronouns", "behind")


def past_audience(words: Lexicon, line: Line, at: int, end: int) -> int:
    """Return the token behind those whom somebody told it: "ha raccontato all'agenzia | un'insegnante"."""
    audience, told = words.forms("attribution.audience"), at
    small = words.forms("attribution.located").union(words.data["articles"])
    for k in range(at, min(end, at + _AUDIENCE)):
        if line[k].form not in audience:
            break
        told = told if line[k].form in small else k + 1
    return told


def _past_place(words: Lexicon, line: Line, at: int) -> int:
    """Return the token behind words that say where somebody is ("في القوات المشتركة"), `at` where none do."""
    if at >= len(line) or line[at].form not in words.forms("attribution.located"):
        return at
    that, told_of = words.forms("attribution.that"), words.forms("attribution.told_of")
    for k in range(at + 2, min(len(line), at + _WHERE)):
        if line[k].form in that or line[k].form in told_of or words.harm.match(line, k):
            return k
    return at
