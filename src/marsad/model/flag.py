"""What a person should know about how a claim or its context was read, as one closed list."""

from enum import StrEnum


class Flag(StrEnum):
    """What a person should look at. A flag never changes a number: it says where the reading leans on more than the words."""

    YEAR_CONFLICTS = "year_conflicts"
    """Another date of the same report contradicts this one; both are kept as said."""
    DATE_CONFLICTS = "date_conflicts"
    """The weekday is not that of the date beside it ("Monday, 25 November 2014"); the date is kept."""
    DATE_ASSUMED = "date_assumed"
    """The report tells no day: it is taken as news, within three days before it was published."""
    PLACE_INFERRED = "place_inferred"
    """The place is not named here: another sentence names it, or "the city", or an office that stands for its country."""
    ACTOR_INFERRED = "actor_inferred"
    """Who did it is not named here: "the militants", "they"."""
    SPEAKER_UNNAMED = "speaker_unnamed"
    """Who said it has no name in the report: "officials", "a witness", "reports"."""
    HEDGED_NUMBER = "hedged_number"
    """An exact number stands under a hedge: "reportedly killed 12"."""
    SUM_CONFIRMED = "sum_confirmed"
    """The numbers that the report counts singly add up to this one."""
    PARTS_EXCEED = "parts_exceed"
    """The parts that the report names of this number add up to more than it."""
    BROKEN_PARAGRAPH = "broken_paragraph"
    """A blank line stands inside the words."""
