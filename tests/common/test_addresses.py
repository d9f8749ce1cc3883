"""Which addresses the desk calls."""

import socket
import threading
from ipaddress import ip_address

import pytest

from common.addresses import AddressRefused, AddressRule, is_public


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.8.8.8",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "233.252.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
    ],
)
def test_no_address_inside_or_beside_the_internet_is_public(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "2606:4700::6810:84e5", "2a00:1450:4001:82a::200e"]
)
def test_an_address_of_the_internet_is_public(address):
    assert is_public(ip_address(address))


def answering(*addresses):
    return AddressRule(resolver=lambda host, port: list(addresses))


def test_a_public_host_gives_the_addresses_to_connect_to():
    assert answering("8.8.8.8", "8.8.4.4").addresses("dns.test", 443, seconds=5) == ["8.8.8.8", "8.8.4.4"]


def test_one_private_address_among_public_ones_refuses_the_host():
    with pytest.raises(AddressRefused, match=r"^mixed\.test is not on the public internet.*Paste the text"):
        answering("8.8.8.8", "127.0.0.1").addresses("mixed.test", 443, seconds=5)


def test_a_host_without_addresses_is_refused():
    with pytest.raises(AddressRefused):
        answering().addresses("empty.test", 443, seconds=5)


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "2130706433", "0x7f.0.0.1", "017700000001", "::1", "0"]
)
def test_every_spelling_of_loopback_is_refused(host):
    with pytest.raises((AddressRefused, socket.gaierror)):
        AddressRule().addresses(host, 80, seconds=5)


def test_a_strange_port_is_refused_before_the_name_is_asked_for():
    asked = []

    with pytest.raises(AddressRefused, match=r"^Port 6379 of cache\.test"):
        AddressRule(resolver=lambda *given: asked.append(given)).addresses("cache.test", 6379, seconds=5)

    assert asked == []


@pytest.mark.parametrize("place", ["intranet.test:8000", "10.0.0.5:8000", " Intranet.TEST:8000 "])
def test_what_the_operator_allows_is_open_by_name_or_by_address(place):
    rule = AddressRule.allowing([place], resolver=lambda host, port: ["10.0.0.5"])

    assert rule.addresses("intranet.test", 8000, seconds=5) == ["10.0.0.5"]


def test_what_the_operator_allows_opens_nothing_beside_it():
    rule = AddressRule(frozenset({"10.0.0.5:8000"}), resolver=lambda host, port: ["10.0.0.6"])

    for port in (80, 8000):
        with pytest.raises(AddressRefused):
            rule.addresses("intranet.test", port, seconds=5)
    with pytest.raises(AddressRefused):
        AddressRule(frozenset({"10.0.0.5:8000"}), resolver=lambda host, port: ["10.0.0.5"]).addresses(
            "intranet.test", 80, seconds=5
        )


def test_a_public_host_on_a_port_that_was_allowed_for_another_stays_refused():
    rule = AddressRule(frozenset({"10.0.0.5:8000"}), resolver=lambda host, port: ["8.8.8.8"])

    with pytest.raises(AddressRefused):
        rule.addresses("dns.test", 8000, seconds=5)


def test_an_ipv6_place_is_allowed_in_brackets():
    assert AddressRule(frozenset({"[::1]:8000"})).addresses("::1", 8000, seconds=5) == ["::1"]


def test_a_name_server_that_never_answers_is_left_behind():
    never = threading.Event()

    with pytest.raises(TimeoutError):
        AddressRule(resolver=lambda host, port: [str(never.wait())]).addresses("slow.test", 80, seconds=0.01)

    never.set()


@pytest.mark.parametrize("host", ["a..b", "a" * 64 + ".test"])
def test_a_host_that_no_name_can_be_is_not_found(host):
    with pytest.raises(socket.gaierror):
        AddressRule().addresses(host, 80, seconds=5)
