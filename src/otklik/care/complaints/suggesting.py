"""What the desk knows of a request and offers as facts; what looks alike; when to ask whether it is a complaint."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.care.complaints.models import Complaint, Likeness, NoComplaint
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.sla.models import Clock, Kind
from otklik.desk.tickets.models import Promise, Ticket

MOST = 10


@dataclass(frozen=True)
class Offered:
    """A fact that can be ticked; `code` names it in a form, the words are found anew when it is taken."""

    code: str
    text: str
    source: str


def facts_of(ticket: Ticket) -> list[Offered]:
    """What the journal says of this request, each in a line."""
    return list(_facts(ticket))


def _facts(ticket: Ticket) -> Iterable[Offered]:
    now, journal = clock.now(), _("journal of request № %(number)s") % {"number": ticket.number}
    if ticket.first_answer_at:
        took = words.span((ticket.first_answer_at - ticket.opened_at).total_seconds())
        yield Offered("first", _("The first answer came after %(span)s.") % {"span": took}, journal)
    elif ticket.opened_at:
        waited = words.span((now - ticket.opened_at).total_seconds())
        yield Offered("unanswered", _("There was no answer for %(span)s.") % {"span": waited}, journal)
    late = Clock.objects.filter(ticket=ticket, dropped_at=None)
    late = late.filter(Q(breached_at__isnull=False) | Q(stopped_at__gt=F("due_at")))
    for kind in sorted(set(late.values_list("kind", flat=True)[:MOST])):
        said = _("A target was missed: %(what)s.") % {"what": Kind(kind).label}
        yield Offered(f"target-{kind}", said, _("clocks of request № %(number)s") % {"number": ticket.number})
    broken = Promise.objects.filter(ticket=ticket, taken_back_at=None, done_at=None, moved_at=None, until__lt=now)
    for promise in broken.order_by("-until")[:1]:
        yield Offered("promise", _("We promised an answer by %(when)s and did not keep it.")
                      % {"when": words.at(promise.until)}, journal)  # fmt: skip
    if ticket.moves:
        said = ngettext("The date was moved %(n)s time.", "The date was moved %(n)s times.", ticket.moves)
        yield Offered("moves", said % {"n": ticket.moves}, journal)
    if ticket.reopened:
        said = ngettext("It was reopened %(n)s time.", "It was reopened %(n)s times.", ticket.reopened)
        yield Offered("reopened", said % {"n": ticket.reopened}, journal)


@dataclass(frozen=True)
class Alike:
    """Another complaint, and by what it is alike: "cause", "topic", "client"."""

    complaint: Complaint
    why: list[str]


def alike(complaint: Complaint, user: User) -> list[Alike]:
    """The newest of the same cause, topic or client that the reader may see and that are not linked yet."""
    topic = complaint.ticket.topic_id if complaint.ticket else None
    near = Q(pk__in=[])
    if complaint.cause:
        near |= Q(found_cause=complaint.cause) | Q(found_cause="", stated_cause=complaint.cause)
    if topic:
        near |= Q(ticket__topic=topic)
    if complaint.contact_id:
        near |= Q(contact=complaint.contact_id)
    known = {one.pk for one in linked(complaint, user)}
    found = Complaint.objects.visible_to(user).filter(near).exclude(pk__in={complaint.pk, *known})
    rows = found.select_related("ticket").order_by("-received_at", "-pk")[:MOST]
    return [Alike(row, _why(complaint, row, topic)) for row in rows]


def linked(complaint: Complaint, user: User) -> list[Complaint]:
    rows = Likeness.objects.filter(Q(one=complaint) | Q(other=complaint)).values_list("one", "other")
    others = {number for pair in rows for number in pair} - {complaint.pk}
    return list(Complaint.objects.visible_to(user).filter(pk__in=others).order_by("-pk")) if others else []


def _why(complaint: Complaint, other: Complaint, topic: int | None) -> list[str]:
    same = {
        "cause": bool(complaint.cause) and other.cause == complaint.cause,
        "topic": topic is not None and other.ticket is not None and other.ticket.topic_id == topic,
        "client": complaint.contact_id is not None and other.contact_id == complaint.contact_id,
    }
    return [name for name, is_same in same.items() if is_same]


def sounds_like_one(ticket: Ticket, since: datetime | None) -> bool:
    """Whether to ask "is it a complaint?": strong words or a low mark came `since`, after anybody said that it is none.

    Never where a complaint about the request exists already, whoever may see it.
    """
    if since is None or Complaint.objects.of_ticket(ticket).exists():
        return False
    return not NoComplaint.objects.filter(ticket=ticket, at__gte=since).exists()


def is_none(ticket: Ticket, *, by: User) -> None:
    """Somebody looked and says so; what comes later may ask again."""
    NoComplaint.objects.update_or_create(ticket=ticket, defaults={"by": by, "at": clock.now()})
