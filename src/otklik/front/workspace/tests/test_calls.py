"""The card of a call, its acts, the list of one's own, and a call in the story of its request."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.calls import access
from otklik.desk.calls.hearing import hear
from otklik.desk.calls.models import Call, Draft, Extension
from otklik.desk.calls.told import Kind, Told
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Contact, Identity
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries import calls as queries
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
NUMBER = "+79001112233"
PART = {"HX-Request": "true"}


class Exchange:
    """Tells of one call after the other, now."""

    def __init__(self, team: Team) -> None:
        self.channel = Channel.objects.create(kind="phone", name="8-800", address="+78005551020", team=team)
        self.count = 0

    def tell(self, kind: str, call: str = "c1", ago: float = 0, **told: object) -> Call:
        self.count += 1
        at = clock.now() - timedelta(seconds=ago)
        hear(self.channel, call, Told(Kind(kind), at, f"e{self.count}", **told))  # type: ignore[arg-type]
        return Call.objects.get(external_id=call)

    def talked(self, call: str = "c1", number: str = NUMBER, ago: float = 60) -> Call:
        self.tell("ringing", call, ago, number=number, extension="101")
        self.tell("answered", call, ago - 5, extension="101")
        return self.tell("ended", call, 0)


@pytest.fixture
def exchange(line_one: Team, anna: User, ilya: User) -> Exchange:
    Extension.objects.create(user=anna, number="101")
    Extension.objects.create(user=ilya, number="102")
    return Exchange(line_one)


def card(client: Client) -> str:
    return client.get("/calls/now/", headers=PART).content.decode()


def test_no_card_without_a_call(annas: Client, exchange: Exchange) -> None:
    exchange.tell("ringing", number=NUMBER, extension="102")

    assert card(annas) == ""


def test_a_known_client_with_their_requests(annas: Client, exchange: Exchange, ticket: Ticket) -> None:
    Identity.objects.create(contact=ticket.contact, kind="phone", value=NUMBER)
    call = exchange.tell("ringing", number=NUMBER, extension="101")

    shown = card(annas)
    assert "Павел Демидов" in shown and "Волга" in shown and ticket.subject in shown
    assert f"/calls/{call.pk}/add/{ticket.pk}/" in shown and f"/calls/{call.pk}/open/" in shown


def test_several_clients_are_a_list(annas: Client, exchange: Exchange, pavel: Contact) -> None:
    other = Contact.objects.create(name="Пётр <b>Второй</b>")
    Identity.objects.create(contact=pavel, kind="phone", value=NUMBER)
    Identity.objects.create(contact=other, kind="phone", value="89001112233")
    call = exchange.tell("ringing", number=NUMBER, extension="101")

    shown = card(annas)
    assert f"/calls/{call.pk}/who/{other.pk}/" in shown and "Второй&lt;/b&gt;" in shown and "/open/" not in shown
    annas.post(f"/calls/{call.pk}/who/{pavel.pk}/", headers=PART)
    assert "Павел Демидов" in card(annas)


def test_somebody_unknown_is_looked_for(annas: Client, exchange: Exchange, ticket: Ticket) -> None:
    call = exchange.tell("ringing", number=NUMBER, extension="101")
    assert "data-first" in card(annas) and NUMBER in card(annas)

    found = annas.get(f"/calls/{call.pk}/people/", {"q": "Демидов"}).content.decode()
    assert f"/calls/{call.pk}/who/{ticket.contact_id}/" in found
    annas.post(f"/calls/{call.pk}/who/{ticket.contact_id}/", headers=PART)
    assert Identity.objects.get(value=NUMBER).contact_id == ticket.contact_id


def test_one_press_from_ringing_to_a_request(annas: Client, exchange: Exchange, ticket: Ticket) -> None:
    call = exchange.tell("ringing", number=NUMBER, extension="101")
    answer = annas.post(f"/calls/{call.pk}/add/{ticket.pk}/", headers=PART)
    assert answer["HX-Redirect"].startswith(f"/tickets/{ticket.pk}/")

    other = exchange.tell("ringing", "c2", number="+79995554433", extension="101")
    answer = annas.post(f"/calls/{other.pk}/open/", {"name": "Мария"}, headers=PART)
    opened = Ticket.objects.latest("pk")
    assert answer["HX-Redirect"].startswith(f"/tickets/{opened.pk}/") and opened.contact.name == "Мария"


def test_a_request_of_another_line_cannot_be_taken_for_it(
    annas: Client, exchange: Exchange, ticket: Ticket, line_two: Team
) -> None:
    Ticket.objects.update(team=line_two)
    call = exchange.tell("ringing", number=NUMBER, extension="101")

    assert annas.post(f"/calls/{call.pk}/add/{ticket.pk}/", headers=PART).status_code == 404


def test_somebody_elses_client_cannot_be_chosen(annas: Client, exchange: Exchange) -> None:
    stranger = Contact.objects.create(name="Чужой")
    call = exchange.tell("ringing", number=NUMBER, extension="101")

    assert annas.post(f"/calls/{call.pk}/who/{stranger.pk}/", headers=PART).status_code == 404
    assert annas.post(f"/calls/{call.pk}/open/", {"contact": stranger.pk}, headers=PART).status_code == 404


def test_the_result_is_demanded_and_nothing_typed_is_lost(annas: Client, exchange: Exchange) -> None:
    call = exchange.talked()
    assert 'data-state="over"' in card(annas)

    answer = annas.post(f"/calls/{call.pk}/result/", {"note": "Про <счёт>", "result": "promised"}, headers=PART)
    shown = answer.content.decode()
    assert answer.status_code == 422 and "Про &lt;счёт&gt;" in shown and 'id="e-until"' in shown

    until = f"{timezone.localtime(clock.now()) + timedelta(hours=3):%Y-%m-%dT%H:%M}"
    told = {"note": "Про счёт", "result": "promised", "until": until}
    answer = annas.post(f"/calls/{call.pk}/result/", told, headers=PART)
    assert answer.status_code == 204 and "call:changed" in answer["HX-Trigger"]
    assert card(annas) == "" and Ticket.objects.get().promises.count() == 1
    assert annas.post(f"/calls/{call.pk}/result/", told, headers=PART).status_code == 409


def test_the_page_of_a_call_goes_on_after_a_mistake(annas: Client, exchange: Exchange, ticket: Ticket) -> None:
    call = exchange.talked()
    mark = '<input type="hidden" name="from" value="page">'
    address = f"/calls/{call.pk}/people/"
    assert f'{address}?from=page"' in annas.get(f"/calls/{call.pk}/").content.decode()
    assert mark in annas.get(address, {"q": "Демидов", "from": "page"}).content.decode()
    assert mark not in annas.get(address, {"q": "Демидов"}).content.decode()

    result = f"/calls/{call.pk}/result/"
    wrong = annas.post(result, {"result": "", "from": "page"}, headers=PART)
    assert wrong.status_code == 422 and mark in wrong.content.decode()
    right = annas.post(result, {"result": "answered", "from": "page"}, headers=PART)
    assert right["HX-Redirect"] == f"/calls/{call.pk}/"


def test_without_scripts_the_page_of_the_call_does_the_same(annas: Client, exchange: Exchange) -> None:
    call = exchange.talked()
    assert annas.post(f"/calls/{call.pk}/result/", {"result": ""}).status_code == 422
    assert annas.post(f"/calls/{call.pk}/result/", {"result": "answered"}).status_code == 302
    assert annas.get(f"/calls/{call.pk}/").status_code == 200


def test_what_has_no_result_stands_in_the_list_and_on_the_day(
    annas: Client, exchange: Exchange, boris: User, ilya: User
) -> None:
    call = exchange.talked(ago=4000)
    Call.objects.update(wrap_until=clock.now() - timedelta(minutes=5))

    assert card(annas) == "", "the time after the call is over"
    for page in ("/calls/", "/my/"):
        assert f"/calls/{call.pk}/" in annas.get(page).content.decode(), page
    annas.force_login(boris)
    assert "Без итога в моих линиях" in annas.get("/calls/").content.decode()
    annas.force_login(ilya)
    assert annas.post(f"/calls/{call.pk}/result/", {"result": "answered"}).status_code == 403


def test_another_line_knows_nothing_of_it(client: Client, exchange: Exchange, vera: User, quality: User) -> None:
    call = exchange.talked()
    client.force_login(vera)
    for address in ("", "people/"):
        assert client.get(f"/calls/{call.pk}/{address}").status_code == 404
    assert client.post(f"/calls/{call.pk}/open/").status_code == 404
    client.force_login(quality)
    assert client.get(f"/calls/{call.pk}/").status_code == 200
    assert client.post(f"/calls/{call.pk}/open/").status_code == 403


def test_of_a_request_that_one_may_not_see_the_number_stands_alone(
    annas: Client, exchange: Exchange, ticket: Ticket, anna: User, line_two: Team
) -> None:
    Ticket.objects.update(subject="Тайное дело")
    ticket.refresh_from_db()
    call = exchange.talked()
    call.file_under(ticket, by=anna)
    assert ticket.subject in annas.get(f"/calls/{call.pk}/").content.decode()

    Ticket.objects.update(team=line_two, owner=None)
    shown = annas.get(f"/calls/{call.pk}/").content.decode()
    assert ticket.subject not in shown and f"№ {ticket.pk}" in shown and f"/tickets/{ticket.pk}/" not in shown


def test_the_list_is_paged_and_asks_no_more_for_many(
    annas: Client, exchange: Exchange, django_assert_num_queries
) -> None:
    call = exchange.talked()
    annas.get("/calls/")
    with CaptureQueriesContext(connection) as asked:
        annas.get("/calls/")
    rows = [Call(channel=exchange.channel, team=call.team, begun_at=clock.now(), ended_at=clock.now(), number=str(n),
                 answered_at=clock.now(), holder=call.holder, ticket=call.ticket) for n in range(60)]  # fmt: skip
    Call.objects.bulk_create(rows)

    with django_assert_num_queries(len(asked)):
        first = annas.get("/calls/").content.decode()
    assert "before=" in first and annas.get("/calls/", {"before": str(rows[0].pk)}).status_code == 200
    assert annas.get("/calls/", {"before": "x"}).status_code == 200


def test_the_list_is_what_one_may_see_read_from_indexes(
    exchange: Exchange, anna: User, ilya: User, vera: User, quality: User, line_two: Team
) -> None:
    now, channel = clock.now(), exchange.channel
    for team in (channel.team, line_two):
        for holder in (None, anna, vera):
            for beside in ([], [ilya.pk], [anna.pk, vera.pk]):
                Call.objects.create(
                    channel=channel, team=team, begun_at=now, ended_at=now, holder=holder, beside=beside
                )
    Call.objects.create(channel=channel, team=channel.team, begun_at=now, holder=anna)

    for user in (anna, ilya, vera, quality):
        seen = list(access.visible_to(user).exclude(ended_at=None).order_by("-pk"))
        assert queries.lately(user) == seen and len(seen) > 0
        assert queries.lately(user, seen[2].pk) == seen[3:]

    # In a line with thousands of them, so that no other index can be as cheap as the one that lies in order.
    Call.objects.bulk_create(
        Call(channel=channel, team=team, begun_at=now, ended_at=now, external_id=f"{team.pk}-{n}")
        for team in (channel.team, line_two)
        for n in range(2000)
    )
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as asked:
        cursor.execute("ANALYZE calls_call")
        cursor.execute("SET LOCAL enable_seqscan = off")
        queries.lately(vera)
        cursor.execute("EXPLAIN " + next(one["sql"] for one in asked if "UNION" in one["sql"]))
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert all(index in plan for index in ("call_of_line", "call_of_holder", "call_joined")), plan


def test_a_lead_reads_of_many_calls_of_others_in_as_many_statements(
    client: Client, exchange: Exchange, boris: User, django_assert_num_queries
) -> None:
    call = exchange.talked()
    client.force_login(boris)
    client.get("/calls/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/calls/")
    rows = [Call(channel=exchange.channel, team=call.team, begun_at=clock.now(), ended_at=clock.now(), number=str(n),
                 answered_at=clock.now(), holder=call.holder) for n in range(20)]  # fmt: skip
    Call.objects.bulk_create(rows)

    with django_assert_num_queries(len(asked)):
        client.get("/calls/")


def test_a_call_stands_in_the_story_of_its_request(
    annas: Client, exchange: Exchange, ticket: Ticket, anna: User, ilya: User
) -> None:
    call = exchange.talked()
    exchange.tell("recorded", address="https://pbx.test/<1>")
    call.refresh_from_db()
    call.file_under(ticket, by=anna)
    call.conclude("passed_on", by=anna, note="Про роутер")

    shown = annas.get(f"/tickets/{ticket.pk}/").content.decode()
    assert f'id="c{call.pk}"' in shown and "Входящий звонок" in shown and anna.name in shown and "Про роутер" in shown
    assert "https://pbx.test/&lt;1&gt;" in shown and 'id="kinds-calls"' in shown
    annas.force_login(ilya)
    assert "https://pbx.test" not in annas.get(f"/tickets/{ticket.pk}/").content.decode(), "not for everybody"


def test_a_call_that_was_moved_stands_in_one_story(
    annas: Client, exchange: Exchange, writes: Write, anna: User
) -> None:
    left, joined = writes(), writes(sender="pavel@volga.test", subject="И ещё")
    call = exchange.talked()
    call.file_under(left, by=anna)
    shown = annas.get(f"/tickets/{left.pk}/").content.decode()
    after, event = (shown.split(f'data-{name}="')[1].split('"')[0] for name in ("after", "event"))
    call.file_under(joined, by=anna)

    mark = f'id="c{call.pk}"'
    assert mark in annas.get(f"/tickets/{joined.pk}/").content.decode()
    assert mark not in annas.get(f"/tickets/{left.pk}/").content.decode()
    news = annas.get(f"/tickets/{left.pk}/timeline/", {"after": after, "event": event}).content.decode()
    assert f'hx-target="#c{call.pk}"' in news and mark not in news, "an open page takes it away"


def test_an_open_page_draws_a_call_anew(annas: Client, exchange: Exchange, ticket: Ticket, anna: User) -> None:
    exchange.tell("ringing", number=NUMBER, extension="101")
    call = exchange.tell("answered", extension="101")
    call.file_under(ticket, by=anna)
    shown = annas.get(f"/tickets/{ticket.pk}/").content.decode()
    after, event = (shown.split(f'data-{name}="')[1].split('"')[0] for name in ("after", "event"))
    exchange.tell("ended")

    news = annas.get(f"/tickets/{ticket.pk}/timeline/", {"after": after, "event": event}).content.decode()
    assert f'hx-target="#c{call.pk}"' in news


def test_a_call_is_written_down_in_a_request(annas: Client, ticket: Ticket) -> None:
    address = f"/tickets/{ticket.pk}/call/"
    assert annas.get(address, headers=PART).status_code == 200
    bad = annas.post(address, {"direction": "out", "minutes": "много", "result": "answered"}, headers=PART)
    assert bad.status_code == 422 and "много" in bad.content.decode() and not Call.objects.exists()

    told = {"direction": "out", "minutes": "7", "result": "passed_on", "note": "Объяснила"}
    assert annas.post(address, told, headers=PART).status_code == 204
    assert Call.objects.get().talked == 420


def test_letters_of_a_request_by_telephone_leave_from_a_mailbox(
    annas: Client, exchange: Exchange, anna: User, door: Channel
) -> None:
    exchange.tell("ringing", number=NUMBER, extension="101")
    ticket = exchange.tell("answered", extension="101").open_ticket(by=anna)

    shown = annas.get(f"/tickets/{ticket.pk}/").content.decode()
    assert exchange.channel.address not in shown.split('id="composer')[-1]


def test_what_is_typed_into_the_card_is_there_again(annas: Client, exchange: Exchange, ilya: User) -> None:
    exchange.tell("ringing", number=NUMBER, extension="101")
    call = exchange.tell("answered", extension="101")
    address = f"/calls/{call.pk}/draft/"
    until = f"{timezone.localtime(clock.now()) + timedelta(hours=5):%Y-%m-%dT%H:%M}"
    told = {"note": "Про <счёт>", "result": "promised", "until": until, "base": ""}
    kept = annas.post(address, told)
    assert kept.status_code == 200 and annas.post(address, {"name": "Мария"}).status_code == 200

    for page in ("/calls/now/", f"/calls/{call.pk}/"):
        shown = annas.get(page).content.decode()
        assert "Про &lt;счёт&gt;</textarea>" in shown and f'value="{until}"' in shown and 'value="Мария"' in shown
        assert 'value="promised" checked' in shown and f'name="base" value="{kept.json()["at"]}"' in shown, page
    assert annas.post(address, told | {"note": "Другое"}).status_code == 409, "another window has saved since"
    annas.force_login(ilya)
    assert annas.post(address, told).status_code == 403


def test_a_date_that_has_come_is_not_proposed_again(annas: Client, exchange: Exchange, anna: User) -> None:
    call = exchange.talked()
    was = f"{timezone.localtime(clock.now()) - timedelta(hours=1):%Y-%m-%dT%H:%M}"
    Draft.objects.keep(call, {"note": "Про счёт", "until": was}, by=anna)

    shown = card(annas)
    assert "Про счёт" in shown and f'value="{was}"' not in shown


def test_what_was_refused_is_kept_and_what_was_written_is_forgotten(annas: Client, exchange: Exchange) -> None:
    call = exchange.talked()
    annas.post(f"/calls/{call.pk}/result/", {"note": "Про счёт", "result": "promised", "until": ""}, headers=PART)
    assert Draft.objects.get().form == {"note": "Про счёт", "result": "promised", "until": ""}

    answer = annas.post(f"/calls/{call.pk}/result/", {"note": "Про счёт", "result": "answered"}, headers=PART)
    assert "draft:clear" in answer["HX-Trigger"] and not Draft.objects.exists()
    assert annas.post(f"/calls/{call.pk}/draft/", {"note": "Поздно"}).status_code == 409


@pytest.mark.parametrize("result", ["answered", "promised"])
def test_an_old_window_takes_nothing_away(annas: Client, exchange: Exchange, result: str) -> None:
    call = exchange.talked()
    newer = annas.post(f"/calls/{call.pk}/draft/", {"note": "Про роутер", "base": ""}).json()["at"]
    old = {"note": "Про счёт", "result": result, "until": ""}
    answer = annas.post(f"/calls/{call.pk}/result/", old | {"base": ""}, headers=PART)

    shown = answer.content.decode()
    assert answer.status_code == 409 and Draft.objects.get().text == "Про роутер"
    assert "Про счёт</textarea>" in shown and "Про роутер" in shown, "both can be read"
    assert f'name="base" value="{newer}"' in shown
    assert annas.post(f"/calls/{call.pk}/result/", old | {"base": newer}, headers=PART).status_code != 409


def test_what_another_has_typed_is_theirs_to_read(annas: Client, exchange: Exchange, anna: User, boris: User) -> None:
    call = exchange.talked()
    Draft.objects.keep(call, {"note": "Моя заметка"}, by=anna)
    annas.force_login(boris)
    annas.post(f"/calls/{call.pk}/result/", {"result": "answered"})
    assert "Моя заметка" not in annas.get(f"/calls/{call.pk}/").content.decode()

    annas.force_login(anna)
    assert "Моя заметка" in annas.get(f"/calls/{call.pk}/").content.decode()


def test_a_call_that_came_back_stands_once(annas: Client, exchange: Exchange, writes: Write, anna: User) -> None:
    stays, gone = writes(), writes(sender="pavel@volga.test", subject="И ещё")
    call = exchange.talked()
    call.file_under(gone, by=anna)
    mark = f'id="c{call.pk}"'
    for _time in range(2):
        done = Ticket.objects.get(pk=gone.pk).merge_into(Ticket.objects.get(pk=stays.pk), by=anna)
        shown = annas.get(f"/tickets/{stays.pk}/").content.decode()
        assert shown.count(mark) == 1 and 'id="kinds-calls"' in shown
        assert stays.subject in annas.get(f"/calls/{call.pk}/").content.decode()
        Ticket.objects.get(pk=gone.pk).bring_back(done, by=anna)
        assert annas.get(f"/tickets/{gone.pk}/").content.decode().count(mark) == 1
        assert mark not in annas.get(f"/tickets/{stays.pk}/").content.decode()
    Ticket.objects.get(pk=gone.pk).merge_into(Ticket.objects.get(pk=stays.pk), by=anna)
    shown = annas.get(f"/tickets/{stays.pk}/").content.decode()
    after, event = (shown.split(f'data-{name}="')[1].split('"')[0] for name in ("after", "event"))
    exchange.tell("recorded", address="https://pbx.test/1")
    news = annas.get(f"/tickets/{stays.pk}/timeline/", {"after": after, "event": event}).content.decode()
    assert news.count(f'hx-target="#c{call.pk}"') == 1, "drawn anew once"
