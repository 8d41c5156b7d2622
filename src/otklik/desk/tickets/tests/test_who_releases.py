"""Who reads what somebody in training writes, wherever the request goes meanwhile, and what leaves after that."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from PIL import Image

from otklik.core.journal import clock
from otklik.core.journal.models import Notice
from otklik.core.staff.models import Absence, Role, Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.conversations.models import Attachment, Draft, Message
from otklik.desk.tickets.access import can_read_around, can_read_held, can_release
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Unreleased
from otklik.desk.tickets.models import HeldAnswer, Participant, Ticket, Traineeship
from otklik.desk.tickets.models.releasing import pass_on_late
from otklik.desk.tickets.steps import Resolve, Wait
from tests.fixtures.cast import Paper, Write, fresh, person
from tests.fixtures.races import at_once

pytestmark = pytest.mark.django_db

TEXT = "Здравствуйте, Павел! Порт перезагрузили, проверьте звонок."


@pytest.fixture
def training(anna: User, ilya: User, boris: User) -> Traineeship:
    """Anna is in training, Ilya reads her answers, Boris leads both."""
    return Traineeship.objects.begin(anna, ilya, by=boris)


def hand_in(ticket: Ticket, by: User, text: str = TEXT, **more: object) -> HeldAnswer:
    held = ticket.hand_in(text, by=by, then=Resolve("порт"), **more)
    assert isinstance(held, HeldAnswer)
    return held


def test_by_mail_from_a_talk_is_a_letter(ticket: Ticket, anna: User, training: Traineeship, paper: Paper) -> None:
    """What leaves decides, not what the request came by."""
    Ticket.objects.filter(pk=ticket.pk).update(channel_kind="telegram")
    ticket, letters = fresh(ticket), len(paper.letters)
    assert hand_in(ticket, anna, to=["pavel@volga.test"]).is_waiting
    fresh(ticket).withdraw_answer(by=anna)
    later = clock.now() + timedelta(days=1)
    ways: list[Callable[[], object]] = [
        lambda: fresh(ticket).reply(TEXT, by=anna, then=Wait(later), to=["pavel@volga.test"]),
        lambda: fresh(ticket).send_later(TEXT, later, by=anna, then=Resolve(""), form={}, to=["pavel@volga.test"]),
        lambda: fresh(ticket).send_later(TEXT, later, by=anna, then=Resolve(""), form={}, to=["telegram:7"]),
        lambda: fresh(ticket).forward(TEXT, by=anna, to=["pavel@volga.test"], messages=[ticket.last_message_id or 0]),
    ]
    for way in ways:
        with pytest.raises(Unreleased), transaction.atomic():
            way()
    assert len(paper.letters) == letters


def test_whoever_takes_part_is_no_third_party(
    ticket: Ticket, anna: User, ilya: User, training: Traineeship, door: Channel
) -> None:
    ticket.reply("Уточните", by=ilya, then=Wait(clock.now() + timedelta(days=1)), cc=["boss@volga.test"])
    Participant.objects.create(ticket=ticket, address="second@volga.test", let_in=True, by=ilya)
    first = ticket.conversation.messages.filter(direction="in").earliest("pk")
    Message.objects.filter(pk=first.pk).update(author_address="Other@home.test")
    for address in ("BOSS@volga.test", "second@volga.test", "other@home.test"):
        with pytest.raises(Unreleased), transaction.atomic():
            fresh(ticket).forward(TEXT, by=anna, to=[address], messages=[first.pk])
    assert fresh(ticket).forward(TEXT, by=anna, to=["works@supplier.test"], messages=[first.pk]).author == anna


def test_who_writes_to_no_client_or_is_in_training_releases_nothing(
    ticket: Ticket, anna: User, ilya: User, boris: User, head: User, line_one: Team, training: Traineeship
) -> None:
    rita = person("rita", "Рита Юн", Role.LEAD, line_one)
    held = hand_in(ticket, anna)
    Traineeship.objects.begin(rita, boris, by=head)
    assert not can_release(rita, held) and not HeldAnswer.objects.for_release_of(rita).exists()
    User.objects.filter(pk=ilya.pk).update(role=Role.QUALITY)
    ilya = User.objects.get(pk=ilya.pk)
    held = HeldAnswer.objects.get(pk=held.pk)
    assert not can_release(ilya, held) and not HeldAnswer.objects.for_release_of(ilya).exists()

    fresh(ticket).withdraw_answer(by=anna)
    held = hand_in(fresh(ticket), anna)

    assert held.passed_at, "the curator does not read it any more"
    assert HeldAnswer.objects.owed_by(boris).get() == held
    assert not Notice.objects.of(rita.pk).filter(about="held").exists(), "and nobody in training is asked"


def test_a_stand_in_who_is_in_training_is_not_asked(
    ticket: Ticket, anna: User, ilya: User, boris: User, line_one: Team, training: Traineeship
) -> None:
    rita = person("rita", "Рита Юн", Role.AGENT, line_one)
    Traineeship.objects.begin(rita, boris, by=boris)
    Absence.objects.declare(ilya, by=boris, until=clock.now() + timedelta(days=5), deputy=rita)
    held = hand_in(ticket, anna)
    assert held.passed_at and not can_release(rita, held)
    assert Notice.objects.of(boris.pk).filter(about="held").exists()


def test_in_another_line_its_leads_are_asked_again_and_again(
    ticket: Ticket, anna: User, ilya: User, boris: User, line_one: Team, line_two: Team, training: Traineeship
) -> None:
    other = person("lida", "Лида Ост", Role.LEAD, line_two)
    held = hand_in(ticket, anna)
    HeldAnswer.objects.update(until=clock.now())
    assert pass_on_late() == 1

    fresh(ticket).hand_over(line_two, Brief("суть", "сделано", "вопрос"), by=ilya)

    held = HeldAnswer.objects.get(pk=held.pk)
    assert Notice.objects.of(other.pk).filter(about="held").count() == 1
    assert HeldAnswer.objects.owed_by(other).get() == held and not HeldAnswer.objects.owed_by(ilya).exists()
    assert not can_release(ilya, held) and not can_read_held(ilya, held)
    assert can_read_held(anna, held) and not can_read_around(anna, held), "her own words, and nobody else's"

    fresh(ticket).go_back(line_one, None, "не наше", by=other)
    assert Notice.objects.of(boris.pk).filter(about="held").count() == 2
    assert HeldAnswer.objects.owed_by(ilya).get() == held


def test_where_the_curator_sees_it_there_nobody_else_is_asked(
    ticket: Ticket, anna: User, boris: User, head: User, line_two: Team
) -> None:
    Traineeship.objects.begin(anna, head, by=boris)
    held, other = hand_in(ticket, anna), person("lida", "Лида Ост", Role.LEAD, line_two)
    fresh(ticket).hand_over(line_two, Brief("суть", "сделано", "вопрос"), by=boris)
    assert HeldAnswer.objects.get(pk=held.pk).passed_at is None
    assert not Notice.objects.of(other.pk).filter(about="held").exists()


def test_a_join_leaves_the_text_where_the_talk_goes_on(
    ticket: Ticket, anna: User, ilya: User, training: Traineeship, writes: Write
) -> None:
    other = writes("Звука нет", subject="Другое")
    hand_in(ticket, anna)

    fresh(ticket).merge_into(other, by=ilya)

    assert Draft.objects.get(author=anna, mode="reply").conversation_id == other.conversation_id
    assert HeldAnswer.objects.get().why == "turned" and fresh(ticket).held_answer is None


def test_a_picture_taken_out_of_the_text_does_not_leave_beside_it(
    ticket: Ticket, anna: User, ilya: User, training: Traineeship
) -> None:
    png = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(png, "PNG")
    names = (("схема.png", "image/png"), ("лишнее.txt", "text/plain"), ("нужное.txt", "text/plain"))
    shown, left_out, along = (
        Attachment.objects.upload(ticket.conversation, SimpleUploadedFile(name, png.getvalue(), kind), anna)
        for name, kind in names
    )
    text = f"{TEXT}\n\n![схема](cid:{shown.key})"
    held = hand_in(ticket, anna, text=text, files=[shown, left_out, along])

    message = fresh(ticket).release_answer(held.pk, by=ilya, text=TEXT, files=[str(along.key), str(shown.key)])

    assert list(message.attachments.all()) == [along]


def test_files_that_nobody_was_asked_about_all_go(
    ticket: Ticket, anna: User, ilya: User, training: Traineeship
) -> None:
    file = Attachment.objects.make(ticket.conversation, "схема.txt", "text/plain", b"...", anna)
    message = fresh(ticket).release_answer(hand_in(ticket, anna, files=[file]).pk, by=ilya)
    assert list(message.attachments.all()) == [file]


def test_the_key_of_an_answer_outlives_its_release(
    ticket: Ticket, anna: User, ilya: User, boris: User, training: Traineeship, paper: Paper
) -> None:
    held, letters = hand_in(ticket, anna, key="k1"), len(paper.letters)
    sent = fresh(ticket).release_answer(held.pk, by=ilya)
    fresh(ticket).keep_draft(TEXT, by=anna, mode="reply", form={}, key="k1")
    assert not Draft.objects.filter(author=anna).exists(), "a save that came after it is too late"
    assert fresh(ticket).hand_in(TEXT, by=anna, then=Resolve(""), key="k1").pk == held.pk
    training.end(by=boris)
    assert fresh(ticket).hand_in(TEXT, by=anna, then=Resolve(""), key="k1") == sent
    assert len(paper.letters) == letters + 1


def test_a_key_whose_answer_came_back_hands_in_anew(
    ticket: Ticket, anna: User, ilya: User, training: Traineeship
) -> None:
    first = hand_in(ticket, anna, key="k1")
    fresh(ticket).return_answer(first.pk, by=ilya, words="Спросите порт")
    again = hand_in(fresh(ticket), anna, key="k1")
    assert again.pk != first.pk and again.is_waiting


def test_broken_ones_do_not_keep_the_others(
    ticket: Ticket, writes: Write, anna: User, boris: User, training: Traineeship, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many stand before them."""
    hand_in(ticket, anna)
    last = hand_in(writes("Ещё", subject="Другое"), anna)
    HeldAnswer.objects.update(until=clock.now() - timedelta(hours=1))
    HeldAnswer.objects.filter(pk=last.pk).update(until=clock.now())
    whole, limits = Ticket.pass_held_on, []

    def breaks(self: Ticket, number: int) -> bool:
        limits.append(number)
        if number != last.pk:
            raise RuntimeError("broken")
        return whole(self, number)

    monkeypatch.setattr(Ticket, "pass_held_on", breaks)
    with connection.execute_wrapper(_without_limit):
        assert pass_on_late() == 1
    assert len(limits) == 2 and HeldAnswer.objects.get(pk=last.pk).passed_at


def _without_limit(execute: Callable[..., object], sql: str, *rest: object) -> object:
    assert 'FROM "tickets_heldanswer"' not in sql or "LIMIT 200" not in sql, "a first page can be full of broken ones"
    return execute(sql, *rest)


@pytest.mark.django_db(transaction=True)
def test_the_curator_leaves_while_somebody_releases(
    ticket: Ticket, anna: User, ilya: User, boris: User, writes: Write, paper: Paper
) -> None:
    """Both hold the request first and the training then: neither is killed by the database."""
    Traineeship.objects.begin(anna, ilya, by=boris, in_a_row=1)
    held = hand_in(ticket, anna)
    for number in range(3):
        hand_in(writes("Не звонит", subject=f"Дело {number}", sender=f"c{number}@volga.test"), anna)

    results = at_once(
        [
            lambda: Ticket.objects.get(pk=ticket.pk).release_answer(held.pk, by=boris),
            lambda: User.objects.get(pk=ilya.pk).deactivate(),
            lambda: User.objects.get(pk=anna.pk).deactivate(),
        ]
    )

    assert "deadlock" not in str(results), results
    assert results[1:] == [None, None], results
    assert all(one.passed_at for one in HeldAnswer.objects.waiting())
