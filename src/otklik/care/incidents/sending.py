"""An update leaves in portions: each letter and the row that remembers it in one transaction of their own.

Whoever is killed between two letters leaves the rest waiting, and the next run goes on with it.
"""

import logging

from django.db import InterfaceError, OperationalError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.care.incidents.letters import Words, letter_to
from otklik.care.incidents.models import Affected, Incident, Told, Update
from otklik.care.incidents.reaching import RELATED, LeftOut, Reach, reach
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve

logger = logging.getLogger(__name__)

PORTION = 25
"""Letters between two looks at what else is due."""


def send_due() -> int:
    """Letters of every update whose moment has come; returns how many rows were settled."""
    count = 0
    for update in Update.objects.filter(finished_at=None, begins_at__lte=clock.now()).order_by("begins_at"):
        while settled := sum(map(_settle, _waiting(update))):
            count += settled
        _finish(update)
    return count


def _waiting(update: Update) -> list[int]:
    found = Told.objects.filter(update=update, state=Told.State.WAITING).order_by("pk")
    return list(found.values_list("pk", flat=True)[:PORTION])


@transaction.atomic
def _settle(number: int) -> bool:
    """One letter.  Whoever stops the update meanwhile waits for it, or is before it and it does not leave."""
    held = Told.objects.select_for_update(of=("self",), skip_locked=True).select_related("update__incident")
    told = held.filter(pk=number, state=Told.State.WAITING).first()
    if told is None:
        return False
    one = _reached(told)
    why = one.left_out.code if one.left_out else _try(told, one)
    told.state, told.why, told.at = (Told.State.LEFT_OUT if why else Told.State.SENT), why, clock.now()
    told.save(update_fields=["state", "why", "message", "at"])
    if told.state == Told.State.SENT:
        Update.objects.filter(pk=told.update_id, told_at=None).update(told_at=told.at)
        Incident.objects.filter(pk=told.update.incident_id, told_at=None).update(told_at=told.at)
    return True


def _reached(told: Told) -> Reach:
    """As it is now: since the update was begun the request may have ended, or was detached."""
    ticket = Ticket.objects.select_related(*RELATED).get(pk=told.ticket_id)
    if not Affected.objects.filter(incident=told.update.incident_id, ticket=ticket).exists():
        return Reach(ticket, "", LeftOut("detached"))
    return reach([ticket])[0]


def _try(told: Told, one: Reach) -> str:
    """Why it could not be told after all, "" when it is; one letter that cannot go holds up no other."""
    try:
        with transaction.atomic():
            told.message = _tell(told, one)
    except Refused:
        return "ended"
    except (OperationalError, InterfaceError):  # the database, and so all of them: the next run begins again
        raise
    except Exception:
        logger.exception("request %s cannot be told of incident %s", told.ticket_id, told.update.incident_id)
        return "unsendable"
    return ""


def _tell(told: Told, one: Reach) -> Message:
    update, author = told.update, User.objects.get(pk=told.update.author_id)
    words = Words(update.what, update.whom, update.doing, update.workaround, update.no_news, update.next_at)
    text = letter_to(one.ticket, words)
    if update.ends:
        try:
            with transaction.atomic():
                return one.ticket.reply(
                    text, by=author, then=Resolve(update.what[:300]), to=[one.address], key=f"incident-{told.pk}"
                )
        except Refused as error:  # something of it is open, or it is closed to the author: it is told, and stays
            logger.info("incident %s does not end request %s: %s", update.incident_id, told.ticket_id, error.text)
            one.ticket.refresh_from_db()
    return one.ticket.inform(
        text,
        by=author,
        address=one.address,
        key=f"incident:{told.pk}",
        what=_what(update),
        until=update.next_at,
    )


def _what(update: Update) -> str:
    with translation.override(update.author.language):
        said = _("Next update of incident № %s") if update.next_at else _("Incident № %s is over: look after it")
        return said % update.incident_id


def _finish(update: Update) -> None:
    """Nothing of it waits; what another process holds at this moment is settled there, and finished next time."""
    waits = Told.objects.filter(update=update, state=Told.State.WAITING)
    if not waits.exists():
        Update.objects.filter(pk=update.pk, finished_at=None).update(finished_at=clock.now())
