"""PRIVACY-2: a hold stops every term that leads to a person, wherever their words stand."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from otklik.care.complaints.models import Complaint
from otklik.care.quality.models import Review
from otklik.care.surveys.models import OutsideAnswer
from otklik.core.datamap import Aged, aging
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Inbound
from otklik.desk.conversations.models import Message
from otklik.desk.privacy.models import DataRequest, Hold, Term, TermRun
from otklik.desk.privacy.tasks import keep
from otklik.desk.privacy.tests.planting import ADDRESS, MARK, NAME, plant, tables_with
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Write

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]
LATER = timedelta(days=5000)
RUNS_TELL = {"privacy_termrun", "journal_entry", "audit_line"}


@pytest.fixture
def ended(writes: Write, anna: User) -> Callable[..., Ticket]:
    def make(**told: object) -> Ticket:
        ticket = writes(f"{MARK} пишет", files=[["a.txt", f"файл {MARK}"]], **told)
        ticket.reply("Готово", by=anna, then=Resolve("готово"))
        outbox.send_due()
        return Ticket.objects.get(pk=ticket.pk)

    return make


def of_people() -> list[Aged]:
    return [kind for kind in aging().values() if kind.contact or kind.ticket]


def switched_on(by: User) -> None:
    for kind in of_people():
        term = Term.objects.of(kind.code)
        assert term is not None
        term.days, term.is_on = 30, True
        term.put(by=by)


@pytest.mark.parametrize("over", ["contact", "ticket"])
def test_PRIVACY_2_each_term_that_leads_to_a_person_stops_at_a_hold(
    ended: Callable[..., Ticket], admin: User, head: User, over: str
) -> None:
    ticket = ended(sender=ADDRESS, sender_name=NAME)
    plant(ticket, admin)
    Hold.objects.update(lifted_at=clock.now(), lifted_by=admin)
    DataRequest.objects.update(state="refused")
    over_at = {"state": "closed", "closed_at": clock.now(), "next_at": None, "soon_at": None, "next_due": ""}
    Complaint.objects.update(**over_at)
    OutsideAnswer.objects.update(ticket=ticket)
    Review.objects.update(state="accepted", next_at=None, holder=None)
    Inbound.objects.filter(message__conversation=ticket.conversation).update(state="read")
    hold = Hold(why="иск", **({"contact": ticket.contact} if over == "contact" else {"ticket": ticket}))
    hold.put(by=head)
    switched_on(admin)

    with clock.at(clock.now() + LATER):
        planted = {kind.code for kind in of_people() if kind.rows(None, clock.now()).exists()}
        assert planted == {kind.code for kind in of_people()}, "each class has something that could go"
        before = {table: rows for table, rows in tables_with(MARK).items() if table not in RUNS_TELL}
        keep(0)
        runs = {run.term.code: run for run in TermRun.objects.select_related("term")}
        stopped = {code for code, run in runs.items() if run.held}
        after = {table: rows for table, rows in tables_with(MARK).items() if table not in RUNS_TELL}
        if over == "contact":
            assert stopped == planted and not any(run.rows for run in runs.values())
            assert after == before
        else:
            assert stopped == {kind.code for kind in of_people() if kind.ticket}
        hold.lift(by=head)
        keep(0)
        gone = {run.term.code for run in TermRun.objects.select_related("term") if run.rows}
        assert gone >= planted - {"files"}, "files of ended requests went with their words"


def test_PRIVACY_2_who_is_held_keeps_their_words_in_the_requests_of_others(
    ended: Callable[..., Ticket], writes: Write, admin: User, head: User
) -> None:
    """They wrote in a conversation of somebody else, whose own request is old enough."""
    other = writes("Начинаю разговор", sender="olga@don.test", sender_name="Ольга")
    writes("Моё слово", sender=ADDRESS, sender_name=NAME, token=other.conversation.token)
    other.refresh_from_db()
    other.reply("Готово", by=admin, then=Resolve("готово"))
    outbox.send_due()
    free = ended(sender="free@don.test")
    said = Message.objects.get(conversation=other.conversation, text="Моё слово")
    assert said.contact_id != other.contact_id
    Hold(why="иск", contact=said.contact).put(by=head)
    switched_on(admin)

    with clock.at(clock.now() + LATER):
        keep(0)

    said.refresh_from_db()
    assert said.text == "Моё слово"
    assert not Message.objects.filter(conversation=free.conversation, text__contains=MARK).exists()
