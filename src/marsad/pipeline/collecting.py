"""Collecting: visits the channels of an observatory, takes in what they bring, and remembers how far it has come.

What a visit brings is acknowledged item by item, so that a visit that is stopped or killed is gone on with and not begun
anew. Nothing that was received is lost: it is a report, or it is in quarantine with the reason.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from marsad.collect.arrival import Arrival
from marsad.collect.bucket_arrivals import bucket_arrivals
from marsad.collect.channels import Channel, alarm
from marsad.collect.file_arrivals import arriving
from marsad.collect.how import PLAIN, How
from marsad.collect.particulars import Particulars
from marsad.collect.web.addresses import Reach
from marsad.collect.web.fetch import Later
from marsad.collect.web.politely import Polite, next_wait
from marsad.collect.web_arrivals import Heard, Visit
from marsad.collect.workers import Workers
from marsad.model import Wrong
from marsad.pipeline.service import Receipt, WriteService
from marsad.stage import Rejection
from marsad.store.collecting import Collecting
from marsad.store.kept_rows import instant

Clock = Callable[[], datetime]
_TOGETHER = 100
"""Items in one commit, where they come without being waited for."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about a channel: that it is paused, left alone, has dried up, floods."""

    channel: str
    words: str
    warning: bool = False


Event = Receipt | Rejection | Note


@dataclass
class Collector:
    """Collects for one observatory: `service` keeps, `state` remembers, `workers` parse, `clock` tells the time in UTC.

    `reach` is what may be asked; `rest` sleeps between two requests; `obey` is false where sites are the operator's own.
    """

    service: WriteService
    state: Collecting
    workers: Workers
    clock: Clock
    reach: Reach = field(default_factory=Reach)
    rest: Callable[[float], None] = time.sleep
    obey: bool = True
    _asking: Polite | None = field(default=None, init=False)

    def collect(self, channel: Channel, due_only: bool = True) -> Iterator[Event]:
        """Yield what a visit to a channel brings: a receipt for each report, a rejection for each refusal, and notes.

        A channel that is paused, or that failed and rests, is passed over with a note; `due_only=False` asks all the same.
        """
        known, now = self.state.channel(channel.name), self.clock()
        if known["paused"]:
            yield Note(channel.name, "is paused")
            return
        if due_only and known["next_at"] is not None and known["next_at"] > instant(now):
            yield Note(channel.name, f"rests until {known['next_at'][:19]}Z after {known['failures']} failures")
            return
        counts: Counter[str] = Counter()
        try:
            yield from self._visit(channel, Heard(known["etag"], known["modified"]), counts)
        except Wrong as wrong:
            failures = known["failures"] + 1
            wait = next_wait(failures, wrong.wait if isinstance(wrong, Later) else None)
            until = instant(now + timedelta(seconds=wait))
            self.state.set_channel(channel.name, failures=failures, next_at=until, asked_at=instant(now))
            yield self._refused(channel.name, Rejection(channel.address or channel.name, "collect", str(wrong)), counts)
        else:
            self.state.set_channel(channel.name, failures=0, next_at=None, asked_at=instant(now))
        self._count(channel, counts)
        yield from self._alarms(channel)

    def _visit(self, channel: Channel, last: Heard, counts: Counter[str]) -> Iterator[Event]:
        waiting: list[Arrival] = []
        settled = True
        try:
            for arrived in self._arrivals(channel, last):
                if isinstance(arrived, Heard):
                    yield from self._take(channel, waiting, counts)
                    waiting = []
                    if settled:  # else what failed would hide behind "nothing new" the next time
                        self.state.set_channel(channel.name, etag=arrived.etag, modified=arrived.modified)
                    continue
                settled = settled and arrived.settled
                waiting.append(arrived)
                if (channel.capture and channel.kind != "folder") or len(waiting) >= _TOGETHER:
                    yield from self._take(channel, waiting, counts)
                    waiting = []
                if self.state.channel(channel.name)["paused"]:
                    yield Note(channel.name, "was paused; it is gone on with when it is resumed")
                    return
        finally:
            # Also when the visit is broken off: what was received is acknowledged before anything else.
            late = list(self._take(channel, waiting, counts))
        yield from late

    def _arrivals(self, channel: Channel, last: Heard) -> Iterator[Arrival | Heard]:
        def unseen(items: Iterable[str]) -> list[str]:
            return self.state.unseen(channel.name, items)

        if channel.kind == "folder":
            told = Particulars(channel.publisher, None, channel.language, protected=channel.protected or None)
            folder = Path(channel.address)
            if not folder.is_dir():
                raise Wrong(
                    f"channel {channel.name}, address", channel.address, "is no folder", "name one that is there"
                )
            seconds = self.clock().timestamp()
            yield from arriving(folder, told, unseen, seconds, self.workers, channel=channel.name)
        elif channel.kind == "bucket":
            yield from bucket_arrivals(channel, self._polite(channel), self.workers, unseen)
        else:
            yield from Visit(channel, self._polite(channel), self.workers, unseen, last).arrivals()

    def watch(self, folder: Path, given: Particulars, name: str = "watch", how: How = PLAIN) -> Iterator[Event]:
        """Yield what the files of a folder bring that are new since the last call and at rest."""
        counts: Counter[str] = Counter()
        unseen = partial(self.state.unseen, name)
        channel = Channel(name, given.outlet or "?", "folder", str(folder))
        waiting: list[Arrival] = []
        for arrival in arriving(folder, given, unseen, self.clock().timestamp(), self.workers, channel=name, how=how):
            waiting.append(arrival)
            if len(waiting) >= _TOGETHER:
                yield from self._take(channel, waiting, counts)
                waiting = []
        yield from self._take(channel, waiting, counts)
        if counts:
            self._count(channel, counts)

    def _take(self, channel: Channel, arrivals: Iterable[Arrival], counts: Counter[str]) -> Iterator[Event]:
        arrivals = list(arrivals)
        found = [arrival.found for arrival in arrivals if arrival.found is not None]
        events: list[Event] = []
        for item, answer in zip(found, self.service.receive_all(found, self.clock), strict=True):
            if isinstance(answer, Receipt) and answer.conflict is None:
                counts["new" if answer.new else "known"] += 1
                events.append(answer)
            else:
                said = (
                    answer if isinstance(answer, Rejection) else Rejection(answer.name, "collect", str(answer.conflict))
                )
                events.append(self._refused(channel.name, said, counts, log=isinstance(item, Rejection)))
        self.state.see(channel.name, [a.item for a in arrivals if a.settled], self.clock())
        yield from events

    def _refused(self, channel: str, said: Rejection, counts: Counter[str], log: bool = True) -> Rejection:
        counts["refused"] += 1
        if log:  # with an original, it stands in quarantine
            self.state.refuse(channel, said.record_id, said.reason, self.clock())
        return said

    def _count(self, channel: Channel, counts: Counter[str]) -> None:
        day = self.clock().astimezone(UTC).date().isoformat()
        self.state.count(channel.name, day, counts["new"], counts["known"], counts["refused"])

    def _alarms(self, channel: Channel) -> Iterator[Note]:
        today = self.clock().astimezone(UTC).date()
        yesterday = (today - timedelta(days=1)).isoformat()
        since = self.state.watched_since(channel.name)
        before: int | None = None
        if since is not None and since < yesterday:  # the first day was no whole one
            row = self.state.tally(channel.name, yesterday)
            before = 0 if row is None else row["new"]
        row = self.state.tally(channel.name, today.isoformat())
        odd = alarm(channel, before, 0 if row is None else row["new"])
        if odd is not None:
            yield Note(channel.name, odd, warning=True)

    def _polite(self, channel: Channel) -> Polite:
        """Return who asks: one for all channels, so that two on one site leave it rest between them."""
        if self._asking is None:
            self._asking = Polite(self.clock, self.reach, channel.pause, self.obey, rest=self.rest)
        self._asking.pause = channel.pause
        return self._asking
