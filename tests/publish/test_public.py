"""The public models: written by hand, closed, and every field of them accounted for."""

import ast
import dataclasses
import tomllib
import types
import unicodedata
from datetime import date
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad import model
from marsad.publish import public
from marsad.publish.public import PublicText, compose

MODELS: list[type] = [
    kind
    for name, kind in vars(public).items()
    if name.startswith("Public") and isinstance(kind, type) and dataclasses.is_dataclass(kind)
]
SOURCE = Path(str(resources.files("marsad")))
PLAIN = (int, float, bool, date, PublicText, type(None))


def parts(hint: Any) -> list[Any]:
    """Return the types that a hint is made of."""
    if get_origin(hint) in (Union, types.UnionType, tuple):
        return [part for one in get_args(hint) if one is not Ellipsis for part in parts(one)]
    return [hint]


@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.__name__)
def test_a_public_model_holds_public_things_alone(kind: type) -> None:
    """Every field is a number, a day, a truth, composed text, a closed list, another public model, or a tuple of them."""
    for name, hint in get_type_hints(kind).items():
        for part in parts(hint):
            known = part in PLAIN or part in MODELS or (isinstance(part, type) and issubclass(part, StrEnum))
            assert known, f"{kind.__name__}.{name} is {part}"


@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.__name__)
def test_a_public_model_is_frozen_and_descends_from_nothing(kind: type) -> None:
    """No private value is inherited, and none can be put in later."""
    assert kind.__mro__ == (kind, object)
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert not hasattr(kind, "__dict__") or "__slots__" in vars(kind)


def test_every_public_field_says_why_it_is_told_and_what_it_risks() -> None:
    """The list of public fields names each field and no other."""
    told = tomllib.loads((resources.files("marsad.resources") / "public_fields.toml").read_text("utf-8"))
    listed = {f"{kind}.{field}" for kind, fields in told.items() for field in fields}
    there = {f"{kind.__name__}.{field.name}" for kind in MODELS for field in dataclasses.fields(kind)}
    assert listed == there
    for fields in told.values():
        for field, entry in fields.items():
            assert set(entry) == {"why", "risk"}, field
            assert all(len(sentence) > 3 for sentence in entry.values()), field


@pytest.mark.parametrize(
    ("private", "told", "never"),
    [
        (model.Measure, public.PublicMeasure, {"population"}),
        (model.Category, public.PublicCategory, set()),
        (model.Bound, public.PublicBound, set()),
        (model.Status, public.PublicStatus, set()),
        (model.Modality, public.PublicModality, set()),
        (model.Scope, public.PublicScope, set()),
        (model.Role, public.PublicRole, {"rejected"}),
        (model.OriginKind, public.PublicKind, set()),
        (model.Standing, public.PublicStanding, set()),
        (model.Grade, public.PublicGrade, set()),
    ],
)
def test_every_term_of_the_model_is_told_or_kept_back_on_purpose(
    private: type[StrEnum], told: type[StrEnum], never: set[str]
) -> None:
    """No new member of a private list can pass, or be lost, without somebody deciding it here."""
    assert {one.value for one in private} - never == {one.value for one in told}


def test_public_text_is_made_by_compose_alone() -> None:
    """The type cannot be called, and no other file makes one past its constructor."""
    with pytest.raises(TypeError, match="compose"):
        PublicText("Abu Salim")
    for path in (SOURCE / "publish").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("PublicText", "str.__new__", "cast"):
                assert path.name == "public_lists.py", f"{path}: {ast.unparse(node)}"


@given(st.text(max_size=400), st.integers(10, 300))
def test_composed_text_is_one_visible_line_within_its_limit(words: str, limit: int) -> None:
    """Whatever comes in: no control or direction mark, single blanks, not too long, and composing again changes nothing."""
    text = compose(words, limit)
    assert len(text) <= limit
    assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")]
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")
    assert text == " ".join(text.split())
    assert compose(text, limit) == text


def test_composing_takes_no_time_on_a_mountain_of_marks() -> None:
    """A word with half a million combining marks is cut before it is put in order."""
    assert len(compose("a" + "\u0301\u0323" * 250_000, 100)) == 100
