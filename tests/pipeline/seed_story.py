"""The story that the project rests on: as it was printed, where it is at hand, and one of our own with such sentences."""

from datetime import UTC, date, datetime
from pathlib import Path

from small_world import Story, receive

from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run

SEED = Path(__file__).parents[3] / "shared" / "data" / "seed"
PRINTED = date(2014, 11, 26)
NOW = datetime(2026, 1, 1, tzinfo=UTC)

OURS = """
Syrian Air Force Raids on Idlib Kill 41

19/03/2015

The bombing on Tuesday was the deadliest by the Syrian air force in Idlib since Nusra Front fighters seized control of the
city last year.

More than half of the dead were civilians, according to the Syrian Observatory for Human Rights, which monitors the war through
a network of doctors.

It was unknown how many fighters were killed.

The Syrian conflict has killed more than 215,000 people and forced millions from their homes since it began in March 2011.

Idlib has also been the target of repeated air strikes by the US-led coalition.

The Syrian National Coalition condemned the raids as "a crime", warning that "the world looks away".

A Syrian government delegation headed by Foreign Minister Walid Muallem was due to meet Russian President Vladimir Putin in
Sochi today.

A second round of UN-brokered talks was held in Switzerland in early 2012 but ended without agreement.

But the coalition has voiced doubt about any talks.

Last month, Putin said delivery of S-300 missiles had been suspended.

The United Nations has called on all sides to stop using barrel bombs.

Footage posted by activists in Idlib showed several bodies in a street. Red Crescent workers could be seen carrying the wounded.

Before the war Idlib had a population of about 165,000, and it is now home to 180,000-200,000 people, according to the
Observatory.

In Iraq, pro-government forces recaptured parts of Tikrit, but the militants still hold Mosul and Fallujah.
"""
"""Told in our own words, of other days and numbers; the events are made up, the places are not."""

OURS_PRINTED = date(2015, 3, 19)

RIGHT_DATE = """
The second round of UN-brokered talks on the war in Syria was held in Geneva from February 10 to 15, 2014, and ended without
agreement.
The Syrian army went on shelling Aleppo while delegates talked.
"""
"""A report that dates the Geneva round as history does, in our own words."""


def printed() -> str | None:
    """Return the story as it was printed, None where it is not at hand."""
    return next(SEED.glob("*.txt")).read_text("utf-8") if SEED.is_dir() else None


def made(folder: Path, *stories: Story) -> Observatory:
    """Return an observatory that has read these stories, received in this order."""
    obs = Observatory.init(folder, "story", NOW)
    receive(obs, list(stories), NOW)
    run(obs, processes=1)
    return obs
