"""A folder of marked reports, read and judged; every figure beside those of another scorer, where that one is at hand."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marked_reports import FOLDER, marked_folder, marked_line, write_lines

from marsad.evaluate.guesses import guess_from, guess_of
from marsad.evaluate.marks import CATEGORIES, VICTIM_TYPES
from marsad.evaluate.reading import Reading
from marsad.evaluate.tally import Tally
from marsad.model import Claim, Wrong
from marsad.pipeline.evaluate_reading import evaluate_reading
from marsad.pipeline.reading import Read, line_of

MARKED = Path(__file__).parents[3] / "shared" / "data" / "dev_reports"
ORACLE = MARKED / "score_claims.py"
any_claims = st.lists(values.claims(), max_size=3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports, four claims, two languages."""
    return marked_folder(tmp_path / "marked")


def predicted(**changes: list[Any]) -> list[dict[str, Any]]:
    """Return the marks as predictions, reports changed as told."""
    return [{"report_id": name, "claims": changes.get(name, marked_line(name)["claims"])} for name in FOLDER]


def test_marks_predicted_as_they_are_get_full_marks(folder: Path, tmp_path: Path) -> None:
    """A file of predictions that says what was marked misses nothing in either language."""
    scores = evaluate_reading(folder, predictions=write_lines(tmp_path / "p.jsonl", predicted())).scores
    assert list(scores) == ["all", "en", "ar"]
    for name in ("found.f1", "count.f1", "bounds.exact", "victim_type.macro_f1", "attribution.f1"):
        assert [scores[lang].figures[name] for lang in scores] == [1.0, 1.0, 1.0]
    assert scores["all"].figures["bias"] == 0


def test_a_report_without_a_line_was_read_with_nothing_found(folder: Path, tmp_path: Path) -> None:
    """Predictions may leave reports out; their claims are missed."""
    given = [line for line in predicted() if line["report_id"] != "raid"]
    reading = evaluate_reading(folder, predictions=write_lines(tmp_path / "p.jsonl", given))
    assert reading.scores["all"].figures["found.recall"] == 0.5
    assert [c.kind for c in reading.confusions] == ["missed", "missed"]


def test_marsad_reads_the_folder_itself(folder: Path) -> None:
    """Without predictions the reports are read; what the reader finds lies on the marks, under its rules' names."""
    reading = evaluate_reading(folder, processes=1)
    assert reading.scores["all"].tally["guesses", "all"] > 0
    assert reading.scores["all"].figures["count.f1"] == 1
    assert all(record.rule != "–" for record in reading.rules)


@pytest.mark.long
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(claims=any_claims)
def test_a_claim_is_the_same_guess_as_its_line(claims: list[Claim]) -> None:
    """What marsad reads is judged alike, whether it comes from the reader or from `marsad extract --format jsonl`."""
    line = json.loads(json.dumps(line_of(Read("r", claims, None))))
    assert [guess_from(fields, "line 1") for fields in line["claims"]] == [guess_of(claim) for claim in claims]


def test_one_language_alone(folder: Path) -> None:
    """`lang` keeps to its reports, and a language nobody marked is refused."""
    assert evaluate_reading(folder, "ar", processes=1).scores["all"].tally["reports", "all"] == 1
    with pytest.raises(Wrong, match="uk"):
        evaluate_reading(folder, "uk")


def test_a_difference_comes_with_its_sentence(folder: Path, tmp_path: Path) -> None:
    """The sentence is the one of the report in which the claim stands, in its own script, and not the whole text."""
    claims = {name: [{**c, "low": 99, "high": 99} for c in marked_line(name)["claims"]] for name in FOLDER}
    file = write_lines(tmp_path / "p.jsonl", predicted(**claims))
    told = {(c.report_id, c.marked): c.sentence for c in evaluate_reading(folder, predictions=file).confusions}
    assert told["market", "30–?"] == "More than 30 were injured."
    assert told["raid", "7"] == FOLDER["raid"][1]


def change(file: str, how: Callable[[list[Any]], list[Any]]) -> Callable[[Path], None]:
    """Return what rewrites a file of a folder."""

    def rewrite(folder: Path) -> None:
        lines = [json.loads(line) for line in (folder / file).read_text("utf-8").splitlines()]
        write_lines(folder / file, how(lines))

    return rewrite


def remove(file: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).unlink()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (remove("gold.jsonl"), "gold.jsonl"),
        (remove("reports.jsonl"), "reports.jsonl"),
        (change("gold.jsonl", lambda lines: [*lines, lines[0]]), "was marked before"),
        (change("gold.jsonl", lambda lines: [{**lines[0], "report_id": "nobody"}]), "nobody"),
        (change("gold.jsonl", lambda _lines: [[1]]), "gold.jsonl line 1"),
        (change("reports.jsonl", lambda lines: [{**x, "text": x["text"].upper()} for x in lines]), "does not stand at"),
        (lambda folder: (folder / "source_aliases.json").write_text('{"A": "b"}'), "source_aliases.json"),
        (lambda folder: (folder / "source_aliases.json").write_text("{"), "source_aliases.json"),
    ],
)
def test_what_is_no_marked_folder_is_refused(folder: Path, spoil: Callable[[Path], object], says: str) -> None:
    """The message names the file and what is wrong with it."""
    spoil(folder)
    with pytest.raises(Wrong) as refused:
        evaluate_reading(folder)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([{"report_id": "nobody", "claims": []}], "nobody"),
        ([{"report_id": "raid", "claims": []}] * 2, "was predicted before"),
        ([{"report_id": "raid"}], "claims"),
        ([{"report_id": "raid", "claims": [{"start": 1, "end": 2}]}], "line 1, claim 1"),
    ],
)
def test_predictions_that_do_not_fit_are_refused(folder: Path, tmp_path: Path, lines: list[Any], says: str) -> None:
    """Predictions of other reports, two of one report, and claims that are none, each with its line."""
    with pytest.raises(Wrong) as refused:
        evaluate_reading(folder, predictions=write_lines(tmp_path / "p.jsonl", lines))
    assert says in str(refused.value)


def oracle(folder: Path, predictions: Path, lang: str | None) -> dict[str, Any]:
    """Return what the other scorer says."""
    files = ["--pred", predictions, "--gold", folder / "gold.jsonl", "--reports", folder / "reports.jsonl"]
    run = [sys.executable, ORACLE, "extract", "--json", *files, *(["--lang", lang] if lang else [])]
    said = subprocess.run([str(word) for word in run], capture_output=True, check=True).stdout
    found: dict[str, Any] = json.loads(said)
    return found


def sums(tally: Tally, name: str) -> dict[str, int]:
    return {"tp": tally[name, "right"], "fp": tally[name, "spurious"], "fn": tally[name, "missed"]}


def compare_with_oracle(reading: Reading, lang: str, theirs: dict[str, Any]) -> None:
    """Check every figure that both have: sums as they are, shares to the four decimals that the other one prints."""
    scores = reading.scores[lang]
    tally, figures = scores.tally, scores.figures

    def same(name: str, of: dict[str, Any]) -> None:
        assert sums(tally, name) == {part: of[part] for part in ("tp", "fp", "fn")}, name
        for ours, other in (("precision", "p"), ("recall", "r"), ("f1", "f1")):
            assert round(figures[f"{name}.{ours}"] or 0.0, 4) == of[other], name

    assert (tally["reports", "all"], tally["marks", "all"]) == (theirs["reports"], theirs["gold_claims"])
    assert tally["guesses", "all"] == theirs["predicted"]
    same("found", theirs["detection"])
    same("count", theirs["count_and_category"])
    same("attribution", theirs["attribution"])
    nothing = {"tp": 0, "fp": 0, "fn": 0, "p": 0.0, "r": 0.0, "f1": 0.0}
    for word in CATEGORIES:
        same(f"count.{word}", theirs["count_by_category"].get(word, nothing))
        same(f"category.{word}", theirs["category"].get(word, nothing))
    for word in VICTIM_TYPES:
        same(f"victim_type.{word}", theirs["victim_type"].get(word, nothing))
    # the other scorer takes the mean of scores that it has rounded
    assert (figures["victim_type.macro_f1"] or 0.0) == pytest.approx(theirs["victim_type"]["macro_f1"], abs=1e-4)
    assert round(figures["bounds.exact"] or 0.0, 4) == theirs["bounds_exact_given_right"]
    hard = theirs["hard_negative"]
    assert tally["hard_negative", "reports"] == hard["reports"]
    assert tally["hard_negative", "with_false_alarm"] == hard["with_false_positive"]
    assert tally["hard_negative", "false_alarms"] == hard["false_positives"]
    assert tally["decoys", "hit"] == sum(theirs["decoys_hit"].values())


needs_oracle = pytest.mark.skipif(not ORACLE.exists(), reason="the other scorer is not at hand")


@pytest.mark.long
@needs_oracle
def test_marsad_scores_as_the_other_scorer_says(tmp_path: Path) -> None:
    """What marsad reads in real reports gets the same figures from both, over all and in every language."""
    reading = evaluate_reading(MARKED, processes=1)
    file = tmp_path / "p.jsonl"
    write_lines(file, in_their_terms(MARKED))
    for lang in reading.scores:
        compare_with_oracle(reading, lang, oracle(MARKED, file, None if lang == "all" else lang))


def in_their_terms(folder: Path) -> list[dict[str, Any]]:
    """Return what `marsad extract` prints, turned into the other scorer's terms by its own description of them."""
    run = [sys.executable, "-c", "from marsad.cli import main; main()", "extract", str(folder / "reports.jsonl")]
    said = subprocess.run([*run, "--format", "jsonl", "--processes", "1"], capture_output=True, check=True).stdout
    lines = []
    for line in map(json.loads, said.splitlines()):
        claims = []
        for claim in line["claims"]:
            if claim["measure"] in ("detained", "abducted", "population"):
                continue
            said_so = claim["value"] is not None and not claim["derived"]
            claims.append(
                {
                    "start": claim["start"],
                    "end": claim["end"],
                    "low": claim["value"] if said_so and claim["bound"] == "more_than" else claim["low"],
                    "high": claim["value"] if said_so and claim["bound"] == "less_than" else claim["high"],
                    "category": "killed" if claim["measure"] == "bodies_seen" else claim["measure"],
                    "victim_type": claim["status"],
                    "attribution": claim["attribution"][0] if claim["attribution"] else None,
                }
            )
        lines.append({"report_id": line["report_id"], "claims": claims})
    return lines


NAMES = (None, "Lantern", "the lantern network", "a doctor (by phone)", "The doctor", "UN", "شبكة الفانوس")


@st.composite
def spans(draw: st.DrawFn) -> dict[str, Any]:
    """Any span of a short text."""
    start = draw(st.integers(0, 60))
    return {"start": start, "end": start + draw(st.integers(1, 12))}


@st.composite
def claims(draw: st.DrawFn) -> dict[str, Any]:
    """Any claim, of few numbers, so that many are right."""
    return {
        **draw(spans()),
        "low": draw(st.sampled_from([None, 0, 1, 2, 3])),
        "high": draw(st.sampled_from([None, 3, 4])),
        "category": draw(st.sampled_from(CATEGORIES)),
        "victim_type": draw(st.sampled_from(VICTIM_TYPES)),
        "attribution": draw(st.sampled_from(NAMES)),
        "vague": draw(st.booleans()),
        "scope": "incident",
        "incident": "I",
        "status": "asserted",
    }


reports = st.fixed_dictionaries(
    {
        "lang": st.sampled_from(["en", "ar"]),
        "claims": st.lists(claims(), max_size=5),
        "guesses": st.lists(claims(), max_size=5),
        "decoys": st.lists(spans().map(lambda span: {**span, "reason": "age"}), max_size=2),
        "hard_negative": st.sampled_from([False, False, "sport"]),
    }
)


@pytest.mark.long
@needs_oracle
@settings(max_examples=15, deadline=None)
@given(st.lists(reports, min_size=1, max_size=8))
def test_any_marks_and_any_guesses_score_as_the_other_scorer_says(
    tmp_path_factory: pytest.TempPathFactory, made: list[dict[str, Any]]
) -> None:
    """Made-up marks and guesses, overlapping as they like, get the same figures from both."""
    folder = tmp_path_factory.mktemp("made")
    ids = [f"r{n}" for n in range(len(made))]
    text = "word " * 20
    write_lines(
        folder / "reports.jsonl", [{"id": i, "text": text, "lang": r["lang"]} for i, r in zip(ids, made, strict=True)]
    )
    gold = [
        {"report_id": i, **{field: r[field] for field in ("claims", "decoys", "hard_negative")}}
        for i, r in zip(ids, made, strict=True)
    ]
    write_lines(folder / "gold.jsonl", gold)
    (folder / "source_aliases.json").write_text(
        '{"Lantern": ["the lantern network", "شبكة الفانوس"], "UN": []}', "utf-8"
    )
    guesses = [{"report_id": i, "claims": r["guesses"]} for i, r in zip(ids, made, strict=True)]
    file = write_lines(folder / "p.jsonl", guesses)
    reading = evaluate_reading(folder, predictions=file)
    compare_with_oracle(reading, "all", oracle(folder, file, None))
