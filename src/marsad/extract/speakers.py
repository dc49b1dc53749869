"""Who says it: the speakers of a sentence, and which of its counts each of them vouches for."""

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from marsad.extract.atlas import Atlas
from marsad.extract.cues import alone, led_in, right_behind, says_nothing
from marsad.extract.headlines import around_colon
from marsad.extract.names import Named, acting, best_named, full_body, person_from, role_name, spoken, state_in, town
from marsad.extract.subjects import closes, joined, of_sentence, quotes_end, refers, subject, the_same
from marsad.extract.unlisted import past_audience, unlisted_behind, unlisted_from
from marsad.model import OriginKind
from marsad.text.actors import Actor
from marsad.text.endings import unbent
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line
from marsad.text.tokens import form_of

_NAME_REACH = 6
"""How many words a name may go on behind the last word looked at."""
_CUE_REACH = 8
"""How many words after "according to" the name may stand: articles, adjectives, titles."""
_BACK_REACH = 16
"""The same where a sentence only says who told what went before: "Así lo informó este martes en su cuenta el alcalde"."""
_TOLD_REACH = 3
"""How many words behind "told" the agency may stand: "à l'AFP"."""
_ADJECTIVES = 2
"""How many words may stand before a role that an outlet quotes: "some local residents quoted by AFP"."""
_DESCRIBED = 4
"""How many words may describe somebody in an office before the comma in front of his name."""
_POSSESSIVE = 2
"""How many words behind a name may say whose something is: "the Kivu | region's doctors"."""
_NESTED = 4
"""How many words may stand between "X said" and "Y said" for X to be the one who relays Y."""


_HEAD = 2
"""Within how many words of a sentence a paper must stand for whoever wrote it to speak: "A toll released by the ministry"."""
_MOST_PEOPLE = 1000
"""More people than any report quotes."""

_CUES = ("attribution.cue", "attribution.same")

UNNAMED = "unnamed reports"

Chain = tuple[str, ...]
"""Who says it: the speaker first, whoever relayed it after him."""


class Cast(NamedTuple):
    """Whom a report has named so far: `previous` spoke last, `people` are chains by surname.

    `monitor` is the only monitor that the report names anywhere: whom "a monitoring group" then means. `group` is the only
    organisation of those that count or treat: whom "the aid group" means before anybody has spoken.
    """

    previous: Chain = ()
    people: Mapping[str, Chain] = MappingProxyType({})
    monitor: str | None = None
    group: str | None = None

    def referent(self) -> Chain:
        """Return whom "the group" means: who spoke last, else the one organisation that the report names."""
        return self.previous or ((self.group,) if self.group else ())

    def after(self, speakers: Sequence["Speaker"]) -> "Cast":
        """Return the cast once these have spoken."""
        named = [speaker for speaker in speakers if speaker.chain[0] != UNNAMED]
        people = {speaker.surname: speaker.chain for speaker in named if speaker.surname}
        if not named:
            return self
        known = {**self.people, **people} if people else self.people
        known = known if len(known) <= _MOST_PEOPLE else people  # hostile: every sentence would copy them all
        return self._replace(previous=named[-1].chain, people=known)


class Speaker(NamedTuple):
    """`chain` says it; the words that name him and say that he says it are tokens first..after.

    `leads` is true where what is said follows ("X said that …"), false where it precedes ("…, according to X").
    `cites` marks somebody whom another speaker of the sentence relays ("X said, citing Y"). `surname` is a person's.
    `carried` says that the sentence names nobody and goes on from the one before it in the same paragraph.
    """

    chain: Chain
    first: int
    after: int
    leads: bool
    cites: bool = False
    carried: bool = False
    surname: str | None = None


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
            out[-1] = out[-1]._replace(chain=_chained(out[-1].chain, speaker.chain[:1]), after=speaker.after)
        elif speaker:
            out.append(_nested(line, out, speaker) if speaker.leads else speaker)
    if not out and line and line[0].form in words.forms("attribution.initial"):
        out = _holding(words, atlas, line)
    if not out:
        hits = words.section("attribution.unnamed").find(line)
        out = [Speaker((UNNAMED,), hits[0][1], hits[0][2], leads=False)] if hits else []
    if not out:
        return out
    resolved = [_resolved(words, speaker, cast.monitor) for speaker in out]
    return _citing(sorted(resolved, key=lambda speaker: speaker.first))


_SETTING_OFF = frozenset(":-–—)")
"""Marks that set a name apart from what it says, without a word of saying."""


def _silent(words: Lexicon, line: Line) -> bool:
    """Tell quickly that a sentence names nobody who speaks: no word of saying, no source, no mark that sets one off."""
    if not line.finds.keys().isdisjoint(_speaking(words)) or not line.forms.isdisjoint(_SETTING_OFF):
        return False
    return not line or line[0].form not in words.forms("attribution.initial")


@cache
def _speaking(words: Lexicon) -> frozenset[int]:
    return frozenset(words.section(name).slot for name in (*_CUES, "attribution.say", "attribution.unnamed"))


def _holding(words: Lexicon, atlas: Atlas, line: Line) -> list[Speaker]:
    """Return whoever a sentence begins with as holding a view: "Per il sindaco Taras Melnyk i morti furono trenta"."""
    at = 1
    while at < len(line) and line[at].form in words.data["articles"]:
        at += 1
    hit = next((hit for hit in acting(words, atlas, line, at, at + 1 + _NAME_REACH) if hit[1] == at), None)
    if hit is None or hit[0].armed:
        return []
    role, first, after = hit
    person = person_from(words, line, after)
    name = person.name if person and not role.public else role_name(words, role, line, first, after)
    surname = line[person.after - 1].form if person and not role.public else None
    return [Speaker((name,), 0, person.after if person else after, leads=True, surname=surname)]


def speaker_of(speakers: Sequence[Speaker], first: int) -> Chain:
    """Return the chain that vouches for the count at token `first`; empty for the outlet's own voice."""
    behind = next((s for s in speakers if s.first > first), None)
    before = next((s for s in reversed(speakers) if s.first <= first), None)
    if behind is not None and not behind.leads:
        return behind.chain
    return before.chain if before is not None else ()


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
            chain = _chained(cited.chain[:1], out[k - 1].chain)
            out[k - 1 : k + 1] = [out[k - 1]._replace(chain=chain), cited._replace(chain=chain)]
    return out


def _nested(line: Line, before: Sequence[Speaker], speaker: Speaker) -> Speaker:
    """Return the speaker relayed by the one whose word he follows at once: "X said residents said …"."""
    if not before or not before[-1].leads or not 0 <= speaker.first - before[-1].after <= _NESTED:
        return speaker
    between = line[before[-1].after : speaker.first]
    if any(token.kind == "mark" for token in between) or speaker.chain[0] == before[-1].chain[0]:
        return speaker
    return speaker._replace(chain=_chained(speaker.chain, before[-1].chain))


def _cued(words: Lexicon, atlas: Atlas, line: Line, first: int, after: int, cast: Cast) -> Speaker | None:
    """Read whom "according to" or "citing" names."""
    say = words.section("attribution.say")
    if any(say.match(line, k) and led_in(words, line, k) for k in range(after, min(after + 3, len(line)))):
        return None  # "según contó un vecino": the verb tells who
    cites = words.section("attribution.citing").match(line, first) is not None
    end = _phrase_end(words, line, after, after + _CUE_REACH)
    if not words.subject_first and line[after - 1].form in words.forms("attribution.relays"):
        return _relayed_from(words, atlas, line, after - 1, after)  # "حسبما نقلت رويترز عن الوزارة"
    heard = past_audience(words, line, after, end)
    after = heard if heard < end else after  # "según contó a esta emisora | un pastor", but "según | la AFP"
    if cast.previous and the_same(words, line, after, end):
        return Speaker(cast.previous, first, end, leads=first <= 1, cites=cites)
    named = _introduced(words, atlas, line, after, end) or unlisted_from(words, line, after, end)
    named = _glossed(words, line, named)
    told = named is not None and (named.known or full_body(words, line, named))
    if cast.referent() and not told and refers(words, line, after, end):
        return Speaker(cast.referent(), first, end, leads=first <= 1, cites=cites)
    if named is None:
        return None
    chain = _named_before(words, cast, named.surname or named.name.lower()) or (spoken(words, line, named),)
    return Speaker(chain, first, named.after, leads=first <= 1, cites=cites, surname=named.surname)


def _glossed(words: Lexicon, line: Line, named: Named | None) -> Named | None:
    """Return the person that stands between commas behind his office: "according to its director, Ali Hassan, …"."""
    if named is None or named.known or named.surname:
        return named
    comma = named.after
    while comma < min(named.after + _DESCRIBED, len(line)) and line[comma].kind == "word" and not line[comma].capital:
        if line[comma].form in words.forms("attribution.clause"):
            return named
        comma += 1  # "un élu municipal | , Issa Maïga"
    if comma + 1 >= len(line) or line[comma].form not in ",،":
        return named
    at, small = comma + 1, words.forms("attribution.titles").union(words.data["articles"])
    while at < len(line) - 1 and line[at].form in small and not line[at].capital:  # "le général Oumar Keïta"
        at += 1
    person = person_from(words, line, at)
    if person is None or (person.after < len(line) and line[person.after].form not in ",،."):
        return named
    return person._replace(first=named.first, surname=line[person.after - 1].form)


def _named_before(words: Lexicon, cast: Cast, surname: str) -> Chain | None:
    """Return whom a surname means, in whatever case it stands: "за словами Верби" is Остап Верба of the sentence before."""
    forms = (surname, *unbent(words.data["places"]["endings"], surname))
    return next((cast.people[form] for form in forms if form in cast.people), None)


def _phrase_end(words: Lexicon, line: Line, start: int, limit: int) -> int:
    """Return where the words that name somebody end at the latest: before a mark, and before "that" where a verb leads."""
    end, limit = start, min(len(line), limit)
    that = words.forms("attribution.that") if not words.subject_first else frozenset()
    while end < limit and not (line[end].kind == "mark" and line[end].form in ".;:,،()") and line[end].form not in that:
        end += 1
    return end


def _introduced(words: Lexicon, atlas: Atlas, line: Line, at: int, end: int) -> Named | None:
    """Return who is named from token `at` on, articles and adjectives looked past."""
    start = at
    while start < end and line[start].form in words.data["articles"]:
        start += 1
    hits = acting(words, atlas, line, at, min(len(line), end + _NAME_REACH))
    hits = [hit for hit in hits if hit[1] < end and not town(words, line, *hit[:2])]
    if not words.subject_first:  # what "who" adds behind a name names somebody else
        relative = words.forms("attribution.relative")
        clause = next((k for k in range(at, end) if line[k].form in relative or _tells(words, line, k)), end)
        hits = [hit for hit in hits if hit[1] < clause]
        end = next((k for k in range(at + 1, end) if _tells(words, line, k)), end)
    public = next((hit for hit in hits if hit[0].public), None)
    if public and not words.subject_first and hits[0][1] == start and _whole(line, hits[0]) and hits[0][2] == public[1]:
        return Named(role_name(words, hits[0][0], line, *hits[0][1:]), *hits[0][1:])  # "اتهم المتحدث باسم الجيش | قوات"
    if (
        public
        and hits[0] is not public
        and hits[0][1] <= start + _ADJECTIVES
        and public[0].origin.kind is OriginKind.MEDIA
    ):
        role, first, after = hits[0]  # "according to residents quoted by AFP"
        return Named(role_name(words, role, line, first, after), first, after)
    if public:
        return Named(public[0].origin.name, public[1], public[2], known=True)
    if hits and hits[0][0].body and hits[0][1] == start:  # "the Health Ministry" is nobody's name
        return best_named(words, atlas, line, at, end)
    holder = hits[0] if hits and hits[0][1] == start and not hits[0][0].body else None
    person = (
        person_from(words, line, holder[2]) if holder else None
    )  # "the minister | Ali Hassan told state television"
    if person is None:
        person = person_from(words, line, hits[-1][2] if hits and not hits[-1][0].body else start)
    owns = bool(
        person and hits and hits[-1][0].glossed and person.after == hits[-1][1]
    )  # "Донецька обласна прокуратура"
    if person and person.first == start and _owned(line, person.after, end):
        return unlisted_from(words, line, at, end)  # "Khartoum state's health ministry"
    if person and not owns and (hits or person.first == start) and not state_in(words, atlas, line, start, end):
        return person._replace(surname=line[person.after - 1].form)
    return best_named(words, atlas, line, at, end)


def _whole(line: Line, hit: tuple[Actor, int, int]) -> bool:
    """Tell whether an Arabic role is told in full, so that what stands behind it is no part of it: "المتحدث باسم | الجيش"."""
    return not hit[0].public and line[hit[2] - 1].form.startswith("ال")


def _tells(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a number stands at a token: "أعلنت وزارة الداخلية استشهاد | ثلاثة من رجال الشرطة"."""
    return line[at].kind == "number" or words.numbers.opens(line[at].form)


def _owned(line: Line, after: int, end: int) -> bool:
    """Tell whether a small word right behind a name says whose something is: "Khartoum | state's health ministry"."""
    near = line[after : min(end, after + _POSSESSIVE)]
    return any(token.text.endswith(("'s", "’s")) and not token.capital for token in near)


def _said(words: Lexicon, atlas: Atlas, line: Line, first: int, after: int, cast: Cast) -> Speaker | None:
    """Read the subject of a word of saying, and whom it was told to."""
    if first > 1 and line[first - 1].form in words.forms("attribution.clitics") and line[first - 2].kind == "mark":
        first -= 1  # "…, | nous dit l'infirmier"
    if words.subject_dropped and cast.previous and _between_commas(line, first, after):
        return Speaker(cast.previous, first, after, leads=True)  # "en la que, dijeron, murieron cinco"
    if words.subject_first and line[after - 1].form in words.forms("attribution.source"):
        return _quoted_as(words, atlas, line, first)
    if not words.subject_first and (relayed := _relayed_from(words, atlas, line, first, after)):
        return relayed
    before = None
    turned = words.subject_behind or (after < len(line) and line[after].capital)  # "…, said Mahmood Haqmal"
    if not (turned and _follows(line, first) and _inverts(words, atlas, line, first, after)):
        before = subject(words, atlas, line, first, after, cast.previous, cast.referent(), cast.people)
    accuses = words.subject_first and words.section("perpetrators.accused").match(line, first) is not None
    accuses = accuses and bool(words.harm.find(line, after, len(line)))
    if accuses and before is None:  # "residents of Babanki, near Bamenda, in Cameroon, accuse the army of killing 11"
        before = of_sentence(words, atlas, line, first)
    relay, told = _relay(words, line, first, after)
    if before is None and relay and (told - after == 1 or not words.subject_first):
        relay = ()  # "dijo Reuters": the agency itself speaks
    after = told if relay and before is None else after
    told_back = points_back(words, line)
    end = _phrase_end(words, line, after, after + (_BACK_REACH if told_back else _CUE_REACH))
    heard_by = None if words.subject_first else _heard_by(words, line, first, after, end)
    if heard_by is not None:
        end, relay = heard_by
    introduced = before is None and led_in(words, line, first)
    relative = first > 0 and line[first - 1].form in words.forms("attribution.relative")
    inverted = words.subject_first and before is None and not relative and not accuses
    inverted = inverted and (words.subject_behind or _follows(line, first))
    behind = _introduced(words, atlas, line, after, end) if inverted or not words.subject_first else None
    if (
        behind is not None
        and inverted
        and not _follows(line, first)
        and not told_back
        and not introduced
        and not right_behind(words, line, after, behind.first)
    ):
        behind = None
    if (
        behind is None
        and (inverted or not words.subject_first)
        and not (cast.previous and refers(words, line, after, end))
    ):
        parted = _follows(line, first) or told_back or introduced or heard_by is not None
        behind = _glossed(words, line, unlisted_behind(words, line, after, end, parted=parted))
    if behind is None and inverted and _follows(line, first) and refers(words, line, after, end) and cast.referent():
        return Speaker(_chained(cast.referent(), relay), first, end, leads=False)
    behind = _glossed(words, line, behind)
    known = behind is not None and (behind.known or full_body(words, line, behind))
    if behind is not None and (known or not (cast.previous and refers(words, line, after, end))):
        chain = cast.people.get(behind.surname or behind.name.lower(), (spoken(words, line, behind),))
        verb_leads = not words.subject_first or (words.subject_behind and not _follows(line, first))
        verb_leads = verb_leads and not tells_about(words, line)
        leads = verb_leads and not closes(line, first, after)
        return Speaker(_chained(chain, relay), first, behind.after, leads, surname=behind.surname)
    if before is not None:
        return Speaker(_chained(before.chain, relay), before.first, after, before.leads, surname=before.surname)
    inverts = tuple(words.data["attribution"]["inverted"])
    if cast.previous and inverts and any(line[k].form.endswith(inverts) for k in range(first, after)):  # "précise-t-il"
        return Speaker(_chained(cast.previous, relay), first, after, leads=not _follows(line, first))
    if not words.subject_first and cast.previous:  # the verb carries its subject: "and added that"
        return Speaker(_chained(cast.previous, relay), first, after, leads=True)
    if words.subject_dropped and cast.previous and alone(words, line, first, after):
        leads = not closes(line, first, after) and not quotes_end(line, first, after)
        return Speaker(_chained(cast.previous, relay), first, after, leads)
    own = of_sentence(words, atlas, line, first) if words.subject_behind and _follows(line, first) else None
    if own and not words.harm.find(
        line, after, len(line)
    ):  # "Los bomberos recuperaron nueve cuerpos, indicaron en un comunicado."
        return Speaker(_chained(own.chain, relay), first, after, leads=False, surname=own.surname)
    return None


def _relayed_from(words: Lexicon, atlas: Atlas, line: Line, first: int, after: int) -> Speaker | None:
    """Return whom an Arabic verb of passing on takes it from, whoever passes it on behind him: "نقلت رويترز عن شاهد قوله"."""
    if line[first].form not in words.forms("attribution.relays"):
        return None
    source, end = words.forms("attribution.source"), _phrase_end(words, line, after, after + _CUE_REACH)
    at = next((k for k in range(after, end) if line[k].form in source), None)
    if at is None or at + 1 >= len(line) or any(_tells(words, line, k) for k in range(after, at)):
        return None  # "نقلت الطواقم تسعة جرحى عن طريق البر" carries people, no words
    end = _phrase_end(words, line, at + 1, at + 1 + _CUE_REACH)
    named = _introduced(words, atlas, line, at + 1, end) or unlisted_from(words, line, at + 1, end)
    if named is None:
        return None
    relay = best_named(words, atlas, line, after, at)
    chain = _chained((spoken(words, line, named),), (relay.name,) if relay else ())
    leads = not (closes(line, first, named.after) or led_in(words, line, first))
    return Speaker(chain, first, named.after, leads, surname=named.surname)


def _quoted_as(words: Lexicon, atlas: Atlas, line: Line, first: int) -> Speaker | None:
    """Return whom somebody quotes, whoever quotes him behind him: "Reuters quoted a doctor | as saying"."""
    back = range(first - 1, max(-1, first - 1 - _BACK_REACH), -1)
    at = next((k for k in back if line[k].form in words.forms("attribution.relays")), None)
    if at is None:
        return None
    ahead = best_named(words, atlas, line, max(0, at - _BACK_REACH), at)
    named = best_named(words, atlas, line, at + 1, first) if at + 1 < first else ahead
    if named is None:
        return None
    relay = (ahead.name,) if ahead and at + 1 < first else ()
    leads = not closes(line, first, first + 2)
    return Speaker(_chained((spoken(words, line, named),), relay), first, first + 2, leads, surname=named.surname)


def _between_commas(line: Line, first: int, after: int) -> bool:
    return first > 0 and after < len(line) and line[first - 1].form in ",،" and line[after].form in ",،"


def _inverts(words: Lexicon, atlas: Atlas, line: Line, first: int, after: int) -> bool:
    """Tell whether somebody known stands right behind a verb that ends what he says: "…, en el norte, informó la policía"."""
    if not words.subject_first or after >= len(line):
        return False
    if not (line[after].form in words.data["articles"] or line[after].capital) or not words.harm.find(line, 0, first):
        return False
    end = _phrase_end(words, line, after, after + _CUE_REACH)
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


def _chained(chain: Chain, relay: Chain) -> Chain:
    """Return who says it with whoever relays it behind, nobody twice."""
    return tuple(dict.fromkeys((*chain, *relay)))


def _follows(line: Line, verb: int) -> bool:
    """Tell whether a quotation ends before a word of saying, so that the speaker may stand behind it."""
    return verb > 0 and line[verb - 1].kind == "mark" and not (line.shouts and line[verb - 1].form == ".")


def _heard_by(words: Lexicon, line: Line, first: int, after: int, end: int) -> tuple[int, Chain] | None:
    """Return where the agency begins that an Arabic speaker tells it to, and its name: "قال محمد علي | لوكالة رويترز"."""
    informs = line[first].form in words.forms("attribution.informs")
    for k in range(after + 1, end):
        if informs or line[k].form.startswith("ل"):
            hit = words.actors.match(line, k)
            if hit and hit[0].public and hit[0].origin.kind is OriginKind.MEDIA:
                return k, (hit[0].origin.name,)
    return None


def _relay(words: Lexicon, line: Line, first: int, after: int) -> tuple[Chain, int]:
    """Return whom it was told to, if an agency or outlet ("told AFP", "a déclaré à l'AFP"), and the token after that."""
    if words.section("attribution.told").match(line, first) is None:
        return (), after
    for k in range(after, after + _TOLD_REACH):
        hit = words.actors.match(line, k)
        if hit and hit[0].origin.kind is OriginKind.MEDIA and hit[0].public:
            return (hit[0].origin.name,), hit[1]
    return (), after
