"""A client asks by the form: answers stand beside it, nothing that was typed is lost, and strangers learn nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from otklik.care.knowledge.models import Article, FormVisit, Section
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
    sent = client.post("/write/", {**TOLD, "files": SimpleUploadedFile("a.txt", b"proof", "text/plain")})
    assert sent.status_code == 302
    assert client.post("/write/", TOLD).status_code == 302, "a double click"
    inbox.work_all()
    ticket = Ticket.objects.get()
    assert [one.name for one in ticket.conversation.messages.get(direction="in").attachments.all()] == ["a.txt"]


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
    assert quiet.is_helped and fresh.settled_at is None and fresh.contact == ticket.contact
    with clock.at(now - timedelta(hours=22)):
        ticket.write_in("И снова")
    with clock.at(now + timedelta(days=2)):
        FormVisit.objects.settle()
    fresh.refresh_from_db()
    assert fresh.came_back is True and fresh.contact is None
