"""Every parser against files that were broken on purpose: an answer in words, in little time, and never a wrong claim of bytes.

`make fuzz` gives each parser MARSAD_FUZZ_SECONDS (60); in `make test` each gets a second. What was found is kept as tests in
the files of the parsers.
"""

import os
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from read_claims import claims, words

from corpus import FILES
from marsad.collect.files import gather
from marsad.collect.incoming import Incoming
from marsad.collect.particulars import Particulars
from marsad.model import Wrong

SECONDS = float(os.environ.get("MARSAD_FUZZ_SECONDS", "60"))
SLOW = 2.0
IN_WORKERS = ("pdf", "workbook", "word file", "letter", "mailbox", "whatsapp archive")
GIVEN = Particulars(outlet="Fuzz")
PIECES = st.sampled_from(
    (
        *(
            b"\0",
            b"\xff",
            b'"',
            b"{",
            b"[",
            b"<",
            b">",
            b"\n",
            b"&",
            b"%",
            b"\xe2\x80\xae",
            b"9" * 40,
            b"-1",
            b"1e999",
            b"NaN",
        ),
        *(
            b"From ",
            b"<!DOCTYPE x>",
            b"\xef\xbb\xbf",
            b"]]",
            b"}}",
            b"," * 50,
            b"\r\n\r\n",
            "٩٩".encode(),
            b"a" * 3000,
            b"null",
        ),
    )
)


@st.composite
def broken(draw: st.DrawFn, data: bytes) -> bytes:
    """Draw a file that was cut, doubled, overwritten or filled with pieces of other things, in a few places."""
    made = bytearray(data)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(made)))
        match draw(st.integers(0, 4)):
            case 0:
                del made[at : at + draw(st.integers(1, 60))]
            case 1:
                made[at:at] = draw(PIECES)
            case 2:
                made[at:at] = made[at : at + draw(st.integers(1, 300))] * draw(st.integers(1, 8))
            case 3:
                made[at : at + 4] = draw(st.binary(max_size=4))
            case _:
                del made[at:]
    return bytes(made)


def attack(kind: str, folder: Path, seconds: float, tries: int = 100) -> int:
    """Break a file of this kind again and again for so long, `tries` times at a go; return how often."""
    suffix, data, how = FILES[kind]
    path = folder / f"fuzzed{suffix}"
    count = 0

    @settings(
        max_examples=tries,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        derandomize=seconds < 1,  # a go that is not the last one tries others
    )
    @given(broken(data))
    def one(made: bytes) -> None:
        nonlocal count
        count += 1
        path.write_bytes(made)
        began = time.process_time()
        try:
            for item in gather(path, GIVEN, how=how):
                if isinstance(item, Incoming):
                    assert words(item).strip()
                    claims(item)
        except Wrong as wrong:
            assert str(wrong).isprintable()  # noqa: PT017 - a refusal is one of two good answers
        assert time.process_time() - began < SLOW

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        one()
    return count


@pytest.mark.fuzz
@pytest.mark.parametrize("kind", FILES)
def test_parser_for_long(kind: str, tmp_path: Path) -> None:
    """A minute for each parser."""
    print(f"{kind}: {attack(kind, tmp_path, SECONDS):,} broken files")  # noqa: T201 - how much was tried


@pytest.mark.long
@pytest.mark.parametrize(
    "kind", [kind for kind in FILES if kind not in ("workbook", "word file", "letter", "mailbox", "whatsapp archive")]
)
def test_parser_for_a_moment(kind: str, tmp_path: Path) -> None:
    """A hundred broken files of each kind that is read in this process; thirty where a program is started for each."""
    tries = 30 if kind == "pdf" else 100
    assert attack(kind, tmp_path, 0.01, tries) >= tries // 2


@pytest.mark.long
@pytest.mark.parametrize("kind", FILES)
def test_whole_files(kind: str, tmp_path: Path) -> None:
    """The files that are broken here are whole to begin with: each gives a report."""
    if kind == "pdf" and shutil.which("pdftotext") is None:
        pytest.skip("needs poppler-utils (tools/documents.sh)")
    suffix, data, how = FILES[kind]
    (tmp_path / f"a{suffix}").write_bytes(data)
    found = list(gather(tmp_path / f"a{suffix}", GIVEN, how=how))
    assert found
    assert all(isinstance(item, Incoming) for item in found)
