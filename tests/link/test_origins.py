"""Who established a number, as against who printed it."""

import pytest
from told import GOVERNMENT, SNHR, SOHR, at_least, children, civilians, claim, day, hear, heard, nobody

from marsad.link.origins import folds, origin_named, outlet_origin
from marsad.model import Claim, ClaimId, Fold, Measure, OriginKind, Scope, Status
from marsad.model.heard import Heard


def said(*told: Heard) -> list[tuple[str, str, bool]]:
    """Return origin, rule and whether it is a copy, of each claim."""
    found = folds(told)
    return [(f.origin.name, f.rule, f.copy) for f in (found[h.claim.claim_id] for h in told)]


def one_report(*told: dict[str, object], outlet: str = "Radio") -> list[Heard]:
    """Return the claims of one report."""
    return [heard(claim("r", 100 * n, **one), outlet) for n, one in enumerate(told)]


def test_a_named_speaker_is_the_origin_whoever_prints_it() -> None:
    """Eight newspapers printing the Observatory's 95 are one origin."""
    told = hear(*[(f"Outlet {n}", 26, {**at_least(95), "by": SOHR}) for n in range(8)])
    assert said(*told) == [(SOHR[0], "named", False)] * 8


def test_the_outlets_own_voice_repeats_who_said_it_first() -> None:
    """An unmarked 95 after the Observatory's is the Observatory's, and no second witness."""
    told = hear(("Wire", 26, {**at_least(95), "by": SOHR}), ("Daily", 26, {"value": 95}))
    assert said(*told)[1] == (SOHR[0], "same-number", True)


def test_a_named_source_comes_before_an_earlier_nameless_one() -> None:
    """Two outlets print 95, one names the Observatory a day later: all three are one voice."""
    told = hear(("Daily", 25, {"value": 95}), ("Digest", 25, {"value": 95}), ("Wire", 26, {"value": 95, "by": SOHR}))
    assert {name for name, _, _ in said(*told)} == {SOHR[0]}


def test_among_the_nameless_the_first_is_the_origin() -> None:
    """Nobody names a source: who printed the number first is taken to have it from itself."""
    told = hear(("Daily", 25, {"value": 95}), ("Digest", 26, {"value": 95}))
    assert said(*told) == [("Daily", "own-voice", False), ("Daily", "same-number", True)]


@pytest.mark.parametrize("value", [1, 2])
def test_ones_and_twos_prove_nothing(value: int) -> None:
    """Two outlets that each report two dead may well have counted for themselves."""
    told = hear(("Daily", 25, {"value": value}), ("Digest", 26, {"value": value}))
    assert [name for name, _, _ in said(*told)] == ["Daily", "Digest"]


def test_another_measure_or_group_is_another_number() -> None:
    """Twelve injured do not repeat twelve killed, nor twelve children twelve people."""
    told = hear(
        ("Daily", 25, {"value": 12}),
        ("Digest", 26, {"value": 12, "measure": Measure.INJURED}),
        ("Desk", 26, children(12)),
    )
    assert [name for name, _, _ in said(*told)] == ["Daily", "Digest", "Desk"]


def test_the_only_source_that_a_report_cites_says_its_unmarked_numbers() -> None:
    """ "Twelve were killed. … The Observatory said thirty were injured": both are the Observatory's."""
    told = one_report({"value": 12}, {"value": 30, "measure": Measure.INJURED, "by": SOHR})
    assert said(*told)[0] == (SOHR[0], "only-source-cited", False)


def test_where_two_sources_are_cited_an_unmarked_number_is_the_outlets() -> None:
    """Nobody can tell whose it is; it stays the outlet's own."""
    told = one_report({"value": 12}, {"value": 30, "by": SOHR}, {"value": 40, "by": SNHR})
    assert said(*told)[0] == ("Radio", "own-voice", False)


def test_a_party_cited_does_not_vouch_for_the_dead_of_its_enemy() -> None:
    """A report that cites the army alone does not make the army the source of the outlet's toll."""
    told = one_report({"value": 12}, {**nobody(), "by": (GOVERNMENT,)})
    assert said(*told) == [("Radio", "own-voice", False), (GOVERNMENT, "named", False)]


def test_a_part_gives_its_whole_to_its_speaker_and_the_other_way_round() -> None:
    """ "95 were killed. At least 52 of them were civilians, the Observatory said": the 95 are theirs."""
    whole = claim("r", 0, value=95)
    part = claim("r", 100, **civilians(52), by=SOHR, part_of=whole.claim_id)
    assert said(heard(whole), heard(part))[0] == (SOHR[0], "part-is-theirs", False)
    whole = claim("r", 0, value=95, by=SOHR)
    part = claim("r", 100, **civilians(52), part_of=whole.claim_id)
    assert said(heard(whole), heard(part))[1] == (SOHR[0], "whole-is-theirs", False)


def test_a_number_said_elsewhere_in_the_report_is_its_speakers() -> None:
    """The headline's 95 is the Observatory's of the second paragraph, though the report cites the Network too."""
    told = one_report({"value": 95}, {"value": 95, "by": SOHR}, {"value": 120, "by": SNHR})
    assert said(*told)[0] == (SOHR[0], "said-in-report", False)


def test_a_copied_text_is_its_originals_statement() -> None:
    """Whatever the copier is called, the origin is the original's; where that one is not at hand, its own."""
    original = heard(claim("a", value=95, by=SNHR), "Wire")
    copy = heard(claim("b", value=95), "Daily", day(27), of=original.claim.claim_id)
    assert said(original, copy)[1] == (SNHR[0], "copied-text", True)
    stray = heard(claim("c", value=7), "Daily", day(27), of=original.claim.claim_id)
    assert said(stray) == [("Daily", "copied-text", True)]


def test_background_is_not_the_only_sources() -> None:
    """A war's running total beside the Observatory's toll is not the Observatory's."""
    told = one_report({"value": 12, "by": SOHR}, {"value": 195_000, "scope": Scope.CUMULATIVE})
    assert said(*told)[1][0] == "Radio"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Syrian Observatory for Human Rights", OriginKind.MONITOR),
        ("United Nations", OriginKind.INTERNATIONAL),
        ("Médecins Sans Frontières", OriginKind.MEDICAL),
        ("doctors in Duma", OriginKind.MEDICAL),
        ("activists", OriginKind.ACTIVISTS),
        ("residents", OriginKind.WITNESS),
        ("Abu Somebody", OriginKind.UNNAMED),
    ],
)
def test_a_speaker_has_a_kind(name: str, kind: OriginKind) -> None:
    """Known actors have theirs; a role has its; a name that nobody knows is unnamed."""
    assert origin_named(claim(by=(name,))).kind is kind


def test_a_soldier_speaks_for_the_party_accused() -> None:
    """A party that its words do not name is the one that the claim accuses."""
    origin = origin_named(claim(by=("military source",), perpetrator=GOVERNMENT))
    assert (origin.kind, origin.party) == (OriginKind.PARTY, GOVERNMENT)


def test_an_outlet_that_marsad_knows_keeps_its_kind() -> None:
    """A state agency speaks for its state also when it prints in its own voice; any other outlet is media."""
    assert outlet_origin("Radio").kind is OriginKind.MEDIA
    assert outlet_origin("SANA").party == GOVERNMENT


def test_every_claim_has_exactly_one_origin() -> None:
    """No claim is forgotten, whatever it follows."""
    claims: list[Claim] = [claim(f"r{n}", value=n % 5, by=SOHR if n % 3 else ()) for n in range(30)]
    found: dict[ClaimId, Fold] = folds([heard(c, f"Outlet {n % 4}") for n, c in enumerate(claims)])
    assert set(found) == {c.claim_id for c in claims}


def test_an_agency_story_in_two_languages_is_one_telling_of_one_origin() -> None:
    """Two outlets print the agency's own number: the agency's, once, whatever the outlets are called."""
    told = [heard(claim(f"r{n}", value=n + 1), outlet, wire="AFP") for n, outlet in enumerate(("Daily", "Diario"))]
    assert said(*told) == [("AFP", "wire-credit", False)] * 2


def test_an_agencys_number_that_somebody_else_gave_is_theirs() -> None:
    """The agency's own 95 after the Observatory's is the Observatory's, more surely than an outlet's without a credit."""
    plain, credited = (
        folds([heard(claim("a", value=95, by=SOHR), "Wire"), heard(claim("b", value=95), "Daily", day(27), wire=wire)])
        for wire in (None, "AFP")
    )
    [one], [other] = ([f for f in found.values() if f.rule == "same-number"] for found in (plain, credited))
    assert one.origin.name == other.origin.name == SOHR[0]
    assert 0.5 < one.probability < other.probability < 1


def test_a_monitors_own_page_repeats_nobody() -> None:
    """The Network counts ten as the Observatory did: two that count, two origins."""
    told = [heard(claim("a", value=10, by=SOHR), "Wire"), heard(claim("b", value=10), SNHR[0], day(27))]
    assert said(*told)[1] == (SNHR[0], "own-voice", False)


def test_outlets_of_one_house_are_one_origin() -> None:
    """What two editions of a broadcaster print in their own voice is one voice."""
    told = hear(("BBC Arabic", 26, {"value": 1}), ("BBC Mundo", 26, {"value": 2}))
    assert said(*told) == [("BBC", "own-house", False)] * 2


def test_a_reworded_copy_follows_what_it_rewords() -> None:
    """Whatever it calls the speaker: the number, whom it counts and how are the original's."""
    first = heard(claim("a", value=95, by=SNHR), "Wire")
    copy = heard(claim("b", value=95, by=("a watchdog",)), "Daily", day(27), reworded="a", likeness=0.95)
    other = heard(claim("c", value=40, by=("a watchdog",)), "Daily", day(27), reworded="a", likeness=0.95)
    found = folds([first, copy, other])
    assert found[copy.claim.claim_id] == Fold(
        copy.claim.claim_id, origin_named(first.claim), "reworded", first.claim.claim_id, copy=True, probability=0.95
    )
    assert found[other.claim.claim_id].origin.name == "a watchdog"


def test_a_copy_of_a_reworded_copy_follows_the_first() -> None:
    """Chains end at whoever established the number."""
    first = heard(claim("a", value=95, by=SNHR), "Wire", day(25))
    second = heard(claim("b", value=95, by=("a watchdog",)), "Daily", day(26), reworded="a", likeness=0.95)
    third = heard(claim("c", value=95, by=("a group",)), "Digest", day(27), reworded="b", likeness=0.99)
    assert [name for name, _, _ in said(first, second, third)] == [SNHR[0]] * 3
    fourth = heard(claim("d", value=95, by=("a watchdog",)), "Desk", day(27), of=second.claim.claim_id)
    assert said(first, second, fourth)[2] == (SNHR[0], "copied-text", True)


def test_named_speakers_and_identical_texts_are_certain_and_the_rest_is_not() -> None:
    """A probability below one stands wherever somebody is inferred."""
    told = hear(
        ("Wire", 25, {"value": 95, "by": SOHR}), ("Daily", 26, {"value": 95}), ("Desk", 26, {"value": 40, "by": SNHR})
    )
    copy = heard(claim("x", value=95, by=SOHR), "Digest", day(27), of=told[0].claim.claim_id)
    found = folds([*told, copy])
    sure = [found[h.claim.claim_id].probability for h in (*told, copy)]
    assert sure[0] == sure[2] == sure[3] == 1
    assert 0.5 < sure[1] < 1


def test_a_report_in_the_form_of_another_may_give_somebody_elses_count() -> None:
    """Bulletins alike in form: the Network's twelve is the Network's, though a like report gave the Observatory's twelve."""
    first = heard(claim("a", by=SOHR), "Wire")
    second = heard(claim("b", by=SNHR), "Daily", day(27), reworded="a", likeness=1.0)
    assert [name for name, _, _ in said(first, second)] == [SOHR[0], SNHR[0]]


def test_numbers_of_two_sides_are_no_rivals() -> None:
    """ "Eight civilians died, the spokesman said. Four attackers were dead, too": the four are his as well."""
    told = one_report(
        {"value": 8, "status": Status.CIVILIAN, "by": ("Ida Karim",)},
        {"value": 4, "status": Status.COMBATANT},
        outlet="Daily",
    )
    assert [name for name, _, _ in said(*told)] == ["Ida Karim", "Ida Karim"]
    rival = one_report({"value": 8, "by": ("Ida Karim",)}, {"value": 4}, outlet="Daily")
    assert [name for name, _, _ in said(*rival)] == ["Ida Karim", "Daily"]


def test_a_part_of_an_international_body_is_that_body() -> None:
    """The mission in a country counts as the United Nations; a paper with a town's name first is a paper."""
    assert outlet_origin("United Nations Assistance Mission in Somalia").kind is OriginKind.INTERNATIONAL
    assert outlet_origin("Harbour Nations Gazette").name == "Harbour Nations Gazette"
