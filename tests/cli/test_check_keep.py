"""`marsad check --keep`: a review that is kept, told in the next release, and taken back."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from marsad.cli.check_command import check
from marsad.cli.decide_command import decide
from marsad.cli.intake_commands import add, init
from marsad.cli.publish_command import publish
from marsad.cli.run_command import run as run_command
from marsad.cli.validate_command import validate
from marsad.cli.verify_command import verify

REPORT = (
    "At least 11 people were killed and 7 were wounded in government air strikes on the Syrian city of Raqqa on Tuesday, "
    "25 November 2014, the Syrian Observatory for Human Rights said.\n"
)
ARTICLE = (
    "Government air strikes on the Syrian city of Raqqa on 25 November 2014 killed 26 people and wounded 9, "
    "the Syrian Observatory for Human Rights said.\n"
)
WHERE = ["--outlet", "The Harbour Daily", "--published", "2014-11-27", "--address", "https://harbour.example/raid"]
WHO = ["--keep", "--actor", "lynx", "--reason", "Zqreaders asked"]


def run(command: object, *words: object) -> Result:
    """Run a command of marsad."""
    return CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def obs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an observatory with one incident, and beside it an article."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "a.txt").write_text(REPORT)
    (folder / "article.txt").write_text(ARTICLE)
    told = ["--outlet", "Radio Furat", "--published", "2014-11-26", "--address", "https://radio-furat.example/1"]
    assert run(init, folder / "obs").exit_code == 0
    assert run(add, folder / "obs", folder / "a.txt", *told).exit_code == 0
    assert run(run_command, folder / "obs", "--processes", "1").exit_code == 0
    return folder / "obs"


@pytest.mark.parametrize("missing", ["--address", "--outlet", "--actor", "--reason"])
def test_a_review_that_nobody_could_look_up_or_answers_for_is_not_kept(obs: Path, missing: str) -> None:
    """Who printed it, where it stands, who keeps it and why: without one of them it is refused."""
    words = [*WHERE, *WHO]
    at, before = words.index(missing), decisions(obs)
    result = run(check, obs, obs.parent / "article.txt", *words[:at], *words[at + 2 :])
    assert result.exit_code == 2
    assert missing in result.output
    assert decisions(obs) == before


@pytest.mark.long
def test_a_kept_review_is_told_without_what_is_private_and_gone_when_taken_back(obs: Path) -> None:
    """The dead are reviewed, the wounded are not; the reason stays private; checked again there is one review, undone none."""
    out, article = obs.parent / "out", obs.parent / "article.txt"
    run(publish, obs, out)
    assert not (out / "data" / "claimreview.jsonld").exists()
    for _ in range(2):
        assert run(check, obs, article, *WHERE, *WHO).exit_code == 1
    assert run(run_command, obs, "--processes", "1").exit_code == 0
    run(publish, obs, out)
    file = out / "data" / "claimreview.jsonld"
    items = [one["item"] for one in json.loads(file.read_bytes())["itemListElement"]]
    assert [(one["inLanguage"], one["reviewRating"]["alternateName"]) for one in items] == [
        ("en", "differs"),
        ("ar", "مخالف للسجل"),
    ]
    assert {one["claimReviewed"] for one in items} == {"26 people"}
    assert "ucdp 11–" in items[0]["reviewRating"]["ratingExplanation"]
    assert (file.parent / items[0]["url"]).resolve().is_file()
    assert not any(
        word in path.read_bytes() for path in out.rglob("*") if path.is_file() for word in (b"Zqreaders", b"lynx")
    )
    assert run(validate, file).exit_code == 0
    assert run(verify, out, "--observatory", obs).exit_code == 0
    with_articles = [d for d in decisions(obs) if d.startswith("article:")]
    undone = ["--body", '{"undone": true}', "--actor", "fox", "--reason", "the article was changed", "--version", "2"]
    result = run(decide, obs, "check", with_articles[0], *undone)
    assert result.exit_code == 0, result.output
    run(publish, obs, out)
    assert not file.exists()


def decisions(obs: Path) -> list[str]:
    """Return the anchors of what was decided."""
    from marsad.pipeline.observatory import Observatory

    with Observatory.open(obs).kept(read_only=True) as kept, kept.read() as reading:
        return [one.anchor for one in reading.decisions()]
