"""An observatory on disk: made whole or not at all, opened only if it is one."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from marsad.model import Report, ReportId, Wrong
from marsad.pipeline.observatory import Observatory
from marsad.store.derived import Derived

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def obs(tmp_path: Path) -> Observatory:
    return Observatory.init(tmp_path / "obs", "Raqqa", NOW)


def test_a_new_observatory(obs: Observatory, tmp_path: Path) -> None:
    """It has its settings, an empty vault and two empty stores, for its owner alone, and nothing lies beside it."""
    assert sorted(p.name for p in obs.path.iterdir()) == ["derived.db", "kept.db", "marsad.toml", "vault"]
    assert [p.name for p in tmp_path.iterdir()] == ["obs"]
    assert obs.path.stat().st_mode & 0o777 == 0o700
    assert (obs.name, obs.policies, obs.languages) == ("Raqqa", ("airwars", "ucdp"), ("en", "ar"))
    with obs.kept() as kept, kept.read() as reading:
        assert (reading.report_count(), reading.tree_size()) == (0, 0)
    with obs.derived() as derived:
        assert derived.count("claim") == 0


def test_a_name_in_any_script(tmp_path: Path) -> None:
    """The name comes back as given, quotes and Arabic included."""
    name = 'مرصد "الرقة" \\ 2014'
    assert Observatory.init(tmp_path / "obs", name, NOW).name == name
    assert Observatory.open(tmp_path / "obs").name == name


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    """A folder that is there and empty becomes the observatory."""
    (tmp_path / "obs").mkdir()
    assert Observatory.init(tmp_path / "obs", "x", NOW).path == tmp_path / "obs"


def test_what_is_there_is_never_touched(obs: Observatory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another observatory, a file, a link, the present folder, a folder without a parent: refused, and left alone."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "here").mkdir()
    before = sorted(tmp_path.rglob("*"))
    for name, said in (("obs", "exists already"), ("file", "exists already"), ("link", "exists already")):
        with pytest.raises(Wrong, match=said):
            Observatory.init(tmp_path / name, "x", NOW)
    with pytest.raises(Wrong, match="is not a folder; make it first"):
        Observatory.init(tmp_path / "none" / "obs", "x", NOW)
    with pytest.raises(Wrong, match="is no name that can be printed"):
        Observatory.init(tmp_path / "new", "a\nb", NOW)
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(Wrong, match="is the folder you are in"):
        Observatory.init(Path(), "x", NOW)
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "file").read_text() == "mine"


def test_an_interrupted_init_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it cannot be made to the end, nothing of it is there."""

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Derived, "create", full)
    with pytest.raises(Wrong, match="No space left on device"):
        Observatory.init(tmp_path / "obs", "x", NOW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (None, "is not an observatory: it has no marsad.toml; make one with `marsad init"),
        ("name = ", "is not TOML"),
        ('name = "x"\nschema = 2\npolicies = ["ucdp"]\nlanguages = ["en"]', "install a newer marsad"),
        ('name = "x"\nschema = "1"\npolicies = ["ucdp"]\nlanguages = ["en"]', "is not a schema number"),
        ('name = "x"\npolicies = ["ucdp"]\nlanguages = ["en"]', "is not a schema number"),
        ('schema = 1\npolicies = ["ucdp"]\nlanguages = ["en"]', "is not a name"),
        ('name = "x"\nschema = 1\npolicies = []\nlanguages = ["en"]', "policies: .* is not a list of names"),
        ('name = "x"\nschema = 1\npolicies = ["ucdp"]\nlanguages = "en"', "languages: .* is not a list of names"),
    ],
)
def test_what_is_no_observatory(tmp_path: Path, settings: str | None, said: str) -> None:
    """Missing, broken, impossible and newer settings are refused, each with what to do."""
    if settings is not None:
        (tmp_path / "marsad.toml").write_text(settings)
    with pytest.raises(Wrong, match=said):
        Observatory.open(tmp_path)


def test_settings_that_are_no_text(tmp_path: Path) -> None:
    """Settings that are not UTF-8 are refused like any others that are not TOML."""
    (tmp_path / "marsad.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(Wrong, match="is not TOML"):
        Observatory.open(tmp_path)


def test_derived_may_be_removed_and_kept_may_not(obs: Observatory) -> None:
    """What is derived is made anew, empty; what is kept cannot be."""
    (obs.path / "derived.db").unlink()
    with pytest.raises(Wrong, match="run `marsad run`"):
        obs.derived(read_only=True)
    with obs.derived() as derived:
        assert derived.count("claim") == 0
    (obs.path / "kept.db").unlink()
    with pytest.raises(Wrong, match="restore it from a backup"):
        obs.kept()


def test_texts_of_reports(obs: Observatory) -> None:
    """The text of a report is read from its evidence, without its front matter."""
    name = obs.vault.put_many([b"---\noutlet: Radio\n---\n95 killed"])[0]
    report = Report(ReportId("r1"), name, "Radio", None, "en", None, NOW)
    (text,) = obs.texts([report])
    assert (text.report_id, text.text, text.outlet, text.lang) == ("r1", "95 killed", "Radio", "en")
    shutil.rmtree(obs.path / "vault")
    with pytest.raises(Wrong, match="restore this file"):
        list(obs.texts([report]))
