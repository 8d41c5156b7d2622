"""Taking mail by LMTP and SMTP: stored and committed before the sender's server hears 250.

Every recipient must be a mailbox of ours, so nothing is ever passed on to anybody.
"""

from otklik.adapters.email.receiver.server import Receiver

__all__ = ["Receiver"]
