"""What no person writes asks the contact policy first: it waits, or stays away, and the story says why."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import translation

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Consent, Contact, Contacted, ContactPolicy, QuietPeriod
from otklik.desk.clients.policy import Why, known_of, may_contact
from otklik.desk.clients.purposes import Agreed, Held, Purpose
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 26, 9, 0, tzinfo=UTC)  # a Friday, noon in Moscow
DAY = timedelta(days=1)


@pytest.fixture
def quarter(pavel: Contact, anna: User) -> QuietPeriod:
    """The organisation of Pavel closes its quarter: 25th to 31st."""
    period = QuietPeriod(client=pavel.client, reason="закрытие квартала", month_from=25, month_until=31)
    period.months = [3, 6, 9, 12]
    period.put(by=anna)
    return period


def held(ticket: Ticket) -> list[dict[str, str]]:
    told = Entry.objects.about("ticket", ticket.pk).filter(kind="tickets.MessageHeld").order_by("id")
    return [entry.data for entry in told]


def letters(kind: str) -> int:
    return Outbound.objects.filter(kind=kind).count()


def test_a_reminder_moves_to_the_first_moment_after_the_quiet_period(
    ticket: Ticket, anna: User, quarter: QuietPeriod, paper: Paper
) -> None:
    with clock.at(NOON - DAY):
        ticket.reply("Какая модель?", by=anna, then=Wait(NOON))
    with clock.at(NOON):
        Ticket.objects.wake_due()
    ticket.refresh_from_db()

    assert letters("notify") == 0 and ticket.status == "pending_client"
    april = known_of(ticket.contact, NOON).zone
    assert ticket.due_at == datetime(2027, 4, 1, tzinfo=april)
    (line,) = held(ticket)
    assert (line["purpose"], line["why"], line["detail"]) == ("reminder", "quiet", "закрытие квартала")

    with clock.at(ticket.due_at):
        Ticket.objects.wake_due()
    assert letters("notify") == 1


def test_a_person_decides_where_nobody_knows_until_when(ticket: Ticket, anna: User) -> None:
    Consent.objects.say(ticket.contact, Agreed.SERVICE, given=False, source="письмо", by=anna)
    with clock.at(NOON - DAY):
        ticket.reply("Какая модель?", by=anna, then=Wait(NOON))
    with clock.at(NOON):
        Ticket.objects.wake_due()
    ticket.refresh_from_db()

    assert ticket.is_our_move and letters("notify") == 0
    assert held(ticket)[0]["why"] == "withdrawn"


def test_a_notice_waits_in_the_outbox(ticket: Ticket, anna: User, pavel: Contact) -> None:
    pavel.change("reach_hours", "14-18", by=anna)
    with clock.at(NOON):
        ticket.write_by_itself("Работы идут")

    letter = Outbound.objects.get(kind="notify")
    assert letter.not_before == NOON + timedelta(hours=2)
    assert [one["until"] for one in held(ticket)] == [letter.not_before.isoformat()]
    with clock.at(NOON):
        outbox.send_due()
        letter.refresh_from_db()
        assert letter.state == "ready"


def test_a_notice_that_would_come_too_late_is_not_sent(ticket: Ticket, quarter: QuietPeriod) -> None:
    with clock.at(NOON), pytest.raises(Conflict, match="закрытие квартала"):
        ticket.write_by_itself("Работы идут")

    assert letters("notify") == 0


def test_notices_have_a_cap_a_day(ticket: Ticket, pavel: Contact) -> None:
    ContactPolicy(pk=1, notices_a_day=1).save()
    Contacted.objects.note(pavel, Purpose.NOTICE, NOON - timedelta(hours=3))

    decision = may_contact(pavel, Purpose.REMINDER, "email", NOON)

    assert not decision.allowed and decision.not_before == NOON + timedelta(hours=21)
    assert decision.why == Why("notices", "1")


def test_a_receipt_and_an_answer_are_never_held_back(
    pavel: Contact, anna: User, writes: Write, django_assert_num_queries
) -> None:
    QuietPeriod(contact=pavel, weekdays=[1, 2, 3, 4, 5, 6, 7]).put(by=anna)
    before = letters("auto")

    ticket = writes("Горит!", sender=pavel.email)
    ticket.reply("Смотрим", by=anna, then=Wait(NOON))

    assert letters("auto") == before + 1 and letters("reply") == 1 and held(ticket) == []
    with django_assert_num_queries(0):
        assert may_contact(pavel, Purpose.PROMISE, "email", NOON).allowed


def test_calls_may_be_quiet_while_letters_come(pavel: Contact, anna: User) -> None:
    QuietPeriod(contact=pavel, holds=Held.CALLS, hours_from=time(10), hours_until=time(14)).put(by=anna)

    assert may_contact(pavel, Purpose.NOTICE, "email", NOON).allowed
    assert not may_contact(pavel, Purpose.NOTICE, "phone", NOON).allowed


def test_the_decision_costs_one_statement(pavel: Contact, quarter: QuietPeriod, django_assert_num_queries) -> None:
    may_contact(pavel, Purpose.SURVEY, "email", NOON)  # the company is read once

    with django_assert_num_queries(1):
        assert not may_contact(pavel, Purpose.SURVEY, "email", NOON).allowed


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    "why",
    [
        *(Why(code) for code in ("quiet", "withdrawn", "not_given")),
        *(Why(code, "9:00–18:00") for code in ("reach", "house")),
        *(Why("asked", "2026-11-12"), Why("asked_client", "3"), Why("notices", "5")),
    ],
)
def test_every_reason_is_said(why: Why, language: str) -> None:
    with translation.override(language):
        assert len(why.said()) > 10 and "%(" not in why.said()


def test_PRIVACY_2_consent_is_a_text_of_its_own_with_version_time_and_withdrawal(pavel: Contact, anna: User) -> None:
    given = Consent(contact=pavel, purpose=Agreed.MARKETING, version="2026-09", source="форма на сайте")
    given.put(by=anna)
    assert may_contact(pavel, Purpose.MARKETING, "email", NOON).allowed
    given.end(by=anna)

    rows = Consent.objects.filter(contact=pavel).order_by("id")
    assert [(one.given, one.version, one.by) for one in rows] == [(True, "2026-09", anna), (False, "", anna)]
    assert all(one.at for one in rows) and not may_contact(pavel, Purpose.MARKETING, "email", NOON).allowed
    said = Entry.objects.about("contact", pavel.pk).order_by("id").values_list("data__field", flat=True)
    assert list(said) == ["consent", "consent_withdrawn"]
