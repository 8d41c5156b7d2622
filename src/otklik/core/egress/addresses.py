"""Which addresses of the network are public."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

type Address = IPv4Address | IPv6Address

_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_LOW_32 = 0xFFFF_FFFF


def is_public(address: Address) -> bool:
    """Reachable for everybody: neither the house nor the machine, also in the disguise of IPv6."""
    inner = unmapped(address)
    if isinstance(inner, IPv6Address) and inner.is_site_local:  # of old networks; Python calls it global
        return False
    return inner.is_global and not inner.is_multicast and not inner.is_reserved and not inner.is_unspecified


def unmapped(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for (mapped, compatible, NAT64, 6to4), else itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address in _NAT64 or address in _COMPATIBLE:
        return IPv4Address(int(address) & _LOW_32)
    return address


def read(text: str) -> Address:
    """An address without the name of a network card.  Raises ValueError."""
    return ip_address(text.partition("%")[0])
