"""Rules that hear what happens: when, if, then."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import translation

from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import Absence, Team, User
from otklik.desk.automation import hearing, running
from otklik.desk.automation.models import Firing, Rule
from otklik.desk.automation.tests.conftest import MakeRule, Work
from otklik.desk.channels.models import Inbound
from otklik.desk.clients.models import Product
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


def test_ACCESS_5_nobody_is_told_of_a_request_that_they_may_not_see(
    rule: MakeRule, work: Work, ticket: Ticket, vera: User, boris: User
):
    """`vera` answers in another line: neither a notice nor a letter names the client to her."""
    rule("client_wrote", acts=[("page", {"whom": str(vera.pk), "text": "{{client}}: {{number}}"})])
    rule("client_wrote", acts=[("task", {"text": "Позвонить", "executor": str(vera.pk), "hours": ""})])
    rule("client_wrote", acts=[("tell", {"whom": "leads", "text": "Пишет {{client}}"})])
    ticket.write_in("Ещё слово")
    work()

    assert not Notice.objects.filter(person=vera).exists() and Notice.objects.filter(person=boris).exists()
    assert not any(vera.pk in told.data["people"] for told in Entry.objects.filter(kind="automation.PeopleTold"))
    troubles = {one.done[0]["trouble"] for one in Firing.objects.all()}
    assert troubles == {"Этому сотруднику обращение недоступно.", ""} and not Task.objects.exists()


def test_ACCESS_5_who_stands_in_hears_only_what_they_may_see(
    rule: MakeRule, work: Work, ticket: Ticket, head: User, vera: User, boris: User
):
    """A deputy sees the lines of whom they stand in for; a head has none, so the head hears it themselves."""
    week = clock.now() + timedelta(days=7)
    Absence.objects.declare(head, by=head, until=week, deputy=vera)
    Absence.objects.declare(boris, by=head, until=week, deputy=vera)
    rule("client_wrote", acts=[("tell", {"whom": "leads", "text": "старшим"})])
    ticket.write_in("Ещё слово")
    work()
    assert [(one.person, one.text) for one in Notice.objects.filter(text="старшим")] == [(vera, "старшим")]

    Absence.objects.get(user=boris).end(by=boris)
    rule("priority", acts=[("tell", {"whom": "heads", "text": "руководителю"})])
    ticket.prioritise(4, by=boris)
    work()
    assert [one.person for one in Notice.objects.filter(text="руководителю")] == [head]


def test_who_is_protected_from_a_client_hears_nothing_of_them(rule: MakeRule, work: Work, ticket: Ticket, anna: User):
    Ticket.objects.filter(pk=ticket.pk).update(closed_to=[anna.pk])
    rule("client_wrote", acts=[("tell", {"whom": str(anna.pk), "text": "Пишет {{client}}"})])
    ticket.write_in("Ещё слово")
    work()
    assert not Notice.objects.filter(person=anna).exists() and Firing.objects.get().in_trouble


def test_a_rule_asks_for_the_product_and_sets_it(rule: MakeRule, work: Work, writes: Write, admin: User):
    phone, gone = Product.objects.create(name="Телефония"), Product.objects.create(name="Факс")
    rule("opened", [("product", "in", ["0"])], [("product", {"product": str(phone.pk)})])
    rule("product", [("product", "in", [str(phone.pk)])], [("tag", {"tags": "телефония"})])
    rule("tags", acts=[("product", {"product": str(gone.pk)})])
    ticket = writes()
    work()
    ticket.refresh_from_db()
    assert (ticket.product, ticket.tags) == (gone, ["телефония"])

    Product.objects.filter(pk=phone.pk).update(is_active=False)
    other = writes("Ещё вопрос", sender="olga@volga.test")
    work()
    other.refresh_from_db()
    assert other.product is None and Firing.objects.get(ticket=other).done[0]["trouble"].startswith("Этот продукт")

    rule("priority", acts=[("product", {"product": "0"})])
    ticket.prioritise(4, by=admin)
    work()
    ticket.refresh_from_db()
    assert ticket.product is None
