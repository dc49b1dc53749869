"""Addresses of endpoints: what is one, and which is on this machine."""

import pytest

from marsad.model import Wrong
from marsad.readers.address import Address


@pytest.mark.parametrize(
    ("url", "host", "port", "path", "here"),
    [
        ("http://127.0.0.1:8000/v1", "127.0.0.1", 8000, "/v1", True),
        ("http://localhost:11434/v1/", "localhost", 11434, "/v1", True),
        ("http://[::1]:80/v1", "::1", 80, "/v1", True),
        ("http://127.9.9.9", "127.9.9.9", 80, "", True),
        ("https://models.example.org/v1", "models.example.org", 443, "/v1", False),
        ("https://10.0.0.5:8443/v1", "10.0.0.5", 8443, "/v1", False),
        ("https://localhost.example.org", "localhost.example.org", 443, "", False),
        ("https://127.0.0.1.example.org", "127.0.0.1.example.org", 443, "", False),
    ],
)
def test_an_address_is_taken_apart(url: str, host: str, port: int, path: str, here: bool) -> None:
    """Only a loopback address or plain `localhost` is this machine; names that look like one are not."""
    address = Address.of(url, "endpoint")
    assert (address.host, address.port, address.path, address.here) == (host, port, path, here)


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("http://10.0.0.5:8000/v1", "http to another machine"),
        ("http://models.example.org/v1", "http to another machine"),
        ("http://127.0.0.1@models.example.org/v1", "holds a name or a password"),
        ("https://me:secret@models.example.org/v1", "holds a name or a password"),
        ("ftp://127.0.0.1/v1", "is no base address"),
        ("file:///etc/passwd", "is no base address"),
        ("https:///v1", "is no base address"),
        ("127.0.0.1:8000", "is no base address"),
        ("https://models.example.org/v1?key=1", "is no base address"),
        ("https://models.example.org/v1\r\nHost: x", "is no base address"),
        ("https://models.example.org:99999/v1", "is no address"),
        ("https://[::1/v1", "is no address"),
    ],
)
def test_what_is_no_address_or_an_open_one_is_refused(url: str, rule: str) -> None:
    """The message names the setting and the rule; a password in an address is not said again."""
    with pytest.raises(Wrong, match=rule) as wrong:
        Address.of(url, "marsad.toml, [reader] endpoint")
    assert "secret" not in str(wrong.value)
