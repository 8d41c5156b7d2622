"""One measured moment of a ticket, as a plain value that can be compared."""

from datetime import datetime
from typing import NamedTuple


class Seen(NamedTuple):
    """See `Reading`, whose fields these are."""

    measure: int
    at: datetime
    value: int
    kind: int
    team_id: int
    agent_id: int | None
    channel: str
    topic_id: int | None
    class_id: int | None
    product_id: int | None
    contact_id: int
    client_id: int | None
