"""Refusals that a lead sees first: who decides, what waits, what overtakes."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import Absence, Role, Team, User
from otklik.desk.conversations.models import Attachment, Draft
from otklik.desk.conversations.models.draft import HELD
from otklik.desk.tickets.access import can_decide_refusal
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Conflict, Invalid, Stale, Unapproved
from otklik.desk.tickets.models import Habits, Refusal, RefusalRequest, Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Resolve
from tests.fixtures.cast import Paper, Write, fresh, person
from tests.fixtures.races import at_once

pytestmark = pytest.mark.django_db

REFUSAL = Refuse("rules", "скидки даёт только договор", ["пересчитаем тариф"])


@pytest.fixture(autouse=True)
def _a_lead_approves(line_one: Team) -> None:
    Habits.objects.create(team=line_one, approved_reasons=["rules"])


def ask(ticket: Ticket, by: User, **more: object) -> RefusalRequest:
    return ticket.ask_to_refuse("Здравствуйте.", by=by, step=REFUSAL, **more)  # type: ignore[arg-type]


def told(user: User) -> list[str]:
    return list(Notice.objects.of(user.pk).values_list("text", flat=True))


def test_nothing_leaves_before_a_lead_has_seen_it(ticket: Ticket, anna: User, boris: User, paper: Paper) -> None:
    letters = len(paper.letters)
    with pytest.raises(Unapproved):
        ticket.reply("Здравствуйте.", by=anna, then=REFUSAL)

    asked = ask(ticket, anna)

    ticket = fresh(ticket)
    assert (ticket.status, ticket.owner, ticket.refusal_asked) == ("open", anna, asked.pk)
    assert len(paper.letters) == letters and not Refusal.objects.exists()
    assert ticket.due_at and ticket.due_at <= asked.until
    assert "Анна Белова" in told(boris)[0] and not told(anna)
    entry = Entry.objects.get(kind="tickets.RefusalAsked")
    assert (entry.actor, entry.data["people"]) == (anna, [boris.pk])


def test_a_reason_that_no_lead_must_see_leaves_at_once(ticket: Ticket, anna: User, boris: User) -> None:
    ticket.reply("Нет.", by=anna, then=Refuse("outside", "роутер не наш", ["созвонимся"]))
    assert ticket.status == "refused"


def test_approved_it_leaves_in_the_name_of_its_author(ticket: Ticket, anna: User, boris: User, paper: Paper) -> None:
    asked = ask(ticket, anna, cc=["boss@volga.test"])

    ticket.approve_refusal(asked.pk, by=boris, words="Звоните мне: 101.")

    ticket, letter = fresh(ticket), paper.letters[-1]
    assert (ticket.status, ticket.refusal_asked) == ("refused", None)
    assert "Анна Белова" in letter.text and "Звоните мне: 101." in letter.text and letter.cc == ["boss@volga.test"]
    refusal, asked = Refusal.objects.get(), RefusalRequest.objects.get()
    assert (refusal.by, asked.state, asked.decided_by, asked.message) == (anna, "approved", boris, refusal.message)
    assert "отказ согласован (Борис Руднев)" in told(anna)[0]
    assert Entry.objects.filter(kind="tickets.RefusalApproved", actor=boris).count() == 1


def test_returned_it_is_a_draft_again_and_the_client_is_owed_an_answer(
    ticket: Ticket, anna: User, boris: User, paper: Paper
) -> None:
    asked, letters = ask(ticket, anna), len(paper.letters)
    with pytest.raises(Invalid):
        ticket.return_refusal(asked.pk, by=boris, words=" ")

    ticket.return_refusal(asked.pk, by=boris, words="Предложите рассрочку")

    ticket, draft = fresh(ticket), Draft.objects.get(author=anna)
    assert (ticket.status, ticket.refusal_asked, len(paper.letters)) == ("new", None, letters) or ticket.is_our_move
    assert ticket.due_at and ticket.next_step == "answer"
    assert (draft.text, draft.form["next"], draft.form["alternatives"]) == (
        "Здравствуйте.",
        "refuse",
        ["пересчитаем тариф"],
    )
    assert "Предложите рассрочку" in told(anna)[0]
    assert ask(ticket, anna).is_waiting, "it may be asked for again"


def test_the_client_overtakes_and_the_lead_hears_of_it(
    ticket: Ticket, writes: Write, anna: User, boris: User, paper: Paper
) -> None:
    asked, since = ask(ticket, anna), fresh(ticket).waiting_since

    writes("Подождите, я ошибся", token=ticket.conversation.token)

    ticket, asked = fresh(ticket), RefusalRequest.objects.get()
    assert (asked.state, asked.why, ticket.refusal_asked, ticket.waiting_since) == ("overtaken", "client", None, since)
    assert any("клиент написал" in text for text in told(boris))
    assert sum("по отказу больше не нужно" in text for text in told(anna)) == 1
    assert Draft.objects.get(author=anna).text == "Здравствуйте."
    with pytest.raises(Conflict):
        ticket.approve_refusal(asked.pk, by=boris)
    assert not Refusal.objects.exists()


def test_a_machine_overtakes_nothing(ticket: Ticket, writes: Write, anna: User, boris: User) -> None:
    ask(ticket, anna)
    writes("Меня нет", token=ticket.conversation.token, automatic="auto")
    assert RefusalRequest.objects.get().is_waiting


def test_what_was_not_read_stops_it(ticket: Ticket, writes: Write, anna: User, boris: User) -> None:
    seen = ticket.last_message_id
    writes("И ещё", token=ticket.conversation.token)
    with pytest.raises(Stale):
        ask(ticket, anna, seen=seen)


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda ticket, by: ticket.withdraw_refusal(by=by), "withdrawn"),
        (lambda ticket, by: ticket.reply("Решили", by=by, then=Resolve()), "answered"),
        (lambda ticket, by: ticket.reply("Ждите", by=by, then=PromiseDate(in_days(2))), "answered"),
        (lambda ticket, by: ticket.put_aside(PutAside(in_days(3), "склад", True), by=by), "turned"),
        (lambda ticket, by: ticket.close("spam", by=by), "turned"),
    ],
)
def test_another_act_overtakes_it(
    ticket: Ticket, anna: User, ilya: User, boris: User, act: Callable[[Ticket, User], object], why: str
) -> None:
    ask(ticket, anna)

    act(fresh(ticket), ilya)

    asked = RefusalRequest.objects.get()
    assert (asked.state, asked.why, fresh(ticket).refusal_asked) == ("overtaken", why, None)
    assert len(told(boris)) == 2 and "снова в черновике" in told(anna)[0] and not told(ilya)
    assert kept(anna) == ("Здравствуйте.", "rules", ["пересчитаем тариф"]), "nobody writes it twice"


def kept(author: User) -> tuple[str, str, list[str]]:
    """What the author's composer shows: the text, and what was filled in for the refusal."""
    draft = Draft.objects.get(author=author, mode="reply")
    return draft.text, draft.form["reason"], draft.form["alternatives"]


def test_its_author_answers_otherwise_and_has_it_again(ticket: Ticket, anna: User, boris: User) -> None:
    file = Attachment.objects.make(ticket.conversation, "договор.txt", "text/plain", b"...", anna)
    ask(ticket, anna, files=[file])

    message = fresh(ticket).reply("Подождите", by=anna, then=PromiseDate(in_days(2)), undo=60, drafted=True)

    assert kept(anna) == ("Здравствуйте.", "rules", ["пересчитаем тариф"])
    assert Draft.objects.get(author=anna, mode="reply").form["files"] == [str(file.key)]
    assert not Draft.objects.filter(mode=HELD).exists()
    assert "снова в черновике" in told(anna)[0], "it is said, since the composer is empty at first"
    fresh(ticket).take_back(message, by=anna)
    text, *parts = kept(anna)
    assert text == "Подождите\n\nЗдравствуйте." and parts == ["rules", ["пересчитаем тариф"]]
    assert Draft.objects.get(author=anna, mode="reply").form["next"] == "promise"


def test_joined_to_another_request_it_goes_along(pair: tuple[Ticket, Ticket], anna: User, boris: User) -> None:
    first, second = pair
    ask(first, anna)

    fresh(first).merge_into(second, by=anna)

    draft = Draft.objects.get(author=anna, mode="reply")
    assert (draft.conversation_id, draft.form["explanation"]) == (second.conversation_id, REFUSAL.explanation)
    assert RefusalRequest.objects.get().why == "turned"


def test_it_is_back_where_the_joining_is_undone(pair: tuple[Ticket, Ticket], anna: User, boris: User) -> None:
    first, second = pair
    file = Attachment.objects.make(first.conversation, "договор.txt", "text/plain", b"...", anna)
    ask(first, anna, files=[file])
    act = fresh(first).merge_into(second, by=anna)

    fresh(first).bring_back(act, by=anna)

    draft = Draft.objects.get(author=anna)
    assert (draft.conversation_id, kept(anna)) == (
        first.conversation_id,
        ("Здравствуйте.", "rules", ["пересчитаем тариф"]),
    )
    assert draft.form["to"] and list(first.conversation.attachments.values_list("key", flat=True)) == [file.key]


@pytest.mark.parametrize("goes_on", [False, True])
def test_of_two_texts_that_were_joined_each_is_back_in_its_own_request(
    pair: tuple[Ticket, Ticket], anna: User, boris: User, goes_on: bool
) -> None:
    first, second = pair
    fresh(second).keep_draft("Начато там", by=anna, mode="reply", form={"next": "wait"}, key="k1")
    ask(first, anna)
    act = fresh(first).merge_into(second, by=anna)
    both = Draft.objects.get(author=anna)
    assert both.text == "Начато там\n\nЗдравствуйте." and "key" not in both.form, "no window has seen it"
    if goes_on:
        fresh(second).keep_draft(both.text + " И", by=anna, mode="reply", form=both.form)

    fresh(first).bring_back(act, by=anna)

    own, other = (Draft.objects.get(author=anna, conversation=one.conversation_id) for one in pair)
    assert (own.text, own.form["reason"]) == ("Здравствуйте.", "rules")
    assert other.text == (both.text + " И" if goes_on else "Начато там")
    assert goes_on or other.form == {"next": "wait"}


def test_what_was_sent_since_does_not_come_back(pair: tuple[Ticket, Ticket], anna: User, boris: User) -> None:
    first, second = pair
    ask(first, anna)
    act = fresh(first).merge_into(second, by=anna)
    Draft.objects.all().delete()
    fresh(first).bring_back(act, by=anna)
    assert not Draft.objects.exists()


def test_after_an_undo_the_client_is_owed_what_they_were(ticket: Ticket, anna: User, ilya: User, boris: User) -> None:
    """The lead had until then to decide; there is nothing to decide any more."""
    with clock.at(clock.now() + timedelta(minutes=1)):
        asked = ask(ticket, anna)
        assert (fresh(ticket).due_at, fresh(ticket).due_from) != (None, None)
    answered = fresh(ticket).reply("Ждите", by=ilya, then=PromiseDate(in_days(2)), undo=60)

    fresh(ticket).take_back(answered, by=ilya)

    again, owed = fresh(ticket), fresh(ticket)
    owed.owe_answer(owed.waiting_since or owed.opened_at)
    assert again.waiting_since and again.due_from != asked.at
    assert (again.due_at, again.due_from) == (owed.due_at, owed.due_from)


def test_joined_the_lead_s_moment_goes_along_no_more(pair: tuple[Ticket, Ticket], anna: User, boris: User) -> None:
    first, second = pair
    asked = ask(first, anna)
    act = fresh(first).merge_into(second, by=anna)
    assert fresh(second).due_from != asked.at
    fresh(first).bring_back(act, by=anna)
    assert fresh(first).is_open and fresh(first).due_from != asked.at


def test_the_client_reads_how_to_appeal_where_somebody_could_decide(
    ticket: Ticket, anna: User, boris: User, head: User
) -> None:
    whole = ticket.refusal_letter("Здравствуйте.", REFUSAL, by=anna, seen_by=boris)
    assert whole.startswith("Здравствуйте.") and "пересчитаем тариф" in whole and "не согласны с отказом" in whole
    ticket.approve_refusal(ask(ticket, anna).pk, by=boris)
    letter = Refusal.objects.get().message
    assert letter is not None and whole in letter.new_text, "what is shown before is what leaves"

    head.deactivate()
    assert "не согласны с отказом" not in ticket.refusal_letter("", REFUSAL, by=anna, seen_by=boris)
    begun = ticket.refusal_letter("Здравствуйте.", Refuse("", "", []), by=anna)
    assert "отказ" in begun and "предложить" not in begun, "of what is not written nothing is said"


def in_days(days: int) -> datetime:
    return clock.now() + timedelta(days=days)


def test_nobody_approves_their_own(ticket: Ticket, boris: User, head: User, admin: User) -> None:
    asked = ask(ticket, boris)

    assert [entry.data["people"] for entry in Entry.objects.filter(kind="tickets.RefusalAsked")] == [[head.pk]]
    assert not can_decide_refusal(boris, asked) and boris_sees(boris) == []
    with pytest.raises(Conflict):
        ticket.approve_refusal(asked.pk, by=boris)
    ticket.approve_refusal(asked.pk, by=head)
    assert fresh(ticket).status == "refused"


def boris_sees(user: User) -> list[RefusalRequest]:
    return list(RefusalRequest.objects.for_decision_of(user))


def test_where_nobody_else_could_decide_it_is_not_asked(ticket: Ticket, boris: User) -> None:
    with pytest.raises(Invalid):
        ask(ticket, boris)


def test_agents_and_leads_of_other_lines_do_not_decide(
    ticket: Ticket, anna: User, ilya: User, boris: User, line_two: Team, quality: User
) -> None:
    other, asked = person("zoya", "Зоя Кац", Role.LEAD, line_two), ask(ticket, anna)
    for user in (ilya, other, quality):
        assert not can_decide_refusal(user, asked) and not boris_sees(user)
        with pytest.raises(Conflict):
            ticket.approve_refusal(asked.pk, by=user)
    assert boris_sees(boris) == [asked]


def test_the_deputy_of_an_absent_lead_decides_for_the_time(
    ticket: Ticket, anna: User, ilya: User, vera: User, boris: User, head: User
) -> None:
    Absence.objects.declare(boris, by=boris, until=in_days(5), deputy=vera)

    asked = ask(ticket, anna)

    assert told(vera) and not told(boris) and not told(head)
    assert boris_sees(vera) == [asked] and not boris_sees(ilya)
    with clock.at(in_days(6)):
        assert not can_decide_refusal(vera, asked)
    ticket.approve_refusal(asked.pk, by=vera)
    assert fresh(ticket).status == "refused"


def test_the_deputy_does_not_decide_on_their_own(ticket: Ticket, anna: User, boris: User, head: User) -> None:
    Absence.objects.declare(boris, by=boris, until=in_days(5), deputy=anna)

    asked = ask(ticket, anna)

    assert told(head) and not can_decide_refusal(anna, asked)


def test_who_has_left_refuses_nothing_more(ticket: Ticket, anna: User, boris: User) -> None:
    asked = ask(ticket, anna)
    anna.deactivate()
    with pytest.raises(Conflict):
        ticket.approve_refusal(asked.pk, by=boris)
    ticket.return_refusal(asked.pk, by=boris, words="Возьмёт другой")
    assert fresh(ticket).is_our_move


def test_one_press_twice_is_one_question(ticket: Ticket, anna: User, boris: User) -> None:
    first = ask(ticket, anna, key="k1")
    assert ask(ticket, anna, key="k1") == first
    with pytest.raises(Conflict):
        ask(ticket, anna, key="k2")
    ticket.keep_draft("Здравствуйте.", by=anna, mode="reply", form={}, key="k1")
    assert not Draft.objects.filter(author=anna).exists(), "a save that came after it is too late"


@pytest.mark.django_db(transaction=True)
def test_of_two_leads_one_decides(ticket: Ticket, anna: User, boris: User, head: User, paper: Paper) -> None:
    asked, letters = ask(ticket, anna), len(paper.letters)

    def approve(by: User) -> Callable[[], object]:
        return lambda: Ticket.objects.get(pk=ticket.pk).approve_refusal(asked.pk, by=by)

    def send_back() -> None:
        Ticket.objects.get(pk=ticket.pk).return_refusal(asked.pk, by=head, words="не так")

    results = at_once([approve(boris), approve(head), send_back])

    assert sum(isinstance(one, Conflict) for one in results) == 2, results
    assert len(paper.letters) - letters == Refusal.objects.count() <= 1


@pytest.mark.django_db(transaction=True)
def test_the_client_and_the_lead_at_one_moment(ticket: Ticket, anna: User, boris: User, paper: Paper) -> None:
    asked = ask(ticket, anna)

    def client_writes() -> None:
        Ticket.objects.get(pk=ticket.pk).write_in("Подождите")

    results = at_once([client_writes, lambda: Ticket.objects.get(pk=ticket.pk).approve_refusal(asked.pk, by=boris)])

    asked.refresh_from_db()
    ticket = fresh(ticket)
    if asked.state == "approved":  # the word came after it: it opens the request again
        assert results == [None, asked.message] and (ticket.status, ticket.reopened) == ("open", 1)
    else:
        assert isinstance(results[1], Conflict) and (ticket.status, asked.why) == ("open", "client")
    assert ticket.refusal_asked is None and ticket.due_at


def test_the_database_lets_nobody_approve_their_own(ticket: Ticket, anna: User, boris: User) -> None:
    ask(ticket, anna)
    with pytest.raises(Exception, match="nobody_approves_their_own"), transaction.atomic(), connection.cursor() as bare:
        bare.execute("UPDATE tickets_refusalrequest SET decided_by_id = asked_by_id")


def test_a_request_that_goes_to_another_line_is_decided_there_and_its_leads_hear_of_it(
    ticket: Ticket, anna: User, boris: User, line_two: Team
) -> None:
    lead = person("lead2", "Роман Котов", Role.LEAD, line_two)
    asked = ask(ticket, anna)
    ticket.hand_over(line_two, Brief("Звук", "", "проверить"), by=anna)

    assert [notice.about_id for notice in Notice.objects.of(lead.pk).filter(about="refusals")] == [asked.pk]
    assert list(RefusalRequest.objects.for_decision_of(lead)) == [asked]
    assert not RefusalRequest.objects.for_decision_of(boris).exists()
