"""How much of a message is read. What lies beyond stays in the raw original; nothing is refused here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bytes unless said otherwise."""

    header: int = 64 * 1024
    headers: int = 256 * 1024
    header_fields: int = 2_000  # fields of one block
    depth: int = 50  # MIME nesting, levels
    parts: int = 500  # leaves and containers together
    addresses: int = 200  # used of one header
    references: int = 100  # message ids kept of References: the first and the latest
    html: int = 1024 * 1024
    text: int = 1024 * 1024  # characters of readable text
    tags: int = 50_000  # tags of one HTML body
    tag_depth: int = 1_000
    attributes: int = 500  # attributes of one tag


DEFAULT = Limits()
