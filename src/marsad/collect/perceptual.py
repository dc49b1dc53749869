"""A picture's perceptual hash (PDQ): alike for pictures that look alike, whatever became of their bytes. Read it in a worker."""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from marsad.model import Wrong

_PIXELS: Final = 64_000_000
_REMEDY: Final = "save it smaller, or leave it out"
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")


def perceptual(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    """Yield one item: hash (PDQ, 64 hexadecimal digits), quality (0 to 100), width and height in pixels.

    A quality below 50 says that the picture is too plain to be told from others. Raises Wrong for what is no picture, and,
    before it is unfolded, for one of more than 64 million pixels.
    """
    import numpy as np
    import pdqhash
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = _PIXELS
    try:
        with Image.open(stream, formats=_FORMATS) as picture:
            width, height = picture.size
            if width * height > _PIXELS:
                raise Wrong("picture", f"{width:,}×{height:,}", f"has more than {_PIXELS:,} pixels", _REMEDY)
            picture.draft("RGB", (1024, 1024))
            picture.thumbnail((1024, 1024))
            bits, quality = pdqhash.compute(np.asarray(picture.convert("RGB")))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as fault:
        if isinstance(fault, Wrong):
            raise
        raise Wrong("picture", None, f"cannot be read ({' '.join(str(fault).split())[:100]})", _REMEDY) from fault
    code = np.packbits(bits.astype(bool)).tobytes().hex()
    yield {"hash": code, "quality": int(quality), "width": width, "height": height}
