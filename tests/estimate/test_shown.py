"""Results kept, drawn and told: text and back, pictures, the one-page report in both languages."""

from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from published import KOSOVO, SPARSE

from marsad.estimate import (
    Code,
    Result,
    Severity,
    Status,
    chapman,
    decomposable,
    loglinear,
    plots,
    sample_coverage,
    to_arrow,
)
from marsad.estimate.assumptions import highest_order, over_delta
from marsad.estimate.headline import estimate, methods_for
from marsad.estimate.report import report
from marsad.estimate.stored import dumps, key_of, loads
from marsad.text.words import catalogue

RESULTS = [loglinear(KOSOVO), loglinear(KOSOVO, average=True), decomposable(KOSOVO), sample_coverage(KOSOVO, replicates=20),
           loglinear(SPARSE), chapman(KOSOVO.only(("EXH", "ABA")))]  # fmt: skip


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.method)
def test_a_result_comes_back_from_text_as_it_was(result: Result) -> None:
    """Every field, the draws and the density bit for bit."""
    back = loads(dumps(result))
    assert dumps(back) == dumps(result)
    assert back.headline == result.headline
    if result.density is not None:
        assert back.density is not None
        assert np.array_equal(back.density[1], result.density[1])


def test_the_key_knows_table_settings_and_seed() -> None:
    """Lists in another order share a key; other settings or seeds do not."""
    turned = KOSOVO.only(KOSOVO.lists[::-1])
    assert key_of(KOSOVO, {"a": 1}, 0) == key_of(turned, {"a": 1}, 0)
    assert (
        len(
            {
                key_of(KOSOVO, {"a": 1}, 0),
                key_of(KOSOVO, {"a": 2}, 0),
                key_of(KOSOVO, {"a": 1}, 1),
                key_of(SPARSE, {"a": 1}, 0),
            }
        )
        == 4
    )


def test_rows_are_tidy() -> None:
    """One row a result, null and not zero where there is no number."""
    table = to_arrow([RESULTS[0], RESULTS[-1], loglinear(KOSOVO.only(("EXH", "ABA")))])
    assert table.num_rows == 3
    assert table.column("point").to_pylist()[2] is None
    assert table.column("headline").to_pylist() == [True, False, False]


def test_pandas_and_models_and_arviz() -> None:
    """Frames for others: pandas, a row a model, and ArviZ where it is installed."""
    assert list(RESULTS[0].to_pandas()["method"]) == ["loglinear"]
    assert RESULTS[0].models_arrow().column("name").to_pylist()[0] == "[123,14,34]"
    pytest.importorskip("arviz")
    kept = RESULTS[2].to_arviz()
    assert float(np.median(kept["posterior"]["N"])) == pytest.approx(12_595, rel=0.02)


@pytest.mark.parametrize(
    "picture",
    [plots.posterior(RESULTS[2]), plots.posterior(RESULTS[1]), plots.upset(KOSOVO), plots.comparison(RESULTS),
     plots.sensitivity(highest_order(RESULTS[0]), "a & b", 4400), plots.strata(RESULTS, "admin1", "month")],
)  # fmt: skip
def test_pictures_are_well_formed_and_have_titles(picture: plots.Picture) -> None:
    """Each is XML, with a title for those who cannot see it."""
    root = ET.fromstring(str(picture))  # noqa: S314 - our own
    assert root[0].tag.endswith("title")
    assert root[0].text


def test_the_overlap_picture_tells_every_pattern() -> None:
    """Fifteen columns, the largest first."""
    assert plots.upset(KOSOVO).svg.count("EXH and") == 7
    assert "EXH: 1,131" in plots.upset(KOSOVO).svg


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a page refers to, by whatever tag."""
        del tag
        self.opened += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        """Keep what a page says."""
        self.texts.append(data)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_report_says_the_number_or_refuses_and_needs_nothing_else(lang: str) -> None:
    """The headline, the floor and every doubt are on the page; no script, nothing from elsewhere."""
    for table in (KOSOVO, SPARSE):
        head, parts = estimate(table, seed=2, leave_out=False, methods=None if table is SPARSE else {
            "average": lambda t, _s: loglinear(t, average=True), "graphs": lambda t, _s: decomposable(t)})  # fmt: skip
        page = report(head, parts, table, lang=lang)
        read = _Page()
        read.feed(page)
        text = " ".join(read.texts)
        assert f"{table.n:,}" in text
        assert not read.opened
        assert "<script" not in page
        for caution in head.cautions:
            assert caution.code.value in text
        if head.headline is not None:
            assert f"{head.headline[0]:,.0f}" in text
        else:
            assert catalogue("estimate", lang)[f"why.{head.status}"] in text


def test_names_of_lists_cannot_break_the_page() -> None:
    """A list named like a tag is text."""
    cells = dict(KOSOVO.texts())
    evil = type(KOSOVO).from_patterns(("<script>alert(1)</script>", "b", "c", "d"), cells)
    page = report(loglinear(evil), (loglinear(evil),), evil)
    assert "<script>alert" not in page


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_doubt_and_status_has_a_plain_sentence(lang: str) -> None:
    """A code without words would be a blank on the page."""
    known = catalogue("estimate", lang)
    assert [code for code in Code if f"caution.{code}" not in known] == []
    assert [status for status in Status if f"why.{status}" not in known] == []


def test_errors_come_first_and_forbid() -> None:
    """A summary names what forbids the number before what explains it."""
    head, _ = estimate(SPARSE)
    lines = head.summary().splitlines()
    severities = [line for line in lines if line.startswith("  ")]
    assert f"({Severity.ERROR})" in severities[0]


def test_delta_s_curve_is_about_the_estimate() -> None:
    """At factor 1 stands the estimate itself."""
    assert dict(over_delta(KOSOVO))[1.0] == RESULTS[2].point


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_methods_and_states_have_names_for_people(lang: str) -> None:
    """Every method the headline asks, and every status, is said in words on the page."""
    known = catalogue("estimate", lang)
    for name in (*methods_for(KOSOVO), "headline", "chao-mh", "sum of strata"):
        assert known[f"name.{name}"]
    for status in Status:
        assert known[f"status.{status}"]


def test_no_tick_stands_beyond_the_axis() -> None:
    """Ticks of persons lie within the picture, whatever the numbers."""
    for picture in (plots.comparison(RESULTS), plots.posterior(RESULTS[2])):
        texts = [element for element in ET.fromstring(str(picture)).iter() if element.tag.endswith("text")]  # noqa: S314 - our own
        assert max(float(text.attrib["x"]) for text in texts) <= 500
