"""Abusive contacts: warned, stopped, reviewed; a specialist is protected and nothing that was said is dropped."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import Absence, Team, User
from otklik.desk.clients.conduct import AbuseReport, Restriction
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import SavedReply
from otklik.desk.tickets.access import can_answer, can_review_conduct
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Refusal, Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve
from tests.fixtures.cast import Paper, Write, fresh
from tests.fixtures.races import at_once

pytestmark = pytest.mark.django_db


def stopped(ticket: Ticket, by: User) -> AbuseReport:
    return fresh(ticket).report_abuse("Оскорбляет", by=by, stop=True)


def restricted(ticket: Ticket, by: User, boris: User, mode: str, **more: object) -> Restriction:
    report = stopped(ticket, by)
    until = clock.now() + timedelta(days=30)
    fresh(ticket).review_abuse(report, "restrict", by=boris, mode=mode, until=until, **more)  # type: ignore[arg-type]
    return Restriction.objects.get()


def test_a_warning_quotes_and_is_sent_nothing_else_changes(
    ticket: Ticket, anna: User, boris: User, paper: Paper
) -> None:
    ticket.take(by=anna)
    said, due = ticket.conversation.messages.filter(direction="in").get(), ticket.due_at
    with pytest.raises(Invalid):
        ticket.report_abuse(" ", by=anna)

    report = ticket.report_abuse("Оскорбляет", by=anna, message=said)

    assert (report.step, report.quote, report.decision) == ("warning", "Не работает звонок", "")
    assert "без оскорблений" in paper.letters[-1].text and "Оскорбляет" not in paper.letters[-1].text
    ticket = fresh(ticket)
    assert (ticket.owner, ticket.due_at, ticket.closed_to, ticket.first_answer_at) == (anna, due, [], None)
    assert "Анна Белова" in Notice.objects.of(boris.pk)[0].text
    assert Entry.objects.get(kind="tickets.AbuseReported").data["people"] == [boris.pk]


def test_the_text_of_the_line_is_sent_where_there_is_one(
    ticket: Ticket, anna: User, boris: User, line_one: Team, line_two: Team, paper: Paper
) -> None:
    for team, text in ((None, "всем"), (line_one, "{{клиент}}, первая линия просит"), (line_two, "вторая")):
        SavedReply(name=text, text=text, team=team, purpose="warning").keep(by=boris)
    ticket.report_abuse("Оскорбляет", by=anna)
    assert "Павел Демидов, первая линия просит" in paper.letters[-1].text


def test_no_place_that_is_not_filled_in_goes_to_the_client(
    ticket: Ticket, anna: User, boris: User, paper: Paper
) -> None:
    """Whose name nobody knows is spoken of by the address; what else has no value is said in the desk's own words."""
    Contact.objects.filter(pk=ticket.contact_id).update(name="+79135550915")
    text = "{{клиент}}, просим {{клиент кого}} без оскорблений. {{причина}}"
    SavedReply(name="x", text=text, purpose="warning").keep(by=boris)
    fresh(ticket).report_abuse("Оскорбляет", by=anna)
    assert "{{" not in paper.letters[-1].text and "Здравствуйте!" in paper.letters[-1].text


def test_who_stops_is_given_nothing_of_this_client_until_a_lead_has_looked(
    ticket: Ticket, writes: Write, anna: User, ilya: User, boris: User, paper: Paper
) -> None:
    ticket.take(by=anna)

    report = stopped(ticket, anna)

    other = writes("Ещё вопрос", subject="Другое")
    for one in (fresh(ticket), other):
        assert one.owner is None and one.closed_to == [anna.pk]
        assert not can_answer(anna, one) and can_answer(ilya, one)
        with pytest.raises(Conflict):
            one.take(by=anna)
        with pytest.raises(Invalid):
            one.assign(anna, by=boris)
        with pytest.raises(Conflict):
            one.reply("Нет", by=anna, then=Resolve())
    assert Ticket.objects.take_next(anna) is None
    assert Ticket.objects.take_next(ilya) == ticket
    assert "прекращаем" in paper.letters[-2].text or "прекращаем" in paper.letters[-1].text

    fresh(ticket).review_abuse(report, "lift", by=boris, words="Разобрались")

    assert can_answer(anna, fresh(ticket)) and Ticket.objects.take_next(anna) == other
    assert "Борис Руднев" in Notice.objects.of(anna.pk)[0].text


def test_a_deputy_who_is_protected_gets_nothing(ticket: Ticket, anna: User, ilya: User, writes: Write) -> None:
    stopped(ticket, anna)
    ticket = fresh(ticket)
    ticket.take(by=ilya)
    Absence.objects.declare(ilya, by=ilya, until=clock.now() + timedelta(days=3), deputy=anna)
    writes("Ещё", token=ticket.conversation.token)
    ticket.leave_to_deputy()
    assert fresh(ticket).owner is None


def test_nobody_reviews_their_own_report_and_only_once(ticket: Ticket, anna: User, ilya: User, boris: User) -> None:
    report = stopped(ticket, anna)
    ticket = fresh(ticket)
    for user in (anna, ilya):
        assert not can_review_conduct(user, report, ticket.team_id)
        with pytest.raises(Conflict):
            ticket.review_abuse(report, "lift", by=user)
    ticket.review_abuse(report, "warn", by=boris)
    with pytest.raises(Conflict):
        ticket.review_abuse(report, "lift", by=boris)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"mode": "", "days": 3}, "mode"),
        ({"mode": "daily"}, "until"),
        ({"mode": "daily", "days": -1}, "until"),
        ({"mode": "daily", "days": 400}, "until"),
        ({"mode": "line", "days": 3}, "line"),
    ],
)
def test_a_restriction_says_what_and_until_when(
    ticket: Ticket, anna: User, boris: User, more: dict[str, object], field: str
) -> None:
    report = stopped(ticket, anna)
    days = more.pop("days", None)
    until = clock.now() + timedelta(days=int(str(days))) if days else None
    with pytest.raises(Invalid) as error:
        fresh(ticket).review_abuse(report, "restrict", by=boris, until=until, **more)  # type: ignore[arg-type]
    assert error.value.field == field
    report.refresh_from_db()
    assert report.decision == "" and not Restriction.objects.exists()


def test_new_requests_go_to_the_line_and_the_lead_that_were_named(
    ticket: Ticket, writes: Write, anna: User, boris: User, line_two: Team
) -> None:
    restriction = restricted(ticket, anna, boris, "line", team=line_two, lead=boris)
    new = writes("Снова", subject="Другое")
    assert (new.team, new.owner) == (line_two, boris) and new.due_at
    assert restriction.lift(by=boris) and not restriction.lift(by=boris)
    assert writes("И снова", subject="Третье").team != line_two
    assert Entry.objects.filter(kind="clients.RestrictionEnded", actor=boris).count() == 1


def test_once_a_day_is_when_the_answer_is_owed(ticket: Ticket, writes: Write, anna: User, boris: User) -> None:
    restricted(ticket, anna, boris, "daily")
    new = writes("Снова", subject="Другое")
    assert new.due_at and new.due_at >= new.opened_at + timedelta(days=1)
    answered = new.opened_at + timedelta(hours=20)
    with clock.at(answered):
        fresh(new).reply("Решили", by=boris, then=Resolve())
    with clock.at(answered + timedelta(hours=1)):
        writes("Нет!", token=new.conversation.token)
    due = fresh(new).due_at
    assert due and due >= answered + timedelta(days=1) and fresh(new).is_our_move


def test_a_refused_one_is_kept_and_gets_the_public_rule(
    ticket: Ticket, writes: Write, anna: User, boris: User, paper: Paper
) -> None:
    restricted(ticket, anna, boris, "refuse")
    open_before = writes("Ещё слово", token=ticket.conversation.token)
    assert open_before.is_open, "what was open goes on"

    new = writes("Снова", subject="Другое")

    refusal = Refusal.objects.get()
    assert (new.status, refusal.reason, refusal.by, new.message_count) == ("refused", "conduct", None, 1)
    assert "правило одно для всех" in refusal.explanation and refusal.alternatives
    with clock.at(clock.now() + timedelta(days=31)):
        again = writes("Опять", subject="Четвёртое")
        assert again.is_open, "the date has passed"


def test_a_promised_date_comes_before_the_rule(
    ticket: Ticket, writes: Write, anna: User, ilya: User, boris: User
) -> None:
    ticket.reply("Проверим", by=ilya, then=PromiseDate(clock.now() + timedelta(days=2)))
    restricted(ticket, anna, boris, "refuse")
    assert writes("Ну?", token=ticket.conversation.token).is_open


def test_other_clients_notice_nothing(ticket: Ticket, writes: Write, anna: User, boris: User, paper: Paper) -> None:
    restricted(ticket, anna, boris, "refuse")
    other = writes("Здравствуйте", sender="olga@else.test", subject="Вопрос")
    assert other.is_open and other.closed_to == [] and can_answer(anna, other)


def test_a_request_that_gets_another_client_is_closed_by_theirs(
    ticket: Ticket, writes: Write, anna: User, ilya: User, boris: User
) -> None:
    report = stopped(ticket, anna)
    other = writes("Вопрос", sender="olga@else.test", subject="Чужое")
    other.take(by=anna)

    other.make_client(ticket.contact, by=ilya)
    assert (fresh(other).closed_to, fresh(other).owner) == ([anna.pk], None)

    moved = fresh(ticket)
    moved.make_client(Contact.objects.recognise("email", "olga@else.test"), by=ilya)
    assert can_answer(anna, fresh(ticket)) and not can_answer(anna, fresh(other))
    fresh(ticket).review_abuse(report, "restrict", by=boris, mode="daily", until=clock.now() + timedelta(days=2))
    assert Restriction.objects.get().contact_id == report.contact_id and can_answer(anna, fresh(other))


@pytest.mark.django_db(transaction=True)
def test_two_stop_and_one_takes_at_one_moment(ticket: Ticket, anna: User, ilya: User, boris: User) -> None:
    def stop(by: User) -> Callable[[], object]:
        return lambda: Ticket.objects.get(pk=ticket.pk).report_abuse("Оскорбляет", by=by, stop=True)

    at_once([stop(anna), stop(ilya), lambda: Ticket.objects.get(pk=ticket.pk).take(by=anna)])

    assert fresh(ticket).closed_to == sorted([anna.pk, ilya.pk]) and fresh(ticket).owner_id is None


def test_what_cannot_be_stored_is_left_out(ticket: Ticket, anna: User, boris: User) -> None:
    report = ticket.report_abuse("Гру\x00бит", by=anna, stop=True)
    fresh(ticket).review_abuse(report, "lift", by=boris, words="\x00Ясно")
    report.refresh_from_db()
    assert (report.what, report.words) == ("Грубит", "Ясно")
    with pytest.raises(Invalid):
        ticket.report_abuse("\x00", by=anna)


def test_nobody_is_warned_twice_in_a_day(ticket: Ticket, anna: User, ilya: User, paper: Paper) -> None:
    ticket.report_abuse("Оскорбляет", by=anna)
    letters = len(paper.letters)
    for person in (anna, ilya):
        with pytest.raises(Conflict):
            fresh(ticket).report_abuse("Оскорбляет", by=person)
    assert len(paper.letters) == letters and AbuseReport.objects.count() == 1
    fresh(ticket).report_abuse("Угрожает", by=ilya, stop=True)
    with clock.at(clock.now() + timedelta(days=2)):
        fresh(ticket).report_abuse("Снова", by=anna)


def test_a_word_of_somebody_else_is_no_abuse_of_the_client(ticket: Ticket, writes: Write, anna: User) -> None:
    writes("Дураки", sender="olga@else.test", token=ticket.conversation.token)
    theirs = ticket.conversation.messages.order_by("-id")[0]
    assert theirs.contact_id != ticket.contact_id
    with pytest.raises(Invalid):
        fresh(ticket).report_abuse("Оскорбляет", by=anna, message=theirs, stop=True)


def test_another_client_is_not_warned_in_their_place(
    ticket: Ticket, anna: User, ilya: User, boris: User, paper: Paper
) -> None:
    report = stopped(ticket, anna)
    fresh(ticket).make_client(Contact.objects.recognise("email", "olga@else.test"), by=ilya)
    letters = len(paper.letters)
    fresh(ticket).review_abuse(report, "warn", by=boris)
    assert len(paper.letters) == letters


def test_requests_of_the_restricted_go_to_leads_of_lines_that_work(
    ticket: Ticket, writes: Write, anna: User, ilya: User, boris: User, line_two: Team
) -> None:
    with pytest.raises(Invalid) as error:
        restricted(ticket, anna, boris, "line", team=line_two, lead=ilya)
    assert error.value.field == "lead"
    report, until = AbuseReport.objects.get(), clock.now() + timedelta(days=30)
    fresh(ticket).review_abuse(report, "restrict", by=boris, mode="line", until=until, team=line_two)
    Team.objects.filter(pk=line_two.pk).update(is_active=False)
    assert writes("Снова", subject="Другое").team == ticket.team
