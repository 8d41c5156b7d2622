"""All mailboxes at once: a thread appears, ends and is renewed as mailboxes are added, removed and changed."""

from otklik.adapters.email.imap.watching import Watch
from otklik.adapters.email.models import Mailbox
from otklik.desk.channels.threads import Key, Threads


def fetcher() -> Threads:
    return Threads("mailbox", _fetched, Watch)


def _fetched() -> set[Key]:
    return set(Mailbox.objects.fetched().values_list("pk", "changed_at"))
