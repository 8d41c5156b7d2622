"""The one reminder: off until it is set, never after an answer, and only where a question may go."""

from datetime import timedelta

import pytest

from otklik.care.surveys.models import OPEN_FOR, Invitation, Survey
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.clients.models import Contact, QuietPeriod
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db
DAYS = 5


@pytest.fixture(autouse=True)
def reminding(settings: object, db: None) -> Survey:
    settings.SURVEY_DELAY_SECONDS = 0  # type: ignore[attr-defined]
    survey = Survey.objects.after_answer()
    assert survey
    survey.remind_days = DAYS
    survey.save(update_fields=["remind_days"])
    return survey


@pytest.fixture
def asked(reminding: Survey, ticket: Ticket, anna: User) -> Invitation:
    ticket.reply("Готово", by=anna, then=Resolve())
    assert Invitation.objects.send_due() == 1
    return Invitation.objects.get()


def reminded(after: float) -> int:
    with clock.at(clock.now() + timedelta(days=after)):
        return Invitation.objects.remind_due()


def secrets_of(paper: Paper) -> list[str]:
    outbox.send_due()
    letters = [bytes(one.raw).decode() for one in paper.sent]
    return [one.split("/survey/")[1].split("/")[0] for one in letters if "/survey/" in one]


def test_whoever_was_silent_hears_once_more_and_both_links_open(asked: Invitation, paper: Paper) -> None:
    assert reminded(DAYS - 0.1) == 0
    assert [reminded(DAYS + 0.1), reminded(DAYS + 2)] == [1, 0]

    with clock.at(clock.now() + timedelta(days=DAYS + 1)):
        first, again = secrets_of(paper)
        assert first != again
        assert {Invitation.objects.of_secret(one) for one in (first, again)} == {asked}
        assert Invitation.objects.of_way_out(again) == asked


def test_nobody_is_reminded_unless_the_survey_says_so(reminding: Survey, ticket: Ticket, anna: User) -> None:
    reminding.remind_days = None
    reminding.save(update_fields=["remind_days"])
    ticket.reply("Готово", by=anna, then=Resolve())
    Invitation.objects.send_due()

    assert reminded(DAYS + 1) == 0


def test_an_answer_ends_it_even_half_of_one(asked: Invitation) -> None:
    Invitation.objects.get().answer(4)

    assert Invitation.objects.get().remind_at is None and reminded(DAYS + 1) == 0


def test_solved_again_it_is_asked_about_anew_and_only_that_is_reminded_of(
    asked: Invitation, ticket: Ticket, anna: User, writes: Write
) -> None:
    writes("Нет, не помогло", token=ticket.conversation.token)
    assert Invitation.objects.get().remind_at is None

    with clock.at(clock.now() + timedelta(days=200)):
        ticket.refresh_from_db()
        ticket.reply("Теперь готово", by=anna, then=Resolve())
        assert Invitation.objects.send_due() == 1
        assert reminded(DAYS + 1) == 1


def test_an_answer_to_one_of_two_questions_about_a_request_ends_the_reminders_of_both(asked: Invitation) -> None:
    about = {name: getattr(asked, name) for name in ("survey", "version", "ticket", "contact", "team", "agent")}
    now = clock.now()
    later = Invitation.objects.create(**about, send_at=now, sent_at=now, remind_at=now + timedelta(days=DAYS))
    later.answer(4)

    assert reminded(DAYS + 1) == 0 and not Invitation.objects.exclude(remind_at=None).exists()


@pytest.mark.parametrize("what", ["open", "ended", "silenced", "anothers"])
def test_what_holds_for_a_question_holds_for_its_reminder(
    asked: Invitation, ticket: Ticket, reminding: Survey, writes: Write, what: str
) -> None:
    match what:
        case "open":
            writes("Нет, не помогло", token=ticket.conversation.token)
        case "ended":
            reminding.end()
        case "silenced":
            asked.ask_no_more(["Не спрашивать"])
        case "anothers":
            writes("Другой", sender="else@volga.test")
            Ticket.objects.filter(pk=ticket.pk).update(contact=Contact.objects.get(identities__value="else@volga.test"))

    assert reminded(DAYS + 1) == 0
    found = Invitation.objects.get(pk=asked.pk)
    assert found.sent_at and found.why_not == "", "it was asked, whatever became of the reminder"


def test_a_quiet_time_puts_it_off_and_a_long_one_ends_it(asked: Invitation, ticket: Ticket) -> None:
    today = clock.today()
    quiet = {"contact": ticket.contact, "reason": "закрытие", "starts_on": today, "holds": "questions"}
    period = QuietPeriod.objects.create(**quiet, ends_on=today + timedelta(days=DAYS + 2))

    assert reminded(DAYS + 1) == 0
    until = Invitation.objects.get().remind_at
    assert until and until > clock.now() + timedelta(days=DAYS + 1)
    assert reminded(DAYS + 4) == 1

    period.ends_on = today + OPEN_FOR + timedelta(days=30)
    period.save()
    Invitation.objects.update(remind_at=clock.now(), reminded_at=None)
    assert reminded(DAYS + 1) == 0 and Invitation.objects.get().remind_at is None


def test_a_reminder_that_cannot_be_written_goes_behind_the_others(
    asked: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_details: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(Invitation, "_post", fail)
        assert reminded(DAYS + 1) == 0

    hour = timedelta(hours=1) / timedelta(days=1)
    assert [reminded(DAYS + 1 + hour * part) for part in (0.5, 1.5)] == [0, 1]
