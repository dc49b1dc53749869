"""Pictures of estimates, as SVG made here: no library, the same bytes each time, readable without colour.

Each function returns a `Picture`; a notebook shows it, `str` gives the SVG. Titles are for people who cannot see it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from marsad.estimate.mixture import quantile
from marsad.estimate.result import Floats, Result
from marsad.estimate.table import CaptureTable

_INK, _SOFT, _ACCENT = "#1b1b1b", "#8a8a8a", "#0b5394"


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG."""

    svg: str

    def __str__(self) -> str:
        return self.svg

    def _repr_svg_(self) -> str:
        return self.svg


def _framed(title: str, width: float, height: float, parts: Sequence[str]) -> Picture:
    body = "".join(parts)
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" role="img" font-family="sans-serif" font-size="11"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return Picture(f"{head}<title>{escape(title)}</title>{body}</svg>")


def _text(x: float, y: float, words: str, anchor: str = "start", fill: str = _INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}">{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, ink: str = _INK, width: float = 1.0) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{ink}" stroke-width="{width}"/>'


def _box(x: float, y: float, width: float, height: float, fill: str, words: str = "") -> str:
    title = f"<title>{escape(words)}</title>" if words else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}" fill="{fill}">{title}</rect>'


def _axis(low: float, high: float, left: float, right: float, y: float) -> list[str]:
    """Return an axis of persons with about five round ticks."""
    span = max(high - low, 1e-9)
    step = 10 ** np.floor(np.log10(span / 4))
    step = next(step * k for k in (1, 2, 5, 10) if span / (step * k) <= 6)
    parts = [_line(left, y, right, y, _SOFT)]
    for tick in np.arange(np.ceil(low / step) * step, high + step * 1e-6, step):
        x = left + (tick - low) / span * (right - left)
        parts += [_line(x, y, x, y + 4, _SOFT), _text(x, y + 16, f"{tick:,.0f}", "middle" if x < right - 15 else "end")]
    return parts


def posterior(result: Result, width: float = 520, height: float = 190, *, floor: str = "documented") -> Picture:
    """Return the posterior of N of a result with draws or density: a curve, its interval shaded, the documented as a line.

    `floor` is the word beside that line.
    """
    values, mass = _spread(result)
    low, high = min(float(result.n), quantile((values, mass), 0.005)), quantile((values, mass), 0.995)
    heights, edges = np.histogram(values, bins=70, range=(low, high), weights=mass)
    left, right, base = 20.0, width - 20, height - 30
    scale = (right - left) / max(high - low, 1e-9)
    parts = []
    for a, b, tall in zip(edges[:-1], edges[1:], heights / max(heights.max(), 1e-300), strict=True):
        inside = result.low is not None and result.high is not None and result.low <= (a + b) / 2 <= result.high
        parts.append(_box(left + (a - low) * scale, base - tall * (base - 20), (b - a) * scale, tall * (base - 20),
                          _ACCENT if inside else "#c9d6e6"))  # fmt: skip
    x = left + (result.n - low) * scale
    parts += [
        _line(x, 14, x, base, _INK, 1.5),
        _text(x + 4, 14, f"{floor} {result.n:,}"),
        *_axis(low, high, left, right, base),
    ]
    return _framed(f"Posterior of N by {result.method}", width, height, parts)


def upset(table: CaptureTable, most: int = 20, width: float = 520) -> Picture:
    """Return which lists overlap, and by how many persons: a column for each pattern, the largest first."""
    order = np.argsort(-table.counts, kind="stable")[:most]
    widest = max((len(name[:24]) for name in table.lists), default=0)
    left, top, row = max(130.0, 55.0 + 6.5 * widest), 110.0, 16.0
    step = (width - left - 10) / max(len(order), 1)
    tallest = max(int(table.counts.max()) if len(table.counts) else 1, 1)
    parts = []
    for j, (name, size) in enumerate(zip(table.lists, table.listed.tolist(), strict=True)):
        parts.append(_text(left - 8, top + 20 + j * row, f"{name[:24]} {size:,}", "end"))
    for k, at in enumerate(order):
        x, count = left + (k + 0.5) * step, int(table.counts[at])
        tall = count / tallest * 85
        members = [j for j in range(table.n_lists) if table.seen[at, j]]
        words = f"{' and '.join(table.lists[j] for j in members)}: {count:,}"
        parts += [
            _box(x - step * 0.3, top - tall, step * 0.6, tall, _ACCENT, words),
            _text(x, top - tall - 3, f"{count:,}", "middle"),
        ]
        if len(members) > 1:
            parts.append(_line(x, top + 16 + members[0] * row, x, top + 16 + members[-1] * row, _INK, 2))
        for j in range(table.n_lists):
            fill = _INK if j in members else "#dddddd"
            parts.append(f'<circle cx="{x:.1f}" cy="{top + 16 + j * row:.1f}" r="4" fill="{fill}"/>')
    return _framed("Persons by exactly which lists name them", width, top + 30 + row * table.n_lists, parts)


def comparison(results: Sequence[Result], width: float = 520, *, names: Mapping[str, str] | None = None) -> Picture:
    """Return points and intervals of several results, one under the other; grey where nothing may be quoted.

    `names` says methods in words; a method that is not in it stands under its own name.
    """
    ends = [v for r in results for v in (r.low, r.point, r.high) if v is not None] + [float(r.n) for r in results]
    low, high = min(ends), max(ends)
    left, right = 190.0, width - 25
    scale = (right - left) / max(high - low, 1e-9)
    parts = []
    for k, result in enumerate(results):
        y = 20 + 22 * k
        parts.append(_text(left - 10, y + 4, (names or {}).get(result.method, result.method)[:32], "end"))
        if result.point is None:
            parts.append(_text(left, y + 4, str(result.status).replace("_", " "), fill=_SOFT))
            continue
        x = left + (result.point - low) * scale
        a = x if result.low is None else left + (result.low - low) * scale
        b = right if result.high is None else left + (result.high - low) * scale
        ink = _ACCENT if result.headline is not None else _SOFT
        parts += [_line(a, y, b, y, ink, 3), f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{ink}"/>']
    base = 20.0 + 22 * len(results)
    x = left + (results[0].n - low) * scale
    parts += [_line(x, 8, x, base, _INK, 1), *_axis(low, high, left, right, base)]
    return _framed("Estimates of N by method", width, base + 24, parts)


def sensitivity(points: Sequence[tuple[float, float]], said: str, documented: int, width: float = 520) -> Picture:
    """Return N (second) against what is assumed (first, named by `said`): how far the answer hangs on it."""
    xs, ys = np.array([p[0] for p in points]), np.array([p[1] for p in points])
    left, right, top, base = 70.0, width - 20, 15.0, 160.0
    low, high = min(float(documented), ys.min()), float(ys.max())
    to_x = left + (xs - xs.min()) / max(float(np.ptp(xs)), 1e-9) * (right - left)
    to_y = base - (ys - low) / max(high - low, 1e-9) * (base - top)
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(to_x, to_y, strict=True))
    floor = base - (documented - low) / max(high - low, 1e-9) * (base - top)
    curve = f'<polyline points="{path}" fill="none" stroke="{_ACCENT}" stroke-width="2"/>'
    parts = [curve, _line(left, floor, right, floor, _INK),
             _text(left - 6, floor + 4, f"{documented:,}", "end"), _text(left - 6, top + 6, f"{high:,.0f}", "end"),
             *_numbers(xs, left, right, base), _text((left + right) / 2, base + 34, said, "middle")]  # fmt: skip
    return _framed(f"N against {said}", width, base + 44, parts)


def strata(results: Sequence[Result], rows: str, columns: str, width: float = 520) -> Picture:
    """Return strata as a grid, `rows` (say admin1) by `columns` (say month): how many were missing for each documented person.

    The darker, the more are missing; a cross where there is no estimate. The numbers stand in the titles.
    """
    places = sorted({r.stratum.get(rows, "") for r in results})
    times = sorted({r.stratum.get(columns, "") for r in results})
    left, step = 120.0, min(60.0, (width - 130) / max(len(times), 1))
    parts = [_text(left - 8, 40 + 20 * k, place[:18], "end") for k, place in enumerate(places)]
    parts += [_text(left + (k + 0.5) * step, 18, time[-7:], "middle") for k, time in enumerate(times)]
    for result in results:
        x = left + times.index(result.stratum.get(columns, "")) * step
        y = 25.0 + 20 * places.index(result.stratum.get(rows, ""))
        where = " ".join(result.stratum.values())
        if result.headline is None:
            says = f"{where}: {result.n:,} documented, no estimate"
            parts += [
                _box(x, y, step - 2, 18, "#eeeeee", says),
                _text(x + step / 2, y + 13, "×", "middle"),
            ]
            continue
        point = result.headline[1]
        share = (point - result.n) / max(point, 1)
        parts.append(_box(x, y, step - 2, 18, f"rgb({230 - 200 * share:.0f},{240 - 150 * share:.0f},250)",
                          f"{where}: {result.n:,} documented, {point:,.0f} estimated"))  # fmt: skip
    return _framed("Share missing by stratum", width, 35 + 20 * len(places), parts)


def _numbers(xs: Floats, left: float, right: float, y: float) -> list[str]:
    low, high = float(xs.min()), float(xs.max())
    return [_line(left, y, right, y, _SOFT)] + [
        _text(left + (right - left) * k / 4, y + 16, f"{low + (high - low) * k / 4:.2g}", "middle") for k in range(5)
    ]


def _spread(result: Result) -> tuple[Floats, Floats]:
    if result.density is not None:
        return result.density
    values = (
        np.sort(result.draws.ravel())
        if result.draws is not None
        else np.sort(result.sample(4000, np.random.default_rng(0)))
    )
    return values, np.full(len(values), 1 / len(values))
