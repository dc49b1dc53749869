"""A situation report composed from the public record: figures in, blocks out; nothing is read and no clock is asked."""

from collections.abc import Sequence

from marsad.publish.public import PublicIncident, PublicRelease
from marsad.publish.site.speaker import Explain, Speaker, explain
from marsad.publish.sitrep.around import Around
from marsad.publish.sitrep.blocks import Block, Paragraph, Run, RunKind, Runs, Sitrep, Style
from marsad.publish.sitrep.control import PublicControl, control_runs
from marsad.publish.sitrep.notes import Notes
from marsad.publish.sitrep.question import Question, chosen, is_in
from marsad.publish.sitrep.told import Told
from marsad.publish.sitrep.voice import Voice


def situation(
    question: Question,
    now: PublicRelease,
    before: Sequence[PublicIncident],
    control: Sequence[PublicControl] = (),
    explained: Explain = explain,
) -> Sitrep:
    """Return the situation report that answers the question.

    `now` is what may be told, `before` the incidents as they stood before the first day of the question, `control` what
    public reports say of who holds what. Every number in it carries the number of the note that explains it; the notes come
    in the order in which numbers do.
    """
    voice = Voice(Speaker(question.lang, explained))
    notes = Notes(voice, question.first)
    which = chosen(now.incidents, question)
    told = Told(which, question.policy, notes)
    around = Around(which.inside, question.policy, notes)
    here = [one for one in now.incidents if is_in(one.place, question.place)]
    stood = [one for one in before if is_in(one.place, question.place)]
    moved = control_runs(control, question, voice)
    blocks: list[Block] = [*_head(question, now, voice), _section(voice, "key"), *told.key_figures(), *told.tables()]
    if which.inside:
        blocks += [_section(voice, "incidents"), *told.incidents()]
        blocks += [_section(voice, "contested"), *around.contested()]
    blocks += [_section(voice, "revisions"), *around.revisions(here, stood, question.first, question.last)]
    blocks += [_section(voice, "movement"), *around.movement(moved)]
    blocks += [_section(voice, "unknown"), *around.unknown(now)]
    blocks += [_section(voice, "method"), *_method(question, now, voice)]
    head = blocks[0]
    assert isinstance(head, Paragraph)  # noqa: S101 - the title
    return Sitrep(
        lang=question.lang,
        title=head.text,
        observatory=str(now.observatory),
        issued=now.published.isoformat(),
        blocks=tuple(blocks),
        notes=tuple(notes.made),
        notes_title=voice.plain("section.notes"),
    )


def _section(voice: Voice, name: str) -> Paragraph:
    return Paragraph(Style.HEADING, voice.runs(f"section.{name}"))


def _head(question: Question, now: PublicRelease, voice: Voice) -> list[Block]:
    place = question.place or voice.plain("title.everywhere")
    days: Runs
    if question.first == question.last:
        days = voice.runs("title.period.day", a=voice.day(question.first))
    elif (question.first.year, question.first.month) == (question.last.year, question.last.month):
        span = voice.speaker.plain("day.between_days", a=question.first.day, b=voice.speaker.day(question.last))
        days = (Run(span, RunKind.DAY),)
    else:
        days = voice.runs("title.period.days", a=voice.day(question.first), b=voice.day(question.last))
    issued = voice.runs(
        "title.issued",
        day=voice.day(now.published),
        observatory=Run(str(now.observatory), RunKind.NAME),
        known_on=voice.day(now.as_known_on),
        policy=voice.speaker.term("policy_short", question.policy, question.policy),
    )
    return [
        Paragraph(Style.TITLE, voice.runs("title.report", place=Run(place, RunKind.NAME), days=days)),
        Paragraph(Style.SMALL, issued),
        Paragraph(Style.SMALL, voice.runs("title.public")),
    ]


def _method(question: Question, now: PublicRelease, voice: Voice) -> list[Block]:
    """Return how it was counted: the policy as it is configured, what is held back, the program."""
    speaker, name = voice.speaker, question.policy
    live = next((one for one in now.methods if one.name == name), None)
    about = "" if live is None else str(live.about)
    said = speaker.term("policy", name, about or name)
    version = "?" if live is None else str(live.version)
    short = speaker.term("policy_short", name, name)
    lines: list[Runs] = [
        (*voice.runs("method.policy", policy=short, version=Run(version, RunKind.NAME)), Run(f" {said}")),
        voice.runs("method.known", day=voice.day(now.as_known_on)),
        voice.runs("method.sums"),
        voice.runs("method.copies"),
    ]
    for rule in () if live is None else live.rules:
        words = speaker.term("rule", rule.key, str(rule.key))
        value = speaker.term("method", rule.value, str(rule.value))
        source = Run(str(rule.source), RunKind.NAME)
        lines.append((Run(f"{words}: "), Run(value, RunKind.NAME), Run(" ("), source, Run(")")))
    lines.append(voice.runs("method.held", policy=Run(str(now.policy), RunKind.NAME)))
    lines.append(voice.runs("method.software", software=Run(str(now.software), RunKind.NAME)))
    return [Paragraph(Style.ITEM, runs) for runs in lines]
