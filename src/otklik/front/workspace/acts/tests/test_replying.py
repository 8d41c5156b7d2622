"""One answer to many requests: who gets it and who does not, what each reads, when it leaves and how it comes back."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core import mail
from django.test import Client as Browser

from otklik.adapters.sitechat.tests.conftest import Window, chat, window
from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import QuietPeriod
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Sweep, Ticket, Traineeship
from otklik.desk.tickets.models.sweep import State
from otklik.front.workspace import replying, sweep_verbs, sweeping
from otklik.front.workspace.acts.tests.test_sweeps import worked
from tests.fixtures.cast import Write

__all__ = ["chat", "window"]
pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
TEXT = "{{клиент}}, связь восстановлена. Обращение № {{номер}}."


@pytest.fixture
def four(writes: Write) -> list[Ticket]:
    return [
        writes(f"Дело {number}", subject=f"Дело {number}", sender=f"c{number}@volga.test", sender_name=f"Имя{number}")
        for number in range(4)
    ]


def asked(browser: Browser, tickets: list[Ticket], **told: Any) -> Any:
    until = (clock.now() + timedelta(days=3)).isoformat()
    given = {"act": "reply", "ids": [one.pk for one in tickets], "sure": "on", "text": TEXT, "next": "wait"}
    return browser.post("/queue/bulk/", {**given, "wait_until": until, **told}, headers=HTMX)


def begun(browser: Browser, tickets: list[Ticket], **told: Any) -> Sweep:
    answer = asked(browser, tickets, **told)
    assert answer.status_code == 204, answer.content.decode()
    return worked(Sweep.objects.latest("pk"))


def sent(sweep: Sweep, browser: Browser) -> Sweep:
    browser.post(f"/queue/sweeps/{sweep.pk}/go/")
    return worked(Sweep.objects.get(pk=sweep.pk))


def said_to(ticket: Ticket) -> str:
    return ticket.conversation.messages.filter(direction="out").exclude(author=None).latest("pk").text


def test_each_client_reads_their_own_values_and_nothing_leaves_before_it_can_be_taken_back(
    annas: Browser, anna: User, four: list[Ticket]
) -> None:
    sweep = begun(annas, four)
    assert (sweep.state, sweep.done) == (State.READY, 4)
    assert not Outbound.objects.filter(message__author=anna).exists(), "so far it was looked at"
    page = annas.get(f"/queue/sweeps/{sweep.pk}/").content.decode()
    assert f"Имя0, связь восстановлена. Обращение № {four[0].number}." in page and "Ничего не отправлено" in page

    before = clock.now()
    sweep = sent(sweep, annas)

    assert [said_to(one) for one in four] == [
        f"Имя{n}, связь восстановлена. Обращение № {one.number}." for n, one in enumerate(four)
    ]
    leaves = sorted(Outbound.objects.filter(message__author=anna).values_list("not_before", flat=True))
    assert leaves[0] >= before + replying.DELAY
    assert all(later - sooner >= timedelta(seconds=1) for sooner, later in pairwise(leaves))
    for one in four:
        one.refresh_from_db()
        assert (one.owner, one.status) == (anna, "pending_client")


def test_one_press_takes_back_what_has_not_left(annas: Browser, anna: User, four: list[Ticket]) -> None:
    sweep = sent(begun(annas, four), annas)
    gone = Outbound.objects.filter(message__author=anna).earliest("pk")
    Outbound.objects.filter(pk=gone.pk).update(state=Outbound.State.SENT)

    annas.post(f"/queue/sweeps/{sweep.pk}/undo/")
    sweep = worked(sweep)

    assert (sweep.state, sweep.done, sweep.not_done) == (State.UNDONE, 3, 1)
    states = Outbound.objects.filter(message__author=anna).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["sent", "cancelled", "cancelled", "cancelled"]
    four[1].refresh_from_db()
    assert four[1].owner is None and four[1].status == "new"
    assert not Draft.objects.exists(), "the text of many is no draft of one"


def test_who_is_left_out_is_told_with_the_reason(
    annas: Browser, anna: User, ilya: User, four: list[Ticket], writes: Write
) -> None:
    quiet, taken, drafted, fine = four
    QuietPeriod.objects.create(contact=quiet.contact, holds="all", reason="отпуск")
    taken.take(by=ilya)
    drafted.keep_draft("Начато", by=anna, mode="reply", form={})
    closed = writes("Спасибо", subject="Пятое", sender="c9@volga.test")
    closed.close("spam", by=anna)

    sweep = begun(annas, [*four, closed])

    assert sweep.done == 1
    reasons = {why: some for why, _count, some in sweep.reasons}
    assert reasons["отпуск"] == [quiet.pk]
    assert reasons["им занимается коллега"] == [taken.pk]
    assert reasons["там начат другой ваш ответ"] == [drafted.pk]
    assert [closed.pk] in reasons.values()
    sent(sweep, annas)
    assert Outbound.objects.filter(message__author=anna).get().message.conversation == fine.conversation
    assert Draft.objects.get().text == "Начато"


def test_somebody_in_training_answers_nobody_at_once_in_chats_either(
    annas: Browser, anna: User, ilya: User, boris: User, four: list[Ticket], window: Window
) -> None:
    """In a live talk a curator looks along; into many at once nobody does."""
    window.says("Вопрос")
    in_chat = Ticket.objects.latest("pk")
    Ticket.objects.filter(pk=four[0].pk).update(channel_kind="telegram")
    Traineeship.objects.begin(anna, ilya, by=boris)

    sweep = begun(annas, [four[0], in_chat])

    (why, _count, some) = sweep.reasons[0]
    assert sweep.done == 0 and sorted(some) == sorted([four[0].pk, in_chat.pk]) and "Илья Соколов" in why
    sent(sweep, annas)
    assert not Outbound.objects.filter(message__author=anna).exists()


def test_who_wrote_meanwhile_gets_no_answer_that_does_not_know_of_it(
    annas: Browser, four: list[Ticket], writes: Write, anna: User
) -> None:
    sweep = begun(annas, four)
    four[0].conversation.say("x", by=anna, to=["a@b.test"])  # something of ours is no reason
    later = writes("Уже не надо", sender="c1@volga.test", subject="Re: Дело 1", references=["<in-1@volga.test>"])

    sweep = sent(sweep, annas)

    assert sweep.done == 3 and [later.pk] in [some for _why, _count, some in sweep.reasons]


def test_a_client_who_writes_before_it_leaves_gets_nothing_and_the_author_a_draft(
    annas: Browser, anna: User, four: list[Ticket], writes: Write, run_jobs: Callable[[], None]
) -> None:
    sent(begun(annas, four), annas)

    writes("Уже не надо", sender="c1@volga.test", subject="Re: Дело 1", references=["<in-1@volga.test>"])
    run_jobs()

    states = dict(Outbound.objects.filter(message__author=anna).values_list("message__conversation", "state"))
    assert [states[one.conversation_id] for one in four] == ["ready", "cancelled", "ready", "ready"]
    assert Draft.objects.get().conversation_id == four[1].conversation_id
    four[1].refresh_from_db()
    assert four[1].is_our_move
    assert "снова черновик" in Notice.objects.of(anna.pk).filter(about_id=four[1].pk).latest("pk").text


def test_a_field_that_is_empty_or_unknown_is_never_sent(annas: Browser, four: list[Ticket]) -> None:
    wrong = asked(annas, four, text="Здравствуйте, {{фамилия}}!")
    assert wrong.status_code == 422 and "Такого поля нет: {{фамилия}}" in wrong.content.decode()
    assert asked(annas, four, text=" ").status_code == 422
    assert asked(annas, four, wait_until="").status_code == 422

    sweep = begun(annas, four, text="Для {{организация}} всё готово.")
    assert sweep.done == 0 and "нечем заполнить {{организация}}" in sweep.reasons[0][0]


def test_the_first_one_comes_to_oneself(annas: Browser, anna: User, four: list[Ticket]) -> None:
    sweep = begun(annas, four)
    annas.post(f"/queue/sweeps/{sweep.pk}/trial/")

    letter = mail.outbox[-1]
    assert letter.to == [anna.email] and "Имя0, связь восстановлена" in letter.body
    assert not Outbound.objects.filter(message__author=anna).exists()


def test_of_more_than_a_few_a_second_person_reads_it_first(
    annas: Browser, anna: User, boris: User, ilya: User, four: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replying, "ALONE", 3)
    sweep = begun(annas, four)
    address = f"/queue/sweeps/{sweep.pk}/"
    assert sent(sweep, annas).state == State.READY, "nobody else has read it"
    assert annas.post(f"{address}approve/").status_code == 404, "nobody approves their own"
    assert Notice.objects.of(boris.pk).filter(about="sweep", about_id=sweep.pk).exists()

    foreign, lead = Browser(), Browser()
    foreign.force_login(ilya)
    lead.force_login(boris)
    assert foreign.get(address).status_code == 404
    page = lead.get(address).content.decode()
    assert "Имя0, связь восстановлена" in page and "Прочитано: можно отправлять" in page
    assert lead.post(f"{address}go/").status_code == 404, "who reads it does not send it"
    lead.post(f"{address}approve/")

    assert boris.name in annas.get(address).content.decode()
    assert sent(sweep, annas).done == 4


def test_an_approval_is_never_wiped_out_by_asking_for_it(
    annas: Browser, boris: User, four: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both had read the list before either wrote: the word that was given stands, and nobody is asked again."""
    monkeypatch.setattr(replying, "ALONE", 3)
    pk = begun(annas, four).pk
    asking, approving = Sweep.objects.get(pk=pk), Sweep.objects.get(pk=pk)
    late = Sweep.objects.get(pk=pk)
    sweep_verbs.approve(approving, boris)
    asked_before = Notice.objects.filter(person=boris, about="sweep").count()
    asking.told.pop("asked")  # as of a list that grew past the bound after it was looked at
    sweep_verbs.ask_second(asking)

    assert Sweep.objects.get(pk=pk).told["approved_by"] == boris.pk == asking.told["approved_by"]
    assert Notice.objects.filter(person=boris, about="sweep").count() == asked_before
    with pytest.raises(Conflict):
        sweep_verbs.approve(late, boris)


def test_there_is_a_bound(annas: Browser, four: list[Ticket], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replying, "MOST", 3)
    assert asked(annas, four).status_code == 422
    assert not Sweep.objects.exists()


def test_a_second_list_leaves_behind_the_first(annas: Browser, anna: User, four: list[Ticket]) -> None:
    sent(begun(annas, four[:2]), annas)
    sent(begun(annas, four[2:]), annas)

    leaves = list(Outbound.objects.filter(message__author=anna).order_by("pk").values_list("not_before", flat=True))
    assert leaves == sorted(leaves) and leaves[2] - leaves[1] >= replying.EACH - timedelta(seconds=1)


def test_a_stop_ends_it_between_two_portions(
    annas: Browser, anna: User, four: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "PORTION", 2)
    sweep = begun(annas, four)
    annas.post(f"/queue/sweeps/{sweep.pk}/go/")
    assert sweeping.portion(sweep)
    annas.post(f"/queue/sweeps/{sweep.pk}/stop/")
    worked(sweep)

    assert Outbound.objects.filter(message__author=anna).count() == 2


def test_one_press_stops_the_letters_and_takes_back_those_that_have_not_left(
    annas: Browser, anna: User, four: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "PORTION", 2)
    sweep = begun(annas, four)
    annas.post(f"/queue/sweeps/{sweep.pk}/go/")
    assert sweeping.portion(sweep)
    annas.post(f"/queue/sweeps/{sweep.pk}/stop/", {"back": "1"})
    sweep = worked(sweep)

    assert sweep.state == "undone" and sweep.done == 2
    states = Outbound.objects.filter(message__author=anna).values_list("state", flat=True)
    assert list(states) == [Outbound.State.CANCELLED] * 2
