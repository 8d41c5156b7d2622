"""SENDER-1 and SENDER-2: which request a letter belongs to, and that nobody guesses a way into one."""

from collections.abc import Callable
from datetime import datetime

import pytest

from otklik.adapters.email.tests.conftest import STRANGER, SUPPORT, Take, last, letters_to, mail
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "subject",
    [
        "[#{n}] Звонок",
        "#{n}",
        "Re: Request № {n} is received",
        "Re: Обращение № {n} принято",
        "заявка {n}",
        "№{n}",
        "[ticket {n}]",
        "Звонок",
        "Re: Звонок",
        "FWD: RE: Звонок",
    ],
)
def test_SENDER_1_a_number_or_a_subject_opens_no_door(known: Ticket, take: Take, subject: str) -> None:
    before = (known.version, known.contact_id, known.message_count)

    take(mail("Что там у них?", From=STRANGER, Subject=subject.format(n=known.number), Message_ID="<s@elsewhere.test>"))

    opened = last()
    assert opened != known and opened.contact.email == "stranger@elsewhere.test"
    known.refresh_from_db()
    assert (known.version, known.contact_id, known.message_count) == before
    for letter in letters_to("stranger@elsewhere.test"):
        assert "Секрет" not in letter and "pavel" not in letter and "volga" not in letter
    assert opened.may_belong_to_id in (None, known.pk)


@pytest.mark.parametrize("subject", ["[#{n}] Звонок", "Re: Обращение № {n} принято", "заявка {n}"])
def test_a_number_in_the_subject_is_shown_to_the_agent(known: Ticket, take: Take, subject: str) -> None:
    take(mail(From=STRANGER, Subject=subject.format(n=known.number), Message_ID="<s@elsewhere.test>"))

    assert last().may_belong_to == known


def test_an_answer_without_identifiers_is_shown_to_the_agent_for_the_same_person_alone(
    known: Ticket, take: Take
) -> None:
    take(mail(Subject="Re: Звонок", Message_ID="<two@volga.test>"))
    assert last() != known and last().may_belong_to == known

    take(mail(Subject="Re: Звонок", From=STRANGER, Message_ID="<s@elsewhere.test>"))
    assert last().may_belong_to is None


@pytest.mark.parametrize("number", ["999999999", "0", "99999999999999999999", "１２"])
def test_a_number_that_is_none_of_ours_suggests_nothing(known: Ticket, take: Take, number: str) -> None:
    take(mail(From=STRANGER, Subject=f"#{number}", Message_ID="<s@elsewhere.test>"))

    assert last().may_belong_to is None


def altered(external_id: str) -> list[str]:
    local, _at, host = external_id.partition("@")
    return [
        f"{local[:-1]}@{host}",
        f"{local.swapcase()}@{host}",
        f"{local[1:]}{local[0]}@{host}",
        f"{local}@{host}.elsewhere.test",
        f"{local}@",
        local,
        f"x{local}@{host}",
        "%",
        "_" * len(external_id),
    ]


@pytest.mark.parametrize("way", ["References", "In_Reply_To"])
@pytest.mark.parametrize("which", range(9))
def test_SENDER_2_an_identifier_that_is_not_quite_ours_opens_no_door(
    known: Ticket, take: Take, anna: User, tomorrow: datetime, way: str, which: int
) -> None:
    ours = known.reply("Какой телефон?", by=anna, then=Wait(tomorrow))

    take(mail(From=STRANGER, Message_ID="<s@elsewhere.test>", **{way: f"<{altered(ours.external_id)[which]}>"}))

    assert Ticket.objects.count() == 2 and last().contact.email == "stranger@elsewhere.test"


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda token: token[:-1],
        lambda token: token + "0",
        lambda token: "0" * 32,
        lambda token: token[::-1],
        lambda token: "%",
        lambda token: "_" * 32,
        lambda token: str(1),
    ],
)
def test_SENDER_2_a_guessed_token_opens_no_door(known: Ticket, take: Take, spoilt: Callable[[str], str]) -> None:
    local, _at, host = SUPPORT.partition("@")
    address = f"{local}+{spoilt(known.conversation.token)}@{host}"

    take(mail(From=STRANGER, To=address, Message_ID="<s@elsewhere.test>"), envelope_to=[address])

    assert Ticket.objects.count() == 2


def test_a_stranger_who_knows_an_identifier_is_an_outside_participant(
    known: Ticket, take: Take, anna: User, tomorrow: datetime
) -> None:
    """2.4.2: kept there and flagged; nothing goes to it by itself, and it is not proposed as the addressee."""
    ours = known.reply("Какой телефон?", by=anna, then=Wait(tomorrow))
    take(mail("И я тут", From=STRANGER, References=f"<{ours.external_id}>", Message_ID="<s@elsewhere.test>"))

    message = Message.objects.latest("pk")
    assert message.conversation_id == known.conversation_id and message.contact_id != known.contact_id
    known.refresh_from_db()
    known.reply("Спасибо", by=anna, then=Wait(tomorrow))
    assert letters_to("stranger@elsewhere.test") == []
    assert len(letters_to("pavel@volga.test")) == 3
