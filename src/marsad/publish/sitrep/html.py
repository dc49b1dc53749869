"""A situation report as one HTML file that asks for nothing: style and fonts within, numbers that lead to their notes."""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import resources

from markupsafe import Markup, escape

from marsad.publish.sitrep.blocks import Block, Note, Paragraph, Run, RunKind, Runs, Sitrep, Style, Table

_SHAPES = {
    Style.TITLE: Markup("<h1>{}</h1>\n"),
    Style.HEADING: Markup("<h2>{}</h2>\n"),
    Style.SUBHEADING: Markup("<h3>{}</h3>\n"),
    Style.LEAD: Markup('<p class="lead">{}</p>\n'),
    Style.SMALL: Markup('<p class="small">{}</p>\n'),
    Style.ITEM: Markup("<li>{}</li>\n"),
}
_OPEN, _CLOSE = Markup("<ul>\n"), Markup("</ul>\n")

_LATIN = "U+0-FF, U+131, U+152-153, U+2000-206F, U+20AC, U+2122"
_EXTENDED = "U+100-2BA, U+2BD-2C5, U+1E00-1E9F, U+1EF2-1EFF, U+2C60-2C7F"
_ARABIC = "U+600-6FF, U+750-77F, U+FB50-FDFF, U+FE70-FEFC"
FACES = (
    ("IBM Plex Sans", 400, "ibm-plex-sans-latin-400-normal.woff2", _LATIN),
    ("IBM Plex Sans", 600, "ibm-plex-sans-latin-600-normal.woff2", _LATIN),
    ("IBM Plex Sans", 400, "ibm-plex-sans-latin-ext-400-normal.woff2", _EXTENDED),
    ("IBM Plex Sans", 600, "ibm-plex-sans-latin-ext-600-normal.woff2", _EXTENDED),
    ("IBM Plex Sans Arabic", 400, "ibm-plex-sans-arabic-arabic-400-normal.woff2", _ARABIC),
    ("IBM Plex Sans Arabic", 600, "ibm-plex-sans-arabic-arabic-600-normal.woff2", _ARABIC),
)
"""The faces of the type: family, weight, file among the browser files, and which characters it has."""

_BARE = (RunKind.WORDS, RunKind.LINK)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"


def html_bytes(report: Sitrep, fonts: Mapping[str, bytes], isolated: bool = False) -> bytes:
    """Return the report as HTML; `fonts` are the files of FACES by their names, as many as there are.

    Faces whose characters the report does not use are left out. `isolated` puts invisible marks around names and numbers,
    for programs that do not know <bdi>.
    """
    report = marked(report) if isolated else report
    rtl = report.lang == "ar"
    head = Markup(
        '<!doctype html>\n<html lang="{}" dir="{}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" content="{}">\n<title>{}</title>\n'
    ).format(report.lang, "rtl" if rtl else "ltr", _POLICY, report.title)
    style = (resources.files("marsad.publish.sitrep") / "static" / "sitrep.css").read_text("utf-8")
    faces = "".join(_faces(report, fonts))
    body = Markup("").join(_blocks(report)) + _notes(report)
    return f"{head}<style>\n{faces}{style}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n".encode()


def marked(report: Sitrep) -> Sitrep:
    """Return the report with every name, quotation, day and number between marks that keep directions apart (UAX 9)."""

    def runs(of: Runs) -> Runs:
        return tuple(run if run.kind in _BARE else replace(run, text=f"\u2068{run.text}\u2069") for run in of)

    def block(of: Block) -> Block:
        if isinstance(of, Paragraph):
            return replace(of, runs=runs(of.runs))
        return replace(of, rows=tuple(tuple(runs(cell) for cell in row) for row in of.rows))

    notes = tuple(replace(n, about=runs(n.about), lines=tuple(runs(line) for line in n.lines)) for n in report.notes)
    return replace(report, blocks=tuple(block(one) for one in report.blocks), notes=notes)


def _faces(report: Sitrep, fonts: Mapping[str, bytes]) -> Iterator[str]:
    used = {ord(letter) for run in report.runs() for letter in run.text}
    for family, weight, name, letters in FACES:
        spans = [part.strip().removeprefix("U+").split("-") for part in letters.split(",")]
        needed = any(int(span[0], 16) <= code <= int(span[-1], 16) for span in spans for code in used)
        if name in fonts and needed:
            data = base64.b64encode(fonts[name]).decode()
            yield (
                f'@font-face {{ font-family: "{family}"; font-weight: {weight}; unicode-range: {letters}; '
                f'src: url(data:font/woff2;base64,{data}) format("woff2"); }}\n'
            )


def _blocks(report: Sitrep) -> Iterator[Markup]:
    listing = False
    for block in report.blocks:
        item = isinstance(block, Paragraph) and block.style is Style.ITEM
        if item != listing:
            yield _OPEN if item else _CLOSE
            listing = item
        yield _table(report, block) if isinstance(block, Table) else _paragraph(report, block)
    if listing:
        yield _CLOSE


def _paragraph(report: Sitrep, block: Paragraph) -> Markup:
    return _SHAPES.get(block.style, Markup("<p>{}</p>\n")).format(_runs(report, block.runs))


def _table(report: Sitrep, block: Table) -> Markup:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in block.head)
    rows = Markup("").join(
        Markup("<tr>{}</tr>\n").format(
            Markup("").join(Markup("<td>{}</td>").format(_runs(report, cell)) for cell in row)
        )
        for row in block.rows
    )
    return Markup("<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n").format(head, rows)


def _notes(report: Sitrep) -> Markup:
    if not report.notes:
        return Markup("")
    notes = Markup("").join(_note(report, note) for note in report.notes)
    return Markup('<h2>{}</h2>\n<div class="notes">\n{}</div>\n').format(report.notes_title, notes)


def _note(report: Sitrep, note: Note) -> Markup:
    lines = Markup("").join(Markup("<p>{}</p>").format(_runs(report, line)) for line in note.lines)
    head = Markup('<div id="note-{0}"><span class="no"><bdi>{2}</bdi></span><p class="about">{1}</p>').format(
        note.number, _runs(report, note.about), report.digits(note.number)
    )
    return head + lines + Markup("</div>\n")


def _runs(report: Sitrep, runs: Runs) -> Markup:
    return Markup("").join(_run(report, run) for run in runs)


def _run(report: Sitrep, run: Run) -> Markup:
    match run.kind:
        case RunKind.NUMBER if run.note is not None:
            mark = Markup("<sup>{}</sup>").format(report.mark(run.note)) if run.mark else ""
            return Markup('<a class="n" href="#note-{}"><bdi>{}</bdi>{}</a>').format(run.note, run.text, mark)
        case RunKind.LINK:
            return Markup('<a href="{0}" dir="ltr" rel="noreferrer">{0}</a>').format(run.text)
        case RunKind.HASH:
            return Markup('<bdi class="hash" dir="ltr">{}</bdi>').format(run.text)
        case RunKind.WORDS:
            return escape(run.text)
    return Markup("<bdi>{}</bdi>").format(run.text)
