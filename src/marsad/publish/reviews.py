"""What was found when articles were checked, as far as it may be told: the gate for reviews, as `disclose` is for incidents."""

from collections.abc import Iterable, Mapping

from marsad.model import Measure, Review, Verdict
from marsad.publish.policy import PublicationPolicy
from marsad.publish.public import PublicReview, PublicVerdict, compose
from marsad.publish.voices import public_address, reachable

LONGEST = 200
"""Characters of an article's words that are told; longer ones are kept back, since a part of them may say something else."""

_RANKED = frozenset((Verdict.SUPERLATIVE_HOLDS, Verdict.SUPERLATIVE_FAILS, Verdict.SUPERLATIVE_UNSURE))
"""Ranks count every incident, also those that are withheld: whether one holds would tell of them."""


_NO_NUMBER = frozenset((Verdict.DOES_NOT_ADD_UP, Verdict.WRONG_DATE, Verdict.NO_CONFIRMATION))
"""The article against itself, a day, and who repeats whom: these tell no number of the record, whatever is counted."""


def tellable(review: Review, policy: PublicationPolicy) -> bool:
    """Whether a review may be told at all: of an article that anybody can read, of the dead, of nothing that is kept back.

    Numbers of living people are not reviewed in public: that one agrees, or differs, tells a number that is withheld.
    """
    if review.verdict in _RANKED or public_address(review.address, policy) is None or not review.outlet:
        return False
    if review.measure is not Measure.KILLED and review.verdict not in _NO_NUMBER:
        return False
    words = review.text
    return len(compose(words, LONGEST + 1)) <= LONGEST and not policy.is_sensitive(words) and not reachable(words)


def told_reviews(
    reviews: Iterable[Review], codes: Mapping[str, str], policy: PublicationPolicy
) -> tuple[PublicReview, ...]:
    """Return the reviews that may be told, by day, address and place in the article.

    `codes` maps words ("report_id:start-end") to the code of the incident that is told of them. What is about an incident
    that is not told is not told either: it would say that the record knows of it.
    """
    out = []
    for one in reviews:
        if not tellable(one, policy):
            continue
        found = {codes[anchor] for anchor in one.incident if anchor in codes}
        address = public_address(one.address, policy)
        if address is None or (one.incident and len(found) != 1):
            continue
        out.append(
            PublicReview(
                words=compose(one.text, LONGEST),
                outlet=compose(one.outlet or ""),
                address=address,
                published=one.published,
                lang=None if one.lang is None else compose(one.lang, 8),
                verdict=PublicVerdict(one.verdict.value),
                incident=compose(next(iter(found))) if found else None,
                reviewed=one.reviewed,
            )
        )
    return tuple(sorted(out, key=lambda one: (one.reviewed, one.address, one.words, one.verdict)))
