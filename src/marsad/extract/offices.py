"""In which office somebody speaks: "police chief Adam Nur", "Rana Saad, director of Mercy hospital", "مدير المستشفى علي حسن".

A person speaks for the body whose office he holds. Who is named so is called by his name with the office in brackets, so that
linking can tell whose number it is when the next report names the body alone.
"""

from marsad.extract.cast import Speaker
from marsad.text.actors import actor_called
from marsad.text.bodies import is_title
from marsad.text.lexicon import Lexicon
from marsad.text.organs import country_words, made_of, names_a_body
from marsad.text.phrases import Line
from marsad.text.tokens import form_of

_BEFORE = 10
"""How many words of an office may stand before a name."""
_BEHIND = 14
"""How many words of an office may stand between a name and the mark behind it."""
_OPENS = 5
"""Within how many words an office behind a name says what it is: "the acting deputy provincial | police chief"."""
_LONGEST = 80
"""Characters of an office that are kept."""


def in_office(words: Lexicon, line: Line, speaker: Speaker) -> Speaker:
    """Return the speaker with the office in brackets that the sentence tells of him, as he is where it tells none."""
    name = speaker.chain[0]
    if "(" in name:
        return speaker
    if not words.subject_first:
        return _in_full(words, line, speaker)
    if speaker.surname is None:
        return _at_length(words, line, speaker)
    if actor_called(name) is not None:
        return speaker
    if form_of(name) in country_words():
        return speaker
    parts = name.split()
    held = max((k for k, part in enumerate(parts[:-1]) if is_title(form_of(part)) or names_a_body(part)), default=None)
    if (
        held is not None and parts[held + 1][:1].isupper() and parts[0][:1].isupper()
    ):  # "Shopkeeper Nasir Ahmad", "Public Health Director Dr. Ali Hassan"
        held_office, titles = " ".join(parts[: held + 1]), words.forms("attribution.titles")
        person = " ".join(part for part in parts[held + 1 :] if form_of(part) not in titles)
        return speaker._replace(chain=(f"{person} ({held_office})", *speaker.chain[1:])) if person else speaker
    span = _where(line, parts)
    if span is None:
        return speaker
    office = _ahead(words, line, span[0]) or _behind(words, line, span[1])
    return speaker._replace(chain=(f"{name} ({office})", *speaker.chain[1:])) if office else speaker


def _in_full(words: Lexicon, line: Line, speaker: Speaker) -> Speaker:
    """Return somebody in an office with all the words that tell who he is: "mayor (رئيس بلدية بدنايل نزيه سليمان)".

    A script without capitals does not show where the office ends and the name begins.
    """
    hits = words.actors.find(line, speaker.first, speaker.after)
    if not hits or hits[0][0].public or not hits[0][0].glossed or speaker.after - speaker.first > _BEHIND:
        return speaker
    role, first, after = hits[0]
    if not speaker.chain[0].startswith(role.origin.name) or "ministry" in made_of(role.origin.name).nouns:
        return speaker
    end = after
    while end < min(len(line), after + _NAMED):
        at_body = line[end].form in words.forms("attribution.located") and names_a_body(
            line[min(end + 1, len(line) - 1)].form
        )
        if not at_body and not _is_name(words, line, end):
            break
        end += 1  # "طبيب | في مستشفى سوهول"
    text = _said(words, line, first, end) if end > after else None
    if text is None or not made_of(text).proper:
        return speaker
    return speaker._replace(chain=(f"{role.origin.name} ({text})", *speaker.chain[1:]))


def _at_length(words: Lexicon, line: Line, speaker: Speaker) -> Speaker:
    """Return a nameless role with the words that tell whose it is: "doctor (chirurgien de l'hôpital Suhul)".

    Where marsad calls the role by its English name and the report says of which body it is.
    """
    hits = words.actors.find(line, speaker.first, min(len(line), speaker.after + 1))
    hit = next((h for h in hits if h[0].glossed and speaker.chain[0].startswith(h[0].origin.name)), None)
    if hit is None:
        return speaker
    end = most = hit[2]
    while end < min(len(line), most + _AT_LENGTH) and (further := _past_of(words, line, end)) > end:
        end = further
    text = _said(words, line, hit[1], end)
    told = any(names_a_body(token.form) or (hit[0].body and token.capital) for token in line[most:end])
    return speaker._replace(chain=(f"{speaker.chain[0]} ({text})", *speaker.chain[1:])) if text and told else speaker


_AT_LENGTH = 9
"""How many words behind a role may say whose it is."""


def _past_of(words: Lexicon, line: Line, at: int) -> int:
    """Return the token behind "of" and a noun with its name: "de | l'hôpital Suhul |"; `at` where none stands there."""
    joint = (
        _joins(words, line, at) or line[at].form in words.forms("attribution.located") or line[at].form.endswith("'")
    )
    if not joint:
        return at
    k = at + 1
    while k < len(line) and line[k].form in words.data["articles"]:
        k += 1
    if k >= len(line) or line[k].kind != "word" or not _goes_on(words, line, k):
        return at
    k += 1
    while k < len(line) and line[k].kind == "word" and line[k].capital and _goes_on(words, line, k):
        k += 1
    return k


_NAMED = 6
"""How many words behind an Arabic role may say whose it is and who holds it."""


def _is_name(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a word of a text without capitals may be a name: none of those that go on with what is said."""
    token = line[at]
    if token.text == "علي" and line[at - 1].form not in words.forms("attribution.titles"):
        return True  # the name, not the preposition that is spelled alike but for its last letter
    if token.text == "لـ" or (token.form.startswith("ل") and token.form[1:] in words.forms("attribution.outlets")):
        return False  # to whom he told it: "سرحدي | لوكالة رويترز"
    never = ("that", "located", "relative", "clause", "pronouns", "behind", "told_of", "source")
    if any(token.form in words.forms(f"attribution.{name}") for name in never) or words.numbers.opens(token.form):
        return False
    tag = words.tags.match(line, at)
    if any(
        hit is not None and hit[0].public for hit in (words.actors.match(line, at), words.actors.match(line, at + 1))
    ):
        return False  # "أبلغ مسؤول محلي | وكالة رويترز"
    return _goes_on(words, line, at) and token.kind == "word" and (tag is None or tag[0] not in "OAB")


def _where(line: Line, name: list[str]) -> tuple[int, int] | None:
    """Return the tokens that spell a name, the last time it stands in the sentence."""
    size = len(name)
    for first in range(len(line) - size, -1, -1):
        at = line[first : first + size]
        if all(part in (token.text, token.bare) for token, part in zip(at, name, strict=True)):
            return first, first + size
    return None


def _ahead(words: Lexicon, line: Line, name: int) -> str | None:
    """Return the office that stands right before a name: "le maire de Tyr, | Hassan Saad", "police officer | Adam Nur"."""
    titles, end = words.forms("attribution.titles"), name
    while end > 0 and (line[end - 1].form in titles or line[end - 1].form == "." or _rank(line, end - 1)):
        end -= 1
    comma = end > 0 and line[end - 1].form in ",،"
    end -= comma
    first = end
    while first > max(0, end - _BEFORE) and _goes_on(words, line, first - 1):
        first -= 1
        if line[first].form in words.data["articles"] and not _linked(words, line, first):
            break  # "informó a Efe | el jefe de la Policía"
    opening = next((k for k in range(first, end) if _tells(words, line, k)), None)
    if opening is None:
        opening = next((k for k in range(end, name) if _tells(words, line, k)), None)  # "el gobernador | Elías Larra"
        end = name
    if opening is None:
        return None
    while opening > first and _describes(words, line, opening - 1):
        opening -= 1
    return _said(words, line, opening, end)


def _linked(words: Lexicon, line: Line, article: int) -> bool:
    """Tell whether an article only goes on with an office: "jefe de | la Policía"."""
    return article > 0 and _joins(words, line, article - 1)


def _rank(line: Line, at: int) -> bool:
    """Tell whether a word is a rank or a title in small letters between an office and a name: ", coronel José Ruiz"."""
    return is_title(line[at].form) and at > 0 and line[at - 1].form in ",،"


def _behind(words: Lexicon, line: Line, after: int) -> str | None:
    """Return the office that stands between a name and the next mark: "Rana Saad, | director of Mercy hospital, said"."""
    if after + 1 >= len(line) or line[after].form not in (",", "،", "(", "–", "—", "-"):
        return None
    first = after + 1
    end = first
    while end < min(len(line), first + _BEHIND) and _goes_on(words, line, end):
        end += 1
    if not any(_tells(words, line, k) for k in range(first, min(end, first + _OPENS))):
        return None
    if end < len(line) and line[end].kind != "mark" and not _says(words, line, end):
        return None
    return _said(words, line, first, end)


def _goes_on(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a word may belong to an office: no mark but an apostrophe or a hyphen, no clause, no word of saying."""
    token = line[at]
    if token.kind == "mark":
        return token.form in "'’-"
    if token.kind == "number" or token.form in words.forms("attribution.clause"):
        return False
    return not _says(words, line, at) and words.harm.match(line, at) is None and token.form not in _dates(words)


def _says(words: Lexicon, line: Line, at: int) -> bool:
    return words.section("attribution.say").match(line, at) is not None


def _dates(words: Lexicon) -> frozenset[str]:
    return frozenset(words.data["dates"]["weekdays"])


def _tells(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a word says what somebody is: a role that a lexicon has, a noun of bodies' names, a title of theirs."""
    if line[at].form in words.data["articles"]:
        return False
    return words.actors.match(line, at) is not None or names_a_body(line[at].form) or is_title(line[at].form)


def _describes(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a word before an office narrows it: "Nangarhar | governor's spokesman", "provincial | council member"."""
    token = line[at]
    if token.form in words.forms("attribution.not_names"):
        return False
    return (token.capital and token.kind == "word") or token.form in "'’" or is_title(token.form)


def _said(words: Lexicon, line: Line, first: int, end: int) -> str | None:
    """Return the words of an office without the articles that open it and the small words that close it."""
    small = {*words.data["articles"], "'", "’"}
    while first < end and line[first].form in small:
        first += 1
    while end > first and (line[end - 1].form in small or _joins(words, line, end - 1)):
        end -= 1
    out = ""
    for k in range(first, end):
        glued = k > first and line[k - 1].end == line[k].start
        out += line[k].text if glued or not out else f" {line[k].text}"
    return out if 0 < len(out) <= _LONGEST else None


def _joins(words: Lexicon, line: Line, at: int) -> bool:
    tag = words.tags.match(line, at)
    return tag is not None and tag[0] in "OA"
