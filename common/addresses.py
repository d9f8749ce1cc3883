"""Which addresses the desk may call: public ones, and those that its operator allows one by one."""

import queue
import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Self

from common.errors import Invalid

Resolver = Callable[[str, int], list[str]]

PORTS = frozenset((80, 443))
TRIED_AT_MOST = 4  # addresses of one host

# Globally routed as far as Python 3.11 knows, and yet not a public web site.
_NEVER_IPV4 = tuple(
    ip_network(block)
    for block in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # relays of 6to4
        "168.63.129.16/32",  # Azure's own services, metadata among them
    )
)
# IPv6 is an allow list: what is not global unicast is refused, and with it IPv4-mapped (::ffff:0:0/96) and
# NAT64 (64:ff9b::/96) addresses, which carry an IPv4 address that nobody would check.
_GLOBAL_IPV6 = ip_network("2000::/3")
_NEVER_IPV6 = tuple(
    ip_network(block)
    for block in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)


class AddressRefused(Invalid):
    """An address that the desk does not call. The message says why, and what to do instead."""

    code = "address-refused"


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether this is the address of some machine on the public internet."""
    if isinstance(address, IPv4Address):
        usable = address.is_global and not address.is_multicast and not address.is_reserved
        return usable and not any(address in block for block in _NEVER_IPV4)
    if address.scope_id is not None or address not in _GLOBAL_IPV6:
        return False
    return not any(address in block for block in _NEVER_IPV6)


def resolve(host: str, port: int) -> list[str]:
    """The addresses that the system knows for a host, in its order of preference. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class AddressRule:
    """What may be called: public addresses on the usual ports, and each "host:port" in `allow`.

    `allow` is for one's own machines (an intranet archive, a test): names or addresses, IPv6 as "[::1]:8000".
    """

    allow: frozenset[str] = frozenset()
    ports: frozenset[int] = PORTS
    resolver: Resolver = field(default=resolve, compare=False)

    @classmethod
    def allowing(cls, places: Iterable[str], *, resolver: Resolver = resolve) -> Self:
        """The rule for a list of "host:port" from the settings."""
        return cls(frozenset(place.strip().lower() for place in places if place.strip()), resolver=resolver)

    def check_port(self, host: str, port: int) -> None:
        """Refuse a port where no web site is, before the host's name is even asked for."""
        if port not in self.ports and not any(place.endswith(f":{port}") for place in self.allow):
            raise AddressRefused(
                f"Port {port} of {host} is not one where web sites are (80 and 443). "
                "Check the address, or paste the text."
            )

    def addresses(self, host: str, port: int, *, seconds: float) -> list[str]:
        """The addresses to connect to, each checked.

        Connect to these and never ask for the name again: the answer may be another one then (DNS rebinding).

        Raises AddressRefused if only one of them is not allowed, OSError if the name cannot be resolved, and
        TimeoutError if that takes more than `seconds`.
        """
        self.check_port(host, port)
        found = _within(seconds, self.resolver, host, port)
        if not found or not all(self._allows(host, address, port) for address in found):
            raise AddressRefused(
                f"{host} is not on the public internet, so the desk does not open it. Paste the text instead."
            )
        return found[:TRIED_AT_MOST]

    def _allows(self, host: str, address: str, port: int) -> bool:
        parsed = ip_address(address)
        if port in self.ports and is_public(parsed):
            return True
        shown = f"[{parsed}]" if isinstance(parsed, IPv6Address) else str(parsed)
        return not self.allow.isdisjoint((f"{host.lower()}:{port}", f"{shown}:{port}"))


def _within(seconds: float, resolver: Resolver, host: str, port: int) -> list[str]:
    """The resolver's answer, or TimeoutError. getaddrinfo knows no limit: it is left behind."""
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolver(host, port))
        except OSError as error:
            answers.put(error)
        except UnicodeError:  # a label that is empty or longer than 63 characters
            answers.put(socket.gaierror(socket.EAI_NONAME, "not a host name"))

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise answer
    return answer
