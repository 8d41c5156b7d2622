"""The lead's board: what it says, to whom, and what is moved on it."""

import json
import re
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from otklik.core import recent
from otklik.core.calendar.models import CalendarException
from otklik.core.journal import clock
from otklik.core.staff.models import Absence, Availability, Membership, Takes, Team, User
from otklik.desk.calls.hearing import hear
from otklik.desk.calls.models import Extension
from otklik.desk.calls.told import Kind, Told
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PutAside
from otklik.front.board import shift_queries
from otklik.team.metrics.days import midnight
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading, TicketFact
from otklik.team.metrics.seen import Seen
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def board(client: Browser, boris: User) -> Browser:
    client.force_login(boris)
    return client


@pytest.fixture
def three(writes: Write) -> list[Ticket]:
    return [writes(f"Дело {number}", subject=f"Дело {number}", sender=f"c{number}@else.test") for number in range(3)]


def page_of(browser: Browser, address: str = "/board/shift/") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def said(answer: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(answer["HX-Trigger"])["say"]
    return told


def test_a_quiet_desk_says_so(board: Browser, line_one: Team) -> None:
    page = page_of(board)
    assert "<h1>Никто из клиентов не ждёт ответа</h1>" in page
    assert "В работе ничего нет" in page and "Ни в одном канале никто не ждёт" in page


def test_the_worst_stands_in_the_headline_with_who_waits_longest(
    board: Browser, three: list[Ticket], anna: User, boris: User
) -> None:
    three[0].take(by=anna)
    page = page_of(board)
    assert "<h1>В ближайшие два часа срок у 3 обращений</h1>" in page
    assert "отвечает Анна Белова" in page and "<b>3</b><span>ждут ответа, в работе 3" in page

    with clock.at(clock.now() + timedelta(days=1)):
        late = page_of(board)
    assert "<h1>3 обращения опоздали</h1>" in late and "клиенты ждут, а готовых нет" in late
    assert "опоздали: 1</span>" in late  # of Anna's own


def test_presence_load_and_room_of_people(board: Browser, three: list[Ticket], anna: User, ilya: User) -> None:
    Membership.objects.filter(user=anna).update(capacity={"paper": 1})
    anna.say(Availability.READY, by=anna)
    three[0].take(by=anna)
    Absence.objects.declare(ilya, by=ilya, until=clock.now() + timedelta(days=3))

    page = page_of(board)

    assert "в работе 1 из 1" in page and "готовы 2 из 3" in page
    assert 'data-why="Илья Соколов отсутствует."' in page and "вернётся" in page


def test_lists_of_nobodys_of_one_person_and_of_third_parties(
    board: Browser, three: list[Ticket], anna: User, tomorrow: datetime
) -> None:
    three[0].take(by=anna)
    three[1].reply("Ждём", by=anna, then=PutAside(tomorrow, "Спросим", agreed=True, whom="Магистраль"))

    nobodys, annas = page_of(board, "/board/shift/?show=nobody"), page_of(board, f"/board/shift/?owner={anna.pk}")
    third = page_of(board, "/board/shift/?show=third")

    assert f'id="r{three[2].pk}"' in nobodys and f'id="r{three[0].pk}"' not in nobodys
    assert f'id="r{three[0].pk}"' in annas and "В работе: Анна Белова" in annas
    assert "ждём: Магистраль с" in third and "клиенту напишем" in third and f'id="r{three[2].pk}"' not in third
    assert "третьи лица: 1" in third
    for odd in ("?show=?", "?owner=x", "?team=999", "?owner=999999999999999999999"):
        assert page_of(board, f"/board/shift/{odd}")


def test_leads_see_their_lines_agents_nothing_and_the_head_all(
    client: Browser, three: list[Ticket], boris: User, anna: User, head: User, quality: User, line_two: Team
) -> None:
    Ticket.objects.filter(pk=three[0].pk).update(team=line_two)
    for user, sees, moves in ((boris, False, True), (head, True, True), (quality, True, False)):
        client.force_login(user)
        page = page_of(client, "/board/shift/")
        assert (f'id="r{three[0].pk}"' in page, 'draggable="true"' in page) == (sees, moves), user

    client.force_login(anna)
    assert client.get("/board/shift/").status_code == 403
    assert client.post("/board/shift/give/", {"ids": [three[1].pk], "owner": anna.pk}).status_code == 403
    client.force_login(quality)
    assert client.post("/board/shift/give/", {"ids": [three[1].pk], "owner": anna.pk}).status_code == 403


def test_given_to_a_person_with_one_undo(board: Browser, three: list[Ticket], anna: User, ilya: User) -> None:
    three[0].take(by=ilya)
    ids = [ticket.pk for ticket in three]

    answer = board.post("/board/shift/give/", {"ids": ids, "owner": anna.pk}, headers=HTMX)
    assert said(answer)["text"] == "3 передано" and set(Ticket.objects.values_list("owner", flat=True)) == {anna.pk}

    back = board.post(said(answer)["undo"], headers=HTMX)
    assert said(back)["text"] == "3 возвращено как было"
    assert list(Ticket.objects.order_by("pk").values_list("owner", flat=True)) == [ilya.pk, None, None]
    assert board.post(said(answer)["undo"], headers=HTMX).status_code == 422


def test_who_cannot_get_it_is_named_with_the_reason(
    board: Browser, three: list[Ticket], anna: User, vera: User, line_two: Team
) -> None:
    Absence.objects.declare(anna, by=anna, until=clock.now() + timedelta(days=3))
    ids = [three[0].pk]

    dialog = board.post("/board/shift/give/", {"ids": ids}, headers=HTMX).content.decode()
    assert f'value="{anna.pk}" disabled' in dialog and "Вера Лис" not in dialog

    for person, words in ((anna, "Анна Белова отсутствует"), (vera, "Вера Лис не из этой линии")):
        answer = board.post("/board/shift/give/", {"ids": ids, "owner": person.pk}, headers=HTMX)
        assert said(answer)["text"].startswith("Ничего не изменено; 1: ") and words in said(answer)["text"]
    assert board.post("/board/shift/give/", {"ids": ids, "owner": "999"}, headers=HTMX).status_code == 422
    assert board.post("/board/shift/give/", {"ids": [], "owner": ""}, headers=HTMX).status_code == 422


def test_another_line_asks_what_it_is_about(board: Browser, three: list[Ticket], line_two: Team) -> None:
    ids = [ticket.pk for ticket in three]
    asked = board.post("/board/shift/pass/", {"ids": ids, "line": line_two.pk}, headers=HTMX)
    assert asked.status_code == 200 and f'value="{line_two.pk}" checked' in asked.content.decode()
    bare = board.post("/board/shift/pass/", {"ids": ids, "line": line_two.pk, "sure": "on"}, headers=HTMX)
    assert bare.status_code == 422 and 'class="err"' in bare.content.decode()

    words = {"question": "Звонок", "expected": "Доступ", "sure": "on"}
    answer = board.post("/board/shift/pass/", {"ids": ids, "line": line_two.pk, **words}, headers=HTMX)
    assert said(answer)["text"] == "3 передано в другую линию"
    assert said(board.post(said(answer)["undo"], headers=HTMX))["text"] == "3 возвращено как было"
    assert not Ticket.objects.filter(team=line_two).exists()


def test_ACCESS_foreign_requests_are_not_moved_and_not_told_of(
    board: Browser, three: list[Ticket], anna: User, line_two: Team
) -> None:
    Ticket.objects.filter(pk=three[0].pk).update(team=line_two)
    foreign = board.post("/board/shift/give/", {"ids": [three[0].pk], "owner": anna.pk}, headers=HTMX)
    missing = board.post("/board/shift/give/", {"ids": [987654], "owner": anna.pk}, headers=HTMX)
    assert said(foreign) == said(missing) and Ticket.objects.get(pk=three[0].pk).owner is None


def test_without_scripts_it_is_a_plain_form(board: Browser, three: list[Ticket], anna: User) -> None:
    answer = board.post("/board/shift/give/", {"ids": [three[0].pk], "owner": anna.pk})
    assert answer["Location"] == "/board/shift/" and "1 передано" in page_of(board)
    assert "<dialog" not in board.post("/board/shift/give/", {"ids": [three[0].pk]}).content.decode()


def test_lines_and_channels_of_what_waits(board: Browser, three: list[Ticket], anna: User, line_two: Team) -> None:
    three[0].take(by=anna)
    Ticket.objects.filter(pk=three[2].pk).update(team=line_two)
    User.objects.get(login="boris").memberships.create(team=line_two)

    table = page_of(board).partition("Линии и каналы</h2>")[2]
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)[1:]]

    assert [(row[0], row[-1]) for row in rows] == [("Paper", "3"), ("Paper,", "2"), ("Paper,", "1")]
    assert table.count('data-l="ничьи">1<') == 2 and table.count('data-l="ничьи">2<') == 1


def test_people_by_state(board: Browser, line_one: Team, anna: User, ilya: User) -> None:
    anna.say(Availability.READY, by=anna)
    Absence.objects.declare(ilya, by=ilya, until=clock.now() + timedelta(days=3))
    told = page_of(board).partition('class="states')[2].partition("</p>")[0]
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", told))
    assert "готовы 2" in said and "вне смены 1" in said and "заняты 0" in said, said
    anna.say(Availability.BREAK, by=anna)
    phone = Channel.objects.create(kind="phone", name="8-800", address="+78005551020", team=line_one)
    Extension.objects.create(user=anna, number="101")
    on_break = page_of(board).partition('class="states')[2].partition("</p>")[0]
    for second, kind in enumerate((Kind.RINGING, Kind.ANSWERED)):
        hear(phone, "c1", Told(kind, clock.now(), f"c1-{second}", extension="101", number="+79000000001"))
    talks = page_of(board).partition('class="states')[2].partition("</p>")[0]
    assert ["на перерыве <b>1</b>" in told for told in (on_break, talks)] == [True, False]
    assert ["на звонке <b>1</b>" in told for told in (on_break, talks)] == [False, True], "whatever was said"


def test_UI_122_who_is_ready_is_told_by_the_kind_of_work(
    board: Browser, three: list[Ticket], anna: User, ilya: User, boris: User
) -> None:
    """Somebody writes, and those who are ready take calls and chats: a figure of ready ones alone would calm."""
    for one in (boris, ilya, anna):
        one.say(Availability.READY, by=one, takes=Takes.CALLS)
    anna.say(Availability.READY, by=anna, takes=Takes.LIVE)
    page = page_of(board)
    card = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition('class="staff"')[2].partition("</article>")[0]))
    assert "готовы 3 из 3: только звонки 2, звонки и чаты 1" in card, card
    states = page.partition('class="states')[2].partition("</p>")[0]
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", states))
    assert "готовы 0" in said and "только звонки 2" in said and "звонки и чаты 1" in said, said
    assert "Первая линия: кто-то ждёт, а из готовых этого никто не берёт (" in page

    anna.say(Availability.READY, by=anna, takes=Takes.WRITING)
    page = page_of(board)
    assert "только письма 1" in page and "этого никто не берёт" not in page


def test_what_will_come_stands_beside_what_came(board: Browser, three: list[Ticket], line_one: Team) -> None:
    """Four a day at noon for five weeks; today three so far, with or without the weeks before."""
    TicketFact.objects.count({ticket.pk for ticket in three})
    today = timezone.localtime(clock.now()).date()
    short = page_of(board)
    assert "Истории мало" in short and "Сегодня пришло 3 обращения" in short

    seen: Counter[Seen] = Counter()
    for back in range(1, 36):
        at = midnight(today - timedelta(days=back)) + timedelta(hours=12)
        rest = (line_one.pk, None, "paper", None, None, None, three[0].contact_id, None)
        seen[Seen(Measure.OPENED.value, at, 0, 0, *rest)] = 4
    seen[Seen(Measure.OPENED.value, clock.now(), 0, 0, *rest)] = 1
    Reading.objects.replace({three[0].pk: seen})
    recent.forget()

    page = page_of(board).replace("\xa0", " ")
    assert "за весь день: 4,0 (4,0…4,0)" in page and "как неделю назад" in page
    assert "прогноз дня ошибался на 0 %" in page
    told = page.partition('id="next-hours"')[2].partition("</table>")[0]
    rows = [
        re.sub(r"<[^>]+>", " ", row).split()
        for row in re.findall(r"<tr.*?</tr>", told.replace('<tr><th scope="row">', '<tr class="row">'), re.DOTALL)
    ]
    assert [row[0] for row in rows[1:]] == ["Первая", "Paper"], rows
    hours = [(timezone.localtime(clock.now()).hour + ahead) % 24 for ahead in range(4)]
    assert rows[0][2:][1:5] == [f"{hour}–{hour + 1}" for hour in hours], rows[0]
    expected = ["4,0" if hour == 12 else "0" for hour in hours]
    assert [value for value in rows[2] if "…" not in value][1:5] == expected, rows[2]
    assert rows[2][-2:] == ["0", "%"], "no hour was missed"
    assert "В сумме предсказано столько же, сколько пришло." in page
    assert "Относительно прошлой недели (MASE)" in page and "Куда ошибается" in page
    hours = re.findall(r'<th scope="row">(сегодня|завтра), (\d+):00</th>', page)
    assert len(hours) == 48 and '<td class="r">4,0</td>' in page

    CalendarException.objects.create(calendar=line_one.calendar, date=today)
    recent.forget()
    assert "особый день" in page_of(board)


def test_it_costs_as_many_statements_for_many_as_for_few(
    board: Browser, writes: Write, anna: User, line_one: Team
) -> None:
    counted = []
    for many in (2, 6):
        for number in range(many):
            writes(f"{many}-{number}", sender=f"{many}-{number}@else.test").take(by=anna)
        board.get("/board/shift/")
        with CaptureQueriesContext(connection) as asked:
            board.get("/board/shift/")
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 18, counted


OTHERS = (
    "INSERT INTO conversations_conversation (subject, token, created_at, channel_id, contact_id)"
    " SELECT 'others', 'others-' || n, now(), channel_id, contact_id"
    " FROM conversations_conversation, generate_series(1, 4000) AS n WHERE id = %(talk)s",
    "INSERT INTO tickets_ticket (key, status, next_step, next_note, due_at, due_from, version, subject, contact_name,"
    " client_name, channel_kind, preview, last_speaker, message_count, delivery_trouble, sender_doubtful, moves,"
    " reopened, returned, opened_at, last_at, contact_id, conversation_id, team_id, priority, class_name, class_rank)"
    " SELECT gen_random_uuid(), CASE id / 10 %% 2 WHEN 0 THEN 'scheduled' ELSE 'pending_client' END, 'wait', '',"
    " now() + id * interval '1 s', now(), 1, '', '', '', 'email', '', '', 1, false, false, 0, 0, '', now(), now(),"
    " contact_id, id, (%(lines)s::bigint[])[1 + id %% 10], 2, '', 100"
    " FROM conversations_conversation WHERE subject = 'others'",
    "ANALYZE tickets_ticket",
)
"""What waits in ten other lines, so that an index of all lines is no match for that of each."""


def test_each_line_gives_a_bounded_part_of_an_index(three: list[Ticket], line_one: Team) -> None:
    """However many wait, a walk ends at the cap; no statement reads the table from end to end."""
    others = [Team.objects.create(name=f"Линия {n}", calendar=line_one.calendar).pk for n in range(10)]
    parameters: dict[str, Any] = {
        "lines": [line_one.pk],
        "now": clock.now(),
        "ahead": clock.now(),
        "most": 50,
        "limit": 50,
        "owner": 1,
    }
    nearest = [
        shift_queries.NEAREST.format(columns=shift_queries.COLUMNS, condition=condition)
        for condition in shift_queries.SHOWN.values()
    ]
    nearest.append(shift_queries.OF_PERSON.format(columns=shift_queries.COLUMNS))
    with connection.cursor() as cursor:
        for planted in OTHERS:
            cursor.execute(planted, {"talk": three[0].conversation_id, "lines": others})
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        for sql in (shift_queries.FIGURES, shift_queries.ASLEEP, *nearest):
            cursor.execute(f"EXPLAIN {sql}", parameters)
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "Seq Scan on tickets_ticket" not in plan and "ticket_" in plan, plan
            assert "Limit" in plan
            if sql in (shift_queries.FIGURES, shift_queries.ASLEEP):
                assert "Index Only Scan" in plan and "Index Scan" not in plan, plan


def test_live_chats_stand_with_their_silence_and_a_lead_takes_one_over(
    board: Browser, boris: User, anna: User, line_one: Team, line_two: Team, writes: Write
) -> None:
    now = clock.now()
    talks = [
        writes(f"Алло {n}", subject=f"Чат {n}", sender=f"c{n}@else.test", sender_name=f"Гость{n}") for n in range(4)
    ]
    for one, (silent, status) in zip(
        talks, ((2, "open"), (9, "open"), (30, "pending_client"), (1, "open")), strict=True
    ):
        last = now - timedelta(minutes=silent)
        Ticket.objects.filter(pk=one.pk).update(channel_kind="chat", owner=anna, last_at=last, status=status)
    Ticket.objects.filter(pk=talks[3].pk).update(team=line_two)
    writes("Письмо", subject="Не чат", sender="c9@else.test", sender_name="Письменный")

    page = board.get("/board/shift/").content.decode()
    part = page.partition('id="chats-name"')[2].partition("</section>")[0]
    places = [part.find(f"Гость{n}<") for n in (1, 0, 2)]
    assert places == sorted(places) and -1 not in places
    assert "Гость3" not in part and "Письменный" not in part
    assert part.count('data-s="breach"') == 1 and part.count(">Забрать<") == 3

    board.post(f"/tickets/{talks[1].pk}/assign/", {"owner": boris.pk})
    talks[1].refresh_from_db()
    assert talks[1].owner == boris
    page = board.get("/board/shift/").content.decode()
    assert page.partition('id="chats-name"')[2].partition("</section>")[0].count(">Забрать<") == 2


def test_without_chats_there_is_no_such_part(board: Browser) -> None:
    assert 'id="chats-name"' not in board.get("/board/shift/").content.decode()
