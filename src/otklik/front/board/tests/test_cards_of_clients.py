"""The metric of cards on its page, and the cards behind it."""

import pytest
from django.test import Client
from django.urls import reverse

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.tasks import count_cards

pytestmark = pytest.mark.django_db

METRIC = reverse("board:metric", args=["card.completeness"])
BEHIND = reverse("board:behind_metric", args=["card.completeness"])


def test_the_page_leads_to_the_cards_and_each_says_what_it_lacks(
    client: Client, ticket: Ticket, head: User, pavel: Contact
) -> None:
    Contact.objects.filter(pk=pavel.pk).update(name="<b>Павел</b>", time_zone="Europe/Samara", address_as="")
    count_cards(0)
    client.force_login(head)
    page = client.get(METRIC).content.decode()
    assert BEHIND in page and "Полные карточки клиентов" in page and "каждую ночь" in page

    page = client.get(BEHIND).content.decode()
    assert f'href="/clients/contact/{pavel.pk}/"' in page and "&lt;b&gt;Павел" in page
    row = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "Обращение" in row and "Часовой пояс" in row and "Прошлой ночью полных было 0 из 1." in page


def test_of_unknown_clients_nobody_is_told_and_nothing_is_a_calm_page(
    client: Client, ticket: Ticket, vera: User
) -> None:
    client.force_login(vera)
    page = client.get(BEHIND).content.decode()
    assert "Карточки ваших клиентов полны." in page and "/clients/contact/" not in page


def test_what_such_a_metric_does_not_know_is_said(client: Client, ticket: Ticket, head: User) -> None:
    client.force_login(head)
    for address in (f"{METRIC}?topic=1", f"{BEHIND}?topic=1"):
        assert client.get(address).status_code == 200
    assert client.get(f"{reverse('board:table_of_metric', args=['card.completeness'])}?by=line").status_code == 400
