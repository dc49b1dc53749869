"""Who repeated whom: each origin, and beneath it the outlets that printed its number."""

from collections import defaultdict

from markupsafe import Markup

from marsad.publish.public import PublicIncident, PublicRole, PublicScope, PublicStatement
from marsad.publish.site.draw import Canvas, el, fitted, group, isolated
from marsad.publish.site.speaker import Speaker
from marsad.publish.site.strip_rows import is_hollow

WIDTH = 358.0
_STEP, _HEAD, _SHOWN = 20.0, 26.0, 10


def origin_graph(incident: PublicIncident, speaker: Speaker) -> Markup:
    """Return the graph, the origin with most reprints first; empty where nobody reprinted anybody."""
    copies: dict[str, list[PublicStatement]] = defaultdict(list)
    counted: set[str] = set()
    for one in incident.statements:
        if one.role is PublicRole.COPY:
            copies[one.origin].append(one)
        elif one.scope is PublicScope.INCIDENT and not is_hollow(one):
            counted.add(one.origin)
    if not copies:
        return Markup()
    canvas, y, parts = Canvas(WIDTH, speaker.rtl), 4.0, []
    for origin in sorted(incident.origins, key=lambda one: (-len(copies[one.id]), one.id not in counted, one.id)):
        name = fitted(speaker.origin(origin), 14, WIDTH - 24)
        head = canvas.dot(8, y + 12, 5.5, "dot" if origin.id in counted else "dot hollow")
        parts.append(el("a", head, canvas.text(22, y + 17, name, "who"), href=f"#{origin.id}"))
        branch, height = _branch(canvas, speaker, copies[origin.id], y + 18)
        parts.append(branch)
        y += _HEAD + height
    return canvas.sheet(y + 4, speaker.plain("graph.label"), "graph", *parts)


def _branch(canvas: Canvas, speaker: Speaker, copies: list[PublicStatement], top: float) -> tuple[Markup, float]:
    """Return the outlets that reprinted one origin, each once, hanging from its dot."""
    outlets: dict[str, PublicStatement] = {}
    for one in copies:
        outlets.setdefault(str(one.outlet or speaker.plain("outlet.withheld")), one)
    parts, y = [], top
    for outlet, one in list(outlets.items())[:_SHOWN]:
        y += _STEP
        parts.append(canvas.path([(8, top), (8, y - 8), (24, y - 8)], "twig"))
        words = f"{isolated(outlet)} · {speaker.short_day(one.published)}"
        parts.append(el("a", canvas.text(30, y - 3, fitted(words, 13, WIDTH - 34), "outlet"), href=f"#{one.id}"))
    if len(outlets) > _SHOWN:
        y += _STEP
        parts.append(canvas.text(30, y - 3, speaker.counted_plain("graph.more", len(outlets) - _SHOWN), "note"))
    return group(*parts, class_="branch"), y - top + (6 if outlets else 0)
