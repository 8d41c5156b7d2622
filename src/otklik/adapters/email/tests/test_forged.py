"""SENDER-3: a letter in somebody else's name is marked, and nothing follows from it by itself."""

from datetime import datetime

import pytest

from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.tests.conftest import FAILED, PASSED, Take, last, mail
from otklik.core.staff.models import User
from otklik.desk.channels.models import Inbound, Outbound
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait

pytestmark = pytest.mark.django_db(transaction=True)


def test_SENDER_3_a_letter_in_the_clients_name_is_marked_and_nothing_follows_by_itself(
    known: Ticket, take: Take
) -> None:
    Contact.objects.update(name="pavel@volga.test")
    written = Outbound.objects.count()

    take(mail("Пришлите пароль", Authentication_Results=FAILED, Message_ID="<two@volga.test>"))

    forged = last()
    message = forged.conversation.messages.get()
    assert (message.authenticity, forged.sender_doubtful) == ("failed", True)
    assert "mx.desk.test" in message.authenticity_reason
    assert Outbound.objects.count() == written
    assert Contact.objects.get().name == "pavel@volga.test", "a forger teaches us no name"


def test_SENDER_3_a_forged_answer_is_kept_in_its_place_and_marks_the_whole_request(
    known: Ticket, take: Take, anna: User, tomorrow: datetime
) -> None:
    ours = known.reply("Какой телефон?", by=anna, then=Wait(tomorrow))
    take(
        mail("Это я", Authentication_Results=FAILED, In_Reply_To=f"<{ours.external_id}>", Message_ID="<two@volga.test>")
    )

    known.refresh_from_db()
    assert known.sender_doubtful and known.conversation.messages.latest("pk").authenticity == "failed"


def test_SENDER_3_without_any_proof_the_receipt_opens_no_door(mailbox: Mailbox, take: Take) -> None:
    """The receipt holds a number and a promise, no link to the client's page."""
    take(mail())

    message = Message.objects.earliest("pk")
    receipt = Message.objects.get(automatic="auto")
    assert message.authenticity == "unknown" and not last().sender_doubtful
    assert str(last().number) in receipt.text and "/request/" not in receipt.text


def test_a_verified_sender_gets_the_usual_receipt(known: Ticket) -> None:
    assert known.conversation.messages.earliest("pk").authenticity == "verified"
    assert "/request/" in Message.objects.get(automatic="auto").text


def test_a_mailbox_may_keep_out_who_fails_until_a_person_lets_them_in(border: Mailbox, take: Take) -> None:
    border.keeps_out = True
    border.save()

    row = take(mail(Authentication_Results=FAILED))
    assert row.state == Inbound.State.QUARANTINED and "mx.desk.test" in row.reason
    assert not Ticket.objects.exists() and not Contact.objects.exists()

    row.release()
    again = take(mail(Authentication_Results=FAILED))

    assert again.pk == row.pk and again.state == Inbound.State.READ
    assert Ticket.objects.get().sender_doubtful and not Outbound.objects.exists()


def test_a_mailbox_that_keeps_out_lets_in_whom_nothing_speaks_against(border: Mailbox, take: Take) -> None:
    border.keeps_out = True
    border.save()

    take(mail(Authentication_Results=PASSED))
    take(mail(Authentication_Results="mx.desk.test; none", Message_ID="<two@volga.test>", Subject="Другое"))

    assert Ticket.objects.count() == 2
