"""Pictures: what the camera wrote beside them (EXIF), and on a screenshot or a scan the words that can be read.

Run in a worker: the picture is opened by Pillow, read by tesseract.
"""

import math
import os
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from marsad.collect.pdf import ocr_text
from marsad.model import Wrong

MOST_PIXELS: Final = 100_000_000
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "MPO")
_GPS, _EXIF = 0x8825, 0x8769
_LONGEST: Final = 2_000
_LARGEST: Final = 3000
"""Pixels of the longer side that tesseract is given."""
_SMALL: Final = 100
"""Pixels of width and height below which nothing can be read."""


def seen(stream: BinaryIO, name: str, ocr: str = "ara+eng") -> Iterator[dict[str, Any]]:
    """Yield one item: width, height, format, `exif` by the names of its tags, latitude, longitude, and the words `read`.

    What is not told is None. Words are read only where no camera is named: on a screenshot or a scan they are what it
    shows, on a photograph mostly noise. Raises Wrong for what is no picture, and for more than 100 million pixels.
    """
    try:
        from PIL import ExifTags, Image
    except ImportError as fault:
        raise Wrong(name, None, "needs Pillow, which is not installed", "pip install 'marsad[collect]'") from fault

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses at twice of it
    try:
        with Image.open(stream, formats=_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Wrong(name, None, f"has more than {MOST_PIXELS:,} pixels", "save it smaller")
            found = picture.getexif()
            tags = {ExifTags.TAGS.get(tag, f"tag {tag}"): _said(value) for tag, value in found.items()}
            tags |= {ExifTags.TAGS.get(t, f"tag {t}"): _said(v) for t, v in found.get_ifd(_EXIF).items()}
            gps = {ExifTags.GPSTAGS.get(t, str(t)): v for t, v in found.get_ifd(_GPS).items()}
            size, form = picture.size, picture.format
            words = _words(picture, ocr) if ocr and "Make" not in tags and min(size) >= _SMALL else None
    except Wrong:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise Wrong(name, None, f"has more than {MOST_PIXELS:,} pixels", "save it smaller") from fault
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, ZeroDivisionError, OverflowError) as fault:
        raise Wrong(name, None, "is no picture that can be opened", "save it as JPEG or PNG") from fault
    yield {
        "width": size[0],
        "height": size[1],
        "format": form,
        "exif": {
            key: value for key, value in tags.items() if value and key not in ("MakerNote", "GPSInfo", "ExifOffset")
        },
        "latitude": _degrees(gps.get("GPSLatitude"), gps.get("GPSLatitudeRef"), "S"),
        "longitude": _degrees(gps.get("GPSLongitude"), gps.get("GPSLongitudeRef"), "W"),
        "read": words,
    }


def _words(picture: Any, ocr: str) -> str | None:
    try:
        picture.draft(
            "L", (_LARGEST, _LARGEST)
        )  # a JPEG is opened smaller; others are made smaller before anything else
        grey = picture.reduce(max(1, max(picture.size) // _LARGEST)).convert("L")
    except MemoryError:
        return None  # larger than a worker's memory: what the camera wrote is kept, its words are not read
    if max(grey.size) < 1200:  # letters of a screen are too small for tesseract
        grey = grey.resize((grey.width * 2, grey.height * 2))
    grey.thumbnail((_LARGEST, _LARGEST))
    grey.save("picture.png")
    found = ocr_text("picture.png", ocr)
    os.remove("picture.png")  # noqa: PTH107 - the worker's own folder
    return found or None


def _said(value: Any) -> str:
    if isinstance(value, bytes):
        for prefix, charset in ((b"UNICODE\0", "utf-16-be"), (b"ASCII\0\0\0", "ascii")):
            if value.startswith(prefix):
                value = value[8:].decode(charset, "ignore")
                break
        else:
            value = value.decode("utf-8", "ignore") if value.isascii() or len(value) < 200 else ""
    return "".join(c if c.isprintable() else " " for c in str(value)[:_LONGEST]).strip()


def _degrees(value: Any, side: Any, negative: str) -> float | None:
    """Return degrees, minutes and seconds as degrees; None where they are none."""
    try:
        degrees, minutes, seconds = (float(part) for part in value)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    found = degrees + minutes / 60 + seconds / 3600
    if math.isnan(found) or found > 180:
        return None
    return round(-found if str(side).upper().startswith(negative) else found, 6)
