"""Drawing with SVG elements: escaped, compact, mirrored for languages that are read from right to left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_ISOLATE, _POP = "\u2068", "\u2069"
_NARROW, _SLIM, _WIDE = frozenset("ijlI.,:;'|!·"), frozenset("frt-()[]/ "), frozenset("mwMW@%—…≥≤→")


def el(tag: str, *content: str, **attributes: str | float | None) -> Markup:
    """Return an element; `class_` is written class, `text_anchor` text-anchor, and None leaves an attribute out.

    >>> el("text", "1 < 2", x=3.0, class_="v")
    Markup('<text x="3" class="v">1 &lt; 2</text>')
    """
    said = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_written(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    inside = "".join(escape(piece) for piece in content)
    return Markup(f"<{tag}{said}>{inside}</{tag}>" if inside else f"<{tag}{said}/>")  # noqa: S704 - escaped above


def group(*content: str, **attributes: str | float | None) -> Markup:
    """Return a group of elements."""
    return el("g", *content, **attributes)


def joined(parts: Iterable[Markup]) -> Markup:
    """Return the parts one after the other."""
    return Markup().join(parts)


def _written(value: str | float) -> str:
    if isinstance(value, str):
        return str(escape(value))
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def width_of(text: str, size: float) -> float:
    """Return about how wide the text is in IBM Plex Sans at this size, in the same units; rather too wide."""
    return sum(map(_em, text)) * size * 1.04


def isolated(name: str) -> str:
    """Return a name that may be in another script, set apart so that it does not disturb the words around it."""
    return f"{_ISOLATE}{name}{_POP}"


def _em(letter: str) -> float:
    if letter in (_ISOLATE, _POP):
        return 0
    if "\u0600" <= letter <= "\u06ff":
        return 0.5 if letter.isdigit() else 0.46
    if letter in _NARROW:
        return 0.29
    if letter in _SLIM:
        return 0.36
    if letter in _WIDE:
        return 0.87
    return 0.62 if letter.isupper() or letter.isdigit() else 0.56


def fitted(text: str, size: float, room: float) -> str:
    """Return the text, cut with an ellipsis where it is wider than the room."""
    if width_of(text, size) <= room:
        return text
    while text and width_of(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers from 0 to `top` lie between `left` and `right`; beyond `top` everything lies at the edge."""

    top: int
    left: float
    right: float

    def __call__(self, n: float) -> float:
        """Return where the number lies."""
        return self.left + (self.right - self.left) * min(n, self.top) / self.top

    def beyond(self, n: float) -> bool:
        """Whether the number lies off the axis."""
        return n > self.top


def top_of(points: Iterable[int], reaches: Iterable[int] = ()) -> int:
    """Return where an axis ends: every point lies on it; what ranges reach to does up to twice the largest point.

    >>> top_of([95, 209, 63]), top_of([63, 200], [205]), top_of([120, 200], [999]), top_of([])
    (209, 205, 400, 1)
    """
    largest = max(points, default=0)
    farthest = max(reaches, default=0)
    return max(largest, min(farthest, 2 * largest) if largest else farthest, 1)


def ticks(top: int, most: int) -> list[int]:
    """Return round numbers from 0 to `top`, at most `most` of them.

    >>> ticks(209, 6), ticks(3, 6)
    ([0, 50, 100, 150, 200], [0, 1, 2, 3])
    """
    for step in (factor * 10**power for power in range(12) for factor in (1, 2, 5)):
        if top // step + 1 <= most:
            return list(range(0, top + 1, step))
    return [0]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places in the order of `wanted`, near them, at least `gap` apart, within low..high if there is room.

    >>> spread([10, 11, 50], 8, 0, 60)
    [10, 18, 50]
    """
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    out = [0.0] * len(wanted)
    at = low - gap
    for n in order:
        at = max(wanted[n], at + gap)
        out[n] = at
    ceiling = high + gap
    for n in reversed(order):
        ceiling = min(out[n], ceiling - gap)
        out[n] = ceiling
    return out


@dataclass(frozen=True, slots=True)
class Canvas:
    """A drawing surface of this width on which x runs in the direction of reading: 0 is where a line of text begins."""

    width: float
    rtl: bool

    def x(self, x: float) -> float:
        """Return where x lies on the page."""
        return self.width - x if self.rtl else x

    def line(self, x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
        """Return a straight line."""
        return self.paths([[(x1, y1), (x2, y2)]], class_)

    def box(self, x1: float, y: float, x2: float, height: float, class_: str) -> Markup:
        """Return a rectangle between x1 and x2, at least half a unit wide."""
        left = min(self.x(x1), self.x(x2))
        return el("rect", x=left, y=y, width=max(abs(x2 - x1), 0.5), height=height, class_=class_)

    def dot(self, x: float, y: float, r: float, class_: str) -> Markup:
        """Return a circle."""
        return el("circle", cx=self.x(x), cy=y, r=r, class_=class_)

    def path(self, points: Iterable[tuple[float, float]], class_: str) -> Markup:
        """Return a broken line through the points."""
        return self.paths([points], class_)

    def paths(self, lines: Iterable[Iterable[tuple[float, float]]], class_: str) -> Markup:
        """Return several broken lines as one element; nothing for none."""
        written = "".join("M" + " ".join(f"{_written(self.x(x))} {_written(y)}" for x, y in line) for line in lines)
        return el("path", d=written, class_=class_) if written else Markup()

    def text(self, x: float, y: float, words: str, class_: str, anchor: str | None = None) -> Markup:
        """Return words that begin at x, or end there, or have it in their middle (anchor None, "end", "middle")."""
        where = "" if anchor is None else f" {anchor}"
        return el("text", words, x=self.x(x), y=y, class_=class_ + where)

    def arrow(self, x: float, y: float, to: float, class_: str) -> Markup:
        """Return an arrow from x to `to` on one height."""
        back = 5 if to > x else -5
        return self.paths([[(x, y), (to, y)], [(to - back, y - 4), (to, y), (to - back, y + 4)]], class_)

    def sheet(self, height: float, label: str, class_: str, *content: str) -> Markup:
        """Return the whole drawing as one SVG element."""
        return el(
            "svg",
            *content,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {_written(self.width)} {_written(height)}",
            class_=class_,
            role="group",
            aria_label=label,
            direction="rtl" if self.rtl else None,
        )
