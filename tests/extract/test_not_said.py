"""Words of saying that are said of somebody, and speakers named behind a toll."""

from little_ground import read


def test_the_accused_say_nothing() -> None:
    """ "Rebels accused of killing nine" is nobody's word, least of all theirs."""
    (claim,) = read("Russia accused of killing nine in raid on Raqqa.")
    assert claim.attribution == ()
    (told,) = read("The mayor accused rebels of killing nine people in Raqqa.")
    assert told.attribution


def test_a_toll_ahead_of_its_speaker_is_his_though_he_goes_on() -> None:
    """ "The toll has climbed to 61, the ministry said, up from 57": both numbers are the ministry's."""
    claims = read("The toll from Sunday's bombing has climbed to 61, the interior ministry said Tuesday, up from 57.")
    assert [(c.low, c.attribution) for c in claims] == [(61, ("interior ministry",)), (57, ("interior ministry",))]
