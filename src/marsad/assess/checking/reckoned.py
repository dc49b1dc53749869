"""What an article reckons aloud and gets wrong, as verdicts."""

from marsad.model import Checked, Misreckoned, Step, Verdict


def reckoned(found: Misreckoned) -> Checked:
    """Return the verdict on a reckoning that does not come out: a wrong date for a weekday, else that it does not add up."""
    verdict = Verdict.WRONG_DATE if found.rule == "weekday" else Verdict.DOES_NOT_ADD_UP
    step = Step(f"check.{found.rule}", dict(found.values))
    return Checked(found.start, found.end, found.text, verdict, (step,))
