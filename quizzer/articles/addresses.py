"""Which addresses a stranger's link may lead to: the public internet, nothing else."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

from quizzer.errors import BadInput, Unable

Resolver = Callable[[str, int], Sequence[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[str]:
    """Every address of a host, as the system finds them. Raises Unable."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unable(
            f"the host `{host}` was not found ({reason})", "Mend the address, or see whether there is a network"
        ) from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def reachable(host: str, port: int, *, allow_private: bool, resolver: Resolver = resolve) -> list[str]:
    """The addresses that may be connected to. The caller connects to one of these very texts, never to the name.

    Raises BadInput where the host has private, loopback, link-local or otherwise special addresses only.
    """
    addresses = resolver(host, port)
    allowed = [text for text in addresses if allow_private or is_public(text)]
    if not allowed:
        listed = ", ".join(addresses) or "none"
        raise BadInput(
            f"`{host}` has no public address ({listed}), so nothing is fetched from it",
            "If it is a server of your own, add --allow-private",
        )
    return allowed


def is_public(text: str) -> bool:
    """Whether an address belongs to the public internet; one that wraps another is judged by what is inside."""
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(_is_plainly_public(inner) for inner in _inside(address) or [address])


def _is_plainly_public(address: Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _inside(address: Address) -> list[Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address.sixtofour is not None:
        return [address.sixtofour]
    if address.teredo is not None:
        return list(address.teredo)
    if address in _NAT64:
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    return []
