"""One act for many requests: each by its own right, the result in words; ACCESS-3 by name."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Batch, Seen, Ticket, Topic, Watch
from otklik.desk.tickets.steps import Wait
from tests.fixtures.cast import Write, fresh

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def three(writes: Write) -> list[Ticket]:
    return [writes(f"Дело {number}", subject=f"Дело {number}") for number in range(3)]


def send(browser: Browser, act: str, tickets: list[Ticket] | list[int], **told: Any) -> Any:
    ids = [ticket.pk if isinstance(ticket, Ticket) else ticket for ticket in tickets]
    return browser.post("/queue/bulk/", {"act": act, "ids": ids, **told}, headers=HTMX)


def said(answer: Any) -> str:
    return str(json.loads(answer["HX-Trigger"])["say"]["text"])


def test_the_ones_that_can_be_taken_are_taken_and_who_was_quicker_is_named(
    annas: Browser, anna: User, ilya: User, three: list[Ticket]
) -> None:
    three[0].take(by=ilya)

    answer = send(annas, "take", three)

    assert answer.status_code == 204
    assert said(answer).startswith("2 взято; 1: ") and "Илья Соколов" in said(answer)
    assert [fresh(ticket).owner for ticket in three] == [ilya, anna, anna]
    assert json.loads(answer["HX-Trigger"])["bulk:done"]["numbers"] == [three[1].pk, three[2].pk]


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("take", {}),
        ("unread", {}),
        ("assign", {"owner": "", "sure": "on"}),
        ("close", {"reason": "spam", "sure": "on"}),
        ("labels", {"topic": "none", "tags": "vpn", "sure": "on"}),
        ("priority", {"priority": "4", "sure": "on"}),
        ("aside", {"aside_what": "Спросить", "aside_until": "2099-01-01T10:00:00+03:00", "sure": "on"}),
    ],
)
def test_ACCESS_3_foreign_ones_change_nothing_and_reveal_nothing(
    annas: Browser, three: list[Ticket], line_two: Team, vera: User, act: str, told: dict[str, str]
) -> None:
    Ticket.objects.filter(pk=three[0].pk).update(team=line_two, owner=vera)
    before, entries = Ticket.objects.filter(pk=three[0].pk).values().get(), Entry.objects.count()

    foreign = send(annas, act, [three[0]], **told)
    missing = send(annas, act, [987654], **told)

    assert (foreign.status_code, said(foreign)) == (missing.status_code, said(missing))
    assert Ticket.objects.filter(pk=three[0].pk).values().get() == before
    assert Entry.objects.count() == entries and not Seen.objects.exists()


def test_ACCESS_3_a_dialog_tells_nothing_of_a_foreign_one(
    annas: Browser, three: list[Ticket], line_two: Team, vera: User
) -> None:
    Ticket.objects.filter(pk=three[0].pk).update(team=line_two)

    page = send(annas, "assign", three).content.decode()

    assert "Анна Белова" in page and "Вера" not in page and "Дело 0" not in page


def test_a_reader_without_the_right_to_write_is_refused(client: Browser, quality: User, three: list[Ticket]) -> None:
    client.force_login(quality)

    assert send(client, "take", three).status_code == 403
    assert not Ticket.objects.exclude(owner=None).exists()


def test_given_to_a_colleague_as_one_by_one(
    annas: Browser, anna: User, ilya: User, three: list[Ticket], line_two: Team
) -> None:
    assert send(annas, "assign", three).content.decode().startswith("<dialog")
    three[0].take(by=ilya)
    Ticket.objects.filter(pk=three[1].pk).update(team=line_two, owner=anna)

    answer = send(annas, "assign", three, owner=ilya.pk, sure="on")

    assert said(answer).startswith("1 передано; ")
    assert "Илья Соколов не из этой линии" in said(answer)
    assert fresh(three[1]).owner == anna and fresh(three[2]).owner == ilya


def test_another_line_needs_its_brief(annas: Browser, three: list[Ticket], line_two: Team) -> None:
    asked = send(annas, "line", three, line=line_two.pk, question="Звонок", expected=" ", sure="on")
    assert asked.status_code == 422 and 'id="e-expected"' in asked.content.decode()

    answer = send(annas, "line", three, line=line_two.pk, question="Звонок", expected="Нужен доступ", sure="on")

    assert said(answer) == "3 передано в другую линию"
    assert {fresh(ticket).team for ticket in three} == {line_two}


def test_put_aside_and_closed(annas: Browser, three: list[Ticket]) -> None:
    assert "Возвращ" in (page := send(annas, "aside", three[:1]).content.decode()) or "<dialog" in page
    aside = {"aside_what": "Спросить", "aside_until": "2026-12-20T10:00:00+03:00", "sure": "on"}
    assert said(send(annas, "aside", three[:1], **aside)) == "1 отложено"
    assert fresh(three[0]).status == "scheduled"

    assert send(annas, "close", three[1:], sure="on").status_code == 422
    assert said(send(annas, "close", three[1:], reason="spam", sure="on")) == "2 закрыто"
    again = send(annas, "close", three[1:], reason="spam", sure="on")
    assert said(again).startswith("Ничего не изменено; 2: ")


def test_left_unread(annas: Browser, three: list[Ticket]) -> None:
    for ticket in three:
        annas.get(f"/tickets/{ticket.number}/")

    assert said(send(annas, "unread", three)) == "3 остались непрочитанными"
    assert all(seen.message_id < (fresh(seen.ticket).last_in_id or 0) for seen in Seen.objects.all())


@pytest.mark.parametrize("ids", [[], ["x"], ["٣"]])
def test_none_and_nonsense_are_refused(annas: Browser, three: list[Ticket], ids: list[Any]) -> None:
    answer = annas.post("/queue/bulk/", {"act": "take", "ids": ids}, headers=HTMX)

    assert answer.status_code == 422 and not Ticket.objects.exclude(owner=None).exists()


def test_without_scripts_it_is_a_plain_form(annas: Browser, three: list[Ticket]) -> None:
    answer = annas.post("/queue/bulk/", {"act": "take", "ids": [three[0].pk], "view": "view=line"})

    assert answer["Location"] == "/queue/line/"
    assert annas.post("/queue/bulk/", {"act": "eat", "ids": [1]}).status_code == 404


def test_each_row_costs_a_few_statements(annas: Browser, writes: Write, django_assert_max_num_queries) -> None:
    few, many = ([writes(f"{n}-{k}", subject=f"{n}-{k}") for k in range(n)] for n in (2, 8))
    with django_assert_max_num_queries(60) as asked:
        send(annas, "take", few)
        once = len(asked)
    with django_assert_max_num_queries(once + 6 * 12):  # half of them for what stood before each in the queue
        send(annas, "take", many)


def undo_of(answer: Any) -> str:
    return str(json.loads(answer["HX-Trigger"])["say"]["undo"])


def test_topic_and_tags_for_all_with_one_undo(annas: Browser, anna: User, ilya: User, three: list[Ticket]) -> None:
    topic = Topic(name="Оплата")
    topic.put()
    three[0].tag(["роутер"], by=anna)
    page = send(annas, "labels", three).content.decode()
    assert "Оплата" in page and 'name="remove" value="роутер"' in page

    told = {"topic": topic.pk, "add": ["vpn"], "remove": ["роутер"], "tags": "филиал", "sure": "on"}
    answer = send(annas, "labels", three, **told)
    assert said(answer) == "3 размечено"
    assert all((fresh(one).topic, fresh(one).tags) == (topic, ["vpn", "филиал"]) for one in three)
    assert said(send(annas, "labels", three, **told)) == "Ничего не изменено; 3 уже так"

    three[2] = fresh(three[2])
    three[2].tag(["чужая"], by=ilya)
    back = annas.post(undo_of(answer), headers=HTMX)
    assert said(back).startswith("2 возвращено как было; 1: Кто-то изменил это после вас")
    assert [fresh(one).tags for one in three] == [["роутер"], [], ["чужая"]]
    assert annas.post(undo_of(answer), headers=HTMX).status_code == 422


@pytest.mark.parametrize("told", [{}, {"topic": "keep"}, {"topic": "987"}, {"topic": "x"}, {"tags": "д" * 41}])
def test_labels_that_make_no_sense_say_why(annas: Browser, three: list[Ticket], told: dict[str, str]) -> None:
    answer = send(annas, "labels", three, sure="on", **told)

    assert answer.status_code == 422 and 'class="err"' in answer.content.decode()
    assert not Batch.objects.exists()


def test_a_priority_for_all_comes_back_by_whom_it_was_given(
    annas: Browser, ilya: User, client: Browser, three: list[Ticket]
) -> None:
    assert "<dialog" in send(annas, "priority", three).content.decode()
    assert send(annas, "priority", three, priority="9", sure="on").status_code == 422
    answer = send(annas, "priority", three, priority="4", sure="on")
    assert said(answer) == "у 3 другая важность" and {fresh(one).priority for one in three} == {4}

    other = Browser()
    other.force_login(ilya)
    assert other.post(undo_of(answer), headers=HTMX).status_code == 404
    assert said(annas.post(undo_of(answer), headers=HTMX)) == "3 возвращено как было"
    assert {fresh(one).priority for one in three} == {2}


@pytest.mark.parametrize(
    ("act", "told", "became"),
    [
        ("close", {"reason": "no_answer"}, "closed"),
        ("aside", {"aside_what": "Спросить", "aside_until": "other", "aside_other": "2026-12-24T10:00"}, "scheduled"),
    ],
)
def test_what_was_closed_or_put_aside_by_a_slip_stands_as_before(
    annas: Browser, anna: User, three: list[Ticket], writes: Write, act: str, told: dict[str, str], became: str
) -> None:
    """Nothing was reopened, no clock begins anew; what somebody has turned since stays."""
    with clock.at(clock.now() - timedelta(minutes=20)):
        three[0].reply("Какой номер?", by=anna, then=Wait(clock.now() + timedelta(days=1)))
    before = [fresh(ticket).as_it_stands for ticket in three]
    answer = send(annas, act, three, **told, sure="on")
    assert [fresh(ticket).status for ticket in three] == [became] * 3
    writes("Ещё", token=three[2].conversation.token)

    back = annas.post(undo_of(answer), headers=HTMX)
    assert said(back).startswith("2 возвращено как было; 1: ") and f"№ {three[2].pk}" in said(back)
    assert [fresh(ticket).as_it_stands for ticket in three[:2]] == before[:2]
    assert [fresh(ticket).reopened for ticket in three[:2]] == [0, 0] and fresh(three[2]).is_our_move
    assert not three[0].schedules.filter(taken_back_at=None).exists()
    kinds = Entry.objects.about("ticket", three[0].pk).values_list("kind", flat=True)
    assert "tickets.TurnTakenBack" in kinds and "tickets.TicketReopened" not in kinds
    story = annas.get(f"/tickets/{three[0].number}/").content.decode()
    assert {"close": "закрытие отменено", "aside": "перенос отменён"}[act] in story


def test_colleagues_are_asked_to_watch_many_and_one_press_takes_it_back(
    annas: Browser, anna: User, ilya: User, vera: User, three: list[Ticket], line_two: Team
) -> None:
    Watch.objects.put(three[0], ilya)
    asked = send(annas, "watch", three).content.decode()
    assert "Попросить следить" in asked and ilya.name in asked and vera.name not in asked
    assert send(annas, "watch", three, sure="on").status_code == 422

    answer = send(annas, "watch", three, sure="on", people=[ilya.pk])

    assert said(answer) == "у 2 обращений новые наблюдатели; 1 уже так"
    assert set(Watch.objects.filter(user=ilya).values_list("ticket", flat=True)) == {one.pk for one in three}
    told = Notice.objects.of(ilya.pk).filter(kind=NoticeKind.WATCHED).get().text
    assert told == f"{anna} просит вас следить за 2 обращениями"

    annas.post(json.loads(answer["HX-Trigger"])["say"]["undo"], headers=HTMX)
    assert Watch.objects.filter(user=ilya).values_list("ticket", flat=True).get() == three[0].pk


def test_nobody_is_asked_to_watch_what_they_may_not_see(
    annas: Browser, ilya: User, three: list[Ticket], line_two: Team, vera: User, anna: User
) -> None:
    Ticket.objects.filter(pk=three[0].pk).update(team=line_two, owner=anna)

    answer = send(annas, "watch", three, sure="on", people=[ilya.pk])

    assert f"1: {ilya.name} не может его видеть (№ {three[0].pk})" in said(answer)
    assert not Watch.objects.filter(ticket=three[0]).exists()
    assert Watch.objects.filter(user=ilya).count() == 2
