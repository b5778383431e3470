"""Which machines may be visited: only those that anybody on the internet can reach.

An editor types the addresses, and the site visits them from inside its own network. What
is refused here would show whoever types an address what is behind our walls.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

PORTS = {"http": 80, "https": 443}

# Everywhere reachable as far as `is_global` knows, but a service of the machine's own cloud.
CLOUD_SERVICES = frozenset({IPv4Address("168.63.129.16")})
RELAYS = IPv4Network("192.88.99.0/24")
# Kept apart for protocols; clouds answer there too, and Python calls some of it global.
PROTOCOLS = IPv4Network("192.0.0.0/24")
# All that was given out so far; what embeds an IPv4 address for a tunnel is no place by itself.
GIVEN_OUT = IPv6Network("2000::/3")
TUNNELS = (IPv6Network("2001::/32"), IPv6Network("2002::/16"))

NO_ADDRESS = "Dit is geen adres van een pagina."
OTHER_PORT = "Alleen gewone webadressen worden bekeken, niet die met een eigen poort."
INSIDE = "Dit adres hoort bij een afgesloten netwerk en wordt niet bekeken."

Resolve = Callable[[str, int], list[str]]
Rule = Callable[[str], bool]


class RefusedError(Exception):
    """With the reason, for an editor."""


@dataclass(frozen=True)
class Target:
    """One request: the name goes into the request, the checked addresses are connected to."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]


def is_public(address: str) -> bool:
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is None:
            return _is_public_v6(found)
        found = found.ipv4_mapped
    return (
        found.is_global
        and not (found.is_multicast or found.is_reserved)
        and found not in CLOUD_SERVICES
        and found not in RELAYS
        and found not in PROTOCOLS
    )


def _is_public_v6(address: IPv6Address) -> bool:
    inside = address in GIVEN_OUT and not any(address in tunnel for tunnel in TUNNELS)
    return inside and address.is_global and not address.is_multicast


def look_up(host: str, port: int) -> list[str]:
    """As the system connects to it, so that 2130706433 and 0x7f.1 are what they stand for."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def target(
    url: str, resolve: Resolve = look_up, rule: Rule = is_public, ports: dict[str, int] = PORTS
) -> Target:
    """Raises RefusedError for what may not be visited, OSError when the name is not known."""
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise RefusedError(NO_ADDRESS) from error
    if parts.scheme not in ports or not parts.host:
        raise RefusedError(NO_ADDRESS)
    port = parts.port or PORTS[parts.scheme]
    if port != ports[parts.scheme]:
        raise RefusedError(OTHER_PORT)
    host = parts.host.strip("[]")
    addresses = tuple(resolve(host, port))
    if not addresses or not all(rule(address) for address in addresses):
        raise RefusedError(INSIDE)
    return Target(parts.scheme, host, port, parts.request_uri, addresses)
