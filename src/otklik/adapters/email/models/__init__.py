"""A mailbox: how mail of one channel is fetched and sent."""

from otklik.adapters.email.models.application import Application
from otklik.adapters.email.models.mailbox import Delivery, Mailbox, Security, SignsIn

__all__ = ["Application", "Delivery", "Mailbox", "Security", "SignsIn"]
