"""A situation report as a Word file: real headings, right-to-left paragraphs and runs, numbers that lead to their notes."""

import io
import zipfile
from datetime import UTC, datetime, time
from datetime import date as day
from typing import Any

from marsad.publish.sitrep.blocks import Note, Paragraph, Run, RunKind, Runs, Sitrep, Style, Table

FONT, FONT_AR = "IBM Plex Sans", "IBM Plex Sans Arabic"
_STYLES = {
    Style.TITLE: "Title",
    Style.HEADING: "Heading 1",
    Style.SUBHEADING: "Heading 2",
    Style.ITEM: "List Bullet",
}
_SIZES = {"Title": 20, "Heading 1": 13, "Heading 2": 11, "Normal": 10.5, "List Bullet": 10.5}
_INK, _SOFT, _HAIR = "1C1B19", "5E5952", "D9D4CA"
_LEFT_TO_RIGHT = "\u200e"


class NeedsPythonDocx(ImportError):
    """python-docx is not installed."""


def docx_bytes(report: Sitrep) -> bytes:
    """Return the report as a Word file; the same bytes for the same report and the same version of python-docx.

    Raises NeedsPythonDocx without it.
    """
    try:
        import docx
    except ImportError as fault:
        raise NeedsPythonDocx(str(fault)) from fault
    document: Any = docx.Document()
    _Writer(document, report).write()
    out = io.BytesIO()
    document.save(out)
    return _repacked(out.getvalue())


class _Writer:
    """Writes one report into one document."""

    def __init__(self, document: Any, report: Sitrep) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self._document, self._report = document, report
        self._element, self._qn = OxmlElement, qn
        self._bookmarks = 0

    def write(self) -> None:
        self._setting()
        for block in self._report.blocks:
            if isinstance(block, Table):
                self._table(block)
            else:
                self._paragraph(block)
        if self._report.notes:
            self._paragraph(Paragraph(Style.HEADING, (Run(self._report.notes_title),)))
            for note in self._report.notes:
                self._note(note)

    def _setting(self) -> None:
        """Set the page, the type, the languages and the particulars of the file."""
        from docx.shared import Mm, Pt, RGBColor

        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin = section.bottom_margin = Mm(18)
        for name, size in _SIZES.items():
            style = self._document.styles[name]
            style.font.name, style.font.size = FONT, Pt(size)
            style.font.color.rgb = RGBColor.from_string(_INK)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(self._qn(f"w:{theme}"), None)
            fonts.set(self._qn("w:cs"), FONT_AR)
            look = style.element.get_or_add_rPr()
            for odd in (*look.findall(self._qn("w:spacing")), *look.findall(self._qn("w:kern"))):
                look.remove(odd)
            self._child(look, "w:szCs", val=str(int(size * 2) + 1))
        frame = self._document.styles["Title"].element.pPr
        for border in frame.findall(self._qn("w:pBdr")):
            frame.remove(border)
        if self._report.rtl:
            self._before(section._sectPr, "w:bidi", "w:docGrid")
        told, issued = self._document.core_properties, day.fromisoformat(self._report.issued)
        told.title, told.author, told.language = self._report.title, self._report.observatory, self._report.lang
        told.created = told.modified = datetime.combine(issued, time(), UTC)
        told.last_modified_by, told.comments, told.revision = self._report.observatory, "", 1

    def _paragraph(self, block: Paragraph) -> None:
        made = self._document.add_paragraph(style=_STYLES.get(block.style, "Normal"))
        if block.style in (Style.LEAD, Style.SMALL):
            self._fill(made, block.runs, size=13 if block.style is Style.LEAD else 9)
        else:
            self._fill(made, block.runs)

    def _table(self, block: Table) -> None:
        table = self._document.add_table(rows=1, cols=len(block.head))
        table.style = "Table Grid"
        borders = self._child(table._tbl.tblPr, "w:tblBorders")
        for side in ("top", "bottom", "insideH"):
            self._child(borders, f"w:{side}", val="single", sz="4", color=_HAIR)
        for side in ("left", "right", "insideV"):
            self._child(borders, f"w:{side}", val="nil")
        if self._report.rtl:
            self._before(table._tbl.tblPr, "w:bidiVisual", "w:tblW")
        for cell, name in zip(table.rows[0].cells, block.head, strict=True):
            self._cell(cell, (Run(name),), bold=True)
        self._child(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
        for row in block.rows:
            for cell, runs in zip(table.add_row().cells, row, strict=True):
                self._cell(cell, runs)
        self._document.add_paragraph()

    def _cell(self, cell: Any, runs: Runs, bold: bool = False) -> None:
        self._fill(cell.paragraphs[0], runs, size=9.5, bold=bold)

    def _note(self, note: Note) -> None:
        made = self._document.add_paragraph()
        self._bookmark(made, f"note_{note.number}")
        self._fill(made, (Run(f"{self._report.digits(note.number)}. "), *note.about), size=9, bold=True)
        for line in note.lines:
            self._fill(self._document.add_paragraph(), line, size=9)

    def _fill(self, paragraph: Any, runs: Runs, size: float | None = None, bold: bool = False) -> None:
        if self._report.rtl:
            self._child(paragraph._p.get_or_add_pPr(), "w:bidi")
        paragraph.paragraph_format.space_after = self._points(3 if size and size < 10 else 5)
        for run in runs:
            self._run(paragraph, run, size, bold)

    def _run(self, paragraph: Any, run: Run, size: float | None, bold: bool) -> None:
        at = paragraph._p
        if run.note is not None:
            at = self._child(paragraph._p, "w:hyperlink", anchor=f"note_{run.note}", history="1")
        self._piece(at, run, size, bold or run.note is not None, raised=False)
        if run.note is not None and run.mark:
            mark = Run(self._report.mark(run.note), RunKind.WORDS)
            self._piece(at, mark, size, bold=False, raised=True)

    def _piece(self, at: Any, run: Run, size: float | None, bold: bool, *, raised: bool) -> None:
        """Append a run of text; a run of Arabic, and of what has no direction in an Arabic report, is marked so."""
        made = self._child(at, "w:r")
        look = self._child(made, "w:rPr")
        fonts = self._child(look, "w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT_AR)
        rtl = self._report.rtl and not _is_latin(run.text)
        if bold:
            self._child(look, "w:b")
            self._child(look, "w:bCs")
        if raised or run.kind is RunKind.HASH:
            self._child(look, "w:color", val=_SOFT)
        if size is not None:
            self._child(look, "w:sz", val=str(int(size * 2)))
            self._child(look, "w:szCs", val=str(int(size * 2) + 1))
        if run.note is not None:
            self._child(look, "w:u", val="single")
        if raised:
            self._child(look, "w:vertAlign", val="superscript")
        if rtl:
            self._child(look, "w:rtl")
            fonts.set(self._qn("w:hint"), "cs")
        text = self._child(made, "w:t")
        # Word knows no isolates: in an Arabic paragraph a Latin name or quotation is kept together by marks at its ends.
        latin = self._report.rtl and not rtl and run.kind is not RunKind.WORDS
        text.text = f"{_LEFT_TO_RIGHT}{run.text}{_LEFT_TO_RIGHT}" if latin else run.text
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _bookmark(self, paragraph: Any, name: str) -> None:
        self._bookmarks += 1
        self._child(paragraph._p, "w:bookmarkStart", id=str(self._bookmarks), name=name)
        self._child(paragraph._p, "w:bookmarkEnd", id=str(self._bookmarks))

    def _child(self, parent: Any, tag: str, /, **values: str) -> Any:
        """Append an element to another one, with these attributes of Word's namespace."""
        made = self._element(tag)
        for key, value in values.items():
            made.set(self._qn(f"w:{key}"), value)
        parent.append(made)
        return made

    def _before(self, parent: Any, tag: str, following: str) -> None:
        """Add an element before the one that must follow it: Word asks for the order of the schema."""
        made = self._child(parent, tag)
        later = parent.find(self._qn(following))
        if later is not None:
            later.addprevious(made)

    def _points(self, n: float) -> Any:
        from docx.shared import Pt

        return Pt(n)


def _is_latin(text: str) -> bool:
    """Return whether the first letter of a text is a Latin one; a text without letters is not."""
    first = next((letter for letter in text if letter.isalpha()), "")
    return first != "" and not "\u0590" <= first <= "\u08ff"


def _repacked(data: bytes) -> bytes:
    """Return the package with every part dated alike, so that the same report is the same file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, old.read(name))
    return out.getvalue()
