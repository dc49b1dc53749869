"""`marsad compare`, `series`, `changes`, `totals` and `evaluate assessing`, as a person or a script asks them."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from marsad.cli import main

SOHR, SNHR = "the Syrian Observatory for Human Rights said", "the Syrian Network for Human Rights said"
DUMA = f"Government air strikes killed 12 people in the Syrian town of Duma on 25 November 2014, {SOHR}.\n"
AGAIN = f"Government air strikes killed 15 people in the Syrian town of Duma on 25 November 2014, {SNHR}.\n"
DOZENS = "Shelling killed dozens of people in the Syrian city of Raqqa on 27 November 2014, residents said.\n"
WAR = "The war in Syria has killed more than 195,000 people since March 2011, the United Nations said.\n"
PUBLISHED = Path(__file__).parents[2] / "examples" / "published"


def marsad(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def lines(*words: object) -> list[Any]:
    result = marsad(*words)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(scope="module")
def obs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An observatory with two incidents and a running total; two monitors tell of the one, residents of the other."""
    folder = tmp_path_factory.mktemp("assessing")
    path = folder / "obs"
    assert marsad("init", path).exit_code == 0
    for n, text in enumerate((DUMA, AGAIN, DOZENS, WAR)):
        file = folder / f"{n}.txt"
        file.write_text(text, "utf-8")
        assert marsad("add", path, file, "--outlet", f"Outlet {n}", "--published", "2014-11-28").exit_code == 0
    assert marsad("run", path, "--processes", 1).exit_code == 0
    return path


def test_policies_stand_side_by_side_with_the_rule_that_parts_them(obs: Path) -> None:
    """12 to 15, 12 best or 12 alone; dozens are 24 to 99 or 12; and each difference names its rules."""
    found = {
        line["code"].split("-")[0]: line for line in lines("compare", obs, "--policy", "airwars,ucdp,acled", "--json")
    }
    [duma, raqqa] = [found[name] for name in sorted(found)]
    totals = {policy: told["total"] for policy, told in duma["tolls"].items()}
    assert [(t["low"], t["best"], t["high"]) for t in totals.values()] == [(12, None, 15), (12, 12, 15), (12, 12, 12)]
    assert raqqa["tolls"]["acled"]["total"]["low"] == 12
    assert "best" in {reason["rule"] for reason in duma["because"]["ucdp"]}
    assert "vague" in {reason["rule"] for reason in raqqa["because"]["acled"]}
    assert {scheme: grade["level"] for scheme, grade in duma["grades"].items()} == {
        "airwars": "fair",
        "ohchr": "verified",
        "ibc": "two-source",
    }
    assert duma["grades"]["ohchr"]["inputs"]["origins"] == 2
    assert sorted(claim["text"] for claim in duma["clash"]) == ["12 people", "15 people"]


def test_a_comparison_fits_eighty_columns_in_both_languages(obs: Path) -> None:
    """No line is longer, and every policy has its row."""
    for lang in ("en", "ar"):
        result = CliRunner(env={"COLUMNS": "80"}).invoke(main, ["compare", str(obs), "--policy", "all", "--lang", lang])
        assert result.exit_code == 0
        assert max(len(line) for line in result.output.splitlines()) <= 80
        assert result.output.count("un_three_types") >= 2


def test_a_policy_of_one_s_own_is_a_file(obs: Path, tmp_path: Path) -> None:
    """Based on ucdp, it takes the highest; without a source a rule is refused, and so is a policy that nobody wrote."""
    obs = Path(shutil.copytree(obs, tmp_path / "obs"))
    folder = obs / "policies"
    folder.mkdir(exist_ok=True)
    rule = '[rules.conflict]\nvalue = "highest"\nsource = "our handbook"\n'
    (folder / "ours.toml").write_text(f'name = "ours"\nversion = "1"\nbased_on = "ucdp"\n{rule}', "utf-8")
    duma = next(line for line in lines("compare", obs, "--policy", "ucdp,ours", "--json") if "DOUMA" in line["code"])
    assert duma["tolls"]["ours"]["total"]["low"] == 15
    (folder / "ours.toml").write_text('name = "ours"\nversion = "1"\n[rules.conflict]\nvalue = "highest"\n', "utf-8")
    refused = marsad("compare", obs, "--policy", "ours")
    assert (refused.exit_code, "says not where the rule is published" in refused.output) == (2, True)
    unknown = marsad("compare", obs, "--policy", "undp")
    assert unknown.exit_code == 2
    assert "airwars, ucdp, acled" in unknown.output


def test_series_print_naive_carried_and_likely_under_their_names(obs: Path) -> None:
    """By week: 12 to 15 and 24 to 99; the three sums are named below the table."""
    [row] = lines("series", obs, "--by", "week", "--policy", "airwars", "--json")
    assert (row["week"], row["incidents"], row["naive_low"], row["naive_high"]) == ("2014-11-24", 2, 36, 114)
    assert (row["low"], row["high"]) == (36, 114)
    assert row["low"] <= row["likely_low"] <= row["likely_high"] <= row["high"]
    said = marsad("series", obs, "--by", "place,status", "--policy", "airwars").output
    assert all(word in said for word in ("Naive:", "Carried:", "Likely:", "unknown"))
    assert marsad("series", obs, "--by", "fortnight").exit_code == 2


def test_changes_between_a_day_and_itself_are_none(obs: Path) -> None:
    """Today and now are one state; another policy is a cause; an earlier end is refused."""
    recorded = next(iter(lines("series", obs, "--by", "day", "--time", "recorded", "--json")))["day"]
    *changed, sums = lines("changes", obs, "--from", recorded, "--json")
    assert changed == []
    assert sums["sums"]["before"] == sums["sums"]["after"]
    words = ("changes", obs, "--from", recorded, "--policy", "ucdp", "--policy-before", "airwars", "--json")
    assert {c["cause"] for line in lines(*words)[:-1] for c in line["causes"]} == {"policy"}
    assert marsad("changes", obs, "--from", recorded, "--to", "2001-01-01").exit_code == 2


def test_a_running_total_is_set_against_what_is_recorded(obs: Path) -> None:
    """More than 195,000 less the two incidents of that land and time, and the share they cover, which is next to none."""
    [total] = lines("totals", obs, "--policy", "airwars", "--json")
    assert (total["words"], total["incidents"], total["left"]) == ("more than 195,000 people", 2, [194_887, None])
    assert total["covered"][1] < 0.001
    assert len(total["steps"]) == 2
    assert len(lines("totals", obs, "--without-fighters", "--json")[0]["steps"]) == 3


def test_published_figures_are_scored(tmp_path: Path) -> None:
    """The example's five incidents: both ends and the grade of each; a table without its reports is refused."""
    [scored] = lines("evaluate", "assessing", PUBLISHED, "--processes", 1, "--json")
    for way in ("linked", "given"):
        assert {scored[way][name] for name in ("asked", "told", "both_same", "grade_same")} == {5}
        assert scored[way]["off"] == 0
    table = tmp_path / "published.csv"
    table.write_text("id,min,max\nA,9,3\n", "utf-8")
    refused = marsad("evaluate", "assessing", table)
    assert refused.exit_code == 2
    assert "minimum above its maximum" in refused.output


def test_why_explains_a_policy_that_is_not_stored(obs: Path) -> None:
    """ACLED's dozens: 12, and the words that count so; an unknown policy is refused with the known ones."""
    code = next(line["code"] for line in lines("compare", obs, "--json") if line["code"].startswith("RAQQA"))
    [told] = lines("why", obs, code, "killed", "total", "--policy", "acled", "--json")
    assert (told["tolls"][0]["low"], told["tolls"][0]["policy"]) == (12, "acled")
    assert "“dozens of people” counts as 12" in json.dumps(told["tolls"][0]["why"], ensure_ascii=False)
    assert marsad("why", obs, code, "--policy", "undp").exit_code == 2
