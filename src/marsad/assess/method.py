"""A policy applied to one incident: the figures of every category of one measure, made to agree."""

from collections.abc import Mapping, Sequence

from marsad.assess.figures import Figure, figure, listened_to
from marsad.assess.policy import VAGUE, Policy
from marsad.assess.reckoning import Reckoning, reckon
from marsad.assess.voices import Voice, voices_of
from marsad.assess.whole import agreeing
from marsad.model import Category, Count, Measure, Role, Standing, Step
from marsad.model.heard import Docket

ALWAYS = (Category.TOTAL, Category.CIVILIANS, Category.COMBATANTS)
"""Categories that every toll of the killed states, if only to say that nobody told."""

LARGE = 10
"""People hurt, counted elsewhere in the incident, that make it a large one for a policy that asks."""

_HURT = (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED)


def figures_of(docket: Docket, measure: Measure, policy: Policy) -> tuple[list[Voice], dict[Category, Figure]]:
    """Return what the origins say of this measure as the policy hears them, and its figure for every category told of."""
    voices = voices_of(docket, measure, _vague(docket, policy))
    told = {category for voice in voices for category in voice.said}
    always = ALWAYS if measure is Measure.KILLED else (Category.TOTAL,)
    categories = [c for c in Category if c in told or c in always]
    if policy.value("conflict") == "reckoned":
        return voices, _reckoned(docket, measure, policy, voices, categories)
    figures = {c: figure(policy, c, voices, docket.perpetrator) for c in categories}
    if measure is Measure.KILLED:
        figures = _casualties(docket, policy, _seen(docket, policy, figures))
    return voices, agreeing(figures)


def _vague(docket: Docket, policy: Policy) -> Mapping[tuple[int, int], int]:
    words = policy.vague
    at_scale = policy.value("few_at_scale")
    if not at_scale or VAGUE["few"] not in words:
        return words
    counted = [w.heard.claim for w in docket.weighed if w.role is Role.COUNTED]
    large = any(max(c.value or 0, c.low or 0) >= LARGE for c in counted if c.measure in _HURT)
    return {**words, VAGUE["few"]: at_scale} if large else words


def _seen(docket: Docket, policy: Policy, figures: dict[Category, Figure]) -> dict[Category, Figure]:
    """Return the figures with the bodies that a picture shows, where the policy counts those and nothing else counts."""
    if not policy.value("bodies_seen") or figures[Category.TOTAL].count is not None:
        return figures
    shown = [
        w.heard.claim for w in docket.weighed if w.heard.claim.measure is Measure.BODIES_SEEN and w.heard.claim.value
    ]
    if not shown:
        return figures
    most = max(shown, key=lambda c: (c.value or 0, c.claim_id))
    n = most.value or 0
    step = Step("policy.bodies-seen", {"n": n}, (most.claim_id,), (figures[Category.TOTAL].why,))
    seen = Figure(Count(n, n, n), Standing.STATED, step)
    return {**figures, Category.TOTAL: seen, Category.CIVILIANS: seen}


def _casualties(docket: Docket, policy: Policy, figures: dict[Category, Figure]) -> dict[Category, Figure]:
    """Return the figures with nobody killed where only casualties are told of and the policy takes that for nobody."""
    if policy.value("casualties") != "zero":
        return figures
    killed = [w for w in docket.weighed if w.role is Role.COUNTED and w.heard.claim.measure is Measure.KILLED]
    both = [
        w.heard.claim.claim_id
        for w in docket.weighed
        if w.role is Role.COUNTED and w.heard.claim.measure is Measure.KILLED_OR_INJURED
    ]
    if killed or not both:
        return figures
    step = Step("policy.casualties-zero", {"policy": policy.title}, tuple(both))
    return {**figures, Category.TOTAL: Figure(Count(0, 0, 0), Standing.DERIVED, step)}


def reckoned_docket(docket: Docket, policy: Policy, categories: Sequence[tuple[Measure, Category]] = ()) -> Reckoning:
    """Return what the claims of all origins that the policy listens to allow together."""
    measures = (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED)
    voices = [v for m in measures for v in voices_of(docket, m)]
    names = {v.origin.name for v in listened_to(policy, voices, docket.perpetrator)}
    heard = [
        w.heard.claim
        for w in docket.weighed
        if w.role is Role.COUNTED and w.fold.origin.name in names and w.heard.claim.measure in measures
    ]
    return reckon(heard, wanted=categories)


def _reckoned(
    docket: Docket, measure: Measure, policy: Policy, voices: Sequence[Voice], categories: Sequence[Category]
) -> dict[Category, Figure]:
    if measure not in _HURT:
        return agreeing({c: figure(policy, c, voices, docket.perpetrator) for c in categories})
    found = reckoned_docket(docket, policy, [(measure, c) for c in categories])
    out = {}
    for category in categories:
        said = [v.said[category] for v in voices if category in v.said]
        bounds = found.of(measure, category)
        claims = tuple(dict.fromkeys(c for s in said for c in s.claims))
        if bounds is None or bounds == (0, None):
            standing = Standing.STATED_UNKNOWN if said else Standing.NOT_STATED
            out[category] = Figure(None, standing, Step("policy.not-stated", {}, claims))
            continue
        low, high = bounds
        steps = (Step("policy.clash", {"n": len(found.clash)}, found.clash),) if found.clash else ()
        rule = "policy.reckoned" if high is not None else "policy.reckoned-open"
        stated = any(s.bounded and s.standing is Standing.STATED for s in said)
        none = bounds == (0, 0) and any(s.standing is Standing.STATED_NONE for s in said)
        standing = Standing.STATED_NONE if none else Standing.STATED if stated else Standing.DERIVED
        step = Step(rule, {"low": low, "high": high}, claims, steps)
        out[category] = Figure(Count(low, None, high), standing, step)
    return out
