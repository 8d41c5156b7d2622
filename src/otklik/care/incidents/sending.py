"""An update leaves in portions: each letter and the row that remembers it in one transaction of their own.

Whoever is killed between two letters leaves the rest waiting, and the next run goes on with it.
"""

import logging
from dataclasses import replace

from django.db import InterfaceError, OperationalError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.care.incidents.letters import Words, letter_for, letter_to
from otklik.care.incidents.models import Affected, Incident, Told, Update
from otklik.care.incidents.reaching import RELATED, LeftOut, Reach, Voice, reach, reach_people
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Contact, Contacted
from otklik.desk.clients.purposes import Purpose
from otklik.desk.conversations.letters import html_of
from otklik.desk.conversations.models import Conversation, Message
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
        while (settled := sum(map(_settle, _waiting(update)))) or _goes_on_with_others(update):
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
    one = _reached(told) if told.ticket_id else _voice(told)
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


def _voice(told: Told) -> Voice:
    """The same of somebody without a request."""
    assert told.contact_id is not None  # a row without a request is of somebody (a constraint)
    contact = Contact.objects.prefetch_related("identities").get(pk=told.contact_id)
    voice = reach_people([contact])[0]
    return voice if _concerns(told, contact) else replace(voice, left_out=LeftOut("elsewhere"))


def _concerns(told: Told, contact: Contact) -> bool:
    """Still, and this update reaches them in no request; whoever else could be written to by now has no letter of it.

    Of this person alone: it is asked before each of many letters.
    """
    concerned = told.update.incident.concerned
    there = Told.objects.filter(update=told.update_id, state__in=(Told.State.WAITING, Told.State.SENT))
    if contact.merged_into_id:
        return False
    if concerned.filter(contact=contact).exists():
        return not there.filter(ticket__contact=contact).exists()
    whole = contact.client_id
    if whole is None or not concerned.filter(client=whole).exists():
        return False
    return not there.filter(ticket__contact__client=whole).exists()


def _try(told: Told, one: Reach | Voice) -> str:
    """Why it could not be told after all, "" when it is; one letter that cannot go holds up no other."""
    try:
        with transaction.atomic():
            told.message = _tell(told, one) if isinstance(one, Reach) else _write(told, one)
    except Refused:
        return "ended"
    except (OperationalError, InterfaceError):  # the database, and so all of them: the next run begins again
        raise
    except Exception:
        logger.exception("%s cannot be told of incident %s", told, told.update.incident_id)
        return "unsendable"
    return ""


def _tell(told: Told, one: Reach) -> Message:
    update, author = told.update, User.objects.get(pk=told.update.author_id)
    text = letter_to(one.ticket, _words(update))
    if update.ends:
        try:
            with transaction.atomic():
                return one.ticket.reply(
                    text,
                    by=author,
                    then=Resolve(update.what[:300]),
                    to=[one.address],
                    key=f"incident-{told.pk}",
                    released=True,  # to all who are concerned, by the rules of updates: no answer of one person
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


def _write(told: Told, voice: Voice) -> Message:
    """In a talk of this incident with them; what they answer there is a request of its own."""
    update, author, door = told.update, User.objects.get(pk=told.update.author_id), voice.door
    assert door is not None
    subject, text = letter_for(voice.contact, door, _words(update))
    before = Told.objects.filter(contact=voice.contact, update__incident=update.incident_id, message__isnull=False)
    last = before.select_related("message__conversation").order_by("-pk").first()
    talk = last.message.conversation if last and last.message else None
    if talk is None or talk.continues_in_id:
        talk = Conversation.objects.create(contact=voice.contact, channel=door, subject=subject)
    Contacted.objects.note(voice.contact, Purpose.NOTICE)
    return talk.say(
        text,
        html=html_of(text),
        by=author,
        kind=Outbound.Kind.NOTIFY,
        subject=subject,
        to=[voice.address],
        line=door.team_id,
        idempotency_key=f"incident:{told.pk}",
    )


@transaction.atomic
def _goes_on_with_others(update: Update) -> bool:
    """Letters that could not leave after all had readers: whoever is reached by none is written to instead.

    The update is held, so that none is added to one that is stopped meanwhile.
    """
    turned = update.told.filter(state=Told.State.LEFT_OUT, at__isnull=False)
    if _waiting(update) or not turned.exists():
        return False
    if not Update.objects.select_for_update(no_key=True).filter(pk=update.pk, finished_at=None).exists():
        return False
    rows = [Told(update=update, contact=one) for one in update.incident.passed_over(update)]
    Told.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["update", "contact"],
        update_fields=["state", "why", "at"],
    )
    return bool(rows)


def _words(update: Update) -> Words:
    return Words(update.what, update.whom, update.doing, update.workaround, update.no_news, update.next_at)


def _what(update: Update) -> str:
    with translation.override(update.author.language):
        said = _("Next update of incident № %s") if update.next_at else _("Incident № %s is over: look after it")
        return said % update.incident_id


def _finish(update: Update) -> None:
    """Nothing of it waits; what another process holds at this moment is settled there, and finished next time."""
    waits = Told.objects.filter(update=update, state=Told.State.WAITING)
    if not waits.exists():
        Update.objects.filter(pk=update.pk, finished_at=None).update(finished_at=clock.now())
