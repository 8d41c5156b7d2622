"""Rules that care whether the client is upset: as an event, as a state that lasts, as a condition, as an act."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import User
from otklik.desk.automation import applying, due, preview
from otklik.desk.automation.models import Firing, Macro, Trigger
from otklik.desk.automation.tests.conftest import MakeRule, Work
from otklik.desk.channels.models import Inbound
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
ANGRY = "Сколько можно ждать? Верните деньги!"
TELL = [("tell", {"whom": "leads", "text": "Клиент недоволен: {{number}}"})]
HOUR = timedelta(hours=1)


def test_a_rule_hears_that_the_mark_was_set_and_runs_once(rule: MakeRule, work: Work, writes: Write, boris: User):
    rule("upset", acts=TELL)
    ticket = writes(ANGRY)
    writes(ANGRY, token=ticket.conversation.token)
    work()

    assert Notice.objects.get().text == f"Клиент недоволен: {ticket.number}"
    assert Firing.objects.get().why == "клиент недоволен: появилась отметка"


def test_it_hears_an_agent_as_well_and_that_the_mark_is_gone(
    rule: MakeRule, work: Work, ticket: Ticket, anna: User, boris: User
):
    rule("upset", acts=TELL)
    rule("calm", acts=[("tag", {"tags": "успокоили"})])
    ticket.mark_upset(by=anna)
    ticket.mark_calm(by=anna)
    work()

    ticket.refresh_from_db()
    assert Notice.objects.count() == 1 and ticket.tags == ["успокоили"]


def test_the_letter_itself_is_an_occasion_and_the_mark_a_condition(rule: MakeRule, work: Work, writes: Write):
    rule("opened", [("upset", "is", "yes")], [("priority", {"priority": "4"})])
    angry, calm = writes(ANGRY), writes("Добрый день")
    work()

    assert [Ticket.objects.get(pk=one.pk).priority for one in (angry, calm)] == [4, 2]


def test_an_old_letter_is_history(rule: MakeRule, work: Work, writes: Write, boris: User):
    rule("upset", acts=TELL)
    ticket = writes(ANGRY)
    Inbound.objects.update(source="import:archive")
    work()

    assert ticket.is_upset and not Firing.objects.exists()


def test_a_state_that_lasts_is_counted_from_the_mark(rule: MakeRule, writes: Write, anna: User, boris: User):
    rule("upset", acts=TELL, trigger=Trigger.SINCE, minutes=60)
    lasting, soothed = writes(ANGRY), writes(ANGRY)
    writes("Добрый день")
    soothed.mark_calm(by=anna)

    with clock.at(clock.now() + HOUR - timedelta(minutes=5)):
        assert due.look() == 0
    with clock.at(clock.now() + HOUR + timedelta(minutes=1)):
        assert due.look() == 1
        assert due.look() == 0
    assert Firing.objects.get().ticket == lasting and Firing.objects.get().why == "1 час: клиент недоволен"


def test_marked_anew_it_lasts_anew(rule: MakeRule, ticket: Ticket, anna: User, boris: User):
    rule("upset", acts=TELL, trigger=Trigger.SINCE, minutes=60)
    begun = clock.now()
    for minutes in (0, 30):
        with clock.at(begun + timedelta(minutes=minutes)):
            ticket.mark_calm(by=anna)
            ticket.mark_upset(by=anna)

    for minutes, runs in ((65, 0), (95, 1)):
        with clock.at(begun + timedelta(minutes=minutes)):
            assert due.look() == runs


def test_it_is_previewed_and_tried(rule: MakeRule, writes: Write):
    made = rule("opened", [("upset", "is", "yes")])
    angry, calm = writes(ANGRY), writes("Добрый день")

    assert preview.preview(made).matched == 1
    (yes,), (no,) = preview.dry_run(made, angry).answers, preview.dry_run(made, calm).answers
    assert (yes.holds, yes.said) == (True, "Клиент недоволен: да") and not no.holds


def test_a_rule_and_a_macro_set_it_and_take_it_away(rule: MakeRule, work: Work, writes: Write, anna: User):
    rule("opened", [("words", "says", ["юрист"])], [("upset", {"upset": "yes"})])
    ticket = writes("Это передано нашим юристам")
    work()
    ticket.refresh_from_db()
    assert (
        ticket.is_upset
        and Entry.objects.filter(cause__kind="automation.RuleFired", kind="tickets.ClientUpset").exists()
    )

    macro = Macro.objects.create(name="Успокоили", acts=[{"act": "upset", "upset": "no"}])
    application, _done = applying.apply(macro, ticket, by=anna)
    assert not Ticket.objects.get(pk=ticket.pk).is_upset
    assert applying.undo(application, by=anna) == [] and Ticket.objects.get(pk=ticket.pk).is_upset
