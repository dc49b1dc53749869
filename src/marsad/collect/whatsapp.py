"""WhatsApp's export of a chat as text: a line a message, the date as the telephone writes dates, in any of its orders."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice, pairwise

from marsad.collect.messages import Message

_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_SPACES = str.maketrans({"\u202f": " ", "\u00a0": " ", "،": ","})
_HALF = r"(?:a\.?m\.?|p\.?m\.?|ص|م|de la (?:mañana|tarde|noche|madrugada))"
_WHEN = (
    r"(?P<date>\d{1,4}[./-]\d{1,2}[./-]\d{1,4}),?\.? *(?:um |at |à |las )?"
    rf"(?P<time>\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?: ?{_HALF})?)"
)
_HEAD = re.compile(rf"\[{_WHEN}\] ?(?P<rest>.*)", re.IGNORECASE)
_DASHED = re.compile(rf"{_WHEN} [-–] (?P<rest>.*)", re.IGNORECASE)
_SENDER = re.compile(r"""(?P<sender>[^:"“«\n]{1,80}): """)
_LOOKED_AT = 2000
_MEDIA = re.compile(
    r"<(?:media omitted|attached: [^>]+|multimedia omitido|médias omis|medien ausgeschlossen|media omessi"
    r"|تم استبعاد الوسائط|вміст не надано)>"
    r"|(?:image|video|audio|sticker|gif|document|contact card) omitted"
    r"|(?:تم استبعاد|إدراج) (?:الصورة|الفيديو|الملصق|الصوت|المستند|الوسائط)|\u200e?<تم إرفاق[^>]*>"
    r"|[^\n/\\]{1,120}\.(?:jpg|jpeg|png|webp|mp4|3gp|opus|m4a|pdf|docx?|xlsx?|vcf) "
    r"\((?:file attached|archivo adjunto|fichier joint|Datei angehängt|الملف مرفق|ملف مرفق)\)",
    re.IGNORECASE,
)
_DELETED = re.compile(
    r"(?:this message was deleted|you deleted this message|تم حذف هذه الرسالة|لقد حذفت هذه الرسالة|eliminaste este mensaje"
    r"|se eliminó este mensaje|ce message a été supprimé|null|waiting for this message\.?.*)\.?",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r" ?<(?:this message was edited|تم تعديل هذه الرسالة|se editó este mensaje|ce message a été modifié)>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A message as its lines have it: the three numbers of its date in the order in which they stand."""

    line: int
    numbers: tuple[int, int, int]
    written: str
    sender: str | None
    text: str


def is_export(head: str) -> bool:
    """Tell whether a text that begins like this is an export of WhatsApp: its first words are a date, a time and a mark.

    >>> is_export("[26/11/2014, 09:15:00] Salem: Two were killed."), is_export("26/11/2014: Two were killed.")
    (True, False)
    """
    lines = [_plain(line) for line in head.splitlines()[:40] if line.strip()]
    begun = [line for line in lines if _head(line)]
    return bool(begun) and _head(lines[0]) is not None and (len(lines) < 3 or len(begun) > 1)


def whatsapp_messages(lines: Iterable[str]) -> Iterator[Message]:
    """Yield the messages of an export; lines of the program itself ("X joined") and messages without words are left out.

    Whether 03/04 is in March or in April is told by the other dates of the export: by a number above 12, and else by the
    order in which the messages stand, which is that of time. Where neither tells, the day comes first.
    """
    source = _begun(lines)
    first = list(islice(source, _LOOKED_AT))
    order = _order([begun.numbers for begun in first])
    for begun in chain(first, source):
        found = _message(begun, order)
        if found is not None:
            yield found


def _plain(line: str) -> str:
    return _MARKS.sub("", line).translate(_SPACES).translate(_DIGITS).strip("\r\n")


def _head(plain: str) -> re.Match[str] | None:
    return _HEAD.fullmatch(plain) or _DASHED.fullmatch(plain)


def _begun(lines: Iterable[str]) -> Iterator[_Begun]:
    """Yield messages with all of their lines, their words as they stand, marks of direction included."""
    now: _Begun | None = None
    parts: list[str] = []
    for at, raw in enumerate(lines, 1):
        line = raw.rstrip("\r\n")
        head = _head(_plain(line)) if _may_begin(line) else None
        if head is None:
            parts.append(line)
            continue
        if now is not None:
            yield replace(now, text="\n".join([now.text, *parts]))
        parts = []
        one, two, three = (int(part) for part in re.split(r"[./-]", head["date"]))
        sender = _SENDER.match(head["rest"])
        text = line[line.index(": ") + 2 :] if sender and ": " in line else ""
        written = f"{head['date']} {head['time']}"
        now = _Begun(at, (one, two, three), written, sender and sender["sender"].strip("~ "), text)
    if now is not None:
        yield replace(now, text="\n".join([now.text, *parts]))


def _may_begin(line: str) -> bool:
    """Tell whether a line may begin a message: a digit or a bracket stands at its start. Long lines are spared the pattern."""
    start = _MARKS.sub("", line[:12]).lstrip("[ ")
    return start[:1].isdigit()


def _order(dates: list[tuple[int, int, int]]) -> str:
    """Return the order of day, month and year in the export: "dmy", "mdy" or "ymd"."""
    if any(one > 31 for one, _, _ in dates):
        return "ymd"
    if any(one > 12 for one, _, _ in dates):
        return "dmy"
    if any(two > 12 for _, two, _ in dates):
        return "mdy"
    back = Counter({order: _steps_back(dates, order) for order in ("dmy", "mdy")})
    return "mdy" if back["mdy"] < back["dmy"] else "dmy"


def _steps_back(dates: list[tuple[int, int, int]], order: str) -> int:
    """Return how often a message would stand before an earlier one."""
    days = [day for numbers in dates if (day := _date(numbers, order)) is not None]
    return sum(later < earlier for earlier, later in pairwise(days))


def _date(numbers: tuple[int, int, int], order: str) -> date | None:
    told = dict(zip(order, numbers, strict=True))
    year = told["y"] + 2000 if told["y"] < 100 else told["y"]
    try:
        return date(year, told["m"], told["d"])
    except ValueError:
        return None


def _message(begun: _Begun, order: str) -> Message | None:
    if begun.sender is None:
        return None  # the program's own line: nobody said it
    text = begun.text
    media = [" ".join(_MARKS.sub("", found.group()).split()) for found in _MEDIA.finditer(text)]
    if text.startswith("\u200e") and not media:
        return None  # an iPhone puts this mark before what the program says in somebody's name
    edited = _EDITED.search(text)
    text = _EDITED.sub("", text)
    words = _MEDIA.sub("", text).strip("\u200e\u200f \n")
    if not words or _DELETED.fullmatch(words):
        return None
    return Message(
        f"line {begun.line}",
        words,
        _date(begun.numbers, order),
        begun.written,
        begun.sender,
        edited="yes" if edited else None,
        media="; ".join(media)[:400] or None,
    )
