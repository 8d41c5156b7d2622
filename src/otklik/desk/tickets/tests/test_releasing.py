"""Answers of people in training: what waits, who releases it, what stops it, and that there is no way round."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from otklik.core.audit.models import Line
from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import Absence, Role, Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.conversations.models import Attachment, Draft, Message
from otklik.desk.tickets.access import can_read_held, can_release, can_train
from otklik.desk.tickets.errors import Conflict, Invalid, Stale, Unreleased
from otklik.desk.tickets.models import HeldAnswer, Promise, Resolution, Schedule, Ticket, Traineeship
from otklik.desk.tickets.models.releasing import pass_on_late
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Resolve, Step, Wait
from tests.fixtures.cast import Paper, Write, fresh, person
from tests.fixtures.races import at_once

pytestmark = pytest.mark.django_db

TEXT = "Здравствуйте, Павел! Порт перезагрузили, проверьте звонок."


@pytest.fixture
def training(anna: User, ilya: User, boris: User) -> Traineeship:
    """Anna is in training, Ilya reads her answers, Boris leads both."""
    return Traineeship.objects.begin(anna, ilya, by=boris)


def hand_in(ticket: Ticket, by: User, then: Step | None = None, **more: object) -> HeldAnswer:
    held = ticket.hand_in(TEXT, by=by, then=then or Resolve("перезагрузили порт"), **more)
    assert isinstance(held, HeldAnswer)
    return held


def told(user: User) -> list[str]:
    return list(Notice.objects.of(user.pk).values_list("text", flat=True))


def in_days(days: int) -> datetime:
    return clock.now() + timedelta(days=days)


def test_who_is_in_no_training_sends_at_once(ticket: Ticket, ilya: User, training: Traineeship) -> None:
    assert isinstance(ticket.hand_in(TEXT, by=ilya, then=Resolve("порт")), Message)
    assert not HeldAnswer.objects.exists()


def test_nothing_leaves_before_the_curator_has_read_it(
    ticket: Ticket, anna: User, ilya: User, boris: User, training: Traineeship, paper: Paper
) -> None:
    letters, owed = len(paper.letters), fresh(ticket)

    held = hand_in(ticket, anna, cc=["boss@volga.test"])

    now = fresh(ticket)
    assert (now.status, now.owner, now.held_answer) == ("open", anna, held.pk)
    assert (now.next_step, now.due_at, now.waiting_since) == (owed.next_step, owed.due_at, owed.waiting_since)
    assert len(paper.letters) == letters and not Resolution.objects.exists()
    assert any("Анна Белова" in text for text in told(ilya)), told(ilya)
    assert not told(boris), "a lead is asked only when the curator does not look"
    entry = Entry.objects.get(kind="tickets.AnswerHeld")
    assert (entry.actor, entry.data["people"]) == (anna, [ilya.pk])


@pytest.mark.parametrize(
    ("step", "kept"),
    [
        (lambda: PromiseDate(in_days(1)), Promise),
        (lambda: PutAside(in_days(2), "ждём поставку", agreed=True), Schedule),
        (lambda: Resolve("порт"), Resolution),
    ],
)
def test_what_comes_next_comes_with_the_release(
    ticket: Ticket, anna: User, ilya: User, training: Traineeship, step: Callable[[], Step], kept: Any
) -> None:
    held = hand_in(ticket, anna, step())
    assert not kept.objects.exists()

    message = fresh(ticket).release_answer(held.pk, by=ilya)

    assert kept.objects.get().message == message and message.author == anna


def test_released_it_leaves_in_the_name_of_its_author(
    ticket: Ticket, anna: User, ilya: User, training: Traineeship, paper: Paper
) -> None:
    file = Attachment.objects.make(ticket.conversation, "схема.txt", "text/plain", b"...", anna)
    held = hand_in(ticket, anna, cc=["boss@volga.test"], files=[file])

    fresh(ticket).release_answer(held.pk, by=ilya, words="Так и надо")

    now, letter, held = fresh(ticket), paper.letters[-1], HeldAnswer.objects.get()
    assert (now.status, now.held_answer) == ("resolved", None)
    assert "Анна Белова" in letter.text and TEXT in letter.text and letter.cc == ["boss@volga.test"]
    assert "Илья Соколов" not in letter.text and held.message and list(held.message.attachments.all()) == [file]
    assert (held.state, held.decided_by, held.changed, held.is_unchanged) == ("released", ilya, 0.0, True)
    assert not Draft.objects.exists() and any("Илья Соколов" in text for text in told(anna))
    assert Entry.objects.filter(kind="tickets.AnswerReleased", actor=ilya).count() == 1
    assert Line.objects.filter(kind="tickets.AnswerReleased").count() == 1, "it stands in the trail"


def test_what_the_curator_changed_is_kept_word_by_word(
    ticket: Ticket, anna: User, ilya: User, training: Traineeship, paper: Paper
) -> None:
    held = hand_in(ticket, anna, Wait(in_days(1)))
    later = Wait(in_days(2))

    fresh(ticket).release_answer(held.pk, by=ilya, text=TEXT.replace("проверьте", "проверьте, пожалуйста,"), then=later)

    held = HeldAnswer.objects.get()
    assert "пожалуйста" in paper.letters[-1].text and fresh(ticket).due_at == later.until
    assert held.text == TEXT and 0 < (held.changed or 0) < 0.5 and not held.is_unchanged
    assert "".join(piece.text for piece in held.difference if piece.mark != "new") == TEXT
    assert "".join(piece.text for piece in held.difference if piece.mark != "gone") == held.left


def test_returned_it_is_a_draft_again(
    ticket: Ticket, anna: User, ilya: User, training: Traineeship, paper: Paper
) -> None:
    held, letters = hand_in(ticket, anna), len(paper.letters)
    with pytest.raises(Invalid):
        fresh(ticket).return_answer(held.pk, by=ilya, words=" ")

    fresh(ticket).return_answer(held.pk, by=ilya, words="Спросите, какой порт")

    now, draft = fresh(ticket), Draft.objects.get(author=anna, mode="reply")
    assert now.is_our_move and now.held_answer is None and now.due_at and len(paper.letters) == letters
    assert (draft.text, draft.form["next"]) == (TEXT, "resolve")
    assert any("Спросите, какой порт" in text for text in told(anna))
    assert hand_in(now, anna).is_waiting, "it may be handed in again"


def test_the_author_withdraws_and_edits_it(ticket: Ticket, anna: User, ilya: User, training: Traineeship) -> None:
    held = hand_in(ticket, anna)
    with pytest.raises(Conflict):
        fresh(ticket).hand_in("Другое", by=anna, then=Resolve(""))

    fresh(ticket).withdraw_answer(by=anna)

    assert Draft.objects.get(author=anna, mode="reply").text == TEXT
    with pytest.raises(Conflict):
        fresh(ticket).release_answer(held.pk, by=ilya)
    assert HeldAnswer.objects.get().why == "withdrawn" and fresh(ticket).due_at


def test_a_word_of_the_client_stops_the_release(
    ticket: Ticket, anna: User, ilya: User, training: Traineeship, writes: Write, paper: Paper
) -> None:
    held, letters = hand_in(ticket, anna), len(paper.letters)
    writes("Подождите, заработало", token=ticket.conversation.token)

    with pytest.raises(Stale) as stopped:
        fresh(ticket).release_answer(held.pk, by=ilya)

    assert [message.text for message in stopped.value.newer] == ["Подождите, заработало"]
    assert HeldAnswer.objects.get().is_waiting and len(paper.letters) == letters
    fresh(ticket).release_answer(held.pk, by=ilya, seen=fresh(ticket).last_message_id)
    assert HeldAnswer.objects.get().is_released


def test_another_answer_overtakes_it(ticket: Ticket, anna: User, ilya: User, training: Traineeship) -> None:
    hand_in(ticket, anna)
    fresh(ticket).reply("Отвечу сам", by=ilya, then=Resolve("сам"))
    held = HeldAnswer.objects.get()
    assert (held.state, held.why, fresh(ticket).held_answer) == ("overtaken", "answered", None)
    assert not Draft.objects.exists() and told(anna)


def test_put_aside_meanwhile_the_text_is_not_lost(
    ticket: Ticket, anna: User, ilya: User, training: Traineeship
) -> None:
    hand_in(ticket, anna)
    fresh(ticket).put_aside(PutAside(in_days(3), "склад", agreed=True), by=ilya)
    assert HeldAnswer.objects.get().why == "turned" and Draft.objects.get(author=anna).text == TEXT


def test_there_is_no_way_round(ticket: Ticket, anna: User, training: Traineeship, paper: Paper) -> None:
    letters = len(paper.letters)
    ways: list[Callable[[], object]] = [
        lambda: ticket.reply(TEXT, by=anna, then=Resolve("")),
        lambda: ticket.reply("", by=anna, then=Refuse("rules", "нельзя", ["позвоните"])),
        lambda: ticket.send_later(TEXT, in_days(1), by=anna, then=Resolve(""), form={}),
        lambda: ticket.forward(
            TEXT, by=anna, to=["Pavel@volga.test"], messages=[ticket.last_message_id or 0], then=None
        ),
    ]
    for way in ways:
        with pytest.raises(Unreleased), transaction.atomic():
            way()
    assert len(paper.letters) == letters and not Draft.objects.exists()


def test_a_letter_that_was_to_leave_later_does_not_leave_by_itself(
    ticket: Ticket, anna: User, ilya: User, boris: User, paper: Paper
) -> None:
    draft = ticket.send_later(TEXT, in_days(1), by=anna, then=Resolve(""), form={})
    Draft.objects.filter(pk=draft.pk).update(leave_at=clock.now())
    Traineeship.objects.begin(anna, ilya, by=boris)

    assert fresh(ticket).let_leave(draft.pk) is None

    assert Draft.objects.get(author=anna).mode == "reply" and any("Илья Соколов" in text for text in told(anna))


def test_notes_are_free(ticket: Ticket, anna: User, training: Traineeship) -> None:
    assert ticket.note("Посмотрю журнал", by=anna).direction == "note"


def test_in_a_live_talk_it_leaves_at_once(ticket: Ticket, anna: User, training: Traineeship) -> None:
    assert ticket.traineeship_of(anna) == training
    ticket.channel_kind = "telegram"
    assert ticket.traineeship_of(anna) is None
    assert ticket.traineeship_of(anna, to=["telegram:7"]) is None
    assert ticket.traineeship_of(anna, to=["pavel@volga.test"]) == training, "a letter to them is a letter"
    assert ticket.traineeship_of(anna, Channel(kind="email"), ["telegram:7"]) == training


def test_who_may_release(
    ticket: Ticket, anna: User, ilya: User, boris: User, head: User, vera: User, quality: User, training: Traineeship
) -> None:
    held = hand_in(ticket, anna)
    assert [can_release(one, held) for one in (ilya, boris, head)] == [True] * 3
    assert [can_release(one, held) for one in (anna, vera, quality)] == [False] * 3
    assert [can_read_held(one, held) for one in (anna, ilya, boris, vera)] == [True, True, True, False]
    for one, owes in ((ilya, True), (boris, False), (anna, False), (vera, False)):
        assert HeldAnswer.objects.owed_by(one).exists() is owes, one
    assert HeldAnswer.objects.for_release_of(boris).get() == held
    with pytest.raises(Conflict):
        fresh(ticket).release_answer(held.pk, by=anna)
    with pytest.raises(Conflict):
        fresh(ticket).release_answer(held.pk, by=vera)


def test_a_curator_who_does_not_look_is_passed_over(
    ticket: Ticket, anna: User, ilya: User, boris: User, training: Traineeship
) -> None:
    held = hand_in(ticket, anna)
    assert pass_on_late() == 0
    HeldAnswer.objects.update(until=clock.now())

    assert pass_on_late() == 1
    assert pass_on_late() == 0, "once"

    assert len(told(boris)) == 1 and HeldAnswer.objects.owed_by(boris).get() == held
    fresh(ticket).release_answer(held.pk, by=boris)
    assert HeldAnswer.objects.get().decided_by == boris


def test_of_an_absent_curator_the_stand_in_is_asked(
    ticket: Ticket, anna: User, ilya: User, boris: User, line_one: Team, training: Traineeship
) -> None:
    rita = person("rita", "Рита Юн", Role.AGENT, line_one)
    Absence.objects.declare(ilya, by=boris, until=in_days(5), deputy=rita)

    held = hand_in(ticket, anna)

    assert held.passed_at and told(rita) and HeldAnswer.objects.owed_by(rita).get() == held
    fresh(ticket).release_answer(held.pk, by=rita)
    assert fresh(ticket).status == "resolved"


def test_whose_stand_in_is_the_trainee_does_not_release_themselves(
    ticket: Ticket, anna: User, ilya: User, boris: User, training: Traineeship
) -> None:
    Absence.objects.declare(ilya, by=boris, until=in_days(5), deputy=anna)
    held = hand_in(ticket, anna)
    assert told(boris) and not can_release(anna, held)


def test_when_the_curator_leaves_the_lead_is_asked(
    ticket: Ticket, anna: User, ilya: User, boris: User, training: Traineeship
) -> None:
    held = hand_in(ticket, anna)
    ilya.deactivate()
    assert HeldAnswer.objects.get().passed_at and HeldAnswer.objects.owed_by(boris).get() == held
    fresh(ticket).return_answer(held.pk, by=boris, words="Решим, кто читает")
    assert hand_in(fresh(ticket), anna).passed_at


def test_when_the_author_leaves_nothing_leaves_in_their_name(
    ticket: Ticket, anna: User, ilya: User, boris: User, training: Traineeship
) -> None:
    held = hand_in(ticket, anna)
    anna.deactivate()
    training.refresh_from_db()
    assert training.why == "left"
    with pytest.raises(Conflict):
        fresh(ticket).release_answer(held.pk, by=ilya)
    fresh(ticket).return_answer(held.pk, by=ilya, words="Возьмёт другой")
    assert fresh(ticket).is_our_move and fresh(ticket).due_at


def test_one_press_twice_is_one_answer(ticket: Ticket, anna: User, training: Traineeship) -> None:
    first = hand_in(ticket, anna, key="k1")
    assert hand_in(ticket, anna, key="k1") == first
    ticket.keep_draft(TEXT, by=anna, mode="reply", form={}, key="k1")
    assert not Draft.objects.filter(author=anna).exists(), "a save that came after it is too late"


def test_it_ends_by_its_day_by_a_row_and_by_a_word(
    ticket: Ticket, writes: Write, anna: User, ilya: User, boris: User
) -> None:
    one = Traineeship.objects.begin(anna, ilya, by=boris, in_a_row=2)
    for number in range(3):
        request = writes("Не звонит", subject=f"Дело {number}", sender=f"c{number}@volga.test")
        held = hand_in(request, anna)
        fresh(request).release_answer(held.pk, by=ilya, text=f"{TEXT} Ещё." if number == 0 else None)
        one.refresh_from_db()
        assert (one.why == "row") is (number == 2)
    two = Traineeship.objects.begin(anna, ilya, by=boris, ends_on=clock.house_today())
    assert Traineeship.objects.of(anna) == two and Traineeship.objects.end_over() == 0
    Traineeship.objects.filter(pk=two.pk).update(ends_on=clock.house_today() - timedelta(days=1))
    assert Traineeship.objects.of(anna) is None and Traineeship.objects.end_over() == 1
    three = Traineeship.objects.begin(anna, ilya, by=boris)
    assert three.end(by=boris) and not Traineeship.objects.get(pk=three.pk).is_running
    assert Line.objects.filter(kind="tickets.TraineeshipBegun").count() == 3


def test_who_may_be_whose_curator(anna: User, ilya: User, boris: User, vera: User, quality: User, head: User) -> None:
    for curator in (anna, vera, quality):
        with pytest.raises(Invalid):
            Traineeship.objects.begin(anna, curator, by=boris)
    with pytest.raises(Invalid):
        Traineeship.objects.begin(anna, ilya, by=boris, ends_on=clock.house_today() - timedelta(days=1))
    Traineeship.objects.begin(anna, ilya, by=boris)
    with pytest.raises(Conflict):
        Traineeship.objects.begin(anna, boris, by=boris)
    with pytest.raises(Invalid):
        Traineeship.objects.begin(ilya, boris, by=boris)
    assert [can_train(one, anna) for one in (boris, head, ilya, anna, vera)] == [True, True, False, False, False]
    assert not can_train(boris, boris) and not can_train(boris, vera)


def test_another_curator_has_what_waits(
    ticket: Ticket, anna: User, ilya: User, boris: User, training: Traineeship
) -> None:
    held = hand_in(ticket, anna)
    training.change(boris, by=boris, ends_on=None, in_a_row=None, within=30)
    assert HeldAnswer.objects.owed_by(boris).get() == held and told(boris)
    assert not can_release(ilya, HeldAnswer.objects.get())


def test_the_database_lets_nobody_release_their_own(ticket: Ticket, anna: User, training: Traineeship) -> None:
    hand_in(ticket, anna)
    with pytest.raises(Exception, match="nobody_releases_their_own"), transaction.atomic(), connection.cursor() as bare:
        bare.execute("UPDATE tickets_heldanswer SET decided_by_id = asked_by_id")


@pytest.mark.django_db(transaction=True)
def test_of_two_curators_and_the_author_one_is_first(
    ticket: Ticket, anna: User, ilya: User, boris: User, training: Traineeship, paper: Paper
) -> None:
    held, letters = hand_in(ticket, anna), len(paper.letters)

    def release(by: User) -> Callable[[], object]:
        return lambda: Ticket.objects.get(pk=ticket.pk).release_answer(held.pk, by=by)

    def withdraw() -> None:
        Ticket.objects.get(pk=ticket.pk).withdraw_answer(by=anna)

    results = at_once([release(ilya), release(boris), release(ilya), withdraw])

    assert sum(isinstance(one, Conflict) for one in results) == 3, results
    held.refresh_from_db()
    assert len(paper.letters) - letters == (1 if held.is_released else 0) and fresh(ticket).held_answer is None
    assert Draft.objects.filter(author=anna, mode="reply").exists() is not held.is_released


@pytest.mark.django_db(transaction=True)
def test_the_client_and_the_curator_at_one_moment(
    ticket: Ticket, anna: User, ilya: User, training: Traineeship, paper: Paper
) -> None:
    held = hand_in(ticket, anna)

    def client_writes() -> None:
        Ticket.objects.get(pk=ticket.pk).write_in("Подождите")

    results = at_once([client_writes, lambda: Ticket.objects.get(pk=ticket.pk).release_answer(held.pk, by=ilya)])

    held.refresh_from_db()
    if held.is_released:  # the word came after it and opens the request again
        assert results == [None, held.message] and fresh(ticket).reopened == 1
    else:
        assert isinstance(results[1], Stale) and held.is_waiting and fresh(ticket).held_answer == held.pk
    assert fresh(ticket).due_at
