"""What an observatory tells beside incidents: made of public reports alone, whatever private ones say."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from marsad.collect.incoming import Incoming
from marsad.model import DecisionKind
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.public_context import public_context
from marsad.pipeline.publication import publication_policy
from marsad.pipeline.publish import publish, verify_published
from marsad.pipeline.restricting import restrict
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService
from marsad.publish.public import PublicContext, PublicTopic

NOW = datetime(2014, 12, 20, 12, tzinfo=UTC)
HOST = "https://north-courier.example/"
PUBLIC = [
    (
        "Islamic State fighters captured the Syrian town of Akhtarin on Wednesday, 13 August 2014.",
        date(2014, 8, 14),
        f"{HOST}1",
    ),
    ("YPG fighters captured the Syrian town of Akhtarin on Friday, 5 September 2014.", date(2014, 9, 6), f"{HOST}2"),
    (
        "Government forces captured the Syrian town of Akhtarin on Wednesday, 10 December 2014.",
        date(2014, 12, 11),
        f"{HOST}3",
    ),
]
PRIVATE = [
    (
        "Islamic State fighters hold the Syrian town of Akhtarin, Zqcanaryqz of Hajji Street saw on 8 September 2014.",
        date(2014, 9, 9),
    ),
    (
        "Islamic State fighters captured the Syrian town of Marea on Monday, 1 September 2014, Zqcanaryqz said.",
        date(2014, 9, 2),
    ),
]


def made(folder: Path, private: bool) -> Observatory:
    """Return an observatory that public reports, and private ones, have reached."""
    observatory = Observatory.init(folder / "obs", "North", NOW)
    items = [
        Incoming(f"p{n}", f"{text}\n".encode(), "North Courier", day, lang="en", address=at)
        for n, (text, day, at) in enumerate(PUBLIC)
    ]
    if private:
        items += [
            Incoming(
                f"s{n}",
                f"{text}\n".encode(),
                "Zqcanaryqz notes",
                day,
                lang="en",
                address=f"https://t.me/Zqcanaryqz/{n}",
            )
            for n, (text, day) in enumerate(PRIVATE)
        ]
    with observatory.kept() as kept:
        WriteService(kept, observatory.vault, bytes).receive(items, NOW)
    run(observatory, processes=1)
    return observatory


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Observatory, Observatory]:
    """Return an observatory with public reports alone, and one that private reports have reached as well."""
    return made(tmp_path_factory.mktemp("bare"), private=False), made(tmp_path_factory.mktemp("full"), private=True)


def told(observatory: Observatory, now: datetime = NOW) -> PublicContext:
    """Return what is told beside incidents."""
    return public_context(observatory, publication_policy(observatory), now)


@pytest.mark.long
def test_private_reports_change_nothing_but_the_number_that_is_kept_back(both: tuple[Observatory, Observatory]) -> None:
    """Not who is said to have held a place, nor how sure that is; it is counted that more is known."""
    bare, full = (told(observatory) for observatory in both)
    assert full.withheld > bare.withheld
    assert replace(full, withheld=0) == replace(bare, withheld=0)
    assert [(k.topic, k.party, str(k.last)) for k in bare.knowledge] == [
        (PublicTopic.CONTROL, "a:islamic-state", "2014-08-13"),
        (PublicTopic.CONTROL, "a:ypg", "2014-09-05"),
    ]


@pytest.mark.long
def test_nothing_of_a_private_report_is_in_a_release(both: tuple[Observatory, Observatory], tmp_path: Path) -> None:
    """No word of it in any file; and the release is what the observatory gives when it is asked again."""
    publish(both[1].path, tmp_path / "out", NOW, bytes)
    leaks = [path for path in (tmp_path / "out").rglob("*") if path.is_file() and b"Zqcanaryqz" in path.read_bytes()]
    assert leaks == []
    assert b"Marea" not in (tmp_path / "out" / "data" / "record.json").read_bytes()
    assert verify_published(tmp_path / "out", both[1].path) == []


def test_who_took_a_place_is_told_two_weeks_after_the_end_of_the_day(both: tuple[Observatory, Observatory]) -> None:
    """The capture of the tenth of December is told from noon of the twenty-fifth on, with the map up to that day."""
    before, after = (told(both[0], datetime(2014, 12, 25, hour, 59, tzinfo=UTC)) for hour in (11, 12))
    assert len(after.knowledge) - len(before.knowledge) == 1
    assert max(run.last for run in before.holdings) < date(2014, 12, 10)
    assert after.holdings[-1].shares[0].party == "a:government-of-syria"


@pytest.mark.long
def test_what_is_restricted_or_refused_is_not_told(tmp_path: Path) -> None:
    """A person's no and a circle's secret undo a statement for the public; what stood before stands again."""
    observatory = made(tmp_path, private=False)
    with observatory.derived(read_only=True) as derived:
        rows = {str(row["occurred_to"]): row for row in derived.table("knowledge", topic="control").to_pylist()}
    first, second = rows["2014-08-13"], rows["2014-09-05"]
    with observatory.kept() as kept:
        WriteService(kept, observatory.vault, bytes).decide(
            anchor=f"{second['report_id']}:{second['start']}-{second['end']}", kind=DecisionKind.REJECT, body={},
            actor="lynx", reason="another Akhtarin", expected_version=0, now=NOW,
        )  # fmt: skip
    assert {k.party for k in told(observatory).knowledge} == {"a:islamic-state"}
    assert told(observatory).holdings[-1].shares[0].party == "a:islamic-state"
    with observatory.kept() as kept:
        restrict(kept, first["report_id"], "north", "lynx", "its writer is in danger", NOW, bytes)
    assert (told(observatory).knowledge, told(observatory).holdings) == ((), ())
