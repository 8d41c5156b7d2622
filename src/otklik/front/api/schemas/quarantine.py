"""What could not be read."""

from datetime import datetime

from ninja import Schema


class QuarantinedOut(Schema):
    """A message that could not be read, kept as it came."""

    id: int
    received_at: datetime
    channel: str
    envelope_from: str
    message_id: str
    size: int
    tries: int
    reason: str
    source: str


class QuarantinePage(Schema):
    items: list[QuarantinedOut]
    next: str | None
