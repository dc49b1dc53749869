"""Which words that may tell of saying do so: a noun does not, nor a verb of what befell somebody."""

from itertools import pairwise

from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line

_CUE_REACH = 8
"""How many words behind "quoted by" the verb may stand that tells who spoke."""
_CLITIC = 3
"""Letters of the small words between a cue and its verb: "según le contó"."""
_COMPARED = 6
"""How many words before a word of saying "than what" may stand."""

_THAN_WHAT = frozenset(
    {("than", "what"), ("de", "lo"), ("que", "ce"), ("di", "quanto"), ("مما", "ذكرته"), ("مما", "أعلنته")}
)

_LIVES = 4
"""How many words behind a word of saying "lives" may stand for it to be none: "the clash claimed five lives"."""


def says_nothing(words: Lexicon, line: Line, first: int, after: int, *, cue: bool) -> bool:
    """Tell whether what may be a cue or a word of saying is none here.

    "en su | cuenta de Telegram" is a noun; "sources | quoted by Radio Lake | spoke of nine dead" leaves it to the verb to tell.
    "Two residents are | confirmed dead": they say nothing. "The clash | claimed five lives" neither, nor "rebels | accused of".
    """
    if not cue:
        before = line[first - 1].form if first else ""
        passive = after - first == 1 and before in words.forms("attribution.passive")
        noun = before in words.data["articles"] and line[first].form in words.forms("attribution.nouns")
        lives = noun or any(harm.tag == "Y" for harm, _, _ in words.harm.find(line, after, after + _LIVES))
        accused = words.section("attribution.accused").match(line, first) is not None
        if _compares(line, first):
            return True
        return passive or lives or accused or before in words.forms("attribution.before_nouns")
    if first == 0 or line[first - 1].kind == "mark" or words.section("attribution.quoted").match(line, first) is None:
        return False
    say = words.section("attribution.say")
    for k in range(after, min(len(line), after + _CUE_REACH)):
        if line[k].kind == "mark" or say.match(line, k):
            return line[k].kind != "mark"
    return False


def _compares(line: Line, first: int) -> bool:
    """Tell whether a word of saying ends a comparison: "might be higher than what the hospital | gave"."""
    ahead = [token.form for token in line[max(0, first - _COMPARED) : first]]
    return any((one, other) in _THAN_WHAT for one, other in pairwise(ahead))


def led_in(words: Lexicon, line: Line, verb: int) -> bool:
    """Tell whether a cue stands right before a word of saying, whose subject then stands behind it: "según contó un vecino"."""
    cue = words.section("attribution.cue")
    for k in range(verb - 1, max(-1, verb - 4), -1):
        hit = cue.match(line, k)
        if hit:
            return hit[1] <= verb
        if line[k].kind == "mark" or len(line[k].form) > _CLITIC:
            return False
    return False


def alone(words: Lexicon, line: Line, verb: int, after: int) -> bool:
    """Tell whether a word of saying goes on for whoever spoke last: "Añadió que …", "…, precisó."; not "Denuncian 30 muertos"."""
    if verb == 0:
        return after < len(line) and line[after].form in words.forms("attribution.that")
    return line[verb - 1].kind == "mark"


def right_behind(words: Lexicon, line: Line, after: int, first: int) -> bool:
    """Tell whether nothing but articles, titles and times stands between a word of saying and a name: "dijo hoy el portavoz"."""
    small = (
        *(words.data["articles"], words.data["dates"]["weekdays"]),
        *(words.forms("attribution.titles"), words.forms("attribution.whose")),
    )
    adverbs = words.section("attribution.adverbs")
    at = after
    while at < first:
        adverb = adverbs.match(line, at)
        if adverb is None and not any(line[at].form in group for group in small):
            return False
        at = adverb[1] if adverb else at + 1
    return True


def cited(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether words that lead to a source end before a token: "the toll is 14, according to | a doctor"."""
    return any(after == at for _, _, after in words.section("attribution.cue").find(line))
