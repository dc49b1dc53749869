"""Where an endpoint is: a base address that somebody wrote into the settings, checked."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from marsad.model import Wrong

_EXAMPLE = 'write it as endpoint = "http://127.0.0.1:8000/v1" or "https://models.example.org/v1"'


@dataclass(frozen=True, slots=True)
class Address:
    """The endpoint answers at `host` and `port` below `path`, over TLS if `secure`."""

    host: str
    port: int
    path: str
    secure: bool

    @staticmethod
    def of(url: str, subject: str) -> "Address":
        """Return the address that a base URL names.

        Raises Wrong, naming `subject`, for anything but http and https, for a name or password in it, and for http to
        another machine: words of reports and the key never travel in the open.

        >>> Address.of("http://127.0.0.1:8000/v1/", "endpoint").path
        '/v1'
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError as fault:
            raise Wrong(subject, url, f"is no address ({fault})", _EXAMPLE) from fault
        if "@" in parts.netloc:
            remedy = "give the key in an environment variable"
            raise Wrong(subject, None, "holds a name or a password, which settings must not", remedy)
        plain = url.isascii() and url.isprintable() and " " not in url
        if not plain or parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
            raise Wrong(subject, url, "is no base address of an endpoint", _EXAMPLE)
        secure = parts.scheme == "https"
        address = Address(host, port or (443 if secure else 80), parts.path.rstrip("/"), secure)
        if not secure and not address.here:
            rule = "is http to another machine, where anybody on the way could read the reports"
            raise Wrong(subject, url, rule, "use https, or a tunnel to a port of 127.0.0.1")
        return address

    @property
    def here(self) -> bool:
        """Whether the endpoint is on this machine."""
        return is_here(self.host)


def is_here(host: str) -> bool:
    """Tell whether a host is this machine: a loopback address, or `localhost`.

    >>> [is_here(host) for host in ("127.0.0.1", "::1", "localhost", "localhost.example.org", "10.0.0.1")]
    [True, True, True, False, False]
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
