"""Whether two names are of one speaker."""

import pytest

from marsad.evaluate.aliases import Speakers

SPEAKERS = Speakers(
    {"Lantern": ["the lantern network", "شبكة الفانوس", "réseau fanal"], "UN": ["united nations", "الأمم المتحدة"]}
)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("LANTERN", "Lantern"),
        ("شبكة الفانوس", "Lantern"),
        ("the head of réseau fanal in Homs", "Lantern"),
        ("Lantern (by telephone)", "Lantern"),
        ("the UN", "UN"),
        ("Hunan officials", "hunan officials"),
        ("un fonctionnaire", "un fonctionnaire"),
        ("The Harbour Master (retired)", "harbour master"),
        ("", None),
        (None, None),
    ],
)
def test_a_name_folds_to_its_main_form(name: str | None, folded: str | None) -> None:
    """An alias counts whole or inside a longer name; a short one only whole, as "un" stands in many words."""
    assert SPEAKERS.fold(name) == folded


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Lantern", "شبكة الفانوس", True),
        (None, None, True),
        (None, "Lantern", False),
        ("hospital director Nabil", "the director", True),
        ("a doctor at the field hospital", "two neighbours", False),
        ("مدير المستشفى الميداني", "مدير المستشفى", True),
    ],
)
def test_two_names_are_one_speaker_if_they_fold_alike_or_share_half_their_words(
    one: str | None, other: str | None, same: bool
) -> None:
    """Half of the long words of the shorter name suffice; nobody is the same as nobody."""
    assert SPEAKERS.same(one, other) is same
    assert SPEAKERS.same(other, one) is same
