"""Documents as files: each read in a worker, its text a report, the file itself the original."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.util import find_spec
from typing import Any

from marsad.collect.how import How
from marsad.collect.incoming import LIMIT, Found, Incoming, Original
from marsad.collect.messages import day_of
from marsad.collect.particulars import Particulars
from marsad.collect.row_reports import STAGE, one_line
from marsad.collect.sources import Source
from marsad.collect.workers import Limits, Workers
from marsad.model import Wrong
from marsad.model.ids import content_id
from marsad.stage import Rejection
from marsad.text.row_lines import ROW, Cell, row_text

OCR = Limits(seconds=300, cpu=300)
_QUICK = Limits(per_megabyte=15)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PICTURES = {
    ".png": "image/png",
    ".webp": "image/webp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".gif": "image/gif",
}
_FEWEST_LETTERS = 12
_DATES = ("DateTimeOriginal", "DateTimeDigitized", "DateTime")
_CAPTIONS = ("ImageDescription", "XPComment", "UserComment")


def pdf(source: Source, given: Particulars, _how: How, workers: Workers) -> Iterator[Found]:
    """Yield the report that a PDF is, its pages one after another. Pages that nobody can read are named in its front matter."""
    pages = workers.read(
        "marsad.collect.pdf:pages", source.handle, name=source.name, options={"name": source.name}, limits=OCR
    )
    texts: list[str] = []
    blank: list[int] = []
    readers: dict[str, None] = {}
    for page in pages:
        if page["text"]:
            texts.append(page["text"])
            readers.setdefault(page["by"])
        else:
            blank.append(page["number"])
    if not texts:
        raise Wrong(
            source.name, None, "holds no text, and none can be read on its pages", "run OCR on it, or type it off"
        )
    without = ", ".join(map(str, blank))
    head = {
        "read_by": " and ".join(readers),
        "pages": str(len(texts) + len(blank)),
        "pages_without_text": without or None,
    }
    yield _report(source, given, "pdf", "application/pdf", "\n\n".join(texts), head)


def docx(source: Source, given: Particulars, _how: How, workers: Workers) -> Iterator[Found]:
    """Yield the report that a Word document is."""
    [told] = workers.read(
        "marsad.collect.docx:words", source.handle, name=source.name, options={"name": source.name}, limits=_QUICK
    )
    head = {key: told[key] for key in ("title", "created", "modified")}
    yield _report(source, given, "docx", _DOCX, told["text"], head)


def page(source: Source, given: Particulars, _how: How, workers: Workers) -> Iterator[Found]:
    """Yield the report that a saved web page is: its text without menus; day and outlet as the page says, if it does."""
    if find_spec("trafilatura") is None:
        raise Wrong(source.name, None, "needs trafilatura, which is not installed", "pip install 'marsad[collect]'")
    [told] = workers.read("marsad.collect.web.page:readable", source.handle, name=source.name, limits=_QUICK)
    published = datetime.fromisoformat(told["published"]).date() if told["published"] else None
    outlet = " ".join(one_line(told["outlet"] or "").split())[:200] or None
    lang = told["lang"] if told["lang"] and len(told["lang"]) == 2 else None
    own = given.over(Particulars(outlet, published, lang))
    title = told["title"] or ""
    text = told["text"] if not title or title in told["text"] else f"{title}\n\n{told['text']}"
    yield _report(
        source, own, "html", "text/html", text, {"title": title, "author": told["author"], "read_by": "trafilatura"}
    )


def mail(source: Source, given: Particulars, how: How, workers: Workers) -> Iterator[Found]:
    """Yield the report that an e-mail is; letters to a team are protected unless somebody says otherwise."""
    yield from _mails(source, given, how, workers, "marsad.collect.mail:message", "message/rfc822")


def mailbox(source: Source, given: Particulars, how: How, workers: Workers) -> Iterator[Found]:
    """Yield the reports that the e-mails in an mbox file are."""
    yield from _mails(source, given, how, workers, "marsad.collect.mail:messages", "application/mbox")


def _mails(
    source: Source, given: Particulars, how: How, workers: Workers, parser: str, media_type: str
) -> Iterator[Found]:
    original = source.original(media_type)
    items = workers.read(parser, source.handle, name=source.name, options={"name": source.name}, limits=_QUICK)
    for told in items:
        if "refused" in told:
            yield Rejection(source.name, STAGE, told["refused"])
            continue
        head = {"message": told["id"], "sent": told["sent"], "sender": told["sender"], "media": told["attached"]}
        sent = day_of(datetime.fromisoformat(told["sent"]), how.zone) if told["sent"] else None
        own = Particulars(published=sent).over(given).over(Particulars(protected=True))
        number = f" message {told['number']}" if "number" in told else ""
        yield _report(source, own, "mail", media_type, told["text"], head, original, number)


def picture(source: Source, given: Particulars, _how: How, workers: Workers) -> Iterator[Found]:
    """Yield what a camera wrote beside a picture, as lines of cells, and the words on a screenshot or in a caption."""
    options = {"name": source.name}
    [told] = workers.read("marsad.collect.picture:seen", source.handle, name=source.name, options=options, limits=OCR)
    media_type = _PICTURES.get(source.suffix, "image/jpeg")
    original = source.original(media_type)
    exif: Mapping[str, str] = told["exif"]
    taken = next((exif[tag] for tag in _DATES if exif.get(tag)), None)
    cells = [Cell("date", tag, exif[tag].replace(":", "-", 2)) for tag in _DATES if exif.get(tag) == taken and taken][
        :1
    ]
    for field in ("latitude", "longitude"):
        if told[field] is not None:
            cells.append(Cell(field, f"GPS{field.capitalize()}", str(told[field])))
    cells += [Cell("", key, value) for key, value in sorted(exif.items())]
    cells += [Cell("", key, str(told[key])) for key in ("format", "width", "height")]
    yield _report(source, given, ROW, media_type, row_text(cells), {"set": "picture"}, original)
    words = [exif[tag] for tag in _CAPTIONS if exif.get(tag)] + ([told["read"]] if told["read"] else [])
    text = "\n\n".join(dict.fromkeys(words))
    if sum(letter.isalpha() for letter in text) >= _FEWEST_LETTERS:
        head = {"read_by": "tesseract" if told["read"] else "EXIF", "taken": taken}
        yield _report(source, given, "picture", media_type, text, head, original, " words")


def _report(
    source: Source,
    told: Particulars,
    kind: str,
    media_type: str,
    text: str,
    head: Mapping[str, Any],
    original: Original | None = None,
    number: str = "",
) -> Found:
    where = f"{source.name}{number}"
    text = text.replace("\0", "").encode("utf-8", "replace").decode()
    if len(text) > LIMIT:
        return Rejection(where, STAGE, f"{where}: is longer than {LIMIT:,} characters; split it.")
    if told.outlet is None:
        raise Wrong(where, None, "does not say who printed it", 'give --outlet "NAME"')
    original = original or source.original(media_type)
    lines = {"kind": kind, "file": original.sha256, **head}
    front = "".join(f"{key}: {line}\n" for key, value in lines.items() if value and (line := one_line(str(value))))
    return Incoming(
        where,
        f"---\n{front}---\n{text}".encode(),
        told.outlet,
        told.published,
        told.lang,
        told.address,
        told.key or content_id("document", kind, told.outlet, original.sha256, text),
        protected=bool(told.protected),
        original=original,
        keyed_by_content=told.key is None,
    )
