"""PRIVACY-2: terms remove by class and date, a hold stops them; consent is a text of its own; leaks count hours."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Event, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.datamap import aging
from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Inbound
from otklik.desk.clients.models import Client, ClientEvent, Consent, Contact
from otklik.desk.clients.purposes import Agreed
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.privacy import reminding, terms
from otklik.desk.privacy.deadlines import month_later, working_days_later
from otklik.desk.privacy.models import Breach, DataRequest, Hold, Term, TermRun
from otklik.desk.privacy.tasks import keep
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Write
from tests.fixtures.races import wait_until_somebody_is_blocked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]
type Ended = Callable[[int], Ticket]


@pytest.fixture
def ended(writes: Write, anna: User) -> Ended:
    """A request that ended so many days ago."""

    def make(days: int) -> Ticket:
        with clock.at(timezone.now() - timedelta(days=days)):
            ticket = writes(f"слово {days}", files=[["a.txt", "файл"]], sender=f"p{days}@volga.test")
            ticket.reply("готово", by=anna, then=Resolve("готово"))
            outbox.send_due()
        return Ticket.objects.get(pk=ticket.pk)

    return make


def term(code: str, days: int, by: User, *, is_on: bool = True) -> Term:
    found = Term.objects.of(code)
    assert found is not None
    found.days, found.is_on = days, is_on
    found.put(by=by)
    return found


def words(ticket: Ticket) -> str:
    return "".join(Message.objects.filter(conversation=ticket.conversation).values_list("text", flat=True))


def test_PRIVACY_2_nothing_goes_while_no_term_is_switched_on(ended: Ended, admin: User) -> None:
    ticket = ended(4000)
    term("requests", 30, admin, is_on=False)
    keep(0)
    assert "слово" in words(ticket) and not TermRun.objects.exists()


def test_PRIVACY_2_a_term_removes_by_class_and_date(ended: Ended, admin: User) -> None:
    old, young = ended(40), ended(20)
    on = term("requests", 30, admin)
    assert terms.trial(on) == terms.Trial(1, 0) and "слово" in words(old)
    keep(0)
    assert "слово" not in words(old) and "слово" in words(young)
    assert not old.conversation.attachments.exists() and young.conversation.attachments.exists()
    again = Ticket.objects.get(pk=old.pk)
    assert (again.status, again.ended_at, again.message_count) == (old.status, old.ended_at, old.message_count)
    run = TermRun.objects.get()
    assert (run.rows, run.held) == (1, 0) and run.ended_at
    assert Entry.objects.filter(kind="privacy.TermRan", data__rows=1).exists()
    keep(0)
    assert TermRun.objects.first().rows == 0, "what is done is not walked again"  # type: ignore[union-attr]


@pytest.mark.parametrize("over", ["contact", "ticket"])
def test_PRIVACY_2_a_hold_stops_it_until_it_is_lifted(ended: Ended, admin: User, head: User, over: str) -> None:
    held, free = ended(40), ended(41)
    hold = Hold(why="иск", **({"contact": held.contact} if over == "contact" else {"ticket": held}))
    hold.put(by=head)
    on = term("requests", 30, admin)
    assert terms.trial(on) == terms.Trial(1, 1)
    keep(0)
    assert "слово" in words(held) and "слово" not in words(free)
    assert TermRun.objects.get().held == 1
    hold.lift(by=head)
    keep(0)
    assert "слово" not in words(held)
    with pytest.raises(ValidationError):
        hold.lift(by=head)


def test_requests_in_which_somebody_held_wrote_are_found_where_they_are_asked_for(
    ended: Ended, writes: Write, head: User
) -> None:
    """As many as they are: no list of their numbers goes to and fro with each batch of the night."""
    held = ended(40)
    other = writes("Это не моё", sender="lena@volga.test", subject="Другое")
    Hold(why="иск", contact=held.contact).put(by=head)
    found = Hold.objects.held()
    assert (found.contacts, found.tickets) == ((held.contact_id,), ())
    assert list(Ticket.objects.filter(found.condition("", "pk"))) == [held]
    Message.objects.filter(conversation=other.conversation).update(contact=held.contact)
    assert set(Ticket.objects.filter(found.condition("contact", "pk"))) == {held, other}
    assert not Ticket.objects.exclude(found.condition("contact", "pk")).exists()


@pytest.mark.parametrize("over", ["contact", "ticket"])
@pytest.mark.parametrize("how", ["merge", "move", "split", "twice"])
def test_PRIVACY_2_letters_of_a_held_request_are_held_wherever_they_stand(
    writes: Write, admin: User, head: User, anna: User, over: str, how: str
) -> None:
    with clock.at(timezone.now() - timedelta(days=40)):
        held = writes("слово под запретом", sender="p1@volga.test")
        writes("и ещё", token=held.conversation.token)
        other, third = (writes("чужое", sender=f"{name}@volga.test", subject="Другое") for name in ("lena", "oleg"))
        hold = Hold(why="иск", **({"contact": held.contact} if over == "contact" else {"ticket": held}))
        hold.put(by=head)
        first = held.conversation.messages.order_by("pk").values_list("pk", flat=True)[:1]
        match how:
            case "split":
                other = held.split_off(list(first), by=anna)
            case "move":
                held.move_messages(list(first), other, by=anna, disclose=True)
            case _:
                held.merge_into(other, by=anna, disclose=True)
        if how == "twice":
            Ticket.objects.get(pk=other.pk).merge_into(third, by=anna, disclose=True)
            other = third
        Ticket.objects.get(pk=other.pk).reply("готово", by=anna, then=Resolve("готово"))
        outbox.send_due()
    term("requests", 30, admin)
    keep(0)
    assert "слово под запретом" in words(other)
    assert hold in Hold.objects.over([held.contact_id])
    if how != "split":
        assert hold in Hold.objects.beside([other.contact_id]), "nor do they go with all of the other client's"
    hold.lift(by=head)
    keep(0)
    assert "слово под запретом" not in words(other)


def test_PRIVACY_2_what_only_we_wrote_to_somebody_held_is_held_in_the_request_of_another(
    ended: Ended, admin: User, head: User
) -> None:
    held, other = ended(40), ended(41)
    Message.objects.filter(conversation=held.conversation).update(contact=None)
    held.merge_into(other, by=head, disclose=True)
    Hold(why="иск", contact=held.contact).put(by=head)
    term("requests", 30, admin)
    keep(0)
    assert "слово 40" in words(other)


def test_a_request_that_is_opened_again_while_the_night_works_keeps_its_words(ended: Ended, admin: User) -> None:
    """Who opens it holds its row; the night waits for it, and looks again."""
    ticket, on, opened = ended(40), term("requests", 30, admin), Event()

    def open_again() -> None:
        now = timezone.now()
        with transaction.atomic():
            standing = {"status": "open", "ended_at": None, "next_step": "answer", "due_at": now, "due_from": now}
            Ticket.objects.filter(pk=ticket.pk).update(**standing)
            opened.set()
            wait_until_somebody_is_blocked()
        connection.close()

    other = Thread(target=open_again)
    other.start()
    assert opened.wait(10)
    terms.run(on)
    other.join()
    assert "слово" in words(ticket)


def test_PRIVACY_2_files_and_raw_letters_have_terms_of_their_own(ended: Ended, admin: User) -> None:
    ticket = ended(40)
    term("files", 30, admin)
    term("raw", 30, admin)
    keep(0)
    assert "слово" in words(ticket) and not Attachment.objects.filter(conversation=ticket.conversation).exists()
    assert bytes(Inbound.objects.get(message__conversation=ticket.conversation).raw) == b""


def test_PRIVACY_2_events_and_quarantined_letters(pavel: Contact, volga: Client, ticket: Ticket, admin: User) -> None:
    old = timezone.now() - timedelta(days=50)
    ClientEvent.objects.record("trial_started", by=admin, contact=pavel, at=old)
    ClientEvent.objects.record("balance_low", by=admin, client=volga)
    Inbound.objects.create(
        channel=ticket.conversation.channel,
        content_hash="q",
        size=1,
        raw=b"spam",
        envelope_from="a@b.test",
        state="quarantined",
        received_at=old,
    )
    term("events", 30, admin)
    term("quarantine", 30, admin)
    keep(0)
    assert [event.kind for event in ClientEvent.objects.all()] == ["balance_low"]
    left = Inbound.objects.get(content_hash="q")
    assert (bytes(left.raw), left.envelope_from) == (b"", "")


def test_a_night_works_in_small_steps_and_goes_on(ended: Ended, admin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "BATCH", 1)
    tickets = [ended(days) for days in (60, 50, 40)]
    on = term("requests", 30, admin)
    kind = aging()["requests"]
    calls = []

    def breaking(numbers: list[int]) -> int:
        calls.append(numbers)
        if len(calls) == 2:
            raise RuntimeError("the power went out")
        return kind.erase(numbers)

    class Broken:
        def __getattr__(self, name: str) -> object:
            return breaking if name == "erase" else getattr(kind, name)

    monkeypatch.setattr(Term, "kind", Broken())
    with pytest.raises(RuntimeError):
        terms.run(on)
    assert ["слово" in words(ticket) for ticket in tickets] == [False, True, True]
    terms.run(Term.objects.get(pk=on.pk))
    assert ["слово" in words(ticket) for ticket in tickets] == [False, False, False]


def test_PRIVACY_2_consent_is_a_text_of_its_own(pavel: Contact, anna: User) -> None:
    """With its version, its moment, how we know; taken back it is one more row and the first one stays."""
    given = Consent(contact=pavel, purpose=Agreed.values[0], given=True, version="2026-05", source="форма на сайте")
    given.put(by=anna)
    assert Consent.objects.stands(pavel, Agreed(given.purpose)) is True
    Consent.objects.get(pk=given.pk).end(by=anna)
    assert Consent.objects.stands(pavel, Agreed(given.purpose)) is False
    first, last = Consent.objects.order_by("pk")
    assert first.given and first.version == "2026-05" and first.at <= last.at and not last.given


def leak(by: User, hours: float) -> Breach:
    one = Breach(what="Письма ушли не тем", data="имена, адреса", people=120)
    one.learned_at = timezone.now() - timedelta(hours=hours)
    one.put(by=by)
    return one


def test_PRIVACY_2_a_leak_counts_24_and_72_hours(admin: User, head: User, anna: User) -> None:
    one = leak(admin, 0)
    assert one.report_until - one.learned_at == timedelta(hours=24)
    assert one.results_until - one.learned_at == timedelta(hours=72)
    told: list[int] = []
    for hours in (19.0, 20.5, 21.0, 24.1, 30.0, 68.5, 72.1, 80.0):
        with clock.at(one.learned_at + timedelta(hours=hours)):
            reminding.remind()
        told.append(Notice.objects.filter(person=head, about="breach").count())
    assert told == [0, 1, 1, 2, 2, 3, 4, 4]
    assert not Notice.objects.filter(person=anna).exists()


def test_PRIVACY_2_a_leak_is_closed_when_both_are_done(admin: User) -> None:
    one = leak(admin, 1)
    with pytest.raises(ValidationError):
        one.step("closed", by=admin)
    one.step("reported", by=admin)
    with pytest.raises(ValidationError):
        one.step("reported", by=admin)
    one.step("results", by=admin)
    one.step("closed", by=admin)
    reminding.remind()
    assert Breach.objects.get().closed_at and not Notice.objects.filter(about="breach").exists()
    with pytest.raises(ValidationError):
        leak(admin, -5)


def test_days_of_the_law(calendar: BusinessCalendar) -> None:
    """Ten working days from a Friday, one of them a holiday, one Saturday worked; a month from the last of January."""
    calendar.close_on(date(2026, 6, 12), "День России")
    calendar.open_on(date(2026, 6, 6), [["09:00", "18:00"]], "Рабочая суббота")
    assert working_days_later(date(2026, 6, 5)) == date(2026, 6, 19)
    assert month_later(date(2026, 1, 31)) == date(2026, 2, 28) and month_later(date(2026, 12, 5)) == date(2027, 1, 5)


def test_deciders_hear_of_an_answer_that_is_due_once_a_day(ticket: Ticket, admin: User, boris: User) -> None:
    asked = DataRequest(
        contact=ticket.contact,
        kind="export",
        confirmed="call",
        asked_on=clock.today() - timedelta(days=40),
    ).ask(by=boris)
    reminding.remind()
    reminding.remind()
    notice = Notice.objects.get(about="data_request")
    assert notice.person == admin and notice.urgent and asked.is_late and "Павел" not in notice.text
