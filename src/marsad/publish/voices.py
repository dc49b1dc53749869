"""Who may be named: which reports stand in public already, which origins go by name, and what of a report is quoted."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from marsad.model import ClaimId, Finding, Measure, Origin, OriginKind, ReportId, Role
from marsad.publish.policy import PublicationPolicy
from marsad.publish.public import PublicText, compose

ORGANISED = frozenset((OriginKind.MONITOR, OriginKind.INTERNATIONAL, OriginKind.OFFICIAL, OriginKind.PARTY))
"""Kinds that speak as bodies: named once a public report names them."""

NEVER_NAMED = frozenset((OriginKind.WITNESS, OriginKind.UNNAMED))
"""Kinds that are persons, whatever any list says."""

_MEASURES = {measure: n for n, measure in enumerate(Measure)}
_HOST = re.compile(r"(?!-)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
_REACHABLE = re.compile(r"@|\d[\d\s().-]{6,}\d")
"""An address or a number by which somebody could be reached."""


def public_address(address: str | None, policy: PublicationPolicy) -> PublicText | None:
    """Return the address if anybody may be sent there: a plain web page that is no person's account and opens no door.

    None for anything else: unknown forms, bare hosts, ports, names and passwords, addresses within a network, keys.
    """
    if address is None or len(address) > 500 or not address.isascii() or any(c.isspace() for c in address):
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    if parts.scheme not in ("http", "https") or port is not None or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    if any(host == own or host.endswith("." + own) for own in policy.personal_hosts):
        return None
    if {key.casefold() for key, _ in parse_qsl(parts.query, keep_blank_values=True)} & set(policy.secret_parameters):
        return None
    return compose(parts._replace(fragment="").geturl(), 500)


def is_public(finding: Finding, policy: PublicationPolicy) -> bool:
    """Whether anybody can read the report that the finding stands in: its outlet is named public, or its page is."""
    return finding.outlet in policy.public_names or public_address(finding.address, policy) is not None


def named(origin: Origin, findings: Iterable[Finding], policy: PublicationPolicy) -> bool:
    """Whether the origin of these findings goes by its name: it is listed, or is a body that a public report names.

    An outlet's own word is public where the outlet itself is. A person is never named, and neither is a description
    ("military source"), which begins with a small letter.
    """
    if origin.kind in NEVER_NAMED or origin.name[:1].islower():
        return False
    if origin.name in policy.public_names:
        return True
    told = [finding for finding in findings if is_public(finding, policy)]
    if origin.kind is OriginKind.MEDIA:
        return any(finding.outlet == origin.name for finding in told)
    return origin.kind in ORGANISED and bool(told)


def phrases(
    findings: Iterable[Finding], hidden: frozenset[ClaimId], policy: PublicationPolicy
) -> dict[ClaimId, tuple[PublicText, PublicText | None]]:
    """Return, for each claim that may be quoted, the counted phrase and the sentence around it (None: phrase alone).

    Only public reports are quoted, each with one sentence: that of its weightiest counted claim. A report that holds a
    withheld number is not quoted, nor is a sentence that names a sensitive place or a way to reach somebody.
    """
    findings = sorted(findings, key=_weight)
    barred = {finding.claim.report_id for finding in findings if finding.claim.claim_id in hidden}
    secrets = {finding.claim.text for finding in findings if finding.claim.claim_id in hidden}
    quoted: dict[ReportId, str] = {}
    out: dict[ClaimId, tuple[PublicText, PublicText | None]] = {}
    for finding in findings:
        claim = finding.claim
        if claim.report_id in barred or not is_public(finding, policy) or not _tellable(claim.text, secrets, policy):
            continue
        sentence = None
        if finding.role is Role.COUNTED and _tellable(finding.sentence, secrets, policy):
            sentence = quoted.setdefault(claim.report_id, finding.sentence)
        whole = None if sentence != finding.sentence else window(sentence, claim.text, policy.quotation_limit)
        out[claim.claim_id] = compose(claim.text, 120), whole
    return out


def window(sentence: str, words: str, limit: int) -> PublicText | None:
    """Return at most `limit` characters of the sentence around the words; None where the words do not stand in it.

    >>> window("They said that at least nine people died there on Monday.", "at least nine people", 40)
    '…that at least nine people died…'
    """
    line, wanted = compose(sentence, 4000), compose(words, 4000)
    at = line.find(wanted)
    if at < 0 or len(wanted) + 2 > limit:
        return None
    if len(line) <= limit:
        return line
    spare = limit - 2 - len(wanted)
    start = max(0, min(at - spare // 2, len(line) - limit + 1))
    end = min(len(line), start + limit - (1 if start == 0 else 2))
    if start > 0:
        start = min(at, line.find(" ", start, at) + 1 or at)
    if end < len(line):
        end = max(at + len(wanted), line.rfind(" ", at + len(wanted), end))
    return compose(("…" if start else "") + line[start:end] + ("…" if end < len(line) else ""), limit)


def _weight(finding: Finding) -> tuple[int, bool, int]:
    """The dead before the hurt, a whole before its parts, then as they stand in the report."""
    return _MEASURES[finding.claim.measure], finding.claim.subset_of is not None, finding.claim.start


def reachable(words: str) -> bool:
    """Whether the words hold an address or a number by which somebody could be reached."""
    return _REACHABLE.search(words) is not None


def _tellable(words: str, secrets: set[str], policy: PublicationPolicy) -> bool:
    if any(secret in words for secret in secrets) or reachable(words):
        return False
    return not policy.is_sensitive(words)
