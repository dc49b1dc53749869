"""Who established a number, as against who printed it."""

import pytest
from told import GOVERNMENT, SNHR, SOHR, at_least, children, civilians, claim, day, hear, heard, nobody

from marsad.link.origins import folds, origin_named, outlet_origin
from marsad.model import Claim, ClaimId, Fold, Measure, OriginKind, Scope
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
