"""Whom we ask, when, and what counts."""

from datetime import timedelta

import pytest

from otklik.care.surveys.models import OPEN_FOR, Invitation, Score, TooLate
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.clients.models import Contact, Contacted, QuietPeriod
from otklik.desk.clients.purposes import Purpose
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Refuse, Resolve
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(settings) -> None:
    settings.SURVEY_DELAY_SECONDS = 0


def invitation_of(secret: str) -> Invitation:
    found = Invitation.objects.of_secret(secret)
    assert found is not None
    return found


def secret_of(paper: Paper) -> str:
    outbox.send_due()
    return bytes(paper.sent[-1].raw).decode().split("/survey/")[1].split("/")[0]


def test_a_resolved_ticket_asks_its_client_once(ticket: Ticket, anna: User, paper: Paper) -> None:
    ticket.reply("Готово", by=anna, then=Resolve())

    assert [Invitation.objects.send_due() for _ in range(2)] == [1, 0]
    assert invitation_of(secret_of(paper)).agent == anna


def test_nobody_is_asked_while_the_reply_can_be_taken_back(ticket: Ticket, anna: User) -> None:
    message = ticket.reply("Готово", by=anna, then=Resolve(), undo=15)
    assert Invitation.objects.send_due() == 0

    ticket.take_back(message, by=anna)
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert Invitation.objects.send_due() == 0


def test_a_refused_or_reopened_ticket_is_not_asked_about(ticket: Ticket, anna: User, writes: Write) -> None:
    ticket.reply("", by=anna, then=Refuse("law", "Закон запрещает", ["Спросим юриста"]))
    assert not Invitation.objects.exists()

    ticket.reply("Готово", by=anna, then=Resolve())
    writes("Нет!", token=ticket.conversation.token)
    assert Invitation.objects.send_due() == 0


def test_the_last_of_two_answers_counts(ticket: Ticket, anna: User, paper: Paper) -> None:
    ticket.reply("Готово", by=anna, then=Resolve())
    Invitation.objects.send_due()
    invitation = invitation_of(secret_of(paper))

    invitation.answer(2, "долго")
    invitation.answer(5)

    assert Score.objects.get().value == 5


def test_an_altered_or_old_link_opens_nothing(ticket: Ticket, anna: User, paper: Paper) -> None:
    ticket.reply("Готово", by=anna, then=Resolve())
    Invitation.objects.send_due()
    secret = secret_of(paper)

    altered = secret[:-1] + ("y" if secret.endswith("x") else "x")
    assert Invitation.objects.of_secret(altered) is None
    with clock.at(clock.now() + timedelta(days=15)):
        assert Invitation.objects.of_secret(secret) is None


def test_after_two_weeks_no_answer_is_taken_by_any_door(ticket: Ticket, anna: User, paper: Paper) -> None:
    """METRICS S2: neither by the letter nor on the client's own page, however long that was open."""
    ticket.reply("Готово", by=anna, then=Resolve())
    Invitation.objects.send_due()
    held = invitation_of(secret_of(paper))

    with clock.at(clock.now() + OPEN_FOR - timedelta(minutes=1)):
        assert Invitation.objects.for_page(ticket) == held
    with clock.at(clock.now() + OPEN_FOR + timedelta(minutes=1)):
        assert Invitation.objects.for_page(ticket) is None
        with pytest.raises(TooLate):
            held.answer(5)
    assert not Score.objects.exists()


def test_a_page_that_was_never_asked_about_does_not_ask_after_two_weeks(ticket: Ticket, anna: User) -> None:
    ticket.reply("Готово", by=anna, then=Resolve())

    with clock.at(clock.now() + OPEN_FOR + timedelta(minutes=1)):
        assert Invitation.objects.for_page(ticket) is None
    assert not Invitation.objects.exclude(sent_at=None).exists()


def test_a_score_outside_of_the_scale_is_refused(ticket: Ticket, anna: User, paper: Paper) -> None:
    ticket.reply("Готово", by=anna, then=Resolve())
    Invitation.objects.send_due()

    with pytest.raises(ValueError, match="one of"):
        invitation_of(secret_of(paper)).answer(6)


def test_SENDER_3_whoever_only_writes_in_the_clients_name_is_not_asked(writes: Write, anna: User) -> None:
    forged = writes("Пришлите пароль", authenticity="failed")

    forged.reply("Нет", by=anna, then=Resolve("не он"))

    assert not Invitation.objects.exists()


# -- the contact policy ---------------------------------------------------------------------------------------------


def test_a_question_waits_for_the_end_of_a_short_quiet_period(ticket: Ticket, anna: User) -> None:
    now = clock.now()
    QuietPeriod(contact=ticket.contact, starts_on=now.date(), ends_on=now.date() + timedelta(days=1)).put(by=anna)
    ticket.reply("Готово", by=anna, then=Resolve())

    assert Invitation.objects.send_due() == 0
    waiting = Invitation.objects.get()
    assert waiting.cancelled_at is None and waiting.send_at > now
    with clock.at(waiting.send_at):
        assert Invitation.objects.send_due() == 1


def test_a_question_that_would_come_too_late_is_dropped_and_the_story_says_why(ticket: Ticket, anna: User) -> None:
    Contacted.objects.note(ticket.contact, Purpose.SURVEY, clock.now() - timedelta(days=10))
    ticket.reply("Готово", by=anna, then=Resolve())

    assert Invitation.objects.send_due() == 0
    assert Invitation.objects.get().cancelled_at is not None
    told = Entry.objects.about("ticket", ticket.pk).get(kind="tickets.MessageHeld").data
    assert (told["purpose"], told["why"], told["until"]) == ("survey", "asked", "")


def test_colleagues_of_one_organisation_are_not_all_asked(ticket: Ticket, anna: User) -> None:
    for _one in range(3):
        colleague = Contact.objects.create(name="Коллега", client=ticket.contact.client)
        Contacted.objects.note(colleague, Purpose.SURVEY)
    ticket.reply("Готово", by=anna, then=Resolve())

    assert Invitation.objects.send_due() == 0
    assert Entry.objects.get(kind="tickets.MessageHeld").data["why"] == "asked_client"
