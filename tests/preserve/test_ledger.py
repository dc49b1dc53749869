"""The ledger's leaves: what they show and what they keep to themselves."""

import hashlib
import hmac
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.preserve.ledger import Entry, Leaf, commitment, opens, seal

NOW = "2026-11-22T10:00:00.000000Z"


def counting(size: int) -> bytes:
    return bytes(i % 251 for i in range(size))


def test_commitment_is_an_hmac_of_canonical_json() -> None:
    """The commitment can be recomputed with nothing but the standard: HMAC-SHA256 of the JSON, keys sorted."""
    payload = '{"content":{"a":1,"outlet":"الرقة"},"kind":"report"}'.encode()
    expected = hmac.new(b"s" * 32, payload, hashlib.sha256).hexdigest()
    assert commitment(b"s" * 32, "report", {"outlet": "الرقة", "a": 1}) == expected


@settings(max_examples=40)
@given(st.dictionaries(st.text(max_size=5), st.one_of(st.none(), st.integers(), st.text(max_size=9)), max_size=4))
def test_a_seal_opens_with_its_own_content_only(content: dict[str, object]) -> None:
    """Salt and content open the leaf; another salt, another kind or anything added to the content does not."""
    leaf = seal([Entry("report", "r", content)], 0, NOW, "intake", counting)[0].leaf
    salt = counting(32)
    assert opens(leaf, salt, content)
    assert not opens(leaf, salt[::-1], content)
    assert not opens(leaf, salt, {**content, "a field more": 1})
    assert not opens(Leaf(0, NOW, "release", "r", "intake", leaf.commitment), salt, content)


def test_a_leaf_shows_no_content() -> None:
    """Nothing of what is sealed, and no salt, stands in the leaf's bytes."""
    content = {"outlet": "Radio Raqqa", "address": "https://example.org/one"}
    sealed = seal([Entry("report", "r", content)], 7, NOW, "intake", counting)[0]
    data = sealed.leaf.data()
    assert b"Raqqa" not in data
    assert b"example" not in data
    assert sealed.salt not in data
    assert sealed.salt.hex().encode() not in data
    assert json.loads(data)["seq"] == 7


def test_every_leaf_has_its_own_salt() -> None:
    """Equal contents get different commitments: nobody can tell from the ledger that two things are the same."""
    sealed = seal([Entry("report", "r", {"a": 1})] * 5, 3, NOW, "intake", counting)
    assert len({s.leaf.commitment for s in sealed}) == 5
    assert [s.leaf.seq for s in sealed] == [3, 4, 5, 6, 7]
    assert b"".join(s.salt for s in sealed) == counting(160)


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b"\xff", b'{"seq":0}', b"[" * 100_000, Leaf(0, NOW, "a", "b", "c", "d").data() + b" "],
)
def test_other_bytes_are_no_leaf(data: bytes) -> None:
    """Only the canonical bytes of a leaf are a leaf; the same JSON with a space more is none."""
    with pytest.raises(ValueError, match="not a ledger leaf"):
        Leaf.of(data)
