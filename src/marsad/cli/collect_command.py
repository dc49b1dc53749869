"""`marsad collect` and `marsad watch`: what arrives by itself, from the web and from folders."""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

import click

from marsad.cli.clock import now
from marsad.cli.progress import Bar, progress
from marsad.cli.refusal import Command
from marsad.collect.channels import Channel, read_channels
from marsad.collect.particulars import read_particulars
from marsad.collect.web.addresses import Reach
from marsad.collect.workers import Workers
from marsad.model import Wrong
from marsad.pipeline.collecting import Collector, Event, Note
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.refusals import Refusal, refusals_of
from marsad.pipeline.service import Receipt, WriteService

_CHANNELS = "channels"
_LISTED = 50


@click.command(cls=Command, short_help="Take in what the channels bring.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("names", metavar="[CHANNEL]...", nargs=-1)
@click.option("--explain", is_flag=True, help="Collect nothing; tell what was refused, and why.")
@click.option(
    "--pause", "pause", is_flag=True, help="Pause these channels (all, if none is named), also in a running visit."
)
@click.option("--resume", "resume", is_flag=True, help="Go on with these channels.")
@click.option("--now", "at_once", is_flag=True, help="Ask also channels that failed and rest.")
@click.option(
    "--allow", multiple=True, metavar="IP:PORT", help="A server of your own that may be asked, such as 127.0.0.1:8080."
)
@click.option("--ignore-robots", is_flag=True, help="Ask also for what robots.txt forbids, on sites that are your own.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each report, refusal or note.")
def collect(
    path: Path,
    names: tuple[str, ...],
    explain: bool,
    pause: bool,
    resume: bool,
    at_once: bool,
    allow: tuple[str, ...],
    ignore_robots: bool,
    as_json: bool,
) -> None:
    """Visit the channels of an observatory and take in what is new: feeds, pages with their capture, lists, folders.

    A channel is a YAML file in OBSERVATORY/channels (docs/collecting.md shows one). Every item is acknowledged when it
    is safely on the disk; stopped at any moment (Ctrl-C), the next run goes on where this one was. What cannot be read
    stays in quarantine, with the reason.

    \b
    Examples:
      marsad collect obs/
      marsad collect obs/ euphrates-desk --now
      marsad collect obs/ --explain

    \b
    With --json, each line is {"channel", "report_id", "new"}, {"channel", "refused", "reason"} or {"channel", "note"}.
    Exit codes: 0 done (refusals and warnings included), 2 no channel could be read.
    """
    observatory = Observatory.open(path)
    if explain:
        _explain(observatory, names, as_json)
        return
    _ready()
    channels = _chosen(observatory, names)
    if pause or resume:
        with observatory.collecting() as state:
            for channel in channels:
                state.set_channel(channel.name, paused=int(pause))
                click.echo(f"{channel.name} {'is paused' if pause else 'goes on'}.")
        return
    with _collector(observatory, allow, not ignore_robots) as collector, progress("Collecting", None) as bar:
        counts: Counter[str] = Counter()
        for channel in channels:
            for event in collector.collect(channel, due_only=not at_once):
                _tell(channel.name, event, counts, bar, as_json)
    _conclude(counts, as_json)


@click.command(cls=Command, short_help="Take in what is put into a folder.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--outlet", help="Who printed the reports, where they do not say it.")
@click.option("--published", metavar="DATE", help="The day they were published, where they do not say it.")
@click.option("--lang", help="Their language, as two letters: en, ar, …")
@click.option(
    "--every", type=click.FloatRange(min=0.1), default=5.0, show_default=True, help="Seconds between two looks."
)
@click.option("--once", is_flag=True, help="Look once, and leave.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each report or refusal.")
def watch(
    path: Path,
    folder: Path,
    outlet: str | None,
    published: str | None,
    lang: str | None,
    every: float,
    once: bool,
    as_json: bool,
) -> None:
    """Watch a folder and take in every file that is put into it, once it has come to rest.

    Files are read as `marsad add` reads them and stay where they are. A file that changes is taken in anew; what cannot
    be read is copied into quarantine. Stop it with Ctrl-C; the next watch goes on where this one was.

    \b
    Examples:
      marsad watch obs/ inbox/ --outlet "Euphrates Desk"
      marsad watch obs/ inbox/ --once

    Exit codes: 0 stopped, 2 there is no such folder or observatory.
    """
    given = read_particulars({"outlet": outlet, "published": published, "lang": lang}, "command line")
    observatory = Observatory.open(path)
    counts: Counter[str] = Counter()
    try:
        with _collector(observatory, (), True) as collector, progress("Watching", None) as bar:
            while True:
                if not folder.is_dir():
                    raise Wrong(str(folder), None, "is no folder", "name one that is there")
                for event in collector.watch(folder, given, f"watch {folder.absolute()}"):
                    _tell("watch", event, counts, bar, as_json)
                if once:
                    break
                time.sleep(every)
    except KeyboardInterrupt:
        pass  # how one leaves
    _conclude(counts, as_json)


def _ready() -> None:
    """Raise Wrong where a library is missing that channels need: before anything is asked for, and not item by item."""
    missing = [name for name in ("yaml", "feedparser", "trafilatura") if find_spec(name) is None]
    if missing:
        raise Wrong("marsad collect", ", ".join(missing), "is not installed", "pip install 'marsad[collect]'")


@contextmanager
def _collector(observatory: Observatory, allow: tuple[str, ...], obey: bool) -> Iterator[Collector]:
    with ExitStack() as stack:
        kept = stack.enter_context(observatory.kept())
        state = stack.enter_context(observatory.collecting())
        workers = stack.enter_context(Workers())
        service = WriteService(kept, observatory.vault, os.urandom)
        yield Collector(service, state, workers, now, Reach(frozenset(allow)), obey=obey)


def _chosen(observatory: Observatory, names: tuple[str, ...]) -> list[Channel]:
    """Return the channels named, all if none is; a file that is no channel is said and passed over."""
    folder = observatory.path / _CHANNELS
    found: dict[str, Channel] = {}
    for one in read_channels(folder):
        if isinstance(one, Wrong):
            click.echo(_plain(str(one)), err=True)
        else:
            found[one.name] = one
    for name in names:
        if name not in found:
            raise Wrong("CHANNEL", name, f"is none of {', '.join(found) or 'nothing'}", f"look into {folder}")
    if not found:
        raise Wrong(str(folder), None, "describes no channel", "write one: docs/collecting.md shows how")
    return [channel for name, channel in found.items() if not names or name in names]


def _tell(channel: str, event: Event, counts: Counter[str], bar: Bar, as_json: bool) -> None:
    bar()
    if isinstance(event, Note):
        counts["warnings"] += event.warning
        said = {"channel": channel, "note": event.words, "warning": event.warning}
        if as_json:
            click.echo(json.dumps(said, ensure_ascii=False))
        else:
            bar.say(f"{'Warning: ' if event.warning else ''}channel {channel} {event.words}.")
    elif isinstance(event, Receipt):
        counts["new" if event.new else "known"] += 1
        if as_json:
            told = {"channel": channel, "report_id": event.report_id, "new": event.new}
            click.echo(json.dumps(told, ensure_ascii=False))
        elif event.new and counts["new"] <= _LISTED + 1:
            click.echo(f"{event.report_id}  {_plain(event.name)}" if counts["new"] <= _LISTED else "…")
    else:
        counts["refused"] += 1
        if as_json:
            said = {"channel": channel, "refused": event.record_id, "reason": event.reason}
            click.echo(json.dumps(said, ensure_ascii=False))
        else:
            bar.say(_plain(event.reason))


def _conclude(counts: Counter[str], as_json: bool) -> None:
    warned = f", {counts['warnings']:,} warnings" if counts["warnings"] else ""
    summary = f"{counts['new']:,} new, {counts['known']:,} known already, {counts['refused']:,} refused{warned}."
    click.echo(summary, err=as_json)


def _explain(observatory: Observatory, names: tuple[str, ...], as_json: bool) -> None:
    with (
        observatory.kept(read_only=True) as kept,
        observatory.collecting() as state,
        kept.read() as reading,
    ):
        found = [one for one in refusals_of(reading, state) if not names or one.channel in names]
    if as_json:
        for one in found:
            click.echo(json.dumps(one.told(), ensure_ascii=False))
        return
    if not found:
        click.echo("Nothing was refused.")
        return
    for one in found:
        click.echo(_paragraph(one, observatory))
    kept_back = sum(one.evidence is not None for one in found)
    click.echo(f"{len(found):,} refused; the originals of {kept_back:,} are kept in quarantine.")


def _paragraph(one: Refusal, observatory: Observatory) -> str:
    lines = [f"{one.at[:16].replace('T', ' ')}  {one.channel}", f"    {_plain(one.reason)}"]
    if one.evidence is not None:
        lines.append(f"    kept: {observatory.vault.where(one.evidence)}")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Return a text without what a terminal would obey: names and addresses come from anybody."""
    return "".join(c if c.isprintable() else "�" for c in text)
