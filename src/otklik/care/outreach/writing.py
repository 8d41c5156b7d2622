"""A letter ahead of an event, through the contact policy: by the desk itself, or because a person presses for it."""

import logging

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, F, OuterRef, Subquery
from django.utils.translation import gettext as _

from otklik.care.outreach.letters import letter_for
from otklik.care.outreach.models import OutreachPolicy, Upcoming
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.clients.models import Contact, Contacted, Identity, ReachBy
from otklik.desk.clients.models.address import Channelled
from otklik.desk.clients.policy import Why, may_contact
from otklik.desk.clients.purposes import Purpose
from otklik.desk.conversations.letters import html_of, may_write_automatically
from otklik.desk.conversations.models import Conversation

logger = logging.getLogger(__name__)


def tell_due() -> int:
    """Whose time has come, where the desk writes by itself; returns how many letters left."""
    policy, today = OutreachPolicy.objects.current(), clock.house_today()
    if not policy.writes:
        return 0
    waiting = Upcoming.objects.ahead(today).filter(told_at=None)
    due = [one.pk for one in waiting.only("pk", "on", "dropped", "told_at") if one.is_due(today, policy)]
    return sum(_try(pk) for pk in due)


def _try(pk: int) -> bool:
    """One that cannot be written to holds up no other."""
    try:
        return write(pk, by=None) == ""
    except (OperationalError, InterfaceError):  # the database, and so all of them: the next run begins again
        raise
    except Exception:
        logger.exception("nobody can be told of event %s", pk)
        Upcoming.objects.filter(pk=pk).update(held_back="unsendable")
        return False


@transaction.atomic
def write(pk: int, *, by: User | None) -> str:
    """The code of why it was held back, "" when the letter left (or had left before)."""
    held = Upcoming.objects.select_for_update(of=("self",)).select_related("subscription__product")
    row = held.ahead(clock.house_today()).filter(pk=pk).first()
    if row is None or row.told_at is not None:
        return "" if row else "over"
    contact, door = voice_of(row), None
    why = ""
    if contact is not None:
        door = door_of(contact)
    if contact is None or not contact.email:
        why = "address"
    elif door is None:
        why = "door"
    elif by is None and not may_write_automatically(contact.email, acknowledgement=False):
        why = "often"
    else:
        decision = may_contact(contact, Purpose.NOTICE, Channelled.EMAIL, clock.now())
        why = "" if decision.allowed else (decision.why.code if decision.why else "held")
        if not why and by is None and decision.by == ReachBy.PHONE and _has_number(contact):
            why = "phone"
    if why or contact is None or door is None:
        row.held_back = why
        row.save(update_fields=["held_back"])
        return why
    subject, text = letter_for(row, contact, door)
    talk = Conversation.objects.create(contact=contact, channel=door, subject=subject)
    row.message = talk.say(
        text,
        html=html_of(text),
        by=by,
        kind=Outbound.Kind.NOTIFY,
        subject=subject,
        to=[contact.email],
        line=door.team_id,
        idempotency_key=f"ahead:{row.pk}",
    )
    Contacted.objects.note(contact, Purpose.NOTICE)
    row.told_at, row.told_by, row.held_back = clock.now(), by, ""
    row.save(update_fields=["message", "told_at", "told_by", "held_back"])
    return ""


def said(code: str) -> str:
    """In the reader's language; what a client asked for is told by its kind alone."""
    words = {
        "door": _("no mailbox is open"),
        "address": _("no address is known to which letters arrive: call them"),
        "phone": _("they like to be called: call them"),
        "often": _("they had several automatic letters lately"),
        "notices": _("they had several automatic letters lately"),
        "reach": _("they may be reached at other hours"),
        "house": _("they may be reached at other hours"),
        "unsendable": _("the letter could not be written"),
        "over": _("the date was moved, or has come"),
        "held": _("the contact policy holds it back"),
    }
    return words.get(code) or Why(code).said() or words["held"]


def _has_number(contact: Contact) -> bool:
    return any(one.kind == Channelled.PHONE for one in contact.identities.all())


def voice_of(row: Upcoming) -> Contact | None:
    """The person themselves; of an organisation whoever letters arrive at and who wrote to us last."""
    people = Contact.objects.prefetch_related("identities")
    arrives = Identity.objects.filter(contact=OuterRef("pk"), kind=Channelled.EMAIL, failed_at=None)
    if row.contact is not None:
        return people.filter(Exists(arrives), pk=row.contact.present().pk).first()
    last = Conversation.objects.filter(contact=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    whole = row.client and (row.client.merged_into_id or row.client.pk)
    theirs = people.filter(Exists(arrives), client=whole, merged_into=None)
    return theirs.annotate(last=Subquery(last)).order_by(F("last").desc(nulls_last=True), "pk").first()


def door_of(contact: Contact) -> Channel | None:
    """By which they wrote last, where letters leave by it; else the first that there is."""
    doors = Channel.objects.writing().order_by("pk")
    last = Conversation.objects.filter(contact=contact, channel__in=doors).order_by("-pk").values("channel")[:1]
    return doors.filter(pk__in=last).first() or doors.first()
