"""An update reaches each client once, in their own conversation, or says why not; what has not left can be stopped."""

from datetime import timedelta
from typing import Any

import pytest

from otklik.care.incidents import figures, sending
from otklik.care.incidents.letters import Words
from otklik.care.incidents.models import Incident, Told, Update
from otklik.care.incidents.models.update import GRACE
from otklik.care.incidents.tests.conftest import Declare, Say, heard_alike
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Identity, QuietPeriod
from otklik.desk.conversations.letters import address_of, addresses_of
from otklik.desk.tickets.errors import Conflict, Invalid, Unreleased
from otklik.desk.tickets.models import Ticket, Traineeship
from otklik.desk.tickets.models.states import NextStep, Status
from otklik.desk.tickets.steps import Wait
from tests.fixtures.cast import Paper, Write, fresh

pytestmark = pytest.mark.django_db
NOW = clock.now().replace(microsecond=0)


def send(update: Update) -> int:
    with clock.at(update.begins_at):
        return sending.send_due()


def test_each_is_told_once_by_name_in_their_own_conversation(
    declare: Declare, say: Say, three: list[Ticket], anna: User, paper: Paper
) -> None:
    incident = declare(tickets=three)
    update = say(incident, whom="Все клиенты телефонии", doing="Чиним", workaround="Звоните с мобильного")
    assert send(update) == 3
    assert send(update) == 0

    letters = {letter.to[0]: letter for letter in paper.letters if "Авария" in letter.text}
    assert set(letters) == {"alla@volga.test", "boris@volga.test", "vova@volga.test"}
    text = letters["alla@volga.test"].text
    assert "Alla, здравствуйте!" in text and "Кого касается: Все клиенты телефонии" in text
    assert "Что делаем: Чиним" in text and "Что поможет пока: Звоните с мобильного" in text
    assert "Напишем снова до" in text
    assert letters["alla@volga.test"].token == three[0].conversation.token
    assert letters["alla@volga.test"].automatic
    message = three[0].conversation.messages.latest("id")
    assert message.author == anna and message.direction == "out" and not message.automatic
    update.refresh_from_db()
    incident.refresh_from_db()
    assert update.finished_at and incident.told_at == update.told_at


def test_nobody_waits_for_an_answer_after_it_and_the_request_comes_next_with_the_update(
    declare: Declare, say: Say, three: list[Ticket], anna: User
) -> None:
    ticket = three[0]
    assert ticket.waiting_since and ticket.next_step == NextStep.ANSWER
    incident = declare(tickets=[ticket])
    send(say(incident))

    ticket = fresh(ticket)
    assert ticket.waiting_since is None and ticket.first_answer_at and ticket.informed_at
    assert ticket.status == Status.OPEN and ticket.next_step == NextStep.CONTINUE
    assert ticket.due_at == incident.next_at and ticket.owner is None
    kinds = [entry.kind for entry in Entry.objects.about("ticket", ticket.pk)]
    assert "tickets.Informed" in kinds and "tickets.Answered" not in kinds  # nobody's answer, no figure of answers


def test_a_request_that_sleeps_goes_on_sleeping(
    declare: Declare, say: Say, ticket: Ticket, anna: User, tomorrow: Any
) -> None:
    ticket.reply("Какой номер?", by=anna, then=Wait(tomorrow))
    before = ticket.conversation.messages.count()
    send(say(declare(tickets=[ticket])))

    ticket = fresh(ticket)
    assert ticket.status == Status.PENDING_CLIENT and ticket.due_at == tomorrow
    assert ticket.conversation.messages.count() == before + 1


def test_nothing_leaves_while_it_may_all_be_stopped(declare: Declare, say: Say, three: list[Ticket]) -> None:
    with clock.at(NOW):
        say(declare(tickets=three))
    with clock.at(NOW + GRACE - timedelta(seconds=1)):
        assert sending.send_due() == 0
    with clock.at(NOW + GRACE):
        assert sending.send_due() == 3


def test_stopped_before_the_first_letter_the_old_promise_is_owed(
    declare: Declare, say: Say, three: list[Ticket], anna: User
) -> None:
    with clock.at(NOW):
        incident = declare(tickets=three)
        owed = incident.next_at
        update = say(incident)
        assert owed and incident.next_at and incident.next_at > owed
        assert update.stop(by=anna) == (0, 3)
    incident.refresh_from_db()

    assert incident.next_at == owed and incident.told_at is None
    assert incident.agreed == incident.affects  # nobody promises the moment that was taken back
    assert send(update) == 0 and not Outbound.objects.filter(kind="notify").exists()
    with pytest.raises(Conflict):
        update.stop(by=anna)


def test_the_last_one_stopped_before_its_first_letter_does_not_end_it(
    declare: Declare, say: Say, three: list[Ticket], anna: User
) -> None:
    with clock.at(NOW):
        incident = declare(tickets=three)
        owed = incident.next_at
        incident.move("mitigating", by=anna)
        update = say(incident, state="resolved")
        assert incident.ended_at == NOW
        assert update.stop(by=anna) == (0, 3)
    incident.refresh_from_db()

    after = Incident.objects.get(pk=incident.pk)
    assert after.state == "mitigating" and after.ended_at is None and after.next_at == owed
    assert incident.agreed == incident.affects  # nobody answers that it is over
    assert Entry.objects.about("incident", incident.pk).filter(data__was="resolved").exists()
    with clock.at(NOW + timedelta(minutes=1)):
        assert send(say(incident, state="resolved")) == 3


def test_what_was_changed_while_it_could_be_stopped_stays(
    declare: Declare, say: Say, three: list[Ticket], anna: User
) -> None:
    incident = declare(tickets=three)
    update = say(incident, state="resolved")
    incident.move("monitoring", by=anna)
    owed = incident.next_at
    update.stop(by=anna)
    incident.refresh_from_db()

    assert (incident.state, incident.next_at, incident.ended_at) == ("monitoring", owed, None)


def test_stopped_in_the_middle_it_says_how_many_were_told(
    declare: Declare, say: Say, three: list[Ticket], anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PORTION", 1)
    incident = declare(tickets=three)
    update = say(incident)
    with clock.at(update.begins_at):
        assert sending._settle(sending._waiting(update)[0])
        assert update.stop(by=anna) == (1, 2)
    assert send(update) == 0

    assert sorted(update.told.values_list("state", flat=True)) == ["sent", "stopped", "stopped"]
    entry = Entry.objects.filter(kind="incidents.UpdateStopped").get()
    assert (entry.data["told"], entry.data["stopped"]) == (1, 2)
    incident.refresh_from_db()
    assert incident.next_at == update.next_at  # somebody was told of that moment


def test_only_who_leads_writes_and_stops(
    declare: Declare, say: Say, three: list[Ticket], anna: User, vera: User, boris: User
) -> None:
    incident = declare(tickets=three)
    with pytest.raises(Conflict):
        say(incident, by=vera)
    update = say(incident, by=boris)
    with pytest.raises(Conflict):
        update.stop(by=vera)
    assert update.author == boris


def test_killed_between_two_letters_the_rest_goes_and_nobody_is_told_twice(
    declare: Declare, say: Say, three: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    update = say(declare(tickets=three))
    inform, done = Ticket.inform, list[int]()

    def dies(self: Ticket, *args: Any, **named: Any) -> Any:
        if len(done) == 1:
            raise KeyboardInterrupt  # between the letter and its row
        done.append(self.pk)
        return inform(self, *args, **named)

    monkeypatch.setattr(Ticket, "inform", dies)
    with pytest.raises(KeyboardInterrupt):
        send(update)
    monkeypatch.setattr(Ticket, "inform", inform)
    assert Outbound.objects.filter(kind="notify").count() == 1

    assert send(update) == 2
    told = Outbound.objects.filter(kind="notify").values_list("first_recipient", flat=True)
    assert sorted(told) == ["alla@volga.test", "boris@volga.test", "vova@volga.test"]


def test_one_letter_that_cannot_go_holds_up_no_other(
    declare: Declare, say: Say, three: list[Ticket], monkeypatch: pytest.MonkeyPatch, paper: Paper
) -> None:
    update, render = say(declare(tickets=three)), paper.render

    def refuses(letter: Any, channel: Any) -> Any:
        if letter.to == ["boris@volga.test"]:
            raise ValueError("no form for it")
        return render(letter, channel)

    monkeypatch.setattr(paper, "render", refuses)
    assert send(update) == 3

    assert dict(update.told.values_list("ticket", "why")) == {
        three[0].pk: "",
        three[1].pk: "unsendable",
        three[2].pk: "",
    }


def test_the_same_key_sends_once(declare: Declare, say: Say, three: list[Ticket]) -> None:
    incident = declare(tickets=three)
    first = say(incident, key="once")

    assert say(incident, key="once") == first
    assert Update.objects.count() == 1 and Told.objects.count() == 3


def test_who_is_left_out_and_why(declare: Declare, say: Say, three: list[Ticket], writes: Write, anna: User) -> None:
    over, returned, quiet = three
    doubtful = writes("Я тоже", sender="d@volga.test")
    fine = writes("И у меня", sender="f@volga.test")
    incident = declare(tickets=[*three, doubtful, fine])
    over.close("spam", by=anna)
    Identity.objects.came_back(["boris@volga.test"])
    QuietPeriod.objects.create(contact=quiet.contact, holds="all", reason="отпуск")
    Ticket.objects.filter(pk=doubtful.pk).update(sender_doubtful=True)
    update = say(incident)

    left = {one.ticket.pk: one.left_out.code if one.left_out else "" for one in incident.reached()}
    assert left == {over.pk: "ended", returned.pk: left[returned.pk], quiet.pk: "quiet", doubtful.pk: "doubtful",
                    fine.pk: ""}  # fmt: skip
    assert left[returned.pk] in ("returns", "address")
    assert send(update) == 1
    assert Outbound.objects.filter(kind="notify").get().first_recipient == "f@volga.test"


def test_caps_of_automatic_notices_hold_nobody_back(declare: Declare, say: Say, ticket: Ticket) -> None:
    incident = declare(severity=1, tickets=[ticket])
    for number in range(7):
        with clock.at(NOW + timedelta(minutes=20 * number)):
            update = say(incident)
        assert send(update) == 1
    assert Outbound.objects.filter(kind="notify").count() == 7


def test_what_changed_since_it_was_begun_counts(
    declare: Declare, say: Say, three: list[Ticket], anna: User, writes: Write
) -> None:
    incident = declare(tickets=three)
    update = say(incident)
    three[0].close("spam", by=anna)
    incident.detach(three[1], by=anna)
    incident.attach(writes("Поздно", sender="late@volga.test"), by=anna)
    send(update)

    assert dict(update.told.values_list("ticket", "why")) == {
        three[0].pk: "ended",
        three[1].pk: "detached",
        three[2].pk: "",
    }


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"what": " "}, "what"),
        ({"next_at": None}, "next_at"),
        ({"next_at": NOW}, "next_at"),
        ({"next_at": NOW + timedelta(minutes=61)}, "next_at"),
        ({"state": "closed"}, "state"),
        ({"state": "resolved", "what": "", "no_news": True}, "what"),
    ],
)
def test_an_update_says_what_and_when_again(
    declare: Declare, say: Say, three: list[Ticket], told: dict, field: str
) -> None:
    with clock.at(NOW):
        incident = declare(tickets=three)
        with pytest.raises(Invalid) as refused:
            say(incident, **told)

    assert refused.value.field == field and not Update.objects.exists()


def test_no_news_is_an_update(declare: Declare, say: Say, ticket: Ticket, paper: Paper) -> None:
    send(say(declare(tickets=[ticket]), what="", no_news=True))
    assert "Новостей пока нет" in paper.letters[-1].text


def test_two_updates_do_not_go_out_at_once(declare: Declare, say: Say, three: list[Ticket]) -> None:
    incident = declare(tickets=three)
    update = say(incident)
    with pytest.raises(Conflict):
        say(incident)
    send(update)
    assert say(incident)


def test_a_quiet_one_goes_to_nobody(declare: Declare, say: Say, three: list[Ticket]) -> None:
    incident = declare(tickets=three)
    update = say(incident, quiet=True)

    assert update.finished_at and not update.told.exists() and send(update) == 0
    assert incident.next_at == update.next_at
    assert incident.agreed == incident.affects  # what is for us alone is put into no answer


def test_the_last_one_may_resolve_the_requests(
    declare: Declare, say: Say, three: list[Ticket], anna: User, writes: Write
) -> None:
    incident = declare(tickets=three)
    three[2].plan(["Проверить"], executor=anna, by=anna)
    send(say(incident, state="resolved", ends=True))

    assert [fresh(ticket).status for ticket in three[:2]] == [Status.RESOLVED, Status.RESOLVED]
    writes("Снова", token=three[0].conversation.token, sender="alla@volga.test")
    assert fresh(three[0]).status == Status.OPEN  # opened again as any other
    assert incident.state == "resolved" and incident.ended_at


def test_what_every_agent_answers_is_what_was_told_last(declare: Declare, say: Say, ticket: Ticket) -> None:
    incident = declare(tickets=[ticket], affects="Звонки обрываются")
    assert incident.agreed == "Звонки обрываются"
    say(incident, what="Авария у оператора")
    assert incident.agreed.startswith("Авария у оператора") and "здравствуйте" not in incident.agreed


def test_who_was_told_is_attached_and_has_the_letter(
    declare: Declare, say: Say, three: list[Ticket], writes: Write, anna: User
) -> None:
    incident = declare(tickets=three)
    send(say(incident))
    writes("Спасибо", token=three[0].conversation.token, sender="alla@volga.test")
    assert heard_alike(incident) == figures.Heard(affected=3, told=3, answered=1, requests=3, clients=3)

    incident.detach(three[0], by=anna)
    Outbound.objects.filter(first_recipient="boris@volga.test", kind="notify").update(state=Outbound.State.FAILED)
    assert heard_alike(incident) == figures.Heard(affected=2, told=1, answered=0, requests=2, clients=2)


def test_many_cost_as_many_statements_as_few(
    declare: Declare, writes: Write, django_assert_max_num_queries: Any, kept_for_long: None
) -> None:
    def looked(count: int) -> int:
        tickets = [writes("Связь", sender=f"{count}-{number}@volga.test") for number in range(count)]
        incident = declare(tickets=tickets)
        with django_assert_max_num_queries(20) as seen:
            assert len(list(incident.reached())) == count
        return len(seen.captured_queries)

    assert looked(2) == looked(9)


def test_addresses_of_many_are_those_of_each(three: list[Ticket], writes: Write) -> None:
    writes("С другого адреса", token=three[0].conversation.token, sender="alla.home@volga.test")
    Identity.objects.came_back(["vova@volga.test"])
    talks = [fresh(ticket).conversation for ticket in three]

    assert addresses_of(talks) == {talk.pk: address_of(talk) for talk in talks}


def test_words_know_the_last() -> None:
    assert Words().is_last and not Words(next_at=NOW).is_last


def test_an_update_is_not_written_by_somebody_in_training(
    declare: Declare, say: Say, three: list[Ticket], anna: User, ilya: User, boris: User, paper: Paper
) -> None:
    """A curator reads what they write to one client; in an incident nobody waits, so somebody else writes to many."""
    incident, letters = declare(tickets=three), len(paper.letters)
    Traineeship.objects.begin(anna, ilya, by=boris)

    with pytest.raises(Unreleased, match="Илья Соколов"):
        say(incident, by=anna)
    assert not Update.objects.exists()
    say(incident, by=anna, quiet=True)
    incident.hand_to(ilya, by=anna)
    assert send(say(incident, by=ilya)) == 3 and len(paper.letters) == letters + 3


def test_an_update_that_was_begun_before_the_training_goes_out(
    declare: Declare, say: Say, three: list[Ticket], anna: User, ilya: User, boris: User
) -> None:
    update = say(declare(tickets=three), by=anna)
    Traineeship.objects.begin(anna, ilya, by=boris)
    assert send(update) == 3
