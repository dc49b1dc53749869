"""How fast each kind of file becomes reports, and whether that stays so as it grows.

    python -m benchmarks.collecting [--most 10000]      every kind, 1,000 to 100,000 items
    python -m benchmarks.collecting --rows 10000000     one table of so many rows: time and memory of taking it apart
    python -m benchmarks.collecting --intake 100000     one table into an observatory, killed half-way and taken in again

Every item is made up here; what is timed is `gather`, the path that `marsad add` takes, and `marsad add` itself for --intake.
"""

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from marsad.collect.files import gather
from marsad.collect.how import How
from marsad.collect.incoming import Incoming
from marsad.collect.particulars import Particulars

_UCDP = (
    "id,relid,year,type_of_violence,side_a,side_b,source_original,where_prec,where_coordinates,adm_1,latitude,longitude,country,"
    "event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low\n"
)
_GIVEN = Particulars(outlet="Made-up team")


def ucdp(count: int) -> Iterator[str]:
    """Yield the lines of a table in the form of UCDP GED."""
    yield _UCDP
    for n in range(count):
        day, dead = f"2014-{n % 12 + 1:02}-{n % 28 + 1:02}", n % 40 + 1
        yield (
            f"{n},REL-{n},2014,1,Side A,Side B,Made-up Monitor,1,Town {n % 900},Province {n % 30},{30 + n % 7}.{n % 1000:03},"
            f"{35 + n % 9}.{n % 997:03},Syria,1,1,{day},{day},0,0,{dead},0,{dead},{dead + 2},{dead}\n"
        )


def acled(count: int) -> Iterator[str]:
    """Yield the lines of a table in the form of ACLED."""
    yield "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,location,geo_precision,"
    yield "notes,fatalities\n"
    for n in range(count):
        yield f"SYR{n},2014-11-25,1,Battles,Armed clash,A,B,Syria,Town {n % 900},1,Made-up words number {n}.,{n % 9}\n"


def whatsapp(count: int) -> Iterator[str]:
    """Yield the lines of a chat."""
    for n in range(count):
        yield f"{n % 28 + 1:02}/11/2014, {n % 24:02}:{n % 60:02} - Person {n % 7}: {n % 9 + 1} were killed in quarter {n}.\n"


def telegram(count: int) -> Iterator[str]:
    """Yield the parts of Telegram's export as JSON."""
    yield '{"name": "Made-up channel", "type": "public_channel", "messages": ['
    for n in range(count):
        item = {
            "id": n,
            "type": "message",
            "date": "2014-11-25T10:00:00",
            "date_unixtime": str(1416909600 + n),
            "from": "x",
        }
        yield ("," if n else "") + json.dumps(
            {**item, "text": [f"{n % 9} were killed in ", {"type": "bold", "text": f"quarter {n}"}]}
        )
    yield "]}"


def telegram_page(count: int) -> Iterator[str]:
    """Yield the parts of Telegram's export as HTML."""
    yield '<html><title>Exported Data</title><div class="page_wrap"><div class="page_header"><div class="text bold">C</div></div>'
    for n in range(count):
        yield (
            f'<div class="message default clearfix" id="message{n}"><div class="body"><div class="date details" '
            f'title="25.11.2014 10:00:00 UTC+02:00">10:00</div><div class="from_name">P</div>'
            f'<div class="text">{n} dead</div></div></div>'
        )


def workbook(count: int) -> bytes:
    """Return a workbook in the form of UCDP GED, as few parts as one may have."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/_rels/workbook.xml.rels", '<R><Relationship Id="r1" Target="worksheets/sheet1.xml"/></R>')
        archive.writestr(
            "xl/workbook.xml", f'<workbook {space} xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>'
        )
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f"<worksheet {space}><sheetData>".encode())
            for line in ucdp(count):
                cells = "".join(f'<c t="str"><v>{cell}</v></c>' for cell in line.rstrip("\n").split(","))
                sheet.write(f"<row>{cells}</row>".encode())
            sheet.write(b"</sheetData></worksheet>")
    return out.getvalue()


def mailbox(count: int) -> Iterator[str]:
    """Yield the letters of a mailbox."""
    for n in range(count):
        yield f"From a@b.example Tue Nov 25 10:00:00 2014\nSubject: Raid {n}\n"
        yield f"Date: Tue, 25 Nov 2014 10:00:00 +0200\n\n{n} dead.\n\n"


KINDS: dict[str, tuple[str, Callable[[int], Iterator[str] | bytes], How]] = {
    "UCDP as CSV": (".csv", ucdp, How()),
    "ACLED as CSV": (".csv", acled, How()),
    "UCDP as XLSX": (".xlsx", workbook, How()),
    "WhatsApp": (".txt", whatsapp, How(kind="whatsapp")),
    "Telegram, JSON": (".json", telegram, How()),
    "Telegram, HTML": (".html", telegram_page, How()),
    "mailbox": (".mbox", mailbox, How()),
}


def write(path: Path, parts: Iterator[str] | bytes) -> None:
    """Write a file, part by part."""
    if isinstance(parts, bytes):
        path.write_bytes(parts)
        return
    with path.open("w", encoding="utf-8") as file:
        file.writelines(parts)


def taken(path: Path, how: How) -> int:
    """Return how many reports the file yields."""
    return sum(isinstance(item, Incoming) for item in gather(path, _GIVEN, how=how))


def spent() -> float:
    """Return the seconds of processor time that this process and the workers that it has ended have taken."""
    return sum(os.times()[:4])


def table(folder: Path, most: int) -> None:
    """Print items a second of processor time for each kind and size, and how the time for one item grows beyond 1,000."""
    sizes = tuple(size for size in (1_000, 10_000, 100_000) if size <= most)
    print(f"| {'kind':<15} | " + " | ".join(f"{size:>9,}: cpu s | items/cpu s" for size in sizes) + " | growth |")
    print("|---|" + "---:|" * (2 * len(sizes) + 1))
    for kind, (suffix, made, how) in KINDS.items():
        each: list[float] = []
        cells: list[str] = []
        for size in sizes:
            path = folder / f"{size}{suffix}"
            write(path, made(size))
            began = spent()
            count = taken(path, how)
            seconds = spent() - began
            assert count == size, (kind, size, count)
            each.append(seconds / size)
            cells.append(f"{seconds:.2f} | {size / seconds:,.0f}")
            path.unlink()
        print(f"| {kind} | {' | '.join(cells)} | {each[-1] / each[min(1, len(each) - 2)]:.2f} |", flush=True)


def rows(folder: Path, count: int) -> None:
    """Print the time and the most memory that taking apart a table of so many rows takes."""
    path = folder / "many.csv"
    write(path, ucdp(count))
    began = time.perf_counter()
    found = taken(path, How())
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = path.stat().st_size / 1e9
    print(
        f"{found:,} rows ({size:.2f} GB) in {seconds:,.0f} s, {found / seconds:,.0f} rows/s, at most {peak:,.0f} MB of memory"
    )


def intake(folder: Path, count: int) -> None:
    """Print what `marsad add` of such a table takes, killed after a while and started again."""
    path, observatory = folder / "many.csv", folder / "obs"
    write(path, ucdp(count))
    marsad = [sys.executable, "-c", "from marsad.cli import main; main()"]
    subprocess.run([*marsad, "init", str(observatory)], check=True, capture_output=True)
    add = [*marsad, "add", str(observatory), str(path)]
    before = time.perf_counter()
    first = subprocess.Popen(add, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    killer = threading.Timer(max(2.0, count / 4000), first.kill)
    killer.start()
    first.communicate()
    killer.cancel()
    middle = time.perf_counter()
    second = subprocess.run(add, check=True, capture_output=True, text=True)
    after = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"killed after {middle - before:.0f} s (exit {first.returncode})")
    print(f"then {after - middle:.0f} s: {second.stdout.splitlines()[-1]}")
    print(f"at most {peak:,.0f} MB of memory; {count / (after - before):,.0f} rows/s over both")


def main() -> None:
    """Run what the arguments ask for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int)
    asked.add_argument("--most", type=int, default=100_000)
    asked.add_argument("--intake", type=int)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory(dir=os.environ.get("MARSAD_BENCH_DIR")) as folder:
        if told.rows:
            rows(Path(folder), told.rows)
        elif told.intake:
            intake(Path(folder), told.intake)
        else:
            table(Path(folder), told.most)


if __name__ == "__main__":
    main()
