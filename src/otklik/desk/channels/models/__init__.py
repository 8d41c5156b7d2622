"""A channel, what came in through it and what goes out."""

from otklik.desk.channels.models.channel import Channel
from otklik.desk.channels.models.inbound import Inbound
from otklik.desk.channels.models.outbound import Outbound

__all__ = ["Channel", "Inbound", "Outbound"]
