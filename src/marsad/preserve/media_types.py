"""What bytes are, by what they begin with, whatever their sender called them."""

import codecs

_BEGINNINGS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp3g", "video/3gpp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"WARC/1.", "application/warc"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"SQLite format 3\0", "application/vnd.sqlite3"),
    (0, b"{\\rtf", "application/rtf"),
)
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (b"mimetypeapplication/epub+zip", "application/epub+zip"),
    (b"archive/", "application/wacz"),
)
_LOOKED_AT = 4096
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def media_type_of(data: bytes) -> str:
    """Return the media type of these bytes, by their first 4 KiB; `application/octet-stream` where they tell nothing.

    >>> [media_type_of(data) for data in (b"%PDF-1.7", b"<!doctype html><p>", "قُتل 95".encode(), bytes(9))]
    ['application/pdf', 'text/html', 'text/plain', 'application/octet-stream']
    """
    head = data[:_LOOKED_AT]
    for at, beginning, media_type in _BEGINNINGS:
        if head.startswith(beginning, at):
            return media_type
    if head.startswith(b"PK\x03\x04"):
        return next((media_type for mark, media_type in _ZIPPED if mark in head), "application/zip")
    return _text_type(head, len(data) > _LOOKED_AT)


def _text_type(head: bytes, cut: bool) -> str:
    if head.startswith(_MARKS[1:]):
        return "text/plain"
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head, final=not cut)
    except UnicodeDecodeError:
        return "application/octet-stream"
    if "\0" in text:
        return "application/octet-stream"
    start = text.removeprefix("\ufeff").lstrip()[:200].lower()
    if start.startswith("<?xml"):
        return "application/xhtml+xml" if "<html" in text.lower() else "application/xml"
    if start.startswith(("<!doctype html", "<html", "<head", "<body")):
        return "text/html"
    if start.startswith(("{", "[")) and text.rstrip().endswith(("}", "]")):
        return "application/json"
    return "text/plain"
