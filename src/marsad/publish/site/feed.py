"""The feed: an Atom document of releases, and of the incidents that the last one told first or otherwise."""

import hashlib
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from marsad.publish.errata import Erratum, Stood, errata_of, releases_of
from marsad.publish.public import PublicIncident, PublicRelease
from marsad.publish.site.speaker import Speaker

MOST = 40
"""Incidents that a feed names: the latest."""


def feed(release: PublicRelease, speaker: Speaker) -> bytes:
    """Return the feed in one language (RFC 4287): ids never change, addresses are relative to the feed's own."""
    stood = releases_of(release)
    base = hashlib.sha256(str(release.observatory).encode()).hexdigest()[:16]
    entries = [_of_release(one, speaker, base) for one in reversed(stood[-MOST:])]
    changed = {str(one.said.code): one for one in errata_of(release).get(release.number, [])}
    news = [one for one in release.incidents if one.since == release.number]
    news.sort(key=lambda one: (one.occurred_to or date.min, one.code), reverse=True)
    entries += [_of_incident(one, changed.get(one.code), release, speaker, base) for one in news[:MOST]]
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{speaker.lang}">',
        f"<id>urn:marsad:{base}:{speaker.lang}</id>",
        f"<title>{escape(speaker.plain('feed.title', observatory=release.observatory))}</title>",
        f"<updated>{_instant(release.published)}</updated>",
        f"<author><name>{escape(release.observatory)}</name></author>",
        '<link rel="self" href="feed.xml"/>',
        '<link rel="alternate" type="text/html" href="index.html"/>',
    ]
    return "\n".join([*head, *entries, "</feed>", ""]).encode()


def _of_release(one: Stood, speaker: Speaker, base: str) -> str:
    counts = speaker.plain("said_page.counts", shown=one.incidents, withheld=one.withheld)
    title = speaker.plain("feed.release", number=one.number)
    return _entry(
        f"urn:marsad:{base}:{speaker.lang}:release:{one.number}",
        title,
        one.published,
        f"said.html#release-{one.number}",
        counts,
    )


def _of_incident(
    one: PublicIncident, erratum: Erratum | None, release: PublicRelease, speaker: Speaker, base: str
) -> str:
    title = speaker.plain("feed.incident", place=speaker.place(one.place), when=speaker.when(one))
    words = speaker.plain("feed.first")
    if erratum is not None:
        causes = speaker.plain("site.comma").join(speaker.plain(f"cause.{cause}") for cause in erratum.said.causes)
        words = f"{speaker.plain('errata.why')} {causes}"
    ident = f"urn:marsad:{base}:{speaker.lang}:incident:{one.code}:{release.number}"
    return _entry(ident, title, release.published, f"incident/{one.code}.html", words)


def _entry(ident: str, title: str, day: date, href: str, words: str) -> str:
    link = f'<link rel="alternate" type="text/html" href={quoteattr(href)}/>'
    body = f"<title>{escape(title)}</title><updated>{_instant(day)}</updated>{link}<summary>{escape(words)}</summary>"
    return f"<entry><id>{escape(ident)}</id>{body}</entry>"


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
