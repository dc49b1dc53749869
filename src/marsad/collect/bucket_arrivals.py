"""What an S3 bucket brings: each object once, read as a file of its name; one that cannot be read is kept with the reason."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import quote

from marsad.collect.arrival import Arrival
from marsad.collect.channels import Channel
from marsad.collect.file_arrivals import arriving
from marsad.collect.incoming import Found, Incoming, Refused
from marsad.collect.particulars import Particulars
from marsad.collect.web.fetch import Allowance, Later
from marsad.collect.web.politely import Polite
from marsad.collect.web_arrivals import Heard, Unseen
from marsad.collect.workers import Workers
from marsad.model import Wrong
from marsad.stage import Rejection

_OBJECT: Final = Allowance(seconds=300.0, size=200 << 20)
_PAGES: Final = 10_000


def bucket_arrivals(channel: Channel, asking: Polite, workers: Workers, unseen: Unseen) -> Iterator[Arrival | Heard]:
    """Yield what the objects of a bucket bring that were not seen; an object that changes is a new one.

    The channel's address is the bucket's, with a `?prefix=` if only part of it is meant; it has to be readable by anybody, or
    by whoever asks from here. Raises Later and Wrong as `Polite.get` does where the listing cannot be had.
    """
    base, _, asked = channel.address.partition("?")
    given = Particulars(channel.publisher, None, channel.language, protected=channel.protected or None)
    taken, token = 0, ""
    with tempfile.TemporaryDirectory(prefix="marsad-bucket-") as held:
        try:
            for _ in range(_PAGES):
                query = "&".join(
                    filter(None, ("list-type=2", asked, token and f"continuation-token={quote(token, safe='')}"))
                )
                answer = asking.get(f"{base}?{query}")
                if answer.status != 200:
                    raise Wrong("bucket", base[:200], f"answers {answer.status}", "check that it may be listed")
                *objects, last = workers.read("marsad.collect.web.lists:bucket", answer.content, name=base[:200])
                by_item = {
                    f"{one['key']} {one['mark']}": str(one["key"]) for one in objects if not one["key"].endswith("/")
                }
                for item in unseen(by_item):
                    if taken >= channel.limit:
                        yield Heard()
                        return
                    taken += 1
                    folder = Path(held) / str(taken)
                    yield from _object(item, by_item[item], base, channel, asking, workers, given, folder)
                token = last.get("next") or ""
                if not token:
                    break
        except Wrong:
            yield Heard()  # what was received is acknowledged while its file is still here
            raise
        yield Heard()


def _object(
    item: str, key: str, base: str, channel: Channel, asking: Polite, workers: Workers, given: Particulars, folder: Path
) -> Iterator[Arrival]:
    url = f"{base.rstrip('/')}/{quote(key)}"
    try:
        answer = asking.get(url, _OBJECT)
        if answer.status != 200:
            raise Wrong("object", key[:200], f"answers {answer.status}", "check that it may be read")
    except Later as later:
        yield Arrival(item, Rejection(url, "collect", str(later)), settled=False)
        return
    except Wrong as wrong:
        yield Arrival(item, Rejection(url, "collect", str(wrong)))
        return
    folder.mkdir()
    path = folder / (_file_name(key) or "object")
    path.write_bytes(answer.content)
    for arrival in arriving(folder, given, list, float("inf"), workers, channel=channel.name):
        yield replace(arrival, item=item, found=_at(arrival.found, str(path), url))


def _at(found: Found | None, path: str, url: str) -> Found | None:
    """Return what was found under the object's address instead of the path where its bytes lay for a moment."""
    if isinstance(found, Incoming):
        return replace(found, name=found.name.replace(path, url), address=found.address or url)
    if isinstance(found, Refused):
        return replace(found, name=found.name.replace(path, url), reason=found.reason.replace(path, url))
    if isinstance(found, Rejection):
        return replace(found, record_id=found.record_id.replace(path, url), reason=found.reason.replace(path, url))
    return None


def _file_name(key: str) -> str:
    """Return the last part of a key, fit for a file's name: names are data, and this one is not our own."""
    last = key.rsplit("/", 1)[-1]
    return "".join(c if c.isalnum() or c in "-_." else "_" for c in last).lstrip(".")[-100:]
