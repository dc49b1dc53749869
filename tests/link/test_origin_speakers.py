"""Who a name is: the same body through many mouths, the same house under many names, and strangers who stay apart."""

import pytest
from told import DUMA, claim

from marsad.link.speakers import counts_for_itself, origin_named, outlet_origin, wire_origin
from marsad.model import OriginKind


def called(name: str) -> str:
    """Return the name of the origin that a speaker is, of an incident in Duma."""
    return origin_named(claim(by=(name,), place=DUMA)).name


@pytest.mark.parametrize(
    "names",
    [
        (
            "health ministry",
            "the health ministry",
            "a health ministry official",
            "health officials",
            "Duma health ministry",
            "وزارة الصحة",
        ),
        ("the authorities", "officials", "local officials", "official figures", "Duma officials", "السلطات"),
        ("UN", "United Nations", "UN observers", "UN (spokesman)", "مراقبو الأمم المتحدة"),
        ("AFP", "an AFP correspondent", "AFP correspondent"),
        ("Harbour Prosecutor", "Harbour Prosecutor report", "Harbour Prosecutor (Vale)"),
    ],
)
def test_one_body_through_many_mouths_is_one_origin(names: tuple[str, ...]) -> None:
    """An official of a ministry, its report and its spokesman are the ministry; titles and brackets name nobody else."""
    assert len({called(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("health ministry", "Nawa health ministry"),
        ("the authorities", "Nawa authorities"),
        ("health officials", "officials"),
        ("Syrian Observatory for Human Rights", "Syrian Network for Human Rights"),
        ("Harbour Prosecutor", "Harbour League"),
        ("doctors", "activists"),
    ],
)
def test_other_bodies_stay_apart(one: str, other: str) -> None:
    """The ministry of another place, another office, another organisation: two origins."""
    assert called(one) != called(other)


def test_a_name_that_is_all_title_keeps_it() -> None:
    """A "spokesman" of nobody is still somebody."""
    assert called("spokesman") == "spokesman"


def test_outlets_of_one_house_are_one_voice() -> None:
    """An Arabic and an English edition, and the site of a broadcaster, share their newsroom; other outlets do not."""
    assert len({outlet_origin(name).name for name in ("BBC", "BBC Arabic", "www.bbc.co.uk", "بي بي سي")}) == 1
    assert outlet_origin("Radio").name == "Radio"


def test_who_counts_for_itself() -> None:
    """A monitor's own page counts; an outlet, and an agency, pass on."""
    assert counts_for_itself(outlet_origin("Syrian Network for Human Rights"))
    assert not counts_for_itself(outlet_origin("Radio"))
    assert not counts_for_itself(wire_origin("AFP"))
    assert wire_origin("news agencies").kind is OriginKind.UNNAMED
