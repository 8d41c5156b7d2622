"""An answer to many until it leaves: what calls it off, who takes it back, how many one person may send alone."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser

from otklik.core.audit.models import Line
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.models import Sweep, Ticket
from otklik.desk.tickets.models.sweep import State
from otklik.desk.tickets.steps import Wait
from otklik.front.workspace import replying, sweeping
from otklik.front.workspace.acts.sent import Sent
from otklik.front.workspace.acts.tests.test_replying import asked, begun, four, sent
from otklik.front.workspace.acts.tests.test_sweeps import worked
from tests.fixtures.cast import Write, fresh

__all__ = ["four"]
pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def borises(boris: User) -> Browser:
    browser = Browser()
    browser.force_login(boris)
    return browser


def states(tickets: list[Ticket], by: User) -> list[str]:
    told = dict(Outbound.objects.filter(message__author=by).values_list("message__conversation", "state"))
    return [told[one.conversation_id] for one in tickets]


def told(person: User, ticket: Ticket) -> str:
    return Notice.objects.of(person.pk).filter(about="ticket", about_id=ticket.pk).latest("pk").text


def test_whatever_is_done_by_hand_calls_it_off(
    annas: Browser, anna: User, ilya: User, four: list[Ticket], tomorrow: datetime
) -> None:
    answered, called, joined, passed_on = four
    sent(begun(annas, four), annas)

    fresh(answered).reply("Смотрим", by=ilya, then=Wait(tomorrow))
    assert (fresh(answered).owner, fresh(answered).status) == (ilya, "pending_client")
    fresh(called).answer_aloud("Позвонил", by=ilya)
    fresh(joined).merge_into(fresh(answered), by=ilya, disclose=True)
    letter = passed_on.conversation.messages.earliest("pk")
    fresh(passed_on).forward("Проверьте", by=ilya, to=["third@party.test"], messages=[letter.pk])

    left = Outbound.objects.filter(message__author=anna).values_list("state", flat=True)
    assert list(left) == ["cancelled"] * 4
    assert fresh(passed_on).is_our_move, "nobody has answered the client"
    assert all("не уйдёт" in told(anna, one) for one in four) and "Илья Соколов" in told(anna, called)
    drafts = Draft.objects.filter(author=anna, mode=Draft.Mode.REPLY)
    assert {one.conversation_id for one in drafts} >= {one.conversation_id for one in (answered, called, passed_on)}


def test_ones_own_hand_is_enough_too(annas: Browser, anna: User, four: list[Ticket], tomorrow: datetime) -> None:
    sent(begun(annas, four), annas)
    fresh(four[0]).reply("Иначе", by=anna, then=Wait(tomorrow), drafted=True)

    assert Outbound.objects.filter(message__author=anna, state="ready").count() == 4
    own = Outbound.objects.filter(message__conversation=four[0].conversation, message__author=anna)
    assert list(own.order_by("pk").values_list("state", flat=True)) == ["cancelled", "ready"]
    assert not Draft.objects.exists() and "вы сами" in told(anna, four[0])


def test_a_second_answer_to_many_waits_for_the_first(annas: Browser, anna: User, four: list[Ticket]) -> None:
    sent(begun(annas, four[:2]), annas)
    sweep = begun(annas, four)

    assert sweep.done == 2 and "уходит другой ответ" in sweep.reasons[0][0]


def test_the_desk_took_it_back_and_not_its_author(
    annas: Browser, anna: User, four: list[Ticket], writes: Write, run_jobs: Callable[[], None]
) -> None:
    sent(begun(annas, four), annas)
    writes("Уже не надо", sender="c1@volga.test", subject="Re: Дело 1", references=["<in-1@volga.test>"])
    run_jobs()

    assert Entry.objects.get(kind="tickets.AnswerTakenBack").actor_id is None


def test_what_was_begun_since_outlives_taking_it_all_back(annas: Browser, anna: User, four: list[Ticket]) -> None:
    sweep = sent(begun(annas, four), annas)
    fresh(four[0]).keep_draft("Начато потом", by=anna, mode="reply", form={})

    annas.post(f"/queue/sweeps/{sweep.pk}/undo/")
    assert worked(sweep).state == State.UNDONE
    assert Draft.objects.get().text == "Начато потом"


def test_it_comes_back_for_as_long_as_a_letter_waits(
    annas: Browser, anna: User, four: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep = sent(begun(annas, four), annas)
    Sweep.objects.filter(pk=sweep.pk).update(ended_at=clock.now() - timedelta(minutes=30))
    assert "Не ушло 4 письма" in annas.get(f"/queue/sweeps/{sweep.pk}/").content.decode()
    first = Outbound.objects.filter(message__author=anna).earliest("pk")
    Outbound.objects.filter(pk=first.pk).update(state="sent", sent_at=clock.now())

    annas.post(f"/queue/sweeps/{sweep.pk}/undo/")
    assert worked(sweep).done == 3

    again = sent(begun(annas, four[1:2]), annas)
    Outbound.objects.filter(state="ready").update(state="sent", sent_at=clock.now())
    assert not again.can_be_undone and annas.post(f"/queue/sweeps/{again.pk}/undo/")
    assert worked(again).state == State.DONE, "nothing is left that could come back"


def test_whoever_decides_on_the_line_stops_it_and_takes_it_back(
    annas: Browser, anna: User, borises: Browser, boris: User, ilya: User, head: User, four: list[Ticket]
) -> None:
    foreign = Browser()
    foreign.force_login(ilya)
    sweep = sent(begun(annas, four), annas)
    address = f"/queue/sweeps/{sweep.pk}/"
    assert foreign.post(f"{address}undo/").status_code == 404 == foreign.post(f"{address}stop/").status_code
    assert "Вернуть" in borises.get(address).content.decode()

    borises.post(f"{address}undo/")
    assert worked(sweep).state == State.UNDONE
    assert states(four, anna) == ["cancelled"] * 4
    assert set(Entry.objects.filter(kind="tickets.AnswerTakenBack").values_list("actor", flat=True)) == {boris.pk}
    assert "остановлен" in Notice.objects.of(anna.pk).filter(about="sweep").latest("pk").text
    assert Line.objects.filter(kind="tickets.AnswerToManyHalted", actor=boris).exists()

    waiting, heads = begun(annas, four), Browser()
    heads.force_login(head)
    heads.post(f"/queue/sweeps/{waiting.pk}/stop/")
    waiting.refresh_from_db()
    assert waiting.state == State.STOPPED


def test_two_presses_that_stop_it_and_take_it_back_tell_its_author_once(
    annas: Browser,
    anna: User,
    borises: Browser,
    boris: User,
    four: list[Ticket],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The trail has the letters as they were when the list was held; too late for all is said to who pressed."""
    monkeypatch.setattr(sweeping, "PORTION", 2)
    sweep = begun(annas, four)
    annas.post(f"/queue/sweeps/{sweep.pk}/go/")
    assert sweeping.portion(sweep)
    for _press in range(2):
        borises.post(f"/queue/sweeps/{sweep.pk}/stop/", {"back": "1"})
    assert Notice.objects.of(anna.pk).filter(about="sweep", text__contains="остановлен").count() == 1
    assert Line.objects.filter(kind="tickets.AnswerToManyHalted", actor=boris).count() == 1
    assert Entry.objects.get(kind="tickets.AnswerToManyHalted").data["letters"] == 2
    Outbound.objects.filter(message__author=anna).update(state="sent", sent_at=clock.now())

    sweep = worked(sweep)
    assert sweep.state == State.STOPPED and sweep.done == 2
    assert Notice.objects.of(boris.pk).filter(about="sweep", text__contains="вернуть не удалось").count() == 1
    assert not Notice.objects.of(anna.pk).filter(text__contains="вернуть не удалось").exists()


def test_who_wrote_while_the_dialog_was_open_is_left_out(
    annas: Browser, four: list[Ticket], writes: Write, anna: User
) -> None:
    dialog = annas.post(
        "/queue/bulk/", {"act": "reply", "ids": [one.pk for one in four]}, headers={"HX-Request": "true"}
    )
    seen = dialog.context["seen"]
    assert f'name="seen" value="{seen}"' in dialog.content.decode()
    writes("Ещё вопрос", sender="c1@volga.test", subject="Re: Дело 1", references=["<in-1@volga.test>"])

    assert asked(annas, four, seen=seen).status_code == 204
    sweep = worked(Sweep.objects.latest("pk"))
    assert sweep.done == 3


def test_what_was_read_first_stands_in_the_trail(
    annas: Browser, anna: User, borises: Browser, boris: User, four: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replying, "ALONE", 3)
    sweep = begun(annas, four)
    borises.post(f"/queue/sweeps/{sweep.pk}/approve/")

    line = Line.objects.get(kind="tickets.AnswerToManyApproved")
    assert line.actor == boris and line.after == {"author_id": anna.pk, "letters": 4}


def test_the_text_and_those_who_get_it_are_read_by_the_second_person(
    annas: Browser, anna: User, ilya: User, borises: Browser, four: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replying, "ALONE", 2)
    four[0].take(by=ilya)
    sweep = begun(annas, four)

    page = borises.get(f"/queue/sweeps/{sweep.pk}/").content.decode()
    assert "{{клиент}}, связь восстановлена" in page, "as it was written"
    assert "Имя1, связь" in page and "Имя0, связь" not in page, "a colleague works on that one"

    borises.post(f"/queue/sweeps/{sweep.pk}/approve/")
    done = annas.get(f"/queue/sweeps/{sent(sweep, annas).pk}/").content.decode()
    assert "Имя1, связь" in done and "Имя0, связь" not in done


def test_samples_come_with_the_last_answer_of_the_poll(annas: Browser, four: list[Ticket]) -> None:
    asked(annas, four)
    sweep = Sweep.objects.latest("pk")
    address, part = f"/queue/sweeps/{sweep.pk}/", {"HX-Request": "true", "HX-Request-Type": "partial"}
    assert "Появятся здесь" in annas.get(address).content.decode()
    assert 'id="samples"' not in annas.get(address, headers=part).content.decode()
    worked(sweep)
    polled = annas.get(address, headers=part).content.decode()
    assert 'id="samples" hx-swap-oob="true"' in polled and "Имя0, связь" in polled


def test_a_list_that_has_grown_stops_at_what_one_may_send_alone(
    annas: Browser, anna: User, four: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep = begun(annas, four)
    monkeypatch.setattr(sweeping, "PORTION", 2)
    monkeypatch.setattr(replying, "ALONE", 3)
    Sweep.objects.filter(pk=sweep.pk).update(done=2)  # so many could be answered when it was looked at

    sweep = sent(Sweep.objects.get(pk=sweep.pk), annas)

    assert (sweep.state, sweep.done) == (State.STOPPED, 3)
    assert Outbound.objects.filter(message__author=anna).count() == 3
    assert "без второго человека" in annas.get(f"/queue/sweeps/{sweep.pk}/").content.decode()


def test_who_is_left_out_stops_nothing(
    annas: Browser, anna: User, ilya: User, four: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    four[3].take(by=ilya)
    monkeypatch.setattr(replying, "ALONE", 3)

    sweep = sent(begun(annas, four), annas)

    assert (sweep.state, sweep.done, sweep.not_done) == (State.DONE, 3, 1)


def test_one_list_after_the_other_is_no_way_round(
    annas: Browser, anna: User, boris: User, four: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replying, "ALONE", 3)
    one, two = begun(annas, four[:2]), begun(annas, four[2:])
    sent(one, annas)

    assert sent(two, annas).state == State.READY, "with the first one it is more than one may send alone"
    assert Notice.objects.of(boris.pk).filter(about="sweep", about_id=two.pk).exists()
    Outbound.objects.filter(message__author=anna).update(state="sent", sent_at=clock.now())
    assert sent(two, annas).done == 2


def test_a_letter_that_is_tried_again_delays_nobody(annas: Browser, anna: User, four: list[Ticket]) -> None:
    sent(begun(annas, four[:2]), annas)
    retried = Outbound.objects.filter(message__author=anna).earliest("pk")
    Outbound.objects.filter(pk=retried.pk).update(attempt=3, not_before=clock.now() + timedelta(hours=6))

    sent(begun(annas, four[2:]), annas)

    leaves = Outbound.objects.filter(message__author=anna).exclude(pk=retried.pk).values_list("not_before", flat=True)
    assert max(leaves) < clock.now() + replying.DELAY + timedelta(minutes=1)


def test_no_stray_press_takes_back_one_of_many(
    annas: Browser, anna: User, ilya: User, four: list[Ticket], writes: Write, tomorrow: datetime
) -> None:
    other = writes("Пятое", subject="Пятое", sender="c9@volga.test")
    message = other.reply("Отдельно", by=anna, then=Wait(tomorrow), undo=30)
    sent(begun(annas, four), annas)

    assert (found := Sent.last_of(anna)) is not None and found.message == message
    assert Sent.of(fresh(four[0]), anna) is not None, "in its own request it can be"


def test_what_nobody_has_read_is_not_forgotten_without_a_word(
    annas: Browser, anna: User, boris: User, four: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replying, "ALONE", 3)
    sweep = begun(annas, four)
    Sweep.objects.filter(pk=sweep.pk).update(at=clock.now() - DAY - timedelta(minutes=1))

    replying.give_up()
    Sweep.objects.forget_old()

    assert not Sweep.objects.exists() and "никто не прочитал" in Notice.objects.of(anna.pk).latest("pk").text
    assert not Notice.objects.filter(about="sweep").exists(), "no line leads to a page that is gone"
    assert Notice.objects.of(boris.pk).exists()
