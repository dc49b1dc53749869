"""Addresses: nothing but the public net is ever asked, however an address is written."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.collect.web.addresses import Reach, canonical, checked_url, is_public, numbers_of, system_resolver
from marsad.model import Wrong

INSIDE = [
    *("127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"),  # noqa: S104
    *("169.254.169.254", "100.64.0.1", "192.0.0.8", "198.18.0.1", "192.0.2.1", "198.51.100.7", "203.0.113.9"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1"),
    *(
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "2001:db8::1",
        "fec0::1",
        "4000::1",
    ),
]
OUTSIDE = ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]

WRITTEN = [  # 127.0.0.1 and its like, as people write them who want to be let in
    *("http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/"),
    *("http://0x7f.1/", "http://localhost/", "http://LOCALHOST./", "http://[::1]/", "http://[::ffff:7f00:1]/"),
    *("http://[::]/", "http://0/", "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/"),
    *("http://127.0.0.1:80/", "https://127.0.0.1/", "http://10.0.0.1/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/"),
    *("http://3232235777/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://127.0.0.1%2f@8.8.8.8/"),
]
NO_ADDRESS = [
    *("file:///etc/passwd", "gopher://127.0.0.1:25/", "ftp://8.8.8.8/", "dict://8.8.8.8/", "javascript:alert(1)"),
    *("http://", "http:///path", "//8.8.8.8/", "8.8.8.8", "", "http://user@8.8.8.8/", "http://user:pass@8.8.8.8/"),
    *("http://8.8.8.8\\@127.0.0.1/", "http://8.8.8.8\r\nHost: x/", "http://8.8.8.8 /", "http://8.8.8.8:99999/"),
    *("http://8.8.8.8:-1/", "http://[::1", "http://[fe80::1%25eth0]/", "http://a\x00b/", "data:text/html,x"),
    *(
        "http://" + "a" * 300 + ".org/",
        "http://example.org/" + "a" * 9000,
    ),
]


@pytest.mark.parametrize("number", INSIDE)
def test_numbers_that_are_not_public(number: str) -> None:
    """This machine, its neighbours, a cloud's own data, and all of them wrapped in other numbers."""
    assert not is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize("number", OUTSIDE)
def test_numbers_that_are_public(number: str) -> None:
    """Web servers of the public net, also through the gates between the two kinds of numbers."""
    assert is_public(ipaddress.ip_address(number))


@given(st.ip_addresses())
def test_nothing_is_public_that_python_calls_private(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Python's own list of numbers set aside is only ever added to, but for what is wrapped in a public gate."""
    if is_public(number) and not str(number).startswith(("64:ff9b:", "::ffff:", "2002:", "2001:")):
        assert number.is_global


@pytest.mark.parametrize("url", WRITTEN)
def test_no_spelling_of_an_inner_address_is_asked(url: str) -> None:
    """Decimal, octal, hexadecimal, short, circled, wrapped: each is refused before anything is connected to."""
    with pytest.raises(Wrong):
        numbers_of(checked_url(url), Reach(), system_resolver)


@pytest.mark.parametrize("url", NO_ADDRESS)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    """Other schemes, names and passwords, line breaks, broken hosts and ports."""
    with pytest.raises(Wrong):
        checked_url(url)


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_only_the_ports_of_the_web(port: int) -> None:
    """A public number is asked on 80 and 443 and on no other port."""
    with pytest.raises(Wrong, match=f"port {port}"):
        numbers_of(checked_url(f"http://example.org:{port}/"), Reach(), lambda *_: ["93.184.215.14"])


def test_one_bad_number_among_good_ones_refuses_the_host() -> None:
    """A host with a public and an inner number is not asked at all."""
    with pytest.raises(Wrong, match=r"127\.0\.0\.1"):
        numbers_of(checked_url("http://example.org/"), Reach(), lambda *_: ["93.184.215.14", "127.0.0.1"])


def test_what_the_operator_allows_is_allowed_by_number_and_port() -> None:
    """An address of one's own is asked where it was allowed, and not on the next port."""
    reach = Reach(frozenset({"127.0.0.1:8080", "[::1]:8080"}))
    assert numbers_of(checked_url("http://127.0.0.1:8080/"), reach, system_resolver) == [
        ipaddress.ip_address("127.0.0.1")
    ]
    assert numbers_of(checked_url("http://[::1]:8080/"), reach, system_resolver) == [ipaddress.ip_address("::1")]
    with pytest.raises(Wrong):
        numbers_of(checked_url("http://127.0.0.1:8081/"), reach, system_resolver)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_wrong(text: str) -> None:
    """Whatever the text, checking it gives an address in ASCII or Wrong; checked again, it stays as it is."""
    try:
        checked = checked_url(text).geturl()
    except Wrong:
        return
    assert checked.isascii()
    assert checked_url(checked).geturl() == checked


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://EXAMPLE.org:443/a#top"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a?id=1&utm_campaign=x", "https://example.org/a?fbclid=9&id=1"),
        ("https://example.org/الرقة", "https://example.org/%D8%A7%D9%84%D8%B1%D9%82%D8%A9"),
        ("https://example.org/b/../a", "https://example.org/a"),
    ],
)
def test_two_spellings_of_one_address(one: str, other: str) -> None:
    """Fragment, port, letters, tracking and steps back do not make another page."""
    assert canonical(one) == canonical(other)


def test_two_pages_stay_two() -> None:
    """What is asked for, its order, and the scheme may matter and are left alone."""
    addresses = [
        "https://a.org/?id=1",
        "https://a.org/?id=2",
        "https://a.org/?a=1&b=2",
        "https://a.org/?b=2&a=1",
        "http://a.org/",
    ]
    assert len({canonical(address) for address in addresses}) == 5


def test_addresses_that_broke_the_reader_once() -> None:
    """A path that looks like a host of its own stays a path."""
    assert canonical("https://a.example//[/b") in ("https://a.example//[/b",)
    assert canonical("https://a.example//x/../[") == "https://a.example//["
