"""Rules that hear what happens: when, if, then."""

import pytest
from django.db import OperationalError
from django.utils import translation

from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import Team, User
from otklik.desk.automation import hearing, running
from otklik.desk.automation.models import Firing, Rule
from otklik.desk.automation.tests.conftest import MakeRule, Work
from otklik.desk.channels.models import Inbound
from otklik.desk.conversations.models import SavedReply
from otklik.desk.tickets.events import TicketOpened
from otklik.desk.tickets.models import Task, Ticket
from otklik.desk.tickets.steps import Wait
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db


def test_a_rule_does_its_acts_in_their_order(rule: MakeRule, work: Work, writes: Write, boris: User, line_two: Team):
    acts = [
        ("priority", {"priority": "4"}),
        ("tag", {"tags": "vip, Волга"}),
        ("tell", {"whom": "leads", "text": "Волга написала: {{number}}"}),
        ("note", {"text": "Ответить первым"}),
        ("task", {"text": "Позвонить", "executor": "leads", "hours": "2"}),
        ("line", {"line": str(line_two.pk), "expected": "Разобраться"}),
    ]
    made = rule("opened", [("organisation", "in", [])], acts)
    made.conditions = []
    made.save()

    ticket = writes()
    work()

    ticket.refresh_from_db()
    assert (ticket.priority, ticket.tags, ticket.team) == (4, ["vip", "волга"], line_two)
    assert Notice.objects.get(person=boris).text == f"Волга написала: {ticket.number}"
    assert Task.objects.get(ticket=ticket).executor == boris
    notes = ticket.conversation.messages.filter(direction="note").order_by("id")
    assert notes[0].author_name == "Правило «Правило 0»" and notes[0].text == "Ответить первым"
    firing = Firing.objects.get()
    assert len(firing.done) == 6 and not firing.in_trouble and firing.why == "открыто обращение"


def test_what_follows_stands_in_the_journal_because_of_the_rule(rule: MakeRule, work: Work, ticket: Ticket):
    rule("client_wrote", acts=[("priority", {"priority": "3"})])
    opened = Entry.objects.get(kind="tickets.TicketOpened")
    ticket.write_in("Ну как там?")
    work()

    changed = Entry.objects.get(kind="tickets.PriorityChanged")
    fired = Entry.objects.get(kind="automation.RuleFired")
    assert changed.actor is None and changed.cause == fired and fired.data["name"] == "Правило 0"
    assert fired.cause == Entry.objects.get(kind="tickets.ClientWrote") and opened.pk < fired.pk


def test_conditions_hold_all_or_any(rule: MakeRule, work: Work, writes: Write):
    rule("opened", [("words", "says", ["звонок"]), ("words", "says", ["счёт"])], [("tag", {"tags": "все"})])
    either = [("words", "says", ["звонок"]), ("words", "says", ["счёт"])]
    rule("opened", either, [("tag", {"tags": "любое"})], matches_any=True)

    ticket = writes("Не работает звонок")
    work()

    ticket.refresh_from_db()
    assert ticket.tags == ["любое"]


def test_a_rule_that_stops_is_the_last(rule: MakeRule, work: Work, writes: Write):
    rule("opened", acts=[("tag", {"tags": "первое"})], stops=True)
    rule("opened", acts=[("tag", {"tags": "второе"})])
    ticket = writes()
    work()

    ticket.refresh_from_db()
    assert ticket.tags == ["первое"]


def test_one_act_that_cannot_be_done_does_not_take_the_others_along(
    rule: MakeRule, work: Work, ticket: Ticket, anna: User
):
    acts = [
        ("task", {"text": "Не увидит", "executor": "heads", "hours": ""}),
        ("owner", {"owner": "999999"}),
        ("call", {"endpoint": "77"}),
        ("tag", {"tags": "сделано"}),
    ]
    rule("client_wrote", acts=acts)
    ticket.write_in("Ещё слово")
    work()

    firing = Firing.objects.get()
    assert firing.in_trouble and [bool(one["trouble"]) for one in firing.done] == [False, True, True, False]
    ticket.refresh_from_db()
    assert ticket.tags == ["сделано"]
    failed = Entry.objects.filter(kind="automation.RuleFailed").latest("id")
    assert failed.data["trouble"] == "Этот вебхук выключен."


def test_a_fault_in_a_rule_never_spoils_the_act(rule: MakeRule, work: Work, ticket: Ticket, anna: User, tomorrow):
    rule("answered", acts=[("priority", {"priority": "не число"})])
    ticket.reply("Смотрим", by=anna, then=Wait(tomorrow))
    work()

    ticket.refresh_from_db()
    assert ticket.status == "pending_client"
    assert "сбой" in Firing.objects.get().done[0]["trouble"]


def test_nobody_listens_and_no_job_is_made(work: Work, ticket: Ticket, rule: MakeRule):
    rule("tags")
    ticket.write_in("Слово")
    assert work() == 0


def test_a_rule_that_is_off_or_paused_does_nothing(rule: MakeRule, work: Work, writes: Write):
    rule("opened").switch(False, by=None)
    paused = rule("opened")
    paused.paused_at = paused.changed_at
    paused.save()
    ticket = writes()
    work()
    ticket.refresh_from_db()
    assert ticket.tags == [] and Rule.objects.heard() == frozenset()


def test_letters_of_the_past_are_history(rule: MakeRule, work: Work, writes: Write):
    rule("opened")
    rule("client_wrote")
    ticket = writes()
    ticket.write_in("И ещё")
    Inbound.objects.update(source="import:archive")
    ticket.write_in("Новое слово")
    work()
    said = set(Firing.objects.values_list("why", flat=True))
    assert said == {"клиент написал"} and Firing.objects.count() == 2


def test_a_letter_of_a_rule_goes_the_way_of_machines(rule: MakeRule, work: Work, writes: Write, paper: Paper):
    reply = SavedReply.objects.create(name="Приняли", text="{{client}}, номер {{number}} у инженеров.")
    hole = SavedReply.objects.create(name="Дыра", text="Ответим {{когда-нибудь}}")
    rule("opened", acts=[("letter", {"reply": str(reply.pk)}), ("letter", {"reply": str(hole.pk)})])
    ticket = writes()
    work()

    letter = paper.letters[-1]
    assert letter.automatic and letter.subject == f"Обращение № {ticket.number}"
    assert f"номер {ticket.number} у инженеров" in letter.text
    assert Firing.objects.get().done[1]["trouble"].startswith("В тексте есть незаполненные места")
    ticket.refresh_from_db()
    assert ticket.waiting_since and ticket.first_answer_at is None


def test_LOOP_1_a_rule_writes_to_nobody_too_often(rule: MakeRule, work: Work, writes: Write, paper: Paper):
    reply = SavedReply.objects.create(name="Приняли", text="Приняли.")
    rule("client_wrote", acts=[("letter", {"reply": str(reply.pk)})])
    ticket = writes()
    for number in range(6):
        ticket.write_in(f"Слово {number}")
        work()

    told = [one for one in paper.letters if "Приняли." in one.text]
    assert 1 <= len(told) <= 3
    assert Firing.objects.filter(in_trouble=True).exists()


def test_a_rule_writes_in_the_language_of_the_company(rule: MakeRule, work: Work, writes: Write):
    """A job may run in a thread that spoke to an English reader before."""
    rule("opened")
    writes()
    with translation.override("en"):
        work()
    assert Firing.objects.get().why == "открыто обращение"


def test_a_busy_database_only_delays_a_rule(rule: MakeRule, writes: Write, monkeypatch: pytest.MonkeyPatch, anna: User):
    """The job fails, comes again, and what ran before does not run twice."""
    first = rule("opened", acts=[("note", {"text": "один раз"})])
    busy = rule("opened", acts=[("tag", {"tags": "позже"})], stops=True)
    rule("opened", acts=[("tag", {"tags": "никогда"})])
    ticket = writes()
    entry = Entry.objects.get(kind="tickets.TicketOpened")
    news = TicketOpened(ticket_id=ticket.pk, team_id=ticket.team_id)
    real = running._run

    def lock_timeout(rule_id: int, ticket_id: int, cause: running.Cause) -> Firing | None:
        if rule_id == busy.pk:
            raise OperationalError("canceling statement due to lock timeout")
        return real(rule_id, ticket_id, cause)

    monkeypatch.setattr(running, "_run", lock_timeout)
    with pytest.raises(OperationalError):
        hearing.hear(news, entry.pk)
    monkeypatch.setattr(running, "_run", real)
    assert hearing.hear(news, entry.pk) == 1
    assert hearing.hear(news, entry.pk) == 0

    ticket.refresh_from_db()
    assert ticket.tags == ["позже"] and {one.rule for one in Firing.objects.all()} == {first, busy}
    assert ticket.conversation.messages.filter(direction="note").count() == 1
