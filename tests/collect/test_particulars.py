"""What is told about a report, and what is refused."""

from datetime import date

import pytest

from marsad.collect.particulars import Particulars, read_particulars
from marsad.model import Wrong


def test_everything_told() -> None:
    """All fields, their synonyms, in composed letters and single spaces."""
    given = {
        "source": " Radio  Bojaya\u0301 ",
        "published": "2014-11-26",
        "lang": "ES",
        "url": "https://e.org",
        "key": "7",
    }
    assert read_particulars(given, "x") == Particulars("Radio Bojayá", date(2014, 11, 26), "es", "https://e.org", "7")


def test_nothing_told() -> None:
    """Empty fields, and fields that are somebody else's, say nothing."""
    assert (
        read_particulars({"outlet": "  ", "published": None, "title": "Air strike", "tags": "a"}, "x") == Particulars()
    )


def test_what_is_nearer_wins() -> None:
    """A report's own words go before those given for all; what it leaves open is filled in."""
    own, given = Particulars(outlet="Own", lang="ar"), Particulars(outlet="Given", published=date(2014, 11, 26))
    assert own.over(given) == Particulars("Own", date(2014, 11, 26), "ar")


def test_letters_of_many_scripts() -> None:
    """A name in any script is a name; the letters of right-to-left scripts are never taken for tricks."""
    for name in ("المرصد السوري لحقوق الإنسان", "Центр «Досьє»", "خانه‌ی آزادی"):
        assert read_particulars({"outlet": name}, "x").outlet == name


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("published", "26/11/2014", "is not a day written YYYY-MM-DD"),
        ("published", "20141126", "is not a day written YYYY-MM-DD"),
        ("published", "2014-02-30", "is not a day written YYYY-MM-DD"),
        ("published", "2014-W48-3", "is not a day written YYYY-MM-DD"),
        ("published", "٢٠١٤-١١-٢٦", "is not a day written YYYY-MM-DD"),
        ("published", "2014-11-26T10:00:00", "is not a day written YYYY-MM-DD"),
        ("lang", "english", "is not a language code of two letters"),
        ("lang", "e1", "is not a language code of two letters"),
        ("outlet", "x" * 201, "is longer than 200 characters"),
        ("outlet", "Radio \u202eaqqaR", "holds the invisible character U\\+202E"),
        ("outlet", "Radio\x1b[2J", "holds the invisible character U\\+001B"),
        ("address", "https://" + "x" * 2000, "is longer than 2000 characters"),
        ("publishd", "2014-11-26", "is no field marsad knows; write published"),
        ("outlets", "Radio", "is no field marsad knows; write outlet"),
    ],
)
def test_the_impossible_is_told(field: str, value: str, said: str) -> None:
    """An impossible value, and a field name that looks like a slip, is refused, naming file, field and rule."""
    with pytest.raises(Wrong, match=said) as wrong:
        read_particulars({field: value}, "reports/x.txt")
    assert str(wrong.value).startswith("reports/x.txt")
    assert str(wrong.value).isprintable()


def test_contradiction() -> None:
    """Two names for one field must agree."""
    with pytest.raises(Wrong, match='contradicts "A"'):
        read_particulars({"outlet": "A", "source": "B"}, "x")
    assert read_particulars({"outlet": "A", "source": "A"}, "x").outlet == "A"


def test_a_protected_source() -> None:
    """It is marked by true or yes, in any case; what is neither yes nor no is refused, not taken for no."""
    told = [read_particulars({"protected": word}, "x").protected for word in ("true", "YES", "false", "no", "")]
    assert told == [True, True, False, False, None]
    for slip in ({"protected": "1"}, {"protected": "maybe"}, {"protect": "true"}, {"protcted": "true"}):
        with pytest.raises(Wrong, match=r"is neither true nor false|is no field marsad knows; write protected"):
            read_particulars(dict(slip), "x")
