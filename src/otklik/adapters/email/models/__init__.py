"""A mailbox: how mail of one channel is fetched and sent."""

from otklik.adapters.email.models.application import Application
from otklik.adapters.email.models.folder import Folder
from otklik.adapters.email.models.mailbox import AfterReading, Delivery, Mailbox, Security, SignsIn
from otklik.adapters.email.models.spent import Spent

__all__ = ["AfterReading", "Application", "Delivery", "Folder", "Mailbox", "Security", "SignsIn", "Spent"]
