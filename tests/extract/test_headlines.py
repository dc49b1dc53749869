"""A headline tells roughly what the text tells."""

import pytest
from little_ground import read


@pytest.mark.parametrize(
    ("headline", "town"),
    [
        ("Raid near Raqqa kills nine", "Raqqa"),
        ("Raid in Syria kills nine", "Ariha"),
        ("Raid south of Idlib kills nine", "Ariha"),
        ("Raid in Idlib province kills nine", "Ariha"),
    ],
)
def test_a_headline_is_where_the_text_says_that_it_was(headline: str, town: str) -> None:
    """What a title tells roughly of the same number is where the text tells it nearer; not what lies far from there."""
    claims = read(f"{headline}\n\nNine people were killed in Ariha, Syria, on Monday.", "en")
    assert [claim.place.name if claim.place else None for claim in claims] == [town, "Ariha"]
