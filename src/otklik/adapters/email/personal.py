"""Mailboxes are settings; the letters themselves are of the channels."""

from otklik.core.datamap import free_app

free_app("email", because="settings of mailboxes and secrets of ours")
