"""What channels say of their outlets reaches the origins: a network is one voice, an agency's words are the agency's."""

import os
from datetime import UTC, date, datetime

import pytest

from marsad.collect.incoming import Incoming
from marsad.pipeline.again import rederived
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService
from marsad.pipeline.verify import verify_observatory

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TOLD = {
    "Euphrates Desk": "At least 41 people were killed in an air strike on the market of Raqqa on Tuesday.",
    "Tigris Desk": "The strike on the market of Raqqa on Tuesday left 57 people dead.",
    "Harbour Daily": "On Tuesday 63 people died when aircraft bombed the market of Raqqa.",
}
CHANNEL = "name: {name}\npublisher: {publisher}\nkind: page\naddress: https://{name}.example/\nrelations:\n  - {{{relation}}}\n"


def channel(obs: Observatory, name: str, publisher: str, relation: str) -> None:
    (obs.path / "channels").mkdir(exist_ok=True)
    text = CHANNEL.format(name=name, publisher=publisher, relation=relation)
    (obs.path / "channels" / f"{name}.yaml").write_text(text)


def origins(obs: Observatory) -> dict[str, tuple[str, str]]:
    """Return, for each outlet, the origin of its claims and the reason."""
    with obs.kept() as kept, kept.read() as reading:
        outlets = {str(report.report_id): report.outlet for report in reading.reports()}
    with obs.derived() as derived:
        reports = {row["claim_id"]: row["report_id"] for row in derived.table("claim").to_pylist()}
        return {
            outlets[reports[row["claim_id"]]]: (row["origin"], row["rule"]) for row in derived.table("fold").to_pylist()
        }


@pytest.fixture(scope="module")
def obs(tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    """Three reports of one strike, each in its outlet's own voice, with three numbers."""
    made = Observatory.init(tmp_path_factory.mktemp("ties") / "obs", "ties", NOW)
    items = [Incoming(name, text.encode(), name, date(2014, 11, 26)) for name, text in TOLD.items()]
    with made.kept() as kept:
        assert all(WriteService(kept, made.vault, os.urandom).receive_all(items, lambda: NOW))
    return made


@pytest.mark.long
def test_ties_are_origins_with_their_reason(obs: Observatory) -> None:
    """Three voices; once channels tell of them, a network is one voice and an agency's paper speaks for the agency."""
    run(obs, processes=1)
    assert origins(obs) == {name: (name, "own-voice") for name in TOLD}
    channel(obs, "tigris", "Tigris Desk", "same network: Euphrates Desk")
    channel(obs, "harbour", "Harbour Daily", "republishes: Reuters")
    run(obs, processes=1)
    assert origins(obs) == {
        "Euphrates Desk": ("Euphrates Desk", "own-voice"),
        "Tigris Desk": ("Euphrates Desk", "channel-same-network"),
        "Harbour Daily": ("Reuters", "channel-republishes"),
    }
    assert verify_observatory(obs.path, lambda: rederived(obs, processes=1)) == []
