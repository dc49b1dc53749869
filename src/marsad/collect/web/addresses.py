"""Which addresses marsad may ask: public ones, by their number and not by their name.

A name proves nothing: it may resolve to this machine, to a neighbour or to a cloud's own data (169.254.169.254), and to
something else a second later. So a name is resolved once, every number is checked here, and the connection goes to a
number that was checked.
"""

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from marsad.model import Wrong

Number = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""From a host's name and a port to the numbers it has; raises OSError where it has none."""

_LONGEST: Final = 8000
_PORTS: Final = {"http": 80, "https": 443}
_FORBIDDEN: Final = re.compile(r"[\x00-\x20\x7f\\<>\"^`{|}]")
_REMEDY: Final = "give the address of a public web page, https://…"

_NEVER: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"),
        *("::/16", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/9"),
    )
)
"""Numbers set aside for something else than the public net; those of IPv6 beside 2000::/3 are refused altogether."""
_PUBLIC6: Final = ipaddress.ip_network("2000::/3")
_NAT64: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be asked: every public number on ports 80 and 443, and what the operator `allowed` by name.

    `allowed` holds "127.0.0.1:8080": a number and a port, for a server of one's own or of a test.
    """

    allowed: frozenset[str] = field(default_factory=frozenset)

    def permits(self, number: Number, port: int) -> bool:
        """Return whether this number may be asked on this port."""
        shown = f"[{number}]" if number.version == 6 else str(number)
        return f"{shown}:{port}" in self.allowed or (port in _PORTS.values() and is_public(number))


def checked_url(url: str, base: str | None = None) -> SplitResult:
    """Return the parts of a web address, its fragment left off; raises Wrong for what is none that marsad would ask.

    `base` is the address in which a relative one stood. The host is in lower case and in ASCII.

    >>> checked_url("/أخبار?id=1#top", "http://Example.ORG/a").geturl()
    'http://example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1?id=1'
    """
    shown = url[:200]
    if len(url) > _LONGEST:
        raise Wrong("address", shown, f"is longer than {_LONGEST:,} characters", _REMEDY)
    if _FORBIDDEN.search(url.strip()):
        raise Wrong("address", ascii(shown)[1:-1], "holds characters that no web address holds", _REMEDY)
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base is not None else url.strip())
        port = parts.port
        host = _ascii(parts.hostname or "")
    except ValueError as fault:
        raise Wrong("address", shown, f"is no web address ({fault})", _REMEDY) from fault
    if parts.scheme not in _PORTS:
        raise Wrong("address", shown, "is neither http nor https", _REMEDY)
    if parts.username is not None or parts.password is not None:
        raise Wrong("address", parts.hostname, "comes with a user's name", "leave out what stands before the @")
    if not host or "%" in host:
        raise Wrong("address", shown, "names no host", _REMEDY)
    shown_host = f"[{host}]" if ":" in host else host
    place = shown_host if port in (None, _PORTS[parts.scheme]) else f"{shown_host}:{port}"
    return SplitResult(parts.scheme, place, _quoted(parts.path) or "/", _quoted(parts.query), "")


def canonical(url: str) -> str:
    """Return the one spelling under which an address is known: without fragment, default port and what only tracks.

    The order of what it asks for stays, because it may matter. Raises Wrong for what is no web address.

    >>> canonical("HTTPS://example.org:443/a/../b/?utm_source=x&id=7&fbclid=1#c")
    'https://example.org/b/?id=7'
    """
    parts = checked_url(url)
    kept = [pair for pair in parts.query.split("&") if pair and not _tracks(pair.partition("=")[0].lower())]
    return urlunsplit(parts._replace(path=_without_steps(parts.path), query="&".join(kept)))


def port_of(parts: SplitResult) -> int:
    """Return the port that an address asks."""
    return parts.port or _PORTS[parts.scheme]


def is_public(number: Number) -> bool:
    """Return whether a number is one of the public net; what is wrapped in another number counts as what it wraps.

    >>> [is_public(ipaddress.ip_address(n)) for n in ("93.184.215.14", "::ffff:127.0.0.1", "2002:7f00:1::")]
    [True, False, False]
    """
    if isinstance(number, ipaddress.IPv6Address):
        wrapped = _wrapped(number)
        if wrapped is not None:
            return is_public(wrapped)
        if number.scope_id is not None or number not in _PUBLIC6:
            return False
    return number.is_global and not any(number in network for network in _NEVER if network.version == number.version)


def numbers_of(parts: SplitResult, reach: Reach, resolve: Resolver) -> list[Number]:
    """Return the numbers of an address's host; raises Wrong where one of them may not be asked, or it has none."""
    host, port = parts.hostname or "", port_of(parts)
    try:
        found = list(dict.fromkeys(resolve(host, port)))
    except (OSError, UnicodeError) as fault:
        raise Wrong(
            "address", host, f"is a host that nobody knows ({fault})"[:200], "check its spelling, or wait"
        ) from fault
    numbers = [ipaddress.ip_address(one) for one in found]
    for number in numbers:
        if not reach.permits(number, port):
            rule = f"is at {number}, port {port}, which is not a public web server"
            raise Wrong("address", host, rule, "if it is yours, allow that number and port by name")
    if not numbers:
        raise Wrong("address", host, "is a host without a number", "check its spelling, or wait")
    return numbers


def system_resolver(host: str, port: int) -> Sequence[str]:
    """Return the numbers that this machine's resolver gives, within ten seconds; raises OSError if it gives none."""
    answer: list[str] = []
    faults: list[OSError | UnicodeError] = []

    def ask() -> None:
        try:
            answer.extend(str(item[4][0]) for item in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as fault:
            faults.append(fault)

    asking = threading.Thread(target=ask, daemon=True)  # it cannot be interrupted, only left alone
    asking.start()
    asking.join(10)
    if faults:
        raise faults[0]
    if not answer:
        raise TimeoutError("no answer within 10 seconds")
    return answer


def _wrapped(number: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 number that an IPv6 number carries inside it, None if it carries none."""
    if number.ipv4_mapped is not None:
        return number.ipv4_mapped
    if number.sixtofour is not None:
        return number.sixtofour
    if number.teredo is not None:
        return number.teredo[1]
    if any(number in network for network in _NAT64) or int(number) >> 32 == 0:
        return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
    return None


def _ascii(host: str) -> str:
    """Return a host's name in lower-case ASCII; raises ValueError for what is no name."""
    if len(host) > 253:
        raise ValueError("its host's name is too long")
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _quoted(part: str) -> str:
    """Return a path or query in ASCII: other letters as their bytes in UTF-8, all else as it was."""
    return (
        part
        if part.isascii()
        else "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode()) for c in part)
    )


def _without_steps(path: str) -> str:
    """Return a path without `.` and `..`, as a browser would ask for it.

    >>> [_without_steps(p) for p in ("/a/../b", "/a/./b/", "/../..", "/a/..", "//b")]
    ['/b', '/a/b/', '/', '/', '//b']
    """
    out: list[str] = []
    *folders, last = path.removeprefix("/").split("/")
    for part in folders:
        if part == "..":
            del out[-1:]
        elif part != ".":
            out.append(part)
    if last == "..":
        del out[-1:]
    return "/" + "".join(f"{part}/" for part in out) + ("" if last in (".", "..") else last)


def _tracks(name: str) -> bool:
    return name.startswith("utm_") or name in {"fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "yclid"}
