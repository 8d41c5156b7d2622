"""Abuse from the page of a request: warn, stop, a pause, and what the card says afterwards."""

import pytest
from django.test import Client

from otklik.core.staff.models import Availability, User
from otklik.desk.clients.conduct import AbuseReport
from otklik.desk.conversations.models import SavedReply
from otklik.desk.tickets.links import client_link
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def test_a_warning_then_the_stop_is_proposed(
    client: Client, ticket: Ticket, anna: User, boris: User, paper: Paper
) -> None:
    client.force_login(anna)
    said = ticket.conversation.messages.filter(direction="in").get()
    dialog = client.get(f"/tickets/{ticket.pk}/abuse/", headers=HTMX).content.decode()
    assert 'value="warning" checked' in dialog and f'value="{said.pk}"' in dialog
    assert client.post(f"/tickets/{ticket.pk}/abuse/", {"what": "", "step": "warning"}, headers=HTMX).status_code == 422

    form = {"what": "Оскорбляет", "message": str(said.pk), "step": "warning"}
    assert client.post(f"/tickets/{ticket.pk}/abuse/", form, headers=HTMX).status_code == 204

    page = client.get(f"/tickets/{ticket.pk}/").content.decode()
    assert "клиенту ушло предупреждение за грубость" in page and "Поведение" in page
    again = client.get(f"/tickets/{ticket.pk}/abuse/", headers=HTMX).content.decode()
    assert 'value="stop" checked' in again and "Такое было 1 раз" in again


def test_who_stops_may_take_a_pause_and_writes_there_no_more(
    client: Client, ticket: Ticket, anna: User, boris: User
) -> None:
    ticket.take(by=anna)
    client.force_login(anna)
    form = {"what": "Угрожает", "step": "stop", "pause": "on"}
    client.post(f"/tickets/{ticket.pk}/abuse/", form, headers=HTMX)

    anna.refresh_from_db()
    assert anna.availability == Availability.BREAK and AbuseReport.objects.get().step == "stop"
    assert client.post(f"/tickets/{ticket.pk}/take/", headers=HTMX).status_code == 403
    assert client.get(f"/tickets/{ticket.pk}/").status_code == 200


def test_the_client_reads_nothing_of_it(client: Client, ticket: Ticket, anna: User, boris: User) -> None:
    ticket.report_abuse("Оскорбляет нас", by=anna, stop=True)
    page = client.get(client_link(ticket).replace("https://desk.test", ""), follow=True).content.decode()
    assert "Не работает звонок" in page and "Оскорбляет нас" not in page and "защит" not in page


def test_a_boundary_text_is_offered_where_one_refuses(client: Client, ticket: Ticket, anna: User, boris: User) -> None:
    for name, purpose in (("Не наша задача", "boundary"), ("Предупреждение", "warning"), ("Обычный", "")):
        SavedReply(name=name, text=f"{name}, {{{{клиент}}}}", purpose=purpose).keep(by=boris)
    client.force_login(anna)
    assert f"/tickets/{ticket.pk}/saved/?for=boundary" in client.get(f"/tickets/{ticket.pk}/").content.decode()
    narrowed = client.get(f"/tickets/{ticket.pk}/saved/?for=boundary", headers=HTMX).content.decode()
    assert "Не наша задача, Павел Демидов" in narrowed and "Обычный" not in narrowed
    whole = client.get(f"/tickets/{ticket.pk}/saved/", headers=HTMX).content.decode()
    assert "Обычный" in whole and "Не наша задача" in whole and "Предупреждение" not in whole
