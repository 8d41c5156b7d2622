"""A mailbox: how mail of one channel is fetched and sent."""

from otklik.adapters.email.models.mailbox import Delivery, Mailbox, Security

__all__ = ["Delivery", "Mailbox", "Security"]
