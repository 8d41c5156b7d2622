"""Letters of the request count as news for the complainant; people who leave pass on what they have."""

from collections.abc import Callable

from django.db.models import Q

from otklik.care.complaints import telling
from otklik.care.complaints.events import ComplainantInformed, ComplaintFiled, ComplaintGiven, MeasurePlanned
from otklik.care.complaints.managers import manager_for
from otklik.care.complaints.models import Complaint, ComplaintPolicy, Measure
from otklik.care.complaints.models.filing import JOINED_TO
from otklik.care.complaints.states import State
from otklik.core.journal import clock
from otklik.core.journal.news import doer, on, publish
from otklik.core.journal.rows import first
from otklik.core.staff.events import PersonLeft
from otklik.core.staff.models import User
from otklik.desk.clients.events import ContactMerged, ContactsParted
from otklik.desk.clients.models import Merging
from otklik.desk.tickets.events import Answered, AnswerTakenBack
from otklik.desk.tickets.models import Ticket

SOME = f"""
SELECT 1 FROM complaints_complaint
WHERE ticket_id = ANY({JOINED_TO.format("%s::bigint")}) AND state NOT IN ('closed', 'received') LIMIT 1
"""  # noqa: S608 - a constant of ours


@on(Answered)
def the_client_hears_from_us(news: Answered) -> None:
    for one in _of(news.ticket_id):
        one.heard_from_us(clock.now())
        one.keep()
        publish(ComplainantInformed(complaint_id=one.pk, message_id=news.message_id))


@on(AnswerTakenBack)
def they_have_not_heard_after_all(news: AnswerTakenBack) -> None:
    """The answer before it counts again; the acknowledgement itself was told in its own way."""
    for one in _of(news.ticket_id):
        talk = one.talk
        left = talk.conversation.messages.public().filter(direction="out", author__isnull=False) if talk else None
        last = left.order_by("-id").values_list("at", flat=True).first() if left is not None else None
        moments = [moment for moment in (last, one.acknowledged_at, one.received_at) if moment]
        one.heard_from_us(max(moments))
        one.keep()


@on(ComplaintFiled)
def somebody_manages_it(news: ComplaintFiled) -> None:
    complaint = Complaint.objects.select_related("owner").get(pk=news.complaint_id)
    if complaint.owner_id != complaint.filed_by_id:
        telling.tell_given(complaint, complaint.owner, "owner")


@on(ComplaintGiven)
def it_is_somebodys(news: ComplaintGiven) -> None:
    _tell_other(news.person_id, lambda person: telling.tell_given(_complaint(news.complaint_id), person, news.role))


@on(MeasurePlanned)
def a_measure_is_somebodys(news: MeasurePlanned) -> None:
    _tell_other(news.owner_id, lambda person: telling.tell_measure(_complaint(news.complaint_id), person))


@on(PersonLeft)
def nothing_hangs_on_somebody_who_left(news: PersonLeft) -> None:
    """What they managed goes to the manager of today, what they investigated and had to do to whoever manages that."""
    left, policy = news.person_id, ComplaintPolicy.objects.current()
    measure = Measure.objects.filter(owner=left, done_at=None)
    theirs = Q(owner=left) | Q(investigator=left) | Q(pk__in=measure.values("complaint"))
    for one in Complaint.objects.open().filter(theirs).select_related("line", "against").order_by("pk"):
        if one.owner_id == left:
            one.pass_to(manager_for(one.line, one.against, policy), by=None)
        if one.investigator_id == left and one.state == State.INVESTIGATING:
            one.investigate_instead(_instead(one))
        one.measures.filter(owner=left, done_at=None).update(owner=one.owner_id)


@on(ContactMerged)
def complaints_go_along(news: ContactMerged) -> None:
    Merging.objects.get(pk=news.merging_id).carry(Complaint)


@on(ContactsParted)
def complaints_go_back(news: ContactsParted) -> None:
    Merging.objects.get(pk=news.merging_id).give_back(Complaint)


def _instead(complaint: Complaint) -> User | None:
    """Who manages it looks into it, unless they have decided on it before."""
    return None if complaint.was_decided_by(complaint.owner) else complaint.owner


def _of(ticket_id: int) -> list[Complaint]:
    """Open complaints whose talk goes on in this request; of most there is none, and that is asked at its price."""
    if not first(SOME, ticket_id):
        return []
    found = Complaint.objects.open().of_ticket(Ticket(pk=ticket_id)).exclude(state=State.RECEIVED)
    return list(found.select_for_update(of=("self",)).select_related("ticket"))


def _complaint(pk: int) -> Complaint:
    return Complaint.objects.get(pk=pk)


def _tell_other(person_id: int, say: Callable[[User], None]) -> None:
    """The person, unless it was their own act."""
    if doer() != person_id and (person := User.objects.filter(pk=person_id, is_active=True).first()):
        say(person)
