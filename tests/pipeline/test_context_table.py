"""A run keeps what reports say beside counts in a table of its own, which can be thrown away and made again."""

from datetime import date
from pathlib import Path

import pytest
from small_world import MONITORS, NOW, TOWNS, Story, ground_file, killed, receive

from marsad.model.rows import context_of
from marsad.pipeline.again import rederived
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.verify import verify_observatory

DAY = date(2014, 11, 25)
BESIDE = "\n{monitor} condemned the raid. Rebels still hold the town of {town}. The army denied the attack.\n"


def observatory(folder: Path) -> Observatory:
    """Return an observatory with four reports that say more than a toll."""
    made = Observatory.init(folder, "context", NOW)
    stories = []
    for number, town in enumerate(TOWNS[:4]):
        monitor = MONITORS[number % len(MONITORS)]
        text = killed(town, DAY, 9 + number, monitor) + BESIDE.format(monitor=monitor, town=town)
        stories.append(Story(f"Outlet {number}", DAY, text))
    receive(made, stories, NOW)
    return made


@pytest.mark.long
def test_the_table_is_filled_and_made_again_to_the_same_bytes(tmp_path: Path) -> None:
    """Contexts of every report, spans that quote it, none lost or changed when the derived store is removed."""
    obs, places = observatory(tmp_path / "obs"), ground_file(tmp_path)
    run(obs, processes=1, gazetteer=places)
    with obs.derived(read_only=True) as derived:
        table, digest = derived.table("context"), derived.digest()
    contexts = [context_of(row) for row in table.to_pylist()]
    assert len({c.report_id for c in contexts}) == 4
    assert {"holds", "denied", "condemned"} <= {c.act for c in contexts}
    (obs.path / "derived.db").unlink()
    run(obs, processes=1, gazetteer=places)
    with obs.derived(read_only=True) as derived:
        assert derived.table("context").equals(table)
        assert derived.digest() == digest


@pytest.mark.long
def test_verification_derives_contexts_too(tmp_path: Path) -> None:
    """A context that was altered in the store is a difference."""
    obs, places = observatory(tmp_path / "obs"), ground_file(tmp_path)
    run(obs, processes=1, gazetteer=places)
    assert verify_observatory(obs.path, lambda: rederived(obs, 1, places)) == []
    with obs.derived() as derived:
        table = derived.table("context")
        rows = [{**row, "actor": "somebody else"} for row in table.to_pylist()]
        derived.replace({"context": table.from_pylist(rows, schema=table.schema)})
    found = verify_observatory(obs.path, lambda: rederived(obs, 1, places))
    assert any("derived.db, context" in difference.subject for difference in found)
