"""Where a store lies: an address without a secret, encrypted beyond this machine, or a refusal that repeats nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict

from marsad.model import Wrong
from marsad.store.places import server


@pytest.mark.parametrize(
    ("url", "host", "database", "sslmode"),
    [
        ("postgresql://db.example/obs", "db.example", "obs", "require"),
        ("postgresql://anna@db.example:5433/obs", "db.example", "obs", "require"),
        ("postgres://db.example/obs?sslmode=verify-full", "db.example", "obs", "verify-full"),
        ("postgresql://127.0.0.1/obs", "127.0.0.1", "obs", None),
        ("postgresql://[::1]:5432/obs", "::1", "obs", None),
        ("postgresql:///obs?host=/run/postgresql", "/run/postgresql", "obs", None),
        ("postgresql://db.example/%D9%85%D8%B1%D8%B5%D8%AF", "db.example", "مرصد", "require"),
    ],
)
def test_an_address_means_to_the_driver_what_it_says(url: str, host: str, database: str, sslmode: str | None) -> None:
    """Host and database are those named; beyond this machine nothing is sent in the clear, unless the address says so."""
    found = server(url, "--store")
    told = conninfo_to_dict(found.conninfo)
    assert (told.get("host"), told["dbname"], told.get("sslmode")) == (host, database, sslmode)
    assert found.database == database
    assert server(found.url, "again") == found


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://anna:geheim@db.example/obs",
        "postgresql://anna:geheim@/obs",
        "postgresql://db.example/obs?password=geheim",
        "postgresql://db.example/obs?sslpassword=geheim",
        "postgresql://db.example/obs?passfile=/geheim",
        "postgresql://db.example/obs?options=-csearch_path%3Dgeheim",
        "postgresql://db.example:geheim/obs",
        "postgresql://db.example",
        "postgresql://db.example/" + "o" * 41,
        "postgresql://db.example/obs\n",
        "mysql://anna:geheim@db.example/obs",
        "host=db.example password=geheim",
        "",
    ],
)
def test_a_wrong_address_is_refused_and_not_repeated(url: str) -> None:
    """A password in an address, an option that is none of ours, no database, another kind of server: refused."""
    with pytest.raises(Wrong) as refused:
        server(url, "--store")
    assert "geheim" not in str(refused.value)
    assert "--store" in str(refused.value)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    """Whatever stands behind postgresql:// is a server that the driver understands, or wrong."""
    try:
        found = server(f"postgresql://{text}", "--store")
    except Wrong:
        return
    assert conninfo_to_dict(found.conninfo)["dbname"] == found.database
    assert conninfo_to_dict(found.conninfo).get("password") is None


def test_a_password_in_the_settings_is_refused(tmp_path: Path) -> None:
    """The settings file is shared and backed up: an observatory with a password in it is not opened."""
    from datetime import UTC, datetime

    from marsad.pipeline.observatory import Observatory

    obs = Observatory.init(tmp_path / "obs", "open", datetime(2026, 11, 22, tzinfo=UTC))
    settings = obs.path / "marsad.toml"
    settings.write_text(
        settings.read_text("utf-8") + '[store]\nurl = "postgresql://a:geheim@db.example/obs"\n', "utf-8"
    )
    with pytest.raises(Wrong, match="holds a password") as refused:
        Observatory.open(obs.path)
    assert "geheim" not in str(refused.value)
