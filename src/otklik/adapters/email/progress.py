"""How far the reading of a large mailbox is, for its page and for the doctor."""

from django.db.models import Sum
from django.utils.translation import gettext as _

from otklik.adapters.email.models import Folder, Mailbox
from otklik.core.ui import words
from otklik.desk.channels.settings import Progress


def progress_of(mailbox: Mailbox) -> Progress | None:
    """None when nothing long is going on and nothing was stopped."""
    counted = Folder.objects.in_progress(mailbox).aggregate(taken=Sum("taken"), found=Sum("found"))
    taken, found = counted["taken"] or 0, counted["found"] or 0
    if not mailbox.fetches or not (found or mailbox.reading_stopped):
        return None
    return Progress(_words(mailbox.reading_stopped, taken, found), taken, found, mailbox.reading_stopped)


def _words(stopped: bool, taken: int, found: int) -> str:
    numbers = {"taken": words.number(taken), "found": words.number(found)}
    if not found:
        return _("No mail is taken from the mailbox: it was stopped.")
    if stopped:
        return (
            _("Stopped: %(taken)s of %(found)s messages were taken from the mailbox; it goes on from there.") % numbers
        )
    return _("Mail that lies in the mailbox is taken in: %(taken)s of %(found)s messages.") % numbers
