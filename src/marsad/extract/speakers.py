"""Who says it: the speakers of a sentence, and which of its counts each of them vouches for."""

from collections.abc import Sequence
from functools import cache

from marsad.extract.atlas import Atlas
from marsad.extract.cast import UNNAMED, Cast, Chain, Speaker, chained
from marsad.extract.cues import alone, led_in, right_behind, says_nothing
from marsad.extract.headlines import around_colon
from marsad.extract.introduced import CUE_REACH, NAME_REACH, glossed, introduced, phrase_end
from marsad.extract.names import Named, acting, full_body, person_from, role_name, spoken
from marsad.extract.offices import in_office
from marsad.extract.owned_tolls import owned_toll
from marsad.extract.relaying import BACK_REACH, heard_in, quoted_as, relayed_from, told_to
from marsad.extract.subjects import closes, joined, noun_meant, of_sentence, quotes_end, refers, subject, the_same
from marsad.extract.unlisted import past_audience, unlisted_behind, unlisted_from
from marsad.text.endings import unbent
from marsad.text.lexicon import Lexicon
from marsad.text.organs import body_noun
from marsad.text.phrases import Line
from marsad.text.tokens import form_of

_NESTED = 4
"""How many words may stand between "X said" and "Y said" for X to be the one who relays Y."""


_HEAD = 2
"""Within how many words of a sentence a paper must stand for whoever wrote it to speak: "A toll released by the ministry"."""

_CUES = ("attribution.cue", "attribution.same")


def speakers_in(words: Lexicon, atlas: Atlas, line: Line, cast: Cast) -> list[Speaker]:
    """Return the speakers of a sentence in order."""
    if _silent(words, line):
        return []
    cues = [(first, after, True) for name in _CUES for _, first, after in words.section(name).find(line)]
    if (papers := words.section("attribution.papers")).stands_in(line):
        cues += [(first, after, True) for _, first, after in papers.find(line, 0, _HEAD)]
    says = [(first, after, False) for _, first, after in words.section("attribution.say").find(line)]
    same = words.section("attribution.same")
    headed = around_colon(words, atlas, line)
    out = (
        [Speaker((headed[0].name,), headed[0].first, headed[0].after, headed[1], surname=headed[0].surname)]
        if headed
        else []
    )
    named = words.actors.find(line) if cues or says else ()
    names = {k for _, first, after in named for k in range(first, after)}
    for first, after, cue in sorted(cues + says):
        named_so = (
            first in names and line[after - 1].form != ":"
        )  # "Source: local committees" opens with no source's name
        if named_so or any(speaker.first <= first < speaker.after for speaker in out[-1:]):
            continue
        if says_nothing(words, line, first, after, cue=cue):
            continue
        if not cue and out and out[-1].leads and joined(words, line, first):
            out.append(out[-1]._replace(first=first, after=after, cites=False))  # "a confirmé … et fait état de"
            continue
        heard = cast.after(out[-1:])
        again = same.match(line, first)
        if again and cue:  # "by her account": no name follows
            speaker = _again(line, heard.previous, first, again[1])
        else:
            speaker = (_cued if cue else _said)(words, atlas, line, first, after, heard)
        if speaker and not cue and out and out[-1].first <= speaker.first < out[-1].after:
            continue  # "نقلت رويترز عن شاهد قوله إنه | رأى": what whoever spoke tells
        if speaker and cue and out and _quoted(words, line, out[-1], first):
            out[-1] = out[-1]._replace(chain=chained(out[-1].chain, speaker.chain[:1]), after=speaker.after)
        elif speaker:
            out.append(_nested(line, out, speaker) if speaker.leads else speaker)
    if not out and line and line[0].form in words.forms("attribution.initial"):
        out = _holding(words, atlas, line)
    if not out and (owner := owned_toll(words, atlas, line, cast)) is not None:
        out = [owner]
    if not out:
        hits = words.section("attribution.unnamed").find(line)
        out = [Speaker((UNNAMED,), hits[0][1], hits[0][2], leads=False)] if hits else []
    if not out:
        return out
    resolved = [in_office(words, line, _resolved(words, speaker, cast.monitor)) for speaker in out]
    return _citing(sorted(resolved, key=lambda speaker: speaker.first))


_SETTING_OFF = frozenset(":-–—)")
"""Marks that set a name apart from what it says, without a word of saying."""


def _silent(words: Lexicon, line: Line) -> bool:
    """Tell quickly that a sentence names nobody who speaks: no word of saying, no source, no mark that sets one off."""
    if not line.finds.keys().isdisjoint(_speaking(words)) or not line.forms.isdisjoint(_SETTING_OFF):
        return False
    if not line or line[0].form in words.forms("attribution.initial"):
        return not line
    return line.forms.isdisjoint(words.forms("attribution.tolls"))


@cache
def _speaking(words: Lexicon) -> frozenset[int]:
    return frozenset(words.section(name).slot for name in (*_CUES, "attribution.say", "attribution.unnamed"))


def _holding(words: Lexicon, atlas: Atlas, line: Line) -> list[Speaker]:
    """Return whoever a sentence begins with as holding a view: "Per il sindaco Taras Melnyk i morti furono trenta"."""
    at = 1
    while at < len(line) and line[at].form in words.data["articles"]:
        at += 1
    hit = next((hit for hit in acting(words, atlas, line, at, at + 1 + NAME_REACH) if hit[1] == at), None)
    if hit is None or hit[0].armed:
        return []
    role, first, after = hit
    person = person_from(words, line, after)
    name = person.name if person and not role.public else role_name(words, role, line, first, after)
    surname = line[person.after - 1].form if person and not role.public else None
    return [Speaker((name,), 0, person.after if person else after, leads=True, surname=surname)]


def bodies_here(words: Lexicon, atlas: Atlas, line: Line) -> dict[str, Chain]:
    """Return the bodies that a sentence names in more than a word, by what each is one of: "Ministry of Defence"."""
    out: dict[str, Chain] = {}
    for role, first, after in acting(words, atlas, line, 0, len(line)) if words.actors.stands_in(line) else ():
        if role.body and after - first > 1:
            concept = next((noun for token in line[first:after] if (noun := body_noun(token.form))), None)
            if concept is not None:
                out[concept] = (role_name(words, role, line, first, after),)
    return out


_OPENS = 3
"""Words among which a body begins with which a sentence opens: "The Lebanese | health ministry has updated"."""


def opening_body(words: Lexicon, atlas: Atlas, line: Line) -> str | None:
    """Return the organisation that a sentence begins with, None where it begins with nobody or with a person."""
    hit = next((hit for hit in acting(words, atlas, line, 0, _OPENS + NAME_REACH) if hit[1] <= _OPENS), None)
    if hit is None or not (hit[0].body or hit[0].public) or not _all_names(words, line, hit[1]):
        return None
    named = Named(role_name(words, *hit[:1], line, *hit[1:]), *hit[1:], known=hit[0].public)
    return spoken(words, line, named)


def _all_names(words: Lexicon, line: Line, until: int) -> bool:
    """Tell whether only articles and names stand before a token."""
    return all(token.capital or token.form in words.data["articles"] for token in line[:until])


def _quoted(words: Lexicon, line: Line, last: Speaker, cue: int) -> bool:
    """Tell whether a cue right behind a speaker says who passes him on: "residents said, quoted by Radio Lake"."""
    return 0 <= cue - last.after <= 1 and words.section("attribution.quoted").match(line, cue) is not None


def _again(line: Line, previous: Chain, first: int, after: int) -> Speaker | None:
    """Return whoever spoke last, whom "by her account" means."""
    leads = (first <= 1 or line[first - 1].kind == "mark") and not closes(line, first, after)
    return Speaker(previous, first, after, leads) if previous else None


def _resolved(words: Lexicon, speaker: Speaker, monitor: str | None) -> Speaker:
    """Return the speaker with "monitoring group" replaced by the one monitor that the report names."""
    if monitor and form_of(speaker.chain[0]) in words.monitors:
        return speaker._replace(chain=(monitor, *speaker.chain[1:]))
    return speaker


def _citing(speakers: Sequence[Speaker]) -> list[Speaker]:
    """Return the speakers with whoever is cited put before whoever cites: "SANA said, quoting a military source"."""
    out = list(speakers)
    for k, cited in enumerate(speakers):
        if cited.cites and k and not out[k - 1].cites:
            chain = chained(cited.chain[:1], out[k - 1].chain)
            out[k - 1 : k + 1] = [out[k - 1]._replace(chain=chain), cited._replace(chain=chain)]
    return out


def _nested(line: Line, before: Sequence[Speaker], speaker: Speaker) -> Speaker:
    """Return the speaker relayed by the one whose word he follows at once: "X said residents said …"."""
    if not before or not before[-1].leads or not 0 <= speaker.first - before[-1].after <= _NESTED:
        return speaker
    between = line[before[-1].after : speaker.first]
    if any(token.kind == "mark" for token in between) or speaker.chain[0] == before[-1].chain[0]:
        return speaker
    return speaker._replace(chain=chained(speaker.chain, before[-1].chain))


def _cued(words: Lexicon, atlas: Atlas, line: Line, first: int, after: int, cast: Cast) -> Speaker | None:
    """Read whom "according to" or "citing" names."""
    say = words.section("attribution.say")
    if any(say.match(line, k) and led_in(words, line, k) for k in range(after, min(after + 3, len(line)))):
        return None  # "según contó un vecino": the verb tells who
    cites = words.section("attribution.citing").match(line, first) is not None
    end = phrase_end(words, line, after, after + CUE_REACH)
    if not words.subject_first and line[after - 1].form in words.forms("attribution.relays"):
        return relayed_from(words, atlas, line, after - 1, after)  # "حسبما نقلت رويترز عن الوزارة"
    heard = past_audience(words, line, after, end)
    after = heard if heard < end else after  # "según contó a esta emisora | un pastor", but "según | la AFP"
    if cast.previous and the_same(words, line, after, end):
        return Speaker(cast.previous, first, end, leads=first <= 1, cites=cites)
    named = introduced(words, atlas, line, after, end) or unlisted_from(words, line, after, end)
    named = glossed(words, line, named)
    told = named is not None and (named.known or bool(named.surname) or full_body(words, line, named))
    meant = cast.meant(noun_meant(words, line, after, end)) if not told and refers(words, line, after, end) else ()
    if meant:
        return Speaker(meant, first, end, leads=first <= 1, cites=cites)
    if named is None:
        return None
    chain = _named_before(words, cast, named.surname or named.name.lower()) or (spoken(words, line, named),)
    return Speaker(chain, first, named.after, leads=first <= 1, cites=cites, surname=named.surname)


def _named_before(words: Lexicon, cast: Cast, surname: str) -> Chain | None:
    """Return whom a surname means, in whatever case it stands: "за словами Верби" is Остап Верба of the sentence before."""
    forms = (surname, *unbent(words.data["places"]["endings"], surname))
    return next((cast.people[form] for form in forms if form in cast.people), None)


def _said(words: Lexicon, atlas: Atlas, line: Line, first: int, after: int, cast: Cast) -> Speaker | None:
    """Read the subject of a word of saying, and whom it was told to."""
    if first > 1 and line[first - 1].form in words.forms("attribution.clitics") and line[first - 2].kind == "mark":
        first -= 1  # "…, | nous dit l'infirmier"
    if words.subject_dropped and cast.previous and _between_commas(line, first, after):
        return Speaker(cast.previous, first, after, leads=True)  # "en la que, dijeron, murieron cinco"
    if words.subject_first and line[after - 1].form in words.forms("attribution.source"):
        return quoted_as(words, atlas, line, first)
    if not words.subject_first and (relayed := relayed_from(words, atlas, line, first, after)):
        return relayed
    if aside := _said_aside(words, atlas, line, first, after):
        return aside
    if after < len(line) and line[after].form in words.forms("attribution.of_it"):
        after += 1  # "أفاد | به | أحد السكان"
    before = None
    small = words.data["articles"] if words.subject_first else ()
    begins = after < len(line) and (line[after].capital or line[after].form in small)
    told_afp = not words.subject_behind and words.section("attribution.told").match(line, first) is not None
    turned = words.subject_behind or (begins and not told_afp)  # "…, said Mahmood Haqmal", not "…, told AFP"
    if not (turned and _follows(line, first) and _inverts(words, atlas, line, first, after)):
        before = subject(words, atlas, line, first, after, cast)
    accuses = words.subject_first and words.section("perpetrators.accused").match(line, first) is not None
    accuses = accuses and bool(words.harm.find(line, after, len(line)))
    if accuses and before is None:  # "residents of Babanki, near Bamenda, in Cameroon, accuse the army of killing 11"
        before = of_sentence(words, atlas, line, first)
    relay, told = told_to(words, line, first, after)
    if before is None and relay and (told - after == 1 or not words.subject_first):
        relay = ()  # "dijo Reuters": the agency itself speaks
    after = told if relay and before is None else after
    told_back = points_back(words, line)
    end = phrase_end(words, line, after, after + (BACK_REACH if told_back else CUE_REACH))
    heard_by = None if words.subject_first else heard_in(words, line, first, after, end)
    if heard_by is not None:
        end, relay = heard_by
    led = before is None and led_in(words, line, first)
    relative = first > 0 and line[first - 1].form in words.forms("attribution.relative")
    inverted = words.subject_first and before is None and not relative and not accuses
    inverted = inverted and (words.subject_behind or _follows(line, first))
    behind = introduced(words, atlas, line, after, end) if inverted or not words.subject_first else None
    if (
        behind is not None
        and inverted
        and not _follows(line, first)
        and not told_back
        and not led
        and not right_behind(words, line, after, behind.first)
    ):
        behind = None
    if (
        behind is None
        and (inverted or not words.subject_first)
        and not (cast.previous and refers(words, line, after, end))
    ):
        parted = _follows(line, first) or told_back or led or heard_by is not None
        behind = glossed(words, line, unlisted_behind(words, line, after, end, parted=parted))
    if behind is None and inverted and _follows(line, first) and refers(words, line, after, end):
        meant = cast.meant(noun_meant(words, line, after, end))
        if meant:
            return Speaker(chained(meant, relay), first, end, leads=False)
    behind = glossed(words, line, behind)
    known = behind is not None and (behind.known or full_body(words, line, behind))
    if behind is not None and (known or not (cast.previous and refers(words, line, after, end))):
        chain = cast.people.get(behind.surname or behind.name.lower(), (spoken(words, line, behind),))
        verb_leads = not words.subject_first or (words.subject_behind and not _follows(line, first))
        verb_leads = verb_leads and not tells_about(words, line)
        leads = verb_leads and not closes(line, first, after)
        return Speaker(chained(chain, relay), first, behind.after, leads, surname=behind.surname)
    if before is not None:
        return Speaker(chained(before.chain, relay), before.first, after, before.leads, surname=before.surname)
    inverts = tuple(words.data["attribution"]["inverted"])
    if cast.previous and inverts and any(line[k].form.endswith(inverts) for k in range(first, after)):  # "précise-t-il"
        return Speaker(chained(cast.previous, relay), first, after, leads=not _follows(line, first))
    if not words.subject_first and cast.previous:  # the verb carries its subject: "and added that"
        return Speaker(chained(cast.previous, relay), first, after, leads=True)
    if words.subject_dropped and cast.previous and alone(words, line, first, after):
        leads = not closes(line, first, after) and not quotes_end(line, first, after)
        return Speaker(chained(cast.previous, relay), first, after, leads)
    own = of_sentence(words, atlas, line, first) if words.subject_behind and _follows(line, first) else None
    if own and not words.harm.find(
        line, after, len(line)
    ):  # "Los bomberos recuperaron nueve cuerpos, indicaron en un comunicado."
        return Speaker(chained(own.chain, relay), first, after, leads=False, surname=own.surname)
    return None


def _said_aside(words: Lexicon, atlas: Atlas, line: Line, first: int, after: int) -> Speaker | None:
    """Return who says it between two commas: "…, where, says | the ministry of Khartoum state, 33 people were killed"."""
    if not words.subject_first or first == 0 or line[first - 1].form not in ",،" or after >= len(line):
        return None
    if line[after].form not in words.data["articles"] and not line[after].capital:
        return None
    end = phrase_end(words, line, after, after + CUE_REACH)
    if end >= len(line) or line[end].form not in ",،" or not words.harm.find(line, end):
        return None
    named = introduced(words, atlas, line, after, end)
    if named is None:
        return None
    return Speaker((spoken(words, line, named),), first, named.after, leads=True, surname=named.surname)


def _between_commas(line: Line, first: int, after: int) -> bool:
    return first > 0 and after < len(line) and line[first - 1].form in ",،" and line[after].form in ",،"


def _inverts(words: Lexicon, atlas: Atlas, line: Line, first: int, after: int) -> bool:
    """Tell whether somebody known stands right behind a verb that ends what he says: "…, en el norte, informó la policía"."""
    if not words.subject_first or after >= len(line):
        return False
    small = line[after].form in words.data["articles"] or line[after].form in words.forms("attribution.whose")
    if not (small or line[after].capital) or not words.harm.find(line, 0, first):
        return False
    end = phrase_end(words, line, after, after + CUE_REACH)
    hit = next((hit for hit in acting(words, atlas, line, after, end)), None)
    if hit is not None and right_behind(words, line, after, hit[1]):
        return True
    person = None if words.subject_behind else person_from(words, line, after)
    return person is not None and person.after - person.first > 1


def tells_about(words: Lexicon, line: Line) -> bool:
    """Tell whether a sentence opens with what is told, whoever tells it behind: "Про загибель двох людей повідомив …"."""
    return bool(line) and line[0].form in words.forms("attribution.about")


def points_back(words: Lexicon, line: Line) -> bool:
    """Tell whether a sentence begins by telling who told what went before: "Lo hanno riferito attivisti"."""
    return tells_about(words, line) or words.section("attribution.back").match(line, 0) is not None


def _follows(line: Line, verb: int) -> bool:
    """Tell whether a quotation ends before a word of saying, so that the speaker may stand behind it."""
    if verb == 0 or line[verb - 1].kind != "mark" or line[verb - 1].form == ")":
        return False  # "the Kachin Independence Army (KIA) told AFP"
    return not (line.shouts and line[verb - 1].form == ".")
