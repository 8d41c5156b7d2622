"""Trying both servers of a mailbox while somebody waits at the screen."""

import contextvars
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong

from django.db import connections
from django.utils.translation import gettext as _

from otklik.adapters.email.models import Delivery, Mailbox
from otklik.desk.channels.settings import Tried

PATIENCE = 20


def attempt(mailbox: Mailbox) -> list[Tried]:
    """Both halves at the same time; who does not answer in twenty seconds is in trouble."""
    halves: list[tuple[str, Callable[[], str]]] = []
    if mailbox.fetches:
        halves.append((_("Taking mail from %(server)s") % {"server": mailbox.imap_host}, mailbox.check_fetching))
    if mailbox.delivery == Delivery.SMTP:
        halves.append((_("Sending through %(server)s") % {"server": mailbox.smtp_host}, mailbox.check_sending))
    pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mailbox-check")
    running = [(what, pool.submit(contextvars.copy_context().run, _alone, check)) for what, check in halves]
    tried = []
    for what, future in running:
        try:
            tried.append(Tried(what, future.result(PATIENCE)))
        except TooLong:
            tried.append(Tried(what, _("The server does not answer in time.")))
    pool.shutdown(wait=False, cancel_futures=True)
    return tried


def _alone(check: Callable[[], str]) -> str:
    """In a thread of its own, which leaves no database connection behind."""
    try:
        return check()
    finally:
        connections.close_all()


def remember(mailbox: Mailbox, tried: Sequence[Tried]) -> None:
    """The list of channels shows what was found."""
    troubles = [each.trouble for each in tried if each.trouble]
    if troubles:
        mailbox.channel.has_trouble(" ".join(troubles))
    else:
        mailbox.configured()
        mailbox.channel.is_well()
