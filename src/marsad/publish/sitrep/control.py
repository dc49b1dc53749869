"""Who is said to have taken, lost or to hold a place: as public reports say it, with who says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from marsad.publish.public import PublicPlace, PublicText
from marsad.publish.sitrep.blocks import Run, RunKind, Runs
from marsad.publish.sitrep.question import Question, is_in
from marsad.publish.sitrep.voice import Voice


class PublicAct(StrEnum):
    """What is said of a party and a place."""

    GAINED = "gained"
    LOST = "lost"
    HOLDS = "holds"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class PublicControl:
    """These public outlets say that on `day` the party took (lost, holds, fights over) the place."""

    day: date
    place: PublicPlace
    party: PublicText
    party_ar: PublicText | None
    act: PublicAct
    outlets: tuple[PublicText, ...]


def control_runs(control: Sequence[PublicControl], question: Question, voice: Voice) -> list[Runs]:
    """Return one sentence for each, of the days and the place asked for, in the order of days."""
    fits = [one for one in control if question.first <= one.day <= question.last and is_in(one.place, question.place)]
    out = []
    for one in sorted(fits, key=lambda one: (one.day, one.place.name or "", one.party, one.act)):
        names = voice.joined([(Run(str(outlet), RunKind.NAME),) for outlet in one.outlets])
        values: dict[str, str | Run | Runs] = {
            "day": voice.day(one.day),
            "party": Run(voice.speaker.own(one.party, one.party_ar), RunKind.NAME),
            "place": Run(voice.speaker.place(one.place), RunKind.NAME),
            "origins": names,
        }
        out.append(voice.runs(f"movement.control.{one.act}", **values))
    return out
