"""The voices of a briefing: who says what, what was seen and done, what is planned, and what is in doubt."""

from collections.abc import Sequence
from datetime import date

from marsad.context.brief import Clause, Part, is_here, merged, national
from marsad.context.follow import is_ahead
from marsad.context.saying import Saying
from marsad.context.scene import Here, Scene, content_of, words_of
from marsad.model import Stance
from marsad.model.knowledge import Knowledge

_SEEN = ("evidence", "relief", "arms_transfer", "relation", "ruling", "meeting", "conflict", "comparison", "event")
_FOUGHT = ("event", "comparison", "conflict")
"""What is fighting: told among incidents, unless no incident here is by that party."""


def said(scene: Scene, told: Sequence[Knowledge], saying: Saying) -> Part:
    """Return who says what, in their words where the report quotes them, else in the report's."""
    codes = {i.incident_id: i.code for i in scene.incidents}
    about = {a.knowledge_id: codes[a.incident_id] for a in scene.attached if a.incident_id in codes}
    clauses = []
    together: dict[tuple[object, ...], list[Knowledge]] = {}
    for known in _in_order(told):
        if known.topic == "statement" and not _only_tells_more(known, told):
            together.setdefault((known.report_id, known.start, known.end, known.act), []).append(known)
    for every in together.values():
        known = every[0]
        acting = scene.who[known.knowledge_id]
        speaking = [scene.who[k.knowledge_id] for k in every]
        party = saying.names([a.party or (a.speakers[0] if a.speakers else known.source) for a in speaking])
        content = content_of(known)
        key = "plain" if content is None else "direct" if content[1] else "indirect"
        words = " ".join(known.text.split()) if content is None else content[0]
        line = saying.sentence(f"statement.{key}", party=party, act=saying.term("act", str(known.act)), words=words)
        if acting.others:
            line = saying.sentence("statement.to", line=line, names=saying.names(acting.others))
        if known.knowledge_id in about:
            line = saying.sentence("statement.about", line=line, code=about[known.knowledge_id])
        clauses.append(Clause(line, tuple(map(words_of, every))))
    return Part("said", merged(clauses))


def _only_tells_more(known: Knowledge, told: Sequence[Knowledge]) -> bool:
    """Tell whether a statement does nothing but tell something that is told of on its own: a plan, a delivery, a rule."""
    if known.act not in ("said", "announced"):
        return False
    inside = [k for k in told if k.report_id == known.report_id and k.topic != "statement"]
    return any(known.start <= k.start and k.end <= known.end and known.source in k.chain for k in inside)


def seen(scene: Scene, told: Sequence[Knowledge], here: Here, saying: Saying) -> Part:
    """Return what was seen and done: footage, rescue, arms, meetings held, rulings; attacks by others than the incidents name."""
    doers = {i.perpetrator for i in scene.incidents if is_here(i, here)}
    clauses = []
    for known in _in_order(told):
        if known.topic not in _SEEN or is_ahead(known) or not known.says:
            continue
        party = scene.who[known.knowledge_id].party
        others = known.topic == "event" and party is not None and (party not in doers or not here.told_of(known))
        others = others and (here.told_of(known) or national(known, here))
        worst = known.topic == "comparison" and here.told_of(known)
        if known.topic not in _FOUGHT or others or worst:
            clauses.append(Clause(_reported(known, _line(scene, known, saying), saying), (words_of(known),)))
    return Part("seen", merged(clauses))


def planned(scene: Scene, told: Sequence[Knowledge], saying: Saying, on: date) -> Part:
    """Return what is still to come on that day: what was planned or promised, and of which nothing was told since."""
    known_by = scene.by_id()
    done = {f.ahead for f in scene.followed if _printed(known_by[f.outcome]) <= on}
    clauses = []
    for known in _in_order(told):
        late = known.occurred is not None and known.occurred.end < on
        if not is_ahead(known) or known.knowledge_id in done or late or known.topic in (*_FOUGHT, "control"):
            continue
        if known.topic != "statement":
            plan = _plan(scene, known, saying)
            clauses.append(Clause(plan[:1].upper() + plan[1:], (words_of(known),)))
    return Part("planned", merged(clauses))


def doubts(scene: Scene, told: Sequence[Knowledge], saying: Saying) -> Part:
    """Return what a reader should doubt: talks dated twice, dates of a report that contradict each other, what was taken back."""
    known_by, mine = scene.by_id(), {k.knowledge_id for k in told}
    reports = {k.report_id for k in told}
    clauses = []
    for pair in scene.misdated:
        if not {pair.one, pair.other} & mine:
            continue
        one, other = sorted(
            (known_by[pair.one], known_by[pair.other]), key=lambda k: (k.knowledge_id not in mine, k.start)
        )
        if one.occurred is None or other.occurred is None:
            continue
        key = "dated" if pair.sure else "dated_likely"
        gaps = {"one": saying.when(one.occurred), "other": saying.when(other.occurred)}
        text = saying.sentence(f"doubts.{key}", source=saying.name(one.source), rival=saying.name(other.source), **gaps)
        clauses.append(Clause(text, (words_of(one), words_of(other))))
    for known in _in_order(told):
        if "year_conflicts" in known.flags and known.occurred is not None:
            words = " ".join(known.text.split())
            clauses.append(
                Clause(
                    saying.sentence("doubts.year", when=saying.when(known.occurred), words=words), (words_of(known),)
                )
            )
        if scene.who[known.knowledge_id].doubts:
            names = saying.names(scene.who[known.knowledge_id].doubts)
            text = saying.sentence("doubts.who", names=names, words=" ".join(known.text.split()))
            clauses.append(Clause(text, (words_of(known),)))
    for key, undone in scene.undone.items():
        known = known_by[key]
        if known.report_id not in reports:
            continue
        words = " ".join(known.text.split())
        back = known_by.get(undone.by or "")
        if back is not None:
            text = saying.sentence("doubts.withdrawn", source=saying.name(back.source), words=words)
            clauses.append(Clause(text, (words_of(known), words_of(back))))
        else:
            text = saying.sentence("doubts.refused", reason=undone.reason or "?", words=words)
            clauses.append(Clause(text, (words_of(known),)))
    for followed in scene.followed:
        if followed.ahead in mine and followed.outcome in mine:
            ahead, outcome = known_by[followed.ahead], known_by[followed.outcome]
            gaps = {"words": " ".join(ahead.text.split()), "outcome": " ".join(outcome.text.split())}
            text = saying.sentence(
                f"doubts.{'kept' if followed.kept else 'broken'}", n=saying.number(followed.days), **gaps
            )
            clauses.append(Clause(text, (words_of(ahead), words_of(outcome))))
    return Part("doubts", merged(clauses))


def _line(scene: Scene, known: Knowledge, saying: Saying) -> str:
    acting = scene.who[known.knowledge_id]
    words = " ".join(known.text.split())
    act = saying.term("doing", str(known.act))
    party = saying.name(acting.party or known.source)
    if known.topic == "meeting":
        people = [*([acting.party] if acting.party else []), *acting.others]
        of = saying.text("seen.of", names=saying.names(people)) if people else ""
        gaps = {
            "names": saying.names(people),
            "of": of,
            "where": _where(known, saying),
            "when": saying.on(known.occurred),
        }
        return saying.text(f"seen.{known.act}", **gaps)
    if known.topic == "relation":
        return saying.text("seen.relation", party=party, act=act, others=saying.names(acting.others))
    if known.topic == "arms_transfer":
        return saying.text("seen.arms", party=party, act=act, words=words)
    if known.topic == "comparison":
        return saying.text("happened.worst", words=words)
    key = known.topic if saying.has(f"seen.{known.topic}") else "ruling"
    return saying.text(f"seen.{key}", party=party, act=act, words=words, when=saying.on(known.occurred))


def _plan(scene: Scene, known: Knowledge, saying: Saying) -> str:
    acting = scene.who[known.knowledge_id]
    words, act = " ".join(known.text.split()), saying.term("doing", str(known.act))
    people = [*([acting.party] if acting.party else []), *acting.others]
    gaps = {"names": saying.names(people), "where": _where(known, saying), "when": saying.on(known.occurred)}
    if known.topic == "meeting":
        return saying.text("planned.visited" if known.act == "visited" else "planned.meeting", **gaps)
    if known.topic == "arms_transfer":
        return saying.text("planned.arms", act=act, words=words)
    key = known.topic if saying.has(f"planned.{known.topic}") else "relief"
    return saying.text(f"planned.{key}", act=act, words=words, party=saying.name(acting.party or known.source))


def _reported(known: Knowledge, line: str, saying: Saying) -> str:
    said = saying.text("seen.reported", line=line) if known.stance is Stance.REPORTED else line
    return said[:1].upper() + said[1:]


def _where(known: Knowledge, saying: Saying) -> str:
    place = known.place
    if place is None:
        return ""
    return saying.text("where.at", place=place.name_ar if saying.lang == "ar" and place.name_ar else place.name)


def _in_order(told: Sequence[Knowledge]) -> list[Knowledge]:
    return sorted(told, key=lambda k: (_printed(k), k.report_id, k.start, k.end, k.knowledge_id))


def _printed(known: Knowledge) -> date:
    return known.reported or known.recorded
