"""Unfinished texts of others, all files of a request, and the strip of one's own live chats."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from otklik.core import recent
from otklik.core.journal import clock
from otklik.core.notices.models import PersonChoice
from otklik.core.staff.models import Availability, Team, User
from otklik.desk.conversations.models import Attachment
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.tests.conftest import Crowd
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
type Sits = Callable[[User], Browser]


def begun(ticket: Ticket, by: User, mode: str = "reply") -> None:
    ticket.keep_draft("Добрый день, мы нашли", by=by, mode=mode, form={})


def test_a_lead_reads_what_is_not_sent_and_colleagues_where_the_line_says_so(
    sits_at: Sits, anna: User, ilya: User, boris: User, line_one: Team, ticket: Ticket
) -> None:
    begun(ticket, anna)
    page, texts = f"/tickets/{ticket.number}/", f"/tickets/{ticket.number}/unfinished/"

    assert "незаконченный ответ" in sits_at(boris).get(page).content.decode()
    assert "мы нашли" in sits_at(boris).get(texts, headers=HTMX).content.decode()
    assert "незаконченный ответ" not in sits_at(ilya).get(page).content.decode()
    assert "мы нашли" not in sits_at(ilya).get(texts, headers=HTMX).content.decode()
    assert 'id="begun"' not in sits_at(anna).get(page).content.decode(), "one's own is in the composer"

    Team.objects.filter(pk=line_one.pk).update(shows_drafts=True)

    recent.forget()
    assert "мы нашли" in sits_at(ilya).get(texts, headers=HTMX).content.decode()
    assert "незаконченный ответ" in sits_at(ilya).get(page).content.decode()


def test_who_may_not_see_the_request_learns_of_no_text(sits_at: Sits, anna: User, vera: User, ticket: Ticket) -> None:
    begun(ticket, anna)

    assert sits_at(vera).get(f"/tickets/{ticket.number}/unfinished/").status_code == 404
    assert sits_at(vera).get(f"/tickets/{ticket.number}/attachments/").status_code == 404


def test_all_files_of_a_request_stand_in_one_strip(
    sits_at: Sits, anna: User, ticket: Ticket, writes: Write, tomorrow: object
) -> None:
    browser, page = sits_at(anna), f"/tickets/{ticket.number}/"
    assert 'id="allfiles"' not in browser.get(page).content.decode()
    said = ticket.conversation.messages.earliest("pk")
    for name in ("смета.txt", "акт.txt"):
        file = Attachment.objects.upload(ticket.conversation, SimpleUploadedFile(name, b"x"), anna)
        file.belong_to(said)
    Attachment.objects.upload(ticket.conversation, SimpleUploadedFile("черновик.txt", b"x"), anna)

    assert "2 файла в обращении" in browser.get(page).content.decode()
    strip = browser.get(f"{page}attachments/").content.decode()
    assert strip.index("акт.txt") < strip.index("смета.txt") and f"#m{said.pk}" in strip
    assert "черновик.txt" not in strip, "what is not sent belongs to nobody else"


def test_who_waits_longest_in_a_chat_stands_first(sits_at: Sits, anna: User, crowd: Crowd) -> None:
    now = clock.now()
    first, second, third, mail = crowd([10, 20, 30, 40], owner=anna)
    for one, minutes in ((first, 1), (second, 5)):
        since = now - timedelta(minutes=minutes)
        Ticket.objects.filter(pk=one.pk).update(channel_kind="chat", due_from=since)
    Ticket.objects.filter(pk=third.pk).update(channel_kind="chat", status="pending_client")

    strip = sits_at(anna).get("/queue/chats/strip/").content.decode()

    places = [strip.find(f'data-ticket="{one.pk}"') for one in (second, first, third)]
    assert places == sorted(places) and -1 not in places and f'data-ticket="{mail.pk}"' not in strip
    assert strip.count("data-since") == 2


def test_a_chat_sounds_for_whom_it_was_chosen_while_they_are_on_shift(sits_at: Sits, anna: User, crowd: Crowd) -> None:
    first, second = crowd([10, 20], owner=anna)
    for one, minutes in ((first, 1), (second, 5)):
        since = clock.now() - timedelta(minutes=minutes)
        Ticket.objects.filter(pk=one.pk).update(channel_kind="chat", due_from=since)

    def heard() -> int:
        return int(sits_at(anna).get("/menu/figures/").json()["chat"])

    assert heard() == 0, "nobody hears what they have not chosen"
    PersonChoice.objects.create(person=anna, routes={"answer": ["desk", "sound"]})
    assert heard() == second.pk
    anna.say(Availability.OFF, by=anna)
    assert heard() == 0


def test_an_empty_strip_takes_no_place(sits_at: Sits, anna: User) -> None:
    assert " hidden" in sits_at(anna).get("/queue/chats/strip/").content.decode()
