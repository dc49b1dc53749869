"""The situation report: every number has a note and equals what it says, in both languages and in each kind of file."""

import csv
import io
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import cases
import pytest
from made import release_of
from many_incidents import many
from sitreps import (
    DIGITS,
    lines_of,
    number_runs,
    numbers,
    of,
    question,
    read_docx,
    read_html,
    read_pdf,
    squeezed,
    type_files,
)

from marsad.publish.formats.tables import FIGURES, table
from marsad.publish.public import (
    PublicCategory,
    PublicFigure,
    PublicGrade,
    PublicIncident,
    PublicMeasure,
    PublicRelease,
    PublicStanding,
    compose,
)
from marsad.publish.site.speaker import Speaker
from marsad.publish.sitrep.blocks import Paragraph, RunKind, Sitrep, Style, Table
from marsad.publish.sitrep.compose import situation
from marsad.publish.sitrep.docx import docx_bytes
from marsad.publish.sitrep.html import html_bytes
from marsad.publish.sitrep.pdf import pdf_bytes
from marsad.publish.sitrep.question import PERIODS, Question, chosen, days_of, is_in
from marsad.publish.sitrep.voice import Voice
from marsad.text.words import catalogue

RELEASE = release_of(cases.every())
LANGUAGES = ["en", "ar"]
poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils (Debian)")


def quarter(policy: str = "ucdp", lang: str = "en", n: int = 200) -> tuple[PublicRelease, Sitrep]:
    """Return a release of many incidents, and the report of its first quarter."""
    release = many(n)
    return release, situation(
        Question(date(2014, 1, 1), date(2014, 12, 31), None, policy, lang), release, release.incidents[::7]
    )


def text_of(report: Sitrep) -> str:
    """Return everything before the notes as plain text."""
    return "\n".join(block.text for block in report.blocks if isinstance(block, Paragraph))


def section(report: Sitrep, key: str) -> list[str]:
    """Return the paragraphs of a section."""
    title = catalogue("sitrep", report.lang)[f"section.{key}"]
    out: list[str] = []
    inside = False
    for block in report.blocks:
        if isinstance(block, Paragraph) and block.style is Style.HEADING:
            inside = block.text == title
        elif inside and isinstance(block, Paragraph):
            out.append(block.text)
    return out


def rows_by_code(release: PublicRelease, policy: str, measure: str, category: str) -> dict[str, dict[str, str]]:
    """Return the rows of the published table of figures: the source from which numbers are counted anew."""
    rows = csv.DictReader(io.StringIO(table(FIGURES, release).decode(), newline=""))
    wanted = (policy, measure, category)
    return {row["incident"]: row for row in rows if (row["policy"], row["measure"], row["category"]) == wanted}


def recount(rows: Sequence[dict[str, str]]) -> tuple[int | None, int | None, int | None]:
    """Return low, best and high of rows of the table added up; an end is None where one of them has none."""
    if not rows:
        return None, None, None
    low, best, high = ([row[end] for row in rows] for end in ("low", "best", "high"))
    return sum(map(int, low)), _all(best), _all(high)


def _all(ends: Sequence[str]) -> int | None:
    return sum(map(int, ends)) if all(ends) else None


def known(row: dict[str, str] | None) -> bool:
    """Return whether a row says a number: 0 or more says none."""
    return row is not None and row["low"] != "" and not (row["low"] == "0" and row["high"] == "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_has_a_note_and_no_digit_stands_outside_one(lang: str) -> None:
    """In words of our own there is no digit; a number's digits are among the ends that its note explains."""
    for report in (of(RELEASE, question(lang)), quarter(lang=lang)[1]):
        explained = {note.number for note in report.notes}
        assert explained == set(range(1, len(report.notes) + 1))
        for block in report.blocks:
            cells = [block.runs] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row]
            for runs in cells:
                for run in runs:
                    if run.kind is RunKind.WORDS:
                        assert not numbers(run.text) or "UCDP" in run.text, run.text
                    if run.kind is RunKind.NUMBER:
                        assert run.note in explained
        for _, shown, ends in number_runs(report):
            assert set(numbers(shown)) <= {end for end in ends if end is not None} | {ends[1]}, (shown, ends)


@pytest.mark.parametrize("policy", ["ucdp", "airwars"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_headline_is_what_the_table_adds_up_to(policy: str, lang: str) -> None:
    """Counted anew from the published table: killed, in how many incidents, civilians, children, injured, best."""
    release, report = quarter(policy, lang)
    inside = [
        i.code
        for i in release.incidents
        if i.occurred_from
        and i.occurred_to
        and i.occurred_from >= date(2014, 1, 1)
        and i.occurred_to <= date(2014, 12, 31)
    ]
    killed = rows_by_code(release, policy, "killed", "total")
    told = [killed[code] for code in inside if known(killed.get(code))]
    lead = next(b for b in report.blocks if isinstance(b, Paragraph) and b.style is Style.LEAD)
    ends = [run.ends for run in lead.runs if run.kind is RunKind.NUMBER]
    assert ends[0] == recount(told)
    assert (len(told),) * 3 in ends
    civil = rows_by_code(release, policy, "killed", "civilians")
    spoken = [civil[code] for code in inside if known(civil.get(code))]
    silent = [killed[code] for code in inside if known(killed.get(code)) and not known(civil.get(code))]
    low, best, high = recount(spoken)
    rest = recount(silent)[2] if silent else 0
    wanted = (low, None if silent else best, None if high is None or rest is None else high + rest)
    assert wanted in [run.ends for run in report.runs() if run.kind is RunKind.NUMBER]
    for measure, category in (("killed", "children"), ("injured", "total")):
        found = rows_by_code(release, policy, measure, category)
        lows = [
            int(found[code]["low"])
            for code in inside
            if known(found.get(code)) and found[code]["suppressed"] == "false"
        ]
        assert (sum(lows), None, None) in [run.ends for run in report.runs() if run.kind is RunKind.NUMBER]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sum_is_what_its_note_adds_up_to(lang: str) -> None:
    """Each note of a sum names its incidents with their ranges; read as text, they add up to the number."""
    _, report = quarter("airwars", lang)
    notes = {note.number: note for note in report.notes}
    sums = 0
    for block in report.blocks:
        if not isinstance(block, Table):
            continue
        for row in block.rows:
            for run in row[2]:
                if (
                    run.note is None
                    or run.ends is None
                    or "T0" not in "".join(r.text for r in notes[run.note].lines[0])
                ):
                    continue
                line = "".join(r.text for r in notes[run.note].lines[0]).translate(DIGITS)
                parts = [part for part in re.split("[;؛] ", line) if re.match(r"T\d+-", part)]
                lows = [numbers(part.split(": ", 1)[1])[0] for part in parts if ": " in part]
                assert sum(lows) == run.ends[0], line
                sums += 1
    assert sums > 10


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_statement_told_is_in_the_record(lang: str) -> None:
    """Who says what: the note names the words, the outlet, its day and the report's hash; a witness is only a kind."""
    release = many(60)
    report = situation(Question(date(2014, 1, 1), date(2016, 1, 1), None, "ucdp", lang), release, ())
    text = "\n".join("".join(run.text for run in line) for note in report.notes for line in note.lines)
    hashes = {s.evidence for i in release.incidents for s in i.statements if s.evidence}
    found = set(re.findall(r"\b[0-9a-f]{64}\b", text))
    assert found
    assert found <= {str(one) for one in hashes}
    private = of(RELEASE, question(lang))
    everything = "".join(run.text for run in private.runs())
    assert "Abu Salim" not in everything
    assert "Nurse Hala" not in everything


@pytest.mark.parametrize("lang", LANGUAGES)
def test_html_says_all_of_it_and_each_number_leads_to_its_note(lang: str) -> None:
    """The page holds every line; each link's note exists; nothing is asked of anybody."""
    report = of(RELEASE, question(lang))
    data = html_bytes(report, type_files())
    page = read_html(data)
    assert all(squeezed(line) in squeezed(page.words) for line in lines_of(report))
    shown = [(note, text) for note, text, _ in number_runs(report)]
    assert [(note, squeezed(text)) for note, text in page.links] == [(n, squeezed(t)) for n, t in shown]
    assert {f"note-{note.number}" for note in report.notes} == set(page.ids)
    assert page.asked == []
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">'.encode() in data
    assert re.findall(rb"url\((?!data:)", data) == []
    assert html_bytes(of(RELEASE, question(lang)), type_files()) == data


@pytest.mark.parametrize("lang", LANGUAGES)
def test_word_says_all_of_it_and_each_number_leads_to_its_note(lang: str) -> None:
    """Read from its XML: every line, links to bookmarks that exist, paragraphs and runs right to left in Arabic."""
    pytest.importorskip("docx")
    report = of(RELEASE, question(lang))
    data = docx_bytes(report)
    words, links, body = read_docx(data)
    assert all(squeezed(line) in squeezed(words) for line in lines_of(report))
    shown = [(note, squeezed(text)) for note, text, _ in number_runs(report)]
    assert sorted((note, squeezed(text)) for note, text in links) == sorted(shown)
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    marks = {one.get(f"{w}name") for one in body.iter(f"{w}bookmarkStart")}
    assert {f"note_{note}" for note, _ in links} <= marks
    filled = [p for p in body.iter(f"{w}p") if any(t.text for t in p.iter(f"{w}t"))]
    assert all((p.find(f"{w}pPr/{w}bidi") is not None) == (lang == "ar") for p in filled)
    for run in body.iter(f"{w}r"):
        text = "".join(t.text or "" for t in run.iter(f"{w}t"))
        arabic = any("\u0620" <= letter <= "\u064a" for letter in text[:3])
        assert not arabic or run.find(f"{w}rPr/{w}rtl") is not None, text
    assert docx_bytes(of(RELEASE, question(lang))) == data


@pytest.mark.long
@poppler
@pytest.mark.parametrize("lang", LANGUAGES)
def test_pdf_says_all_of_it(lang: str, tmp_path: Path) -> None:
    """Read by poppler: every number of every paragraph stands in it, with the type that marsad ships."""
    pytest.importorskip("weasyprint")
    report = of(RELEASE, question(lang))
    data = pdf_bytes(report, type_files())
    words = read_pdf(data, tmp_path)
    found = numbers(words)
    for note, shown, _ in number_runs(report):
        for number in numbers(shown):
            assert number in found, (note, shown)
    assert lang != "en" or "between 78 and 224[1] people killed in 3[2] incidents" in " ".join(words.split())
    if lang == "en":
        flat = squeezed(words)
        missing = [line for line in lines_of(report) if "http" not in line and squeezed(line) not in flat]
        assert len(missing) <= len(lines_of(report)) // 20, missing  # lines that a page break parts
    assert data == pdf_bytes(report, type_files())
    assert b"IBM-Plex-Sans" in data or b"FontName" not in data


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_period_says_so_and_that_silence_is_not_safety(lang: str) -> None:
    """No table, no toll, no zero; what is held back is still counted."""
    asked = Question(date(2013, 1, 1), date(2013, 1, 7), None, "ucdp", lang)
    report = of(RELEASE, asked)
    assert section(report, "key") == [catalogue("sitrep", lang)["key.nothing"]]
    assert not [block for block in report.blocks if isinstance(block, Table)]
    assert catalogue("sitrep", lang)["unknown.silence"] in section(report, "unknown")
    assert read_html(html_bytes(report, {})).words


def test_one_incident() -> None:
    """Singular forms, and the note of the sum is the note of the incident."""
    release = replace(RELEASE, incidents=tuple(i for i in RELEASE.incidents if i.code.startswith("TELL")))
    report = of(release, question())
    assert section(report, "key")[0] == "Reports tell of 4[1] people killed in 1[2] incident."
    arabic = of(release, question("ar"))
    assert section(arabic, "key")[0] == "قُتل ٤[1] أشخاص في حادثة واحدة[2]."


def raqqa(low: int, best: int | None, high: int | None, **change: object) -> PublicIncident:
    """Return the raid on Raqqa with another toll."""
    incident = next(i for i in RELEASE.incidents if i.code.startswith("RAQQA"))
    figures = tuple(
        replace(f, low=low, best=best, high=high)
        if (f.policy, f.measure, f.category) == ("ucdp", "killed", "total")
        else f
        for f in incident.figures
    )
    return replace(incident, figures=figures, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ((63, 63, 63), (63, 95, 209), "rose"),
        ((63, 135, 209), (63, 95, 140), "fell"),
        ((63, 95, None), (63, 95, 209), "fell"),
        ((60, 95, 209), (63, 95, 140), "changed"),
    ],
)
def test_what_changed_since_the_last_report(
    before: tuple[int, int, int | None], after: tuple[int, int, int | None], word: str
) -> None:
    """A toll that rose, that fell, an end that appeared; both numbers have notes, the old one dated."""
    now = replace(RELEASE, incidents=(raqqa(*after),))
    report = of(now, question(), (raqqa(*before),))
    [said] = [line for line in section(report, "revisions") if word in line]
    assert f"{word} from" in said
    old = int(re.findall(r"\[(\d+)\]", said)[0])
    assert "As it stood before 20 November 2014" in "".join(run.text for run in report.notes[old - 1].lines[0])


def test_a_retraction_is_told_and_an_incident_that_is_gone() -> None:
    """A number that was withdrawn is named with its speaker; an incident no longer counted with what it stood at."""
    report = of(RELEASE, question())
    contested = "\n".join(section(report, "contested"))
    assert re.search(r"withdrawn by Raqqa is Being Slaughtered Silently: 135\[\d+\]", contested)
    assert "denied by Government of Syria (killed, civilians): “no civilian was hit”" in contested
    gone = of(replace(RELEASE, incidents=()), question(), RELEASE.incidents)
    assert any("no longer counted; it stood at 63–209" in line for line in section(gone, "revisions"))


def test_a_contested_toll_and_a_changed_grade() -> None:
    """Said in words; the toll keeps its range."""
    now = replace(RELEASE, incidents=(raqqa(63, 95, 209, grade=PublicGrade.CONTESTED),))
    report = of(now, question(), (raqqa(63, 95, 209),))
    assert "RAQQA-2014-11-25: sources name different perpetrators." in section(report, "contested")
    assert "RAQQA-2014-11-25: now contested, before fair." in section(report, "revisions")


def test_what_may_lie_outside_the_days_is_not_counted_but_told() -> None:
    """An incident of 26 to 28 November is not of the 26th; it is named apart, with its dead."""
    asked = Question(date(2014, 11, 26), date(2014, 11, 26), None, "ucdp", "en")
    report = of(RELEASE, asked)
    assert section(report, "key")[0].startswith("No incident is known")
    assert re.match(r"Not counted here: 1\[\d+\] incident .* with 4\[\d+\] people killed", section(report, "key")[1])


def test_two_periods_never_count_one_incident_twice() -> None:
    """Week by week, each incident lies inside one period at most."""
    release = many(400)
    weeks = [days_of("weekly", date(2014, 1, 7 * k)) for k in (1, 2, 3, 4)]
    seen = [
        i.code
        for first, last in weeks
        for i in chosen(release.incidents, Question(first, last, None, "ucdp", "en")).inside
    ]
    assert len(seen) == len(set(seen)) > 2
    assert [str(days_of(period, date(2014, 11, 26))[0]) for period in PERIODS] == [
        "2014-11-26",
        "2014-11-20",
        "2014-11-01",
    ]


@pytest.mark.parametrize("place", ["Raqqa", "raqqa", "الرقة", "Ar-Raqqah", "Syria", "سوريا", "SY", "SYR"])
def test_a_place_is_asked_for_by_any_of_its_names(place: str) -> None:
    """Town, province or country, in either script, by code; another place is none."""
    incident = next(i for i in RELEASE.incidents if i.code.startswith("RAQQA"))
    assert is_in(incident.place, place)
    assert not is_in(incident.place, "Idlib")
    assert "RAQQA-2014-11-25" in text_of(of(RELEASE, question(place=place)))


ARABIC = {
    0: "لا أحد", 1: "شخص واحد", 2: "شخصان", 3: "٣ أشخاص", 10: "١٠ أشخاص", 11: "١١ شخصًا", 99: "٩٩ شخصًا",
    100: "١٠٠ شخص", 102: "١٠٢ شخص", 103: "١٠٣ أشخاص", 111: "١١١ شخصًا", 1000: "١٬٠٠٠ شخص",
}  # fmt: skip


@pytest.mark.parametrize("n", sorted(ARABIC))
def test_counted_people_agree_in_arabic(n: int) -> None:
    """1, 2, 3 to 10, 11 to 99, hundreds: each its own form; written by hand from the grammar."""
    voice = Voice(Speaker("ar"))
    assert "".join(run.text for run in voice.people("people", (n, n, n), 1)) == ARABIC[n]


@pytest.mark.parametrize(
    ("lang", "ends", "said"),
    [
        ("en", (63, 95, 209), "between 63 and 209 people"),
        ("en", (1, 1, 1), "1 person"),
        ("en", (13, None, None), "at least 13 people"),
        ("en", (0, None, 4), "up to 4 people"),
        ("en", (0, None, None), "an unknown number of people"),
        ("ar", (63, 95, 209), "ما بين ٦٣ و٢٠٩ أشخاص"),
        ("ar", (1, None, 2), "ما بين ١ و٢ من الأشخاص"),
        ("ar", (2, None, None), "شخصان على الأقل"),
        ("ar", (0, None, 12), "عدد يصل إلى ١٢ شخصًا"),
        ("ar", (None, None, None), "عدد غير معلوم من الأشخاص"),
    ],
)
def test_ranges_of_people_in_words(lang: str, ends: tuple[int | None, int | None, int | None], said: str) -> None:
    """The noun agrees with the number before it; not knowing is said, never zero."""
    assert "".join(run.text for run in Voice(Speaker(lang)).people("people", ends, 1)) == said


def test_numbers_of_the_living_that_are_kept_back_are_not_in_it() -> None:
    """The 3 detained of the hand-made case stand nowhere; that something is kept back does."""
    report = of(RELEASE, question())
    assert any("held back because they are so small" in line for line in section(report, "unknown"))
    assert not any(ends == (3, 3, 3) and "detained" in text for _, text, ends in number_runs(report))


def test_the_method_is_that_of_the_live_configuration() -> None:
    """Version and rules as the release carries them; another version, another note."""
    lines = section(of(RELEASE, question()), "method")
    assert any("version 2.0" in line for line in lines)
    assert any("range (the handbook, page 3)" in line for line in lines)
    other = replace(RELEASE, methods=tuple(replace(m, version=compose("9.9")) for m in RELEASE.methods))
    assert any("version 9.9" in line for line in section(of(other, question()), "method"))


def test_both_languages_have_the_same_sentences() -> None:
    """Every sentence of one is in the other, with the same gaps; forms of number apart."""

    def base(lang: str) -> dict[str, set[str]]:
        forms = re.compile(r"\.(zero|one|two|few|many|other)$")
        return {k: set(re.findall(r"{(\w+)}", v)) for k, v in catalogue("sitrep", lang).items() if not forms.search(k)}

    assert base("en") == base("ar")
    for noun in (
        "people",
        "civilians",
        "combatants",
        "children",
        "women",
        "incidents",
        "incident_count",
        "origins",
        "parts",
    ):
        for form in ("one", "two", "few", "many", "other"):
            assert f"{noun}.{form}" in catalogue("sitrep", "ar")


def test_displaced_people_are_told() -> None:
    """With their number and its note."""
    incident = next(i for i in RELEASE.incidents if i.code.startswith("RAQQA"))
    gone = PublicFigure(
        compose("ucdp"),
        PublicMeasure.DISPLACED,
        PublicCategory.TOTAL,
        400,
        400,
        400,
        PublicStanding.STATED,
        1,
        False,
        None,
    )
    release = replace(RELEASE, incidents=(replace(incident, figures=(*incident.figures, gone)),))
    assert re.match(r"RAQQA-2014-11-25: 400\[\d+\] people displaced.", section(of(release, question()), "movement")[0])
