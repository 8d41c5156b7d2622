"""A client asks by the form: answers stand beside it, nothing that was typed is lost, and strangers learn nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client

from otklik.care.knowledge.models import Article, FormVisit, Section
from otklik.care.knowledge.models.offering import KEPT
from otklik.core import recent
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel, Inbound
from otklik.desk.channels.models.channel import FORM
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from otklik.front.portal import ask_page

pytestmark = pytest.mark.django_db
SAYS = "Номер вернётся за восемь дней"
KEY = "0123456789abcdef0123456789abcdef"
TOLD = {"key": KEY, "subject": "Пропал номер", "text": "Верните номер", "email": "new@client.example", "name": "Пётр"}


@pytest.fixture
def client() -> Client:
    """A browser of a person."""
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    return Client(headers={"User-Agent": agent, "Accept-Language": "ru"})


@pytest.fixture
def form(line_one: Team) -> Channel:
    return Channel.objects.create(kind=FORM, name="Форма", address="/write/1", team=line_one)


def make(by: User, title: str = "Как вернуть номер", *, public: bool = True, text: str = SAYS) -> Article:
    section, _ = Section.objects.get_or_create(name="Номера", name_en="Numbers")
    told: dict[str, Any] = {"text": text, "audience": "public" if public else "internal"}
    made = Article.objects.begin(title=title, by=by, section=section, **told)
    made.publish(by=by)
    return made


def stands(client: Client, **told: str) -> str:
    return client.post("/write/offered/", {**TOLD, **told}).content.decode()


@contextmanager
def database_away() -> Iterator[None]:
    """Every statement is refused, and nothing is remembered of before."""

    def refuse(*_: Any) -> None:
        raise OperationalError("the connection is lost")

    recent.forget()
    with connection.execute_wrapper(refuse):
        yield


def test_without_a_form_there_is_no_page(client: Client, line_one: Team) -> None:
    assert client.get("/write/").status_code == 404


def test_fitting_answers_stand_beside_it_and_inner_ones_never(client: Client, form: Channel, anna: User) -> None:
    shown = make(anna)
    make(anna, "Номер: внутренняя тайна", public=False)

    told = stands(client)
    assert "Как вернуть номер" in told and "тайна" not in told
    visit = FormVisit.objects.get()
    assert (visit.offered, visit.opened, visit.is_known) == ([shown.pk], [], False)
    assert client.post("/write/offered/", {**TOLD, "subject": "", "text": "ой"}).status_code == 204


def test_an_answer_opens_beside_the_form_or_on_its_page(client: Client, form: Channel, anna: User) -> None:
    shown, other = make(anna), make(anna, "Другое", text="О кофе")
    stands(client)
    address = f"/write/offered/{shown.pk}/?key={KEY}"
    beside = client.get(address, headers={"HX-Request": "true"})
    assert "за восемь дней" in beside.content.decode() and "<html" not in beside.content.decode()
    assert client.get(address).headers["Location"] == f"/kb/{shown.pk}/"
    client.get(f"/write/offered/{other.pk}/?key={KEY}")
    assert FormVisit.objects.get().opened == [shown.pk], "what was not offered was not opened there"
    assert client.get(f"/write/offered/{make(anna, 'Тайна', public=False).pk}/?key={KEY}").status_code == 404


def test_what_answered_the_question_ends_without_a_request(client: Client, form: Channel, anna: User) -> None:
    shown = make(anna)
    stands(client)
    client.get(f"/write/offered/{shown.pk}/?key={KEY}")
    thanks = client.post("/write/helped/", TOLD).content.decode()
    assert "Верните номер" in thanks, "whoever thinks better of it has what was typed"
    assert FormVisit.objects.get().helped_at and not Inbound.objects.exists()
    back = client.post("/write/", {**TOLD, "edit": "1", "seen": "1"}).content.decode()
    assert "Верните номер" in back and "new@client.example" in back and KEY in back


def test_without_scripts_answers_are_a_step_before_sending(client: Client, form: Channel, anna: User) -> None:
    make(anna)
    step = client.post("/write/", TOLD)
    assert step.status_code == 200 and "Как вернуть номер" in step.content.decode() and not Inbound.objects.exists()
    assert "Верните номер" in step.content.decode()
    sent = client.post("/write/", {**TOLD, "seen": "1"})
    assert sent.status_code == 302 and client.get(sent.headers["Location"]).status_code == 200
    inbox.work_all()
    said = Ticket.objects.get().conversation.messages.get(direction="in")
    assert "Как вернуть номер" in said.remarks[0] and FormVisit.objects.get().sent_at


def test_where_nothing_fits_it_is_sent_at_once_with_its_files(client: Client, form: Channel) -> None:
    for _click in range(2):
        sent = client.post("/write/", {**TOLD, "files": SimpleUploadedFile("a.txt", b"proof", "text/plain")})
        assert sent.status_code == 302
    inbox.work_all()
    ticket = Ticket.objects.get()
    assert [one.name for one in ticket.conversation.messages.get(direction="in").attachments.all()] == ["a.txt"]


@pytest.mark.parametrize("other", [{"text": "И второй номер тоже"}, {"email": "right@client.example"}, {"files": "b"}])
def test_the_same_form_with_another_question_is_another_request(
    client: Client, form: Channel, other: dict[str, Any]
) -> None:
    """Back to a page that keeps its key, or mended words after an answer that was lost on its way."""
    if "files" in other:
        other = {"files": SimpleUploadedFile("b.txt", b"another proof", "text/plain")}
    for told in (TOLD, {**TOLD, **other}):
        assert client.post("/write/", told).headers["Location"] == "/write/?sent=1"
    inbox.work_all()
    assert Inbound.objects.count() == 2 and Ticket.objects.count() == 2
    assert FormVisit.objects.get().sent_at, "one visit all the same"


def test_no_more_answers_are_looked_for_than_beside_the_form(
    client: Client, form: Channel, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The step without scripts counts as a look: programs with keys of their own make no endless visits."""
    make(anna)
    few = ask_page.LOOKS.__class__(free=2, first=60, longest=600, forget=600)
    monkeypatch.setattr(ask_page, "LOOKS", few)
    monkeypatch.setattr(ask_page, "SENT", ask_page.SENT.__class__(free=1, first=60, longest=600, forget=600))
    answers = [client.post("/write/", {**TOLD, "key": f"{number}" * 32}).status_code for number in range(5)]
    assert answers == [200, 200, 302, 429, 429], "two steps, one request without a step, and rest"
    assert FormVisit.objects.count() == 3


def test_what_everybody_sends_is_counted_anew_without_a_quiet_time(
    client: Client, form: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy day somebody always writes; nobody has to wait for what was sent hours ago."""
    monkeypatch.setattr(
        ask_page, "SENT_BY_ALL", ask_page.SENT_BY_ALL.__class__(free=3, first=60, longest=60, forget=600)
    )
    slot = datetime.fromtimestamp(clock.now().timestamp() // 600 * 600, UTC)
    for number, minutes in enumerate((5, 15, 25, 35, 45, 51, 51)):
        with clock.at(slot + timedelta(minutes=minutes)):
            told = {**TOLD, "key": f"{number:032x}", "email": f"{number}@client.example"}
            assert client.post("/write/", told).status_code == 302


@pytest.mark.parametrize("more", [{}, {"seen": "1"}, {"edit": "1"}])
def test_without_the_database_everything_typed_stays(client: Client, form: Channel, more: dict[str, str]) -> None:
    client.get("/write/")
    with database_away():
        answer = client.post("/write/", {**TOLD, **more})
    page = answer.content.decode()
    assert answer.status_code == 503 and 'role="alert"' in page
    assert all(value in page for value in TOLD.values())
    assert client.post("/write/", {**TOLD, "seen": "1"}).status_code == 302 and Inbound.objects.count() == 1


def test_without_the_database_a_client_by_their_link_keeps_their_words(
    client: Client, form: Channel, ticket: Ticket
) -> None:
    signed = sign(ticket)
    address = f"/request/{signed}/write/"
    client.get(address)
    with database_away():
        answer = client.post(
            address, {"key": KEY, "subject": "Ещё вопрос", "text": "Как оплатить?", "by": sign(ticket)}
        )
        thanks = client.post("/write/helped/", {**TOLD, "by": signed})
    page = answer.content.decode()
    assert answer.status_code == 503 and "Как оплатить?" in page and f'action="{address}"' in page
    assert 'name="email"' not in page
    assert thanks.status_code == 200 and "Верните номер" in thanks.content.decode()
    assert f'action="{address}"' in thanks.content.decode()


def test_that_it_has_come_is_said_without_the_database(client: Client, form: Channel) -> None:
    told = client.post("/write/", TOLD).headers["Location"]
    with database_away():
        assert "Обращение принято" in client.get(told).content.decode()


def test_what_is_stored_is_never_answered_by_an_error(
    client: Client, form: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Either both are stored, or the words come back and nothing is."""

    def gone(*_: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(type(FormVisit.objects), "sent", gone)
    answer = client.post("/write/", TOLD)
    assert answer.status_code == 503 and "Верните номер" in answer.content.decode() and not Inbound.objects.exists()


def test_the_language_of_the_address_stays(client: Client, form: Channel, anna: User) -> None:
    make(anna)
    assert 'name="lang" value="en"' in client.get("/write/?lang=en").content.decode()
    assert "Send all the same" in client.post("/write/", {**TOLD, "lang": "en"}).content.decode()
    sent = client.post("/write/", {**TOLD, "lang": "en", "seen": "1"}).headers["Location"]
    assert sent == "/write/?sent=1&lang=en" and "Your request has come" in client.get(sent).content.decode()
    assert 'name="lang"' not in client.get("/write/?lang=xx").content.decode()


def test_a_visit_is_forgotten_after_its_term(client: Client, form: Channel) -> None:
    now = clock.now()
    with clock.at(now - KEPT - timedelta(days=1)):
        FormVisit.objects.offer("1" * 32, [7], contact=None)
    with clock.at(now - KEPT + timedelta(days=1)):
        young = FormVisit.objects.offer("2" * 32, [7], contact=None)
    FormVisit.objects.settle()
    assert FormVisit.objects.forget() == 1 and FormVisit.objects.get() == young


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": ""}, "email"),
        ({"subject": ""}, "subject"),
        ({"text": " \x00 "}, "text"),
        ({"website": "https://spam.example"}, "website"),
        ({"key": "../../etc"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_stays(
    client: Client, form: Channel, wrong: dict[str, str], field: str
) -> None:
    answer = client.post("/write/", {**TOLD, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422 and not Inbound.objects.exists()
    assert "Пётр" in page
    if field:
        assert f'id="ask-{field}_error"' in page or f"ask-{field}" in page
    assert (
        "<script>alert" not in client.post("/write/", {**TOLD, "email": "<script>alert(1)</script>"}).content.decode()
    )


def test_our_own_address_is_nobodys(client: Client, form: Channel, door: Channel) -> None:
    assert client.post("/write/", {**TOLD, "email": door.address}).status_code == 422


def test_too_many_from_one_network_wait_and_lose_nothing(
    client: Client, form: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = ask_page.SENT.__class__(free=1, first=60, longest=600, forget=600)
    monkeypatch.setattr(ask_page, "SENT", limit)
    for number in range(2):
        client.post("/write/", {**TOLD, "key": f"{number}" * 32, "email": f"{number}@client.example"})
    refused = client.post("/write/", {**TOLD, "key": "9" * 32})
    assert refused.status_code == 429 and refused.headers["Retry-After"]
    assert "Верните номер" in refused.content.decode() and "9" * 32 in refused.content.decode()


def test_a_database_that_is_gone_loses_nothing(client: Client, form: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("otklik.desk.channels.filled.take", gone)
    answer = client.post("/write/", TOLD)
    assert answer.status_code == 503 and "Верните номер" in answer.content.decode()
    assert FormVisit.objects.get().sent_at is None


def test_robots_are_no_visitors(form: Channel, anna: User) -> None:
    make(anna)
    robot = Client(headers={"User-Agent": "curl/8.5.0"})
    assert "Как вернуть номер" in stands(robot)
    assert not FormVisit.objects.exists()


def test_a_client_by_their_own_link_types_no_address(client: Client, form: Channel, ticket: Ticket) -> None:
    address = f"/request/{sign(ticket)}/write/"
    page = client.get(address).content.decode()
    assert 'name="email"' not in page and ticket.contact.email not in page
    sent = client.post(address, {"key": KEY, "subject": "Ещё вопрос", "text": "Как оплатить?"})
    assert sent.status_code == 302
    inbox.work_all()
    made = Ticket.objects.exclude(pk=ticket.pk).get()
    visit = FormVisit.objects.get()
    assert made.contact == ticket.contact and visit.contact == ticket.contact and visit.is_known
    assert not made.conversation.messages.get(direction="in").authenticity
    assert "/write/" in client.get(f"/request/{sign(ticket)}/").content.decode()


def test_a_stranger_with_a_clients_address_learns_nothing(client: Client, form: Channel, ticket: Ticket) -> None:
    known = client.post("/write/", {**TOLD, "email": ticket.contact.email})
    other = client.post("/write/", {**TOLD, "key": "a" * 32})
    assert known.headers["Location"] == other.headers["Location"]
    page = client.get(known.headers["Location"]).content.decode()
    assert ticket.contact.name not in page and ticket.contact.email not in page


def test_the_knowledge_base_leads_to_the_form(client: Client, form: Channel, anna: User) -> None:
    page = client.get(f"/kb/{make(anna).pk}/").content.decode()
    assert "/write/?subject=" in page and "mailto:" not in page
    assert "Тариф" in client.get("/write/?subject=Тариф").content.decode()


def test_a_day_later_it_is_known_whether_a_client_asked_again(client: Client, form: Channel, ticket: Ticket) -> None:
    now = clock.now()
    with clock.at(now - timedelta(days=3)):
        quiet = FormVisit.objects.offer("1" * 32, [7], contact=ticket.contact)
        FormVisit.objects.opened("1" * 32, 7)
        stranger = FormVisit.objects.offer("2" * 32, [7], contact=None)
    with clock.at(now - timedelta(hours=23)):
        fresh = FormVisit.objects.offer("3" * 32, [7], contact=ticket.contact)
    assert FormVisit.objects.settle() == 2
    for one in (quiet, stranger, fresh):
        one.refresh_from_db()
    assert (quiet.came_back, quiet.contact, stranger.came_back) == (False, None, None)
    assert quiet.opened and quiet.sent_at is None and fresh.settled_at is None and fresh.contact == ticket.contact
    with clock.at(now - timedelta(hours=22)):
        ticket.write_in("И снова")
    with clock.at(now + timedelta(days=2)):
        FormVisit.objects.settle()
    fresh.refresh_from_db()
    assert fresh.came_back is True and fresh.contact is None
