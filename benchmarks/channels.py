"""How fast what arrives by itself becomes reports: feeds, pages, captures, pictures; and whether that stays so as it grows.

    python -m benchmarks.channels [--most 10000]

All is made up here; servers are on the loopback. What is timed is the path that `marsad collect` takes.
"""

import argparse
import io
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/collect/web"))

from marsad.collect.channels import Channel
from marsad.collect.web.addresses import Reach
from marsad.collect.web.fetch import Exchange
from marsad.collect.web.wacz import write_wacz
from marsad.collect.web.warc import write_warc
from marsad.collect.workers import Workers
from marsad.link.alike_pictures import alike
from marsad.pipeline.collecting import Collector
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import WriteService
from marsad.store.collecting import Collecting

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS = "people were killed when shells fell on the market of Harbour Town on Tuesday evening, doctors said. "


def page(number: int) -> bytes:
    """Return a page of some ten kilobytes."""
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(80))
    text = "".join(f"<p>{number + n} {WORDS}</p>" for n in range(30))
    return f"<html><head><title>Raid {number}</title></head><body><ul>{menu}</ul><article>{text}</article></body></html>".encode()


def feed(count: int) -> bytes:
    """Return a feed of so many entries."""
    entries = "".join(
        f"<item><title>Raid {n}</title><guid>g{n}</guid><pubDate>Tue, 25 Nov 2014 23:30:00 +0300</pubDate>"
        f"<description>{n} {WORDS}</description></item>"
        for n in range(count)
    )
    return f"<rss version='2.0'><channel><title>Desk</title>{entries}</channel></rss>".encode()


def exchange(number: int) -> Exchange:
    """Return a page as it was answered."""
    body = page(number)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return Exchange(f"https://e.example/{number}", "93.184.215.14", NOON, b"GET / HTTP/1.1\r\n\r\n", head + body)


def in_worker(workers: Workers, parser: str, data: bytes, times: int = 1) -> int:
    """Return how many items a parser finds in so many readings."""
    return sum(1 for _ in range(times) for _ in workers.read(parser, data, name="made up"))


def collected(count: int, capture: bool) -> int:
    """Return how many reports a visit to a site of so many pages brings, server and commits included."""
    from servers import answer, serving

    with ExitStack() as stack:
        answers = {f"/{n}": answer(page(n)) for n in range(count)} if capture else {"/feed": answer(feed(count))}
        server = stack.enter_context(serving(answers))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        obs = Observatory.init(folder / "obs", "bench", NOON)
        kept = stack.enter_context(obs.kept())
        state = stack.enter_context(Collecting(folder / "state.db"))
        workers = stack.enter_context(Workers())
        service = WriteService(kept, obs.vault, os.urandom)
        collector = Collector(service, state, workers, lambda: NOON, Reach(frozenset({server.place})), obey=False)
        addresses = tuple(server.url(f"/{n}") for n in range(count)) if capture else ()
        watched = Channel(
            "bench", "Desk", "list" if capture else "feed", "" if capture else server.url("/feed"),
            addresses, capture=capture, limit=count, pause=0.0,
        )  # fmt: skip
        for _ in collector.collect(watched):
            pass
        with kept.read() as reading:
            return reading.report_count()


def measure(name: str, counts: list[int], run: Callable[[int], int]) -> None:
    """Print how many items a second there are at each size."""
    shown = []
    for count in counts:
        start = time.monotonic()
        found = run(count)
        shown.append(f"{found / (time.monotonic() - start):>11,.0f}/s")
    print(f"{name:34}{''.join(shown)}", flush=True)


def main() -> None:
    """Measure every kind at growing sizes."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--most", type=int, default=10_000)
    most = asked.parse_args().most
    sizes = [size for size in (10, 100, 1_000, 10_000) if size <= most]
    print(f"{'items':34}" + "".join(f"{size:>13,}" for size in sizes))
    codes = {str(n): f"{(n * 0x9E3779B97F4A7C15F39CC0605CEDC835) ** 2 % 2**256:064x}" for n in range(100_000)}
    with Workers(1) as workers:
        one = page(1)
        list(workers.read("marsad.collect.web.page:readable", one, name="warm"))
        measure(
            "a worker that does nothing much",
            sizes,
            lambda n: in_worker(workers, "marsad.collect.web.words:words", b"a", n),
        )
        measure(
            "text of pages (10 kB)", sizes[:2], lambda n: in_worker(workers, "marsad.collect.web.page:readable", one, n)
        )
        measure(
            "entries of a feed", sizes[:2], lambda n: in_worker(workers, "marsad.collect.web.feed:entries", feed(n))
        )
        warcs = {n: write_warc([exchange(k) for k in range(n)], NOON, "bench")[0] for n in sizes}
        measure(
            "pages in a WARC, unpacked",
            sizes,
            lambda n: in_worker(workers, "marsad.collect.web.warc_read:responses", warcs[n]),
        )
        measure(
            "captures written",
            sizes,
            lambda n: sum(bool(write_wacz([exchange(k)], "https://e.example/", NOON)) for k in range(n)),
        )
        measure(
            "pictures hashed (640×480)",
            sizes[:2],
            lambda n: in_worker(workers, "marsad.collect.perceptual:perceptual", _jpeg(), n),
        )
    measure(
        "pictures compared",
        [1_000, 10_000, 100_000],
        lambda n: n + sum(1 for _ in alike(dict(list(codes.items())[:n]))) * 0,
    )
    measure("collected: entries of a feed", sizes[:2], lambda n: collected(n, capture=False))
    measure("collected: pages with capture", sizes[:2], lambda n: collected(n, capture=True))


def _jpeg() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.linear_gradient("L").resize((640, 480)).rotate(20).save(out, "JPEG")
    return out.getvalue()


if __name__ == "__main__":
    main()
