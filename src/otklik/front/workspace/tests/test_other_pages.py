"""Letters sent, the quarantine, the client's card, filing a request, search."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import translation

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Refuse, Resolve

pytestmark = pytest.mark.django_db
RAW = (
    "From: =?utf-8?b?0KHQstGP0LfRjA==?= <help@desk.test>\r\nTo: pavel@volga.test\r\n"
    "Subject: =?utf-8?b?0J7RgtCy0LXRgg==?=\r\n"
    'Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nПросто текст https://desk.test/r\r\n"
    "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    "<p>Жирный <b>текст</b><script>alert(1)</script></p>\r\n--b--\r\n"
).encode()


@pytest.fixture(autouse=True)
def english(anna: User) -> Any:
    anna.language = "en"
    anna.save()
    with translation.override("en"):
        yield


@pytest.fixture
def letter(ticket: Ticket) -> Outbound:
    """The receipt of the ticket, with the bytes of a real letter."""
    Outbound.objects.update(raw=RAW)
    return Outbound.objects.get()


def test_the_list_of_letters_shows_to_whom_what_and_whether_it_left(annas: Browser, letter: Outbound) -> None:
    page = annas.get("/mail/sent/").content.decode()

    assert "pavel@volga.test" in page and "waiting to be sent" in page and "nothing leaves this computer" in page
    assert "pavel@volga.test" not in annas.get("/mail/sent/?state=trouble").content.decode()
    assert "pavel@volga.test" not in annas.get("/mail/sent/?q=nobody").content.decode()


def test_a_letter_is_seen_as_the_client_sees_it_as_text_and_as_it_is(annas: Browser, letter: Outbound) -> None:
    address = f"/mail/sent/{letter.pk}/"
    page, frame = annas.get(address).content.decode(), annas.get(f"{address}body/")

    assert "<h2>Ответ</h2>" in page and f'src="{address}body/"' in page and 'sandbox="allow-popups' in page
    assert "Жирный <b>текст</b>" in frame.content.decode() and b"<script" not in frame.content
    assert "sandbox" in frame["Content-Security-Policy"]
    assert 'href="https://desk.test/r"' in annas.get(f"{address}?as=text").content.decode()
    assert "auto-replied" in annas.get(f"{address}?as=headers").content.decode()
    assert "Content-Type: multipart/alternative" in annas.get(f"{address}?as=source").content.decode()
    assert annas.get(f"{address}source/").content == RAW


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"Content-Type: multipart/mixed\r\n\r\n--",
        b"Subject: \xff\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nx",
    ],
)
def test_no_bytes_break_the_page_of_a_letter(annas: Browser, letter: Outbound, raw: bytes) -> None:
    Outbound.objects.update(raw=raw)

    for way in ("", "?as=text", "?as=headers", "?as=source"):
        assert annas.get(f"/mail/sent/{letter.pk}/{way}").status_code == 200


@pytest.fixture
def kept(door: Channel) -> Inbound:
    return Inbound.objects.create(
        channel=door,
        content_hash="1" * 64,
        size=70,
        raw=b"From: <b>x</b> <a@b.test>\r\nSubject: =?koi8-r?b?0NLJ18XU?=\r\n\r\n<script>alert(1)</script>",
        state="quarantined",
        reason="it has no body",
    )


def test_the_quarantine_shows_what_can_be_read_and_why_it_is_there(boris: User, client: Browser, kept: Inbound) -> None:
    client.force_login(boris)
    page = client.get("/mail/quarantine/").content.decode()
    original = client.get(f"/mail/quarantine/{kept.pk}/").content.decode()

    assert "привет" in page and "It has no body" in page and "<b>x</b>" not in page
    assert "&lt;script&gt;alert(1)" in original
    assert client.get(f"/mail/quarantine/{kept.pk}/?as=file").content == kept.raw


def test_a_released_message_is_read_again_and_a_dismissed_one_is_kept(
    boris: User, client: Browser, kept: Inbound
) -> None:
    client.force_login(boris)
    client.post(f"/mail/quarantine/{kept.pk}/release/")
    kept.refresh_from_db()
    assert (kept.state, kept.tries) == ("accepted", 0)

    Inbound.objects.update(state="quarantined")
    client.post(f"/mail/quarantine/{kept.pk}/dismiss/")
    kept.refresh_from_db()
    assert kept.state == "dismissed" and bytes(kept.raw).startswith(b"From")
    assert client.post(f"/mail/quarantine/{kept.pk}/release/").status_code == 404


def test_the_menu_counts_the_quarantine_for_those_who_look_after_it(
    boris: User, client: Browser, kept: Inbound
) -> None:
    client.force_login(boris)
    page = client.get("/").content.decode()

    assert "/mail/quarantine/" in page and page.count('data-s="soon">1</span>') == 1


def test_the_card_shows_every_request_and_who_changed_it(
    annas: Browser, anna: User, ticket: Ticket, writes: Any
) -> None:
    ticket.reply("Готово", by=anna, then=Resolve())
    other = writes("Другое дело", subject="Второе")
    annas.post(f"/clients/contact/{ticket.contact_id}/position/", {"value": "управляющий"})

    page = annas.get(f"/clients/contact/{ticket.contact_id}/").content.decode()

    assert f"/tickets/{ticket.number}/" in page and f"/tickets/{other.number}/" in page
    assert "управляющий" in page and "Who changed the card" in page and "Анна Белова" in page


def test_a_fact_is_changed_in_its_place(annas: Browser, anna: User, ticket: Ticket) -> None:
    address = f"/clients/contact/{ticket.contact_id}/literacy/"
    form = annas.get(address, headers={"HX-Request": "true"}).content.decode()
    answer = annas.post(address, {"value": "3"}, headers={"HX-Request": "true"}).content.decode()

    assert "<select" in form and 'id="fact-literacy"' in form
    assert "confident, without terms" in answer and Contact.objects.get().literacy == 3
    assert Entry.objects.get(kind="clients.ContactChanged").actor == anna


@pytest.mark.parametrize(
    ("name", "value"),
    [("literacy", "9"), ("time_zone", "Mars/Base"), ("name", ""), ("language", "xx"), ("name", "я" * 201)],
)
def test_a_value_that_does_not_fit_says_so_and_changes_nothing(
    annas: Browser, ticket: Ticket, name: str, value: str
) -> None:
    before = Contact.objects.values().get()
    answer = annas.post(
        f"/clients/contact/{ticket.contact_id}/{name}/", {"value": value}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 422 and 'class="err"' in answer.content.decode()
    assert Contact.objects.values().get() == before


def test_fields_that_are_no_facts_do_not_exist(annas: Browser, ticket: Ticket) -> None:
    for name in ("id", "client_id", "created_at", "tickets"):
        assert annas.post(f"/clients/contact/{ticket.contact_id}/{name}/", {"value": "1"}).status_code == 404


def test_two_open_requests_of_one_person_are_pointed_out(annas: Browser, ticket: Ticket, writes: Any) -> None:
    other = writes("Опять звонки", subject="Опять")

    page = annas.get(f"/tickets/{ticket.number}/").content.decode()

    assert "Perhaps the same matter" in page and f"/tickets/{other.number}/" in page


def test_a_request_is_filed_in_the_clients_name(annas: Browser, anna: User, door: Channel, pavel: Contact) -> None:
    asked = {
        "address": "pavel@volga.test",
        "name": "",
        "channel": door.pk,
        "subject": "Счёт",
        "text": "Позвонил, просит счёт",
    }
    answer = annas.post("/tickets/new/", asked)
    ticket = Ticket.objects.get()

    assert answer.headers["Location"] == f"/tickets/{ticket.number}/"
    assert (ticket.owner, ticket.contact) == (anna, pavel)
    assert "written down by Анна Белова" in annas.get(f"/tickets/{ticket.number}/").content.decode()


def test_a_request_without_a_subject_is_asked_about_once(annas: Browser, door: Channel, pavel: Contact) -> None:
    """UI-38: how the words begin stands there to be looked at, and the next press files it."""
    asked = {"address": "pavel@volga.test", "channel": door.pk, "text": "Просит  счёт\nза март и " + "далее " * 40}
    answer = annas.post("/tickets/new/", asked)
    form = answer.context["form"]
    assert answer.status_code == 422 and not Ticket.objects.exists()
    assert form["subject"].value().startswith("Просит счёт за март") and len(form["subject"].value()) == 80
    assert "There was no subject" in answer.content.decode() and form["text"].value() == asked["text"]

    assert annas.post("/tickets/new/", asked | {"subject": form["subject"].value()}).status_code == 302
    assert Ticket.objects.get().subject == form["subject"].value()


@pytest.mark.parametrize(("field", "value"), [("address", "нет"), ("text", ""), ("channel", "999")])
def test_what_is_wrong_is_said_and_what_was_typed_stays(annas: Browser, door: Channel, field: str, value: str) -> None:
    asked = {"address": "pavel@volga.test", "channel": door.pk, "text": "Позвонил"} | {field: value}
    answer = annas.post("/tickets/new/", asked)

    assert answer.status_code == 422 and 'class="err"' in answer.content.decode()
    assert not Ticket.objects.exists()


def test_nobody_files_into_a_line_that_is_not_theirs(vera: User, client: Browser, door: Channel) -> None:
    client.force_login(vera)

    assert client.post("/tickets/new/", {"address": "a@b.test", "channel": door.pk, "text": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("телефонов", True),  # another form of the word
        ("calls", True),
        ("call", True),
        ('"не работает"', True),
        ("работает -телефон", False),
        ("Демидов", True),
        ("демид", True),
        ("волга", True),
        ("pavel@volga.test", True),
        ("№ {number}", True),
        ("{number}", True),
        ("несуществующее", False),
        ("", False),
        ("%", False),
        ("' or 1=1 --", False),
        ("\x00", False),
        ("я" * 5000, False),
    ],
)
def test_search_finds_words_in_any_form_numbers_names_and_addresses(
    annas: Browser, writes: Any, pavel: Contact, query: str, found: bool
) -> None:
    ticket = writes("Не работает телефон. The call drops", subject="Связь")

    answer = annas.get("/search/", {"q": query.format(number=ticket.number)})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert (f"/tickets/{ticket.number}/" in page or "/clients/contact/" in page) == found


def test_a_note_is_found_by_the_staff(annas: Browser, anna: User, ticket: Ticket) -> None:
    ticket.note("Похоже на маршрутизатор", by=anna)

    assert f"/tickets/{ticket.number}/#m" in annas.get("/search/?q=маршрутизаторы").content.decode()


def test_an_ended_request_stands_unmarked_with_the_day_of_its_end(annas: Browser, anna: User, ticket: Ticket) -> None:
    """Nobody has to read it: a mark on every row of the list would mean nothing."""
    assert "data-unread" in annas.get("/queue/mine/").content.decode()
    ticket.reply("Нет", by=anna, then=Refuse("outside", "Роутер не наш", ["Созвонимся втроём"]))
    Ticket.objects.filter(pk=ticket.pk).update(ended_at=datetime(2025, 3, 8, 12, tzinfo=UTC))

    ended = annas.get("/queue/ended/").content.decode()

    assert f"/tickets/{ticket.number}/" in ended and "data-unread" not in ended
    assert "8\N{NO-BREAK SPACE}Mar 2025</span>" in ended, "no hour: the name of the client needs the room"


def test_a_refusal_is_not_shown_as_kept(annas: Browser, anna: User, ticket: Ticket) -> None:
    ticket.reply("Нет", by=anna, then=Refuse("outside", "Роутер не наш", ["Созвонимся втроём"]))

    assert 'data-s="met"' not in annas.get(f"/clients/contact/{ticket.contact_id}/").content.decode()


def test_the_palette_gives_nothing_but_options(annas: Browser, ticket: Ticket) -> None:
    answer = annas.get("/palette/?q=звонок").content.decode().strip()

    assert answer.startswith('<a role="option"') and answer.count("<a ") == answer.count('role="option"') == 2


def test_letters_that_left_are_seen_as_sent(annas: Browser, ticket: Ticket) -> None:
    outbox.send_due()

    assert "waiting to be sent" not in annas.get("/mail/sent/").content.decode()


def test_next_leads_to_the_next_request_of_the_list(annas: Browser, ticket: Ticket, writes: Any) -> None:
    other = writes("Ещё")

    assert annas.get(f"/queue/mine/next/?after={ticket.number}")["Location"] == f"/tickets/{other.number}/?view=mine"
    part = annas.get(f"/queue/mine/next/?after={ticket.number}", headers={"HX-Request": "true"})
    assert part["HX-Push-Url"] == f"/tickets/{other.number}/?view=mine" and b'id="open"' in part.content
    assert annas.get(f"/queue/promises-today/next/?after={ticket.number}")["Location"] == "/queue/promises-today/"


def test_unknown_views_do_not_exist_and_places_that_make_no_sense_do_no_harm(annas: Browser, ticket: Ticket) -> None:
    for part in ("", "rows/", "counts/", "next/"):
        assert annas.get(f"/queue/nothing/{part}").status_code == 404
    for query in ("after=x", "open=x", "ids=x,,1", f"open={'9' * 30}", "seg=", "line="):
        for part in ("", "rows/", "counts/", "next/"):
            assert annas.get(f"/queue/mine/{part}?{query}").status_code in (200, 302), (part, query)
    for query in ("view=x", "before=x", "after=-1", "fates=x,1", "seg=nothing"):
        assert annas.get(f"/tickets/{ticket.number}/?{query}").status_code == 200
        assert annas.get(f"/tickets/{ticket.number}/timeline/?{query}").status_code == 200
    for number in ("0", "99999999999999999999999"):
        assert annas.get(f"/tickets/{number}/").status_code == 404
