"""What a client reads before it comes."""

from django.utils import translation
from django.utils.translation import gettext as _

from otklik.care.outreach.models import Kind, Upcoming
from otklik.core.staff.models import Organisation
from otklik.core.ui.words import date_of
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Contact


def letter_for(row: Upcoming, contact: Contact, door: Channel) -> tuple[str, str]:
    """(subject, text) in the language of whoever reads it."""
    house = Organisation.objects.current()
    with translation.override(contact.language or door.shown_as.shown_language or house.language):
        told = {"what": row.about, "day": date_of(row.on)}
        name = contact.greeted
        hello = _("%(name)s, hello!") % {"name": name} if name else _("Hello!")
        subject, body = _words(row, told)
        ending = _("If you have a question or want to go on, simply answer this letter: a person reads it.")
        return subject, f"{hello}\n\n{body}\n\n{ending}"


def _words(row: Upcoming, told: dict[str, str]) -> tuple[str, str]:
    match Kind(row.kind):
        case Kind.TRIAL:
            subject = _("Your trial ends on %(day)s")
            body = _("Your trial of “%(what)s” ends on %(day)s.") if row.about else _("Your trial ends on %(day)s.")
        case Kind.BALANCE:
            subject = _("Your balance runs out on %(day)s")
            body = _("By our reckoning your balance runs out on %(day)s.")
        case _:
            subject = _("Your contract ends on %(day)s")
            body = _("“%(what)s” runs until %(day)s.") if row.about else _("Your contract runs until %(day)s.")
    return subject % told, body % told
