"""Perceptual hashes of pictures: alike for what looks alike; bombs are refused unopened."""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.collect.perceptual import perceptual
from marsad.collect.workers import Limits, Workers
from marsad.model import Wrong

Image = pytest.importorskip("PIL.Image", reason="needs the extra `collect`")
pytest.importorskip("pdqhash", reason="needs the extra `collect`")


def drawn(seed: int) -> Any:
    """Return a picture of sixty rectangles that no other seed gives."""
    from random import Random

    from PIL import ImageDraw

    chance, made = Random(seed), Image.new("RGB", (640, 480), "white")  # noqa: S311 - no secret
    for _ in range(60):
        x, y = chance.randrange(600), chance.randrange(440)
        colour = tuple(chance.randrange(256) for _ in range(3))
        ImageDraw.Draw(made).rectangle(
            (x, y, x + chance.randrange(30, 200), y + chance.randrange(30, 200)), fill=colour
        )
    return made


def saved(picture: Any, kind: str, **how: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def code(data: bytes) -> int:
    (found,) = perceptual(io.BytesIO(data))
    assert found["quality"] >= 50
    return int(found["hash"], 16)


def test_a_picture_saved_anew_is_still_that_picture() -> None:
    """Half the size, poor JPEG, another format: at most 31 of 256 bits apart; another picture is far from it."""
    first = drawn(1)
    original = code(saved(first, "PNG"))
    for copy in (
        saved(first, "JPEG", quality=30),
        saved(first.resize((320, 240)), "JPEG", quality=60),
        saved(first, "WEBP", quality=50),
    ):
        assert (original ^ code(copy)).bit_count() <= 31
    assert (original ^ code(saved(drawn(2), "PNG"))).bit_count() > 80


def png(width: int, height: int) -> bytes:
    """Return a PNG that says it is this large and holds a few bytes that unfold to zeros."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1 << 20)))
        + chunk(b"IEND", b"")
    )


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, Limits(seconds=60, cpu=2)) as made:
        yield made


@pytest.mark.parametrize("size", [(50_000, 50_000), (2**31 - 1, 2**31 - 1), (70_000_000, 1), (1, 70_000_000)])
def test_a_pixel_bomb_is_refused_before_it_is_unfolded(size: tuple[int, int], workers: Workers) -> None:
    """A small file that says it has two thousand million pixels is refused for that, not stopped at the worker's limits."""
    with pytest.raises(Wrong, match=r"has more than .* pixels|cannot be read"):
        list(workers.read("marsad.collect.perceptual:perceptual", png(*size), name="bomb.png"))


@pytest.mark.long
@given(st.data())
def test_any_damage_is_a_hash_or_wrong(draw: st.DataObject) -> None:
    """A picture with bytes changed anywhere has a hash or is Wrong, and raises nothing else."""
    data = bytearray(
        draw.draw(st.sampled_from([saved(drawn(3).resize((40, 30)), kind) for kind in ("PNG", "JPEG", "GIF", "WEBP")]))
    )
    for _ in range(draw.draw(st.integers(1, 6))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    try:
        (found,) = perceptual(io.BytesIO(bytes(data)))
    except Wrong:
        return
    assert len(found["hash"]) == 64
